package main

import (
	"io"
	"path/filepath"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/ocr"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
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
	parts, err := c.extract(args[0], b)
	if err != nil {
		return err
	}
	if c.format == "json" {
		for _, p := range parts { // the bytes are the caller's own
			p.Bytes = nil
		}
		return c.json(parts)
	}
	rd, err := firstReading(args[0], parts)
	if err != nil {
		return err
	}
	_, err = io.WriteString(c.stdout, rd.Text)
	return err
}

// extract reads a file in a process of its own.
func (c *call) extract(path string, b []byte) ([]*extract.Part, error) {
	r, done, err := extractor("")
	if err != nil {
		return nil, err
	}
	defer done()
	return r.Read(c.ctx, filepath.Base(path), b, extract.Options{})
}

// extractor is what reads files in processes of their own; what it recognises in images is kept in the folder, "" for nowhere.
func extractor(folder string) (r extract.Reader, done func(), err error) {
	w, err := extract.NewWorker(ocr.New(folder))
	if err != nil {
		return nil, nil, err
	}
	return w, w.Close, nil
}

// firstReading is the first text of a file; an error where there is none.
func firstReading(path string, parts []*extract.Part) (*text.Reading, error) {
	for _, p := range parts {
		if p.Verdict.OK() {
			return p.Readings[0], nil
		}
	}
	for _, p := range parts {
		return nil, ingest.ReadError(path, p.Err())
	}
	return nil, registry.Errorf(registry.Unreadable, "%s: nothing in it can be read", path)
}
