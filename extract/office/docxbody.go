package office

import (
	"strconv"
	"strings"

	"github.com/openassay/assay/text"
)

// docxBody reads the paragraphs of one part of a document.
type docxBody struct {
	x      *docx
	prefix byte // f or e in a part of notes; 0 in the text
	note   int  // that is open, in a part of notes
	open   []para
	rows   int
	bold   bool
	styleB bool // the paragraph's style is bold
	ins    []change
	fields []bool // open fields; true where the code, which is not shown, is over
	skip   int    // within what is given a second time, or is no text
	inText bool
	inPPr  bool
	inRPr  bool
	inTrPr bool
	tables []table
}

type change struct {
	state state
	index int // 1 + index in changes
}

type table struct{ row, cell int }

// docxSkip are elements whose content is not shown, or shown a second time.
var docxSkip = map[string]bool{"Fallback": true, "instrText": true, "delInstrText": true, "rubyPr": true, "pPrChange": true, "rPrChange": true,
	"sectPrChange": true, "tblPrChange": true, "trPrChange": true, "tcPrChange": true, "sdtPr": true, "numberingChange": true}

// read reads the text, or with a prefix a part of notes.
func (x *docx) read(file string, b []byte, prefix byte) error {
	d := &docxBody{x: x, prefix: prefix}
	if err := walk(file, b, d.start, d.end, d.data); err != nil {
		return err
	}
	return nil
}

// p is the paragraph that is open; nil outside.
func (d *docxBody) p() *para {
	if len(d.open) == 0 {
		return nil
	}
	return &d.open[len(d.open)-1]
}

func (d *docxBody) start(name string, attr func(string) string) {
	if d.skip > 0 || docxSkip[name] {
		d.skip++
		return
	}
	switch name {
	case "footnote", "endnote":
		d.note = d.x.notes[string(d.prefix)+attr("id")]
	case "tbl":
		d.tables = append(d.tables, table{})
	case "tr":
		if n := len(d.tables); n > 0 {
			d.rows++
			d.tables[n-1] = table{row: d.rows}
		}
	case "tc":
		if n := len(d.tables); n > 0 {
			d.tables[n-1].cell++
		}
	case "trPr":
		d.inTrPr = true
	case "p":
		p := para{note: d.note}
		if n := len(d.tables); n > 0 {
			p.row, p.cell = d.tables[n-1].row, d.tables[n-1].cell
		}
		d.open = append(d.open, p)
		d.styleB = false
	case "pPr":
		d.inPPr = true
	case "rPr":
		d.inRPr = true
	case "ins", "moveTo", "del", "moveFrom":
		d.change(name, attr)
	case "r":
		d.bold = d.styleB
	case "t", "delText":
		d.inText = true
	default:
		d.inline(name, attr)
	}
}

// change opens a tracked change: of runs, of a paragraph's end or of a row.
func (d *docxBody) change(name string, attr func(string) string) {
	st := inserted
	if name == "del" || name == "moveFrom" {
		st = deleted
	}
	c := change{st, d.x.changeOf(st, attr("author"), attr("date"))}
	switch p := d.p(); {
	case d.inTrPr: // the words of the row are marked too
	case d.inPPr && d.inRPr && p != nil:
		p.mark, p.markOf = st, c.index
	}
	d.ins = append(d.ins, c)
}

// changeOf notes a change; text joins those that follow each other.
func (x *docx) changeOf(st state, by, date string) int {
	kind := "inserted"
	if st == deleted {
		kind = "deleted"
	}
	x.doc.changes = append(x.doc.changes, text.Change{Kind: kind, By: by, Date: date})
	return len(x.doc.changes)
}

func (d *docxBody) end(name string) {
	if d.skip > 0 {
		d.skip--
		return
	}
	switch name {
	case "footnote", "endnote":
		d.note = 0
	case "tbl":
		d.tables = d.tables[:max(len(d.tables)-1, 0)]
	case "trPr":
		d.inTrPr = false
	case "p":
		if n := len(d.open); n > 0 {
			p := d.open[n-1]
			d.open = d.open[:n-1]
			if d.prefix == 0 || p.note > 0 {
				d.x.doc.paras = append(d.x.doc.paras, p)
			}
		}
	case "pPr":
		d.inPPr = false
	case "rPr":
		d.inRPr = false
	case "ins", "moveTo", "del", "moveFrom":
		d.ins = d.ins[:max(len(d.ins)-1, 0)]
	case "t", "delText":
		d.inText = false
	}
}

func (d *docxBody) data(s string) {
	if d.inText && d.skip == 0 && !d.inCode() {
		d.put(run{words: s})
	}
}

// put adds a run to the open paragraph, in the change that is open.
func (d *docxBody) put(r run) {
	p := d.p()
	if p == nil {
		return
	}
	r.bold = d.bold
	for _, c := range d.ins {
		r.state, r.change = c.state, c.index // the innermost: what was inserted and then deleted is deleted
	}
	p.runs = append(p.runs, r)
}

// inline reads what stands within paragraphs and their properties.
func (d *docxBody) inline(name string, attr func(string) string) {
	p := d.p()
	if p == nil {
		return
	}
	switch name {
	case "pStyle":
		s := d.x.style(attr("val"))
		p.heading, p.title, d.styleB = s.heading, s.title, s.bold
		p.list, p.level = s.list, s.level
	case "outlineLvl":
		if n, err := strconv.Atoi(attr("val")); err == nil && n < 9 {
			p.heading = n + 1
		}
	case "numId":
		if d.inPPr {
			if p.list = attr("val"); p.list == "0" {
				p.list = ""
			}
		}
	case "ilvl":
		if d.inPPr {
			p.level, _ = strconv.Atoi(attr("val"))
		}
	case "b":
		if d.inRPr && !d.inPPr {
			d.bold = on(attr("val"))
		}
	case "tab", "ptab":
		if !d.inPPr {
			d.put(run{words: " "})
		}
	case "br", "cr":
		d.put(run{words: " "})
	case "noBreakHyphen":
		d.put(run{words: "-"})
	case "sym":
		if n, err := strconv.ParseUint(attr("char"), 16, 32); err == nil && n < 0xe000 {
			d.put(run{words: string(rune(n))})
		}
	case "fldChar":
		d.fieldChar(attr("fldCharType"))
	case "footnoteReference":
		d.reference("f" + attr("id"))
	case "endnoteReference":
		d.reference("e" + attr("id"))
	case "commentRangeStart":
		d.comment(attr("id"))
	case "commentReference":
		d.comment(attr("id")) // where the range has no beginning
	}
}

// fieldChar follows a field: its code is not shown, its result is.
func (d *docxBody) fieldChar(kind string) {
	n := len(d.fields)
	switch {
	case kind == "begin" && n < maxDepth:
		d.fields = append(d.fields, false)
	case kind == "separate" && n > 0:
		d.fields[n-1] = true
	case kind == "end" && n > 0:
		d.fields = d.fields[:n-1]
	}
}

func (d *docxBody) inCode() bool {
	for _, over := range d.fields {
		if !over {
			return true
		}
	}
	return false
}

func (d *docxBody) reference(id string) {
	if d.prefix != 0 || d.x.notes[id] > 0 {
		return
	}
	n := 1
	for k := range d.x.notes {
		if strings.HasPrefix(k, id[:1]) {
			n++
		}
	}
	mark := strconv.Itoa(n)
	if id[0] == 'e' {
		mark = romanLow(n)
	}
	d.x.doc.notes = append(d.x.doc.notes, text.Note{Mark: mark})
	d.x.notes[id] = len(d.x.doc.notes)
	d.put(run{note: len(d.x.doc.notes)})
}

func (d *docxBody) comment(id string) {
	if k := d.x.comments[id]; k > 0 {
		d.put(run{comment: k})
		delete(d.x.comments, id)
	}
}
