package chart

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Timeline puts dated events on an axis, the earliest first, a line each, so that labels never meet. Columns: date, event, note.
type Timeline struct {
	Head
	Events []Event
	Today  string // YYYY-MM-DD, drawn as a line; "" for none
	Max    int    // events to draw; 0 for 40
	Rest   func(n int) string
}

// Event happened on some day from Start to End (YYYY-MM-DD, both included): one day is drawn as a point, more as a range.
type Event struct {
	Label, When, Note, Href string // When is the date as people write it
	Start, End              string
	Expected                bool // was said to be going to happen: drawn hollow
}

const eventRow = 32

func (t *Timeline) sorted() []Event {
	es := slices.Clone(t.Events)
	slices.SortStableFunc(es, func(a, b Event) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	return es
}

// SVG draws the events that have a date.
func (t *Timeline) SVG() string {
	type drawn struct {
		Event
		from, to time.Time
	}
	var es []drawn
	var lo, hi time.Time
	widen := func(x time.Time) {
		if lo.IsZero() || x.Before(lo) {
			lo = x
		}
		if hi.IsZero() || x.After(hi) {
			hi = x
		}
	}
	for _, e := range t.sorted() {
		from, errFrom := time.Parse(time.DateOnly, e.Start)
		to, errTo := time.Parse(time.DateOnly, e.End)
		switch openFrom, openTo := errFrom != nil || from.Year() < 1800, errTo != nil || to.Year() > 2200; {
		case openFrom && openTo:
			continue
		case openFrom:
			from = to
		case openTo:
			to = from
		}
		es = append(es, drawn{e, from, to})
		widen(from)
		widen(to)
	}
	if len(es) == 0 {
		return t.nothing("chart-timeline")
	}
	shown := t.Max
	if shown <= 0 {
		shown = 40
	}
	shown = min(shown, MaxItems, len(es))
	today, err := time.Parse(time.DateOnly, t.Today)
	if err == nil {
		widen(today)
	}
	first := time.Date(lo.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	last := time.Date(hi.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
	at := func(x time.Time) float64 { return 0.01 + 0.98*ratio(x.Sub(first).Hours(), last.Sub(first).Hours()) }
	rest := ""
	if t.Rest != nil && shown < len(es) {
		rest = t.Rest(len(es) - shown)
	}
	height := 22 + shown*eventRow + 4
	s := t.begin("chart-timeline", "100%", strconv.Itoa(height+20*truth(rest != "")), "")
	years := last.Year() - first.Year()
	step := 1
	for years/step > 7 {
		step *= 2
		if step == 4 {
			step = 5
		}
	}
	for y := first.Year(); y <= last.Year(); y++ {
		if (y-first.Year())%step != 0 {
			continue
		}
		x := percent(at(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC)))
		s.leaf("line", "class", "chart-grid", "x1", x, "x2", x, "y1", "18", "y2", strconv.Itoa(height-4), "stroke", "currentColor", "stroke-opacity", "0.18")
		anchor := "middle"
		if y == first.Year() {
			anchor = "start"
		} else if y == last.Year() {
			anchor = "end"
		}
		s.text(strconv.Itoa(y), "chart-tick", "x", x, "y", "12", "text-anchor", anchor)
	}
	if err == nil {
		x := percent(at(today))
		s.leaf("line", "class", "chart-today", "x1", x, "x2", x, "y1", "18", "y2", strconv.Itoa(height-4), "stroke", "currentColor", "stroke-dasharray", "3 3")
	}
	for i, e := range es[:shown] {
		y := 22 + i*eventRow
		s.open("g")
		s.tip(e.When + ": " + e.Label)
		s.link(e.Href)
		s.text(cut(e.When+" · "+e.Label, 46), "chart-label", "x", "0", "y", strconv.Itoa(y+13))
		s.unlink(e.Href)
		a, b := at(e.from), at(e.to)
		line := strconv.Itoa(y + 22)
		s.leaf("line", "class", "chart-track", "x1", "1%", "x2", "99%", "y1", line, "y2", line, "stroke", "currentColor", "stroke-opacity", "0.15")
		fill := "currentColor"
		if e.Expected {
			fill = "none"
		}
		if e.from.Equal(e.to) {
			s.leaf("circle", "class", "chart-point", "cx", percent(a), "cy", line, "r", "5", "fill", fill, "stroke", "currentColor", "stroke-width", "1.5")
		} else {
			s.leaf("rect", "class", "chart-range", "x", percent(a), "y", strconv.Itoa(y+18), "width", percent(max(b-a, 0.012)), "height", "8", "rx", "4",
				"fill", fill, "fill-opacity", "0.45", "stroke", "currentColor")
		}
		s.shut("g")
	}
	if rest != "" {
		s.text(rest, "chart-note", "x", "0", "y", strconv.Itoa(height+14))
	}
	return s.done()
}

// Table lists all events, those without a date too.
func (t *Timeline) Table() Table {
	var rows []Row
	for _, e := range t.sorted() {
		rows = append(rows, Row{[]string{e.When, e.Label, e.Note}, e.Href})
	}
	return tableOf(t.Columns, rows)
}
