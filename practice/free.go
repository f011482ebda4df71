package practice

import (
	"errors"
	"fmt"
	"io/fs"
	"sort"

	"github.com/openassay/assay/assay"
)

// free is how a topic is worded by those who do not name it: free/*.yaml.
type free struct {
	Code     string     `yaml:"code"`
	Stands   bool       `yaml:"stands"`
	Mutual   bool       `yaml:"mutual"`  // a right of one named side alone is not it
	Given    bool       `yaml:"given"`   // what the other side gives: where the chosen party alone bears it, it is not it
	Against  string     `yaml:"against"` // which counts where one norm shows both: "" what speaks against it, yields the topic, both
	Halves   [][]string `yaml:"halves"`  // none, or two lists: both must stand in the same article
	Words    []string   `yaml:"words"`
	Unless   []string   `yaml:"unless"`
	Examples []string   `yaml:"examples"` // sentences that Words must find, at least one for each language
	Adverse  []string   `yaml:"adverse"`
	Spared   []string   `yaml:"adverse_unless"` // a match of Adverse that overlaps one does not count
	Exposed  []string   `yaml:"exposed"`
	Counter  []string   `yaml:"counterexamples"` // found by neither
}

// readFree adds the words of free drafting to the topics.
func (l *Library) readFree(fsys fs.FS) error {
	names, err := fs.Glob(fsys, "free/*.yaml")
	if err != nil {
		return err
	}
	sort.Strings(names)
	var errs []error
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		var all []*free
		if err := strict(b, &all); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for _, f := range all {
			t := l.byCode[f.Code]
			if t == nil {
				return fmt.Errorf("%s: there is no topic %q", name, f.Code)
			}
			t.Words, t.Unless, t.Adverse = append(t.Words, f.Words...), append(t.Unless, f.Unless...), append(t.Adverse, f.Adverse...)
			t.Spared = append(t.Spared, f.Spared...)
			t.Counter, t.Stands, t.Against = append(t.Counter, f.Counter...), f.Stands, f.Against
			t.Mutual, t.Given = f.Mutual, f.Given
			t.merged = true
			if len(f.Halves) == 2 {
				t.halves = [2][]string{f.Halves[0], f.Halves[1]}
			} else if len(f.Halves) != 0 {
				return fmt.Errorf("%s: topic %q has %d halves", name, f.Code, len(f.Halves))
			}
			if err := errors.Join(f.check(t), t.check(l.Guidance)); err != nil {
				errs = append(errs, fmt.Errorf("%s: topic %q: %w", name, f.Code, err))
			}
		}
	}
	return errors.Join(errs...)
}

func (f *free) check(t *Topic) error {
	if f.Against != "" && f.Against != Yields && f.Against != Both {
		return fmt.Errorf("against %q is neither %s nor %s", f.Against, Yields, Both)
	}
	if (len(f.Adverse) == 0) != (len(f.Exposed) == 0) {
		return errors.New("adverse words need exposed examples, and these need such words")
	}
	if len(f.Words) > 0 && len(f.Examples) < len(Languages) {
		return fmt.Errorf("has %d examples, not one for each language", len(f.Examples))
	}
	all, err := assay.NewPhrases([]assay.PhraseGroup{{Match: t.Words, Unless: t.Unless}, {Match: t.Adverse, Unless: t.Spared}})
	if err != nil {
		return err
	}
	found := func(x string, group int) bool {
		for _, m := range all.Find(x, 0, len(x)) {
			if m.Group == group {
				return true
			}
		}
		return false
	}
	var errs []error
	for _, x := range f.Examples {
		if !found(x, 0) {
			errs = append(errs, fmt.Errorf("the example %q is not found", x))
		}
	}
	for _, x := range f.Exposed {
		if !found(x, 1) {
			errs = append(errs, fmt.Errorf("the exposed example %q is not found", x))
		}
	}
	for _, x := range f.Counter {
		if found(x, 1) {
			errs = append(errs, fmt.Errorf("the counterexample %q is found to speak against it", x))
		}
	}
	return errors.Join(errs...)
}

// polarity is polarity.yaml: words that turn a duty round, and the topics that are duties.
type polarity struct {
	Waives   []string `yaml:"waives"`
	Unless   []string `yaml:"unless"`
	Turns    []string `yaml:"turns"`
	Examples []string `yaml:"examples"`
	Counter  []string `yaml:"counterexamples"`
}

func (l *Library) readPolarity(fsys fs.FS) error {
	var p polarity
	if b, err := fs.ReadFile(fsys, "polarity.yaml"); err == nil {
		if err := strict(b, &p); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var err error
	if l.turning, err = assay.NewPhrases([]assay.PhraseGroup{{Match: p.Waives, Unless: p.Unless}}); err != nil {
		return err
	}
	for _, code := range p.Turns {
		t := l.byCode[code]
		if t == nil {
			return fmt.Errorf("there is no topic %q", code)
		}
		t.Turns = true
	}
	var errs []error
	for _, x := range p.Examples {
		if len(l.turning.Find(x, 0, len(x))) == 0 {
			errs = append(errs, fmt.Errorf("the example %q is not found", x))
		}
	}
	for _, x := range p.Counter {
		if len(l.turning.Find(x, 0, len(x))) > 0 {
			errs = append(errs, fmt.Errorf("the counterexample %q is found", x))
		}
	}
	return errors.Join(errs...)
}
