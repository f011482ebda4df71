package main

import (
	"io"

	"github.com/openassay/assay/export"
)

var exportVerb = &verb{
	name: "export", short: "write claims, sources or records as CSV or JSON lines",
	long: `Writes what readers see, in a stable order and without the time of the export: the same registry gives the same bytes.
CSV of claims and sources is what assay import reads.`,
	flags: func(c *call) {
		c.readFlags()
		c.formatFlag("jsonl", "csv")
		c.fs.StringVar(&c.what, "what", "claims", "`WHAT` to write: claims, sources or records")
		c.fs.StringVar(&c.out, "o", "", "`FILE` to write to, replaced whole; without it standard output")
		c.fs.StringVar(&c.asOf, "as-of", "", "`DATE`: what held on it according to what was known by it")
	},
	run: func(c *call, args []string) error {
		if err := c.none(args); err != nil {
			return err
		}
		do, err := export.Of(c.what, c.format)
		if err != nil {
			return usage{err}
		}
		readers, err := c.readers()
		if err != nil {
			return err
		}
		asOf, err := c.day()
		if err != nil {
			return err
		}
		in, err := c.open()
		if err != nil {
			return err
		}
		defer in.Close()
		view, _, err := in.View(c.ctx, readers, asOf)
		if err != nil {
			return err
		}
		return c.write(c.out, func(w io.Writer) error { return do(w, view) })
	},
}
