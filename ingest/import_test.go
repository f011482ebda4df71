package ingest_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/memory"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// few are the records of the seed that most tests do with.
var few = map[registry.RecordID]bool{"pty_USA": true, "pty_COD": true, "pty_PER": true, "pty_GHA": true, "pty_CHL": true, "min_lithium": true, "min_cobalt": true, "min_copper": true, "ins_us-drc-spa-2025": true}

// registryOf is a registry in memory that holds a few records of the seed, and an importer into it.
func registryOf(t testing.TB, a registry.Audience) *ingest.Importer {
	return registryWith(t, a, func(e registry.Entry) bool { return e.Source != nil || few[e.Record()] })
}

func registryWith(t testing.TB, a registry.Audience, which func(registry.Entry) bool) *ingest.Importer {
	t.Helper()
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e registry.Entry) bool { return !which(e) })
	log := memory.New()
	if _, _, err := log.Append(context.Background(), entries); err != nil {
		t.Fatal(err)
	}
	return &ingest.Importer{Log: log, Blobs: blob.NewMemory(), Rules: rules, Audience: a, Now: func() time.Time { return now }, Secret: []byte("a secret of this test")}
}

func entriesOf(t testing.TB, log claimlog.Log) []registry.Entry {
	t.Helper()
	logged, err := log.Read(context.Background(), 0, 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	var out []registry.Entry
	for _, l := range logged {
		out = append(out, l.Entry)
	}
	return out
}

func viewOf(t testing.TB, im *ingest.Importer) *registry.View {
	t.Helper()
	return registry.Compile(entriesOf(t, im.Log), registry.Reader(im.Audience), "")
}

// do imports paths and fails on an error that stops all.
func do(t testing.TB, im *ingest.Importer, paths ...string) *ingest.Report {
	t.Helper()
	r, err := im.Import(context.Background(), paths...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, body := range files {
		p := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(p, []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const memo = `---
title: "Memorandum of Understanding between the Government of Peru and the Government of Ghana concerning Cooperation on Lithium"
date: 2024-05-06
source_url: "https://www.example.gov/treaties/mou with blanks.pdf"
---

# Memorandum of Understanding

The Government of the Republic of Peru and the Government of the Republic of Ghana,

have reached the following understanding:

## Section 1

The Participants intend to exchange views on lithium and cobalt each year.

## Section 2

This Memorandum of Understanding is not legally binding.
`

func TestDocumentEnters(t *testing.T) {
	im := registryOf(t, "")
	dir := t.TempDir()
	write(t, dir, map[string]string{"mou.md": memo, ".hidden.md": memo, "sub/.git/x.md": memo})
	r := do(t, im, dir)
	if r.Files != 1 || r.Documents != 1 || r.Instruments != 1 || len(r.Quarantined) != 0 {
		t.Fatalf("report: %+v", r)
	}
	var doc *registry.Record
	for _, d := range viewOf(t, im).OfKind(registry.KindDocument) {
		doc = d
	}
	for field, want := range map[string]string{"document_type": "final", "language": "en", "file_name": "mou.md"} {
		if got := doc.String(field); got != want {
			t.Errorf("%s: %q, want %q", field, got, want)
		}
	}
	ins := viewOf(t, im).Record(doc.Refs("instrument")[0])
	if got := fmt.Sprint(ins.Refs("party"), ins.Refs("mineral"), ins.String("type"), ins.KeyedString("legal_nature", "stated")); got != "[pty_GHA pty_PER] [min_cobalt min_lithium]mounon_binding" {
		t.Errorf("instrument: %s", got)
	}
	if s := ins.Slot("legal_nature", "stated").Shown; !strings.HasPrefix(s.Locator, string(doc.ID)+"/sec_2") || s.Method != "read" || !strings.HasPrefix(s.Entry.By, "machine:") {
		t.Errorf("what the machine read must say so and where: %+v by %s", s.Claim, s.Entry.By)
	}
	for _, e := range entriesOf(t, im.Log) {
		if e.At == now && (e.Audience != registry.Registry || e.Nonce == "") {
			t.Fatalf("what enters is for the registry, with a nonce: %+v", e)
		}
	}
}

func TestImportTwiceChangesNothing(t *testing.T) {
	for _, a := range []registry.Audience{registry.Public, registry.Registry, "delegation:ZMB"} {
		im := registryOf(t, a)
		dir := t.TempDir()
		write(t, dir, map[string]string{"a.md": memo, "copy/a.md": memo, "claims.csv": "record,field,value,source\nins_us-drc-spa-2025,alias,The pact,src_thefollowup-1\n"})
		first := do(t, im, dir)
		im2 := *im
		im2.Now = func() time.Time { return now.Add(time.Hour) }
		if r := do(t, &im2, dir); r.Entries != 0 || r.Known != 2 || first.Entries == 0 {
			t.Errorf("%s: the second import: %+v", a, r)
		}
	}
}

func TestAudiencesKeepApart(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": memo})
	hidden := registryOf(t, "delegation:ZMB")
	do(t, hidden, dir)
	for _, d := range viewOf(t, hidden).OfKind(registry.KindDocument) {
		if strings.Contains(string(d.ID), "lithium") {
			t.Errorf("the id of a confidential document tells its title: %s", d.ID)
		}
	}
	alone := registryOf(t, registry.Public)
	do(t, alone, dir)
	both := *hidden
	both.Audience = registry.Public
	do(t, &both, dir)
	a, b := registry.Visible(entriesOf(t, alone.Log), registry.Reader()), registry.Visible(entriesOf(t, both.Log), registry.Reader())
	if len(a) != len(b) {
		t.Fatalf("%d public entries alone, %d beside hidden ones", len(a), len(b))
	}
	for i := range a {
		if a[i].ID != b[i].ID {
			t.Fatalf("a hidden import changed a public entry: %s, %s", a[i].ID, b[i].ID)
		}
	}
}

// cutOff is a log that dies at its nth batch.
type cutOff struct {
	claimlog.Log
	left int
}

func (c *cutOff) Append(ctx context.Context, es []registry.Entry) (int, claimlog.Position, error) {
	if c.left--; c.left < 0 {
		return 0, 0, fmt.Errorf("the power went")
	}
	return c.Log.Append(ctx, es)
}

func TestCutOffAnywhere(t *testing.T) {
	files := fstest.MapFS{}
	for i := range 9 {
		body := strings.Replace(memo, "Section 1", fmt.Sprintf("Section on item %d", i/2), 1) // pairs are near-duplicates
		body = strings.Replace(body, "2024-05-06", fmt.Sprintf("2024-05-%02d", 6+i), 1)
		if i == 4 {
			body = strings.Replace(body, "date: 2024-05-10\n", "", 1)
		}
		files[fmt.Sprintf("t%d.md", i)] = &fstest.MapFile{Data: []byte(body)}
	}
	files["same/t3.md"] = files["t3.md"]
	whole := registryOf(t, "")
	if _, err := whole.ImportFS(context.Background(), files); err != nil {
		t.Fatal(err)
	}
	want := ids(t, whole)
	for n := range len(files) {
		im := registryOf(t, "")
		log := im.Log
		im.Log = &cutOff{log, n}
		if _, err := im.ImportFS(context.Background(), files); err == nil && n < len(files)-1 {
			t.Fatalf("it did not die at %d", n)
		}
		im.Log = log
		if _, err := im.ImportFS(context.Background(), files); err != nil {
			t.Fatal(err)
		}
		if got := ids(t, im); got != want {
			t.Errorf("cut off after %d batches, the outcome is another", n)
		}
	}
}

func ids(t testing.TB, im *ingest.Importer) string {
	t.Helper()
	var b strings.Builder
	for _, e := range registry.Visible(entriesOf(t, im.Log), registry.Reader(im.Audience)) {
		fmt.Fprintln(&b, e.ID)
	}
	return b.String()
}
