package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// The address of a merged record leads to the survivor for good, at any date and in any form, and lists show one.
func TestMergedAddress(t *testing.T) {
	s := small(t, []registry.Source{{ID: "src_a", URL: "https://example.org/a", Grade: "wire", Date: "2025-01-10"}, {ID: "src_b", URL: "https://example.org/b", Grade: "wire", Date: "2025-03-10"}}, [][]string{
		{"ins_kept", "title", "", "Kept pact", "src_b"}, {"ins_twin", "title", "", "Twin pact", "src_a"}, {"ins_twin", "address", "", "old-name", "src_a"},
		{"ins_twin", "event", "signed", "2025-01-09", "src_a"}, {"ins_twin", "redirect", "", "ins_kept", "src_b"}})
	for _, c := range [][2]string{{"/instruments/twin", "/instruments/kept"}, {"/instruments/old-name", "/instruments/kept"}, {"/instruments/twin.json", "/instruments/kept.json"},
		{"/instruments/twin?as_of=2025-02-01", "/instruments/kept?as_of=2025-02-01"}} {
		w := s.get(c[0])
		if w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != c[1] || w.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s: %d %s", c[0], w.Code, w.Header())
		}
	}
	for _, path := range []string{"/instruments/kept?as_of=2025-02-01", "/instruments/kept.json?as_of=2025-02-01"} {
		if w := s.get(path); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "2025-01-09") || !strings.Contains(w.Body.String(), "Twin pact") {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
	for _, path := range []string{"/instruments", "/instruments.json", "/instruments.csv"} {
		if b := s.get(path).Body.String(); !strings.Contains(b, "Kept pact") || strings.Contains(b, "instruments/twin") {
			t.Errorf("%s does not show one record:\n%s", path, b)
		}
	}
}
