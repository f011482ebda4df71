package pdf

import "github.com/openassay/assay/paper"

// Space within a cell, in millimetres.
const (
	padX = 1.3
	padY = 1.1
)

// table sets a table. A row that does not fit on the page begins the next one, beneath the head; only a row longer than a page is cut, between
// lines.
func (x *writer) table(t paper.Table) {
	wide := t.Shares()
	for i := range wide {
		wide[i] *= lineWide
	}
	head := cellForm
	head.bold = true
	cells := func(row []paper.Cell, f form) ([][]line, int) {
		out, most := make([][]line, len(row)), 1
		for i, c := range row {
			out[i] = x.lines(x.pieces(c.Runs, true), f, wide[i]-2*padX)
			most = max(most, len(out[i]))
		}
		return out, most
	}
	top0, headHigh := cells(t.Head, head)
	h := cellForm.high()
	if t.Caption != "" {
		x.room(float64(headHigh+4)*h + 12)
		x.place(t.ID)
		x.flow(paper.T(t.Caption), form{family: sans, size: 8.5, bold: true, lead: 1.3, after: 1.2}, 0)
	} else {
		x.room(float64(headHigh+3)*h + 6)
		x.place(t.ID)
	}
	x.rule(0.35, 50)
	setHead := func() {
		x.cells(t, top0, head, wide, 0, headHigh)
		x.rule(0.35, 50)
	}
	setHead()
	for _, row := range t.Rows {
		ls, n := cells(row, cellForm)
		if x.y+float64(n)*h+2*padY > pageHigh-bottom {
			x.page()
			x.rule(0.35, 50)
			setHead()
		}
		for from := 0; from < n; {
			fits := max(1, int((pageHigh-bottom-x.y-2*padY)/h))
			to := min(n, from+fits)
			x.cells(t, ls, cellForm, wide, from, to)
			if from = to; from < n {
				x.page()
				x.rule(0.35, 50)
				setHead()
			}
		}
		x.rule(0.15, 175)
	}
	x.rule(0.35, 50)
	x.y += 4
}

// cells sets lines [from, to) of the cells of a row.
func (x *writer) cells(t paper.Table, ls [][]line, f form, wide []float64, from, to int) {
	px := left
	for i, c := range ls {
		for k := from; k < min(to, len(c)); k++ {
			x.draw(c[k], f, px+padX, x.y+padY+float64(k-from)*f.high(), wide[i]-2*padX, t.Right(i))
		}
		px += wide[i]
	}
	x.y += float64(to-from)*f.high() + 2*padY
}

// rule draws a line across the page.
func (x *writer) rule(width float64, grey int) {
	x.f.SetDrawColor(grey, grey, grey)
	x.f.SetLineWidth(width)
	x.f.Line(left, x.y, pageWide-left, x.y)
}
