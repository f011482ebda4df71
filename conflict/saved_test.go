package conflict_test

import (
	"testing"

	"github.com/openassay/assay/conflict"
)

// TestSavingsReach holds what a savings clause reaches: A is of Norland and Sudria, B of Westmark and Sudria and bans exports.
func TestSavingsReach(t *testing.T) {
	const free = "Sudria shall not impose export quotas on cobalt."
	b := sheet(t, "b", "treaty", [2]string{"WES1", "SUD1"}, "Sudria shall prohibit the export of raw cobalt.")
	for _, x := range []struct {
		why, clause string
		saved       bool
	}{
		{"of the whole text, other agreements", free + "\n\n## Article 7\n\nNothing in this Agreement shall affect the obligations of the Parties under other agreements.", true},
		{"names the partner of the other text", free + "\n\n## Article 7\n\nThis Agreement shall not affect the obligations of Sudria under its agreements with Westmark.", true},
		{"names another partner", free + "\n\n## Article 7\n\nThis Agreement shall not affect the obligations of Sudria under its agreements with Ostavia.", false},
		{"names a treaty", free + "\n\n## Article 7\n\nThis Agreement shall not affect the obligations of the Parties under the WTO agreements.", false},
		{"without prejudice, in the same article", "Without prejudice to its obligations under existing agreements, " + "Sudria shall not impose export quotas on cobalt.", true},
		{"without prejudice, in another article", free + "\n\n## Article 7\n\nWithout prejudice to obligations under existing agreements, the committee shall meet.", false},
		{"none", free, false},
	} {
		found, saved := false, false
		for _, f := range load(t).Between(sheet(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, x.clause), b) {
			if f.Type == "export_freedom" {
				found, saved = true, saved || f.Ground == "savings_clause" && f.Answer == conflict.Disjoint
			}
		}
		if !found || saved != x.saved {
			t.Errorf("%s: found %v, saved %v", x.why, found, saved)
		}
	}
}
