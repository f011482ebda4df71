package eval

import (
	"bytes"
	_ "embed"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/conflict"
)

//go:embed planted/free_dev.yaml
var freeDevelopment []byte

//go:embed planted/free_held.yaml
var freeHeldOut []byte

// freePair is a pair in free wording as its file has it.
type freePair struct {
	Type   string   `yaml:"type"` // none where the two do not collide
	Lang   string   `yaml:"lang"` // en where it is left out
	A      string   `yaml:"a"`
	B      string   `yaml:"b"`
	AKind  string   `yaml:"a_kind"` // treaty where it is left out, mou, law
	BKind  string   `yaml:"b_kind"`
	BSides []string `yaml:"b_sides"` // Westmark and Sudria where they are left out
}

// freePairs reads the pairs in free wording.
func freePairs() ([]planted, error) {
	var out []planted
	for _, f := range []struct {
		name, half string
		b          []byte
	}{{"free_dev", "free_development", freeDevelopment}, {"free_held", "free_held_out", freeHeldOut}} {
		var pairs []freePair
		d := yaml.NewDecoder(bytes.NewReader(f.b))
		d.KnownFields(true)
		if err := d.Decode(&pairs); err != nil {
			return nil, fmt.Errorf("planted/%s.yaml: %w", f.name, err)
		}
		for i, x := range pairs {
			p := planted{code: x.Type, half: f.half, origin: "free", collides: x.Type != "none", a: x.A, b: x.B, lang: x.Lang, kinds: [2]string{x.AKind, x.BKind}}
			if p.lang == "" {
				p.lang = "en"
			}
			if _, ok := frames[p.lang]; !ok || x.A == "" || x.B == "" {
				return nil, fmt.Errorf("planted/%s.yaml: pair %d needs two provisions in a language of ours", f.name, i+1)
			}
			if r, err := conflict.Load(); err == nil && p.collides && r.Rule(x.Type) == nil {
				return nil, fmt.Errorf("planted/%s.yaml: pair %d: there is no rule %q", f.name, i+1, x.Type)
			}
			if !p.collides {
				p.code = "free: looks alike"
			}
			if len(x.BSides) > 0 {
				p.sides = [2][2]string{{"NOR1", "SUD1"}, {x.BSides[0], x.BSides[min(1, len(x.BSides)-1)]}}
			}
			out = append(out, p)
		}
	}
	return out, nil
}

// form puts a clause of a pair into a text of its kind: its words, and what the registry would know of it.
func (p *planted) form(k int, sides [2]string, clause string) (words string, t conflict.Text) {
	x, y := plantedNames[sides[0]], plantedNames[sides[1]]
	t = conflict.Text{Kind: conflict.KindInstrument, Parties: sides[:]}
	switch p.kinds[k] {
	case "law":
		t.Kind, t.LawType, t.Parties = conflict.KindLaw, "mining_code", sides[:1]
		return "# Minerals Act of " + x + "\n\n## Article 1\n\n" + clause + "\n", t
	case "mou":
		return fmt.Sprintf("# Memorandum of Understanding between %s and %s\n\n%s and %s (the “Participants”) have come to the following understanding:\n\n## Paragraph 1\n\n%s\n\n## Paragraph 2\n\nThis Memorandum does not create legal obligations.\n", x, y, x, y, clause), t
	}
	lang := p.lang
	if lang == "" {
		lang = tongueOf(clause)
	}
	f := frames[lang]
	head := fmt.Sprintf(f[0], x, y, x, y)
	if k == 1 && p.preamble {
		head += clause + "\n\n"
		clause = "The Parties shall meet."
	}
	return head + f[1] + clause + f[2], t
}
