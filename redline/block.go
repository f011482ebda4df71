package redline

import (
	"sort"

	"github.com/openassay/assay/text"
)

// articlesMoved marks the units of articles that moved as a whole, and gives the others: the fewest articles count as moved, however many provisions
// stand in them.
func (c *comparison) articlesMoved(list []int) []int {
	type link struct{ a, b int }
	count := map[link]int{}
	sizeA, sizeB := map[int]int{}, map[int]int{}
	at := func(i int) link {
		u := &c.a.units[i]
		return link{c.a.article(u.p), c.b.article(c.b.units[u.to[0]].p)}
	}
	for _, i := range list {
		l := at(i)
		count[l]++
		sizeA[l.a]++
		sizeB[l.b]++
	}
	var same []link // articles most of which went into one that is mostly them, in the order of the earlier text
	for l, n := range count {
		if l.a >= 0 && l.b >= 0 && n*2 > sizeA[l.a] && n*2 > sizeB[l.b] {
			same = append(same, l)
		}
	}
	sort.Slice(same, func(x, y int) bool { return same[x].a < same[y].a })
	places, weights := make([]int, len(same)), make([]int, len(same))
	for k, l := range same {
		places[k] = l.b
		weights[k] = perUnit + min(c.a.r.Provisions[l.a].End-c.a.r.Provisions[l.a].Start, perUnit/1000)
	}
	stay := rising(places, weights, len(c.b.r.Provisions))
	moved := map[link]bool{}
	for k, l := range same {
		if !stay[k] {
			moved[l] = true
		}
	}
	if len(moved) == 0 {
		return list
	}
	var rest []int
	for _, i := range list {
		u := &c.a.units[i]
		if !moved[at(i)] {
			rest = append(rest, i)
		} else if c.a.own(u) && len(u.words) > 0 {
			u.moved, u.block = true, true
		}
	}
	return rest
}

// article is the innermost article around a provision, itself included; -1 where it stands in none.
func (s *side) article(p int) int {
	for p >= 0 && s.r.Provisions[p].Kind != text.KindArticle {
		p = s.r.Provisions[p].Parent
	}
	return p
}

// rising finds the heaviest run of things whose places rise strictly; places are below n.
func rising(places, weights []int, n int) []bool {
	type state struct{ weight, at int }
	tree := make([]state, n+2)
	for i := range tree {
		tree[i].at = -1
	}
	back := make([]int, len(places))
	best := state{at: -1}
	for k, place := range places {
		top := state{at: -1}
		for p := place; p > 0; p -= p & -p {
			if tree[p].weight > top.weight {
				top = tree[p]
			}
		}
		back[k] = top.at
		s := state{top.weight + weights[k], k}
		for p := place + 1; p <= n+1; p += p & -p {
			if s.weight > tree[p].weight {
				tree[p] = s
			}
		}
		if s.weight > best.weight {
			best = s
		}
	}
	stay := make([]bool, len(places))
	for k := best.at; k >= 0; k = back[k] {
		stay[k] = true
	}
	return stay
}
