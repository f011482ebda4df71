package registry

import (
	"cmp"
	"slices"
	"strings"
)

// View is what a reader may see as of a date: records compiled from entries. Build it with [Compile]; do not change it.
type View struct {
	AsOf     Day // "" for everything known
	Horizon  Day // the day that "now" means in the view: AsOf, or the newest day that a visible entry was known by
	Records  map[RecordID]*Record
	Sources  map[SourceID]*Source
	Entries  map[EntryID]*Entry // the claims that hold or held, the choices, and the moves of these claims, by id
	redirect map[RecordID]RecordID
	moved    map[EntryID]*Entry // the claims that count for another record than the one they were entered on, with the move
	byKind   map[Kind][]*Record
	byAddr   map[string]*Record
	back     map[RecordID][]Backlink
}

// Backlink says that a record's field refers to another record.
type Backlink struct {
	From  *Record
	Field string
}

// Record is a compiled record: its fields in the schema's order, with every claim that a reader may see.
type Record struct {
	ID     RecordID
	Kind   Kind
	Fields []*Field
	Merged []RecordID // records that were merged into this one
	Joined []*Stated  // what was said between records that are one now: that they be merged, and references of one to another

	FirstKnown, LastKnown Day // the days by which the first and the newest claim were known; "" where all were always known
	horizon               Day
	address               string // claimed, and nobody else's; "" for the id's tail
}

// Field holds the slots of one field of a record, in a stable order.
type Field struct {
	Def   *FieldDef
	Slots []*Slot
}

// Slot is one place for a value: a key of a keyed field, a value of a set, a language of a text. Its claims agree, follow each
// other, or compete; one is shown, and the others stay beside it.
type Slot struct {
	Key  string
	Lang string // of a text

	Shown    *Stated   // nil where only states are known, or the best claim says that it is not so
	Why      string    // rule that chose it: only, overruled, grade, person, newer_source, newer_claim, id
	Agreeing []*Stated // say the same, or the same less exactly
	Losing   []*Stated // compete and lose, in the order of the rule
	Earlier  []*Stated // held before, until another followed or their own until
	Later    []*Stated // are to hold from a day after the view's date
	Denials  []*Stated // say that a value is not so
	States   []*Stated // unknown, withheld, not applicable
	Alleged  []*Stated // allegations: never shown as so, whatever their source
}

// Stated is a claim in a view, with its source and the day by which it was known.
type Stated struct {
	*Claim
	Entry  *Entry
	Source *Source
	Known  Day    // "" for always
	Moved  *Entry // the move by which the claim counts for this record; nil where it was entered on it, or on one merged into it
}

// Disputed says whether another claim contradicts the one shown.
func (s *Slot) Disputed() bool { return len(s.Losing) > 0 || (len(s.Denials) > 0 && s.Shown != nil) }

// Compile makes the records that readers of the audiences may see as of a day ("" for everything known). It does not depend on the
// order of the entries, on a clock, or on any entry that these readers may not see. As of a day means: what held on it according to
// claims known by it. A claim is known by the last day that its source's date may mean, or by the day of its entry where the source has none;
// what undated references say of parties and minerals is known at any date.
func Compile(entries []Entry, readers Audiences, asOf Day) *View {
	vis := visible(entries, readers)
	v := &View{AsOf: asOf, Records: map[RecordID]*Record{}, Sources: vis.sources, Entries: map[EntryID]*Entry{}, moved: vis.moved(),
		redirect: map[RecordID]RecordID{}, byKind: map[Kind][]*Record{}, byAddr: map[string]*Record{}, back: map[RecordID][]Backlink{}}
	chosen := map[EntryID]bool{}
	for _, e := range vis.choices {
		chosen[e.Choice.Claim] = true
		v.Entries[e.ID] = e
	}
	v.Horizon = asOf
	every := make([]*Stated, 0, len(vis.claims))
	for _, e := range vis.claims {
		every = append(every, v.stated(e))
	}
	v.findRedirects(every, chosen)
	claims := every[:0]
	for _, s := range every {
		if asOf != "" && s.Known > asOf {
			continue
		}
		if asOf == "" && s.Known > v.Horizon {
			v.Horizon = s.Known
		}
		claims = append(claims, s)
		v.Entries[s.Entry.ID] = s.Entry
		if s.Moved != nil {
			v.Entries[s.Moved.ID] = s.Moved
		}
	}
	claims = withoutDangling(superseded(claims), v.Resolve, v.inner)
	v.build(claims, chosen)
	return v
}

// stated is a visible claim with its source, under the record that it is about.
func (v *View) stated(e *Entry) *Stated {
	s := &Stated{Claim: e.Claim, Entry: e, Source: v.Sources[e.Claim.Source]}
	s.Known = knownBy(e, s.Source)
	if m := v.moved[e.ID]; m != nil {
		c := *e.Claim
		c.Record = m.Move.To
		s.Claim, s.Moved = &c, m
	}
	return s
}

// knownBy is the day by which a claim was known; "" for always. Names, codes and memberships of parties and minerals come from standing
// references that have no date of their own: what a state is called is how the registry speaks, at whatever date it is asked, and a
// membership carries its own from and until.
//
// That two records are one was so at every date: like a retraction, a merge mends the registry, and does not tell of an event.
func knownBy(e *Entry, s *Source) Day {
	if e.Claim.Field == "redirect" {
		return ""
	}
	if s != nil && s.Date != "" {
		if d, err := ParseDate(s.Date); err == nil && d.End != openEnd {
			return min(d.End, DayOf(e.At)) // what was entered was known: a source of "2026" may mean a day still to come
		}
	}
	if k := e.Claim.Record.Kind(); k == KindParty || k == KindMineral {
		return ""
	}
	return DayOf(e.At)
}

// superseded drops claims that another visible claim replaces.
func superseded(claims []*Stated) []*Stated {
	gone := map[EntryID]bool{}
	for _, c := range claims {
		if c.Supersedes != "" {
			gone[c.Supersedes] = true
		}
	}
	return slices.DeleteFunc(claims, func(c *Stated) bool { return gone[c.Entry.ID] })
}

// withoutDangling drops claims that refer to records of which this reader sees no claim: a reference must not tell that a
// hidden record exists. Dropping one may hide another record, so it runs until nothing changes.
// Claims for which apart holds make no record.
func withoutDangling(claims []*Stated, resolve func(RecordID) RecordID, apart func(*Stated) bool) []*Stated {
	for {
		exists := map[RecordID]bool{}
		for _, c := range claims {
			if !apart(c) {
				exists[resolve(c.Record)] = true
			}
		}
		n := len(claims)
		claims = slices.DeleteFunc(claims, func(c *Stated) bool {
			for _, id := range RefsOf(c.Claim) {
				if !exists[resolve(id)] {
					return true
				}
			}
			who := c.SpeakerParty()
			return who != "" && !exists[who]
		})
		if len(claims) == n {
			return claims
		}
	}
}

// RefsOf are the records that a claim refers to by value or key.
func RefsOf(c *Claim) []RecordID {
	f := FieldOf(c.Field)
	var out []RecordID
	if f.Type == TypeRef && c.Value.State == "" {
		out = append(out, RecordID(c.Value.Raw))
	}
	if m, _, ok := c.Value.MineralStage(); ok && m != "*" {
		out = append(out, m)
	}
	switch {
	case f.Card != Keyed:
	case f.Key == "ref":
		out = append(out, RecordID(c.Key))
	case f.Key == "collision":
		if _, other, ok := CollisionOf(c.Key); ok {
			out = append(out, other)
		}
	}
	return out
}

// CollisionOf reads the key of what a person says of two provisions: the rule, and the other text or law. What follows marks their words.
func CollisionOf(key string) (rule string, other RecordID, ok bool) {
	parts := strings.Split(key, "@")
	if len(parts) != 3 || parts[0] == "" || parts[1] == "" || parts[2] == "" {
		return "", "", false
	}
	return parts[0], RecordID(parts[1]), true
}

// build groups the claims into records, fields and slots.
func (v *View) build(claims []*Stated, chosen map[EntryID]bool) {
	type place struct {
		rec        RecordID
		field, key string
		lang       string
	}
	slots := map[place][]*Stated{}
	joined := map[RecordID][]*Stated{}
	for _, c := range claims {
		rec := v.Resolve(c.Record)
		if v.inner(c) {
			joined[rec] = append(joined[rec], c)
			continue
		}
		c = c.under(v, rec)
		p := place{rec: rec, field: c.Field, key: c.Key, lang: c.Value.Lang}
		if f := FieldOf(c.Field); f.Card == Set && c.Value.State == "" {
			p.key = c.Value.Raw
		}
		slots[p] = append(slots[p], c)
	}
	fields := map[RecordID]map[string]*Field{}
	for p, cs := range slots {
		r := v.Records[p.rec]
		if r == nil {
			r = &Record{ID: p.rec, Kind: p.rec.Kind(), horizon: v.Horizon}
			v.Records[p.rec] = r
			fields[p.rec] = map[string]*Field{}
		}
		for _, c := range cs {
			if c.Known != "" && (r.FirstKnown == "" || c.Known < r.FirstKnown) {
				r.FirstKnown = c.Known
			}
			r.LastKnown = max(r.LastKnown, c.Known)
		}
		f := fields[p.rec][p.field]
		if f == nil {
			f = &Field{Def: FieldOf(p.field)}
			fields[p.rec][p.field] = f
		}
		f.Slots = append(f.Slots, fill(p.key, p.lang, cs, v.Horizon, chosen))
	}
	for id, r := range v.Records {
		r.Joined = joined[id]
		slices.SortFunc(r.Joined, func(a, b *Stated) int { return cmp.Compare(a.Entry.ID, b.Entry.ID) })
		for _, name := range fieldOrder {
			if f := fields[id][name]; f != nil {
				f.sort()
				r.Fields = append(r.Fields, f)
			}
		}
	}
	v.index()
}

func (f *Field) sort() {
	slices.SortFunc(f.Slots, func(a, b *Slot) int {
		if f.Def.Key == "event" {
			if c := cmp.Compare(a.sortDay(), b.sortDay()); c != 0 {
				return c
			}
		}
		return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.Lang, b.Lang))
	})
}

// sortDay is the first day the slot's date may mean; what has no day comes last.
func (s *Slot) sortDay() Day {
	if s.Shown != nil {
		if d, ok := s.Shown.Value.Date(); ok {
			return d.Start
		}
	}
	return openEnd
}
