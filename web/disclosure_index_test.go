package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// The index, both sides, and the protocol are pages and data; what is not known is not said to be no.
func TestTransparencyPages(t *testing.T) {
	s := small(t, []registry.Source{{ID: "src_x", Title: "Paper", Date: "2025-12-01", Grade: "trade_press"}, {ID: "src_a", Title: "Release of <b>Aland</b>", Date: "2026-01-10", Grade: "official_release", Publisher: "Aland"},
		{ID: "src_b", Title: "Release of Beland", Date: "2026-01-31", Grade: "official_release", Publisher: "Beland"}}, [][]string{
		{"pty_AAA", "name", "short", "Aland", "src_x"}, {"pty_AAA", "party_kind", "", "state", "src_x"}, {"pty_BBB", "name", "short", "Beland", "src_x"}, {"pty_BBB", "party_kind", "", "state", "src_x"},
		{"ins_a", "title", "", "A deal", "src_x"}, {"ins_a", "party", "", "AAA", "src_a"}, {"ins_a", "party", "", "BBB", "src_b"}, {"ins_a", "area", "", "finance", "src_x"}, {"ins_a", "text_status", "final", "not_found", "src_x"},
		{"ins_sample", "title", "", "A sample", "src_x"}, {"ins_sample", "sample", "", "yes", "src_x"}, {"ins_sample", "area", "", "finance", "src_x"},
	})
	for path, says := range map[string][]string{
		"/instruments/a/disclosure-index":      {"1 of 14 known", "last on 1 December 2025", "Not looked for", "No score: more than half", "Between 3.8% (if nothing", "What law there is", "None is recorded here"},
		"/instruments/a/disclosure-index.json": {`"state": "not_found"`, `"day": "2025-12-01"`, `"score": null`, `"of": 14`},
		"/instruments/a/disclosure-index.csv":  {"ins_a,4,text,not_found,2025-12-01"},
		"/disclosure-index":                    {"A deal", "too little is known", "1 of 14"},
		"/disclosure-index.csv":                {"finance_terms", "ins_a,A deal,instrument,14,13,1,12,0.0385,0.9615,"},
		"/disclosure-index.json":               {`"kind": "instrument"`},
		"/instruments/a/disclosure":            {"21 days later", "21 days earlier", "Release of &lt;b&gt;Aland", "Disclosure index, item by item"},
		"/instruments/a/disclosure.json":       {`"days_later_low": 21`},
		"/both-sides":                          {"21 days later", "A deal", "publications of two sides or more are recorded for 1"},
		"/both-sides.csv":                      {"ins_a,A deal,any,pty_BBB,2026-01-31,21,21,src_b"},
		"/both-sides.json":                     {`"unassigned": 0`},
		"/withheld/protocol":                   {"Silence is consent", "Model text", "within 20 days"},
		"/withheld/protocol?in=fr":             {"Le silence vaut accord", `lang="fr"`},
		"/withheld/protocol?in=pt&as=pdf":      {"%PDF-"},
		"/withheld/protocol?in=es&as=docx":     {"PK"},
		"/withheld/protocol?in=es&as=md":       {"El silencio es consentimiento"},
		"/withheld/protocol.json":              {`"silence"`, "20 jours"},
		"/withheld":                            {"Model protocol on mutual transparency"},
		"/instruments/a":                       {"/instruments/a/disclosure-index"},
	} {
		w := s.get(path)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
		for _, x := range says {
			if !strings.Contains(strings.ReplaceAll(w.Body.String(), " ", " "), x) {
				t.Errorf("%s does not say %q", path, x)
			}
		}
		if strings.Contains(w.Body.String(), "A sample") {
			t.Errorf("%s lists a sample", path)
		}
		if !strings.Contains(path, ".") && !strings.Contains(path, "as=") {
			for _, f := range faults(w.Body.String()) {
				t.Errorf("%s: %s", path, f)
			}
		}
	}
	if w := s.get("/withheld/protocol?as=xls"); w.Code != http.StatusBadRequest {
		t.Errorf("xls: %d", w.Code)
	}
	if w := s.get("/disclosure-index?kind=party"); w.Code != http.StatusBadRequest {
		t.Errorf("a kind without an index: %d", w.Code)
	}
}

// On the registry that the program carries these pages hold what they say, and keep to their weight.
func TestTransparencyOfSeed(t *testing.T) {
	s := seedSite(t)
	for _, path := range []string{"/disclosure-index", "/both-sides", "/withheld/protocol", "/instruments/us-drc-spa-2025/disclosure-index", "/instruments/us-drc-spa-2025/disclosure", "/both-sides?page=2"} {
		s.page(t, path)
		if n := s.get(path).Body.Len(); n > 150_000 {
			t.Errorf("%s weighs %d bytes", path, n)
		}
	}
}
