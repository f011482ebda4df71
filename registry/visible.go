package registry

import (
	"cmp"
	"slices"
)

// seen is what a reader may see of the entries.
type seen struct {
	sources map[SourceID]*Source
	claims  []*Entry // sorted by id
	choices []*Entry
	moves   []*Entry // the later first
}

// visible picks what readers may see: entries whose audience, after the disclosures, meets theirs, and that were not retracted.
func visible(entries []Entry, readers Audiences) seen {
	audiences := disclosed(entries)
	see := func(e *Entry) bool {
		for a := range audiences[e.ID] {
			if readers.Has(a) {
				return true
			}
		}
		return false
	}
	retractedBy := map[EntryID][]*Entry{}
	byID := make(map[EntryID]*Entry, len(entries))
	for i := range entries {
		e := &entries[i]
		byID[e.ID] = e
		if e.Retraction != nil {
			retractedBy[e.Retraction.Target] = append(retractedBy[e.Retraction.Target], e)
		}
	}
	// A retraction is at least as visible as what it retracts: it takes its target back for whoever sees either.
	retracted := map[EntryID]bool{}
	var isRetracted func(id EntryID) bool
	isRetracted = func(id EntryID) bool {
		if r, ok := retracted[id]; ok {
			return r
		}
		retracted[id] = false // an entry names what it retracts by hash, so there is no ring; this only guards forged logs
		for _, r := range retractedBy[id] {
			if !isRetracted(r.ID) {
				retracted[id] = true
			}
		}
		return retracted[id]
	}
	out := seen{sources: map[SourceID]*Source{}}
	newest := map[SourceID]*Entry{}
	for _, e := range byID {
		if e.Erased() || !see(e) || isRetracted(e.ID) {
			continue
		}
		switch {
		case e.Source != nil:
			if o := newest[e.Source.ID]; o == nil || e.At.After(o.At) || e.At.Equal(o.At) && e.ID > o.ID {
				newest[e.Source.ID] = e
			}
		case e.Claim != nil:
			out.claims = append(out.claims, e)
		case e.Choice != nil:
			out.choices = append(out.choices, e)
		case e.Move != nil:
			out.moves = append(out.moves, e)
		}
	}
	for id, e := range newest {
		out.sources[id] = e.Source
	}
	byEntryID := func(a, b *Entry) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(out.claims, byEntryID)
	slices.SortFunc(out.choices, byEntryID)
	slices.SortFunc(out.moves, func(a, b *Entry) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return out
}

// disclosed works out for every entry to whom it is open: the audience it entered at, with those that disclosures added and
// without those they withdrew, in the order of their times and then ids.
func disclosed(entries []Entry) map[EntryID]map[Audience]bool {
	out := make(map[EntryID]map[Audience]bool, len(entries))
	var ds []*Entry
	for i := range entries {
		e := &entries[i]
		if out[e.ID] == nil {
			out[e.ID] = map[Audience]bool{}
		}
		out[e.ID][e.Audience] = true
		if e.Disclosure != nil {
			ds = append(ds, e)
		}
	}
	slices.SortFunc(ds, func(a, b *Entry) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	for _, e := range ds {
		for _, t := range e.Disclosure.Targets {
			if out[t] == nil {
				continue
			}
			if e.Disclosure.Action == "withdraw" {
				delete(out[t], e.Disclosure.To)
			} else {
				out[t][e.Disclosure.To] = true
			}
		}
	}
	return out
}

// Disclosed says for every entry by id to whom it is open after the disclosures among the entries.
func Disclosed(entries []Entry) map[EntryID]map[Audience]bool { return disclosed(entries) }

// VisibleErased are the headers of erased entries that readers could see, by id: an erasure takes what an entry says, not who was to know of it.
func VisibleErased(entries []Entry, readers Audiences) map[EntryID]Entry {
	audiences := disclosed(entries)
	out := map[EntryID]Entry{}
	for _, e := range entries {
		if !e.Erased() {
			continue
		}
		for a := range audiences[e.ID] {
			if readers.Has(a) {
				out[e.ID] = e
				break
			}
		}
	}
	return out
}

// Visible are the entries that readers may see, retracted ones included, sorted by id: what an export holds.
func Visible(entries []Entry, readers Audiences) []Entry {
	audiences := disclosed(entries)
	var out []Entry
	done := map[EntryID]bool{}
	for _, e := range entries {
		if done[e.ID] || e.Erased() {
			continue
		}
		for a := range audiences[e.ID] {
			if readers.Has(a) {
				out = append(out, e)
				done[e.ID] = true
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.ID, b.ID) })
	return out
}
