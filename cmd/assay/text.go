package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/ocr"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

var textVerb = &verb{
	name: "text", args: "FILE", short: "the canonical text of a document",
	long: `Writes the canonical text of one document (PDF, DOCX, HTML, …) to standard output. Nothing is kept and nothing leaves this machine.
Of a file with several texts it writes the first; --format json gives all, with provisions, pages, notes and what seems to be missing.

A draft with tracked changes has three readings: --changes accepted (which is written without the flag), rejected, or marked-up, in which what was
inserted stands in {+ +} and what was deleted in [- -].`,
	flags: func(c *call) {
		c.fs.StringVar(&c.changes, "changes", "", "`READING` of a draft with tracked changes: accepted, rejected or marked-up (marked for short)")
		c.formatFlag("text", "json")
	},
	run: runText,
}

func runText(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	if len(args) != 1 {
		return usagef("assay text FILE", "text takes one file; %d were given", len(args))
	}
	if c.changes == "marked" {
		c.changes = text.MarkedUp
	}
	if c.changes != "" && !slices.Contains(text.Variants(), c.changes) {
		return usagef("--changes "+strings.Join(text.Variants(), ", "), "a draft has no reading %q", c.changes)
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
	if rd, err = c.variant(args[0], rd, parts); err != nil {
		return err
	}
	_, err = io.WriteString(c.stdout, rd.WithMarks())
	return err
}

// variant is the reading of a draft that --changes asks for. A file that tracks no changes reads the same whichever is asked for, and says so.
func (c *call) variant(path string, rd *text.Reading, parts []*extract.Part) (*text.Reading, error) {
	if c.changes == "" {
		return rd, nil
	}
	if rd.Variant == "" {
		fmt.Fprintf(c.stderr, "%s tracks no changes: this is its one text\n", printable(filepath.Base(path)))
		return rd, nil
	}
	for _, p := range parts {
		if p.Verdict.OK() && p.Readings[0] == rd {
			for _, v := range p.Readings {
				if v.Variant == c.changes {
					return v, nil
				}
			}
		}
	}
	return nil, registry.Errorf(registry.Unreadable, "%s: with its changes %s nothing is left of it", path, c.changes).WithHint("all its words are tracked changes; --changes marked-up shows them")
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
