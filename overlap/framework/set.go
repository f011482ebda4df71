package framework

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// Set is the frameworks of a view. It is not changed once made, and may be asked from several goroutines.
type Set struct {
	view   *registry.View
	frames map[registry.RecordID]*Frame
	bySide map[registry.RecordID][]*Frame // in the order of their ids
	groups map[registry.RecordID][]registry.RecordID
	order  []*Frame
}

// kinds are what is compared.
var kinds = []registry.Kind{registry.KindNegotiation, registry.KindInstrument}

// New takes in the instruments, negotiations and laws of a view. Samples meet samples only.
func New(v *registry.View) *Set {
	s := &Set{view: v, frames: map[registry.RecordID]*Frame{}, bySide: map[registry.RecordID][]*Frame{}, groups: map[registry.RecordID][]registry.RecordID{}}
	for _, k := range append(slices.Clone(kinds), registry.KindLaw) {
		for _, r := range v.OfKind(k) {
			f := newFrame(v, r)
			s.frames[r.ID] = f
			if f.Ended && len(r.Refs("outcome")) > 0 {
				continue // what came of the talks stands for them
			}
			if k != registry.KindLaw {
				s.order = append(s.order, f)
			}
			for _, id := range f.Sides {
				s.bySide[id] = append(s.bySide[id], f)
			}
		}
	}
	for _, m := range v.OfKind(registry.KindMineral) {
		for _, g := range m.Refs("mineral_group") {
			s.groups[m.ID] = append(s.groups[m.ID], v.Resolve(g))
		}
	}
	s.mark()
	return s
}

// Frame is the frame of a record; nil where it is none.
func (s *Set) Frame(id registry.RecordID) *Frame { return s.frames[s.view.Resolve(id)] }

// Of gives the pairs of a record with the instruments and negotiations that it meets, the nearest first. What is disjoint is left out.
func (s *Set) Of(id registry.RecordID) []Pair {
	f := s.Frame(id)
	if f == nil {
		return nil
	}
	var out []Pair
	for _, o := range s.near(f) {
		if o.Record.Kind == registry.KindLaw {
			continue
		}
		if p := s.compare(f, o); p.Grade != Disjoint {
			out = append(out, p)
		}
	}
	sortPairs(out)
	return out
}

// near are the frames that share a side with f, or have a bloc of one of its sides as a side, or a member of a bloc of its; each once.
func (s *Set) near(f *Frame) []*Frame {
	seen := map[*Frame]bool{f: true}
	var out []*Frame
	take := func(fs []*Frame) {
		for _, o := range fs {
			if !seen[o] && o.Record.Sample() == f.Record.Sample() {
				seen[o] = true
				out = append(out, o)
			}
		}
	}
	for _, id := range f.Sides {
		take(s.bySide[id])
		if p := s.view.Record(id); p != nil {
			for _, b := range p.Slots("member_of") {
				take(s.bySide[s.view.Resolve(registry.RecordID(b.Key))])
			}
		}
		for _, m := range s.view.Referring(id, registry.KindParty, "member_of") {
			take(s.bySide[m.ID])
		}
	}
	return out
}

// Pairs gives all pairs of instruments and negotiations that meet, each once, the nearest first. Samples are left out.
func (s *Set) Pairs() []Pair {
	var out []Pair
	for _, f := range s.order {
		if f.Record.Sample() {
			continue
		}
		for _, o := range s.near(f) {
			if o.Record.Kind != registry.KindLaw && f.Record.ID < o.Record.ID && !apart(f, o) {
				if p := s.compare(f, o); p.Grade != Disjoint {
					out = append(out, p)
				}
			}
		}
	}
	sortPairs(out)
	return out
}

func sortPairs(ps []Pair) {
	rank := func(p Pair) int { return slices.Index(Grades, p.Grade) }
	slices.SortFunc(ps, func(x, y Pair) int {
		return cmp.Or(cmp.Compare(rank(x), rank(y)), cmp.Compare(y.Shared, x.Shared), cmp.Compare(x.A.Record.ID, y.A.Record.ID), cmp.Compare(x.B.Record.ID, y.B.Record.ID))
	})
}

// Duty is something that binds sides of a framework already.
type Duty struct {
	Frame    *Frame
	Sides    []registry.RecordID // that are bound by it too; a member of a bloc by what the bloc has agreed or enacted
	Between  bool                // it is between the same sides, two at least
	Areas    []string            // in common
	Minerals []registry.RecordID
}

// Earlier gives what binds the sides of a record already: instruments that bind, begun before it and not ended, with the same sides, and laws of its sides
// that share a mineral or an area with it. As far as the registry holds them: what is not here is no sign that nothing binds.
func (s *Set) Earlier(id registry.RecordID) []Duty {
	f := s.Frame(id)
	if f == nil {
		return nil
	}
	var out []Duty
	for _, o := range s.near(f) {
		if !o.Binding || o.Ended || o.Open || linked(s.view, f.Record, o.Record) != "" || o.From == "" || f.From != "" && o.From >= f.From {
			continue
		}
		sides, members := s.common(f, o)
		for i := 0; i < len(members); i += 2 {
			if slices.Contains(f.Sides, members[i]) {
				sides = add(sides, members[i])
			} else {
				sides = add(sides, members[i+1])
			}
		}
		d := Duty{Frame: o, Sides: sides, Between: len(sides) >= 2, Areas: both(f.Areas, o.Areas), Minerals: both(f.Minerals, o.Minerals)}
		if d.Between || o.Record.Kind == registry.KindLaw && (len(d.Minerals) > 0 || len(both(strongOf(f), strongOf(o))) > 0) {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b Duty) int {
		return cmp.Or(-cmp.Compare(btoi(a.Between), btoi(b.Between)), cmp.Compare(b.Frame.From, a.Frame.From), cmp.Compare(a.Frame.Record.ID, b.Frame.Record.ID))
	})
	return out
}

func strongOf(f *Frame) []string {
	return slices.DeleteFunc(slices.Clone(f.Areas), func(x string) bool { return weak[x] })
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Pair compares two records; ok is false where one of them is no framework.
func (s *Set) Pair(a, b registry.RecordID) (p Pair, ok bool) {
	x, y := s.Frame(a), s.Frame(b)
	if x == nil || y == nil || x == y {
		return Pair{}, false
	}
	return s.compare(x, y), true
}
