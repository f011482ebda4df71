package chart

import "strconv"

// Multiples are small pictures of columns on one scale, two beside each other. Its table has a row for each picture and a column for each step;
// Columns names the first.
type Multiples struct {
	Head
	Steps []string // names of the columns, in order
	Items []Multiple
}

// Multiple is one small picture. Counted is drawn full, Total hollow behind it.
type Multiple struct {
	Label, Href    string
	Counted, Total []int // one for each step
}

const (
	multipleHeight = 64
	multiplesMax   = 12
)

// SVG draws the pictures, at most twelve.
func (m *Multiples) SVG() string {
	items := m.Items[:min(len(m.Items), multiplesMax)]
	most := 0
	for _, it := range items {
		for k := range m.Steps {
			most = max(most, at(it.Total, k), at(it.Counted, k))
		}
	}
	if len(items) == 0 || most == 0 {
		return m.nothing("chart-multiples")
	}
	rows := (len(items) + 1) / 2
	each := multipleHeight + 46
	s := m.begin("chart-multiples", "100%", strconv.Itoa(rows*each), "")
	n := float64(len(m.Steps))
	for i, it := range items {
		left, y := 0.52*float64(i%2), i/2*each
		s.open("g")
		s.link(it.Href)
		s.text(cut(it.Label, 24), "chart-label", "x", percent(left), "y", strconv.Itoa(y+14))
		s.unlink(it.Href)
		base := float64(y + 22 + multipleHeight)
		for k, name := range m.Steps {
			c, t := at(it.Counted, k), at(it.Total, k)
			x, w := percent(left+0.46*(float64(k)+0.12)/n), percent(0.46*0.76/n)
			s.open("g")
			s.tip(it.Label + ", " + name + ": " + strconv.Itoa(c) + " / " + strconv.Itoa(t))
			if h := multipleHeight * ratio(float64(t), float64(most)); h > 0 {
				s.leaf("rect", "class", "chart-track", "x", x, "y", num(base-h), "width", w, "height", num(h), "fill", "none", "stroke", "currentColor", "stroke-opacity", "0.5")
			}
			if h := multipleHeight * ratio(float64(c), float64(most)); h > 0 {
				s.leaf("rect", "class", "chart-bar", "x", x, "y", num(base-h), "width", w, "height", num(h), "fill", "currentColor")
			}
			s.shut("g")
		}
		s.leaf("line", "class", "chart-axis", "x1", percent(left), "x2", percent(left+0.46), "y1", num(base), "y2", num(base), "stroke", "currentColor")
		s.text(m.Steps[0], "chart-tick", "x", percent(left), "y", num(base+14))
		s.text(m.Steps[len(m.Steps)-1], "chart-tick", "x", percent(left+0.46), "y", num(base+14), "text-anchor", "end")
		s.shut("g")
	}
	return s.done()
}

// Table lists all pictures: counted of all, step by step.
func (m *Multiples) Table() Table {
	cols := []string{""}
	if len(m.Columns) > 0 {
		cols[0] = m.Columns[0]
	}
	var rows []Row
	for _, it := range m.Items {
		cells := []string{it.Label}
		for k := range m.Steps {
			cells = append(cells, strconv.Itoa(at(it.Counted, k))+" / "+strconv.Itoa(at(it.Total, k)))
		}
		rows = append(rows, Row{cells, it.Href})
	}
	return tableOf(append(cols, m.Steps...), rows)
}
