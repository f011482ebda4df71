package main

import "github.com/openassay/assay/eval"

// evalSegments looks for the boundaries of articles in print.
func (c *call) evalSegments() error {
	if c.evalTexts == "" {
		return usagef("assay eval segments --texts DIR", "eval segments needs --texts")
	}
	r, err := eval.Segments(c.evalTexts)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(r)
	}
	c.printf("%d treaties, %d articles: %d found at their exact start, %d false; precision %.4f, recall %.4f, F1 %.4f\n%d treaties without a fault; %d could not be read\n",
		r.Treaties, r.Articles, r.Found, r.False, r.Precision, r.Recall, r.F1, r.Whole, len(r.Failed))
	for _, w := range r.Worst {
		c.printf("%s: %d found, %d missed, %d false\n", w.File, w.TP, w.FN, w.FP)
		if c.evalErrors {
			for _, l := range w.Lines {
				c.printf("    %s\n", printable(l))
			}
		}
	}
	return nil
}
