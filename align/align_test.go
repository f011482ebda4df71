package align_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openassay/assay/align"
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

const english = `AGREEMENT BETWEEN BORDOLIA AND KESTRIA ON ORES

The Parties agree as follows:

Article 1

Each Party shall hand over the account within 30 days of the request, and shall keep a copy of it for the other Party for as long as the line is open.

Article 2

The Parties may buy copper.

Article 3

1. A Joint Committee is hereby established.

2. The Committee shall meet in the ports by turns, at least 12 times.

Article 4

This Agreement shall enter into force on 5 May 2027.
`

const french = `ACCORD ENTRE LA BORDOLIE ET LA KESTRIE SUR LES MINERAIS

Les Parties sont convenues de ce qui suit :

Article 1

Chaque Partie doit remettre le compte dans un délai de 60 jours suivant la demande, et doit en garder une copie pour l'autre Partie aussi longtemps que la ligne est ouverte.

Article 2

Les Parties doivent acheter du cuivre.

Article 3

1. Il est institué une Commission mixte.

2. La Commission doit se réunir dans les ports à tour de rôle, au moins 12 fois.

Article 4

Le présent Accord entre en vigueur le 6 mai 2027.
`

func read(t testing.TB, s string) (*text.Reading, *assay.Analysis) {
	t.Helper()
	r, err := text.Read("t.txt", []byte(s))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r, assay.Analyze(r, rules, nil)
}

func rows(al *align.Alignment) string {
	var out []string
	for _, r := range al.Rows {
		a, b := "-", "-"
		if r.A != nil {
			a = r.A.EID
		}
		if r.B != nil {
			b = r.B.EID
		}
		line := a + " " + b
		for _, d := range r.Differences {
			line += fmt.Sprintf(" %s(%s|%s)", d.Kind, d.A, d.B)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

func TestTexts(t *testing.T) {
	a, an := read(t, english)
	b, bn := read(t, french)
	want := `cover cover
preamble preamble
art_1 art_1 number(P30D|P60D)
art_2 art_2 modality(permission|obligation)
art_3 art_3
art_3__para_1 art_3__para_1
art_3__para_2 art_3__para_2
art_4 art_4 date(2027-05-05|2027-05-06)`
	if got := rows(align.Texts(a, b, an, bn, align.Options{})); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := rows(align.Texts(a, b, an, bn, align.Options{HideNumbers: true})); got != want {
		t.Errorf("without numbers, got\n%s\nwant\n%s", got, want)
	}
	c, cn := read(t, strings.Replace(french, "Article 2\n\nLes Parties doivent acheter du cuivre.\n\n", "", 1))
	got := rows(align.Texts(a, c, an, cn, align.Options{HideNumbers: true}))
	if !strings.Contains(got, "\nart_2 -\n") || !strings.Contains(got, "\nart_3 art_3\n") {
		t.Errorf("an article is missing, got\n%s", got)
	}
	if got := rows(align.Texts(a, b, nil, nil, align.Options{})); !strings.Contains(got, "art_4 art_4") {
		t.Errorf("without analyses, got\n%s", got)
	}
}

// TestLaws: each provision of the spine has one row, rows keep the order of both texts, spans are those of the readings.
func TestLaws(t *testing.T) {
	parts := strings.SplitAfter(english+french, "\n\n")
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) *text.Reading {
			s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 1, 30).Draw(t, name), "")
			r, err := text.Read("t.txt", []byte(s))
			if err != nil {
				t.Skip()
			}
			return r
		}
		a, b := draw("a"), draw("b")
		lastA, lastB := -1, -1
		for _, r := range align.Texts(a, b, nil, nil, align.Options{HideNumbers: rapid.Bool().Draw(t, "hide")}).Rows {
			if r.A == nil && r.B == nil {
				t.Fatal("a row without provisions")
			}
			if r.A != nil {
				if p := a.Provisions[r.A.Index]; p.EID != r.A.EID || p.Start != r.A.Start || r.A.Index <= lastA {
					t.Fatalf("a: %+v after %d", r.A, lastA)
				}
				lastA = r.A.Index
			}
			if r.B != nil {
				if r.B.Index <= lastB || b.Provisions[r.B.Index].EID != r.B.EID {
					t.Fatalf("b: %+v after %d", r.B, lastB)
				}
				lastB = r.B.Index
			}
			if r.Confidence < 0 || r.Confidence > 1 {
				t.Fatalf("confidence %v", r.Confidence)
			}
		}
	})
}
