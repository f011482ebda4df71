package assay_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// plain reads a text as a file would be read.
func plain(t testing.TB, src string) (*text.Reading, *assay.Analysis) {
	t.Helper()
	r, err := text.Read("a.txt", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return r, assay.Analyze(r, mustRules(t), testLexicon())
}

const (
	treatyFrame = "Agreement between Norland and Sudria\n\nThe Parties have agreed as follows:\n\n%\n\nArticle 9\nForce\n\nThis Agreement shall enter into force on ratification.\n"
	mouFrame    = "Memorandum of Understanding between Norland and Sudria\n\nThe Participants have reached the following understanding:\n\n%\n\n9. Nature\n\nThis Memorandum is not legally binding. The Participants intend to keep to it.\n"
)

// The two ladders of the rubrics, each step with a text that reaches it and no more, and the provision it rests on.
func TestRubrics(t *testing.T) {
	for _, c := range []struct {
		frame, words  string
		social, value int
		basis         string
	}{
		{treatyFrame, "Article 1\nTrade\n\nThe Parties shall abolish duties.", 0, 0, ""},
		{treatyFrame, "Article 1\nCare\n\nThe Parties recognise the importance of environmental protection.", 1, 0, "art_1"},
		{treatyFrame, "Article 1\nCare\n\nThe Parties shall cooperate in environmental protection.", 2, 0, "art_1"},
		{treatyFrame, "Article 1\nCare\n\nThe Parties shall endeavour to follow the OECD Due Diligence Guidance.", 3, 0, "art_1"},
		{mouFrame, "1. Care\n\nThe Participants will report each year on environmental protection.", 4, 0, "para_1"},
		{treatyFrame, "Article 1\nCare\n\nEach Party shall close its mines under the rules of environmental law by 2030.", 5, 0, "art_1"},
		{mouFrame, "1. Care\n\nThe Participants shall close 40 per cent of the mines by 2030 under environmental law.", 4, 0, "para_1"},
		{treatyFrame, "Article 1\nValue\n\nThe Parties recognise the role of local processing.", 0, 1, "art_1"},
		{treatyFrame, "Article 1\nValue\n\nThe Parties shall promote local processing.", 0, 2, "art_1"},
		{mouFrame, "1. Value\n\nThe Participants will support a plant for local processing.", 0, 3, "para_1"},
		{mouFrame, "1. Value\n\nThe Participants will finance local processing with loans.", 0, 4, "para_1"},
		{mouFrame, "1. Value\n\nAt least 40 per cent of the ore shall undergo local processing.", 0, 4, "para_1"},
		{treatyFrame, "Article 1\nValue\n\nAt least 40 per cent of the ore shall undergo local processing.", 0, 5, "art_1"},
		{treatyFrame, "Article 1\nValue\n\nNo Party shall require local processing of ore.", 0, 0, ""},
	} {
		_, a := plain(t, strings.Replace(c.frame, "%", c.words, 1))
		in := a.Instrument
		if in.EnvironmentalSocial != c.social || in.ValueAddition != c.value {
			t.Errorf("%q: environmental and social %+v, value addition %+v; want %d, %d", c.words, in.Ladders.EnvironmentalSocial, in.Ladders.ValueAddition, c.social, c.value)
			continue
		}
		got := strings.Join(append(append([]string{}, in.Ladders.EnvironmentalSocial.Basis...), in.Ladders.ValueAddition.Basis...), " ")
		if !strings.HasPrefix(got, c.basis) {
			t.Errorf("%q rests on %s, want %s", c.words, got, c.basis)
		}
	}
}

// Levels stand for every provision, and a container says what its levels rest on.
func TestLevelsPerProvision(t *testing.T) {
	_, a := plain(t, strings.Replace(treatyFrame, "%", "Article 1\nMines\n\n1. Each Party shall pay 20 million euros.\n\n2. Each Party shall endeavour to open a mine.\n\nArticle 2\nTalks\n\nThe Parties intend to meet.", 1))
	want := map[string][2]int{"art_1": {3, 2}, "art_1__para_1": {3, 2}, "art_1__para_2": {2, 1}, "art_2": {1, 1}}
	for _, p := range a.Provisions {
		if w, ok := want[p.EID]; ok {
			if p.Levels.Obligation != w[0] || p.Levels.Precision != w[1] {
				t.Errorf("%s: %+v, want %v", p.EID, p.Levels, w)
			}
			if p.EID == "art_1" && (p.Ladders == nil || strings.Join(p.Ladders.Obligation.Basis, " ") != "art_1__para_1") {
				t.Errorf("art_1 rests on %+v", p.Ladders)
			}
			delete(want, p.EID)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing %v", want)
	}
}

// What in a text does not agree is said, with its numbers.
func TestConflicts(t *testing.T) {
	for _, c := range []struct{ src, code, key string }{
		{strings.Replace(mouFrame, "%", "1. Ore\n\nNorland shall deliver ore.\n\nNorland shall publish its prices.", 1), "non_binding_yet_duties", "norms"},
		{strings.Replace(treatyFrame, "%", "Article 1\nOre\n\n1. Sudria shall not impose export duties.\n\n2. Sudria shall grant a right of first offer on its ore.\n\n3. Norland shall endeavour to support local processing.\n\n4. The Parties recognise the importance of vocational training.", 1), "binding_supply_soft_development", "supply"},
	} {
		_, a := plain(t, c.src)
		found := false
		for _, x := range a.Instrument.LegalNature.Conflicts {
			found = found || x.Code == c.code && x.Params[c.key] == 2 && len(x.Basis) > 0
		}
		if !found {
			t.Errorf("%s: %+v", c.code, a.Instrument.LegalNature.Conflicts)
		}
	}
	if _, a := plain(t, strings.Replace(treatyFrame, "%", "Article 1\nOre\n\nSudria shall not impose export duties.", 1)); len(a.Instrument.LegalNature.Conflicts) != 0 {
		t.Errorf("conflicts where there are none: %+v", a.Instrument.LegalNature.Conflicts)
	}
}

// Candidate commitments: who, what, by when, measured how; not what the text says of its own end.
func TestCommitments(t *testing.T) {
	r, a := plain(t, strings.Replace(treatyFrame, "%", "Article 1\nOre\n\n1. Norland shall pay 20 million euros within two years of signature.\n\n2. The Joint Committee shall report once a year.\n\n3. The Parties shall promote trade.\n\n4. Norland may leave.", 1))
	if len(a.Commitments) != 2 {
		t.Fatalf("%+v", a.Commitments)
	}
	c := a.Commitments[0]
	if c.EID != "art_1__para_1" || strings.Join(c.Who, " ") != "NOR" || strings.Join(c.Measured, " ") != "quantity date" || !c.Milestone || !strings.HasPrefix(r.Text[c.What.Start:c.What.End], "pay 20 million") {
		t.Errorf("%+v", c)
	}
	if c := a.Commitments[1]; c.Milestone || strings.Join(c.Measured, " ") != "date report" {
		t.Errorf("%+v", c)
	}
}

// A lead-in with a verb of its own is the commitment; one without leaves it to its items, and its date is theirs.
func TestCommitmentsOfLists(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"1. By 31 December 2027, Norland shall:\n\n(a) build a refinery; and\n\n(b) train 50 engineers.", "build a refinery 2027-12-31|train 50 engineers 2027-12-31"},
		{"1. Norland shall accord equal treatment with respect to:\n\n(a) customs duties;\n\n(b) internal taxes.", "accord equal treatment with respect to "},
		{"1. Norland shall provide the following goods:\n\n(a) ore;\n\n(b) cobalt of 5 tonnes by 2030.", "provide the following goods |cobalt of 5 tonnes by 2030 2030"},
	} {
		r, a := plain(t, strings.Replace(treatyFrame, "%", "Article 1\nOre\n\n"+c.text, 1))
		var got []string
		for _, x := range a.Commitments {
			due := ""
			if x.Deadline != nil {
				due = x.Deadline.Date + x.Deadline.Period
			}
			got = append(got, r.Text[x.What.Start:x.What.End]+" "+due)
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.text, s, c.want)
		}
	}
}
