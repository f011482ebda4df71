package brief

import (
	"slices"
	"strconv"

	"github.com/openassay/assay/paper"
)

// chosen are the indicators that a note of one page tells, by kind and finding; the others are in the full brief.
var chosen = map[string]map[string][]string{
	Minister: {"transparency": {"text"}, "oversight": {"approval"}, "competition": {"suitors"}, "value_addition": {"asked"}, "non_binding": {"nature", "afterwards"},
		"bundling": {"combined", "terms"}, "standards": {"mentioned"}},
	Committee: {"transparency": {"text"}, "oversight": {"approval", "notice", "consultation"}, "competition": {"sought"}, "value_addition": {"asked"}, "non_binding": {"nature"},
		"bundling": {"terms", "debt"}, "standards": {"gap"}},
}

// asked are the recommendations that a note passes on: those addressed to its reader, at most this many.
const asked = 4

// noteCites is how many sources a note names for each number: the full brief has all.
const noteCites = 2

// note writes one page.
func (w *writer) note() {
	if w.nothing() {
		w.para(paper.Run{Text: w.T("nothing")})
		return
	}
	w.para(paper.Run{Text: w.T("in_brief_read"), Italic: true})
	var items []paper.Item
	for _, f := range w.findings {
		for _, key := range chosen[w.opt.Kind][f.Key] {
			i := f.Indicator(key)
			runs := w.number(f, i)
			s := &w.statements[len(w.statements)-1]
			s.Cites = w.citesOf(s.Claims, nil, noteCites)
			items = append(items, paper.Item{Marker: w.Number(f.Number) + ".", Runs: append(runs[:len(runs)-1], append(w.marks(s.Cites), paper.Run{Text: "."})...)})
		}
	}
	w.add(paper.List{Items: items})
	w.heading(2, w.T("what_to_ask"))
	to := map[string]string{Minister: "government", Committee: "parliament"}[w.opt.Kind]
	items = nil
	for _, f := range w.findings {
		for _, r := range f.Recommendations {
			if slices.Contains(r.To, to) && len(items) < asked && !slices.ContainsFunc(items, func(x paper.Item) bool { return x.Marker == w.Number(f.Number)+"." && to == "government" }) {
				items = append(items, paper.Item{Marker: w.Number(f.Number) + ".", Runs: paper.T(r.Text.In(w.Lang))})
			}
		}
	}
	w.add(paper.List{Items: items})
	w.para(paper.Run{Text: w.T("recommendations_note"), Italic: true})
	w.sourcesInLine()
}

// sourcesInLine is the list of citations as one paragraph, so that a page holds it.
func (w *writer) sourcesInLine() {
	if len(w.citations) == 0 {
		return
	}
	w.heading(2, w.T("sources"))
	runs := []paper.Run{}
	for n, c := range w.citations {
		if n > 0 {
			runs = append(runs, paper.Run{Text: " · "})
		}
		runs = append(runs, paper.Run{Text: strconv.Itoa(c.Number) + ". "})
		s := w.View.Sources[c.Source]
		words := s.Publisher
		if words == "" {
			words = s.Title
		}
		if s.Date != "" {
			words += ", " + w.Day(s.Date)
		}
		runs = append(runs, paper.Run{Text: words, Link: s.URL})
	}
	w.add(paper.Paragraph{Runs: runs})
}
