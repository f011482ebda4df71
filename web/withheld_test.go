package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// The register tells every notice with what is wrong about it, and leads to its decision record; the lists have their data beside them.
func TestWithheldPages(t *testing.T) {
	s := small(t, []registry.Source{{ID: "src_a", Title: "Notice of the ministry", Publisher: "Ministry", Date: "2026-01-15", Grade: "official_text"}}, [][]string{
		{"neg_x", "title", "", "Talks on cobalt", "src_a"}, {"neg_x", "text_status", "draft", "{withheld:deliberations:2026-06-30}", "src_a"},
		{"neg_x", "withheld_reason", "text_status:draft", "The sides have not <b>agreed</b>.", "src_a"}, {"neg_x", "withheld_release", "text_status:draft", "on:signed+30", "src_a"},
		{"neg_x", "disclosure_profile", "", "at_signature", "src_a"}, {"neg_x", "text_status", "summary", "found", "src_a"}, {"neg_x", "text_status", "mandate", "not_public", "src_a"},
		{"ins_sample", "title", "", "A sample", "src_a"}, {"ins_sample", "sample", "", "yes", "src_a"}, {"ins_sample", "conditions", "", "{withheld:security}", "src_a"},
	})
	for path, says := range map[string][]string{
		"/withheld":                  {"Talks on cobalt", "Deliberations", "30 days after: signed", "the date of review has passed", "no authority is named"},
		"/withheld?overdue=yes":      {"Talks on cobalt"},
		"/withheld.json":             {`"ground": "deliberations"`, `"review_overdue"`},
		"/withheld.csv":              {"neg_x,Talks on cobalt,text_status,draft,deliberations"},
		"/undisclosed":               {"Mandate", "Stated not public", "Withheld"},
		"/released":                  {"Summary", "1 January 2026"},
		"/negotiations/x/disclosure": {"Published at signature", "Due by the profile, and not public", "have not &lt;b&gt;agreed", "Does keeping it back serve an aim", "Not recorded"},
		"/withheld/grounds":          {"trade secret", "looked at again every 12 months"},
	} {
		w := s.get(path)
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d", path, w.Code)
		}
		for _, x := range says {
			if !strings.Contains(w.Body.String(), x) {
				t.Errorf("%s does not say %q", path, x)
			}
		}
		if strings.Contains(w.Body.String(), "A sample") && strings.HasPrefix(path, "/withheld") {
			t.Errorf("%s lists a sample", path)
		}
		if !strings.Contains(path, ".") {
			for _, f := range faults(w.Body.String()) {
				t.Errorf("%s: %s", path, f)
			}
		}
	}
	none := small(t, []registry.Source{{ID: "src_a", Title: "X", Grade: "wire"}}, [][]string{{"neg_x", "title", "", "Talks", "src_a"}})
	for path, says := range map[string]string{"/withheld": "No notice is recorded", "/undisclosed": "No such text is recorded", "/released": "No text is recorded as public", "/negotiations/x/disclosure": "No disclosure profile is recorded"} {
		if w := none.get(path); !strings.Contains(w.Body.String(), says) {
			t.Errorf("%s: %d, want %q", path, w.Code, says)
		}
	}
}

// An instrument's summary has every part, as page, data and file; the empty form can be had too.
func TestSummaryPages(t *testing.T) {
	s := seedSite(t)
	for path, says := range map[string]string{"/instruments/us-drc-spa-2025/summary": "Not recorded", "/instruments/us-drc-spa-2025/summary.json": `"form": "summary/1"`, "/summary": "on what ground", "/summary.json": "json-schema.org",
		"/instruments/us-drc-spa-2025/summary?as=pdf": "%PDF-", "/instruments/us-drc-spa-2025/summary?as=docx": "PK", "/summary?as=docx": "PK", "/summary?as=md&in=pt": "Cada parte", "/summary?in=fr": "Chaque partie", "/instruments/us-drc-spa-2025/summary?in=es": "naturaleza jurídica", "/instruments/us-drc-spa-2025/summary.json?in=fr": `"lang": "fr"`, "/instruments/us-drc-spa-2025/summary?in=pt&as=pdf": "%PDF-", "/instruments/us-drc-spa-2025": "Standard summary disclosure"} {
		if w := s.get(path); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), says) {
			t.Errorf("%s: %d, want %q", path, w.Code, says)
		}
	}
	if w := s.get("/summary?as=xls"); w.Code != http.StatusBadRequest {
		t.Errorf("xls: %d", w.Code)
	}
	s.page(t, "/instruments/us-drc-spa-2025/summary")
	s.page(t, "/summary")
}
