package text_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/text"
)

// paged is a reading of three pages, the second from its image, with a paragraph that runs over a page.
func paged(t testing.TB) *text.Reading {
	t.Helper()
	r, err := text.FromSource("a.pdf", &text.Source{Format: "pdf", Title: "Agreement on ore", Language: "en", Pages: []text.Page{{Number: 1}, {Number: 2, OCR: true, Confidence: 0.5}, {Number: 3}},
		Gaps: []text.Gap{{Code: text.GapLowOCR, Page: 2}, {Code: text.GapNoText, Page: 9}},
		Blocks: []text.Block{
			{Text: "Agreement on Ore", Kind: text.HeadingBlock, Level: 1, Anchors: []text.Anchor{{Kind: text.PageAnchor}}},
			{Text: "Article 1"}, {Text: "Duties", Tight: true}, {Text: "The Parties shall share data on ore and"},
			{Text: "Artic1e 2", Anchors: []text.Anchor{{Kind: text.PageAnchor, Index: 1}}}, {Text: "Lcences", Tight: true}, {Text: "Each Party sha11 publish its licences and"},
			{Text: "renew them.", Anchors: []text.Anchor{{Kind: text.PageAnchor, Index: 2}}},
			{Text: "Article 3"}, {Text: "End", Tight: true}, {Text: "The Parties may end it."},
		}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMendPage(t *testing.T) {
	r := paged(t)
	before := r.Text
	got, err := text.MendPage(r, 2, "Article 2\nLicences\n\nEach Party shall publish its licences and")
	if err != nil {
		t.Fatal(err)
	}
	if r.Text != before || r.Pages[1].Confidence != 0.5 {
		t.Error("the earlier reading changed")
	}
	var eids []string
	for _, p := range got.Provisions {
		eids = append(eids, p.EID)
	}
	if s := strings.Join(eids, " "); !strings.Contains(s, "art_1") || !strings.Contains(s, "art_2") || !strings.Contains(s, "art_3") {
		t.Errorf("provisions %s of\n%s", s, got.Text)
	}
	for i, want := range []string{"Agreement on Ore", "Article 2", "renew them."} {
		if p := got.Pages[i]; !strings.HasPrefix(strings.TrimSpace(got.Text[p.Start:p.End]), want) {
			t.Errorf("page %d: %q", p.Number, got.Text[p.Start:p.End])
		}
	}
	if strings.Contains(got.Text, "sha11") || got.Pages[1].OCR || len(got.Gaps) != 1 || got.Gaps[0].Page != 9 {
		t.Errorf("%q %+v %+v", got.Text, got.Pages, got.Gaps)
	}
	if len(got.Warnings) == 0 || !strings.Contains(got.Warnings[len(got.Warnings)-1], "page 2 are a person's") {
		t.Error("nothing says that a person mended it")
	}
	same, err := text.MendPage(r, 1, r.Text[r.Pages[0].Start:r.Pages[0].End])
	if err != nil || same.Text != r.Text {
		t.Errorf("the same words make another text: %q %v", same.Text, err)
	}
	if _, err := text.MendPage(r, 7, "x"); err == nil {
		t.Error("a page that is not there")
	}
	empty, err := text.MendPage(r, 2, "  ")
	if err != nil || strings.Contains(empty.Text, "sha11") || empty.Pages[2].Start >= empty.Pages[2].End {
		t.Errorf("a page without words: %v %+v", err, empty.Pages)
	}
}

// Whatever a person types, the reading stays whole.
func FuzzMendPage(f *testing.F) {
	f.Add(2, "Article 2\n\nWords")
	f.Add(1, "\x00\xff\n\n[1] note\u2028")
	f.Add(3, strings.Repeat("(a) ", 100))
	f.Fuzz(func(t *testing.T, page int, words string) {
		r := paged(t)
		got, err := text.MendPage(r, page, words)
		if err != nil {
			return
		}
		at := 0
		for _, p := range got.Pages {
			if p.Start < at || p.End < p.Start || p.End > len(got.Text) {
				t.Fatalf("pages %+v of %d bytes", got.Pages, len(got.Text))
			}
			at = p.End
		}
		for _, p := range got.Provisions {
			if p.Start > p.Body || p.Body > p.End || p.End > len(got.Text) {
				t.Fatalf("%+v", p)
			}
		}
	})
}
