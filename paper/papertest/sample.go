// Package papertest holds a document with everything that a writer must keep. All words, parties and figures in it are invented.
package papertest

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"

	"github.com/openassay/assay/paper"
)

// Sample is an invented draft for invented parties, in English words with some of other languages.
func Sample() *paper.Document {
	var rows [][]paper.Cell
	for i := 0; i < 40; i++ {
		rows = append(rows, []paper.Cell{
			{Runs: []paper.Run{{Text: "Article " + string(rune('A'+i%26)), Bold: true}}},
			{Runs: []paper.Run{{Text: "Bordolia would share the line from the pit to the port, and says what it charges. " + strings.Repeat("It also keeps an account of what is moved. ", i%4)}, {Text: "\nSee the annex.", Link: "#annex"}}},
			paper.C("1,234.50"),
		})
	}
	return &paper.Document{
		Title:    "Draft framework between Bordolia and Kestria on copper & “battery” minerals",
		Subtitle: "Sample: invented parties and words",
		Lang:     "en", Date: "2026-11-23", Author: "Registry of Samples",
		Meta:   []paper.Meta{{Name: "Source", Value: "example.org/draft-3", Link: "https://example.org/draft-3?a=1&b=2"}, {Name: "Read on", Value: "23 November 2026"}},
		Footer: "Sample · example.org/draft-3 · as of 23 November 2026",
		Blocks: []paper.Block{
			paper.Heading{Level: 1, ID: "chp_1", Runs: paper.T("Chapter I – Aims")},
			paper.Heading{Level: 2, ID: "art_1", Runs: paper.T("Article 1 – Shared lines")},
			paper.Paragraph{ID: "art_1__para_1", Mark: &paper.Mark{Form: paper.Solid, Word: "obligation"}, Runs: []paper.Run{
				{Text: "1. Each Party "}, {Text: "shall", Change: paper.Deleted}, {Text: "may", Change: paper.Inserted, Comments: []string{"c1"}}, {Text: " open its lines to others", Note: "n1"},
				{Text: ", à Genève, São Tomé, Łódź, Αθήνα and Москва, for at least 25 % of what they can carry & “fairly”: "}, {Text: "in both directions", Italic: true}, {Text: " and "}, {Text: "at once", Bold: true}, {Text: ", as "}, {Text: "Article 2", Link: "#art_2"}, {Text: " says."}}},
			paper.Paragraph{Runs: []paper.Run{{Text: "A sentence that is new as a whole.", Change: paper.Inserted}}},
			paper.Paragraph{Runs: []paper.Run{{Text: "A sentence that goes as a whole, because the other side asked for it in the fourth round and nobody minded.", Change: paper.Deleted}}},
			paper.Paragraph{Mark: &paper.Mark{Form: paper.Dashed, Word: "effort"}, Runs: paper.T("2. The Parties endeavour to publish what they agree. " + strings.Repeat("They meet in each other's ports once a year to look at the accounts of the line. ", 4))},
			paper.List{Items: []paper.Item{
				{ID: "art_1__point_a", Marker: "(a)", Mark: &paper.Mark{Form: paper.Dotted, Word: "intention"}, Runs: paper.T("the mines that are open, with a sentence that is long enough to need a second line on a page of this size, and a third on a telephone;")},
				{Level: 1, Marker: "(i)", Runs: paper.T("those in the north, and")}, {Level: 1, Marker: "(ii)", Runs: paper.T("those in the south;")},
				{Marker: "(b)", Mark: &paper.Mark{Form: paper.Hollow, Word: "aspiration"}, Runs: []paper.Run{{Text: "those that are not", Comments: []string{"c2"}}, {Text: " yet.", Comments: []string{"c2"}}}}, {Runs: paper.T("a bullet")},
			}},
			paper.Heading{Level: 2, ID: "art_2", Runs: []paper.Run{{Text: "Article 2 – Figures"}}},
			paper.Quote{ID: "q1", Label: "Article 9(2), Example Framework", Link: "https://example.org/9", Runs: paper.T("Neither side asks of the other what it does not give. " + strings.Repeat("This holds for lines, ports and power. ", 3))},
			paper.Table{ID: "t1", Caption: "What is shared, by article", Head: []paper.Cell{paper.C("Article"), paper.C("What is said of it"), paper.C("Tonnes")}, Widths: []float64{1, 5, 1.3}, Numeric: []bool{false, false, true}, Rows: rows},
			paper.Figure{ID: "f1", PNG: Picture(), Alt: "A rising line from 2020 to 2026", Caption: "Figure 1. Tonnes moved, invented", Width: 0.6},
			paper.PageBreak{},
			paper.Heading{Level: 1, ID: "annex", Runs: paper.T("Annex")},
			paper.Paragraph{Indent: 1, Runs: []paper.Run{{Text: "Seulsunmottrèslongquinetientpassuruneligneparcequilestaussilongquuneadressedetroislignesseulsunmottrèslongquinetientpas", Note: "n2"}, {Text: " 铜 (one character that a typeface may lack)."}}},
		},
		Notes: []paper.Note{{ID: "n1", Runs: []paper.Run{{Text: "As the "}, {Text: "ports law", Link: "https://example.org/ports"}, {Text: " has it."}}}, {ID: "n2", Runs: paper.T("A second note.")}},
		Comments: []paper.Comment{
			{ID: "c1", Author: "Ministry of Mines", Date: "2026-11-20", Paras: [][]paper.Run{{{Text: "Weaker than "}, {Text: "before", Bold: true}, {Text: ": see the "}, {Text: "clause", Link: "https://example.org/clause"}}, paper.T("A second paragraph & more.")}},
			{ID: "c2", Paras: [][]paper.Run{paper.T("Which mines?")}},
		},
	}
}

// Picture is a small PNG with a line that rises.
func Picture() []byte {
	m := image.NewRGBA(image.Rect(0, 0, 240, 120))
	for y := 0; y < 120; y++ {
		for px := 0; px < 240; px++ {
			c := color.RGBA{245, 245, 240, 255}
			if d := y - (110 - px*100/240); d >= -1 && d <= 1 {
				c = color.RGBA{30, 30, 30, 255}
			}
			m.Set(px, y, c)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		panic(err)
	}
	return b.Bytes()
}
