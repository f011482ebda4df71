package brief

import (
	"slices"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/registry"
)

// full writes the brief: numbers in brief, a map, finding by finding, method, sources, and every record counted.
func (w *writer) full() error {
	if w.nothing() {
		w.para(paper.Run{Text: w.T("nothing")})
		w.method()
		return nil
	}
	w.heading(1, w.T("in_brief"))
	w.para(paper.Run{Text: w.T("in_brief_read")})
	var items []paper.Item
	for _, f := range w.findings {
		items = append(items, paper.Item{Marker: w.Number(f.Number) + ".", Runs: append(paper.B(f.Label.In(w.Lang)+". "), w.number(f, f.Indicators[0])...)})
	}
	w.add(paper.List{Items: items})
	if m := w.Map(w.set); len(m.Places) > 0 {
		if err := w.figure(m, m.Title, m.Desc, 900, 1); err != nil {
			return err
		}
	}
	for _, f := range w.findings {
		if err := w.finding(f); err != nil {
			return err
		}
	}
	w.method()
	w.annex()
	w.list()
	return nil
}

// nothing says whether nothing at all falls within the scope.
func (w *writer) nothing() bool {
	for _, f := range w.set.Findings {
		for _, i := range f.Indicators {
			if i.Total > 0 {
				return false
			}
		}
	}
	return true
}

// number says an indicator's number and keeps it as a statement.
func (w *writer) number(f *findings.Finding, i *findings.Indicator) []paper.Run {
	number, bounds := w.Says(i)
	text := w.T("labelled", "label", i.Label.In(w.Lang), "value", number)
	runs := []paper.Run{{Text: w.T("labelled", "label", i.Label.In(w.Lang), "value", "")}, {Text: number, Bold: true}}
	if bounds != "" {
		text += " (" + bounds + ")"
		runs = append(runs, paper.Run{Text: " (" + bounds + ")"})
	}
	w.state(w.statement(f, i, "", text, i.Count))
	return append(runs, paper.Run{Text: "."})
}

// statement is a statement with everything that its cases rest on: those of a part, or, without a part, those counted.
func (w *writer) statement(f *findings.Finding, i *findings.Indicator, part, text string, count int) Statement {
	s := Statement{Finding: f.Key, Indicator: i.Key, Part: part, Text: text, Count: count}
	for _, c := range i.Cases {
		if part != "" && c.Part != part || part == "" && !i.Part(c.Part).Counted {
			continue
		}
		if !slices.Contains(s.Records, c.Record) {
			s.Records = append(s.Records, c.Record)
		}
		s.Claims = append(s.Claims, c.Claims...)
		s.Spans = append(s.Spans, c.Spans...)
	}
	return s
}

func (w *writer) finding(f *findings.Finding) error {
	w.heading(1, w.Number(f.Number)+". "+f.Label.In(w.Lang))
	w.para(paper.Run{Text: f.Text.In(w.Lang)})
	lead := f.Indicators[0]
	if lead.Total > 0 {
		c := w.Parts("f-"+f.Key, lead)
		if err := w.figure(c, c.Title, c.Desc, 640, .8); err != nil {
			return err
		}
	}
	w.indicators(f)
	w.heading(2, w.T("shown"))
	w.examples(f)
	w.unknowns(f)
	w.heading(2, w.T("recommendations"))
	w.para(paper.Run{Text: w.T("recommendations_note"), Italic: true})
	var items []paper.Item
	for _, r := range f.Recommendations {
		items = append(items, paper.Item{Runs: []paper.Run{{Text: r.Text.In(w.Lang) + " "}, {Text: "(" + w.T("addressed", "whom", w.addressees(r)) + ")", Italic: true}}})
	}
	w.add(paper.List{Items: items})
	w.para(paper.Run{Text: f.Limits.In(w.Lang), Italic: true})
	return nil
}

func (w *writer) addressees(r findings.Recommendation) string {
	var to []string
	for _, k := range r.To {
		to = append(to, w.Addressee(k))
	}
	return strings.Join(to, "; ")
}

// indicators is the table of a finding's numbers.
func (w *writer) indicators(f *findings.Finding) {
	t := paper.Table{Widths: []float64{5.6, 1.4, 1.2, 2, 2.5}, Numeric: []bool{false, true, true, true, true}}
	for _, k := range []string{"col_indicator", "col_counted", "col_total", "col_unknown", "col_bounds"} {
		t.Head = append(t.Head, paper.Cell{Runs: paper.B(w.T(k))})
	}
	for n, i := range f.Indicators {
		row := []paper.Cell{paper.C(i.Label.In(w.Lang)), paper.C(w.Number(i.Count)), paper.C(w.Number(i.Total)), paper.C(w.Number(i.Unknown)), paper.C("")}
		switch i.State {
		case "empty":
			row[1], row[2], row[3] = paper.C("–"), paper.C(w.Number(0)), paper.C("–")
			row[4] = paper.C(w.T("empty"))
		case "not_looked_for":
			row[1] = paper.C("–")
			row[4] = paper.C(w.T("not_looked_for"))
		default:
			if row[4] = paper.C(w.Percent(i.Lower)); i.Unknown > 0 {
				row[4] = paper.C(w.T("range", "low", w.Percent(i.Lower), "high", w.Percent(i.Upper)))
			}
		}
		t.Rows = append(t.Rows, row)
		if n > 0 {
			w.state(w.statement(f, i, "", i.Label.In(w.Lang), i.Count))
		}
	}
	w.add(t)
}

// unknowns says what of the finding is not known.
func (w *writer) unknowns(f *findings.Finding) {
	var items []paper.Item
	for _, i := range f.Indicators {
		key := "unknown_line"
		switch {
		case i.State == "not_looked_for":
			key = "not_known_line"
		case i.State == "empty", i.Unknown == 0:
			continue
		}
		items = append(items, paper.Item{Runs: paper.T(w.T(key, "label", i.Label.In(w.Lang), "unknown", i.Unknown, "total", i.Total, "unit", w.Unit(i)))})
	}
	if len(items) > 0 {
		w.heading(2, w.T("not_known"))
		w.add(paper.List{Items: items})
	}
}

func (w *writer) method() {
	w.heading(1, w.T("method"))
	for _, k := range []string{"method_1", "method_2", "method_3", "method_4"} {
		w.para(paper.Run{Text: w.T(k, "day", w.Day(string(w.set.Horizon)))})
	}
	if n := w.set.Undated(); n > 0 {
		w.para(paper.Run{Text: w.T("method_undated", "n", n)})
	}
}

// annexRows is how many records a brief lists: who needs more needs the data.
const annexRows = 1200

// annex lists the records behind a counted number, with where it was counted and its sources.
func (w *writer) annex() {
	type entry struct {
		in     []string
		claims []registry.EntryID
		spans  []findings.Span
	}
	by := map[registry.RecordID]*entry{}
	var order []registry.RecordID
	for _, f := range w.findings {
		for _, i := range f.Indicators {
			for _, c := range i.Cases {
				if k := c.Record.Kind(); !i.Part(c.Part).Counted || k == registry.KindParty || k == registry.KindMineral {
					continue
				}
				e := by[c.Record]
				if e == nil {
					e = &entry{}
					by[c.Record] = e
					order = append(order, c.Record)
				}
				if at := w.Number(f.Number) + " " + i.Part(c.Part).Label.In(w.Lang); !slices.Contains(e.in, at) {
					e.in = append(e.in, at)
				}
				e.claims = append(e.claims, c.Claims...)
				e.spans = append(e.spans, c.Spans...)
			}
		}
	}
	if len(order) == 0 {
		return
	}
	slices.Sort(order)
	w.heading(1, w.T("annex"))
	w.para(paper.Run{Text: w.T("annex_note")})
	t := paper.Table{Widths: []float64{5, 5, 1.6}}
	for _, k := range []string{"col_record", "col_where", "col_sources"} {
		t.Head = append(t.Head, paper.Cell{Runs: paper.B(w.T(k))})
	}
	for _, id := range order[:min(len(order), annexRows)] {
		e := by[id]
		cites := w.marks(w.citesOf(e.claims, nil, mostCites))
		if len(cites) > 0 {
			cites = cites[1 : len(cites)-1]
		}
		t.Rows = append(t.Rows, []paper.Cell{{Runs: w.title(id)}, paper.C(strings.Join(e.in, "; ")), {Runs: cites}})
	}
	w.add(t)
	if left := len(order) - annexRows; left > 0 {
		w.para(paper.Run{Text: w.T("annex_more", "n", left)})
	}
}
