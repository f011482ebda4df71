package main

import (
	"io"
	"path/filepath"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/ingest"
)

var textVerb = &verb{
	name: "text", args: "FILE", short: "the canonical text of a document",
	long: `Writes the canonical text of one document (PDF, DOCX, HTML, …) to standard output. Nothing is kept and nothing leaves this machine.
Of a file with several texts it writes the first; --format json gives all, with provisions, pages, notes and what seems to be missing.`,
	flags: func(c *call) { c.formatFlag("text", "json") },
	run:   runText,
}

func runText(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("assay text FILE", "text takes one file; %d were given", len(args))
	}
	b, err := readOne(args[0])
	if err != nil {
		return err
	}
	parts, err := extract.Read(c.ctx, filepath.Base(args[0]), b, extract.Options{})
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(parts)
	}
	for _, p := range parts {
		if err := p.Err(); err != nil {
			return ingest.ReadError(args[0], err)
		}
		_, err := io.WriteString(c.stdout, p.Readings[0].Text)
		return err
	}
	return nil
}
