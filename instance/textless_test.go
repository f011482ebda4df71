package instance

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
)

// The seed holds analyses of public texts without their words; importing the file brings the words to the same record.
func TestTextlessDocumentsLightUp(t *testing.T) {
	folder := need.Shared(t, "texts", "us-gov")
	const id, file = "doc_us-malaysia-mou-2025", "2025-10-26-memorandum-of-understanding-between-the-government-of-the-united-states-of-america-and-the-government-of-malaysia-concerning-cooperation-to-diversify-global-critical-minerals-supply-chains-and-promote.md"
	in, err := Embedded(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	public := registry.Reader()
	p, err := in.Projection(t.Context(), public)
	if err != nil {
		t.Fatal(err)
	}
	if doc, err := p.Document(id); doc != nil || err != nil {
		t.Fatalf("a text nobody imported: %v %v", doc, err)
	}
	before, err := p.Analysis(id)
	if err != nil || before == nil || len(before.Provisions) == 0 {
		t.Fatalf("no analysis: %v %v", before, err)
	}
	for _, x := range before.Provisions {
		if x.Heading != "" {
			t.Fatalf("words of the text: %q", x.Heading)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, file)); err != nil {
		t.Fatal(err)
	}
	report, err := in.Importer(registry.Registry).Import(t.Context(), filepath.Join(folder, file))
	if err != nil || report.Documents != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	if p, err = in.Projection(t.Context(), public); err != nil {
		t.Fatal(err)
	}
	if doc, err := p.Document(id); doc != nil || err != nil {
		t.Errorf("what was imported for editors shows to all: %v %v", doc, err)
	}
	editors, err := in.Projection(t.Context(), registry.Reader(registry.Registry))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := editors.Document(id)
	if err != nil || doc == nil {
		t.Fatalf("the text did not come to its record: %v %v", doc, err)
	}
	if refs := doc.Record.Refs("instrument"); len(refs) != 1 || refs[0] != "ins_us-malaysia-mou-2025" {
		t.Errorf("its instrument is %v", refs)
	}
	if len(doc.Analysis.Provisions) != len(before.Provisions) {
		t.Errorf("%d provisions with the text, %d without", len(doc.Analysis.Provisions), len(before.Provisions))
	}
	again, err := in.Importer(registry.Registry).Import(t.Context(), filepath.Join(folder, file))
	if err != nil || again.Known != 1 || again.Entries != 0 {
		t.Errorf("a second import: %+v %v", again, err)
	}
}
