package overlap_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openassay/assay/overlap"
)

func passages(a, b string) []string {
	var out []string
	for _, p := range overlap.Shared(overlap.NewWording(a, 0, len(a)), overlap.NewWording(b, 0, len(b))) {
		out = append(out, a[p.A[0]:p.A[1]]+" | "+b[p.B[0]:p.B[1]])
	}
	return out
}

func TestShared(t *testing.T) {
	const long = "The Participants intend to exchange geological data on lithium every year."
	for _, c := range []struct {
		name, a, b string
		want       []string
	}{
		{"the same but for case and signs", long, strings.ToUpper(strings.ReplaceAll(long, " on ", ", on ")),
			[]string{strings.TrimSuffix(long, ".") + " | " + strings.TrimSuffix(strings.ToUpper(strings.ReplaceAll(long, " on ", ", on ")), ".")}},
		{"a word changed", long, strings.Replace(long, "geological", "market", 1),
			[]string{"The Participants intend to exchange | The Participants intend to exchange", "data on lithium every year | data on lithium every year"}},
		{"four words are no passage", "we met in the hall", "we met in the garden", nil},
		{"turned round", "one two three four five. six seven eight nine ten", "six seven eight nine ten; one two three four five",
			[]string{"one two three four five | one two three four five", "six seven eight nine ten | six seven eight nine ten"}},
		{"the longest of two places", "a b c d e f g", "a b c d e x a b c d e f g", []string{"a b c d e f g | a b c d e f g"}},
		{"Chinese", "双方同意交换地质资料", "双方同意交换贸易资料", []string{"双方同意交换 | 双方同意交换"}},
		{"nothing", "", "one two three four five six", nil},
	} {
		if got := passages(c.a, c.b); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestSharedLaw holds of any two texts: passages lie in the texts, are the same words, do not overlap in a, and hold every shared gram of a.
func TestSharedLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "É", "中", "d-e"}), 0, 40)
		a, b := strings.Join(words.Draw(rt, "a"), " "), strings.Join(words.Draw(rt, "b"), " ")
		last := 0
		covered := make([]bool, len(a)+1)
		norm := func(s string) string {
			return strings.Join(strings.FieldsFunc(strings.ToLower(han.ReplaceAllString(s, " $0 ")), func(r rune) bool { return r == ' ' || r == '-' }), " ")
		}
		for _, p := range overlap.Shared(overlap.NewWording(a, 0, len(a)), overlap.NewWording(b, 0, len(b))) {
			if p.A[0] < last || norm(a[p.A[0]:p.A[1]]) != norm(b[p.B[0]:p.B[1]]) || p.A[0] >= p.A[1] {
				rt.Fatalf("%v of %q and %q", p, a, b)
			}
			last = p.A[1]
			for i := p.A[0]; i < p.A[1]; i++ {
				covered[i] = true
			}
		}
		inB := plainSet(b)
		var at []int // where each word of a begins
		for i := range a {
			if a[i] != ' ' && a[i] != '-' && (i == 0 || a[i-1] == ' ' || a[i-1] == '-') {
				at = append(at, i)
			}
		}
		ws := strings.Fields(norm(a))
		for i := 0; i+overlap.GramWords <= len(ws); i++ {
			if inB[strings.Join(ws[i:i+overlap.GramWords], " ")] {
				for _, k := range at[i : i+overlap.GramWords] {
					if !covered[k] {
						rt.Fatalf("word at %d of %q is shared with %q and in no passage", k, a, b)
					}
				}
			}
		}
	})
}
