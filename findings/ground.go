package findings

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// ground gathers what a case or a place rests on, while it is read. A nil ground gathers nothing.
type ground struct {
	claims []registry.EntryID
	spans  []Span
	with   []registry.RecordID
	seen   map[string]bool // of claims and with
}

// first says whether an id is new here.
func (g *ground) first(id string) bool {
	if g.seen[id] {
		return false
	}
	if g.seen == nil {
		g.seen = map[string]bool{}
	}
	g.seen[id] = true
	return true
}

func (g *ground) claim(st *registry.Stated) {
	if g == nil || st == nil {
		return
	}
	g.add(st.Entry.ID)
	if st.Moved != nil {
		g.add(st.Moved.ID)
	}
}

func (g *ground) add(id registry.EntryID) {
	if g.first(string(id)) {
		g.claims = append(g.claims, id)
	}
}

func (g *ground) meets(ids ...registry.RecordID) {
	for _, id := range ids {
		if g != nil && g.first(string(id)) {
			g.with = append(g.with, id)
		}
	}
}

// slot takes what decides a slot: the claim shown, else the denials and states that stand in its place. It says whether a value is shown.
func (g *ground) slot(s *registry.Slot) bool {
	if s.Shown != nil {
		g.claim(s.Shown)
		return true
	}
	for _, d := range s.Denials {
		g.claim(d)
	}
	for _, d := range s.States {
		g.claim(d)
	}
	return false
}

// values are the shown values of a field.
func (g *ground) values(r *registry.Record, field string) []string {
	var out []string
	for _, s := range r.Slots(field) {
		if g.slot(s) {
			out = append(out, s.Shown.Value.Raw)
		}
	}
	return out
}

// value is the shown value under a key; "" where none is.
func (g *ground) value(r *registry.Record, field, key string) string {
	if s := r.Slot(field, key); s != nil && g.slot(s) {
		return s.Shown.Value.Raw
	}
	return ""
}

// refs are the records that a field refers to.
func (g *ground) refs(v *registry.View, r *registry.Record, field string) []registry.RecordID {
	var out []registry.RecordID
	for _, raw := range g.values(r, field) {
		if id := v.Resolve(registry.RecordID(raw)); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	return out
}

// referring are the records of a kind whose field refers to a record, with the claims that say so.
func (g *ground) referring(v *registry.View, r *registry.Record, k registry.Kind, field string) []*registry.Record {
	out := v.Referring(r.ID, k, field)
	for _, from := range out {
		for _, s := range from.Slots(field) {
			if s.Shown != nil && v.Resolve(registry.RecordID(s.Shown.Value.Raw)) == r.ID {
				g.claim(s.Shown)
			}
		}
	}
	return out
}

// events are the slots of events of these codes that had happened by the view's date, in their order.
func (g *ground) events(r *registry.Record, codes ...string) []*registry.Slot {
	var out []*registry.Slot
	for _, s := range r.Slots("event") {
		code, _ := registry.SplitEventKey(s.Key)
		if len(codes) > 0 && !slices.Contains(codes, code) {
			continue
		}
		if g.slot(s); r.Happened(s) {
			out = append(out, s)
		}
	}
	return out
}

// dated is the earliest of these events that has a date.
func (g *ground) dated(r *registry.Record, codes ...string) (registry.Date, bool) {
	var first registry.Date
	for _, s := range g.events(r, codes...) {
		if s.Shown == nil {
			continue
		}
		if d, ok := s.Shown.Value.Date(); ok && (first.EDTF == "" || d.Start < first.Start) {
			first = d
		}
	}
	return first, first.EDTF != ""
}

// said says whether claims on a field say that something is so, that it is not, or nothing.
func said(g *ground, r *registry.Record, field string) (yes, no bool) {
	for _, s := range r.Slots(field) {
		if g.slot(s) {
			yes = true
		} else if len(s.Denials) > 0 {
			no = true
		}
	}
	return yes, no
}
