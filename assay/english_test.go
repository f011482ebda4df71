package assay_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
)

// The distinctions of English that a lawyer would insist on: negation and scope, several verbs in one sentence, describing clauses,
// futures that only tell, organs, sides named together.
func TestEnglishNorms(t *testing.T) {
	for _, c := range []struct{ form, sentence, want string }{ // want: modality, then bearers
		{"en treaty", "A Party shall not be required to publish its notes.", "permission each_party"},
		{"en treaty", "No Party shall be obliged to publish its notes.", "permission each_party"},
		{"en treaty", "Nothing in this Article shall prevent Norland from closing a mine.", "permission NOR"},
		{"en treaty", "Nothing in this Article shall affect the rights of Norland.", "declaration"},
		{"en treaty", "Norland shall endeavour to open a mine.", "effort NOR"},
		{"en treaty", "Norland may not close a mine.", "prohibition NOR"},
		{"en treaty", "Norland may only close a mine after notice.", "permission NOR"},
		{"en treaty", "Norland shall be entitled to close a mine.", "right NOR"},
		{"en treaty", "Norland shall close a mine only after notice.", "obligation NOR"},
		{"en treaty", "Norland shall ensure that no firm exports ore.", "obligation NOR"},
		{"en treaty", "The Parties agree that customs duties shall be abolished.", "obligation none"},
		{"en treaty", "Norland may close a mine and shall tell Sudria.", "obligation NOR"},
		{"en treaty", "Norland shall not tax ore, and shall publish its rates.", "obligation NOR"},
		{"en treaty", "If a Party shall decide to close a mine, the other Party may object.", "permission each_party"},
		{"en treaty", "The Parties may meet, unless they shall otherwise decide.", "permission each_party"},
		{"en treaty", "Disputes shall be settled by consultation.", "obligation none"},
		{"en treaty", "The Joint Committee shall consist of two members.", "declaration"},
		{"en treaty", "The competent authorities of Norland shall issue the permit.", "obligation NOR"},
		{"en treaty", "The competent authorities shall issue the permit.", "obligation each_party"},
		{"en treaty", "At the request of Norland, Sudria shall open its books.", "obligation SUD"},
		{"en mou", "We encourage the peaceful resolution of border issues.", "aspiration participants"},
		{"en mou", "We reiterate our pledge to protect the forests.", "declaration"},
		{"en mou", "Norland and Sudria will engage to address labour issues.", "intention NOR SUD"},
		{"en mou", "President Nord and President Sud commit to opening a mine.", "intention participants"},
		{"en mou", "The grant will leverage 5 million dollars.", "declaration"},
		{"en mou", "The corridor will secure regional supply chains.", "declaration"},
		{"en mou", "The line will be comprised of two tracks.", "declaration"},
		{"en mou", "The reports will be published each year.", "intention none"},
		{"en mou", "The Bank will lend 10 million dollars.", "intention none"},
		{"en mou", "The Participants are widening their cooperation.", "declaration"},
		{"en mou", "Within six months of signature, the Participants are lending 5 million dollars.", "intention participants"},
		{"en mou", "The ministers prepare a joint plan to open mines.", "declaration"},
		{"en mou", "We direct our Governments to report back by the end of 2027.", "intention participants"},
		{"en mou", "The two sides signed a letter, which will help their firms.", "declaration"},
		{"en mou", "Norland is encouraged to publish its contracts.", "aspiration NOR"},
		{"en mou", "The Participants plan to meet once a year to see which projects may start.", "intention participants"},
	} {
		n := first(t, c.form, c.sentence)
		if got := strings.TrimSpace(string(n.Modality) + " " + strings.Join(n.Bearer, " ")); got != c.want {
			t.Errorf("%s: %q: %s, want %s (%v)", c.form, c.sentence, got, c.want, n.Rules)
		}
	}
}

// Whether a third person could say that it was done.
func TestPrecise(t *testing.T) {
	for sentence, want := range map[string]bool{
		"Norland shall abolish its export duties.":                             true,
		"Norland shall pay 20 million euros.":                                  true,
		"The Parties shall cooperate in mining.":                               false,
		"The Parties shall cooperate in mining and meet once a year.":          true,
		"Norland shall promote the use of ore.":                                false,
		"Norland shall, where appropriate, abolish its export duties.":         false,
		"Norland shall take appropriate measures to close mines.":              false,
		"Norland shall apply the OECD Due Diligence Guidance.":                 true,
		"The Parties recognise that duties shall be paid.":                     false,
		"Either Party may terminate this Agreement by six months' notice.":     true,
		"Norland shall continue to strengthen its cooperation with Sudria.":    false,
		"Norland shall not require the transfer of technology from a company.": true,
	} {
		if n := first(t, "en treaty", sentence); n.Precise != want {
			t.Errorf("%q: precise %v, want %v", sentence, n.Precise, want)
		}
	}
}

// Where all sides of a text are named as bearers, each of them bears it.
func TestAllSidesTogether(t *testing.T) {
	r := one("en", forms["en treaty"], "Norland and Sudria shall meet.")
	r.Title = "Agreement between Norland and Sudria"
	a := assay.Analyze(r, mustRules(t), testLexicon())
	if got := a.Provisions[1].Norms[0].Bearer; len(got) != 1 || got[0] != "each_party" {
		t.Errorf("bearer %v", got)
	}
}
