package draftcheck_test

import (
	"slices"
	"testing"

	"github.com/openassay/assay/draftcheck"
)

// TestWhichWayAClauseGoes: a clause that waives, freezes or excludes a duty does not provide for it, and one that forbids that does not take it
// away.
func TestWhichWayAClauseGoes(t *testing.T) {
	for _, c := range []struct{ lang, article, topic, want string }{
		{"en", "Sudria shall not apply to investors of Norland any change in tax, environmental or labour law for twenty years.", "labour_rights", "against"},
		{"en", "Sudria shall not apply to investors of Norland any change in tax, environmental or labour law for twenty years.", "environmental_conditions", "against"},
		{"en", "Sudria shall not apply to investors of Norland any change in tax, environmental or labour law for twenty years.", "stabilisation_limits", "against"},
		{"en", "No Party shall waive or weaken its labour law within 10 years.", "labour_rights", "provided"},
		{"en", "Sudria waives the duty to publish contracts on the internet.", "contract_disclosure", "against"},
		{"fr", "La société est dispensée de toute étude d'impact.", "environmental_conditions", "against"},
		{"es", "El operador queda dispensado de publicar los contratos.", "contract_disclosure", "against"},
		{"pt", "A empresa é dispensada de mecanismos de reclamação e queixas.", "grievance", "not provided"},
		{"en", "This Agreement remains in effect for ten years and is tacitly renewed.", "renewal", "both"},
		{"en", "Either Party may leave this Agreement on six months' notice in writing.", "exit", "provided"},
		{"en", "Norland may leave this Agreement on six months' notice in writing.", "exit", "provided"},
		{"en", "No Party may denounce this Agreement before the end of 2040.", "exit", "against"},
		{"en", "Each Party shall adopt a roadmap within 6 months.", "milestones", "half"},
		{"en", "Each Party shall adopt a roadmap within 6 months and shall publish every March a report on the targets that were missed.", "milestones", "provided"},
		{"en", "Sudria shall admit processed products of Norland free of customs duty from 1 May 2027.", "market_access", "not provided"},
		{"en", "Norland shall admit processed products of Sudria free of customs duty from 1 May 2027.", "market_access", "provided"},
		{"en", "Each Party shall publish the price of each sale at [the index price] [a price to be agreed] within 30 days.", "pricing_transparency", "brackets"},
	} {
		r := check(t, treaty(c.lang, c.article))
		if got := wayOf(r, c.topic); got != c.want {
			t.Errorf("%s: %q: %s, want %s", c.topic, c.article, got, c.want)
		}
	}
}

func wayOf(r *draftcheck.Report, topic string) string {
	for _, w := range r.Weak {
		switch {
		case w.Topic != topic:
		case len(w.RaisedBy) > 0:
			return "both"
		case slices.Contains(w.Why, "half"):
			return "half"
		case slices.Contains(w.Why, "brackets"):
			return "brackets"
		default:
			return "provided"
		}
	}
	for _, g := range r.Gaps {
		if g.Topic == topic && len(g.RaisedBy) > 0 {
			return "against"
		}
	}
	if slices.Contains(r.Summary.Covered, topic) {
		if r.Summary.CoveredAt[topic].Quote == "" {
			return "provided nowhere"
		}
		return "provided"
	}
	return "not provided"
}
