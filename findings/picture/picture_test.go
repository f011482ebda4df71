package picture_test

import (
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/findings/picture"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
	"github.com/openassay/assay/web/chart"
	"github.com/openassay/assay/web/chart/raster"
)

func pens(t *testing.T, v *registry.View) []picture.Pen {
	var out []picture.Pen
	for _, l := range findings.Languages {
		voice, err := findings.NewVoice(l)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, picture.New(v, voice, func(r *registry.Record) string { return r.Path() }))
	}
	return out
}

// made makes public entries of lines "record field key value", a blank key as "-".
func made(t *testing.T, lines ...string) []registry.Entry {
	t.Helper()
	var out []registry.Entry
	put := func(e registry.Entry) {
		e.Audience, e.At, e.By = registry.Public, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "person:test"
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	put(registry.Entry{Source: &registry.Source{ID: "src_a", Grade: "wire", Date: "2025", Title: "Report"}})
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
	return out
}

// every are all pictures of a set.
func every(p picture.Pen, s *findings.Set) []chart.Chart {
	out := []chart.Chart{p.Map(s), p.Network(s), p.Matrix(s), p.Lanes(s, "2026-11-30")}
	for _, f := range s.Findings {
		for _, i := range f.Indicators {
			out = append(out, p.Parts("parts", i))
			out = append(out, p.Further(s, f, i)...)
			if y := p.Years("years", i, s.Horizon); y != nil {
				out = append(out, y)
			}
		}
	}
	return out
}

// Every picture has its table, says what it shows, and can be drawn as PNG, whatever is in the registry.
func TestEveryPicture(t *testing.T) {
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("名 ", 150)
	for name, entries := range map[string][]registry.Entry{"embedded": es, "empty": nil,
		"one":        made(t, "ins_a title - A", "ins_a mineral_scope - minerals"),
		"long names": made(t, "pty_AAA name short "+long, "pty_AAA party_kind - state", "pty_BBB name short B", "ins_a title - "+long, "ins_a party - pty_AAA", "ins_a party - pty_BBB", "ins_a mineral - min_x", "min_x name short "+long, "min_x production AAA/2024 5 t", "min_x production world/2024 5 t", "neg_a title - "+long, "neg_a party - pty_AAA", "neg_a event round:1 ../2024"),
		"no region":  made(t, "pty_XXX name short Nowhere", "ins_a title - A", "ins_a party - pty_XXX", "ins_a area - finance", "neg_a title - N", "neg_a party - pty_XXX", "neg_a event reported {unknown}"),
	} {
		v := registry.Compile(entries, registry.Reader(), "")
		s, err := findings.Compute(v, findings.NoTexts{}, findings.Scope{})
		if err != nil {
			t.Fatal(err)
		}
		for k, p := range pens(t, v) {
			for n, c := range every(p, s) {
				svg := c.SVG()
				if strings.Contains(svg, "⟦") || !strings.Contains(svg, "<title id=") || len(svg) > 180_000 {
					t.Errorf("%s %s %d: %d bytes, %.200s", name, p.Lang, n, len(svg), svg)
				}
				for _, r := range c.Table().Rows {
					if len(r.Cells) != len(c.Table().Columns) {
						t.Errorf("%s %s %d: a row of %d cells", name, p.Lang, n, len(r.Cells))
					}
				}
				if k == 0 && (n < 4 || n%7 == 0) {
					if _, err := raster.PNG(svg, 600, 1); err != nil {
						t.Errorf("%s %d: %v", name, n, err)
					}
				}
				if name == "embedded" && n < 4 && len(c.Table().Rows) < 20 {
					t.Errorf("picture %d has %d rows", n, len(c.Table().Rows))
				}
			}
		}
	}
}
