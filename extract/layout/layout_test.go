package layout_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/text"
)

// set places words of a line from x on, as a page sets them; size is the height of the letters.
func set(p *layout.Page, x, y, size float64, words string) {
	for _, w := range strings.Fields(words) {
		width := 0.5 * size * float64(len(w))
		p.Words = append(p.Words, layout.Word{Text: w, Box: layout.Box{X0: x, Y0: y, X1: x + width, Y1: y + size}})
		x += width + 0.3*size
	}
}

func words(res *layout.Result) string {
	var out []string
	for _, b := range res.Blocks {
		if b.Text != "" {
			out = append(out, b.Text)
		}
	}
	return strings.Join(out, "\n")
}

func TestColumnsAreReadOneAfterTheOther(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	set(&p, 50, 40, 14, "GAZETTE OF FREEDONIA")
	for i := range 6 {
		y := 100 + 12*float64(i)
		set(&p, 50, y, 10, fmt.Sprintf("left%d the parties shall exchange all geological data", i))
		set(&p, 320, y, 10, fmt.Sprintf("right%d the ministry shall publish each of the reports", i))
	}
	got := words(layout.Build([]layout.Page{p}))
	if l, r := strings.Index(got, "left5"), strings.Index(got, "right0"); !strings.HasPrefix(got, "GAZETTE OF FREEDONIA") || l < 0 || r < l {
		t.Errorf("order:\n%s", got)
	}
}

func TestTablesAreReadByRow(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	for i := range 8 {
		set(&p, 50, 100+14*float64(i), 10, fmt.Sprintf("item%d", i))
		set(&p, 300, 100+14*float64(i), 10, fmt.Sprintf("%d00", i+1))
	}
	if got := words(layout.Build([]layout.Page{p})); !strings.Contains(got, "item3 | 400\nitem4 | 500") {
		t.Errorf("rows:\n%s", got)
	}
}

// pages are a document with running head, page numbers from 7 on, hyphens and a footnote.
func pages() []layout.Page {
	var out []layout.Page
	for i := range 5 {
		p := layout.Page{Number: i + 1, Width: 600, Height: 800}
		set(&p, 50, 20, 9, "Agreement between Freedonia and Sylvania")
		set(&p, 50, 200, 10, fmt.Sprintf("Page%d: The Parties shall refrain from any export restric-", i))
		set(&p, 50, 212, 10, "tion on lithium.")
		set(&p, 290, 780, 9, fmt.Sprint(i+7))
		out = append(out, p)
	}
	return out
}

func TestRunningHeadsAndPageNumbersAreLeftOut(t *testing.T) {
	res := layout.Build(pages())
	got := words(res)
	if strings.Contains(got, "Agreement between") || len(res.Running) != 10 {
		t.Errorf("%d running lines\n%s", len(res.Running), got)
	}
	if !strings.Contains(got, "Page2: The Parties shall refrain from any export restriction on lithium.") {
		t.Errorf("lines are not joined:\n%s", got)
	}
	for i, p := range res.Pages {
		if p.Number != i+1 || p.Label != fmt.Sprint(i+7) {
			t.Errorf("page %+v", p)
		}
	}
}

func TestMissingPagesAreSeen(t *testing.T) {
	ps := append(pages()[:2], pages()[3:]...) // 7 8 10 11
	res := layout.Build(ps)
	if len(res.Gaps) != 1 || res.Gaps[0] != (text.Gap{Code: text.GapPageJump, Page: 3, Value: "9"}) {
		t.Errorf("%+v", res.Gaps)
	}
}

func TestFootnotesStandApart(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	set(&p, 50, 100, 10, "The Parties shall cooperate")
	p.Words = append(p.Words, layout.Word{Text: "1", Box: layout.Box{X0: 178, Y0: 99, X1: 181, Y1: 105}})
	set(&p, 185, 100, 10, "in processing of nickel and of cobalt ores")
	set(&p, 50, 112, 10, "and shall report on it to their parliaments every second year.")
	p.Words = append(p.Words, layout.Word{Text: "1", Box: layout.Box{X0: 50, Y0: 699, X1: 53, Y1: 704}})
	set(&p, 56, 700, 8, "Within the meaning of their own laws.")
	res := layout.Build([]layout.Page{p})
	if got := words(res); !strings.Contains(got, "cooperate in processing") || !strings.HasSuffix(got, "\n[1] Within the meaning of their own laws.") {
		t.Errorf("%s", got)
	}
	if len(res.Notes) != 1 || res.Notes[0].Mark != "1" || res.Notes[0].Page != 1 {
		t.Errorf("%+v", res.Notes)
	}
}

// Headings at the top of pages are no running heads, and the date in a footer is no page number.
func TestWhatComesAgainAndDoesNotRun(t *testing.T) {
	var ps []layout.Page
	for i := range 6 {
		p := layout.Page{Number: i + 1, Width: 600, Height: 800}
		set(&p, 50, 20, 10, fmt.Sprintf("Article %d", 3*i+1))
		set(&p, 50, 200, 10, fmt.Sprintf("Page%d: The Parties shall refrain from it.", i))
		set(&p, 50, 780, 9, "Source: COMPANY, 10-Q, 11/14/2019")
		ps = append(ps, p)
	}
	res := layout.Build(ps)
	got := words(res)
	for _, s := range []string{"Article 1", "Article 10", "Article 16"} {
		if !strings.Contains(got, s) {
			t.Errorf("%s is gone:\n%s", s, got)
		}
	}
	if strings.Contains(got, "Source") || len(res.Gaps) > 0 || res.Pages[0].Label != "" || res.Pages[3].Label != "" {
		t.Errorf("%+v %+v\n%s", res.Gaps, res.Pages, got)
	}
}

func TestPagesThatTheCountTells(t *testing.T) {
	var ps []layout.Page
	for i := range 4 {
		p := layout.Page{Number: i + 1, Width: 600, Height: 800}
		set(&p, 50, 200, 10, fmt.Sprintf("Page%d: The Parties shall refrain from it.", i))
		set(&p, 280, 780, 9, fmt.Sprintf("Page %d of 9", i+1))
		ps = append(ps, p)
	}
	res := layout.Build(ps)
	if len(res.Gaps) != 1 || res.Gaps[0].Code != text.GapPagesMissing || res.Gaps[0].Value != "9" || res.Pages[2].Label != "3" {
		t.Errorf("%+v %+v", res.Gaps, res.Pages)
	}
}

// The year in the name of a law at the head of every page is no count of pages, and years at the foot of tables are no page numbers.
func TestYearsAreNoPageNumbers(t *testing.T) {
	law := func(foot func(i int) string) (ps []layout.Page) {
		for i := range 5 {
			p := layout.Page{Number: i + 1, Width: 600, Height: 800}
			set(&p, 50, 20, 9, "Law No 3 of 2019")
			set(&p, 50, 200, 10, fmt.Sprintf("Page%d: The Parties shall refrain from it.", i))
			set(&p, 290, 780, 9, foot(i))
			ps = append(ps, p)
		}
		return ps
	}
	for name, c := range map[string]struct {
		pages []layout.Page
		label string // of the third page
	}{
		"beside page numbers":         {law(func(i int) string { return fmt.Sprint(i + 1) }), "3"},
		"years that count":            {law(func(i int) string { return fmt.Sprint(2019 + i) })[:3], ""},
		"years that count, with gaps": {law(func(i int) string { return fmt.Sprint(2019 + i + i/2*4) })[:4], ""},
		"a journal's pages":           {law(func(i int) string { return fmt.Sprint(1998 + i) }), "2000"},
	} {
		res := layout.Build(c.pages)
		if len(res.Gaps) > 0 || res.Pages[2].Label != c.label {
			t.Errorf("%s: %+v, the third page is called %q", name, res.Gaps, res.Pages[2].Label)
		}
	}
}

// A footer that counts the pages is left out of short documents too, whose other lines cannot be compared.
func TestPageOfPagesInAShortDocument(t *testing.T) {
	for n := 1; n <= 2; n++ {
		var ps []layout.Page
		for i := range n {
			p := layout.Page{Number: i + 1, Width: 600, Height: 800}
			set(&p, 50, 200, 10, fmt.Sprintf("Page%d: The Parties shall refrain from it.", i))
			set(&p, 50, 212, 10, "They report on it.")
			set(&p, 280, 780, 9, fmt.Sprintf("draft-3.docx | Page %d of %d", i+1, n))
			ps = append(ps, p)
		}
		res := layout.Build(ps)
		if got := words(res); strings.Contains(got, "draft-3") || len(res.Gaps) > 0 || res.Pages[n-1].Label != fmt.Sprint(n) {
			t.Errorf("%d pages: %+v %+v\n%s", n, res.Gaps, res.Pages, got)
		}
	}
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	set(&p, 50, 780, 10, "The report has a page 1 of 3")
	if got := words(layout.Build([]layout.Page{p})); !strings.Contains(got, "report") {
		t.Error("the count is another, and the line is gone")
	}
}

// A title over several lines in large letters, further apart than those of the text below, is one paragraph.
func TestLongTitleInLargeLetters(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	set(&p, 50, 60, 20, "Memorandum of Understanding between the Government")
	set(&p, 50, 86, 20, "of Freedonia and the Government of the Kingdom of")
	set(&p, 50, 112, 20, "Sylvania on Lithium")
	for i := range 20 {
		set(&p, 50, 170+13*float64(i), 10, fmt.Sprintf("The Parties shall exchange all data that they have on brine and on hard rock, %d", i))
	}
	got := words(layout.Build([]layout.Page{p}))
	if !strings.HasPrefix(got, "Memorandum of Understanding between the Government of Freedonia and the Government of the Kingdom of Sylvania on Lithium\n") {
		t.Errorf("%.300s", got)
	}
}

// A page that was scanned askew has its paragraphs joined as a straight one has: long lines are no higher than short ones.
func TestPageScannedAskew(t *testing.T) {
	for _, slope := range []float64{0, 0.011, -0.011, 0.05} {
		p := layout.Page{Number: 1, Width: 600, Height: 800, OCR: true}
		row := func(y float64, s string) {
			from := len(p.Words)
			set(&p, 60, y, 10, s)
			box := layout.Box{Y0: 1e9}
			for i := from; i < len(p.Words); i++ {
				w := &p.Words[i]
				dy := slope * ((w.X0+w.X1)/2 - 300)
				dx := -slope * (y - 400)
				ink := layout.Box{X0: w.X0 + dx, X1: w.X1 + dx, Y0: w.Y0 + dy, Y1: w.Y1 + dy}
				w.Ink, w.Box = &ink, ink
				box.Y0, box.Y1 = min(box.Y0, ink.Y0), max(box.Y1, ink.Y1)
			}
			for i := from; i < len(p.Words); i++ { // as tesseract gives them: with the height of their line
				p.Words[i].Y0, p.Words[i].Y1 = box.Y0, box.Y1
			}
		}
		for k := range 6 {
			y := 100 + 60*float64(k)
			row(y, "The Participants shall consult each other every year and shall report to their own parliaments on what")
			row(y+13, "was done.")
		}
		got := words(layout.Build([]layout.Page{p}))
		if n := strings.Count(got, "on what was done."); n != 6 {
			t.Errorf("slope %v: %d of 6 joined\n%s", slope, n, got)
		}
	}
}
