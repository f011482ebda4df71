package web

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// partyFields are the fields by which a record names who takes part.
var partyFields = []string{"party", "signatory", "lead_body", "lender", "borrower", "host", "operator"}

// sidesOf are the sides of a record as it names them, each once, by id.
func sidesOf(v *registry.View, r *registry.Record) []registry.RecordID {
	var out []registry.RecordID
	for _, id := range r.Refs("party") {
		if id = v.Resolve(id); !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// statesOf are the sides of a record, agencies and companies under the state that they belong to.
func statesOf(v *registry.View, r *registry.Record) []registry.RecordID {
	var out []registry.RecordID
	for _, id := range sidesOf(v, r) {
		if s := stateOf(v, id); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out
}

// stateOf is the state or bloc that a party belongs to: itself where it is one, or where none is known.
func stateOf(v *registry.View, id registry.RecordID) registry.RecordID {
	p := v.Record(id)
	if p == nil {
		return id
	}
	switch p.String("party_kind") {
	case "state", "territory", "bloc", "international_organisation":
		return p.ID
	}
	if refs := p.Refs("state"); len(refs) > 0 {
		return v.Resolve(refs[0])
	}
	return p.ID
}

// Counterpart is a party and the records that another party shares with it.
type Counterpart struct {
	Party   *registry.Record
	Records []*registry.Record
}

// counterparts groups records by who else is a side of them: most records first, then by id.
func counterparts(v *registry.View, self registry.RecordID, rs []*registry.Record) []Counterpart {
	by := map[registry.RecordID][]*registry.Record{}
	for _, r := range rs {
		for _, id := range statesOf(v, r) {
			if id != self && !r.Sample() {
				by[id] = append(by[id], r)
			}
		}
	}
	var out []Counterpart
	for id, rs := range by {
		if p := v.Record(id); p != nil {
			out = append(out, Counterpart{p, rs})
		}
	}
	slices.SortFunc(out, func(a, b Counterpart) int {
		return cmp.Or(cmp.Compare(len(b.Records), len(a.Records)), cmp.Compare(a.Party.ID, b.Party.ID))
	})
	return out
}

// Courtship is two sides and the records between them that name a mineral.
type Courtship struct {
	A, B    *registry.Record
	Records []*registry.Record
}

// courtships groups the records between exactly two sides by the sides: most records first. What has more sides is in many.
func courtships(v *registry.View, rs []*registry.Record) (pairs []Courtship, many []*registry.Record) {
	by := map[[2]registry.RecordID][]*registry.Record{}
	for _, r := range rs {
		if r.Sample() {
			continue
		}
		switch s := statesOf(v, r); len(s) {
		case 2:
			by[[2]registry.RecordID{s[0], s[1]}] = append(by[[2]registry.RecordID{s[0], s[1]}], r)
		default:
			many = append(many, r)
		}
	}
	for k, rs := range by {
		if a, b := v.Record(k[0]), v.Record(k[1]); a != nil && b != nil {
			pairs = append(pairs, Courtship{a, b, rs})
		}
	}
	slices.SortFunc(pairs, func(a, b Courtship) int {
		return cmp.Or(cmp.Compare(len(b.Records), len(a.Records)), cmp.Compare(a.A.ID, b.A.ID), cmp.Compare(a.B.ID, b.B.ID))
	})
	return pairs, many
}

// bodiesOf are the ministries, agencies, enterprises and companies of a state or bloc, by id.
func bodiesOf(v *registry.View, id registry.RecordID) []*registry.Record {
	return v.Referring(id, registry.KindParty, "state")
}

// involving are the records of a kind in which a party takes part, by id.
func involving(v *registry.View, id registry.RecordID, k registry.Kind) []*registry.Record {
	var out []*registry.Record
	for _, b := range v.Backlinks(id) {
		if b.From.Kind == k && slices.Contains(partyFields, b.Field) && !slices.Contains(out, b.From) {
			out = append(out, b.From)
		}
	}
	return out
}
