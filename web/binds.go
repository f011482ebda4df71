package web

import (
	"slices"
	"strconv"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// bindsPage is /documents/ADDRESS/assay: what a text binds as a whole. It works with the text and, for texts that are read and not kept here,
// without its words.
type bindsPage struct {
	Title       string
	Sample      bool
	Text        link // of the document
	Textless    bool
	Unserved    string
	Nature      []natureLine
	NatureForm  []link // where contributors enter another legal nature
	Conflicts   []conflictView
	Ladders     []ladderView
	Chapters    *table // levels by chapter
	Balance     *balanceView
	Commitments *table
	CommitMore  string
	Areas       *areasView
	People      string // that all this takes people's word in
	Machine     string
	Sources     []sourceItem
}

// conflictView is a disagreement within a text about its force, with where it shows.
type conflictView struct {
	Says  string
	Basis []link
}

// readingOf is the reader of a document with its analysis; nil where it was not read. wordless says that the text is not here.
func (q *request) readingOf(r *registry.Record) (v *reader, wordless bool, err error) {
	doc, err := q.text(r)
	if err != nil {
		return nil, false, err
	}
	if doc != nil {
		return q.reader(r, doc), false, nil
	}
	if r.String("analysis") == "" {
		return nil, true, nil
	}
	an, err := q.reg.Analysis(r.ID)
	if registry.CodeOf(err) == registry.NotFound { // its blob was lost; the doctor says so
		return nil, true, nil
	}
	if an == nil || err != nil {
		return nil, true, err
	}
	return q.reader(r, &projection.Document{Record: r, Reading: skeleton(an), Analysis: an}), true, nil
}

func binds(q *request) (*page, error) {
	r, p, err := q.find(registry.KindDocument)
	if err != nil || p != nil {
		return p, err
	}
	v, wordless, err := q.readingOf(r)
	if err != nil {
		return nil, err
	}
	if v == nil {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("binds.not_read")).WithHint("%s", q.T("binds.not_read_hint"))
	}
	an := v.doc.Analysis
	d := &bindsPage{Title: r.Title(q.Lang), Sample: r.Sample(), Text: q.linkTo(r), Textless: wordless, Nature: v.natureLines(), Ladders: append(v.ladders(), v.rungs()...),
		Machine: q.T("textless.machine", "engine", an.Engine, "rules", cut(an.Rules, 9))}
	if an.Unsupported != "" {
		d.Unserved = q.T("document.unserved", "language", q.code("language", base(an.Unsupported)))
	}
	if wordless { // there are no words to quote
		for i := range d.Nature {
			for j, e := range evidenceOf(an, i) {
				if j < len(d.Nature[i].Evidence) {
					d.Nature[i].Evidence[j] = quote{Place: q.shortPlace(e.EID)}
				}
			}
		}
		for i := range d.Ladders {
			for j := range d.Ladders[i].Basis {
				d.Ladders[i].Basis[j].Href = ""
			}
		}
	}
	t := &teller{reader: v, wordless: wordless}
	for _, c := range an.Instrument.LegalNature.Conflicts {
		x := conflictView{Says: t.conflict(c)}
		for _, eid := range c.Basis {
			x.Basis = append(x.Basis, t.place(eid))
		}
		d.Conflicts = append(d.Conflicts, x)
	}
	if q.user != nil && q.user.Can(account.Contributor) && q.site.opt.Desk != nil {
		for _, id := range r.Refs("instrument") {
			d.NatureForm = append(d.NatureForm, link{Text: q.T("check.nature", "title", q.recordLink(id).Text), Href: "/desk/enter/" + string(id) + "?field=legal_nature"})
		}
	}
	d.People = v.peopleNote()
	d.Chapters = t.chapters()
	d.Balance = t.balance(an.Balance)
	d.Commitments, d.CommitMore = t.commitments()
	d.Areas = t.areas()
	for _, s := range r.Slots("analysis") {
		if s.Shown != nil && s.Shown.Source != nil {
			q.cite(s.Shown.Source)
		}
	}
	d.Sources = q.sources()
	title := q.T("binds.title_of", "title", d.Title)
	json, csv := t.bindsData(r)
	return &page{Template: "binds", Title: title, Data: d, Trail: append(q.documentTrail(r), q.linkTo(r)), JSON: json, CSV: csv}, nil
}

// bindsData is the page as data: the reading of the whole text with people's word in it, the machine's beside it where that is another, and
// its areas as a table.
func (t *teller) bindsData(r *registry.Record) (any, *sheet) {
	type whole struct {
		Instrument  assay.Instrument   `json:"instrument"`
		Balance     *assay.Balance     `json:"balance"`
		Commitments []assay.Commitment `json:"commitments"`
	}
	type exported struct {
		Record      any    `json:"record"`
		Unsupported string `json:"unsupported,omitempty"`
		whole
		Machine *whole      `json:"machine,omitempty"`
		Checks  []checkJSON `json:"checks,omitempty"`
		Engine  string      `json:"engine"`
		Rules   string      `json:"rules"`
	}
	of := func(an *assay.Analysis) whole { return whole{an.Instrument, an.Balance, an.Commitments} }
	an := t.doc.Analysis
	out := exported{Record: t.recordJSON(r), Unsupported: an.Unsupported, whole: of(an), Checks: t.checksJSON(), Engine: an.Engine, Rules: an.Rules}
	if t.machine != an {
		alone := of(t.machine)
		out.Machine = &alone
	}
	s := &sheet{Columns: []string{"area", "scheme", "covered", "enforceability", "enforcers", "confidence", "undecided", "evidence", "person", "because"}}
	for _, a := range an.Instrument.Areas {
		person, because := "", "" // what people said beside the machine
		if x := t.record.Slot("area_check", a.Code); x != nil && x.Shown != nil {
			person, because = x.Shown.Value.Raw, x.Shown.Note
		}
		s.Rows = append(s.Rows, []string{a.Code, t.schemeOf(a.Code), strconv.Itoa(a.Covered), strconv.Itoa(a.Enforceability), semicolons(a.Enforcers), strconv.FormatFloat(a.Confidence, 'f', 2, 64),
			map[bool]string{true: "yes"}[a.Undecided], semicolons(a.Evidence), person, because})
	}
	return out, s
}

// rungs are the two ladders of the text from 0 to 5.
func (v *reader) rungs() []ladderView {
	if v.doc.Analysis.Unsupported != "" {
		return nil
	}
	in := v.doc.Analysis.Instrument.Ladders
	var out []ladderView
	for _, x := range []struct {
		name string
		assay.Ladder
	}{{"environmental_social", in.EnvironmentalSocial}, {"value_addition", in.ValueAddition}} {
		l := ladderView{Name: v.T("rung." + x.name), Level: x.Level, Of: 5, Why: v.T("rung.why." + x.Why), Machine: v.machineLevel(x.name, x.Level)}
		for _, eid := range x.Basis {
			l.Basis = append(l.Basis, link{Text: v.shortPlace(eid), Href: v.permalink(eid)})
		}
		out = append(out, l)
	}
	return out
}

// wholeLink leads to what a document binds as a whole.
func (q *request) wholeLink(r *registry.Record) link {
	return link{Text: q.T("binds.open"), Href: q.href(r.Path() + "/assay")}
}

// bindsSummary is what a text of an instrument binds, in a few lines that lead to the whole.
type bindsSummary struct {
	Document, Whole link
	Facts           []string
	Gives           []labelled
	Conflicts       []conflictView
}

// labelled is a line with what it is about.
type labelled struct{ Label, Text string }

// mostSummaries of an instrument's texts are summed up.
const mostSummaries = 6

// bindsOf sums up what the texts of an instrument bind that are read.
func (q *request) bindsOf(r *registry.Record) []bindsSummary {
	var out []bindsSummary
	for _, d := range q.View.Referring(r.ID, registry.KindDocument, "instrument") {
		if !slices.Contains([]string{"final", "statement", "roadmap", "draft", "amendment", "annex"}, d.String("document_type")) || len(out) == mostSummaries {
			continue
		}
		v, wordless, err := q.readingOf(d)
		if err != nil || v == nil || v.doc.Analysis.Unsupported != "" {
			continue
		}
		out = append(out, (&teller{reader: v, wordless: wordless}).summary(d))
	}
	return out
}

func (t *teller) summary(d *registry.Record) bindsSummary {
	an := t.doc.Analysis
	s := bindsSummary{Document: shortLink(t.linkTo(d)), Whole: t.wholeLink(d)}
	covered, enforceable, undecided := 0, 0, 0
	for _, read := range an.Instrument.Areas {
		a, _ := t.checkArea(read)
		switch {
		case a.Undecided:
			undecided++
		case a.Covered == 1:
			covered++
			if a.Enforceability > 0 {
				enforceable++
			}
		}
	}
	if n := len(an.Instrument.Areas); n > 0 {
		s.Facts = append(s.Facts, t.T("binds.areas_sum", "covered", covered, "all", n, "enforceable", enforceable, "undecided", undecided))
	}
	dated := 0
	for _, c := range an.Commitments {
		if c.Milestone {
			dated++
		}
	}
	s.Facts = append(s.Facts, t.T("binds.commitments_sum", "all", len(an.Commitments), "dated", dated))
	for _, c := range an.Instrument.LegalNature.Conflicts {
		s.Conflicts = append(s.Conflicts, conflictView{Says: t.conflict(c)})
	}
	s.Gives = t.gives(an.Balance)
	return s
}
