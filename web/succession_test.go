package web_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog/memory"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

// TestEarlierAddresses: an address that an earlier reading had leads to where its words stand now, or says that they are gone; one that names other words
// today says so.
func TestEarlierAddresses(t *testing.T) {
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	blobs := blob.NewMemory()
	put := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		h, err := blobs.Put(b)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	read := func(s string) *text.Reading {
		r, err := text.Read("pact.txt", []byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	const head = "PACT OF BORDOLIA AND KESTRIA\n\nArticle 1\n\nEach Party shall open its port.\n\n"
	old := read(head + "Article 2\n\nThe lines are open to all who ask for it.\n\nArticle 3\n\nA stamp of the archive.\n\nArticle 5\n\nBoth sides meet in spring by turns.\n")
	now := read(head + "Article 2\n\nNeither Party may close a mine alone.\n\nArticle 4\n\nThe lines are open to all who ask for it.\n\nArticle 6\n\nBoth sides meet in spring by turns.\n")
	s := redline.Compare(old, now, nil, nil).Successors().Compact()
	s.From, s.Into = put(old), put(now)
	var es []registry.Entry
	add := func(e registry.Entry) {
		e.At, e.By, e.Audience = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "machine:test", registry.Public
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
	add(registry.Entry{Source: &registry.Source{ID: "src_a", URL: "https://example.org/a", Grade: "wire", Date: "2025-01-10"}})
	sentence := "The lines are open to all who ask for it."
	start := strings.Index(old.Text, sentence)
	sum := sha256.Sum256([]byte(sentence))
	key := fmt.Sprintf("art_2@%d-%d.%s", start, start+len(sentence), hex.EncodeToString(sum[:4]))
	for _, c := range [][3]string{{"norm_check", key, "aspiration"}, {"title", "", "Pact"}, {"reading", "", s.Into}, {"analysis", "", put(assay.Analyze(now, rules, nil))}, {"succession", s.From, put(s)}, {"language", "", "en"}} {
		v, err := registry.ParseValue(registry.FieldOf(c[0]), c[2], "en")
		if err != nil {
			t.Fatal(err)
		}
		add(registry.Entry{Claim: &registry.Claim{Record: "doc_pact", Field: c[0], Key: c[1], Value: v, Source: "src_a", Note: "a test"}})
	}
	log := memory.New()
	if _, _, err := log.Append(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	p, err := projection.Open(log, blobs, registry.Reader(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	if err := p.Update(t.Context()); err != nil {
		t.Fatal(err)
	}
	site := serve(t, p, web.Options{})
	// What a person said of a sentence in the old reading counts for it where it stands now.
	if b := site.get("/documents/pact/art_4.json").Body.String(); !strings.Contains(b, `"norm_check"`) || !strings.Contains(b, `"aspiration"`) {
		t.Errorf("a person's word on a sentence was lost with the old reading: %s", b)
	}
	if b := site.get("/documents/pact/art_2.json").Body.String(); strings.Contains(b, `"aspiration"`) {
		t.Errorf("a person's word on a sentence counts for another: %s", b)
	}
	for _, c := range []struct {
		path, to, says string
		code           int
	}{
		{"/documents/pact/art_5", "/documents/pact/art_6", "", http.StatusFound},
		{"/documents/pact/art_5.json", "/documents/pact/art_6.json", "", http.StatusFound},
		{"/documents/pact/art_3", "", "stand nowhere in today", http.StatusNotFound},
		{"/documents/pact/art_9", "", "This text has no provision", http.StatusNotFound},
		{"/documents/pact/art_2", "", "this address named other words. They now stand in: <a href=\"/documents/pact/art_4\"", http.StatusOK},
		{"/documents/pact/cite?eid=art_5", "/documents/pact/cite?eid=art_6", "", http.StatusSeeOther},
		{"/documents/pact/cite?as=ris&eid=art_5", "/documents/pact/cite?as=ris&eid=art_6", "", http.StatusSeeOther},
		{"/documents/pact/cite?eid=art_3", "", "stand nowhere in today", http.StatusNotFound},
		{"/documents/pact/cite?eid=art_9", "", "This text has no provision", http.StatusNotFound},
		{"/clips?c=documents/pact/art_5", "", "<bdi>Article 6</bdi>", http.StatusOK},
		{"/clips?c=documents/pact/art_2", "", "this address named other words. They now stand in: <a href=\"/documents/pact/art_4\"", http.StatusOK},
		{"/clips.json?c=documents/pact/art_2", "", "this address named other words. They now stand in: Article 4", http.StatusOK},
		{"/clips.csv?c=documents/pact/art_2", "", "this address named other words. They now stand in: Article 4", http.StatusOK},
		{"/compare?of=documents/pact/art_5&of=documents/pact/art_1", "", "/documents/pact/art_6", http.StatusOK},
		{"/documents/pact/art_1", "", "", http.StatusOK},
	} {
		w := site.get(c.path)
		if b := w.Body.String(); w.Code != c.code || w.Header().Get("Location") != c.to || !strings.Contains(strings.ReplaceAll(b, "&#39;", "'"), c.says) {
			t.Errorf("%s: %d %q\n%s", c.path, w.Code, w.Header().Get("Location"), b[:min(len(b), 3000)])
		}
		if c.path == "/documents/pact/art_1" && strings.Contains(w.Body.String(), "earlier reading") {
			t.Error("an address that stayed speaks of an earlier reading")
		}
	}
}
