package redaction

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openassay/assay/edition"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// Block stands for a character that is withheld.
const Block = '█'

// Redacted is a text without its withheld passages.
type Redacted struct {
	Text     string // the canonical text with a block for each character that is withheld, and behind each passage its number and ground
	Kept     string // the same with a blank for each passage: the words that are not withheld, and nothing of ours
	Language string
	Withheld []Withheld
}

// Withheld is what may be said of a passage that is withheld.
type Withheld struct {
	Number  int      `json:"number"` // from 1, in the order of the text
	Grounds []string `json:"grounds"`
	Length  int      `json:"length"`         // characters
	Page    int      `json:"page,omitempty"` // of the original, on which it begins; 0 where it has none
}

// Ground is the name of its grounds, in English.
func (w Withheld) Ground() string { return GroundNames(w.Grounds) }

// GroundNames are the names of grounds.
func GroundNames(codes []string) string {
	var out []string
	for _, c := range codes {
		out = append(out, registry.Code("withholding_ground", c).Label)
	}
	return strings.Join(out, "; ")
}

// Make makes the redacted text of a reading. spans are as [Resolve] gives them.
func Make(r *text.Reading, spans []Span) *Redacted {
	out := &Redacted{Language: r.Language}
	var b, kept strings.Builder
	at := 0
	for i, s := range spans {
		b.WriteString(r.Text[at:s.Start])
		kept.WriteString(r.Text[at:s.Start] + " ")
		w := Withheld{Number: i + 1, Grounds: s.Grounds, Length: utf8.RuneCountInString(r.Text[s.Start:s.End])}
		if p := r.PageAt(s.Start); p >= 0 && p < len(r.Pages) {
			w.Page = r.Pages[p].Number
		}
		out.Withheld = append(out.Withheld, w)
		words := r.Text[s.Start:s.End]
		ends := len(words) - len(strings.TrimRight(words, "\n"))
		for _, c := range words[:len(words)-ends] {
			if c == '\n' {
				b.WriteRune(c)
			} else {
				b.WriteRune(Block)
			}
		}
		b.WriteString(Mark(w) + words[len(words)-ends:])
		at = s.End
	}
	b.WriteString(r.Text[at:])
	kept.WriteString(r.Text[at:])
	out.Text, out.Kept = b.String(), kept.String()
	return out
}

// Mark is what stands behind a passage that is withheld.
func Mark(w Withheld) string { return fmt.Sprintf("[%d: %s]", w.Number, w.Ground()) }

// Words of ours in what is written, in English as the names of the grounds are.
const (
	subtitle = "Redacted text"
	ListHead = "Passages withheld" // over the list of them
)

// Plain is the redacted text as a file, with the list of what is withheld.
func (d *Redacted) Plain() string {
	var b strings.Builder
	b.WriteString(strings.TrimRight(d.Text, "\n") + "\n\n" + ListHead + "\n")
	for _, w := range d.Withheld {
		fmt.Fprintf(&b, "[%d] %s\n", w.Number, w.Says())
	}
	return b.String()
}

// Says is a line on it for a list: ground, length, page.
func (w Withheld) Says() string {
	s := fmt.Sprintf("%s, %d characters", w.Ground(), w.Length)
	if w.Page > 0 {
		s += fmt.Sprintf(", page %d", w.Page)
	}
	return s
}

// Paper is the redacted text as a document. Title, headings and places are read from the redacted text, so that nothing of the original can
// come along.
func (d *Redacted) Paper(date string) (*paper.Document, error) {
	r, err := text.Read("redacted.txt", []byte(d.Text))
	if err != nil {
		return nil, err
	}
	out := edition.Paper(r, edition.Options{Date: date, Footer: subtitle})
	out.Lang, out.Subtitle, out.Author = d.Language, subtitle, ""
	t := paper.Table{Caption: ListHead, Head: []paper.Cell{paper.C("Number"), paper.C("Ground"), paper.C("Characters"), paper.C("Page")}, Widths: []float64{1, 5, 1.4, 1}, Numeric: []bool{true, false, true, true}}
	for _, w := range d.Withheld {
		page := ""
		if w.Page > 0 {
			page = fmt.Sprint(w.Page)
		}
		t.Rows = append(t.Rows, []paper.Cell{paper.C(fmt.Sprint(w.Number)), paper.C(w.Ground()), paper.C(fmt.Sprint(w.Length)), paper.C(page)})
	}
	out.Blocks = append(out.Blocks, t)
	return out, nil
}

// Furniture are the words of ours that stand in every redacted document on these grounds.
func (d *Redacted) Furniture() string {
	all := []string{subtitle, ListHead, "Number Ground characters Page of continued", "This page is withheld as a whole it cannot be read is an image whose words were recognised by a program which may have misread some words of its text are not those that it shows a passage could not be placed on it seen where they the place of a passage on it is not known"}
	for _, w := range d.Withheld {
		if g := w.Ground(); !slices.Contains(all, g) {
			all = append(all, g)
		}
	}
	return strings.Join(all, "\n")
}

// Empty is a document with words of ours alone: what its writer adds to every document is no leak.
func Empty() *paper.Document {
	return &paper.Document{Title: subtitle, Subtitle: subtitle, Footer: subtitle, Lang: "en", Date: "2000-01-01", Blocks: []paper.Block{
		paper.Heading{Level: 1, ID: "art_1", Runs: paper.T(ListHead)}, paper.Paragraph{ID: "art_1__para_1", Runs: paper.T(ListHead)}, paper.List{Items: []paper.Item{{ID: "art_1__para_1__point_a", Marker: "(a)", Runs: paper.T(ListHead)}}},
		paper.Table{Caption: ListHead, Head: []paper.Cell{paper.C("Number")}, Rows: [][]paper.Cell{{paper.C("1")}}, Numeric: []bool{true}},
	}}
}
