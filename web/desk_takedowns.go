package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

// deskTakedownsPage is where requests to remove something are written down and decided.
type deskTakedownsPage struct {
	Title string
	Open  []openTakedown
	Form  *form
}

type openTakedown struct {
	Title string
	Facts []pair
	Form  *form
}

// deskTakedowns is /desk/takedowns.
func deskTakedowns(q *request) (*page, error) {
	if q.site.opt.Correspondence == nil {
		return nil, errNowhere
	}
	return q.takedownsPage(q.takedownForm(), nil, http.StatusOK), nil
}

func (q *request) takedownsPage(f, decided *form, status int) *page {
	d := deskTakedownsPage{Title: q.T("takedown.title"), Form: f}
	for _, t := range q.openTakedowns() {
		n := strconv.FormatInt(t.Number, 10)
		o := openTakedown{Title: q.T("takedown.heading", "number", n), Form: q.takedownDecision(t.Number)}
		if decided != nil && decided.Hidden[1].Value == n {
			o.Form = decided
		}
		o.Facts = []pair{{q.T("takedowns.asked_on"), q.edtfText(string(t.AskedOn))}, {q.T("takedowns.ground"), q.code("takedown_ground", t.Ground)}, {q.T("takedowns.asker"), q.code("takedown_asker", t.Asker) + " " + t.Authority},
			{q.T("corrections.record"), string(t.Record)}, {q.T("takedowns.asked"), t.Asked}}
		o.Facts = slices.DeleteFunc(o.Facts, func(p pair) bool { return p.Value == "" })
		d.Open = append(d.Open, o)
	}
	return &page{Template: "desk-takedowns", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail()}
}

func (q *request) takedownForm() *form {
	f := q.newForm("/desk/takedowns", q.T("takedown.note"))
	if q.form.Get("do") != "note" {
		f.sent = nil
	}
	f.Hidden = []pair{{"do", "note"}}
	f.add(formField{Name: "asked_on", Label: q.T("takedowns.asked_on"), Type: "date", Value: string(q.site.today()), Short: true})
	f.add(q.codeField("ground", q.T("takedowns.ground"), "", "takedown_ground"))
	f.add(q.codeField("asker", q.T("takedowns.asker"), q.T("takedown.asker_hint"), "takedown_asker"))
	f.add(formField{Name: "authority", Label: q.T("takedown.authority"), Hint: q.T("takedown.authority_hint"), Max: 200, Optional: true})
	f.add(formField{Name: "record", Label: q.T("takedown.record"), Hint: q.T("takedown.record_hint"), Max: 200, Optional: true})
	f.add(formField{Name: "asked", Label: q.T("takedowns.asked"), Hint: q.T("takedown.asked_hint"), Type: "textarea", Rows: 2, Max: 1000})
	return f
}

func (q *request) codeField(name, label, hint, list string) formField {
	x := formField{Name: name, Label: label, Hint: hint, Type: "select", Options: []formOption{{Value: "", Label: ""}}}
	for _, c := range registry.Codes(list) {
		x.Options = append(x.Options, formOption{Value: c, Label: q.code(list, c)})
	}
	return x
}

func (q *request) takedownDecision(number int64) *form {
	f := q.newForm("/desk/takedowns", q.T("takedown.decide"))
	if q.form.Get("number") != strconv.FormatInt(number, 10) {
		f.sent = nil
	}
	f.Hidden = []pair{{"do", "decide"}, {"number", strconv.FormatInt(number, 10)}}
	n := "-" + strconv.FormatInt(number, 10)
	x := formField{Name: "decision" + n, Label: q.T("takedowns.decision"), Type: "radio", Hint: q.T("takedown.decision_hint")}
	for _, c := range decisions {
		x.Options = append(x.Options, formOption{Value: c, Label: q.T("takedowns." + c)})
	}
	f.add(x)
	f.add(formField{Name: "done" + n, Label: q.T("takedowns.done"), Hint: q.T("takedown.done_hint"), Type: "textarea", Rows: 2, Max: 1000})
	return f
}

var decisions = []string{"removed", "partly", "refused"}

// takedownPost writes a request down, or what was decided of one.
func takedownPost(q *request) (*page, error) {
	store := q.site.opt.Correspondence
	if store == nil {
		return nil, errNowhere
	}
	var t desk.Takedown
	f := q.takedownForm()
	var decided *form
	if q.form.Get("do") == "decide" {
		number, err := strconv.ParseInt(q.form.Get("number"), 10, 64)
		if err != nil || number < 1 {
			return nil, errNowhere
		}
		decided = q.takedownDecision(number)
		n := "-" + strconv.FormatInt(number, 10)
		t = desk.Takedown{Number: number, DecidedOn: q.site.today(), Decision: q.form.Get("decision" + n), Done: trimmed(q.form, "done"+n)}
		if !slices.Contains(decisions, t.Decision) {
			decided.fail("decision"+n, q.T("takedown.no_decision"))
		}
		if t.Done == "" {
			decided.fail("done"+n, q.T("takedown.no_done"))
		}
		if len(decided.Errors) > 0 {
			return q.takedownsPage(f, decided, http.StatusUnprocessableEntity), nil
		}
	} else {
		t = q.takedownAsked(f)
		if len(f.Errors) > 0 {
			return q.takedownsPage(f, nil, http.StatusUnprocessableEntity), nil
		}
	}
	n, err := store.NoteTakedown(q.http.Context(), t, q.user.By())
	if registry.CodeOf(err) == registry.Conflict {
		f.fail("", sentence(err))
		return q.takedownsPage(f, nil, http.StatusConflict), nil
	}
	if err != nil {
		return nil, err
	}
	q.did("takedown", strconv.FormatInt(n, 10), t.Decision)
	return nil, seeOther{to: "/desk/takedowns", say: q.T("takedown.noted"), more: link{Text: q.T("takedowns.title"), Href: "/takedowns"}}
}

func (q *request) takedownAsked(f *form) desk.Takedown {
	t := desk.Takedown{AskedOn: registry.Day(q.form.Get("asked_on")), Ground: q.form.Get("ground"), Asker: q.form.Get("asker"), Authority: trimmed(q.form, "authority"),
		Record: registry.RecordID(trimmed(q.form, "record")), Asked: trimmed(q.form, "asked"), Decision: "open"}
	if _, err := registry.ParseDay(string(t.AskedOn)); err != nil || t.AskedOn > q.site.today() {
		f.fail("asked_on", q.T("takedown.no_day"))
	}
	if !registry.IsCode("takedown_ground", t.Ground) {
		f.fail("ground", q.T("takedown.choose"))
	}
	if !registry.IsCode("takedown_asker", t.Asker) {
		f.fail("asker", q.T("takedown.choose"))
	}
	if t.Authority != "" && t.Asker != "public_authority" && t.Asker != "state" {
		f.fail("authority", q.T("takedown.no_name"))
	}
	if t.Asked == "" {
		f.fail("asked", q.T("takedown.no_asked"))
	}
	if t.Record != "" {
		if r, err := q.typedRecord(string(t.Record)); err != nil || r == nil {
			f.fail("record", q.T("takedown.no_record"))
		} else {
			t.Record = r.ID
		}
	}
	return t
}
