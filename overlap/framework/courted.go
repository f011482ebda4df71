package framework

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// Courted is a partner that talks with several states about one mineral at once.
type Courted struct {
	Partner registry.RecordID
	Mineral registry.RecordID // "" for critical minerals that are not named
	Talks   []Talk            // by state; of two states at least
}

// Talk is what is open between the partner and a state.
type Talk struct {
	State  registry.RecordID
	Frames []*Frame // open, by their ids
	Had    []*Frame // what the two agreed on the mineral before: precedents, the newest first
}

// Precedent is an instrument that a partner agreed with a state on a mineral.
type Precedent struct {
	State registry.RecordID
	Frame *Frame
}

// about are the minerals under which a frame is listed; "" for minerals that it describes and does not name.
func (f *Frame) about() []registry.RecordID {
	if f.General {
		return []registry.RecordID{""}
	}
	return f.Minerals
}

// Courted gives the partners that talk with two states at least about one mineral, most states first. Samples are left out. Between two sides only: what is
// open among many is one table, not several.
func (s *Set) Courted() []Courted {
	type key struct{ partner, mineral registry.RecordID }
	open := map[key]map[registry.RecordID][]*Frame{}
	for _, f := range s.order {
		if !f.Open || len(f.Sides) != 2 || f.Record.Sample() {
			continue
		}
		for i, partner := range f.Sides {
			for _, m := range f.about() {
				k := key{partner, m}
				if open[k] == nil {
					open[k] = map[registry.RecordID][]*Frame{}
				}
				state := f.Sides[1-i]
				open[k][state] = append(open[k][state], f)
			}
		}
	}
	var out []Courted
	for k, states := range open {
		if len(states) < 2 {
			continue
		}
		c := Courted{Partner: k.partner, Mineral: k.mineral}
		for state, fs := range states {
			c.Talks = append(c.Talks, Talk{state, fs, s.had(k.partner, state, k.mineral)})
		}
		slices.SortFunc(c.Talks, func(a, b Talk) int { return cmp.Compare(a.State, b.State) })
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Courted) int {
		return cmp.Or(cmp.Compare(len(b.Talks), len(a.Talks)), cmp.Compare(a.Partner, b.Partner), cmp.Compare(a.Mineral, b.Mineral))
	})
	return out
}

func (s *Set) had(partner, state, mineral registry.RecordID) []*Frame {
	var out []*Frame
	for _, p := range s.Precedents(partner, mineral) {
		if p.State == state {
			out = append(out, p.Frame)
		}
	}
	return out
}

// Precedents gives what a partner has agreed with one other side about a mineral ("" for minerals described, not named), the newest first. An instrument that is not
// signed yet is none.
func (s *Set) Precedents(partner, mineral registry.RecordID) []Precedent {
	var out []Precedent
	for _, f := range s.bySide[partner] {
		r := f.Record
		if r.Kind != registry.KindInstrument || f.Open || len(f.Sides) != 2 || r.Sample() || r.Status().Code == "" || !slices.Contains(f.about(), mineral) {
			continue
		}
		state := f.Sides[0]
		if state == partner {
			state = f.Sides[1]
		}
		out = append(out, Precedent{state, f})
	}
	slices.SortFunc(out, func(a, b Precedent) int {
		return cmp.Or(cmp.Compare(b.Frame.From, a.Frame.From), cmp.Compare(a.Frame.Record.ID, b.Frame.Record.ID))
	})
	return out
}

// Rival is what another state has open with the same partner about the same mineral.
type Rival struct {
	Partner, State registry.RecordID
	Minerals       []registry.RecordID // in common; "" for minerals described, not named
	Frames         []*Frame
}

// Rivals gives, of talks or a text that is not signed yet, the other states that have the same open with the same partner: what each side of it should know before it signs.
func (s *Set) Rivals(id registry.RecordID) []Rival {
	f := s.Frame(id)
	if f == nil || !f.Open || len(f.Sides) != 2 {
		return nil
	}
	var out []Rival
	for i, partner := range f.Sides {
		own := f.Sides[1-i]
		by := map[registry.RecordID]*Rival{}
		for _, o := range s.bySide[partner] {
			if !o.Open || len(o.Sides) != 2 || o.Record.Sample() != f.Record.Sample() || slices.Contains(o.Sides, own) {
				continue
			}
			shared := both(f.about(), o.about())
			if len(shared) == 0 {
				continue
			}
			state := o.Sides[0]
			if state == partner {
				state = o.Sides[1]
			}
			r := by[state]
			if r == nil {
				r = &Rival{Partner: partner, State: state}
				by[state] = r
			}
			for _, m := range shared {
				if !slices.Contains(r.Minerals, m) {
					r.Minerals = append(r.Minerals, m)
				}
			}
			r.Frames = append(r.Frames, o)
		}
		for _, r := range by {
			slices.Sort(r.Minerals)
			out = append(out, *r)
		}
	}
	slices.SortFunc(out, func(a, b Rival) int {
		return cmp.Or(cmp.Compare(a.Partner, b.Partner), cmp.Compare(len(b.Minerals), len(a.Minerals)), cmp.Compare(a.State, b.State))
	})
	return out
}
