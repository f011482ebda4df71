package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

func TestDownload(t *testing.T) {
	t.Parallel()
	d := newDesk(t, web.Options{BaseURL: "https://registry.example"})
	d.document("doc_open", firstDraft)
	rd, an, err := readClause("text.txt", []byte(firstDraft), nil)
	if err != nil {
		t.Fatal(err)
	}
	d.claims(registry.Registry, "doc_sekrit", "title", "A text", "document_type", "final", "reading", d.keep(rd), "analysis", d.keep(an))
	b := d.browser()
	page := parse(t, b.get("/documents/open").body)
	for _, a := range page.all("#download a") {
		h := attr(a.Node, "href")
		got := b.get(h)
		if got.StatusCode != http.StatusOK || !strings.HasPrefix(got.Header.Get("Content-Disposition"), "attachment") || got.body != b.get(h).body {
			t.Errorf("%s: %d %s", h, got.StatusCode, got.Header.Get("Content-Disposition"))
		}
	}
	for as, wants := range map[string][2]string{"akn": {"<akomaNtoso", `eId="art_2"`}, "docx": {"PK", ""}, "pdf": {"%PDF", ""}, "md": {"", "geological data"}, "html": {"<!", "&lt;b&gt;export&lt;/b&gt;"}, "txt": {rd.Text, ""}} {
		a := b.get("/documents/open/download?as=" + as)
		if as == "akn" {
			a.body = a.body[strings.Index(a.body, "<akomaNtoso"):]
		}
		if !strings.HasPrefix(strings.ToLower(a.body), strings.ToLower(wants[0])) || !strings.Contains(a.body, wants[1]) {
			t.Errorf("%s: %.200q", as, a.body)
		}
	}
	if got := b.get("/documents/open/download?as=md&labels=yes").body; got == b.get("/documents/open/download?as=md").body || !strings.Contains(got, "https://registry.example/documents/open") {
		t.Error("the labels, or how to cite it, do not come along")
	}
	for at, status := range map[string]int{"/documents/open/download": 400, "/documents/open/download?as=exe": 400, "/documents/open/download?as=pdf&labels=maybe": 400, "/documents/open/download.json?as=pdf": 404} {
		if a := b.get(at); a.StatusCode != status {
			t.Errorf("%s: %d, want %d", at, a.StatusCode, status)
		}
	}
	for _, as := range []string{"akn", "docx", "pdf", "md", "html", "txt", "exe"} {
		one, other := b.get("/documents/sekrit/download?labels=yes&as="+as), b.get("/documents/absent/download?labels=yes&as="+as)
		if one.StatusCode != http.StatusNotFound || other.StatusCode != http.StatusNotFound || strings.ReplaceAll(one.body, "sekrit", "absent") != other.body {
			t.Errorf("%s: %d and %d", as, one.StatusCode, other.StatusCode)
		}
	}
}
