package findings

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

// outputsOf are a mineral's figures, read once.
func (n *run) outputsOf(m *registry.Record, field string) Outputs {
	if n.outputs[m.ID] == nil {
		n.outputs[m.ID] = map[string]Outputs{}
	}
	o, ok := n.outputs[m.ID][field]
	if !ok {
		o = OutputsOf(n.v, m, field)
		n.outputs[m.ID][field] = o
	}
	return o
}

// courted are the records in which a party is a side and that name a mineral themselves, by party and mineral.
func (n *run) courted() map[[2]registry.RecordID][]*registry.Record {
	out := map[[2]registry.RecordID][]*registry.Record{}
	for _, r := range n.talks() {
		for _, p := range n.sides(r, nil) {
			for _, m := range r.Refs("mineral") {
				k := [2]registry.RecordID{p, n.v.Resolve(m)}
				out[k] = append(out[k], r)
			}
		}
	}
	return out
}

// producers calls do for every state with production or reserves of a mineral that is counted.
func (n *run) producers(do func(m *registry.Record, party *registry.Record, of []Output)) {
	for _, m := range n.minerals {
		by := map[registry.RecordID][]Output{}
		var order []*registry.Record
		for _, field := range []string{"production", "reserves"} {
			for _, o := range n.outputsOf(m, field).Rows {
				if o.Party == nil || o.Quantity == nil || o.Quantity.Number.Sign() <= 0 || !n.partyIn(o.Party) {
					continue
				}
				if by[o.Party.ID] == nil {
					order = append(order, o.Party)
				}
				by[o.Party.ID] = append(by[o.Party.ID], o)
			}
		}
		slices.SortFunc(order, func(a, b *registry.Record) int { return cmp.Compare(a.ID, b.ID) })
		for _, p := range order {
			do(m, p, by[p.ID])
		}
	}
}

// suitors counts, for each producer and mineral, the other sides of the records that name both.
func suitors(n *run) []Case {
	courted := n.courted()
	var out []Case
	n.producers(func(m, party *registry.Record, of []Output) {
		out = n.one(out, party, string(m.ID), func(r *registry.Record, c *Case, g *ground) string {
			for _, o := range of {
				g.slot(o.Slot)
			}
			n.counted(m, g)
			others := map[registry.RecordID]bool{}
			for _, x := range courted[[2]registry.RecordID{party.ID, m.ID}] {
				g.refs(n.v, x, "mineral")
				for _, s := range n.sides(x, g) {
					if s != party.ID {
						others[s] = true
					}
				}
				g.meets(x.ID)
			}
			c.Value = number(float64(len(others)), 0)
			switch len(others) {
			case 0:
				return "silent"
			case 1:
				return "one"
			case 2:
				return "two"
			}
			return "many"
		})
	})
	return out
}

// sought counts the different pairs or groups of sides that have an instrument on a mineral.
func sought(n *run) []Case {
	by := map[registry.RecordID][]*registry.Record{}
	for _, r := range n.instruments {
		for _, m := range r.Refs("mineral") {
			by[n.v.Resolve(m)] = append(by[n.v.Resolve(m)], r)
		}
	}
	return n.each(n.minerals, func(m *registry.Record, c *Case, g *ground) string {
		groups := map[string]bool{}
		for _, r := range by[m.ID] {
			g.refs(n.v, r, "mineral")
			key := ""
			for _, p := range n.sides(r, g) {
				key += string(p) + " "
			}
			groups[key] = true
			g.meets(r.ID)
		}
		c.Value = number(float64(len(groups)), 0)
		switch len(groups) {
		case 0:
			return "" // only negotiations or contexts name it
		case 1:
			return "single"
		case 2:
			return "pair"
		}
		return "many"
	})
}

// The thresholds of concentration are those that competition authorities long used for markets (United States, 2010 guidelines); they grade
// concentration and judge nobody.
const hhiModerate, hhiHigh = 1500, 2500

// hhi is the Herfindahl-Hirschman index of a mineral: the sum of the squares of the countries' shares in percent. What the source does not break
// down by country bounds it from above as if one more country had it all.
func hhi(field string) counter {
	return func(n *run) []Case {
		return n.each(n.minerals, func(m *registry.Record, c *Case, g *ground) string {
			n.counted(m, g)
			if len(m.Slots(field)) == 0 {
				return "silent"
			}
			o := n.outputsOf(m, field)
			sum, squares := 0.0, 0.0
			for _, x := range o.Rows {
				g.slot(x.Slot)
				if x.Share >= 0 {
					sum += x.Share * 100
					squares += x.Share * x.Share * 1e4
				}
			}
			if o.World != nil {
				g.slot(o.World.Slot)
			}
			if o.World == nil || o.World.Quantity == nil || sum == 0 || sum > 102 {
				return "undecided"
			}
			rest := math.Max(0, 100-sum)
			if rest < 1 {
				rest = 0 // the source rounds
			}
			low, high := squares, squares+rest*rest
			c.Value = number(low, 0)
			if rest > 0 {
				c.High = number(high, 0)
			}
			switch {
			case low >= hhiHigh:
				return "high"
			case high < hhiModerate:
				return "low"
			case low >= hhiModerate && high < hhiHigh:
				return "moderate"
			}
			return "undecided"
		})
	}
}

// leverage is each producer's share of the world's production or reserves of a mineral.
func leverage(field string) counter {
	return func(n *run) []Case {
		var out []Case
		for _, m := range n.minerals {
			o := n.outputsOf(m, field)
			for _, x := range o.Rows {
				if x.Party == nil || !n.partyIn(x.Party) {
					continue
				}
				out = n.one(out, x.Party, string(m.ID), func(r *registry.Record, c *Case, g *ground) string {
					n.counted(m, g)
					g.slot(x.Slot)
					if o.World != nil {
						g.slot(o.World.Slot)
					}
					if x.Share < 0 {
						if top := n.atMost(m, field, x, g); top >= 0 {
							c.High = number(top*100, 1)
							if top < 0.1 {
								return "small"
							}
						}
						return "undecided"
					}
					c.Value = number(x.Share*100, 1)
					switch s := x.Share; {
					case s >= 0.5:
						return "half"
					case s >= 0.25:
						return "quarter"
					case s >= 0.1:
						return "tenth"
					}
					return "small"
				})
			}
		}
		return out
	}
}

// floorForm is how the registry notes that a source gives a total as more than a figure: a quantity cannot say so.
var floorForm = regexp.MustCompile(`more than ([0-9.]+) ([A-Za-z/]+)`)

// atMost is the largest share that an output can have where the source gives the world's total only as more than a figure; less than 0 where it
// says nothing of it.
func (n *run) atMost(m *registry.Record, field string, x Output, g *ground) float64 {
	if x.Quantity == nil {
		return -1
	}
	for _, s := range m.Slots("note") {
		if s.Key != field+" world/"+x.Year || s.Shown == nil {
			continue
		}
		f := floorForm.FindStringSubmatch(s.Shown.Value.Raw)
		if f == nil {
			continue
		}
		floor, err := strconv.ParseFloat(strings.TrimSuffix(f[1], "."), 64)
		if err != nil || floor <= 0 || f[2] != x.Quantity.Unit {
			continue
		}
		g.claim(s.Shown)
		return x.Value() / floor
	}
	return -1
}

// parties are the states and blocs that are sides of what is counted, by id.
func (n *run) parties(of []*registry.Record) []*registry.Record {
	seen := map[registry.RecordID]bool{}
	var out []*registry.Record
	for _, r := range of {
		for _, id := range n.sides(r, nil) {
			if p := n.v.Record(id); p != nil && !seen[id] && slices.Contains([]string{"state", "territory", "bloc"}, p.String("party_kind")) {
				seen[id] = true
				out = append(out, p)
			}
		}
	}
	slices.SortFunc(out, func(a, b *registry.Record) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// ofParty sorts records by the sides they have.
func (n *run) ofParty(rs []*registry.Record) map[registry.RecordID][]*registry.Record {
	out := map[registry.RecordID][]*registry.Record{}
	for _, r := range rs {
		for _, id := range n.sides(r, nil) {
			out[id] = append(out[id], r)
		}
	}
	return out
}

// entrants tells when a state or bloc first takes part in something counted: within the two years before the horizon, or earlier.
func entrants(n *run) []Case {
	by := n.ofParty(n.talks())
	horizon, err := parseDay(n.v.Horizon)
	border := registry.DayOf(horizon.AddDate(-2, 0, 0))
	return n.each(n.parties(n.talks()), func(p *registry.Record, c *Case, g *ground) string {
		g.value(p, "party_kind", "")
		var first *registry.Stated
		var day registry.Day
		var where *registry.Record
		for _, r := range by[p.ID] {
			for _, s := range r.Slots("event") {
				if s.Shown == nil || !r.Happened(s) {
					continue
				}
				if d, ok := s.Shown.Value.Date(); ok && d.End != "9999-12-31" && (day == "" || d.End < day) {
					first, day, where = s.Shown, d.End, r
				}
			}
		}
		if first == nil || err != nil {
			n.sides(by[p.ID][0], g)
			return "undated"
		}
		g.claim(first)
		n.sides(where, g)
		g.meets(where.ID)
		if day >= border {
			return "recent"
		}
		return "earlier"
	})
}

// links counts what two states or blocs have between them.
func links(n *run) []Case {
	by := map[[2]registry.RecordID][]*registry.Record{}
	for _, r := range n.talks() {
		sides := n.sides(r, nil)
		if len(sides) > mostSides {
			continue
		}
		for i, a := range sides {
			for _, b := range sides[i+1:] {
				by[[2]registry.RecordID{a, b}] = append(by[[2]registry.RecordID{a, b}], r)
			}
		}
	}
	var keys [][2]registry.RecordID
	for k := range by {
		if n.v.Record(k[0]) != nil && n.v.Record(k[1]) != nil {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b [2]registry.RecordID) int {
		return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
	})
	var out []Case
	for _, k := range keys {
		out = n.one(out, n.v.Record(k[0]), string(k[1]), func(r *registry.Record, c *Case, g *ground) string {
			for _, x := range by[k] {
				n.sides(x, g)
				g.meets(x.ID)
			}
			c.Value = number(float64(len(by[k])), 0)
			switch len(by[k]) {
			case 1:
				return "single"
			case 2:
				return "pair"
			}
			return "many"
		})
	}
	return out
}

// mostSides is how many sides a record may have to be taken as links between them: a conference of all states links nobody to anybody.
const mostSides = 12
