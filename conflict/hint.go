package conflict

import (
	"slices"
	"strings"
)

// Hint is a rule by which one of two norms may come before the other. It does not decide.
type Hint struct {
	Code   string `json:"code"`
	Label  string `json:"label"`
	Words  string `json:"words"` // English
	Source string `json:"source"`
}

func fill(s, party string) string { return strings.ReplaceAll(s, "{party}", party) }

// hints lists what may bear on which of the two norms comes first.
func (r *Rules) hints(a, b *Sheet, f *Finding) []Hint {
	out := []Hint{}
	say := func(code string, x, y *Sheet) {
		h := r.hint[code]
		if h == nil {
			return
		}
		words := strings.NewReplacer("{a}", x.named(), "{b}", y.named()).Replace(h.Words)
		out = append(out, Hint{h.Code, h.Label, words, h.Source})
	}
	if f.Answer == Disjoint {
		return out
	}
	for _, x := range [][2]*Sheet{{a, b}, {b, a}} {
		s, o := x[0], x[1]
		if s.Legal == "binding" && o.Legal == "non_binding" {
			say("binding_over_non_binding", s, o)
		}
		if s.From != "" && o.From != "" && s.From > o.From && s.Kind != KindLaw && o.Kind != KindLaw {
			say("later", s, o)
		}
		if s.priority >= 0 {
			say("priority_clause", s, o)
		}
		if len(s.savings) > 0 {
			say("savings_clause", s, o)
		}
		if o.Kind == KindLaw && s.Kind != KindLaw {
			say("internal_law", s, o)
			say("monist_dualist", s, o)
		}
		if s.Signed && s.Kind == KindInstrument {
			say("not_in_force", s, o)
		}
		if s.Kind != KindLaw && o.Kind != KindLaw && slices.ContainsFunc(o.Parties, func(p string) bool { return !slices.Contains(s.Parties, p) }) {
			say("non_parties", s, o)
		}
	}
	if n, m := &a.norms[f.i], &b.norms[f.k]; specific(n) > specific(m) {
		say("specific", a, b)
	} else if specific(m) > specific(n) {
		say("specific", b, a)
	}
	return out
}

func specific(n *norm) int {
	k := 0
	if len(n.minerals) > 0 {
		k++
	}
	if len(n.places) > 0 {
		k++
	}
	return k
}

func (s *Sheet) named() string {
	if s.Title != "" {
		return s.Title
	}
	return s.ID
}
