package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/registry"
)

// The redaction desk:
//
//	/desk/redact/RECORD          a text with its pages beside, on which passages are marked, each with a ground
//	/desk/redact/RECORD/result   what is left of it; the file, made and searched; and how it is taken into the registry
//
// Marks are kept as places in the reading, on the desk and nowhere else, for whoever may edit and sees the text; they hold no words.

// redactPage is the first of them.
type redactPage struct {
	Title   string
	Of      link
	Says    string
	Pager   []link // page by page of the text
	Shown   string
	Images  []link // of the pages shown; Text is what they show
	Form    *form
	Grounds []formOption
	Parts   []cutPart
	Find    *form
	Marks   []markView
	Undo    *form
	Result  link
	Script  string
	Words   *cutPart // one stretch word by word
	Back    string
}

// cutPart is a provision, or a part of one, in stretches that can be marked.
type cutPart struct {
	Label string // its number, or address
	Whole string // bytes of all of it: START-END; "" where another part of the same has the box
	Cuts  []cutView
}

// cutView is a sentence, or a word, with a box.
type cutView struct {
	At    string // START-END
	Runs  []cutRun
	Words string // address that shows it word by word; "" for words
}

type cutRun struct {
	At     int
	Text   string
	Marked string // by what number and ground; "" for what is not marked
}

type markView struct {
	Number int
	Where  link
	Ground string
	Length string
	By     string
	Form   *form
}

// redacting is a text that is being redacted.
type redacting struct {
	record   *registry.Record
	doc      *projection.Document
	reading  string            // its hash
	audience registry.Audience // for whom the text is
	marks    []desk.Marking
}

// redacted is the text that is asked for; as one that is not there, where the visitor may not redact it.
func (q *request) redacted() (*redacting, error) {
	if q.site.opt.Redact == nil || q.site.opt.Correspondence == nil {
		return nil, errNowhere
	}
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	doc, err := q.text(r)
	if err != nil {
		return nil, err
	}
	s := r.Slot("reading", "")
	if doc == nil || s == nil || s.Shown == nil {
		return nil, errNowhere
	}
	x := &redacting{record: r, doc: doc, reading: s.Shown.Value.Raw, audience: s.Shown.Entry.Audience}
	if x.audience == registry.Public || q.book().Public(s.Shown.Entry.ID) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("redact.public")).WithHint("%s", q.T("redact.public_hint"))
	}
	if !slices.ContainsFunc(q.intoOptions(), func(o formOption) bool { return o.Value == string(x.audience) }) {
		return nil, errNowhere
	}
	x.marks, err = q.site.opt.Correspondence.Markings(q.http.Context(), r.ID, x.reading)
	return x, err
}

// path is the address of the desk for the text.
func (x *redacting) path() string { return "/desk/redact/" + string(x.record.ID) }

// passages are the marks as package redaction takes them.
func (x *redacting) passages() []redaction.Passage {
	var out []redaction.Passage
	for _, m := range x.marks {
		out = append(out, redaction.Passage{Start: m.Start, End: m.End, Ground: m.Ground, Here: m.Here})
	}
	return out
}

// views are the stretches of the text that are shown at once: its pages, where it has some; else parts of a size that a page holds.
func (x *redacting) views() (spans [][2]int, labels []string) {
	rd := x.doc.Reading
	for _, p := range rd.Pages {
		if p.End > p.Start {
			spans, labels = append(spans, [2]int{p.Start, p.End}), append(labels, strconv.Itoa(p.Number))
		}
	}
	if len(spans) > 0 {
		return spans, labels
	}
	from := 0
	for _, p := range pieces(rd) {
		if p.end-from > redactView && p.start > from {
			spans = append(spans, [2]int{from, p.start})
			from = p.start
		}
	}
	spans = append(spans, [2]int{from, len(rd.Text)})
	for i := range spans {
		labels = append(labels, strconv.Itoa(i+1))
	}
	return spans, labels
}

// redactView is how many bytes of a text without pages are shown at once.
const redactView = 9000

func redact(q *request) (*page, error) { return q.redactPage("", "", http.StatusOK) }

func (q *request) redactPage(field, wrong string, status int) (*page, error) {
	x, err := q.redacted()
	if err != nil {
		return nil, err
	}
	spans, labels := x.views()
	n, err := strconv.Atoi(cmp.Or(q.form.Get("view"), q.Query.Get("view"), "1"))
	if err != nil || n < 1 || n > len(spans) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.page", "value", cut(q.Query.Get("view"), 20))).WithHint("%s", q.T("error.page_hint", "last", len(spans)))
	}
	view := spans[n-1]
	d := redactPage{Title: q.T("redact.title") + ": " + x.record.Title(q.Lang), Of: q.linkTo(x.record), Says: q.T("redact.marked", "n", len(x.marks)), Script: q.site.assets.redact,
		Shown: q.T("redact.view", "n", labels[n-1], "of", labels[len(labels)-1]), Result: link{Text: q.T("redact.see"), Href: x.path() + "/result"}}
	at := func(i int) string { return x.path() + "?view=" + strconv.Itoa(i) }
	if n > 1 {
		d.Pager = append(d.Pager, link{Text: "← " + q.T("pager.previous"), Href: at(n - 1)})
	}
	if n < len(spans) {
		d.Pager = append(d.Pager, link{Text: q.T("pager.next") + " →", Href: at(n + 1)})
	}
	if v := q.reader(x.record, x.doc); v.hasSheets() {
		if i, err := strconv.Atoi(labels[n-1]); err == nil {
			d.Images = append(d.Images, link{Text: q.T("sheet.alt", "n", i), Href: x.record.Path() + "/pages/" + labels[n-1]})
		}
	}
	d.Form = q.newForm(x.path(), q.T("redact.mark"))
	d.Form.Hidden = []pair{{"step", "mark"}, {"view", strconv.Itoa(n)}, {"reading", x.reading}}
	d.Form.add(q.groundField())
	d.Form.add(formField{Name: "here", Label: q.T("redact.here"), Type: "checkbox"})
	d.Find = q.newForm(x.path(), q.T("redact.mark_all"))
	d.Find.Hidden = []pair{{"step", "find"}, {"view", strconv.Itoa(n)}, {"reading", x.reading}}
	d.Find.add(formField{Name: "words", Label: q.T("redact.words"), Hint: q.T("redact.words_hint"), Max: 500, Autocomplete: "off"})
	g := q.groundField()
	g.Name = "ground_found"
	d.Find.add(g)
	if wrong != "" {
		if d.Form.fail(field, wrong); field == "words" {
			d.Form.Errors = nil
			d.Find.fail(field, wrong)
		}
	}
	if w := q.Query.Get("words"); w != "" {
		p, ok := parseSpan(w, len(x.doc.Reading.Text))
		if !ok || p[1]-p[0] > redactView {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("redact.no_span", "value", cut(w, 40))).WithHint("%s", q.T("redact.no_span_hint"))
		}
		part := x.words(q, p[0], p[1])
		d.Words, d.Back = &part, at(n)
	} else {
		d.Parts = x.parts(q, n, view)
	}
	for i, m := range x.marks {
		f := q.newForm(x.path(), q.T("redact.unmark"))
		f.Hidden = []pair{{"step", "unmark"}, {"mark", strconv.FormatInt(m.ID, 10)}, {"view", strconv.Itoa(n)}, {"reading", x.reading}}
		v := markView{Number: i + 1, Where: link{Text: x.placeOf(q, m.Start), Href: at(1 + max(0, slices.IndexFunc(spans, func(s [2]int) bool { return m.Start < s[1] })))}, Ground: q.code("withholding_ground", m.Ground),
			Length: q.T("redact.length", "n", len([]rune(x.doc.Reading.Text[m.Start:m.End]))), By: person(m.By), Form: f}
		d.Marks = append(d.Marks, v)
	}
	d.Undo = q.newForm(x.path(), q.T("redact.undo"))
	d.Undo.Hidden = []pair{{"step", "undo"}, {"view", strconv.Itoa(n)}, {"reading", x.reading}}
	return &page{Template: "redact", Title: d.Title, Data: d, Plain: true, Wide: true, Status: status, Trail: q.deskTrail(d.Of)}, nil
}

// groundField asks for a ground, in the words of the list.
func (q *request) groundField() formField {
	f := formField{Name: "ground", Label: q.T("redact.ground"), Type: "select", Options: []formOption{{Label: q.T("redact.choose")}}}
	for _, c := range registry.Codes("withholding_ground") {
		if c != "not_stated" {
			f.Options = append(f.Options, formOption{Value: c, Label: q.code("withholding_ground", c)})
		}
	}
	return f
}

// sentenceEnd is where a stretch ends that gets a box of its own.
var sentenceEnd = regexp.MustCompile(`[.;:!?。；！？]["'”’)\]]*\s+|\n+`)

// parts are the provisions of a stretch of the text, sentence by sentence.
func (x *redacting) parts(q *request, view int, span [2]int) []cutPart {
	rd := x.doc.Reading
	var out []cutPart
	for _, p := range pieces(rd) {
		from, to := max(p.start, span[0]), min(p.end, span[1])
		if from >= to || strings.TrimSpace(rd.Text[from:to]) == "" {
			continue
		}
		pr := rd.Provisions[p.prov]
		part := cutPart{Label: cmp.Or(strings.TrimSpace(pr.Num+" "+pr.Heading), pr.EID)}
		if p.opens {
			part.Whole = spanText(pr.Start, pr.End)
		}
		for _, c := range sentences(rd.Text, from, to) {
			v := cutView{At: spanText(c[0], c[1]), Runs: x.runs(q, c[0], c[1])}
			if c[1]-c[0] <= redactView {
				v.Words = x.path() + "?" + url.Values{"view": {strconv.Itoa(view)}, "words": {v.At}}.Encode() + "#words"
			}
			part.Cuts = append(part.Cuts, v)
		}
		out = append(out, part)
	}
	return out
}

// sentences cuts text[from:to] into stretches of which each has something in it.
func sentences(s string, from, to int) (out [][2]int) {
	add := func(a, b int) {
		a = b - len(strings.TrimLeftFunc(s[a:b], unicode.IsSpace))
		if n := len(strings.TrimRightFunc(s[a:b], unicode.IsSpace)); n > 0 {
			out = append(out, [2]int{a, a + n})
		}
	}
	at := from
	for _, m := range sentenceEnd.FindAllStringIndex(s[from:to], -1) {
		add(at, from+m[1])
		at = from + m[1]
	}
	add(at, to)
	return out
}

var word = regexp.MustCompile(`\S+`)

// words are the words of a stretch, each with a box.
func (x *redacting) words(q *request, from, to int) cutPart {
	s := x.doc.Reading.Text
	out := cutPart{Label: x.placeOf(q, from)}
	for _, m := range word.FindAllStringIndex(s[from:to], -1) {
		out.Cuts = append(out.Cuts, cutView{At: spanText(from+m[0], from+m[1]), Runs: x.runs(q, from+m[0], from+m[1])})
	}
	return out
}

// runs is text[from:to] in stretches that are marked or not.
func (x *redacting) runs(q *request, from, to int) (out []cutRun) {
	s := x.doc.Reading.Text
	at := from
	for i, m := range x.marks {
		a, b := max(m.Start, at), min(m.End, to)
		if a >= b {
			continue
		}
		if at < a {
			out = append(out, cutRun{At: at, Text: s[at:a]})
		}
		out = append(out, cutRun{a, s[a:b], fmt.Sprintf("%d: %s", i+1, q.code("withholding_ground", m.Ground))})
		at = b
	}
	if at < to {
		out = append(out, cutRun{At: at, Text: s[at:to]})
	}
	return out
}

// placeOf says where a byte of the text stands: page, provision.
func (x *redacting) placeOf(q *request, at int) string {
	rd := x.doc.Reading
	var out []string
	if i := rd.PageAt(at); i >= 0 && i < len(rd.Pages) {
		out = append(out, q.T("sheet.mark", "label", strconv.Itoa(rd.Pages[i].Number)))
	}
	best := -1
	for i, p := range rd.Provisions {
		if p.Start <= at && at < p.End && (best < 0 || p.Depth >= rd.Provisions[best].Depth) {
			best = i
		}
	}
	if best >= 0 {
		out = append(out, rd.Provisions[best].EID)
	}
	return strings.Join(out, ", ")
}

func spanText(from, to int) string { return strconv.Itoa(from) + "-" + strconv.Itoa(to) }

// parseSpan reads START-END within a text of so many bytes.
func parseSpan(s string, size int) (out [2]int, ok bool) {
	a, b, found := strings.Cut(s, "-")
	from, err := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	return [2]int{from, to}, found && err == nil && err2 == nil && 0 <= from && from < to && to <= size
}

// redactLink leads to the redaction desk from a text, for whoever may redact it; empty for others.
func (q *request) redactLink(r *registry.Record) link {
	s := r.Slot("reading", "")
	if q.user == nil || !q.mayPublish() || q.site.opt.Redact == nil || s == nil || s.Shown == nil || r.Kind != registry.KindDocument {
		return link{}
	}
	a := s.Shown.Entry.Audience
	if a == registry.Public || !slices.ContainsFunc(q.intoOptions(), func(o formOption) bool { return o.Value == string(a) }) {
		return link{}
	}
	return link{Text: q.T("redact.title"), Href: "/desk/redact/" + string(r.ID)}
}
