package main

import (
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/registry"
)

var conflictVerb = &verb{
	name: "conflict", args: "[PATH…]", short: "say which provisions of texts collide, or may",
	long: `Holds the norms of each text against those of every other that has a side in common with it, and says of pairs of provisions whether they
collide (conflict), pull apart (tension), only look so (disjoint, with the ground) or cannot be decided (undecided, with what is missing). Without a
path it compares the texts and laws of a registry. What is not listed was not found to collide; that is no proof that it does not.`,
	flags: func(c *call) {
		c.readFlags()
		c.formatFlag("text", "json")
	},
	run: runConflict,
}

// conflictsFound is the JSON of assay conflict.
type conflictsFound struct {
	Texts     int                `json:"texts"`
	Conflicts []conflict.Finding `json:"conflicts"`
	Seconds   float64            `json:"seconds"` // of comparing, without reading the texts
}

func runConflict(c *call, paths []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	rules, err := conflict.Load()
	if err != nil {
		return err
	}
	var sheets []*conflict.Sheet
	switch {
	case len(paths) == 1:
		return usagef("assay conflict A B", "one text collides with nothing: name two or more, or none for those of a registry")
	case len(paths) > 0 && c.data != "":
		return usagef("leave one out; assay import brings files into a data directory", "--data and paths cannot be compared at once")
	case len(paths) > 0:
		rs, as, err := c.analysed(paths...)
		if err != nil {
			return err
		}
		for i, r := range rs {
			sheets = append(sheets, rules.Read(conflict.Text{ID: paths[i], Title: as[i].Title, Kind: conflict.KindInstrument, From: r.Date, Reading: r, Analysis: as[i]}))
		}
	default:
		in, err := c.open()
		if err != nil {
			return err
		}
		defer in.Close()
		readers, err := c.readers()
		if err != nil {
			return err
		}
		p, err := in.Projection(c.ctx, readers)
		if err != nil {
			return err
		}
		if sheets, _, err = p.Owed(c.ctx, rules, nil); err != nil {
			return err
		}
		if len(sheets) == 0 {
			return registry.Errorf(registry.NotFound, "this registry holds no text that could be compared").WithHint("assay import brings texts in")
		}
	}
	start := time.Now()
	found := conflictsFound{Texts: len(sheets), Conflicts: slices.Concat(rules.Among(sheets), rules.Sums(sheets), rules.LackingAmong(sheets))}
	conflict.Order(found.Conflicts)
	found.Seconds = time.Since(start).Seconds()
	if found.Conflicts == nil {
		found.Conflicts = []conflict.Finding{}
	}
	if c.format == "json" {
		return c.json(found)
	}
	n := map[string]int{}
	for _, f := range found.Conflicts {
		if n[f.Answer]++; f.Answer == conflict.Disjoint {
			continue
		}
		c.printf("%s (%s, %s): %s\n", f.Answer, f.Type, f.Severity, f.Reason)
		for _, p := range []conflict.Place{f.A, f.B} {
			words := p.Words
			if p.Document == "" {
				continue // a law that is not here
			}
			if words == "" {
				words = "(the words are not here)"
			}
			c.printf("  %s %s: %s\n", p.Document, p.EID, words)
		}
		if len(f.Missing) > 0 {
			c.printf("  not known: %s\n", strings.Join(f.Missing, "; "))
		}
		for _, h := range f.Hints {
			c.printf("  hint, %s: %s (%s)\n", h.Label, h.Words, h.Source)
		}
	}
	c.printf("%d texts: %d conflicts, %d tensions, %d undecided, %d set apart. What is not listed was not found to collide; that is no proof.\n",
		found.Texts, n[conflict.Collides], n[conflict.Tension], n[conflict.Undecided], n[conflict.Disjoint])
	return nil
}
