package paper

// Document is a document to be written in any format.
type Document struct {
	Title    string // shown at the top and kept as metadata; "" where the blocks bring their own
	Subtitle string // a line beneath the title: what this is, of when, for whom
	Lang     string // BCP 47 of its words; "und" or "" where not known
	Date     string // ISO date (2026-11-30) that the file says it was made on; "" gives none
	Author   string // of the document, and of changes and comments that name nobody else
	Meta     []Meta // shown beneath the title, in order: Source, Address, …
	Footer   string // beside the page number, on every page
	Blocks   []Block
	Notes    []Note
	Comments []Comment
}

// Meta is one statement about the document. Link makes its value a link.
type Meta struct{ Name, Value, Link string }

// Block is one of [Heading], [Paragraph], [List], [Table], [Figure], [Quote] and [PageBreak].
type Block interface{ block() }

// Heading opens a part. Level 1 is the outermost, 6 the innermost; the title of the document stands above level 1.
type Heading struct {
	Level int
	ID    string // what links name; "" where nothing leads here
	Runs  []Run
}

// Paragraph is running text.
type Paragraph struct {
	ID     string
	Indent int // steps from the margin, 0–8
	Mark   *Mark
	Runs   []Run
}

// List is a list whose items may stand at several levels. Markers are written as given: the numbers of a legal text are part of it.
type List struct{ Items []Item }

// Item is one item of a list.
type Item struct {
	ID     string
	Level  int    // 0 the outermost, at most 8
	Marker string // as written: "(a)", "4.", "•"; "" is a bullet
	Mark   *Mark
	Runs   []Run
}

// Table is a table whose first row, Head, is repeated on every page. Every row has as many cells as the head.
type Table struct {
	ID      string
	Caption string
	Head    []Cell
	Rows    [][]Cell
	Widths  []float64 // share of each column, any unit; nil: equal
	Numeric []bool    // columns set to the right; nil: none
}

// Cell is one cell of a table; its paragraphs are parted by runs with the text "\n".
type Cell struct{ Runs []Run }

// Figure is a picture with what it shows in words.
type Figure struct {
	ID      string
	PNG     []byte
	Alt     string // for whoever does not see it; required
	Caption string
	Width   float64 // share of the line, 0–1; 0 is all of it
}

// Quote is words of another text: a clause of an instrument, a passage of a source.
type Quote struct {
	ID    string
	Label string // where it stands: "Article 4(2), Example Framework"
	Link  string
	Runs  []Run
}

// PageBreak begins a page.
type PageBreak struct{}

func (Heading) block()   {}
func (Paragraph) block() {}
func (List) block()      {}
func (Table) block()     {}
func (Figure) block()    {}
func (Quote) block()     {}
func (PageBreak) block() {}

// Run is a stretch of text in one form. Text "\n" is a line end within the block.
type Run struct {
	Text         string
	Bold, Italic bool
	Link         string // https://… or #ID of a block
	Change       Change
	By           string // who made the change; "" is the document's author
	Note         string // id of the footnote whose number stands behind the run
	Comments     []string
}

// Change says what a redline does to a run.
type Change byte

// What a redline does to a run.
const (
	Kept Change = iota
	Inserted
	Deleted
)

// Form of a mark at the margin, the same as on the pages: solid for what binds, dashed for effort, dotted for intention and permission,
// hollow for aspiration.
type Form string

// Forms of marks.
const (
	Solid  Form = "solid"
	Dashed Form = "dashed"
	Dotted Form = "dotted"
	Hollow Form = "hollow"
)

// Mark is a mark at the margin of a block, with the word that it stands for.
type Mark struct {
	Form Form
	Word string
}

// Note is a footnote.
type Note struct {
	ID   string
	Runs []Run
}

// Comment is a remark held by the runs that name it.
type Comment struct {
	ID     string
	Author string // as shown; "" is the document's author
	Date   string // ISO date; "" is the document's
	Paras  [][]Run
}

// T is one plain run.
func T(s string) []Run { return []Run{{Text: s}} }

// B is one bold run.
func B(s string) []Run { return []Run{{Text: s, Bold: true}} }

// C is a cell of plain text.
func C(s string) Cell { return Cell{Runs: T(s)} }
