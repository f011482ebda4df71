package ingest_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// A doubtful match that a CSV row decides brings what the text says of its instrument, and importing it again adds nothing.
func TestDecidedMatchBringsNature(t *testing.T) {
	im := registryOf(t, "")
	dir := t.TempDir()
	write(t, dir, map[string]string{"mou.md": memo})
	do(t, im, dir)
	v := viewOf(t, im)
	doc := v.OfKind(registry.KindDocument)[0]
	write(t, dir, map[string]string{"row.csv": "record,field,value,source\n" + string(doc.ID) + ",instrument,ins_us-drc-spa-2025," + string(doc.Slot("file", "").Shown.Claim.Source) + "\n"})
	r := do(t, im, dir)
	s := viewOf(t, im).Record("ins_us-drc-spa-2025").Slot("legal_nature", "stated")
	if r.Claims != 1 || s == nil {
		t.Fatalf("%+v: no legal nature came along", r)
	}
	found := false
	for _, c := range append(s.Losing, s.Shown) {
		found = found || c != nil && strings.HasPrefix(c.Locator, string(doc.ID)+"/sec_2") && strings.HasPrefix(c.Entry.By, "machine:")
	}
	if !found {
		t.Errorf("what the text says is not among the claims: %+v", s)
	}
	if r := do(t, im, dir); r.Entries != 0 {
		t.Errorf("the row again adds %d entries", r.Entries)
	}
}
