package ingest_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

const memorandum = "Memorandum of Understanding between Norland and Sudria on Copper\n\nThe Participants have reached the following understanding:\n\n1. Data\n\nThe Participants intend to share geological data each year.\n\n2. Nature\n\nThis Memorandum is not legally binding.\n"

func view(t testing.TB, im *ingest.Importer) *registry.View {
	t.Helper()
	return registry.Compile(entriesOf(t, im.Log), registry.Reader(im.Audience), "")
}

// A file that is looked at enters nothing; what is taken in is what the person decided.
func TestLookAndTake(t *testing.T) {
	ctx := context.Background()
	im := registryOf(t, registry.Registry)
	before := len(entriesOf(t, im.Log))
	f := intake.File{Name: "../../memo.txt", Bytes: []byte(memorandum), Source: intake.Source{URL: "https://ministry.gov.example/memo", Publisher: "Ministry of Mines", Date: "2026-05-04"}}
	looked, err := im.Look(ctx, f)
	if err != nil || len(looked.Parts) != 1 || len(looked.Parts[0].Texts) != 1 {
		t.Fatalf("%+v %v", looked, err)
	}
	x := looked.Parts[0].Texts[0]
	if looked.Parts[0].Code != "read" || x.Type != "final" || x.Language != "en" || x.Known || !strings.HasPrefix(x.Title, "Memorandum of Understanding") || len(x.Reading.Provisions) < 3 {
		t.Errorf("%+v", x)
	}
	if n := len(entriesOf(t, im.Log)); n != before {
		t.Errorf("looking entered %d entries", n-before)
	}
	if taken, err := im.Take(ctx, f, "person:Edda", nil); err != nil || taken.Entries != 0 {
		t.Errorf("nothing was chosen, yet %+v %v", taken, err)
	}
	taken, err := im.Take(ctx, f, "person:Edda", map[registry.RecordID]intake.Choice{x.Document: {Title: "Copper memo, second draft", Type: "draft", Version: "2", Instrument: "ins_us-drc-spa-2025"}})
	if err != nil || len(taken.Documents) != 1 || taken.Documents[0] != x.Document || len(taken.Instruments) != 0 {
		t.Fatalf("%+v %v", taken, err)
	}
	r := view(t, im).Record(x.Document)
	if r == nil || r.Title() != "Copper memo, second draft" || r.String("document_type") != "draft" || r.String("version") != "2" || len(r.Refs("instrument")) != 1 || r.String("file_name") != "memo.txt" {
		t.Fatalf("it entered as %+v", r)
	}
	if s := r.Slot("document_type", ""); s.Shown.Entry.By != "person:Edda" || len(s.Losing)+len(s.Agreeing) != 0 {
		t.Errorf("who decided: %+v", s.Shown.Entry)
	}
	if s := r.Slot("reading", "").Shown.Source; s.URL != "https://ministry.gov.example/memo" || s.Publisher != "Ministry of Mines" || s.Date != "2026-05-04" || s.Grade != "official_text" {
		t.Errorf("its source: %+v", s)
	}
	again, err := im.Look(ctx, f)
	if err != nil || !again.Parts[0].Texts[0].Known {
		t.Errorf("it is not known the second time: %v", err)
	}
	if taken, err := im.Take(ctx, f, "person:Edda", map[registry.RecordID]intake.Choice{x.Document: {Type: "final"}}); err != nil || taken.Entries != 0 || len(taken.Known) != 1 {
		t.Errorf("it entered twice: %+v %v", taken, err)
	}
	other := intake.File{Name: "other.txt", Bytes: []byte(strings.ReplaceAll(memorandum, "Copper", "Cobalt and its by-products, and much else besides"))}
	looked, err = im.Look(ctx, other)
	if err != nil {
		t.Fatal(err)
	}
	taken, err = im.Take(ctx, other, "person:Edda", map[registry.RecordID]intake.Choice{looked.Parts[0].Texts[0].Document: {Make: true, Title: "Cobalt memo", Type: "draft"}})
	if err != nil || len(taken.Instruments) != 1 || view(t, im).Record(taken.Instruments[0]) == nil {
		t.Fatalf("no record was made: %+v %v", taken, err)
	}
	if r := view(t, im).Record(taken.Instruments[0]); r.Title() != "Cobalt memo" || r.Slot("title", "").Shown.Entry.By != "person:Edda" || r.Slot("text_status", "draft") == nil || r.Slot("text_status", "final") != nil {
		t.Errorf("the record that was made for a draft is called %q", r.Title())
	}
	bad, err := im.Look(ctx, intake.File{Name: "x.pdf", Bytes: []byte("%PDF-1.7 nothing")})
	if err != nil || len(bad.Parts) != 1 || bad.Parts[0].Code == "read" || bad.Parts[0].Reason == "" || bad.Parts[0].Hint == "" {
		t.Errorf("a broken file: %+v %v", bad, err)
	}
}

// A page that is mended makes another reading; the earlier one stays in the log, and what was mended in the meantime is not overwritten.
func TestMend(t *testing.T) {
	ctx := context.Background()
	im := registryOf(t, registry.Registry)
	f := intake.File{Name: "memo.txt", Bytes: []byte(memorandum)}
	looked, err := im.Look(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	id := looked.Parts[0].Texts[0].Document
	if _, err := im.Take(ctx, f, "person:Edda", map[registry.RecordID]intake.Choice{id: {}}); err != nil {
		t.Fatal(err)
	}
	rd := looked.Parts[0].Texts[0].Reading
	rd.Pages = []text.Page{{Number: 1, End: len(rd.Text), OCR: true, Confidence: 0.4}}
	b, err := json.Marshal(rd)
	if err != nil {
		t.Fatal(err)
	}
	hash, err := im.Blobs.Put(b)
	if err != nil {
		t.Fatal(err)
	}
	d := view(t, im).Record(id)
	if err := im.Mend(ctx, intake.Mend{Document: id, Reading: d.String("reading"), Page: 1, Words: "x"}, "person:Edda"); err == nil {
		t.Fatal("a text without pages was mended")
	}
	e, err := registry.NewEntry(registry.Entry{Audience: registry.Registry, At: now, By: "machine:test", Claim: &registry.Claim{Record: id, Field: "reading", Value: registry.Value{Type: registry.TypeString, Raw: hash}, Source: d.Slot("reading", "").Shown.Claim.Source, Method: "read", Supersedes: d.Slot("reading", "").Shown.Entry.ID}})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := im.Log.Append(ctx, []registry.Entry{e}); err != nil {
		t.Fatal(err)
	}
	m := intake.Mend{Document: id, Reading: hash, Page: 1, Words: strings.ReplaceAll(rd.Text, "geological", "seismic"), Reason: "misread"}
	if err := im.Mend(ctx, m, "person:Edda"); err != nil {
		t.Fatal(err)
	}
	d = view(t, im).Record(id)
	s := d.Slot("reading", "")
	if s.Shown.Entry.By != "person:Edda" || s.Shown.Claim.Locator != "p. 1" || !strings.Contains(s.Shown.Note, "misread") || d.String("reading") == hash || d.Slot("succession", hash) == nil {
		t.Errorf("%+v", s.Shown.Claim)
	}
	if b, err = im.Blobs.Get(d.String("reading")); err != nil || !strings.Contains(string(b), "seismic") {
		t.Errorf("the new reading: %v", err)
	}
	if err := im.Mend(ctx, m, "person:Otto"); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("what was mended in the meantime: %v", err)
	}
	m.Reading, m.Words = d.String("reading"), ""
	if err := im.Mend(ctx, m, "person:Otto"); err == nil {
		t.Error("a text was mended away")
	}
}
