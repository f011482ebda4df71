package pdf

import (
	"fmt"
	"io"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"github.com/openassay/assay/paper"
)

// Millimetres of an A4 page.
const (
	pageWide, pageHigh = 210.0, 297.0
	left, top          = 25.0, 24.0
	bottom             = 22.0
	lineWide           = pageWide - 2*left
	step               = 7.0 // one level of indentation
)

// writer sets a document page by page.
type writer struct {
	f       *fpdf.Fpdf
	d       *paper.Document
	n       *paper.Numbers
	words   paper.Words
	links   map[string]int // id of a block, "note:ID", "comment:ID" → link within the file
	lacking int            // characters that the typeface lacks
	runs    int            // ordinal of the next run, as paper.Number counts
	quoted  map[string]string
	level   int     // of the last entry of the outline, from 1
	y       float64 // where the next line begins
}

// Write writes the document. Errors: what paper.Number refuses; a language that the typeface cannot set; a picture that cannot be read;
// what w returns.
func Write(w io.Writer, d *paper.Document) error {
	n, err := paper.Number(d)
	if err != nil {
		return err
	}
	if s := unsettable(d); s != "" {
		return fmt.Errorf("a PDF can be set in Latin, Greek and Cyrillic script only, and much of this text is in %s; take docx or html", s)
	}
	x := &writer{d: d, n: n, words: paper.WordsIn(d.Lang), links: map[string]int{}, quoted: map[string]string{}}
	x.open()
	x.front()
	for i, b := range d.Blocks {
		if err := x.block(b); err != nil {
			return fmt.Errorf("block %d: %w", i+1, err)
		}
	}
	x.back()
	if err := x.f.Error(); err != nil {
		return fmt.Errorf("setting the PDF: %w", err)
	}
	return x.f.Output(w)
}

// open begins the file: faces, metadata, what stands at head and foot of each page.
func (x *writer) open() {
	f := fpdf.New("P", "mm", "A4", "")
	x.f = f
	addFaces(f)
	f.SetCatalogSort(true)
	f.SetMargins(left, top, left)
	f.SetAutoPageBreak(false, bottom)
	f.SetCellMargin(0)
	f.AliasNbPages("{nb}")
	f.SetProducer("Assay", true)
	f.SetCreator("Assay", true)
	f.SetTitle(x.d.Title, true)
	f.SetSubject(x.d.Subtitle, true)
	f.SetAuthor(x.d.Author, true)
	if x.d.Lang != "" && x.d.Lang != "und" {
		f.SetLang(x.d.Lang)
	}
	t, err := time.Parse("2006-01-02", x.d.Date)
	if err != nil {
		t = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	f.SetCreationDate(t)
	f.SetModificationDate(t)
	foot := x.d.Footer
	if foot == "" {
		foot = x.d.Title
	}
	foot = x.settable(foot)
	f.SetFooterFunc(func() {
		f.SetFont(sans, "", 7.5)
		f.SetTextColor(85, 85, 85)
		f.Text(left, pageHigh-12, x.short(foot, lineWide-34))
		of := fmt.Sprintf("%s %d %s {nb}", x.words.Page, f.PageNo(), x.words.Of)
		f.Text(pageWide-left-f.GetStringWidth(strings.Replace(of, "{nb}", "00", 1)), pageHigh-12, of)
		f.SetTextColor(0, 0, 0)
	})
	x.page()
}

// short cuts s so that it is at most w wide in the font that is set.
func (x *writer) short(s string, w float64) string {
	if x.f.GetStringWidth(s) <= w {
		return s
	}
	used := x.f.GetStringWidth("…")
	for i, r := range s {
		if used += x.f.GetStringWidth(string(r)); used > w {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// page begins a page; from the second on, the title stands at its head.
func (x *writer) page() {
	x.f.AddPage()
	x.y = top
	if x.f.PageNo() > 1 && x.d.Title != "" && x.d.Footer != "" {
		x.f.SetFont(sans, "", 7.5)
		x.f.SetTextColor(85, 85, 85)
		x.f.Text(left, 14, x.short(x.settable(x.d.Title), lineWide))
		x.f.SetTextColor(0, 0, 0)
		x.f.SetDrawColor(187, 187, 187)
		x.f.SetLineWidth(0.2)
		x.f.Line(left, 16, pageWide-left, 16)
	}
}

// room begins a page where less than h millimetres are left on this one.
func (x *writer) room(h float64) {
	if x.y+h > pageHigh-bottom && x.y > top {
		x.page()
	}
}

// front sets title, subtitle and what the document says about itself.
func (x *writer) front() {
	if x.d.Title != "" {
		x.flow(paper.T(x.d.Title), form{family: serif, size: 19, lead: 1.25, after: 2}, 0)
	}
	if x.d.Subtitle != "" {
		x.flow(paper.T(x.d.Subtitle), form{family: sans, size: 10, grey: true, lead: 1.35, after: 3}, 0)
	}
	for _, m := range x.d.Meta {
		x.flow([]paper.Run{{Text: m.Name + ": "}, {Text: m.Value, Link: m.Link}}, form{family: sans, size: 8.5, grey: true, lead: 1.35, after: 0.5}, 0)
	}
	if x.y > top {
		x.y += 4
	}
}

// back sets notes and comments, and says how many characters are missing.
func (x *writer) back() {
	if len(x.n.Notes) > 0 {
		x.heading(paper.Heading{Level: 2, Runs: paper.T(x.words.Notes)}, false)
		for i, n := range x.n.Notes {
			x.place("note:" + n.ID)
			x.hanging(fmt.Sprintf("%d", i+1), n.Runs, form{family: serif, size: 8.5, lead: 1.35, after: 1})
		}
	}
	if len(x.n.Comments) > 0 {
		x.heading(paper.Heading{Level: 2, Runs: paper.T(x.words.Comments)}, false)
		for i, c := range x.n.Comments {
			x.comment(i+1, c)
		}
	}
	if x.lacking > 0 {
		x.y += 4
		x.flow(paper.T(strings.Replace(fmt.Sprintf(x.words.Missing, x.lacking), "☐", string(missing), 1)), form{family: sans, size: 8, grey: true, lead: 1.35}, 0)
	}
}

func (x *writer) comment(n int, c paper.Comment) {
	by, date := c.Author, c.Date
	if by == "" {
		by = x.d.Author
	}
	if date == "" {
		date = x.d.Date
	}
	x.room(14)
	x.place("comment:" + c.ID)
	who := strings.Trim(by+" · "+date, " ·")
	x.hanging(fmt.Sprintf("[%d]", n), []paper.Run{{Text: who, Bold: true}, {Text: quote(x.quoted[c.ID])}}, form{family: sans, size: 8.5, lead: 1.35, after: 0.5})
	for _, p := range c.Paras {
		x.hanging("", p, form{family: sans, size: 8.5, lead: 1.35, after: 1})
	}
	x.y += 1
}

func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return ""
	}
	if r := []rune(s); len(r) > 120 {
		s = string(r[:119]) + "…"
	}
	return " “" + s + "”"
}

// place makes the links to an id lead to where the next line will stand.
func (x *writer) place(id string) {
	if id != "" {
		x.f.SetLink(x.link(id), max(x.y-2, 0), x.f.PageNo())
	}
}

// link gives the link within the file for an id.
func (x *writer) link(id string) int {
	if x.links[id] == 0 {
		x.links[id] = x.f.AddLink()
	}
	return x.links[id]
}
