package framework

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// marks are what tells in a moment that two frames with one side in common have nothing else that counts: a partner of thousands makes millions of such pairs.
type marks struct {
	minerals, areas uint64                     // a bit each; what has none of its own shares the last
	bloc            bool                       // a side is a bloc
	links           map[registry.RecordID]bool // records that it names as belonging together, itself or through what came of it
}

// markers gives bits to codes and ids.
type markers map[string]int

func (m markers) bit(x string) uint64 {
	n, ok := m[x]
	if !ok {
		n = min(len(m), 63)
		m[x] = n
	}
	return 1 << n
}

// mark gives the frames their marks.
func (s *Set) mark() {
	minerals, areas := markers{}, markers{}
	for _, f := range s.frames {
		for _, m := range f.Minerals {
			f.marks.minerals |= minerals.bit(string(m))
			for _, g := range s.groups[m] {
				f.marks.minerals |= minerals.bit(string(g))
			}
		}
		for _, a := range strongOf(f) {
			f.marks.areas |= areas.bit(a)
		}
		for _, id := range f.Sides {
			p := s.view.Record(id)
			f.marks.bloc = f.marks.bloc || p != nil && p.String("party_kind") == "bloc" || len(s.view.Referring(id, registry.KindParty, "member_of")) > 0
		}
		f.marks.links = map[registry.RecordID]bool{}
		names := func(r *registry.Record, fields ...string) {
			for _, field := range fields {
				for _, id := range r.Refs(field) {
					f.marks.links[s.view.Resolve(id)] = true
				}
			}
		}
		names(f.Record, append(slices.Clone(links), "related")...)
		for _, id := range f.Record.Refs("outcome") {
			if o := s.view.Record(id); o != nil {
				names(o, links...)
			}
		}
	}
}

// apart says that two frames are disjoint for sure; false where they have to be compared.
func apart(a, b *Frame) bool {
	x, y := &a.marks, &b.marks
	if x.bloc || y.bloc || x.minerals&y.minerals != 0 && x.areas&y.areas != 0 || x.links[b.Record.ID] || y.links[a.Record.ID] {
		return false
	}
	n := 0
	for _, id := range a.Sides {
		if slices.Contains(b.Sides, id) {
			n++
		}
	}
	return n < 2
}
