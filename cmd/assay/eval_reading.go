package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval/reading"
	"github.com/openassay/assay/registry"
)

// evalReading measures the reading of modality, part and bearer against the project's own gold set, whose readers are language
// models that worked from a written guideline.
func (c *call) evalReading(rules *assay.Rules, lex *assay.Lexicon) error {
	against := c.evalAgainst
	if against == "" {
		against = "gold"
	}
	if against != "gold" && against != "a" && against != "b" {
		return usagef("--against gold, a or b", "there is no answer %q", against)
	}
	dir := c.evalGold
	if dir == "" {
		dir = filepath.Join("eval", "gold", "reading")
	}
	set, err := reading.Load(os.DirFS(dir), ".")
	if err != nil {
		return registry.Errorf(registry.NotFound, "the gold set: %v", err).WithHint("run it in the root of the source, or name the folder that holds texts.csv with --gold")
	}
	var texts fs.FS
	if c.evalTexts != "" {
		texts = os.DirFS(c.evalTexts)
	}
	reads, missing := set.ReadAll(texts, os.DirFS(filepath.Join(dir, "..", "..", "samples")), rules, lex)
	rep := reading.Score(set, reads, against)
	rep.Missing = missing
	if c.format == "json" {
		return c.json(rep)
	}
	c.reading(rep)
	return nil
}

func (c *call) reading(r *reading.Report) {
	if len(r.Missing) > 0 {
		c.printf("not measured, since the text is not there: %s\n", strings.Join(r.Missing, ", "))
	}
	c.printf("against: %s; %d units found at other places, %d lost\n\n", r.Against, r.Moved, r.Lost)
	c.printf("%-4s %-9s %6s  %-14s %-14s %-14s %-14s %-14s %-14s\n", "", "", "units", "modality", "no headings", "no none", "part", "bearer", "precise")
	for _, l := range r.Languages {
		c.readingLine(l.Code, "readers", l.Readers)
		c.readingLine(l.Code, "machine", l.Machine)
		c.readingLine(l.Code, "untouched", l.Untouched)
		if l.Machine != nil && l.Machine.Undecided > 0 {
			c.printf("%-4s %d undecided; where decided %s\n", "", l.Machine.Undecided, agreement(l.Machine.WhereDecided))
		}
	}
	c.printf("\nEach cell: share of equal answers, Cohen's kappa. Readers: the two readers with each other; machine: against the adjudicated answer;\nuntouched: the same on texts that no rule was mended on. " +
		"All readers are language models that worked from eval/guidelines.md, not people.\n")
	for _, l := range r.Languages {
		if l.Code != "all" {
			continue
		}
		for _, x := range []struct {
			name string
			s    *reading.Scores
		}{{"all texts", l.Machine}, {"untouched", l.Untouched}} {
			if x.s == nil || len(x.s.Calibration) == 0 {
				continue
			}
			c.printf("\nConfidence and truth, norms of %s: confidence from, norms, mean confidence, share right\n", x.name)
			for _, b := range x.s.Calibration {
				if b.N > 0 {
					c.printf("  %.2f %5d  %.2f  %.2f\n", b.From, b.N, b.Said, b.Right)
				}
			}
		}
		c.printf("\nMost frequent confusions (answer → machine):\n")
		n := 0
		for _, x := range l.Confusion {
			if x.Answer != x.Machine && n < 20 {
				c.printf("  %4d  %s → %s\n", x.N, x.Answer, x.Machine)
				n++
			}
		}
	}
	if c.evalErrors {
		for _, m := range r.Misses {
			c.printf("%s\t%d-%d\t%s → %s\t%s\n", m.Text, m.Start, m.End, m.Answer, m.Machine, printable(m.Note))
		}
	}
}

func (c *call) readingLine(code, who string, s *reading.Scores) {
	if s == nil {
		return
	}
	c.printf("%-4s %-9s %6d  %-14s %-14s %-14s %-14s %-14s %-14s\n", code, who, s.Modality.N, agreement(s.Modality), agreement(s.WithoutHeadings), agreement(s.WithoutNone),
		agreement(s.Part), agreement(s.Bearer), agreement(s.Precise))
}

func agreement(a reading.Agreement) string {
	if a.N == 0 {
		return "–"
	}
	return fmt.Sprintf("%.3f κ%.3f", a.Share, a.Kappa)
}
