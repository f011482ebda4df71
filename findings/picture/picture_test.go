package picture_test

import (
	"strings"
	"testing"

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
	for name, entries := range map[string][]registry.Entry{"embedded": es, "empty": nil} {
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
