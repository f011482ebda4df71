package docx

import (
	"archive/zip"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/openassay/assay/paper"
)

// Write writes the document. Errors: what paper.Number refuses; a picture that is no PNG; what w returns.
func Write(w io.Writer, d *paper.Document) error {
	n, err := paper.Number(d)
	if err != nil {
		return err
	}
	x := &writer{d: d, n: n, words: paper.WordsIn(d.Lang), names: map[string]string{}, rtl: paper.RightToLeft(d.Lang)}
	x.body.kind, x.notes.kind, x.comments.kind = "document", "footnotes", "comments"
	if err := x.document(); err != nil {
		return err
	}
	x.footnotes()
	x.remarks()
	z := zip.NewWriter(w)
	for _, p := range x.parts() {
		f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			return err
		}
		if _, err := f.Write(p.content); err != nil {
			return err
		}
	}
	return z.Close()
}

// part is one part of the package that holds running text, with its references out.
type part struct {
	kind string
	b    strings.Builder
	rels []rel
	in   map[string]string // target → id
}

type rel struct{ id, kind, target, mode string }

func (p *part) rel(kind, target, mode string) string {
	if id, ok := p.in[target]; ok {
		return id
	}
	if p.in == nil {
		p.in = map[string]string{}
	}
	id := fmt.Sprintf("rId%d", len(p.rels)+10)
	p.rels = append(p.rels, rel{id, kind, target, mode})
	p.in[target] = id
	return id
}

// writer holds what is written so far.
type writer struct {
	d                     *paper.Document
	n                     *paper.Numbers
	words                 paper.Words
	rtl                   bool
	body, notes, comments part
	pictures              [][]byte
	names                 map[string]string // id of a block → name of its bookmark
	ordinal               int               // of the next run, as paper.Number counts
	marks                 int               // ids of bookmarks and changes given so far
}

type file struct {
	name    string
	content []byte
}

const (
	head    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	nsMain  = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`
	nsDraw  = ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	relBase = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// parts lists the files of the package in a fixed order.
func (x *writer) parts() []file {
	types := head + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>`
	for _, p := range []string{"styles", "settings", "footnotes", "comments", "footer"} {
		types += `<Override PartName="/word/` + p + `.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.` + p + `+xml"/>`
	}
	top := head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relBase + `officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="` + relBase + `extended-properties" Target="docProps/app.xml"/></Relationships>`
	fixed := []rel{{"rId1", "styles", "styles.xml", ""}, {"rId2", "settings", "settings.xml", ""}, {"rId3", "footnotes", "footnotes.xml", ""}, {"rId4", "comments", "comments.xml", ""}, {"rId5", "footer", "footer.xml", ""}}
	out := []file{
		{"[Content_Types].xml", []byte(types + `</Types>`)},
		{"_rels/.rels", []byte(top)},
		{"docProps/core.xml", []byte(x.core())},
		{"docProps/app.xml", []byte(head + `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Assay</Application></Properties>`)},
		{"word/document.xml", []byte(x.body.b.String())},
		{"word/_rels/document.xml.rels", relations(append(fixed, x.body.rels...))},
		{"word/styles.xml", []byte(x.styles())},
		{"word/settings.xml", []byte(x.settings())},
		{"word/footnotes.xml", []byte(x.notes.b.String())},
		{"word/comments.xml", []byte(x.comments.b.String())},
		{"word/footer.xml", []byte(x.footer())},
	}
	for _, p := range []*part{&x.notes, &x.comments} {
		if len(p.rels) > 0 {
			out = append(out, file{"word/_rels/" + p.kind + ".xml.rels", relations(p.rels)})
		}
	}
	for i, p := range x.pictures {
		out = append(out, file{fmt.Sprintf("word/media/image%d.png", i+1), p})
	}
	return out
}

func relations(rels []rel) []byte {
	var b strings.Builder
	b.WriteString(head + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range rels {
		b.WriteString(`<Relationship Id="` + r.id + `" Type="` + relBase + r.kind + `" Target="` + esc(r.target) + `"`)
		if r.mode != "" {
			b.WriteString(` TargetMode="` + r.mode + `"`)
		}
		b.WriteString(`/>`)
	}
	b.WriteString(`</Relationships>`)
	return []byte(b.String())
}

// core is what the file says about itself.
func (x *writer) core() string {
	var b strings.Builder
	b.WriteString(head + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`)
	for _, m := range [][2]string{{"dc:title", x.d.Title}, {"dc:subject", x.d.Subtitle}, {"dc:creator", x.d.Author}, {"dc:language", x.d.Lang}} {
		if m[1] != "" && m[1] != "und" {
			b.WriteString("<" + m[0] + ">" + esc(m[1]) + "</" + m[0] + ">")
		}
	}
	if t := stamp(x.d.Date); t != "" {
		b.WriteString(`<dcterms:created xsi:type="dcterms:W3CDTF">` + t + `</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">` + t + `</dcterms:modified>`)
	}
	b.WriteString(`</cp:coreProperties>`)
	return b.String()
}

// stamp turns an ISO date into the time that the format wants; "" where it is no full date.
func stamp(date string) string {
	t, err := time.Parse("2006-01-02", date)
	if err != nil {
		return ""
	}
	return t.Format("2006-01-02T15:04:05Z")
}

// esc escapes text for XML and drops what XML cannot hold.
func esc(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r < 0x20 && r != '\t' && r != '\n', r == 0xfffe, r == 0xffff:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
