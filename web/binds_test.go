package web_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
)

// What a text binds is told for a text whose words are not here, and for one whose words are.
func TestWhatATextBinds(t *testing.T) {
	s := wholeSite(t)
	text := regexp.MustCompile(`/documents/[^"/]+/assay`).FindString(s.get("/instruments/sample-ostavia-brastheim-offtake-2022").Body.String())
	for address, wants := range map[string][]string{
		"/documents/us-malaysia-art-2025/assay": {"Malaysia gives", "United States gives", "Market access", "Bound", "Policy areas", "not by people", "Value added at home"},
		text:                                    {"Offtake and supply", "What each side gives", "Policy areas", strings.TrimSuffix(text, "assay") + "sec_", "What could be followed up"},
	} {
		res := s.get(address)
		body := res.Body.String()
		if res.Code != 200 || len(body) > 150_000 {
			t.Errorf("%s: %d, %d bytes", address, res.Code, len(body))
		}
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not say %q", address, want)
			}
		}
	}
	var got struct {
		Instrument  assay.Instrument
		Balance     *assay.Balance
		Commitments []assay.Commitment
	}
	if err := json.Unmarshal(s.get("/documents/us-malaysia-art-2025/assay.json").Body.Bytes(), &got); err != nil || got.Balance == nil || len(got.Instrument.Areas) < 52 || len(got.Commitments) == 0 {
		t.Errorf("%v: %d areas, balance %v", err, len(got.Instrument.Areas), got.Balance)
	}
	if csv := s.get("/documents/us-malaysia-art-2025/assay.csv").Body.String(); !strings.HasPrefix(csv, "area,scheme,covered,enforceability") || strings.Count(csv, "\n") != len(got.Instrument.Areas)+1 {
		t.Errorf("%.200s", csv)
	}
	if ins := s.get("/instruments/us-malaysia-art-2025").Body.String(); !strings.Contains(ins, `id="binds"`) || !strings.Contains(ins, "/documents/us-malaysia-art-2025/assay") {
		t.Error("the instrument's page does not lead to what its text binds")
	}
	if res := s.get("/method/accuracy"); res.Code != 200 || !strings.Contains(res.Body.String(), "No person has read these texts") || strings.Count(res.Body.String(), "<tr>") < 60 {
		t.Errorf("the page of error rates: %d", res.Code)
	}
	if res := s.get("/documents/nowhere/assay"); res.Code != 404 {
		t.Errorf("a text that is not there: %d", res.Code)
	}
}
