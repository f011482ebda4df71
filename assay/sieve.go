package assay

import "sort"

// hit is a match that stands: of a rule, at tokens [from, to).
type hit struct {
	rule     *Rule
	from, to int
}

// sieve decides which matches of a sentence stand. It is reused from sentence to sentence.
type sieve struct {
	rules      *Rules
	lang       string
	suppressed func(patternInfo) // told each unless that took effect; may be nil
	raw        []match           // matches of the sentence at hand
	taken      []bool
	hits       []hit
}

// exclusive families: where matches overlap only the longest stands, since "shall endeavour" is no "shall".
var exclusive = []string{familyModality, familyKind, familyActor}

func (s *sieve) speaks(r *Rule) bool {
	return len(r.Languages) == 0 || contains(r.Languages, s.lang)
}

// resolve returns the hits among s.raw, which lie in tokens [from, to), in order of the text. The slice is valid until the next call.
func (s *sieve) resolve(from, to int) []hit {
	s.hits = s.hits[:0]
	if len(s.raw) == 0 {
		return s.hits
	}
	var denied []match
	for _, m := range s.raw {
		p := s.rules.pats[m.pattern]
		if !s.speaks(p.rule) {
			continue
		}
		if p.unless {
			denied = append(denied, m)
		} else {
			s.hits = append(s.hits, hit{p.rule, m.from, m.to})
		}
	}
	if len(denied) > 0 {
		s.deny(denied)
	}
	s.yieldVerbs()
	sort.Slice(s.hits, func(i, j int) bool { // longest first, then first in the text, then as the rules are ordered
		a, b := s.hits[i], s.hits[j]
		if la, lb := a.to-a.from, b.to-b.from; la != lb {
			return la > lb
		}
		if wa, wb := a.rule.bare(), b.rule.bare(); wa != wb { // a bare future or present yields to a verb that we know
			return wb
		}
		if a.from != b.from {
			return a.from < b.from
		}
		return a.rule.index < b.rule.index
	})
	for _, family := range exclusive {
		s.longest(family, from, to)
	}
	return s.order()
}

// bare: a future that says nothing by its verb.
func (r *Rule) bare() bool { return r.Class == "will" || r.Class == "will_not" || r.Class == "act" }

// anyVerb are rules that take any verb after a subject.
var anyVerb = map[string]bool{"fr_present": true, "fr_future": true, "pt_present": true}

// yieldVerbs drops a hit that takes any verb after a subject ("les Parties devraient") where another rule knows that verb.
func (s *sieve) yieldVerbs() {
	if s.lang != "fr" && s.lang != "pt" {
		return
	}
	last := map[int]bool{} // tokens that other rules of modality know
	for _, h := range s.hits {
		if h.rule.Family == familyModality && !anyVerb[h.rule.Code] && h.rule.Class != "act" {
			for t := h.from; t < h.to; t++ {
				last[t] = true
			}
		}
	}
	kept := s.hits[:0]
	for _, h := range s.hits {
		if anyVerb[h.rule.Code] && last[h.to-1] {
			continue
		}
		kept = append(kept, h)
	}
	s.hits = kept
}

// deny removes hits that an unless of their rule overlaps. Unless matches are few; they are sorted by rule first.
func (s *sieve) deny(denied []match) {
	byRule := map[*Rule][]match{}
	for _, d := range denied {
		r := s.rules.pats[d.pattern].rule
		byRule[r] = append(byRule[r], d)
	}
	kept := s.hits[:0]
	for _, h := range s.hits {
		stands := true
		list := byRule[h.rule]
		// Matches come in order of their start, so those that can overlap are near; a pattern spans at most a few dozen tokens.
		i := sort.Search(len(list), func(i int) bool { return list[i].from >= h.from-longestPattern })
		for ; i < len(list) && list[i].from < h.to; i++ {
			if list[i].to > h.from {
				stands = false
				if s.suppressed != nil {
					s.suppressed(s.rules.pats[list[i].pattern])
				}
			}
		}
		if stands {
			kept = append(kept, h)
		}
	}
	s.hits = kept
}

// longestPattern bounds the tokens one match can span: words, gaps and asides together.
const longestPattern = 120

// longest marks the hits of an exclusive family that overlap a longer one of the same family by clearing their rule.
func (s *sieve) longest(family string, from, to int) {
	if cap(s.taken) < to-from {
		s.taken = make([]bool, to-from)
	}
	taken := s.taken[:to-from]
	clear(taken)
	for i := range s.hits {
		h := &s.hits[i]
		if h.rule == nil || h.rule.Family != family {
			continue
		}
		free := true
		for t := h.from; t < h.to; t++ {
			if taken[t-from] {
				free = false
				break
			}
		}
		if !free {
			h.rule = nil
			continue
		}
		for t := h.from; t < h.to; t++ {
			taken[t-from] = true
		}
	}
}

// order drops cleared hits and repetitions of a rule at one place, and sorts by position.
func (s *sieve) order() []hit {
	out := s.hits[:0]
	for _, h := range s.hits {
		if h.rule != nil {
			out = append(out, h)
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].from < out[j].from })
	end := map[*Rule]int{}
	kept := out[:0]
	for _, h := range out {
		if e, ok := end[h.rule]; ok && h.from < e { // the longer one came first
			continue
		}
		end[h.rule] = h.to
		kept = append(kept, h)
	}
	s.hits = kept
	return kept
}
