package web_test

import (
	"context"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// whole is the registry as the program carries it, sample texts read and analysed.
var whole = sync.OnceValues(func() (*projection.Projection, error) {
	in, err := instance.Embedded(context.Background(), instance.Options{Now: now})
	if err != nil {
		return nil, err
	}
	return in.Projection(context.Background(), registry.Reader())
})

func wholeSite(t testing.TB) site {
	t.Helper()
	p, err := whole()
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, p, web.Options{Demo: true, Version: "test", BaseURL: "https://registry.example"})
}

func TestHome(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/")
	if n := len(d.all(".sevens li")); n != 7 {
		t.Errorf("%d numbers, not seven", n)
	}
	for _, a := range d.all(".sevens a") {
		if h := attr(a.Node, "href"); !strings.HasPrefix(h, "/findings/") {
			t.Errorf("a number leads to %s", h)
		}
	}
	if n := len(d.all(".home-columns .happenings")); n != 2 {
		t.Errorf("%d lists of what happens, not two", n)
	}
	if len(d.all(".chart-map a[href]")) < 30 || len(d.all(".figure-beside tbody tr")) < 30 {
		t.Error("the map or its table has few places")
	}
	if len(d.all("form.home-search input[name=q]")) != 1 {
		t.Error("no search")
	}
	s.data(t, "/index")
	before := s.page(t, "/?as_of=2020-01-01")
	for _, h := range before.all(".happenings time") {
		if day := attr(h.Node, "datetime"); day > "2020-01-01" {
			t.Errorf("as of 2020 something happened on %s", day)
		}
	}
}

func TestFindingsAddUp(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/findings")
	if n := len(d.all("section.finding")); n != 7 {
		t.Fatalf("%d findings", n)
	}
	_, rows := s.data2(t, "/findings")
	sum, total := map[string]int{}, map[string]int{}
	for _, r := range rows[1:] {
		n, _ := strconv.Atoi(r[3])
		at := r[0] + "." + r[1]
		sum[at] += n
		total[at], _ = strconv.Atoi(r[4])
	}
	for k, n := range sum {
		if n != total[k] {
			t.Errorf("%s: the parts add up to %d, the total is %d", k, n, total[k])
		}
	}
	if len(sum) < 40 {
		t.Errorf("%d indicators in CSV", len(sum))
	}
}

// data2 is data for pages whose JSON is a list.
func (s site) data2(t testing.TB, path string) (body string, rows [][]string) {
	t.Helper()
	w := s.get(path + ".json")
	if w.Code != http.StatusOK {
		t.Errorf("%s.json: %d", path, w.Code)
	}
	for _, line := range strings.Split(strings.TrimSpace(s.get(path+".csv").Body.String()), "\r\n") {
		rows = append(rows, strings.Split(line, ","))
	}
	return w.Body.String(), rows
}

func TestSearchPage(t *testing.T) {
	s := wholeSite(t)
	for _, words := range []string{"cobre", "刚果", "cobalt", `"critical minerals"`, "ratification -cobalt"} {
		d := s.page(t, "/search?q="+url.QueryEscape(words))
		if len(d.all(".hits li")) == 0 {
			t.Errorf("%s: no hits", words)
		}
		if len(d.all(".hits mark")) == 0 {
			t.Errorf("%s: nothing is marked", words)
		}
	}
	d := s.page(t, "/search?q=nothingatall")
	if len(d.all(".hits li")) != 0 || len(d.all(".empty")) != 1 {
		t.Error("no hits, and no word on what to do")
	}
	d = s.page(t, "/search?q=cobalt&party=COD&kind=instrument")
	if len(d.all(".tokens a")) != 2 || len(d.all("input[type=checkbox][checked]")) != 2 {
		t.Error("the filters that hold are not shown")
	}
	for _, a := range d.all(".tokens a") {
		if h := attr(a.Node, "href"); strings.Contains(h, "COD") == strings.Contains(h, "instrument") {
			t.Errorf("a filter is not taken away: %s", h)
		}
	}
	if d := s.page(t, "/search"); len(d.all(".hits li")) != 0 {
		t.Error("hits without a question")
	}
	v, _ := s.data(t, "/search?q=cobalt&in=records")
	if hits := v["hits"].([]any); len(hits) != 20 {
		t.Errorf("%d hits as data", len(hits))
	}
	for _, bad := range []string{"/search?q=x&page=0", "/search?q=x&page=999", "/search?q=x&in=dreams", "/search?q=" + strings.Repeat("x", 1001)} {
		if w := s.get(bad); w.Code != http.StatusBadRequest {
			t.Errorf("%.40s: %d", bad, w.Code)
		}
	}
	hostile := s.get("/search?q=" + url.QueryEscape(`"><script>alert(1)</script>`))
	if strings.Contains(hostile.Body.String(), "<script") {
		t.Error("a search is not escaped")
	}
}

func TestReader(t *testing.T) {
	s := wholeSite(t)
	docs := s.View("").OfKind(registry.KindDocument)
	if len(docs) < 8 {
		t.Fatalf("%d documents", len(docs))
	}
	forms := map[string]bool{}
	for _, r := range docs {
		w := s.get(r.Path())
		if w.Body.Len() > heaviest {
			t.Errorf("%s weighs %d bytes", r.Path(), w.Body.Len())
		}
		d := s.page(t, r.Path())
		doc, err := s.Document(r.ID)
		if err == nil && doc == nil && r.String("reading") == "" { // read, and not kept here
			continue
		}
		if err != nil || doc == nil {
			t.Fatal(r.ID, err)
		}
		ids := map[string]bool{}
		for _, p := range d.all(".prov[id]") {
			ids[attr(p.Node, "id")] = true
			forms[attr(p.Node, "class")[5:]] = true
		}
		if len(d.all(".read-main .pager")) == 0 && len(ids) != len(doc.Reading.Provisions) {
			t.Errorf("%s: %d of %d provisions are shown", r.Path(), len(ids), len(doc.Reading.Provisions))
		}
		for _, a := range d.all(".outline a") {
			if h := attr(a.Node, "href"); strings.HasPrefix(h, "#") && !ids[h[1:]] {
				t.Errorf("%s: the outline leads to %s, which is not there", r.Path(), h)
			}
		}
		if len(d.all(".notice-machine")) == 0 || len(d.all(".legend dt")) != 6 {
			t.Errorf("%s: no word on machines, or no legend", r.Path())
		}
		s.data(t, r.Path())
	}
	var seen []string
	for f := range forms {
		seen = append(seen, strings.Fields(f)[0])
	}
	for _, f := range []string{"form-solid", "form-dashed", "form-dotted", "form-hollow", "form-none"} {
		if !strings.Contains(strings.Join(seen, " "), f) {
			t.Errorf("no provision of the samples is drawn as %s", f)
		}
	}
	r := docs[0]
	if w := s.get(r.Path() + "?page=99"); w.Code != http.StatusBadRequest {
		t.Errorf("page 99: %d", w.Code)
	}
	if w := s.get(r.Path() + "/art_999"); w.Code != http.StatusNotFound {
		t.Errorf("a provision that is not there: %d", w.Code)
	}
}

func TestProvisionPage(t *testing.T) {
	s := wholeSite(t)
	for _, r := range s.View("").OfKind(registry.KindDocument) {
		doc, err := s.Document(r.ID)
		if err == nil && doc == nil && r.String("reading") == "" {
			continue
		}
		if err != nil || doc == nil {
			t.Fatal(r.ID, err)
		}
		for i, p := range doc.Reading.Provisions {
			if i%7 != 0 {
				continue
			}
			at := r.Path() + "/" + p.EID
			d := s.page(t, at)
			if cite := d.one(t, ".cite"); !strings.Contains(cite, "https://registry.example"+at) {
				t.Errorf("%s: cited as %s", at, cite)
			}
			for _, a := range d.all(".why a") {
				if h := attr(a.Node, "href"); len(d.all("#"+strings.TrimPrefix(h, "#"))) != 1 {
					t.Errorf("%s: no rule at %s", at, h)
				}
			}
			if w := s.get(at + ".json"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"eid"`) {
				t.Errorf("%s.json: %d", at, w.Code)
			}
		}
	}
}

func TestSources(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/sources")
	if len(d.all("tbody tr")) != 50 {
		t.Errorf("%d rows", len(d.all("tbody tr")))
	}
	n := 0
	for _, id := range slices.Sorted(maps.Keys(s.View("").Sources)) {
		if n++; n%12 != 0 {
			continue
		}
		at := "/sources/" + string(id)
		if w := s.get(at); w.Code != http.StatusOK || w.Body.Len() > heaviest {
			t.Errorf("%s: %d, %d bytes", at, w.Code, w.Body.Len())
		}
	}
	s.page(t, "/sources/src_usgs-mcs-2025")
	s.data2(t, "/sources/src_usgs-mcs-2025")
	s.data2(t, "/sources")
	if w := s.get("/sources/src_nobody"); w.Code != http.StatusNotFound {
		t.Errorf("no source: %d", w.Code)
	}
	if w := s.get("/sources?grade=splendid"); w.Code != http.StatusBadRequest {
		t.Errorf("no grade: %d", w.Code)
	}
}

func TestPagesAboutTheRegistry(t *testing.T) {
	s := wholeSite(t)
	for _, p := range []string{"/method", "/glossary", "/data"} {
		s.page(t, p)
		if n := s.get(p).Body.Len(); n > heaviest {
			t.Errorf("%s weighs %d bytes", p, n)
		}
	}
	d := s.page(t, "/data")
	for _, a := range d.all("tbody a[href]") {
		if w := s.get(attr(a.Node, "href")); w.Code != http.StatusOK {
			t.Errorf("%s: %d", attr(a.Node, "href"), w.Code)
		}
	}
}

func TestDossiers(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/minerals/cobalt")
	for _, want := range []string{"#production", "#reserves", ".chart-map", "#lists .entries", ".names li", ".pairs li"} {
		if len(d.all(want)) == 0 {
			t.Errorf("cobalt: no %s", want)
		}
	}
	if got := d.one(t, "#production strong"); !strings.Contains(got, "76%") {
		t.Errorf("production of cobalt: %s", got)
	}
	d = s.page(t, "/parties/COD")
	for _, want := range []string{"#negotiations .entries", "#instruments .entries", "#counterparts", "#minerals", "#production", "#laws .entries", "#memberships li"} {
		if len(d.all(want)) == 0 {
			t.Errorf("COD: no %s", want)
		}
	}
	for _, p := range []string{"/parties/EU", "/parties/us-dfc", "/parties/TUV", "/minerals/rare-earths"} {
		s.page(t, p)
	}
	for _, k := range []registry.Kind{registry.KindParty, registry.KindMineral} {
		for i, r := range s.View("").OfKind(k) {
			if i%5 != 0 { // each is looked at in TestEveryRecordOfTheSeed
				continue
			}
			if n := s.get(r.Path()).Body.Len(); n > heaviest {
				t.Errorf("%s weighs %d bytes", r.Path(), n)
			}
		}
	}
	then, _ := s.data(t, "/parties/ZMB?as_of=2010-01-01")
	if then["as_of"] != "2010-01-01" {
		t.Errorf("as of: %v", then["as_of"])
	}
}
