package web

import (
	"html/template"
	"net/http"
	"slices"

	"strings"
	"sync"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// lookPage says what was understood and what it will change, before anything is saved.
type lookPage struct {
	Title   string
	Read    []readLine
	Changes changesView
	Similar []link // records like a new one
	Sources []sourceItem
	Form    *form
	Change  bool // it can be changed
	Next    bool // what another source says can be entered next
}

// readLine is a statement as it was understood.
type readLine struct {
	Label template.HTML
	Says  template.HTML
	Notes []string
	Place string
}

// changesView is what a set of entries changes; template "changes".
type changesView struct {
	Warnings []warningLine
	Records  []recordChange
	More     int // records that change too
	Nothing  bool
}

// How much of what changes a page shows; the rest is counted.
const mostRecords, mostChanges = 25, 60

// warningLine is a warning in words.
type warningLine struct {
	Text    string
	Another string // the row of the form that may tell of another event than the one recorded; "" where that is not the question
	of      edit.Warning
}

type recordChange struct {
	Record   link
	New      bool
	Gone     bool
	Standing string // how stage or status changes; "" where it does not
	Fields   []fieldChange
	More     int // fields that change too
}

type fieldChange struct {
	Label  string
	Key    template.HTML
	What   string // word
	Code   string // new, changed, gone, supported, disputed, kept
	Before *valueView
	After  *valueView
	Why    []string // where a new claim stands, and by which rule
}

// lookPage shows a draft. The form goes along whole.
func (q *request) lookPage(r *registry.Record, k registry.Kind, d edit.Draft, entries []registry.Entry) *page {
	before, after := q.View, q.reg.With(entries)
	action, trail := "/desk/new", q.deskTrail()
	if r != nil {
		action = "/desk/enter/" + string(r.ID)
		trail = q.deskTrail(link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)})
	}
	f := q.newForm(action, q.T("edit.save"))
	for _, name := range sorted(q.form) {
		for _, v := range q.form[name] {
			if v != "" {
				f.Hidden = append(f.Hidden, pair{name, v})
			}
		}
	}
	p := lookPage{Title: q.T("look.title"), Form: f, Change: true, Next: registry.HasField(k, "event")}
	q.View = after
	for _, row := range d.Rows {
		p.Read = append(p.Read, q.readLine(row))
	}
	if d.Known {
		p.Read = append(p.Read, readLine{Label: template.HTML(template.HTMLEscapeString(q.T("edit.source_use"))), Says: bdi(q.sourceLine(after.Sources[d.Source])), Notes: []string{q.T("look.source_known")}})
	}
	p.Changes = q.changes(edit.Look(q.book(), before, after, entries, q.site.today()))
	for i := range p.Changes.Records {
		if rc := &p.Changes.Records[i]; rc.New { // all of it is above
			rc.Fields, rc.More = nil, 0
		}
	}
	for i := range p.Changes.Warnings {
		w := &p.Changes.Warnings[i]
		w.Another = q.anotherEvent(d, w.of)
	}
	if d.New {
		p.Similar = q.similar(before, d)
	}
	p.Sources = q.sources()
	return &page{Template: "look", Title: p.Title, Data: p, Plain: true, Trail: trail}
}

// readLine says in words what was read, with where the locator leads.
func (q *request) readLine(row edit.ReadRow) readLine {
	c := row.Claim
	def := registry.FieldOf(c.Field)
	l := readLine{Label: template.HTML(template.HTMLEscapeString(q.locale.field(def))), Notes: slices.Clone(row.Notes)}
	if key := q.keyLabel(def, &registry.Slot{Key: c.Key, Lang: c.Value.Lang}); key != "" {
		l.Label += ": " + key
	}
	st := &registry.Stated{Claim: &c, Entry: &registry.Entry{By: q.user.By(), Claim: &c}, Source: q.View.Sources[c.Source]}
	if c.Value.State != "" {
		l.Says = q.claimState(st).HTML()
	} else {
		l.Says = q.written(def, c.Value)
	}
	if c.Not {
		l.Says = q.H("claims.not", "value", l.Says)
	}
	if s := q.span(&c); s != "" {
		l.Says += ", " + s
	}
	if s := q.statement(&c); s != nil {
		l.Notes = append(l.Notes, s.Word)
	}
	switch {
	case row.Place == (edit.Place{}) && c.Locator != "" && c.Field != "event_note" && c.Field != "event_place":
		l.Place = q.T("look.at_place", "locator", cut(c.Locator, 160))
	case row.Place.Found:
		l.Place = q.T("look.place_found", "words", cut(row.Place.Excerpt, 160))
	case row.Place.Checked:
		l.Place = q.T("look.place_not_found", "locator", cut(c.Locator, 100))
	}
	return l
}

// changes puts what changes into words. q.View is the view after.
func (q *request) changes(c edit.Changes) changesView {
	var out changesView
	for _, w := range c.Warnings {
		out.Warnings = append(out.Warnings, warningLine{Text: q.warning(w), of: w})
	}
	out.More = max(0, len(c.Records)-mostRecords)
	for _, r := range c.Records[:len(c.Records)-out.More] {
		rec := r.After
		rc := recordChange{New: r.Before == nil, Gone: r.After == nil}
		if rec == nil {
			rec = r.Before
		}
		rc.Record = link{Text: rec.Title(q.Lang), Href: q.linkTo(rec).Href}
		if rc.New {
			rc.Record.Href = ""
		}
		list := "instrument_status"
		if rec.Kind == registry.KindNegotiation {
			list = "negotiation_stage"
		}
		if r.Changed() {
			name := func(code string) string {
				if code == "" {
					return q.T("look.no_stage")
				}
				return q.code(list, code)
			}
			rc.Standing = q.T("look.standing", "before", name(r.Stage[0]), "after", name(r.Stage[1]))
			if rc.New {
				rc.Standing = q.T("look.standing_new", "after", name(r.Stage[1]))
			}
		}
		rc.More = max(0, len(r.Fields)-mostChanges)
		for _, f := range r.Fields[:len(r.Fields)-rc.More] {
			rc.Fields = append(rc.Fields, q.fieldChange(f))
		}
		out.Records = append(out.Records, rc)
	}
	out.Nothing = len(out.Records) == 0
	return out
}

func (q *request) fieldChange(f edit.FieldChange) fieldChange {
	fc := fieldChange{Label: q.locale.field(f.Def), Code: f.What, What: q.T("look.what." + f.What)}
	for _, side := range []struct {
		slot *registry.Slot
		to   **valueView
	}{{f.Before, &fc.Before}, {f.After, &fc.After}} {
		if side.slot == nil {
			continue
		}
		v := q.value(f.Def, side.slot)
		fc.Key, v.Key = v.Key, ""
		*side.to = &v
	}
	if f.What != "changed" && f.After != nil {
		fc.Before = nil
	}
	for _, x := range f.Fresh {
		if x.Place == "shown" && f.After.Why == "only" {
			continue
		}
		why := q.T("look.place." + x.Place)
		switch {
		case x.Loses != "":
			why += " " + q.T("why."+x.Loses)
		case x.Place == "shown":
			why = q.T("why." + f.After.Why)
		}
		fc.Why = append(fc.Why, why)
	}
	return fc
}

// warning puts a warning into words.
func (q *request) warning(w edit.Warning) string {
	what := ""
	if f := registry.FieldOf(w.Field); f != nil {
		what = q.locale.field(f)
		if f.Key == "event" && w.Key != "" {
			if event := q.eventWords(w.Key); w.Field == "event" {
				what = event
			} else {
				what += ": " + event
			}
		}
	}
	about := w.About
	switch w.Code {
	case "event_after_source", "event_to_come", "event_again", "event_other":
		about = q.edtfText(about)
	case "dangling", "wider_than_record":
		about = q.recordLink(registry.RecordID(about)).Text
	default:
		if s := q.View.Sources[registry.SourceID(about)]; s != nil {
			about = q.sourceLine(s)
		}
	}
	return q.T("look.warn."+w.Code, "what", what, "about", about)
}

// eventWords is an event's name as text.
func (q *request) eventWords(key string) string {
	code, qualifier := registry.SplitEventKey(key)
	if qualifier == "" {
		return q.code("event", code)
	}
	if p := q.View.Record(registry.RecordID("pty_" + qualifier)); p != nil {
		qualifier = p.Title(q.Lang)
	}
	if strings.Trim(qualifier, "0123456789") == "" {
		return q.code("event", code) + " " + qualifier
	}
	return q.code("event", code) + " (" + strings.ReplaceAll(qualifier, "-", " ") + ")"
}

// similar are records that may be the one that is being made: those that share its parties and a word of its title.
func (q *request) similar(v *registry.View, d edit.Draft) []link {
	var parties []registry.RecordID
	title := ""
	for _, row := range d.Rows {
		switch row.Claim.Field {
		case "party", "lender", "borrower", "host", "issuer":
			parties = append(parties, registry.RecordID(row.Claim.Value.Raw))
		case "title", "name":
			title = row.Claim.Value.Raw
		}
	}
	var out []link
	for _, r := range v.OfKind(d.Record.Kind()) {
		shared := 0
		for _, p := range parties {
			for _, f := range []string{"party", "lender", "borrower", "host", "issuer"} {
				if slices.Contains(r.Refs(f), p) {
					shared++
					break
				}
			}
		}
		if len(parties) > 0 && shared == len(parties) || edit.Slug(r.Title()) == edit.Slug(title) {
			out = append(out, q.linkTo(r))
		}
	}
	return out[:min(len(out), 8)]
}

// conflictPage answers a correction of a claim that somebody else corrected, or took back, meanwhile: both, with what was typed.
type conflictPage struct {
	Title   string
	Yours   []readLine
	Now     []valueView
	Who     string
	Sources []sourceItem
	Form    *form
	Again   bool // there is a claim to correct instead
}

func (q *request) conflictPage(r *registry.Record, d edit.Draft) (*page, error) {
	if r == nil {
		return nil, errNowhere
	}
	book := q.book()
	f := q.newForm("/desk/enter/"+string(r.ID), "")
	p := conflictPage{Title: q.T("conflict.title"), Form: f}
	for _, row := range d.Rows {
		p.Yours = append(p.Yours, q.readLine(row))
	}
	next := ""
	for _, n := range q.rowNames() {
		id := registry.EntryID(q.form.Get(n + ".corrects"))
		old := book.Entry(id)
		if id == "" || old == nil || old.Claim == nil {
			continue
		}
		if s := book.Successor(id); s != nil && s.ID != id && book.Retraction(s.ID) == nil {
			next = string(s.ID)
			p.Who = q.T("conflict.corrected", "who", person(s.By), "when", q.edtfText(string(registry.DayOf(s.At))))
		} else if t := book.Retraction(id); t != nil {
			p.Who = q.T("conflict.retracted", "who", person(t.By), "when", q.edtfText(string(registry.DayOf(t.At))), "why", t.Retraction.Reason)
		}
		def := registry.FieldOf(old.Claim.Field)
		for _, s := range r.Slots(old.Claim.Field) {
			if s.Key == old.Claim.Key || def.Card == registry.Set {
				p.Now = append(p.Now, q.value(def, s))
			}
		}
	}
	for _, name := range sorted(q.form) {
		if strings.HasSuffix(name, ".corrects") || name == "token" {
			continue
		}
		for _, v := range q.form[name] {
			f.Hidden = append(f.Hidden, pair{name, v})
		}
	}
	q.form.Del("token")
	f.Hidden = append(f.Hidden, pair{"token", q.token()})
	p.Again, p.Sources = next != "", q.sources()
	if p.Again {
		f.Hidden = append(f.Hidden, pair{"newer", next})
	}
	return &page{Template: "conflict", Title: p.Title, Data: p, Plain: true, Status: http.StatusConflict, Trail: q.deskTrail(link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)})}, nil
}

// person is a name as it is shown to the signed-in.
func person(by string) string {
	if p, ok := strings.CutPrefix(by, "person:"); ok {
		return p
	}
	return by
}

// books keeps the opened entries of a few versions: pages of the desk look up what became of each claim.
type books struct {
	mu   sync.Mutex
	kept map[string]*edit.Book
}

func (q *request) book() *edit.Book {
	b := &q.site.books
	b.mu.Lock()
	defer b.mu.Unlock()
	key := q.version
	if x := b.kept[key]; x != nil {
		return x
	}
	if len(b.kept) >= 4 || b.kept == nil {
		b.kept = map[string]*edit.Book{}
	}
	x := edit.NewBook(q.reg.Entries())
	if q.reg.Version() == key {
		b.kept[key] = x
	}
	return x
}
