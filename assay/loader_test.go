package assay_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openassay/assay/assay"
)

const goodRule = `family: modality
rules:
  - code: x_shall
    class: obligation
    label: {en: a, fr: b, es: c, pt: d}
    definition: Obliges.
    source: a source
    match: ['shall']
    unless: ['shall not']
    examples: [Each Party shall act.]
    counterexamples: [Each Party shall not act.]
`

func TestEmbeddedRulesProveThemselves(t *testing.T) {
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	if err := rules.Prove(); err != nil {
		t.Error(err)
	}
}

// The loader refuses knowledge that does not prove itself.
func TestLoaderRefuses(t *testing.T) {
	load := func(files ...string) error {
		fsys := fstest.MapFS{}
		for i, f := range files {
			fsys["rules/"+string(rune('a'+i))+".yaml"] = &fstest.MapFile{Data: []byte(f)}
		}
		rules, err := assay.LoadRulesFrom(fsys)
		if err != nil {
			return err
		}
		return rules.Prove()
	}
	if err := load(goodRule); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"source: a source", "sauce: a source", "not found"},
		{"class: obligation", "class: duty", "unknown class"},
		{"family: modality", "family: mood", "unknown family"},
		{"    examples: [Each Party shall act.]\n", "", "no examples"},
		{"examples: [Each Party shall act.]", "examples: [Each Party acts.]", "does not match"},
		{"counterexamples: [Each Party shall not act.]", "counterexamples: [Each Party acts.]", "no counterexample exercises"},
		{"counterexamples: [Each Party shall not act.]", "counterexamples: [Each Party shall not act., The Party shall act.]", "matches"},
		{"pt: d", "de: d", "no label"},
		{"match: ['shall']", "match: ['(shall']", "missing )"},
		{"match: ['shall']", "match: ['<3> shall']", "not begin with a gap"},
		{"match: ['shall']", "match: ['$nothing']", "no definition"},
		{"match: ['shall']", "match: ['shall <99> act']", "gap"},
	} {
		bad := strings.Replace(goodRule, c.old, c.new, 1)
		if bad == goodRule {
			t.Fatalf("%q is not in the rule", c.old)
		}
		if err := load(bad); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: %v, want an error with %q", c.new, c.old, err, c.want)
		}
	}
	if err := load(goodRule, goodRule); err == nil || !strings.Contains(err.Error(), "used twice") {
		t.Errorf("a code used twice: %v", err)
	}
}
