package office

import (
	"strconv"
	"strings"

	"github.com/openassay/assay/extract/pack"
	"github.com/openassay/assay/text"
)

// Odt reads an OpenDocument text. Tracked changes give three readings, as for [Docx].
func Odt(a *pack.Archive) ([]*text.Source, error) {
	body, err := a.Read("content.xml")
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, &text.Error{Code: text.CodeInvalid, Message: "an OpenDocument without its main part (content.xml)", Hint: "open it in its program and save it again"}
	}
	if m, _ := a.Read("META-INF/manifest.xml"); strings.Contains(string(m), "encryption-data") {
		return nil, &text.Error{Code: text.CodeUnreadable, Message: "it is encrypted with a password", Hint: "open it with the password and save it without one"}
	}
	x := &odt{doc: &document{format: "odt"}, bold: map[string]bool{}, lists: map[string][]odtLevel{}, changes: map[string]int{}, removed: map[string][]gone{}}
	if styles, err := a.Read("styles.xml"); err != nil {
		return nil, err
	} else if styles != nil {
		if err := walk("styles.xml", styles, x.style, func(string) {}, func(string) {}); err != nil {
			return nil, err
		}
	}
	if err := walk("content.xml", body, x.start, x.end, x.data); err != nil {
		return nil, err
	}
	for _, n := range a.Names() {
		if strings.HasPrefix(n, "Basic/") || strings.HasPrefix(n, "Scripts/") {
			x.doc.addf("the file holds macros; they were not run")
			break
		}
	}
	return x.doc.sources(), nil
}

// odtLevel is how one level of a list counts.
type odtLevel struct {
	format, prefix, suffix string
	shown, start           int
	bullet                 bool
}

// odtList is a list that is open.
type odtList struct {
	style string
	n     [10]int
}

// gone is a paragraph of what was deleted, or the part of it that was.
type gone struct {
	words   string
	heading int // outline level from 1; 0 for none
}

type odt struct {
	doc     *document
	bold    map[string]bool       // by style name
	lists   map[string][]odtLevel // by style name
	inStyle string
	inList  string // list style that is being read

	open    []*para
	spans   []bool // bold of each open span
	list    []*odtList
	last    *odtList // that was closed
	fresh   []bool   // of each open item: nothing of it was written
	tables  []table
	rows    int
	skip    int
	note    int // that is open
	comment int // that is open
	at      string

	changes map[string]int    // by id, 1 + index
	region  string            // of the tracked changes that is being read
	removed map[string][]gone // paragraphs of each deletion, by id
	ins     []int             // insertions that are open
}

// style reads what styles say: bold letters, and how lists count.
func (x *odt) style(name string, attr func(string) string) {
	switch name {
	case "style":
		x.inStyle = attr("name")
	case "text-properties":
		if attr("font-weight") == "bold" && x.inStyle != "" {
			x.bold[x.inStyle] = true
		}
	case "list-style", "outline-style":
		x.inList = attr("name")
	case "list-level-style-number", "list-level-style-bullet", "outline-level-style":
		n, _ := strconv.Atoi(attr("level"))
		if n < 1 || n > 10 || x.inList == "" {
			return
		}
		ls := x.lists[x.inList]
		for len(ls) < n {
			ls = append(ls, odtLevel{})
		}
		l := odtLevel{format: attr("num-format"), prefix: attr("num-prefix"), suffix: attr("num-suffix"), shown: 1, start: 1, bullet: name == "list-level-style-bullet"}
		if k, err := strconv.Atoi(attr("display-levels")); err == nil {
			l.shown = k
		}
		if k, err := strconv.Atoi(attr("start-value")); err == nil {
			l.start = k
		}
		ls[n-1] = l
		x.lists[x.inList] = ls
	}
}

func (x *odt) p() *para {
	if len(x.open) == 0 {
		return nil
	}
	return x.open[len(x.open)-1]
}

func (x *odt) start(name string, attr func(string) string) {
	x.at = name
	if x.skip > 0 {
		x.skip++
		return
	}
	switch name {
	case "style", "text-properties", "list-style", "outline-style", "list-level-style-number", "list-level-style-bullet", "outline-level-style":
		x.style(name, attr)
	case "table-of-content", "object", "object-ole", "script", "forms", "ruby-text", "sequence-decls", "user-field-decls", "variable-decls":
		x.skip = 1
	case "changed-region":
		x.region = attr("id")
	case "insertion", "deletion":
		if x.region != "" {
			kind := "inserted"
			if name == "deletion" {
				kind = "deleted"
			}
			x.doc.changes = append(x.doc.changes, text.Change{Kind: kind})
			x.changes[x.region] = len(x.doc.changes)
		}
	case "change-start":
		x.ins = append(x.ins, x.changes[attr("change-id")])
	case "change-end":
		x.ins = x.ins[:max(len(x.ins)-1, 0)]
	case "change":
		if p, id := x.p(), attr("change-id"); p != nil {
			x.putBack(p, x.removed[id], x.changes[id])
		}
	case "list":
		style := attr("style-name")
		if style == "" && len(x.list) > 0 {
			style = x.list[len(x.list)-1].style
		}
		x.beginList(style, attr("continue-numbering") == "true")
	case "list-item", "list-header":
		x.fresh = append(x.fresh, name == "list-item")
	case "table":
		x.tables = append(x.tables, table{})
	case "table-row":
		if n := len(x.tables); n > 0 {
			x.rows++
			x.tables[n-1] = table{row: x.rows}
		}
	case "table-cell", "covered-table-cell":
		if n := len(x.tables); n > 0 {
			x.tables[n-1].cell++
		}
	case "note":
		if x.p() != nil && x.note == 0 {
			x.doc.notes = append(x.doc.notes, text.Note{})
			x.note = len(x.doc.notes)
			x.put(run{note: x.note})
		}
	case "annotation":
		if x.p() != nil {
			x.doc.comments = append(x.doc.comments, text.Comment{})
			x.comment = len(x.doc.comments)
			x.put(run{comment: x.comment})
		}
	case "p", "h":
		x.paragraph(name, attr)
	case "span":
		x.spans = append(x.spans, x.bolded() || x.bold[attr("style-name")])
	case "s":
		n, _ := strconv.Atoi(attr("c"))
		x.put(run{words: strings.Repeat(" ", min(max(n, 1), 20))})
	case "tab", "line-break":
		x.put(run{words: " "})
	}
}

func (x *odt) bolded() bool { return len(x.spans) > 0 && x.spans[len(x.spans)-1] }

func (x *odt) paragraph(name string, attr func(string) string) {
	p := &para{note: x.note}
	if x.comment > 0 {
		p.note = -1 // its words go to the comment
	}
	if n := len(x.tables); n > 0 {
		p.row, p.cell = x.tables[n-1].row, x.tables[n-1].cell
	}
	if name == "h" {
		p.heading, _ = strconv.Atoi(attr("outline-level"))
	}
	p.title = attr("style-name") == "Title"
	if n := len(x.fresh); n > 0 && x.fresh[n-1] && p.note == 0 {
		x.fresh[n-1] = false
		p.num = x.count()
	}
	x.open = append(x.open, p)
	x.spans = append(x.spans, x.bold[attr("style-name")])
}

// beginList opens a list within the one that is open, or a list of its own, which counts on from the last of its kind where it says so.
func (x *odt) beginList(style string, on bool) {
	l := &odtList{style: style}
	levels := x.lists[style]
	for i := range l.n {
		if i < len(levels) {
			l.n[i] = levels[i].start - 1
		}
	}
	if n := len(x.list); n > 0 {
		depth := min(n, len(l.n)) // deeper lists do not count
		copy(l.n[:depth], x.list[n-1].n[:depth])
	} else if on && x.last != nil && x.last.style == style {
		l = x.last
	}
	x.list = append(x.list, l)
}

// count counts an item of the innermost list and gives its number as printed.
func (x *odt) count() string {
	depth := len(x.list) - 1
	if depth < 0 || depth > 9 {
		return ""
	}
	l := x.list[depth]
	l.n[depth]++
	levels := x.lists[l.style]
	if depth >= len(levels) {
		return ""
	}
	v := levels[depth]
	if v.bullet {
		return "•"
	}
	if v.format == "" {
		return strings.TrimSpace(v.prefix + v.suffix)
	}
	var parts []string
	for k := max(depth-v.shown+1, 0); k <= depth; k++ {
		parts = append(parts, counted(l.n[k], odtFormat[levels[k].format]))
	}
	return strings.TrimSpace(v.prefix + strings.Join(parts, ".") + v.suffix)
}

var odtFormat = map[string]string{"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

func (x *odt) end(name string) {
	x.at = ""
	if x.skip > 0 {
		x.skip--
		return
	}
	switch name {
	case "style":
		x.inStyle = ""
	case "list-style":
		x.inList = ""
	case "changed-region":
		x.region = ""
	case "list":
		if n := len(x.list); n > 0 {
			x.last = x.list[n-1]
			x.list = x.list[:n-1]
		}
	case "list-item", "list-header":
		x.fresh = x.fresh[:max(len(x.fresh)-1, 0)]
	case "table":
		x.tables = x.tables[:max(len(x.tables)-1, 0)]
	case "note":
		x.note = 0
	case "annotation":
		x.comment = 0
	case "span":
		x.spans = x.spans[:max(len(x.spans)-1, 0)]
	case "p", "h":
		n := len(x.open)
		if n == 0 {
			return
		}
		p := x.open[n-1]
		x.open, x.spans = x.open[:n-1], x.spans[:max(len(x.spans)-1, 0)]
		switch {
		case x.region != "":
			var b strings.Builder
			for _, r := range p.runs {
				b.WriteString(r.words)
			}
			x.removed[x.region] = append(x.removed[x.region], gone{b.String(), p.heading})
		case p.note >= 0:
			x.doc.paras = append(x.doc.paras, *p)
		}
	}
}

func (x *odt) data(s string) {
	switch {
	case x.skip > 0:
	case x.at == "creator" && x.comment > 0:
		x.doc.comments[x.comment-1].By += s
	case x.at == "date" && x.comment > 0:
		x.doc.comments[x.comment-1].Date += s
	case x.at == "creator" && x.region != "" && x.changes[x.region] > 0:
		x.doc.changes[x.changes[x.region]-1].By += s
	case x.at == "date" && x.region != "" && x.changes[x.region] > 0:
		x.doc.changes[x.changes[x.region]-1].Date += s
	case x.at == "note-citation" && x.note > 0:
		x.doc.notes[x.note-1].Mark += strings.TrimSpace(s)
	default:
		x.put(run{words: s})
	}
}

func (x *odt) put(r run) {
	p := x.p()
	if p == nil || x.at == "creator" || x.at == "date" || x.at == "date-string" || x.at == "creator-initials" || x.at == "initials" {
		return
	}
	if x.comment > 0 && r.comment == 0 {
		if c := &x.doc.comments[x.comment-1]; len(c.Text) < 10_000 && strings.TrimSpace(r.words) != "" {
			c.Text = strings.TrimSpace(c.Text + " " + strings.TrimSpace(r.words))
		}
		return
	}
	r.bold = x.bolded()
	if n := len(x.ins); n > 0 && x.ins[n-1] > 0 {
		r.state, r.change = inserted, x.ins[n-1]
	}
	r.words = strings.Join(strings.FieldsFunc(r.words, func(c rune) bool { return c == '\n' || c == '\r' || c == '\t' }), " ")
	p.runs = append(p.runs, r)
}

// putBack puts what was deleted at a place of a paragraph there again, as deleted: its first paragraph goes on with what stands before, what stands behind
// goes on with its last.
func (x *odt) putBack(p *para, ps []gone, change int) {
	own := *p
	bare := len(p.runs) == 0
	for i, g := range ps {
		if i > 0 {
			if p.note >= 0 {
				before := *p
				before.mark, before.markOf = deleted, change
				if bare { // the number is that of what stands behind
					before.num = ""
				}
				x.doc.paras = append(x.doc.paras, before)
			}
			*p = own
			p.runs = nil
			if !bare {
				p.num = ""
			}
		}
		if last := i == len(ps)-1; len(ps) > 1 && (bare || i > 0) && !(last && g.words == "") {
			p.heading, p.title = g.heading, false
		}
		if g.words != "" {
			p.runs = append(p.runs, run{words: g.words, state: deleted, change: change})
		}
	}
}
