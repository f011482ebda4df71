// Package markup reads marked-up texts: Akoma Ntoso 3.0 (and what descends from it), Formex, and pages in HTML, of which it keeps the
// main content. Pure.
//
// Start with [AkomaNtoso], [Formex] or [MainContent]. The words are given as printed: a number or heading that the markup holds is written
// where it stands, none is made up. Document types are refused, entities of their own do not exist, and nothing is fetched.
package markup

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"github.com/openassay/assay/text"
)

// role is what an element is to the text.
type role byte

const (
	inline  role = iota // words within a paragraph
	skip                // no text
	block               // a paragraph
	group               // holds others, and may have a number and a heading
	number              // the number of the group around it
	heading             // the name of the group around it
	cover               // the title of the whole
	note                // a footnote
	row
	cell
	newline
)

// scheme is how the elements of one format are read.
type scheme struct {
	format string
	role   func(name string, up []string) role
	attr   func(x *reader, name string, t xml.StartElement) // what elements say about the whole, and words that stand in attributes

	provision func(x *reader, name string, t xml.StartElement) *text.Given // what an element is as a provision; nil for what is none, and for formats that mark none
	eid       func(t xml.StartElement) string
}

// maxDepth is how deep elements may nest.
const maxDepth = 400

type reader struct {
	s       scheme
	src     *text.Source
	path    []string
	roles   []role
	cur     strings.Builder
	anchors []text.Anchor
	kind    text.BlockKind
	num     string // that waits for the words it stands before
	tight   bool
	noted   int // 1 + index of the open note
	saved   []saved
	notes   []text.Block
	cells   int
	inRow   int

	given tree
}

// saved is a paragraph that a note interrupts.
type saved struct {
	words   string
	anchors []text.Anchor
	kind    text.BlockKind
	num     string
}

// read reads XML by a scheme.
func read(b []byte, s scheme) (*text.Source, error) {
	x := &reader{s: s, src: &text.Source{Format: s.format}}
	d := xml.NewDecoder(bytes.NewReader(b))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // decoded already
	fail := func(msg, hint string) error {
		line, _ := d.InputPos()
		return &text.Error{Code: text.CodeInvalid, Line: line, Message: msg, Hint: hint}
	}
	for {
		tok, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fail("not well-formed XML: "+strings.TrimPrefix(err.Error(), "XML syntax error on "), "mend the XML, or give the text as HTML or plain text")
		}
		switch t := tok.(type) {
		case xml.Directive:
			return nil, fail("a document type declaration, which is refused", "take the <!DOCTYPE …> and its entities out")
		case xml.StartElement:
			if len(x.path) == maxDepth {
				return nil, fail(fmt.Sprintf("elements nest more than %d deep", maxDepth), "flatten the XML")
			}
			x.start(t)
		case xml.EndElement:
			if len(x.path) == 0 || x.path[len(x.path)-1] != t.Name.Local {
				return nil, fail(fmt.Sprintf("</%.40s> closes nothing that is open", t.Name.Local), "mend the XML")
			}
			x.end()
		case xml.CharData:
			if !x.skipping() {
				x.cur.Write(t)
			}
		}
	}
	if len(x.path) > 0 {
		return nil, fail(fmt.Sprintf("<%.40s> is not closed; the file may be cut off", x.path[len(x.path)-1]), "get the whole file")
	}
	x.flush()
	x.src.Blocks = append(x.src.Blocks, x.notes...)
	x.src.Provisions, x.src.Aliases = x.given.all, x.given.aliases
	return x.src, nil
}

func (x *reader) skipping() bool {
	for _, r := range x.roles {
		if r == skip {
			return true
		}
	}
	return false
}

func (x *reader) start(t xml.StartElement) {
	name := t.Name.Local
	r := x.s.role(name, x.path)
	if x.s.attr != nil {
		x.s.attr(x, name, t)
	}
	if n := len(x.roles); n > 0 && x.roles[n-1] == skip {
		r = skip
	}
	x.path, x.roles = append(x.path, name), append(x.roles, r)
	defer x.open(name, t, r)
	switch r {
	case block, group, number, heading, cover:
		if x.inRow > 0 {
			x.cur.WriteByte(' ')
			break
		}
		x.flush()
	case row:
		x.flush()
		x.inRow, x.cells = x.inRow+1, 0
	case cell:
		if x.cells++; x.cells > 1 {
			x.cur.WriteString(" | ")
		}
	case newline:
		x.cur.WriteByte(' ')
	case note:
		if x.noted == 0 {
			x.begin(attr(t, "marker"))
		}
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}

// begin opens a note and puts the paragraph around it aside.
func (x *reader) begin(mark string) {
	if mark == "" || len(mark) > 8 {
		mark = strconv.Itoa(len(x.src.Notes) + 1)
	}
	x.src.Notes = append(x.src.Notes, text.Note{Mark: mark})
	x.noted = len(x.src.Notes)
	x.anchors = append(x.anchors, text.Anchor{At: x.cur.Len(), Kind: text.NoteAnchor, Index: x.noted - 1})
	x.saved = append(x.saved, saved{x.cur.String(), x.anchors, x.kind, x.num})
	x.cur.Reset()
	x.anchors, x.num = nil, ""
}

func (x *reader) end() {
	n := len(x.path) - 1
	name, r := x.path[n], x.roles[n]
	x.path, x.roles = x.path[:n], x.roles[:n]
	defer x.given.end()
	if x.inRow > 0 && r != row && r != note {
		return
	}
	switch r {
	case block, group:
		x.flush()
		if x.num != "" && x.given.waits() { // a number with no words behind it is no number of what comes next
			x.cur.WriteString(x.num)
			x.num = ""
			x.flush()
		}
	case cover:
		x.kind = text.CoverBlock
		x.flush()
	case number:
		x.number(name)
	case heading:
		x.heading()
	case row:
		x.inRow--
		s := strings.TrimRight(strings.TrimSpace(x.cur.String()), "| ")
		x.cur.Reset()
		x.cur.WriteString(s)
		x.tight = true
		x.flush()
	case note:
		x.endNote()
	}
}

// number takes the number of a group: a line of its own where it has a word ("Article 4"), else what stands before the words.
func (x *reader) number(string) {
	s := squeeze(x.cur.String())
	x.given.number(s, x.num)
	if letters := strings.IndexFunc(s, unicode.IsSpace); letters >= 3 && strings.IndexFunc(s[:letters], unicode.IsLetter) >= 0 {
		x.kind = text.NumberBlock
		x.flush()
		return
	}
	x.cur.Reset()
	if s != "" {
		x.num = strings.TrimSpace(x.num + " " + s)
	}
}

func (x *reader) heading() {
	x.given.heading(squeeze(x.cur.String()))
	x.kind = text.HeadingBlock
	if n := len(x.src.Blocks); n > 0 && x.src.Blocks[n-1].Kind == text.NumberBlock && x.num == "" {
		x.kind, x.tight = text.NameBlock, true
	}
	x.flush()
}

func (x *reader) endNote() {
	if x.noted == 0 || len(x.saved) == 0 {
		return
	}
	words := squeeze(x.cur.String())
	x.cur.Reset()
	if words != "" {
		x.notes = append(x.notes, text.Block{Text: "[" + x.src.Notes[x.noted-1].Mark + "] " + words, Note: x.noted, Tight: len(x.notes) > 0})
	}
	s := x.saved[len(x.saved)-1]
	x.saved = x.saved[:len(x.saved)-1]
	x.cur.WriteString(s.words)
	x.anchors, x.kind, x.num = s.anchors, s.kind, s.num
	x.noted = 0
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// flush writes the open paragraph.
func (x *reader) flush() {
	if x.noted > 0 {
		x.cur.WriteByte(' ')
		return
	}
	s := x.cur.String()
	if strings.TrimSpace(s) == "" {
		if x.kind == text.HeadingBlock && x.num != "" {
			x.kind = text.Paragraph
		}
		x.cur.Reset()
		return
	}
	b := text.Block{Text: s, Kind: x.kind, Tight: x.tight, Anchors: x.anchors}
	if x.num != "" {
		lead := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
		shift := len(x.num) + 1 - lead
		b.Text = x.num + " " + s[lead:]
		for i := range b.Anchors {
			b.Anchors[i].At = max(b.Anchors[i].At+shift, 0)
		}
	}
	x.given.place(&b)
	if b.Kind == text.HeadingBlock {
		b.Level = min(max(len(x.path)-3, 1), 8)
	}
	x.src.Blocks = append(x.src.Blocks, b)
	x.cur.Reset()
	x.anchors, x.kind, x.num, x.tight = nil, text.Paragraph, "", false
}
