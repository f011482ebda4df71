package conflict_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openassay/assay/conflict"
)

const goodStance = `stances:
  - {code: sells, label: sells, match: [shall sell], examples: [Sudria shall sell ore.], counterexamples: [Sudria buys ore.]}
`
const goodRule = `rules:
  - {code: twice, label: {en: a, fr: b, es: c, pt: d}, reason: It is sold twice., severity: high, answer: conflict, a: {stances: [sells]}, b: {stances: [sells]}, who: giver, source: ours, examples: [{a: x, b: y}], counterexamples: [{a: x, b: z}]}
`

// TestLoaderRefuses holds the loader against files that are malformed, each with one fault.
func TestLoaderRefuses(t *testing.T) {
	good := goodStance + goodRule
	for _, x := range []struct{ why, file, want string }{
		{"nothing wrong", good, ""},
		{"a key that there is not", strings.Replace(good, "label: sells", "labels: sells", 1), "labels"},
		{"no example", strings.Replace(good, "examples: [Sudria shall sell ore.], ", "", 1), "examples"},
		{"no counterexample of a rule", strings.Replace(good, ", counterexamples: [{a: x, b: z}]", "", 1), "counterexamples"},
		{"an example that is not found", strings.Replace(good, "shall sell ore", "gives ore", 1), "not found"},
		{"a counterexample that is found", strings.Replace(good, "buys ore", "shall sell tin", 1), "is found"},
		{"no source", strings.Replace(good, "source: ours, ", "", 1), "source"},
		{"another severity", strings.Replace(good, "severity: high", "severity: huge", 1), "huge"},
		{"another answer", strings.Replace(good, "answer: conflict", "answer: perhaps", 1), "answer"},
		{"a stance that there is not", strings.Replace(good, "b: {stances: [sells]}", "b: {stances: [buys]}", 1), "buys"},
		{"a stance without a rule", goodStance, "no rule uses it"},
		{"a language missing", strings.Replace(good, "pt: d", "de: d", 1), `"pt"`},
		{"a code used twice", good + strings.TrimPrefix(goodRule, "rules:\n"), "twice"},
		{"a law without what is missing", strings.Replace(good, "who: giver", "who: giver, law: [mining_code]", 1), "missing"},
		{"a pattern that begins with a gap", strings.Replace(good, "match: [shall sell]", "match: ['<3> sell']", 1), "sells"},
	} {
		_, err := conflict.LoadFS(fstest.MapFS{"rules/x.yaml": {Data: []byte(x.file)}})
		if (err == nil) != (x.want == "") || err != nil && !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: %v", x.why, err)
		}
	}
}
