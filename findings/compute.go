package findings

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// Texts gives the analysis of a document: nil where it has none. *projection.Projection is one.
type Texts interface {
	Analysis(document registry.RecordID) (*assay.Analysis, error)
}

// NoTexts is for a registry without texts.
type NoTexts struct{}

// Analysis is nil.
func (NoTexts) Analysis(registry.RecordID) (*assay.Analysis, error) { return nil, nil }

// membership are the fields by which a source says that a record is about minerals, or what it is about.
var membership = []string{"mineral", "mineral_context", "mineral_scope", "mineral_stage", "area"}

// run is one computation.
type run struct {
	v      *registry.View
	texts  Texts
	scope  Scope
	places map[registry.RecordID]*Place

	instruments, negotiations, financings, minerals []*registry.Record

	naming     map[registry.RecordID]*registry.Stated // by which a mineral is counted
	undated    int
	silent     int // instruments of which no source says what they are about
	readings   map[registry.RecordID]*reading
	outputs    map[registry.RecordID]map[string]Outputs
	publishers map[string]publisher
	failed     error
}

// counter gives the cases of an indicator.
type counter func(*run) []Case

// Compute works the seven findings out for the records of a view within a scope. It fails where a text's analysis cannot be read.
func Compute(v *registry.View, texts Texts, scope Scope) (*Set, error) {
	defs, err := Load()
	if err != nil {
		return nil, err
	}
	n := &run{v: v, texts: texts, scope: scope, places: map[registry.RecordID]*Place{}, readings: map[registry.RecordID]*reading{}, outputs: map[registry.RecordID]map[string]Outputs{}}
	n.populate()
	set := &Set{AsOf: v.AsOf, Horizon: v.Horizon, Scope: scope, Definitions: defs.Version + "/" + defs.Hash, Engine: Engine, Places: map[registry.RecordID]Place{}}
	for _, d := range defs.Findings {
		f := &Finding{Number: d.Number, Key: d.Key, Label: d.Label, Text: d.Text, Limits: d.Limits, Recommendations: d.Recommendations, Indicators: []*Indicator{}}
		for _, c := range d.Indicators {
			count := counters[d.Key+"."+c.Key]
			if count == nil {
				return nil, fmt.Errorf("findings: nothing counts %s.%s", d.Key, c.Key)
			}
			i, err := tally(c, n.placed(count(n)))
			if err != nil {
				return nil, fmt.Errorf("findings: %s.%s: %w", d.Key, c.Key, err)
			}
			f.Indicators = append(f.Indicators, i)
			for _, x := range i.Cases {
				set.Places[x.Record] = *x.place
				for _, id := range x.With { // what it was counted from counts because of its place
					if r := n.v.Record(id); r != nil && (r.Kind == registry.KindInstrument || r.Kind == registry.KindNegotiation || r.Kind == registry.KindFinancing) {
						set.Places[id] = *n.place(r)
					}
				}
			}
		}
		set.Findings = append(set.Findings, f)
	}
	set.undated, set.silent = n.undated, n.silent
	return set, n.failed
}

// populate takes the records that are counted: no samples, and of the instruments those of which a source says that they are about minerals or
// what they are about. Texts of which only the machine's reading names a mineral, such as trade agreements imported for comparison, do not count.
func (n *run) populate() {
	take := func(k registry.Kind, fits func(*registry.Record) bool) []*registry.Record {
		var out []*registry.Record
		for _, r := range n.v.OfKind(k) {
			if r.Sample() {
				continue
			}
			if !fits(r) {
				n.silent++
				continue
			}
			in, undated := n.in(r)
			if in {
				out = append(out, r)
			}
			if undated {
				n.undated++
			}
		}
		return out
	}
	any := func(*registry.Record) bool { return true }
	n.instruments = take(registry.KindInstrument, func(r *registry.Record) bool {
		return slices.ContainsFunc(membership, func(f string) bool {
			return slices.ContainsFunc(r.Slots(f), func(s *registry.Slot) bool { return s.Shown != nil && s.Shown.Method != "read" })
		})
	})
	n.negotiations = take(registry.KindNegotiation, any)
	n.financings = take(registry.KindFinancing, any)
	n.minerals = n.mineralsIn()
}

// each makes a case of every record; of gives its part, "" for no case, and gathers what it rests on.
func (n *run) each(rs []*registry.Record, of func(r *registry.Record, c *Case, g *ground) string) []Case {
	var out []Case
	for _, r := range rs {
		out = n.one(out, r, "", of)
	}
	return out
}

// one adds the case of a record under a key.
func (n *run) one(cs []Case, r *registry.Record, key string, of func(r *registry.Record, c *Case, g *ground) string) []Case {
	c, g := Case{Record: r.ID, Key: key}, &ground{}
	if c.Part = of(r, &c, g); c.Part == "" {
		return cs
	}
	slices.Sort(g.claims)
	slices.Sort(g.with)
	c.Claims, c.Spans, c.With = g.claims, g.spans, g.with
	if c.Claims == nil {
		c.Claims = []registry.EntryID{}
	}
	return append(cs, c)
}

func (n *run) placed(cs []Case) []Case {
	for i := range cs {
		cs[i].place = n.place(n.v.Record(cs[i].Record))
	}
	slices.SortStableFunc(cs, func(a, b Case) int { return cmp.Or(cmp.Compare(a.Record, b.Record), cmp.Compare(a.Key, b.Key)) })
	return cs
}

// tally counts cases.
func tally(d Counted, cs []Case) (*Indicator, error) {
	i := &Indicator{Key: d.Key, Label: d.Label, Counts: d.Counts, Limits: d.Limits, Unit: d.Unit, Total: len(cs), By: map[string][]Group{}, Cases: cs}
	if cs == nil {
		i.Cases = []Case{}
	}
	at := map[string]int{}
	for k, p := range d.Parts {
		at[p.Key] = k
		i.Parts = append(i.Parts, Part{Key: p.Key, Label: p.Label, Counted: p.Counted, Unknown: p.Unknown})
	}
	groups := map[string]map[string]*Group{}
	var values []float64
	for k := range cs {
		c := &cs[k]
		x, ok := at[c.Part]
		if !ok {
			return nil, fmt.Errorf("%s is of a part %q that is not defined", c.Record, c.Part)
		}
		p := d.Parts[x]
		i.Parts[x].Count++
		count, unknown := 0, 0
		switch {
		case p.Counted:
			count = 1
		case p.Unknown:
			unknown = 1
		}
		i.Count += count
		i.Unknown += unknown
		if !p.Silent {
			i.LookedFor++
		}
		if c.Value != nil {
			values = append(values, *c.Value)
		}
		for _, dim := range append(Dimensions, "item") {
			if groups[dim] == nil {
				groups[dim] = map[string]*Group{}
			}
			for _, key := range c.groupsOf(dim) {
				g := groups[dim][key]
				if g == nil {
					g = &Group{Key: key}
					groups[dim][key] = g
				}
				g.Total++
				g.Count += count
				g.Unknown += unknown
			}
		}
	}
	for dim, by := range groups {
		out := make([]Group, 0, len(by))
		for _, g := range by {
			out = append(out, *g)
		}
		slices.SortFunc(out, func(a, b Group) int {
			if dim == "year" {
				return cmp.Compare(a.Key, b.Key)
			}
			return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Key, b.Key))
		})
		if len(out) > 1 || len(out) == 1 && out[0].Key != "" {
			i.By[dim] = out
		}
	}
	i.Lower, i.Upper = share(i.Count, i.Total), share(i.Count+i.Unknown, i.Total)
	switch {
	case i.Total == 0:
		i.State = "empty"
	case i.LookedFor == 0:
		i.State = "not_looked_for"
	default:
		i.State = "measured"
	}
	i.Measure = measure(d.Value, values)
	return i, nil
}

// measure sums values up; nil where the indicator has none.
func measure(unit string, xs []float64) *Measure {
	if unit == "" {
		return nil
	}
	m := &Measure{Unit: unit, N: len(xs)}
	if len(xs) == 0 {
		return m
	}
	slices.Sort(xs)
	m.Min, m.Max, m.Median = xs[0], xs[len(xs)-1], xs[len(xs)/2]
	if len(xs)%2 == 0 {
		m.Median = (xs[len(xs)/2-1] + xs[len(xs)/2]) / 2
	}
	return m
}

// number is a value of a case, rounded so that the same input gives the same digits everywhere.
func number(x float64, decimals int) *float64 {
	f := 1.0
	for range decimals {
		f *= 10
	}
	x = float64(int64(x*f+0.5)) / f
	return &x
}
