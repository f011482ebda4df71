package assay_test

import (
	"strings"
	"testing"
)

const partlyBinding = `# Memorandum of Understanding between Norland and Sudria on copper

1. Cooperation

1.1 The Participants intend to cooperate on copper.

2. Force

2.1 %

3. Confidentiality

3.1 Each Participant shall keep the drafts confidential.

4. Governing law

4.1 Any dispute shall be settled by arbitration.

5. Ports

5.1 Norland shall publish its tariffs.
`

// A text that denies its force and leaves out parts of the denial binds in those parts alone.
func TestCarveOuts(t *testing.T) {
	for _, c := range []struct{ words, except, unclear string }{
		{"This Memorandum does not create any legally binding obligations, except paragraphs 3 and 4.", "sec_3 sec_4", ""},
		{"With the exception of paragraphs 3 and 4, this Memorandum does not create any legally binding obligations.", "sec_3 sec_4", ""},
		{"This Memorandum is not legally binding save for paragraph 4.1.", "sec_4__para_4.1", ""},
		{"This Memorandum is not intended to be legally binding, other than the provisions on confidentiality and governing law.", "sec_3 sec_4", ""},
		{"This Memorandum is not legally binding. Paragraphs 3 and 4 are legally binding.", "sec_3 sec_4", ""},
		{"This Memorandum is not legally binding except for the provisions on secrecy.", "", "unclear"},
		{"This Memorandum is not legally binding, except as otherwise agreed.", "", ""},
		{"This Memorandum is not legally binding. Paragraphs 3 and 4 are not legally binding either.", "", ""},
		{"This Memorandum is not legally binding.", "", ""},
	} {
		_, a := plain(t, strings.Replace(partlyBinding, "%", c.words, 1))
		n := a.Instrument.LegalNature
		if n.Stated != "non_binding" || strings.Join(n.Except, " ") != c.except || n.ExceptUnclear != (c.unclear != "") {
			t.Errorf("%s\n%s, except %v, unclear %v; want except %q", c.words, n.Stated, n.Except, n.ExceptUnclear, c.except)
		}
	}
}

// Parts that are said to bind are graded as what binds, though the text does not deny its force elsewhere and is a joint declaration.
func TestBindingParts(t *testing.T) {
	_, a := plain(t, strings.Replace(strings.Replace(partlyBinding, "%", "Paragraphs 3 and 4 are legally binding.", 1), "Memorandum of Understanding", "Joint Declaration", 1))
	if n := a.Instrument.LegalNature; n.Stated != "none" || strings.Join(n.Except, " ") != "sec_3 sec_4" {
		t.Fatalf("%+v", n)
	}
	for _, p := range a.Provisions {
		if p.EID == "sec_3__para_3.1" && p.Levels.Obligation != 3 {
			t.Errorf("%s: obligation %d, want 3", p.EID, p.Levels.Obligation)
		}
	}
}

// What is left out is graded and accounted for as what binds; the rest is not.
func TestCarvedOutBinds(t *testing.T) {
	_, a := plain(t, strings.Replace(partlyBinding, "%", "This Memorandum is not legally binding, except paragraphs 3 and 4.", 1))
	levels := map[string]int{}
	for _, p := range a.Provisions {
		levels[p.EID] = p.Levels.Obligation
	}
	if levels["sec_3__para_3.1"] != 3 || levels["sec_4"] != 3 || levels["sec_5__para_5.1"] != 0 {
		t.Errorf("levels %v", levels)
	}
	if l := a.Instrument.Ladders.Obligation; l.Level != 1 || l.Why != "denies_legal_effect_except" || strings.Join(l.Basis, " ") != "sec_3__para_3.1 sec_4__para_4.1" {
		t.Errorf("the whole: %+v", l)
	}
	for _, x := range a.Balance.Items {
		want := "political"
		if strings.HasPrefix(x.EID, "sec_3") || strings.HasPrefix(x.EID, "sec_4") {
			want = "binding"
		}
		if x.Strength != want {
			t.Errorf("%s: %s, want %s", x.EID, x.Strength, want)
		}
	}
	for _, x := range a.Instrument.LegalNature.Conflicts {
		if x.Code == "non_binding_yet_duties" && strings.Join(x.Basis, " ") != "sec_5__para_5.1" {
			t.Errorf("%+v", x)
		}
	}
}
