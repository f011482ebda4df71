package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/brief"
	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// keepsEditions says whether editions are kept here: where there is a desk, and visitors read what is public. An edition of more would outlive who
// may see it.
func (s *site) keepsEditions() bool { return s.opt.Correspondence != nil && !s.opt.Private }

// editions puts the editions that were kept on the page, and the way to keep another.
func (q *request) editions(d *briefsPage, set *findings.Set, js map[string]any) error {
	list := []map[string]any{}
	js["editions"] = list
	if !q.site.keepsEditions() {
		return nil
	}
	kept, err := q.site.opt.Correspondence.Editions(q.http.Context())
	if err != nil {
		return err
	}
	for _, e := range kept {
		var scope findings.Scope
		if json.Unmarshal(e.Scope, &scope) != nil {
			continue
		}
		l := editionLine{ID: e.ID, Text: q.T("briefs.edition", "scope", q.pen().Scope(q.View, scope), "day", e.Horizon)}
		l.Compare = link{Text: q.T("briefs.compare"), Href: q.href("/briefs/compare", "before", e.ID)}
		d.Editions = append(d.Editions, l)
		list = append(list, map[string]any{"id": e.ID, "horizon": e.Horizon, "scope": scope})
	}
	js["editions"] = list
	if q.user != nil && q.user.Can(account.Editor) {
		d.Keep = q.keepForm()
	}
	return nil
}

// keepForm keeps the edition that the page shows.
func (q *request) keepForm() *form {
	f := q.newForm("/briefs/keep", q.T("briefs.keep"))
	for _, name := range append([]string{"as_of"}, scopeFields...) {
		v := q.Query.Get(name)
		if q.form.Has(name) {
			v = q.form.Get(name)
		}
		if v != "" {
			f.Hidden = append(f.Hidden, pair{name, cut(v, 80)})
		}
	}
	return f
}

type keepPage struct {
	Title string
	Form  *form
}

// keepAsked is /briefs/keep: the form alone, for who had to sign in again.
func keepAsked(q *request) (*page, error) {
	if !q.site.keepsEditions() {
		return nil, errNowhere
	}
	return &page{Template: "keep", Title: q.T("briefs.keep"), Data: keepPage{q.T("briefs.keep"), q.keepForm()}, Plain: true}, nil
}

// keepPost keeps an edition of what visitors read, whoever keeps it.
func keepPost(q *request) (*page, error) {
	if !q.site.keepsEditions() {
		return nil, errNowhere
	}
	var asOf registry.Day
	if s := strings.TrimSpace(q.form.Get("as_of")); s != "" {
		d, err := registry.ParseDay(s)
		if err != nil {
			return nil, err
		}
		asOf = d
	}
	v := q.site.reg.View(asOf)
	get := func(name string) string { return strings.TrimSpace(q.form.Get(name)) }
	scope, err := findings.ParseScope(v, get("country"), get("region"), get("mineral"), get("since"), get("until"))
	if err != nil {
		return nil, err
	}
	set, err := findings.Compute(v, q.site.reg, scope)
	if err != nil {
		return nil, err
	}
	e := brief.EditionOf(set)
	body, err := json.Marshal(e)
	if err != nil {
		return nil, err
	}
	words, err := json.Marshal(scope)
	if err != nil {
		return nil, err
	}
	fresh, err := q.site.opt.Correspondence.KeepEdition(q.http.Context(), desk.Edition{ID: e.ID, Horizon: e.Horizon, Scope: words, Body: body, KeptAt: q.site.opt.Now(), By: q.user.By()})
	if err != nil {
		return nil, err
	}
	say := q.T("briefs.kept")
	if !fresh {
		say = q.T("briefs.kept_already")
	}
	return nil, seeOther{to: "/briefs", say: say}
}

// editionChangesPage is /briefs/compare: what changed between an edition, or a day, and another.
type editionChangesPage struct {
	Title, Scope string
	Table        table
	Changes      []editionChange
}

type editionChange struct {
	Label              string
	Came, Went         []link
	CameLeft, WentLeft int
}

const changesShown = 20

// editionChanges compares an edition that was kept (before=ID) or what was known on a day (day=…) with what is known now, or as of the page's day.
func editionChanges(q *request) (*page, error) {
	var before brief.Edition
	var scope findings.Scope
	switch id, day := q.Query.Get("before"), strings.TrimSpace(q.Query.Get("day")); {
	case id != "":
		if !q.site.keepsEditions() {
			return nil, registry.Errorf(registry.NotFound, "%s", q.T("briefs.no_edition"))
		}
		e, err := q.site.opt.Correspondence.Edition(q.http.Context(), id)
		if err != nil {
			if registry.CodeOf(err) == registry.NotFound {
				err = registry.Errorf(registry.NotFound, "%s", q.T("briefs.no_edition"))
			}
			return nil, err
		}
		if err := json.Unmarshal(e.Body, &before); err != nil {
			return nil, err
		}
		scope = before.Scope
	default:
		d, err := registry.ParseDay(day)
		if err != nil || d < "1900" {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("error.as_of", "value", cut(day, 40))).WithHint("%s", q.T("error.as_of_hint"))
		}
		if d >= q.horizon() {
			return nil, registry.Errorf(registry.Invalid, "%s", q.T("briefs.later", "day", q.horizon()))
		}
		if scope, err = q.scope(); err != nil {
			return nil, err
		}
		old, err := findings.Compute(q.reg.View(d), q.reg, scope)
		if err != nil {
			return nil, err
		}
		before = brief.EditionOf(old)
		before.Horizon = d
	}
	set, err := q.set(scope)
	if err != nil {
		return nil, err
	}
	after := brief.EditionOf(set)
	changes := brief.Compare(before, after)
	d := editionChangesPage{Title: q.T("briefs.compare_title", "a", before.Horizon, "b", after.Horizon), Scope: q.scopeWords(scope)}
	sheet := &sheet{Columns: []string{"finding", "indicator", "count_before", "total_before", "unknown_before", "count_after", "total_after", "unknown_after", "came", "went"}}
	d.Table = table{Caption: d.Title, Heads: []head{{Label: q.T("finding.indicators")}, {Label: q.T("briefs.compare_before"), Numeric: true}, {Label: q.T("briefs.compare_after"), Numeric: true}}}
	js := []map[string]any{}
	for _, c := range changes {
		i := set.Finding(c.Finding).Indicator(c.Indicator)
		label := i.Label.In(q.Lang)
		cells := []cell{textCell(label), textCell(q.numberText(c.Before)), textCell(q.numberText(c.After))}
		for k := range cells {
			cells[k].Label, cells[k].Numeric = d.Table.Heads[k].Label, k > 0
		}
		d.Table.Rows = append(d.Table.Rows, row{Cells: cells})
		v := editionChange{Label: label}
		v.Came, v.CameLeft = q.casesNamed(c.Came)
		v.Went, v.WentLeft = q.casesNamed(c.Went)
		d.Changes = append(d.Changes, v)
		n := strconv.Itoa
		sheet.Rows = append(sheet.Rows, []string{c.Finding, c.Indicator, n(c.Before.Count), n(c.Before.Total), n(c.Before.Unknown), n(c.After.Count), n(c.After.Total), n(c.After.Unknown), n(len(c.Came)), n(len(c.Went))})
		js = append(js, map[string]any{"finding": c.Finding, "indicator": c.Indicator, "before": [3]int{c.Before.Count, c.Before.Total, c.Before.Unknown}, "after": [3]int{c.After.Count, c.After.Total, c.After.Unknown}, "came": len(c.Came), "went": len(c.Went)})
	}
	return &page{Template: "edition_changes", Title: d.Title, Data: d, Status: http.StatusOK, Trail: []link{{Text: q.T("briefs.title"), Href: q.scoped("/briefs")}},
		JSON: map[string]any{"before": before.Horizon, "after": after.Horizon, "changes": js}, CSV: sheet}, nil
}

func (q *request) numberText(n brief.Number) string {
	p := q.pen()
	s, bounds := p.Says(&findings.Indicator{State: n.State, Count: n.Count, Total: n.Total, Unknown: n.Unknown, Unit: "instrument",
		Lower: part(n.Count, n.Total), Upper: part(n.Count+n.Unknown, n.Total)})
	if n.State == "not_looked_for" || bounds == "" {
		return s
	}
	return s + " (" + bounds + ")"
}

func part(n, of int) findings.Share {
	if of == 0 {
		return -1
	}
	return findings.Share(float64(n) / float64(of))
}

// casesNamed are cases as links, as far as the reader sees their records; left is how many more there are that the reader sees.
func (q *request) casesNamed(ids []string) (out []link, left int) {
	for _, id := range ids {
		record, key, _ := strings.Cut(id, " ")
		if q.View.Record(registry.RecordID(record)) == nil {
			continue
		}
		if len(out) >= changesShown {
			left++
			continue
		}
		l := q.recordLink(registry.RecordID(record))
		if key != "" {
			l.Note = q.pen().Key(key)
		}
		out = append(out, l)
	}
	return out, left
}
