package findings

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// spell is a negotiation of a partner with somebody, while it lasted.
type spell struct {
	r        *registry.Record
	from, to registry.Day
	with     string // the other sides
}

// parallel tells whether a state or bloc negotiates the same thing (a mineral, or an area of cooperation) with several others at the same time.
func parallel(n *run) []Case {
	by := n.ofParty(n.negotiations)
	return n.each(n.parties(n.negotiations), func(p *registry.Record, c *Case, g *ground) string {
		g.value(p, "party_kind", "")
		bySubject := map[string][]spell{}
		others := map[string]bool{}
		vague := false
		for _, r := range by[p.ID] {
			s, ok := n.spell(r, p.ID, g)
			others[s.with] = true
			what := subjects(n, r, g)
			if !ok || len(what) == 0 {
				vague = true
			}
			if ok {
				for _, x := range what {
					bySubject[x] = append(bySubject[x], s)
				}
			}
		}
		met := map[*registry.Record]bool{}
		for _, ss := range bySubject {
			atOnce(ss, met)
		}
		for r := range met {
			g.meets(r.ID)
		}
		switch {
		case len(met) > 0:
			return "parallel"
		case len(others) < 2:
			return "single"
		case vague:
			return "undecided"
		}
		return "apart"
	})
}

// spell is how long a negotiation lasted: from its first dated event to its last, or to the horizon while it goes on.
func (n *run) spell(r *registry.Record, self registry.RecordID, g *ground) (s spell, ok bool) {
	s.r = r
	for _, id := range n.sides(r, g) {
		if id != self {
			s.with += string(id) + " "
		}
	}
	for _, e := range g.events(r) {
		if e.Shown == nil {
			continue
		}
		d, dated := e.Shown.Value.Date()
		if !dated {
			continue
		}
		if s.from == "" || d.Start < s.from {
			s.from = d.Start
		}
		s.to = max(s.to, min(d.End, max(d.Start, n.v.Horizon)))
	}
	if slices.Contains([]string{"signalled", "exploratory", "mandated", "negotiating"}, r.Stage().Code) {
		s.to = max(s.to, n.v.Horizon)
	}
	return s, s.from != ""
}

// atOnce marks the spells that overlap one with other sides. It looks at each spell's neighbours in time alone, so ten thousand take no longer than sorting.
func atOnce(ss []spell, met map[*registry.Record]bool) {
	slices.SortFunc(ss, func(a, b spell) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.r.ID, b.r.ID)) })
	var last, other *spell // the two that end last, with different sides
	for i := range ss {
		s := &ss[i]
		for _, o := range []*spell{last, other} {
			if o != nil && o.with != s.with && o.to >= s.from {
				met[o.r], met[s.r] = true, true
			}
		}
		switch {
		case last == nil || s.to > last.to:
			if last != nil && last.with != s.with {
				other = last
			}
			last = s
		case s.with != last.with && (other == nil || s.to > other.to):
			other = s
		}
	}
}
