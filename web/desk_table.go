package web

import (
	"net/http"
	"strconv"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// tablePage is the form for many claims at once, and what was understood of them.
type tablePage struct {
	Title    string
	Form     *form
	Problems []tableProblem
	Rows     []tableLine
	More     int
	Says     []string
	Changes  *changesView
	Sources  []sourceItem
	Columns  string
	Save     *form
}

type tableProblem struct{ Where, What string }

type tableLine struct {
	Line          int
	Record, Field string
	Read          readLine
	Does          string
}

const mostTableLines = 150

// claimTable is /desk/csv.
func claimTable(q *request) (*page, error) {
	q.filesAsText()
	return q.tablePage(nil, http.StatusOK), nil
}

// filesAsText puts the tables that came as files in the place of what was pasted, so that they come back as text.
func (q *request) filesAsText() {
	for _, name := range []string{"claims", "sources"} {
		if s := q.form.Get(name + "-file"); s != "" {
			q.form.Set(name, s)
		}
		q.form.Del(name + "-file")
		q.form.Del(name + "-file.name")
	}
}

func (q *request) tablePage(problems []edit.LineProblem, status int) *page {
	d := tablePage{Title: q.T("table.title")}
	for _, c := range registry.ClaimColumns {
		if d.Columns != "" {
			d.Columns += ", "
		}
		d.Columns += c
	}
	f := q.newForm("/desk/csv", q.T("edit.preview"))
	f.Hidden = []pair{{"token", q.token()}, {"step", "preview"}}
	f.add(formField{Name: "claims", Label: q.T("table.claims"), Hint: q.T("table.claims_hint"), Type: "textarea", Rows: 10})
	f.add(formField{Name: "claims-file", Label: q.T("table.claims_file"), Type: "file", Optional: true})
	f.add(formField{Name: "sources", Label: q.T("table.sources"), Hint: q.T("table.sources_hint"), Type: "textarea", Rows: 5, Optional: true})
	f.add(formField{Name: "sources-file", Label: q.T("table.sources_file"), Type: "file", Optional: true})
	d.Form = f
	for _, p := range problems {
		what := upperFirst(p.Err.Error())
		if h := registry.HintOf(p.Err); h != "" {
			what += ": " + h
		}
		d.Problems = append(d.Problems, tableProblem{q.T("table.where_"+p.Table, "n", p.Line), what + "."})
	}
	return &page{Template: "claim-table", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail()}
}

// tablePost reads the tables: what they will change, or what is wrong with them line by line; then saves them.
func tablePost(q *request) (*page, error) {
	if q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	q.filesAsText()
	q.form.Set("token", q.token())
	t, problems := edit.NewReader(q.View, q.Lang).ReadTable(q.form.Get("sources"), q.form.Get("claims"), q.form.Get("token"))
	if len(problems) > 0 || q.form.Get("step") == "change" {
		status := http.StatusUnprocessableEntity
		if len(problems) == 0 {
			status = http.StatusOK
		}
		return q.tablePage(problems, status), nil
	}
	entries, err := t.Entries(q.act())
	if err != nil {
		return nil, err
	}
	if q.form.Get("step") == "save" && !t.Empty() {
		if err := q.site.opt.Desk.Commit(q.http.Context(), entries); err != nil {
			return nil, err
		}
		q.did("table", string(entries[0].ID), strconv.Itoa(len(entries))+" entries")
		return nil, seeOther{to: "/desk/csv", say: q.T("edit.saved", "n", len(t.Rows)), more: link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[0].ID)}}
	}
	return q.tableLook(t, entries), nil
}

// tableLook shows line by line how a table was read and what each line does.
func (q *request) tableLook(t edit.Table, entries []registry.Entry) *page {
	before := q.View
	q.View = q.reg.With(entries)
	d := tablePage{Title: q.T("look.title")}
	made := map[registry.EntryID]bool{}
	for i := range entries {
		made[entries[i].ID] = true
	}
	place := q.tablePlaces(t, made)
	already := 0
	for _, row := range t.Rows {
		if row.Already {
			already++
		}
	}
	for _, row := range t.Rows[:min(len(t.Rows), mostTableLines)] {
		l := tableLine{Line: row.Line, Record: q.recordLink(row.Claim.Record).Text, Read: q.readLine(edit.ReadRow{Claim: row.Claim, Notes: row.Notes})}
		if l.Does = place[claimKey(&row.Claim)]; row.Already {
			l.Does = q.T("table.already")
		}
		d.Rows = append(d.Rows, l)
	}
	d.More = len(t.Rows) - len(d.Rows)
	d.Says = []string{q.T("table.says", "claims", len(t.Rows)-already, "sources", t.Sources, "records", len(t.Made), "already", already)}
	look := edit.Look(q.book(), before, q.View, entries, q.site.today())
	c := q.changes(look)
	d.Changes = &c
	f := q.newForm("/desk/csv", q.T("edit.save"))
	f.Hidden = []pair{{"token", q.form.Get("token")}, {"claims", q.form.Get("claims")}, {"sources", q.form.Get("sources")}}
	if !t.Empty() {
		d.Save = f
	}
	d.Form = f
	d.Sources = q.sources()
	return &page{Template: "claim-table-look", Title: d.Title, Data: d, Plain: true, Trail: q.deskTrail(link{Text: q.T("table.title"), Href: "/desk/csv"})}
}

// claimKey tells the claims of a table apart.
func claimKey(c *registry.Claim) string {
	return string(c.Record) + "\n" + c.Field + "\n" + c.Key + "\n" + c.Value.String() + "\n" + c.Value.Lang + "\n" + string(c.Source)
}

// tablePlaces says where each new claim comes to stand in the view after.
func (q *request) tablePlaces(t edit.Table, made map[registry.EntryID]bool) map[string]string {
	out, done := map[string]string{}, map[registry.RecordID]bool{}
	for _, row := range t.Rows {
		r := q.View.Record(row.Claim.Record)
		if r == nil || done[r.ID] {
			continue
		}
		done[r.ID] = true
		for _, f := range r.Fields {
			for _, s := range f.Slots {
				for _, c := range edit.Claims(s) {
					if !made[c.Entry.ID] {
						continue
					}
					words := q.T("look.place." + c.Place)
					if c.Place == "shown" {
						words = q.T("look.what.new")
						if s.Why != "only" {
							words = q.T("why." + s.Why)
						}
					}
					out[claimKey(c.Entry.Claim)] = words
				}
			}
		}
	}
	return out
}
