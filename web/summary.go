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
	Langs     []navItem
	Words     map[string]string // around the sheet, in its language
}

// summaryWords fills in the words around a sheet, and what leads to it in other languages.
func (q *request) summaryWords(d *summaryPage, path string) (err error) {
	d.Downloads = q.papers(path, "in", d.Lang)
	for _, l := range summary.Languages {
		d.Langs = append(d.Langs, navItem{link{Text: q.code("language", l), Href: q.here("in", l, "as", "")}, l == d.Lang})
	}
	d.Words, err = summary.Words(d.Lang)
	return err
}

// summaryOf is the handler of an instrument's summary; ?in= chooses the language, ?as=pdf, docx and md send it as a file.
func summaryOf(q *request) (*page, error) {
	r, p, err := q.find(registry.KindInstrument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			m.to += "/summary"
			return nil, m
		}
		return p, err
	}
	s, err := summary.Of(q.View, r, q.day(), q.paperLang())
	if err != nil {
		return nil, err
	}
	if as := q.Query.Get("as"); as != "" {
		p, err := s.Paper()
		if err != nil {
			return nil, err
		}
		return q.paperFile(p, citeKey(r.Address(), "")+"-summary-"+s.Lang, as)
	}
	d := summaryPage{Sheet: s}
	if err := q.summaryWords(&d, r.Path()+"/summary"); err != nil {
		return nil, err
	}
	return &page{Template: "summary", Title: d.Words["title"] + ": " + s.Title, Lede: d.Words["lede"], Data: d, JSON: s,
		Trail: []link{{Text: q.kinds(r.Kind), Href: q.href("/instruments")}, q.linkTo(r)}}, nil
}

// summaryForm is the empty form, with the JSON Schema of filled ones as its data.
func summaryForm(q *request) (*page, error) {
	s, err := summary.Empty(q.paperLang())
	if err != nil {
		return nil, err
	}
	if as := q.Query.Get("as"); as != "" {
		p, err := s.Paper()
		if err != nil {
			return nil, err
		}
		return q.paperFile(p, "summary-form-"+s.Lang, as)
	}
	d := summaryPage{Sheet: s, Form: true}
	if err := q.summaryWords(&d, "/summary"); err != nil {
		return nil, err
	}
	return &page{Template: "summary", Title: d.Words["form"], Lede: d.Words["lede"], Data: d, Plain: true, JSON: summary.Schema()}, nil
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
