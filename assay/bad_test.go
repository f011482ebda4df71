package assay_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// What cannot be read says so and why, and what stands beside it is read all the same.
func TestUnreadable(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	noise := func(words int) string {
		var b strings.Builder
		for range words {
			for range 1 + rnd.IntN(6) {
				b.WriteByte("bcdfghjklmnpqrstvwxz0123456789|~;"[rnd.IntN(33)])
			}
			b.WriteByte(' ')
		}
		return b.String()
	}
	for name, c := range map[string]struct{ words, want string }{
		"tariffs":    {strings.Repeat("2603.00.00 | 5.5 | 0 | 0\n", 200), "table"},
		"scan":       {noise(400), "noise"},
		"sentence":   {"Each Party shall publish its laws and the contracts of the state in the territory of the other Party.", ""},
		"names":      {"Copper, nickel, cobalt, lithium, graphite, manganese, zinc, lead, tin, tungsten, tantalum, niobium, vanadium, gallium, germanium, indium, tellurium, antimony, bismuth, platinum, palladium.", ""},
		"short":      {"12 | 13", ""},
		"no space":   {strings.Repeat("abc", 20000), ""},
		"empty":      {"", ""},
		"an article": {"Customs duties of 5 per cent shall be reduced to 4 per cent in 2027, to 3 per cent in 2028, to 2 per cent in 2029 and to nil in 2030.", ""},
	} {
		r := one("en", forms["en treaty"], c.words+"\n\n")
		r.Provisions[1].End = len(r.Text)
		start := len(r.Text)
		r.Text += "Norland shall publish its laws."
		r.Provisions = append(r.Provisions, text.Provision{EID: "art_2", Kind: text.KindArticle, Start: start, Body: start, End: len(r.Text), Parent: -1})
		a := assay.Analyze(r, mustRules(t), testLexicon())
		p := a.Provisions[1]
		if p.Unreadable != c.want || (c.want != "") != (a.Unreadable[c.want] == 1) || c.want != "" && len(p.Norms) > 0 {
			t.Errorf("%s: unreadable %q %v with %d norms, want %q", name, p.Unreadable, a.Unreadable, len(p.Norms), c.want)
		}
		if a.Provisions[2].Modality != assay.Obligation {
			t.Errorf("%s: what follows is %s", name, a.Provisions[2].Modality)
		}
	}
}

// A sentence of 20,000 words is no sentence: it is undecided, with both readings.
func TestEndlessSentence(t *testing.T) {
	a := assay.Analyze(one("en", forms["en treaty"], strings.Repeat("each party shall publish the laws of the state ", 2200)), mustRules(t), testLexicon())
	n := a.Provisions[1].Norms
	if len(n) != 1 || n[0].Modality != assay.Undecided || len(n[0].Either) != 2 || n[0].Either[0] != assay.Obligation || n[0].Confidence >= assay.UndecidedBelow {
		t.Fatalf("%+v", n)
	}
}

// Article numbers that repeat, and a text without structure, are read to the end.
func TestRepeatedNumbers(t *testing.T) {
	src := "Agreement between Norland and Sudria\n\nThe Parties have agreed as follows:\n\n" + strings.Repeat("Article 1\nMines\n\nNorland shall, under Article 1, publish its laws.\n\n", 30)
	_, a := plain(t, src)
	duties, places := 0, map[string]bool{}
	for _, p := range a.Provisions {
		if places[p.EID] {
			t.Fatalf("%s stands twice", p.EID)
		}
		places[p.EID] = true
		for _, n := range p.Norms {
			if n.Modality == assay.Obligation {
				duties++
				if len(n.References) != 1 || n.References[0].EID == "" {
					t.Fatalf("%s: %+v", p.EID, n.References)
				}
			}
		}
	}
	if duties != 30 {
		t.Errorf("%d duties of 30", duties)
	}
}
