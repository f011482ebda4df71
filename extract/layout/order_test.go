package layout_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/openassay/assay/extract/layout"
)

// A word in capitals that a line end cuts is one word where the text has it elsewhere.
func TestCapitalsAtLineEnds(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	lines(&p, 50, 100, 10, "BANK OF UPPER SYLVANIA, FOR RECON-", "STRUCTION OF ALL LANDS")
	lines(&p, 50, 300, 10, "Its task is the reconstruction of the north.")
	if got := words(layout.Build([]layout.Page{p})); !strings.HasPrefix(got, "BANK OF UPPER SYLVANIA, FOR RECONSTRUCTION OF ALL LANDS") {
		t.Errorf("%s", got)
	}
}

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

// lines sets lines under each other, as a cell or a box that a program writes in one go.
func lines(p *layout.Page, x, y, size float64, ls ...string) {
	for i, l := range ls {
		set(p, x, y+1.2*size*float64(i), size, l)
	}
}

func TestCellsOfSeveralLinesStayTogether(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	lines(&p, 50, 60, 10, "The Parties list what they have agreed on each of the minerals")
	lines(&p, 50, 100, 10, "Mineral")
	lines(&p, 150, 100, 10, "What is to be", "done")
	lines(&p, 350, 100, 10, "By")
	lines(&p, 50, 160, 10, "Lithium") // stands beside the middle of two rows
	lines(&p, 150, 140, 10, "Publish the re-", "serves of each salt", "flat")
	lines(&p, 350, 140, 10, "the Survey of", "Sylvania")
	lines(&p, 150, 180, 10, "Train")
	lines(&p, 350, 180, 10, "Freedonia")
	lines(&p, 50, 210, 10, "Nickel")
	lines(&p, 150, 210, 10, "Report on exports,", "each year")
	lines(&p, 350, 210, 10, "both")
	lines(&p, 50, 270, 10, "Nothing else has been agreed between the Parties on this day")
	want := "The Parties list what they have agreed on each of the minerals\nMineral | What is to be done | By\n" +
		"Lithium | Publish the reserves of each salt flat | the Survey of Sylvania\nTrain | Freedonia\nNickel | Report on exports, each year | both\n" +
		"Nothing else has been agreed between the Parties on this day"
	if got := words(layout.Build([]layout.Page{p})); got != want {
		t.Errorf("%s\n\nwant\n%s", got, want)
	}
}

// A table in which the file gives line by line what stands side by side is read by line: nothing tells which words make a cell.
func TestCellsThatTheFileDoesNotKeepTogether(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	for i, r := range [][2]string{{"Lithium", "Publish"}, {"carbonate", "reserves"}, {"Nickel", "Report"}, {"matte", "exports"}} {
		set(&p, 50, 100+12*float64(i), 10, r[0])
		set(&p, 300, 100+12*float64(i), 10, r[1])
	}
	if got, want := words(layout.Build([]layout.Page{p})), "Lithium | Publish\ncarbonate | reserves\nNickel | Report\nmatte | exports"; got != want {
		t.Errorf("%s", got)
	}
}

// The lines of a caption beside a text do not fall between its lines, wherever the file gives it; the text beside it is one paragraph,
// also where its lines become longer beneath.
func TestBoxBesideAText(t *testing.T) {
	for name, at := range map[string]int{"given first": 0, "given last": 1} {
		p := layout.Page{Number: 1, Width: 600, Height: 800}
		box := func() { lines(&p, 400, 133, 8, "The salt flat", "of Port Town,", "seen from", "the north") }
		if at == 0 {
			box()
		}
		lines(&p, 50, 60, 10, "Sylvania opened its first brine works in the north of the country in its second year.")
		lines(&p, 50, 120, 10, "The works at Port Town were built by a company of", "Freedonia, which lent the money and took brine in",
			"return for it during ten years, until the parliament", "of Sylvania asked for the price at which it was sold",
			"and learned that none had ever been agreed between the company and the ministry that had signed", "for it.")
		if at == 1 {
			box()
		}
		want := "Sylvania opened its first brine works in the north of the country in its second year.\n" +
			"The salt flat of Port Town, seen from the north\n" +
			"The works at Port Town were built by a company of Freedonia, which lent the money and took brine in return for it during ten years, " +
			"until the parliament of Sylvania asked for the price at which it was sold and learned that none had ever been agreed between the " +
			"company and the ministry that had signed for it."
		if got := words(layout.Build([]layout.Page{p})); got != want {
			t.Errorf("%s: %s\n\nwant\n%s", name, got, want)
		}
	}
}

// Blocks that stand side by side are read one after the other, the left one first.
func TestBlocksSideBySide(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	lines(&p, 50, 60, 10, "Notices under this Agreement shall be sent to the following addresses of the Parties:")
	lines(&p, 320, 100, 10, "For Sylvania:", "Ministry of Mines", "Salt Street 4", "Port Town")
	lines(&p, 50, 100, 10, "For Freedonia:", "Geological Survey", "Old Square 12", "Freedom City", "Attention: Director")
	want := "For Freedonia:\nGeological Survey\nOld Square 12\nFreedom City\nAttention: Director\nFor Sylvania:\nMinistry of Mines\nSalt Street 4\nPort Town"
	got := words(layout.Build([]layout.Page{p}))
	if got = strings.ReplaceAll(got, " ", "\n"); !strings.HasSuffix(got, strings.ReplaceAll(want, " ", "\n")) {
		t.Errorf("%s", got)
	}
}

// The head of a page of four columns is read before the first, though the first stands beside it and not under it.
func TestHeadOverFourColumns(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	set(&p, 190, 40, 16, "GAZETTE OF SYLVANIA")
	want := "GAZETTE OF SYLVANIA"
	for c := range 4 {
		for i := range 8 {
			words := fmt.Sprintf("column%d line%d of the gazette", c, i)
			set(&p, 30+140*float64(c), 80+10*float64(i), 8, words)
			want += " " + words
		}
	}
	if got := strings.Join(strings.Fields(words(layout.Build([]layout.Page{p}))), " "); got != want {
		t.Errorf("%s", got)
	}
}

func TestWideBlanksOfAJustifiedLineAreNoCells(t *testing.T) {
	p := layout.Page{Number: 1, Width: 600, Height: 800}
	set(&p, 50, 100, 10, "The Association of the owners of brine works") // 44 letters and blanks
	end := p.Words[len(p.Words)-1].X1
	set(&p, 50, 112, 10, "and the")
	set(&p, 140, 112, 10, "ASSOCIATION")
	p.Words = append(p.Words, layout.Word{Text: "OF", Box: layout.Box{X0: end - 10, Y0: 112, X1: end, Y1: 122}})
	set(&p, 50, 124, 10, "MINERS sign it.")
	if got, want := words(layout.Build([]layout.Page{p})), "The Association of the owners of brine works and the ASSOCIATION OF MINERS sign it."; got != want {
		t.Errorf("%s", got)
	}
}
