package docx

import (
	"fmt"
	"sort"
	"strings"

	"github.com/openassay/assay/paper"
)

// counted writes a run of the body with the ends of the comments that it holds.
func (x *writer) counted(r paper.Run) {
	b := &x.body.b
	ids := append([]string(nil), r.Comments...)
	sort.Slice(ids, func(i, j int) bool { return x.n.Comment[ids[i]] < x.n.Comment[ids[j]] })
	for _, c := range ids {
		if x.n.FirstOf[c] == x.ordinal {
			fmt.Fprintf(b, `<w:commentRangeStart w:id="%d"/>`, x.n.Comment[c])
		}
	}
	x.run(&x.body, r)
	for _, c := range ids {
		if x.n.LastOf[c] == x.ordinal {
			k := x.n.Comment[c]
			fmt.Fprintf(b, `<w:commentRangeEnd w:id="%d"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:commentReference w:id="%d"/></w:r>`, k, k)
		}
	}
	x.ordinal++
}

// run writes one run into a part: as a link, as a change, or plain.
func (x *writer) run(p *part, r paper.Run) {
	b := &p.b
	closing := ""
	if r.Change != paper.Kept {
		closing = x.change(b, r.Change, r.By, false)
	}
	end := ""
	if r.Link != "" {
		end = `</w:hyperlink>`
		if id, ok := strings.CutPrefix(r.Link, "#"); ok {
			if name := x.names[id]; name != "" {
				b.WriteString(`<w:hyperlink w:anchor="` + name + `" w:history="1">`)
			} else {
				end = ""
			}
		} else if linkable(r.Link) {
			b.WriteString(`<w:hyperlink r:id="` + p.rel("hyperlink", r.Link, "External") + `" w:history="1">`)
		} else {
			end = ""
		}
	}
	tag := "w:t"
	if r.Change == paper.Deleted {
		tag = "w:delText"
	}
	b.WriteString(`<w:r>`)
	x.runPropsIn(b, r, end != "")
	for i, l := range strings.Split(r.Text, "\n") {
		if i > 0 {
			b.WriteString(`<w:br/>`)
		}
		if l != "" {
			b.WriteString(`<` + tag + ` xml:space="preserve">` + esc(strings.ReplaceAll(l, "\t", " ")) + `</` + tag + `>`)
		}
	}
	b.WriteString(`</w:r>` + end + closing)
	if k := x.n.Note[r.Note]; r.Note != "" && k > 0 && p == &x.body {
		fmt.Fprintf(b, `<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="%d"/></w:r>`, k+firstNote-1)
	}
}

// linkable says whether a link is one that a reader may follow: to the web or by mail.
func linkable(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "mailto:")
}

func (x *writer) runProps(r paper.Run) { x.runPropsIn(&x.body.b, r, false) }

func (x *writer) runPropsIn(b *strings.Builder, r paper.Run, link bool) {
	var p strings.Builder
	if link {
		p.WriteString(`<w:rStyle w:val="Hyperlink"/>`)
	}
	if r.Bold {
		p.WriteString(`<w:b/><w:bCs/>`)
	}
	if r.Italic {
		p.WriteString(`<w:i/><w:iCs/>`)
	}
	if x.rtl {
		p.WriteString(`<w:rtl/>`)
	}
	if p.Len() > 0 {
		b.WriteString(`<w:rPr>` + p.String() + `</w:rPr>`)
	}
}

// change opens an insertion or deletion and gives what closes it; empty is the mark of a paragraph's end.
func (x *writer) change(b *strings.Builder, c paper.Change, by string, empty bool) string {
	tag := "w:ins"
	if c == paper.Deleted {
		tag = "w:del"
	}
	if by == "" {
		by = x.d.Author
	}
	if by == "" {
		by = "?"
	}
	x.marks++
	fmt.Fprintf(b, `<%s w:id="%d" w:author="%s"`, tag, x.marks, esc(by))
	if t := stamp(x.d.Date); t != "" {
		b.WriteString(` w:date="` + t + `"`)
	}
	if empty {
		b.WriteString(`/>`)
		return ""
	}
	b.WriteString(`>`)
	return `</` + tag + `>`
}

// firstNote is the id of the first footnote: the two before are the lines that part notes from the text, and some programs count on that.
const firstNote = 2

// footnotes writes the part with the notes, in the order in which the text names them.
func (x *writer) footnotes() {
	b := &x.notes.b
	b.WriteString(head + `<w:footnotes ` + nsMain + `><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>`)
	for i, n := range x.n.Notes {
		fmt.Fprintf(b, `<w:footnote w:id="%d"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>`, i+firstNote)
		for _, r := range n.Runs {
			x.run(&x.notes, r)
		}
		b.WriteString(`</w:p></w:footnote>`)
	}
	b.WriteString(`</w:footnotes>`)
}

// remarks writes the part with the comments.
func (x *writer) remarks() {
	b := &x.comments.b
	b.WriteString(head + `<w:comments ` + nsMain + `>`)
	for i, c := range x.n.Comments {
		by, date := c.Author, c.Date
		if by == "" {
			by = x.d.Author
		}
		if date == "" {
			date = x.d.Date
		}
		fmt.Fprintf(b, `<w:comment w:id="%d" w:author="%s" w:initials="%s"`, i+1, esc(by), esc(paper.Initials(by)))
		if t := stamp(date); t != "" {
			b.WriteString(` w:date="` + t + `"`)
		}
		b.WriteString(`>`)
		paras := c.Paras
		if len(paras) == 0 {
			paras = [][]paper.Run{nil}
		}
		for k, p := range paras {
			b.WriteString(`<w:p><w:pPr><w:pStyle w:val="CommentText"/></w:pPr>`)
			if k == 0 {
				b.WriteString(`<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>`)
			}
			for _, r := range p {
				x.run(&x.comments, r)
			}
			b.WriteString(`</w:p>`)
		}
		b.WriteString(`</w:comment>`)
	}
	b.WriteString(`</w:comments>`)
}
