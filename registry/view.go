package registry

import (
	"cmp"
	"slices"
	"strings"
)

// index sorts records by kind, addresses and references.
func (v *View) index() {
	for from, to := range v.redirect {
		if r := v.Records[to]; r != nil {
			r.Merged = append(r.Merged, from)
		}
	}
	for _, r := range v.Records {
		slices.Sort(r.Merged)
		v.byKind[r.Kind] = append(v.byKind[r.Kind], r)
	}
	for _, rs := range v.byKind {
		slices.SortFunc(rs, func(a, b *Record) int { return cmp.Compare(a.ID, b.ID) })
		v.giveAddresses(rs)
		for _, r := range rs {
			for _, f := range r.Fields {
				for _, s := range f.Slots {
					if s.Shown != nil {
						for _, id := range RefsOf(s.Shown.Claim) {
							v.back[id] = append(v.back[id], Backlink{r, f.Def.Name})
						}
					}
				}
			}
		}
	}
	for _, bs := range v.back {
		slices.SortStableFunc(bs, func(a, b Backlink) int {
			return cmp.Or(cmp.Compare(a.From.ID, b.From.ID), cmp.Compare(a.Field, b.Field))
		})
	}
}

// giveAddresses gives the records of a kind, which come by id, their addresses. What a record is called by its id leads to it for ever, and
// what one was called that was merged into it; a claimed address counts only where it is nobody's yet, so that no claim takes a page from another record.
func (v *View) giveAddresses(rs []*Record) {
	take := func(r *Record, kind Kind, address string) bool {
		key := string(kind) + "/" + strings.ToLower(address)
		if old := v.byAddr[key]; old != nil && old != r {
			return false
		}
		v.byAddr[key], v.byAddr[string(kind)+"/"+address] = r, r
		return true
	}
	for _, r := range rs {
		if !take(r, r.Kind, r.ID.Tail()) { // another id that differs in case only
			v.byAddr[string(r.Kind)+"/"+r.ID.Tail()] = r
		}
	}
	for _, r := range rs {
		for _, id := range r.Merged {
			take(r, id.Kind(), id.Tail())
		}
	}
	type claimed struct {
		by      RecordID // the record it was claimed for, which may have been merged since
		address string
		r       *Record
	}
	var cs []claimed
	for _, r := range rs {
		for _, s := range r.Slots("address") {
			if s.Shown != nil && isAddress(s.Shown.Value.Raw) {
				cs = append(cs, claimed{cmp.Or(RecordID(s.Key), r.ID), s.Shown.Value.Raw, r})
			}
		}
	}
	slices.SortFunc(cs, func(a, b claimed) int { return cmp.Compare(a.by, b.by) })
	for _, c := range cs {
		if take(c.r, c.r.Kind, c.address) && c.by == c.r.ID {
			c.r.address = c.address
		}
	}
}

// Record is the record of an id, redirects followed; nil where the reader sees none.
func (v *View) Record(id RecordID) *Record { return v.Records[v.Resolve(id)] }

// ByAddress is the record of a kind at an address, as it is written, else whatever its case; nil where the reader sees none.
func (v *View) ByAddress(k Kind, address string) *Record {
	if r := v.byAddr[string(k)+"/"+address]; r != nil {
		return r
	}
	return v.byAddr[string(k)+"/"+strings.ToLower(address)]
}

// OfKind lists the records of a kind by id. The caller must not change the list.
func (v *View) OfKind(k Kind) []*Record { return v.byKind[k] }

// Backlinks lists what refers to a record, by the referring record's id and field.
func (v *View) Backlinks(id RecordID) []Backlink { return v.back[v.Resolve(id)] }

// Referring lists the records of kind k whose field refers to id, each once, by id.
func (v *View) Referring(id RecordID, k Kind, field string) []*Record {
	var out []*Record
	for _, b := range v.Backlinks(id) {
		if b.From.Kind == k && b.Field == field && (len(out) == 0 || out[len(out)-1] != b.From) {
			out = append(out, b.From)
		}
	}
	return out
}

// Address is the readable part of the record's address.
func (r *Record) Address() string {
	if r.address != "" {
		return r.address
	}
	return r.ID.Tail()
}

// MergedFrom says whether the address is one of a record that was merged into this one.
func (r *Record) MergedFrom(address string) bool {
	return slices.ContainsFunc(r.Merged, func(id RecordID) bool { return strings.EqualFold(id.Tail(), address) }) ||
		slices.ContainsFunc(r.Slots("address"), func(s *Slot) bool {
			return s.Key != "" && s.Shown != nil && strings.EqualFold(s.Shown.Value.Raw, address)
		})
}

// Path is where the record's page is: /instruments/us-drc-spa-2025.
func (r *Record) Path() string { return "/" + kindDefs[r.Kind].Noun + "/" + r.Address() }

// Field is a field's slots, nil where the record has no claim on it.
func (r *Record) Field(name string) *Field {
	for _, f := range r.Fields {
		if f.Def.Name == name {
			return f
		}
	}
	return nil
}

// Slots are the slots of a field; empty where the record has no claim on it.
func (r *Record) Slots(name string) []*Slot {
	if f := r.Field(name); f != nil {
		return f.Slots
	}
	return nil
}

// Slot is the slot of a field under a key ("" for a field of cardinality one); nil where there is none.
func (r *Record) Slot(name, key string) *Slot {
	for _, s := range r.Slots(name) {
		if s.Key == key {
			return s
		}
	}
	return nil
}

// String is the shown value of a field of cardinality one in its written form; "" where none is shown.
func (r *Record) String(name string) string { return r.KeyedString(name, "") }

// KeyedString is the shown value under a key in its written form; "" where none is shown.
func (r *Record) KeyedString(name, key string) string {
	if s := r.Slot(name, key); s != nil && s.Shown != nil {
		return s.Shown.Value.Raw
	}
	return ""
}

// Text is the shown text of a field under a key in the first of the languages that has one, then English, then any; with its language.
func (r *Record) Text(name, key string, langs ...string) (text, lang string) {
	var any *Slot
	for _, l := range append(slices.Clone(langs), "en", "") {
		for _, s := range r.Slots(name) {
			if s.Key == key && s.Shown != nil {
				if s.Lang == l {
					return s.Shown.Value.Raw, s.Lang
				}
				if any == nil {
					any = s
				}
			}
		}
	}
	if any != nil {
		return any.Shown.Value.Raw, any.Lang
	}
	return "", ""
}

// Title is what to call the record: its title or short name in the first of the languages that has one, else its id's tail.
func (r *Record) Title(langs ...string) string {
	if r.Kind == KindParty || r.Kind == KindMineral {
		for _, key := range []string{"short", "official"} {
			if t, _ := r.Text("name", key, langs...); t != "" {
				return t
			}
		}
	}
	if t, _ := r.Text("title", "", langs...); t != "" {
		return t
	}
	if t, _ := r.Text("official_title", "", langs...); t != "" {
		return t
	}
	for _, s := range r.Slots("alias") { // the survivor of a merge, before anyone had given it a title of its own
		if s.Shown != nil && s.Shown.Entry.Claim.Field != "alias" {
			return s.Shown.Value.Raw
		}
	}
	return r.ID.Tail()
}

// Refs are the records that a reference field shows, in the order of their ids.
func (r *Record) Refs(name string) []RecordID {
	var out []RecordID
	for _, s := range r.Slots(name) {
		if s.Shown != nil {
			out = append(out, RecordID(s.Shown.Value.Raw))
		}
	}
	return out
}

// Values are the shown values of a field in their written form, in the order of the slots.
func (r *Record) Values(name string) []string {
	var out []string
	for _, s := range r.Slots(name) {
		if s.Shown != nil {
			out = append(out, s.Shown.Value.Raw)
		}
	}
	return out
}

// Sample says whether the record is a sample of the project's own drafting.
func (r *Record) Sample() bool { return r.String("sample") == "yes" }

// Disputed counts the slots in which claims contradict each other.
func (r *Record) Disputed() int {
	n := 0
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			if s.Disputed() {
				n++
			}
		}
	}
	return n
}
