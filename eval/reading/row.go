package reading

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Answer is what one reader says of a unit.
type Answer struct {
	Modality string // a modality; "" where not answered yet
	Part     string // preamble, definition, operative, institutional, final
	Bearer   string // codes with blanks between, in order of the alphabet; none
	Precise  string // yes, no; "" where the modality is declaration or none
	Kind     string // why a unit has modality none: heading, definition, signature, other; else ""
}

// Row is a unit with one reader's answer.
type Row struct {
	Start, End int
	Words      int    // how many words the unit has
	Hash       string // of its words
	Answer
	Note string
}

var (
	modalities = []string{"obligation", "prohibition", "effort", "permission", "right", "intention", "aspiration", "declaration", "none"}
	partNames  = []string{"preamble", "definition", "operative", "institutional", "final"}
	kinds      = []string{"", "heading", "definition", "signature", "other"}
	head       = []string{"start", "end", "words", "hash", "modality", "part", "bearer", "precise", "kind", "note"}
)

// Check says what is wrong with an answer; nil where nothing is.
func (a Answer) Check() error {
	binds := a.Modality != "none" && a.Modality != "declaration"
	switch {
	case !slices.Contains(modalities, a.Modality):
		return fmt.Errorf("there is no modality %q", a.Modality)
	case !slices.Contains(partNames, a.Part):
		return fmt.Errorf("there is no part %q", a.Part)
	case !slices.Contains(kinds, a.Kind):
		return fmt.Errorf("there is no kind %q", a.Kind)
	case (a.Modality == "none") != (a.Kind != ""):
		return fmt.Errorf("a kind belongs to modality none and to no other")
	case a.Bearer == "":
		return fmt.Errorf("the bearer is missing; where nobody is named, write none")
	case binds && a.Precise != "yes" && a.Precise != "no":
		return fmt.Errorf("precise is %q; yes or no", a.Precise)
	case !binds && (a.Precise != "" || a.Bearer != "none"):
		return fmt.Errorf("a declaration has no bearer and is not asked whether it is precise")
	}
	for _, b := range strings.Fields(a.Bearer) {
		if !bearerCode(b) {
			return fmt.Errorf("there is no bearer %q", b)
		}
	}
	return nil
}

func bearerCode(b string) bool {
	if slices.Contains([]string{"each_party", "participants", "body", "investors", "none"}, b) {
		return true
	}
	for i := 0; i < len(b); i++ {
		if (b[i] < 'A' || b[i] > 'Z') && (b[i] < '0' || b[i] > '9') {
			return false
		}
	}
	return len(b) >= 2
}

// WriteRows writes a reader's file.
func WriteRows(w io.Writer, rows []Row) error {
	c := csv.NewWriter(w)
	_ = c.Write(head)
	for _, r := range rows {
		_ = c.Write([]string{strconv.Itoa(r.Start), strconv.Itoa(r.End), strconv.Itoa(r.Words), r.Hash, r.Modality, r.Part, r.Bearer, r.Precise, r.Kind, r.Note})
	}
	c.Flush()
	return c.Error()
}

// ReadRows reads a reader's file. Rows follow the text and do not overlap.
func ReadRows(b []byte) ([]Row, error) {
	records, err := table(b, head)
	if err != nil {
		return nil, err
	}
	out := make([]Row, 0, len(records))
	for i, f := range records {
		r := Row{Hash: f["hash"], Note: f["note"], Answer: Answer{f["modality"], f["part"], f["bearer"], f["precise"], f["kind"]}}
		if err := r.place(f, out); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		if err := r.Check(); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		out = append(out, r)
	}
	return out, nil
}

// place reads the offsets of a row, which must follow the row before it.
func (r *Row) place(f map[string]string, before []Row) error {
	for _, n := range []struct {
		name string
		to   *int
	}{{"start", &r.Start}, {"end", &r.End}, {"words", &r.Words}} {
		v, err := strconv.Atoi(f[n.name])
		if err != nil || v < 0 {
			return fmt.Errorf("%s is %q, not a number", n.name, f[n.name])
		}
		*n.to = v
	}
	if r.End <= r.Start {
		return fmt.Errorf("ends at %d, before it starts at %d", r.End, r.Start)
	}
	if n := len(before); n > 0 && r.Start < before[n-1].End {
		return fmt.Errorf("starts at %d, within the row before it, which ends at %d", r.Start, before[n-1].End)
	}
	return nil
}

// table reads CSV with a line of names that holds at least these.
func table(b []byte, names []string) ([]map[string]string, error) {
	c := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	c.FieldsPerRecord = -1
	all, err := c.ReadAll()
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("empty; the first line names the columns")
	}
	for _, n := range names {
		if !slices.Contains(all[0], n) {
			return nil, fmt.Errorf("line 1: the column %q is missing", n)
		}
	}
	out := make([]map[string]string, 0, len(all)-1)
	for i, rec := range all[1:] {
		if len(rec) != len(all[0]) {
			return nil, fmt.Errorf("line %d: %d columns, the first line has %d", i+2, len(rec), len(all[0]))
		}
		f := make(map[string]string, len(rec))
		for k, v := range rec {
			f[all[0][k]] = v
		}
		out = append(out, f)
	}
	return out, nil
}
