package main

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
)

// evalAligned compares the reading of Chinese texts with that of the English ones.
func (c *call) evalAligned(rules *assay.Rules, lex *assay.Lexicon) error {
	r, err := eval.Aligned(c.evalTexts, rules, lex)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(r)
	}
	c.printf("%d treaties, %d articles in both languages, %d in one alone\n", r.Treaties, r.Articles, r.Unmatched)
	c.printf("strongest modality of an article: accuracy %.3f, kappa %.3f; whether it obliges or prohibits: accuracy %.3f, kappa %.3f\n",
		r.Modality.Accuracy, r.Modality.Kappa, r.Binds.Accuracy, r.Binds.Kappa)
	for _, s := range []struct {
		name string
		s    eval.SetAgree
	}{{"topics", r.Topics}, {"minerals", r.Minerals}, {"parties", r.Parties}, {"areas", r.Areas}} {
		c.printf("%-9s English %d, Chinese %d, both %d: precision %.3f, recall %.3f, F1 %.3f\n", s.name, s.s.English, s.s.Chinese, s.s.Both, s.s.Precision, s.s.Recall, s.s.F1)
	}
	for _, x := range []struct {
		name string
		f    eval.AlignFigures
	}{{"numbers shown", r.Alignment.Shown}, {"numbers hidden", r.Alignment.Hidden}, {"hidden, one article in ten taken from each", r.Alignment.Taken}} {
		c.printf("articles beside their counterpart, %s: %d of %d (%.4f); %d rows with two articles\n", x.name, x.f.Right, x.f.Articles, x.f.Share, x.f.Said)
	}
	c.printf("differences flagged: %v\n", r.Alignment.Flags)
	if c.evalErrors {
		for _, d := range r.Differ {
			c.printf("%s\t%s\t%s\t%s\n", d.File, d.EID, d.English, d.Chinese)
		}
	}
	return nil
}
