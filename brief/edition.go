package brief

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// Edition is what is kept of a brief: its numbers and the ids of the records and claims behind them. It has no words, so that what is erased or
// withdrawn from the registry is not kept in an edition.
type Edition struct {
	ID          string         `json:"id"` // of its content
	Horizon     registry.Day   `json:"horizon"`
	AsOf        registry.Day   `json:"as_of,omitempty"`
	Scope       findings.Scope `json:"scope"`
	Definitions string         `json:"definitions"`
	Engine      string         `json:"engine"`
	Numbers     []Number       `json:"numbers"`
}

// Number is an indicator in an edition. Cases are the records, with their keys, by part.
type Number struct {
	Finding   string              `json:"finding"`
	Indicator string              `json:"indicator"`
	State     string              `json:"state"`
	Count     int                 `json:"count"`
	Total     int                 `json:"total"`
	Unknown   int                 `json:"unknown"`
	Cases     map[string][]string `json:"cases"`
}

// EditionOf keeps a set. Whoever keeps it for readers must have computed it from what these may see.
func EditionOf(s *findings.Set) Edition {
	e := Edition{Horizon: s.Horizon, AsOf: s.AsOf, Scope: s.Scope, Definitions: s.Definitions, Engine: s.Engine}
	for _, f := range s.Findings {
		for _, i := range f.Indicators {
			n := Number{f.Key, i.Key, i.State, i.Count, i.Total, i.Unknown, map[string][]string{}}
			for _, c := range i.Cases {
				id := string(c.Record)
				if c.Key != "" {
					id += " " + c.Key
				}
				n.Cases[c.Part] = append(n.Cases[c.Part], id)
			}
			e.Numbers = append(e.Numbers, n)
		}
	}
	b, err := json.Marshal(e)
	if err != nil {
		panic("brief: an edition: " + err.Error()) // strings and numbers alone
	}
	h := sha256.Sum256(b)
	e.ID = hex.EncodeToString(h[:8])
	return e
}

// Change is a number that differs between two editions.
type Change struct {
	Finding, Indicator string
	Before, After      Number
	Came, Went         []string // cases that are newly counted, and those that are counted no more: record, or record and key
}

// Compare gives the numbers that differ between two editions of one scope, in their order. A number that only one of them has is not compared.
func Compare(before, after Edition) []Change {
	old := map[string]Number{}
	for _, n := range before.Numbers {
		old[n.Finding+"."+n.Indicator] = n
	}
	var out []Change
	for _, n := range after.Numbers {
		o, ok := old[n.Finding+"."+n.Indicator]
		if !ok {
			continue
		}
		c := Change{Finding: n.Finding, Indicator: n.Indicator, Before: o, After: n}
		was, is := countedCases(o), countedCases(n)
		for _, id := range is {
			if _, found := slices.BinarySearch(was, id); !found {
				c.Came = append(c.Came, id)
			}
		}
		for _, id := range was {
			if _, found := slices.BinarySearch(is, id); !found {
				c.Went = append(c.Went, id)
			}
		}
		if o.Count != n.Count || o.Total != n.Total || o.Unknown != n.Unknown || o.State != n.State || len(c.Came)+len(c.Went) > 0 {
			out = append(out, c)
		}
	}
	return out
}

// countedCases are the cases of the counted parts of a number, in order.
func countedCases(n Number) []string {
	defs, err := findings.Load()
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range defs.Findings {
		for _, c := range f.Indicators {
			if f.Key != n.Finding || c.Key != n.Indicator {
				continue
			}
			for _, p := range c.Parts {
				if p.Counted {
					out = append(out, n.Cases[p.Key]...)
				}
			}
		}
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}
