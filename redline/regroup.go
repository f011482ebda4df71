package redline

// Shares of words by which a unit counts as a part of another.
const (
	partWithin = 0.75 // of the part's words that stand in the whole and in no other part
	partWords  = 3
)

// regroup finds what was split and what was merged: an unpaired unit whose words stand in the partner of the unit beside it.
func (c *comparison) regroup() {
	c.parts(c.b, c.a)
	c.parts(c.a, c.b)
}

// parts attaches unpaired units of x to units of y whose words they are parts of. The units of x that one unit of y became stand beside each other.
func (c *comparison) parts(x, y *side) {
	c.headings(x, y)
	for changed := true; changed; {
		changed = false
		for k := range x.units {
			if x.units[k].to != nil || len(x.units[k].words) < partWords {
				continue
			}
			for _, d := range []int{-1, 1} {
				n := k + d
				if n < 0 || n >= len(x.units) || len(x.units[n].to) != 1 {
					continue
				}
				w := x.units[n].to[0]
				if c.attach(x, y, k, w) {
					changed = true
					break
				}
			}
		}
	}
	c.wholes(x, y)
}

// headings attaches a heading of x that is a unit of its own (over provisions, or a line that the reader took for a paragraph) to the unit of y that
// holds both the heading and the words behind it.
func (c *comparison) headings(x, y *side) {
	for k := 0; k+1 < len(x.units); k++ {
		u, n := &x.units[k], &x.units[k+1]
		if u.to != nil || len(u.words) == 0 || len(n.to) != 1 {
			continue
		}
		w := &y.units[n.to[0]]
		body, in := y.r.Provisions[w.p].Body, 0
		for _, t := range w.toks {
			if !t.mark && t.end <= body {
				in++
			}
		}
		if len(w.to) != 1 || len(w.words) == in || in != len(u.words) || hashOf(w.words[:in]) != u.hash {
			continue
		}
		u.to, u.title = n.to, true
		w.to = []int{k, k + 1}
		u.kin, n.kin, w.kin = true, true, true
	}
}

// attach makes unit k of x a part of unit w of y, if its words stand there and in none of the parts already found.
func (c *comparison) attach(x, y *side, k, w int) bool {
	var have []int32
	for _, p := range y.units[w].to {
		if len(x.units[p].to) != 1 {
			return false
		}
		have = append(have, x.units[p].words...)
	}
	whole, part := y.units[w].words, x.units[k].words
	gain := c.common(whole, append(append([]int32(nil), have...), part...)) - c.common(whole, have)
	if gain < partWithin*c.mass(part) || !inOrder(whole, part) {
		return false
	}
	y.units[w].to = insert(y.units[w].to, k)
	x.units[k].to = []int{w}
	y.units[w].kin = true
	for _, p := range y.units[w].to {
		x.units[p].kin = true
	}
	return true
}

// inOrder says whether most words of part follow each other in whole as they do in part.
func inOrder(whole, part []int32) bool {
	if len(part) < 4 {
		return true
	}
	in := map[[2]int32]bool{}
	for i := 0; i+1 < len(whole); i++ {
		in[[2]int32{whole[i], whole[i+1]}] = true
	}
	n := 0
	for i := 0; i+1 < len(part); i++ {
		if in[[2]int32{part[i], part[i+1]}] {
			n++
		}
	}
	return n*10 >= (len(part)-1)*6
}

func insert(list []int, k int) []int {
	out := make([]int, 0, len(list)+1)
	done := false
	for _, x := range list {
		if !done && k < x {
			out = append(out, k)
			done = true
		}
		out = append(out, x)
	}
	if !done {
		out = append(out, k)
	}
	return out
}

// wholes finds unpaired units of y that became several unpaired units of x beside each other.
func (c *comparison) wholes(x, y *side) {
	index := map[uint64][]int{}
	for k := range x.units {
		if x.units[k].to == nil && len(x.units[k].words) >= partWords {
			runs(x.units[k].words, func(h uint64) {
				if l := index[h]; len(l) <= fewPlaces && (len(l) == 0 || l[len(l)-1] != k) {
					index[h] = append(l, k)
				}
			})
		}
	}
	if len(index) == 0 {
		return
	}
	for w := range y.units {
		u := &y.units[w]
		if u.to != nil || len(u.words) < 2*partWords {
			continue
		}
		best, most := -1, 0
		count := map[int]int{}
		runs(u.words, func(h uint64) {
			for _, k := range index[h] {
				count[k]++
				if count[k] > most || count[k] == most && k < best {
					best, most = k, count[k]
				}
			}
		})
		if best < 0 || x.units[best].to != nil {
			continue
		}
		var list []int
		var have []int32
		fits := func(k int) bool {
			if k < 0 || k >= len(x.units) || x.units[k].to != nil || len(x.units[k].words) < partWords {
				return false
			}
			part := x.units[k].words
			gain := c.common(u.words, append(append([]int32(nil), have...), part...)) - c.common(u.words, have)
			if gain < partWithin*c.mass(part) || !inOrder(u.words, part) {
				return false
			}
			list, have = insert(list, k), append(have, part...)
			return true
		}
		for k := best; fits(k); k++ {
		}
		for k := best - 1; len(list) > 0 && fits(k); k-- {
		}
		if len(list) < 2 || c.common(u.words, have) < 0.7*c.mass(u.words) {
			continue
		}
		u.to, u.kin = list, true
		for _, k := range list {
			x.units[k].to, x.units[k].kin = []int{w}, true
		}
	}
}
