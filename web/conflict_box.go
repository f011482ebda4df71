package web

import (
	"html/template"
	"slices"
	"strings"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// conflictBox is what the page of a record, a party or a provision says of conflicts.
type conflictBox struct {
	Items []boxConflict
	All   *link
	None  string // in their place, where a text was compared and nothing was found
}

// boxConflict is a finding in one line.
type boxConflict struct {
	Other  link // the other text, or both where the page is of a party
	Answer string
	Rule   string
	At     string
	Person bool
}

const boxCollisions = 5

// conflictBox lists findings that a page is about; nil where none of its texts was compared.
func (c *collisions) conflictBox(about func(*conflict.Finding) bool, all string, sample bool, own func(conflict.Place) bool) *conflictBox {
	q := c.q
	b := &conflictBox{}
	n := 0
	for i := range c.Findings {
		f := &c.Findings[i]
		if !c.there(f) || !about(f) || !sample && c.sample(f) {
			continue
		}
		answer, person := c.answer(f)
		if answer == conflict.Disjoint {
			continue
		}
		if n++; n > boxCollisions {
			continue
		}
		x := boxConflict{Answer: q.T("collision.answer." + answer), Rule: c.ruleLink(f.Type).Text, At: q.collisionHref(f), Person: person}
		var names []string
		for _, p := range []conflict.Place{f.A, f.B} {
			if !own(p) {
				names = append(names, cut(q.recordLink(c.text(p.Document).Work).Text, 70))
			}
		}
		x.Other = link{Text: strings.Join(names, " · "), Href: x.At}
		b.Items = append(b.Items, x)
	}
	if n > 0 {
		b.All = &link{Text: q.T("collision.box.more", "n", n), Href: all}
	}
	return b
}

// collisionsOf is the box of a record's page; nil where nothing of it could be compared, or the comparison failed, which the doctor tells.
func (q *request) collisionsOf(r *registry.Record) *conflictBox {
	c, err := q.collisions()
	if err != nil {
		return nil
	}
	works, compared := q.worksOf(r.ID), false
	for id := range c.Texts {
		compared = compared || c.holds(works, string(id))
	}
	if !compared {
		return nil
	}
	b := c.conflictBox(func(f *conflict.Finding) bool { return c.of(f, works) }, q.href("/conflicts", "record", string(r.ID)), r.Sample(), func(p conflict.Place) bool {
		return c.holds(works, p.Document)
	})
	if len(b.Items) == 0 {
		b.None = q.T("collision.box.none")
	}
	return b
}

// collisionsAt is the box of a provision's page; nil where nothing is said of it.
func (q *request) collisionsAt(r *registry.Record, eid string) *conflictBox {
	c, err := q.collisions()
	if err != nil || c.Texts[r.ID] == nil {
		return nil
	}
	here := func(p conflict.Place) bool { return p.Document == string(r.ID) && p.EID == eid }
	b := c.conflictBox(func(f *conflict.Finding) bool { return here(f.A) || here(f.B) }, q.href("/conflicts", "record", string(r.ID)), true, here)
	if len(b.Items) == 0 {
		return nil
	}
	return b
}

// partyBox is what the page of a party says of what it has open with others, of frameworks that overlap, and of conflicts.
type partyBox struct {
	Alerts    []template.HTML
	AlertHref string
	Overlaps  []link // by grade, with their number
	Conflicts *conflictBox
}

// partyBox is nil where nothing is to be said.
func (q *request) partyBox(r *registry.Record) *partyBox {
	b := &partyBox{AlertHref: q.href("/producers", "party", r.ID.Tail())}
	frames := q.frames()
	for _, x := range frames.set.Courted() {
		b.Alerts = append(b.Alerts, q.courtedAlert(x, r.ID)...)
	}
	if n := len(b.Alerts); n > boxStates {
		b.Alerts = b.Alerts[:boxStates]
	}
	n := map[framework.Grade]int{}
	for _, p := range frames.pairs {
		if slices.Contains(p.A.Sides, r.ID) || slices.Contains(p.B.Sides, r.ID) {
			n[p.Grade]++
		}
	}
	for _, g := range []framework.Grade{framework.Duplicate, framework.Overlapping} {
		if n[g] > 0 {
			b.Overlaps = append(b.Overlaps, link{Text: q.T("overlap.grade." + string(g)), Href: q.href("/overlaps", "grade", string(g), "party", r.ID.Tail()), Note: q.T("overlap.count", "n", n[g])})
		}
	}
	if c, err := q.collisions(); err == nil {
		side := func(t *projection.Compared) bool { return slices.Contains(t.Parties, r.ID.Tail()) }
		compared := false
		for id, t := range c.Texts {
			compared = compared || side(t) && q.View.Record(id) != nil
		}
		if compared {
			b.Conflicts = c.conflictBox(func(f *conflict.Finding) bool { return slices.Contains(c.owed(f), r.ID.Tail()) }, q.href("/conflicts", "party", r.ID.Tail()), r.Sample(), func(conflict.Place) bool { return false })
			if len(b.Conflicts.Items) == 0 {
				b.Conflicts.None = q.T("collision.box.none_party")
			}
		}
	}
	if len(b.Alerts)+len(b.Overlaps) == 0 && b.Conflicts == nil {
		return nil
	}
	return b
}

// courtedAlert says who else has the same open with a partner, to a state that has; to the partner, with whom it has.
func (q *request) courtedAlert(x framework.Courted, party registry.RecordID) []template.HTML {
	var states []string
	in := x.Partner == party
	for _, t := range x.Talks {
		if t.State == party {
			in = true
			continue
		}
		states = append(states, string(q.recordLink(t.State).HTML()))
	}
	if !in {
		return nil
	}
	key := "overlap.box.courted"
	if x.Partner == party {
		key = "overlap.box.courts"
	}
	mineral := template.HTML(template.HTMLEscapeString(q.mineralName(x.Mineral)))
	return []template.HTML{q.H(key, "partner", q.recordLink(x.Partner).HTML(), "states", template.HTML(strings.Join(states, ", ")), "mineral", mineral)}
}
