package web

import (
	"html/template"
	"net/http"
	"slices"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// itemPage is one item of the review list with what can be decided about it; template "review-item".
type itemPage struct {
	Kind, Title string
	About       string
	Score       string
	Reasons     []string
	Until       template.HTML // put off until
	Gone        bool          // it is decided
	Records     []itemRecord
	Compare     *comparison // of a duplicate
	Claims      []itemClaim // with a box each, in Act
	Act         *form       // decides it; nil where other pages do
	Options     []itemOption
	More        []*actForm
	Verdict     *form
	Sources     []sourceItem
}

type itemRecord struct {
	Page link
	Desk string
	Says string
}

type itemClaim struct {
	ID    string
	Field string
	Key   template.HTML
	Says  template.HTML
	From  string
	At    link // where the machine read it
	Href  string
}

type itemOption struct {
	Value   string
	Record  link
	Score   string
	Reasons []string
	Chosen  bool
}

func reviewItem(q *request) (*page, error) {
	i, err := q.item()
	if err != nil {
		return nil, err
	}
	if i == nil {
		d := itemPage{Gone: true, Title: q.T("review.gone"), Kind: q.T("review.one." + q.params["kind"])}
		return &page{Template: "review-item", Title: d.Title, Data: d, Plain: true, Trail: q.reviewTrail("")}, nil
	}
	return q.itemPage(i, "", "", "", http.StatusOK)
}

func (q *request) reviewTrail(kind string) []link {
	t := q.deskTrail(link{Text: q.T("review.title"), Href: "/desk/review"})
	if kind != "" {
		t = append(t, link{Text: q.T("review.kinds." + kind), Href: "/desk/review?kind=" + kind})
	}
	return t
}

// itemPage shows an item; where an act failed, with its problem at the field.
func (q *request) itemPage(i *review.Item, act, problem, field string, status int) (*page, error) {
	d := itemPage{Kind: q.T("review.one." + i.Kind), Title: i.Title, About: q.T("review.about." + i.Kind), Score: probability(i.Score), Reasons: i.Reasons}
	if i.Until != "" {
		d.Until = q.edtf(string(i.Until))
	}
	for _, id := range i.Records {
		if r := q.View.Record(id); r != nil && i.Kind != review.Duplicate && (i.Kind != review.Match || id == i.Records[0]) {
			d.Records = append(d.Records, itemRecord{q.linkTo(r), "/desk/edit/" + string(r.ID), plainSummary(r, q.Lang)})
		}
	}
	switch i.Kind {
	case review.Duplicate:
		if err := q.compareItem(&d, i, act, problem); err != nil {
			return nil, err
		}
	case review.Match:
		q.matchItem(&d, i, act, problem)
	case review.Machine:
		q.machineItem(&d, i, act, problem)
	case review.Dead, review.Private:
		for _, id := range i.Claims[:min(len(i.Claims), 200)] {
			if e := q.book().Entry(id); e != nil {
				d.Claims = append(d.Claims, q.itemClaim(e))
			}
		}
	}
	if i.Kind == review.Private {
		d.Records[0].Desk = "/desk/unpublished?record=" + i.ID
	}
	if q.site.opt.Review != nil {
		d.Verdict = q.verdictForm(i, act, problem, field)
	}
	d.Sources = q.sources()
	return &page{Template: "review-item", Title: i.Title, Data: d, Plain: true, Status: status, Trail: q.reviewTrail(i.Kind)}, nil
}

func (q *request) itemClaim(e *registry.Entry) itemClaim {
	c, def := e.Claim, registry.FieldOf(e.Claim.Field)
	l := q.claimLine(e)
	out := itemClaim{ID: string(e.ID), Field: q.locale.field(def), Key: q.keyLabel(def, &registry.Slot{Key: c.Key, Lang: c.Value.Lang}), Says: l.Says, Href: "/desk/claims/" + string(e.ID)}
	if s := q.View.Sources[c.Source]; s != nil {
		out.From = q.shortSource(s)
	}
	if at := q.passage(c.Locator); at != nil {
		out.At = *at
	}
	return out
}

// matchItem offers the instruments that the text may belong to.
func (q *request) matchItem(d *itemPage, i *review.Item, act, problem string) {
	f := q.newForm(i.Path(), q.T("review.link"))
	f.Hidden = []pair{{"act", "link"}, {"token", q.token()}}
	chosen := q.form.Get("instrument")
	for n, o := range i.Options {
		x := itemOption{Value: string(o.Record), Record: q.recordLink(o.Record), Score: probability(o.Score), Reasons: o.Reasons}
		x.Chosen = chosen == x.Value || chosen == "" && n == 0
		d.Options = append(d.Options, x)
	}
	d.Options = append(d.Options, itemOption{Value: "none", Record: link{Text: q.T("review.none")}, Chosen: chosen == "none"})
	if act == "link" {
		f.fail("", problem)
	}
	d.Act = f
}

// machineItem offers what a machine read to be confirmed or taken back.
func (q *request) machineItem(d *itemPage, i *review.Item, act, problem string) {
	for _, id := range i.Claims[:min(len(i.Claims), 200)] {
		if e := q.book().Entry(id); e != nil {
			d.Claims = append(d.Claims, q.itemClaim(e))
		}
	}
	f := q.newForm(i.Path(), q.T("review.confirm"))
	f.Hidden = []pair{{"act", "confirm"}, {"token", q.token()}}
	f.add(formField{Name: "reason", Label: q.T("review.refuse_reason"), Hint: q.T("review.refuse_hint"), Optional: true, Max: 1000})
	if act == "confirm" || act == "refuse" {
		f.fail("reason", problem)
	}
	d.Act = f
}

// reviewPost decides an item.
func reviewPost(q *request) (*page, error) {
	i, err := q.item()
	if err != nil {
		return nil, err
	}
	if q.site.opt.Desk == nil {
		return nil, errNowhere
	}
	if i == nil {
		return nil, seeOther{to: "/desk/review", say: q.T("review.gone_say")}
	}
	q.form.Set("token", q.token())
	act := q.form.Get("act")
	switch {
	case act == "verdict" && q.site.opt.Review != nil:
		return q.takeVerdict(i)
	case act == "link" && i.Kind == review.Match && q.site.opt.Review != nil:
		return q.linkText(i)
	case (act == "confirm" || act == "refuse") && i.Kind == review.Machine:
		return q.judgeMachine(i, act)
	}
	return nil, errNowhere
}

func errText(err error) string {
	return sentence(err)
}

// linkText says to which instrument a text belongs, or to none of those offered.
func (q *request) linkText(i *review.Item) (*page, error) {
	to := registry.RecordID(q.form.Get("instrument"))
	var ids []registry.RecordID
	none := to == "none"
	for _, o := range i.Options {
		if none || o.Record == to {
			ids = append(ids, o.Record)
		}
	}
	if len(ids) == 0 {
		return q.itemPage(i, "link", q.T("review.choose"), "", http.StatusUnprocessableEntity)
	}
	more, audience, err := q.site.opt.Review.Belongs(q.View, i.Records[0], ids[0])
	if err != nil {
		return nil, err
	}
	a := q.act()
	a.Into = audience
	entries, err := a.Belongs(q.book(), i.Records[0], none, ids...)
	if err != nil {
		return q.itemPage(i, "link", errText(err), "", http.StatusUnprocessableEntity)
	}
	if !none {
		entries = append(entries, more...)
	}
	next := q.next(i)
	p, err := q.lookOrDo(entries, i.Path(), "review.link")
	if p != nil || err != nil {
		return p, err
	}
	return nil, seeOther{to: next, say: q.T("review.linked"), more: link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[0].ID)}}
}

// judgeMachine confirms marked claims (a person says the same, from the same place) or takes them back.
func (q *request) judgeMachine(i *review.Item, act string) (*page, error) {
	var ids []registry.EntryID
	for _, id := range i.Claims {
		if slices.Contains(q.form["claim"], string(id)) {
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return q.itemPage(i, act, q.T("review.mark"), "", http.StatusUnprocessableEntity)
	}
	a := q.act()
	var entries []registry.Entry
	var err error
	if act == "confirm" {
		entries, err = a.Confirm(q.book(), q.View, ids...)
	} else {
		entries, err = a.Retract(q.book(), q.mayPublish(), q.form.Get("reason"), ids...)
	}
	if err != nil {
		return q.itemPage(i, act, errText(err), "reason", http.StatusUnprocessableEntity)
	}
	next := i.Path()
	if len(ids) == len(i.Claims) {
		next = q.next(i)
	}
	p, err := q.lookOrDo(entries, i.Path(), "review."+act)
	if p != nil || err != nil {
		return p, err
	}
	return nil, seeOther{to: next, say: q.T("review."+act+"ed", "n", len(ids)), more: link{Text: q.T("edit.undo"), Href: "/desk/undo/" + string(entries[0].ID)}}
}
