package brief_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/brief"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// A brief of names of 300 characters, of a party in no region, and of very many instruments of one party can be made in every format.
func TestBadInput(t *testing.T) {
	long := strings.Repeat("Ministry of very long names ", 11)[:300]
	many := 4000
	if testing.Short() {
		many = 500
	}
	lines := []string{"pty_AAA party_kind - state", "pty_AAA name short " + long, "pty_BBB name short بلد"}
	for i := range many {
		id := fmt.Sprintf("ins_x%05d", i)
		lines = append(lines, id+" title - "+long[:40+i%200], id+" type - mou", id+" party - pty_AAA", id+" party - pty_BBB", id+" area - finance")
	}
	var es []registry.Entry
	put := func(e registry.Entry) {
		e.Audience, e.At, e.By = registry.Public, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "person:test"
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
	put(registry.Entry{Source: &registry.Source{ID: "src_a", Title: long, Publisher: long, Grade: "wire", Date: "2025~", URL: "https://example.org/" + strings.Repeat("x", 900)}})
	for _, l := range lines {
		p := strings.SplitN(l, " ", 4)
		if p[2] == "-" {
			p[2] = ""
		}
		v, err := registry.ParseValue(registry.FieldOf(p[1]), p[3], "")
		if err != nil {
			t.Fatal(err)
		}
		put(registry.Entry{Claim: &registry.Claim{Record: registry.RecordID(p[0]), Field: p[1], Key: p[2], Value: v, Source: "src_a"}})
	}
	view := registry.Compile(es, registry.Reader(), "")
	s, err := findings.Compute(view, findings.NoTexts{}, findings.Scope{})
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range brief.Formats {
		if b := written(t, made{view, s}.brief(t, brief.Options{Lang: "fr"}), format); len(b) < 5000 || len(b) > 12<<20 {
			t.Errorf("%s: %d bytes", format, len(b))
		}
	}
}
