package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"strings"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/erasure"
	"github.com/openassay/assay/registry"
)

// Eraser removes for good what entries say. *instance.Instance is one.
type Eraser interface {
	PlanErasure(ctx context.Context, ask erasure.Ask) (*erasure.Plan, error)
	Erase(ctx context.Context, ask erasure.Ask) (*erasure.Plan, error)
}

// erasePage asks what is to be erased; template "erase".
type erasePage struct {
	Title string
	Form  *form
}

// erasePlanPage says what goes and what stays, and asks for the word; template "erase-plan".
type erasePlanPage struct {
	Title     string
	Says      []string
	Items     []eraseItem
	Stays     []string
	Repeating []link
	Form      *form
}

type eraseItem struct {
	historyLine
	ID, Record, Why string
	Hidden          bool // its words are not open to this administrator
}

// eraseAsked is /desk/erase.
func eraseAsked(q *request) (*page, error) {
	if q.site.opt.Eraser == nil {
		return nil, errNowhere
	}
	return q.erasePage(q.eraseForm(), http.StatusOK), nil
}

func (q *request) erasePage(f *form, status int) *page {
	return &page{Template: "erase", Title: q.T("erase.title"), Data: erasePage{q.T("erase.title"), f}, Plain: true, Status: status, Trail: q.deskTrail()}
}

func (q *request) eraseForm() *form {
	f := q.newForm("/desk/erase", q.T("erase.look"))
	f.add(formField{Name: "entries", Label: q.T("erase.entries"), Hint: q.T("erase.entries_hint"), Type: "textarea", Rows: 2, Value: q.Query.Get("entry"), Optional: true})
	f.add(formField{Name: "records", Label: q.T("erase.records"), Hint: q.T("erase.records_hint"), Value: q.Query.Get("record"), Optional: true})
	f.add(formField{Name: "sources", Label: q.T("erase.sources"), Hint: q.T("erase.sources_hint"), Value: q.Query.Get("source"), Optional: true})
	f.add(formField{Name: "authority", Label: q.T("erase.authority"), Hint: q.T("erase.authority_hint"), Max: 200, Required: true})
	f.add(formField{Name: "ground", Label: q.T("erase.ground"), Hint: q.T("erase.ground_hint"), Max: 200, Required: true})
	answers := formField{Name: "answers", Label: q.T("erase.answers"), Hint: q.T("erase.answers_hint"), Type: "select", Options: []formOption{{Value: "", Label: q.T("erase.answers_none")}}}
	for _, t := range q.openTakedowns() {
		answers.Options = append(answers.Options, formOption{Value: strconv.FormatInt(t.Number, 10), Label: strconv.FormatInt(t.Number, 10) + ": " + cut(t.Asked, 80)})
	}
	f.add(answers)
	return f
}

func (q *request) openTakedowns() []desk.Takedown {
	var out []desk.Takedown
	if q.site.opt.Correspondence == nil {
		return nil
	}
	all, err := q.site.opt.Correspondence.Takedowns(q.http.Context())
	if err != nil {
		q.site.opt.Log("takedowns: %v", err)
	}
	for _, t := range all {
		if t.Decision == "open" {
			out = append(out, t)
		}
	}
	return out
}

// eraseAsk reads what was asked; the last part of an address will do for the id of an entry or source, and the address of its page for that of a record.
func (q *request) eraseAsk() erasure.Ask {
	ask := erasure.Ask{Authority: trimmed(q.form, "authority"), Ground: trimmed(q.form, "ground")}
	for _, s := range strings.Fields(strings.ReplaceAll(q.form.Get("entries"), ",", " ")) {
		ask.Entries = append(ask.Entries, registry.EntryID(s[strings.LastIndex(s, "/")+1:]))
	}
	for _, s := range strings.Fields(strings.ReplaceAll(q.form.Get("records"), ",", " ")) {
		id := registry.RecordID(s)
		if r, err := q.typedRecord(s); strings.Contains(s, "/") && err == nil && r != nil {
			id = r.ID
		}
		ask.Records = append(ask.Records, id)
	}
	for _, s := range strings.Fields(strings.ReplaceAll(q.form.Get("sources"), ",", " ")) {
		ask.Sources = append(ask.Sources, registry.SourceID(s[strings.LastIndex(s, "/")+1:]))
	}
	return ask
}

// eraseStep shows what goes; where that was seen and the word was typed, it goes.
func eraseStep(q *request) (*page, error) {
	if q.site.opt.Eraser == nil {
		return nil, errNowhere
	}
	ctx, ask := q.http.Context(), q.eraseAsk()
	plan, err := q.site.opt.Eraser.PlanErasure(ctx, ask)
	if err == nil && len(plan.Items) == 0 {
		err = registry.Errorf(registry.Invalid, "%s", q.T("erase.nothing"))
	}
	if err != nil {
		if registry.CodeOf(err) == registry.Internal || registry.CodeOf(err) == registry.Unreadable {
			return nil, err
		}
		f := q.eraseForm()
		f.fail("", sentence(err))
		return q.erasePage(f, http.StatusUnprocessableEntity), nil
	}
	word := q.T("erase.word", "n", len(plan.Items))
	switch {
	case q.form.Get("step") != "erase":
		return q.erasePlan(plan, word, "", http.StatusOK), nil
	case q.form.Get("seen") != planned(plan):
		return q.erasePlan(plan, word, q.T("erase.changed"), http.StatusConflict), nil
	case !strings.EqualFold(strings.Join(strings.Fields(q.form.Get("typed")), " "), word):
		return q.erasePlan(plan, word, q.T("erase.not_typed", "word", word), http.StatusUnprocessableEntity), nil
	}
	if plan, err = q.site.opt.Eraser.Erase(ctx, ask); err != nil {
		return nil, err
	}
	n := len(plan.Items)
	q.did("erase", strings.Join(recordStrings(plan.About), " "), q.T("erase.noted", "n", n))
	if number, err := strconv.ParseInt(q.form.Get("answers"), 10, 64); err == nil && q.site.opt.Correspondence != nil {
		t := desk.Takedown{Number: number, DecidedOn: q.site.today(), Decision: "removed", Done: ask.Ground, Erased: plan.IDs()}
		if _, err := q.site.opt.Correspondence.NoteTakedown(context.WithoutCancel(ctx), t, q.user.By()); err != nil && registry.CodeOf(err) != registry.Conflict {
			return nil, err
		}
	}
	return nil, seeOther{to: "/desk/erase", say: q.T("erase.done", "n", n), more: link{Text: q.T("erasures.title"), Href: "/erasures"}}
}

func recordStrings(ids []registry.RecordID) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = string(id)
	}
	return out
}

// planned names what a plan takes, so that what is erased is what was seen.
func planned(p *erasure.Plan) string {
	h := sha256.New()
	for _, id := range p.IDs() {
		h.Write([]byte(id))
	}
	for _, b := range p.Blobs {
		h.Write([]byte(b))
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// mostErasedShown is how many entries a plan lists.
const mostErasedShown = 300

func (q *request) erasePlan(p *erasure.Plan, word, problem string, status int) *page {
	d := erasePlanPage{Title: q.T("erase.plan")}
	d.Says = []string{q.T("erase.goes", "n", len(p.Items))}
	if len(p.Blobs) > 0 {
		d.Says = append(d.Says, q.T("erase.texts", "n", len(p.Blobs)))
	}
	if len(p.Erased) > 0 {
		d.Says = append(d.Says, q.T("erase.already", "n", len(p.Erased)))
	}
	book := q.book()
	for _, it := range p.Items[:min(len(p.Items), mostErasedShown)] {
		l := eraseItem{ID: string(it.Entry.ID), Record: string(it.Entry.Record()), Why: q.T("erase.why_" + it.Why)}
		if e := book.Entry(it.Entry.ID); e != nil {
			l.historyLine = q.historyLine(e, book, false)
		} else {
			l.Hidden = true
		}
		d.Items = append(d.Items, l)
	}
	d.Stays = append(d.Stays, q.T("erase.ids", "records", strings.Join(recordStrings(p.About), ", ")))
	for _, x := range []struct {
		n    int
		says string
	}{{len(p.Shared), "erase.shared"}, {p.Newer, "erase.newer"}, {p.Resting, "erase.resting"}, {len(p.References), "erase.references"}, {len(p.Repeating), "erase.repeating"}} {
		if x.n > 0 {
			d.Stays = append(d.Stays, q.T(x.says, "n", x.n))
		}
	}
	for _, id := range p.Repeating[:min(len(p.Repeating), 20)] {
		if book.Entry(id) != nil {
			d.Repeating = append(d.Repeating, link{Text: string(id[:12]), Href: "/desk/claims/" + string(id)})
		}
	}
	d.Stays = append(d.Stays, q.T("erase.backups"))
	f := q.newForm("/desk/erase", q.T("erase.button", "n", len(p.Items)))
	f.Danger = true
	f.Hidden = []pair{{"step", "erase"}, {"seen", planned(p)}}
	for _, name := range []string{"entries", "records", "sources", "authority", "ground", "answers"} {
		f.Hidden = append(f.Hidden, pair{name, q.form.Get(name)})
	}
	f.add(formField{Name: "typed", Label: q.T("erase.type", "word", word), Short: true, Autocomplete: "off"})
	if problem != "" {
		f.fail("typed", problem)
	}
	f.Cancel = link{Text: q.T("look.back"), Href: "/desk/erase"}
	d.Form = f
	return &page{Template: "erase-plan", Title: d.Title, Data: d, Plain: true, Status: status, Trail: q.deskTrail(link{Text: q.T("erase.title"), Href: "/desk/erase"})}
}
