package reading

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// The short hand in which readers write: a line per unit, "NUMBER MODALITY PART BEARER PRECISE # note".
var (
	shortModality = map[string]string{"o": "obligation", "x": "prohibition", "e": "effort", "m": "permission", "r": "right", "i": "intention", "a": "aspiration", "d": "declaration",
		"h": "none", "f": "none", "s": "none", "u": "none"}
	shortKind   = map[string]string{"h": "heading", "f": "definition", "s": "signature", "u": "other"}
	shortPart   = map[string]string{"p": "preamble", "f": "definition", "o": "operative", "i": "institutional", "z": "final"}
	shortBearer = map[string]string{"E": "each_party", "P": "participants", "B": "body", "V": "investors", "-": "none"}
)

// line is one line of short hand: the units from first to last, each; or joined in one; or a piece of one from certain words on.
type line struct {
	first, last int
	join        bool
	words       string // where a piece begins; "" for the beginning of the unit
	Answer
	note string
}

// FromShort turns a reader's short hand into rows. Every unit must be answered once. A piece of a unit is written NUMBER@"first words".
func FromShort(canonical string, units []Unit, s string) ([]Row, error) {
	answered := make([]bool, len(units))
	var rows []Row
	for n, raw := range strings.Split(s, "\n") {
		raw = strings.TrimSpace(raw)
		if raw == "" || strings.HasPrefix(raw, "#") {
			continue
		}
		l, err := parseLine(raw)
		if err == nil {
			rows, err = l.apply(canonical, units, answered, rows)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d, %q: %w", n+1, raw, err)
		}
	}
	if i := slices.Index(answered, false); i >= 0 {
		return nil, fmt.Errorf("unit %d is not answered", i+1)
	}
	sort.SliceStable(rows, func(i, j int) bool { return rows[i].Start < rows[j].Start })
	for i := range rows {
		if i+1 < len(rows) && rows[i].End > rows[i+1].Start { // the next piece of the same unit
			rows[i].End = rows[i].Start + len(strings.TrimRight(canonical[rows[i].Start:rows[i+1].Start], " \n"))
		}
		w := words(canonical[rows[i].Start:rows[i].End])
		rows[i].Words, rows[i].Hash = len(w), hash(w)
		if len(w) == 0 {
			return nil, fmt.Errorf("the piece at byte %d has no words", rows[i].Start)
		}
	}
	return rows, nil
}

func (l *line) apply(canonical string, units []Unit, answered []bool, rows []Row) ([]Row, error) {
	if l.first < 1 || l.last > len(units) || l.first > l.last {
		return nil, fmt.Errorf("the units are numbered 1 to %d", len(units))
	}
	row := Row{Answer: l.Answer, Note: l.note}
	if l.words != "" {
		u := units[l.first-1]
		at := strings.Index(canonical[u.Start:u.End], l.words)
		if at <= 0 {
			return nil, fmt.Errorf("the unit does not hold these words after its beginning")
		}
		row.Start, row.End = u.Start+at, u.End
		return append(rows, row), nil
	}
	for k := l.first; k <= l.last; k++ {
		if answered[k-1] {
			return nil, fmt.Errorf("unit %d is answered already", k)
		}
		answered[k-1] = true
		if !l.join {
			row.Start, row.End = units[k-1].Start, units[k-1].End
			rows = append(rows, row)
		}
	}
	if l.join {
		row.Start, row.End = units[l.first-1].Start, units[l.last-1].End
		rows = append(rows, row)
	}
	return rows, nil
}

func parseLine(s string) (*line, error) {
	l := &line{}
	s, l.note, _ = strings.Cut(s, " # ")
	l.note = strings.TrimSpace(l.note)
	where, rest, _ := strings.Cut(s, " ")
	if num, _, ok := strings.Cut(where, `@"`); ok {
		_, after, _ := strings.Cut(s, `@"`)
		var found bool
		if l.words, rest, found = strings.Cut(after, `"`); !found || l.words == "" {
			return nil, fmt.Errorf("words where a piece begins stand between quotes")
		}
		where = num
	}
	first, last, isRange := strings.Cut(where, "-")
	if a, b, ok := strings.Cut(where, "+"); ok {
		first, last, isRange, l.join = a, b, true, true
	}
	var err error
	if l.first, err = strconv.Atoi(first); err != nil {
		return nil, fmt.Errorf("a line begins with the number of a unit")
	}
	l.last = l.first
	if isRange {
		if l.last, err = strconv.Atoi(last); err != nil {
			return nil, fmt.Errorf("%q is no number", last)
		}
	}
	f := strings.Fields(rest)
	if len(f) == 2 {
		f = append(f, "-")
	}
	if len(f) == 3 {
		f = append(f, ".")
	}
	if len(f) != 4 {
		return nil, fmt.Errorf("modality, part, bearer and precise stand after the number")
	}
	l.Modality, l.Kind, l.Part = shortModality[f[0]], shortKind[f[0]], shortPart[f[1]]
	if l.Modality == "" || l.Part == "" {
		return nil, fmt.Errorf("there is no modality %q or no part %q", f[0], f[1])
	}
	var bearers []string
	for _, b := range strings.Split(f[2], ",") {
		if long, ok := shortBearer[b]; ok {
			b = long
		}
		bearers = append(bearers, b)
	}
	slices.Sort(bearers)
	l.Bearer = strings.Join(slices.Compact(bearers), " ")
	if l.Modality != "none" && l.Modality != "declaration" {
		switch f[3] {
		case "y":
			l.Precise = "yes"
		case ".":
			l.Precise = "no"
		default:
			return nil, fmt.Errorf("precise is y or .")
		}
	}
	return l, l.Check()
}
