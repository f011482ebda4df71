package brief

import (
	"slices"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/registry"
)

// shownEach is how many records stand in running text behind each class; the annex has all.
const shownEach = 6

// telling are the indicators whose classes are told record by record, with the classes.
var telling = map[string][]struct {
	indicator string
	parts     []string // in this order; nil for those that count
}{
	"transparency":   {{"text", []string{"leaked", "not_public"}}, {"mandate", nil}, {"draft", []string{"found", "leaked", "not_public"}}, {"talks", nil}},
	"oversight":      {{"approval", []string{"recorded", "asked", "needed"}}, {"intervention", []string{"before", "after"}}, {"consultation", nil}, {"notice", nil}, {"assessment", nil}},
	"competition":    {{"sought", nil}, {"parallel", nil}},
	"value_addition": {{"stage", nil}, {"ladder", nil}, {"committed", nil}, {"binding", nil}},
	"non_binding":    {{"stated", []string{"non_binding", "binding"}}, {"afterwards", []string{"instrument", "project", "under_way"}}, {"overlaps", nil}},
	"bundling":       {{"packages", []string{"amount", "named", "cost", "silent"}}, {"debt", []string{"loan", "loan_and_more"}}, {"terms", nil}},
	"standards":      {{"gap", []string{"enforceable", "obliged", "referenced"}}, {"each", []string{"enforceable", "obliged"}}, {"mentioned", nil}},
}

// examples tells what the records show, class by class.
func (w *writer) examples(f *findings.Finding) {
	said := false
	if f.Key == "competition" {
		said = w.leverage(f)
	}
	for _, tell := range telling[f.Key] {
		i := f.Indicator(tell.indicator)
		parts := tell.parts
		if parts == nil {
			for _, p := range i.Parts {
				if p.Counted {
					parts = append(parts, p.Key)
				}
			}
		}
		for _, key := range parts {
			said = w.tell(f, i, key) || said
		}
	}
	if !said {
		w.para(paper.Run{Text: w.T("empty") + "."})
	}
}

// tell lists the records of a class with their sources; false where it has none.
func (w *writer) tell(f *findings.Finding, i *findings.Indicator, part string) bool {
	var cases []*findings.Case
	for k := range i.Cases {
		if i.Cases[k].Part == part {
			cases = append(cases, &i.Cases[k])
		}
	}
	if len(cases) == 0 {
		return false
	}
	label := i.Label.In(w.Lang)
	if p := i.Part(part); !(p.Counted && onlyCounted(i)) {
		label += " · " + p.Label.In(w.Lang)
	}
	runs := []paper.Run{{Text: w.T("labelled", "label", label+" ("+w.Number(len(cases))+")", "value", ""), Bold: true}}
	s := w.statement(f, i, part, label, len(cases))
	for n, c := range cases[:min(len(cases), shownEach)] {
		if n > 0 {
			runs = append(runs, paper.Run{Text: "; "})
		}
		runs = append(runs, w.title(c.Record)...)
		if c.Key != "" {
			runs = append(runs, paper.Run{Text: ", " + w.Key(c.Key)})
		}
		if more := w.with(f, i, c); more != nil {
			runs = append(runs, more...)
		}
		cites := w.citesOf(c.Claims, c.Spans, mostCites)
		s.Cites = append(s.Cites, cites...)
		runs = append(runs, w.marks(cites)...)
	}
	if left := len(cases) - shownEach; left > 0 {
		runs = append(runs, paper.Run{Text: "; " + w.T("and_more", "n", left)})
	}
	w.add(paper.Paragraph{Runs: append(runs, paper.Run{Text: "."})})
	w.state(s)
	return true
}

// onlyCounted says whether an indicator has one counted class, so that its label says all.
func onlyCounted(i *findings.Indicator) bool {
	n := 0
	for _, p := range i.Parts {
		if p.Counted {
			n++
		}
	}
	return n == 1
}

// with tells what a record is counted with, where that is the point: what followed, what stands beside it, what pays for it.
func (w *writer) with(f *findings.Finding, i *findings.Indicator, c *findings.Case) []paper.Run {
	var ids []registry.RecordID
	switch f.Key + "." + i.Key {
	case "non_binding.afterwards", "non_binding.overlaps", "bundling.packages", "competition.parallel":
		for _, id := range c.With {
			if f.Key == "bundling" && id.Kind() != registry.KindFinancing {
				continue
			}
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	runs := []paper.Run{{Text: " → "}}
	for n, id := range ids[:min(len(ids), 4)] {
		if n > 0 {
			runs = append(runs, paper.Run{Text: ", "})
		}
		runs = append(runs, w.title(id)...)
		if r := w.View.Record(id); r != nil && id.Kind() == registry.KindFinancing {
			if a := w.amounts(r); a != "" {
				runs = append(runs, paper.Run{Text: " (" + a + ")"})
				runs = append(runs, w.marks(w.amountCites(r))...)
			}
		}
	}
	if len(ids) > 4 {
		runs = append(runs, paper.Run{Text: " …"})
	}
	return runs
}

// amounts are a record's amounts of money in its own words: never added up.
func (w *writer) amounts(r *registry.Record) string {
	var out []string
	for _, s := range r.Slots("amount") {
		if s.Shown == nil {
			continue
		}
		if m, ok := s.Shown.Value.Money(); ok {
			x, _ := m.Amount.Float64()
			words := m.Currency + " " + w.Decimal(x)
			if m.UpTo {
				words = "≤ " + words
			}
			if m.About {
				words = "~ " + words
			}
			out = append(out, words)
		}
	}
	return strings.Join(out[:min(len(out), 2)], ", ")
}

func (w *writer) amountCites(r *registry.Record) []int {
	var claims []registry.EntryID
	for _, s := range r.Slots("amount") {
		if s.Shown != nil {
			claims = append(claims, s.Shown.Entry.ID)
		}
	}
	return w.citesOf(claims, nil, 1)
}

// leverage tells who holds half or more of the world's production or reserves, and the figure.
func (w *writer) leverage(f *findings.Finding) bool {
	told := false
	for _, key := range []string{"production", "reserves"} {
		i := f.Indicator("share_" + key)
		var cases []*findings.Case
		for k := range i.Cases {
			if c := &i.Cases[k]; c.Part == "half" {
				cases = append(cases, c)
			}
		}
		if len(cases) == 0 {
			continue
		}
		slices.SortStableFunc(cases, func(a, b *findings.Case) int {
			return slices.Compare([]float64{*b.Value}, []float64{*a.Value})
		})
		runs := []paper.Run{{Text: w.T("labelled", "label", i.Label.In(w.Lang)+" ("+w.Number(len(cases))+")", "value", ""), Bold: true}}
		s := w.statement(f, i, "half", i.Label.In(w.Lang), len(cases))
		for n, c := range cases {
			if n > 0 {
				runs = append(runs, paper.Run{Text: "; "})
			}
			runs = append(runs, paper.Run{Text: w.Name(c.Record) + ", " + w.T("labelled", "label", w.T(key+"_of", "mineral", w.Key(c.Key)), "value", w.T("percent", "n", w.Decimal(*c.Value)))})
			cites := w.citesOf(c.Claims, nil, 1)
			s.Cites = append(s.Cites, cites...)
			runs = append(runs, w.marks(cites)...)
		}
		w.add(paper.Paragraph{Runs: append(runs, paper.Run{Text: "."})})
		w.state(s)
		told = true
	}
	return told
}
