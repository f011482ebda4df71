package overlap

import (
	"cmp"
	"slices"
)

// Member is a unit in a family of wording.
type Member struct {
	Place  Place
	Parent int     // index in the family of the earlier member whose wording is the nearest; -1 for the first
	Near   float64 // Jaccard measure with the parent
	Copies int     // how many later members have it as their nearest
}

// Family is the units whose wording goes back to one: the first member is the oldest, which names the family; parents come before children.
type Family struct{ Members []Member }

// Families gives the trees of wording among matches, the largest first. date gives a document's date as it sorts, "" where it has none: who has no date descends
// from those that have one, never the other way. Each unit descends from the earlier unit that is the nearest to it; among equals, from the oldest. A unit of the
// same date may be the source as well as the copy: then the order of the list decides, and the tree says no more than that they are alike. Units that match nothing
// are in no family.
func Families(m *Matches, date func(doc int) string) []Family {
	type edge struct {
		to   Place
		near float64
	}
	parent := map[Place]edge{}
	seen := map[Place]bool{}
	key := func(p Place) string {
		if d := date(p.Doc); d != "" {
			return d
		}
		return "~" // after all dates
	}
	order := func(a, b Place) int {
		return cmp.Or(cmp.Compare(key(a), key(b)), cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Unit, b.Unit))
	}
	for x := range m.All() {
		old, young := x.A, x.B
		if order(old, young) > 0 {
			old, young = young, old
		}
		seen[old], seen[young] = true, true
		if e, ok := parent[young]; !ok || x.Jaccard > e.near || x.Jaccard == e.near && order(old, e.to) < 0 {
			parent[young] = edge{old, x.Jaccard}
		}
	}
	root := func(p Place) Place {
		for {
			e, ok := parent[p]
			if !ok {
				return p
			}
			p = e.to
		}
	}
	by := map[Place][]Place{}
	for p := range seen {
		r := root(p)
		by[r] = append(by[r], p)
	}
	out := make([]Family, 0, len(by))
	for _, places := range by {
		slices.SortFunc(places, order)
		at := map[Place]int{}
		f := Family{Members: make([]Member, len(places))}
		for i, p := range places {
			at[p] = i
			f.Members[i] = Member{Place: p, Parent: -1}
			if e, ok := parent[p]; ok {
				f.Members[i].Parent, f.Members[i].Near = at[e.to], e.near // older, so it is there
				f.Members[at[e.to]].Copies++
			}
		}
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Family) int {
		return cmp.Or(cmp.Compare(len(b.Members), len(a.Members)), order(a.Members[0].Place, b.Members[0].Place))
	})
	return out
}
