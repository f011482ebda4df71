package chart

import "strconv"

// Columns counts by year (or another ordered step), from nought. Columns of the table: step, value.
type Columns struct {
	Head
	Steps []Step // in order
}

// Step is one column. Text is the value as people write it.
type Step struct {
	Label, Text, Href string
	Value             float64
	Unfinished        bool // the year is not over: drawn hollow
}

const columnsHeight = 120

// SVG draws the columns, the latest MaxItems of them, with the value over each where there is room.
func (c *Columns) SVG() string {
	steps := c.Steps
	if len(steps) > MaxItems {
		steps = steps[len(steps)-MaxItems:]
	}
	most := 0.0
	for _, st := range steps {
		most = max(most, finite(st.Value))
	}
	if len(steps) == 0 || most == 0 {
		return c.nothing("chart-columns")
	}
	s := c.begin("chart-columns", "100%", strconv.Itoa(columnsHeight+42), "")
	n := float64(len(steps))
	highest := 0
	for i, st := range steps {
		if finite(st.Value) == most {
			highest = i
		}
	}
	crowded := highest < len(steps)-1 && highest > len(steps)-5 // the two values that are always told would stand in one another
	every := (len(steps)*36 + 319) / 320                        // labels need 36 pixels each, and there may be 320 in all
	for i, st := range steps {
		mid := percent((float64(i) + 0.5) / n)
		h := columnsHeight * ratio(st.Value, most)
		top := 18 + columnsHeight - h
		s.open("g")
		s.tip(st.Label + ": " + st.Text)
		s.link(st.Href)
		fill, stroke := "currentColor", ""
		if st.Unfinished {
			fill, stroke = "none", "currentColor"
		}
		if h > 0 {
			s.leaf("rect", "class", "chart-bar", "x", percent((float64(i)+0.15)/n), "y", num(top), "width", percent(0.7/n), "height", num(max(h, 1)), "fill", fill, "stroke", stroke)
		}
		s.unlink(st.Href)
		if last := i == len(steps)-1; len(steps) <= 12 || i == highest || last && !crowded {
			x, anchor := mid, "middle"
			if last && len(steps) > 12 { // a narrow column at the edge has no room for the half of it
				x, anchor = "100%", "end"
			}
			s.text(st.Text, "chart-value", "x", x, "y", num(top-5), "text-anchor", anchor)
		}
		if (len(steps)-1-i)%every == 0 {
			s.text(st.Label, "chart-tick", "x", mid, "y", strconv.Itoa(columnsHeight+34), "text-anchor", "middle")
		}
		s.shut("g")
	}
	base := strconv.Itoa(18 + columnsHeight)
	s.leaf("line", "class", "chart-axis", "x1", "0", "x2", "100%", "y1", base, "y2", base, "stroke", "currentColor")
	return s.done()
}

// Table lists all steps.
func (c *Columns) Table() Table {
	var rows []Row
	for _, st := range c.Steps {
		rows = append(rows, Row{[]string{st.Label, st.Text}, st.Href})
	}
	return tableOf(c.Head.Columns, rows)
}
