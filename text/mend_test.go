package text

import (
	"strings"
	"testing"
)

// Lines that a scan cut within a sentence are joined; items, names and new sentences are not.
func TestMendLines(t *testing.T) {
	const width = 70
	for name, c := range map[string]struct{ in, want string }{
		"before a capital":       {"The duties on goods that come from the territory of the Contracting\nParties are listed.", "The duties on goods that come from the territory of the Contracting Parties are listed."},
		"across a blank line":    {"The harbour master may set up such other working groups as are\n\nneeded for the survey.", "The harbour master may set up such other working groups as are needed for the survey."},
		"after an open word":     {"The list stands in the annex to the Treaty of the\n\nCommunity.", "The list stands in the annex to the Treaty of the Community."},
		"a sentence that ended":  {"The list of goods that come from the other side stands in the annex.\nParties may add to it.", ""},
		"items joined by and":    {"keep the harbour open to the ships of both countries at all times; and\n\nrepair its quays.", ""},
		"a marker":               {"The following goods pass without any duty through the harbour town\na) cobalt;", ""},
		"a title in capitals":    {"AGREEMENT ON THE COMMON SURVEY OF THE MINES OF NORLAND AND SUDRIA IN\nThe Parties, ", ""},
		"a short line":           {"Minister of Mines of Norland\nMinister of Harbours of Sudria", ""},
		"a recital after others": {"the desire of both peoples to keep the peace of the border and trade\nRecalling their friendship,", ""},
	} {
		want := c.want
		if want == "" {
			want = c.in
		}
		if got := strings.Join(mendLines(strings.Split(c.in, "\n"), width), "\n"); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
