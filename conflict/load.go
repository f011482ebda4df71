package conflict

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"sort"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/assay"
)

//go:embed rules/*.yaml
var files embed.FS

type ruleFile struct {
	Defs     map[string]string `yaml:"defs"`
	Concepts []*Concept        `yaml:"concepts"`
	Together []*Together       `yaml:"together"`
	Stances  []*Stance         `yaml:"stances"`
	Rules    []*Rule           `yaml:"rules"`
}

var once = sync.OnceValues(func() (*Rules, error) { return LoadFS(files) })

// Load gives the embedded rules, made once.
func Load() (*Rules, error) { return once() }

// Rule is the rule of a code, or nil.
func (r *Rules) Rule(code string) *Rule { return r.byCode[code] }

// Hint is the hint rule of a code, or nil.
func (r *Rules) Hint(code string) *HintRule { return r.hint[code] }

// LoadFS reads rules/words.yaml, rules/hints.yaml and the other rules/*.yaml. It fails on unknown keys, codes used twice, stances that no
// rule uses or that miss an example or find a counterexample, and rules without reason, source, examples and counterexamples.
func LoadFS(fsys fs.FS) (*Rules, error) {
	r := &Rules{stance: map[string]int{}, concept: map[string]int{}, byCode: map[string]*Rule{}, hint: map[string]*HintRule{}}
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		switch name {
		case "rules/words.yaml":
			err = strict(b, &r.words)
		case "rules/hints.yaml":
			err = strict(b, &r.Hints)
		default:
			err = r.add(b)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	r.words.index()
	for _, h := range r.Hints {
		if h.Code == "" || h.Label == "" || h.Words == "" || h.Source == "" || r.hint[h.Code] != nil {
			return nil, fmt.Errorf("rules/hints.yaml: hint %q needs a code of its own, label, words and source", h.Code)
		}
		r.hint[h.Code] = h
	}
	if err := r.compile(); err != nil {
		return nil, err
	}
	return r, r.check()
}

func strict(b []byte, to any) error {
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	return d.Decode(to)
}

func (r *Rules) add(b []byte) error {
	var f ruleFile
	if err := strict(b, &f); err != nil {
		return err
	}
	var names []string
	for k := range f.Defs {
		names = append(names, k)
	}
	sort.Slice(names, func(i, j int) bool { return len(names[i]) > len(names[j]) })
	fill := func(lists ...[]string) {
		for _, l := range lists {
			for i := range l {
				for _, k := range names {
					l[i] = strings.ReplaceAll(l[i], "$"+k, "("+f.Defs[k]+")")
				}
			}
		}
	}
	for _, c := range f.Concepts {
		if _, twice := r.concept[c.Code]; twice || c.Code == "" || len(c.Match) == 0 {
			return fmt.Errorf("concept %q needs a code of its own and match", c.Code)
		}
		fill(c.Match, c.Unless)
		r.concept[c.Code] = len(r.Concepts)
		r.Concepts = append(r.Concepts, c)
	}
	r.Together = append(r.Together, f.Together...)
	for _, s := range f.Stances {
		if _, twice := r.stance[s.Code]; twice || s.Code == "" || s.Label == "" || len(s.Match) == 0 || len(s.Examples) == 0 || len(s.Counter) == 0 {
			return fmt.Errorf("stance %q needs a code of its own, a label, match, examples and counterexamples", s.Code)
		}
		if s.When == "" {
			s.When = "do"
		}
		if !slices.Contains([]string{"do", "refrain", "either"}, s.When) {
			return fmt.Errorf("stance %q: when %q is none of do, refrain, either", s.Code, s.When)
		}
		fill(s.Match, s.Bars, s.Unless)
		for _, v := range s.Values {
			fill(v)
		}
		r.stance[s.Code] = len(r.Stances)
		r.Stances = append(r.Stances, s)
	}
	for _, x := range f.Rules {
		if r.byCode[x.Code] != nil {
			return fmt.Errorf("rule %q: the code is used twice", x.Code)
		}
		if err := x.check(); err != nil {
			return fmt.Errorf("rule %q: %w", x.Code, err)
		}
		fill(x.Carve)
		x.index = len(r.Rules)
		r.byCode[x.Code] = x
		r.Rules = append(r.Rules, x)
	}
	return nil
}

func (x *Rule) check() error {
	switch {
	case x.Code == "" || x.Reason == "" || x.Source == "":
		return errors.New("needs a code, a reason and a source")
	case !slices.Contains(Severities, x.Severity):
		return fmt.Errorf("severity %q is none of %s", x.Severity, strings.Join(Severities, ", "))
	case x.Answer != Collides && x.Answer != Tension:
		return fmt.Errorf("answer %q is neither conflict nor tension", x.Answer)
	case len(x.Examples) == 0 || len(x.Counter) == 0:
		return errors.New("needs examples and counterexamples")
	case len(x.Law) > 0 && x.Missing == "":
		return errors.New("names law types and does not say what is missing without one")
	}
	for _, lang := range []string{"en", "fr", "es", "pt"} {
		if x.Label[lang] == "" {
			return fmt.Errorf("has no label in %q", lang)
		}
	}
	if len(x.A.Stances) > 0 && !slices.Contains([]string{"giver", "party", "host"}, x.Who) {
		return fmt.Errorf("who %q is none of giver, party, host", x.Who)
	}
	for _, m := range append(slices.Clone(x.A.Modality), x.B.Modality...) {
		if !slices.Contains(assay.Modalities, m) {
			return fmt.Errorf("there is no modality %q", m)
		}
	}
	return nil
}

// The groups of words that all rules share.
const (
	wordsRefrain = iota
	wordsForbids
	wordsExceptions
	wordsExplains
	wordsTakes
	wordsGives
	wordsSavings
	wordsPriority
)

func (r *Rules) compile() error {
	var gs []assay.PhraseGroup
	add := func(g group, match, unless []string) {
		if len(match) > 0 {
			r.groups = append(r.groups, g)
			gs = append(gs, assay.PhraseGroup{Match: match, Unless: unless})
		}
	}
	for i, s := range r.Stances {
		add(group{kind: 's', at: i}, s.Match, s.Unless)
		add(group{kind: 'b', at: i}, s.Bars, s.Unless)
		add(group{kind: 'u', at: i}, s.Unless, nil)
		var names []string
		for v := range s.Values {
			names = append(names, v)
		}
		sort.Strings(names)
		for _, v := range names {
			add(group{kind: 'v', at: i, value: v}, s.Values[v], nil)
		}
	}
	for i, x := range r.Rules {
		add(group{kind: 'c', at: i}, x.Carve, nil)
	}
	for i, c := range r.Concepts {
		add(group{kind: 'k', at: i}, c.Match, c.Unless)
	}
	if err := r.conceptsOf(); err != nil {
		return err
	}
	for k, l := range [][]string{r.words.Refrain, r.words.Forbids, r.words.Exceptions, r.words.Explains, r.words.Takes, r.words.Gives, r.words.Savings, r.words.Priority} {
		add(group{kind: 'w', at: k}, l, nil)
	}
	var err error
	if r.phrases, err = assay.NewPhrases(gs); err != nil {
		var g int
		if n, _ := fmt.Sscanf(err.Error(), "group %d:", &g); n == 1 && r.groups[g].kind == 's' {
			return fmt.Errorf("stance %q: %w", r.Stances[r.groups[g].at].Code, err)
		}
		return err
	}
	r.pairs = make([][]pairing, len(r.Stances))
	used := make([]bool, len(r.Stances))
	for _, x := range r.Rules {
		for _, a := range x.A.Stances {
			i, ok := r.stance[a]
			if !ok {
				return fmt.Errorf("rule %q: there is no stance %q", x.Code, a)
			}
			for _, b := range x.B.Stances {
				k, ok := r.stance[b]
				if !ok {
					return fmt.Errorf("rule %q: there is no stance %q", x.Code, b)
				}
				r.pairs[i] = append(r.pairs[i], pairing{x, true, k})
				if i != k {
					r.pairs[k] = append(r.pairs[k], pairing{x, false, i})
				}
				used[i], used[k] = true, true
			}
		}
	}
	for i, ok := range used {
		if !ok {
			return fmt.Errorf("stance %q: no rule uses it", r.Stances[i].Code)
		}
	}
	return nil
}

// conceptsOf resolves the concepts that stand together for stances.
func (r *Rules) conceptsOf() error {
	used := make([]bool, len(r.Concepts))
	for _, t := range r.Together {
		i, ok := r.stance[t.Stance]
		if !ok || len(t.Of) < 2 || t.Example == "" || !slices.Contains([]string{"", "left", "done", "any"}, t.When) {
			return fmt.Errorf("together %v needs a stance that there is, two concepts, an example, and when to be left, done or any", t.Of)
		}
		t.stance = int32(i)
		for _, c := range t.Of {
			k, ok := r.concept[c]
			if !ok {
				return fmt.Errorf("stance %q: there is no concept %q", t.Stance, c)
			}
			used[k] = true
			t.concepts = append(t.concepts, int32(k))
		}
	}
	for i, ok := range used {
		if !ok {
			return fmt.Errorf("concept %q: no stance uses it", r.Concepts[i].Code)
		}
	}
	return nil
}

// check holds stances against their examples.
func (r *Rules) check() error {
	var errs []error
	m := &marker{r: r, find: r.phrases.Finder()}
	read := func(s string) *mark {
		x := &mark{words: s}
		m.look(x)
		return x
	}
	for i, s := range r.Stances {
		for _, x := range s.Examples {
			if !slices.Contains(read(x).found, int32(i)) {
				errs = append(errs, fmt.Errorf("stance %q: the example %q is not found", s.Code, x))
			}
		}
		for _, x := range s.Counter {
			if slices.Contains(read(x).found, int32(i)) {
				errs = append(errs, fmt.Errorf("stance %q: the counterexample %q is found", s.Code, x))
			}
		}
	}
	for _, t := range r.Together {
		if read(t.Example); !slices.Contains(m.near(), t) {
			errs = append(errs, fmt.Errorf("stance %q: together %v is not in its example %q", t.Stance, t.Of, t.Example))
		}
	}
	return errors.Join(errs...)
}

func (w *words) index() {
	set := func(l []string) map[string]bool {
		m := map[string]bool{}
		for _, x := range l {
			m[x] = true
		}
		return m
	}
	w.negator, w.hope, w.told, w.only, w.except, w.single, w.cited, w.time, w.small = set(w.Negators), set(w.Hopes), set(w.Told), set(w.Only), set(w.Except), set(w.Single), set(w.Cited), set(w.Time), set(w.Small)
	w.trade, w.mined, w.loosely, w.energy = set(w.Trade), set(w.Mined), set(w.Loosely), set(w.Energy)
	w.opposite = map[string][]string{}
	for _, p := range w.Opposite {
		w.opposite[p[0]] = append(w.opposite[p[0]], p[1])
		w.opposite[p[1]] = append(w.opposite[p[1]], p[0])
	}
}
