package interference_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/export"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// The public gets the same bytes at every address, whatever editors, committees and delegations have.
func TestNonInterferencePages(t *testing.T) {
	a, b := forThePublic(t)
	paths := same(t, a, b, registry.Reader())
	h := a.site(t, registry.Reader())
	for _, p := range paths {
		if s := answer(h, p); strings.Contains(strings.ToLower(s), hiddenWord) && !strings.Contains(p, hiddenWord) {
			t.Errorf("%s holds what is hidden", p)
		}
	}
}

// What collides with a text that is hidden is told to who sees that text, and nothing of it to the public.
func TestNonInterferenceConflicts(t *testing.T) {
	a, b := between(t, "public", "delegation:ZMB")
	said := func(x *twin, readers ...registry.Audience) string {
		p, err := x.Settled(t.Context(), registry.Reader(readers...))
		if err != nil {
			t.Fatal(err)
		}
		c, err := p.Conflicts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		for i := range c.Findings {
			f := &c.Findings[i]
			fmt.Fprintln(&out, f.Type, f.Answer, f.A.Document, f.A.EID, f.B.Document, f.B.EID, c.Texts[registry.RecordID(f.A.Document)].Title)
		}
		return fmt.Sprintln(len(c.Texts), c.Pairs, c.Apart, out.String())
	}
	if said(a) != said(b) {
		t.Error("the public's conflicts differ")
	}
	if strings.Contains(strings.ToLower(said(a)), hiddenWord) {
		t.Error("the public's conflicts hold what is hidden")
	}
	if !strings.Contains(strings.ToLower(said(a, "delegation:ZMB")), hiddenWord) {
		t.Error("the hidden text does not collide with the law: the test proves nothing")
	}
}

// A committee of parliament sees what it may, and nothing tells it of what the delegation has.
func TestNonInterferenceTiers(t *testing.T) {
	a, b := forACommittee(t)
	same(t, a, b, registry.Reader("parliament:ZMB"))
}

// Neither side of a negotiation is told of what the other side has.
func TestNonInterferenceParties(t *testing.T) {
	a, b := between(t, "delegation:ZMB", "delegation:COD", "parliament:COD", "adviser:somebody")
	same(t, a, b, registry.Reader("delegation:ZMB"))
}

// Exports are the same bytes.
func TestNonInterferenceExports(t *testing.T) {
	a, b := forThePublic(t)
	for _, asOf := range []registry.Day{"", "2025-06-30"} {
		var views [2]*registry.View
		for i, x := range []*twin{a, b} {
			var err error
			if views[i], _, err = x.View(t.Context(), registry.Reader(), asOf); err != nil {
				t.Fatal(err)
			}
		}
		for _, what := range export.What {
			for _, format := range export.Formats {
				write, err := export.Of(what, format)
				if err != nil {
					t.Fatal(err)
				}
				var out [2]bytes.Buffer
				for i, v := range views {
					if err := write(&out[i], v); err != nil {
						t.Fatal(err)
					}
				}
				if out[0].Len() < 1000 || !bytes.Equal(out[0].Bytes(), out[1].Bytes()) {
					t.Errorf("%s as %s of %q differ, or are empty", what, format, asOf)
				}
			}
		}
	}
}

// Search: hits, scores, counts, facets, suggestions.
func TestNonInterferenceSearch(t *testing.T) {
	a, b := forThePublic(t)
	for _, w := range append(words, "c", "z", "q", "mem") {
		var out [2]string
		for i, x := range []*twin{a, b} {
			p, err := x.Settled(t.Context(), registry.Reader())
			if err != nil {
				t.Fatal(err)
			}
			res, err := p.Search(t.Context(), projection.Query{Text: w, Limit: 100, Samples: true})
			if err != nil {
				t.Fatal(err)
			}
			s := fmt.Sprint(res.Total, res.Facets, p.Suggest(w, 50), p.Version())
			for _, h := range res.Hits {
				s += fmt.Sprintln(h.Record.ID, h.Score, h.Why)
			}
			out[i] = s
		}
		if out[0] != out[1] {
			t.Errorf("%q: searches differ", w)
		}
	}
}

// The ledger: the same events in the same leaves. A day's root of deposits differs, as it must (it binds), in its 32 bytes alone; how many deposits
// stand behind it cannot be told (ledger: TestDepositsShowNothing).
func TestNonInterferenceLedger(t *testing.T) {
	a, b := forThePublic(t)
	var all [2][][]byte
	for i, x := range []*twin{a, b} {
		if err := x.CatchUp(t.Context()); err != nil {
			t.Fatal(err)
		}
		book, err := x.Book(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if all[i], err = book.Leaves(t.Context(), 0, 100000); err != nil {
			t.Fatal(err)
		}
	}
	if len(all[0]) != len(all[1]) {
		t.Fatalf("%d and %d leaves", len(all[0]), len(all[1]))
	}
	for i := range all[0] {
		x, err := ledger.ParseLeaf(all[0][i])
		y, err2 := ledger.ParseLeaf(all[1][i])
		if err != nil || err2 != nil {
			t.Fatal(err, err2)
		}
		if x.Kind == ledger.KindDeposits {
			x.Root, y.Root = "", ""
		}
		if !bytes.Equal(x.Bytes(), y.Bytes()) {
			t.Errorf("leaf %d differs:\n%s\n%s", i, x.Bytes(), y.Bytes())
		}
	}
}

// leak is a handler that gives something away; what it is told is how many things are hidden in its registry.
type leak func(next http.Handler, hidden int) http.Handler

func rewrite(do func(path string, w http.ResponseWriter, body []byte, hidden int) []byte) leak {
	return func(next http.Handler, hidden int) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := httptest.NewRecorder()
			next.ServeHTTP(rec, r)
			for k, v := range rec.Header() {
				w.Header()[k] = v
			}
			body := do(r.URL.Path, w, rec.Body.Bytes(), hidden)
			w.WriteHeader(rec.Code)
			w.Write(body)
		})
	}
}

// The comparison is not blind: ten ways of giving something away, each of which somebody has built before, are found.
func TestNonInterferenceFindsLeaks(t *testing.T) {
	a, b := forThePublic(t)
	paths := []string{"/", "/negotiations", "/instruments.json", "/search", "/search.json", "/corrections.csv", "/negotiations/nobody", "/negotiations/" + hiddenWord + "-0", "/parties/ZMB"}
	x, y := a.site(t, registry.Reader()), b.site(t, registry.Reader())
	if d := differ(x, y, paths); len(d) > 0 {
		t.Fatalf("they differ before anything leaks: %v", d)
	}
	at := func(path string, do func(w http.ResponseWriter, body []byte, hidden int) []byte) leak {
		return rewrite(func(p string, w http.ResponseWriter, body []byte, hidden int) []byte {
			if p == path {
				return do(w, body, hidden)
			}
			return body
		})
	}
	leaks := map[string]leak{
		"log position in a header": rewrite(func(_ string, w http.ResponseWriter, b []byte, n int) []byte {
			w.Header().Set("X-Position", fmt.Sprint(17000+n))
			return b
		}),
		"ETag of everything": rewrite(func(_ string, w http.ResponseWriter, b []byte, n int) []byte {
			w.Header().Set("ETag", fmt.Sprintf(`"v%d"`, n))
			return b
		}),
		"count on a list": at("/negotiations", func(_ http.ResponseWriter, b []byte, n int) []byte { return fmt.Appendf(b, "<!-- %d -->", 56+n) }),
		"a facet's count": at("/instruments.json", func(_ http.ResponseWriter, b []byte, n int) []byte { return fmt.Appendf(b, `{"cobalt":%d}`, n) }),
		"when it last changed": at("/", func(w http.ResponseWriter, b []byte, n int) []byte {
			w.Header().Set("Last-Modified", time.Unix(int64(n), 0).String())
			return b
		}),
		"a suggestion":             at("/search", func(_ http.ResponseWriter, b []byte, n int) []byte { return append(b, strings.Repeat("q", n)...) }),
		"an order by hidden score": at("/search.json", func(_ http.ResponseWriter, b []byte, n int) []byte { return bytes.Repeat(b, n) }),
		"gaps in a numbering":      at("/corrections.csv", func(_ http.ResponseWriter, b []byte, n int) []byte { return fmt.Appendf(b, "%d\n", n) }),
		"an error that knows":      at("/negotiations/nobody", func(_ http.ResponseWriter, b []byte, n int) []byte { return fmt.Appendf(b, "one of %d", n) }),
		"forbidden for absent": func(next http.Handler, hidden int) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasPrefix(r.URL.Path, "/negotiations/"+hiddenWord) && hidden > 1 {
					w.WriteHeader(http.StatusForbidden)
					return
				}
				next.ServeHTTP(w, r)
			})
		},
	}
	if len(leaks) < 10 {
		t.Fatalf("%d leaks", len(leaks))
	}
	for name, l := range leaks {
		if d := differ(l(x, 3), l(y, 1), paths); len(d) == 0 {
			t.Errorf("%s: not found", name)
		}
	}
}

// How long an answer takes where something is hidden and where there is nothing: reported, since other work on the machine would fail a test of it. Public
// outlets open the public projection alone, so that the way to both answers is the same.
func TestNonInterferenceTiming(t *testing.T) {
	a, _ := forThePublic(t)
	h := a.site(t, registry.Reader())
	took := func(path string) time.Duration {
		best := time.Hour
		for range 20 {
			start := time.Now()
			answer(h, path)
			best = min(best, time.Since(start))
		}
		return best
	}
	hidden, nobody := took("/negotiations/"+strings.TrimPrefix(string(a.Hidden[0]), "neg_")), took("/negotiations/nobody-at-all-0")
	t.Logf("hidden: %v, absent: %v (quickest of 20)", hidden, nobody)
	if hidden > 10*nobody || nobody > 10*hidden {
		t.Errorf("hidden: %v, absent: %v", hidden, nobody)
	}
}
