package overlap

import (
	"cmp"
	"slices"
	"sort"
)

// Index answers which units of many documents are like those of one more, without looking at all of them. It grows: documents lie in segments of
// which each is at least twice as large as the next, and a new one is put together with the small ones. Not for several goroutines while it grows.
type Index struct {
	m        measure
	docs     int
	segments []*segment
}

// segment is an index over some of the documents that is not changed any more.
type segment struct {
	docs  []*Document
	first int // number of its first document in the index
	units int
	sets  *sets
	front *postings
}

// NewIndex is an empty index for pairs whose Jaccard measure is at least t.
func NewIndex(t float64) *Index { return &Index{m: measure{t: t}} }

// Add takes in documents. They are numbered in the order in which they come, from 0.
func (x *Index) Add(docs ...*Document) {
	if len(docs) == 0 {
		return
	}
	s := &segment{docs: docs, first: x.docs}
	x.docs += len(docs)
	for _, d := range docs {
		s.units += len(d.Units)
	}
	for n := len(x.segments); n > 0 && x.segments[n-1].units < 2*s.units; n-- {
		last := x.segments[n-1]
		s = &segment{docs: append(slices.Clip(last.docs), s.docs...), first: last.first, units: last.units + s.units}
		x.segments = x.segments[:n-1]
	}
	s.sets = newSets(s.docs, 0) // also grams that are in one set only: the next document may have them
	s.front = newPostings(s.sets.all, func(i int) int {
		o := &s.sets.all[i]
		return int(prefix(o, x.m.smallest(int(o.size))))
	})
	x.segments = append(x.segments, s)
}

// Like gives the matches of a document that is not in the index, in the order of its units, the likest first. A is the unit of the document, with
// number 0 for the document; B the unit in the index.
func (x *Index) Like(d *Document) []Match {
	var out []Match
	for _, s := range x.segments {
		out = s.like(x.m, d, out)
	}
	slices.SortFunc(out, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.A.Unit, b.A.Unit), cmp.Compare(b.Jaccard, a.Jaccard), cmp.Compare(a.B.Doc, b.B.Doc), cmp.Compare(a.B.Unit, b.B.Unit))
	})
	return out
}

func (s *segment) like(m measure, d *Document, out []Match) []Match {
	var sorter keySorter
	shared := make([]int32, len(s.sets.all)) // by set: keys of the prefixes found in both so far; -1 where they cannot reach the threshold
	var seen []int32
	var room []uint64
	for ui := range d.Units {
		grams := d.Units[ui].Grams
		u := set{size: int32(len(grams))}
		u.keys, room = sorter.keys(room, grams, s.sets.counts)
		least, largest := m.smallest(len(grams)), int32(m.largest(len(grams)))
		seen = seen[:0]
		for i, key := range u.keys[:prefix(&u, least)] {
			list := s.front.of(key)
			list = list[sort.Search(len(list), func(k int) bool { return int(s.sets.all[list[k].set].size) >= least }):]
			for _, e := range list {
				o := &s.sets.all[e.set]
				if o.size > largest {
					break // so are all that follow
				}
				n := shared[e.set]
				if n < 0 {
					continue
				}
				if n == 0 {
					seen = append(seen, e.set)
				}
				shared[e.set] = n + 1
				if most := int(n) + min(len(u.keys)-i, len(o.keys)-int(e.at)); float64(most) < m.least(len(grams), int(o.size)) {
					shared[e.set] = -1
				}
			}
		}
		for _, y := range seen {
			n := shared[y]
			shared[y] = 0
			if n < 0 {
				continue
			}
			o := &s.sets.all[y]
			need := m.need(len(grams), int(o.size))
			if both := common(u.keys, o.keys, need); both >= need {
				match := newMatch(both, len(grams), int(o.size))
				match.A = Place{0, ui}
				for _, r := range s.sets.members[y] {
					match.B = Place{s.first + int(r.doc), int(r.unit)}
					out = append(out, match)
				}
			}
		}
	}
	return out
}
