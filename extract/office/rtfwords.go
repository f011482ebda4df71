package office

import (
	"strconv"
	"unicode/utf16"

	"github.com/openassay/assay/text"
)

// rtfSkip are destinations that are no text.
var rtfSkip = map[string]bool{"colortbl": true, "stylesheet": true, "pict": true, "header": true, "headerl": true, "headerr": true, "headerf": true,
	"footer": true, "footerl": true, "footerr": true, "footerf": true, "object": true, "fldinst": true, "themedata": true, "listtable": true,
	"listoverridetable": true, "rsidtbl": true, "generator": true, "xmlnstbl": true, "datastore": true, "nonshppict": true, "bkmkstart": true,
	"bkmkend": true, "tc": true, "xe": true, "filetbl": true, "ftnsep": true, "ftnsepc": true, "ftncn": true, "aftnsep": true, "aftnsepc": true,
	"aftncn": true, "author": true, "operator": true, "company": true, "subject": true, "keywords": true, "doccomm": true, "manager": true,
	"category": true, "hlinkbase": true, "atnid": true, "atnref": true, "atndate": true, "creatim": true, "revtim": true, "printim": true, "buptim": true}

var rtfSymbols = map[string]string{"line": " ", "tab": " ", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
	"bullet": "•", "emspace": " ", "enspace": " "}

// word does what a control word says.
func (r *rtf) word(word string, n int, has bool) {
	g := r.g()
	if rtfSkip[word] {
		r.open("skip")
		return
	}
	if s, ok := rtfSymbols[word]; ok {
		r.put(s)
		return
	}
	switch word {
	case "u":
		r.unicode(rune(uint16(n)))
	case "uc":
		g.uc = min(max(n, 0), 8)
	case "ansicpg":
		r.page = n
	case "mac":
		r.page = 10000
	case "pc":
		r.page = 437
	case "pca":
		r.page = 850
	case "fonttbl":
		r.open("fonts")
	case "f":
		if g.dest == "fonts" {
			g.fontNow = n
		} else {
			g.font = n
		}
	case "fcharset":
		if g.dest == "fonts" && len(r.fonts) < 10_000 {
			r.fonts[g.fontNow] = n
		}
	case "info":
		r.open("info")
	case "title":
		if g.dest == "info" {
			r.open("title")
		}
	case "listtext", "pntext":
		r.open("list")
	case "revtbl":
		r.open("revisions")
	case "footnote":
		r.beginNote(false)
	case "annotation":
		r.beginNote(true)
	case "atnauthor":
		r.open("author")
	default:
		r.format(word, n, has)
	}
}

func (r *rtf) unicode(c rune) {
	g := r.g()
	r.flushBytes()
	r.skip = g.uc
	switch {
	case utf16.IsSurrogate(c) && r.high == 0:
		r.high = c
		return
	case r.high != 0:
		c, r.high = utf16.DecodeRune(r.high, c), 0
	}
	if g.dest != "skip" {
		r.put(string(c))
	}
}

// beginNote opens a footnote, or a comment.
func (r *rtf) beginNote(comment bool) {
	g := r.g()
	if g.dest != "" || r.note != 0 || len(r.saved) > 0 {
		r.open("skip")
		return
	}
	dest := "comment"
	note := commentNote
	if !comment {
		dest = "note"
		r.doc.notes = append(r.doc.notes, text.Note{Mark: strconv.Itoa(len(r.doc.notes) + 1)})
		note = len(r.doc.notes)
		r.p.runs = append(r.p.runs, run{note: note})
	}
	r.saved = append(r.saved, r.p)
	r.p, r.note = para{}, note
	g.closes, g.bold, g.state = dest, false, kept
}

// format reads what changes letters, paragraphs and tables.
func (r *rtf) format(word string, n int, has bool) {
	g := r.g()
	off := has && n == 0
	switch word {
	case "b":
		g.bold = !off
	case "plain":
		g.bold, g.state = false, kept
	case "revised":
		g.state = inserted
		if off {
			g.state = kept
		}
	case "deleted":
		g.state = deleted
		if off {
			g.state = kept
		}
	case "revauth", "revauthdel":
		g.author = n
	case "outlinelevel":
		if n >= 0 && n < 9 {
			r.p.heading = n + 1
		}
	case "pard":
		r.p.heading = 0
		r.inTable = false
	case "intbl":
		r.inTable = true
	case "par", "sect", "page":
		if g.dest == "" {
			r.par(false)
		}
	case "cell", "nestcell":
		if g.dest == "" {
			r.inTable = true
			r.par(true)
			r.cell++
		}
	case "row", "nestrow":
		r.rows++
		r.cell = 0
	}
}
