package identity

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// Examples from the registry itself, whose records were told apart by people. Each set says how it was made.

// SeedPairs are all pairs of records that blocking brings together: two things each, but for the pairs that merged says are one.
func (x *Index) SeedPairs(merged map[registry.RecordID]registry.RecordID) []Example {
	var out []Example
	for i, p := range x.all {
		for _, j := range x.beside(p) {
			if q := x.all[j]; j > i {
				same := merged[p.ID] == q.ID || merged[q.ID] == p.ID
				set := "records"
				if same {
					set = "merged records"
				}
				out = append(out, Example{Set: set, Group: string(min(p.ID, q.ID)), A: p.Subject, B: q.Subject, Same: same})
			}
		}
	}
	return out
}

// Headlines are sources' titles with their dates, each against the records that blocking brings up: a headline is about the record that rests on
// its source. Sources that more than two records rest on are left out, and so are titles that say as good as nothing.
func (x *Index) Headlines(v *registry.View) (out []Example, missed int) {
	rests := map[registry.SourceID]map[registry.RecordID]bool{}
	for _, e := range v.Entries {
		if e.Claim == nil || x.find(v.About(e)) == nil {
			continue
		}
		if rests[e.Claim.Source] == nil {
			rests[e.Claim.Source] = map[registry.RecordID]bool{}
		}
		rests[e.Claim.Source][v.About(e)] = true
	}
	var ids []registry.SourceID
	for id, rs := range rests {
		if s := v.Sources[id]; len(rs) <= 2 && s != nil && len(s.Title) >= 24 && (s.Grade == "wire" || s.Grade == "trade_press" || s.Grade == "official_release" || s.Grade == "aggregator") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		s := v.Sources[id]
		for _, k := range Kinds {
			a := Subject{Kind: k, Names: []string{s.Title}}
			if d, err := registry.ParseDate(s.Date); err == nil {
				a.Dates = []Dated{{"", d}}
			}
			p, found := x.prepare(a), false
			for _, i := range x.beside(p) {
				same := rests[id][x.all[i].ID]
				found = found || same
				out = append(out, Example{Set: "headlines", Group: string(x.all[i].ID), A: a, B: x.all[i].Subject, Same: same})
			}
			of := false
			for r := range rests[id] {
				of = of || r.Kind() == k
			}
			if of && !found {
				missed++
			}
		}
	}
	return out, missed
}

// Halves are records told by two sources each, as two registries would have entered them: the claims of every other source under the source's
// own title, against the record without them.
func (x *Index) Halves(v *registry.View) []Example {
	var out []Example
	for _, p := range x.all {
		bySource := map[registry.SourceID][]*registry.Entry{}
		for _, e := range v.Entries {
			if e.Claim != nil && v.About(e) == p.ID {
				bySource[e.Claim.Source] = append(bySource[e.Claim.Source], e)
			}
		}
		var ids []registry.SourceID
		for id := range bySource {
			ids = append(ids, id)
		}
		if len(ids) < 2 {
			continue
		}
		slices.SortFunc(ids, func(a, b registry.SourceID) int {
			return cmp.Or(cmp.Compare(len(bySource[b]), len(bySource[a])), cmp.Compare(a, b))
		})
		a, b := Subject{Kind: p.Kind}, Subject{ID: p.ID, Kind: p.Kind}
		for i, id := range ids {
			for _, e := range bySource[id] {
				if i%2 == 1 {
					if f := e.Claim.Field; f != "title" && f != "alias" && f != "official_title" {
						a.Take(f, e.Claim.Key, e.Claim.Value)
					}
				} else {
					b.Take(e.Claim.Field, e.Claim.Key, e.Claim.Value)
				}
			}
			if s := v.Sources[id]; i%2 == 1 && s != nil && len(s.Title) >= 16 {
				a.Names = append(a.Names, s.Title)
			}
		}
		if len(a.Names) == 0 || len(b.Names) == 0 || len(a.Dates)+len(a.Parties)+len(a.Minerals) == 0 {
			continue
		}
		a.sort()
		b.sort()
		out = append(out, Example{Set: "halves", Group: string(p.ID), A: a, B: b, Same: true})
		for _, i := range x.beside(x.prepare(a)) {
			if q := x.all[i]; q.ID != p.ID && q.Kind == p.Kind {
				out = append(out, Example{Set: "halves", Group: string(p.ID), A: a, B: q.Subject, Same: false})
			}
		}
	}
	return out
}

func (x *Index) find(id registry.RecordID) *prepared {
	if x.byID == nil {
		x.byID = map[registry.RecordID]*prepared{}
		for _, p := range x.all {
			x.byID[p.ID] = p
		}
	}
	return x.byID[id]
}

// Described is a described thing held against the record that it is and whatever else blocking brings up; or, where it is not the record of the id, against
// that one only, for it may be another that is here too. An id of "" is no record at all.
func (x *Index) Described(set string, a Subject, id registry.RecordID, same bool) []Example {
	of := x.find(id)
	if id != "" && !same {
		return []Example{{Set: set, Group: string(id), A: a, B: of.Subject}}
	}
	var out []Example
	p := x.prepare(a)
	for _, i := range x.beside(p) {
		if q := x.all[i]; !ruledOut(p, q) {
			out = append(out, Example{Set: set, Group: string(cmp.Or(id, q.ID)), A: a, B: q.Subject, Same: q.ID == id})
		}
	}
	if of != nil && !slices.ContainsFunc(out, func(e Example) bool { return e.Same }) { // what blocking misses counts
		out = append(out, Example{Set: set, Group: string(id), A: a, B: of.Subject, Same: true})
	}
	return out
}
