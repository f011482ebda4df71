package office

import (
	"sort"
	"strconv"
	"strings"

	"github.com/openassay/assay/extract/pack"
	"github.com/openassay/assay/text"
)

// Docx reads a document of Word: the readings with all tracked changes accepted, rejected, and marked up; or one, where none are
// tracked.
func Docx(a *pack.Archive) ([]*text.Source, error) {
	body, err := a.Read("word/document.xml")
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, &text.Error{Code: text.CodeInvalid, Message: "a Word document without its main part (word/document.xml)", Hint: "open it in its program and save it again"}
	}
	x := &docx{doc: &document{format: "docx"}, a: a, notes: map[string]int{}, comments: map[string]int{}}
	for _, step := range []func() error{x.readStyles, x.readNumbering, x.readComments, x.readProperties, x.readRelations} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if err := x.read("word/document.xml", body, 0); err != nil {
		return nil, err
	}
	for _, part := range []struct{ file, prefix string }{{"word/footnotes.xml", "f"}, {"word/endnotes.xml", "e"}} {
		if err := x.readNotes(part.file, part.prefix); err != nil {
			return nil, err
		}
	}
	if a.Has("word/vbaProject.bin") {
		x.doc.addf("the file holds macros; they were not run")
	}
	x.doc.number = x.counter
	return x.doc.sources(), nil
}

type docx struct {
	doc      *document
	a        *pack.Archive
	styles   map[string]docxStyle
	levels   map[string][]listLevel // by w:num id
	same     map[string]string      // w:num id → what it counts together with
	notes    map[string]int         // "f2" → 1 + index
	comments map[string]int         // w:id → 1 + index
}

type docxStyle struct {
	based   string
	heading int
	title   bool
	bold    bool
	list    string
	level   int
}

// style resolves what a paragraph style says, through those that it is based on.
func (x *docx) style(id string) docxStyle {
	var s docxStyle
	for range 12 {
		t, ok := x.styles[id]
		if !ok {
			break
		}
		if s.heading == 0 {
			s.heading = t.heading
		}
		if s.list == "" {
			s.list, s.level = t.list, max(s.level, t.level)
		}
		s.title, s.bold = s.title || t.title, s.bold || t.bold
		id = t.based
	}
	return s
}

func (x *docx) readStyles() error {
	x.styles = map[string]docxStyle{}
	b, err := x.a.Read("word/styles.xml")
	if err != nil || b == nil {
		return err
	}
	id, inRPr := "", false
	var s docxStyle
	return walk("word/styles.xml", b, func(name string, attr func(string) string) {
		switch name {
		case "style":
			id, s = attr("styleId"), docxStyle{level: 0}
		case "name":
			v := strings.ToLower(attr("val"))
			if n, ok := strings.CutPrefix(v, "heading "); ok {
				s.heading, _ = strconv.Atoi(n)
			}
			s.title = v == "title"
		case "basedOn":
			s.based = attr("val")
		case "outlineLvl":
			if n, err := strconv.Atoi(attr("val")); err == nil && n < 9 {
				s.heading = n + 1
			}
		case "numId":
			s.list = attr("val")
		case "ilvl":
			s.level, _ = strconv.Atoi(attr("val"))
		case "rPr":
			inRPr = true
		case "b":
			s.bold = s.bold || inRPr && on(attr("val"))
		}
	}, func(name string) {
		switch name {
		case "style":
			x.styles[id] = s
		case "rPr":
			inRPr = false
		}
	}, func(string) {})
}

// on reads a switch: present without value, it is on.
func on(v string) bool { return v != "0" && v != "false" && v != "off" && v != "none" }

func (x *docx) readComments() error {
	b, err := x.a.Read("word/comments.xml")
	if err != nil || b == nil {
		return err
	}
	var c text.Comment
	id := ""
	inText := false
	return walk("word/comments.xml", b, func(name string, attr func(string) string) {
		switch name {
		case "comment":
			id, c = attr("id"), text.Comment{By: attr("author"), Date: attr("date")}
		case "t":
			inText = true
		case "p":
			if c.Text != "" {
				c.Text += " "
			}
		}
	}, func(name string) {
		switch name {
		case "comment":
			x.doc.comments = append(x.doc.comments, c)
			x.comments[id] = len(x.doc.comments)
		case "t":
			inText = false
		}
	}, func(s string) {
		if inText && len(c.Text) < 10_000 {
			c.Text += s
		}
	})
}

func (x *docx) readProperties() error {
	b, err := x.a.Read("docProps/core.xml")
	if err != nil || b == nil {
		return err
	}
	at := ""
	err = walk("docProps/core.xml", b, func(name string, _ func(string) string) { at = name }, func(string) { at = "" }, func(s string) {
		if at == "title" && x.doc.title == "" && strings.Contains(strings.TrimSpace(s), " ") {
			x.doc.title = strings.TrimSpace(s)
		}
	})
	if err != nil { // the properties are not the text
		x.doc.addf("its properties are damaged")
	}
	return nil
}

// readRelations tells of what the file refers to elsewhere.
func (x *docx) readRelations() error {
	n := 0
	for _, name := range x.a.Names() {
		if !strings.HasSuffix(name, ".rels") {
			continue
		}
		b, err := x.a.Read(name)
		if err != nil {
			return err
		}
		_ = walk(name, b, func(el string, attr func(string) string) {
			if el == "Relationship" && strings.EqualFold(attr("TargetMode"), "External") && !strings.HasSuffix(attr("Type"), "/hyperlink") {
				n++
			}
		}, func(string) {}, func(string) {})
	}
	if n > 0 {
		x.doc.addf("the file refers to %d files elsewhere (templates, pictures); nothing was fetched", n)
	}
	return nil
}

// readNotes reads the words of the notes that the text refers to, in the order of their references.
func (x *docx) readNotes(file, prefix string) error {
	b, err := x.a.Read(file)
	if err != nil || b == nil {
		return err
	}
	err = x.read(file, b, prefix[0])
	sort.SliceStable(x.doc.paras, func(i, j int) bool { return x.doc.paras[i].note < x.doc.paras[j].note })
	return err
}
