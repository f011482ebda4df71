package extract_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/text"
)

// TestPartOfThePage: where a crop box shows a part of the page, heads and numbers at the edges of that part are known as such, and words beside it, which
// nobody sees, are left out and told of.
func TestPartOfThePage(t *testing.T) {
	var pages [][]sample.Line
	for i := range 4 {
		pages = append(pages, []sample.Line{{X: 120, Y: 770, Size: 9, Words: "Agreement between Freedonia and Sylvania"}, {X: 250, Y: 320, Size: 9, Words: string(rune('1' + i))},
			{X: 120, Y: 600, Size: 11, Words: "The Parties shall meet in year " + strings.Repeat("x", i+1) + " and report on it."},
			{X: 120, Y: 100, Size: 11, Words: "Cut away before it was published."}})
	}
	b := bytes.ReplaceAll(sample.PDF(pages...), []byte("/Parent"), []byte("/CropBox [100 300 500 800] /Parent"))
	ps, err := extract.Read(t.Context(), "a.pdf", b, extract.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rd := ps[0].Readings[0]
	if strings.Contains(rd.Text, "Agreement between") || strings.Contains(rd.Text, "Cut away") || strings.Count(rd.Text, "The Parties shall meet") != 4 {
		t.Errorf("%s", rd.Text)
	}
	for i, p := range rd.Pages {
		if p.Label != string(rune('1'+i)) {
			t.Errorf("page %+v", p)
		}
	}
	if !slices.ContainsFunc(rd.Gaps, func(g text.Gap) bool {
		return g.Code == text.GapLeftOut && g.Page == 2 && strings.HasPrefix(g.Value, "6 words")
	}) {
		t.Errorf("%+v", rd.Gaps)
	}
	s, err := extract.PageSheet(t.Context(), b, 1, 0)
	if err != nil || s.Width != 400 || len(s.Words) == 0 || s.Words[0].X0 < 19 || s.Words[0].X0 > 21 {
		t.Errorf("%v %+v", err, s)
	}
}
