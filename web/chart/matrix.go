package chart

import (
	"math"
	"strconv"
)

// Matrix counts two things against each other, rows by columns. Its table has a column for each of them; Columns names the first.
type Matrix struct {
	Head
	Rows, Cols []Name
	Counts     [][]int // Counts[row][col]; nought is left empty
	More       string  // what to say where rows or columns are left to the table
}

// Name is a row's or column's name.
type Name struct{ Label, Href string }

const (
	matrixRows, matrixCols = 30, 24
	matrixLeft, matrixTop  = 130, 96
	matrixCell             = 30
)

// SVG draws a circle for each count, its area the count, with the figure in or beside it. It has a fixed width; put it where it can scroll.
func (m *Matrix) SVG() string {
	rows, cols := min(len(m.Rows), matrixRows), min(len(m.Cols), matrixCols)
	if rows == 0 || cols == 0 {
		return m.nothing("chart-matrix")
	}
	most := 0
	for r := range rows {
		for c := range cols {
			most = max(most, m.count(r, c))
		}
	}
	w, h := matrixLeft+cols*matrixCell+60, matrixTop+rows*matrixCell+4
	more := ""
	if rows < len(m.Rows) || cols < len(m.Cols) {
		more = m.More
		h += 22
	}
	s := m.begin("chart-matrix", strconv.Itoa(w), strconv.Itoa(h), "")
	for c := range cols {
		x := strconv.Itoa(matrixLeft + c*matrixCell + matrixCell/2)
		s.link(m.Cols[c].Href)
		s.open("text", "class", "chart-label", "fill", "currentColor", "x", x, "y", strconv.Itoa(matrixTop-8), "transform", "rotate(-50 "+x+" "+strconv.Itoa(matrixTop-8)+")")
		s.tip(m.Cols[c].Label)
		s.WriteString(clean(cut(m.Cols[c].Label, 15)))
		s.shut("text")
		s.unlink(m.Cols[c].Href)
	}
	for r := range rows {
		y := matrixTop + r*matrixCell + matrixCell/2
		s.leaf("line", "class", "chart-grid", "x1", "0", "x2", strconv.Itoa(matrixLeft+cols*matrixCell), "y1", strconv.Itoa(y+matrixCell/2), "y2", strconv.Itoa(y+matrixCell/2), "stroke", "currentColor", "stroke-opacity", "0.15")
		s.link(m.Rows[r].Href)
		s.open("text", "class", "chart-label", "fill", "currentColor", "x", strconv.Itoa(matrixLeft-8), "y", strconv.Itoa(y+4), "text-anchor", "end")
		s.tip(m.Rows[r].Label)
		s.WriteString(clean(cut(m.Rows[r].Label, 18)))
		s.shut("text")
		s.unlink(m.Rows[r].Href)
		for c := range cols {
			n := m.count(r, c)
			if n <= 0 {
				continue
			}
			x := strconv.Itoa(matrixLeft + c*matrixCell + matrixCell/2)
			s.open("g")
			s.tip(m.Rows[r].Label + " · " + m.Cols[c].Label + ": " + strconv.Itoa(n))
			s.leaf("circle", "class", "chart-count", "cx", x, "cy", strconv.Itoa(y), "r", num(7+6.5*math.Sqrt(float64(n)/float64(most))), "fill", "currentColor", "fill-opacity", "0.16")
			s.text(strconv.Itoa(n), "chart-value", "x", x, "y", strconv.Itoa(y+4), "text-anchor", "middle")
			s.shut("g")
		}
	}
	if more != "" {
		s.text(more, "chart-note", "x", "0", "y", strconv.Itoa(h-6))
	}
	return s.done()
}

func (m *Matrix) count(r, c int) int {
	if r < len(m.Counts) && c < len(m.Counts[r]) {
		return m.Counts[r][c]
	}
	return 0
}

// Table has a row for each row and a column for each column.
func (m *Matrix) Table() Table {
	cols := []string{""}
	if len(m.Columns) > 0 {
		cols[0] = m.Columns[0]
	}
	for _, c := range m.Cols {
		cols = append(cols, c.Label)
	}
	var rows []Row
	for r, n := range m.Rows {
		cells := []string{n.Label}
		for c := range m.Cols {
			cells = append(cells, strconv.Itoa(m.count(r, c)))
		}
		rows = append(rows, Row{cells, n.Href})
	}
	return tableOf(cols, rows)
}
