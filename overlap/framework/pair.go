package framework

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// Grade says how nearly two frameworks do the same work.
type Grade string

// The grades, the nearest first.
const (
	Duplicate   Grade = "duplicate"   // the same sides, a mineral in common, and nearly all subjects of the narrower one, at one time
	Overlapping Grade = "overlapping" // two sides in common, a mineral and a subject or stage in common, at one time
	Adjacent    Grade = "adjacent"    // two sides in common, or one with the same mineral and subject; or the one carries out the other
	Disjoint    Grade = "disjoint"    // nothing recorded that brings them together
)

// Grades are all grades.
var Grades = []Grade{Duplicate, Overlapping, Adjacent, Disjoint}

// What a reason may be. Shared or Codes say which.
const (
	WhySides    = "sides"    // are sides of both
	WhyBloc     = "bloc"     // a side of one is a member of a bloc that is a side of the other, at the time: pairs of member and bloc
	WhyMinerals = "minerals" // named in both
	WhyGroup    = "group"    // one names a mineral, the other the group that it belongs to: pairs of mineral and group
	WhyGeneral  = "general"  // one speaks of critical minerals without naming any, or both do
	WhyStages   = "stages"   // stages of the value chain in both
	WhyAreas    = "areas"    // areas of cooperation in both
	WhyLinked   = "linked"   // the one says that it carries out, amends, replaces or is part of the other, or came of it
	WhyOther    = "other"    // both name minerals, and none is in both
	WhyBefore   = "before"   // the one had ended before the other began
	WhyNoArea   = "no_area"  // areas are recorded of both, and none that tells is in both
	WhyNoSide   = "no_side"  // no side in common
)

// Reason is one ground of a grade.
type Reason struct {
	Code    string              `json:"code"`
	Records []registry.RecordID `json:"records,omitempty"` // parties or minerals
	Codes   []string            `json:"codes,omitempty"`   // areas, stages, or the field that links
}

// Pair is two records and how they meet.
type Pair struct {
	A, B    *Frame
	Grade   Grade
	Reasons []Reason
	Unknown []string // what is not recorded of one of them, and could change the grade: minerals, areas, time, membership
	Shared  int      // areas, stages and minerals in common: orders pairs of one grade
	Open    bool     // one of them at least is not signed yet
}

// compare grades two frames.
func (s *Set) compare(a, b *Frame) Pair {
	p := Pair{A: a, B: b, Open: a.Open || b.Open}
	why := func(code string, records []registry.RecordID, codes ...string) {
		p.Reasons = append(p.Reasons, Reason{code, records, codes})
	}
	sides, members := s.common(a, b)
	if len(sides) > 0 {
		why(WhySides, sides)
	}
	if len(members) > 0 {
		why(WhyBloc, members)
	}
	met := append(slices.Clone(sides), members...)
	n := min(len(both(a.Sides, met)), len(both(b.Sides, met))) // two members of one bloc meet it as one side
	if n == 0 {
		why(WhyNoSide, nil)
		p.Grade = Disjoint
		return p
	}
	if a.marks.links[b.Record.ID] || b.marks.links[a.Record.ID] {
		if field := linked(s.view, a.Record, b.Record); field != "" {
			why(WhyLinked, nil, field)
			p.Grade = Adjacent
			return p
		}
	}
	mineral, named := s.minerals(a, b, &p)
	areas := both(a.Areas, b.Areas)
	strong := slices.DeleteFunc(slices.Clone(areas), func(x string) bool { return weak[x] })
	stages := both(a.Stages, b.Stages)
	if len(areas) > 0 {
		why(WhyAreas, nil, areas...)
	}
	if len(stages) > 0 {
		why(WhyStages, nil, stages...)
	}
	p.Shared += 2*len(strong) + len(stages)
	subject := len(strong)+len(stages) > 0
	switch {
	case len(a.Areas) == 0 || len(b.Areas) == 0:
		p.Unknown = append(p.Unknown, "areas")
	case !subject:
		why(WhyNoArea, nil)
	}
	apart := before(a, b) || before(b, a)
	if apart {
		why(WhyBefore, nil)
	} else if a.From == "" || b.From == "" {
		p.Unknown = append(p.Unknown, "time")
	}
	whole := len(sides) == len(a.Sides) && len(sides) == len(b.Sides)
	switch {
	case n < 2:
		p.Grade = Disjoint
		if named && len(strong) > 0 && !apart {
			p.Grade = Adjacent
		}
	case apart || !mineral || !subject:
		p.Grade = Adjacent
		if !apart && named && slices.Contains(p.Unknown, "areas") {
			p.Grade = Overlapping // the same sides on the same named minerals at one time; of the subjects one record says nothing
		}
	case !named && !whole && len(strong)+len(stages) < 2:
		p.Grade = Adjacent // a wide circle that speaks of critical minerals and, say, supply chains, meets everything
	case whole && len(strong) >= 2 && 5*len(areas) >= 4*min(len(a.Areas), len(b.Areas)):
		p.Grade = Duplicate
	default:
		p.Grade = Overlapping
	}
	return p
}

// common gives the sides that are in both, and those that meet through a bloc, as pairs of member and bloc.
func (s *Set) common(a, b *Frame) (sides, members []registry.RecordID) {
	sides = both(a.Sides, b.Sides)
	through := func(x, y *Frame) {
		for _, id := range x.Sides {
			if slices.Contains(sides, id) {
				continue
			}
			for _, bloc := range y.Sides {
				if !slices.Contains(sides, bloc) && memberAt(s.view, id, bloc, later(x.From, y.From)) {
					members = append(members, id, bloc)
					break
				}
			}
		}
	}
	through(a, b)
	through(b, a)
	return sides, members
}

// minerals says whether two frames meet in a mineral, and whether they name it.
func (s *Set) minerals(a, b *Frame, p *Pair) (meet, named bool) {
	if shared := both(a.Minerals, b.Minerals); len(shared) > 0 {
		p.Reasons = append(p.Reasons, Reason{Code: WhyMinerals, Records: shared})
		p.Shared += len(shared)
		return true, true
	}
	var groups []registry.RecordID
	for _, pair := range [][2]*Frame{{a, b}, {b, a}} {
		for _, m := range pair[0].Minerals {
			for _, g := range s.groups[m] {
				if slices.Contains(pair[1].Minerals, g) {
					groups = append(groups, m, g)
				}
			}
		}
	}
	switch {
	case len(groups) > 0:
		p.Reasons = append(p.Reasons, Reason{Code: WhyGroup, Records: groups})
		p.Shared++
		return true, true
	case a.silent() || b.silent():
		p.Unknown = append(p.Unknown, "minerals")
		return false, false
	case a.General || b.General:
		p.Reasons = append(p.Reasons, Reason{Code: WhyGeneral})
		return true, false
	}
	p.Reasons = append(p.Reasons, Reason{Code: WhyOther})
	return false, false
}

// silent says that a frame records nothing of minerals.
func (f *Frame) silent() bool { return len(f.Minerals) == 0 && !f.General }

// before says that a had ended before b began.
func before(a, b *Frame) bool { return a.Ended && a.Until != "" && b.From != "" && a.Until < b.From }

func later(a, b registry.Day) registry.Day {
	if a == "" || b == "" {
		return ""
	}
	return max(a, b)
}

func both[T comparable](a, b []T) []T {
	var out []T
	for _, x := range a {
		if slices.Contains(b, x) {
			out = append(out, x)
		}
	}
	return out
}

// links are the fields by which a record says that another belongs to it.
var links = []string{"implements", "amends", "replaces", "part_of", "outcome"}

// linked is the field by which one of two records, or what came of it, names the other; "" where none does. Talks and an instrument that are said to be
// related without a closer word count as linked too: they are the two ends of one thing more often than not.
func linked(v *registry.View, a, b *registry.Record) string {
	for _, pair := range [][2]*registry.Record{{a, b}, {b, a}} {
		if field := names(v, pair[0], pair[1], links); field != "" {
			return field
		}
		for _, id := range pair[0].Refs("outcome") {
			if o := v.Record(id); o != nil {
				if field := names(v, o, pair[1], links); field != "" {
					return field
				}
			}
		}
		if pair[0].Kind != pair[1].Kind {
			if field := names(v, pair[0], pair[1], []string{"related"}); field != "" {
				return field
			}
		}
	}
	return ""
}

func names(v *registry.View, from, to *registry.Record, fields []string) string {
	for _, field := range fields {
		for _, id := range from.Refs(field) {
			if v.Resolve(id) == to.ID {
				return field
			}
		}
	}
	return ""
}
