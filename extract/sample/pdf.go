package sample

import (
	"bytes"
	"fmt"
	"strings"
)

// Line is a line of a page, placed in points from the bottom left corner.
type Line struct {
	X, Y, Size float64
	Words      string // of Latin 1
}

// PDF is a document with a text layer, set in Helvetica on A4.
func PDF(pages ...[]Line) []byte {
	var contents []string
	for _, ls := range pages {
		var b strings.Builder
		for _, l := range ls {
			w := strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(l.Words)
			fmt.Fprintf(&b, "BT /F1 %g Tf %g %g Td (%s) Tj ET\n", l.Size, l.X, l.Y, w)
		}
		contents = append(contents, b.String())
	}
	return RawPDF("", contents...)
}

// RawPDF is a document whose pages have these content streams.
func RawPDF(resources string, contents ...string) []byte {
	var objects []string
	add := func(s string) int { objects = append(objects, s); return len(objects) }
	add("<< /Type /Catalog /Pages 2 0 R >>")
	add("") // pages
	add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	var kids []string
	for _, c := range contents {
		s := add(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(c), c))
		kids = append(kids, fmt.Sprintf("%d 0 R", add(fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> %s >> /Contents %d 0 R >>", resources, s))))
	}
	objects[1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " "))
	return Objects("", objects...)
}

// Objects is a PDF of these objects, of which the first is the catalogue; trailer is added to its trailer.
func Objects(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, n := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", n)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, start)
	return b.Bytes()
}

// Memorandum is a memorandum of three pages with running head, page numbers, a word cut at a line end and a footnote.
func Memorandum() []byte {
	page := func(n int, body ...string) []Line {
		ls := []Line{{60, 810, 9, "Memorandum between Freedonia and Sylvania"}, {290, 30, 9, fmt.Sprint(n)}}
		for i, w := range body {
			ls = append(ls, Line{60, 740 - 14*float64(i), 11, w})
		}
		return ls
	}
	one := page(1, "MEMORANDUM BETWEEN FREEDONIA AND SYLVANIA ON LITHIUM", "", "The Parties have agreed as follows:", "", "Article 1", "",
		"The Parties shall refrain from any export restriction on lithium, nickel and cobalt which is not no-", "tified to the other Party at least sixty days before it takes effect.")
	one = append(one, Line{60, 590, 11, "2. The Parties shall exchange data"}, Line{232, 594, 6, "1"}, Line{238, 590, 11, "each year."},
		Line{60, 80, 6, "1"}, Line{65, 77, 8, "Data on brine and on hard rock."})
	return PDF(one,
		page(2, "Article 2", "", "Sylvania shall pay for the laboratory, and Freedonia shall provide the land on which it is built."),
		page(3, "Article 3", "", "This Memorandum creates no legal obligations.", "", "Done at Port Town on 1 May 2026 in two originals."))
}
