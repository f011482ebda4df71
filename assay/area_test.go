package assay_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

func areasOf(t *testing.T, src string) map[string]assay.AreaReading {
	t.Helper()
	r, err := text.Read("a.txt", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]assay.AreaReading{}
	for _, a := range assay.Analyze(r, rules, testLexicon()).Instrument.Areas {
		out[a.Code] = a
	}
	return out
}

const treatyOnMinerals = `AGREEMENT BETWEEN NORLAND AND SUDRIA ON MINERALS

The Parties have agreed as follows:

Article 1
Supply

Each Party shall build secure and resilient supply chains for lithium.

Article 2
Prices

Norland may set a price floor for rare earths.

Article 3
Community Consultation

1. The company shall consult the local communities before work begins.
2. Dispute settlement under Article 5 shall not apply to this Article.

Article 4
Skills

The Parties shall endeavour to support skills development.

Article 5
Settlement of Disputes

Any dispute between the Parties shall be submitted to an arbitral tribunal.
`

func TestAreasOfTheField(t *testing.T) {
	got := areasOf(t, treatyOnMinerals)
	for _, c := range []struct {
		code      string
		covered   int
		force     int
		enforcers string
		evidence  string
	}{
		{"supply_security", 1, 2, "state_state arbitration", "art_1"},
		{"price_floor", 1, 0, "nobody", "art_2"},
		{"consultation", 1, 1, "nobody", "art_3"},
		{"skills", 1, 0, "nobody", "art_4"},
		{"offtake", 0, 0, "", ""},
		{"tailings", 0, 0, "", ""},
	} {
		a, ok := got[c.code]
		if !ok {
			t.Fatalf("no area %q", c.code)
		}
		if a.Covered != c.covered || a.Enforceability != c.force || strings.Join(a.Enforcers, " ") != c.enforcers || c.evidence != "" && !slices.Contains(a.Evidence, c.evidence) {
			t.Errorf("%s: %+v, want covered %d, force %d by %q, resting on %s", c.code, a, c.covered, c.force, c.enforcers, c.evidence)
		}
	}
	for code, a := range got {
		if a.Undecided != (a.Confidence < assay.UndecidedBelow) || a.Covered == 1 && len(a.Evidence) == 0 {
			t.Errorf("%s: %+v", code, a)
		}
	}
	soft := strings.Replace(treatyOnMinerals, "Article 5\n", "Article 6\nStatus\n\nThis Agreement is not legally binding and creates no rights or obligations under international law.\n\nArticle 5\n", 1)
	for code, a := range areasOf(t, soft) {
		if a.Enforceability != 0 || a.Covered == 1 && !slices.Equal(a.Enforcers, []string{"nobody"}) {
			t.Errorf("a text that is not binding enforces %s: %+v", code, a)
		}
	}
}

// A contract is no agreement between states: the World Bank's areas do not hold for it, those of contract registries do.
func TestAreasOfAContract(t *testing.T) {
	got := areasOf(t, "PRODUCTION SHARING CONTRACT\n\nArticle 1\nCustoms Duties\n\nThe contractor shall be free of customs duties on imports.\n\nArticle 2\nRoyalties\n\nThe contractor shall pay a royalty of five per cent.\n")
	if a := got["FTAIndustrial"]; a.Covered != 0 {
		t.Errorf("a contract liberalises trade: %+v", a)
	}
	if a := got["fiscal_terms"]; a.Covered != 1 || a.Enforceability != 2 {
		t.Errorf("fiscal terms: %+v", a)
	}
}

func TestAreasAreComplete(t *testing.T) {
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, a := range rules.Areas() {
		n[a.Scheme]++
		var no, yes bool
		for _, f := range a.Facets {
			yes, no = yes || len(f.Examples) > 0, no || len(f.Counterexamples) > 0
		}
		if !yes || !no {
			t.Errorf("%s: needs an example and a counterexample", a.Code)
		}
	}
	if n["wto_plus"]+n["wto_x"] != 52 || n["contract"] < 10 || n["field"] < 40 {
		t.Errorf("areas by scheme: %v", n)
	}
}
