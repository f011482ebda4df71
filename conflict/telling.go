package conflict

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// Telling are the words on which a finding rests, as bytes [from, to) of the words of its two provisions, ascending and apart: those that show
// the stances and what turns them round, and where a carve-out sets the two apart, it; of two provisions of one subject, those that only one has.
func (r *Rules) Telling(f *Finding) (a, b [][2]int) {
	if f.A.Stance != "" || f.B.Stance != "" {
		return r.shows(f, f.A), r.shows(f, f.B)
	}
	x, y := wordsAt(f.A.Words), wordsAt(f.B.Words)
	return only(f.A.Words, x, f.B.Words, y), only(f.B.Words, y, f.A.Words, x)
}

// OfMinerals says whether one of the two provisions speaks of minerals or mining.
func (r *Rules) OfMinerals(f *Finding) bool {
	for _, p := range []Place{f.A, f.B} {
		for w := range strings.FieldsFuncSeq(strings.ToLower(p.Words), func(c rune) bool { return !unicode.IsLetter(c) }) {
			if r.words.mined[w] {
				return true
			}
		}
	}
	return false
}

// shows are the words of one provision that show its stance.
func (r *Rules) shows(f *Finding, p Place) [][2]int {
	st, ok := r.stance[p.Stance]
	if !ok || p.Words == "" {
		return nil
	}
	var out, turns, concepts [][2]int
	for _, m := range r.phrases.Finder().Find(p.Words, 0, len(p.Words)) {
		g := r.groups[m.Group]
		switch {
		case (g.kind == 's' || g.kind == 'b' || g.kind == 'v') && g.at == st,
			g.kind == 'c' && f.Ground == "carve_out" && r.Rules[g.at].Code == f.Type,
			g.kind == 'w' && g.at == wordsSavings && f.Ground == "savings_clause":
			out = append(out, [2]int{m.Start, m.End})
		case g.kind == 'k' && r.speaksOf(st, int32(g.at)):
			concepts = append(concepts, [2]int{m.Start, m.End})
		case g.kind == 'w' && g.at == wordsRefrain && r.Stances[st].When == "refrain":
			turns = append(turns, [2]int{m.Start, m.End})
		}
	}
	if len(out) == 0 { // shown by what it speaks of
		out = concepts
	}
	if len(out) > 0 {
		out = append(out, turns...)
	}
	return joined(out)
}

// speaksOf says whether a stance is shown by a concept together with others.
func (r *Rules) speaksOf(stance int, concept int32) bool {
	return slices.ContainsFunc(r.Together, func(t *Together) bool { return int(t.stance) == stance && slices.Contains(t.concepts, concept) })
}

// joined sorts spans and joins those that touch.
func joined(spans [][2]int) [][2]int {
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	var out [][2]int
	for _, s := range spans {
		if n := len(out); n > 0 && s[0] <= out[n-1][1]+1 {
			out[n-1][1] = max(out[n-1][1], s[1])
			continue
		}
		out = append(out, s)
	}
	return out
}

// wordsAt are where the words of a text are.
func wordsAt(s string) (out [][2]int) {
	from := -1
	for i, c := range s + " " {
		switch in := unicode.IsLetter(c) || unicode.IsDigit(c) || c == '%'; {
		case in && from < 0:
			from = i
		case !in && from >= 0:
			out = append(out, [2]int{from, i})
			from = -1
		}
	}
	return out
}

// only are the words of one text that the other does not have.
func only(s string, mine [][2]int, other string, theirs [][2]int) [][2]int {
	there := map[string]int{}
	for _, w := range theirs {
		there[strings.ToLower(other[w[0]:w[1]])]++
	}
	var out [][2]int
	for _, w := range mine {
		if k := strings.ToLower(s[w[0]:w[1]]); there[k] > 0 {
			there[k]--
		} else {
			out = append(out, w)
		}
	}
	return joined(out)
}
