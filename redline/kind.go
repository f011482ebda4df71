package redline

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/text"
)

// delta is what differs between the words of paired units.
type delta struct {
	kinds         []Kind
	edits         []Edit
	force         []Force
	split, merged bool // a blank line came, or went, within one unit
}

// compare compares the words of units that became each other: one and one, one and several, several and one.
func (c *comparison) compare(from, to []*unit) delta {
	ta, tb := c.joined(c.a, from), c.joined(c.b, to)
	hunks := diff(forms(ta), forms(tb))
	var d delta
	kin := len(from)+len(to) > 2
	if k := c.a.r.Provisions[from[0].p].Kind; !kin && k != text.KindCover && k != text.KindPreamble && k != text.KindSignatures { // in these lines fall as the page has room
		d.split, d.merged = breaks(ta, tb, hunks)
	}
	sa, sb := c.spans(c.a, from), c.spans(c.b, to)
	found := map[Kind]bool{}
	for _, h := range hunks {
		c.judge(h, ta, tb, sa, sb, kin, found, &d)
	}
	for _, k := range []Kind{Words, Modal, Deadline, Quantity, Standard} {
		if found[k] {
			d.kinds = append(d.kinds, k)
		}
	}
	shown := clean(hunks, func(x, y int) bool { return y-x == 1 && (ta[x].mark || c.weight(ta[x].id) < 0.45) })
	d.edits = edits(ta, tb, shown, from, to)
	return d
}

func forms(t []tok) []int32 {
	out := make([]int32, len(t))
	for i := range t {
		out[i] = t[i].id
	}
	return out
}

// joined gives the tokens of units that stand beside each other, without the comma, stop or "and" at the end.
func (c *comparison) joined(s *side, units []*unit) []tok {
	var out []tok
	for i, u := range units {
		t := u.toks
		if i == len(units)-1 {
			t = trimTail(s.r.Text, t)
		}
		if i == 0 {
			t = trimHead(s.r.Text, t)
		}
		if i > 0 && len(t) > 0 {
			t = append([]tok(nil), t...)
			t[0].brk = true
		}
		out = append(out, t...)
	}
	return out
}

// joins are the words that tie the last items of a list; alternatives are not among them: "or" for "and" is a change.
var joins = map[string]bool{"and": true, "et": true, "y": true, "e": true, "及": true, "和": true, "以及": true}

func stops(text string, t tok) bool {
	switch text[t.start:t.end] {
	case ";", ",", ".", ":", "；", "。", "，":
		return true
	}
	return false
}

// trimHead takes off what is left of a number: "4.." or "2 -".
func trimHead(text string, t []tok) []tok {
	for len(t) > 0 && (stops(text, t[0]) || t[0].mark && (text[t[0].start:t[0].end] == ")" || fold(text[t[0].start:t[0].end], true) == "-")) {
		t = t[1:]
	}
	return t
}

func trimTail(text string, t []tok) []tok {
	stop := func(t tok) bool { return stops(text, t) }
	n := len(t)
	for n > 0 && stop(t[n-1]) {
		n--
	}
	if n > 1 && joins[fold(text[t[n-1].start:t[n-1].end], false)] && stop(t[n-2]) {
		for n--; n > 0 && stop(t[n-1]); n-- {
		}
	}
	return t[:n]
}

// breaks says whether blank lines came or went between words that stayed.
func breaks(ta, tb []tok, hunks []hunk) (split, merged bool) {
	i, j := 0, 0
	next := func(toA, toB int) {
		for i < toA && j < toB {
			split = split || tb[j].brk && !ta[i].brk
			merged = merged || ta[i].brk && !tb[j].brk
			i, j = i+1, j+1
		}
	}
	for _, h := range hunks {
		next(h.a0, h.b0)
		i, j = h.a1, h.b1
	}
	next(len(ta), len(tb))
	return split, merged
}

// judge says what kinds a hunk makes.
func (c *comparison) judge(h hunk, ta, tb []tok, sa, sb []span, kin bool, found map[Kind]bool, d *delta) {
	xa, xb := touched(ta, h.a0, h.a1, sa), touched(tb, h.b0, h.b1, sb)
	told := false
	var why []span // what explains the words that changed
	for _, k := range []Kind{Modal, Deadline, Quantity, Standard} {
		a, b := of(xa, k), of(xb, k)
		if !c.differs(k, h, a, b) {
			continue
		}
		found[k], told = true, true
		why = append(append(why, of(xa, k)...), of(xb, k)...)
		d.force = append(d.force, c.forceOf(k, a, b))
	}
	if !found[Modal] && c.auxiliaries(h, ta, tb) {
		found[Modal], told = true, true
		d.force = append(d.force, Force{Kind: Modal, Before: within(c.a.r.Text, ta[h.a0:h.a1]), After: within(c.b.r.Text, tb[h.b0:h.b1])})
	}
	mine := func(spans []span) (out []span) {
		for _, s := range spans {
			for _, w := range why {
				if s == w {
					out = append(out, s)
					break
				}
			}
		}
		return out
	}
	freeA, freeB := c.free(c.a, ta[h.a0:h.a1], mine(xa), kin), c.free(c.b, tb[h.b0:h.b1], mine(xb), kin)
	if told && len(why) == 0 { // an auxiliary alone: "are" became "shall be"
		freeA, freeB = max(freeA-2, 0), max(freeB-2, 0)
	}
	free := freeA + freeB
	if free == 0 {
		return
	}
	if k := c.figures(h, ta, tb, xa, xb); k != "" {
		found[k], told = true, true
		d.force = append(d.force, Force{Kind: k, Before: within(c.a.r.Text, ta[h.a0:h.a1]), After: within(c.b.r.Text, tb[h.b0:h.b1])})
		freeA, freeB = max(freeA-1, 0), max(freeB-1, 0)
		free = freeA + freeB
	}
	const spare = 3 // words that belong to a deadline or a standard beside those that the rules name: ", and in any case"
	if !told || free > spare || freeA > 0 && freeB > 0 {
		found[Words] = found[Words] || free > 0
	}
}

// touched are the spans in which something of tokens [x,y) stands; where there are none, those around the place.
func touched(t []tok, x, y int, spans []span) []span {
	if len(t) == 0 {
		return nil
	}
	var lo, hi int
	switch {
	case x < y:
		lo, hi = t[x].start, t[y-1].end
	case x == 0 || x == len(t):
		return nil
	default: // between two tokens: a span that holds both
		lo, hi = t[x].start, t[x-1].end
	}
	var out []span
	for _, s := range spans {
		if x < y && s.start < hi && s.end > lo || x == y && s.start < hi && s.end > lo {
			out = append(out, s)
		}
	}
	return out
}

func of(spans []span, k Kind) []span {
	var out []span
	for _, s := range spans {
		if s.kind == k {
			out = append(out, s)
		}
	}
	return out
}

// differs says whether the spans of one kind that a hunk touches say something else on its two sides.
func (c *comparison) differs(k Kind, h hunk, a, b []span) bool {
	if len(a) == 0 && len(b) == 0 {
		return false
	}
	if sameValues(c.words(c.a, a), c.words(c.b, b)) {
		return false
	}
	if k == Standard && digits(c.words(c.a, a)) != digits(c.words(c.b, b)) { // ISO 14001 is not ISO 9001
		return true
	}
	if k != Modal {
		return !sameValues(values(a), values(b)) || len(a) == 0 || len(b) == 0 || values(a)[0] == ""
	}
	long := h.a1-h.a0 > 8 || h.b1-h.b0 > 8
	if len(a) == 0 || len(b) == 0 {
		// A modal that came or went with its whole sentence is words; alone it is a modal: "not", "endeavour to".
		if h.a0 == h.a1 || h.b0 == h.b1 {
			return !long && h.a1-h.a0+h.b1-h.b0 <= 4
		}
		return !long
	}
	if !sameValues(values(a), values(b)) {
		return true
	}
	for _, s := range append(a, b...) {
		switch s.value {
		case "declaration", "none":
			return false
		}
	}
	return !long
}

// digits are those of all words.
func digits(list []string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.Join(list, " "))
}

func (c *comparison) words(s *side, spans []span) []string {
	var out []string
	for _, x := range spans {
		out = append(out, strings.ToLower(s.r.Text[x.start:x.end]))
	}
	return out
}

func values(spans []span) []string {
	var out []string
	for _, x := range spans {
		out = append(out, x.value)
	}
	return out
}

func sameValues(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	a, b = append([]string(nil), a...), append([]string(nil), b...)
	sort.Strings(a)
	sort.Strings(b)
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (c *comparison) forceOf(k Kind, a, b []span) Force {
	f := Force{Kind: k}
	join := func(s *side, spans []span) (words, vals string) {
		var w, v []string
		for _, x := range spans {
			w = append(w, s.r.Text[x.start:x.end])
			if x.value != "" {
				v = append(v, x.value)
			}
		}
		return strings.Join(w, " … "), strings.Join(v, ", ")
	}
	f.Before, f.From = join(c.a, a)
	f.After, f.To = join(c.b, b)
	return f
}

// free counts the words of a stretch that stand in none of the spans. Small words that tie a span to its sentence, names that go on after a
// standard, and marks that a change of form brings do not count.
func (c *comparison) free(s *side, t []tok, spans []span, kin bool) int {
	n := 0
	for _, x := range t {
		w := s.r.Text[x.start:x.end]
		if x.mark && idleMark[fold(w, true)] || x.mark && len(spans) > 0 || x.mark && kin {
			continue
		}
		in := false
		for _, sp := range spans {
			if x.start >= sp.start && x.end <= sp.end {
				in = true
			}
			if sp.kind == Standard && x.start >= sp.end && x.start-sp.end < 80 {
				if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
					in = true
				}
			}
		}
		if in || len(spans) > 0 && ties[fold(w, x.mark)] || kin && joins[fold(w, x.mark)] {
			continue
		}
		n++
	}
	return n
}

// idleMark are marks that say nothing: quotation marks, dashes, bullets, lines of tables.
var idleMark = map[string]bool{`"`: true, "-": true, "•": true, "|": true, "*": true, "_": true, "\\": true}

// ties bind a deadline, a quantity or a standard to its sentence.
var ties = words(`in accordance with consistent under the of and or as set out line for to by at a an its their this that any from after on per within no not later than least most up more less
conformément à au aux du de des la le les selon en un une dans par pour et ou plus moins
de conformidad con arreglo según el los las del al por para una y o en a más menos
com nos termos da do dos das ao à por em e ou mais menos
根据 按照 依照 的 在`)

func words(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

func within(text string, t []tok) string {
	if len(t) == 0 {
		return ""
	}
	return text[t[0].start:t[len(t)-1].end]
}
