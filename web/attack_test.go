package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/web"
)

// A page repeats its query in its links; a long query must not make a page of megabytes.
func TestQueriesAreBounded(t *testing.T) {
	s := seedSite(t)
	var many, long []string
	for i := range 400 {
		many = append(many, fmt.Sprintf("type=v%d", i))
	}
	for i := range 40 {
		long = append(long, fmt.Sprintf("utm_%d=%s", i, strings.Repeat("%22", 400)))
	}
	for _, path := range []string{"/instruments", "/search", "/", "/instruments.json", "/parties/ZMB"} {
		for _, query := range []string{strings.Join(many, "&"), strings.Join(long, "&"), strings.Repeat("&", 5000)} {
			w := s.get(path + "?" + query)
			if w.Code != http.StatusBadRequest || w.Body.Len() > 10_000 || strings.Contains(w.Body.String(), "v399") {
				t.Errorf("%s with %d bytes: %d, %d bytes", path, len(query), w.Code, w.Body.Len())
			}
		}
	}
	if w := s.get("/search?q=" + strings.Repeat("%E5%88%9A", 330) + "&kind=instrument&kind=party"); w.Code != http.StatusOK {
		t.Errorf("a long search in Chinese: %d", w.Code)
	}
}

func TestRedirectsStayHere(t *testing.T) {
	s := seedSite(t)
	for _, u := range []*url.URL{{Path: "//evil.example/x"}, {Path: "/", User: url.User("evil.example"), RawPath: ""}, {Scheme: "http", User: url.UserPassword("evil.example", "x"), Host: "localhost", Path: "//y"}, {Path: `/\evil.example/`}, {Path: "/Parties/", RawQuery: "as_of=2025-01-01"}} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = u
		w := httptest.NewRecorder()
		s.h.ServeHTTP(w, r)
		to := w.Header().Get("Location")
		if strings.HasPrefix(to, "//") || strings.HasPrefix(to, `/\`) || to != "" && !strings.HasPrefix(to, "/") {
			t.Errorf("%v leads to %s", u, to)
		}
	}
}

// What a log line quotes of an address cannot break or colour the operator's terminal.
func TestLogLinesAreClean(t *testing.T) {
	p, err := seeded()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	h := web.New(p, web.Options{Now: now, Log: func(f string, args ...any) { lines = append(lines, fmt.Sprintf(f, args...)) }})
	r := httptest.NewRequest(http.MethodGet, "/parties/%0aforged%1b%5b31m", nil)
	h.ServeHTTP(&broken{httptest.NewRecorder()}, r)
	if len(lines) != 1 || strings.ContainsAny(lines[0], "\n\x1b") {
		t.Errorf("%q", lines)
	}
}

// broken is a reader who went away.
type broken struct{ *httptest.ResponseRecorder }

func (b *broken) Write([]byte) (int, error) { return 0, http.ErrHandlerTimeout }

func TestNegotiation(t *testing.T) {
	s := seedSite(t)
	for accept, packed := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "*": true, "gzip;q=0": false, "gzip; q=0.000": false, "identity": false, "": false} {
		if got := s.get("/", "Accept-Encoding", accept).Header().Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("%q: packed %v", accept, got)
		}
	}
	// The page tells its own address, so its ETag goes with the name it was asked for by.
	tag := func(host string) string {
		r := httptest.NewRequest(http.MethodGet, "/instruments", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.h.ServeHTTP(w, r)
		return w.Header().Get("ETag")
	}
	if tag("a.example") == tag("b.example") {
		t.Error("pages that differ have one ETag")
	}
}
