package main

import (
	"path/filepath"

	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

var redlineVerb = &verb{
	name: "redline", args: "A [B]", short: "what changed between two texts, provision by provision",
	long: `Compares the file A with the later file B by provision: moved, renumbered, split, merged, added, deleted, words, and what changed in force:
modal, deadline, quantity, standard. Nothing is stored. --format json gives one change for each innermost provision; html, docx, pdf and md give the same
as a document; -o names the file.

Of one file, a draft with tracked changes, it says what these change: from the reading with all of them rejected to the one with all accepted.`,
	flags: func(c *call) {
		c.formatFlag("text", "json", "html", "md", "docx", "pdf")
		c.fs.StringVar(&c.out, "o", "", "`FILE` to write; without it, standard output")
	},
	run: func(c *call, args []string) error {
		if len(args) != 1 && len(args) != 2 {
			return usagef("assay redline DRAFT3 DRAFT4", "name the earlier and the later file, or one draft with tracked changes")
		}
		if err := c.checkFormat("text", "json", "html", "md", "docx", "pdf"); err != nil {
			return err
		}
		about := redline.About{Before: filepath.Base(args[0]), After: filepath.Base(args[len(args)-1])}
		var rs []*text.Reading
		for _, path := range args {
			r, err := c.readFile(path)
			if err != nil {
				return err
			}
			rs = append(rs, r)
		}
		if len(args) == 1 {
			before := rs[0].As(text.Rejected)
			if before == nil {
				return registry.Errorf(registry.Invalid, "%s tracks no changes that could be rejected", args[0]).WithHint("assay redline DRAFT3 DRAFT4 compares an earlier file with a later one")
			}
			rs = []*text.Reading{before, rs[0]}
			about.Before += " (" + text.Rejected + ")"
			about.After += " (" + text.Accepted + ")"
		}
		as, err := c.analyses(rs)
		if err != nil {
			return err
		}
		r := redline.Compare(rs[0], rs[1], as[0], as[1])
		if c.format == "json" {
			return c.jsonTo(r)
		}
		d := r.Paper(about)
		return c.paper(d, c.format)
	},
}
