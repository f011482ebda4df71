package web

import (
	"cmp"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// stageLine are the dated events of a record in their order: a strip on which imprecise dates are ranges, and the events in words.
type stageLine struct {
	Strip  template.HTML
	Events []stageEvent
}

// stageEvent is an event with its date, its source and what a source says happened.
type stageEvent struct {
	ID    string
	Label template.HTML
	Shape string // day, range, unknown, expected, due: how the date is drawn
	What  template.HTML
	Said  []valueView // of what happened: what is no plain fact, with who says so
	Place template.HTML
	valueView
	start, end registry.Day
	order      int
}

// stage makes the line of a record's events, expected ones included; nil where it has none.
func (q *request) stage(r *registry.Record) *stageLine {
	l := &stageLine{}
	for _, name := range []string{"event", "expected"} {
		def := registry.FieldOf(name)
		for _, s := range r.Slots(name) {
			e := stageEvent{ID: "event-" + slug(s.Key), Label: q.eventLabel(s.Key), valueView: q.value(def, s), Shape: "unknown", start: "9999-12-31"}
			e.Key = ""
			code, _ := registry.SplitEventKey(s.Key)
			if c := registry.Code("event", code); c != nil {
				e.order = c.Order
			}
			if s.Shown != nil {
				if d, ok := s.Shown.Value.Date(); ok {
					e.start, e.end, e.Shape = d.Start, d.End, "range"
					if d.Start == d.End {
						e.Shape = "day"
					}
				}
			}
			switch {
			case name == "expected":
				e.Shape, e.ID = "expected", "expected-"+slug(s.Key)
			case s.Shown != nil && !r.Happened(s):
				e.Shape = "due"
			}
			if name == "event" {
				e.Replies = q.replies(r, "event", s.Key)
				e.Said = q.saidOf(r, "event_note", s.Key)
				if t, lang := r.Text("event_note", s.Key, q.Lang); t != "" && len(e.Said) == 0 {
					e.What = q.inLang(t, lang)
				}
				if t, lang := r.Text("event_place", s.Key, q.Lang); t != "" {
					e.Place = q.inLang(t, lang)
				}
			}
			l.Events = append(l.Events, e)
		}
	}
	if len(l.Events) == 0 {
		return nil
	}
	slices.SortStableFunc(l.Events, func(a, b stageEvent) int { return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(a.order, b.order)) })
	l.Strip = q.strip(l.Events)
	return l
}

// standing is a record's stage or status, and since when; "" where no event tells.
func (q *request) standing(r *registry.Record) (label string, since template.HTML) {
	st, listName := r.Status(), "instrument_status"
	if r.Kind == registry.KindNegotiation {
		st, listName = r.Stage(), "negotiation_stage"
	}
	if st.Code == "" {
		return "", ""
	}
	if st.Slot != nil && st.Slot.Shown != nil {
		since = q.edtf(st.Slot.Shown.Value.Raw)
	}
	label = q.code(listName, st.Code)
	// "Signed" would say too much of what was endorsed, issued or ratified by one party: there the event is told.
	if r.Kind != registry.KindNegotiation && slices.Contains([]string{"announced", "signed", "approved", "in_force"}, st.Code) {
		label = q.eventText(st.Event)
	}
	return label, since
}

// eventText is what an event is called, with the party it is of, as text.
func (q *request) eventText(key string) string {
	code, qualifier := registry.SplitEventKey(key)
	label := q.code("event", code)
	if p := q.View.Record(registry.RecordID("pty_" + qualifier)); qualifier != "" && p != nil {
		return q.T("event.of", "event", label, "qualifier", p.Title(q.Lang))
	}
	return label
}

// inLang is words of a record, marked with their language where it is not the page's.
func (q *request) inLang(t, lang string) template.HTML {
	return q.written(registry.FieldOf("summary"), registry.Value{Type: registry.TypeText, Raw: t, Lang: lang})
}

// slug makes an id of a key: letters, digits and hyphens.
func slug(s string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '-'
	}, s), "-")
}

// strip draws the events on one axis of years. It is a picture of the list under it, so screen readers pass over it.
func (q *request) strip(es []stageEvent) template.HTML {
	var lo, hi time.Time
	at := func(d registry.Day) (time.Time, bool) {
		t, err := time.Parse(time.DateOnly, string(d))
		return t, err == nil && t.Year() > 1500 && t.Year() < 2200
	}
	n := 0
	for _, e := range es {
		a, ok1 := at(e.start)
		b, ok2 := at(e.end)
		if !ok1 && !ok2 || e.end == "" {
			continue
		}
		n++
		for _, t := range []struct {
			time.Time
			ok bool
		}{{a, ok1}, {b, ok2}} {
			if !t.ok {
				continue
			}
			if lo.IsZero() || t.Before(lo) {
				lo = t.Time
			}
			if hi.IsZero() || t.After(hi) {
				hi = t.Time
			}
		}
	}
	if n < 2 {
		return ""
	}
	from, to := time.Date(lo.Year(), 1, 1, 0, 0, 0, 0, time.UTC), time.Date(hi.Year()+1, 1, 1, 0, 0, 0, 0, time.UTC)
	x := func(t time.Time) float64 { return 1 + 98*t.Sub(from).Hours()/to.Sub(from).Hours() }
	pc := func(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) + "%" }
	var b strings.Builder
	b.WriteString(`<svg class="strip" width="100%" height="46" aria-hidden="true" focusable="false"><line class="axis" x1="1%" x2="99%" y1="16" y2="16"/>`)
	step := 1
	for (to.Year()-from.Year())/step > 6 {
		step++
	}
	for y := from.Year(); y <= to.Year(); y += step {
		p := x(time.Date(y, 1, 1, 0, 0, 0, 0, time.UTC))
		anchor := "middle"
		if y == from.Year() {
			anchor = "start"
		} else if p > 96 {
			anchor = "end"
		}
		fmt.Fprintf(&b, `<line class="tick" x1="%s" x2="%s" y1="10" y2="24"/><text x="%s" y="40" text-anchor="%s">%d</text>`, pc(p), pc(p), pc(p), anchor, y)
	}
	if today, ok := at(q.site.today()); ok && q.AsOf == "" && today.Before(to) && today.After(from) {
		fmt.Fprintf(&b, `<line class="today" x1="%s" x2="%s" y1="2" y2="30"/>`, pc(x(today)), pc(x(today)))
	}
	for _, e := range es {
		a, ok1 := at(e.start)
		z, ok2 := at(e.end)
		switch {
		case !ok1 && !ok2 || e.end == "":
			continue
		case !ok1:
			a = from
		case !ok2:
			z = to
		}
		if e.start == e.end {
			fmt.Fprintf(&b, `<circle class="mark mark-%s" cx="%s" cy="16" r="5"/>`, e.Shape, pc(x(a)))
		} else {
			fmt.Fprintf(&b, `<rect class="mark mark-%s" x="%s" y="12" width="%s" height="8" rx="4"/>`, e.Shape, pc(x(a)), pc(max(x(z)-x(a), .8)))
		}
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}
