package web_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

// scanned is a text as if it had been read from a PDF of three pages, the second from its image.
func scanned(t testing.TB) *text.Reading {
	rd, _, err := readClause("text.txt", []byte(firstDraft), nil)
	if err != nil {
		t.Fatal(err)
	}
	second, third := strings.Index(rd.Text, "Article 2"), strings.Index(rd.Text, "geological data")+4
	if third < second {
		second, third = third, second
	}
	rd.Format = "pdf"
	rd.Pages = []text.Page{{Number: 1, End: second}, {Number: 2, Label: "xii", Start: second, End: third, OCR: true, Confidence: 0.62}, {Number: 3, Start: third, End: len(rd.Text)}, {Number: 4, Start: len(rd.Text), End: len(rd.Text)}}
	rd.Gaps = []text.Gap{{Code: text.GapAnnex, At: third, Value: "<b>Annex II</b>"}, {Code: text.GapNoText, Page: 4}, {Code: "of_tomorrow", At: 3}}
	return rd
}

func TestSheets(t *testing.T) {
	t.Parallel()
	var drawn atomic.Int32
	opt := web.Options{}
	opt.Sheets = func(ctx context.Context, original []byte, page, width int) ([]byte, error) {
		drawn.Add(1)
		if page == 3 {
			return nil, &text.Error{Code: text.CodeUnreadable, Message: "page 3 is damaged"}
		}
		if string(original) != "the original" {
			return nil, errors.New("another original")
		}
		return []byte(fmt.Sprintf("\x89PNG page %d of %d", page, width)), nil
	}
	var d *testDesk
	opt.Original = func(hash string) ([]byte, error) { return d.blobs.Get(hash) }
	d = newDesk(t, opt)
	rd := scanned(t)
	_, an, err := readClause("text.txt", []byte(firstDraft), nil)
	if err != nil {
		t.Fatal(err)
	}
	original, err := d.blobs.Put([]byte("the original"))
	if err != nil {
		t.Fatal(err)
	}
	for id, a := range map[registry.RecordID]registry.Audience{"doc_scan": registry.Public, "doc_sekrit": registry.Registry} {
		d.claims(a, id, "title", "A scan", "document_type", "final", "language", "en", "file", original, "reading", d.keep(rd), "analysis", d.keep(an))
	}
	b := d.browser()
	a := b.get("/documents/scan")
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	p := parse(t, a.body)
	complete := p.one(t, ".complete")
	for _, want := range []string{"<b>Annex II</b>, which is not in this copy", "Page 4 has something on it", "seems to be missing (of_tomorrow)", "1 of 4 pages were read from their images", "62 %", "page 2 (62 %)"} {
		if !strings.Contains(complete, want) {
			t.Errorf("what to know of the copy lacks %q: %s", want, complete)
		}
	}
	if marks := p.all("a.page-break"); len(marks) != 3 || attr(marks[1].Node, "href") != "/documents/scan?pane=sheets&sheet=2" || marks[1].text() != "p. xii" {
		t.Errorf("where pages begin: %d marks: %s", len(marks), p.one(t, "article.legal"))
	}
	words := strings.Join(strings.Fields(strings.ReplaceAll(strings.ReplaceAll(p.one(t, "article.legal"), "§", ""), "Why", "")), " ")
	if !strings.Contains(words, "licences") {
		t.Error("the mark of a page loses words")
	}
	a = b.get("/documents/scan?pane=sheets&sheet=2")
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	p = parse(t, a.body)
	img := p.all(".sheet img")
	if len(img) != 1 || attr(img[0].Node, "src") != "/documents/scan/pages/2" || attr(img[0].Node, "alt") == "" {
		t.Fatalf("the image: %v", img)
	}
	if got := p.one(t, ".sheet"); !strings.Contains(got, "only 62 % sure") || !strings.Contains(got, "printed as xii") {
		t.Errorf("the page says %s", got)
	}
	for range 2 {
		if a := b.get("/documents/scan/pages/2"); a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != "image/png" || a.body != "\x89PNG page 2 of 1000" {
			t.Errorf("the image itself: %d %q", a.StatusCode, a.body)
		}
	}
	if n := drawn.Load(); n != 1 {
		t.Errorf("drawn %d times", n)
	}
	for path, status := range map[string]int{"/documents/scan/pages/2?width=2000": 200, "/documents/scan/pages/2?width=2001": 400, "/documents/scan/pages/2?width=99999": 400, "/documents/scan/pages/9": 404, "/documents/scan/pages/x": 404, "/documents/scan/pages/-1": 404,
		"/documents/scan/pages/3": 404, "/documents/scan?pane=sheets&sheet=9": 400, "/documents/scan/pages/2.json": 404} {
		if a := b.get(path); a.StatusCode != status {
			t.Errorf("%s: %d, want %d", path, a.StatusCode, status)
		}
	}
	// a page of what is not for everybody is answered as one of what is not there
	for _, at := range []string{"/documents/%s/pages/1", "/documents/%s/pages/1?width=2000", "/documents/%s?pane=sheets", "/documents/%s/pages/9"} {
		one, other := b.get(strings.ReplaceAll(at, "%s", "sekrit")), b.get(strings.ReplaceAll(at, "%s", "absent"))
		if one.StatusCode != http.StatusNotFound || other.StatusCode != http.StatusNotFound || strings.ReplaceAll(one.body, "sekrit", "absent") != other.body {
			t.Errorf("%s: %d and %d", at, one.StatusCode, other.StatusCode)
		}
	}
	edda := d.as("Edda").get("/documents/sekrit/pages/1")
	if edda.StatusCode != http.StatusOK || edda.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("an editor: %d %s", edda.StatusCode, edda.Header.Get("Cache-Control"))
	}
}
