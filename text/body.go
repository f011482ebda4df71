package text

import (
	"strings"
	"unicode"
)

// item is a paragraph or point while the body of one container is built.
type item struct {
	kind     ProvisionKind
	prefix   string
	id       string
	num      string
	head     string
	start    int
	body     int
	children []*item
	plain    bool // a paragraph without number
}

// level is a list that is open: its style, where it stands, and the item it stands at.
type level struct {
	style style
	last  int
	parts []int
	depth int // as the source nests it; 0 where unknown
	at    *item
}

// maxLists bounds how deep lists nest; deeper ones stay on the last level.
const maxLists = 8

// lists builds the items of one body.
type lists struct {
	s       *segmenter
	top     []*item
	open    []level
	text    *item // the paragraph without number that is open at the top
	wrap    *item // the words after a list that belong to the paragraph around it
	num     string
	article bool
	next    []int // for each line of the body, the next line with a marker
	from    int
}

// body finds the paragraphs and points in lines [from, to), which stand directly under the node parent (-1: under none).
func (s *segmenter) body(parent, from, to int) {
	if parent >= 0 {
		switch s.nodes[parent].kind {
		case KindSignatures, KindCover:
			return
		}
	}
	b := &lists{s: s, from: from, next: make([]int, to-from)}
	if parent >= 0 {
		b.num = s.nodes[parent].id
	}
	marks := make([]marker, to-from)
	has := make([]bool, to-from)
	after := to
	for i := to - 1; i >= from; i-- {
		b.next[i-from] = after
		if m, ok := parseMarker(s.at(i)); ok {
			marks[i-from], has[i-from], after = m, true, i
		}
	}
	for i := from; i < to; i++ {
		if has[i-from] && b.marked(i, marks[i-from]) {
			continue
		}
		var following *marker
		if n := b.next[i-from]; n < to {
			following = &marks[n-from]
		}
		b.plain(i, following)
	}
	b.finish(parent)
}

// marked puts a line with a marker into its list; false where the marker is none in this place ("10.5 million").
func (b *lists) marked(i int, m marker) bool {
	l := b.s.lines[i]
	depth := 0
	if l.hint == hintItem {
		depth = l.level
	}
	at, c, fresh := b.find(m, depth)
	if c.style == styleNone {
		return false
	}
	if fresh && !b.plausible(m, c, i) {
		return false
	}
	it := &item{num: m.num, id: idNum(m.num), start: l.start, body: l.start + m.body}
	if c.style == bullet {
		it.id = ""
	}
	if c.style == hanDot || c.style == hanPar {
		it.id = itoa(c.val)
	}
	b.setHead(it, l, m.body)
	b.open = b.open[:at]
	outer := at == 0 && b.text == nil && (b.wrap == nil || c.style.numeric())
	it.kind, it.prefix = KindPoint, "point"
	if c.style.numeric() && (outer || at == 0 && !b.nestsInText(c)) || c.style == decMulti {
		it.kind, it.prefix = KindParagraph, "para"
	}
	switch {
	case at > 0:
		up := b.open[at-1].at
		up.children = append(up.children, it)
	case it.kind == KindPoint && b.wrap != nil:
		b.wrap.children = append(b.wrap.children, it)
	case it.kind == KindPoint && b.text != nil:
		b.text.children = append(b.text.children, it)
	default:
		b.text, b.wrap = nil, nil
		b.top = append(b.top, it)
	}
	b.open = append(b.open, level{style: c.style, last: c.val, parts: m.parts, depth: depth, at: it})
	return true
}

// nestsInText says whether a numeric list that opens after a paragraph without number is a list of that paragraph: it ends
// with a colon. Otherwise the numbers count the paragraphs, and what stood before is their opening words.
func (b *lists) nestsInText(c candidate) bool {
	if b.text == nil {
		return false
	}
	return len(b.top) > 1 && b.colon(b.text)
}

func (b *lists) colon(it *item) bool {
	end := strings.IndexByte(b.s.text[it.start:], '\n')
	return end > 0 && strings.HasSuffix(b.s.text[it.start:it.start+end], ":")
}

// setHead takes a bold run at the start of an item ("Financing:") for its heading.
func (b *lists) setHead(it *item, l line, from int) {
	if l.lead <= from || l.lead > 120+from {
		return
	}
	t := strings.TrimSpace(b.s.text[l.start+from : l.start+l.lead])
	if !strings.HasSuffix(t, ":") && !strings.HasSuffix(t, ".") || l.start+l.lead >= l.end {
		return
	}
	it.head = strings.TrimRight(t, ":.")
	it.body = l.start + l.lead
	for it.body < l.end && b.s.text[it.body] == ' ' {
		it.body++
	}
}

// find gives the level at which a marker stands: in a list that is open, or fresh below the innermost. Reads the open lists
// from the inside out: first for one that the marker continues, then for a new list, then for one with a gap.
func (b *lists) find(m marker, depth int) (at int, c candidate, fresh bool) {
	fits := func(l level, c candidate) bool {
		return l.style == c.style && (l.depth == depth || l.depth == 0 || depth == 0)
	}
	if m.cands[0].style == decMulti {
		return b.findMulti(m)
	}
	for k := len(b.open) - 1; k >= 0; k-- {
		for _, c := range m.cands {
			if c.style != styleNone && fits(b.open[k], c) && (c.val == b.open[k].last+1 || c.style == bullet) {
				return k, c, false
			}
		}
	}
	deeper := len(b.open)
	if depth > 0 {
		for deeper > 0 && b.open[deeper-1].depth >= depth {
			if o := b.open[deeper-1]; o.depth == depth && o.style.numeric() && m.cands[0].style == bullet {
				break // bullets after a numbered paragraph are its points
			}
			deeper--
		}
	}
	deeper = min(deeper, maxLists)
	for k := len(m.cands) - 1; k >= 0; k-- {
		c := m.cands[k]
		if c.style == styleNone || c.val != 1 && c.style != bullet && c.style != note {
			continue
		}
		for o := deeper - 1; o >= 0; o-- {
			if b.open[o].style == c.style && (depth == 0 || b.open[o].depth == depth) && !b.colon(b.open[len(b.open)-1].at) {
				return o, c, false // the numbering begins again
			}
		}
		return deeper, c, true
	}
	for k := len(b.open) - 1; k >= 0; k-- {
		for _, c := range m.cands {
			if c.style != styleNone && fits(b.open[k], c) {
				return k, c, c.val > b.open[k].last+30 || c.val < b.open[k].last
			}
		}
	}
	return deeper, m.cands[0], true
}

// findMulti places "4.2" beside 4.1, under the open 4, or directly in article 4.
func (b *lists) findMulti(m marker) (at int, c candidate, fresh bool) {
	c = m.cands[0]
	for k := len(b.open) - 1; k >= 0; k-- {
		o := b.open[k]
		if o.style == decMulti && len(o.parts) == len(m.parts) {
			return k, c, m.parts[0] != o.parts[0] && m.parts[0] != o.parts[0]+1
		}
		if len(o.parts) == len(m.parts)-1 && samePrefix(o.parts, m.parts) {
			return min(k+1, maxLists), c, false
		}
	}
	if b.num != "" && (strings.HasPrefix(m.num, b.num+".") || roman(b.num) == m.parts[0]) {
		return 0, c, false
	}
	return 0, c, true
}

func samePrefix(a, b []int) bool {
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return false
		}
	}
	return true
}

// plausible says whether a marker that continues no list may open one: not a year, an amount, or an initial.
func (b *lists) plausible(m marker, c candidate, i int) bool {
	rest := b.s.at(i)[m.body:]
	first := firstRune(rest)
	switch c.style {
	case bullet, note:
		return true
	case decMulti:
		return len(b.open) == 0 && b.num == "" && unicode.IsUpper(first) || first == '“' || first == '"' || isHan(first)
	case decDot:
		return c.val <= 99 && (rest == "" || !unicode.IsLower(first) || c.val == 1) && digit(first) < 0
	case upDot, romanUpDot, lowDot, romanLowDot:
		return c.val == 1 && rest != ""
	}
	return c.val <= 60
}

// plain puts a line without marker into the tree: it goes on with the item that is open, wraps up a list, or is a paragraph.
func (b *lists) plain(i int, following *marker) {
	l, t := b.s.lines[i], b.s.at(i)
	if len(b.open) > 0 {
		inner := b.open[len(b.open)-1]
		if inner.at.body >= b.s.lines[i-1].end && inner.at.start == b.s.lines[i-1].start {
			inner.at.body = l.start // the number stands on a line of its own
			return
		}
		if l.hint == hintItem && l.level > 0 {
			return
		}
		if following != nil {
			if at, c, fresh := b.find(*following, 0); c.style != styleNone && !fresh && at < len(b.open) && at > 0 {
				b.wrapUp(b.open[at].at, at+1, l, len(b.open) == at+1)
				return
			}
		}
		lower := unicode.IsLower(firstRune(t))
		if lower && !strings.ContainsRune(".;:,", lastRune(strings.TrimRight(b.s.text[inner.at.start:l.start], "\n"))) {
			return // a line of the same sentence
		}
		if b.open[0].at.kind == KindParagraph {
			b.wrapUp(b.open[0].at, 1, l, len(b.open) == 1)
			return
		}
		if lower || following != nil && b.continuesTop(following) {
			switch {
			case b.wrap != nil:
				b.open = b.open[:0]
			case b.text != nil:
				b.wrapUp(b.text, 0, l, false)
			}
			return
		}
	}
	b.open, b.wrap = b.open[:0], nil
	if n := len(b.top); n > 0 && !b.top[n-1].plain {
		// The first paragraphs had numbers: words without one belong to the last of them.
		if b.top[n-1].kind == KindParagraph {
			b.wrapUp(b.top[n-1], 0, l, len(b.top[n-1].children) == 0)
			return
		}
	}
	b.text = &item{kind: KindParagraph, prefix: "para", start: l.start, body: l.start, plain: true}
	b.setHead(b.text, l, 0)
	b.top = append(b.top, b.text)
}

// continuesTop says whether the next marker goes on with the outermost open list.
func (b *lists) continuesTop(m *marker) bool {
	for _, c := range m.cands {
		if c.style != styleNone && c.style == b.open[0].style && c.val == b.open[0].last+1 && c.style != bullet {
			return true
		}
	}
	return false
}

// wrapUp gives a line to the item around a list that is over. Where the item has no list, the line simply goes on with it.
func (b *lists) wrapUp(it *item, keep int, l line, bare bool) {
	b.open = b.open[:min(keep, len(b.open))]
	if bare || len(it.children) == 0 {
		return
	}
	w := it.children[len(it.children)-1]
	if w.prefix != "wrapup" || len(w.children) > 0 {
		w = &item{kind: KindParagraph, prefix: "wrapup", start: l.start, body: l.start}
		it.children = append(it.children, w)
	}
	if keep == 0 {
		b.wrap = w
	} else {
		b.open = append(b.open, level{style: styleNone, at: w})
	}
}

// finish dissolves paragraphs without number that are only the container's own words, and appends the nodes.
func (b *lists) finish(parent int) {
	plain, numbered := 0, false
	for _, it := range b.top {
		if it.plain {
			plain++
		} else {
			numbered = true
		}
	}
	top := b.top
	if parent >= 0 && plain > 0 && b.s.childless(parent) {
		switch {
		case plain == 1 && top[0].plain && top[0].head == "":
			top = append(top[0].children, top[1:]...)
		case numbered:
			for len(top) > 0 && top[0].plain && len(top[0].children) == 0 {
				top = top[1:]
			}
		}
	}
	b.s.append(top, parent, 0)
}

// childless says whether the node has no children yet.
func (s *segmenter) childless(parent int) bool { return parent == len(s.nodes)-1 }

func (s *segmenter) append(items []*item, parent, depth int) {
	for _, it := range items {
		if len(s.nodes) > maxProvisions {
			return
		}
		s.nodes = append(s.nodes, node{kind: it.kind, prefix: it.prefix, id: it.id, num: it.num, head: it.head, start: it.start, body: it.body, parent: parent})
		s.append(it.children, len(s.nodes)-1, depth+1)
	}
}
