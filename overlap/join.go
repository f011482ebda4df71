package overlap

import (
	"cmp"
	"slices"
	"sort"
)

// Place is a unit by the numbers of its document and of itself in the lists that were given.
type Place struct{ Doc, Unit int }

// Match is a pair of units of two documents. A is of the document that comes first in the list.
type Match struct {
	A, B    Place
	Both    int     // grams that are in both
	Either  int     // grams that are in either
	Jaccard float64 // Both / Either
	Within  float64 // Both / the grams of the unit that has fewer: how much of the one is in the other
}

// Matches are all pairs of a join. Where a thousand documents repeat each other there are half a million pairs; they are kept as pairs of groups
// of units with the same grams and written out one at a time.
type Matches struct {
	sets  *sets
	pairs []pair
}

// pair is a pair of sets, or a set of several units with itself.
type pair struct{ a, b, both int32 }

// Join gives the pairs of units of different documents whose Jaccard measure is at least t, 0 < t ≤ 1. Units of one document are not paired.
func Join(docs []*Document, t float64) *Matches { return join(docs, measure{t: t}) }

// JoinContained is Join for pairs where at least t of the grams of the unit with fewer are in the other: a clause that was taken into a longer one.
func JoinContained(docs []*Document, t float64) *Matches {
	return join(docs, measure{t: t, contain: true})
}

func join(docs []*Document, m measure) *Matches {
	s := newSets(docs, 1)
	out := &Matches{sets: s}
	front := make([]int32, len(s.all)) // keys that are in the index
	for i := range s.all {
		front[i] = prefix(&s.all[i], m.need(int(s.all[i].size), int(s.all[i].size)))
	}
	index := newPostings(s.all, func(i int) int { return int(front[i]) })
	var probers [workers]*prober
	for w := range probers {
		probers[w] = &prober{m: m, sets: s.all, index: index, shared: make([]int32, len(s.all))}
	}
	inParallel(len(s.all), func(w, from, to int) {
		for i := from; i < to; i++ {
			if len(s.members[i]) > 1 && s.all[i].one < 0 {
				probers[w].found = append(probers[w].found, pair{int32(i), int32(i), s.all[i].size})
			}
			probers[w].probe(int32(i))
		}
	})
	for _, p := range probers {
		out.pairs = append(out.pairs, p.found...)
	}
	slices.SortFunc(out.pairs, func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	for i := range s.all { // what was found does not need them
		s.all[i].keys = nil
	}
	return out
}

// prefix is how many keys of a set must be looked at so that no set that shares need grams with it is missed. Grams that occur nowhere else
// are the rarest and come first; none of them is among the keys.
func prefix(s *set, need int) int32 {
	return int32(max(len(s.keys)-need+1, 0))
}

// prober looks for partners of sets.
type prober struct {
	m      measure
	sets   []set
	index  *postings
	shared []int32 // by set: keys of the prefixes found in both so far; -1 where they cannot reach the threshold
	seen   []int32
	found  []pair
}

// probe finds the partners of set x among those before it.
func (p *prober) probe(x int32) {
	s := &p.sets[x]
	least := p.m.smallest(int(s.size))
	p.seen = p.seen[:0]
	for i, key := range s.keys[:prefix(s, least)] {
		list := p.index.of(key)
		if len(list) > 16 { // the smallest sets come first
			list = list[sort.Search(len(list), func(k int) bool { return int(p.sets[list[k].set].size) >= least }):]
		}
		for _, e := range list {
			if e.set >= x {
				break
			}
			y := &p.sets[e.set]
			if int(y.size) < least || y.one >= 0 && y.one == s.one {
				continue
			}
			n := p.shared[e.set]
			if n < 0 {
				continue
			}
			if n == 0 {
				p.seen = append(p.seen, e.set)
			}
			most := int(n) + min(len(s.keys)-i, len(y.keys)-int(e.at))
			if float64(most) < p.m.least(int(s.size), int(y.size)) {
				p.shared[e.set] = -1
				continue
			}
			p.shared[e.set] = n + 1
		}
	}
	for _, y := range p.seen {
		n := p.shared[y]
		p.shared[y] = 0
		if n < 0 {
			continue
		}
		o := &p.sets[y]
		need := p.m.need(int(s.size), int(o.size))
		if both := common(s.keys, o.keys, need); both >= need {
			p.found = append(p.found, pair{y, x, int32(both)})
		}
	}
}

// common counts the keys in both lists; it stops, with a number below need, once need can no longer be reached.
func common(a, b []uint64, need int) int {
	n := 0
	for len(a) > 0 && len(b) > 0 {
		x, y := a[0], b[0]
		if x == y {
			n++
			a, b = a[1:], b[1:]
			continue
		}
		if x < y {
			a = a[1:]
		} else {
			b = b[1:]
		}
		if n+min(len(a), len(b)) < need {
			return n
		}
	}
	return n
}

// Len is the number of pairs. It does not write them out.
func (m *Matches) Len() int {
	n := 0
	for _, p := range m.pairs {
		as, bs := m.sets.members[p.a], m.sets.members[p.b]
		if p.a == p.b {
			n += (len(as)*len(as) - sameDocument(as, as)) / 2
		} else {
			n += len(as)*len(bs) - sameDocument(as, bs)
		}
	}
	return n
}

// Uncommon leaves out the wordings that so many units have that they tell nothing of who has them from whom: pairs of groups that are written out as
// more than most pairs of units. left is how many pairs of units those are.
func (m *Matches) Uncommon(most int) (rest *Matches, left int) {
	rest = &Matches{sets: m.sets}
	for _, p := range m.pairs {
		n := len(m.sets.members[p.a]) * len(m.sets.members[p.b])
		if p.a == p.b {
			n /= 2
		}
		if n <= most {
			rest.pairs = append(rest.pairs, p)
		}
	}
	if len(rest.pairs) < len(m.pairs) {
		left = m.Len() - rest.Len()
	}
	return rest, left
}

// Groups is the number of pairs of groups of units with the same grams: what the join itself has to find.
func (m *Matches) Groups() int { return len(m.pairs) }

// sameDocument counts the pairs of a unit of each list that are of one document. Both lists are in the order of the documents.
func sameDocument(as, bs []ref) int {
	n := 0
	for len(as) > 0 && len(bs) > 0 {
		switch a, b := as[0].doc, bs[0].doc; {
		case a < b:
			as = as[1:]
		case a > b:
			bs = bs[1:]
		default:
			i, j := 0, 0
			for i < len(as) && as[i].doc == a {
				i++
			}
			for j < len(bs) && bs[j].doc == a {
				j++
			}
			n += i * j
			as, bs = as[i:], bs[j:]
		}
	}
	return n
}

// All gives each pair once, the documents of a pair in the order of the list.
func (m *Matches) All() func(yield func(Match) bool) {
	return func(yield func(Match) bool) {
		for _, p := range m.pairs {
			as, bs := m.sets.members[p.a], m.sets.members[p.b]
			match := newMatch(int(p.both), int(m.sets.all[p.a].size), int(m.sets.all[p.b].size))
			for i, a := range as {
				if p.a == p.b {
					bs = as[i+1:]
				}
				for _, b := range bs {
					x, y := a, b
					if x.doc > y.doc {
						x, y = y, x
					}
					if x.doc == y.doc {
						continue
					}
					match.A, match.B = Place{int(x.doc), int(x.unit)}, Place{int(y.doc), int(y.unit)}
					if !yield(match) {
						return
					}
				}
			}
		}
	}
}

func newMatch(both, a, b int) Match {
	return Match{Both: both, Either: a + b - both, Jaccard: float64(both) / float64(a+b-both), Within: float64(both) / float64(min(a, b))}
}
