package ingest_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// recognizer recognises the same words in every image.
type recognizer struct{ missing string }

func (r recognizer) Missing() string { return r.missing }

func (r recognizer) Recognize(context.Context, string, *extract.Scan, string) (extract.Image, error) {
	var img extract.Image
	for i, w := range strings.Fields("The Parties shall exchange data on lithium every year") {
		x := 60 + 50*float64(i)
		img.Words = append(img.Words, layout.Word{Text: w, Confidence: 0.9, Box: layout.Box{X0: x, X1: x + 45, Y0: 100, Y1: 112}})
	}
	return img, nil
}

// A scan that cannot be read is kept; once it can be, its words come to the same record.
func TestScanIsKeptUntilItCanBeRead(t *testing.T) {
	im := registryOf(t, "")
	p := filepath.Join(t.TempDir(), "scan.pdf")
	scan := sample.RawPDF("", "0 0 200 200 re f")
	if err := os.WriteFile(p, scan, 0o600); err != nil {
		t.Fatal(err)
	}
	im.Extract = extract.InProcess{OCR: recognizer{missing: "install it"}}
	r := do(t, im, p)
	if len(r.Kept) != 1 || r.Kept[0].Hint != "install it" || r.Documents != 1 || len(r.Quarantined) != 0 {
		t.Fatalf("%+v", r)
	}
	if r = do(t, im, p); r.Entries != 0 || r.Known != 1 || len(r.Kept) != 1 {
		t.Errorf("again: %+v", r)
	}
	kept := ofFile(t, viewOf(t, im), "scan.pdf")
	if b, err := im.Blobs.Get(kept.String("file")); err != nil || string(b) != string(scan) || kept.String("reading") != "" {
		t.Errorf("%d bytes, %v, reading %q", len(b), err, kept.String("reading"))
	}
	im.Extract = extract.InProcess{OCR: recognizer{}}
	if r = do(t, im, p); r.Documents != 1 || len(r.Kept) != 0 {
		t.Fatalf("read: %+v", r)
	}
	read := ofFile(t, viewOf(t, im), "scan.pdf")
	rd := readingOf(t, im.Blobs.Get, read)
	if read.ID != kept.ID || !strings.Contains(rd.Text, "shall exchange data") || len(rd.Pages) != 1 || !rd.Pages[0].OCR || rd.Pages[0].Confidence != 0.9 {
		t.Errorf("%s, before %s: %+v %q", read.ID, kept.ID, rd.Pages, rd.Text)
	}
	if r = do(t, im, p); r.Entries != 0 || r.Known != 1 {
		t.Errorf("once more: %+v", r)
	}
}

// Each document of an archive enters by itself, its original kept; a draft keeps its three readings together.
func TestArchiveEnters(t *testing.T) {
	im := registryOf(t, "")
	p := filepath.Join(t.TempDir(), "letters.zip")
	if err := os.WriteFile(p, sample.Archive(), 0o600); err != nil {
		t.Fatal(err)
	}
	r := do(t, im, p)
	if r.Documents+r.Known < 5 || len(r.Quarantined) != 1 || !strings.HasSuffix(r.Quarantined[0].Path, "letters.zip/empty.txt") {
		t.Fatalf("%+v", r)
	}
	if again := do(t, im, p); again.Entries != 0 || again.Documents != 0 {
		t.Errorf("again: %+v", again)
	}
	d := ofFile(t, viewOf(t, im), "draft.docx")
	rd := readingOf(t, im.Blobs.Get, d)
	if b, err := im.Blobs.Get(d.String("file")); err != nil || string(b) != string(sample.Draft()) {
		t.Errorf("original: %v", err)
	}
	if rd.Variant != "accepted" || len(rd.Variants) != 2 || rd.Variants[1].Variant != "marked-up" || d.String("document_type") != "draft" || len(rd.Comments) != 1 {
		t.Errorf("%q, %d variants, %q", rd.Variant, len(rd.Variants), d.String("document_type"))
	}
}

func ofFile(t *testing.T, v *registry.View, name string) *registry.Record {
	t.Helper()
	for _, d := range v.OfKind(registry.KindDocument) {
		if d.String("file_name") == name {
			return d
		}
	}
	t.Fatalf("no document of %s", name)
	return nil
}

func readingOf(t *testing.T, get func(string) ([]byte, error), d *registry.Record) *text.Reading {
	t.Helper()
	b, err := get(d.String("reading"))
	if err != nil {
		t.Fatal(err)
	}
	rd := new(text.Reading)
	if err := json.Unmarshal(b, rd); err != nil {
		t.Fatal(err)
	}
	return rd
}
