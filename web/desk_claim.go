package web

import (
	"html/template"
	"net/http"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// claimPage is one claim, what became of it, and what can be done to it.
type claimPage struct {
	Title   string
	Record  link
	Field   string
	Key     template.HTML
	Claim   claimView
	Facts   []pair // who, when, to whom it is open …
	Became  string // what became of it; "" for a claim that holds
	Correct string // addresses
	Agree   string // what another source says alike
	Deny    string
	Erase   string // for administrators
	Forms   []*actForm
	Others  []editClaim
	Sources []sourceItem
}

// actForm is something that can be done to a claim, with its reason.
type actForm struct {
	Title, Says string
	Form        *form
}

// deskEntry is the entry that the address names.
func (q *request) entryAsked() (*registry.Entry, error) {
	e := q.book().Entry(registry.EntryID(q.params["entry"]))
	if e == nil || e.Erased() {
		return nil, errNowhere
	}
	return e, nil
}

// claimAsked is /desk/claims/ENTRY.
func claimAsked(q *request) (*page, error) {
	e, err := q.entryAsked()
	if err != nil {
		return nil, err
	}
	if e.Claim == nil {
		return nil, errNowhere
	}
	return q.claimPage(e, q.form.Get("act"), "", http.StatusOK), nil // the form is filled in where it is shown again
}

func (q *request) claimPage(e *registry.Entry, act, problem string, status int) *page {
	c, def, book := e.Claim, registry.FieldOf(e.Claim.Field), q.book()
	r := q.View.Record(c.Record)
	d := claimPage{Title: q.locale.field(def), Field: q.locale.field(def), Key: q.keyLabel(def, &registry.Slot{Key: c.Key, Lang: c.Value.Lang})}
	st := &registry.Stated{Claim: c, Entry: e, Source: q.View.Sources[c.Source], Known: registry.DayOf(e.At)}
	d.Claim = q.claim(def, st)
	d.Record = link{Text: string(c.Record)}
	trail := q.deskTrail()
	if r != nil {
		d.Record = link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)}
		trail = q.deskTrail(d.Record)
	}
	d.Facts = []pair{{q.T("claim.by"), person(e.By)}, {q.T("claim.at"), q.edtfText(string(registry.DayOf(e.At)))}, {q.T("claim.open"), q.audiences(book.Audiences(e.ID))}}
	if c.Locator != "" {
		d.Facts = append(d.Facts, pair{q.T("edit.locator"), c.Locator})
	}
	if c.Method != "" {
		d.Facts = append(d.Facts, pair{q.T("edit.method"), q.code("method", c.Method)})
	}
	switch t, s := book.Retraction(e.ID), book.ReplacedBy(e.ID); {
	case t != nil:
		d.Became = q.T("claim.retracted", "who", person(t.By), "when", q.edtfText(string(registry.DayOf(t.At))), "why", t.Retraction.Reason)
	case s != nil:
		d.Became = q.T("claim.corrected", "who", person(s.By), "when", q.edtfText(string(registry.DayOf(s.At))))
	case r != nil:
		base := "/desk/enter/" + string(r.ID)
		d.Correct, d.Agree, d.Deny = base+"?corrects="+string(e.ID), base+"?agrees="+string(e.ID), base+"?denies="+string(e.ID)
		if c.Not || c.Value.State != "" {
			d.Deny = ""
		}
		q.otherClaims(&d, r, e, book)
		if !book.Public(e.ID) || q.mayPublish() {
			d.Forms = append(d.Forms, q.actForm(e.ID, "retract", act, problem))
		}
		if len(d.Others) > 0 && !c.Not {
			d.Forms = append(d.Forms, q.actForm(e.ID, "choose", act, problem))
		}
	}
	if q.user.Can(account.Administrator) && q.site.opt.Eraser != nil {
		d.Erase = "/desk/erase?entry=" + string(e.ID)
	}
	d.Sources = q.sources()
	return &page{Template: "desk-claim", Title: d.Title, Data: d, Plain: true, Status: status, Trail: trail}
}

// otherClaims are those of the same place of the record.
func (q *request) otherClaims(d *claimPage, r *registry.Record, e *registry.Entry, book *edit.Book) {
	def := registry.FieldOf(e.Claim.Field)
	for _, s := range r.Slots(e.Claim.Field) {
		all, mine := edit.Claims(s), false
		for _, x := range all {
			mine = mine || x.Entry.ID == e.ID
		}
		for _, x := range all {
			if mine && x.Entry.ID != e.ID {
				d.Others = append(d.Others, q.editClaim(def, s, x, true, book))
			}
		}
	}
}

func (q *request) actForm(id registry.EntryID, name, act, problem string) *actForm {
	f := q.newForm("/desk/claims/"+string(id), q.T("claim."+name))
	if act != name {
		f.sent = nil
	}
	f.Hidden = []pair{{"act", name}, {"token", q.token()}}
	f.add(formField{Name: "reason", Label: q.T("claim.reason"), Hint: q.T("claim." + name + "_why"), Type: "textarea", Rows: 2, Max: 1000})
	f.Fields[0].Name = "reason"
	if act == name && problem != "" {
		f.fail("reason", problem)
	}
	return &actForm{q.T("claim." + name), q.T("claim." + name + "_says"), f}
}

// mayPublish says whether this person may change what everybody sees.
func (q *request) mayPublish() bool { return q.user.Can("editor") }

func (q *request) audiences(as []registry.Audience) string {
	out := ""
	for i, a := range as {
		if i > 0 {
			out += ", "
		}
		switch a {
		case registry.Public:
			out += q.T("claim.public")
		case registry.Registry:
			out += q.T("edit.into_registry")
		default:
			out += string(a)
		}
	}
	return out
}

// act is what this person does, now.
func (q *request) act() edit.Act {
	return edit.Act{Token: q.token(), By: q.user.By(), At: q.site.opt.Now(), Into: registry.Registry}
}

// claimPost retracts or chooses: first what will change, then it is done.
func claimPost(q *request) (*page, error) {
	e, err := q.entryAsked()
	if err != nil {
		return nil, err
	}
	if e.Claim == nil || q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	q.form.Set("token", q.token())
	a := q.act()
	if as := q.book().Audiences(e.ID); len(as) > 0 && !q.book().Public(e.ID) {
		a.Into = as[0]
	}
	var entries []registry.Entry
	act := q.form.Get("act")
	switch act {
	case "retract":
		entries, err = a.Retract(q.book(), q.mayPublish(), q.form.Get("reason"), e.ID)
	case "choose":
		entries, err = a.Choose(q.book(), q.form.Get("reason"), e.ID)
	default:
		return nil, errNowhere
	}
	if err != nil {
		return q.claimPage(e, act, sentence(err), http.StatusUnprocessableEntity), nil
	}
	p, err := q.lookOrDo(entries, "/desk/claims/"+string(e.ID), "claim."+act)
	if p != nil || err != nil {
		return p, err
	}
	to := "/desk/edit/" + string(q.View.Resolve(e.Claim.Record))
	if q.reg.View("").Record(e.Claim.Record) == nil {
		to = "/desk"
	}
	return nil, seeOther{to: to, say: q.T("claim." + act + "_done"), more: link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[0].ID)}}
}

// lookOrDo shows what entries will change; or, where that was seen and confirmed, commits them and gives neither page nor error.
func (q *request) lookOrDo(entries []registry.Entry, action, words string) (*page, error) {
	if q.form.Get("step") == "save" {
		if err := q.site.opt.Desk.Commit(q.http.Context(), entries); err != nil {
			return nil, err
		}
		q.did(words, action, "")
		return nil, nil
	}
	f := q.newForm(action, q.T(words))
	f.Danger = true
	for _, name := range sorted(q.form) {
		for _, v := range q.form[name] {
			if name != "step" {
				f.Hidden = append(f.Hidden, pair{name, v})
			}
		}
	}
	before := q.View
	q.View = q.reg.With(entries)
	p := lookPage{Title: q.T("look.title"), Form: f, Changes: q.changes(edit.Look(q.book(), before, q.View, entries, q.site.today()))}
	f.Cancel = link{Text: q.T("look.back"), Href: "/desk"}
	p.Sources = q.sources()
	return &page{Template: "look", Title: p.Title, Data: p, Plain: true, Trail: q.deskTrail()}, nil
}
