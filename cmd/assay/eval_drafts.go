package main

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
)

// evalDrafts checks drafts in free wording and says how its answers agree with the coding of their clauses.
func (c *call) evalDrafts(rules *assay.Rules) error {
	r, err := eval.Drafts(rules)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(r)
	}
	for _, half := range []string{"first", "second"} {
		f := r.Halves[half]
		c.printf("%s half: %d drafts, %d topics asked, %d undecided (%.3f); the clause is the coded one in %.3f\n", half, f.Drafts, f.Topics, f.Undecided, f.Share.Undecided, f.Share.Place)
		c.printf("%-12s %5s %5s %6s %10s %7s\n", "", "due", "said", "right", "precision", "recall")
		for _, a := range []struct {
			name string
			*eval.Answer
		}{{"provided", &f.Provided}, {"firm", &f.Firm}, {"weak", &f.Weak}, {"absent", &f.Absent}, {"adverse", &f.Adverse}} {
			c.printf("%-12s %5d %5d %6d %10.3f %7.3f\n", a.name, a.Due, a.Said, a.Right, a.Precision, a.Recall)
		}
	}
	if c.evalErrors {
		for _, m := range r.Misses {
			c.printf("%s\n", m)
		}
	}
	return nil
}
