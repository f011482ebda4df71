package chart

import (
	"strconv"
	"unicode/utf8"
)

// Ladder shows, for each item, how many get to each of a few steps, the first the easiest: the gap between what is said and what is owed.
// Columns: item, then one for each step.
type Ladder struct {
	Head
	Steps []string // names, the first the easiest
	Items []Rung
	Max   int // items to draw; 0 for 12
}

// Rung is an item. Counts and Unknown have an entry for each step; Unknown may be nil. Total is what the bars are measured against.
type Rung struct {
	Label, Href     string
	Counts, Unknown []int
	Total           int
}

const (
	stepRow  = 19
	stepName = 26 // letters of a step's name that fit beside its bar on a narrow screen
)

// SVG draws a bar for each step of each item; what is unknown of a step is hatched behind what is known.
func (l *Ladder) SVG() string {
	shown := l.Max
	if shown <= 0 {
		shown = 12
	}
	items := l.Items[:min(len(l.Items), shown, MaxItems)]
	if len(items) == 0 || len(l.Steps) == 0 {
		return l.nothing("chart-ladder")
	}
	row, left, width, down := stepRow, 0.48, 0.42, 0
	for _, name := range l.Steps {
		if utf8.RuneCountInString(name) > stepName { // no room beside the bars: above them
			row, left, width, down = 2*stepRow, 0, 0.9, stepRow-3
		}
	}
	each := 26 + row*len(l.Steps) + 8
	s := l.begin("chart-ladder", "100%", strconv.Itoa(each*len(items)), "")
	hatch := l.id() + "-h"
	s.WriteString(`<defs><pattern id="` + hatch + `" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="currentColor" stroke-width="2"/></pattern></defs>`)
	for i, it := range items {
		y := i * each
		s.open("g")
		s.link(it.Href)
		s.text(cut(it.Label, 44), "chart-value", "x", "0", "y", strconv.Itoa(y+16))
		s.unlink(it.Href)
		for k, name := range l.Steps {
			top := y + 26 + k*row
			n, unknown := at(it.Counts, k), at(it.Unknown, k)
			s.open("g")
			s.tip(it.Label + ", " + name + ": " + strconv.Itoa(n) + " / " + strconv.Itoa(it.Total))
			s.text(cut(name, stepName*2), "chart-tick", "x", "0", "y", strconv.Itoa(top+12))
			s.leaf("rect", "class", "chart-track", "x", percent(left), "y", strconv.Itoa(top+down+2), "width", percent(width), "height", "12", "fill", "currentColor", "fill-opacity", "0.08")
			w := width * ratio(float64(n), float64(it.Total))
			if u := width * ratio(float64(unknown), float64(it.Total)); u > 0 {
				s.leaf("rect", "class", "chart-part", "x", percent(left+w), "y", strconv.Itoa(top+down+2), "width", percent(u), "height", "12", "fill", "url(#"+hatch+")", "fill-opacity", "0.55")
			}
			if w > 0 {
				s.leaf("rect", "class", "chart-bar", "x", percent(left), "y", strconv.Itoa(top+down+2), "width", percent(max(w, 0.004)), "height", "12", "fill", "currentColor")
			}
			s.text(strconv.Itoa(n), "chart-value", "x", "100%", "y", strconv.Itoa(top+down+12), "text-anchor", "end")
			s.shut("g")
		}
		s.shut("g")
	}
	return s.done()
}

func at(xs []int, i int) int {
	if i < len(xs) {
		return xs[i]
	}
	return 0
}

// Table lists all items.
func (l *Ladder) Table() Table {
	var rows []Row
	for _, it := range l.Items {
		cells := []string{it.Label}
		for k := range l.Steps {
			cells = append(cells, strconv.Itoa(at(it.Counts, k)))
		}
		rows = append(rows, Row{cells, it.Href})
	}
	cols := []string{""}
	if len(l.Columns) > 0 {
		cols[0] = l.Columns[0]
	}
	return tableOf(append(cols, l.Steps...), rows)
}
