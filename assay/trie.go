package assay

// trie holds (strictly: a graph, since the ways through a choice meet again) every pattern of the rules. One walk per token position finds all matches; the work at a position is bounded by the
// patterns, never by the text, so time is linear in the text.
type trie struct {
	nodes []trieNode
}

type trieNode struct {
	next  map[int32]int32 // by word id
	any   int32           // 0: none
	gaps  []gapEdge
	aside int32
	free  []int32 // nodes reached without a word
	out   []int32 // pattern ids that end here
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
func (t *trie) scan(tokens []token, i int, hit func(pattern int32, end int)) {
	root := &t.nodes[0]
	w := tokens[i].w
	if w.id != noWord {
		if to, ok := root.next[w.id]; ok {
			t.walk(tokens, i+1, to, hit)
		}
	}
	for _, id := range w.also {
		if to, ok := root.next[id]; ok {
			t.walk(tokens, i+1, to, hit)
		}
	}
}

func (t *trie) walk(tokens []token, i int, at int32, hit func(int32, int)) {
	n := &t.nodes[at]
	for _, p := range n.out {
		hit(p, i)
	}
	for _, to := range n.free {
		t.walk(tokens, i, to, hit)
	}
	if i >= len(tokens) {
		return
	}
	w := tokens[i].w
	if n.next != nil {
		if w.id != noWord {
			if to, ok := n.next[w.id]; ok {
				t.walk(tokens, i+1, to, hit)
			}
		}
		for _, id := range w.also {
			if to, ok := n.next[id]; ok {
				t.walk(tokens, i+1, to, hit)
			}
		}
	}
	if n.any != 0 && !w.sign {
		t.walk(tokens, i+1, n.any, hit)
	}
	for _, g := range n.gaps {
		for k := 0; ; k++ {
			t.walk(tokens, i+k, g.to, hit)
			if k == g.max || i+k >= len(tokens) || stopsGap(tokens[i+k].w) {
				break
			}
		}
	}
	if n.aside != 0 {
		t.asides(tokens, i, n.aside, hit)
	}
}

// asides goes on after no aside, after up to three adverbs, and after words between commas or brackets.
func (t *trie) asides(tokens []token, i int, at int32, hit func(int32, int)) {
	t.walk(tokens, i, at, hit)
	k := i
	for n := 0; n < 3 && k < len(tokens) && tokens[k].w.adverb; n++ {
		k++
		t.walk(tokens, k, at, hit)
	}
	if k >= len(tokens) || tokens[k].w.lower != "," && tokens[k].w.lower != "(" {
		return
	}
	const longestAside = 40
	for j := k + 1; j < len(tokens) && j < k+longestAside && tokens[j].w != boundary; j++ {
		if s := tokens[j].w.lower; s == "," || s == ")" {
			t.walk(tokens, j+1, at, hit)
			if j+1 < len(tokens) && tokens[j+1].w.adverb {
				t.walk(tokens, j+2, at, hit)
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
