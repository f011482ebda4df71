package main

import (
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

var findingsVerb = &verb{
	name: "findings", args: "", short: "the seven findings: how many, of how many, of how many it is not known",
	long: `Computes the seven cross-cutting findings over the records of a registry: each with its indicators, what they count, how many are unknown and
between what bounds the share lies. --format json adds the records, claims and places in texts behind every number.`,
	flags: func(c *call) {
		c.readFlags()
		c.formatFlag("text", "json")
		c.scopeFlags()
		c.fs.StringVar(&c.asOf, "as-of", "", "`DATE`: what held on it according to what was known by it")
	},
	run: runFindings,
}

// scopeFlags are the flags that choose what is counted.
func (c *call) scopeFlags() {
	c.fs.StringVar(&c.scope.party, "country", "", "a state, bloc or party by `CODE` (ZMB, EU), id or name")
	c.fs.StringVar(&c.scope.region, "region", "", "a `REGION`: africa, americas, asia, europe, oceania")
	c.fs.StringVar(&c.scope.mineral, "mineral", "", "a `MINERAL` by code or name")
	c.fs.StringVar(&c.scope.since, "since", "", "records in which something happened on or after `DATE` (2025, 2025-01, 2025-01-31)")
	c.fs.StringVar(&c.scope.until, "until", "", "records in which something happened on or before `DATE`")
}

// scopeWords are the flags of a scope as typed.
type scopeWords struct{ party, region, mineral, since, until string }

// findings computes the findings that the flags ask for, and gives the view that they are of.
func (c *call) findings() (*findings.Set, *registry.View, error) {
	readers, err := c.readers()
	if err != nil {
		return nil, nil, err
	}
	asOf, err := c.day()
	if err != nil {
		return nil, nil, err
	}
	in, err := c.open()
	if err != nil {
		return nil, nil, err
	}
	defer in.Close()
	view, _, err := in.View(c.ctx, readers, asOf)
	if err != nil {
		return nil, nil, err
	}
	scope, err := findings.ParseScope(view, c.scope.party, c.scope.region, c.scope.mineral, c.scope.since, c.scope.until)
	if err != nil {
		return nil, nil, err
	}
	set, err := findings.Compute(view, in.Texts(view), scope)
	return set, view, err
}

func runFindings(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) > 0 {
		return usagef("assay findings --country ZMB", "findings takes no arguments; %q was given", args[0])
	}
	set, _, err := c.findings()
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(set)
	}
	c.printf("As known on %s. Counts, totals, what is unknown, and the lowest and highest share if it were known.\n", set.Horizon)
	for _, f := range set.Findings {
		c.printf("\n%d %s\n", f.Number, f.Label.In("en"))
		for _, i := range f.Indicators {
			c.printf("  %-76s %s\n", i.Label.In("en"), i.Says())
		}
	}
	return nil
}
