package redline

import (
	"math"
	"sort"
)

// match pairs units one to one: equal words first, then the most alike.
func (c *comparison) match() {
	c.sameWords()
	c.alike()
}

func (c *comparison) join(i, j int) {
	c.a.units[i].to = []int{j}
	c.b.units[j].to = []int{i}
}

// occurrences are the units of the two texts that have the same words.
type occurrences struct{ a, b []int }

// sameWords pairs units with the same words: those that occur once in both texts, then the others by what stands around them.
func (c *comparison) sameWords() {
	by := map[uint64]*occurrences{}
	order := []uint64{}
	for i := range c.a.units {
		u := &c.a.units[i]
		if by[u.hash] == nil {
			by[u.hash] = &occurrences{}
			order = append(order, u.hash)
		}
		by[u.hash].a = append(by[u.hash].a, i)
	}
	for j := range c.b.units {
		if l := by[c.b.units[j].hash]; l != nil {
			l.b = append(l.b, j)
		}
	}
	var repeated []*occurrences
	for _, h := range order {
		l := by[h]
		if len(l.b) == 0 {
			continue
		}
		if len(l.a) == 1 && len(l.b) == 1 && len(c.a.units[l.a[0]].words) > 0 {
			c.join(l.a[0], l.b[0])
			continue
		}
		repeated = append(repeated, l)
	}
	c.repeated(repeated)
}

// nearRanks is how far from each other in order two occurrences of the same words may stand to be compared by what is around them.
const nearRanks = 40

// mostCandidates bounds how many pairs are compared in one round, whatever the texts: memory and time stay near linear.
const mostCandidates = 2_000_000

// scaled gives how many candidates each of n units may have: most, or fewer where there are very many units.
func scaled(most, n int) int {
	if n == 0 {
		return most
	}
	return max(1, min(most, mostCandidates/n))
}

// repeated pairs units whose words come again: those first that have the most in common around them, then the others in order.
func (c *comparison) repeated(lists []*occurrences) {
	var all []candidate
	total := 0
	for _, l := range lists {
		total += len(l.a)
	}
	near := scaled(nearRanks, total)
	for _, l := range lists {
		for x, i := range l.a {
			for y := max(0, x-near); y < min(len(l.b), x+near+1); y++ {
				if s := c.around(i, l.b[y]); s > 0 {
					all = append(all, candidate{i, l.b[y], s})
				}
			}
		}
	}
	c.greedy(all)
	for _, l := range lists {
		y := 0
		for _, i := range l.a {
			if c.a.units[i].to != nil || len(c.a.units[i].words) == 0 {
				continue
			}
			for y < len(l.b) && c.b.units[l.b[y]].to != nil {
				y++
			}
			if y < len(l.b) {
				c.join(i, l.b[y])
			}
		}
	}
}

// around says how much two units with the same words have in common around them: pairs or the same words, the nearer the more, and the address.
func (c *comparison) around(i, j int) float64 {
	const reach = 4
	s := 0.0
	for d := 1; d <= reach; d++ {
		for _, sign := range []int{-1, 1} {
			x, y := i+d*sign, j+d*sign
			outA, outB := x < 0 || x >= len(c.a.units), y < 0 || y >= len(c.b.units)
			switch near := float64(reach + 1 - d); {
			case outA || outB:
				if outA && outB {
					s += near
				}
			case c.a.units[x].to != nil:
				if off := c.a.units[x].to[0] - y; off == 0 {
					s += near
				} else if off >= -2 && off <= 2 { // something came or went between
					s += near / 2
				}
			case c.a.units[x].hash == c.b.units[y].hash:
				s += near / 2
			}
		}
	}
	if s > 0 && c.a.r.Provisions[c.a.units[i].p].EID == c.b.r.Provisions[c.b.units[j].p].EID {
		s += 0.5
	}
	return s
}

// weight of a form: common words tell less, though never nothing, or two sentences of a schedule that differ in a figure would have nothing in common.
func (c *comparison) weight(w int32) float64 {
	return commonWord + (1-commonWord)*math.Log(1+float64(c.n)/float64(c.df[w]))/math.Log(1+float64(c.n))
}

const commonWord = 0.3 // the least weight

func (c *comparison) mass(words []int32) float64 {
	sum := 0.0
	for _, w := range words {
		sum += c.weight(w)
	}
	return sum
}

// common gives the weight of the words that two lists share, each as often as both have it.
func (c *comparison) common(x, y []int32) float64 {
	if len(x) > len(y) {
		x, y = y, x
	}
	count := make(map[int32]int, len(x))
	for _, w := range x {
		count[w]++
	}
	sum := 0.0
	for _, w := range y {
		if count[w] > 0 {
			count[w]--
			sum += c.weight(w)
		}
	}
	return sum
}

// similarity of two lists of words: 0 nothing in common, 1 the same words.
func (c *comparison) similarity(x, y []int32) float64 {
	m := c.mass(x) + c.mass(y)
	if m == 0 {
		return 0
	}
	return 2 * c.common(x, y) / m
}

type candidate struct {
	i, j  int
	score float64
}

// Thresholds of likeness, tried on edits of real texts (docs/documents.md).
const (
	alikeHere  = 0.42 // between the same neighbours
	alikeThere = 0.60 // anywhere
	alikeShort = 0.30 // the same number between the same neighbours
	shortWords = 9
	fewPlaces  = 60 // a run of words that stands in more units tells nothing
	gapReach   = 40
)

// alike pairs what is left by likeness, the most alike first.
func (c *comparison) alike() {
	var all []candidate
	seen := map[[2]int]bool{}
	try := func(i, j int, here bool) {
		if c.b.units[j].to != nil || seen[[2]int{i, j}] {
			return
		}
		seen[[2]int{i, j}] = true
		u, v := &c.a.units[i], &c.b.units[j]
		if u.leaf != v.leaf && (len(u.words) == 0 || len(v.words) == 0) {
			return
		}
		s := c.similarity(u.words, v.words)
		p, q := c.a.r.Provisions[u.p], c.b.r.Provisions[v.p]
		sameNum := p.Num == q.Num && p.Kind == q.Kind
		ok := s >= alikeThere && min(len(u.words), len(v.words)) >= 4
		if here {
			ok = ok || s >= alikeHere || sameNum && p.Num != "" && s >= alikeShort && max(len(u.words), len(v.words)) <= shortWords
			s += 0.04
		}
		if !ok {
			return
		}
		if sameNum {
			s += 0.02
		}
		if p.EID == q.EID {
			s += 0.04
		}
		all = append(all, candidate{i, j, s})
	}
	index := c.shingles()
	gaps := c.gaps()
	left := 0
	for i := range c.a.units {
		if c.a.units[i].to == nil {
			left++
		}
	}
	reach, few := scaled(gapReach, left), scaled(10, left)
	for i := range c.a.units {
		u := &c.a.units[i]
		if u.to != nil {
			continue
		}
		lo, hi := gaps(i)
		for j := max(lo+1, 0); j < hi && j <= lo+reach; j++ {
			try(i, j, true)
		}
		for j := hi - 1; j > lo+reach && j > hi-reach; j-- {
			try(i, j, true)
		}
		hits := map[int]int{}
		runs(u.words, func(h uint64) {
			if l := index[h]; len(l) <= fewPlaces {
				for _, j := range l {
					hits[j]++
				}
			}
		})
		best := make([]int, 0, len(hits))
		for j := range hits {
			best = append(best, j)
		}
		sort.Slice(best, func(x, y int) bool {
			if hits[best[x]] != hits[best[y]] {
				return hits[best[x]] > hits[best[y]]
			}
			return best[x] < best[y]
		})
		for _, j := range best[:min(len(best), few)] {
			try(i, j, false)
		}
	}
	c.greedy(all)
}

// greedy joins candidates, the best first.
func (c *comparison) greedy(all []candidate) {
	sort.Slice(all, func(x, y int) bool {
		if all[x].score != all[y].score {
			return all[x].score > all[y].score
		}
		if all[x].i != all[y].i {
			return all[x].i < all[y].i
		}
		return all[x].j < all[y].j
	})
	for _, p := range all {
		if c.a.units[p.i].to == nil && c.b.units[p.j].to == nil {
			c.join(p.i, p.j)
		}
	}
}

// gaps gives a function that says between which units of the later text a unit of the earlier one stands, by its nearest paired neighbours.
// An empty gap comes as hi ≤ lo+1.
func (c *comparison) gaps() func(i int) (lo, hi int) {
	prev, next := make([]int, len(c.a.units)), make([]int, len(c.a.units))
	last := -1
	for i := range c.a.units {
		if t := c.a.units[i].to; t != nil {
			last = t[0]
		}
		prev[i] = last
	}
	last = len(c.b.units)
	for i := len(c.a.units) - 1; i >= 0; i-- {
		if t := c.a.units[i].to; t != nil {
			last = t[0]
		}
		next[i] = last
	}
	return func(i int) (int, int) {
		lo, hi := prev[i], next[i]
		if hi <= lo { // a neighbour moved: look behind the one before
			hi = min(lo+gapReach, len(c.b.units))
		}
		return lo, hi
	}
}

// shingles indexes the runs of three words of the unpaired units of the later text.
func (c *comparison) shingles() map[uint64][]int {
	index := map[uint64][]int{}
	for j := range c.b.units {
		if c.b.units[j].to != nil {
			continue
		}
		runs(c.b.units[j].words, func(h uint64) {
			if l := index[h]; len(l) == 0 || l[len(l)-1] != j {
				if len(l) <= fewPlaces {
					index[h] = append(l, j)
				}
			}
		})
	}
	return index
}

// runs calls f for the hash of every three words that follow each other; of the whole where there are fewer.
func runs(words []int32, f func(uint64)) {
	const n = 3
	if len(words) > 0 && len(words) < n {
		f(mix(words))
		return
	}
	for i := 0; i+n <= len(words); i++ {
		f(mix(words[i : i+n]))
	}
}

func mix(words []int32) uint64 {
	h := uint64(len(words)) * 0x9e3779b97f4a7c15
	for _, w := range words {
		h = (h ^ uint64(uint32(w))) * 0xff51afd7ed558ccd
		h ^= h >> 33
	}
	return h
}
