package layout_test

import (
	"testing"

	"github.com/openassay/assay/extract/layout"
)

func TestWordsAtLineEndsAndWordsThatTouch(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	set(&p, 50, 100, 10, "Done at Port Town under Decree 2031-")
	set(&p, 50, 112, 10, "417 of the new Republic of Upper-")
	set(&p, 50, 124, 10, "Sylvania on the ore")
	x := p.Words[len(p.Words)-1].X1
	p.Words = append(p.Words, layout.Word{Text: "etc", Box: layout.Box{X0: x + 0.3, Y0: 124, X1: x + 15, Y1: 134}}, // a justified line with no room
		layout.Word{Text: "2", Glued: true, Box: layout.Box{X0: x + 15, Y0: 124, X1: x + 20, Y1: 134}})
	if got, want := words(layout.Build([]layout.Page{p})), "Done at Port Town under Decree 2031-417 of the new Republic of Upper-Sylvania on the ore etc2"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
