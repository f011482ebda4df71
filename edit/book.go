package edit

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// Book is the entries that a person may see, with what became of each. Make it with [NewBook].
type Book struct {
	Entries    []registry.Entry
	byID       map[registry.EntryID]*registry.Entry
	takenBack  map[registry.EntryID][]*registry.Entry // retractions, by what they take back
	replacedBy map[registry.EntryID][]*registry.Entry // claims, by what they supersede
	sources    map[registry.SourceID][]*registry.Entry
	claims     map[registry.RecordID][]*registry.Entry
	citing     map[registry.SourceID][]*registry.Entry
	choices    map[registry.EntryID][]*registry.Entry // by the claim chosen
	open       map[registry.EntryID]map[registry.Audience]bool
}

// NewBook opens the entries that a person may see.
func NewBook(entries []registry.Entry) *Book {
	b := &Book{Entries: entries, byID: make(map[registry.EntryID]*registry.Entry, len(entries)), takenBack: map[registry.EntryID][]*registry.Entry{},
		replacedBy: map[registry.EntryID][]*registry.Entry{}, sources: map[registry.SourceID][]*registry.Entry{}, claims: map[registry.RecordID][]*registry.Entry{},
		citing: map[registry.SourceID][]*registry.Entry{}, choices: map[registry.EntryID][]*registry.Entry{}, open: registry.Disclosed(entries)}
	for i := range entries {
		e := &entries[i]
		b.byID[e.ID] = e
		switch {
		case e.Claim != nil:
			b.claims[e.Claim.Record] = append(b.claims[e.Claim.Record], e)
			b.citing[e.Claim.Source] = append(b.citing[e.Claim.Source], e)
			if e.Claim.Supersedes != "" {
				b.replacedBy[e.Claim.Supersedes] = append(b.replacedBy[e.Claim.Supersedes], e)
			}
		case e.Source != nil:
			b.sources[e.Source.ID] = append(b.sources[e.Source.ID], e)
		case e.Retraction != nil:
			b.takenBack[e.Retraction.Target] = append(b.takenBack[e.Retraction.Target], e)
		case e.Choice != nil:
			b.choices[e.Choice.Claim] = append(b.choices[e.Choice.Claim], e)
		}
	}
	for _, es := range b.sources { // the newest first
		slices.SortFunc(es, func(x, y *registry.Entry) int { return cmp.Or(y.At.Compare(x.At), cmp.Compare(y.ID, x.ID)) })
	}
	return b
}

// Entry is the entry of an id; nil where the person sees none.
func (b *Book) Entry(id registry.EntryID) *registry.Entry { return b.byID[id] }

// Retraction is what takes an entry back; nil where nothing does.
func (b *Book) Retraction(id registry.EntryID) *registry.Entry {
	for _, r := range b.takenBack[id] {
		if b.Retraction(r.ID) == nil { // an entry names what it takes back by its hash, so there is no ring
			return r
		}
	}
	return nil
}

// ReplacedBy is the claim that supersedes another and holds; nil where none does.
func (b *Book) ReplacedBy(id registry.EntryID) *registry.Entry {
	for _, c := range b.replacedBy[id] {
		if b.Retraction(c.ID) == nil {
			return c
		}
	}
	return nil
}

// Current says whether a claim is neither taken back nor superseded.
func (b *Book) Current(id registry.EntryID) bool {
	return b.byID[id] != nil && b.Retraction(id) == nil && b.ReplacedBy(id) == nil
}

// Successor is the claim at the end of the chain of those that superseded id; nil where id is unknown.
func (b *Book) Successor(id registry.EntryID) *registry.Entry {
	e := b.byID[id]
	for e != nil {
		next := b.ReplacedBy(e.ID)
		if next == nil {
			break
		}
		e = next
	}
	return e
}

// Public says whether everybody may see an entry.
func (b *Book) Public(id registry.EntryID) bool { return b.open[id][registry.Public] }

// Audiences are those to whom an entry is open, sorted.
func (b *Book) Audiences(id registry.EntryID) []registry.Audience {
	var out []registry.Audience
	for a := range b.open[id] {
		out = append(out, a)
	}
	slices.Sort(out)
	return out
}

// PublicRecord says whether everybody sees a claim of the record.
func (b *Book) PublicRecord(id registry.RecordID) bool {
	return slices.ContainsFunc(b.claims[id], func(e *registry.Entry) bool { return b.Public(e.ID) && b.Retraction(e.ID) == nil })
}

// source is the newest entry of a source that is not taken back.
func (b *Book) source(id registry.SourceID) *registry.Entry {
	for _, e := range b.sources[id] {
		if b.Retraction(e.ID) == nil {
			return e
		}
	}
	return nil
}

// Of are the entries that concern a record, in their order: claims on it, retractions and choices of these, and disclosures that name any of them.
func (b *Book) Of(records ...registry.RecordID) []*registry.Entry {
	in := map[registry.EntryID]bool{}
	var out []*registry.Entry
	for i := range b.Entries {
		e := &b.Entries[i]
		if e.Claim != nil && slices.Contains(records, e.Claim.Record) {
			in[e.ID] = true
		}
	}
	for again := true; again; {
		again = false
		for i := range b.Entries {
			e := &b.Entries[i]
			if !in[e.ID] && (e.Retraction != nil && in[e.Retraction.Target] || e.Choice != nil && in[e.Choice.Claim]) {
				in[e.ID], again = true, true
			}
		}
	}
	for i := range b.Entries {
		e := &b.Entries[i]
		if in[e.ID] || e.Disclosure != nil && slices.ContainsFunc(e.Disclosure.Targets, func(t registry.EntryID) bool { return in[t] }) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(x, y *registry.Entry) int { return x.At.Compare(y.At) })
	return out
}

// Between are the entries after a day that concern some records: what tells two days apart.
func Between(entries []registry.Entry, after registry.Day, records []registry.RecordID) []registry.Entry {
	var out []registry.Entry
	for _, e := range NewBook(entries).Of(records...) {
		if registry.DayOf(e.At) > after {
			out = append(out, *e)
		}
	}
	return out
}

// Sort puts entries into the order in which people read them: by time, sources first, claims by record, field and key.
func Sort(es []*registry.Entry) {
	order := fieldRank()
	slices.SortStableFunc(es, func(x, y *registry.Entry) int {
		if c := x.At.Compare(y.At); c != 0 {
			return c
		}
		if x.Claim == nil || y.Claim == nil {
			return cmp.Compare(len(x.Record()), len(y.Record()))
		}
		a, b := x.Claim, y.Claim
		return cmp.Or(cmp.Compare(a.Record, b.Record), cmp.Compare(order[a.Field], order[b.Field]), cmp.Compare(day(a), day(b)), cmp.Compare(a.Key, b.Key), cmp.Compare(x.ID, y.ID))
	})
}

// day is the first day that a claim's value may mean; "" where it is no date.
func day(c *registry.Claim) registry.Day {
	d, _ := c.Value.Date()
	return d.Start
}

func fieldRank() map[string]int {
	order := map[string]int{}
	for i, name := range fieldNames() {
		order[name] = i
	}
	return order
}
