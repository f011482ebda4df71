package findings

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// signing are the events by which an instrument comes to be.
var signing = []string{"signed", "endorsed", "adopted", "issued"}

// filing are the events by whose year a record is filed, the first that is dated.
var filing = []string{"signed", "endorsed", "adopted", "issued", "agreed", "announced", "launched", "established", "enacted", "published"}

// place is where a record belongs. It is worked out once.
func (n *run) place(r *registry.Record) *Place {
	if p := n.places[r.ID]; p != nil {
		return p
	}
	g := &ground{}
	p := &Place{}
	for _, st := range r.Joined { // that it is one record
		g.claim(st)
	}
	switch r.Kind {
	case registry.KindMineral:
		p.Minerals = []registry.RecordID{r.ID}
		g.values(r, "mineral_group")
	case registry.KindParty:
		p.Parties = []registry.RecordID{r.ID}
		p.Regions = g.values(r, "region")
	default:
		n.placeOf(p, r, g)
	}
	slices.Sort(g.claims)
	if p.Claims = g.claims; p.Claims == nil {
		p.Claims = []registry.EntryID{}
	}
	n.places[r.ID] = p
	return p
}

func (n *run) placeOf(p *Place, r *registry.Record, g *ground) {
	for _, f := range membership {
		g.values(r, f)
	}
	p.Year = yearOf(r, g)
	p.Parties = n.sides(r, g)
	if r.Kind == registry.KindFinancing || r.Kind == registry.KindProject {
		for _, f := range []string{"host", "borrower", "lender"} {
			for _, id := range g.refs(n.v, r, f) {
				if s := stateOf(n.v, id, g); !slices.Contains(p.Parties, s) {
					p.Parties = append(p.Parties, s)
				}
			}
		}
		slices.Sort(p.Parties)
	}
	for _, id := range p.Parties {
		if party := n.v.Record(id); party != nil {
			for _, x := range g.values(party, "region") {
				if !slices.Contains(p.Regions, x) {
					p.Regions = append(p.Regions, x)
				}
			}
		}
	}
	slices.Sort(p.Regions)
	for _, f := range []string{"mineral", "mineral_context"} {
		for _, id := range g.refs(n.v, r, f) {
			if !slices.Contains(p.Minerals, id) {
				p.Minerals = append(p.Minerals, id)
			}
		}
	}
	slices.Sort(p.Minerals)
	for _, s := range r.Slots("mineral_stage") {
		if !g.slot(s) {
			continue
		}
		if _, stage, ok := s.Shown.Value.MineralStage(); ok && !slices.Contains(p.Stages, stage) {
			p.Stages = append(p.Stages, stage)
		}
	}
	slices.Sort(p.Stages)
	switch r.Kind {
	case registry.KindInstrument:
		p.Kind = g.value(r, "type", "")
	case registry.KindNegotiation:
		p.Kind = "negotiation"
	case registry.KindFinancing:
		p.Kind = "financing"
	}
	for _, s := range r.Slots("event") {
		if s.Shown == nil || !r.Happened(s) {
			continue
		}
		if d, ok := s.Shown.Value.Date(); ok {
			if p.first == "" || d.Start < p.first {
				p.first = d.Start
			}
			p.last = max(p.last, min(d.End, max(n.v.Horizon, d.Start)))
		}
	}
}

// yearOf is the year by which a record is filed; "" where none is dated to a year.
func yearOf(r *registry.Record, g *ground) string {
	year := func(s *registry.Slot) string {
		if s == nil || s.Shown == nil {
			return ""
		}
		d, ok := s.Shown.Value.Date()
		if !ok || d.Start[:4] != d.End[:4] {
			return ""
		}
		g.claim(s.Shown)
		return string(d.Start[:4])
	}
	for _, key := range filing {
		if y := year(r.Slot("event", key)); y != "" {
			return y
		}
	}
	for _, s := range r.Slots("event") {
		if y := year(s); y != "" {
			return y
		}
	}
	return ""
}

// sides are the states and blocs whose sides a record names, agencies and companies under their state, by id.
func (n *run) sides(r *registry.Record, g *ground) []registry.RecordID {
	var out []registry.RecordID
	for _, id := range g.refs(n.v, r, "party") {
		if s := stateOf(n.v, id, g); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// stateOf is the state or bloc that a party belongs to: itself where it is one, or where none is known.
func stateOf(v *registry.View, id registry.RecordID, g *ground) registry.RecordID {
	p := v.Record(id)
	if p == nil {
		return id
	}
	switch g.value(p, "party_kind", "") {
	case "state", "territory", "bloc", "international_organisation":
		return p.ID
	}
	if refs := g.refs(v, p, "state"); len(refs) > 0 {
		return refs[0]
	}
	return p.ID
}

// groupsOf are the keys of a case in a dimension.
func (c *Case) groupsOf(dimension string) []string {
	p := c.place
	switch dimension {
	case "year":
		return []string{p.Year}
	case "kind":
		return []string{p.Kind}
	case "region":
		return p.Regions
	case "stage":
		return p.Stages
	case "party":
		return words(p.Parties)
	case "item": // what is no record: an item of an index, a term, a standard
		if c.Key == "" || registry.RecordID(c.Key).Kind() != "" {
			return nil
		}
		return []string{c.Key}
	}
	out := words(p.Minerals)
	if registry.RecordID(c.Key).Kind() == registry.KindMineral && !slices.Contains(out, c.Key) {
		out = append(out, c.Key)
	}
	return out
}

func words[T ~string](xs []T) []string {
	out := make([]string, len(xs))
	for i, x := range xs {
		out[i] = string(x)
	}
	return out
}

// Filed is the kind and the year under which a case is filed; "" where either is not known.
func (c *Case) Filed() (kind, year string) {
	if c.place == nil {
		return "", ""
	}
	return c.place.Kind, c.place.Year
}
