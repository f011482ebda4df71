package seed

import (
	"regexp"
	"testing"

	"github.com/openassay/assay/registry"
)

// accusing are words that charge somebody with something. A text that has one says more than a fact, unless it was looked at and found harmless.
var accusing = regexp.MustCompile(`(?i)\b(alleg|accus|corrupt|brib|fraud|embezzl|unlawful|illegal|launder|misconduct|scandal|forced labou?r|child labou?r)[a-z]*`)

// harmless are statements with such words that charge nobody.
var harmless = map[string]bool{
	"ins_us-drc-zambia-ev-mou-2022 summary":     true, // measures against corruption, an aim of the plan
	"law_oecd-due-diligence-minerals provision": true, // what the model policy is against
}

// statementFault says what is wrong with the kind of statement that a claim is said to be; "" where nothing is. url is its source's.
func statementFault(c *registry.Claim, url string) string {
	switch {
	case c.Statement == "" && accusing.MatchString(c.Value.Raw+" "+c.Note) && !harmless[string(c.Record)+" "+c.Field]:
		return "it charges somebody and is entered as a fact; say in statement and speaker who alleges, found or judged it"
	case (c.Statement == registry.Allegation || c.Statement == registry.Finding) && (url == "" || c.Locator == ""):
		return "an allegation or finding needs a source that anyone can open, and the place in it"
	}
	return ""
}

// TestStatementFaultsAreFound proves that the rule can fail.
func TestStatementFaultsAreFound(t *testing.T) {
	claim := func(words, kind, locator string) *registry.Claim {
		return &registry.Claim{Record: "ins_a", Field: "event_note", Value: registry.Value{Raw: words}, Statement: kind, Locator: locator}
	}
	for _, c := range []struct {
		claim *registry.Claim
		url   string
		fault bool
	}{
		{claim("Critical minerals.", "", ""), "", false},
		{claim("The company bribed a minister.", "", ""), "https://example.org/", true},
		{claim("The company bribed a minister.", "allegation", ""), "https://example.org/", true},
		{claim("The company bribed a minister.", "allegation", "p. 3"), "", true},
		{claim("The company bribed a minister.", "allegation", "p. 3"), "https://example.org/", false},
		{claim("The licence was void.", "judgement", ""), "", false},
	} {
		if got := statementFault(c.claim, c.url); (got != "") != c.fault {
			t.Errorf("%q %s: %q", c.claim.Value.Raw, c.claim.Statement, got)
		}
	}
}
