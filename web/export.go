package web

import (
	"github.com/openassay/assay/registry"
)

// recordJSON is a record as it is exported, with the sources that it cites.
func (q *request) recordJSON(r *registry.Record) any {
	type exported struct {
		AsOf registry.Day `json:"as_of,omitempty"`
		registry.RecordJSON
		Sources map[registry.SourceID]*registry.Source `json:"sources"`
	}
	out := exported{q.AsOf, r.JSON(), map[registry.SourceID]*registry.Source{}}
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			for _, c := range claimsOf(s) {
				if c.Source != nil {
					out.Sources[c.Source.ID] = c.Source
				}
			}
		}
	}
	return out
}

// claimsOf are all claims of a slot.
func claimsOf(s *registry.Slot) []*registry.Stated {
	var out []*registry.Stated
	if s.Shown != nil {
		out = append(out, s.Shown)
	}
	for _, cs := range [][]*registry.Stated{s.Agreeing, s.Losing, s.Earlier, s.Later, s.Denials, s.States, s.Alleged} {
		out = append(out, cs...)
	}
	return out
}

// recordCSV is a record as claims in the form that imports take, each with its standing and the day by which it was known.
func recordCSV(r *registry.Record) *sheet {
	out := &sheet{Columns: append(append([]string{}, registry.ClaimColumns...), "standing", "known", "id")}
	add := func(standing string, cs ...*registry.Stated) {
		for _, c := range cs {
			out.Rows = append(out.Rows, append(registry.ClaimRow(c.Claim), standing, string(c.Known), string(c.Entry.ID)))
		}
	}
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			if s.Shown != nil {
				add("shown", s.Shown)
			}
			add("agreeing", s.Agreeing...)
			add("competing", s.Losing...)
			add("earlier", s.Earlier...)
			add("later", s.Later...)
			add("denial", s.Denials...)
			add("state", s.States...)
			add("alleged", s.Alleged...)
		}
	}
	return out
}
