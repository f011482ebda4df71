package instance_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/erasure"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

const secretText = "# Memorandum of Understanding between Peru and Ghana on lithium\n\nArticle 1\n\nThe Participants will listen to Mr Zquirvel Wombaster of Lima.\n"

// holding lists the files under a folder that hold any of the words, in UTF-8, whatever their case.
func holding(t testing.TB, dir string, words ...string) (out []string) {
	t.Helper()
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b = bytes.ToLower(b)
		for _, w := range words {
			if bytes.Contains(b, []byte(strings.ToLower(w))) {
				out = append(out, strings.TrimPrefix(path, dir)+" holds "+w)
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// withSecret is a directory with a text, a claim and a waiting item that all name a person.
func withSecret(t testing.TB, in *instance.Instance) (doc registry.RecordID, note registry.EntryID) {
	t.Helper()
	file, bad := filepath.Join(t.TempDir(), "Zquirvel Wombaster in Lima.md"), filepath.Join(t.TempDir(), "Zquirvel Wombaster in Lima.md")
	for path, words := range map[string]string{file: secretText, bad: "%PDF-1.7\nbroken"} {
		if err := os.WriteFile(path, []byte(words), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if r, err := in.Import(t.Context(), registry.Public, nil, file, bad); err != nil || r.Documents != 1 || len(r.Quarantined) == 0 {
		t.Fatalf("%+v %v", r, err)
	}
	all, err := in.Entries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if c := all[i].Claim; c != nil && c.Field == "file" && strings.Contains(string(c.Record), "peru-and-ghana") {
			doc = c.Record
		}
	}
	v, err := registry.ParseValue(registry.FieldOf("note"), "Zquirvel Wombaster was seen there.", "en")
	if err != nil {
		t.Fatal(err)
	}
	e, err := registry.NewEntry(registry.Entry{Audience: registry.Public, At: fixed.Now(), By: "person:test",
		Claim: &registry.Claim{Record: doc, Field: "note", Key: "who", Value: v, Source: "src_" + registry.SourceID(doc.Tail())}})
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Commit(t.Context(), []registry.Entry{e}); err != nil {
		t.Fatal(err)
	}
	return doc, e.ID
}

var ordered = erasure.Ask{Authority: "Data Protection Commission, order 7", Ground: "personal data"}

// TestEraseLeavesNothing looks for erased words in every byte of the data directory, while it is open and after it is closed, and for what
// pages and exports tell.
func TestEraseLeavesNothing(t *testing.T) {
	dir := seeded.Dir(t)
	in := open(t, dir)
	doc, note := withSecret(t, in)
	p, err := in.Settled(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	before := p.Version()
	if h := holding(t, dir, "Wombaster"); len(h) < 4 { // log, blobs, index, desk
		t.Fatalf("the words are held by %v only: the test tests nothing", h)
	}
	ask := ordered
	ask.Records, ask.Entries = []registry.RecordID{doc}, []registry.EntryID{note}
	if plan, err := in.Erase(t.Context(), ask); err != nil || len(plan.Blobs) < 3 {
		t.Fatalf("%+v %v", plan, err)
	}
	if h := holding(t, dir, "Wombaster", "was seen there"); len(h) > 0 {
		t.Errorf("after the erasure: %v", h)
	}
	if p.Version() == before {
		t.Error("pages that were kept elsewhere look new")
	}
	if res, err := p.Search(t.Context(), projection.Query{Text: "Wombaster"}); err != nil || res.Total != 0 {
		t.Errorf("it is found: %+v %v", res, err)
	}
	es, err := p.Erasures(t.Context())
	if err != nil || len(es) == 0 || es[0].Authority != ordered.Authority || es[0].Record != doc {
		t.Errorf("%+v %v", es, err)
	}
	if strings.Contains(exported(t, in), "Wombaster") {
		t.Error("it is exported")
	}
	healthy(t, in)
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	if h := holding(t, dir, "Wombaster", "was seen there"); len(h) > 0 {
		t.Errorf("in the closed directory: %v", h)
	}
	again := open(t, dir)
	healthy(t, again)
	// What was erased stays erased when it is imported again, and nothing of it is kept.
	file := filepath.Join(t.TempDir(), "pact.md")
	if err := os.WriteFile(file, []byte(secretText), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err := again.Import(t.Context(), registry.Public, nil, file); err != nil || len(r.ErasedFiles) != 1 || r.Entries != 0 {
		t.Errorf("%+v %v", r, err)
	}
	if h := holding(t, dir, "Wombaster"); len(h) > 0 {
		t.Errorf("after importing it again: %v", h)
	}
}

// A text that another document has too stays, and the plan says so.
func TestEraseKeepsSharedTexts(t *testing.T) {
	in := open(t, seeded.Dir(t))
	doc, _ := withSecret(t, in)
	v, err := in.PlanErasure(t.Context(), erasure.Ask{Records: []registry.RecordID{doc}, Authority: "a", Ground: "g"})
	if err != nil {
		t.Fatal(err)
	}
	val, _ := registry.ParseValue(registry.FieldOf("file"), v.Blobs[0], "")
	e, err := registry.NewEntry(registry.Entry{Audience: registry.Registry, Nonce: "n", At: fixed.Now(), By: "person:test",
		Claim: &registry.Claim{Record: "doc_other", Field: "file", Value: val, Source: "src_" + registry.SourceID(doc.Tail())}})
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Commit(t.Context(), []registry.Entry{e}); err != nil {
		t.Fatal(err)
	}
	ask := ordered
	ask.Records = []registry.RecordID{doc}
	p, err := in.Erase(t.Context(), ask)
	if err != nil || len(p.Shared) != 1 || p.Shared[0].By != e.ID {
		t.Fatalf("%+v %v", p, err)
	}
	if ok, err := in.Blobs.Has(p.Shared[0].Hash); !ok || err != nil {
		t.Error("it was removed")
	}
}

// Who could not see an entry learns nothing of its erasure.
func TestErasuresAreForWhoSaw(t *testing.T) {
	in := open(t, seeded.Dir(t))
	hidden, shown := says(t, registry.Registry, "ZMB", "Hiddenland"), says(t, registry.Registry, "ZMB", "Shownland")
	d, err := registry.NewEntry(registry.Entry{Audience: registry.Public, At: fixed.Now(), By: "person:test", Disclosure: &registry.Disclosure{Targets: []registry.EntryID{shown.ID}, Action: "publish", To: registry.Public}})
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Commit(t.Context(), []registry.Entry{hidden, shown, d}); err != nil {
		t.Fatal(err)
	}
	ask := ordered
	ask.Entries = []registry.EntryID{hidden.ID, shown.ID}
	if _, err := in.Erase(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		readers registry.Audiences
		want    int
	}{{nil, 1}, {registry.Reader(registry.Registry), 2}, {registry.Reader("delegation:ZMB"), 1}} {
		p, err := in.Projection(t.Context(), c.readers)
		if err != nil {
			t.Fatal(err)
		}
		if es, err := p.Erasures(t.Context()); err != nil || len(es) != c.want {
			t.Errorf("%v see %d erasures; want %d (%v)", c.readers, len(es), c.want, err)
		}
	}
}

// An old backup that is restored is made to forget again.
func TestRepeatErasures(t *testing.T) {
	in, backup := open(t, seeded.Dir(t)), open(t, seeded.Dir(t))
	e := says(t, registry.Public, "ZMB", "Formerland")
	for _, x := range []*instance.Instance{in, backup} {
		if err := x.Commit(context.Background(), []registry.Entry{e}); err != nil {
			t.Fatal(err)
		}
	}
	ask := ordered
	ask.Entries = []registry.EntryID{e.ID}
	if _, err := in.Erase(t.Context(), ask); err != nil {
		t.Fatal(err)
	}
	es, err := in.Erasures(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	es = append(es, es[0])
	es[1].ID = "0000"
	n, unknown, err := backup.RepeatErasures(t.Context(), es)
	got, err2 := backup.Erasures(t.Context())
	if err != nil || err2 != nil || n != 1 || unknown != 1 || len(got) != 1 || !got[0].At.Equal(es[0].At.Truncate(time.Second)) {
		t.Errorf("%d %d %v %+v", n, unknown, err, got)
	}
	if h := holding(t, backup.Path(), "Formerland"); len(h) > 0 {
		t.Error(h)
	}
}
