package findings

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// Output is what one country produces or holds of a mineral in a year: a quantity, or a state of knowledge in its place.
type Output struct {
	Party    *registry.Record // nil for the world, and for a country without a record
	Place    string           // code as the source's key gives it: ISO 3166-1 alpha-3, world, other
	Year     string
	Slot     *registry.Slot
	Quantity *registry.Quantity // nil where it is withheld, unknown or not applicable
	Share    float64            // of the world's total in the same unit, 0 to 1; -1 where it cannot be told
}

// Outputs are the countries' figures of the latest year for which any is known, the largest first, those without a figure last.
type Outputs struct {
	Year  string
	Unit  string
	World *Output
	Rows  []Output
}

// OutputsOf reads production or reserves (the field) of a mineral.
func OutputsOf(v *registry.View, r *registry.Record, field string) Outputs {
	var out Outputs
	for _, s := range r.Slots(field) {
		if _, year, ok := strings.Cut(s.Key, "/"); ok && (s.Shown != nil || len(s.States) > 0) {
			out.Year = max(out.Year, year)
		}
	}
	for _, s := range r.Slots(field) {
		place, year, ok := strings.Cut(s.Key, "/")
		if !ok || year != out.Year || (s.Shown == nil && len(s.States) == 0) {
			continue
		}
		o := Output{Place: place, Year: year, Slot: s, Share: -1, Party: v.Record(registry.RecordID("pty_" + place))}
		if s.Shown != nil {
			if q, ok := s.Shown.Value.Quantity(); ok {
				o.Quantity = &q
			}
		}
		if place == "world" {
			out.World = &o
		} else {
			out.Rows = append(out.Rows, o)
		}
	}
	for i := range out.Rows {
		out.Rows[i].Share = shareOf(out.Rows[i].Quantity, out.World)
	}
	if out.World != nil && out.World.Quantity != nil {
		out.Unit = out.World.Quantity.Unit
	}
	slices.SortStableFunc(out.Rows, func(a, b Output) int {
		switch {
		case a.Quantity == nil && b.Quantity == nil:
			return cmp.Compare(a.Place, b.Place)
		case a.Quantity == nil:
			return 1
		case b.Quantity == nil:
			return -1
		}
		if out.Unit == "" {
			out.Unit = a.Quantity.Unit
		}
		return b.Quantity.Number.Cmp(a.Quantity.Number)
	})
	return out
}

func shareOf(q *registry.Quantity, world *Output) float64 {
	if q == nil || world == nil || world.Quantity == nil || world.Quantity.Unit != q.Unit || world.Quantity.Number.Sign() <= 0 {
		return -1
	}
	f, _ := new(big.Rat).Quo(q.Number, world.Quantity.Number).Float64()
	return f
}

// Value is the quantity as a number; nought where it is not known.
func (o Output) Value() float64 {
	if o.Quantity == nil {
		return 0
	}
	f, _ := o.Quantity.Number.Float64()
	return f
}
