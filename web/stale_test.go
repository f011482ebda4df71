package web_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// A record says when its newest source is from, on the day of the page, and where it is unfinished that it is long ago.
func TestLastSource(t *testing.T) {
	s := small(t, []registry.Source{{ID: "src_a", URL: "https://example.org/a", Grade: "wire", Date: "2025-01-10"}, {ID: "src_b", URL: "https://example.org/b", Grade: "wire", Date: "2025-03-12"},
		{ID: "src_c", Title: "Undated", Grade: "wire"}, {ID: "src_e", Title: "Us", Grade: "editor", Date: "2026-11-01"}}, [][]string{
		{"neg_talks", "title", "", "Talks", "src_a"}, {"neg_talks", "event", "launched_talks", "2025-01", "src_b"}, {"neg_talks", "alias", "", "The talks", "src_e"}, {"neg_talks", "note", "x", "Later", "src_c"},
		{"ins_signed", "title", "", "Signed", "src_a"}, {"ins_signed", "event", "signed", "2025-01-09", "src_a"}, {"ins_undated", "title", "", "Undated", "src_c"}})
	const stale = "nothing newer is recorded here"
	for _, c := range []struct{ path, want, not string }{
		{"/negotiations/talks", "(621 days ago)", "(22 days"}, {"/negotiations/talks", stale, "(0 days"}, {"/negotiations/talks?as_of=2025-03-15", "(3 days ago)", stale}, {"/negotiations/talks?as_of=2025-02-01", "(22 days ago)", stale},
		{"/instruments/signed", "days ago)", stale}, {"/instruments/undated", "Undated", "Last source"}, {"/negotiations?sort=-last_source", "2025-03-12", "2026-11-01"}, {"/negotiations.csv", "last_source", "zzz"},
	} {
		b := s.get(c.path).Body.String()
		if !strings.Contains(b, c.want) || strings.Contains(b, c.not) {
			t.Errorf("%s: want %q and not %q", c.path, c.want, c.not)
		}
	}
}
