package web

import (
	"html/template"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// editPage is a record with every field of its kind and every claim on it, each with what can be done to it.
type editPage struct {
	Title   string
	Kind    string
	Page    link   // the record's page
	History string // address
	Ways    []link // to merging and splitting
	Publish string // address of what waits on it; "" where nothing does, and for who may not publish
	Enter   string // address of the form
	Same    *link  // enter more from the source that was used last
	Other   string // address of the form for another source like that one
	Parts   []editPart
	Only    string    // the part that is shown alone, of a long record
	All     []link    // the parts of a long record
	Absent  []editAdd // fields without a claim
}

type editPart struct {
	ID, Title string
	Fields    []editField
	Claims    int
}

type editField struct {
	Label string
	Add   string // address
	Slots []editSlot
}

type editSlot struct {
	Key    template.HTML
	Claims []editClaim
}

type editClaim struct {
	Value     template.HTML
	State     *state
	Statement *state
	Span      template.HTML
	Place     string // where it stands, in a word; "" for the only one
	Shown     bool
	Source    string
	Locator   string
	Public    bool
	Href      string // what can be done to it
}

type editAdd struct{ Label, Href string }

// mostClaims is how many claims a page of the editor shows at once; a record with more is shown part by part.
const mostClaims = 150

// editRecord is /desk/edit/RECORD.
func editRecord(q *request) (*page, error) {
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	base := "/desk/edit/" + string(r.ID)
	d := editPage{Title: r.Title(q.Lang), Kind: q.kind(r.Kind), Page: q.linkTo(r), History: "/desk/history/" + string(r.ID), Enter: "/desk/enter/" + string(r.ID)}
	d.Page.Text = q.T("edit.to_page")
	if q.mayPublish() {
		d.Ways = []link{{Text: q.T("merge.this"), Href: "/desk/merge?one=" + string(r.ID)}, {Text: q.T("split.this"), Href: "/desk/split/" + string(r.ID)}}
		if l := q.redactLink(r); l.Href != "" {
			d.Ways = append(d.Ways, l)
		}
	}
	if s := q.View.Sources[registry.SourceID(q.Query.Get("source"))]; s != nil {
		d.Same = &link{Text: q.sourceLine(s), Href: d.Enter + "?source=" + string(s.ID)}
		d.Other = d.Enter + "?like=" + string(s.ID)
	}
	groups := append([]struct {
		id     string
		fields []string
	}{{"identity", []string{"title", "name", "official_title", "alias", "summary", "type", "party_kind", "law_type", "project_type", "title_as_given", "scope", "address"}},
		{"events", []string{"event", "event_note", "event_place", "expected"}}, {"nature", []string{"legal_nature"}}, {"texts", []string{"text_status", "text_url"}}}, fieldGroups...)
	done := map[string]bool{}
	total := 0
	add := func(id, title string, fields []string) {
		p := editPart{ID: id, Title: title}
		for _, name := range fields {
			if done[name] || !registry.HasField(r.Kind, name) || !isTyped(name) {
				continue
			}
			done[name] = true
			f := q.editField(r, name)
			if len(f.Slots) == 0 {
				d.Absent = append(d.Absent, editAdd{f.Label, f.Add})
				continue
			}
			for _, s := range f.Slots {
				p.Claims += len(s.Claims)
			}
			p.Fields = append(p.Fields, f)
		}
		if total += p.Claims; len(p.Fields) > 0 {
			d.Parts = append(d.Parts, p)
		}
	}
	for _, g := range groups {
		add(g.id, q.T("section."+g.id), g.fields)
	}
	add("facts", q.T("section.facts"), registry.KindOf(r.Kind).Fields)
	if q.mayPublish() && q.hasWaiting(r) {
		d.Publish = "/desk/unpublished?record=" + string(r.ID)
	}
	if total > mostClaims {
		d.only(q, base)
	}
	return &page{Template: "edit-record", Title: q.T("edit.title", "title", d.Title), Data: d, Plain: true, Trail: q.deskTrail()}, nil
}

// only keeps one part of a long record and leads to the others.
func (d *editPage) only(q *request, base string) {
	d.Only = q.Query.Get("part")
	found := false
	for _, p := range d.Parts {
		found = found || p.ID == d.Only
	}
	if !found && len(d.Parts) > 0 {
		d.Only = d.Parts[0].ID
	}
	var keep []editPart
	for _, p := range d.Parts {
		l := link{Text: q.T("edit.part", "part", p.Title, "n", p.Claims), Href: base + "?part=" + p.ID}
		if p.ID == d.Only {
			keep = append(keep, p)
			l.Href = ""
		}
		d.All = append(d.All, l)
	}
	d.Parts = keep
}

// editField is a field with its claims, slot by slot.
func (q *request) editField(r *registry.Record, name string) editField {
	def := registry.FieldOf(name)
	out := editField{Label: q.locale.field(def), Add: "/desk/enter/" + string(r.ID) + "?field=" + name}
	book := q.book()
	for _, s := range r.Slots(name) {
		slot := editSlot{Key: q.keyLabel(def, s)}
		all := edit.Claims(s)
		for _, c := range all {
			slot.Claims = append(slot.Claims, q.editClaim(def, s, c, len(all) > 1, book))
		}
		out.Slots = append(out.Slots, slot)
	}
	return out
}

func (q *request) editClaim(def *registry.FieldDef, s *registry.Slot, c edit.Fresh, several bool, book *edit.Book) editClaim {
	v := q.claim(def, c.Stated)
	out := editClaim{Value: v.Value, State: v.State, Statement: v.Statement, Span: v.Span, Shown: c.Place == "shown", Locator: c.Locator, Public: book.Public(c.Entry.ID), Href: "/desk/claims/" + string(c.Entry.ID)}
	if several || c.Place != "shown" {
		out.Place = q.T("look.place." + c.Place)
		if c.Place == "shown" && s.Why != "only" {
			out.Place = q.T("why." + s.Why)
		}
	}
	if c.Source != nil {
		out.Source = q.shortSource(c.Source)
	}
	return out
}

// shortSource is publisher and date.
func (q *request) shortSource(s *registry.Source) string {
	name := s.Publisher
	if name == "" {
		name = host(s.URL)
	}
	if name == "" {
		name = cut(s.Title, 40)
	}
	if s.Date == "" {
		return name
	}
	return name + ", " + q.edtfText(s.Date)
}

// hasWaiting says whether a claim on the record is not public.
func (q *request) hasWaiting(r *registry.Record) bool {
	book := q.book()
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			for _, c := range edit.Claims(s) {
				if !book.Public(c.Entry.ID) {
					return true
				}
			}
		}
	}
	return false
}
