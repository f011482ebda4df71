package practice

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"sort"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/assay"
)

//go:embed clauses/*.yaml free/*.yaml guidance.yaml polarity.yaml
var files embed.FS

type themeFile struct {
	Theme  string   `yaml:"theme"`
	Topics []*Topic `yaml:"topics"`
}

var once = sync.OnceValues(func() (*Library, error) { return load(files) })

// Load gives the embedded library, made once. It fails on unknown keys, duplicate codes, a topic that lacks a label, a wording, a language or
// guidance, a policy area that there is not, words that miss one of the topic's own clauses, and a counterexample that they find.
func Load() (*Library, error) { return once() }

func load(fsys fs.FS) (*Library, error) {
	l := &Library{byCode: map[string]*Topic{}}
	if err := l.readGuidance(fsys); err != nil {
		return nil, fmt.Errorf("guidance.yaml: %w", err)
	}
	names, err := fs.Glob(fsys, "clauses/*.yaml")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if err := l.add(b); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	if err := l.readFree(fsys); err != nil {
		return nil, err
	}
	if err := l.readPolarity(fsys); err != nil {
		return nil, fmt.Errorf("polarity.yaml: %w", err)
	}
	slices.SortStableFunc(l.Topics, func(a, b *Topic) int { return slices.Index(Themes, a.Theme) - slices.Index(Themes, b.Theme) })
	groups, against := make([]assay.PhraseGroup, len(l.Topics)), make([]assay.PhraseGroup, len(l.Topics))
	halves := make([]assay.PhraseGroup, 2*len(l.Topics))
	for i, t := range l.Topics {
		t.index = i
		groups[i] = assay.PhraseGroup{Match: t.Words, Unless: t.Unless}
		halves[2*i].Match, halves[2*i+1].Match = t.halves[0], t.halves[1]
		against[i] = assay.PhraseGroup{Match: t.Adverse, Unless: t.Spared}
	}
	if l.halves, err = assay.NewPhrases(halves); err != nil {
		return nil, err
	}
	if l.adverse, err = assay.NewPhrases(against); err != nil {
		return nil, err
	}
	if l.phrases, err = assay.NewPhrases(groups); err != nil {
		return nil, err
	}
	return l, nil
}

func (l *Library) readGuidance(fsys fs.FS) error {
	b, err := fs.ReadFile(fsys, "guidance.yaml")
	if err != nil {
		return err
	}
	if err := strict(b, &l.Guidance); err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, g := range l.Guidance {
		u, err := url.Parse(g.Link)
		switch {
		case g.Code == "" || g.Title == "" || g.Publisher == "":
			return fmt.Errorf("%q needs a code, a title and a publisher", g.Code+g.Title)
		case err != nil || u.Scheme != "https" || u.Host == "":
			return fmt.Errorf("%s: the link %q is no address", g.Code, g.Link)
		case seen[g.Code]:
			return fmt.Errorf("%s: the code is used twice", g.Code)
		}
		seen[g.Code] = true
	}
	return nil
}

func strict(b []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(b))
	d.KnownFields(true)
	return d.Decode(into)
}

func (l *Library) add(b []byte) error {
	var f themeFile
	if err := strict(b, &f); err != nil {
		return err
	}
	if !slices.Contains(Themes, f.Theme) {
		return fmt.Errorf("theme %q is none of %s", f.Theme, strings.Join(Themes, ", "))
	}
	var errs []error
	for _, t := range f.Topics {
		if l.byCode[t.Code] != nil {
			return fmt.Errorf("topic %q: the code is used twice", t.Code)
		}
		t.Theme = f.Theme
		if err := t.check(l.Guidance); err != nil {
			errs = append(errs, fmt.Errorf("topic %q: %w", t.Code, err))
		}
		l.byCode[t.Code] = t
		l.Topics = append(l.Topics, t)
	}
	return errors.Join(errs...)
}

func (t *Topic) check(guidance []*Guidance) error {
	if t.Code == "" || t.Why == "" || len(t.Words) == 0 {
		return errors.New("needs a code, a why and words")
	}
	if t.When != "" && t.When != WhenNonBinding && t.When != WhenStates {
		return fmt.Errorf("when %q is neither %s nor %s", t.When, WhenNonBinding, WhenStates)
	}
	for _, lang := range Languages {
		if t.Label[lang] == "" {
			return fmt.Errorf("has no label in %q", lang)
		}
	}
	for _, n := range t.Findings {
		if n < 1 || n > 7 {
			return fmt.Errorf("finding %d is none of 1 to 7", n)
		}
	}
	if len(t.Guidance) == 0 {
		return errors.New("rests on no guidance")
	}
	for _, code := range t.Guidance {
		if !slices.ContainsFunc(guidance, func(g *Guidance) bool { return g.Code == code }) {
			return fmt.Errorf("rests on %q, which guidance.yaml does not have", code)
		}
	}
	if len(t.Wordings) != len(Strengths) {
		return fmt.Errorf("has %d wordings, not weak, medium and firm", len(t.Wordings))
	}
	own, err := assay.NewPhrases([]assay.PhraseGroup{{Match: t.Words, Unless: t.Unless}})
	if err != nil {
		return err
	}
	find := own.Finder()
	var errs []error
	for _, s := range Strengths {
		c, ok := t.Wordings[s]
		if !ok || c.Obtains == "" {
			return fmt.Errorf("has no %s wording that says what it obtains", s)
		}
		if len(c.Text) != len(Languages) {
			return fmt.Errorf("%s: is in %d languages, not %d", s, len(c.Text), len(Languages))
		}
		for _, lang := range Languages {
			text := c.Text[lang]
			if text == "" {
				return fmt.Errorf("%s: is missing in %q", s, lang)
			}
			if len(find.Find(text, 0, len(text))) == 0 {
				errs = append(errs, fmt.Errorf("%s, %s: the topic's words do not find it", s, lang))
			}
		}
	}
	for _, x := range t.Counter {
		if len(find.Find(x, 0, len(x))) > 0 {
			errs = append(errs, fmt.Errorf("the counterexample %q is found", x))
		}
	}
	return errors.Join(append(errs, t.checkAdverse(find)...)...)
}

// checkAdverse holds the words against the topic against their examples, which must not count as treating it.
func (t *Topic) checkAdverse(own *assay.Finder) []error {
	if !t.merged && (len(t.Adverse) == 0) != (len(t.Exposed) == 0) {
		return []error{errors.New("adverse words need exposed examples, and these need such words")}
	}
	against, err := assay.NewPhrases([]assay.PhraseGroup{{Match: t.Adverse, Unless: t.Spared}})
	if err != nil {
		return []error{err}
	}
	var errs []error
	for _, x := range t.Exposed {
		if len(against.Find(x, 0, len(x))) == 0 {
			errs = append(errs, fmt.Errorf("the exposed example %q is not found", x))
		}
		if len(own.Find(x, 0, len(x))) > 0 {
			errs = append(errs, fmt.Errorf("the exposed example %q counts as treating the topic", x))
		}
	}
	return errs
}
