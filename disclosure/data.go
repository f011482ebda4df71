package disclosure

import (
	"bytes"
	_ "embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/registry"
)

//go:embed grounds.yaml
var groundsYAML []byte

//go:embed profiles.yaml
var profilesYAML []byte

// Question is one of the threshold test.
type Question struct {
	Code     string
	Label    string `yaml:"label"`
	Question string `yaml:"question"`
}

// Override is a public interest before which grounds give way.
type Override struct {
	Code  string
	Label string `yaml:"label"`
	Says  string `yaml:"says"`
}

// Ground is what something may be kept back for.
type Ground struct {
	Code       string
	Definition string   `yaml:"definition"`
	Claim      string   `yaml:"claim"`   // who may claim it
	Show       string   `yaml:"show"`    // what must be shown beside the test
	Review     int      `yaml:"review"`  // months after which it must be looked at again
	Longest    int      `yaml:"longest"` // months after which it ends
	Override   []string `yaml:"override"`
	Basis      []string `yaml:"basis"`
}

// Label is the ground's name.
func (g *Ground) Label() string { return registry.Code("withholding_ground", g.Code).Label }

// Grounds are the grounds with their test.
type Grounds struct {
	Version   string
	Test      []Question
	Overrides []Override
	All       []*Ground
}

// Of is the ground of a code; nil for none.
func (g *Grounds) Of(code string) *Ground {
	for _, x := range g.All {
		if x.Code == code {
			return x
		}
	}
	return nil
}

// LoadGrounds reads the grounds that the program carries.
var LoadGrounds = sync.OnceValues(func() (*Grounds, error) { return readGrounds(groundsYAML) })

func readGrounds(b []byte) (*Grounds, error) {
	var raw struct {
		Version   string            `yaml:"version"`
		Test      ordered[Question] `yaml:"test"`
		Overrides ordered[Override] `yaml:"overrides"`
		Grounds   ordered[Ground]   `yaml:"grounds"`
	}
	if err := strict(b, &raw); err != nil {
		return nil, fmt.Errorf("grounds.yaml: %w", err)
	}
	g := &Grounds{Version: raw.Version}
	for _, code := range raw.Test.keys {
		q := raw.Test.of[code]
		q.Code = code
		g.Test = append(g.Test, q)
	}
	for _, code := range raw.Overrides.keys {
		o := raw.Overrides.of[code]
		o.Code = code
		g.Overrides = append(g.Overrides, o)
	}
	for _, code := range raw.Grounds.keys {
		x := raw.Grounds.of[code]
		x.Code = code
		switch {
		case !registry.IsCode("withholding_ground", code):
			return nil, fmt.Errorf("grounds.yaml: %q is no code of withholding_ground", code)
		case x.Definition == "" || x.Claim == "" || x.Show == "" || x.Review < 1 || x.Longest < x.Review:
			return nil, fmt.Errorf("grounds.yaml: %s: something is missing, or it ends before it is looked at again", code)
		}
		for _, o := range x.Override {
			if _, ok := raw.Overrides.of[o]; !ok {
				return nil, fmt.Errorf("grounds.yaml: %s: there is no override %q", code, o)
			}
		}
		g.All = append(g.All, &x)
	}
	for _, code := range registry.Codes("withholding_ground") {
		if g.Of(code) == nil {
			return nil, fmt.Errorf("grounds.yaml: %q is missing", code)
		}
	}
	return g, nil
}

// Part is a part of what can be published of a record.
type Part struct {
	Code   string
	Label  string   `yaml:"label"`
	Fields []string `yaml:"fields"` // field or field:key
}

// Rule is what a profile says of a part.
type Rule struct {
	From     string   `yaml:"from"`     // start, or a trigger
	Audience string   `yaml:"audience"` // before that: parliament, audit or delegation
	Grounds  []string `yaml:"grounds"`  // on which it may be kept back until then
}

// Profile is a preset.
type Profile struct {
	Code  string
	Says  string          `yaml:"says"`
	Parts map[string]Rule `yaml:"parts"`
}

// Label is the profile's name.
func (p *Profile) Label() string { return registry.Code("disclosure_profile", p.Code).Label }

// Profiles are the presets with the parts that they speak of.
type Profiles struct {
	Version string
	Parts   []Part
	All     []*Profile
}

// Of is the profile of a code; nil for none.
func (p *Profiles) Of(code string) *Profile {
	for _, x := range p.All {
		if x.Code == code {
			return x
		}
	}
	return nil
}

// LoadProfiles reads the profiles that the program carries.
var LoadProfiles = sync.OnceValues(func() (*Profiles, error) {
	g, err := LoadGrounds()
	if err != nil {
		return nil, err
	}
	return readProfiles(profilesYAML, g)
})

func readProfiles(b []byte, g *Grounds) (*Profiles, error) {
	var raw struct {
		Version  string           `yaml:"version"`
		Parts    ordered[Part]    `yaml:"parts"`
		Profiles ordered[Profile] `yaml:"profiles"`
	}
	if err := strict(b, &raw); err != nil {
		return nil, fmt.Errorf("profiles.yaml: %w", err)
	}
	p := &Profiles{Version: raw.Version}
	for _, code := range raw.Parts.keys {
		x := raw.Parts.of[code]
		x.Code = code
		for _, f := range x.Fields {
			name, _, _ := strings.Cut(f, ":")
			if registry.FieldOf(name) == nil {
				return nil, fmt.Errorf("profiles.yaml: %s: there is no field %q", code, name)
			}
		}
		p.Parts = append(p.Parts, x)
	}
	for _, code := range raw.Profiles.keys {
		x := raw.Profiles.of[code]
		x.Code = code
		if !registry.IsCode("disclosure_profile", code) {
			return nil, fmt.Errorf("profiles.yaml: %q is no code of disclosure_profile", code)
		}
		for _, part := range slices.Sorted(maps.Keys(x.Parts)) {
			r := x.Parts[part]
			if _, ok := raw.Parts.of[part]; !ok {
				return nil, fmt.Errorf("profiles.yaml: %s: there is no part %q", code, part)
			}
			if r.From == "start" {
				continue
			}
			if _, err := ParseTrigger(r.From); err != nil {
				return nil, fmt.Errorf("profiles.yaml: %s: %s: %w", code, part, err)
			}
			if !slices.Contains([]string{"parliament", "audit", "delegation"}, r.Audience) || len(r.Grounds) == 0 {
				return nil, fmt.Errorf("profiles.yaml: %s: %s: what is not public from the start is for somebody, on some ground", code, part)
			}
			for _, gr := range r.Grounds {
				if g.Of(gr) == nil || gr == "not_stated" {
					return nil, fmt.Errorf("profiles.yaml: %s: %s: %q is no ground", code, part, gr)
				}
			}
		}
		if len(x.Parts) != len(p.Parts) {
			return nil, fmt.Errorf("profiles.yaml: %s says nothing of some part", code)
		}
		p.All = append(p.All, &x)
	}
	if len(p.All) != len(registry.Codes("disclosure_profile")) {
		return nil, fmt.Errorf("profiles.yaml: a code of disclosure_profile is missing")
	}
	return p, nil
}

// strict reads YAML and refuses keys that nobody knows.
func strict(b []byte, to any) error {
	dec := yaml.NewDecoder(bytes.NewReader(b))
	dec.KnownFields(true)
	return dec.Decode(to)
}

// ordered is a map of YAML with the order of its keys.
type ordered[T any] struct {
	keys []string
	of   map[string]T
}

func (o *ordered[T]) UnmarshalYAML(n *yaml.Node) error {
	if err := n.Decode(&o.of); err != nil {
		return err
	}
	for i := 0; i < len(n.Content); i += 2 {
		o.keys = append(o.keys, n.Content[i].Value)
	}
	return nil
}
