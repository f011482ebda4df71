package instance

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// better is an extractor that has learnt to read a text: it gives the words that were mended.
type better struct {
	extract.InProcess
	words string
}

func (b better) Read(ctx context.Context, name string, _ []byte, opt extract.Options) ([]*extract.Part, error) {
	return b.InProcess.Read(ctx, name, []byte(b.words), opt)
}

const firstReading = `AGREEMENT BETWEEN BORDOLIA AND KESTRIA ON ORES

Article 1

Each Party shall open its port to the ships of the other.

Article 2

The 1ines are open to a11. They are kept by both sides in turns.

Article 3

This stamp of the archive was taken for an article.
`

// The mended reading has an article that the first one missed, so that the numbers of the others are others; a stamp is no article any more.
const secondReading = `AGREEMENT BETWEEN BORDOLIA AND KESTRIA ON ORES

Article 1

Each Party shall open its port to the ships of the other.

Article 2

Neither Party may close a mine without a word to the other.

Article 4

The lines are open to all. They are kept by both sides in turns.
`

// TestSuccession: a better reading stands beside the old one, old addresses lead on or say that they are gone, and all of it is there again after
// everything that is read was made anew.
func TestSuccession(t *testing.T) {
	dir, file := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "pact.txt")
	if err := os.WriteFile(file, []byte(firstReading), 0o644); err != nil {
		t.Fatal(err)
	}
	in, err := Open(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { in.Close() }()
	report, err := in.Import(t.Context(), registry.Registry, nil, file)
	if err != nil || report.Documents != 1 {
		t.Fatalf("%+v %v", report, err)
	}
	editors := registry.Reader(registry.Registry)
	v, _, err := in.View(t.Context(), editors, "")
	if err != nil {
		t.Fatal(err)
	}
	var doc registry.RecordID
	for _, r := range v.OfKind(registry.KindDocument) {
		if r.String("file_name") == "pact.txt" {
			doc = r.ID
		}
	}
	old := v.Record(doc).String("reading")

	look := func(when string, want map[string]string) {
		t.Helper()
		p, err := in.Projection(t.Context(), editors)
		if err != nil {
			t.Fatal(err)
		}
		for eid, to := range want {
			s, err := p.Successor(doc, eid)
			got := "never"
			switch {
			case err != nil:
				t.Fatal(err)
			case s != nil && len(s.EIDs) == 0:
				got = "gone"
			case s != nil:
				got = strings.Join(s.EIDs, " ")
			}
			if got != to {
				t.Errorf("%s: %s leads to %q, want %q", when, eid, got, to)
			}
		}
		if d, err := p.Document(doc); err != nil || d == nil || !strings.Contains(d.Reading.Text, "lines are open") && when != "at first" {
			t.Errorf("%s: the document's text: %v %v", when, d, err)
		}
	}
	look("at first", map[string]string{"art_2": "never", "art_9": "never"})
	if r, err := in.Reread(t.Context(), registry.Registry, nil, doc); err != nil || r.Renewed != 0 || r.Known != 1 || r.Entries != 0 {
		t.Fatalf("read again by the same extractor: %+v %v", r, err)
	}

	in.Extract = better{words: secondReading}
	r, err := in.Reread(t.Context(), registry.Registry, nil, doc)
	if err != nil || r.Renewed != 1 || r.Entries != 3 || r.Gone != 1 {
		t.Fatalf("read again: %+v %v", r, err)
	}
	mended := map[string]string{"art_3": "gone", "art_2": "art_4", "art_1": "never", "art_7": "never"}
	look("after", mended)
	if b, err := in.Blobs.Get(old); err != nil || !bytes.Contains(b, []byte("1ines")) {
		t.Errorf("the old reading is not kept: %v", err)
	}
	if r, err := in.Import(t.Context(), registry.Registry, nil, file); err != nil || r.Known != 1 || r.Entries != 0 {
		t.Errorf("imported again: %+v %v", r, err)
	}

	// A person mends more: an article is cut in two; the machine does not undo it.
	third, err := text.Read("pact.txt", []byte(strings.Replace(secondReading, "to all. They", "to all.\n\nArticle 5\n\nThey", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Adopt(t.Context(), registry.Registry, doc, third, "user:mapper"); err != nil {
		t.Fatal(err)
	}
	if err := in.Adopt(t.Context(), registry.Registry, doc, third, "user:mapper"); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("adopted twice: %v", err)
	}
	if r, err := in.Reread(t.Context(), registry.Registry, nil, doc); err != nil || r.Renewed != 0 {
		t.Errorf("the machine undid what a person mended: %+v %v", r, err)
	}
	mended["art_2"] = "art_4 art_5"
	look("mended", mended)

	if _, err := in.Rebuild(t.Context()); err != nil {
		t.Fatal(err)
	}
	look("rebuilt", mended)
	checks, err := in.Doctor(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		if len(c.Problems) > 0 {
			t.Errorf("%s: %v", c.Name, c.Problems)
		}
	}
}
