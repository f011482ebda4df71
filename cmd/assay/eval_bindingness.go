package main

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
)

// evalBindingness measures the force of contract clauses.
func (c *call) evalBindingness() error {
	if c.evalGold == "" {
		return usagef("assay eval bindingness --gold CSV", "eval bindingness needs --gold")
	}
	rules, err := assay.LoadRules()
	if err != nil {
		return err
	}
	r, err := eval.Bindingness(c.evalGold, rules, c.evalRules)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(r)
	}
	c.printf("%d clauses, weights: %s\n%s\naccuracy %.3f, kappa %.3f, macro-F1 %.3f; gold by row %v: %v\n", r.N, r.Weights, r.Note, r.Accuracy, r.Kappa, r.MacroF1, r.Classes, r.Table)
	if r.Rival != nil {
		c.printf("TF-IDF and logistic regression on the same folds: accuracy %.3f, kappa %.3f, macro-F1 %.3f\n", r.Rival.Accuracy, r.Rival.Kappa, r.Rival.MacroF1)
	}
	return nil
}
