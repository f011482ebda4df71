package projection

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// Facets are the values by which a record can be found and counted, by facet name. Values are codes, record ids and years.
type Facets map[string][]string

// FacetNames are the facets in the order in which they are shown.
var FacetNames = []string{"kind", "party", "mineral", "type", "stage", "status", "legal_nature", "text", "area", "scope", "year", "region", "sample"}

// FacetsOf works out a record's facets in a view.
func FacetsOf(v *registry.View, r *registry.Record) Facets {
	f := Facets{"kind": {string(r.Kind)}}
	add := func(name string, values ...string) {
		for _, x := range values {
			if x != "" && !slices.Contains(f[name], x) {
				f[name] = append(f[name], x)
			}
		}
	}
	for _, field := range []string{"party", "host", "issuer", "state", "borrower"} {
		for _, id := range r.Refs(field) {
			add("party", string(v.Resolve(id)))
			if p := v.Record(id); p != nil {
				add("region", p.String("region"))
			}
		}
	}
	for _, field := range []string{"signatory", "lead_body", "lender", "operator", "owner", "consulted"} {
		for _, id := range r.Refs(field) {
			add("party", string(v.Resolve(id)))
			if p := v.Record(id); p != nil {
				for _, s := range p.Refs("state") {
					add("party", string(s))
				}
			}
		}
	}
	for _, field := range []string{"mineral", "mineral_context", "lists_mineral"} {
		for _, id := range r.Refs(field) {
			add("mineral", string(id))
		}
	}
	add("type", r.String("type"), r.String("law_type"), r.String("party_kind"), r.String("document_type"))
	add("type", r.Values("financing_type")...)
	add("type", r.Values("project_type")...)
	if r.Kind == registry.KindNegotiation {
		add("stage", r.Stage().Code)
	} else {
		add("status", r.Status().Code)
	}
	add("legal_nature", LegalNature(r))
	add("text", TextStatus(r))
	add("area", r.Values("area")...)
	add("scope", r.String("scope"))
	add("year", Year(r))
	if r.Kind == registry.KindParty {
		add("region", r.String("region"))
	}
	if OfSample(v, r) {
		add("sample", "yes")
	}
	for name := range f {
		slices.Sort(f[name])
	}
	return f
}

// OfSample says whether a record is a sample or a text of one.
func OfSample(v *registry.View, r *registry.Record) bool {
	if r.Sample() || r.Kind != registry.KindDocument {
		return r.Sample()
	}
	return slices.ContainsFunc(r.Refs("instrument"), func(id registry.RecordID) bool {
		ins := v.Record(id)
		return ins != nil && ins.Sample()
	})
}

// key is the facets as one string, the same for the same facets.
func (f Facets) key() string {
	var b strings.Builder
	for _, name := range FacetNames {
		for _, x := range f[name] {
			fmt.Fprintf(&b, "%s=%s\n", name, x)
		}
	}
	return b.String()
}

// LegalNature is what is known of an instrument's legal nature: as stated, else as inferred, else "unknown"; "" for other kinds.
func LegalNature(r *registry.Record) string {
	if r.Kind != registry.KindInstrument {
		return ""
	}
	for _, basis := range []string{"stated", "inferred"} {
		if n := r.KeyedString("legal_nature", basis); n != "" {
			return basis + ":" + n
		}
	}
	return "unknown"
}

// TextStatus is the best that is known of a record's texts, the final text before others; "not_looked_for" where no claim says
// anything; "" for kinds without texts.
func TextStatus(r *registry.Record) string {
	if r.Kind != registry.KindInstrument && r.Kind != registry.KindNegotiation {
		return ""
	}
	best := ""
	for _, want := range []string{"found", "leaked", "not_public", "not_found"} {
		for _, s := range r.Slots("text_status") {
			if s.Shown != nil && s.Shown.Value.Raw == want && best == "" {
				best = want
			}
		}
	}
	if best == "" {
		return "not_looked_for"
	}
	return best
}

// Year is the year by which a record is filed: of its signature, else of its first dated event; "" where none is dated.
func Year(r *registry.Record) string {
	for _, key := range []string{"signed", "endorsed", "adopted", "issued", "agreed", "announced", "launched", "established", "enacted", "published"} {
		if d, ok := r.EventDate(key); ok && d.Start[:4] == d.End[:4] {
			return string(d.Start[:4])
		}
	}
	for _, s := range r.Slots("event") {
		if s.Shown != nil {
			if d, ok := s.Shown.Value.Date(); ok && d.Start[:4] == d.End[:4] {
				return string(d.Start[:4])
			}
		}
	}
	return ""
}

func allFacets(v *registry.View) map[registry.RecordID]Facets {
	out := make(map[registry.RecordID]Facets, len(v.Records))
	for id, r := range v.Records {
		out[id] = FacetsOf(v, r)
	}
	return out
}

// Facets are a record's facets now.
func (p *Projection) Facets(id registry.RecordID) Facets {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.facets[id]
}
