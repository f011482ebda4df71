package text

import "strings"

// finish turns nodes into provisions: ends, depths and eIds.
func (s *segmenter) finish() []Provision {
	s.cover0()
	out := make([]Provision, len(s.nodes))
	ids := ids{used: make(map[string]int, len(s.nodes)), places: map[place]int{}, w: s.w, given: map[string]int{}}
	for i, n := range s.nodes { // what a file gives goes before what is made
		if _, twice := ids.given[n.given]; keepable(n.given) && !twice {
			ids.given[n.given], ids.used[n.given] = i, 1
		}
	}
	var open []int
	for i, n := range s.nodes {
		p := &out[i]
		*p = Provision{Kind: n.kind, Num: n.num, Heading: n.head, Start: n.start, Body: n.body, Parent: n.parent, End: len(s.text)}
		if n.parent >= 0 {
			p.Depth = out[n.parent].Depth + 1
		}
		for len(open) > 0 && open[len(open)-1] != n.parent {
			out[open[len(open)-1]].End = n.start
			open = open[:len(open)-1]
		}
		open = append(open, i)
		p.EID = ids.of(s, out, i)
	}
	for i := range out {
		out[i].Body = min(max(out[i].Body, out[i].Start), out[i].End)
	}
	return out
}

// cover0 sees to it that the first provision begins with the text: what stands before is the cover.
func (s *segmenter) cover0() {
	if s.text == "" || len(s.nodes) > 0 && s.nodes[0].start == 0 {
		return
	}
	s.nodes = append([]node{{kind: KindCover, prefix: "cover", id: "-", parent: -1}}, s.nodes...)
	for i := 1; i < len(s.nodes); i++ {
		if s.nodes[i].parent >= 0 {
			s.nodes[i].parent++
		}
	}
}

type place struct {
	parent int
	prefix string
}

// ids makes eIds and keeps them unique.
type ids struct {
	used   map[string]int
	places map[place]int
	given  map[string]int // node of each eId that a file gives and that is kept
	w      *warnings
}

// of gives provision i its eId. Each is prefixed by its parent's, but an article only by an annex's, since articles are
// numbered through the text.
func (d *ids) of(s *segmenter, out []Provision, i int) string {
	n := s.nodes[i]
	if k, ok := d.given[n.given]; ok && k == i {
		d.places[place{n.parent, n.prefix}]++
		return n.given
	}
	var b strings.Builder
	up := n.parent
	if n.kind == KindArticle {
		for up >= 0 && s.nodes[up].kind != KindAnnex {
			up = s.nodes[up].parent
		}
	}
	if up >= 0 {
		b.WriteString(out[up].EID)
		b.WriteString("__")
	}
	b.WriteString(n.prefix)
	at := place{n.parent, n.prefix}
	d.places[at]++
	switch n.id {
	case "-": // named by its prefix alone
	case "":
		if n.prefix != "wrapup" || d.places[at] > 1 {
			b.WriteByte('_')
			b.WriteString(itoa(d.places[at]))
		}
	default:
		b.WriteByte('_')
		b.WriteString(n.id)
	}
	id := b.String()
	if len(id) > maxEID {
		id = id[:maxEID]
	}
	d.used[id]++
	if d.used[id] == 1 {
		return id
	}
	base := id
	for k := d.used[base]; ; k++ {
		id = base + "-" + itoa(k)
		if d.used[id] == 0 {
			d.used[base], d.used[id] = k, 1
			break
		}
	}
	if n.num != "" {
		d.w.addf("the number of %s occurs more than once; this one is called %s", base, id)
	}
	return id
}

// maxEID bounds an eId, which is part of an address.
const maxEID = 200
