package web

import (
	"cmp"
	"html/template"
	"slices"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web/chart"
)

// homePage is /: what is new, what is being negotiated, the seven numbers, where.
type homePage struct {
	Counts  string // "50 negotiations and 170 instruments …"
	Search  string // address of the search
	Hidden  []pair
	Tries   []link // searches to try
	News    []happened
	Open    []happened
	OpenAll link
	Sevens  []sevenView
	Left    string // how many instruments they leave out
	Map     figure
}

// happened is a record and one of its events.
type happened struct {
	Record link
	Kind   string
	What   template.HTML // the event, or the stage
	When   template.HTML
	Note   string
	Chip   *chip
	day    registry.Day
	record *registry.Record
	event  string // its key
	edtf   string
}

// underWay are the stages at which a negotiation is going on.
var underWay = []string{"signalled", "exploratory", "mandated", "negotiating"}

const newsItems, openItems = 10, 12

func home(q *request) (*page, error) {
	v := q.View
	d := homePage{Search: "/search", OpenAll: link{Text: q.T("home.open_all"), Href: q.href("/negotiations")}}
	for _, name := range []string{"as_of", "lang"} {
		if x := q.Query.Get(name); x != "" {
			d.Hidden = append(d.Hidden, pair{name, x})
		}
	}
	negs, ins := withoutSamples(v.OfKind(registry.KindNegotiation)), withoutSamples(v.OfKind(registry.KindInstrument))
	places := q.places(append(slices.Clone(negs), ins...))
	d.Counts = q.T("home.counts", "negotiations", len(negs), "instruments", len(ins), "places", len(places), "sources", len(v.Sources))
	for _, words := range []string{"cobalt", "Lobito", "刚果", "cobre"} {
		d.Tries = append(d.Tries, link{Text: words, Href: q.href("/search", "q", words)})
	}
	d.News = q.news(v)
	d.Open = q.underWay(negs)
	set, err := q.set(findings.Scope{})
	if err != nil {
		return nil, err
	}
	if n := set.Silent(); n > 0 {
		d.Left = q.T("findings.left", "n", n, "of", len(ins))
	}
	for _, f := range set.Findings {
		d.Sevens = append(d.Sevens, q.seven(f))
	}
	head := chart.Head{ID: "map", Title: q.T("home.map.title", "n", len(places)), Desc: q.T("home.map.desc"), Empty: q.T("figure.empty"),
		Columns: []string{q.kind(registry.KindParty), q.T("home.map.col.records"), ""}}
	m := &chart.Map{Head: head, Places: places, Labels: 12}
	m.Head.Columns[2] = q.T("home.map.col.note")
	d.Map = q.figure(m.Head, m, 1)
	d.Map.Note, d.Map.Beside = q.T("home.map.note"), true
	var rows [][]string
	for _, p := range m.Table().Rows {
		rows = append(rows, p.Cells)
	}
	return &page{Template: "home", Title: q.T("home.title"), Lede: d.Counts, Data: d, Wide: true,
		JSON: map[string]any{"news": factsOf(d.News), "under_negotiation": factsOf(d.Open), "states": m.Table().Rows}, CSV: &sheet{Columns: m.Head.Columns, Rows: rows}}, nil
}

// withoutSamples leaves the samples out.
func withoutSamples(rs []*registry.Record) []*registry.Record {
	var out []*registry.Record
	for _, r := range rs {
		if !r.Sample() {
			out = append(out, r)
		}
	}
	return out
}

// places counts the records of each state and territory, those of its agencies with it; blocs have no point and are told in the table.
func (q *request) places(rs []*registry.Record) []chart.Place {
	n := map[registry.RecordID]int{}
	for _, r := range rs {
		for _, id := range statesOf(q.View, r) {
			n[id]++
		}
	}
	var out []chart.Place
	for id, count := range n {
		p := q.View.Record(id)
		if p == nil {
			continue
		}
		pl := chart.Place{Code: p.String("iso3"), Label: p.Title(q.Lang), Text: q.number(int64(count)), Href: q.href(p.Path()), Count: count}
		if !chart.Located(pl.Code) {
			pl.Note = q.T("home.map.no_point")
		}
		out = append(out, pl)
	}
	slices.SortFunc(out, func(a, b chart.Place) int { return cmp.Compare(a.Label, b.Label) })
	return out
}

// horizon is the day up to which events count as having happened.
func (q *request) horizon() registry.Day {
	if q.AsOf != "" {
		return q.AsOf
	}
	return q.site.today()
}

// news are the latest dated events of all records, one a record.
func (q *request) news(v *registry.View) []happened {
	var out []happened
	for _, k := range []registry.Kind{registry.KindNegotiation, registry.KindInstrument, registry.KindFinancing, registry.KindProject, registry.KindLaw, registry.KindForum, registry.KindProgramme} {
		for _, r := range withoutSamples(v.OfKind(k)) {
			var best *happened
			for _, s := range r.Slots("event") {
				if h, ok := q.event(r, s); ok && h.day <= q.horizon() && (best == nil || h.day > best.day) {
					best = &h
				}
			}
			if best != nil {
				out = append(out, *best)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b happened) int {
		return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.Record.Text, b.Record.Text))
	})
	all := slices.Clone(out)
	out = slices.DeleteFunc(out, func(h happened) bool { // the talks that led to an instrument of the same day say the same
		return slices.ContainsFunc(h.record.Refs("outcome"), func(id registry.RecordID) bool {
			return slices.ContainsFunc(all, func(o happened) bool { return o.record.ID == v.Resolve(id) && o.day == h.day })
		})
	})
	return out[:min(len(out), newsItems)]
}

// event is what a slot of dated events says happened; ok is false where it has no shown date.
func (q *request) event(r *registry.Record, s *registry.Slot) (h happened, ok bool) {
	if s.Shown == nil {
		return h, false
	}
	d, ok := s.Shown.Value.Date()
	if !ok {
		return h, false
	}
	h = happened{Record: q.linkTo(r), Kind: q.kind(r.Kind), What: q.eventLabel(s.Key), When: q.date(d), day: d.Start, record: r, event: s.Key, edtf: d.EDTF, Chip: withoutNumber(q.chip(s.Shown))}
	if len(q.saidOf(r, "event_note", s.Key)) == 0 { // who says it has no place here
		h.Note, _ = r.Text("event_note", s.Key, q.Lang)
	}
	return h, true
}

func eventCode(key string) string {
	code, _ := registry.SplitEventKey(key)
	return code
}

// underWay are the negotiations that are going on, the one that moved last first.
func (q *request) underWay(negs []*registry.Record) []happened {
	var out []happened
	for _, r := range negs {
		st := r.Stage()
		if !slices.Contains(underWay, st.Code) {
			continue
		}
		h := happened{Record: q.linkTo(r), record: r, Kind: q.kind(r.Kind), What: bdi(q.code("negotiation_stage", st.Code))}
		if st.Slot != nil {
			if e, ok := q.event(r, st.Slot); ok {
				h.event, h.edtf = e.event, e.edtf
				h.When, h.Note, h.Chip, h.day = e.When, q.T("home.rests_on", "event", lowerFirst(q.code("event", eventCode(st.Slot.Key)))), e.Chip, e.day
			}
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b happened) int {
		return cmp.Or(cmp.Compare(b.day, a.day), cmp.Compare(a.Record.Text, b.Record.Text))
	})
	return out[:min(len(out), openItems)]
}

// factsOf are happenings as data.
func factsOf(hs []happened) []map[string]any {
	out := []map[string]any{}
	for _, h := range hs {
		out = append(out, map[string]any{"record": h.record.ID, "path": h.record.Path(), "title": h.Record.Text, "event": h.event, "date": h.edtf})
	}
	return out
}
