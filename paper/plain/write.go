// Package plain writes a paper.Document as plain text: UTF-8, LF, one line a paragraph, blank lines between.
//
// Start with [Write]. What a redline inserts and deletes is written {+added+} and [-deleted-]; footnotes and comments stand at the end,
// their numbers in the text. Cells of a table stand on one line with " | " between.
package plain

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
		x.para(d.Title)
	}
	if d.Subtitle != "" {
		x.para(d.Subtitle)
	}
	for _, m := range d.Meta {
		v := m.Value
		if m.Link != "" && m.Link != v {
			v = strings.TrimSpace(v + " <" + m.Link + ">")
		}
		x.b.WriteString(m.Name + ": " + v + "\n")
	}
	if len(d.Meta) > 0 {
		x.b.WriteString("\n")
	}
	for _, b := range d.Blocks {
		x.block(b)
	}
	x.back()
	_, err = io.WriteString(w, strings.TrimRight(x.b.String(), "\n")+"\n")
	return err
}

type writer struct {
	b       strings.Builder
	d       *paper.Document
	n       *paper.Numbers
	ordinal int
}

func (x *writer) para(s string) { x.b.WriteString(s + "\n\n") }

func mark(m *paper.Mark) string {
	if m == nil || m.Word == "" {
		return ""
	}
	return "<" + m.Word + "> "
}

func (x *writer) block(bl paper.Block) {
	switch b := bl.(type) {
	case paper.Heading:
		x.para(x.runs(b.Runs, true))
	case paper.Paragraph:
		x.para(mark(b.Mark) + x.runs(b.Runs, true))
	case paper.List:
		for _, it := range b.Items {
			m := it.Marker
			if m == "" {
				m = "•"
			}
			x.b.WriteString(m + " " + mark(it.Mark) + x.runs(it.Runs, true) + "\n")
		}
		x.b.WriteString("\n")
	case paper.Quote:
		if b.Label != "" {
			x.b.WriteString(b.Label + ":\n")
		}
		x.para("“" + x.runs(b.Runs, true) + "”")
	case paper.Table:
		if b.Caption != "" {
			x.para(b.Caption)
		}
		for _, row := range append([][]paper.Cell{b.Head}, b.Rows...) {
			var cells []string
			for _, c := range row {
				cells = append(cells, strings.ReplaceAll(x.runs(c.Runs, true), "\n", " / "))
			}
			x.b.WriteString(strings.Join(cells, " | ") + "\n")
		}
		x.b.WriteString("\n")
	case paper.Figure:
		x.para(strings.TrimSpace(b.Alt + "\n" + b.Caption))
	}
}

// runs gives runs as plain text; counted says whether paper.Number counts them.
func (x *writer) runs(runs []paper.Run, counted bool) string {
	var b strings.Builder
	for i, r := range runs {
		same := func(k int) bool { return k >= 0 && k < len(runs) && runs[k].Change == r.Change }
		open, shut := "", ""
		switch r.Change {
		case paper.Inserted:
			open, shut = "{+", "+}"
		case paper.Deleted:
			open, shut = "[-", "-]"
		}
		if !same(i - 1) {
			b.WriteString(open)
		}
		b.WriteString(r.Text)
		if !same(i + 1) {
			b.WriteString(shut)
		}
		if k := x.n.Note[r.Note]; r.Note != "" && k > 0 {
			fmt.Fprintf(&b, " (%d)", k)
		}
		if !counted {
			continue
		}
		for _, c := range r.Comments {
			if x.n.LastOf[c] == x.ordinal {
				fmt.Fprintf(&b, " [%s %d]", paper.WordsIn(x.d.Lang).Comment, x.n.Comment[c])
			}
		}
		x.ordinal++
	}
	return b.String()
}

func (x *writer) back() {
	words := paper.WordsIn(x.d.Lang)
	if len(x.n.Notes) > 0 {
		x.para(words.Notes)
		for i, n := range x.n.Notes {
			x.b.WriteString(fmt.Sprintf("(%d) %s\n", i+1, x.runs(n.Runs, false)))
		}
		x.b.WriteString("\n")
	}
	if len(x.n.Comments) > 0 {
		x.para(words.Comments)
		for i, c := range x.n.Comments {
			by, date := c.Author, c.Date
			if by == "" {
				by = x.d.Author
			}
			if date == "" {
				date = x.d.Date
			}
			x.b.WriteString(fmt.Sprintf("[%s %d] %s\n", words.Comment, i+1, strings.Trim(by+", "+date, ", ")))
			for _, p := range c.Paras {
				x.b.WriteString(x.runs(p, false) + "\n")
			}
			x.b.WriteString("\n")
		}
	}
}
