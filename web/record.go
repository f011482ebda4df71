package web

import (
	"html/template"
	"slices"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// recordPage is the page of one record: what it is, how it stands, and every field with its sources.
type recordPage struct {
	Kind, Title string
	Names       []template.HTML // official title, other titles
	Sample      bool
	Standing    string // stage or status; "" for kinds without one
	Since       template.HTML
	Rests       string // address of the event that the standing rests on
	Progress    string // implementation status; "" where no event tells
	Summary     *valueView
	Heard       template.HTML // when the newest source is from; "" where none bears a date
	Stale       string        // that it is time to look again; "" where it is not
	Disputed    string        // how many fields sources disagree on
	Merged      string
	Compare     link   // an instrument beside others
	Also        []link // other pages about the record
	Parts       []recordPart
	Sources     []sourceItem
}

// recordPart is a part of a record's page. Exactly what is set is shown, in this order.
type recordPart struct {
	ID, Title string
	Note      string
	Stage     *stageLine
	Parties   *table
	Nature    []natureRow
	Wording   *wording
	Binds     []bindsSummary
	Texts     []textRow
	Fields    []fieldRow
	Sections  []section // other records
	More      *link     // to what has a page of its own
	Overlap   *overlapBox
	Empty     *state
}

// fieldGroups puts fields into parts of the page. What stands in none comes under the facts.
var fieldGroups = []struct {
	id     string
	fields []string
}{
	{"sides", []string{"party", "issuer", "host", "lead_body", "signatory", "signed_by", "lender", "borrower", "operator", "owner", "consulted", "adviser", "adviser_paid_by",
		"mandate", "objective", "approval_needed", "accession", "withdrawal", "participant", "addressee"}},
	{"scope", []string{"mineral", "mineral_scope", "mineral_context", "mineral_stage", "lists_mineral", "area", "provision", "quantity"}},
	{"money", []string{"financing_type", "amount", "tenor", "grace", "rate", "repayment", "collateral", "offtake", "conditions", "shared_use"}},
	{"notes", []string{"note"}},
}

// elsewhere are fields that a page shows in a place of their own.
var elsewhere = []string{"title", "official_title", "summary", "address", "redirect", "sample", "event", "event_note", "event_place", "expected", "legal_nature",
	"text_status", "text_url", "file", "reading", "analysis", "succession", "grams", "reply"}

// alwaysSaid are the fields of a kind that are worth a line also where nothing is recorded.
var alwaysSaid = map[registry.Kind][]string{
	registry.KindNegotiation: {"party", "mineral"}, registry.KindInstrument: {"party", "mineral", "type"}, registry.KindFinancing: {"lender", "borrower", "amount"},
	registry.KindProject: {"host", "operator", "mineral"}, registry.KindLaw: {"issuer", "law_type"}, registry.KindForum: {"party"},
}

// record is the handler of a kind's records: the page is made of the schema, with parts of its own where a kind needs them.
func record(k registry.Kind) handler {
	return func(q *request) (*page, error) {
		r, p, err := q.find(k)
		if err != nil || p != nil {
			return p, err
		}
		d := recordPage{Kind: q.formOf(r), Title: r.Title(q.Lang), Sample: r.Sample()}
		for _, s := range r.Slots("official_title") {
			if s.Shown != nil && s.Shown.Value.Raw != d.Title {
				d.Names = append(d.Names, q.written(registry.FieldOf("official_title"), s.Shown.Value))
			}
		}
		d.Standing, d.Since = q.standing(r)
		st := r.Status()
		if k == registry.KindNegotiation {
			st = r.Stage()
		}
		d.Rests = "#event-" + slug(st.Event)
		d.Heard, d.Stale = q.heard(r)
		if i := r.Implementation(); i.Code != "" && i.Code != "not_started" {
			d.Progress = q.T("record.progress", "status", lowerFirst(q.code("implementation_status", i.Code)))
		}
		if row, ok := q.field(r, "summary"); ok {
			d.Summary = pickLang(r, row, q.Lang)
		}
		if n := r.Disputed(); n > 0 {
			d.Disputed = q.T("record.disputed", "n", n)
		}
		if n := len(r.Merged); n > 0 {
			d.Merged = q.T("record.merged", "n", n)
		}
		if k == registry.KindInstrument {
			d.Compare = q.compareLink(r.Path())
		}
		if k == registry.KindInstrument {
			d.Also = append(d.Also, link{Text: q.T("summary.open"), Href: q.href(r.Path() + "/summary")})
		}
		if at := disclosurePath(r); at != "" {
			d.Also = append(d.Also, link{Text: q.T("plan.title"), Href: q.href(at)})
		}
		if slices.Contains(indexed, k) {
			d.Also = append(d.Also, link{Text: q.T("index.of"), Href: q.href(r.Path() + "/disclosure-index")})
		}
		d.Parts = q.parts(r)
		d.Sources = q.sources()
		return &page{Template: "record", Title: d.Title, Lede: plainSummary(r, q.Lang), Data: d,
			Trail: []link{{Text: q.kinds(k), Href: q.href("/" + registry.KindOf(k).Noun)}}, JSON: q.recordJSON(r), CSV: recordCSV(r)}, nil
	}
}

// heard says when the newest source of a record is from, and whether it is time to look again, for the day that the page is of.
func (q *request) heard(r *registry.Record) (template.HTML, string) {
	day := q.AsOf
	if day == "" {
		day = q.site.today()
	}
	a := review.AgeOf(r, day)
	if !a.Known() {
		return "", ""
	}
	words := q.H("record.heard", "date", q.date(a.Last), "ago", q.T("record.ago", "n", a.Days))
	if a.Days == 0 {
		words = q.H("record.heard_today", "date", q.date(a.Last))
	}
	if !a.Stale() {
		return words, ""
	}
	return words, q.T("record.stale")
}

// pickLang keeps the value in the reader's language.
func pickLang(r *registry.Record, row fieldRow, lang string) *valueView {
	_, best := r.Text("summary", "", lang)
	for i, s := range r.Slots("summary") {
		if s.Lang == best && i < len(row.Values) {
			row.Values[i].Key = ""
			return &row.Values[i]
		}
	}
	return &row.Values[0]
}

func plainSummary(r *registry.Record, lang string) string {
	t, _ := r.Text("summary", "", lang)
	return cut(t, 300)
}

// find is the record at the request's address; or a page that says that it was not known yet; or an error that leads to where it is.
func (q *request) find(k registry.Kind) (*registry.Record, *page, error) {
	address := q.params["address"]
	r := exactly(q.View, k, address)
	if r == nil {
		if later := exactly(q.now(), k, address); later != nil && q.AsOf != "" {
			p, err := q.notYet(later)
			return nil, p, err
		}
		return nil, nil, registry.Errorf(registry.NotFound, "%s", q.T("error.no_record", "kind", lowerFirst(q.kind(k)), "address", cut(address, 80)))
	}
	if r.Kind != k || r.Address() != address {
		return nil, nil, moved{r.Path(), r.MergedFrom(address)}
	}
	q.about = r
	return r, nil, nil
}

// exactly is the record at an address: of two addresses that differ only in case the one that is written so, else whatever the case.
func exactly(v *registry.View, k registry.Kind, address string) *registry.Record {
	if r := v.Record(registry.RecordID(registry.KindOf(k).Prefix + "_" + address)); r != nil && r.Address() == address {
		return r
	}
	return v.ByAddress(k, address)
}

// parts are the parts of a record's page.
func (q *request) parts(r *registry.Record) []recordPart {
	var out []recordPart
	add := func(id string, p recordPart) {
		p.ID, p.Title = id, q.T("section."+id)
		if p.Stage != nil || p.Parties != nil || p.Wording != nil || p.Overlap != nil || len(p.Nature)+len(p.Binds)+len(p.Texts)+len(p.Fields)+len(p.Sections) > 0 || p.Empty != nil {
			out = append(out, p)
		}
	}
	if registry.HasField(r.Kind, "event") && r.Kind != registry.KindParty {
		p := recordPart{Stage: q.stage(r)}
		if p.Stage == nil {
			s := q.state("not_recorded")
			p.Empty = &s
		}
		add("events", p)
	}
	done := map[string]bool{}
	for _, name := range elsewhere {
		done[name] = true
	}
	for _, g := range fieldGroups {
		for _, f := range g.fields {
			done[f] = true
		}
	}
	for _, f := range refFields(r.Kind) {
		done[f] = true
	}
	for _, g := range fieldGroups[:1] {
		add(g.id, recordPart{Fields: q.groupFields(r, g.fields)})
	}
	if r.Kind == registry.KindInstrument {
		add("status", recordPart{Parties: q.partyStatus(r), Note: q.T("record.status_note")})
		add("nature", recordPart{Nature: q.natures(r), Note: q.T("record.nature_note")})
		add("binds", recordPart{Binds: q.bindsOf(r), Note: q.T("binds.note")})
		add("wording", recordPart{Wording: q.wording(r), Note: q.T("record.wording_note")})
	}
	for _, g := range fieldGroups[1:3] {
		add(g.id, recordPart{Fields: q.groupFields(r, g.fields)})
	}
	if registry.HasField(r.Kind, "text_status") {
		add("texts", recordPart{Texts: q.texts(r), More: q.versionsOfLink(r)})
	}
	if r.Kind == registry.KindInstrument || r.Kind == registry.KindNegotiation {
		add("overlaps", recordPart{Overlap: q.overlapBox(r)})
	}
	if r.Kind == registry.KindLaw {
		if b := q.collisionsOf(r); b != nil && len(b.Items) > 0 {
			add("overlaps", recordPart{Overlap: &overlapBox{Conflicts: b}})
		}
	}
	add("related", recordPart{Sections: q.related(r)})
	add("notes", recordPart{Fields: append(q.groupFields(r, fieldGroups[3].fields), q.looseReplies(r)...)})
	var rest []string
	for _, f := range registry.KindOf(r.Kind).Fields {
		if !done[f] {
			rest = append(rest, f)
		}
	}
	add("facts", recordPart{Fields: q.groupFields(r, rest)})
	return out
}

// groupFields are the rows of some fields, with those that are always said.
func (q *request) groupFields(r *registry.Record, names []string) []fieldRow {
	var out []fieldRow
	for _, name := range names {
		if !registry.HasField(r.Kind, name) {
			continue
		}
		row, ok := q.field(r, name)
		switch {
		case ok && name == "note":
			for _, v := range row.Values {
				out = append(out, fieldRow{Name: name, Label: upperFirst(noteLabel(r, v, q)), Values: []valueView{unkeyed(v)}})
			}
			continue
		case !ok && slices.Contains(alwaysSaid[r.Kind], name) && !(name == "mineral" && r.Field("mineral_scope") != nil):
			s := q.state("not_recorded")
			row.Missing = &s
		case !ok:
			continue
		}
		out = append(out, row)
	}
	return out
}

func unkeyed(v valueView) valueView { v.Key = ""; return v }

// noteLabel is the subject of a note.
func noteLabel(r *registry.Record, v valueView, q *request) string {
	for _, s := range r.Slots("note") {
		if s.Shown != nil && s.Key != "" && q.keyLabel(registry.FieldOf("note"), s) == v.Key {
			return s.Key
		}
	}
	return q.locale.field(registry.FieldOf("note"))
}

// formOf is what a record is, as exactly as is known: its type, else its kind.
func (q *request) formOf(r *registry.Record) string {
	for _, f := range []string{"type", "law_type", "project_type", "financing_type", "document_type", "party_kind"} {
		if codes := r.Values(f); len(codes) > 0 {
			return q.codes(registry.FieldOf(f).CodeList, codes)
		}
	}
	return q.kind(r.Kind)
}
