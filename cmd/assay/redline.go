package main

import (
	"path/filepath"

	"github.com/openassay/assay/redline"
)

var redlineVerb = &verb{
	name: "redline", args: "A B", short: "what changed between two texts, provision by provision",
	long: `Compares the file A with the later file B by provision: moved, renumbered, split, merged, added, deleted, words, and what changed in force:
modal, deadline, quantity, standard. Nothing is stored. --format json gives one change for each innermost provision; html, docx, pdf and md give the same
as a document; -o names the file.`,
	flags: func(c *call) {
		c.formatFlag("text", "json", "html", "md", "docx", "pdf")
		c.fs.StringVar(&c.out, "o", "", "`FILE` to write; without it, standard output")
	},
	run: func(c *call, args []string) error {
		if len(args) != 2 {
			return usagef("assay redline DRAFT3 DRAFT4", "name the earlier and the later file")
		}
		if err := c.checkFormat("text", "json", "html", "md", "docx", "pdf"); err != nil {
			return err
		}
		rs, as, err := c.analysed(args...)
		if err != nil {
			return err
		}
		r := redline.Compare(rs[0], rs[1], as[0], as[1])
		if c.format == "json" {
			return c.jsonTo(r)
		}
		d := r.Paper(redline.About{Before: filepath.Base(args[0]), After: filepath.Base(args[1])})
		return c.paper(d, c.format)
	},
}
