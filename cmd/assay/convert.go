package main

import (
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/edition"
	"github.com/openassay/assay/text"
)

// convertFormats are the formats that a text is converted to.
var convertFormats = []string{"akn", "md", "docx", "pdf", "txt", "html"}

var convertVerb = &verb{
	name: "convert", args: "FILE --to FORMAT", short: "a text as Akoma Ntoso, Markdown, DOCX, PDF, plain text or HTML",
	long: `Reads one document of any format that is read and writes its text: --to akn (Akoma Ntoso 3.0, valid against its schema), md, docx, pdf, txt or html.
--labels adds what the analysis says: the strength of wording at the margin, in akn every label with its place. txt is the canonical text, to which all
offsets refer, unless labels are asked for. Nothing is kept. -o names the file to write; --date the ISO date that DOCX and PDF shall carry.`,
	flags: func(c *call) {
		c.fs.StringVar(&c.format, "to", "", "`FORMAT`: "+strings.Join(convertFormats, ", ")+"; without it, what the name after -o ends in")
		c.fs.BoolVar(&c.labels, "labels", false, "with what the analysis says")
		c.fs.StringVar(&c.asOf, "date", "", "`DATE` (2026-11-23) that the file shall carry")
		c.fs.StringVar(&c.namespace, "namespace", "", "`URI` of Akoma Ntoso to write in; without it that of the schema of working draft 17, "+edition.NamespaceOASIS+" is that of the standard")
		c.fs.StringVar(&c.out, "o", "", "`FILE` to write; without it, standard output")
	},
	run: runConvert,
}

func runConvert(c *call, args []string) error {
	if len(args) != 1 {
		return usagef("assay convert FILE --to akn", "convert takes one file; %d were given", len(args))
	}
	if c.format == "" { // the name of the file says it
		c.format = strings.TrimPrefix(strings.ToLower(filepath.Ext(c.out)), ".")
	}
	if c.format == "" {
		return usagef("--to "+strings.Join(convertFormats, ", "), "say what to convert to")
	}
	if !slices.Contains(convertFormats, c.format) {
		return usagef("--to "+strings.Join(convertFormats, ", "), "there is no format %q to convert to", c.format)
	}
	if _, err := c.day(); err != nil {
		return err
	}
	r, an, err := c.forEdition(args[0])
	if err != nil {
		return err
	}
	switch {
	case c.format == "akn":
		return c.write(c.out, func(w io.Writer) error { return edition.AKN(w, r, an, c.namespace) })
	case c.format == "txt" && an == nil:
		return c.write(c.out, func(w io.Writer) error { _, err := io.WriteString(w, r.Text); return err })
	}
	return c.paper(edition.Paper(r, edition.Options{Analysis: an, Date: c.asOf, Footer: filepath.Base(args[0])}), c.format)
}

// forEdition reads the file, and with --labels says what it binds.
func (c *call) forEdition(path string) (*text.Reading, *assay.Analysis, error) {
	if !c.labels {
		r, err := c.readFile(path)
		return r, nil, err
	}
	rs, as, err := c.analysed(path)
	if err != nil {
		return nil, nil, err
	}
	return rs[0], as[0], nil
}
