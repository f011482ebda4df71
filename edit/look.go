package edit

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// Changes is what a set of entries changes in a view.
type Changes struct {
	Records  []RecordChange
	Warnings []Warning
}

// RecordChange is a record before and after.
type RecordChange struct {
	ID            registry.RecordID
	Before, After *registry.Record // nil where it is not there
	Stage         [2]string        // code before and after, of negotiation_stage or instrument_status; "" where none
	Progress      [2]string        // of implementation_status
	Fields        []FieldChange
}

// Changed says whether the stage or status differs.
func (r RecordChange) Changed() bool { return r.Stage[0] != r.Stage[1] }

// FieldChange is a place of a record before and after.
type FieldChange struct {
	Def           *registry.FieldDef
	Before, After *registry.Slot // nil where it is not there
	What          string         // new, changed, gone, supported, disputed, kept
	Fresh         []Fresh        // the claims that are new in it
}

// Fresh is a new claim and where it comes to stand.
type Fresh struct {
	*registry.Stated
	Place string // shown, agreeing, losing, earlier, later, denial, state, alleged
	Loses string // to the one shown, by this step of the rule: overruled, grade, person, newer_source, newer_claim, id; "" where it does not
}

// Warning is something that may be a mistake and hinders nothing.
type Warning struct {
	Code   string // source_to_come, event_after_source, event_to_come, event_again, event_other, wider_than_record, wider_than_source, dangling, twice, source_undated
	Record registry.RecordID
	Field  string
	Key    string
	About  string // a record's or source's id, or a date
}

// Look compares the views before and after the entries. today is the day it is; open says to whom the new entries are, and is compared with b.
func Look(b *Book, before, after *registry.View, entries []registry.Entry, today registry.Day) Changes {
	var c Changes
	fresh := map[registry.EntryID]bool{}
	var ids []registry.RecordID
	touch := func(id registry.RecordID) {
		for _, v := range []*registry.View{before, after} {
			if to := v.Resolve(id); !slices.Contains(ids, to) {
				ids = append(ids, to)
			}
		}
	}
	touchEntry := func(id registry.EntryID) {
		if e := b.Entry(id); e != nil && e.Claim != nil {
			touch(e.Claim.Record)
		} else if e != nil && e.Choice != nil && b.Entry(e.Choice.Claim) != nil {
			touch(b.Entry(e.Choice.Claim).Claim.Record)
		} else if e != nil && e.Retraction != nil && b.Entry(e.Retraction.Target) != nil && b.Entry(e.Retraction.Target).Claim != nil {
			touch(b.Entry(e.Retraction.Target).Claim.Record)
		} else if e != nil && e.Source != nil {
			for _, cl := range b.citing[e.Source.ID] {
				touch(cl.Claim.Record)
			}
		}
	}
	for i := range entries {
		e := &entries[i]
		fresh[e.ID] = true
		switch {
		case e.Claim != nil:
			touch(e.Claim.Record)
		case e.Retraction != nil:
			touchEntry(e.Retraction.Target)
		case e.Choice != nil:
			touchEntry(e.Choice.Claim)
		case e.Move != nil:
			touch(e.Move.To)
			for _, id := range e.Move.Claims {
				touchEntry(id)
			}
		case e.Disclosure != nil:
			for _, t := range e.Disclosure.Targets {
				fresh[t] = true // new to those who did not see it
				touchEntry(t)
			}
		}
	}
	for _, id := range ids {
		rc := RecordChange{ID: id, Before: own(before, id), After: own(after, id)}
		if rc.Before == nil && rc.After == nil {
			continue
		}
		rc.Stage[0], rc.Progress[0] = standing(rc.Before)
		rc.Stage[1], rc.Progress[1] = standing(rc.After)
		rc.Fields = fields(rc.Before, rc.After, fresh)
		if len(rc.Fields) > 0 || rc.Before == nil || rc.After == nil || rc.Changed() {
			c.Records = append(c.Records, rc)
		}
	}
	c.Warnings = warnings(b, before, after, entries, today)
	return c
}

func own(v *registry.View, id registry.RecordID) *registry.Record { return v.Records[id] }

func standing(r *registry.Record) (stage, progress string) {
	if r == nil {
		return "", ""
	}
	if r.Kind == registry.KindNegotiation {
		return r.Stage().Code, r.Implementation().Code
	}
	return r.Status().Code, r.Implementation().Code
}

type slotID struct{ field, key, lang string }

func slots(r *registry.Record) map[slotID]*registry.Slot {
	out := map[slotID]*registry.Slot{}
	if r == nil {
		return out
	}
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			out[slotID{f.Def.Name, s.Key, s.Lang}] = s
		}
	}
	return out
}

// fields are the places that differ, in the order of the schema.
func fields(before, after *registry.Record, fresh map[registry.EntryID]bool) []FieldChange {
	x, y := slots(before), slots(after)
	var out []FieldChange
	one := func(id slotID) {
		f := FieldChange{Def: registry.FieldOf(id.field), Before: x[id], After: y[id]}
		same := slices.Equal(claimIDs(f.Before), claimIDs(f.After))
		if same && shownID(f.Before) == shownID(f.After) {
			return
		}
		if f.After != nil {
			f.Fresh = placed(f.After, fresh)
		}
		f.What = what(f)
		out = append(out, f)
	}
	for _, r := range []*registry.Record{after, before} {
		if r == nil {
			continue
		}
		for _, f := range r.Fields {
			for _, s := range f.Slots {
				id := slotID{f.Def.Name, s.Key, s.Lang}
				if r == before && y[id] != nil && after != nil {
					continue
				}
				one(id)
			}
		}
	}
	order := fieldRank()
	slices.SortStableFunc(out, func(a, b FieldChange) int { return cmp.Compare(order[a.Def.Name], order[b.Def.Name]) })
	return out
}

// fieldNames are all fields in the schema's order, each once.
func fieldNames() []string {
	var out []string
	seen := map[string]bool{}
	for _, k := range registry.Kinds() {
		for _, f := range registry.KindOf(k).Fields {
			if !seen[f] {
				seen[f] = true
				out = append(out, f)
			}
		}
	}
	return out
}

func what(f FieldChange) string {
	b, a := f.Before, f.After
	switch {
	case a == nil:
		return "gone"
	case b == nil:
		if a.Disputed() {
			return "disputed"
		}
		return "new"
	case valueOf(b) != valueOf(a):
		return "changed"
	case !b.Disputed() && a.Disputed(), len(a.Losing)+len(a.Denials) > len(b.Losing)+len(b.Denials):
		return "disputed"
	case len(a.Agreeing) > len(b.Agreeing):
		return "supported"
	}
	return "kept"
}

func valueOf(s *registry.Slot) string {
	if s.Shown != nil {
		return s.Shown.Value.String()
	}
	if len(s.States) > 0 {
		return s.States[0].Value.String()
	}
	return ""
}

func shownID(s *registry.Slot) registry.EntryID {
	if s == nil || s.Shown == nil {
		return ""
	}
	return s.Shown.Entry.ID
}

func claimIDs(s *registry.Slot) []registry.EntryID {
	if s == nil {
		return nil
	}
	var out []registry.EntryID
	each(s, func(c *registry.Stated, _ string) { out = append(out, c.Entry.ID) })
	slices.Sort(out)
	return out
}

// each calls do with every claim of a slot and where it stands.
func each(s *registry.Slot, do func(c *registry.Stated, place string)) {
	if s.Shown != nil {
		do(s.Shown, "shown")
	}
	for _, g := range []struct {
		place string
		cs    []*registry.Stated
	}{{"agreeing", s.Agreeing}, {"losing", s.Losing}, {"earlier", s.Earlier}, {"later", s.Later}, {"denial", s.Denials}, {"state", s.States}, {"alleged", s.Alleged}} {
		for _, c := range g.cs {
			do(c, g.place)
		}
	}
}

// Claims are all claims of a slot with the place where each stands.
func Claims(s *registry.Slot) []Fresh {
	var out []Fresh
	each(s, func(c *registry.Stated, place string) { out = append(out, Fresh{Stated: c, Place: place}) })
	return out
}

func placed(s *registry.Slot, fresh map[registry.EntryID]bool) []Fresh {
	var out []Fresh
	each(s, func(c *registry.Stated, place string) {
		if !fresh[c.Entry.ID] {
			return
		}
		f := Fresh{Stated: c, Place: place}
		if place == "losing" && s.Shown != nil {
			if f.Loses = s.Why; s.Why == "only" { // it lost to a denial
				f.Loses = ""
			}
		}
		out = append(out, f)
	})
	return out
}
