package conflict_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/conflict"
)

// disciplines are articles of a trade agreement at large, of our drafting.
var disciplines = []string{
	"Each Party shall abolish its import tariffs on originating goods within six years.",
	"Customs authorities shall accept a certificate of origin made out by the exporter.",
	"A safeguard measure shall last no longer than an inquiry into injury requires.",
	"Each Party shall apply its antidumping rules openly.",
	"Suppliers of the other Party shall be heard in procurement.",
	"Each Party shall protect trademarks and patents of nationals of the other Party.",
	"Sanitary measures shall rest on an assessment of risk.",
	"Each Party shall recognise assessments of conformity made by bodies of the other Party.",
	"The arbitral panel shall give its report within ninety days.",
	"Members of the panel shall be chosen from a list.",
	"Each Party shall simplify its customs forms.",
}

// agreement is a trade agreement at large with a provision more, under a heading of its own.
func agreement(heading, clause string) string {
	return strings.Join(append(append([]string{}, disciplines...), ""), "\n\n## Article 7\n\n") + heading + "\n\n" + clause
}

// TestTradeAtLarge holds provisions of whole trade agreements against others: what they say of other things than minerals is set apart, what they
// say of minerals counts, and so does what they leave undone towards everyone, beside a text on minerals.
func TestTradeAtLarge(t *testing.T) {
	nor, wes := [2]string{"NOR1", "SUD1"}, [2]string{"WES1", "SUD1"}
	for _, x := range []struct{ name, a, b, answer string }{
		{"no export duties, and exceptions", agreement("Exports", "Neither Party shall introduce duties or quotas on exports."), agreement("Exceptions", "Each Party may prohibit the export of goods of cultural value."), conflict.Disjoint},
		{"the same, of copper", agreement("Exports", "Neither Party shall introduce duties or quotas on exports of copper."), agreement("Industry", "Sudria shall prohibit the export of unprocessed copper."), conflict.Collides},
		{"under a heading of minerals", agreement("Mining and energy", "Neither Party shall introduce duties or quotas on exports."), agreement("Mining and energy", "Sudria shall prohibit the export of raw materials."), conflict.Collides},
		{"a discipline beside a deal on minerals", agreement("Exports", "Neither Party shall introduce duties or quotas on exports."), "Sudria shall prohibit the export of raw cobalt.", conflict.Collides},
		{"royalties of authors", agreement("Artists", "Sudria shall exempt painters from royalties."), "Every company shall pay taxes and royalties; Sudria shall not grant exemptions from royalties.", conflict.Disjoint},
		{"minerals in a rule of origin", agreement("Origin", "Mineral products extracted in Sudria are originating, and Sudria may prohibit the export of others."), agreement("Exports", "Neither Party shall introduce duties or quotas on exports."), conflict.Disjoint},
		{"headings of the tariff", agreement("Mines", "Neither Party shall introduce duties or quotas on exports."), agreement("Lists", "Sudria shall prohibit the export of ores of headings Nos 2601 and 2603."), conflict.Disjoint},
		{"gold in a general exception", agreement("Exceptions", "Each Party may prohibit the export of goods by measures relating to gold or silver."), agreement("Exports", "Neither Party shall introduce duties or quotas on exports."), conflict.Disjoint},
	} {
		for _, swap := range []bool{false, true} {
			a, b := sheet(t, "a", "treaty", nor, x.a), sheet(t, "b", "treaty", wes, x.b)
			if swap {
				a, b = b, a
			}
			got := ""
			for _, f := range load(t).Between(a, b) {
				if f.Type == "export_freedom" || f.Type == "tax_relief_law" {
					got = f.Answer
					break
				}
			}
			if got != x.answer {
				t.Errorf("%s: %q, want %q: %s", x.name, got, x.answer, say(load(t).Between(a, b)))
			}
		}
	}
}

// TestNeitherOfMinerals holds long texts that are not about minerals against each other: what they say is set apart, until it is said of minerals.
func TestNeitherOfMinerals(t *testing.T) {
	protocol := func(clauses ...string) string {
		var out []string
		for i, c := range append([]string{"Each vessel shall carry a licence.", "Each vessel shall report its catch every week.", "The master shall keep a log.", "The owner shall pay a fee.", "The observer shall be fed on board.",
			"Nets shall be measured by the authority.", "The authority shall issue licences.", "The owner shall sign on seamen.", "The master shall welcome inspectors.", "Catches shall be landed in port."}, clauses...) {
			out = append(out, fmt.Sprintf("## Article %d\n\n%s", i+20, c))
		}
		return strings.Join(out, "\n\n")
	}
	secret, open := "Sudria shall keep the documents of the Agreement confidential.", "Sudria shall publish the documents of the Agreement."
	nor, wes := [2]string{"NOR1", "SUD1"}, [2]string{"WES1", "SUD1"}
	for _, x := range []struct{ name, a, b, ground string }{
		{"fish and fish", protocol(secret), protocol(open), "not_minerals"},
		{"fish and cobalt", protocol(secret), protocol("Sudria shall publish the contracts on cobalt.", open), "not_minerals"},
		{"fish and documents on cobalt", protocol(secret), protocol("Sudria shall publish the documents of the Agreement on cobalt."), ""},
		{"fish and a short deal", protocol(secret), open, ""},
	} {
		found := false
		for _, f := range load(t).Between(sheet(t, "a", "treaty", nor, x.a), sheet(t, "b", "treaty", wes, x.b)) {
			if f.Type == "secrecy_publication" && strings.Contains(f.B.Words, "documents") {
				found = true
				if f.Ground != x.ground {
					t.Errorf("%s: set apart by %q, want %q", x.name, f.Ground, x.ground)
				}
			}
		}
		if !found {
			t.Errorf("%s: nothing found", x.name)
		}
	}
}

// TestFreeWordingOfMinerals holds free wording in a text about other things: it makes a stance only where minerals are spoken of.
func TestFreeWordingOfMinerals(t *testing.T) {
	b := sheet(t, "b", "treaty", [2]string{"WES1", "SUD1"}, "Sudria shall not impose export quotas.")
	for clause, want := range map[string]bool{
		"Sudria shall put a ceiling on the amount of goods shipped abroad.":  false,
		"Sudria shall put a ceiling on the amount of cobalt shipped abroad.": true,
	} {
		found := false
		for _, f := range load(t).Between(sheet(t, "a", "treaty", [2]string{"NOR1", "SUD1"}, agreement("Trade", clause)), b) {
			found = found || f.Answer == conflict.Collides
		}
		if found != want {
			t.Errorf("%s: found %v, want %v", clause, found, want)
		}
	}
}

// TestTradeAtLargeAndLaw holds what a trade agreement at large leaves undone against a law on minerals: it still counts.
func TestTradeAtLargeAndLaw(t *testing.T) {
	rd, an := read(t, "law", "treaty", [2]string{"NOR1", "SUD1"}, "The export of unprocessed lithium is prohibited.")
	law := load(t).Read(conflict.Text{ID: "law", Kind: conflict.KindLaw, LawType: "export_ban", Parties: []string{"SUD1"}, Reading: rd, Analysis: an})
	found := false
	for _, f := range load(t).Between(sheet(t, "a", "treaty", [2]string{"WES1", "SUD1"}, agreement("Exports", "Neither Party shall introduce duties or quotas on exports.")), law) {
		found = found || f.Type == "export_freedom" && (f.Answer == conflict.Collides || f.Answer == conflict.Tension) // a tension where the law is known by its kind
	}
	if !found {
		t.Errorf("a ban on export quotas beside a law that bans exports is not found: %s", say(load(t).Between(sheet(t, "a", "treaty", [2]string{"WES1", "SUD1"}, agreement("Exports", "Neither Party shall introduce duties or quotas on exports.")), law)))
	}
}
