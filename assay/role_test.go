package assay_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
)

// TestRoles: a word for a party bears norms where a contract defines it, and nowhere else.
func TestRoles(t *testing.T) {
	t.Parallel()
	rules, lex := mustRules(t), testLexicon()
	for _, c := range []struct{ lang, title, parties, sentence, sides, bearer string }{
		{"en", "Offtake Agreement", `the mine (the "Seller") and the plant (the “Buyer”)`, "The Seller shall sell 5000 tonnes of cobalt to the Buyer.", "seller buyer", "seller"},
		{"en", "Offtake Agreement", `the mine (the "Seller") and the plant (the "Buyer")`, "The Buyer shall pay the price.", "seller buyer", "buyer"},
		{"en", "Offtake Agreement", "the mine and the plant", "The Buyer shall pay the price.", "", "none"},
		{"en", "Trade Agreement", `the mine (the "Seller") and the plant (the "Buyer")`, "The Buyer shall pay the price.", "", "none"},
		{"fr", "Convention minière", `la mine (ci-après « le Vendeur ») et l'usine (ci-après « l’Acheteur »)`, "Le Vendeur doit livrer le cobalt.", "seller buyer", "seller"},
		{"es", "Contrato de compraventa", `la mina (en adelante, "el Vendedor") y la planta (la "Compradora")`, "La Compradora deberá pagar el precio.", "seller buyer", "buyer"},
		{"pt", "Contrato de compra", `a mina (doravante "a Vendedora") e a fábrica (a "Compradora")`, "A Vendedora deverá entregar o cobalto.", "seller buyer", "seller"},
	} {
		r := one(c.lang, c.parties+".\n\n", c.sentence)
		r.Title = c.title
		a := assay.Analyze(r, rules, lex)
		var got []string
		for _, p := range a.Provisions {
			for _, n := range p.Norms {
				got = n.Bearer
			}
		}
		sides := strings.Join(a.Balance.Sides, " ")
		if c.sides != sides || strings.Join(got, " ") != c.bearer {
			t.Errorf("%s %s (%s): sides %q bearer %q, want %q %q", c.title, c.sentence, a.Instrument.Kind, sides, got, c.sides, c.bearer)
		}
	}
}
