package registry_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	. "github.com/openassay/assay/registry"
	"pgregory.net/rapid"
)

// places are the ids of a view's claims with how often each stands in a record: in a slot, or among what joins records.
func places(v *View) map[EntryID]int {
	n := map[EntryID]int{}
	for _, r := range v.Records {
		for _, s := range r.Joined {
			n[s.Entry.ID]++
		}
		for _, f := range r.Fields {
			for _, s := range f.Slots {
				for _, c := range slices.Concat(s.Agreeing, s.Losing, s.Earlier, s.Later, s.Denials, s.States, s.Alleged) {
					n[c.Entry.ID]++
				}
				if s.Shown != nil {
					n[s.Shown.Entry.ID]++
				}
			}
		}
	}
	return n
}

func undo(t testing.TB, e Entry) Entry {
	return entry(t, Entry{Retraction: &Retraction{Target: e.ID, Reason: "they are two"}, Audience: e.Audience, At: t0.Add(1000 * time.Hour)})
}

// TestMergeAndSplitAreUndone: for any log, merging any two records and splitting any claims off, then taking it back, is compile of
// the log as it was; and meanwhile no claim is lost and none stands twice.
func TestMergeAndSplitAreUndone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		es := drawEntries(rt, t)
		asOf := rapid.SampledFrom([]Day{"", "2025-03-31", "2026-01-01"}).Draw(rt, "asOf")
		readers := rapid.SampledFrom([]Audiences{Reader(), Reader(Registry), Reader("parliament:ZMB", Sealed)}).Draw(rt, "readers")
		a := rapid.SampledFrom([]Audience{Public, Registry, Sealed}).Draw(rt, "audience")
		before := Compile(es, readers, asOf)
		var act Entry
		if rapid.Bool().Draw(rt, "merge") {
			act = claim(t, "ins_b", "redirect", "", "ins_a", "src_0", func(e *Entry) { e.Audience, e.Nonce, e.At = a, "merge", t0.Add(999*time.Hour) })
		} else {
			var ids []EntryID
			for _, e := range es {
				if e.Claim != nil && rapid.Bool().Draw(rt, "moved") {
					ids = append(ids, e.ID)
				}
			}
			if len(ids) == 0 {
				return
			}
			act = entry(t, Entry{Move: &Move{Claims: ids, To: "ins_split", Reason: "two"}, Audience: a, Nonce: "split", At: t0.Add(999 * time.Hour)})
		}
		with := append(slices.Clone(es), act)
		if got, want := dump(Compile(append(slices.Clone(with), undo(t, act)), readers, asOf)), dump(before); got != want {
			rt.Fatalf("undone is not as before:\n%s\n%s", want, got)
		}
		during := Compile(with, readers, asOf)
		if !readers.Has(a) {
			if dump(during) != dump(before) {
				rt.Fatal("who may not see the act sees its effect")
			}
			return
		}
		was, is := places(before), places(during)
		for id, n := range is {
			if n != 1 {
				rt.Fatalf("claim %s stands %d times", id, n)
			}
		}
		for id := range was {
			e := before.Entries[id]
			if is[id] == 0 && act.Claim == nil { // what a move takes away may leave a record without claims: then references to it go
				if e.Claim.Field == "redirect" && during.Record(e.Claim.Record) == nil {
					continue // all else that was said of the record moved: it has no page on which to say what it was not merged into
				}
				if !slices.ContainsFunc(RefsOf(e.Claim), func(r RecordID) bool { return during.Record(r) == nil }) {
					rt.Fatalf("claim %s %s %s is lost:\n%s\n%s", e.Claim.Record, e.Claim.Field, e.Claim.Value, dump(before), dump(during))
				}
			} else if is[id] == 0 && during.Record(e.Claim.Record) != nil {
				rt.Fatalf("claim %s %s %s is lost by a merge", e.Claim.Record, e.Claim.Field, e.Claim.Value)
			}
		}
	})
}

func TestMergeFollowsAndRefuses(t *testing.T) {
	s, o := source(t, "src_p", "wire", "2025-01-01"), source(t, "src_o", "official_text", "2025-06-01")
	base := []Entry{s, o}
	for _, id := range []string{"ins_a", "ins_b", "ins_c", "ins_d"} {
		base = append(base, claim(t, id, "title", "", "T"+id, "src_p"), claim(t, id, "summary", "", "S"+id, map[bool]string{true: "src_o", false: "src_p"}[id == "ins_b"]))
	}
	merge := func(from, to string, more ...func(*Entry)) Entry {
		return claim(t, from, "redirect", "", to, "src_o", more...)
	}
	v := Compile(append(slices.Clone(base), merge("ins_b", "ins_a"), merge("ins_c", "ins_b")), Reader(), "")
	r := v.Record("ins_c")
	if r == nil || r.ID != "ins_a" || len(r.Merged) != 2 || len(r.Joined) != 2 || r.Title() != "Tins_a" || len(r.Values("alias")) != 2 {
		t.Errorf("chain: %+v", r)
	}
	if sl := r.Slot("summary", ""); sl.Shown.Value.Raw != "Sins_b" || len(sl.Losing) != 2 {
		t.Errorf("summaries compete by the rule: %+v", sl)
	}
	// A way into a ring leads where the ring does.
	v = Compile(append(slices.Clone(base), merge("ins_a", "ins_d"), merge("ins_d", "ins_c"), merge("ins_c", "ins_d")), Reader(), "")
	for _, id := range []RecordID{"ins_a", "ins_c", "ins_d"} {
		if r := v.Record(id); r == nil || r.ID != "ins_c" {
			t.Errorf("ring: %s is %+v", id, r)
		}
	}
	// A merge holds at every date, also where the survivor was not known yet.
	early := []Entry{s, o, claim(t, "ins_b", "title", "", "Early", "src_p"), claim(t, "ins_a", "title", "", "Late", "src_o"), merge("ins_b", "ins_a")}
	v = Compile(early, Reader(), "2025-02-01")
	if r := v.Record("ins_b"); r == nil || r.ID != "ins_a" || len(v.OfKind(KindInstrument)) != 1 || v.ByAddress(KindInstrument, "b") != r {
		t.Errorf("as of a date before the survivor was known: %+v", r)
	}
	// Who does not see the merge sees two.
	hidden := append(slices.Clone(base), merge("ins_b", "ins_a", func(e *Entry) { e.Audience = Registry }))
	if v := Compile(hidden, Reader(), ""); v.Record("ins_b").ID != "ins_b" {
		t.Error("a merge shows to the public that may not see it")
	}
	if v := Compile(hidden, Reader(Registry), ""); v.Record("ins_b").ID != "ins_a" {
		t.Error("editors do not see their merge")
	}
	// A merge into a record that a reader does not see does nothing, and does not tell of it.
	secret := claim(t, "ins_s", "title", "", "Secret", "src_p", func(e *Entry) { e.Audience = Sealed })
	if v := Compile(append(slices.Clone(base), secret, merge("ins_b", "ins_s")), Reader(), ""); v.Record("ins_b") == nil || v.Record("ins_b").ID != "ins_b" || v.Record("ins_s") != nil {
		t.Error("a merge tells of a hidden record")
	}
	for _, c := range []struct{ from, to, want string }{{"ins_a", "ins_a", "merged with itself"}, {"ins_a", "neg_a", "the kind of one is instrument"}} {
		_, err := NewEntry(Entry{Claim: &Claim{Record: RecordID(c.from), Field: "redirect", Value: Value{Type: TypeRef, Raw: c.to}, Source: "src_o"}, At: t0, By: "person:x", Audience: Public})
		if CodeOf(err) != Invalid || !strings.Contains(err.Error(), c.want) || HintOf(err) == "" {
			t.Errorf("%v", err)
		}
	}
}

func TestSplit(t *testing.T) {
	s := source(t, "src_p", "wire", "2025-01-01")
	title, signed, other := claim(t, "ins_a", "title", "", "Pact", "src_p"), claim(t, "ins_a", "event", "signed", "2024-08-22", "src_p"), claim(t, "ins_a", "event", "signed", "2023-02-01", "src_p")
	nt := claim(t, "ins_b", "title", "", "Other pact", "src_p")
	ref := claim(t, "ins_b", "related", "", "ins_a", "src_p")
	hid := claim(t, "ins_a", "note", "x", "Hidden", "src_p", func(e *Entry) { e.Audience, e.Nonce = Sealed, "n" })
	base := []Entry{s, title, signed, other, nt, ref, hid}
	move := func(to RecordID, at time.Duration, ids ...EntryID) Entry {
		return entry(t, Entry{Move: &Move{Claims: ids, To: to, Reason: "another deal"}, At: t0.Add(at)})
	}
	m := move("ins_b", time.Hour, other.ID, hid.ID)
	v := Compile(append(slices.Clone(base), m), Reader(), "")
	if got := shown(v, "ins_b", "event", "signed"); got != "2023-02-01" || shown(v, "ins_a", "event", "signed") != "2024-08-22" || v.Record("ins_a").Disputed() != 0 {
		t.Errorf("split: %s", dump(v))
	}
	if st := v.Record("ins_b").Slot("event", "signed").Shown; st.Moved == nil || st.Moved.ID != m.ID || v.About(&other) != "ins_b" || v.Entries[m.ID] == nil {
		t.Error("the split does not show where it comes from")
	}
	if v.Record("ins_b").Slot("note", "x") != nil {
		t.Error("a move opens a hidden claim")
	}
	// The later move counts; back is back.
	for _, c := range []struct {
		more []Entry
		want RecordID
	}{{[]Entry{move("ins_new", 2*time.Hour, other.ID)}, "ins_new"}, {[]Entry{move("ins_a", 2*time.Hour, other.ID)}, "ins_a"}, {[]Entry{move("neg_x", 2*time.Hour, other.ID)}, "ins_b"}, {[]Entry{undo(t, m)}, "ins_a"}} {
		v := Compile(append(append(slices.Clone(base), m), c.more...), Reader(), "")
		if v.About(&other) != c.want || v.Record(c.want) == nil {
			t.Errorf("moved to %s, want %s", v.About(&other), c.want)
		}
	}
	for _, bad := range []Move{{To: "ins_a", Reason: "r"}, {Claims: []EntryID{"x"}, To: "ins_a"}, {Claims: []EntryID{"x"}, To: "nothing", Reason: "r"}} {
		if _, err := NewEntry(Entry{Move: &bad, At: t0, By: "person:x", Audience: Public}); CodeOf(err) != Invalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	back := Entry{ID: m.ID, Type: m.Type, At: m.At, Audience: m.Audience}
	if err := back.SetPayload(m.PayloadJSON()); err != nil || !back.Verify() || len(back.Move.Claims) != 2 {
		t.Errorf("a move does not come back from the log: %v %+v", err, back.Move)
	}
}
