package web

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// storybookPage shows every component with canned data about invented parties.
type storybookPage struct {
	Values  []fieldRow
	States  []story
	Stage   *stageLine
	Parties *table
	Nature  []natureRow
	Texts   []textRow
	Draft   *draftView
	Drafted []provisionView
	Sheet   *sheetView
	Copy    *completeView
	Table   table
	Facet   facetView
	Pager   *pager
	Empty   *emptyState
	Sources []sourceItem
	Form    *form
	Confirm confirmPage
}

type story struct {
	Code  string
	State state
}

// storybook is the page of components; it is there in a demonstration only.
func storybook(q *request) (*page, error) {
	if !q.site.opt.Demo {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("error.not_found"))
	}
	entries, err := canned()
	if err != nil {
		return nil, err
	}
	q.View = registry.Compile(entries, registry.Reader(), "")
	r := q.View.Record("ins_storybook")
	p := storybookPage{Stage: q.stage(r), Parties: q.partyStatus(r), Nature: q.natures(r), Texts: q.texts(r)}
	for _, f := range []string{"type", "amount", "mineral", "scope", "conditions", "offtake", "area"} {
		if row, ok := q.field(r, f); ok {
			p.Values = append(p.Values, row)
		}
	}
	for _, code := range []string{"read", "inferred", "unknown", "not_recorded", "not_looked_for", "not_found", "not_public", "leaked", "withheld", "not_applicable", "denied", "ended", "later", "not_read"} {
		p.States = append(p.States, story{code, q.state(code)})
	}
	spec := listKinds[registry.KindInstrument]
	p.Table = table{Caption: "A table", Heads: q.heads(spec, "title"), Rows: q.listRows(spec, []*registry.Record{r, q.View.Record("ins_storybook-long")}, "title")}
	p.Draft, p.Drafted = q.cannedDraft()
	p.Sheet = &sheetView{Image: "/icon.svg", Large: "/icon.svg", Alt: q.T("sheet.alt", "n", 2), Width: sheetWidth, Shown: q.T("document.page", "n", 2, "of", 3), Number: 2, Last: 3, Remark: q.T("sheet.ocr_uncertain", "percent", "71"),
		Paragraphs: paragraphs([]markedRun{{Text: "Article 2\n\nThe Parties shall meet every year."}}), InText: link{Text: q.T("sheet.in_text"), Href: "/storybook"}, Previous: &link{Text: q.T("pager.previous"), Href: "/storybook"}, Jump: findForm{Action: "/storybook", Sought: "2"}}
	p.Copy = &completeView{Gaps: []gapView{{Says: q.T("gap.article_missing", "value", "5", "page", 2), Where: &link{Text: "art. 6", Href: "/storybook"}}, {Says: q.T("gap.unsigned", "value", "", "page", 3)}}, OCR: q.T("sheet.ocr_sum", "n", 2, "of", 3, "percent", "71"), Low: []link{{Text: q.T("sheet.low", "n", 2, "percent", "71")}}}
	p.Facet = facetView{Name: "example", Label: "A facet", Open: true, Values: []facetCount{{"a", "First value", 43, true}, {"b", "Second value with a name that is rather long for its place", 19, false}, {"c", "قيمة", 0, false}}}
	p.Pager = &pager{Shown: q.T("pager.shown", "from", 51, "to", 100, "total", 173), Previous: "?page=1", Next: "?page=3", Label: q.T("pager.label")}
	p.Empty = &emptyState{What: q.T("list.empty", "kinds", q.nounOf(registry.KindInstrument, 2)), Next: q.T("list.empty_next"), Links: []link{{Text: q.T("list.clear"), Href: "/instruments"}}}
	p.Sources = q.sources()
	p.Form, p.Confirm = cannedForm()
	return &page{Template: "storybook", Title: "Storybook", Data: p}, nil
}

// cannedForm is a form with one field of each kind, and one that asks before something is done.
func cannedForm() (*form, confirmPage) {
	f := &form{CSRF: "token", Action: "/storybook", Submit: "Save", Cancel: link{Text: "Cancel", Href: "/storybook"}}
	f.add(formField{Name: "title", Label: "A field", Hint: "How to fill it in.", Value: "What was typed", Required: true})
	f.add(formField{Name: "day", Label: "A short field", Value: "2025-13", Short: true})
	f.add(formField{Name: "text", Label: "A long text", Type: "textarea", Optional: true})
	f.add(formField{Name: "one", Label: "One of many", Type: "select", Options: []formOption{{Value: "a", Label: "The first"}, {Value: "b", Label: "The second", Chosen: true}}})
	f.add(formField{Name: "few", Label: "One of few", Type: "radio", Options: []formOption{{Value: "a", Label: "The first", Hint: "What it means.", Chosen: true}, {Value: "b", Label: "The second"}}})
	f.add(formField{Name: "tick", Label: "A box to tick", Type: "checkbox"})
	f.fail("day", "There are twelve months in a year.")
	return f, confirmPage{"Something that cannot be taken back", []string{"What will happen."}, &form{Action: "/storybook", Submit: "Do it", Danger: true, Cancel: link{Text: "Do not", Href: "/storybook"}}}
}

// cannedDraft is a draft as its reader shows it: marked up, with a comment, a long comment, and more changes than are told.
func (q *request) cannedDraft() (*draftView, []provisionView) {
	rd := &text.Reading{Variant: text.MarkedUp, Text: "Each Party mayshall publish its licences.\nSylvania shall pay for the laboratory.\n",
		Changes:  []text.Change{{Kind: text.Deleted, By: "Ana", Date: "2026-03-01T10:00:00Z", Start: 11, End: 14}, {Kind: text.Inserted, By: "Ana", Date: "2026-03-01T10:00:00Z", Start: 14, End: 19}, {Kind: text.Inserted, Start: 42, End: 79}},
		Comments: []text.Comment{{By: "Carla", Date: "2026-03-02", Text: "Which licences?", At: 32}, {Text: strings.Repeat("A comment that is rather long for its place. ", 20), At: 79}}}
	rd.Provisions = []text.Provision{{EID: "art_1", Kind: text.KindArticle, Num: "1", Heading: "Licences", Parent: -1, End: len(rd.Text)}}
	rejected := &text.Reading{Variant: text.Rejected}
	v := q.reader(&registry.Record{ID: "doc_storybook", Kind: registry.KindDocument}, nil)
	v.doc, v.accepted, v.variant = unlabelled(v.record, rd), &projection.Document{Reading: &text.Reading{Variant: text.Accepted, Variants: []*text.Reading{rejected, rd}}}, text.MarkedUp
	v.machine, v.plain = v.doc.Analysis, true
	p := v.piece(piece{0, 0, len(rd.Text), true})
	p.RemarksMore = 3
	return v.draft(), []provisionView{p}
}

// Notices are the kinds of notice.
func (storybookPage) Notices() []template.HTMLAttr {
	return []template.HTMLAttr{`class="notice"`, `class="notice notice-sample"`, `class="notice notice-withheld"`, `class="notice notice-machine"`, `class="notice notice-error"`}
}

// canned are entries that need every component once.
func canned() ([]registry.Entry, error) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var out []registry.Entry
	put := func(e registry.Entry) error {
		e.At, e.Audience = at, registry.Public
		if e.By == "" {
			e.By = "person:storybook"
		}
		e, err := registry.NewEntry(e)
		out = append(out, e)
		return err
	}
	for i, s := range []registry.Source{
		{ID: "src_text", URL: "https://example.org/text", Title: "The agreement as signed", Publisher: "Ministry of Mines of Country A", Date: "2025-12-04", Grade: "official_text"},
		{ID: "src_wire", URL: "https://example.org/wire", Title: "Two countries agree on minerals", Publisher: "A news agency", Date: "2025-10-26", Grade: "wire"},
		{ID: "src_press", URL: "https://example.org/press", Title: "Un accord sur les minerais", Publisher: "Un journal", Date: "2025-11", Grade: "trade_press", Lang: "fr"},
		{ID: "src_none", Title: "A page without a date or an address", Grade: "aggregator"},
	} {
		if err := put(registry.Entry{Source: &s}); err != nil {
			return nil, registry.Errorf(registry.Internal, "canned source %d: %v", i, err)
		}
	}
	for i, c := range [][]string{ // record, field, key, value, source, method, by, note, locator
		{"pty_AAA", "name", "short", "Country A", "src_text"}, {"pty_BBB", "name", "short", "Country B", "src_text"},
		{"min_x", "name", "short", "examplite", "src_text"}, {"min_y", "name", "short", "samplite", "src_text"},
		{"ins_storybook", "title", "", "Memorandum of Country A and Country B on examplite", "src_text"},
		{"ins_storybook", "party", "", "AAA", "src_text"}, {"ins_storybook", "party", "", "BBB", "src_text"},
		{"ins_storybook", "type", "", "mou", "src_text", "", "", "", "p. 1"}, {"ins_storybook", "type", "", "framework", "src_wire"},
		{"ins_storybook", "amount", "", "up to USD 150000000 letter_of_interest", "src_text", "", "", "", "art. 4"},
		{"ins_storybook", "amount", "", "USD 200000000 loan", "src_press"}, {"ins_storybook", "amount", "first round", "~EUR 1250000000", "src_wire"},
		{"ins_storybook", "mineral", "", "x", "src_text"}, {"ins_storybook", "mineral", "", "y", "src_text"},
		{"ins_storybook", "scope", "", "intergovernmental", "src_text", "read", "machine:reader/1", "", "art. 1"},
		{"ins_storybook", "conditions", "", "{withheld:commercial_secret:2027-01}", "src_text"}, {"ins_storybook", "offtake", "", "{unknown}", "src_press"},
		{"ins_storybook", "area", "", "finance", "src_wire", "inferred", "", "Inferred from the letter of interest."},
		{"ins_storybook", "event", "announced", "2025-10-26", "src_wire"}, {"ins_storybook", "event", "agreed", "2025-11", "src_press"},
		{"ins_storybook", "event", "signed", "2025-12-04", "src_text"}, {"ins_storybook", "event", "signed", "2025-12-05", "src_press"},
		{"ins_storybook", "event", "round:4", "2024~", "src_none"}, {"ins_storybook", "event", "ratified:AAA", "2026-01/2026-03", "src_wire"},
		{"ins_storybook", "event", "published", "{unknown}", "src_wire"}, {"ins_storybook", "event_note", "signed", "The ministers signed in the capital of Country A.", "src_text"},
		{"ins_storybook", "expected", "in_force", "2027", "src_text"},
		{"ins_storybook", "legal_nature", "stated", "non_binding", "src_text", "", "", "", "art. 9"}, {"ins_storybook", "legal_nature", "inferred", "non_binding", "src_wire", "inferred"},
		{"ins_storybook", "text_status", "final", "found", "src_text"}, {"ins_storybook", "text_status", "annex", "not_public", "src_press"}, {"ins_storybook", "text_status", "draft", "not_found", "src_press"},
		{"ins_storybook-long", "title", "", "Agreement between the Government of Country A and the Government of Country B on cooperation in the fields of geology, mining, processing, transport, training, research and the exchange of information on critical, strategic and other minerals", "src_none"},
	} {
		for len(c) < 9 {
			c = append(c, "")
		}
		f := registry.FieldOf(c[1])
		v, err := registry.ParseValue(f, c[3], "")
		if err != nil {
			return nil, registry.Errorf(registry.Internal, "canned claim %s: %v", strconv.Itoa(i), err)
		}
		if err := put(registry.Entry{By: c[6], Claim: &registry.Claim{Record: registry.RecordID(c[0]), Field: c[1], Key: c[2], Value: v, Source: registry.SourceID(c[4]),
			Method: c[5], Note: c[7], Locator: c[8]}}); err != nil {
			return nil, registry.Errorf(registry.Internal, "canned claim %d: %v", i, err)
		}
	}
	return out, nil
}
