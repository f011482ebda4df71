package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFindWords(t *testing.T) {
	for _, c := range []struct{ text, sought, want string }{
		{"The Parties shall co-operate. Each Party shall report.", "party", "Party"},
		{"The Parties shall act. Each\nparty shall report.", "each PARTY shall", "Each\nparty shall"},
		{"more ore, therefore Ores", "ore", "ore|Ore"},
		{"Les minéraux élevés à l’État", "mineraux eleves a l'etat", "minéraux élevés à l’État"},
		{"“critical minerals”", "\"critical", "“critical"},
		{"缔约方应当合作，各方应当报告", "应当", "应当|应当"},
		{"Größe und Straße", "grosse", ""},
		{"a\u00ad rare\u00adearth", "rareearth", "rare\u00adearth"},
		{"x", "  ", ""},
		{"aaa aaa", "aaa aaa", "aaa aaa"},
		{"ﬁnance", "finance", "ﬁnance"},
		{"", "a", ""},
	} {
		var got []string
		for _, s := range findWords(c.text, c.sought) {
			got = append(got, c.text[s[0]:s[1]])
		}
		if g := strings.Join(got, "|"); g != c.want {
			t.Errorf("%q in %q: %q, want %q", c.sought, c.text, g, c.want)
		}
	}
}

// Places lie in the text, in order, apart from each other, and hold what was sought; marking them loses no word.
func TestFoundPlacesLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SampledFrom([]string{"a", "b", "é", "A", " ", "\n", "ﬁ", "应", "-", "\u00ad", "1", "İ", "\xff"})
		text := strings.Join(rapid.SliceOfN(letters, 0, 60).Draw(t, "text"), "")
		sought := strings.Join(rapid.SliceOfN(letters, 0, 4).Draw(t, "sought"), "")
		last := 0
		want, _ := folded(strings.TrimSpace(sought))
		for _, s := range findWords(text, sought) {
			if s[0] < last || s[1] <= s[0] || s[1] > len(text) {
				t.Fatalf("%v after %d in %q", s, last, text)
			}
			if got, _ := folded(text[s[0]:s[1]]); !strings.Contains(got, strings.TrimSpace(want)) {
				t.Fatalf("%q holds no %q", got, want)
			}
			last = s[1]
		}
	})
}
