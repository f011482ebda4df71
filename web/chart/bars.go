package chart

import (
	"cmp"
	"slices"
	"strconv"
)

// Bars compares values by length, from nought. Columns: label, value, note.
type Bars struct {
	Head
	Items []Bar
	Keep  bool                       // the order given has meaning; otherwise the longest comes first
	Max   int                        // bars to draw; 0 for 15
	Scale float64                    // value of the full width; 0 for the largest value
	Rest  func(n int) (label string) // names what is not drawn ("12 others"); nil leaves it to the table
}

// Bar is one value. Text is the value as people write it. Unknown has no bar: Text says why (withheld, unknown).
type Bar struct {
	Label, Text, Note, Href string
	Value                   float64
	Unknown                 bool
}

const barRow = 34 // pixels: a line of text and the bar beneath it

func (b *Bars) sorted() []Bar {
	items := slices.Clone(b.Items)
	if !b.Keep {
		slices.SortStableFunc(items, func(x, y Bar) int {
			if x.Unknown != y.Unknown {
				return cmp.Compare(truth(x.Unknown), truth(y.Unknown))
			}
			return cmp.Compare(finite(y.Value), finite(x.Value))
		})
	}
	return items
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

// SVG draws the bars.
func (b *Bars) SVG() string {
	items := b.sorted()
	if len(items) == 0 {
		return b.nothing("chart-bars")
	}
	shown := b.Max
	if shown <= 0 {
		shown = 15
	}
	shown = min(shown, MaxItems, len(items))
	scale := finite(b.Scale)
	for _, it := range items {
		if b.Scale == 0 && !it.Unknown {
			scale = max(scale, finite(it.Value))
		}
	}
	rest := ""
	if b.Rest != nil && shown < len(items) {
		rest = b.Rest(len(items) - shown)
	}
	height := shown*barRow + 2
	if rest != "" {
		height += 20
	}
	s := b.begin("chart-bars", "100%", strconv.Itoa(height), "")
	for i, it := range items[:shown] {
		y := i * barRow
		s.open("g")
		s.tip(it.Label + ": " + it.Text)
		s.link(it.Href)
		s.text(cut(it.Label, 38), "chart-label", "x", "0", "y", strconv.Itoa(y+15))
		s.unlink(it.Href)
		s.text(it.Text, "chart-value", "x", "100%", "y", strconv.Itoa(y+15), "text-anchor", "end")
		s.leaf("rect", "class", "chart-track", "x", "0", "y", strconv.Itoa(y+20), "width", "100%", "height", "8", "fill", "currentColor", "fill-opacity", "0.08")
		if w := ratio(it.Value, scale); w > 0 && !it.Unknown {
			s.leaf("rect", "class", "chart-bar", "x", "0", "y", strconv.Itoa(y+20), "width", percent(max(w, 0.002)), "height", "8", "fill", "currentColor")
		}
		s.shut("g")
	}
	if rest != "" {
		s.text(rest, "chart-note", "x", "0", "y", strconv.Itoa(shown*barRow+15))
	}
	s.leaf("line", "class", "chart-axis", "x1", "0", "x2", "0", "y1", "18", "y2", strconv.Itoa(shown*barRow-4), "stroke", "currentColor")
	return s.done()
}

// ratio is value as a part of whole, between 0 and 1.
func ratio(value, whole float64) float64 {
	if whole <= 0 {
		return 0
	}
	return min(finite(value)/whole, 1)
}

// Table lists all bars.
func (b *Bars) Table() Table {
	var rows []Row
	for _, it := range b.sorted() {
		rows = append(rows, Row{[]string{it.Label, it.Text, it.Note}, it.Href})
	}
	return tableOf(b.Columns, rows)
}
