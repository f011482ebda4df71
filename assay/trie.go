package assay

import "slices"

// trie holds (strictly: a graph, since the ways through a choice meet again) every pattern of the rules. One walk per token position finds all matches; the work at a position is bounded by the
// patterns, never by the text, so time is linear in the text.
type trie struct {
	nodes []trieNode
	root  []int32 // once frozen: the node after the root by word id; 0 where none
}

type trieNode struct {
	next  map[int32]int32 // by word id; nil once frozen
	ways  ways            // next, once frozen
	any   int32           // 0: none
	gaps  []gapEdge
	aside int32
	free  []int32 // nodes reached without a word
	out   []int32 // pattern ids that end here
	speak uint8   // the languages of the patterns that may end here or further on, once frozen; see tongueBit
}

// ways are the edges of a node in a form that is quick to ask: few are looked through, many stand in a table with open addresses.
type ways struct {
	keys, to []int32
	mask     uint32 // of the table; 0 where there is none
}

// fewWays is how many edges are looked through rather than hashed.
const fewWays = 6

func newWays(next map[int32]int32) ways {
	if len(next) == 0 {
		return ways{}
	}
	ids := make([]int32, 0, len(next))
	for id := range next {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	if len(ids) <= fewWays {
		w := ways{keys: ids, to: make([]int32, len(ids))}
		for i, id := range ids {
			w.to[i] = next[id]
		}
		return w
	}
	size := uint32(1)
	for int(size) < 2*len(ids) {
		size *= 2
	}
	w := ways{keys: make([]int32, size), to: make([]int32, size), mask: size - 1}
	for i := range w.keys {
		w.keys[i] = noWord
	}
	for _, id := range ids {
		k := spread(id) & w.mask
		for w.keys[k] != noWord {
			k = (k + 1) & w.mask
		}
		w.keys[k], w.to[k] = id, next[id]
	}
	return w
}

func spread(id int32) uint32 { h := uint32(id) * 0x9E3779B1; return h ^ h>>15 }

// after returns the node after the word id; 0 where there is none, for no edge leads to the root.
func (w *ways) after(id int32) int32 {
	if w.mask == 0 {
		for i, k := range w.keys {
			if k == id {
				return w.to[i]
			}
		}
		return 0
	}
	for k := spread(id) & w.mask; ; k = (k + 1) & w.mask {
		switch w.keys[k] {
		case id:
			return w.to[k]
		case noWord:
			return 0
		}
	}
}

// freeze makes the trie quick to walk; nothing may be added afterwards. speaks gives the languages of a pattern; where it is nil all hold in all.
func (t *trie) freeze(speaks func(pattern int32) uint8) {
	done := make([]bool, len(t.nodes))
	var reach func(at int32) uint8
	reach = func(at int32) uint8 {
		n := &t.nodes[at]
		if done[at] {
			return n.speak
		}
		done[at] = true
		m := uint8(0)
		for _, p := range n.out {
			if speaks == nil {
				m = allTongues
			} else {
				m |= speaks(p)
			}
		}
		for _, to := range n.next {
			m |= reach(to)
		}
		for _, to := range n.free {
			m |= reach(to)
		}
		for _, g := range n.gaps {
			m |= reach(g.to)
		}
		if n.any != 0 {
			m |= reach(n.any)
		}
		if n.aside != 0 {
			m |= reach(n.aside)
		}
		t.nodes[at].speak = m
		return m
	}
	reach(0)
	for i := range t.nodes {
		t.nodes[i].ways, t.nodes[i].next = newWays(t.nodes[i].next), t.rootMap(i)
	}
}

// rootMap spreads the root's edges over a table by word id; it returns nil, which is what every node's map becomes.
func (t *trie) rootMap(i int) map[int32]int32 {
	if i == 0 {
		for id, to := range t.nodes[0].next {
			for int(id) >= len(t.root) {
				t.root = append(t.root, 0)
			}
			t.root[id] = to
		}
	}
	return nil
}

// step returns the node after node at by a word id, or 0.
func (t *trie) step(at, id int32) int32 {
	if at == 0 {
		if id < 0 || int(id) >= len(t.root) {
			return 0
		}
		return t.root[id]
	}
	return t.nodes[at].ways.after(id)
}

type gapEdge struct {
	max int
	to  int32
}

func newTrie() *trie { return &trie{nodes: make([]trieNode, 1)} }

func (t *trie) add(seq []step, pattern int32) {
	if first := seq[0]; first.optional { // the root has no ways without a word: every token would take them
		t.add(seq[1:], pattern)
		first.optional = false
		t.add(append([]step{first}, seq[1:]...), pattern)
		return
	}
	at := t.follow(0, seq)
	t.nodes[at].out = append(t.nodes[at].out, pattern)
}

// follow adds a sequence after node at and returns its last node.
func (t *trie) follow(at int32, seq []step) int32 {
	for _, s := range seq {
		if s.kind != choiceStep {
			at = t.edge(at, s)
			continue
		}
		join := int32(len(t.nodes))
		t.nodes = append(t.nodes, trieNode{})
		for _, c := range s.choices {
			end := t.follow(at, c)
			t.nodes[end].free = append(t.nodes[end].free, join)
		}
		if s.optional || len(s.choices) == 0 {
			t.nodes[at].free = append(t.nodes[at].free, join)
		}
		at = join
	}
	return at
}

func (t *trie) edge(at int32, s step) int32 {
	fresh := int32(len(t.nodes))
	n := &t.nodes[at]
	switch s.kind {
	case anyWord:
		if n.any != 0 {
			return n.any
		}
		n.any = fresh
	case asideStep:
		if n.aside != 0 {
			return n.aside
		}
		n.aside = fresh
	case gapStep:
		for _, g := range n.gaps {
			if g.max == s.gap {
				return g.to
			}
		}
		n.gaps = append(n.gaps, gapEdge{s.gap, fresh})
	default:
		if to, ok := n.next[s.id]; ok {
			return to
		}
		if n.next == nil {
			n.next = map[int32]int32{}
		}
		n.next[s.id] = fresh
	}
	t.nodes = append(t.nodes, trieNode{})
	return fresh
}

// match is one pattern found at tokens [from, to).
type match struct {
	pattern  int32
	from, to int
}

// scan finds every match that starts at token i; hit is called with the pattern and the token after its last one.
// tongue is the language of the text, by tongueBit: patterns of others are not looked for.
func (t *trie) scan(tokens []token, i int, tongue uint8, hit func(pattern int32, end int)) {
	w := tokens[i].w
	if w.id != noWord {
		if to := t.step(0, w.id); to != 0 {
			t.walk(tokens, i+1, to, tongue, hit)
		}
	}
	for _, id := range w.also {
		if to := t.step(0, id); to != 0 {
			t.walk(tokens, i+1, to, tongue, hit)
		}
	}
}

func (t *trie) walk(tokens []token, i int, at int32, tongue uint8, hit func(int32, int)) {
	n := &t.nodes[at]
	if n.speak&tongue == 0 {
		return
	}
	for _, p := range n.out {
		hit(p, i)
	}
	for _, to := range n.free {
		t.walk(tokens, i, to, tongue, hit)
	}
	if i >= len(tokens) {
		return
	}
	w := tokens[i].w
	if len(n.ways.keys) > 0 {
		if w.id != noWord {
			if to := n.ways.after(w.id); to != 0 {
				t.walk(tokens, i+1, to, tongue, hit)
			}
		}
		for _, id := range w.also {
			if to := n.ways.after(id); to != 0 {
				t.walk(tokens, i+1, to, tongue, hit)
			}
		}
	}
	if n.any != 0 && !w.sign {
		t.walk(tokens, i+1, n.any, tongue, hit)
	}
	for _, g := range n.gaps {
		for k := 0; ; k++ {
			t.walk(tokens, i+k, g.to, tongue, hit)
			if k == g.max || i+k >= len(tokens) || stopsGap(tokens[i+k].w) {
				break
			}
		}
	}
	if n.aside != 0 {
		t.asides(tokens, i, n.aside, tongue, hit)
	}
}

// asides goes on after no aside, after up to three adverbs, and after words between commas or brackets.
func (t *trie) asides(tokens []token, i int, at int32, tongue uint8, hit func(int32, int)) {
	t.walk(tokens, i, at, tongue, hit)
	k := i
	for n := 0; n < 3 && k < len(tokens) && tokens[k].w.adverb; n++ {
		k++
		t.walk(tokens, k, at, tongue, hit)
	}
	if k >= len(tokens) || tokens[k].w.lower != "," && tokens[k].w.lower != "(" {
		return
	}
	const longestAside = 40
	for j := k + 1; j < len(tokens) && j < k+longestAside && tokens[j].w != boundary; j++ {
		if s := tokens[j].w.lower; s == "," || s == ")" {
			t.walk(tokens, j+1, at, tongue, hit)
			if j+1 < len(tokens) && tokens[j+1].w.adverb {
				t.walk(tokens, j+2, at, tongue, hit)
			}
		}
	}
}

func stopsGap(w *word) bool {
	if w == boundary {
		return true
	}
	if !w.sign {
		return false
	}
	switch w.lower {
	case ".", ";", ":", "。", "；", "：", "?", "!":
		return true
	}
	return false
}

const allTongues = 1<<7 - 1

// tongueBit is the bit of a language that rules may be limited to; languages without rules of their own share one.
func tongueBit(lang string) uint8 {
	switch lang {
	case "en":
		return 1
	case "fr":
		return 2
	case "es":
		return 4
	case "pt":
		return 8
	case "zh":
		return 16
	}
	return 32
}

// tongues are the languages of a rule, by bit.
func (r *Rule) tongues() uint8 {
	if len(r.Languages) == 0 {
		return allTongues
	}
	m := uint8(0)
	for _, l := range r.Languages {
		m |= tongueBit(l)
	}
	return m
}
