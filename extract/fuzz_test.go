package extract_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/text"
)

// FuzzRead reads any bytes as a file of the format that they seem to be. There is always a verdict, readings hold together, and nothing is caught
// by the net for defects.
func FuzzRead(f *testing.F) {
	for _, s := range sample.All() {
		if s.Name != "a.pdf" { // pdfium has fuzzers of its own; mutated PDFs are in the test of package main
			f.Add(s.Name, []byte(s.Body))
		}
	}
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		if extract.Sniff(name, b) == "pdf" {
			return
		}
		parts, err := extract.Read(t.Context(), name, b, extract.Options{Limits: extract.Limits{Bytes: 8 << 20, Parts: 50}})
		if err != nil {
			t.Fatal(err)
		}
		if len(parts) == 0 {
			t.Fatal("no verdict")
		}
		for _, p := range parts {
			if strings.Contains(p.Verdict.Reason, "reading failed") || !p.Verdict.OK() && p.Verdict.Reason == "" || p.Verdict.OK() != (len(p.Readings) > 0) {
				t.Fatalf("%s: %+v", p.Path, p.Verdict)
			}
			for _, rd := range p.Readings {
				check(t, rd)
			}
		}
	})
}

// check holds a reading against its own rules.
func check(t *testing.T, rd *text.Reading) {
	if !utf8.ValidString(rd.Text) {
		t.Fatal("not UTF-8")
	}
	span := func(what string, start, end int) {
		if start < 0 || end < start || end > len(rd.Text) {
			t.Fatalf("%s: %d–%d of %d", what, start, end, len(rd.Text))
		}
	}
	last := 0
	for _, p := range rd.Pages {
		span("page", p.Start, p.End)
		if p.Start < last {
			t.Fatal("pages overlap")
		}
		last = p.End
	}
	for _, n := range rd.Notes {
		span("note", n.Start, n.End)
		if n.Ref >= len(rd.Text) {
			t.Fatal("a note is referred to behind the text")
		}
	}
	for _, c := range rd.Changes {
		span("change", c.Start, c.End)
	}
	for _, c := range rd.Comments {
		span("comment", c.At, c.At)
	}
	for _, g := range rd.Gaps {
		span("gap", g.At, g.At)
	}
	for _, p := range rd.Provisions {
		span(p.EID, p.Start, p.End)
	}
}

// FuzzInside damages what is within documents that are archives, which damage to the archive hides.
func FuzzInside(f *testing.F) {
	for _, s := range sample.All() {
		if z, err := zip.NewReader(strings.NewReader(s.Body), int64(len(s.Body))); err == nil && s.Name != "a.zip" {
			for i, e := range z.File {
				h, err := e.Open()
				if err != nil {
					f.Fatal(err)
				}
				b, err := io.ReadAll(h)
				if err != nil {
					f.Fatal(err)
				}
				f.Add([]byte(s.Body), i, b)
			}
		}
	}
	f.Fuzz(func(t *testing.T, archive []byte, at int, body []byte) {
		z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
		if err != nil || len(z.File) > 30 {
			return
		}
		var files []sample.File
		for i, e := range z.File {
			b := body
			if i != at {
				h, err := e.Open()
				if err != nil {
					return
				}
				if b, err = io.ReadAll(io.LimitReader(h, 1<<20)); err != nil {
					return
				}
			}
			files = append(files, sample.File{Name: e.Name, Body: string(b)})
		}
		parts, err := extract.Read(t.Context(), "a", sample.Zip(files...), extract.Options{Limits: extract.Limits{Bytes: 8 << 20, Parts: 50}})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range parts {
			if strings.Contains(p.Verdict.Reason, "reading failed") {
				t.Fatalf("%+v", p.Verdict)
			}
			for _, rd := range p.Readings {
				check(t, rd)
			}
		}
	})
}
