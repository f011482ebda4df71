package main

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
)

// evalRedline makes known edits of real texts and says how many of each kind the redline finds.
func (c *call) evalRedline(rules *assay.Rules, lex *assay.Lexicon) error {
	r, err := eval.Redline(c.evalTexts, rules, lex)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(r)
	}
	c.printf("%d edits of %d texts; %d of these texts give no change beside themselves\n", r.Edits, r.Texts, r.Clean)
	for _, e := range r.ByEdit {
		c.printf("  %-16s %d\n", e.Edit, e.N)
	}
	c.printf("%-11s %8s %6s %6s %6s %10s %7s\n", "kind", "expected", "found", "said", "right", "precision", "recall")
	for _, k := range r.Kinds {
		c.printf("%-11s %8d %6d %6d %6d %10.3f %7.3f\n", k.Kind, k.Expected, k.Found, k.Said, k.Right, k.Precision, k.Recall)
	}
	if c.evalErrors {
		for _, m := range r.Misses {
			c.printf("%s\n", m)
		}
	}
	return nil
}
