package web

import (
	"html/template"
	"slices"
	"strings"

	"github.com/openassay/assay/overlap/framework"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// overlapBox is what a record's page says of overlaps: who has the same open with the same partner, which frameworks meet it, what binds its sides
// already, and which texts are nearest to its own.
type overlapBox struct {
	Alerts      []template.HTML
	AlertHref   string
	Pairs       []boxLine
	All         *link
	Earlier     []boxLine
	EarlierMore string
	Relatives   []boxLine
	RelAll      link
	Conflicts   *conflictBox
}

// boxLine is a record with what connects it.
type boxLine struct {
	link
	Says template.HTML
	At   string // where the two stand beside each other
	Word string // what leads there
}

const (
	boxPairs   = 6
	boxEarlier = 6
	boxStates  = 8
)

// overlapBox of an instrument or negotiation; nil where nothing is to be said.
func (q *request) overlapBox(r *registry.Record) *overlapBox {
	set := q.frames().set
	b := &overlapBox{}
	q.alerts(b, set, r)
	ps := set.Of(r.ID)
	near := slices.DeleteFunc(slices.Clone(ps), func(p framework.Pair) bool { return p.Grade == framework.Adjacent })
	if len(near) == 0 {
		near = ps
	}
	for _, p := range near[:min(len(near), boxPairs)] {
		b.Pairs = append(b.Pairs, boxLine{link: shortLink(q.linkTo(p.B.Record)), Says: q.boxReason(p), At: q.pairHref(r.ID, p.B.Record.ID), Word: q.T("overlap.grade." + string(p.Grade))})
	}
	if len(ps) > 0 {
		b.All = &link{Text: q.T("overlap.box.all", "n", len(ps)), Href: q.href("/overlaps", "record", string(r.ID))}
	}
	ds := set.Earlier(r.ID)
	for _, d := range ds[:min(len(ds), boxEarlier)] {
		var sides []string
		for _, id := range d.Sides {
			sides = append(sides, string(q.recordLink(id).HTML()))
		}
		b.Earlier = append(b.Earlier, boxLine{link: shortLink(q.linkTo(d.Frame.Record)), Says: q.H("overlap.box.binds", "sides", template.HTML(strings.Join(sides, ", ")))})
	}
	if n := len(ds) - len(b.Earlier); n > 0 {
		b.EarlierMore = q.T("list.more", "n", n)
	}
	q.relatives(b, r)
	b.Conflicts = q.collisionsOf(r)
	if b.Conflicts == nil && len(b.Alerts)+len(b.Pairs)+len(b.Earlier)+len(b.Relatives) == 0 {
		return nil
	}
	return b
}

// boxReason is the most telling ground of a pair.
func (q *request) boxReason(p framework.Pair) template.HTML {
	reasons := q.reasons(p)
	for _, code := range []string{framework.WhyLinked, framework.WhyAreas, framework.WhyMinerals, framework.WhyGroup} {
		for i, r := range p.Reasons {
			if r.Code == code {
				return reasons[i]
			}
		}
	}
	return reasons[len(reasons)-1]
}

// alerts say, before a signature, who else has the same open with the same partner.
func (q *request) alerts(b *overlapBox, set *framework.Set, r *registry.Record) {
	by := map[registry.RecordID][]framework.Rival{}
	var partners []registry.RecordID
	for _, x := range set.Rivals(r.ID) {
		if by[x.Partner] == nil {
			partners = append(partners, x.Partner)
		}
		by[x.Partner] = append(by[x.Partner], x)
	}
	for _, partner := range partners {
		var states, minerals []string
		for _, x := range by[partner] {
			if len(states) < boxStates {
				states = append(states, string(q.recordLink(x.State).HTML()))
			}
			for _, m := range x.Minerals {
				name := template.HTMLEscapeString(q.T("overlap.box.general"))
				if m != "" {
					name = string(q.recordLink(m).HTML())
				}
				if !slices.Contains(minerals, name) {
					minerals = append(minerals, name)
				}
			}
		}
		if n := len(by[partner]) - len(states); n > 0 {
			states = append(states, template.HTMLEscapeString(q.T("list.more", "n", n)))
		}
		b.Alerts = append(b.Alerts, q.H("overlap.box.alert", "partner", q.recordLink(partner).HTML(), "states", template.HTML(strings.Join(states, ", ")), "minerals", template.HTML(strings.Join(minerals, ", "))))
		b.AlertHref = q.href("/producers", "party", partner.Tail())
	}
	if len(partners) > 1 {
		b.AlertHref = q.href("/producers")
	}
}

// relatives are the texts of other works that share most with a text of this one.
func (q *request) relatives(b *overlapBox, r *registry.Record) {
	x, err := q.reuse()
	if err != nil {
		return // the page of a record stands also where its texts cannot be compared; the doctor says why
	}
	ps := slices.DeleteFunc(slices.Clone(x.Pairs), func(p projection.DocumentPair) bool {
		return (x.Works[p.A] == r.ID) == (x.Works[p.B] == r.ID) || !x.there(p.A) || !x.there(p.B) || x.sample(p.A) != x.sample(p.B)
	})
	slices.SortStableFunc(ps, func(a, c projection.DocumentPair) int { return cmpFloat(x.Share(c), x.Share(a)) })
	seen := map[registry.RecordID]bool{}
	for _, p := range ps {
		own, other, n, of := p.A, p.B, p.AlikeA, len(x.Units[p.A])
		if x.Works[p.B] == r.ID {
			own, other, n, of = p.B, p.A, p.AlikeB, len(x.Units[p.B])
		}
		if seen[x.Works[other]] || len(b.Relatives) == boxPairs {
			continue
		}
		seen[x.Works[other]] = true
		b.Relatives = append(b.Relatives, boxLine{link: shortLink(q.recordLink(x.Works[other])), At: q.pairHref(x.Records[own], x.Records[other]), Word: q.T("overlap.box.relative", "a", n, "na", of)})
	}
	b.RelAll = link{Text: q.T("overlap.texts.title"), Href: q.href("/overlaps/texts", "record", string(r.ID))}
}
