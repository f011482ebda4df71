package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog/memory"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
	"github.com/openassay/assay/web"
)

var now = func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// noBlobs holds the analyses of the seed and no texts.
type noBlobs struct{}

var seedAnalyses = sync.OnceValue(func() map[string][]byte {
	out := map[string][]byte{}
	all, err := seed.Analyses()
	if err != nil {
		panic(err)
	}
	for _, b := range all {
		out[blob.Hash(b)] = b
	}
	return out
})

func (noBlobs) Get(hash string) ([]byte, error) {
	if b := seedAnalyses()[hash]; b != nil {
		return b, nil
	}
	return nil, registry.Errorf(registry.NotFound, "no blob %s", hash)
}

func projected(entries []registry.Entry) (*projection.Projection, error) {
	l := memory.New()
	if _, _, err := l.Append(context.Background(), entries); err != nil {
		return nil, err
	}
	p, err := projection.Open(l, noBlobs{}, registry.Reader(), "")
	if err != nil {
		return nil, err
	}
	return p, p.Update(context.Background())
}

// site is a registry being served, for tests.
type site struct {
	t testing.TB
	h http.Handler
	*projection.Projection
}

func serve(t testing.TB, p *projection.Projection, opt web.Options) site {
	opt.Now = now
	opt.Log = func(f string, args ...any) { t.Errorf("logged: "+f, args...) }
	return site{t, web.New(p, opt), p}
}

var seeded = sync.OnceValues(func() (*projection.Projection, error) {
	entries, err := seed.Entries()
	if err != nil {
		return nil, err
	}
	return projected(entries)
})

func seedSite(t testing.TB) site {
	t.Helper()
	p, err := seeded()
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, p, web.Options{Demo: true, Version: "test"})
}

// small is a site of claims: record, field, key, value, source and more in the order that each test says.
func small(t testing.TB, sources []registry.Source, claims [][]string) site {
	t.Helper()
	var es []registry.Entry
	put := func(e registry.Entry) {
		e.At, e.By, e.Audience = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "person:test", registry.Public
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	for i := range sources {
		put(registry.Entry{Source: &sources[i]})
	}
	for _, c := range claims {
		v, err := registry.ParseValue(registry.FieldOf(c[1]), c[3], "")
		if err != nil {
			t.Fatal(c, err)
		}
		put(registry.Entry{Claim: &registry.Claim{Record: registry.RecordID(c[0]), Field: c[1], Key: c[2], Value: v, Source: registry.SourceID(c[4])}})
	}
	p, err := projected(es)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return serve(t, p, web.Options{})
}

func (s site) get(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.h.ServeHTTP(w, r)
	return w
}

// page gets a page that has to be there and has no faults.
func (s site) page(t testing.TB, path string) doc {
	t.Helper()
	w := s.get(path)
	if w.Code != http.StatusOK {
		t.Errorf("%s: %d", path, w.Code)
	}
	for _, f := range faults(w.Body.String()) {
		t.Errorf("%s: %s", path, f)
	}
	return parse(t, w.Body.String())
}

// data gets the page as JSON and as CSV and checks both.
func (s site) data(t testing.TB, path string) (v map[string]any, rows [][]string) {
	t.Helper()
	path, query, _ := strings.Cut(path, "?")
	w := s.get(path + ".json?" + query)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") {
		t.Errorf("%s.json: %d %s", path, w.Code, w.Header().Get("Content-Type"))
	}
	if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
		t.Errorf("%s.json: %v", path, err)
	}
	w = s.get(path + ".csv?" + query)
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/csv") {
		t.Errorf("%s.csv: %d %s", path, w.Code, w.Header().Get("Content-Type"))
	}
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Errorf("%s.csv: %d rows, %v", path, len(rows), err)
	}
	return v, rows
}

// Every record of the seed has a page, as HTML, JSON and CSV, now; and a page on an earlier day.
func TestEveryRecordOfTheSeed(t *testing.T) {
	s := seedSite(t)
	n := 0
	for _, k := range registry.Kinds() {
		if !registry.KindOf(k).Pages {
			continue
		}
		for i, r := range s.View("").OfKind(k) {
			d := s.page(t, r.Path())
			if got := d.one(t, "main h1"); !strings.Contains(strings.ToLower(got), strings.ToLower(strings.Join(strings.Fields(r.Title("en")), " "))) {
				t.Errorf("%s: the heading is %q, the title %q", r.Path(), got, r.Title("en"))
			}
			v, rows := s.data(t, r.Path())
			if v["id"] != string(r.ID) || len(rows) < 2 {
				t.Errorf("%s: JSON is of %v, CSV has %d rows", r.Path(), v["id"], len(rows))
			}
			if i%10 == 0 {
				s.page(t, r.Path()+"?as_of=2025-11-30")
			}
			n++
		}
	}
	if n < 500 {
		t.Errorf("only %d records", n)
	}
}

func TestLists(t *testing.T) {
	s := seedSite(t)
	for _, noun := range []string{"negotiations", "instruments", "parties", "minerals", "forums", "programmes", "projects", "financing", "laws"} {
		for _, query := range []string{"", "?samples=show", "?as_of=2024-06-30", "?q=zambia+copper", "?page=1&sort=title", "?sort=-title"} {
			s.page(t, "/"+noun+query)
			s.data(t, "/"+noun+query)
		}
	}
	s.page(t, "/storybook")
	s.page(t, "/instruments?page=2")
	s.page(t, "/parties?page=3&lang=fr")
}

func TestFilters(t *testing.T) {
	s := seedSite(t)
	total := func(query string) int {
		v, rows := s.data(t, "/instruments?"+query)
		n, _ := v["total"].(float64)
		if int(n) != len(rows)-1 {
			t.Errorf("%s: JSON counts %v, CSV has %d rows", query, n, len(rows)-1)
		}
		return int(n)
	}
	all, us, usDRC := total(""), total("party=USA"), total("party=USA&party=cod")
	if !(all > us && us > usDRC && usDRC > 0) {
		t.Errorf("all %d, United States %d, United States and DRC %d", all, us, usDRC)
	}
	if a, b, ab := total("type=mou"), total("type=fta"), total("type=mou&type=fta"); a == 0 || b == 0 || ab != a+b {
		t.Errorf("kinds are alternatives: %d and %d make %d", a, b, ab)
	}
	if with := total("samples=show"); with <= all {
		t.Errorf("with samples %d, without %d", with, all)
	}
	// The first question of a new user: what says of itself that it is not binding, with the United States?
	d := s.page(t, "/instruments?party=USA&legal_nature=stated:non_binding")
	if rows := d.all("tbody tr"); len(rows) == 0 || len(rows) != total("party=USA&legal_nature=stated:non_binding") {
		t.Errorf("%d rows", len(rows))
	}
	if tokens := d.all(".tokens a"); len(tokens) != 2 {
		t.Errorf("%d filters are shown as holding", len(tokens))
	}
	if got := d.all("input[name=party][checked]"); len(got) != 1 || attr(got[0].Node, "value") != "USA" {
		t.Errorf("the choice is not kept: %v", got)
	}
	for _, c := range d.all("input[name=status]") {
		n := total("party=USA&legal_nature=stated:non_binding&status=" + attr(c.Node, "value"))
		if label := (doc{c.Parent}).text(); !strings.HasSuffix(label, fmt.Sprint(n)) {
			t.Errorf("the facet says %q, the list has %d", label, n)
		}
	}
	d = s.page(t, "/instruments?party=ATA")
	if d.one(t, ".empty strong") == "" || len(d.all(".empty a")) == 0 {
		t.Error("an empty list does not say what to do")
	}
}

// What was the status of the US–DRC partnership agreement on a day, and what is it today?
func TestAsOf(t *testing.T) {
	s := seedSite(t)
	const at = "/instruments/us-drc-spa-2025"
	d := s.page(t, at)
	if got := d.one(t, ".badge strong"); got != "Signed" {
		t.Errorf("today: %s", got)
	}
	d = s.page(t, at+"?as_of=2025-11-30")
	if got := d.one(t, ".asof-note"); !strings.Contains(got, "As of 30 November 2025: what held then") {
		t.Errorf("banner: %s", got)
	}
	if got := d.one(t, "main .notice"); !strings.Contains(got, "the first source on it is of 4 December 2025") {
		t.Errorf("notice: %s", got)
	}
	found := false
	for _, a := range d.all(".entries a[href]") {
		h := attr(a.Node, "href")
		found = found || strings.HasPrefix(h, "/negotiations/us-drc-talks") && strings.Contains(h, "as_of=2025-11-30")
	}
	if !found {
		t.Error("the negotiation known then is not linked")
	}
	if w := s.get(at + ".json?as_of=2025-11-30"); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), `"detail"`) {
		t.Errorf("as data: %d %s", w.Code, w.Body)
	}
	for _, a := range s.page(t, "/negotiations?as_of=2025-11-30").all("tbody a[href]") {
		if !strings.Contains(attr(a.Node, "href"), "as_of=2025-11-30") {
			t.Fatalf("a link forgets the day: %s", attr(a.Node, "href"))
		}
	}
}
