package practice_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/practice"
)

// TestLibraryIsComplete: at least forty topics, every recommendation of the brief answered by one, every policy area one that there is.
func TestLibraryIsComplete(t *testing.T) {
	lib, err := practice.Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(lib.Topics) < 40 {
		t.Errorf("%d topics, fewer than 40", len(lib.Topics))
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, a := range rules.Areas() {
		known[a.Code] = true
	}
	answered := map[int]bool{}
	used := map[string]bool{}
	for _, topic := range lib.Topics {
		for _, n := range topic.Findings {
			answered[n] = true
		}
		for _, a := range topic.Areas {
			if !known[a] {
				t.Errorf("%s: no policy area %q", topic.Code, a)
			}
		}
		for _, g := range topic.Guidance {
			used[g] = true
		}
		texts := map[string]bool{}
		for _, s := range practice.Strengths {
			for _, lang := range practice.Languages {
				x := topic.Wordings[s].Text[lang]
				if texts[x] {
					t.Errorf("%s: a wording comes twice: %s", topic.Code, x)
				}
				texts[x] = true
			}
		}
	}
	for n := 1; n <= 7; n++ {
		if !answered[n] {
			t.Errorf("no topic answers finding %d", n)
		}
	}
	for _, g := range lib.Guidance {
		if !used[g.Code] {
			t.Errorf("guidance %s is used by no topic", g.Code)
		}
	}
}

const goodTopic = `theme: law
topics:
  - code: quiet
    label: {en: Quiet, fr: Silence, es: Silencio, pt: Silêncio}
    why: Noise disturbs.
    words: [quiet]
    guidance: [g]
    wordings:
      weak: {obtains: hope, en: quiet a, fr: quiet b, es: quiet c, pt: quiet d}
      medium: {obtains: more, en: quiet e, fr: quiet f, es: quiet g, pt: quiet h}
      firm: {obtains: all, en: quiet i, fr: quiet j, es: quiet k, pt: quiet l}
`

const goodGuidance = `- {code: g, title: Guide, publisher: Office, link: "https://example.org/"}`

// TestLoaderRefuses: one thing wrong at a time, and the error names it.
func TestLoaderRefuses(t *testing.T) {
	for _, c := range []struct{ name, old, now, want string }{
		{"as it is", "", "", ""},
		{"an unknown key", "why:", "whither: x\n    why:", "whither"},
		{"an unknown theme", "theme: law", "theme: lore", `theme "lore"`},
		{"no label in Portuguese", ", pt: Silêncio", "", `no label in "pt"`},
		{"no why", "why: Noise disturbs.", "why: ''", "needs a code, a why and words"},
		{"a wording missing", "      firm: {obtains: all, en: quiet i, fr: quiet j, es: quiet k, pt: quiet l}\n", "", "2 wordings"},
		{"a language missing", ", pt: quiet l", "", "firm: is in 3 languages"},
		{"a note missing", "obtains: more, ", "", "medium wording that says what it obtains"},
		{"words that miss a clause", "es: quiet c", "es: silencio", "weak, es: the topic's words do not find it"},
		{"guidance that is not there", "guidance: [g]", "guidance: [h]", `rests on "h"`},
		{"a finding that is not there", "words:", "findings: [8]\n    words:", "finding 8"},
		{"a broken pattern", "words: [quiet]", "words: ['(quiet']", "pattern"},
		{"a counterexample that is found", "words:", "counterexamples: [Be quiet.]\n    words:", "counterexample"},
	} {
		files := fstest.MapFS{
			"guidance.yaml":    {Data: []byte(goodGuidance)},
			"clauses/law.yaml": {Data: []byte(strings.Replace(goodTopic, c.old, c.now, 1))},
		}
		_, err := practice.LoadFS(files)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%s: %v", c.name, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want it to name %q", c.name, err, c.want)
		}
	}
	twice := fstest.MapFS{"guidance.yaml": {Data: []byte(goodGuidance)}, "clauses/a.yaml": {Data: []byte(goodTopic)}, "clauses/b.yaml": {Data: []byte(goodTopic)}}
	if _, err := practice.LoadFS(twice); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a code used twice: %v", err)
	}
	noLink := fstest.MapFS{"guidance.yaml": {Data: []byte(`- {code: g, title: Guide, publisher: Office, link: "ftp://x"}`)}}
	if _, err := practice.LoadFS(noLink); err == nil || !strings.Contains(err.Error(), "no address") {
		t.Errorf("a link that is none: %v", err)
	}
}

// TestFind: words of a text show topics at the place where they stand; words with another sense do not.
func TestFind(t *testing.T) {
	lib, err := practice.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ sentence, want string }{
		{"Each Party shall report to its parliament every year.", "parliament_role"},
		{"Las Partes establecerán un mecanismo de reclamación para las comunidades.", "grievance"},
		{"Les résidus miniers sont déposés hors du lit des rivières.", "tailings"},
		{"A barragem de rejeitos será inspecionada.", "tailings"},
		{"Projects need free, prior and informed consent.", "fpic"},
		{"The Parties improve the business environment.", ""},
		{"The Parties shall not impose export restrictions on minerals.", ""},
		{"Ships sail in territorial waters.", ""},
	} {
		var got []string
		for _, f := range lib.Finder().Treats(c.sentence, 0, len(c.sentence)) {
			got = append(got, f.Topic.Code)
			if f.Start < 0 || f.End > len(c.sentence) || f.Start >= f.End {
				t.Errorf("%q: span %d–%d", c.sentence, f.Start, f.End)
			}
		}
		if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
			t.Errorf("%q: %v, want %q", c.sentence, got, c.want)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := practice.LoadFS(practice.Files); err != nil {
			b.Fatal(err)
		}
	}
}

// TestFreeWording: what free/*.yaml and polarity.yaml may not hold, and that it is said.
func TestFreeWording(t *testing.T) {
	for _, c := range []struct{ name, file, words, want string }{
		{"a topic that there is not", "free/a.yaml", "- {code: noise}", `no topic "noise"`},
		{"too few examples", "free/a.yaml", "- {code: quiet, words: [hush], examples: [hush]}", "1 examples"},
		{"an example that is not found", "free/a.yaml", "- {code: quiet, words: [hush], examples: [hush, hush, hush, loud]}", `"loud" is not found`},
		{"adverse words without examples", "free/a.yaml", "- {code: quiet, adverse: [shout]}", "exposed examples"},
		{"an exposed example that is not found", "free/a.yaml", "- {code: quiet, adverse: [shout], exposed: [whisper]}", `"whisper" is not found`},
		{"an unknown answer where both stand", "free/a.yaml", "- {code: quiet, against: never}", `against "never"`},
		{"one half", "free/a.yaml", "- {code: quiet, halves: [[hush]]}", "1 halves"},
		{"a waiver that is not found", "polarity.yaml", "{waives: [waive], examples: [exempt]}", `"exempt" is not found`},
		{"a waiver that is none", "polarity.yaml", "{waives: [waive], counterexamples: [never waive]}", `"never waive" is found`},
		{"a duty that there is not", "polarity.yaml", "{waives: [waive], turns: [noise]}", `no topic "noise"`},
	} {
		_, err := practice.LoadFS(fstest.MapFS{"guidance.yaml": {Data: []byte(goodGuidance)}, "clauses/law.yaml": {Data: []byte(goodTopic)}, c.file: {Data: []byte(c.words)}})
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want it to name %q", c.name, err, c.want)
		}
	}
}
