package brief

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/registry"
)

// Citation is a numbered source, or a provision of a text.
type Citation struct {
	Number   int
	Source   registry.SourceID // of a source
	Document registry.RecordID // of a provision: the text
	EID      string            // and its place
}

// cite gives the number of a citation, a new one where it is cited for the first time.
func (w *writer) cite(c Citation) int {
	key := string(c.Source) + "|" + string(c.Document) + "|" + c.EID
	if n := w.numbers[key]; n > 0 {
		return n
	}
	c.Number = len(w.citations) + 1
	w.citations = append(w.citations, c)
	w.numbers[key] = c.Number
	return c.Number
}

// mostCites is how many sources stand behind one record in running text; the claims name all.
const mostCites = 3

// citesOf are the citations of claims and places: the sources of highest grade first.
func (w *writer) citesOf(claims []registry.EntryID, spans []findings.Span, most int) []int {
	var sources []*registry.Source
	for _, id := range claims {
		e := w.View.Entries[id]
		if e == nil || e.Claim == nil {
			continue
		}
		if s := w.View.Sources[e.Claim.Source]; s != nil && !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
	}
	grades := registry.Codes("grade")
	slices.SortStableFunc(sources, func(a, b *registry.Source) int {
		return cmp.Or(cmp.Compare(slices.Index(grades, a.Grade), slices.Index(grades, b.Grade)), cmp.Compare(b.Date, a.Date), cmp.Compare(a.ID, b.ID))
	})
	var out []int
	add := func(n int) {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	for _, s := range sources[:min(len(sources), most)] {
		add(w.cite(Citation{Source: s.ID}))
	}
	for k, sp := range spans {
		if k < most {
			add(w.cite(Citation{Document: sp.Document, EID: sp.EID}))
		}
	}
	return out
}

// marks are citations as runs: " [3, 7]", each leading to its line in the list.
func (w *writer) marks(cites []int) []paper.Run {
	if len(cites) == 0 {
		return nil
	}
	out := []paper.Run{{Text: " ["}}
	for i, n := range cites {
		if i > 0 {
			out = append(out, paper.Run{Text: ", "})
		}
		r := paper.Run{Text: strconv.Itoa(n)}
		if w.opt.Kind == Full { // where the list is
			r.Link = "#c" + strconv.Itoa(n)
		}
		out = append(out, r)
	}
	return append(out, paper.Run{Text: "]"})
}

// list writes the numbered list of citations.
func (w *writer) list() {
	if len(w.citations) == 0 {
		return
	}
	w.heading(1, w.T("sources"))
	var items []paper.Item
	for _, c := range w.citations {
		items = append(items, paper.Item{ID: "c" + strconv.Itoa(c.Number), Marker: strconv.Itoa(c.Number) + ".", Runs: w.citation(c)})
	}
	w.add(paper.List{Items: items})
}

func (w *writer) citation(c Citation) []paper.Run {
	if c.Document != "" {
		runs := append([]paper.Run{{Text: w.T("provision", "eid", c.EID) + " "}}, w.title(c.Document)...)
		if doc := w.View.Record(c.Document); doc != nil {
			for _, u := range doc.Values("website")[:min(1, len(doc.Values("website")))] {
				runs = append(runs, paper.Run{Text: ", "}, paper.Run{Text: u, Link: u})
			}
		}
		return runs
	}
	s := w.View.Sources[c.Source]
	parts := []string{cmp.Or(s.Title, string(s.ID))}
	if s.Publisher != "" && s.Publisher != s.Title {
		parts = append(parts, s.Publisher)
	}
	switch {
	case s.Date != "":
		parts = append(parts, w.Day(s.Date))
	case s.Seen != "":
		parts = append(parts, w.T("no_source_date")+" ("+w.T("seen", "day", w.Day(s.Seen))+")")
	default:
		parts = append(parts, w.T("no_source_date"))
	}
	runs := []paper.Run{{Text: strings.Join(parts, ", ")}}
	if s.Lang != "" && s.Lang != w.Lang {
		runs = append(runs, paper.Run{Text: " [" + s.Lang + "]"})
	}
	if s.URL != "" {
		runs = append(runs, paper.Run{Text: ", "}, paper.Run{Text: s.URL, Link: s.URL})
	}
	return runs
}
