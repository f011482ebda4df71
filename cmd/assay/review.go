package main

import (
	"encoding/json"

	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/instance"
)

var reviewVerb = &verb{
	name: "review", args: "--data DIR", short: "list what waits for a person: doubtful matches, failed files",
	long: `Lists the documents of which it is doubtful to which instrument they belong, with the candidates and the reasons, and the files that did
not enter, each once. A match is decided by importing a claim: a CSV row with the document's id, the field instrument and the instrument's id.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		c.fs.StringVar(&c.as, "as", "registry", "`AUDIENCE` whose list is shown; several with commas")
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runReview,
}

func runReview(c *call, args []string) error {
	if err := c.none(args); err != nil {
		return err
	}
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	readers, err := c.readers()
	if err != nil {
		return err
	}
	if c.data == "" {
		return usagef("name it: --data DIR", "review needs a data directory")
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	in, err := instance.OpenReadOnly(c.ctx, c.data, opt)
	if err != nil {
		return err
	}
	defer in.Close()
	reviews, err := in.Reviews(c.ctx, readers)
	if err != nil {
		return err
	}
	failed, err := in.Attempts(c.ctx, readers)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(map[string]any{"reviews": reviews, "failed": failed})
	}
	c.printf("%s, %s that did not enter\n", count(len(reviews), "doubtful match", "doubtful matches"), count(len(failed), "file or row", "files or rows"))
	for _, r := range reviews {
		c.printf("\n%s\n  %s\n", r.Document, printable(r.Title))
		var options []ingest.Candidate
		if err := json.Unmarshal(r.Reasons, &options); err != nil {
			return err
		}
		for _, o := range options {
			c.printf("  %.2f  %s: %s\n", o.Score, o.Instrument, printable(list(o.Reasons)))
		}
	}
	for _, a := range failed {
		c.printf("\n%s\n", oneLine(ingest.Quarantine{Path: a.Path, Reason: a.Reason, Hint: a.Hint}))
		c.printf("  tried %s, last on %s\n", count(a.Tries, "time", "times"), a.Last.Format("2006-01-02 15:04"))
	}
	return nil
}
