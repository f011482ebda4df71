package web

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web/chart"
)

// documentPage is /documents/ADDRESS: a text with its outline, and beside each provision how strongly it is worded.
type documentPage struct {
	Title      string
	Lang, Dir  string // of the text
	Kicker     string // kind of document and language
	Sample     bool
	Facts      []fieldRow
	Sections   []section // near-duplicates, other texts of the same instrument
	NoText     string
	Textless   *textless // of a text that was read and is not here
	Machine    string    // what made the labels
	Unserved   string    // where the strength of wording is not read in the text's language
	Open       bool      // what is known of the document is shown without being asked for
	Panes      []navItem
	Marks      link // that hides or shows the marks
	Plain      bool // they are hidden
	Cite       link
	Versions   link // the drafts and texts of its instrument
	Find       *findForm
	Found      *found
	Downloads  *downloadsView
	Complete   *completeView
	Draft      *draftView
	Unlabelled bool // another reading of a draft is in view than the one that was analysed
	Sheet      *sheetView
	Nature     []natureLine
	Ladders    []ladderView
	Whole      link // to what the text binds as a whole
	Tally      *figure
	People     string // that the figures take people's word in
	Outline    []outlineItem
	Provs      []provisionView
	Rules      []ruleView // that made the labels of this page
	Legend     []legendItem
	Pager      *textPager
	Sources    []sourceItem
}

// natureLine is what the reading says of the legal nature at one level, with the words it rests on.
type natureLine struct {
	Level, Says string
	Evidence    []quote
	Except      []link // what binds although the text says that it does not
	Unclear     bool   // it leaves out something that was not found in it
}

// ladderView is one graded judgement of the whole text.
type ladderView struct {
	Name, Why string
	Level, Of int    // from 0 to Of
	Machine   string // what the machine alone reads, where people's word made another of it
	Basis     []link
}

// outlineItem is a line of the outline. The page in view shows its provisions, the others their first.
type outlineItem struct {
	Text, Href string
	Depth      int
	Form       string
	Page       int // that it leads to, where it is another; 0 for this one
}

// textPager leads through a long text.
type textPager struct {
	Shown          string
	Previous, Next *link
}

// provisionView is a provision, or a part of one, as the reader shows it.
type provisionView struct {
	EID, Num, Heading string
	Head              []markedRun // number and heading with the words that were looked for in them
	Level             int         // of the heading: 3 to 6; 0 for none
	Depth             int
	Permalink         string
	Opens             bool   // the provision begins here
	Form, Strength    string // of its own words
	Unread            bool
	Bearers           string
	Person            string // that people looked at it
	Qualifiers        string
	Topics            []string
	Paragraphs        [][]markedRun
	Why               []whyView
	Remarks           []remark // comments at the margin of a draft, and its tracked changes
	RemarksMore       int      // changes that are not told, only marked
}

// markedRun is a run of words with the mark that a rule put on it, and whether it was looked for.
type markedRun struct {
	Text, Class, Title string
	Found, Current     bool
	Sheet, Href        string // a page of the original begins here: its name, and where its image is
	Op, By             string // ins or del of a tracked change; what it is, by whom and when
	Comment            int    // the number of a comment that was made here
}

// whyView is a label, the words it rests on and the rule that gave it.
type whyView struct{ Label, Words, Rule, Href string }

// ruleView is a rule as the foot of a page and the method page tell it.
type ruleView struct{ Code, Label, Definition, Source string }

type legendItem struct{ Form, Label, Text string }

// strengthLegend explains the bar at the margin, strongest first.
func (q *request) strengthLegend() []legendItem {
	var out []legendItem
	for _, f := range []string{"solid", "dashed", "dotted", "hollow", "undecided", "none"} {
		out = append(out, legendItem{f, q.T("strength.form." + f), q.T("strength.about." + f)})
	}
	return out
}

// panes are the ways in which a text is looked at; the first is the whole page.
var panes = []string{"text", "sheets", "facts"}

func document(q *request) (*page, error) {
	r, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		return p, err
	}
	doc, err := q.text(r)
	if err != nil {
		return nil, err
	}
	d := q.documentHead(r, doc)
	out := &page{Template: "document", Title: d.Title, Data: d, Trail: q.documentTrail(r), JSON: q.recordJSON(r), CSV: recordCSV(r), Wide: true}
	if doc == nil {
		if d.Textless, err = q.textless(r); err != nil {
			return nil, err
		}
		if d.Textless == nil {
			d.NoText = q.T("document.no_text")
		}
		d.Cite = q.citeLink(r, "")
		d.Sources = q.sources()
		return out, nil
	}
	v := q.reader(r, doc)
	if err := v.chooseReading(); err != nil {
		return nil, err
	}
	if q.Format != "html" && q.Query.Get("find") == "" {
		if out.JSON, out.CSV = v.documentData(); q.Query.Get("changes") != "" {
			out.JSON, out.CSV = v.draftData()
		}
		return out, nil
	}
	pane := cmp.Or(q.Query.Get("pane"), panes[0])
	if !slices.Contains(panes, pane) {
		return nil, registry.Errorf(registry.Invalid, "%s", q.T("pane.none", "value", cut(pane, 20))).WithHint("%s", q.T("pane.none_hint", "panes", strings.Join(panes, ", ")))
	}
	v.plain = v.plain || q.Query.Get("marks") == "off"
	d.tools(v, pane)
	d.Complete = v.complete()
	if pane == "sheets" {
		if !v.hasSheets() {
			return nil, registry.Errorf(registry.NotFound, "%s", q.T("sheet.none", "value", cut(q.Query.Get("sheet"), 20)))
		}
		if d.Sheet, err = v.sheetPane(); err != nil {
			return nil, err
		}
		d.Facts, d.Sections, d.Complete = nil, nil, nil
		d.Sources = q.sources()
		return out, nil
	}
	if pane == "facts" {
		d.Open, d.Downloads = true, v.downloads()
		d.Nature, d.Ladders, d.Whole, d.Tally, d.People = v.natureLines(), v.ladders(), q.wholeLink(r), v.tally(), v.peopleNote()
		d.Sources = q.sources()
		return out, nil
	}
	doc, d.Draft = v.doc, v.draft()
	ps := pieces(doc.Reading)
	starts := paginate(doc.Reading, doc.Analysis, ps, r.Path())
	hits := []hitPlace(nil)
	if d.Found, hits, err = v.find(ps, starts); err != nil {
		return nil, err
	}
	if q.Format != "html" {
		out.JSON, out.CSV = v.foundData(d.Found, hits)
		return out, nil
	}
	n := 1
	if d.Found != nil && d.Found.Current > 0 {
		n = hits[d.Found.Current-1].page
	} else if s := q.Query.Get("page"); s != "" {
		if n, err = strconv.Atoi(s); err != nil || n < 1 || n > len(starts) {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.page", "value", cut(s, 20))).WithHint("%s", q.T("error.page_hint", "last", len(starts)))
		}
	}
	from, to := starts[n-1], len(ps)
	if n < len(starts) {
		to = starts[n]
	}
	if d.Found != nil {
		v.hits = hitsOf(hits, n, d.Found.Current)
	}
	for _, x := range ps[from:to] {
		d.Provs = append(d.Provs, v.piece(x))
	}
	if !v.plain {
		d.Rules = v.usedRules()
	} else {
		d.Legend = nil
	}
	if d.Found == nil {
		d.Outline = v.outline(ps, starts, n)
	}
	if len(starts) > 1 {
		d.Pager = &textPager{Shown: q.T("document.page", "n", n, "of", len(starts))}
		if n > 1 {
			d.Pager.Previous = &link{Text: q.T("pager.previous"), Href: v.stay("page", strconv.Itoa(n-1))}
		}
		if n < len(starts) {
			d.Pager.Next = &link{Text: q.T("pager.next"), Href: v.stay("page", strconv.Itoa(n+1))}
		}
	}
	if d.Unlabelled = v.variant != ""; n == 1 && d.Found == nil && !d.Unlabelled {
		d.Downloads = v.downloads()
		d.Nature, d.Ladders, d.Whole, d.Tally, d.People = v.natureLines(), v.ladders(), q.wholeLink(r), v.tally(), v.peopleNote()
	} else {
		d.Facts, d.Sections, d.Complete = nil, nil, nil
	}
	d.Sources = q.sources()
	return out, nil
}

// tools fills in the ways to look at the text.
func (d *documentPage) tools(v *reader, pane string) {
	d.Title = v.record.Title(v.Lang)
	for _, p := range panes {
		at := p
		switch {
		case p == panes[0]:
			at = ""
		case p == "sheets" && !v.hasSheets():
			continue
		}
		d.Panes = append(d.Panes, navItem{link{Text: v.T("pane." + p), Href: v.stay("pane", at, "find", "", "changes", "")}, p == pane && v.variant == ""})
	}
	d.Cite, d.Versions = v.citeLink(v.record, ""), v.versionsLink(v.record)
	if pane != panes[0] {
		return
	}
	if d.Marks = (link{Text: v.T("pane.marks_off"), Href: v.stay("marks", "off", "page", v.Query.Get("page"), "hit", v.Query.Get("hit"))}); v.plain {
		d.Marks = link{Text: v.T("pane.marks_on"), Href: v.stay("marks", "", "page", v.Query.Get("page"), "hit", v.Query.Get("hit"))}
	}
	if d.Plain = v.plain; v.variant != "" {
		d.Marks = link{}
	}
	d.Find = &findForm{Action: v.record.Path(), Sought: v.Query.Get("find"), Max: mostSought, Hidden: v.hidden("find", "hit", "page", "pane")}
}

// text is a document's reading as of the request's day; nil where there is none here.
func (q *request) text(r *registry.Record) (*projection.Document, error) {
	if r.String("reading") == "" {
		return nil, nil
	}
	return q.reg.Document(r.ID)
}

func (q *request) documentTrail(r *registry.Record) []link {
	out := []link{}
	for _, id := range r.Refs("instrument")[:min(1, len(r.Refs("instrument")))] {
		out = append(out, link{Text: q.kinds(registry.KindInstrument), Href: q.href("/instruments")}, q.recordLink(id))
	}
	return out
}

func (q *request) documentHead(r *registry.Record, doc *projection.Document) *documentPage {
	d := &documentPage{Title: r.Title(q.Lang), Sample: r.Sample(), Legend: q.strengthLegend()}
	var kicker []string
	for _, x := range []struct{ list, code string }{{"document_type", r.String("document_type")}, {"language", r.String("language")}} {
		if x.code != "" {
			kicker = append(kicker, q.code(x.list, x.code))
		}
	}
	d.Kicker = strings.Join(append([]string{q.kind(r.Kind)}, kicker...), " · ")
	d.Facts = append(q.rows(r, "official_title", "alias", "instrument", "negotiation", "part_of", "event", "version", "authentic", "party", "mineral", "duplicate_of", "file_name", "website", "note"), q.looseReplies(r)...)
	if _, lang := r.Text("title", "", q.Lang); lang != "" && lang != q.Lang {
		d.Lang = lang
	}
	for _, s := range r.Slots("reading") { // the file's own source: where the original is
		if s.Shown != nil && s.Shown.Source != nil {
			q.cite(s.Shown.Source)
		}
	}
	for _, id := range r.Refs("instrument") {
		var others []*registry.Record
		for _, o := range q.View.Referring(id, registry.KindDocument, "instrument") {
			if o.ID != r.ID {
				others = append(others, o)
			}
		}
		if len(others) > 0 {
			d.Sections = append(d.Sections, section{Title: q.T("document.other_texts"), Entries: q.entries(others, r.ID)})
		}
	}
	if doc != nil {
		d.Lang, d.Dir = doc.Reading.Language, dirOf(doc.Reading.Language)
		d.Machine = q.T("document.machine", "engine", doc.Analysis.Engine, "extractor", doc.Reading.Extractor, "rules", cut(doc.Analysis.Rules, 9))
		if doc.Analysis.Unsupported != "" {
			d.Unserved = q.T("document.unserved", "language", q.code("language", base(doc.Analysis.Unsupported)))
		}
	}
	return d
}

func dirOf(lang string) string {
	switch base(lang) {
	case "ar", "he", "fa", "ur":
		return "rtl"
	}
	return "ltr"
}

// tally counts the provisions by the strength of their own words; those that are undecided apart.
func (v *reader) tally() *figure {
	n := map[assay.Modality]int{}
	total := 0
	for i := range v.doc.Analysis.Provisions {
		m, either := v.own(i)
		if either != nil {
			m = assay.Undecided
		}
		if m != assay.None && m != "" {
			n[m]++
			total++
		}
	}
	if total == 0 {
		return nil
	}
	head := chart.Head{ID: "tally", Title: v.T("document.tally", "n", total), Desc: v.T("document.tally_desc"), Columns: []string{v.T("col.strength"), v.T("col.provisions")}}
	c := &chart.Bars{Head: head, Keep: true}
	for _, m := range append(slices.Clone(assay.Modalities), assay.Undecided) {
		if m != assay.None && n[m] > 0 {
			c.Items = append(c.Items, chart.Bar{Label: v.T("strength." + string(m)), Text: v.number(int64(n[m])), Value: float64(n[m])})
		}
	}
	f := v.figure(head, c, 1)
	f.Note = v.peopleNote()
	return &f
}

func isLeaf(r *text.Reading, i int) bool {
	return i+1 >= len(r.Provisions) || r.Provisions[i+1].Parent != i
}

// documentData is a document as data: its record, its text, what the machine reads of each provision, and what people said of that. The table
// gives people's word where there is one, with the machine's in a column of its own.
func (v *reader) documentData() (any, *sheet) {
	type exported struct {
		Record   any             `json:"record"`
		Text     string          `json:"text"`
		Analysis *assay.Analysis `json:"reading"`
		Checks   []checkJSON     `json:"checks,omitempty"`
		Comments []text.Comment  `json:"comments,omitempty"` // at the margin of a draft
		Readings []string        `json:"readings,omitempty"` // of a draft with tracked changes: which there are beside the accepted one, by the parameter changes
	}
	rd := v.doc.Reading
	t := &sheet{Columns: []string{"eid", "kind", "num", "heading", "start", "end", "strength", "part", "bearer", "qualifiers", "topics", "text", "machine_strength"}}
	for i, p := range rd.Provisions {
		a, machine := v.doc.Analysis.Provisions[i], v.machine.Provisions[i].Modality
		start, end := rd.Own(i)
		t.Rows = append(t.Rows, []string{p.EID, string(p.Kind), p.Num, p.Heading, strconv.Itoa(p.Start), strconv.Itoa(p.End), string(a.Modality), a.Part,
			strings.Join(a.Bearer, ";"), strings.Join(a.Qualifiers, ";"), strings.Join(a.Topics, ";"), strings.TrimSpace(rd.Text[start:end]), string(machine)})
	}
	var readings []string
	for _, x := range rd.Variants {
		readings = append(readings, x.Variant)
	}
	return exported{v.recordJSON(v.record), rd.Text, v.machine, v.checksJSON(), rd.Comments, readings}, t
}

// paragraphs splits runs at line ends; empty lines are left out.
func paragraphs(rs []markedRun) [][]markedRun {
	var out [][]markedRun
	var line []markedRun
	flush := func() {
		if slices.ContainsFunc(line, func(r markedRun) bool { return strings.TrimSpace(r.Text) != "" || r.Sheet != "" || r.Comment > 0 }) {
			out = append(out, line)
		}
		line = nil
	}
	for _, r := range rs {
		if r.Sheet != "" || r.Comment > 0 {
			line = append(line, r)
			continue
		}
		for i, part := range strings.Split(r.Text, "\n") {
			if i > 0 {
				flush()
			}
			if part != "" {
				x := r
				x.Text, x.Current = part, r.Current && i == 0
				line = append(line, x)
			}
		}
	}
	flush()
	return out
}
