package assay_test

import (
	"fmt"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// excludedTreaty has its sanitary measures in Chapter 2, where keptOut is said, and its disputes in Chapter 3, where disputes is said.
const excludedTreaty = `FREE TRADE AGREEMENT BETWEEN ARCADIA AND BORELIA

CHAPTER 1
Trade in Goods

Article 1.1
Elimination of Customs Duties

Customs duties on goods shall be eliminated.

CHAPTER 2
Sanitary and Phytosanitary Measures

Article 2.1
Sanitary and Phytosanitary Measures

Each Party shall base its sanitary measures on science.

Article 2.2
%s

%s

CHAPTER 3
Dispute Settlement

Article 3.1
Scope

%s

Article 3.2
Panel

A panel shall decide within ninety days.
`

// Which wordings keep a chapter out of the settlement of disputes, and which only look as if they did.
func TestExcludedFromDisputeSettlement(t *testing.T) {
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, a := range rules.Areas() {
		at[a.Code] = i
	}
	const all = "This Chapter applies to disputes between the Parties."
	for _, c := range []struct {
		head, keptOut, disputes string
		sanitary, goods         bool
	}{
		{"Review", "The Parties shall meet every year.", all, false, false},
		{"Dispute Settlement", "Chapter 3 shall not apply to this Chapter.", all, true, false},
		{"Dispute Settlement", "Chapter Three shall not apply to this Chapter unless the Parties so decide.", all, true, false},
		{"Review", "Chapter III (Dispute Settlement) shall not apply to this Chapter.", all, true, false},
		{"Review", "Chapter 3 (Dispute Settlement) shall apply to this Chapter.", all, false, false},
		{"Review", "Measures taken under Article 1.1 of the GATT 1994 shall not be subject to Chapter 3 (Dispute Settlement).", all, false, false},
		{"Review", "For greater certainty, Article 2.1 does not apply to dispute settlement procedures set out in other agreements.", all, false, false},
		{"Review", "The Parties shall meet every year.", "This Chapter applies to the settlement of disputes on the interpretation of this Agreement, except for Chapter 2.", true, false},
		{"Review", "The Parties shall meet every year.", "This Chapter shall not apply to the settlement of disputes arising under Chapter 1 (Trade in Goods).", false, true},
	} {
		r, err := text.Read("t.txt", []byte(fmt.Sprintf(excludedTreaty, c.head, c.keptOut, c.disputes)))
		if err != nil {
			t.Fatal(err)
		}
		s := assay.Analyze(r, rules, nil).Signals()
		if x := s.Areas[at["SPS"]]; x.TopExcluded != c.sanitary {
			t.Errorf("%q, %q: sanitary measures excluded %v, want %v: %+v", c.keptOut, c.disputes, x.TopExcluded, c.sanitary, x)
		}
		if x := s.Areas[at["FTAIndustrial"]]; x.TopExcluded != c.goods {
			t.Errorf("%q, %q: goods excluded %v, want %v", c.keptOut, c.disputes, x.TopExcluded, c.goods)
		}
	}
}

// A bracket that nothing closes, as scans have it, is no reason to stop.
func TestUnclosedBracketAfterReference(t *testing.T) {
	_, a := plain(t, fmt.Sprintf(excludedTreaty, "Dispute Settlement", "Chapter 3 (Dispute Settlement) shall not apply to Article 2.1 (Sanitary", "The dispute settlement provisions of this Chapter shall not apply to Chapter 2 (Sanitary"))
	if len(a.Provisions) == 0 {
		t.Fatal("nothing was read")
	}
}
