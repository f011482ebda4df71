package main

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
)

// evalConflicts plants pairs of provisions that collide, and pairs that only look as if they did, and says how many are told apart.
func (c *call) evalConflicts(rules *assay.Rules) error {
	r, err := eval.Conflicts(c.evalTexts, rules)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(r)
	}
	c.printf("%d pairs, %d of which collide: precision %.3f, recall %.3f\n\n", r.N, r.Conflicts, r.Precision, r.Recall)
	line := func(f *eval.ConflictFigures) {
		c.printf("%-32s %5d %8d %6d %6d %6d %6d %10.3f %7.3f\n", f.Code, f.N, f.Expected, f.Found, f.Typed, f.Said, f.Right, f.Precision, f.Recall)
	}
	c.printf("%-32s %5s %8s %6s %6s %6s %6s %10s %7s\n", "", "n", "expected", "found", "typed", "said", "right", "precision", "recall")
	for _, k := range []string{"development", "held_out", "blind", "unseen", "free_development", "free_held_out"} {
		if f := r.Halves[k]; f != nil {
			line(f)
		}
	}
	for _, k := range []string{"drafted", "edited", "free"} {
		if f := r.Origin[k]; f != nil {
			line(f)
		}
	}
	c.printf("\n")
	for _, f := range r.Types {
		line(f)
	}
	c.printf("\npairs that do not collide\n")
	for _, f := range r.Traps {
		line(f)
	}
	if c.evalErrors {
		for _, m := range r.Misses {
			c.printf("%s\n", m)
		}
	}
	return nil
}
