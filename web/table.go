package web

import (
	"html/template"
)

// table is rows under heads that sort them. On a narrow screen each row becomes a card.
type table struct {
	Caption string
	Heads   []head
	Rows    []row
}

// head is the head of a column.
type head struct {
	Label   string
	Href    string // sorts by the column; "" where it cannot be sorted by
	Sorted  string // ascending or descending; "" where the table is not sorted by it
	Numeric bool
}

type row struct {
	Cells  []cell
	Sample bool
}

// cell is a value in a table: as a page shows it, as CSV writes it, and by what it sorts.
type cell struct {
	HTML    template.HTML
	Text    string
	Sort    string
	Label   string // the column's head, for cards
	Numeric bool
}
