package chart

import "strconv"

// Share shows parts of a whole as one bar. What is unknown is hatched, and Bounds says between what and what the first part may lie.
// Columns: part, count, share.
type Share struct {
	Head
	Parts  []Part
	Bounds string // "between 44% and 72%"; "" where nothing is unknown
}

// Part is one part. Text is its count as people write it, Percent its share.
type Part struct {
	Label, Text, Percent, Href string
	Value                      float64
	Unknown                    bool
	Counted                    bool // belongs to what Bounds bounds; where no part is counted, the first is
}

// SVG draws the bar, and below it each part with its label.
func (c *Share) SVG() string {
	total, unknown := 0.0, 0.0
	for _, p := range c.Parts {
		total += finite(p.Value)
		if p.Unknown {
			unknown += finite(p.Value)
		}
	}
	if total == 0 || len(c.Parts) > MaxItems {
		return c.nothing("chart-share")
	}
	top := 0
	if c.Bounds != "" && unknown > 0 {
		top = 24
	}
	s := c.begin("chart-share", "100%", strconv.Itoa(top+32+24*len(c.Parts)), "")
	hatch := c.id() + "-h"
	s.WriteString(`<defs><pattern id="` + hatch + `" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6" stroke="currentColor" stroke-width="2"/></pattern></defs>`)
	if top > 0 {
		low := 0.0
		for i := range c.Parts {
			if c.counted(i) {
				low += finite(c.Parts[i].Value) / total
			}
		}
		s.leaf("line", "class", "chart-bound", "x1", percent(low), "x2", percent(min(low+unknown/total, 1)), "y1", "20", "y2", "20", "stroke", "currentColor", "stroke-width", "2")
		s.text(c.Bounds, "chart-note", "x", "0", "y", "13")
	}
	x, known := 0.0, 0
	for i, p := range c.order() {
		w := finite(p.Value) / total
		fill, opacity := c.fill(p, known, hatch)
		if w > 0 {
			s.open("rect", "class", "chart-part", "x", percent(x), "y", strconv.Itoa(top), "width", percent(w), "height", "22", "fill", fill, "fill-opacity", opacity,
				"stroke", "currentColor", "stroke-width", "1")
			s.tip(p.Label + ": " + p.Text)
			s.shut("rect")
		}
		y := top + 30 + 24*i
		s.leaf("rect", "x", "1", "y", strconv.Itoa(y+3), "width", "12", "height", "12", "fill", fill, "fill-opacity", opacity, "stroke", "currentColor")
		s.link(p.Href)
		s.text(cut(p.Label, 36), "chart-label", "x", "22", "y", strconv.Itoa(y+14))
		s.unlink(p.Href)
		s.text(p.Text, "chart-value", "x", "100%", "y", strconv.Itoa(y+14), "text-anchor", "end")
		if !p.Unknown {
			known++
		}
		x += w
	}
	return s.done()
}

// counted says whether a part belongs to what is bounded.
func (c *Share) counted(i int) bool {
	for _, p := range c.Parts {
		if p.Counted {
			return c.Parts[i].Counted
		}
	}
	return i == 0
}

// order puts what is unknown after the counted parts, so that the band touches what it may add to.
func (c *Share) order() []Part {
	var counted, unknown, rest []Part
	for i, p := range c.Parts {
		switch {
		case c.counted(i):
			counted = append(counted, p)
		case p.Unknown:
			unknown = append(unknown, p)
		default:
			rest = append(rest, p)
		}
	}
	return append(append(counted, unknown...), rest...)
}

func (c *Share) fill(p Part, known int, hatch string) (fill, opacity string) {
	if p.Unknown {
		return "url(#" + hatch + ")", "0.55"
	}
	steps := []string{"0.85", "0.5", "0.3", "0.15", "0.05"}
	if known == 0 {
		return "currentColor", steps[0]
	}
	return "currentColor", steps[min(known, len(steps)-1)]
}

// Table lists the parts.
func (c *Share) Table() Table {
	var rows []Row
	for _, p := range c.order() {
		rows = append(rows, Row{[]string{p.Label, p.Text, p.Percent}, p.Href})
	}
	return tableOf(c.Columns, rows)
}
