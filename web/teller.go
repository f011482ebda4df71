package web

import (
	"strings"

	"github.com/openassay/assay/assay"
)

// teller tells the reading of a whole text in words.
type teller struct {
	*reader
	wordless bool // the text is not here: places have no page
}

// place leads to a provision, by its short name.
func (t *teller) place(eid string) link {
	l := link{Text: t.shortPlace(eid)}
	if !t.wordless {
		l.Href = t.permalink(eid)
	}
	return l
}

func (t *teller) conflict(c assay.Conflict) string {
	args := make([]any, 0, 2*len(c.Params))
	for k, n := range c.Params {
		args = append(args, k, n)
	}
	return t.T("force."+c.Code, append(args, "n", c.Params["provisions"])...)
}

// who are the names of bearers, in one line.
func (t *teller) who(codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, t.bearer(c))
	}
	return strings.Join(out, ", ")
}

// enforcers says who may enforce, in one line.
func (t *teller) enforcers(codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, t.T("enforcer."+c))
	}
	return strings.Join(out, "; ")
}

func semicolons(s []string) string { return strings.Join(s, ";") }

// mostChapters are graded one by one.
const mostChapters = 60

// chapters are the levels of each part at the top of the text; nil where the text has none worth a table.
func (t *teller) chapters() *table {
	an := t.doc.Analysis
	if an.Unsupported != "" {
		return nil
	}
	names := []string{"obligation", "precision", "delegation"}
	out := &table{Caption: t.T("binds.chapters"), Heads: []head{{Label: t.T("col.part")}}}
	for _, n := range names {
		out.Heads = append(out.Heads, head{Label: t.T("ladder." + n), Numeric: true})
	}
	for _, n := range []string{"environmental_social", "value_addition"} {
		out.Heads = append(out.Heads, head{Label: t.T("rung." + n), Numeric: true})
	}
	for i, p := range t.doc.Reading.Provisions {
		if p.Parent >= 0 || i >= len(an.Provisions) || an.Provisions[i].Modality == "" {
			continue
		}
		l := an.Provisions[i].Levels
		if l == (assay.Levels{}) {
			continue
		}
		if len(out.Rows) == mostChapters {
			break
		}
		name := t.place(p.EID)
		if h := strings.TrimSpace(p.Heading); h != "" && !t.wordless {
			name.Note = cut(h, 80)
		}
		cells := []cell{{HTML: name.HTML()}}
		for k, n := range []int{l.Obligation, l.Precision, l.Delegation, l.EnvironmentalSocial, l.ValueAddition} {
			c := countCell(n)
			c.Label = out.Heads[k+1].Label
			cells = append(cells, c)
		}
		out.Rows = append(out.Rows, row{Cells: cells})
	}
	if len(out.Rows) < 2 {
		return nil
	}
	return out
}
