package assay

import (
	"errors"
	"fmt"
	"slices"
	"sort"
)

// Area is one policy area of the taxonomy in rules/area_*.yaml.
type Area struct {
	Code       string            `yaml:"code"`   // that of the gold files, where there is one
	Scheme     string            `yaml:"scheme"` // wto_plus and wto_x (World Bank), contract (registries of contracts), field (this field's own)
	Label      map[string]string `yaml:"label"`
	Definition string            `yaml:"definition"`
	Source     string            `yaml:"source"`
	Facets     []*Facet          `yaml:"facets"`
}

// Facet is one thing to look for: words of headings, or of the text of a provision.
type Facet struct {
	Code            string   `yaml:"code"`
	In              string   `yaml:"in"` // heading, text, clause
	Match           []string `yaml:"match"`
	Unless          []string `yaml:"unless"`
	Examples        []string `yaml:"examples"`
	Counterexamples []string `yaml:"counterexamples"`
	Core            bool     `yaml:"core"` // of the text: what the area is about, rather than words that also occur elsewhere
	Hint            bool     `yaml:"hint"` // a sign to be weighed, but no evidence: nothing rests on the provision that has it

	area  int // in areaRules.list; -1 for what concerns no area (dispute settlement)
	index int // in areaRules.facets
}

const (
	familyArea = "area"
	inHeading  = "heading"
	inText     = "text"
	inClause   = "clause" // of a contract's clause, which is read by itself
	// schemeClause is of entries that are no areas but clauses that areas depend on.
	schemeClause = "clause"
)

var areaSchemes = []string{"wto_plus", "wto_x", "contract", "field", schemeClause}

// areaRules are the compiled facets. They have automata of their own, since what they find is asked by other questions than norms are.
type areaRules struct {
	list   []*Area
	facets []*Facet
	byCode map[string]int
	head   *trie
	text   *trie
	clause *trie
	pats   []areaPattern
}

type areaPattern struct {
	facet  *Facet
	unless bool
	n      int
}

func newAreaRules() *areaRules {
	return &areaRules{byCode: map[string]int{}, head: newTrie(), text: newTrie(), clause: newTrie()}
}

// Areas lists the taxonomy, in order of the files.
func (r *Rules) Areas() []*Area { return r.areas.list }

func (r *Rules) addArea(a *Area, defs map[string]string) error {
	switch {
	case a.Code == "" || len(a.Facets) == 0:
		return errors.New("needs a code and facets")
	case !contains(areaSchemes, a.Scheme):
		return fmt.Errorf("unknown scheme %q", a.Scheme)
	case a.Definition == "" || a.Source == "":
		return errors.New("needs a definition and a source")
	}
	for _, lang := range []string{"en", "fr", "es", "pt"} {
		if a.Label[lang] == "" {
			return fmt.Errorf("has no label in %q", lang)
		}
	}
	at := -1
	if a.Scheme != schemeClause {
		if _, twice := r.areas.byCode[a.Code]; twice {
			return errors.New("the code is used twice")
		}
		at = len(r.areas.list)
		r.areas.byCode[a.Code] = at
		r.areas.list = append(r.areas.list, a)
	}
	for _, f := range a.Facets {
		f.area, f.index = at, len(r.areas.facets)
		if err := r.addFacet(f, defs); err != nil {
			return fmt.Errorf("facet %q: %w", f.Code, err)
		}
	}
	return nil
}

func (r *Rules) addFacet(f *Facet, defs map[string]string) error {
	t := r.areas.text
	switch {
	case f.Code == "" || len(f.Match) == 0 || len(f.Examples) == 0:
		return errors.New("needs a code, something to match and an example")
	case f.In == inHeading:
		t = r.areas.head
	case f.In == inClause:
		t = r.areas.clause
	case f.In != inText:
		return fmt.Errorf("stands in %q; write heading or text", f.In)
	}
	for _, g := range r.areas.facets {
		if g.Code == f.Code {
			return errors.New("the code is used twice")
		}
	}
	r.areas.facets = append(r.areas.facets, f)
	for k, list := range [][]string{f.Match, f.Unless} {
		for n, p := range list {
			seq, err := r.vocab.parse(p, defs)
			if err != nil {
				return err
			}
			t.add(seq, int32(len(r.areas.pats)))
			r.areas.pats = append(r.areas.pats, areaPattern{f, k == 1, n})
		}
	}
	return nil
}

// proveFacet runs a facet's own examples and counterexamples.
func (r *Rules) proveFacet(f *Facet) []error {
	var errs []error
	for _, ex := range f.Examples {
		if hit, _ := r.tryFacet(f, ex); !hit {
			errs = append(errs, fmt.Errorf("facet %q: example %q does not match", f.Code, ex))
		}
	}
	used := map[int]bool{}
	for _, ex := range f.Counterexamples {
		hit, unless := r.tryFacet(f, ex)
		if hit {
			errs = append(errs, fmt.Errorf("facet %q: counterexample %q matches", f.Code, ex))
		}
		for n := range unless {
			used[n] = true
		}
	}
	for n, u := range f.Unless {
		if !used[n] {
			errs = append(errs, fmt.Errorf("facet %q: no counterexample exercises unless %q", f.Code, u))
		}
	}
	return errs
}

func (r *Rules) tryFacet(f *Facet, sentence string) (hit bool, unless map[int]bool) {
	tokens := newLexer(r.vocab, nil).tokens(sentence, 0, len(sentence), []token{{0, 0, boundary}})
	s := &areaScan{rules: r.areas}
	s.scan(tokens, 0, len(tokens), f.In)
	unless = map[int]bool{}
	for _, d := range s.denied {
		if p := r.areas.pats[d.pattern]; p.facet == f {
			for _, m := range s.raw {
				if r.areas.pats[m.pattern].facet == f && m.from < d.to && d.from < m.to {
					unless[p.n] = true
				}
			}
		}
	}
	for _, h := range s.resolve() {
		hit = hit || h.facet == f
	}
	return hit, unless
}

// areaHit is a facet found at tokens [from, to).
type areaHit struct {
	facet    *Facet
	from, to int
}

// areaScan finds facets in one sentence; reused from sentence to sentence.
type areaScan struct {
	rules       *areaRules
	raw, denied []match
	hits        []areaHit
	last        []int         // by facet: one more than the place of its last hit in hits; zero between calls
	deniedOf    map[int][]int // by facet: places in denied, made where there are many
}

func (s *areaScan) scan(tokens []token, from, to int, in string) {
	t := s.rules.text
	switch in {
	case inHeading:
		t = s.rules.head
	case inClause:
		t = s.rules.clause
	}
	s.raw, s.denied = s.raw[:0], s.denied[:0]
	for k := from; k < to-1; k++ {
		if w := tokens[k].w; w.id == noWord && len(w.also) == 0 {
			continue
		}
		t.scan(tokens, k, allTongues, func(p int32, end int) {
			m := match{p, k, end}
			if s.rules.pats[p].unless {
				s.denied = append(s.denied, m)
			} else {
				s.raw = append(s.raw, m)
			}
		})
	}
}

// resolve returns what stands, in order of the text; hits of one facet do not overlap. Valid until the next call.
func (s *areaScan) resolve() []areaHit {
	s.hits = s.hits[:0]
	if s.last == nil {
		s.last = make([]int, len(s.rules.facets))
	}
	clear(s.deniedOf)
	const few = 8
	if len(s.denied) > few {
		if s.deniedOf == nil {
			s.deniedOf = map[int][]int{}
		}
		for i, d := range s.denied {
			f := s.rules.pats[d.pattern].facet.index
			s.deniedOf[f] = append(s.deniedOf[f], i)
		}
	}
	for _, m := range s.raw {
		f := s.rules.pats[m.pattern].facet
		if s.isDenied(f, m) {
			continue
		}
		if at := s.last[f.index]; at > 0 && s.hits[at-1].to > m.from { // matches come in order of their start
			h := &s.hits[at-1]
			h.to = max(h.to, m.to)
			continue
		}
		s.hits = append(s.hits, areaHit{f, m.from, m.to})
		s.last[f.index] = len(s.hits)
	}
	for _, h := range s.hits {
		s.last[h.facet.index] = 0
	}
	return s.hits
}

// isDenied reports whether an unless of the facet overlaps the match. Matches and those that deny them come in order of their start.
func (s *areaScan) isDenied(f *Facet, m match) bool {
	overlaps := func(d match) bool { return s.rules.pats[d.pattern].facet == f && d.from < m.to && m.from < d.to }
	if len(s.deniedOf) == 0 {
		return slices.ContainsFunc(s.denied, overlaps)
	}
	list := s.deniedOf[f.index]
	i := sort.Search(len(list), func(i int) bool { return s.denied[list[i]].from >= m.from-longestPattern })
	for ; i < len(list) && s.denied[list[i]].from < m.to; i++ {
		if overlaps(s.denied[list[i]]) {
			return true
		}
	}
	return false
}
