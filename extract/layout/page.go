// Package layout turns words with their places on pages into paragraphs in the order in which people read them: columns one
// after the other, what runs along the top and bottom of pages dropped, footnotes apart, lines joined. Pure.
//
// Start with [Build]. It does not know where the words come from, a text layer or the recognition of an image, and does not read
// legal structure: that is package text's.
package layout

// Box is a place on a page, in points from the top left corner.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Sorted gives the box with its corners in order.
func (b Box) Sorted() Box {
	return Box{min(b.X0, b.X1), min(b.Y0, b.Y1), max(b.X0, b.X1), max(b.Y0, b.Y1)}
}

// Union is the smallest box around both.
func (b Box) Union(c Box) Box {
	return Box{min(b.X0, c.X0), min(b.Y0, c.Y0), max(b.X1, c.X1), max(b.Y1, c.Y1)}
}

// H is its height.
func (b Box) H() float64 { return b.Y1 - b.Y0 }

// W is its width.
func (b Box) W() float64 { return b.X1 - b.X0 }

// Word is a run of characters without blank.
type Word struct {
	Text string
	Box
	Bold       bool
	Glued      bool    // no blank stands before it, as before the raised mark of a note
	Tilted     bool    // not written along the lines of the page, as a stamp at the margin
	Confidence float64 // 0–1, where it was recognised in an image
	Ink        *Box    `json:",omitempty"` // of a word that was recognised in an image: its own letters; Box has the height of its line
}

// Page is a page as it comes, in the order of the file.
type Page struct {
	Number        int // 1-based
	Width, Height float64
	Label         string // by the document's own numbering
	Words         []Word
	Objects       int  // what is drawn on it, text or not
	Cut           int  // words that were left out, because they stand beside the part of the page that is shown
	Unseen        int  // words that are there and not drawn, as beneath the image of a scanned page
	Broken        bool // it could not be loaded
	Unplaced      bool // its words may be drawn elsewhere than they are said to stand
	OCR           bool // its words were recognised in its image
}

// Letters is how many bytes of words the page has.
func (p *Page) Letters() int {
	n := 0
	for i := range p.Words {
		n += len(p.Words[i].Text)
	}
	return n
}

// line is a row of words of one column. A table's row is one line with several cells.
type line struct {
	Box
	page  int // index
	words []Word
	text  string
	size  float64 // height of most of its words
	bold  bool    // all of it
	cells int     // 1, or the cells of a row of a table

	first, last int     // its words in the order of the file
	row         *row    // of a table, whose cells have several lines
	cell        place   // in the row
	boxed       bool    // stands in a box beside the text
	table       []*line // a whole table stands as one line while columns are looked for

	col    Box     // the column it stands in
	marks  []raise // marks of notes that stand raised in it
	region int     // counts columns and full-width parts through the document
	dots   bool    // leaders lead to a page number
}

// raise is the mark of a note, raised behind byte at of a line's text.
type raise struct {
	at   int
	mark string
}
