// Package office reads the documents of word processors: DOCX, ODT and RTF, into paragraphs with their numbers as printed, tables,
// notes, tracked changes and comments. Pure.
//
// Start with [Docx], [Odt] or [Rtf]. Templates, pictures, embedded objects, macros and whatever a file refers to elsewhere are not
// opened; that a file has macros or refers elsewhere is said in a warning. Page headers and footers are left out.
package office

import (
	"fmt"
	"strings"

	"github.com/openassay/assay/text"
)

// state says which readings a run of words belongs to.
type state byte

const (
	kept state = iota
	inserted
	deleted
)

// run is a stretch of words in one paragraph.
type run struct {
	words   string
	bold    bool
	state   state
	change  int // 1 + index of the change that it belongs to; 0 for none
	note    int // 1 + index of a note that is referred to here
	comment int // 1 + index of a comment that begins here
}

// para is a paragraph as the file has it, before one of the readings is taken.
type para struct {
	runs    []run
	heading int // outline level from 1; 0 for none
	title   bool
	num     string // number or bullet as the file itself gives it; "" where list counts
	list    string // id of the list that counts this paragraph; "" for none
	level   int    // in the list, from 0
	mark    state  // of the paragraph's end: joined with the next where it is not in a reading
	markOf  int    // change of the end
	row     int    // 1 + number of the table row it stands in; 0 outside tables
	cell    int
	note    int // 1 + index of the note whose words these are
}

// document is what a file holds, whatever its format.
type document struct {
	format   string
	title    string
	date     string
	meta     []text.Meta
	paras    []para
	notes    []text.Note
	changes  []text.Change
	comments []text.Comment
	warnings []string
	number   func() func(list string, level int) string // begins a count; nil where the file gives its numbers
}

// sources gives the readings of a document: one, or three where changes are tracked.
func (d *document) sources() []*text.Source {
	if len(d.changes) == 0 {
		return []*text.Source{d.source("", kept)}
	}
	return []*text.Source{d.source(text.Accepted, deleted), d.source(text.Rejected, inserted), d.source(text.MarkedUp, kept)}
}

// source is the document without the words in state drop; kept drops none.
func (d *document) source(variant string, drop state) *text.Source {
	s := &text.Source{Format: d.format, Title: d.title, Date: d.date, Meta: d.meta, Variant: variant, Warnings: d.warnings,
		Notes: append([]text.Note(nil), d.notes...), Comments: append([]text.Comment(nil), d.comments...)}
	if variant == text.MarkedUp {
		s.Changes = append([]text.Change(nil), d.changes...)
	}
	w := &writer{doc: d, drop: drop, marked: variant == text.MarkedUp, out: s}
	if d.number != nil {
		w.number = d.number()
	}
	for i := range d.paras {
		if d.paras[i].note == 0 {
			w.add(&d.paras[i])
		}
	}
	w.flushRow()
	w.flush()
	gone := d.goneNotes(drop)
	for i := range d.paras {
		if d.paras[i].note > 0 && !gone[d.paras[i].note] {
			w.addNote(&d.paras[i])
		}
	}
	w.flush()
	return s
}

// goneNotes are the notes that nothing in a reading refers to, because what did was deleted or is not yet inserted.
func (d *document) goneNotes(drop state) map[int]bool {
	gone := map[int]bool{}
	for i := range d.paras {
		for _, r := range d.paras[i].runs {
			if r.note > 0 {
				gone[r.note] = drop != kept && r.state == drop
			}
		}
	}
	return gone
}

// writer makes blocks of one reading.
type writer struct {
	doc    *document
	drop   state
	marked bool
	number func(list string, level int) string
	out    *text.Source

	open    text.Block
	has     bool // a block is open
	joined  bool // the end of the last paragraph is not in this reading: the next goes on with it
	plain   bool // something stands outside bold
	row     []*para
	noted   int // note whose words were written last
	item    bool
	lastRow int // of a table that was written on one line
}

func (w *writer) add(p *para) {
	if p.row > 0 {
		if len(w.row) > 0 && w.row[0].row != p.row {
			w.flushRow()
		}
		if w.has && !w.joined {
			w.flush()
		}
		w.row = append(w.row, p)
		return
	}
	w.flushRow()
	w.paragraph(p)
}

// paragraph writes a paragraph outside tables, or of a cell with several.
func (w *writer) paragraph(p *para) {
	switch {
	case !w.joined:
		w.flush()
		w.begin(p)
	case strings.TrimSpace(w.open.Text) == "": // nothing is left of the paragraphs before: it is this one, with its rank and number
		anchors := w.open.Anchors
		w.begin(p)
		for _, a := range anchors {
			a.At = len(w.open.Text)
			w.open.Anchors = append(w.open.Anchors, a)
		}
	}
	w.runs(p.runs)
	w.joined = p.mark != kept && p.mark == w.drop
	if w.marked && p.markOf > 0 && w.has { // the end itself is a change, without words of its own
		w.joined = false
	}
}

func (w *writer) begin(p *para) {
	w.has, w.plain = true, false
	w.open = text.Block{}
	num := p.num
	if p.list != "" && w.number != nil && w.visible(p) {
		num = w.number(p.list, p.level)
	}
	switch {
	case p.title:
		w.open.Kind = text.CoverBlock
	case p.heading > 0:
		w.open.Kind, w.open.Level = text.HeadingBlock, p.heading
	case p.list != "" || p.num != "":
		w.open.Kind, w.open.Level = text.Paragraph, 0
	}
	w.item = num != ""
	if num != "" {
		w.open.Text = num + " "
	}
	w.open.Bold = -len(w.open.Text) // until the first words outside bold
}

// visible says whether anything of a paragraph is in this reading.
func (w *writer) visible(p *para) bool {
	for _, r := range p.runs {
		if (r.state == kept || r.state != w.drop) && strings.TrimSpace(r.words) != "" {
			return true
		}
	}
	return false
}

func (w *writer) runs(rs []run) {
	b := &w.open
	for _, r := range rs {
		if r.state != kept && r.state == w.drop {
			continue
		}
		at := len(b.Text)
		if r.note > 0 {
			b.Anchors = append(b.Anchors, text.Anchor{At: at, Kind: text.NoteAnchor, Index: r.note - 1})
		}
		if r.comment > 0 {
			b.Anchors = append(b.Anchors, text.Anchor{At: at, Kind: text.CommentAnchor, Index: r.comment - 1})
		}
		if r.words == "" {
			continue
		}
		change := w.marked && r.change > 0
		if change && !w.opened(r.change-1) {
			b.Anchors = append(b.Anchors, text.Anchor{At: at, Kind: text.ChangeAnchor, Index: r.change - 1})
		}
		b.Text += r.words
		if change {
			b.Anchors = append(b.Anchors, text.Anchor{At: len(b.Text), Kind: text.ChangeEndAnchor, Index: r.change - 1})
		}
		if !r.bold && strings.TrimSpace(r.words) != "" {
			if !w.plain {
				b.Bold = at
				if w.bare(b.Text[:at]) {
					b.Bold = 0
				}
			}
			w.plain = true
		}
	}
}

// opened says whether a change has begun before; a change may run over several paragraphs.
func (w *writer) opened(i int) bool {
	c := &w.out.Changes[i]
	was := c.Start < 0
	c.Start = -1
	return was
}

func (w *writer) bare(s string) bool {
	return strings.TrimSpace(s) == "" || w.item && !strings.Contains(strings.TrimSpace(s), " ")
}

const (
	headingMax = 250
	boldLevel  = 7 // as for the other formats
)

func (w *writer) flush() {
	if !w.has {
		return
	}
	b := w.open
	w.has, w.joined, w.open = false, false, text.Block{}
	if !w.plain { // all bold, or empty
		if b.Bold = 0; b.Kind == text.Paragraph && b.Note == 0 && strings.TrimSpace(b.Text) != "" && len(b.Text) <= headingMax {
			b.Kind, b.Level = text.HeadingBlock, boldLevel
		}
	}
	b.Bold = max(b.Bold, 0)
	w.out.Blocks = append(w.out.Blocks, b)
}

// flushRow writes the open row of a table: on one line, its cells with " | " between, where no cell has several paragraphs; else
// one cell after the other.
func (w *writer) flushRow() {
	row := w.row
	w.row = nil
	if len(row) == 0 {
		return
	}
	cells, several, words := 0, false, 0
	for i, p := range row {
		if i == 0 || p.cell != row[i-1].cell {
			cells, words = cells+1, 0
		}
		if w.visible(p) {
			if words++; words > 1 {
				several = true
			}
		}
	}
	if several || cells == 1 {
		for _, p := range row {
			w.paragraph(p)
		}
		w.flush()
		return
	}
	w.flush()
	w.has, w.plain, w.open = true, true, text.Block{Tight: w.rowBefore(row[0].row)}
	for i, p := range row {
		if i > 0 && p.cell != row[i-1].cell {
			w.open.Text += " | "
		}
		if p.list != "" && w.number != nil && w.visible(p) {
			if n := w.number(p.list, p.level); n != "" {
				w.open.Text += n + " "
			}
		} else if p.num != "" {
			w.open.Text += p.num + " "
		}
		w.runs(p.runs)
	}
	w.open.Text = strings.TrimRight(w.open.Text, "| ")
	w.flush()
	w.lastRow = row[0].row
}

func (w *writer) rowBefore(row int) bool { return w.lastRow == row-1 && w.lastRow > 0 }

// addNote writes a paragraph of a note behind the text.
func (w *writer) addNote(p *para) {
	if p.note == w.noted && w.has {
		w.open.Text += " "
	} else {
		w.flush()
		w.has, w.plain = true, true
		w.open = text.Block{Text: "[" + w.doc.notes[p.note-1].Mark + "] ", Note: p.note, Tight: w.noted > 0}
	}
	w.runs(p.runs)
	w.noted = p.note
}

// addf notes something that was not read.
func (d *document) addf(format string, args ...any) {
	d.warnings = append(d.warnings, fmt.Sprintf(format, args...))
}
