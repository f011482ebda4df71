package assay_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
	"pgregory.net/rapid"
)

var pieces = []string{"Each Party", "The Parties", "Norland", "Sudria", "the Joint Committee", "shall", "shall not", "may", "will", "endeavour to", "intends to", "recognises", "that",
	"publish", "its laws", "cobalt", "“critical minerals”", "in accordance with its laws", "as appropriate", ",", ";", ":", ".", "(a)", "1.", "Article 5", "\n", "\n\n", "U.S.", "No. 14/2024", "i.e.", "if", "which",
	"应", "不得", "缔约方", "les Parties coopèrent", "cooperarán", "'", "’", "", "\xff", "30 days", "$1 billion", "arbitral tribunal", "not legally binding", "This Memorandum of Understanding"}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), " ")
}

// drawReading cuts a text at random places into a cover, articles and points.
func drawReading(t *rapid.T) *text.Reading {
	s := drawText(t)
	r := &text.Reading{Text: s, Title: rapid.SampledFrom([]string{"", "Agreement between Norland and Sudria", "Joint Statement"}).Draw(t, "title"),
		Language: rapid.SampledFrom([]string{"en", "fr", "es", "pt", "zh", "ru", "und", ""}).Draw(t, "lang")}
	at := 0
	for at < len(s) {
		end := min(len(s), at+rapid.IntRange(1, 80).Draw(t, "len"))
		kind := rapid.SampledFrom([]text.ProvisionKind{text.KindCover, text.KindPreamble, text.KindArticle, text.KindSection}).Draw(t, "kind")
		body := min(end, at+rapid.IntRange(0, 10).Draw(t, "body"))
		r.Provisions = append(r.Provisions, text.Provision{EID: "p", Kind: kind, Start: at, Body: body, End: end, Parent: -1})
		if mid := (body + end) / 2; rapid.Bool().Draw(t, "child") && mid > body {
			r.Provisions = append(r.Provisions, text.Provision{EID: "c", Kind: text.KindPoint, Start: mid, Body: mid, End: end, Parent: len(r.Provisions) - 1, Depth: 1})
		}
		at = end
	}
	return r
}

func TestSpansWithinBounds(t *testing.T) {
	rules, lex := mustRules(t), testLexicon()
	rapid.Check(t, func(t *rapid.T) {
		r := drawReading(t)
		a := assay.Analyze(r, rules, lex)
		checkBounds(t, r, a)
		if b := assay.Analyze(r, rules, lex); !reflect.DeepEqual(a, b) {
			t.Fatal("the same reading gave two analyses")
		}
	})
}

type fataler interface{ Fatalf(string, ...any) }

func checkBounds(t fataler, r *text.Reading, a *assay.Analysis) {
	n := len(r.Text)
	span := func(what string, start, end, lo, hi int) {
		if start < lo || end > hi || start > end {
			t.Fatalf("%s [%d,%d) outside [%d,%d)", what, start, end, lo, hi)
		}
	}
	if len(a.Provisions) != len(r.Provisions) {
		t.Fatalf("%d provisions of %d", len(a.Provisions), len(r.Provisions))
	}
	for _, p := range a.Provisions {
		span("provision", p.Start, p.End, 0, n)
		for _, l := range p.Labels {
			span("label "+l.Rule, l.Start, l.End, p.Start, p.End)
			if l.Start == l.End {
				t.Fatalf("label %s is empty", l.Rule)
			}
		}
	}
	for _, e := range a.Instrument.LegalNature.Evidence {
		span("evidence", e.Start, e.End, 0, n)
		if r.Text[e.Start:e.End] != e.Text || e.EID == "" {
			t.Fatalf("evidence %+v is not the text", e)
		}
	}
	for _, m := range a.Mentions {
		span("mention", m.Start, m.End, 0, n)
	}
}

// labels of a text, without their offsets.
func labels(a *assay.Analysis) string {
	var b strings.Builder
	for _, p := range a.Provisions {
		b.WriteString(string(p.Modality) + " " + p.Part + " " + strings.Join(p.Bearer, ",") + " " + strings.Join(p.Qualifiers, ",") + " " + strings.Join(p.Topics, ","))
		for _, l := range p.Labels {
			b.WriteString(" " + l.Class + "/" + l.Rule)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

var sentences = []string{"Each Party shall publish its laws.", "Norland shall not, in its territory, impose export duties on “cobalt”.", "The Parties’ companies may offer off-take of nickel.",
	"Nothing in this Chapter shall be construed to prevent a Party from acting.", "A Party shall not be required to disclose 'secret' data.", "Each Party shall, as appropriate, endeavour to align its standards with the OECD guidance."}

func TestQuotesAndLineBreaksChangeNothing(t *testing.T) {
	rules, lex := mustRules(t), testLexicon()
	quotes := strings.NewReplacer("“", "\"", "”", "\"", "’", "'", "'", "‘")
	rapid.Check(t, func(t *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(sentences), 1, 5).Draw(t, "sentences"), " ")
		want := labels(assay.Analyze(one("en", forms["en treaty"], s), rules, lex))
		if got := labels(assay.Analyze(one("en", forms["en treaty"], quotes.Replace(s)), rules, lex)); got != want {
			t.Fatalf("other quotes:\n%s\nwant\n%s", got, want)
		}
		words := strings.Fields(s)
		var b strings.Builder
		for i, w := range words {
			if i > 0 {
				b.WriteString(rapid.SampledFrom([]string{" ", "\n", "  ", " \n "}).Draw(t, "break"))
			}
			b.WriteString(w)
		}
		if got := labels(assay.Analyze(one("en", forms["en treaty"], b.String()), rules, lex)); got != want {
			t.Fatalf("other line breaks in %q:\n%s\nwant\n%s", b.String(), got, want)
		}
	})
}

func FuzzAnalyze(f *testing.F) {
	for _, s := range append(sentences, "", "\x00", "Article 1\nDefinitions", "应不得", strings.Repeat("(", 500)) {
		f.Add(s, "en", 3)
	}
	rules, lex := mustRules(f), testLexicon()
	f.Fuzz(func(t *testing.T, s, lang string, cut int) {
		r := one(lang, "The Parties, ", s)
		r.Title = s
		r.Meta = []text.Meta{{Name: "parties", Value: s}}
		r.Provisions = append(r.Provisions, text.Provision{EID: "wild", Kind: text.KindPoint, Start: cut, Body: cut + 5, End: cut * 2, Parent: cut})
		a := assay.Analyze(r, rules, lex)
		if _, err := json.Marshal(a); err != nil {
			t.Fatal(err)
		}
		for _, p := range a.Provisions {
			if p.Start < 0 || p.End > len(r.Text) || p.Start > p.End {
				t.Fatalf("%+v", p)
			}
		}
	})
}
