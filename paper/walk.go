package paper

import (
	"fmt"
	"strings"
)

// Text gives the words of runs, without those that a redline deletes.
func Text(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		if r.Change != Deleted {
			b.WriteString(r.Text)
		}
	}
	return b.String()
}

// Each calls f for the runs of every part of a block, in order; f may change them.
func Each(b Block, f func([]Run)) {
	switch b := b.(type) {
	case Heading:
		f(b.Runs)
	case Paragraph:
		f(b.Runs)
	case Quote:
		f(b.Runs)
	case List:
		for _, it := range b.Items {
			f(it.Runs)
		}
	case Table:
		for _, c := range b.Head {
			f(c.Runs)
		}
		for _, row := range b.Rows {
			for _, c := range row {
				f(c.Runs)
			}
		}
	}
}

// Numbers of notes and comments, in the order in which the text names them, from 1.
type Numbers struct {
	Note, Comment   map[string]int
	Notes           []Note // as numbered
	Comments        []Comment
	FirstOf, LastOf map[string]int // comment → ordinal of the first and the last run that names it, in the order of Each
}

// Number checks a document and numbers its notes and comments. The error says what does not fit: a run that names a note or comment
// that is not there, a row with another number of cells than the head, a figure without words.
func Number(d *Document) (*Numbers, error) {
	n := &Numbers{Note: map[string]int{}, Comment: map[string]int{}, FirstOf: map[string]int{}, LastOf: map[string]int{}}
	notes, comments := map[string]Note{}, map[string]Comment{}
	for _, x := range d.Notes {
		notes[x.ID] = x
	}
	for _, x := range d.Comments {
		comments[x.ID] = x
	}
	ordinal := 0
	var err error
	for i, b := range d.Blocks {
		if err := checkBlock(b); err != nil {
			return nil, fmt.Errorf("block %d: %w", i+1, err)
		}
		Each(b, func(runs []Run) {
			for _, r := range runs {
				for _, c := range r.Comments {
					x, ok := comments[c]
					if !ok {
						err = fmt.Errorf("block %d names the comment %q, which is not there", i+1, c)
						return
					}
					if n.Comment[c] == 0 {
						n.Comments = append(n.Comments, x)
						n.Comment[c], n.FirstOf[c] = len(n.Comments), ordinal
					}
					n.LastOf[c] = ordinal
				}
				if r.Note != "" && n.Note[r.Note] == 0 {
					x, ok := notes[r.Note]
					if !ok {
						err = fmt.Errorf("block %d names the note %q, which is not there", i+1, r.Note)
						return
					}
					n.Notes = append(n.Notes, x)
					n.Note[r.Note] = len(n.Notes)
				}
				ordinal++
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return n, nil
}

func checkBlock(b Block) error {
	switch b := b.(type) {
	case Heading:
		if b.Level < 1 || b.Level > 6 {
			return fmt.Errorf("a heading of level %d; levels go from 1 to 6", b.Level)
		}
	case Table:
		if len(b.Head) == 0 {
			return fmt.Errorf("a table without a head")
		}
		if b.Widths != nil && len(b.Widths) != len(b.Head) || b.Numeric != nil && len(b.Numeric) != len(b.Head) {
			return fmt.Errorf("a table of %d columns with widths for %d", len(b.Head), len(b.Widths))
		}
		for k, row := range b.Rows {
			if len(row) != len(b.Head) {
				return fmt.Errorf("row %d has %d cells, the head has %d", k+1, len(row), len(b.Head))
			}
		}
	case Figure:
		if b.Alt == "" {
			return fmt.Errorf("a figure without words for whoever does not see it")
		}
	}
	return nil
}

// Shares gives the share of each column of a table; they add up to 1.
func (t Table) Shares() []float64 {
	out := make([]float64, len(t.Head))
	sum := 0.0
	for i := range out {
		out[i] = 1
		if t.Widths != nil && t.Widths[i] > 0 {
			out[i] = t.Widths[i]
		}
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// Right says whether column i is set to the right.
func (t Table) Right(i int) bool { return t.Numeric != nil && t.Numeric[i] }

// Initials of an author, for the margin: "Ministry of Mines" → "MM".
func Initials(author string) string {
	var b strings.Builder
	for _, w := range strings.Fields(author) {
		r := []rune(w)[0]
		if up := strings.ToUpper(string(r)); up == string(r) && up != strings.ToLower(up) {
			b.WriteString(up)
		}
	}
	return b.String()
}
