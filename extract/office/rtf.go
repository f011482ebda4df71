package office

import (
	"bytes"
	"strconv"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"github.com/openassay/assay/text"
)

// maxGroups is how deep groups may nest.
const maxGroups = 400

// Rtf reads rich text. Numbers of lists are taken as the file prints them.
func Rtf(b []byte) ([]*text.Source, error) {
	r := &rtf{b: b, doc: &document{format: "rtf"}, page: 1252, fonts: map[int]int{}, authors: nil}
	r.groups = []rtfGroup{{uc: 1}}
	if err := r.read(); err != nil {
		return nil, err
	}
	r.par(false)
	return r.doc.sources(), nil
}

// rtfGroup is what a group inherits from the one around it.
type rtfGroup struct {
	dest    string // "" for the text; skip, list, note, annotation, author, info, title, fonts, revisions
	bold    bool
	uc      int // bytes that stand behind \u for those who cannot read it
	font    int
	state   state
	author  int
	fontNow int    // in the table of fonts
	opened  bool   // the group is a destination, and ends it
	closes  string // note or comment: what ends with the group
}

type rtf struct {
	b       []byte
	i       int
	doc     *document
	groups  []rtfGroup
	page    int         // code page of the whole
	fonts   map[int]int // character set by font
	authors []string
	skip    int    // bytes still to be left out behind \u
	pending []byte // bytes of the code page, not yet decoded
	high    rune   // first half of a surrogate pair
	p       para
	note    int
	saved   []para // paragraphs around notes and comments
	inTable bool
	rows    int
	cell    int
	nextBy  string          // author of the comment that comes next
	scratch strings.Builder // of titles, names of authors, list numbers
}

func (r *rtf) g() *rtfGroup { return &r.groups[len(r.groups)-1] }

func (r *rtf) read() error {
	for r.i < len(r.b) {
		switch c := r.b[r.i]; c {
		case '{':
			r.flushBytes()
			if len(r.groups) == maxGroups {
				return &text.Error{Code: text.CodeInvalid, Message: "groups nest more than 400 deep", Hint: "open it in its program and save it again"}
			}
			g := *r.g()
			g.opened, g.closes = false, ""
			if g.dest == "revisions" {
				g.dest, g.opened = "revision", true
				r.scratch.Reset()
			}
			r.groups = append(r.groups, g)
			r.i++
		case '}':
			r.flushBytes()
			r.close()
			r.i++
			if len(r.groups) == 0 { // the end of the document
				r.groups = []rtfGroup{{uc: 1}}
				return nil
			}
		case '\\':
			r.control()
		case '\r', '\n', 0:
			r.i++
		default:
			r.i++
			r.byte(c)
		}
	}
	r.flushBytes()
	if len(r.groups) > 1 {
		return &text.Error{Code: text.CodeInvalid, Message: "it is cut off", Hint: "get the whole file again"}
	}
	return nil
}

// byte takes a byte of text.
func (r *rtf) byte(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	if r.g().dest == "skip" {
		return
	}
	r.pending = append(r.pending, c)
}

// flushBytes decodes the bytes that wait.
func (r *rtf) flushBytes() {
	if len(r.pending) == 0 {
		return
	}
	b := r.pending
	r.pending = r.pending[:0]
	ascii := true
	for _, c := range b {
		ascii = ascii && c < 0x80
	}
	if ascii {
		r.put(string(b))
		return
	}
	page := r.page
	if set, ok := r.fonts[r.g().font]; ok && charsets[set] != 0 {
		page = charsets[set]
	}
	out, err := codePage(page).NewDecoder().Bytes(b)
	if err != nil {
		out = bytes.ToValidUTF8(b, []byte("\ufffd"))
	}
	r.put(string(out))
}

// charsets are code pages by the character set of a font.
var charsets = map[int]int{0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250}

func codePage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 874:
		return charmap.Windows874
	case 932:
		return japanese.ShiftJIS
	case 936:
		return simplifiedchinese.GBK
	case 949:
		return korean.EUCKR
	case 950:
		return traditionalchinese.Big5
	case 1250:
		return charmap.Windows1250
	case 1251:
		return charmap.Windows1251
	case 1253:
		return charmap.Windows1253
	case 1254:
		return charmap.Windows1254
	case 1255:
		return charmap.Windows1255
	case 1256:
		return charmap.Windows1256
	case 1257:
		return charmap.Windows1257
	case 1258:
		return charmap.Windows1258
	case 10000:
		return charmap.Macintosh
	}
	return charmap.Windows1252
}

// put adds words where the open group says.
func (r *rtf) put(s string) {
	g := r.g()
	switch g.dest {
	case "":
		rn := run{words: s, bold: g.bold, state: g.state}
		if g.state != kept {
			rn.change = r.changeOf(g)
		}
		r.p.runs = append(r.p.runs, rn)
	case "skip":
	default:
		if r.scratch.Len() < 1<<16 {
			r.scratch.WriteString(s)
		}
	}
}

// changeOf gives the change that goes on, or a new one.
func (r *rtf) changeOf(g *rtfGroup) int {
	kind := "inserted"
	if g.state == deleted {
		kind = "deleted"
	}
	by := ""
	if g.author >= 0 && g.author < len(r.authors) {
		by = r.authors[g.author]
	}
	if n := len(r.p.runs); n > 0 && r.p.runs[n-1].change > 0 && r.p.runs[n-1].state == g.state && r.doc.changes[r.p.runs[n-1].change-1].By == by {
		return r.p.runs[n-1].change
	}
	r.doc.changes = append(r.doc.changes, text.Change{Kind: kind, By: by})
	return len(r.doc.changes)
}

// par ends the open paragraph.
func (r *rtf) par(cell bool) {
	r.flushBytes()
	if r.inTable && r.note == 0 {
		r.p.row, r.p.cell = r.rows+1, r.cell+1
	}
	r.p.note = r.note
	words := false
	for _, x := range r.p.runs {
		words = words || strings.TrimSpace(x.words) != "" || x.note > 0
	}
	if words || cell {
		r.doc.paras = append(r.doc.paras, r.p)
	}
	r.p = para{heading: r.p.heading}
}

// close ends a group.
func (r *rtf) close() {
	g := *r.g()
	r.groups = r.groups[:len(r.groups)-1]
	if g.closes != "" {
		r.endNote(g.closes)
		return
	}
	if !g.opened {
		return
	}
	s := strings.TrimSpace(r.scratch.String())
	switch g.dest {
	case "title":
		r.doc.title = s
	case "list":
		r.p.num = strings.Join(strings.Fields(s), " ")
		if r.p.num == "·" || r.p.num == "o" || r.p.num == "§" || r.p.num == "" && s != "" {
			r.p.num = "•"
		}
	case "author":
		if n := len(r.doc.comments); n > 0 && r.doc.comments[n-1].By == "" {
			r.doc.comments[n-1].By = s
		} else {
			r.nextBy = s
		}
	case "revision":
		r.authors = append(r.authors, strings.TrimSuffix(s, ";"))
	}
	r.scratch.Reset()
}

// endNote ends a footnote or comment, and goes on with the paragraph around it.
func (r *rtf) endNote(what string) {
	r.par(false)
	r.note = 0
	if n := len(r.saved); n > 0 {
		r.p = r.saved[n-1]
		r.saved = r.saved[:n-1]
	}
	if what == "comment" {
		r.takeComment()
	}
}

// takeComment makes a comment of the paragraphs that were just read as a note.
func (r *rtf) takeComment() {
	i := len(r.doc.paras)
	var b strings.Builder
	for i > 0 && r.doc.paras[i-1].note == commentNote {
		i--
	}
	for _, p := range r.doc.paras[i:] {
		for _, x := range p.runs {
			b.WriteString(x.words)
		}
		b.WriteByte(' ')
	}
	r.doc.paras = r.doc.paras[:i]
	r.doc.comments = append(r.doc.comments, text.Comment{By: r.nextBy, Text: strings.TrimSpace(b.String())})
	r.nextBy = ""
	r.p.runs = append(r.p.runs, run{comment: len(r.doc.comments)})
}

const commentNote = -1

// control reads a control word or symbol.
func (r *rtf) control() {
	r.i++
	if r.i >= len(r.b) {
		return
	}
	c := r.b[r.i]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.i++
		r.symbol(c)
		return
	}
	from := r.i
	for r.i < len(r.b) && r.i-from < 40 && r.b[r.i]|0x20 >= 'a' && r.b[r.i]|0x20 <= 'z' {
		r.i++
	}
	word := string(r.b[from:r.i])
	from = r.i
	if r.i < len(r.b) && r.b[r.i] == '-' {
		r.i++
	}
	for r.i < len(r.b) && r.i-from < 12 && r.b[r.i] >= '0' && r.b[r.i] <= '9' {
		r.i++
	}
	n, err := strconv.Atoi(string(r.b[from:r.i]))
	has := err == nil
	if r.i < len(r.b) && r.b[r.i] == ' ' {
		r.i++
	}
	if word == "bin" {
		r.i += min(max(n, 0), len(r.b)-r.i)
		return
	}
	if word != "u" {
		r.flushBytes()
		r.skip = 0
	}
	r.word(word, n, has)
}

func (r *rtf) symbol(c byte) {
	switch c {
	case '\'':
		if r.i+2 <= len(r.b) {
			if n, err := strconv.ParseUint(string(r.b[r.i:r.i+2]), 16, 8); err == nil {
				r.i += 2
				r.byte(byte(n))
			}
		}
		return
	case '*': // what follows may be left out by those who do not know it
		r.flushBytes()
		rest := r.b[r.i:min(len(r.b), r.i+40)]
		for _, known := range []string{`\annotation`, `\atnauthor`, `\revtbl`, `\atnid`} {
			if bytes.HasPrefix(bytes.TrimLeft(rest, "\r\n "), []byte(known)) {
				return
			}
		}
		r.open("skip")
		return
	}
	r.flushBytes()
	switch c {
	case '~':
		r.put(" ")
	case '_':
		r.put("-")
	case '\\', '{', '}':
		r.byte(c)
	case '\n', '\r':
		r.par(false)
	}
}

// open makes the open group a destination.
func (r *rtf) open(dest string) {
	g := r.g()
	if g.dest == "skip" {
		return
	}
	g.dest, g.opened = dest, true
	r.scratch.Reset()
}
