package main

import (
	"fmt"

	"github.com/openassay/assay/registry"
)

var rereadVerb = &verb{
	name: "reread", args: "--data DIR [DOCUMENT…]", short: "read kept files again, with today's extractor",
	long: `Reads the files of documents again as they are kept in the data directory; of all documents where none is named by id. Where a file is read better than
before, the new reading becomes the document's and the old one is kept: the addresses of its provisions lead to where their words stand now, or say that
they are gone. A reading that a person mended stays. --audience is whose documents are read, and who sees the new readings.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.StringVar(&c.audience, "audience", "registry", "`AUDIENCE` whose documents are read again: public, registry, …")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: func(c *call, args []string) error {
		if err := c.checkFormat("text", "json"); err != nil {
			return err
		}
		a := registry.Audience(c.audience)
		if err := a.Check(); err != nil {
			return usage{err}
		}
		var ids []registry.RecordID
		for _, x := range args {
			ids = append(ids, registry.RecordID(x))
		}
		in, err := c.openThere()
		if err != nil {
			return err
		}
		defer in.Close()
		var done func()
		if in.Extract, done, err = extractor(in.OCRFolder()); err != nil {
			return err
		}
		defer done()
		bar := newBar(c)
		r, err := in.Reread(c.ctx, a, bar.show, ids...)
		bar.end()
		if r != nil {
			for _, q := range r.Quarantined {
				fmt.Fprintf(c.stderr, "left as it was: %s\n", oneLine(q))
			}
		}
		if err != nil {
			return err
		}
		if c.format == "json" {
			return c.json(r)
		}
		c.printf("%s read again: %d better than before, %d the same\n", count(r.Files, "file", "files"), r.Renewed, r.Known)
		if r.Renewed > 0 {
			c.printf("%s of the old readings gone; the others lead on\n", count(r.Gone, "address is", "addresses are"))
		}
		return nil
	},
}
