package main

import (
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/instance"
)

var evalVerb = &verb{
	name: "eval", args: "WHAT", short: "measure the reading against coded answers",
	long: `Measures the reading against answers that were coded: by people, for dta and bindingness; by language models, for reading. WHAT is one of

  dta          policy areas of trade agreements and their enforceability: --gold CSV (tota_id, area, ac, le) and --texts DIR (pta_ID.xml)
  reading      what each sentence does, against thirty texts labelled twice and adjudicated from a written guideline by language models, not by people:
               --texts DIR (us-gov and multilateral; without it the samples only),
               --against a or b for one reader where nobody has adjudicated; --errors lists the misses by place
  aligned      the reading of Chinese texts against that of the same treaties in English: --texts DIR (open-treaties JSON)
  redline      known edits of real provisions, and how many of each kind the redline says: --texts DIR (agreements, in folders too); --errors lists the misses
  conflicts    planted pairs of provisions that collide, and pairs that only look as if they did: of our own drafting, and with --texts DIR real
               provisions with one edit each; --errors lists the misses
  drafts       the draft check, against sixteen drafts in free wording whose clauses were coded by topic: provided for firmly, weakly, not, or the
               opposite taken on; --errors lists the answers that differ
  bindingness  force of contract clauses, mandatory, discretionary or non-binding: --gold CSV (label, original_text)
  segments     boundaries of articles, each treaty written out as print and read again: --texts DIR (pta_ID.xml)
  train        fits the weights of the areas anew and writes them: --gold, --texts, --clauses and --out DIR, the root of the source

Treaties that the weights were fitted on are judged by weights fitted anew on treaties of other families.`,
	flags: func(c *call) {
		c.formatFlag("text", "json")
		c.fs.StringVar(&c.evalGold, "gold", "", "`CSV` of the coded answers")
		c.fs.StringVar(&c.evalTexts, "texts", "", "`DIR` with the texts")
		c.fs.BoolVar(&c.evalRules, "rules-only", false, "use the rules and nothing that was learnt")
		c.fs.BoolVar(&c.evalDev, "dev", false, "leave out the locked fold, as one must while developing")
		c.fs.BoolVar(&c.evalRival, "rival", false, "for dta: measure TF-IDF and logistic regression on the same folds as well")
		c.fs.BoolVar(&c.evalErrors, "errors", false, "list the answers that differ")
		c.fs.StringVar(&c.evalClauses, "clauses", "", "`CSV` of coded clauses, for train")
		c.fs.StringVar(&c.evalAgainst, "against", "", "`ANSWER` for reading: gold, or reader a or b (default gold)")
		c.fs.BoolVar(&c.evalAll, "answers", false, "list all answers")
		c.fs.StringVar(&c.out, "out", "", "`DIR`: for train, the root of the source")
	},
	run: runEval,
}

func runEval(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("assay eval dta --gold CSV --texts DIR", "say what to measure")
	}
	switch args[0] {
	case "segments":
		return c.evalSegments()
	case "bindingness":
		return c.evalBindingness()
	case "conflicts":
		rules, err := assay.LoadRules()
		if err != nil {
			return err
		}
		return c.evalConflicts(rules)
	case "drafts":
		rules, err := assay.LoadRules()
		if err != nil {
			return err
		}
		return c.evalDrafts(rules)
	}
	if (args[0] == "aligned" || args[0] == "redline") && c.evalTexts == "" {
		return usagef("assay eval "+args[0]+" --texts DIR", "eval %s needs --texts", args[0])
	}
	if args[0] != "reading" && args[0] != "aligned" && args[0] != "redline" && (c.evalGold == "" || c.evalTexts == "") {
		return usagef("assay eval "+args[0]+" --gold CSV --texts DIR", "eval %s needs --gold and --texts", args[0])
	}
	in, err := instance.Embedded(c.ctx, instance.Options{})
	if err != nil {
		return err
	}
	defer in.Close()
	view, _, err := in.View(c.ctx, nil, "")
	if err != nil {
		return err
	}
	lex := ingest.LexiconOf(view)
	switch args[0] {
	case "dta":
		rep, err := eval.DTA(eval.DTAOptions{Gold: c.evalGold, Texts: c.evalTexts, RulesOnly: c.evalRules, Dev: c.evalDev, Rival: c.evalRival}, in.Rules(), lex)
		if err != nil {
			return err
		}
		if c.format == "json" {
			return c.json(rep)
		}
		c.dta(rep)
		if c.evalErrors || c.evalAll {
			c.dtaErrors(rep, in.Rules())
		}
		return nil
	case "aligned":
		return c.evalAligned(in.Rules(), lex)
	case "redline":
		return c.evalRedline(in.Rules(), lex)
	case "reading":
		return c.evalReading(in.Rules(), lex)
	case "train":
		return c.train(in.Rules(), lex)
	}
	return usagef("assay help eval lists them", "eval does not measure %q", args[0])
}

func (c *call) dta(r *eval.DTAReport) {
	c.printf("weights: %s; %d treaties in %d families, %d without text\n%s\n\n", r.Weights, r.Treaties, r.Families, len(r.Missing), r.Note)
	c.printf("%-26s %5s %5s %6s %6s %6s %6s  %s\n", "area", "n", "pos", "prec", "rec", "F1", "kappa", "force right")
	for _, a := range r.Areas {
		k := "     –"
		if a.Kappa != nil {
			k = fmt.Sprintf("%6.2f", *a.Kappa)
		}
		c.printf("%-26s %5d %5d %6.2f %6.2f %6.2f %s  %d/%d\n", a.Code, a.N, a.Positives, a.Precision, a.Recall, a.F1, k, a.LECorrect, a.LEN)
	}
	c.printf("\n")
	c.part("all", &r.Part)
	var langs []string
	for l := range r.Languages {
		langs = append(langs, l)
	}
	sort.Strings(langs)
	for _, l := range langs {
		c.part(l, r.Languages[l])
	}
	if r.Locked != nil {
		c.part("locked", r.Locked)
	}
	if r.Rival != nil {
		c.part("rival", r.Rival)
	}
	if r.RivalLock != nil {
		c.part("rival on locked", r.RivalLock)
	}
	c.printf("\nconfidence  answered  accuracy     F1\n")
	for _, p := range r.Curve {
		c.printf("    ≥ %.2f     %5.3f     %5.3f  %5.3f\n", p.Confidence, p.Answered, p.Accuracy, p.F1)
	}
	n := r.Noise
	c.printf("\npairs of treaties whose strongest article for an area has the same words: %d, of which %d were coded differently; of %d such pairs both covered, %d differ in force\n",
		n.Pairs, n.Differ, n.ForcePairs, n.ForceDiffer)
	if c.evalErrors {
		for _, x := range n.Examples {
			c.printf("  %.2f %s: %s %s covered %v, %s %s covered %v\n", x.Same, x.Area, x.Treaty[0], x.EID[0], x.Code[0].Covered, x.Treaty[1], x.EID[1], x.Code[1].Covered)
		}
	}
}

func (c *call) part(name string, p *eval.Part) {
	c.printf("%-8s %3d treaties, %5d answers, %4d positive: F1 %.3f, kappa %.3f; macro over %d areas: F1 %.3f, mean kappa %.3f\n",
		name, p.Treaties, p.N, p.Positives, p.F1, p.Kappa, p.MacroAreas, p.MacroF1, p.MeanKappa)
	c.printf("         enforceability of %d covered: accuracy %.3f, macro-F1 %.3f, kappa %.3f %v\n", p.LEN, p.LEAccuracy, p.LEMacroF1, p.LEKappa, p.LETable)
}

// dtaErrors lists the differences, one a line: agreement, area, what people and machine say, how sure, what it rests on.
func (c *call) dtaErrors(r *eval.DTAReport, rules *assay.Rules) {
	for i, t := range r.Coded {
		for k, a := range rules.Areas() {
			g, ok := t.Codes[a.Code]
			got := r.Answers[i][k]
			if !ok || !c.evalAll && g.Covered == (got.Covered == 1) && (!g.Covered || g.Force == got.IfCovered) {
				continue
			}
			s := t.Analysis.Signals().Areas[k]
			c.printf("%s\t%s\t%s\tcovered %v %d\tforce %d %d\t%.2f\t%+v\n", t.ID, t.Name, a.Code, g.Covered, got.Covered, g.Force, got.IfCovered, got.Confidence, s)
		}
	}
}

// train fits all weights to what people coded and writes them into the source.
func (c *call) train(rules *assay.Rules, lex *assay.Lexicon) error {
	if c.out == "" || c.evalClauses == "" {
		return usagef("assay eval train --gold CSV --texts DIR --clauses CSV --out .", "eval train needs the coded clauses and the root of the source")
	}
	gold, err := eval.ReadDTA(c.evalGold)
	if err != nil {
		return err
	}
	all, _, err := eval.Load(gold, c.evalTexts, rules, lex)
	if err != nil {
		return err
	}
	w := eval.Train(all, rules)
	clauses, seen, err := eval.TrainOnClauses(c.evalClauses, rules)
	if err != nil {
		return err
	}
	const head = "# Written by assay eval train; what it was fitted on is in eval/trained_on.txt, what the features mean in the Go file of the same name.\n"
	for name, content := range map[string]string{
		"assay/weights_areas.txt":   head + w.String(),
		"assay/weights_clauses.txt": head + clauses.String(),
		"eval/trained_on.txt":       eval.TrainedOn(all) + seen,
	} {
		if err := os.WriteFile(filepath.Join(c.out, filepath.FromSlash(name)), []byte(content), 0o644); err != nil {
			return err
		}
	}
	return nil
}
