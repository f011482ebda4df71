package web

import (
	"net/http"
	"slices"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// splitPage is /desk/split/RECORD: which of a record's claims are about another thing.
type splitPage struct {
	Title  string
	Record link
	Claims []splitClaim
	Form   *form
}

type splitClaim struct {
	itemClaim
	Chosen bool
}

func split(q *request) (*page, error) { return q.splitPage("", http.StatusOK) }

func (q *request) splitPage(problem string, status int) (*page, error) {
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	d := splitPage{Title: q.T("split.title", "title", r.Title(q.Lang)), Record: link{Text: r.Title(q.Lang), Href: "/desk/edit/" + string(r.ID)}}
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			for _, c := range edit.Claims(s) {
				x := splitClaim{itemClaim: q.itemClaim(c.Entry)}
				x.Chosen = slices.Contains(q.form["claim"], x.ID)
				d.Claims = append(d.Claims, x)
			}
		}
	}
	f := q.newForm("/desk/split/"+string(r.ID), q.T("split.look"))
	f.Hidden = []pair{{"token", q.token()}}
	f.add(formField{Name: "title", Label: q.T("split.new"), Hint: q.T("split.new_hint"), Max: 400, Autocomplete: "off"})
	f.add(formField{Name: "to", Label: q.T("split.to"), Hint: q.T("merge.record_hint"), Optional: true, Autocomplete: "off"})
	f.add(formField{Name: "reason", Label: q.T("split.reason"), Type: "textarea", Rows: 2, Max: 1000, Required: true})
	q.addInto(f)
	if problem != "" {
		f.fail("", problem)
	}
	d.Form = f
	return &page{Template: "split", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail(d.Record)}, nil
}

func splitPost(q *request) (*page, error) {
	if q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	q.site.merging.Lock()
	defer q.site.merging.Unlock()
	if err := q.read(); err != nil {
		return nil, err
	}
	r, err := q.deskRecord()
	if err != nil {
		return nil, err
	}
	q.form.Set("token", q.token())
	a := q.act()
	a.Into = q.mergeInto()
	var to registry.RecordID
	if typed := q.form.Get("to"); typed != "" {
		other, err := q.typedRecord(typed, r.Kind)
		if err != nil {
			return q.splitPage(errText(err), http.StatusUnprocessableEntity)
		}
		to = other.ID
	}
	var ids []registry.EntryID
	for _, id := range q.form["claim"] {
		ids = append(ids, registry.EntryID(id))
	}
	entries, to, err := a.Split(q.book(), q.View, r.ID, to, q.form.Get("title"), q.Lang, ids, q.form.Get("reason"))
	if err != nil {
		return q.splitPage(errText(err), http.StatusUnprocessableEntity)
	}
	if a.Into == registry.Public { // what is said of one company would be said of another
		moves := make([]*registry.Entry, len(entries))
		for i := range entries {
			moves[i] = &entries[i]
		}
		missing, err := q.missingIn(moves, q.reg.With(entries))
		if err != nil {
			return nil, err
		}
		if len(missing) > 0 {
			return q.splitPage(q.T("notice.stops_split", "n", len(missing)), http.StatusUnprocessableEntity)
		}
	}
	p, err := q.lookOrDo(entries, "/desk/split/"+string(r.ID), "split.do")
	if p != nil || err != nil {
		return p, err
	}
	return nil, seeOther{to: "/desk/edit/" + string(to), say: q.T("split.done"), more: link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[len(entries)-1].ID)}}
}
