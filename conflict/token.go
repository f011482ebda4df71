package conflict

import (
	"slices"
	"strings"
	"unicode"
)

// tok is a word as far as comparing needs it.
type tok struct {
	w     string // lower case; a number word as digits
	kind  tokKind
	timed bool // a number before or after a unit of time
}

type tokKind uint8

const (
	smallTok tokKind = iota // grammar
	contentTok
	numberTok
	negTok
	onlyTok
	exceptTok
)

// tokens cuts words, turns number words into digits, and leaves out the number of an article or law that is cited.
func (w *words) tokens(s string) []tok {
	var out []tok
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '%' && r != '.' && r != ','
	})
	cited := false
	for i, f := range fields {
		f = strings.Trim(f, ".,")
		if f == "" || f == "%" {
			continue
		}
		if cited && joins[f] { // Articles 4 to 9, 14 and 23
			continue
		}
		next := ""
		if i+1 < len(fields) {
			next = strings.Trim(fields[i+1], ".,")
		}
		if f == "no" && next != "" && next[0] >= '0' && next[0] <= '9' { // Protocol No 2
			cited = true
			continue
		}
		if len(f) > 2 && strings.HasSuffix(f, "'s") {
			f = f[:len(f)-2]
		}
		digit := f[0] >= '0' && f[0] <= '9'
		if n, ok := w.Numbers[f]; ok && !digit {
			f, digit = n, true
		}
		if digit {
			if len(f) == 4 && (f[:2] == "19" || f[:2] == "20") && !due(out) {
				continue // the year of a treaty or a meeting
			}
			if !cited {
				out = append(out, tok{w: strings.TrimSuffix(strings.ReplaceAll(f, ",", ""), "%"), kind: numberTok})
			}
			continue // a list of what is cited goes on
		}
		if len(f) == 1 && cited { // paragraph a
			continue
		}
		cited = w.cited[f]
		k := contentTok
		switch {
		case w.except[f]:
			k = exceptTok
		case w.negator[f] && !(f == "not" && bounds[next]):
			k = negTok
		case w.only[f]:
			k = onlyTok
		case w.small[f] || len(f) < 3:
			k = smallTok
		}
		out = append(out, tok{w: f, kind: k})
	}
	for i := range out {
		if out[i].kind == numberTok {
			for _, k := range []int{i - 1, i + 1, i + 2} {
				if k >= 0 && k < len(out) && w.time[out[k].w] {
					out[i].timed = true
				}
			}
		}
	}
	return out
}

// joins stand between the numbers of articles that are cited; bounds after a "not" that turns nothing round: not later than, not exceeding.
var (
	joins  = map[string]bool{"and": true, "or": true, "to": true, "through": true, "et": true, "ou": true, "à": true, "y": true, "e": true, "o": true, "a": true, "al": true}
	bounds = map[string]bool{"later": true, "exceed": true, "exceeding": true, "less": true, "more": true, "only": true, "limited": true, "fewer": true, "earlier": true, "lower": true, "higher": true}
)

// fraction is the share in per cent that words of fractions tell, the longest of them; 0 where there is none, or several that differ.
func (w *words) fraction(s string) float64 {
	s = " " + strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) }), " ") + " "
	longest, share, several := 0, 0.0, false
	for words, v := range w.Fractions {
		switch {
		case !strings.Contains(s, " "+words+" ") || len(words) < longest:
		case len(words) == longest:
			several = several || v != share
		default:
			longest, share, several = len(words), v, false
		}
	}
	if several {
		return 0
	}
	return share
}

// due says whether the last words name a day by which something is due.
func due(out []tok) bool {
	for _, t := range out[max(0, len(out)-4):] {
		switch t.w {
		case "by", "before", "until", "than", "avant", "antes", "hasta", "até":
			return true
		}
	}
	return false
}

// placesOf lists names of mines, plants, blocks and the like: a capitalised word beside such a noun.
func (w *words) placesOf(s string) []string {
	var out []string
	fields := strings.Fields(s)
	for i, f := range fields {
		noun := strings.ToLower(strings.Trim(f, ".,;:()“”\""))
		if !slices.Contains(w.Places, noun) {
			continue
		}
		for _, k := range []int{i - 1, i + 1, i + 2} {
			if k <= 0 || k >= len(fields) || k == i+2 && !slices.Contains([]string{"of", "de", "at", "in", "du", "del", "do"}, strings.ToLower(fields[i+1])) {
				continue
			}
			x := strings.Trim(fields[k], ".,;:()“”\"")
			if r := []rune(x); len(r) > 2 && unicode.IsUpper(r[0]) && !strings.EqualFold(x, "the") && !unicode.IsUpper(r[1]) && !slices.Contains([]string{"Exclusive", "Contract", "Free", "Party", "Parties"}, x) {
				out = append(out, x)
			}
		}
	}
	return out
}
