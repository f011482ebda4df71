package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/ocr"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/redaction/page"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// redactFlags are those of redact.
type redactFlags struct {
	passages string
	noOCR    bool
}

var redactVerb = &verb{
	name: "redact", args: "FILE --passages FILE.json -o OUT.pdf", short: "a new document without the passages that are withheld",
	long: `Makes a redacted text: a new document, never an edited original, in which each passage is replaced by a block of its shape with its ground. OUT.txt and
OUT.docx are made from the canonical text; OUT.pdf of a PDF has images of its pages with the passages burned in and a text layer of what is left.

Passages: [{"start": 120, "end": 164, "ground": "commercial_secret"}] in bytes of the canonical text (assay text FILE), or
[{"quote": "731 thalers", "ground": "market_sensitive"}] for every occurrence, however written. "here": true beside start and end says that the same
words elsewhere are meant to stay. Grounds are the codes of withholding_ground (docs/fields.md).

Before anything is written the result is searched for the withheld words: text, parts, streams, metadata, text layer, and, where tesseract is
installed, the images. --data DIR searches what is public of that registry too: partition, texts, exports, index.`,
	flags: func(c *call) {
		c.fs.StringVar(&c.redact.passages, "passages", "", "`FILE` of JSON with the passages")
		c.fs.StringVar(&c.out, "o", "", "`FILE` to write: .pdf, .docx or .txt")
		c.fs.StringVar(&c.asOf, "date", "", "`DATE` (2026-11-23) that a DOCX or PDF set anew shall carry")
		c.dataFlag("a registry whose public side is searched for the withheld passages too")
		c.clockFlags()
		c.fs.BoolVar(&c.redact.noOCR, "no-ocr", false, "do not read the images of a PDF that was made: quicker, and one check less")
	},
	run: runRedact,
}

func runRedact(c *call, args []string) error {
	const example = "assay redact FILE --passages passages.json -o OUT.pdf"
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(c.out)), ".")
	switch {
	case len(args) != 1:
		return usagef(example, "redact takes one file; %d were given", len(args))
	case c.redact.passages == "":
		return usagef(example, "name the passages that are withheld: --passages FILE.json")
	case !slices.Contains(page.Formats, format):
		return usagef(example, "-o %q: the file to write ends in .pdf, .docx or .txt", c.out)
	}
	if _, err := c.day(); err != nil {
		return err
	}
	if same(args[0], c.out) {
		return usagef("name another file; the original is never edited", "-o %s is the original", c.out)
	}
	b, err := readOne(c.redact.passages)
	if err != nil {
		return err
	}
	const hint = "docs/disclosure.md, section Redaction, has the form of the file"
	ps, err := redaction.ReadPassages(b)
	if err != nil {
		return &registry.Error{Code: registry.Invalid, Message: c.redact.passages + ": " + err.Error(), Hint: hint}
	}
	j := page.Job{Format: format, Passages: ps, Date: c.asOf}
	if j.Original, err = readOne(args[0]); err != nil {
		return err
	}
	recognizer := ocr.New("")
	w, err := extract.NewWorker(recognizer)
	if err != nil {
		return err
	}
	defer w.Close()
	parts, err := w.Read(c.ctx, filepath.Base(args[0]), j.Original, extract.Options{})
	if err != nil {
		return err
	}
	if len(parts) > 1 {
		return registry.Errorf(registry.Unsupported, "%s holds %d files", args[0], len(parts)).WithHint("take out the one that is to be redacted")
	}
	if j.Reading, err = firstReading(args[0], parts); err != nil {
		return err
	}
	j.Pages = w
	if recognizer.Missing() == "" && !c.redact.noOCR {
		j.OCR = recognizer
	}
	if c.data != "" {
		in, err := c.open()
		if err != nil {
			return err
		}
		defer in.Close()
		j.Also = in.Leaks
	}
	res, err := page.Redact(c.ctx, j)
	var leaked *redaction.Leaked
	switch {
	case errors.As(err, &leaked):
		return &registry.Error{Code: registry.Invalid, Message: args[0] + ": " + err.Error(), Hint: "withhold these places too (a quote means every occurrence), or say \"here\": true of a span whose words may stand elsewhere"}
	case err != nil:
		return &registry.Error{Code: registry.Invalid, Message: args[0] + ": " + err.Error(), Hint: hint}
	}
	if err := c.write(c.out, func(w io.Writer) error { _, err := w.Write(res.Bytes); return err }); err != nil {
		return err
	}
	c.redacted(res, j.Reading, j.OCR != nil)
	return nil
}

// redacted says what was written, and what whoever publishes it must know.
func (c *call) redacted(res *page.Result, r *text.Reading, images bool) {
	fmt.Fprintf(c.stdout, "%s: %d passages withheld; searched for the withheld words, none found\n", c.out, len(res.Redacted.Withheld))
	for _, p := range r.Pages {
		if p.OCR {
			fmt.Fprintln(c.stdout, "note: words were recognised in images of pages, and some may be misread: look whether every occurrence is covered")
			break
		}
	}
	if len(r.Variants) > 0 || r.Variant != "" {
		fmt.Fprintln(c.stdout, "note: it is a draft with tracked changes; what was made is of the text with all of them accepted")
	}
	if res.Report == nil {
		return
	}
	for _, b := range res.Report.Black {
		fmt.Fprintf(c.stdout, "note: page %d is withheld as a whole: %s\n", b.Page, b.Why)
	}
	if n := res.Report.LeftOut; n > 0 {
		fmt.Fprintf(c.stdout, "note: the text layer lacks %d words whose signs it cannot hold; the images show them\n", n)
	}
	if !images {
		fmt.Fprintln(c.stdout, "note: the images were not read: tesseract is not installed, or --no-ocr was given")
	}
}

// same says whether two paths lead to one file.
func same(a, b string) bool {
	x, err1 := os.Stat(a)
	y, err2 := os.Stat(b)
	return err1 == nil && err2 == nil && os.SameFile(x, y)
}
