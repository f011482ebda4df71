package layout_test

import (
	"encoding/binary"
	"testing"

	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/text"
)

// FuzzBuild lays out words at any places. No word is lost, but for marks of notes, and every page begins somewhere.
func FuzzBuild(f *testing.F) {
	f.Add([]byte("\x01\x02\x03\x04word\x05\x06\x07\x08other"))
	f.Fuzz(func(t *testing.T, b []byte) {
		var pages []layout.Page
		for len(b) >= 8 && len(pages) < 20 {
			p := layout.Page{Number: len(pages) + 1, Width: 600, Height: 800}
			for n := int(b[0]) % 60; n > 0 && len(b) >= 8; n-- {
				x, y := float64(binary.LittleEndian.Uint16(b))/100, float64(binary.LittleEndian.Uint16(b[2:]))/80
				h := float64(b[4]%20) + 1
				w := layout.Word{Text: string([]rune{rune('a' + b[5]%26), rune('0' + b[6]%10), '-'}[:1+b[7]%3]), Box: layout.Box{X0: x, Y0: y, X1: x + h, Y1: y + h}, Bold: b[6]&1 == 1}
				p.Words = append(p.Words, w)
				b = b[8:]
			}
			pages = append(pages, p)
			if len(b) > 0 {
				b = b[1:]
			}
		}
		res := layout.Build(pages)
		if len(res.Pages) != len(pages) {
			t.Fatalf("%d pages of %d", len(res.Pages), len(pages))
		}
		began := 0
		for _, bl := range res.Blocks {
			for _, a := range bl.Anchors {
				if a.At < 0 || a.At > len(bl.Text) {
					t.Fatalf("anchor at %d of %q", a.At, bl.Text)
				}
				if a.Kind == text.PageAnchor {
					began++
				}
			}
		}
		if began != len(pages) {
			t.Fatalf("%d pages begin, of %d", began, len(pages))
		}
	})
}
