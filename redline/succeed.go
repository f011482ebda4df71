package redline

// pair is a unit of the earlier text with what it became.
type pair struct {
	a  string
	to []string
}

// Succession says where the addresses of an earlier reading lead in a later one of the same text.
type Succession struct {
	From string `json:"from"` // SHA-256 of the earlier reading, where it is kept; "" from Successors
	Into string `json:"into"` // of the later one

	To   map[string][]string `json:"to"`   // eId → eIds in the later reading, in its order; several where it was split
	Gone []string            `json:"gone"` // eIds whose words stand nowhere in the later reading, in the order of the earlier
}

func (c *comparison) pairs() []pair {
	var out []pair
	for i := range c.a.units {
		u := &c.a.units[i]
		p := pair{a: c.a.r.Provisions[u.p].EID}
		for _, j := range u.to {
			p.to = append(p.to, c.b.r.Provisions[c.b.units[j].p].EID)
		}
		out = append(out, p)
	}
	return out
}

// Successors says where each address of the earlier reading leads in the later one. An address over others (an article with paragraphs) leads where
// most of what stood under it went, to a provision of the same kind where there is one.
func (r *Redline) Successors() Succession {
	s := Succession{To: map[string][]string{}, Gone: []string{}}
	for _, p := range r.pairs {
		if len(p.to) > 0 {
			s.To[p.a] = p.to
		}
	}
	index := make(map[string]int, len(r.b.Provisions))
	for j, p := range r.b.Provisions {
		index[p.EID] = j
	}
	votes := map[int]map[int]int{} // provision of the earlier reading → provision of the later → bytes
	for i := range r.a.Provisions {
		p := r.a.Provisions[i]
		to := s.To[p.EID]
		if len(to) == 0 {
			continue
		}
		for x, up := i, 0; x >= 0 && up < 12; x, up = r.a.Provisions[x].Parent, up+1 {
			if x == i {
				continue
			}
			for y, down := index[to[0]], 0; y >= 0 && down < 12; y, down = r.b.Provisions[y].Parent, down+1 {
				if r.b.Provisions[y].Kind == r.a.Provisions[x].Kind {
					if votes[x] == nil {
						votes[x] = map[int]int{}
					}
					votes[x][y] += p.End - p.Start
					break
				}
			}
		}
	}
	for i, p := range r.a.Provisions {
		if s.To[p.EID] != nil {
			continue
		}
		best := -1
		for y, n := range votes[i] {
			if best < 0 || n > votes[i][best] || n == votes[i][best] && y < best {
				best = y
			}
		}
		if best >= 0 {
			s.To[p.EID] = []string{r.b.Provisions[best].EID}
		} else {
			s.Gone = append(s.Gone, p.EID)
		}
	}
	return s
}

// Compact leaves out the addresses that lead to themselves alone: whoever looks one up finds it in the later reading.
func (s Succession) Compact() Succession {
	out := Succession{From: s.From, Into: s.Into, To: map[string][]string{}, Gone: s.Gone}
	for a, to := range s.To {
		if len(to) != 1 || to[0] != a {
			out.To[a] = to
		}
	}
	return out
}

// Follow says where an address of some earlier reading leads now. steps are compact and in order, each from a reading into the next; the last leads into
// the reading of today. known is false where no step tells of the address: then it is one of today's reading, or never was one. An address
// that is gone gives no eIds.
func Follow(steps []Succession, eid string) (eids []string, known bool) {
	at := -1
	for k := len(steps) - 1; k >= 0 && at < 0; k-- { // the latest reading that had it
		if _, ok := steps[k].To[eid]; ok || has(steps[k].Gone, eid) {
			at = k
		}
	}
	if at < 0 {
		return nil, false
	}
	now := []string{eid}
	for _, s := range steps[at:] {
		var next []string
		for _, e := range now {
			switch to, ok := s.To[e]; {
			case ok:
				for _, t := range to {
					if !has(next, t) {
						next = append(next, t)
					}
				}
			case !has(s.Gone, e) && !has(next, e):
				next = append(next, e)
			}
		}
		now = next
	}
	return now, true
}
