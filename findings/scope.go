package findings

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// Scope limits what is counted. The zero Scope is everything. Records must fit every part that is set.
type Scope struct {
	Party   registry.RecordID `json:"party,omitempty"`   // a state, bloc or body: itself, or a body of it, is a side, host, lender or borrower
	Region  string            `json:"region,omitempty"`  // a code of region: a side lies in it
	Mineral registry.RecordID `json:"mineral,omitempty"` // named in the record, or by sources in connection with it; a group takes its members in
	Since   registry.Day      `json:"since,omitempty"`   // something dated happened on or after it
	Until   registry.Day      `json:"until,omitempty"`   // something dated happened on or before it
}

// ParseScope reads what people type: a country or party by ISO 3166 code, id or name; a mineral by code or name; since and until as EDTF dates.
// The error says what was not found.
func ParseScope(v *registry.View, party, region, mineral, since, until string) (Scope, error) {
	var s Scope
	if party != "" {
		if s.Party = named(v, registry.KindParty, "pty_", party); s.Party == "" {
			return s, registry.Errorf(registry.Invalid, "there is no party %q", short(party)).WithHint("write a code of ISO 3166 (ZMB), a bloc's code (EU) or the name")
		}
	}
	if mineral != "" {
		if s.Mineral = named(v, registry.KindMineral, "min_", mineral); s.Mineral == "" {
			return s, registry.Errorf(registry.Invalid, "there is no mineral %q", short(mineral)).WithHint("write its code (cobalt, lithium) or its name")
		}
	}
	if region != "" {
		if s.Region = strings.ToLower(region); !registry.IsCode("region", s.Region) {
			return s, registry.Errorf(registry.Invalid, "there is no region %q", short(region)).WithHint("regions: %s", strings.Join(registry.Codes("region"), ", "))
		}
	}
	for _, d := range []struct {
		name, typed string
		into        *registry.Day
		end         bool
	}{{"since", since, &s.Since, false}, {"until", until, &s.Until, true}} {
		if d.typed == "" {
			continue
		}
		date, err := registry.ParseDate(d.typed)
		if err != nil {
			return s, registry.Errorf(registry.Invalid, "%s: %w", d.name, err).WithHint("write 2025, 2025-01 or 2025-01-31")
		}
		if *d.into = date.Start; d.end {
			*d.into = date.End
		}
	}
	if s.Since != "" && s.Until != "" && s.Since > s.Until {
		return s, registry.Errorf(registry.Invalid, "since %s is after until %s", s.Since, s.Until).WithHint("exchange the two")
	}
	return s, nil
}

func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}

// named finds a record by its id, with or without prefix, by ISO 3166 code, or by a name in any language; "" where there is none.
func named(v *registry.View, k registry.Kind, prefix, typed string) registry.RecordID {
	typed = strings.TrimSpace(typed)
	for _, id := range []string{typed, prefix + typed, prefix + strings.ToUpper(typed), prefix + strings.ToLower(typed)} {
		if rid := registry.RecordID(id); rid.Kind() == k {
			if r := v.Record(rid); r != nil {
				return r.ID
			}
		}
	}
	var found registry.RecordID
	for _, r := range v.OfKind(k) {
		if r.Sample() && found != "" {
			continue
		}
		for _, name := range append(append(r.Values("name"), r.Values("alias")...), r.String("iso2")) {
			if strings.EqualFold(name, typed) {
				if !r.Sample() {
					return r.ID
				}
				found = cmp.Or(found, r.ID)
			}
		}
	}
	return found
}

// Empty says whether the scope is everything.
func (s Scope) Empty() bool { return s == Scope{} }

// in says whether a record is within the scope, and whether it is left out only because nothing dates it.
func (n *run) in(r *registry.Record) (in, undated bool) {
	s := n.scope
	if s.Empty() {
		return true, false
	}
	p := n.place(r)
	if s.Party != "" && !n.involves(r, p, s.Party) {
		return false, false
	}
	if s.Region != "" && !slices.Contains(p.Regions, s.Region) {
		return false, false
	}
	if s.Mineral != "" && !n.about(p, s.Mineral) {
		return false, false
	}
	if s.Since == "" && s.Until == "" {
		return true, false
	}
	if k := r.Kind; k == registry.KindMineral || k == registry.KindParty {
		return true, false
	}
	if p.last == "" {
		return false, true
	}
	return (s.Since == "" || p.last >= s.Since) && (s.Until == "" || p.first <= s.Until), false
}

var takingPart = []string{"party", "signatory", "lead_body", "lender", "borrower", "host", "operator", "owner", "issuer"}

func (n *run) involves(r *registry.Record, p *Place, party registry.RecordID) bool {
	if slices.Contains(p.Parties, party) || r.ID == party {
		return true
	}
	for _, f := range takingPart {
		for _, id := range r.Refs(f) {
			if id = n.v.Resolve(id); id == party || stateOf(n.v, id, nil) == party {
				return true
			}
		}
	}
	return false
}

// about says whether a place is of a mineral or of one of its group.
func (n *run) about(p *Place, mineral registry.RecordID) bool {
	return slices.ContainsFunc(p.Minerals, func(m registry.RecordID) bool {
		if m == mineral {
			return true
		}
		r := n.v.Record(m)
		return r != nil && slices.Contains(r.Refs("mineral_group"), mineral)
	})
}

// partyIn says whether a party itself is within the scope.
func (n *run) partyIn(p *registry.Record) bool {
	return (n.scope.Party == "" || n.scope.Party == p.ID) && (n.scope.Region == "" || slices.Contains(n.place(p).Regions, n.scope.Region))
}

// mineralsIn are the minerals that records within the scope name, themselves or in context, by id; with a mineral in the scope, it and its group's alone.
func (n *run) mineralsIn() []*registry.Record {
	n.naming = map[registry.RecordID]*registry.Stated{}
	for _, r := range n.talks() {
		for _, f := range []string{"mineral", "mineral_context"} {
			for _, s := range r.Slots(f) {
				if s.Shown == nil {
					continue
				}
				if id := n.v.Resolve(registry.RecordID(s.Shown.Value.Raw)); n.naming[id] == nil {
					n.naming[id] = s.Shown
				}
			}
		}
	}
	var out []*registry.Record
	for _, m := range n.v.OfKind(registry.KindMineral) {
		if n.naming[m.ID] != nil && !m.Sample() && (n.scope.Mineral == "" || n.about(n.place(m), n.scope.Mineral)) {
			out = append(out, m)
		}
	}
	return out
}

// counted takes the claim for which a mineral is counted.
func (n *run) counted(m *registry.Record, g *ground) { g.claim(n.naming[m.ID]) }
