package identity

import (
	"net/url"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// Subject is what is known of a thing when its like is looked for: of a record, or of a text, a headline or a form that has none yet.
type Subject struct {
	ID       registry.RecordID // "" for what has no record
	Kind     registry.Kind
	Text     bool   // it is a text: of an instrument whose form it cannot have it is not the text
	Type     string // of an instrument or financing; "" where unknown
	Names    []string
	Parties  []string // tails of ids
	Minerals []string // tails of ids
	Dates    []Dated
	Amounts  []string            // as registry.ParseMoney reads them
	URLs     []string            // of its own text or page
	About    []string            // of statements and summaries about it: addresses that are not its own text's
	Links    []registry.RecordID // records of its kind that it refers to as other things
	Apart    []registry.RecordID // records that it was found to be distinct from
}

// Dated is a day on which something happened to the thing. Event is a code of event, "" where only a date is known.
type Dated struct {
	Event string
	Date  registry.Date
}

// Of is what a record says of itself, claims that lose in the choice rule included: what one source says of one record another may say of its twin.
func Of(r *registry.Record) Subject {
	s := Subject{ID: r.ID, Kind: r.Kind}
	for _, f := range r.Fields {
		for _, slot := range f.Slots {
			for _, c := range append(slices.Clone(slot.Losing), slot.Agreeing...) {
				s.Take(f.Def.Name, slot.Key, c.Value)
			}
			if slot.Shown != nil {
				s.Take(f.Def.Name, slot.Key, slot.Shown.Value)
			}
		}
	}
	s.sort()
	return s
}

// FromClaims is what claims on a record say of it, before they are compiled.
func FromClaims(id registry.RecordID, entries []registry.Entry) Subject {
	s := Subject{ID: id, Kind: id.Kind()}
	for _, e := range entries {
		if e.Claim != nil && e.Claim.Record == id {
			s.Take(e.Claim.Field, e.Claim.Key, e.Claim.Value)
		}
	}
	s.sort()
	return s
}

// Take takes in what a claim says.
func (s *Subject) Take(field, key string, v registry.Value) {
	if v.State != "" {
		return
	}
	tail := func() string { return registry.RecordID(v.Raw).Tail() }
	switch field {
	case "type", "financing_type", "project_type", "law_type":
		if s.Type == "" || v.Raw < s.Type {
			s.Type = v.Raw
		}
	case "title", "official_title", "alias", "name":
		s.Names = append(s.Names, v.Raw)
	case "party", "lender", "borrower", "issuer":
		s.Parties = append(s.Parties, tail())
	case "mineral":
		s.Minerals = append(s.Minerals, tail())
	case "amount":
		s.Amounts = append(s.Amounts, v.Raw)
	case "distinct_from":
		s.Apart = append(s.Apart, registry.RecordID(v.Raw))
	case "related", "implements", "amends", "replaces", "part_of":
		if id := registry.RecordID(v.Raw); id.Kind() == s.Kind {
			s.Links = append(s.Links, id)
		}
	case "text_url", "website":
		if key == "statement" || key == "summary" {
			s.About = append(s.About, BareURL(v.Raw))
		} else {
			s.URLs = append(s.URLs, BareURL(v.Raw))
		}
	case "event":
		code, _ := registry.SplitEventKey(key)
		if d, ok := v.Date(); ok && code != "referenced" { // that somebody spoke of it is no day of its own
			s.Dates = append(s.Dates, Dated{code, d})
		}
	}
}

// sort makes the subject the same whatever order its claims came in.
func (s *Subject) sort() {
	for _, l := range []*[]string{&s.Names, &s.Parties, &s.Minerals, &s.Amounts, &s.URLs, &s.About} {
		slices.Sort(*l)
		*l = slices.Compact(*l)
	}
	slices.SortFunc(s.Dates, func(a, b Dated) int { return strings.Compare(a.Date.EDTF+a.Event, b.Date.EDTF+b.Event) })
}

// BareURL is an address without what does not tell pages apart: scheme, www., the case of the host, a final slash, a fragment.
func BareURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return s
	}
	return strings.TrimPrefix(strings.ToLower(u.Host), "www.") + strings.TrimSuffix(u.EscapedPath(), "/") + u.RawQuery
}
