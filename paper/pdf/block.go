package pdf

import (
	"bytes"
	"fmt"
	"image/png"

	"codeberg.org/go-pdf/fpdf"

	"github.com/openassay/assay/paper"
)

var (
	bodyForm  = form{family: serif, size: 10, lead: 1.42, after: 2.2}
	cellForm  = form{family: sans, size: 8.2, lead: 1.32}
	headSizes = []float64{15, 13, 11.5, 10.5, 10, 10}
)

func (x *writer) block(bl paper.Block) error {
	switch b := bl.(type) {
	case paper.Heading:
		x.placed(b.ID, func() { x.heading(b, true) })
	case paper.Paragraph:
		f := bodyForm
		f.mark = b.Mark
		x.placed(b.ID, func() { x.flowCounted(b.Runs, f, float64(min(b.Indent, 8))*step) })
	case paper.List:
		for _, it := range b.Items {
			x.item(it)
		}
	case paper.Quote:
		if b.Label != "" {
			f := form{family: sans, size: 8.5, grey: true, lead: 1.35, after: 0.6}
			x.room(3*f.high() + 4)
			x.flow([]paper.Run{{Text: b.Label, Link: b.Link}}, f, step)
		}
		f := bodyForm
		f.size = 9.5
		x.placed(b.ID, func() { x.flowCounted(b.Runs, f, step) })
	case paper.Table:
		x.table(b)
	case paper.Figure:
		return x.figure(b)
	case paper.PageBreak:
		if x.y > top {
			x.page()
		}
	}
	return nil
}

// placed sees that a line has room before the id is bound to this page.
func (x *writer) placed(id string, set func()) {
	x.room(bodyForm.high() * 1.5)
	x.place(id)
	set()
}

// heading sets a heading; counted says whether paper.Number counts its runs.
func (x *writer) heading(h paper.Heading, counted bool) {
	f := form{family: serif, size: headSizes[h.Level-1], bold: h.Level < 5, italic: h.Level >= 5, lead: 1.25, after: 1.6}
	if x.y > top {
		x.y += 5 - float64(h.Level)*0.5
	}
	pieces := x.pieces(h.Runs, counted)
	ls := x.lines(pieces, f, lineWide)
	x.room(float64(len(ls))*f.high() + f.after + 2.5*bodyForm.high())
	x.place(h.ID)
	if t := paper.Text(h.Runs); t != "" {
		x.level = min(h.Level, x.level+1) // an outline may not leave a level out
		x.f.Bookmark(x.settable(t), x.level-1, x.y)
	}
	x.set(ls, f, 0)
}

// flow sets runs that paper.Number does not count.
func (x *writer) flow(runs []paper.Run, f form, indent float64) {
	x.set(x.lines(x.pieces(runs, false), f, lineWide-indent), f, indent)
}

func (x *writer) flowCounted(runs []paper.Run, f form, indent float64) {
	x.word(f)
	x.set(x.lines(x.pieces(runs, true), f, lineWide-indent), f, indent)
}

// word sets the word of a mark in the margin, beside the line that comes.
func (x *writer) word(f form) {
	if f.mark == nil || f.mark.Word == "" {
		return
	}
	x.room(f.high() * 2)
	x.f.SetFont(sans, "", 6.5)
	x.f.SetTextColor(85, 85, 85)
	w := x.short(x.settable(f.mark.Word), left-6)
	x.f.Text(left-3.5-x.f.GetStringWidth(w), x.y+f.high()*0.65, w)
	x.f.SetTextColor(0, 0, 0)
}

// set puts lines on the page, and on the next where they do not fit: never one line alone.
func (x *writer) set(ls []line, f form, indent float64) {
	h := f.high()
	for i, l := range ls {
		switch rest := len(ls) - i; {
		case i == 0 && rest > 1, rest == 2:
			x.room(2 * h)
		default:
			x.room(h)
		}
		if f.mark != nil {
			x.bar(f.mark.Form, left-2, x.y, h)
		}
		x.draw(l, f, left+indent, x.y, lineWide-indent, false)
		x.y += h
	}
	x.y += f.after
}

// bar draws the mark at the margin beside one line.
func (x *writer) bar(form paper.Form, px, y, h float64) {
	x.f.SetDrawColor(60, 60, 60)
	x.f.SetLineWidth(0.7)
	switch form {
	case paper.Solid:
		x.f.Line(px, y, px, y+h)
	case paper.Dashed:
		x.f.SetDashPattern([]float64{1.6, 1}, 0)
		x.f.Line(px, y, px, y+h)
	case paper.Dotted:
		x.f.SetDashPattern([]float64{0.5, 0.9}, 0)
		x.f.Line(px, y, px, y+h)
	case paper.Hollow:
		x.f.SetLineWidth(0.2)
		x.f.Line(px-0.4, y, px-0.4, y+h)
		x.f.Line(px+0.4, y, px+0.4, y+h)
	}
	x.f.SetDashPattern(nil, 0)
}

// item sets an item of a list with its marker in the space before it.
func (x *writer) item(it paper.Item) {
	f := bodyForm
	f.after, f.mark = 1.4, it.Mark
	indent := float64(min(it.Level, 8)+1) * step
	m := it.Marker
	if m == "" {
		m = "•"
	}
	x.room(2 * f.high())
	x.place(it.ID)
	x.word(f)
	x.font(f, piece{})
	m = x.settable(m)
	wide := x.f.GetStringWidth(m)
	runs := it.Runs
	pieces := x.pieces(runs, true)
	if wide > step-1 { // a long marker pushes the first line
		pieces = append([]piece{{text: m}}, pieces...)
		if len(pieces) > 1 {
			pieces[1].spaced = true
		}
		x.set(x.lines(pieces, f, lineWide-indent+step), f, indent-step)
		return
	}
	x.f.Text(left+indent-step, x.y+f.high()*0.5+f.size*0.35*25.4/72, m)
	ls := x.lines(pieces, f, lineWide-indent)
	if len(ls) == 0 {
		x.y += f.high()
	}
	x.set(ls, f, indent)
}

// hanging sets runs that are not counted beside a number.
func (x *writer) hanging(marker string, runs []paper.Run, f form) {
	x.room(f.high())
	if marker != "" {
		x.font(f, piece{})
		x.f.Text(left, x.y+f.high()*0.5+f.size*0.35*25.4/72, marker)
	}
	x.flow(runs, f, step)
}

func (x *writer) figure(fig paper.Figure) error {
	c, err := png.DecodeConfig(bytes.NewReader(fig.PNG))
	if err != nil || c.Width == 0 || c.Height == 0 {
		return fmt.Errorf("the figure %q is no PNG: %v", fig.Alt, err)
	}
	share := fig.Width
	if share <= 0 || share > 1 {
		share = 1
	}
	w := lineWide * share
	h := w * float64(c.Height) / float64(c.Width)
	if most := pageHigh - top - bottom - 14; h > most {
		w, h = w*most/h, most
	}
	x.room(h + 8)
	x.place(fig.ID)
	name := fmt.Sprintf("figure%d", len(x.links)+x.f.PageNo()*100000)
	opt := fpdf.ImageOptions{ImageType: "PNG"}
	x.f.RegisterImageOptionsReader(name, opt, bytes.NewReader(fig.PNG))
	x.f.ImageOptions(name, left, x.y, w, h, false, opt, 0, "")
	if err := x.f.Error(); err != nil {
		return fmt.Errorf("the figure %q: %w", fig.Alt, err)
	}
	x.y += h + 2
	if fig.Caption != "" {
		x.flow(paper.T(fig.Caption), form{family: sans, size: 8.5, bold: true, lead: 1.3, after: 3}, 0)
	}
	return nil
}
