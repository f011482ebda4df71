// Package markdown writes a paper.Document as Markdown (CommonMark with tables and footnotes).
//
// Start with [Write]. What a redline inserts and deletes, and comments, are written as CriticMarkup: {++added++}, {--deleted--},
// {>>author, date: remark<<}. Marks at the margin come as a word in emphasis before the block. Pictures are left out; their words stay.
package markdown

import (
	"fmt"
	"io"
	"strings"

	"github.com/openassay/assay/paper"
)

// Write writes the document. Errors: what paper.Number refuses; what w returns.
func Write(w io.Writer, d *paper.Document) error {
	n, err := paper.Number(d)
	if err != nil {
		return err
	}
	x := &writer{d: d, n: n}
	if d.Title != "" {
		x.line("# " + Escape(d.Title))
	}
	if d.Subtitle != "" {
		x.line("*" + Escape(d.Subtitle) + "*")
	}
	for i, m := range d.Meta {
		v := Escape(m.Value)
		v = link(v, m.Link)
		end := "  " // a line end within the paragraph
		if i+1 == len(d.Meta) {
			end = "\n"
		}
		x.b.WriteString(Escape(m.Name) + ": " + v + end + "\n")
	}
	for _, b := range d.Blocks {
		x.block(b)
	}
	for i, note := range n.Notes {
		x.b.WriteString(fmt.Sprintf("[^%d]: ", i+1) + x.runs(note.Runs, false) + "\n")
	}
	_, err = io.WriteString(w, strings.TrimRight(x.b.String(), "\n")+"\n")
	return err
}

type writer struct {
	b       strings.Builder
	d       *paper.Document
	n       *paper.Numbers
	ordinal int
}

func (x *writer) line(s string) { x.b.WriteString(s + "\n\n") }

func (x *writer) block(bl paper.Block) {
	switch b := bl.(type) {
	case paper.Heading:
		level := b.Level
		if x.d.Title != "" {
			level++
		}
		x.line(strings.Repeat("#", min(level, 6)) + " " + x.runs(b.Runs, true))
	case paper.Paragraph:
		x.line(mark(b.Mark) + safeStart(x.runs(b.Runs, true)))
	case paper.List:
		for _, it := range b.Items {
			m := it.Marker
			if m == "" {
				m = "•"
			}
			x.b.WriteString(strings.Repeat("  ", max(0, min(it.Level, 8))) + "- ")
			if m != "•" {
				x.b.WriteString(marker(m) + " ")
			}
			x.b.WriteString(mark(it.Mark) + strings.ReplaceAll(x.runs(it.Runs, true), "\n", " ") + "\n")
		}
		x.b.WriteString("\n")
	case paper.Quote:
		if b.Label != "" {
			x.b.WriteString("> **" + link(Escape(b.Label), b.Link) + "**\n>\n")
		}
		x.line("> " + strings.ReplaceAll(x.runs(b.Runs, true), "\n", "\n> "))
	case paper.Table:
		x.table(b)
	case paper.Figure:
		x.line("*" + Escape(b.Alt) + "*")
		if b.Caption != "" {
			x.line(Escape(b.Caption))
		}
	case paper.PageBreak:
		x.line("---")
	}
}

func mark(m *paper.Mark) string {
	if m == nil || m.Word == "" {
		return ""
	}
	return "*" + Escape(m.Word) + "* · "
}

// marker escapes what would make a list of a marker: "4." and "-".
func marker(m string) string {
	m = Escape(m)
	if n := len(m); n > 0 && m[n-1] == '.' {
		return m[:n-1] + `\.`
	}
	return m
}

// safeStart keeps the first characters of a paragraph from opening a list, a heading or a quotation.
func safeStart(s string) string {
	if s == "" {
		return s
	}
	switch s[0] {
	case '#', '-', '+', '>', '=':
		return `\` + s
	}
	i := 0
	for i < len(s) && s[i] >= '0' && s[i] <= '9' {
		i++
	}
	if i > 0 && i < len(s) && (s[i] == '.' || s[i] == ')') {
		return s[:i] + `\` + s[i:]
	}
	return s
}

func (x *writer) table(t paper.Table) {
	if t.Caption != "" {
		x.line("**" + Escape(t.Caption) + "**")
	}
	row := func(cells []paper.Cell) {
		for _, c := range cells {
			x.b.WriteString("| " + strings.ReplaceAll(strings.ReplaceAll(x.runs(c.Runs, true), "|", `\|`), "\n", "<br>") + " ")
		}
		x.b.WriteString("|\n")
	}
	row(t.Head)
	for i := range t.Head {
		if t.Right(i) {
			x.b.WriteString("| ---: ")
		} else {
			x.b.WriteString("| --- ")
		}
	}
	x.b.WriteString("|\n")
	for _, r := range t.Rows {
		row(r)
	}
	x.b.WriteString("\n")
}

// runs gives runs as inline Markdown; counted says whether paper.Number counts them.
func (x *writer) runs(runs []paper.Run, counted bool) string {
	var b strings.Builder
	for _, r := range runs {
		t := Escape(r.Text)
		lead, core, tail := spaces(t)
		if core != "" {
			if r.Bold {
				core = "**" + core + "**"
			}
			if r.Italic {
				core = "*" + core + "*"
			}
			core = link(core, r.Link)
		}
		t = lead + core + tail
		switch r.Change {
		case paper.Inserted:
			t = "{++" + t + "++}"
		case paper.Deleted:
			t = "{--" + t + "--}"
		}
		b.WriteString(strings.ReplaceAll(t, "\n", "  \n"))
		if k := x.n.Note[r.Note]; r.Note != "" && k > 0 {
			fmt.Fprintf(&b, "[^%d]", k)
		}
		if !counted {
			continue
		}
		for _, c := range r.Comments {
			if x.n.LastOf[c] == x.ordinal {
				b.WriteString(x.comment(x.n.Comments[x.n.Comment[c]-1]))
			}
		}
		x.ordinal++
	}
	return b.String()
}

// link makes words a link to the web or to a mailbox; other targets are left out, since Markdown has no names for places of its own.
func link(words, target string) string {
	if !strings.HasPrefix(target, "http://") && !strings.HasPrefix(target, "https://") && !strings.HasPrefix(target, "mailto:") {
		return words
	}
	return "[" + words + "](<" + strings.NewReplacer("<", "%3C", ">", "%3E", "\n", "").Replace(target) + ">)"
}

func (x *writer) comment(c paper.Comment) string {
	by, date := c.Author, c.Date
	if by == "" {
		by = x.d.Author
	}
	if date == "" {
		date = x.d.Date
	}
	var paras []string
	for _, p := range c.Paras {
		paras = append(paras, x.runs(p, false))
	}
	return "{>>" + strings.Trim(Escape(by)+", "+date, ", ") + ": " + strings.Join(paras, " ") + "<<}"
}

func spaces(s string) (lead, core, tail string) {
	core = strings.TrimLeft(s, " \n")
	lead = s[:len(s)-len(core)]
	trimmed := strings.TrimRight(core, " \n")
	return lead, trimmed, core[len(trimmed):]
}

// Escape escapes what Markdown would take for markup.
func Escape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '\\', '`', '*', '_', '[', ']', '<', '~':
			b.WriteByte('\\')
			b.WriteByte(c)
		case '&':
			b.WriteString("&amp;")
		case '{', '}':
			b.WriteByte('\\')
			b.WriteByte(c)
		default:
			if c >= ' ' || c == '\n' {
				b.WriteByte(c)
			}
		}
	}
	return b.String()
}
