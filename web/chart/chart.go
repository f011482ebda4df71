// Package chart draws the registry's charts as SVG, on the server: a page, a brief, an e-mail and a static mirror show the same picture.
//
// Start with one of the structs ([Bars], [Share], [Timeline], [Matrix], [Columns], [Map], [Ladder], [Network],
// [Lanes], [Multiples]); each is a [Chart]: it has an SVG and the same
// figures as a [Table], which a page prints beside the picture.
//
// Charts are pure: the same data gives the same bytes. They contain no words of their own; labels, formatted numbers and what to say of
// empty data are handed in, in the reader's language. Colours come from the page (currentColor, chart.css); form tells apart what colour
// does: unknown is hatched, imprecise dates are ranges. Where a chart has no viewBox it grows with the page while its letters keep
// their size, so it can be read at 360 pixels.
//
// The land silhouette and the anchor points are made from Natural Earth (public domain) by the command gen. The map shows no borders and an
// anchor says nothing about the status of a place.
package chart

import (
	_ "embed"
	"html"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// CSS is the style sheet that the charts' classes need.
//
//go:embed chart.css
var CSS string

// Chart is a picture and its table.
type Chart interface {
	SVG() string  // a complete <svg> element, well-formed XML; an image, or a group where it has links
	Table() Table // the same figures
}

// Table is what a chart shows, as rows. Every row has as many cells as there are columns.
type Table struct {
	Columns []string
	Rows    []Row
}

// Row is a line of a table.
type Row struct {
	Cells []string
	Href  string // address that the first cell leads to; "" for none
}

// Head is what every chart has.
type Head struct {
	ID      string   // unique on the page: letters, digits and hyphens
	Title   string   // what the chart shows, in a sentence
	Desc    string   // definition, unit and scope, for readers who do not see the picture
	Empty   string   // what to say where there are no data
	Columns []string // names of the table's columns
}

// MaxItems is how many bars, events, rows or points a chart draws at most; tables hold all.
const MaxItems = 60

// svg writes elements with their attributes escaped.
type svg struct{ strings.Builder }

// open writes a start tag; attributes are name, value, name, value.
func (s *svg) open(name string, attrs ...string) { s.tag(name, attrs); s.WriteString(">") }

// leaf writes an empty element.
func (s *svg) leaf(name string, attrs ...string) { s.tag(name, attrs); s.WriteString("/>") }

func (s *svg) shut(name string) { s.WriteString("</" + name + ">") }

func (s *svg) tag(name string, attrs []string) {
	s.WriteString("<" + name)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			s.WriteString(" " + attrs[i] + `="` + clean(attrs[i+1]) + `"`)
		}
	}
}

// text writes a text element.
func (s *svg) text(words, class string, attrs ...string) {
	s.open("text", append([]string{"class", class, "fill", "currentColor"}, attrs...)...)
	s.WriteString(clean(words))
	s.shut("text")
}

// tip writes the tool tip of the element it stands in.
func (s *svg) tip(words string) {
	if words != "" {
		s.WriteString("<title>" + clean(words) + "</title>")
	}
}

// link begins a link; label names it where it holds no words.
func (s *svg) link(href string, label ...string) {
	if href != "" {
		s.open("a", append([]string{"href", href}, label...)...)
	}
}

// done ends the picture. A picture with links is a group for those who do not see it, for nothing inside an image can be reached.
func (s *svg) done() string {
	s.shut("svg")
	if out := s.String(); strings.Contains(out, "<a ") {
		return strings.Replace(out, ` role="img"`, ` role="group"`, 1)
	}
	return s.String()
}

func (s *svg) unlink(href string) {
	if href != "" {
		s.shut("a")
	}
}

// clean escapes, and drops what XML does not allow.
func clean(words string) string {
	words = strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			return ' '
		case r < 0x20 || r == 0xFFFE || r == 0xFFFF || (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069):
			return -1
		}
		return r
	}, strings.ToValidUTF8(words, "�"))
	return html.EscapeString(words)
}

// begin opens the svg element. width or view is set: a chart of height h as wide as its place, or one that scales.
func (h *Head) begin(class, width, height, view string) *svg {
	s := new(svg)
	id := h.id()
	s.open("svg", "xmlns", "http://www.w3.org/2000/svg", "class", "chart "+class, "role", "img", "width", width, "height", height,
		"viewBox", view, "aria-labelledby", id+"-t "+id+"-d", "font-family", "system-ui, sans-serif", "font-size", "13")
	s.WriteString(`<title id="` + id + `-t">` + clean(h.Title) + `</title><desc id="` + id + `-d">` + clean(h.Desc) + `</desc>`)
	return s
}

// nothing is a chart that says that there are no data.
func (h *Head) nothing(class string) string {
	s := h.begin(class+" chart-empty", "100%", "28", "")
	s.text(h.Empty, "chart-note", "x", "0", "y", "18")
	return s.done()
}

func (h *Head) id() string {
	id := strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '-'
	}, h.ID)
	if id == "" {
		return "chart"
	}
	return id
}

// num writes a number as SVG takes it, to a tenth; what is no number is nought.
func num(x float64) string {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		x = 0
	}
	return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64)
}

func percent(x float64) string { return num(x*100) + "%" }

// finite is x where it is a number that a bar can show, else nought.
func finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
		return 0
	}
	return x
}

// cut shortens words to n characters.
func cut(words string, n int) string {
	if utf8.RuneCountInString(words) <= n {
		return words
	}
	r := []rune(words)
	return strings.TrimRight(string(r[:n-1]), " ,–-") + "…"
}

func tableOf(columns []string, rows []Row) Table {
	n := len(columns)
	for i := range rows {
		for len(rows[i].Cells) < n {
			rows[i].Cells = append(rows[i].Cells, "")
		}
		rows[i].Cells = rows[i].Cells[:n]
	}
	return Table{columns, rows}
}
