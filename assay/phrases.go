package assay

import "fmt"

// Phrases finds groups of word patterns in any text. The patterns are those of rules/*.yaml (see pattern.go), so that knowledge kept
// elsewhere, such as which words show a subject of good practice, is written in the same language and read in time linear in the text.
// Immutable; safe for use by many goroutines.
type Phrases struct {
	vocab *vocabulary
	trie  *trie
	of    []phrasePattern
}

type phrasePattern struct {
	group  int
	unless bool
}

// PhraseGroup is what one group looks for. A match that overlaps an Unless of its group does not count.
type PhraseGroup struct {
	Match, Unless []string
}

// NewPhrases compiles the groups. It fails on a pattern that is malformed, naming its group.
func NewPhrases(groups []PhraseGroup) (*Phrases, error) {
	p := &Phrases{vocab: newVocabulary(), trie: newTrie()}
	for g, group := range groups {
		for k, list := range [][]string{group.Match, group.Unless} {
			for _, pattern := range list {
				seq, err := p.vocab.parse(pattern, nil)
				if err != nil {
					return nil, fmt.Errorf("group %d: %w", g, err)
				}
				p.trie.add(seq, int32(len(p.of)))
				p.of = append(p.of, phrasePattern{g, k == 1})
			}
		}
	}
	p.trie.freeze(nil)
	return p, nil
}

// PhraseMatch is a group found at a place of the text.
type PhraseMatch struct {
	Group int
	Span
}

// Find lists what stands in text[from:to], in order of where matches begin; one group may be there several times. Who asks for many places
// of a text makes a Finder.
func (p *Phrases) Find(text string, from, to int) []PhraseMatch {
	return p.Finder().Find(text, from, to)
}

// Finder finds phrases in many places of one text or several; not for several goroutines at once.
type Finder struct {
	p      *Phrases
	l      *lexer
	tokens []token
}

// Finder makes one.
func (p *Phrases) Finder() *Finder { return &Finder{p: p, l: newLexer(p.vocab, nil)} }

// Find is Phrases.Find.
func (f *Finder) Find(text string, from, to int) []PhraseMatch {
	p := f.p
	f.tokens = f.l.tokens(text, from, to, append(f.tokens[:0], token{from, from, boundary}))
	tokens := f.tokens
	var found, denied []match
	for k := range tokens {
		if w := tokens[k].w; w.id == noWord && len(w.also) == 0 {
			continue
		}
		p.trie.scan(tokens, k, allTongues, func(pattern int32, end int) {
			m := match{pattern, k, end}
			if p.of[pattern].unless {
				denied = append(denied, m)
			} else {
				found = append(found, m)
			}
		})
	}
	var out []PhraseMatch
	last := map[int]int{} // by group: the token after its last match
next:
	for _, m := range found {
		g := p.of[m.pattern].group
		if m.from < last[g] {
			continue
		}
		for _, d := range denied {
			if p.of[d.pattern].group == g && d.from < m.to && m.from < d.to {
				continue next
			}
		}
		last[g] = m.to
		out = append(out, PhraseMatch{g, Span{tokens[m.from].start, tokens[m.to-1].end}})
	}
	return out
}
