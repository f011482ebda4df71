package raster_test

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/web/chart/raster"
)

// Every kind of chart is drawn: the same bytes twice, not empty, as wide as asked.
func TestCharts(t *testing.T) {
	files, err := filepath.Glob("../testdata/*.svg")
	if err != nil || len(files) < 6 {
		t.Fatalf("%d charts, %v", len(files), err)
	}
	shots := os.Getenv("ASSAY_SHOTS") // a folder: pictures to look at
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		one, err := raster.PNG(string(b), 640, 2)
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		two, err := raster.PNG(string(b), 640, 2)
		if err != nil || !bytes.Equal(one, two) {
			t.Errorf("%s: the second time it is another picture, %v", f, err)
		}
		img, err := png.Decode(bytes.NewReader(one))
		if err != nil {
			t.Fatal(err)
		}
		dark := 0
		for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 2 {
			for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 2 {
				if r, _, _, _ := img.At(x, y).RGBA(); r < 0x8000 {
					dark++
				}
			}
		}
		if dark < 200 {
			t.Errorf("%s: hardly anything is drawn", f)
		}
		if shots != "" {
			if err := os.WriteFile(filepath.Join(shots, strings.TrimSuffix(filepath.Base(f), ".svg")+".png"), one, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	for _, bad := range []string{"", "<svg", "<html></html>", `<svg height="x"></svg>`, `<svg height="1e9"></svg>`, `<svg height="NaN"></svg>`, `<svg width="100%" height="20"><script/></svg>`, `<svg height="20"><rect fill="red"/></svg>`, `<svg height="20"><path d="A1 1"/></svg>`,
		`<svg height="20"><path d="M1"/></svg>`, `<svg height="20"><text transform="scale(3)">x</text></svg>`, `<svg height="20"><line stroke-dasharray="0 0"/></svg>`, `<svg viewBox="0 0 0 0"></svg>`, strings.Repeat("<svg>", 100000), `<svg height="20"><g>` + strings.Repeat("<g>", 1000)} {
		if _, err := raster.PNG(bad, 640, 2); err == nil {
			t.Errorf("%.60s: taken", bad)
		}
	}
}

func FuzzPNG(f *testing.F) {
	f.Add(`<svg height="20" width="100%"><g><rect x="1%" y="2" width="3" height="4" fill="url(#h)"/><path d="M1 2L3 4Z"/><text x="1" y="9">a</text></g></svg>`)
	f.Fuzz(func(t *testing.T, s string) { raster.PNG(s, 100, 1) })
}
