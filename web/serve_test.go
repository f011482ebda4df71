package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

func TestErrors(t *testing.T) {
	s := seedSite(t)
	for _, c := range []struct {
		path   string
		status int
		says   string
	}{
		{"/nothing", 404, "no page at this address"},
		{"/instruments/us-drc-spa-2026", 404, "US–DRC Strategic Partnership Agreement"}, // a near one is offered
		{"/instruments/x/y", 404, "no page"},
		{"/instruments/%00", 404, "no instrument"},
		{"/instruments/" + strings.Repeat("a", 5000), 404, "no instrument"},
		{"/instruments/<script>alert(1)</script>", 404, "no page"},
		{"/instruments?as_of=2025-02-31", 400, "Write a day that exists"},
		{"/instruments?as_of=yesterday", 400, "yesterday"},
		{"/instruments?as_of=2030-01-01", 400, "2030-01-01"},
		{"/instruments?party=ATLANTIS", 400, "Use an address of a record in /parties"},
		{"/instruments?status=sealed", 400, "in_force"},
		{"/instruments?legal_nature=stated:maybe", 400, "stated:non_binding"},
		{"/instruments?year=25", 400, "four digits"},
		{"/instruments?colour=blue", 400, "“colour” is no filter"},
		{"/instruments?sort=beauty", 400, "legal_nature"},
		{"/instruments?page=99", 400, "The last page is"},
		{"/instruments?page=-1", 400, "The last page is"},
		{"/instruments?page=9999999999999999999999", 400, "The last page is"},
		{"/instruments?samples=hide", 400, "samples"},
		{"/instruments?q=" + strings.Repeat("x", 300), 400, "200 characters"},
		{"/instruments?party=%3Cscript%3Ealert(1)%3C/script%3E", 400, "“<script>alert(1)</script>” is no value"},
	} {
		w := s.get(strings.ReplaceAll(strings.ReplaceAll(c.path, "<", "%3C"), ">", "%3E"))
		d := parse(t, w.Body.String())
		if got := (doc{d.all("body")[0].Node}).text(); w.Code != c.status || !strings.Contains(got, c.says) {
			t.Errorf("%.60s: %d, want %d saying %q:\n%.400s", c.path, w.Code, c.status, c.says, got)
		}
		for _, f := range faults(w.Body.String()) {
			t.Errorf("%.60s: %s", c.path, f)
		}
		path, query, _ := strings.Cut(c.path, "?")
		if strings.Contains(path, "<") {
			continue
		}
		w = s.get(path + ".json?" + query)
		var p struct {
			Title, Detail, Hint, Code string
			Status                    int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Status != c.status || w.Code != c.status || p.Title == "" || p.Detail == "" ||
			!strings.HasPrefix(w.Header().Get("Content-Type"), "application/problem+json") {
			t.Errorf("%.60s as JSON: %d %+v %v", c.path, w.Code, p, err)
		}
	}
}

func TestRedirects(t *testing.T) {
	s := seedSite(t)
	for _, c := range []struct{ from, to string }{
		{"/instruments/", "/instruments"},
		{"/Instruments?party=USA", "/instruments?party=USA"},
		{"//instruments//us-drc-spa-2025", "/instruments/us-drc-spa-2025"},
		{"/parties/zmb", "/parties/ZMB"},
		{"/parties/zmb.json?lang=en", "/parties/ZMB.json?lang=en"},
		{"/instruments/US-DRC-SPA-2025", "/instruments/us-drc-spa-2025"},
	} {
		w := s.get(c.from)
		if got := w.Header().Get("Location"); w.Code/100 != 3 || got != c.to {
			t.Errorf("%s: %d to %q, want %s", c.from, w.Code, got, c.to)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.URL.Path = "//evil.example/"
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	if got := w.Header().Get("Location"); strings.HasPrefix(got, "//") || strings.Contains(got, "://") {
		t.Errorf("a redirect leaves the site: %s", got)
	}
}

func TestHeaders(t *testing.T) {
	s := seedSite(t)
	w := s.get("/instruments")
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
		"Cache-Control": "no-cache", "Content-Language": "en", "Vary": "Accept-Language"} {
		if got := w.Header().Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if csp := w.Header().Get("Content-Security-Policy"); strings.Contains(csp, "unsafe") || strings.Contains(csp, "data:") {
		t.Errorf("the policy lets something inline in: %s", csp)
	}
	tag := w.Header().Get("ETag")
	if w := s.get("/instruments", "If-None-Match", tag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("unchanged: %d with %d bytes", w.Code, w.Body.Len())
	}
	for _, other := range []string{"/instruments?as_of=2025-01-01", "/instruments.json", "/negotiations", "/instruments?sort=title"} {
		if s.get(other).Header().Get("ETag") == tag {
			t.Errorf("%s has the tag of /instruments", other)
		}
	}
	z := s.get("/instruments", "Accept-Encoding", "gzip")
	r, err := gzip.NewReader(z.Body)
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(r); err != nil || !bytes.Equal(b, w.Body.Bytes()) {
		t.Errorf("compressed, the page is another: %v", err)
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, "BREW"} {
		w := httptest.NewRecorder()
		s.h.ServeHTTP(w, httptest.NewRequest(method, "/instruments", nil))
		if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: %d", method, w.Code)
		}
	}
	if got := serve(t, s.Projection, web.Options{Private: true}).get("/instruments").Header().Get("Cache-Control"); got != "private, no-store" {
		t.Errorf("a private page may be kept: %s", got)
	}
	if w := serve(t, s.Projection, web.Options{}).get("/storybook"); w.Code != http.StatusNotFound {
		t.Errorf("the storybook shows outside a demonstration: %d", w.Code)
	}
}

func TestAssets(t *testing.T) {
	s := seedSite(t)
	d := s.page(t, "/instruments")
	for _, l := range d.all("head link[rel=stylesheet]") {
		w := s.get(attr(l.Node, "href"))
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
			t.Errorf("%s: %d %v", attr(l.Node, "href"), w.Code, w.Header())
		}
		if css := w.Body.String(); len(css) > 52_000 || strings.Count(css, "{") != strings.Count(css, "}") || strings.Contains(css, "://") {
			t.Errorf("the style sheet has %d bytes, or its braces do not match, or it loads something", len(css))
		}
	}
	for _, bad := range []string{"/-/", "/-/../web.go", "/-/assay.000.css"} {
		if w := s.get(bad); w.Code == 200 {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

// panics is a registry that breaks.
type panics struct{ *projection.Projection }

func (panics) Facets(registry.RecordID) projection.Facets { panic("broken on purpose: secret") }

func TestPanic(t *testing.T) {
	logged := ""
	h := web.New(panics{seedSite(t).Projection}, web.Options{Now: now, Log: func(f string, args ...any) { logged += f }})
	for _, path := range []string{"/instruments", "/instruments.json"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "secret") || logged == "" {
			t.Errorf("%s: %d, logged %q: %.200s", path, w.Code, logged, w.Body)
		}
	}
}
