package conflict

import (
	"slices"
	"sort"
	"strings"
)

// Two provisions are of one subject where their words of content are nearly the same.
const (
	leastContent = 3    // words of content in common
	sameSubject  = 0.75 // of the words of content of the shorter one that stand in the other
	bothSubject  = 0.55 // of the words of content of the longer one
	mostOther    = 0.2  // of the words of content that are replaced by others: beyond it, another thing is spoken of
	mostBehind   = 200  // norms behind one word that are looked at
)

// subjects compares provisions of nearly the same words.
func (r *Rules) subjects(a, b *Sheet) []Finding {
	if !meet(a.Parties, b.Parties) && len(a.Parties) > 0 && len(b.Parties) > 0 {
		return nil
	}
	var out []Finding
	same := sameWords(a.vocab, b.vocab)
	count := make([]int32, len(a.norms)) // words of content in common with each norm of a
	var touched []int32
	for k := range b.norms {
		m := &b.norms[k]
		if len(m.content) < leastContent {
			continue
		}
		touched = touched[:0]
		for _, w := range m.content {
			v := same[w]
			if v < 0 || min(len(a.behind[v]), len(b.behind[w])) > mostBehind {
				continue
			}
			for _, i := range a.behind[v] {
				if count[i] == 0 {
					touched = append(touched, i)
				}
				count[i]++
			}
		}
		few := touched[:0]
		for _, i := range touched {
			if int(count[i]) >= min(leastContent, len(a.norms[i].content)-1, len(m.content)-1) {
				few = append(few, i)
			} else {
				count[i] = 0
			}
		}
		slices.Sort(few)
		for _, i := range few {
			c := int(count[i])
			count[i] = 0
			if n := &a.norms[i]; len(n.content) >= leastContent && c >= min(leastContent, len(n.content)-1, len(m.content)-1) && alike(n, m, same) {
				if f, ok := r.compare(a, b, int(i), k); ok {
					out = append(out, f)
				}
			}
		}
	}
	return out
}

// sameWords gives for each word of b its place in a, -1 where a has it not. Both are in order of the alphabet.
func sameWords(a, b []string) []int32 {
	out := make([]int32, len(b))
	i := 0
	for k, w := range b {
		for i < len(a) && a[i] < w {
			i++
		}
		out[k] = -1
		if i < len(a) && a[i] == w {
			out[k] = int32(i)
		}
	}
	return out
}

// alike says whether two norms have nearly the same words of content.
func alike(n, m *norm, same []int32) bool {
	both := 0
	i := 0
	for _, w := range m.content { // ascending, and so are their places in the other list
		v := same[w]
		if v < 0 {
			continue
		}
		for i < len(n.content) && n.content[i] < v {
			i++
		}
		if i < len(n.content) && n.content[i] == v {
			both++
		}
	}
	short, long := min(len(n.content), len(m.content)), max(len(n.content), len(m.content))
	return both >= leastContent-1 && float64(both) >= sameSubject*float64(short)-1 && float64(both) >= bothSubject*float64(long)-1
}

// content lists the words of content, each once, in order of the alphabet.
func content(ts []tok) []string {
	var out []string
	for _, t := range ts {
		if t.kind == contentTok {
			out = append(out, t.w)
		}
	}
	sort.Strings(out)
	return slices.Compact(out)
}

// difference is what two lists of words do not have in common, by kind.
type difference struct {
	a, b         []string // words of content
	numA, numB   []string
	timed        bool
	negA, negB   int
	onlyA, onlyB int
	excA, excB   bool
	opposite     bool
}

func (w *words) differ(a, b []tok) difference {
	var d difference
	left := map[string]int{}
	for _, t := range b {
		left[t.w]++
	}
	back := map[string]int{}
	for _, t := range a {
		back[t.w]++
		switch t.kind {
		case negTok:
			d.negA++
		case exceptTok:
			d.excA = true
		case onlyTok:
			d.onlyA++
		}
		if left[t.w] > 0 {
			left[t.w]--
			continue
		}
		switch t.kind {
		case contentTok:
			d.a = append(d.a, t.w)
		case numberTok:
			d.numA = append(d.numA, t.w)
			d.timed = d.timed || t.timed
		}
	}
	for _, t := range b {
		switch t.kind {
		case negTok:
			d.negB++
		case exceptTok:
			d.excB = true
		case onlyTok:
			d.onlyB++
		}
		if back[t.w] > 0 {
			back[t.w]--
			continue
		}
		switch t.kind {
		case contentTok:
			d.b = append(d.b, t.w)
		case numberTok:
			d.numB = append(d.numB, t.w)
			d.timed = d.timed || t.timed
		}
	}
	d.a, d.b = d.unlike(d.a, d.b), d.unlike(d.b, d.a)
	for _, x := range d.a {
		for _, y := range w.opposite[x] {
			if i := slices.Index(d.b, y); i >= 0 {
				d.opposite = true
				d.a = slices.DeleteFunc(slices.Clone(d.a), func(s string) bool { return s == x })
				d.b = slices.DeleteFunc(slices.Clone(d.b), func(s string) bool { return s == y })
				break
			}
		}
	}
	return d
}

// unlike leaves out words that have another form in the other list: publish, publishes.
func (d *difference) unlike(x, y []string) []string {
	return slices.DeleteFunc(slices.Clone(x), func(s string) bool {
		return slices.ContainsFunc(y, func(t string) bool { return sameStem(s, t) })
	})
}

func sameStem(s, t string) bool {
	n := 0
	for n < len(s) && n < len(t) && s[n] == t[n] {
		n++
	}
	return n >= 5 && n >= max(len(s), len(t))-4 || n >= 4 && max(len(s), len(t))-n <= 2
}

// compare says what sets apart two provisions of one subject.
func (r *Rules) compare(a, b *Sheet, i, k int) (Finding, bool) {
	n, m := &a.norms[i], &b.norms[k]
	short := min(len(n.content), len(m.content))
	toksA, toksB := r.toks(n), r.toks(m)
	d := r.words.differ(toksA, toksB)
	d.negA, d.negB = d.negA+n.negLead, d.negB+m.negLead
	replaced := min(len(d.a), len(d.b))
	names := apartFrom(n.bearer, m.bearer) || apartFrom(n.given, m.given)
	if names && replaced > 0 {
		replaced-- // the name of the party
	}
	code := ""
	otherBearer := apartFrom(n.bearer, m.bearer)
	more := d.a // words of content that only the side with the further negation has: a clause of its own says another thing
	if d.negB > d.negA {
		more = d.b
	}
	turned := (d.negA+d.negB)%2 == 1 && len(more) <= max(1, short/10) || d.opposite
	numbers := len(d.numA) > 0 && len(d.numB) > 0
	standards := apartFrom(n.standards, m.standards)
	thing := float64(replaced) > mostOther*float64(short) // another thing is spoken of
	switch {
	case thing && !standards:
		return Finding{}, false
	case turned:
		code = "opposite"
		if (worth(n, a) == "non_binding") != (worth(m, b) == "non_binding") {
			code = "soft_promise"
		}
	case numbers && d.timed:
		code = "other_deadline"
	case numbers:
		code = "other_figure"
	case standards:
		code = "other_standard"
	case otherBearer && r.onlyOne(toksA) && r.onlyOne(toksB):
		code, otherBearer = "other_side", false
	case d.onlyA != d.onlyB:
		code = "kept_for_one"
	default:
		return Finding{}, false
	}
	x := r.byCode[code]
	f := Finding{Type: code, Answer: x.Answer, Severity: x.Severity, Reason: x.Reason, Missing: []string{}, Shared: common(a.Parties, b.Parties), i: i, k: k, A: a.place(i, ""), B: b.place(k, "")}
	apart := func(ground string) (Finding, bool) {
		f.Answer, f.Ground = Disjoint, ground
		return f, true
	}
	switch {
	case n.final || m.final:
		return apart("own_text")
	case otherBearer && (code != "kept_for_one" || !r.alone(toksA) && !r.alone(toksB)):
		return apart("other_bearer")
	case code != "kept_for_one" && code != "other_side" && apartFrom(without(n.given, f.Shared), without(m.given, f.Shared)):
		return apart("other_partner")
	case apartFrom(n.minerals, m.minerals):
		return apart("other_minerals")
	case apartFrom(n.places, m.places):
		return apart("other_place")
	case over(a, b):
		return apart("other_time")
	case code == "opposite" && (d.excA != d.excB) && r.excepts(n, m, toksA, toksB, &d):
		return apart("carve_out")
	}
	if len(a.Parties) == 0 || len(b.Parties) == 0 {
		f.Answer, f.Missing = Undecided, append(f.Missing, "the sides of "+untold(a, b))
		return f, true
	}
	if atLarge(a, b, n, m) {
		return apart("trade_rule")
	}
	if neitherMined(a, b, n, m) {
		return apart("not_minerals")
	}
	if strangers(a, b) {
		if ground := ownDealings(n, m); ground != "" {
			return apart(ground)
		}
	}
	if saved(a, b, n, m) {
		return apart("savings_clause")
	}
	soften(&f, n, m, a, b)
	return f, true
}

// toks are the words by which a norm is compared. They are cut when asked for: few norms come so far.
func (r *Rules) toks(n *norm) []tok { return r.words.tokens(n.words[n.cut:]) }

// alone says whether a norm keeps something for one side by more than "only", which may be said of anything.
func (r *Rules) alone(ts []tok) bool {
	return slices.ContainsFunc(ts, func(t tok) bool { return t.kind == onlyTok && !slices.Contains(r.words.Merely, t.w) })
}

func (r *Rules) onlyOne(ts []tok) bool {
	return slices.ContainsFunc(ts, func(t tok) bool { return r.words.single[t.w] })
}

// excepts says whether what one provision excepts is what the other is about.
func (r *Rules) excepts(n, m *norm, a, b []tok, d *difference) bool {
	if d.excB {
		n, a, b = m, b, a
	}
	k := slices.IndexFunc(a, func(t tok) bool { return t.kind == exceptTok })
	if k < 0 {
		return false
	}
	before := content(a[:k])
	for _, w := range content(a[k:]) {
		if _, ok := slices.BinarySearch(before, w); !ok && slices.ContainsFunc(b, func(t tok) bool { return t.w == w || sameStem(t.w, w) }) {
			return true
		}
	}
	return strings.Contains(n.words, "required by law")
}
