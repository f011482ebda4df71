package edit

import (
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// Decisions is the source of what editors decide about records themselves: which are one thing and which are two.
const Decisions registry.SourceID = "src_registry-decisions"

// Merge gives the entries that merge a record into another, the survivor. v is what the person sees. A conflict says that somebody
// merged one of them meanwhile.
func (a Act) Merge(b *Book, v *registry.View, from, into registry.RecordID, why string) ([]registry.Entry, error) {
	why, err := reason(why, "say how you know that the two are one thing; the history shows it")
	if err != nil {
		return nil, err
	}
	switch {
	case from == into:
		return nil, invalid("name the other record of the same thing", "%s cannot be merged with itself", from)
	case v.Record(from) == nil || v.Record(into) == nil:
		return nil, registry.Errorf(registry.NotFound, "there is no such record").WithHint("look for it again")
	case from.Kind() != into.Kind():
		return nil, invalid("records of two kinds are two things; connect them with the field related", "%s and %s are of two kinds", from, into)
	case v.Resolve(from) == v.Resolve(into):
		return nil, registry.Errorf(registry.Conflict, "the two are one record already").WithHint("look at the record; the merge can be undone there")
	case v.Records[from] == nil || v.Records[into] == nil:
		return nil, registry.Errorf(registry.Conflict, "one of the two was merged into another record meanwhile").WithHint("look at both again")
	case a.Into == registry.Public && !(b.PublicRecord(from) && b.PublicRecord(into)):
		return nil, invalid("publish both records first, or merge for editors only", "one of the two records is not public")
	}
	return a.decided(b, registry.Claim{Record: from, Field: "redirect", Value: registry.Value{Type: registry.TypeRef, Raw: string(into)}, Note: why})
}

// Distinct gives the entries that say that two records are two things, whatever they look like.
func (a Act) Distinct(b *Book, v *registry.View, one, other registry.RecordID, why string) ([]registry.Entry, error) {
	why, err := reason(why, "say what tells them apart; nobody is asked again")
	if err != nil {
		return nil, err
	}
	switch {
	case v.Records[one] == nil || v.Records[other] == nil || one == other:
		return nil, registry.Errorf(registry.NotFound, "there are no such two records").WithHint("one may have been merged meanwhile; look at both again")
	case a.Into == registry.Public && !(b.PublicRecord(one) && b.PublicRecord(other)):
		return nil, invalid("say it for editors only", "one of the two records is not public")
	}
	return a.decided(b, registry.Claim{Record: one, Field: "distinct_from", Value: registry.Value{Type: registry.TypeRef, Raw: string(other)}, Note: why})
}

// Split gives the entries by which claims move from a record to another: to a new one of the title, or to one that is there (then title is
// not read). It gives the id of the record they move to. Claims that are not public move for those who see them.
func (a Act) Split(b *Book, v *registry.View, from, to registry.RecordID, title, lang string, claims []registry.EntryID, why string) ([]registry.Entry, registry.RecordID, error) {
	why, err := reason(why, "say how you know that these claims are about another thing; the history shows it")
	if err != nil {
		return nil, "", err
	}
	r := v.Records[from]
	switch {
	case r == nil:
		return nil, "", registry.Errorf(registry.NotFound, "there is no such record").WithHint("look for it again")
	case len(claims) == 0:
		return nil, "", invalid("mark what is about the other thing", "no claim is chosen")
	case to != "" && (v.Records[to] == nil || to.Kind() != from.Kind() || to == from):
		return nil, "", invalid("name another record of the same kind, or leave it empty and give a title", "%s is no record that claims can move to", to)
	case to == "" && tidy(title) == "":
		return nil, "", invalid("say what the other thing is called, or name a record that is there", "the new record has no title")
	case len(tidy(title)) > 400:
		return nil, "", invalid("shorten it", "the title is too long")
	}
	var open, hidden []registry.EntryID
	for _, id := range claims {
		e := b.Entry(id)
		if e == nil || e.Claim == nil || v.Entries[id] == nil || v.About(e) != from || e.Claim.Field == "redirect" {
			return nil, "", registry.Errorf(registry.Conflict, "a claim was taken back or moved meanwhile").WithHint("look at the record again; what you chose is kept")
		}
		if b.Public(id) {
			open = append(open, id)
		} else {
			hidden = append(hidden, id)
		}
	}
	if left := 0; to == "" {
		for _, e := range v.Entries {
			if e.Claim != nil && v.About(e) == from && !slices.Contains(claims, e.ID) {
				left++
			}
		}
		if left == 0 {
			return nil, "", invalid("leave what is about this record", "all claims of the record are chosen: that would only give it another id")
		}
	}
	if a.Into == registry.Public && (!b.PublicRecord(from) || to != "" && !b.PublicRecord(to)) {
		return nil, "", invalid("publish both records first, or split for editors only", "one of the records is not public")
	}
	if a.Into != registry.Public || len(open) == 0 {
		if a.Into == registry.Public { // nothing of the other thing is public
			a.Into = registry.Registry
		}
		open, hidden = append(open, hidden...), nil
	}
	var parts []registry.Entry
	if prefix, _, _ := strings.Cut(string(from), "_"); to == "" {
		to = registry.RecordID(prefix + "_" + mint(a.Token, "record"))
		def := registry.FieldOf("title")
		t, err := registry.ParseValue(def, tidy(title), lang)
		if err != nil {
			return nil, "", err
		}
		parts = append(parts, a.source(b)...)
		parts = append(parts, registry.Entry{Claim: &registry.Claim{Record: to, Field: "title", Value: t, Source: Decisions}, Nonce: a.once("title")})
	}
	for _, x := range []struct {
		ids []registry.EntryID
		a   registry.Audience
	}{{open, a.Into}, {hidden, registry.Registry}} { // a public move must not name what is not public
		if len(x.ids) > 0 {
			slices.Sort(x.ids)
			parts = append(parts, registry.Entry{Audience: x.a, Move: &registry.Move{Claims: slices.Compact(x.ids), To: to, Reason: why}})
		}
	}
	es, err := a.complete(parts)
	return es, to, err
}

// decided is a claim that rests on the editors' decision.
func (a Act) decided(b *Book, c registry.Claim) ([]registry.Entry, error) {
	c.Source = Decisions
	return a.complete(append(a.source(b), registry.Entry{Claim: &c, Nonce: a.once("decision")}))
}

// once makes a decision another one than the same decision taken before: what was merged and taken back can be merged again.
func (a Act) once(what string) string { return mint(a.Token, what) }

// source is the entry of the source of decisions, where those to whom the act is open do not have it yet.
func (a Act) source(b *Book) []registry.Entry {
	for _, e := range b.sources[Decisions] {
		if b.Retraction(e.ID) == nil && (b.Public(e.ID) || slices.Contains(b.Audiences(e.ID), a.Into)) {
			return nil
		}
	}
	return []registry.Entry{{Nonce: a.once("source"), Source: &registry.Source{ID: Decisions, Title: "Decisions of this registry's editors about its records", Publisher: "This registry", Grade: "editor"}}}
}

// Belongs gives the entries by which a text is of an instrument; or, with not, of none of some.
func (a Act) Belongs(b *Book, doc registry.RecordID, not bool, instruments ...registry.RecordID) ([]registry.Entry, error) {
	parts := a.source(b)
	for _, id := range instruments {
		parts = append(parts, registry.Entry{Nonce: a.once("belongs " + string(id)),
			Claim: &registry.Claim{Record: doc, Field: "instrument", Value: registry.Value{Type: registry.TypeRef, Raw: string(id)}, Not: not, Source: Decisions}})
	}
	return a.complete(parts)
}

// Confirm gives the entries by which a person says what a machine read: the same, from the same place of the same source, to the same readers.
func (a Act) Confirm(b *Book, v *registry.View, ids ...registry.EntryID) ([]registry.Entry, error) {
	var parts []registry.Entry
	for _, id := range ids {
		e := b.Entry(id)
		if e == nil || e.Claim == nil || !b.Current(id) || v.Entries[id] == nil {
			return nil, registry.Errorf(registry.Conflict, "a claim was taken back or corrected meanwhile").WithHint("look at the record again")
		}
		c := *e.Claim
		c.Record, c.Method, c.Supersedes = v.Placed(e), "", ""
		into := a.Into
		if as := b.Audiences(id); b.Public(id) {
			into = registry.Public
		} else if len(as) > 0 {
			into = as[0]
		}
		parts = append(parts, registry.Entry{Audience: into, Nonce: a.once("confirm " + string(id)), Claim: &c})
	}
	return a.complete(parts)
}
