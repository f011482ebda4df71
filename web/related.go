package web

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// refFields are the fields by which a record of a kind leads to other records than parties and minerals.
func refFields(k registry.Kind) []string {
	var out []string
	for _, f := range []string{"outcome", "negotiation", "instrument", "implements", "part_of", "amends", "replaces", "pays_for", "related", "parent", "commitment", "consultation", "subject", "duplicate_of"} {
		if registry.HasField(k, f) {
			out = append(out, f)
		}
	}
	return out
}

const fewRelated = 25

// related are the records that a record leads to, by field, and those that lead to it, by kind and field.
func (q *request) related(r *registry.Record) []section {
	var out []section
	add := func(title string, rs []*registry.Record, k registry.Kind, filter string) {
		if len(rs) == 0 {
			return
		}
		s := section{Title: title}
		if n := len(rs) - fewRelated; n > 0 {
			s.Note = q.T("record.more_related", "n", n)
			if slices.Contains(listKinds[k].facets, filter) {
				s.All = &link{Text: q.T("record.all_related", "n", len(rs)), Href: q.listHref(k, filter, string(r.ID))}
			}
			rs = rs[:fewRelated]
		}
		s.Entries = q.entries(rs, r.ID)
		out = append(out, s)
	}
	said := map[registry.RecordID]bool{}
	var loose []*registry.Record // related without a closer word, in either direction
	for _, f := range refFields(r.Kind) {
		var rs []*registry.Record
		for _, s := range r.Slots(f) {
			if s.Shown == nil {
				continue
			}
			if x := q.View.Record(registry.RecordID(s.Shown.Value.Raw)); x != nil {
				rs = append(rs, x)
			}
			if s.Shown.Source != nil {
				q.cite(s.Shown.Source) // so that it stands in the list of sources
			}
		}
		if f == "related" {
			loose = rs
			continue
		}
		for _, x := range rs {
			said[x.ID] = true
		}
		add(q.locale.field(registry.FieldOf(f)), rs, "", "")
	}
	type group struct {
		kind  registry.Kind
		field string
	}
	groups := map[group][]*registry.Record{}
	var order []group
	for _, b := range q.View.Backlinks(r.ID) {
		if b.Field == "related" {
			loose = append(loose, b.From)
			continue
		}
		g := group{b.From.Kind, b.Field}
		if len(groups[g]) == 0 {
			order = append(order, g)
		}
		if !slices.Contains(groups[g], b.From) {
			groups[g] = append(groups[g], b.From)
			said[b.From.ID] = true
		}
	}
	slices.SortStableFunc(order, func(a, b group) int {
		return slices.Index(registry.Kinds(), a.kind) - slices.Index(registry.Kinds(), b.kind)
	})
	for _, g := range order {
		add(q.backLabel(g.kind, g.field), groups[g], g.kind, string(r.Kind))
	}
	var rest []*registry.Record
	for _, x := range loose {
		if !said[x.ID] {
			said[x.ID] = true
			rest = append(rest, x)
		}
	}
	add(q.T("record.related"), rest, "", "")
	return out
}

// backLabel is what records that refer to this one by a field are called here.
func (q *request) backLabel(k registry.Kind, field string) string {
	if w, ok := q.locale.find("back." + field); ok {
		return w
	}
	if field == "instrument" || field == "negotiation" {
		return q.kinds(k)
	}
	return q.T("record.back", "kinds", q.kinds(k), "field", lowerFirst(q.locale.field(registry.FieldOf(field))))
}

// notYetPage says that a record was not known on the day that was asked for, and what was.
type notYetPage struct {
	Kind, Title string
	What        string
	First       link
	Today       link
	Then        []section
}

// notYet is the page of a record that is known today and was not known on the day asked for.
func (q *request) notYet(r *registry.Record) (*page, error) {
	if q.Format != "html" {
		return nil, registry.Errorf(registry.NotFound, "%s", q.T("not_yet.what", "date", q.edtfText(string(q.AsOf)), "first", q.edtfText(string(r.FirstKnown)))).
			WithHint("%s", q.T("not_yet.hint", "day", string(r.FirstKnown)))
	}
	d := notYetPage{Kind: q.kind(r.Kind), Title: r.Title(q.Lang),
		What:  q.T("not_yet.what", "date", q.edtfText(string(q.AsOf)), "first", q.edtfText(string(r.FirstKnown))),
		First: link{Text: q.T("not_yet.first", "date", q.edtfText(string(r.FirstKnown))), Href: q.here("as_of", string(r.FirstKnown))},
		Today: link{Text: q.T("as_of.reset"), Href: q.here("as_of", "")}}
	// What leads to it or it leads to, and was known then: the negotiation before its outcome is the usual case.
	seen := map[registry.RecordID]bool{}
	byKind := map[registry.Kind][]*registry.Record{}
	add := func(id registry.RecordID) {
		then := q.View.Record(id)
		if then == nil || seen[then.ID] || then.Kind == registry.KindParty || then.Kind == registry.KindMineral || then.Title() == then.ID.Tail() {
			return
		}
		seen[then.ID] = true
		byKind[then.Kind] = append(byKind[then.Kind], then)
	}
	for _, b := range q.now().Backlinks(r.ID) {
		add(b.From.ID)
	}
	for _, f := range refFields(r.Kind) {
		for _, id := range r.Refs(f) {
			add(id)
		}
	}
	for _, k := range registry.Kinds() {
		if rs := byKind[k]; len(rs) > 0 {
			d.Then = append(d.Then, section{Title: q.kinds(k), Entries: q.entries(rs, r.ID)})
		}
	}
	return &page{Template: "notyet", Title: d.Title, Data: d, Trail: []link{{Text: q.kinds(r.Kind), Href: q.href("/" + registry.KindOf(r.Kind).Noun)}}}, nil
}
