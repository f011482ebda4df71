package text_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/text"
	"pgregory.net/rapid"
)

var words = strings.Fields(`the Parties shall cooperate to promote investment in copper cobalt lithium and rare earths under this
	Agreement subject to their laws within 180 days of notification each Party may request consultations on measures affecting
	trade in processed minerals as set out in Article 5 or Annex I including offtake finance infrastructure geological data`)

// sentence draws prose of n words that begins with a capital and ends with a full stop.
func sentence(rt *rapid.T, most int) string {
	n := rapid.IntRange(3, most).Draw(rt, "words")
	out := make([]string, n)
	for i := range out {
		out[i] = rapid.SampledFrom(words).Draw(rt, "word")
	}
	s := strings.Join(out, " ")
	return strings.ToUpper(s[:1]) + s[1:] + rapid.SampledFrom([]string{".", ";", ":", "; and"}).Draw(rt, "end")
}

// paragraphs draws the paragraphs of an agreement in plain text: headings, numbered paragraphs, points, prose.
func paragraphs(rt *rapid.T) []string {
	var out []string
	for a := range rapid.IntRange(1, 5).Draw(rt, "articles") {
		out = append(out, "Article "+string(rune('1'+a)))
		for p := range rapid.IntRange(0, 4).Draw(rt, "paragraphs") {
			out = append(out, string(rune('1'+p))+". "+sentence(rt, 60))
			for q := range rapid.IntRange(0, 4).Draw(rt, "points") {
				out = append(out, "("+string(rune('a'+q))+") "+sentence(rt, 40))
			}
		}
		if rapid.Bool().Draw(rt, "prose") {
			out = append(out, sentence(rt, 80))
		}
	}
	return out
}

// wrap breaks a paragraph at 80 columns.
func wrap(s string) string {
	var b strings.Builder
	col := 0
	for i, w := range strings.Fields(s) {
		switch {
		case i == 0:
		case col+1+len(w) > 80:
			b.WriteByte('\n')
			col = 0
		default:
			b.WriteByte(' ')
			col++
		}
		b.WriteString(w)
		col += len(w)
	}
	return b.String()
}

func TestWrappingAndLineEndsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		paras := paragraphs(rt)
		wrapped := make([]string, len(paras))
		for i := range paras {
			wrapped[i] = wrap(paras[i])
		}
		flat := strings.Join(paras, "\n\n")
		want, err := text.Read("a.txt", []byte(flat))
		if err != nil {
			rt.Fatal(err)
		}
		if broken := laws(want); broken != "" {
			rt.Fatal(broken)
		}
		for name, variant := range map[string]string{
			"wrapped at 80 columns": strings.Join(wrapped, "\n\n"),
			"CRLF":                  strings.ReplaceAll(flat, "\n", "\r\n"),
			"wrapped with CRLF":     strings.ReplaceAll(strings.Join(wrapped, "\n\n"), "\n", "\r\n"),
			"old Mac line ends":     strings.ReplaceAll(flat, "\n", "\r"),
		} {
			got, err := text.Read("a.txt", []byte(variant))
			if err != nil {
				rt.Fatal(err)
			}
			if got.Text != want.Text {
				rt.Fatalf("%s: another text\n%s\nwant\n%s", name, got.Text, want.Text)
			}
			if got.Outline() != want.Outline() {
				rt.Fatalf("%s: other provisions\n%s\nwant\n%s", name, got.Outline(), want.Outline())
			}
		}
	})
}

// tokens are pieces of agreements, well-formed or not, that a hostile or broken text may throw at the grammar in any order.
var tokens = []string{"Article 1", "ARTICLE II", "Article 5 shall apply", "Artículo 3", "第五条", "第三章 ", "附件一", "Chapter 2", "PART IV", "Section 1.2",
	"ANNEX", "Annex I", "Schedule 2", "Protocol", "PREAMBLE", "Whereas, the Parties;", "Recalling the past,", "have agreed as follows:", "IN WITNESS WHEREOF",
	"Done at", "1.", "2.", "1.2", "(a)", "(i)", "(ii)", "(z)", "a)", "A.", "I.", "•", "- ", "[1]", "[2]", "一、", "（二）", ":", ";", ".", "and", "the Parties shall",
	"**bold**", "# Heading", "***", "_x", "[link](http://x)", "<b>", "</b>", "<!--", "-->", "|a|b|", "---", "===", "\\", "`", "é", "e\u0301", "\u202e", "\u00a0", "\ufeff",
	"\t", "    ", "\f", "5", "- 5 -", "long-", "\u2028", "العربية", "Статья 5", "ﬁ", "𝔸"}

// jumble draws a text of such pieces.
func jumble(rt *rapid.T) string {
	var b strings.Builder
	for range rapid.IntRange(1, 120).Draw(rt, "pieces") {
		b.WriteString(rapid.SampledFrom(tokens).Draw(rt, "piece"))
		b.WriteString(rapid.SampledFrom([]string{" ", "\n", "\n\n", "", " ", "\n"}).Draw(rt, "gap"))
	}
	return b.String()
}

func TestLawsHoldForAnyText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := jumble(rt)
		name := rapid.SampledFrom([]string{"a.txt", "a.md", "a.html", "a"}).Draw(rt, "name")
		if name == "a.html" {
			s = "<html><body>" + s
		}
		all, err := text.ReadAll(name, []byte(s))
		if err != nil {
			return
		}
		for _, r := range all {
			if broken := laws(r); broken != "" {
				rt.Fatalf("%s\n%q\n%s", broken, s, r.Outline())
			}
		}
	})
}

func TestReadingIsDeterministic(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := jumble(rt)
		a, errA := text.Read("a.md", []byte(s))
		b, errB := text.Read("a.md", []byte(s))
		if (errA == nil) != (errB == nil) {
			rt.Fatal("read once and refused once")
		}
		if errA == nil && (a.Text != b.Text || a.Outline() != b.Outline() || strings.Join(a.Warnings, "\n") != strings.Join(b.Warnings, "\n")) {
			rt.Fatal("two readings of the same bytes differ")
		}
	})
}
