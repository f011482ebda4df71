package chart

import (
	"strconv"
	"time"
)

// Lanes draws, for each thing, the stages it went through on one axis of years, a line each. Columns: thing, stage now, since when.
type Lanes struct {
	Head
	Lanes []Lane
	Today string // YYYY-MM-DD, the end of the axis
	First int    // the first year that is drawn; 0 for that of the earliest stage
	Max   int    // lanes to draw; 0 for 30
	Rest  func(n int) string
}

// Lane is one thing. Now is the stage it is at, in words; When since when.
type Lane struct {
	Label, Now, When, Href string
	Stages                 []LaneStage // in order
	Open                   bool        // the last stage goes on
}

// LaneStage is a stage from a day on (YYYY-MM-DD). Depth tells how far it is, 0 to 1: how full its bar is; less than 0 for one that is broken off, drawn hollow.
type LaneStage struct {
	Label, From, To string
	Depth           float64
}

const laneRow = 36

// SVG draws the lanes.
func (l *Lanes) SVG() string {
	today, err := time.Parse(time.DateOnly, l.Today)
	var first time.Time
	for _, x := range l.Lanes {
		for _, st := range x.Stages {
			if t, err := time.Parse(time.DateOnly, st.From); err == nil && t.Year() > 1800 && (first.IsZero() || t.Before(first)) {
				first = t
			}
		}
	}
	if len(l.Lanes) == 0 || err != nil || first.IsZero() {
		return l.nothing("chart-lanes")
	}
	year := max(first.Year(), l.First)
	from, to := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(max(today.Year(), year)+1, 1, 1, 0, 0, 0, 0, time.UTC)
	place := func(t time.Time) float64 { return 0.01 + 0.98*ratio(t.Sub(from).Hours(), to.Sub(from).Hours()) }
	shown := l.Max
	if shown <= 0 {
		shown = 30
	}
	shown = min(shown, MaxItems, len(l.Lanes))
	rest := ""
	if l.Rest != nil && shown < len(l.Lanes) {
		rest = l.Rest(len(l.Lanes) - shown)
	}
	height := 24 + shown*laneRow
	s := l.begin("chart-lanes", "100%", strconv.Itoa(height+20*truth(rest != "")), "")
	step := 1
	for (to.Year()-year)/step > 7 {
		step++
	}
	for y := year; y < to.Year(); y += step {
		x := percent(place(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)))
		s.leaf("line", "class", "chart-grid", "x1", x, "x2", x, "y1", "18", "y2", strconv.Itoa(height), "stroke", "currentColor", "stroke-opacity", "0.18")
		s.text(strconv.Itoa(y), "chart-tick", "x", x, "y", "12")
	}
	for i, x := range l.Lanes[:shown] {
		y := 24 + i*laneRow
		s.open("g")
		s.link(x.Href)
		s.text(cut(x.Label, 34), "chart-label", "x", "0", "y", strconv.Itoa(y+13))
		s.unlink(x.Href)
		s.text(cut(x.Now, 22), "chart-note", "x", "100%", "y", strconv.Itoa(y+13), "text-anchor", "end")
		for k, st := range x.Stages {
			a, errA := time.Parse(time.DateOnly, st.From)
			b, errB := time.Parse(time.DateOnly, st.To)
			if errA != nil {
				continue
			}
			if errB != nil || b.Before(a) {
				b = a
			}
			if a.Before(from) {
				a = from
			}
			w := max(place(b)-place(a), 0.012)
			s.open("g")
			s.tip(x.Label + ", " + st.Label + ": " + st.From)
			fill, opacity := "currentColor", num(0.15+0.75*min(finite(st.Depth), 1))
			if st.Depth < 0 {
				fill, opacity = "none", ""
			}
			s.leaf("rect", "class", "chart-stage", "x", percent(place(a)), "y", strconv.Itoa(y+19), "width", percent(w), "height", "10", "fill", fill, "fill-opacity", opacity, "stroke", "currentColor")
			s.shut("g")
			if end := place(a) + w; x.Open && k == len(x.Stages)-1 && end < place(today) {
				s.leaf("line", "class", "chart-axis", "x1", percent(end), "x2", percent(place(today)), "y1", strconv.Itoa(y+24), "y2", strconv.Itoa(y+24), "stroke", "currentColor", "stroke-dasharray", "3 3")
			}
		}
		s.shut("g")
	}
	if rest != "" {
		s.text(rest, "chart-note", "x", "0", "y", strconv.Itoa(height+14))
	}
	return s.done()
}

// Table lists all lanes.
func (l *Lanes) Table() Table {
	var rows []Row
	for _, x := range l.Lanes {
		rows = append(rows, Row{[]string{x.Label, x.Now, x.When}, x.Href})
	}
	return tableOf(l.Columns, rows)
}
