package redline

import (
	"fmt"
	"strings"

	"github.com/openassay/assay/paper"
)

// About names the two texts of a redline, for its head.
type About struct {
	Before, After string // names of the texts as a reader knows them; "" takes their titles
	Date          string // ISO date that the document carries; "" gives none
}

// Paper lays the redline out: how much changed, what changed in force, and every change with its words marked. What came is underlined, what went
// struck through, in every format also said in signs or words.
func (r *Redline) Paper(about About) *paper.Document {
	before, after := first(first(about.Before, r.a.Title), "–"), first(first(about.After, r.b.Title), "–")
	d := &paper.Document{Title: "Redline: " + after, Subtitle: fmt.Sprintf("%d changes", len(r.Changes)), Lang: "en", Date: about.Date, Author: "Assay",
		Meta: []paper.Meta{{Name: "Earlier text", Value: before}, {Name: "Later text", Value: after}}}
	switch len(r.Changes) {
	case 0:
		d.Subtitle = "No change"
		d.Blocks = append(d.Blocks, paper.Paragraph{Runs: paper.T("The two texts have the same provisions with the same words.")})
		return d
	case 1:
		d.Subtitle = "1 change"
	}
	d.Blocks = append(d.Blocks, r.counts())
	if t := r.forceTable(); len(t.Rows) > 0 {
		d.Blocks = append(d.Blocks, paper.Heading{Level: 1, ID: "force", Runs: paper.T("What changed in force")}, t)
	}
	d.Blocks = append(d.Blocks, paper.Heading{Level: 1, ID: "changes", Runs: paper.T("Changes in the order of the later text")})
	t := paper.Table{Head: []paper.Cell{paper.C("Provision"), paper.C("What happened"), paper.C("Words")}, Widths: []float64{2, 1.4, 6}}
	for i := range r.Changes {
		c := &r.Changes[i]
		t.Rows = append(t.Rows, []paper.Cell{paper.C(where(c)), {Runs: paper.T(what(c))}, {Runs: r.Marked(c)}})
	}
	d.Blocks = append(d.Blocks, t)
	return d
}

// counts says how many changes there are of each kind.
func (r *Redline) counts() paper.Block {
	t := paper.Table{ID: "counts", Caption: "Changes by kind; one change may be of several", Head: []paper.Cell{paper.C("Kind"), paper.C("Changes")}, Widths: []float64{3, 1}, Numeric: []bool{false, true}}
	for _, k := range Kinds {
		n := 0
		for i := range r.Changes {
			if r.Changes[i].Has(k) {
				n++
			}
		}
		if n > 0 {
			t.Rows = append(t.Rows, []paper.Cell{paper.C(string(k)), paper.C(fmt.Sprint(n))})
		}
	}
	return t
}

func (r *Redline) forceTable() paper.Table {
	t := paper.Table{ID: "force-table", Head: []paper.Cell{paper.C("Provision"), paper.C("Of what kind"), paper.C("Before"), paper.C("After")}, Widths: []float64{2, 1.2, 3, 3}}
	say := func(words, value, none string) string {
		if words == "" {
			return none
		}
		if value == "" || strings.EqualFold(value, words) {
			return words
		}
		return words + " (" + strings.ReplaceAll(value, "_", " ") + ")"
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		for _, f := range c.Force {
			none := "none"
			if c.A == nil || c.B == nil {
				none = "–"
			}
			t.Rows = append(t.Rows, []paper.Cell{paper.C(where(c)), paper.C(string(f.Kind)), paper.C(say(f.Before, f.From, none)), paper.C(say(f.After, f.To, none))})
		}
	}
	return t
}

func where(c *Change) string {
	switch {
	case c.A == nil:
		return "→ " + c.B.EID
	case c.B == nil:
		return c.A.EID + " →"
	case c.A.EID == c.B.EID:
		return c.A.EID
	}
	return c.A.EID + " → " + c.B.EID
}

func what(c *Change) string {
	var list []string
	for _, k := range c.Kinds {
		list = append(list, string(k))
	}
	s := strings.Join(list, ", ")
	if len(c.ProposedBy) > 0 {
		s += "; proposed by " + strings.Join(c.ProposedBy, ", ")
	}
	return s
}

// Marked gives the words of a change as runs: what stayed, what went, what came.
func (r *Redline) Marked(c *Change) []paper.Run {
	var out []paper.Run
	for _, e := range r.marked(c.Edits) {
		run := paper.Run{}
		switch e.Op {
		case Keep:
			run.Text = r.b.Text[e.BStart:e.BEnd]
		case Insert:
			run.Text, run.Change = r.b.Text[e.BStart:e.BEnd], paper.Inserted
		case Delete:
			run.Text, run.Change = r.a.Text[e.AStart:e.AEnd], paper.Deleted
		}
		if run.Text != "" {
			out = append(out, run)
		}
	}
	return out
}
