package web

import (
	"bytes"
	"slices"
	"strings"

	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/summary"
)

// summaryPage is /instruments/ADDRESS/summary: the standard summary disclosure, and /summary: the empty form.
type summaryPage struct {
	*summary.Sheet
	Form      bool // to be filled in
	Downloads []link
	Sourced   []sourceItem
}

// summaryOf is the handler of an instrument's summary; ?as=pdf and ?as=docx send it as a file.
func summaryOf(q *request) (*page, error) {
	r, p, err := q.find(registry.KindInstrument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			m.to += "/summary"
			return nil, m
		}
		return p, err
	}
	s, err := summary.Of(q.View, r, q.day(), q.Lang)
	if err != nil {
		return nil, err
	}
	if as := q.Query.Get("as"); as != "" {
		return q.paperFile(s.Paper(), citeKey(r.Address(), "")+"-summary", as)
	}
	d := summaryPage{Sheet: s, Downloads: q.papers(r.Path() + "/summary")}
	return &page{Template: "summary", Title: q.T("summary.title") + ": " + s.Title, Lede: q.T("summary.lede"), Data: d, JSON: s,
		Trail: []link{{Text: q.kinds(r.Kind), Href: q.href("/instruments")}, q.linkTo(r)}}, nil
}

// summaryForm is the empty form, with the JSON Schema of filled ones as its data.
func summaryForm(q *request) (*page, error) {
	s := summary.Empty()
	if as := q.Query.Get("as"); as != "" {
		return q.paperFile(s.Paper(), "summary-form", as)
	}
	return &page{Template: "summary", Title: q.T("summary.form"), Lede: q.T("summary.lede"), Data: summaryPage{Sheet: s, Form: true, Downloads: q.papers("/summary")}, Plain: true, JSON: summary.Schema()}, nil
}

// papers are links to a page as a file to print or to write in.
func (q *request) papers(path string, more ...string) []link {
	var out []link
	for _, f := range paperFormats {
		out = append(out, link{Text: q.T("download.format." + f), Href: q.href(path, append([]string{"as", f}, more...)...)})
	}
	return out
}

// paperFormats are the formats of papers that are printed, written in, or taken over.
var paperFormats = []string{"pdf", "docx", "md"}

// paperFile sends a document in one of paperFormats; registry.Invalid for anything else.
func (q *request) paperFile(d *paper.Document, name, as string) (*page, error) {
	if !slices.Contains(paperFormats, as) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("summary.no_such", "as", cut(as, 20))).WithHint("%s", q.T("error.one_of", "values", strings.Join(paperFormats, ", ")))
	}
	w := textWriters[as]
	var b bytes.Buffer
	if err := w.write(&b, d); err != nil {
		return nil, registry.Errorf(registry.Unsupported, "%s", q.T("redline.unwritable", "as", strings.ToUpper(as))).WithHint("%v", err)
	}
	return &page{File: &file{Kind: w.kind, Name: name + w.ending, Body: b.Bytes()}}, nil
}
