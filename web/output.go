package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
)

// Output and Outputs are what countries produce and hold of a mineral.
type (
	Output  = findings.Output
	Outputs = findings.Outputs
)

// Endowment is a party's part in the world's production and reserves of one mineral.
type Endowment struct {
	Mineral              *registry.Record
	Production, Reserves *Output
}

// endowmentOf lists the minerals of which a source gives a party's production or reserves, the largest share of production first.
func endowmentOf(v *registry.View, code string) []Endowment {
	var out []Endowment
	pick := func(m *registry.Record, field string) *Output {
		if !slices.ContainsFunc(m.Slots(field), func(s *registry.Slot) bool { return strings.HasPrefix(s.Key, code+"/") }) {
			return nil
		}
		for _, o := range findings.OutputsOf(v, m, field).Rows {
			if o.Place == code {
				return &o
			}
		}
		return nil
	}
	for _, m := range v.OfKind(registry.KindMineral) {
		e := Endowment{Mineral: m, Production: pick(m, "production"), Reserves: pick(m, "reserves")}
		if e.Production != nil || e.Reserves != nil {
			out = append(out, e)
		}
	}
	share := func(o *Output) float64 {
		if o == nil {
			return -2
		}
		return o.Share
	}
	slices.SortStableFunc(out, func(a, b Endowment) int {
		return cmp.Or(cmp.Compare(share(b.Production), share(a.Production)), cmp.Compare(share(b.Reserves), share(a.Reserves)))
	})
	return out
}
