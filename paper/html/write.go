package html

import (
	"encoding/base64"
	"fmt"
	"html"
	"io"
	"sort"
	"strings"

	"github.com/openassay/assay/paper"
)

// Write writes the document. Errors: what paper.Number refuses; what w returns.
func Write(w io.Writer, d *paper.Document) error {
	n, err := paper.Number(d)
	if err != nil {
		return err
	}
	x := &writer{d: d, n: n, words: paper.WordsIn(d.Lang), named: map[string]bool{}}
	lang := d.Lang
	if lang == "" {
		lang = "und"
	}
	dir := ""
	if paper.RightToLeft(lang) {
		dir = ` dir="rtl"`
	}
	fmt.Fprintf(&x.b, "<!DOCTYPE html>\n<html lang=\"%s\"%s>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>%s</title>\n", esc(lang), dir, esc(first(d.Title, "–")))
	for _, m := range [][2]string{{"author", d.Author}, {"date", d.Date}, {"description", d.Subtitle}} {
		if m[1] != "" {
			fmt.Fprintf(&x.b, "<meta name=\"%s\" content=\"%s\">\n", m[0], esc(m[1]))
		}
	}
	x.b.WriteString("<style>\n" + style + "</style>\n</head>\n<body>\n<main>\n")
	x.front()
	for _, b := range d.Blocks {
		x.block(b)
	}
	x.back()
	x.b.WriteString("</main>\n")
	if d.Footer != "" {
		x.b.WriteString("<footer>" + esc(d.Footer) + "</footer>\n")
	}
	x.b.WriteString("</body>\n</html>\n")
	_, err = io.WriteString(w, x.b.String())
	return err
}

type writer struct {
	b       strings.Builder
	d       *paper.Document
	n       *paper.Numbers
	words   paper.Words
	ordinal int
	named   map[string]bool // notes and comments whose first mark was set: links lead back to it
}

func (x *writer) front() {
	d := x.d
	if d.Title == "" && d.Subtitle == "" && len(d.Meta) == 0 {
		return
	}
	x.b.WriteString("<header>\n")
	if d.Title != "" {
		x.b.WriteString("<h1>" + esc(d.Title) + "</h1>\n")
	}
	if d.Subtitle != "" {
		x.b.WriteString("<p class=\"sub\">" + esc(d.Subtitle) + "</p>\n")
	}
	if len(d.Meta) > 0 {
		x.b.WriteString("<dl>\n")
		for _, m := range d.Meta {
			v := esc(m.Value)
			if linkable(m.Link) {
				v = `<a href="` + esc(m.Link) + `">` + v + `</a>`
			}
			x.b.WriteString("<div><dt>" + esc(m.Name) + "</dt><dd>" + v + "</dd></div>\n")
		}
		x.b.WriteString("</dl>\n")
	}
	x.b.WriteString("</header>\n")
}

func id(s string) string {
	if s == "" {
		return ""
	}
	return ` id="` + esc(s) + `"`
}

func (x *writer) block(bl paper.Block) {
	b := &x.b
	switch v := bl.(type) {
	case paper.Heading:
		n := min(v.Level+1, 6)
		fmt.Fprintf(b, "<h%d%s>", n, id(v.ID))
		x.runs(v.Runs, true)
		fmt.Fprintf(b, "</h%d>\n", n)
	case paper.Paragraph:
		b.WriteString("<p" + id(v.ID) + class(v.Mark, v.Indent) + ">")
		x.mark(v.Mark)
		x.runs(v.Runs, true)
		b.WriteString("</p>\n")
	case paper.List:
		x.list(v)
	case paper.Quote:
		b.WriteString("<blockquote" + id(v.ID) + ">\n")
		if v.Label != "" {
			b.WriteString(`<p class="at">`)
			x.runs([]paper.Run{{Text: v.Label, Link: v.Link}}, false)
			b.WriteString("</p>\n")
		}
		b.WriteString("<p>")
		x.runs(v.Runs, true)
		b.WriteString("</p>\n</blockquote>\n")
	case paper.Table:
		x.table(v)
	case paper.Figure:
		b.WriteString("<figure" + id(v.ID) + `><img alt="` + esc(v.Alt) + `" src="data:image/png;base64,` + base64.StdEncoding.EncodeToString(v.PNG) + `"`)
		if v.Width > 0 && v.Width < 1 {
			fmt.Fprintf(b, ` style="width:%.0f%%"`, v.Width*100)
		}
		b.WriteString(">")
		if v.Caption != "" {
			b.WriteString("<figcaption>" + esc(v.Caption) + "</figcaption>")
		}
		b.WriteString("</figure>\n")
	case paper.PageBreak:
		b.WriteString("<div class=\"break\"></div>\n")
	}
}

func class(m *paper.Mark, indent int) string {
	var c []string
	if m != nil {
		c = append(c, "m", string(m.Form))
	}
	if indent > 0 {
		c = append(c, fmt.Sprintf("i%d", min(indent, 8)))
	}
	if c == nil {
		return ""
	}
	return ` class="` + strings.Join(c, " ") + `"`
}

func (x *writer) mark(m *paper.Mark) {
	if m != nil && m.Word != "" {
		x.b.WriteString(`<span class="word">` + esc(m.Word) + `</span> `)
	}
}

// list writes items as lists within each other; the markers are words of the text.
func (x *writer) list(l paper.List) {
	b := &x.b
	depth := 0
	for _, it := range l.Items {
		want := max(0, min(it.Level, 8)) + 1
		if want > depth+1 {
			want = depth + 1
		}
		for depth > want {
			b.WriteString("</li></ul>\n")
			depth--
		}
		if depth == want {
			b.WriteString("</li>\n")
		}
		for depth < want {
			b.WriteString("<ul>\n")
			depth++
		}
		b.WriteString("<li" + id(it.ID) + class(it.Mark, 0) + ">")
		m := it.Marker
		if m == "" {
			m = "•"
		}
		b.WriteString(`<span class="n">` + esc(m) + `</span> `)
		x.mark(it.Mark)
		x.runs(it.Runs, true)
	}
	for ; depth > 0; depth-- {
		b.WriteString("</li></ul>\n")
	}
}

func (x *writer) table(t paper.Table) {
	b := &x.b
	b.WriteString(`<div class="wide" tabindex="0" role="region" aria-label="` + esc(first(t.Caption, x.d.Title)) + `"><table` + id(t.ID) + ">\n")
	if t.Caption != "" {
		b.WriteString("<caption>" + esc(t.Caption) + "</caption>\n")
	}
	b.WriteString("<colgroup>")
	for _, s := range t.Shares() {
		fmt.Fprintf(b, `<col style="width:%.1f%%">`, s*100)
	}
	b.WriteString("</colgroup>\n<thead>\n<tr>")
	cell := func(tag string, i int, c paper.Cell) {
		b.WriteString("<" + tag)
		if t.Right(i) {
			b.WriteString(` class="r"`)
		}
		b.WriteString(">")
		x.runs(c.Runs, true)
		b.WriteString("</" + strings.Fields(tag)[0] + ">")
	}
	for i, c := range t.Head {
		cell(`th scope="col"`, i, c)
	}
	b.WriteString("</tr>\n</thead>\n<tbody>\n")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, c := range row {
			cell("td", i, c)
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody>\n</table></div>\n")
}

// runs writes runs; counted says whether paper.Number counts them.
func (x *writer) runs(runs []paper.Run, counted bool) {
	b := &x.b
	for i, r := range runs {
		ids := append([]string(nil), r.Comments...)
		sort.Slice(ids, func(i, j int) bool { return x.n.Comment[ids[i]] < x.n.Comment[ids[j]] })
		t := strings.ReplaceAll(esc(r.Text), "\n", "<br>")
		if r.Bold {
			t = "<b>" + t + "</b>"
		}
		if r.Italic {
			t = "<i>" + t + "</i>"
		}
		if linkable(r.Link) || strings.HasPrefix(r.Link, "#") {
			t = `<a href="` + esc(r.Link) + `">` + t + `</a>`
		}
		if counted && len(ids) > 0 {
			t = `<span class="c">` + t + `</span>`
		}
		switch before, after := neighbours(runs, i); r.Change {
		case paper.Inserted:
			t = "<ins>" + said(before, " ["+x.words.Added+": ") + t + said(after, "] ") + "</ins>"
		case paper.Deleted:
			t = "<del>" + said(before, " ["+x.words.Deleted+": ") + t + said(after, "] ") + "</del>"
		}
		b.WriteString(t)
		if k := x.n.Note[r.Note]; r.Note != "" && k > 0 {
			fmt.Fprintf(b, `<sup><a href="#note-%d"%s>%d</a></sup>`, k, x.first("note", k), k)
		}
		if !counted {
			continue
		}
		for _, c := range ids {
			if k := x.n.Comment[c]; x.n.LastOf[c] == x.ordinal {
				fmt.Fprintf(b, `<sup><a href="#comment-%d"%s aria-label="%s %d">[%d]</a></sup>`, k, x.first("comment", k), esc(x.words.Comment), k, k)
			}
		}
		x.ordinal++
	}
}

// neighbours says whether a run begins and ends a stretch of one change.
func neighbours(runs []paper.Run, i int) (begins, ends bool) {
	return i == 0 || runs[i-1].Change != runs[i].Change, i+1 == len(runs) || runs[i+1].Change != runs[i].Change
}

// said is a word for screen readers, and for whoever copies the text.
func said(yes bool, word string) string {
	if !yes {
		return ""
	}
	return `<span class="said">` + esc(word) + `</span>`
}

func (x *writer) first(kind string, k int) string {
	key := fmt.Sprintf("%s-%d", kind, k)
	if x.named[key] {
		return ""
	}
	x.named[key] = true
	return ` id="` + key + `-at"`
}

// back writes footnotes and comments.
func (x *writer) back() {
	b := &x.b
	if len(x.n.Notes) > 0 {
		b.WriteString("<section class=\"notes\"><h2>" + esc(x.words.Notes) + "</h2>\n<ol>\n")
		for i, n := range x.n.Notes {
			fmt.Fprintf(b, `<li id="note-%d">`, i+1)
			x.runs(n.Runs, false)
			fmt.Fprintf(b, " <a href=\"#note-%d-at\" aria-label=\"%s %d\">↩</a></li>\n", i+1, esc(x.words.Note), i+1)
		}
		b.WriteString("</ol></section>\n")
	}
	if len(x.n.Comments) > 0 {
		b.WriteString("<section class=\"notes\"><h2>" + esc(x.words.Comments) + "</h2>\n<ol>\n")
		for i, c := range x.n.Comments {
			fmt.Fprintf(b, "<li id=\"comment-%d\"><p><b>%s</b>", i+1, esc(first(c.Author, x.d.Author)))
			if date := first(c.Date, x.d.Date); date != "" {
				b.WriteString(" · <time>" + esc(date) + "</time>")
			}
			fmt.Fprintf(b, " <a href=\"#comment-%d-at\" aria-label=\"%s %d\">↩</a></p>\n", i+1, esc(x.words.Comment), i+1)
			for _, p := range c.Paras {
				b.WriteString("<p>")
				x.runs(p, false)
				b.WriteString("</p>\n")
			}
			b.WriteString("</li>\n")
		}
		b.WriteString("</ol></section>\n")
	}
}

func linkable(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "mailto:")
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// esc escapes text and drops what HTML cannot hold.
func esc(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f {
			return -1
		}
		return r
	}, s))
}
