package conflict_test

import (
	"testing"

	"github.com/openassay/assay/conflict"
)

// TestOwnDealings holds texts of one state with different partners against each other: what each settles for its own sides does not collide,
// and what the state does towards everyone still does.
func TestOwnDealings(t *testing.T) {
	for _, x := range []struct{ name, a, b, answer, ground string }{
		{"its own committee", "The Joint Committee shall meet within 30 days of a request by a minister of mines.", "The Joint Committee shall meet within 90 days of a request by a minister of mines.", conflict.Disjoint, "own_text"},
		{"between its sides", "Each Party shall share geological data with the other Party within 30 days.", "Each Party shall share geological data with the other Party within 90 days.", conflict.Disjoint, "other_partner"},
		{"export duties between its sides", "Sudria shall not impose export duties on cobalt.", "In trade between the Parties, Sudria may maintain an export quota as a ceiling for raw ore sent abroad by its smelters.", conflict.Disjoint, "other_partner"},
		{"export duties for everyone", "Sudria shall not impose export duties on cobalt.", "Sudria shall prohibit the export of raw cobalt.", conflict.Collides, ""},
		{"its own disputes", "Any dispute concerning the application of this Agreement shall be settled exclusively by ICSID arbitration.", "Any dispute concerning the application of this Agreement shall be settled exclusively by the courts of Sudria.", conflict.Disjoint, "own_text"},
		{"a royalty for everyone", "Sudria shall levy a royalty of 5 per cent on cobalt sold by operators.", "Sudria shall levy a royalty of 8 per cent on cobalt sold by operators.", conflict.Tension, ""},
	} {
		fs := load(t).Between(sheet(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, x.a), sheet(t, "b", "treaty", [2]string{"WES1", "SUD1"}, x.b))
		if len(fs) != 1 || fs[0].Answer != x.answer || fs[0].Ground != x.ground {
			t.Errorf("%s: %s, want %s %s", x.name, say(fs), x.answer, x.ground)
		}
		if x.ground == "own_text" || x.ground == "other_partner" { // between the same two sides it is another matter
			fs := load(t).Between(sheet(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, x.a), sheet(t, "b", "treaty", [2]string{"NOR1", "SUD1"}, x.b))
			if len(fs) != 1 || fs[0].Answer == conflict.Disjoint {
				t.Errorf("%s, between the same sides: %s", x.name, say(fs))
			}
		}
	}
}

// TestCited says what the numbers of cited articles and a "not later than" are not: figures and negations.
func TestCited(t *testing.T) {
	for _, x := range [][2]string{
		{"Sudria shall apply the measures of Articles 20 and 21 to all operators of mines.", "Sudria shall apply the measures of Articles 26 to 28 to all operators of mines."},
		{"Sudria shall pay the royalty to the operators of mines under Protocol No 2.", "Sudria shall pay the royalty to the operators of mines under Protocol 3."},
		{"Sudria shall answer operators of mines not later than the first day of spring.", "Sudria shall answer operators of mines by the first day of spring."},
	} {
		if fs := load(t).Between(sheet(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, x[0]), sheet(t, "b", "treaty", [2]string{"NOR1", "SUD1"}, x[1])); len(fs) != 0 {
			t.Errorf("%q beside %q: %s", x[0], x[1], say(fs))
		}
	}
}

// TestSurvey holds three texts against each other and finds what Among finds.
func TestSurvey(t *testing.T) {
	a := sheet(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, "Sudria shall grant Norland the exclusive right to purchase cobalt.")
	b := sheet(t, "b", "treaty", [2]string{"WES1", "SUD1"}, "Sudria shall grant Westmark a right of first refusal over cobalt.")
	c := sheet(t, "c", "treaty", [2]string{"OST1", "SUD1"}, "Sudria shall grant Ostavia the exclusive right to purchase nickel.")
	sheets := []*conflict.Sheet{a, b, c}
	s := load(t).Survey(sheets)
	want := load(t).Among(sheets)
	if len(s.Findings) != len(want) || s.Pairs != 3 {
		t.Fatalf("%d findings of %d pairs, want %d of 3", len(s.Findings), s.Pairs, len(want))
	}
	apart := 0
	for i, f := range want {
		if s.Findings[i].A != f.A || s.Findings[i].B != f.B || s.Findings[i].Answer != f.Answer {
			t.Errorf("%d: %+v, want %+v", i, s.Findings[i], f)
		}
		if f.Answer == conflict.Disjoint {
			apart++
		}
		from, to := load(t).Telling(&s.Findings[i])
		if len(from) == 0 || len(to) == 0 || from[0][1] > len(f.A.Words) || to[0][1] > len(f.B.Words) {
			t.Errorf("%s beside %s: the telling words are %v and %v", f.A.Words, f.B.Words, from, to)
		}
	}
	n := 0
	for _, x := range s.Apart {
		n += x.N
	}
	if n != apart || apart == 0 {
		t.Errorf("%d set apart, want %d", n, apart)
	}
}

// TestAtLarge sets apart two rules of trade at large of texts with different partners, and leaves what speaks of minerals.
func TestAtLarge(t *testing.T) {
	for _, x := range []struct{ a, b, ground string }{
		{"The goods that the importing Party lists shall be kept in confidence by each member of the panel.", "The report of the panel shall be published in the official gazette with all its documents.", "trade_rule"},
		{"Sudria shall keep secret the contracts on minerals that suppliers conclude.", "Sudria shall publish all contracts on minerals that suppliers conclude.", ""},
	} {
		for _, f := range load(t).Between(sheet(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, x.a), sheet(t, "b", "treaty", [2]string{"WES1", "SUD1"}, x.b)) {
			if f.Ground != x.ground {
				t.Errorf("%q beside %q: %s, want %s", x.a, x.b, say([]conflict.Finding{f}), x.ground)
			}
		}
	}
}
