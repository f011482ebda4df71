package conflict_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
)

// clauses are the provisions of all examples and counterexamples of the rules.
func clauses(t fails) []string {
	var out []string
	for _, x := range load(t).Rules {
		for _, e := range append(slices.Clone(x.Examples), x.Counter...) {
			out = append(out, e.A, e.B)
		}
	}
	return out
}

// drawn is a text of one to four clauses between two of four states.
func drawn(t *rapid.T, id string, from []string) *conflict.Sheet {
	codes := []string{"NOR1", "SUD1", "WES1", "OST1"}
	a := rapid.IntRange(0, 3).Draw(t, id+" side")
	b := (a + rapid.IntRange(1, 3).Draw(t, id+" other side")) % 4
	kind := rapid.SampledFrom([]string{"treaty", "mou"}).Draw(t, id+" kind")
	n := rapid.IntRange(1, 4).Draw(t, id+" clauses")
	var parts []string
	for i := range n {
		parts = append(parts, rapid.SampledFrom(from).Draw(t, fmt.Sprint(id, i)))
	}
	return sheet(t, id, kind, [2]string{codes[a], codes[b]}, strings.Join(parts, "\n\n## Article 9\n\n"))
}

// pairs are findings without regard to which text is the first.
func pairs(fs []conflict.Finding) []string {
	var out []string
	for _, f := range fs {
		a, b := fmt.Sprintf("%s@%d %s", f.A.Document, f.A.Start, f.A.Stance), fmt.Sprintf("%s@%d %s", f.B.Document, f.B.Start, f.B.Stance)
		if b < a {
			a, b = b, a
		}
		missing := slices.Sorted(slices.Values(f.Missing))
		out = append(out, fmt.Sprint(f.Type, " ", f.Answer, " ", f.Ground, " ", missing, " ", a, " | ", b))
	}
	slices.Sort(out)
	return out
}

// Which text is named first does not matter.
func TestOrderDoesNotMatter(t *testing.T) {
	r, from := load(t), clauses(t)
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn(t, "a", from), drawn(t, "b", from)
		if x, y := pairs(r.Between(a, b)), pairs(r.Between(b, a)); !slices.Equal(x, y) {
			t.Fatalf("a beside b:\n%s\nb beside a:\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
		}
	})
}

// A further text adds what is said of itself, and takes nothing from what is said of the others.
func TestAnotherTextChangesNothing(t *testing.T) {
	r, from := load(t), clauses(t)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawn(t, "a", from), drawn(t, "b", from), drawn(t, "c", from)
		without := pairs(r.Among([]*conflict.Sheet{a, b}))
		with := pairs(slices.DeleteFunc(r.Among([]*conflict.Sheet{a, c, b}), func(f conflict.Finding) bool {
			return f.A.Document == "c" || f.B.Document == "c"
		}))
		if !slices.Equal(without, with) {
			t.Fatalf("without another text:\n%s\nwith it:\n%s", strings.Join(without, "\n"), strings.Join(with, "\n"))
		}
	})
}

// A state that has another name everywhere has the same conflicts. Both names are as long, so that places stay.
func TestNamesDoNotMatter(t *testing.T) {
	r, from := load(t), clauses(t)
	other := strings.NewReplacer("Sudria", "Tandia", "Sudrie", "Tandia", "Súdria", "Tandia")
	renamed := &assay.Lexicon{Parties: append(slices.Clone(lex.Parties), assay.LexEntry{Code: "TAN1", Names: []string{"Tandia"}}), Minerals: lex.Minerals}
	english := slices.DeleteFunc(slices.Clone(from), func(s string) bool { return !strings.Contains(s, "Sudria") || !strings.Contains(s, "shall") })
	rapid.Check(t, func(t *rapid.T) {
		one, two := rapid.SampledFrom(english).Draw(t, "a"), rapid.SampledFrom(english).Draw(t, "b")
		read := func(clause, partner, state string, lexicon *assay.Lexicon, code string) *conflict.Sheet {
			words := fmt.Sprintf("# Agreement between %s and %s\n\n%s and %s (the “Parties”) have agreed as follows:\n\n## Article 1\n\n%s\n", partner, state, partner, state, clause)
			rd, an := analysed(t, partner, words, lexicon)
			return r.Read(conflict.Text{ID: partner, Kind: conflict.KindInstrument, Parties: []string{map[string]string{"Norland": "NOR1", "Westmark": "WES1"}[partner], code}, Reading: rd, Analysis: an})
		}
		was := r.Between(read(one, "Norland", "Sudria", lex, "SUD1"), read(two, "Westmark", "Sudria", lex, "SUD1"))
		is := r.Between(read(other.Replace(one), "Norland", "Tandia", renamed, "TAN1"), read(other.Replace(two), "Westmark", "Tandia", renamed, "TAN1"))
		if x, y := pairs(was), pairs(is); !slices.Equal(x, y) {
			t.Fatalf("of Sudria:\n%s\nof Tandia:\n%s", strings.Join(x, "\n"), strings.Join(y, "\n"))
		}
	})
}

// FuzzBetween holds any bytes against an agreement: nothing breaks, and every place is one of its text.
func FuzzBetween(f *testing.F) {
	r := load(f)
	owed := sheet(f, "b", "treaty", [2]string{"WES1", "SUD1"}, "Sudria shall publish all contracts.\n\n## Article 3\n\nSudria shall reserve for Westmark 50 per cent of its annual production of cobalt.")
	for _, c := range clauses(f)[:12] {
		f.Add("# Agreement between Norland and Sudria\n\n## Article 1\n\n" + c + "\n")
	}
	f.Fuzz(func(t *testing.T, words string) {
		rd, an, ok := tryRead("a.md", words, lex)
		if !ok {
			return
		}
		for _, kind := range []string{conflict.KindInstrument, conflict.KindLaw} {
			a := r.Read(conflict.Text{ID: "a", Kind: kind, Parties: []string{"NOR1", "SUD1"}, Reading: rd, Analysis: an})
			for _, x := range r.Between(a, owed) {
				if x.A.Start < 0 || x.A.End > len(rd.Text) || x.A.Start > x.A.End {
					t.Errorf("%s: place %d–%d of %d bytes", x.Type, x.A.Start, x.A.End, len(rd.Text))
				}
			}
			r.Lacking(a, "SUD1", nil)
		}
	})
}
