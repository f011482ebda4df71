package web

import (
	"html/template"
	"strconv"

	"github.com/openassay/assay/assay"
)

// areasView is the policy areas of a text: those it covers, those that are undecided, and those that were looked for and not found.
type areasView struct {
	Schemes   []areaScheme
	Sum       string
	Undecided []areaName
}

// areaScheme is the areas of one taxonomy.
type areaScheme struct {
	Title   string
	Covered *table
	Absent  []areaName
}

type areaName struct {
	Name, About string
	Where       []link
	Sure        string
	Check       *checkView
}

// schemes are the taxonomies, in the order of the page.
var schemes = []string{"field", "contract", "wto_plus", "wto_x"}

// area is what the rules know of an area; nil where the analysis knows one that the rules here do not.
func (v *reader) area(code string) *assay.Area {
	if v.rules == nil {
		return nil
	}
	for _, a := range v.rules.Areas() {
		if a.Code == code {
			return a
		}
	}
	return nil
}

func (v *reader) schemeOf(code string) string {
	if a := v.area(code); a != nil {
		return a.Scheme
	}
	return ""
}

func (v *reader) areaName(code string) areaName {
	a := v.area(code)
	if a == nil {
		return areaName{Name: code}
	}
	name := a.Label[v.Lang]
	if name == "" {
		name = a.Label["en"]
	}
	return areaName{Name: name, About: a.Definition}
}

// areas tells the policy areas; nil where none were read.
func (t *teller) areas() *areasView {
	an := t.doc.Analysis
	if an.Unsupported != "" || len(an.Instrument.Areas) == 0 {
		return nil
	}
	out := &areasView{}
	covered, enforceable := 0, 0
	heads := []head{{Label: t.T("area.area")}, {Label: t.T("area.enforceable")}, {Label: t.T("area.enforcers")}, {Label: t.T("area.sure"), Numeric: true}, {Label: t.T("area.where")}}
	by := map[string]*areaScheme{}
	scheme := func(code string) *areaScheme {
		s := t.schemeOf(code)
		if by[s] == nil {
			by[s] = &areaScheme{}
		}
		return by[s]
	}
	for _, read := range an.Instrument.Areas {
		a, checked := t.checkArea(read)
		n := t.areaName(a.Code)
		n.Sure, n.Check = t.percent(a.Confidence), checked
		if checked != nil && checked.Says != "" {
			n.Sure = "" // the machine's was of its own reading
		}
		var where []link
		for _, eid := range a.Evidence[:min(len(a.Evidence), 5)] {
			where = append(where, t.place(eid))
		}
		s := scheme(a.Code)
		switch {
		case a.Undecided:
			n.Where = where
			out.Undecided = append(out.Undecided, n)
		case a.Covered == 1:
			covered++
			if a.Enforceability > 0 {
				enforceable++
			}
			if s.Covered == nil {
				s.Covered = &table{Heads: heads}
			}
			cells := []cell{t.areaCell(n), textCell(t.T("area.level." + strconv.Itoa(a.Enforceability))), textCell(t.enforcers(a.Enforcers)), {HTML: textCell(n.Sure).HTML, Numeric: true}, t.linksCell(where)}
			for i := range cells {
				cells[i].Label = heads[i].Label
			}
			s.Covered.Rows = append(s.Covered.Rows, row{Cells: cells})
		default:
			s.Absent = append(s.Absent, n)
		}
	}
	for _, code := range schemes {
		if s := by[code]; s != nil {
			s.Title = t.T("area.scheme." + code)
			if s.Covered != nil {
				s.Covered.Caption = s.Title
			}
			out.Schemes = append(out.Schemes, *s)
		}
	}
	out.Sum = t.T("binds.areas_sum", "covered", covered, "all", len(an.Instrument.Areas), "enforceable", enforceable, "undecided", len(out.Undecided))
	return out
}

func (t *teller) percent(x float64) string {
	return t.T("area.percent", "percent", strconv.Itoa(int(x*100+.5)))
}

// areaCell names an area, with what people said of its reading.
func (t *teller) areaCell(n areaName) cell {
	c := textCell(n.Name)
	if k := n.Check; k != nil {
		if k.Says != "" {
			c.HTML += template.HTML(`<br><span class="soft">` + template.HTMLEscapeString(k.Says))
			if k.Why != "" {
				c.HTML += template.HTML(" " + template.HTMLEscapeString(t.T("check.because")+" ") + "<bdi>" + template.HTMLEscapeString(k.Why) + "</bdi>")
			}
			c.HTML += "</span>"
		}
		if k.Form.Href != "" {
			c.HTML += ` <span class="no-print">` + k.Form.HTML() + `</span>`
		}
	}
	return c
}

func (t *teller) linksCell(ls []link) cell {
	var c cell
	for i, l := range ls {
		if i > 0 {
			c.HTML += ", "
		}
		c.HTML += l.HTML()
	}
	return c
}
