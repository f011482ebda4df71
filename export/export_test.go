package export_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/export"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

func view(t testing.TB, entries []registry.Entry) *registry.View {
	t.Helper()
	return registry.Compile(entries, registry.Reader(), "")
}

func written(t testing.TB, what, format string, v *registry.View) string {
	t.Helper()
	do, err := export.Of(what, format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := do(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestRoundTrip holds that what is written as CSV is read back as the same claims and sources.
func TestRoundTrip(t *testing.T) {
	entries, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	v := view(t, entries)
	sources, claims := written(t, "sources", "csv", v), written(t, "claims", "csv", v)
	ss, errs := registry.ReadSources("sources.csv", []byte(sources))
	cs, more := registry.ReadClaims("claims.csv", []byte(claims))
	if errs = append(errs, more...); len(errs) > 0 {
		t.Fatal(errs)
	}
	var again []registry.Entry
	add := func(e registry.Entry) {
		e.Audience, e.At, e.By = registry.Public, seed.At, "importer:files"
		if e, err = registry.NewEntry(e); err != nil {
			t.Fatal(err)
		}
		again = append(again, e)
	}
	for i := range ss {
		add(registry.Entry{Source: &ss[i]})
	}
	for i := range cs {
		add(registry.Entry{Claim: &cs[i]})
	}
	w := view(t, again)
	if written(t, "sources", "csv", w) != sources || written(t, "claims", "csv", w) != claims {
		t.Error("what was read back is written differently")
	}
	if both := view(t, append(again, entries...)); written(t, "claims", "csv", both) != claims {
		t.Error("the same claims by two importers are written twice")
	}
	if strings.Count(claims, "\n") < 10000 || strings.Count(sources, "\n") < 300 {
		t.Error("hardly anything was exported")
	}
}

// TestLines holds that the ids of exported lines can be checked by whoever has only the lines.
func TestLines(t *testing.T) {
	entries, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	v := view(t, entries)
	out := written(t, "claims", "jsonl", v)
	if out != written(t, "claims", "jsonl", view(t, reversed(entries))) {
		t.Error("the order of the log shows in the export")
	}
	for l := range strings.Lines(out) {
		var x export.Line
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			t.Fatal(err)
		}
		if claimlog.Digest(x.Nonce, x.Payload) != x.ID {
			t.Fatalf("the id does not fit: %s", l)
		}
	}
	for _, what := range export.What {
		for _, format := range export.Formats {
			if n := strings.Count(written(t, what, format, v), "\n"); n < 300 {
				t.Errorf("%s as %s: %d lines", what, format, n)
			}
		}
	}
}

func reversed(es []registry.Entry) []registry.Entry {
	out := make([]registry.Entry, len(es))
	for i, e := range es {
		out[len(es)-1-i] = e
	}
	return out
}

func TestOfRefuses(t *testing.T) {
	for _, c := range [][2]string{{"claims", "xml"}, {"people", "csv"}} {
		if _, err := export.Of(c[0], c[1]); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%v: %v", c, err)
		}
	}
}

func TestAsOf(t *testing.T) {
	entries, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	now := view(t, entries)
	then := registry.Compile(entries, registry.Reader(), "2025-11-30")
	if a, b := written(t, "claims", "csv", then), written(t, "claims", "csv", now); len(a) >= len(b) || len(a) < 1000 {
		t.Errorf("%d bytes then, %d now", len(a), len(b))
	}
	if strings.Contains(written(t, "records", "jsonl", then), `"referred_to_court","shown"`) {
		t.Error("an event of 2026 is in the export as of 2025")
	}
}
