package redline

import (
	"sort"

	"github.com/openassay/assay/text"
)

// order finds what moved: what is out of order among what stayed, and what stands under another provision.
func (c *comparison) order() {
	var list []int // paired units of the earlier text, in its order
	for i := range c.a.units {
		if c.a.units[i].to != nil {
			list = append(list, i)
		}
	}
	list = c.articlesMoved(list)
	stay := c.heaviest(list)
	for k, i := range list {
		u := &c.a.units[i]
		if !stay[k] && u.leaf && len(u.words) > 0 {
			u.moved = true
		}
	}
	c.rehoused()
}

// perUnit makes the number of units count before that of their words: of two ways to say what moved the one with fewer moves.
const perUnit = 1_000_000

// heaviest finds the most units that stand in the same order in both texts, and among such runs the one with the most words.
func (c *comparison) heaviest(list []int) []bool {
	// Units that were merged into one share its place: each takes the next of its own.
	places, weights := make([]int, len(list)), make([]int, len(list))
	first := make([]int, len(c.b.units)+1)
	for j := range c.b.units {
		first[j+1] = first[j] + max(1, len(c.b.units[j].to))
	}
	taken := map[int]int{}
	for k, i := range list {
		j := c.a.units[i].to[0]
		places[k] = first[j] + taken[j]
		taken[j]++
		weights[k] = perUnit + min(len(c.a.units[i].words), perUnit/1000)
	}
	return rising(places, weights, first[len(c.b.units)])
}

// rehoused marks leaves that stand under another provision than those that stood beside them: the last paragraph of one article became the first
// of the next.
func (c *comparison) rehoused() {
	type link struct{ a, b int }
	words := map[link]int{}
	ofA, ofB := map[int]int{}, map[int]int{}
	parents := func(u, v *unit) link {
		return link{c.a.r.Provisions[u.p].Parent, c.b.r.Provisions[v.p].Parent}
	}
	for i := range c.a.units {
		u := &c.a.units[i]
		if len(u.to) != 1 || u.kin || !u.leaf {
			continue
		}
		l := parents(u, &c.b.units[u.to[0]])
		words[l] += len(u.words) + 1
		ofA[l.a] += len(u.words) + 1
		ofB[l.b] += len(u.words) + 1
	}
	for i := range c.a.units {
		u := &c.a.units[i]
		if len(u.to) != 1 || u.kin || !u.leaf || u.moved || len(u.words) < 3 {
			continue
		}
		v := &c.b.units[u.to[0]]
		l := parents(u, v)
		if l.a < 0 || l.b < 0 || c.a.r.Provisions[l.a].Kind != c.b.r.Provisions[l.b].Kind {
			continue
		}
		w := words[l]
		if w*2 <= ofA[l.a] && w*2 <= ofB[l.b] && w < ofA[l.a] && c.stays(l.a, l.b) {
			u.moved = true
		}
	}
}

// stays says whether provision pa of the earlier text has its own heading unit, and that is paired with another than pb.
func (c *comparison) stays(pa, pb int) bool {
	i := c.a.unit[pa]
	if i < 0 || c.a.units[i].to == nil {
		return true
	}
	return c.b.units[c.a.units[i].to[0]].p != pb
}

// numbers gives the numbers that the address of a provision names, its own first.
func numbers(r *text.Reading, p int) []string {
	var out []string
	for p >= 0 {
		x := r.Provisions[p]
		if x.Num != "" || x.Kind == text.KindArticle {
			out = append(out, string(x.Kind)+" "+x.Num)
		}
		if x.Kind == text.KindArticle {
			for p = x.Parent; p >= 0 && r.Provisions[p].Kind != text.KindAnnex; {
				p = r.Provisions[p].Parent
			}
			continue
		}
		p = x.Parent
	}
	return out
}

// renumbered says whether a pair has another number: its own, or, unless it moved, one in its address.
func (c *comparison) renumbered(u, v *unit) bool {
	p, q := c.a.r.Provisions[u.p], c.b.r.Provisions[v.p]
	if u.moved && !u.block {
		return p.Num != q.Num && p.Num != "" && q.Num != ""
	}
	if p.EID == q.EID && p.Num == q.Num {
		return false
	}
	x, y := numbers(c.a.r, u.p), numbers(c.b.r, v.p)
	if len(x) != len(y) {
		return p.Num != q.Num && p.Num != "" && q.Num != ""
	}
	for i := range x {
		if x[i] != y[i] {
			return true
		}
	}
	return false
}

// changes lists what changed, in the order of the later text.
func (c *comparison) changes() []Change {
	type placed struct {
		c       Change
		at, sub int
	}
	var out []placed
	last := -1
	for i := range c.a.units {
		u := &c.a.units[i]
		if u.to != nil {
			last = u.to[len(u.to)-1]
		}
		ch, ok := c.change(i)
		if !ok {
			continue
		}
		at := last
		if u.to != nil {
			at = u.to[0]
		}
		out = append(out, placed{ch, at, i + 1})
	}
	for j := range c.b.units {
		if v := &c.b.units[j]; v.to == nil && c.tells(c.b, v) {
			ch := Change{Kinds: []Kind{Added}, B: c.place(c.b, v, v), After: c.b.r.Text[v.start:v.end], Edits: []Edit{{Insert, 0, 0, v.start, v.end}}}
			ch.Force = c.oneSided(c.b, v, true)
			out = append(out, placed{ch, j, 0})
		}
	}
	sort.SliceStable(out, func(x, y int) bool {
		if out[x].at != out[y].at {
			return out[x].at < out[y].at
		}
		return out[x].sub < out[y].sub
	})
	list := make([]Change, 0, len(out))
	for _, p := range out {
		p.c.ProposedBy = c.proposers(&p.c)
		list = append(list, p.c)
	}
	return list
}

// change says what became of unit i of the earlier text; false where nothing changed, or another unit says it.
func (c *comparison) change(i int) (Change, bool) {
	u := &c.a.units[i]
	if u.to == nil {
		if !c.tells(c.a, u) {
			return Change{}, false
		}
		ch := Change{Kinds: []Kind{Deleted}, A: c.place(c.a, u, u), Before: c.a.r.Text[u.start:u.end], Edits: []Edit{{Delete, u.start, u.end, 0, 0}}}
		ch.Force = c.oneSided(c.a, u, false)
		return ch, true
	}
	first, end := &c.b.units[u.to[0]], &c.b.units[u.to[len(u.to)-1]]
	from, to := []*unit{u}, []*unit{}
	for _, j := range u.to {
		to = append(to, &c.b.units[j])
	}
	if len(u.to) == 1 && len(first.to) > 1 {
		if first.to[0] != i {
			return Change{}, false
		}
		from = nil
		for _, k := range first.to {
			from = append(from, &c.a.units[k])
		}
	}
	lastA := from[len(from)-1]
	ch := Change{A: c.place(c.a, u, lastA), B: c.place(c.b, first, end)}
	ch.Before, ch.After = c.a.r.Text[ch.A.Start:ch.A.End], c.b.r.Text[ch.B.Start:ch.B.End]
	if u.moved {
		ch.Kinds = append(ch.Kinds, Moved)
	}
	if c.a.own(u) && c.renumbered(u, first) {
		ch.Kinds = append(ch.Kinds, Renumbered)
	}
	d := c.compare(from, to)
	switch {
	case c.b.several(to) || d.split:
		ch.Kinds = append(ch.Kinds, Split)
	case c.a.several(from) || d.merged:
		ch.Kinds = append(ch.Kinds, Merged)
	}
	ch.Kinds = append(ch.Kinds, d.kinds...)
	ch.Edits, ch.Force = d.edits, d.force
	return ch, len(ch.Kinds) > 0
}

// tells says whether a unit that stands in one text alone is worth a change of its own: not the heading over provisions that all stand in it alone.
func (c *comparison) tells(s *side, u *unit) bool {
	if s.own(u) {
		return true
	}
	end := s.r.Provisions[u.p].End
	for p := u.p + 1; p < len(s.r.Provisions) && s.r.Provisions[p].Start < end; p++ {
		if k := s.unit[p]; k >= 0 && s.units[k].to != nil {
			return true
		}
	}
	return false
}

// own says whether a unit has words of its own, and is not only a heading over others.
func (s *side) own(u *unit) bool {
	return u.leaf || hasWords(s.r.Text[min(s.r.Provisions[u.p].Body, u.end):u.end])
}

// several says whether more than one of the units has words of its own.
func (s *side) several(units []*unit) bool {
	n := 0
	for _, u := range units {
		if s.own(u) && !u.title {
			n++
		}
	}
	return n > 1
}

func hasWords(s string) bool {
	for _, r := range s {
		if r != ' ' && r != '\n' {
			return true
		}
	}
	return false
}

func (c *comparison) place(s *side, first, last *unit) *Side {
	return &Side{EID: s.r.Provisions[first.p].EID, Start: first.start, End: max(first.end, last.end)}
}
