package assay

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"sort"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed rules/*.yaml
var ruleFiles embed.FS

// Rule is one entry of rules/*.yaml: words that, where they stand, say something of a provision or of the text.
type Rule struct {
	Code            string            `yaml:"code"`  // unique, stable
	Class           string            `yaml:"class"` // what a match says, within the file's family
	Languages       []string          `yaml:"languages"`
	Label           map[string]string `yaml:"label"` // by language: en, fr, es, pt
	Definition      string            `yaml:"definition"`
	Source          string            `yaml:"source"`
	Level           int               `yaml:"level"` // family delegation: 1–3; family read: weight of one match
	Match           []string          `yaml:"match"`
	Unless          []string          `yaml:"unless"` // where one of these overlaps a match, the match does not count
	Examples        []string          `yaml:"examples"`
	Counterexamples []string          `yaml:"counterexamples"`
	When            string            `yaml:"when"`  // family balance: do (where empty), refrain or either
	Alone           bool              `yaml:"alone"` // family balance: nothing else that follows it in the sentence is given
	Home            bool              `yaml:"home"`  // family balance: a side does it within itself

	Family string `yaml:"-"`
	index  int32
}

type ruleFile struct {
	Family string            `yaml:"family"`
	Defs   map[string]string `yaml:"defs"`
	Rules  []*Rule           `yaml:"rules"`
	Areas  []*Area           `yaml:"areas"` // of the family area alone
}

// Families of rules.
const (
	familyModality   = "modality"
	familyQualifier  = "qualifier"
	familyTopic      = "topic"
	familyActor      = "actor"
	familyRole       = "role"   // words by which a contract calls its parties
	familyPart       = "part"   // of headings
	familyClause     = "clause" // of sentences: the part their words show
	familyKind       = "kind"
	familyStated     = "stated"
	familyRead       = "read"
	familyPrecision  = "precision"
	familyDelegation = "delegation"
	// The details of a norm.
	familyStandard   = "standard"
	familyInstrument = "instrument" // other instruments that a text names
	familyReporting  = "reporting"
	familyAnchor     = "anchor" // what a period runs from
	familyRhythm     = "rhythm" // classes are ISO 8601 repeating periods
	familyUnit       = "unit"
	familyBound      = "bound"   // whether a figure is the least or the most
	familyVague      = "vague"   // acts that nobody can verify
	familyOutcome    = "outcome" // verbs of what comes of something
	familyBalance    = "balance" // what one side gives another
)

// classes that each family may use; nil where the data alone decides.
var families = map[string][]string{
	familyModality: {"obligation", "prohibition", "effort", "permission", "right", "intention", "aspiration", "declaration",
		"will", "will_not", "will_try", "must", "cannot", "present", "ongoing", "act"}, // the last eight depend on the form of the text, on a date beside them or on who stands before them
	familyQualifier:  nil,
	familyTopic:      nil,
	familyActor:      {"each_party", "participants", "body", "investors", "union", "organ"},
	familyRole:       nil,
	familyPart:       {"preamble", "definition", "operative", "institutional", "final"},
	familyClause:     {"definition", "institutional", "final"},
	familyKind:       nil,
	familyStated:     {"binding", "non_binding", "binding_part"},
	familyRead:       {"treaty_form", "mou_form"},
	familyPrecision:  {"quantity", "deadline", "named_standard", "named_body"},
	familyDelegation: nil,
	familyStandard:   nil,
	familyInstrument: nil,
	familyReporting:  nil,
	familyAnchor:     nil,
	familyRhythm:     nil,
	familyUnit:       nil,
	familyBound:      {"min", "max", "above", "below", "min_after", "max_after"},
	familyVague:      {"vague"},
	familyOutcome:    {"outcome"},
	familyBalance:    append([]string{"takes", "self_help"}, BalanceCategories...),
}

// Rules is the compiled knowledge. Immutable; safe for use by many goroutines.
type Rules struct {
	Hash  string  // of the rule files, hexadecimal
	Rules []*Rule // in order of the files
	byID  map[string]*Rule
	vocab *vocabulary
	trie  *trie
	pats  []patternInfo
	areas *areaRules
}

type patternInfo struct {
	rule   *Rule
	unless bool
	n      int // position in Match or Unless
}

var loadOnce = sync.OnceValues(func() (*Rules, error) { return loadRules(ruleFiles) })

// LoadRules compiles the embedded rules, once. It fails on unknown keys, duplicate codes and a rule without examples. That the embedded rules
// pass [Rules.Prove] is for the tests to see: it would be half the work of every start.
func LoadRules() (*Rules, error) { return loadOnce() }

// Rule returns the rule with that code, or nil.
func (r *Rules) Rule(code string) *Rule { return r.byID[code] }

func loadRules(fsys fs.FS) (*Rules, error) {
	names, err := fs.Glob(fsys, "rules/*.yaml")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	r := &Rules{byID: map[string]*Rule{}, vocab: newVocabulary(), trie: newTrie(), areas: newAreaRules()}
	sum := sha256.New()
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(b))
		sum.Write(b)
		if err := r.add(b); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	r.Hash = hex.EncodeToString(sum.Sum(nil))[:16]
	r.trie.freeze(func(p int32) uint8 { return r.pats[p].rule.tongues() })
	for _, t := range []*trie{r.areas.head, r.areas.text, r.areas.clause} {
		t.freeze(nil)
	}
	return r, nil
}

// Prove runs all rules against their own examples. It fails on an unless that no counterexample exercises, an example that does not match and a
// counterexample that does.
func (r *Rules) Prove() error {
	var errs []error
	for _, rule := range r.Rules {
		errs = append(errs, r.prove(rule)...)
	}
	for _, f := range r.areas.facets {
		errs = append(errs, r.proveFacet(f)...)
	}
	return errors.Join(errs...)
}

func (r *Rules) add(b []byte) error {
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	var f ruleFile
	if err := dec.Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if f.Family == familyArea {
		for _, a := range f.Areas {
			if err := r.addArea(a, f.Defs); err != nil {
				return fmt.Errorf("area %q: %w", a.Code, err)
			}
		}
		return nil
	}
	classes, ok := families[f.Family]
	if !ok {
		return fmt.Errorf("unknown family %q", f.Family)
	}
	for _, rule := range f.Rules {
		rule.Family = f.Family
		if err := r.addRule(rule, classes, f.Defs); err != nil {
			return fmt.Errorf("rule %q: %w", rule.Code, err)
		}
	}
	return nil
}

func (r *Rules) addRule(rule *Rule, classes []string, defs map[string]string) error {
	switch {
	case rule.Code == "" || rule.Class == "":
		return errors.New("needs a code and a class")
	case r.byID[rule.Code] != nil:
		return errors.New("the code is used twice")
	case len(rule.Match) == 0:
		return errors.New("has nothing to match")
	case len(rule.Examples) == 0:
		return errors.New("has no examples")
	case rule.Definition == "" || rule.Source == "":
		return errors.New("needs a definition and a source")
	case rule.When != "" && (rule.Family != familyBalance || rule.When != whenDo && rule.When != whenRefrain && rule.When != whenEither):
		return fmt.Errorf("when %q is not do, refrain or either, or the family is not balance", rule.When)
	case (rule.Home || rule.Alone) && rule.Family != familyBalance:
		return errors.New("home and alone are for the family balance")
	case classes != nil && !contains(classes, rule.Class):
		return fmt.Errorf("unknown class %q of family %s", rule.Class, rule.Family)
	}
	for _, lang := range []string{"en", "fr", "es", "pt"} {
		if rule.Label[lang] == "" {
			return fmt.Errorf("has no label in %q", lang)
		}
	}
	rule.index = int32(len(r.Rules))
	r.Rules = append(r.Rules, rule)
	r.byID[rule.Code] = rule
	for k, list := range [][]string{rule.Match, rule.Unless} {
		for n, p := range list {
			seq, err := r.vocab.parse(p, defs)
			if err != nil {
				return err
			}
			id := int32(len(r.pats))
			r.pats = append(r.pats, patternInfo{rule, k == 1, n})
			r.trie.add(seq, id)
		}
	}
	return nil
}

// prove runs a rule's own examples and counterexamples.
func (r *Rules) prove(rule *Rule) []error {
	var errs []error
	lang := "en"
	if len(rule.Languages) > 0 {
		lang = rule.Languages[0]
	}
	for _, ex := range rule.Examples {
		if hits, _ := r.try(rule, ex, lang); !hits {
			errs = append(errs, fmt.Errorf("rule %q: example %q does not match", rule.Code, ex))
		}
	}
	used := map[int]bool{}
	for _, ex := range rule.Counterexamples {
		hits, unless := r.try(rule, ex, lang)
		if hits {
			errs = append(errs, fmt.Errorf("rule %q: counterexample %q matches", rule.Code, ex))
		}
		for n := range unless {
			used[n] = true
		}
	}
	for n, u := range rule.Unless {
		if !used[n] {
			errs = append(errs, fmt.Errorf("rule %q: no counterexample exercises unless %q", rule.Code, u))
		}
	}
	return errs
}

// try reports whether the rule holds in a sentence once its family is resolved, and which of its unless took effect.
func (r *Rules) try(rule *Rule, sentence, lang string) (hits bool, unless map[int]bool) {
	l := newLexer(r.vocab, nil)
	tokens := l.tokens(sentence, 0, len(sentence), []token{{0, 0, boundary}})
	unless = map[int]bool{}
	s := &sieve{rules: r, lang: lang, suppressed: func(p patternInfo) {
		if p.rule == rule {
			unless[p.n] = true
		}
	}}
	for i := range tokens {
		r.trie.scan(tokens, i, tongueBit(lang), func(p int32, end int) { s.raw = append(s.raw, match{p, i, end}) })
	}
	for _, h := range s.resolve(0, len(tokens)) {
		hits = hits || h.rule == rule
	}
	return hits, unless
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
