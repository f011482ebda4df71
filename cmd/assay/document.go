package main

import (
	"io"
	"os"
	"slices"

	"golang.org/x/term"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/html"
	"github.com/openassay/assay/paper/markdown"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/paper/plain"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// readFile reads one file of any format: the first of its readings. A draft with tracked changes keeps the others with the accepted one.
func (c *call) readFile(path string) (*text.Reading, error) {
	b, err := readOne(path)
	if err != nil {
		return nil, err
	}
	parts, err := c.extract(path, b)
	if err != nil {
		return nil, err
	}
	rd, err := firstReading(path, parts)
	if err != nil || rd.Variant == "" {
		return rd, err
	}
	for _, p := range parts {
		if p.Verdict.OK() && p.Readings[0] == rd {
			rd.Variants = p.Readings[1:]
		}
	}
	return rd, nil
}

// analysed reads files and says of each what it binds.
func (c *call) analysed(paths ...string) ([]*text.Reading, []*assay.Analysis, error) {
	var rs []*text.Reading
	for _, p := range paths {
		r, err := c.readFile(p)
		if err != nil {
			return nil, nil, err
		}
		rs = append(rs, r)
	}
	as, err := c.analyses(rs)
	return rs, as, err
}

// analyses says of each reading what it binds.
func (c *call) analyses(rs []*text.Reading) ([]*assay.Analysis, error) {
	in, err := instance.Embedded(c.ctx, instance.Options{})
	if err != nil {
		return nil, err
	}
	defer in.Close()
	view, _, err := in.View(c.ctx, nil, "")
	if err != nil {
		return nil, err
	}
	lex := ingest.LexiconOf(view)
	var as []*assay.Analysis
	for _, r := range rs {
		as = append(as, assay.Analyze(r, in.Rules(), lex))
	}
	return as, nil
}

// paperFormats are the formats in which a document is written, and what writes each.
var paperFormats = map[string]func(io.Writer, *paper.Document) error{
	"html": html.Write, "md": markdown.Write, "docx": docx.Write, "pdf": pdf.Write, "text": plain.Write, "txt": plain.Write,
}

// paper writes a document to -o or standard output, in one of paperFormats.
func (c *call) paper(d *paper.Document, format string) error {
	if err := c.binary(format); err != nil {
		return err
	}
	return c.write(c.out, func(w io.Writer) error {
		if err := paperFormats[format](w, d); err != nil {
			return registry.Errorf(registry.Unsupported, "%v", err)
		}
		return nil
	})
}

// binary refuses to write bytes that are no text to a terminal.
func (c *call) binary(format string) error {
	f, ok := c.stdout.(*os.File)
	if slices.Contains([]string{"docx", "pdf"}, format) && c.out == "" && ok && term.IsTerminal(int(f.Fd())) {
		return usagef("-o FILE names the file to write", "%s is no text for a terminal", format)
	}
	return nil
}
