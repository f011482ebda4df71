package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/findings"
)

// Every finding has its page with every indicator, within the size that a page may have, in words that are there.
func TestFindingPages(t *testing.T) {
	s := wholeSite(t)
	defs, err := findings.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range defs.Findings {
		for _, i := range f.Indicators {
			path := "/findings/" + f.Key + "?indicator=" + i.Key
			w := s.get(path)
			body := w.Body.String()
			if w.Code != http.StatusOK || len(body) > 150_000 || strings.Contains(body, "⟦") {
				t.Errorf("%s: %d, %d bytes", path, w.Code, len(body))
			}
			if !strings.Contains(body, `id="`+i.Key+`"`) || !strings.Contains(body, `class="chart chart-`) {
				t.Errorf("%s shows no chart of its own", path)
			}
		}
		d := s.page(t, "/findings/"+f.Key)
		if n := len(d.all(".numbers li")); n != len(f.Indicators) {
			t.Errorf("%s: %d indicators", f.Key, n)
		}
		v, rows := s.data(t, "/findings/"+f.Key)
		if v["key"] != f.Key || len(rows) < 2 {
			t.Errorf("%s: as data %v, %d rows", f.Key, v["key"], len(rows))
		}
	}
	for path, want := range map[string]int{"/findings/luck": 404, "/findings/standards?indicator=luck": 404, "/findings?country=XXQ": 400, "/findings?mineral=%3Cscript%3E": 400, "/findings?since=2025&until=2024": 400,
		"/findings/bundling?country=ZMB&mineral=cobalt&since=2024&until=2026&region=africa": 200, "/findings?as_of=2010-01-01": 200} {
		if w := s.get(path); w.Code != want || strings.Contains(w.Body.String(), "<script>") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}
