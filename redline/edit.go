package redline

// edits lays the words of both sides out in order: the numbers first, then what stayed, went and came. The spans of each side follow each other
// without gaps from its first byte to its last.
func edits(ta, tb []tok, hunks []hunk, from, to []*unit) []Edit {
	u, v := from[0], to[0]
	aEnd, bEnd := from[len(from)-1].end, to[len(to)-1].end
	aStart, bStart := u.from, v.from
	if len(ta) > 0 {
		aStart = min(max(aStart, u.start), ta[0].start)
	}
	if len(tb) > 0 {
		bStart = min(max(bStart, v.start), tb[0].start)
	}
	w := &pen{a: u.start, b: v.start}
	if aStart > u.start || bStart > v.start {
		w.number(aStart, bStart)
	}
	at := func(t []tok, i, end int) int {
		if i < len(t) {
			return t[i].start
		}
		if len(t) > 0 {
			return max(t[len(t)-1].end, 0)
		}
		return end
	}
	for _, h := range hunks {
		a0, b0 := at(ta, h.a0, aStart), at(tb, h.b0, bStart)
		if h.a0 == h.a1 && h.a0 >= len(ta) {
			a0 = max(w.a, a0)
		}
		w.keep(a0, b0)
		both := h.a1 > h.a0 && h.b1 > h.b0 // what became something else ends with its last word; what only went or came takes the blank behind it
		if h.a1 > h.a0 {
			if both {
				w.del(ta[h.a1-1].end)
			} else {
				w.del(at(ta, h.a1, aEnd))
			}
		}
		if h.b1 > h.b0 {
			if both {
				w.ins(tb[h.b1-1].end)
			} else {
				w.ins(at(tb, h.b1, bEnd))
			}
		}
	}
	w.keep(aEnd, bEnd)
	return w.out
}

// pen writes edits; a and b are where each side was left.
type pen struct {
	out  []Edit
	a, b int
}

func (w *pen) keep(a, b int) {
	a, b = max(a, w.a), max(b, w.b)
	if a > w.a || b > w.b {
		w.out = append(w.out, Edit{Keep, w.a, a, w.b, b})
	}
	w.a, w.b = a, b
}

func (w *pen) del(a int) {
	if a > w.a {
		w.out = append(w.out, Edit{Delete, w.a, a, w.b, w.b})
		w.a = a
	}
}

func (w *pen) ins(b int) {
	if b > w.b {
		w.out = append(w.out, Edit{Insert, w.a, w.a, w.b, b})
		w.b = b
	}
}

func (w *pen) number(a, b int) {
	w.out = append(w.out, Edit{Keep, w.a, a, w.b, b})
	w.a, w.b = a, b
}

// marked turns the number before the words into what went and what came, where it is another.
func (r *Redline) marked(list []Edit) []Edit {
	if len(list) == 0 || list[0].Op != Keep {
		return list
	}
	e := list[0]
	if r.a.Text[e.AStart:e.AEnd] == r.b.Text[e.BStart:e.BEnd] || !hasWords(r.a.Text[e.AStart:e.AEnd]+r.b.Text[e.BStart:e.BEnd]) {
		return list
	}
	return append([]Edit{{Delete, e.AStart, e.AEnd, e.BStart, e.BStart}, {Insert, e.AEnd, e.AEnd, e.BStart, e.BEnd}}, list[1:]...)
}
