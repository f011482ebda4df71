package web

import (
	"bytes"
	"io"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/edition"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/html"
	"github.com/openassay/assay/paper/markdown"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/paper/plain"
	"github.com/openassay/assay/registry"
)

// textFormats are the formats in which a text can be taken along.
var textFormats = []string{"akn", "docx", "pdf", "md", "html", "txt"}

// textWriters is how a format is written, and what it is called on the web.
var textWriters = map[string]struct {
	write  func(io.Writer, *paper.Document) error
	kind   string
	ending string
}{
	"docx": {docx.Write, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"},
	"pdf":  {pdf.Write, "application/pdf", ".pdf"},
	"md":   {markdown.Write, "text/markdown; charset=utf-8", ".md"},
	"html": {html.Write, "text/html; charset=utf-8", ".html"},
	"txt":  {plain.Write, "text/plain; charset=utf-8", ".txt"},
	"akn":  {nil, "application/akn+xml; charset=utf-8", ".xml"},
}

// downloadsView leads to a text in its formats, with and without labels.
type downloadsView struct{ Bare, Labelled []link }

func (v *reader) downloads() *downloadsView {
	d := &downloadsView{}
	for _, f := range textFormats {
		at := v.record.Path() + "/download"
		d.Bare = append(d.Bare, link{Text: v.T("download.format." + f), Href: v.href(at, "as", f)})
		if v.doc.Analysis.Unsupported == "" {
			d.Labelled = append(d.Labelled, link{Text: v.T("download.format." + f), Href: v.href(at, "as", f, "labels", "yes")})
		}
	}
	return d
}

// textDownload is /documents/ADDRESS/download?as=FORMAT&labels=yes: a text to be taken along. Labels are people's where they said something.
func textDownload(q *request) (*page, error) {
	r, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		if m, ok := err.(moved); ok {
			return nil, moved{m.to + "/download", m.merged}
		}
		return p, err
	}
	doc, err := q.text(r)
	if err != nil {
		return nil, err
	}
	if doc == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("document.no_text"))
	}
	as := q.Query.Get("as")
	if !slices.Contains(textFormats, as) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("download.no_format", "value", cut(as, 20))).WithHint("%s", q.T("error.one_of", "values", strings.Join(textFormats, ", ")))
	}
	v := q.reader(r, doc)
	var an *assay.Analysis
	name := citeKey(r.Address(), "")
	switch labels := q.Query.Get("labels"); labels {
	case "", "no":
	case "yes":
		an = v.doc.Analysis
		name += "-labels"
	default:
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("download.no_labels", "value", cut(labels, 20))).WithHint("%s", q.T("error.one_of", "values", "yes, no"))
	}
	w := textWriters[as]
	var b bytes.Buffer
	switch {
	case as == "akn":
		err = edition.AKN(&b, doc.Reading, an, "")
	case as == "txt" && an == nil: // the canonical text itself, to which all offsets refer
		b.WriteString(doc.Reading.Text)
	default:
		c, cerr := q.citation(r, "")
		if cerr != nil {
			return nil, cerr
		}
		d := edition.Paper(doc.Reading, edition.Options{Analysis: an, Date: string(q.horizon()), Footer: q.T("site.name") + " · " + q.address(r.Path())})
		d.Meta = append(d.Meta, paper.Meta{Name: q.T("download.cite"), Value: c.words(q.locale)})
		if r.Sample() {
			d.Subtitle = strings.TrimSpace(q.T("record.sample") + ". " + d.Subtitle)
		}
		err = w.write(&b, d)
	}
	if err != nil {
		return nil, registry.Errorf(registry.Unsupported, "%s", q.T("download.unwritable", "as", q.T("download.format."+as))).WithHint("%v", err)
	}
	return &page{File: &file{Kind: w.kind, Name: name + w.ending, Body: b.Bytes()}}, nil
}
