package assay

import (
	"strings"
	"unicode/utf8"
)

// bodyAbbreviations finds the short names by which a text calls its bodies: "comité … (CTBV)", «Comisión … "CARP"», "Joint Committee (JC)".
func (a *run) bodyAbbreviations() {
	const reach = 24 // tokens from the body's first word to its short name
	for s := range a.sents {
		st := &a.sents[s]
		for _, h := range a.sentHits(s) {
			if h.rule.Family != familyActor || h.rule.Class != bearerBody {
				continue
			}
			for k := h.to; k+2 < st.to && k < h.to+reach; k++ {
				if w := a.tokens[k].w; w.lower == ";" || w.lower == "." || w.lower == ":" {
					break
				}
				if a.tokens[k].w.lower != "(" || a.tokens[k+2].w.lower != ")" {
					continue
				}
				w := a.tokens[k+1].w
				text := a.r.Text[a.tokens[k+1].start:a.tokens[k+1].end]
				n := utf8.RuneCountInString(text)
				if w.sign || w.number || n < 2 || n > 8 || !a.small && text != strings.ToUpper(text) || w.id != noWord && a.small {
					break
				}
				if a.short == nil {
					a.short = map[string]bool{}
				}
				a.short[w.lower] = true
				break
			}
		}
	}
	if len(a.short) == 0 {
		return
	}
	for i := range a.lexed() { // an abbreviation that is a state's, or a bloc's, is its own
		delete(a.short, i)
	}
}

// lexed are the short names that the lexicon knows as names of parties.
func (a *run) lexed() map[string]bool {
	out := map[string]bool{}
	if a.lex == nil {
		return out
	}
	for i := range a.lex.names {
		if n := &a.lex.names[i]; n.kind == mentionParty && a.short[strings.ToLower(n.name)] {
			out[strings.ToLower(n.name)] = true
		}
	}
	return out
}

// withShort adds the bodies that sentence s calls by their short names to its actors, in order.
func (a *run) withShort(s int, actors []actor) []actor {
	if len(a.short) == 0 {
		return actors
	}
	st := &a.sents[s]
	var out []actor
	i := 0
	for k := st.from + 1; k < st.to-1; k++ {
		for i < len(actors) && actors[i].from <= k {
			out = append(out, actors[i])
			i++
		}
		if a.short[a.tokens[k].w.lower] && (len(out) == 0 || out[len(out)-1].to <= k) {
			out = append(out, actor{k, k + 1, bearerBody})
		}
	}
	return append(out, actors[i:]...)
}
