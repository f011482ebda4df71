package assay_test

import (
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// hostile are texts that would choke a careless reading, as units to be repeated; whole ones are read with their structure, from the bytes of a file.
var hostile = []struct {
	name, unit string
	whole      bool
}{
	{"one sentence", "each party and the committee, under its law, may and shall not ", false},
	{"nothing", "nothing in this chapter ", false},
	{"no party", "no party shall, ", false},
	{"that they may", "the measures that the party may take if it shall decide that duties shall end ", false},
	{"periods", "for two years of service within 30 days of the request and 40 tonnes ", false},
	{"bounds", "not more than ten per cent (10%) or no less than USD 5 million, ", false},
	{"goods", "shall provide loans and grants of access to minerals, and exempt goods from customs duties on exports, ", false},
	{"items", "tests, standards, and ", false},
	{"references", "Article 4(2) of the Treaty and paragraph 1 of this Article, ", false},
	{"table", "12.5 | 0201.10.00 | \n", false},
	{"commas", ", , , the United States, cobalt ", false},
	{"short lines", "x\n", false},
	{"abbreviations", "U.S. Art. 5 No. 3 ", false},
	{"no structure", "Norland shall pay its share. Sudria may inspect the mines of Norland, and the prices are fair. ", true},
	{"noise", "Eaeh Parlv sha11 pubIish 1ts l4ws xq zrt ~ bcdf; rn3 the.\n", true},
	{"tariffs", "2603.00.00  Copper ores  5.5  4.4  3.3  0\n", true},
	{"two languages", "Article 3\n\nEach Party shall publish its laws and the contracts of the state.\n\nArtículo 3\n\nCada Parte publicará sus leyes y los contratos del Estado en su territorio.\n\n", true},
	{"an annex", "Annex I\n\n1. The goods of heading 2603 are ores and concentrates of copper, which Norland shall admit free of duty.\n\n(a) of 5 per cent; and\n\n", true},
	{"one number", "Article 1\nMines\n\nNorland shall, under Article 1, publish its laws.\n\n", true},
}

// BenchmarkBad reads each of them in a size and in ten times that size, and fails where time grows much more than the text. It is a
// benchmark, since time is measured, and other work on the machine would fail a test.
func BenchmarkBad(b *testing.B) {
	rules, lex := mustRules(b), testLexicon()
	for _, h := range hostile {
		words := len(strings.Fields(h.unit + "x"))
		small := strings.Repeat(h.unit, 1+20_000/words)
		big := strings.Repeat(small, 10)
		b.Run(h.name, func(b *testing.B) {
			b.SetBytes(int64(len(small) + len(big)))
			least := func(s string, times int) time.Duration {
				best := time.Hour
				for range times {
					start := time.Now()
					readBad(b, rules, lex, s, h.whole)
					best = min(best, time.Since(start))
				}
				return best
			}
			for range b.N {
				x, y := least(small, 3), least(big, 2)
				ratio := float64(y) / float64(x)
				b.ReportMetric(ratio, "times-for-10x")
				if ratio > 25 && y > 500*time.Millisecond {
					b.Fatalf("%v for %d bytes, %v for ten times as many", x, len(small), y)
				}
			}
		})
	}
}

// BenchmarkMillionWords is an annex of a million words after an agreement of one article.
func BenchmarkMillionWords(b *testing.B) {
	rules, lex := mustRules(b), testLexicon()
	const unit = "Norland shall admit the ores and concentrates of heading 2603 free of duty.\n\n"
	src := treatyHead + "Annex I\n\n" + strings.Repeat(unit, 1_000_000/len(strings.Fields(unit)))
	b.SetBytes(int64(len(src)))
	for range b.N {
		readBad(b, rules, lex, src, true)
	}
}

const treatyHead = "Agreement between Norland and Sudria\n\nThe Parties have agreed as follows:\n\nArticle 1\nMines\n\nNorland shall publish its laws and the contracts of the state with the companies that work in the mines of its territory.\n\nArticle 2\nForce\n\nThis Agreement shall enter into force on ratification.\n\n"

func readBad(t testing.TB, rules *assay.Rules, lex *assay.Lexicon, s string, whole bool) *assay.Analysis {
	t.Helper()
	r := one("en", "The Parties,", s)
	if whole {
		var err error
		if r, err = text.Read("bad.txt", []byte(treatyHead+s)); err != nil {
			t.Fatal(err)
		}
	}
	return assay.Analyze(r, rules, lex)
}

// Everything hostile is read to the end, and what is good before it is read as if it stood alone.
func TestHostile(t *testing.T) {
	t.Parallel()
	rules, lex := mustRules(t), testLexicon()
	for _, h := range hostile {
		a := readBad(t, rules, lex, strings.Repeat(h.unit, 1+4000/len(strings.Fields(h.unit+"x"))), h.whole)
		if !h.whole {
			continue
		}
		found := false
		for _, p := range a.Provisions {
			found = found || strings.HasPrefix(p.EID, "art_1") && len(p.Norms) > 0 && p.Norms[0].Modality == assay.Obligation && strings.Join(p.Norms[0].Bearer, " ") == "NOR"
		}
		if !found {
			t.Errorf("%s: the article before it is not read", h.name)
		}
		for _, p := range a.Provisions {
			for _, n := range p.Norms {
				if n.Confidence < assay.UndecidedBelow && n.Modality != "" && n.Modality != assay.Undecided || n.Modality == assay.Undecided && (len(n.Either) != 2 || n.Either[0] == n.Either[1]) {
					t.Fatalf("%s: %s: %s at %.2f, either %v", h.name, p.EID, n.Modality, n.Confidence, n.Either)
				}
			}
		}
	}
}

// What is bad says so: tariffs and noise are unreadable, a language that is not served is unsupported; prose without structure and two
// languages that alternate are read.
func TestBadSaysSo(t *testing.T) {
	t.Parallel()
	rules, lex := mustRules(t), testLexicon()
	read := func(s string) *assay.Analysis { return readBad(t, rules, lex, s, true) }
	count := func(a *assay.Analysis, lang string) map[assay.Modality]int {
		out := map[assay.Modality]int{}
		for _, p := range a.Provisions {
			for _, n := range p.Norms {
				l := n.Language
				if l == "" {
					l = a.Language
				}
				if l == lang {
					out[n.Modality]++
				}
			}
		}
		return out
	}
	if a := read("Annex I\n\n" + strings.Repeat("2603.00.00  5.5  4.4  3.3  0\n", 300)); a.Unreadable["table"] == 0 {
		t.Errorf("tariffs: unreadable %v", a.Unreadable)
	}
	if a := read("Article 3\nScan\n\n" + strings.Repeat("xq zrt bcdf rn3 lkj tr4d pqrs w 1s m8n vbn kjh\n", 60)); a.Unreadable["noise"] == 0 {
		t.Errorf("noise: unreadable %v", a.Unreadable)
	}
	if n := count(read(strings.Repeat(hostile[16].unit, 40)), "en"); n[assay.Obligation] < 40 {
		t.Errorf("two languages, English: %v", n)
	}
	if n := count(read(strings.Repeat(hostile[16].unit, 40)), "es"); n[assay.Obligation] < 40 {
		t.Errorf("two languages, Spanish: %v", n)
	}
	prose, err := text.Read("prose.txt", []byte(strings.Repeat("Norland shall pay its share of the works. Sudria may inspect the mines of Norland. ", 50)))
	if err != nil {
		t.Fatal(err)
	}
	if n := count(assay.Analyze(prose, rules, lex), "en"); n[assay.Obligation] != 50 || n[assay.Permission] != 50 {
		t.Errorf("without structure: %v", n)
	}
	german, err := text.Read("de.txt", []byte(strings.Repeat("Artikel 1\n\nJede Vertragspartei veröffentlicht ihre Gesetze und die Verträge des Staates, und sie wird der anderen Partei darüber berichten.\n\n", 20)))
	if err != nil {
		t.Fatal(err)
	}
	a := assay.Analyze(german, rules, lex)
	if a.Unsupported != "de" || a.Balance.Why != "unsupported" {
		t.Errorf("German: unsupported %q, balance %+v", a.Unsupported, a.Balance)
	}
	for _, p := range a.Provisions {
		if p.Modality != "" {
			t.Errorf("German: %s is guessed to be %s", p.EID, p.Modality)
		}
	}
}
