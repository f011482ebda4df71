package edit

import (
	"regexp"
	"strings"

	"github.com/openassay/assay/registry"
)

// charging are beginnings of words that charge somebody with something, in the languages in which sources are read most.
var charging = regexp.MustCompile(`(?i)(?:^|[^\pL-])((?:alleg(?:e[sd]?|ing|ation)|accus|corrupt|brib|fraud|embezzl|unlawful|illegal|launder|misconduct|smuggl|kickback|extort|plunder|` +
	`corromp|pots?-de-vin|détourn|frauduleu|illégal|blanchi|soborn|malvers|ilegal|lavado de|suborn|lavagem)\pL*|forced labou?r|child labou?r|tax evasion|evaded tax\pL*)`)

// aims are words before such a word that make it something to be prevented.
var aims = regexp.MustCompile(`(?i)(?:anti|against|prevent\pL*|combat\pL*|fight\pL*|counter\pL*|eliminat\pL*|free of|without|lutte contre|contre|contra|lucha contra|combate \pL+)(?:\s+\pL+){0,3}\s*$`)

// Charges is the word in a claim that is said to be a fact by which it charges somebody with something; "" where there is none. It finds words, not
// what they mean: who enters or publishes the claim is asked, and nothing is refused for it.
func Charges(c *registry.Claim) string {
	if c.Statement != "" || c.Value.State != "" {
		return ""
	}
	for _, s := range []string{c.Value.Raw, c.Note} {
		if s == c.Value.Raw && c.Value.Type != registry.TypeText {
			continue
		}
		for _, m := range charging.FindAllStringSubmatchIndex(s, -1) {
			if !aims.MatchString(strings.TrimRight(s[:m[2]], " ")) {
				return s[m[2]:m[3]]
			}
		}
	}
	return ""
}
