package page

import (
	"bytes"
	"context"
	"fmt"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/text"
)

// Formats are the formats of a redacted text.
var Formats = []string{"pdf", "docx", "txt"}

// Job is a text to be redacted.
type Job struct {
	Format   string // of what is made: one of [Formats]
	Original []byte // the file; needed where it is a PDF and a PDF is made
	Reading  *text.Reading
	Passages []redaction.Passage
	Date     string                                                              // ISO date that a DOCX carries; "" gives none
	Pages    Pages                                                               // draws pages, and reads what was written
	OCR      extract.Recognizer                                                  // reads the images that were made; nil: they are not read
	Also     func(context.Context, *redaction.Secrets) ([]redaction.Leak, error) // what else is to be searched; nil: nothing
}

// Result is a redacted text in which no secret was found.
type Result struct {
	Bytes    []byte
	Redacted *redaction.Redacted
	Report   *Report // of the pages; nil where none were drawn
}

// Redact makes a redacted text and searches it. The error is a [*redaction.Leaked] where withheld words were found, in the text, the file, or what Also searches:
// then there is no result. Other errors: passages that are not in the text, what the writers return.
func Redact(ctx context.Context, j Job) (*Result, error) {
	spans, err := redaction.Resolve(j.Reading, j.Passages)
	if err != nil {
		return nil, err
	}
	d := redaction.Make(j.Reading, spans)
	s := redaction.SecretsOf(j.Reading, spans, d)
	res := &Result{Redacted: d}
	leaks := s.Search("the text that is left", d.Kept) // the file would say it too, but not as plainly where
	if len(leaks) == 0 {
		if leaks, err = res.make(ctx, j, spans, s); err != nil {
			return nil, err
		}
	}
	if len(leaks) == 0 && j.Also != nil {
		if leaks, err = j.Also(ctx, s); err != nil {
			return nil, err
		}
	}
	if len(leaks) > 0 {
		return nil, &redaction.Leaked{Leaks: leaks}
	}
	return res, nil
}

func (res *Result) make(ctx context.Context, j Job, spans []redaction.Span, s *redaction.Secrets) ([]redaction.Leak, error) {
	d := res.Redacted
	var b, empty bytes.Buffer
	switch {
	case j.Format == "txt":
		res.Bytes = []byte(d.Plain())
		return s.Search("text", d.Plain()), nil
	case j.Format == "pdf" && j.Reading.Format == "pdf":
		report, err := Write(ctx, &b, j.Pages, j.Original, j.Reading, spans, d, s)
		if err != nil {
			return nil, err
		}
		if err := Empty(&empty); err != nil {
			return nil, err
		}
		res.Report, res.Bytes = report, b.Bytes()
		return Search(ctx, j.Pages, res.Bytes, empty.Bytes(), s, d, j.OCR)
	case j.Format != "pdf" && j.Format != "docx":
		return nil, fmt.Errorf("there is no format %q to write a redacted text in", j.Format)
	}
	p, err := d.Paper(j.Date)
	if err != nil {
		return nil, err
	}
	write := docx.Write
	if j.Format == "pdf" { // of another format there are no pages: they are set anew, from the redacted text
		write = pdf.Write
	}
	for _, x := range []struct {
		to *bytes.Buffer
		of *paper.Document
	}{{&b, p}, {&empty, redaction.Empty()}} {
		if err := write(x.to, x.of); err != nil {
			return nil, err
		}
	}
	res.Bytes = b.Bytes()
	if j.Format == "docx" {
		return s.SearchDOCX(res.Bytes, empty.Bytes())
	}
	return Search(ctx, j.Pages, res.Bytes, empty.Bytes(), s, d, nil)
}
