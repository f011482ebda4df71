package findings

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed definitions/*.yaml
var definitionFiles embed.FS

// Languages are those in which every word of a definition is given.
var Languages = []string{"en", "fr", "es", "pt"}

// Words is the same text in each language, by its BCP 47 code.
type Words map[string]string

// In is the text in a language; English where there is none in it.
func (w Words) In(lang string) string {
	if s := w[lang]; s != "" {
		return s
	}
	return w["en"]
}

// Definition says what a finding is.
type Definition struct {
	Number          int              `yaml:"number"`
	Key             string           `yaml:"key"`
	Label           Words            `yaml:"label"`
	Text            Words            `yaml:"text"`   // what it asks, in a paragraph
	Limits          Words            `yaml:"limits"` // what it cannot tell
	Indicators      []Counted        `yaml:"indicators"`
	Recommendations []Recommendation `yaml:"recommendations"`
}

// Counted is the definition of an indicator.
type Counted struct {
	Key    string    `yaml:"key"`
	Unit   string    `yaml:"unit"` // what a case is: a key of units in common.yaml
	Label  Words     `yaml:"label"`
	Counts Words     `yaml:"counts"`  // which cases there are and which of them are counted
	Limits Words     `yaml:"limits"`  // beyond the finding's own; may be missing
	Value  string    `yaml:"measure"` // unit of the cases' values (days, hhi, share); "" for none
	Parts  []PartDef `yaml:"parts"`
}

// PartDef is one class of an indicator's cases. Label may be missing where common.yaml has the key.
type PartDef struct {
	Key     string `yaml:"key"`
	Label   Words  `yaml:"label"`
	Counted bool   `yaml:"counted"`
	Unknown bool   `yaml:"unknown"`
	Silent  bool   `yaml:"silent"` // no record speaks of it: not looked for; unknown too
}

// Recommendation is what the finding speaks to, in our words, and who is addressed: keys of addressees in common.yaml.
type Recommendation struct {
	Key  string   `yaml:"key"`
	Text Words    `yaml:"text"`
	To   []string `yaml:"to"`
}

// Definitions are all of them.
type Definitions struct {
	Version    string           // of the words and of what is counted
	Hash       string           // of the files
	Findings   []Definition     // the seven, by number
	Units      map[string]Words // what cases are called, in the plural
	Measures   map[string]Words
	Addressees map[string]Words
	Dimensions map[string]Words
	Parts      map[string]Words            // labels of parts that several indicators have
	Codes      map[string]map[string]Words // labels of the registry's codes by list
	Phrases    map[string]Words            // of pictures and briefs
}

// Dimensions by which every indicator is broken down.
var Dimensions = []string{"year", "region", "party", "mineral", "stage", "kind"}

var load = sync.OnceValues(func() (*Definitions, error) { return parse(definitionFiles) })

// Load gives the embedded definitions. The caller must not change them. The error says which file is malformed and how.
func Load() (*Definitions, error) { return load() }

func parse(fsys fs.FS) (*Definitions, error) {
	names, err := fs.Glob(fsys, "definitions/*.yaml")
	if err != nil {
		return nil, err
	}
	d := &Definitions{}
	h := sha256.New()
	for _, name := range names {
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, err
		}
		h.Write(b)
		dec := yaml.NewDecoder(strings.NewReader(string(b)))
		dec.KnownFields(true)
		if strings.HasSuffix(name, "/common.yaml") {
			var c struct {
				Version    string                      `yaml:"version"`
				Units      map[string]Words            `yaml:"units"`
				Measures   map[string]Words            `yaml:"measures"`
				Addressees map[string]Words            `yaml:"addressees"`
				Dimensions map[string]Words            `yaml:"dimensions"`
				Parts      map[string]Words            `yaml:"parts"`
				Codes      map[string]map[string]Words `yaml:"codes"`
			}
			if err := dec.Decode(&c); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			d.Version, d.Units, d.Measures, d.Addressees, d.Dimensions, d.Parts, d.Codes = c.Version, c.Units, c.Measures, c.Addressees, c.Dimensions, c.Parts, c.Codes
			continue
		}
		if strings.HasSuffix(name, "/phrases.yaml") {
			if err := dec.Decode(&d.Phrases); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			continue
		}
		var f Definition
		if err := dec.Decode(&f); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		d.Findings = append(d.Findings, f)
	}
	slices.SortFunc(d.Findings, func(a, b Definition) int { return a.Number - b.Number })
	d.Hash = hex.EncodeToString(h.Sum(nil)[:8])
	return d, d.check()
}

var keyForm = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// check refuses definitions in which something is missing, and fills in the labels of common parts.
func (d *Definitions) check() error {
	if d.Version == "" {
		return fmt.Errorf("definitions/common.yaml: the version is missing")
	}
	for name, group := range map[string]map[string]Words{"units": d.Units, "measures": d.Measures, "addressees": d.Addressees, "dimensions": d.Dimensions, "parts": d.Parts, "phrases": d.Phrases} {
		for k, w := range group {
			if err := w.check(); err != nil && k != "group" { // which may be a blank
				return fmt.Errorf("definitions/common.yaml: %s.%s: %w", name, k, err)
			}
		}
	}
	for list, group := range d.Codes {
		for k, w := range group {
			if err := w.check(); err != nil {
				return fmt.Errorf("definitions/common.yaml: codes.%s.%s: %w", list, k, err)
			}
		}
	}
	for i := range d.Findings {
		f := &d.Findings[i]
		if err := d.checkFinding(f, i+1); err != nil {
			return fmt.Errorf("definitions/%s.yaml: %w", f.Key, err)
		}
	}
	return nil
}

func (d *Definitions) checkFinding(f *Definition, number int) error {
	switch {
	case f.Number != number:
		return fmt.Errorf("its number is %d, and %d is missing", f.Number, number)
	case !keyForm.MatchString(f.Key):
		return fmt.Errorf("%q is no key", f.Key)
	case len(f.Indicators) == 0:
		return fmt.Errorf("it has no indicator")
	}
	for what, w := range map[string]Words{"label": f.Label, "text": f.Text, "limits": f.Limits} {
		if err := w.check(); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	seen := map[string]bool{}
	for i := range f.Indicators {
		c := &f.Indicators[i]
		if err := d.checkIndicator(c); err != nil {
			return fmt.Errorf("indicator %q: %w", c.Key, err)
		}
		if seen[c.Key] {
			return fmt.Errorf("indicator %q stands twice", c.Key)
		}
		seen[c.Key] = true
	}
	for _, r := range f.Recommendations {
		if err := r.Text.check(); err != nil {
			return fmt.Errorf("recommendation %q: %w", r.Key, err)
		}
		for _, to := range r.To {
			if d.Addressees[to] == nil {
				return fmt.Errorf("recommendation %q: nobody is called %q; see addressees in common.yaml", r.Key, to)
			}
		}
		if len(r.To) == 0 || seen["rec "+r.Key] {
			return fmt.Errorf("recommendation %q: it addresses nobody, or stands twice", r.Key)
		}
		seen["rec "+r.Key] = true
	}
	return nil
}

func (d *Definitions) checkIndicator(c *Counted) error {
	if !keyForm.MatchString(c.Key) {
		return fmt.Errorf("it needs a key of small letters")
	}
	if d.Units[c.Unit] == nil {
		return fmt.Errorf("unit %q is not in common.yaml", c.Unit)
	}
	if c.Value != "" && d.Measures[c.Value] == nil {
		return fmt.Errorf("measure %q is not in common.yaml", c.Value)
	}
	for what, w := range map[string]Words{"label": c.Label, "counts": c.Counts} {
		if err := w.check(); err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
	}
	if c.Limits != nil {
		if err := c.Limits.check(); err != nil {
			return fmt.Errorf("limits: %w", err)
		}
	}
	counted, keys := 0, map[string]bool{}
	for i := range c.Parts {
		p := &c.Parts[i]
		p.Unknown = p.Unknown || p.Silent
		if p.Label == nil {
			p.Label = d.Parts[p.Key]
		}
		if err := p.Label.check(); err != nil {
			return fmt.Errorf("part %q: %w", p.Key, err)
		}
		if p.Counted && p.Unknown || keys[p.Key] {
			return fmt.Errorf("part %q stands twice, or is counted and unknown at once", p.Key)
		}
		keys[p.Key] = true
		if p.Counted {
			counted++
		}
	}
	if counted == 0 || counted == len(c.Parts) {
		return fmt.Errorf("of its parts some must be counted and some not")
	}
	return nil
}

func (w Words) check() error {
	for _, l := range Languages {
		if strings.TrimSpace(w[l]) == "" {
			return fmt.Errorf("there are no words in %q", l)
		}
	}
	if len(w) != len(Languages) {
		return fmt.Errorf("it has a language that is not one of %s", strings.Join(Languages, ", "))
	}
	return nil
}
