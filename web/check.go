package web

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// DraftReader reads a draft of any format with the names that a view holds, and keeps nothing.
type DraftReader func(ctx context.Context, name string, b []byte, v *registry.View) (*text.Reading, *assay.Analysis, error)

const (
	mostDraft   = 2 << 20 // bytes of a draft on the page; longer ones are checked on one's own machine
	checkAtOnce = 2       // drafts that are checked at a time
	mostListed  = 200     // rows of a list on the page: it stays a page
)

// checkPage is /check: a draft is pasted or sent and checked. Nothing is stored.
type checkPage struct {
	Form   *form
	Report *draftcheck.Report
	Says   []string // warnings, and what was not looked at
	Groups []gapGroup
	Weak   []weakView
	Near   []nearView
	Owed   []nearView
	Table  table
	Open   table
	Rest   string // how much is not shown
}

type gapGroup struct {
	ID, Head, Lede string
	Gaps           []missingView
}

type missingView struct {
	*draftcheck.Gap
	Topic    link
	State    string
	Partners []string
	Near     []nearView
}

type weakView struct {
	*draftcheck.Weak
	Topic    link
	Partners []string
	Near     []nearView
}

// nearView is a clause or a record elsewhere.
type nearView struct {
	Where  link
	About  string
	Quote  string
	Sample bool
}

func checkDraft(q *request) (*page, error) {
	return &page{Template: "draft-check", Title: q.T("drafts.title"), Lede: q.T("drafts.lede"), Plain: true, Data: &checkPage{Form: q.checkForm()}}, nil
}

func (q *request) checkForm() *form {
	f := q.newForm(q.href("/check"), q.T("drafts.submit"))
	f.add(formField{Name: "file", Label: q.T("drafts.file"), Hint: q.T("drafts.file_hint", "n", mostDraft>>20), Type: "file", Optional: true})
	f.add(formField{Name: "draft", Label: q.T("drafts.paste"), Hint: q.T("drafts.paste_hint"), Type: "textarea", Rows: 10, Optional: true})
	options := []formOption{{Value: "", Label: q.T("drafts.no_party")}}
	var states []formOption
	for _, r := range q.now().OfKind(registry.KindParty) {
		if k := r.String("party_kind"); (k == "state" || k == "bloc") && !r.Sample() {
			states = append(states, formOption{Value: r.ID.Tail(), Label: r.Title()})
		}
	}
	slices.SortFunc(states, func(a, b formOption) int { return cmp.Compare(a.Label, b.Label) })
	f.add(formField{Name: "party", Label: q.T("drafts.party"), Hint: q.T("drafts.party_hint"), Type: "select", Options: append(options, states...)})
	f.add(formField{Name: "as", Label: q.T("drafts.as"), Type: "select", Options: []formOption{{Value: "page", Label: q.T("drafts.as_page"), Chosen: true}, {Value: "docx", Label: q.T("drafts.as_docx")}, {Value: "json", Label: q.T("drafts.as_json")}}})
	return f
}

func checkPost(q *request) (*page, error) {
	p, err := checkDraft(q)
	if err != nil {
		return nil, err
	}
	d := p.Data.(*checkPage)
	name, b := "draft.txt", []byte(q.form.Get("draft"))
	field := "draft"
	if x := q.uploads["file"]; len(x.bytes) > 0 {
		name, b, field = cmp.Or(x.name, "draft"), x.bytes, "file"
	}
	switch {
	case len(bytes.TrimSpace(b)) == 0:
		d.Form.fail("draft", q.T("drafts.empty"))
	case len(b) > mostDraft:
		d.Form.fail(field, q.T("drafts.too_long", "n", mostDraft>>20))
	}
	if len(d.Form.Errors) > 0 {
		p.Status = http.StatusUnprocessableEntity
		return p, nil
	}
	select {
	case q.site.checking <- struct{}{}:
		defer func() { <-q.site.checking }()
	case <-time.After(10 * time.Second):
		return nil, registry.Errorf(registry.Conflict, "%s", q.T("form.busy")).WithHint("%s", q.T("form.busy_hint"))
	}
	lib, err := practice.Load()
	if err != nil {
		return nil, err
	}
	in := draftcheck.Input{Library: lib, Party: q.form.Get("party")}
	in.Draft.Name = name
	if in.Draft.Reading, in.Draft.Analysis, err = q.site.opt.ReadDraft(q.http.Context(), name, b, q.View); err != nil {
		d.Form.fail(field, strings.TrimSpace(err.Error()+". "+upperFirst(registry.HintOf(err))))
		p.Status = http.StatusUnprocessableEntity
		return p, nil
	}
	if in.Registry, err = q.reg.DraftRegistry(q.http.Context()); err != nil {
		return nil, err
	}
	in.Registry.What = q.T("drafts.held")
	if in.Colliding, err = conflict.Load(); err != nil {
		return nil, err
	}
	if in.Owed, in.More, err = q.reg.Owed(q.http.Context(), in.Colliding, in.Sides()); err != nil {
		return nil, err
	}
	r := draftcheck.Check(in)
	switch q.form.Get("as") {
	case "docx":
		return q.checkFile(r, in.Draft)
	case "json":
		body, err := json.MarshalIndent(r, "", "  ")
		return &page{File: &file{Kind: "application/json", Name: "draft-check.json", Body: body}}, err
	}
	q.showReport(d, r)
	p.Title = q.T("drafts.report")
	return p, nil
}

func (q *request) checkFile(r *draftcheck.Report, d draftcheck.Draft) (*page, error) {
	doc := r.Paper(d, draftcheck.Layout{Name: d.Name, Date: string(q.site.today()), Annotated: true})
	var b bytes.Buffer
	if err := docx.Write(&b, doc); err != nil {
		return nil, err
	}
	return &page{File: &file{Kind: "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Name: "draft-check.docx", Body: b.Bytes()}}, nil
}

// showReport fills the page.
func (q *request) showReport(d *checkPage, r *draftcheck.Report) {
	d.Report = r
	d.Says = append(d.Says, r.Summary.Warnings...)
	for _, x := range r.Summary.NotLookedAt {
		d.Says = append(d.Says, q.T("drafts.not_looked", "what", x))
	}
	near := map[string][]nearView{}
	for i := range r.Comparable {
		c := &r.Comparable[i]
		about := c.EID
		if c.Date != "" {
			about += ", " + c.Date
		}
		if c.NonBinding {
			about += ", " + q.T("drafts.no_force")
		}
		if c.With != "" {
			about += "; " + q.T("drafts.with", "party", cmp.Or(r.Summary.Names[c.With], c.With))
		}
		near[c.Topic] = append(near[c.Topic], nearView{link{Text: c.Title, Href: q.href(c.Path + "/" + c.EID)}, about, c.Quote, c.Sample})
	}
	for _, priority := range []string{draftcheck.Exposed, draftcheck.Core, draftcheck.Project} {
		g := gapGroup{ID: "gaps-" + priority, Head: q.T("drafts.group." + priority), Lede: q.T("drafts.group_lede." + priority)}
		for i := range r.Gaps {
			if x := &r.Gaps[i]; x.Priority == priority {
				g.Gaps = append(g.Gaps, missingView{x, link{Text: x.Label, Href: q.href("/clauses/" + x.Topic)}, q.T("drafts.status." + x.Status), q.partners(x.Partner), near[x.Topic]})
			}
		}
		if len(g.Gaps) > 0 {
			d.Groups = append(d.Groups, g)
		}
	}
	for i := range r.Weak {
		w := &r.Weak[i]
		d.Weak = append(d.Weak, weakView{w, link{Text: w.Label, Href: q.href("/clauses/" + w.Topic)}, q.partners(w.Partner), near[w.Topic]})
	}
	for _, x := range r.Overlaps {
		d.Near = append(d.Near, q.besideView(x))
	}
	for _, x := range r.Conflicts {
		d.Owed = append(d.Owed, q.besideView(x))
	}
	d.Table = table{Caption: q.T("drafts.balance"), Heads: []head{{Label: q.T("drafts.clause")}, {Label: q.T("drafts.what")}, {Label: q.T("drafts.who")}, {Label: q.T("drafts.how")}, {Label: q.T("drafts.words")}}}
	for _, e := range r.Balance[:min(mostListed, len(r.Balance))] {
		who := q.sides(r, e.Gives)
		if gets := q.sides(r, e.Gets); gets != "" {
			who = cmp.Or(who, q.T("drafts.nobody")) + " → " + gets
		}
		d.Table.Rows = append(d.Table.Rows, wordsRow(d.Table.Heads, e.EID, draftcheck.Category(e.Category), who, strings.ReplaceAll(e.Strength, "_", " "), e.Quote))
	}
	d.Open = table{Caption: q.T("drafts.open"), Heads: []head{{Label: q.T("drafts.clause")}, {Label: q.T("drafts.what")}, {Label: q.T("drafts.words")}}}
	for _, o := range r.Open[:min(mostListed, len(r.Open))] {
		d.Open.Rows = append(d.Open.Rows, wordsRow(d.Open.Heads, o.EID, o.Words, o.Quote))
	}
	if n := max(0, len(r.Balance)-mostListed) + max(0, len(r.Open)-mostListed); n > 0 {
		d.Rest = q.T("drafts.rest", "n", n)
	}
}

func (q *request) besideView(x draftcheck.Beside) nearView {
	v := nearView{Where: link{Text: x.Title}, About: x.Words, Quote: x.Quote}
	if x.Path != "" {
		v.Where.Href = q.href(x.Path)
	}
	return v
}

func (q *request) sides(r *draftcheck.Report, codes []string) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = cmp.Or(r.Summary.Names[c], strings.ReplaceAll(c, "_", " "))
	}
	return strings.Join(out, ", ")
}

func (q *request) partners(l []draftcheck.Partner) []string {
	var out []string
	for _, p := range l {
		out = append(out, q.T("drafts.partner", "party", p.Name, "accepted", p.Accepted, "of", p.Of))
	}
	return out
}

// wordsRow is a row of words, each with the head of its column.
func wordsRow(heads []head, words ...string) row {
	var r row
	for i, w := range words {
		c := wordsCell(w)
		c.Label = heads[i].Label
		r.Cells = append(r.Cells, c)
	}
	return r
}
