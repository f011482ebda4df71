package edit_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// pair is a registry of two records of one deal, one claim of which only editors see.
func pair(t *testing.T) []registry.Entry {
	t.Helper()
	var es []registry.Entry
	put := func(e registry.Entry) {
		e.By, e.At = "person:test", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		if e.Audience == "" {
			e.Audience = registry.Public
		}
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	say := func(rec registry.RecordID, field, key, value string, a registry.Audience) {
		v, err := registry.ParseValue(registry.FieldOf(field), value, "")
		if err != nil {
			t.Fatal(err)
		}
		put(registry.Entry{Audience: a, Claim: &registry.Claim{Record: rec, Field: field, Key: key, Value: v, Source: "src_a"}})
	}
	put(registry.Entry{Source: &registry.Source{ID: "src_a", Title: "A", Grade: "wire", Date: "2025-01-01"}})
	say("ins_a", "title", "", "Pact", "")
	say("ins_a", "event", "signed", "2024-08-22", "")
	say("ins_a", "event", "announced", "2024-02", registry.Registry)
	say("ins_b", "title", "", "Pacto", "")
	say("ins_hid", "title", "", "Hidden", registry.Registry)
	say("neg_a", "title", "", "Talks", "")
	return es
}

func at(n int, into registry.Audience) edit.Act {
	return edit.Act{Token: "a token that is long enough " + string(rune('a'+n)), By: "person:Edda", At: time.Date(2026, 2, 1, n, 0, 0, 0, time.UTC), Into: into}
}

var editors = registry.Reader(registry.Registry)

func view(es []registry.Entry, readers registry.Audiences) string {
	b, _ := json.Marshal(registry.Compile(es, readers, "").Dump())
	return string(b)
}

// A merge, its undoing and the same merge again, in public; each as it should be for either reader.
func TestMergeUndoMerge(t *testing.T) {
	es := pair(t)
	first := view(es, registry.Reader())
	for n := range 3 {
		a := at(n*2, registry.Public)
		got, err := a.Merge(edit.NewBook(es), registry.Compile(es, editors, ""), "ins_b", "ins_a", "the same day and parties")
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, got...)
		v := registry.Compile(es, registry.Reader(), "")
		if r := v.Record("ins_b"); r.ID != "ins_a" || r.Joined[0].Note != "the same day and parties" || r.Joined[0].Source == nil {
			t.Fatalf("round %d: not merged: %+v", n, r)
		}
		batch := make([]*registry.Entry, len(got))
		for i := range got {
			batch[i] = &got[i]
		}
		back, _, err := at(n*2+1, registry.Public).Undo(edit.NewBook(es), true, batch)
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, back...)
		if view(es, registry.Reader()) != first {
			t.Fatalf("round %d: undone is not as before", n)
		}
	}
}

func TestMergeRefuses(t *testing.T) {
	es := pair(t)
	merged, err := at(0, registry.Registry).Merge(edit.NewBook(es), registry.Compile(es, editors, ""), "ins_b", "ins_a", "one")
	if err != nil {
		t.Fatal(err)
	}
	if view(append(slices.Clone(es), merged...), registry.Reader()) != view(es, registry.Reader()) {
		t.Error("a merge for editors shows to the public")
	}
	after := append(slices.Clone(es), merged...)
	for _, c := range []struct {
		es         []registry.Entry
		from, into registry.RecordID
		as         registry.Audience
		why        string
		code       registry.ErrorCode
	}{
		{es, "ins_a", "ins_a", registry.Registry, "r", registry.Invalid}, {es, "ins_a", "neg_a", registry.Registry, "r", registry.Invalid}, {es, "ins_a", "ins_no", registry.Registry, "r", registry.NotFound},
		{es, "ins_a", "ins_b", registry.Registry, " ", registry.Invalid}, {after, "ins_a", "ins_b", registry.Registry, "r", registry.Conflict}, {after, "ins_b", "ins_hid", registry.Registry, "r", registry.Conflict},
		{es, "ins_hid", "ins_a", registry.Public, "r", registry.Invalid},
	} {
		if _, err := at(1, c.as).Merge(edit.NewBook(c.es), registry.Compile(c.es, editors, ""), c.from, c.into, c.why); registry.CodeOf(err) != c.code || registry.HintOf(err) == "" {
			t.Errorf("%s into %s: %v (%s)", c.from, c.into, err, registry.HintOf(err))
		}
	}
}

// A split moves what is public in public and the rest for editors; a public move does not name what is hidden.
func TestSplit(t *testing.T) {
	es := pair(t)
	v := registry.Compile(es, editors, "")
	var ids []registry.EntryID
	for _, e := range es {
		if e.Claim != nil && e.Claim.Field == "event" {
			ids = append(ids, e.ID)
		}
	}
	got, to, err := at(0, registry.Public).Split(edit.NewBook(es), v, "ins_a", "", "Another pact", "en", ids, "signed by others")
	if err != nil {
		t.Fatal(err)
	}
	all := append(slices.Clone(es), got...)
	public, theirs := registry.Compile(all, registry.Reader(), ""), registry.Compile(all, editors, "")
	if r := public.Record(to); r == nil || r.Title() != "Another pact" || r.KeyedString("event", "signed") == "" || r.Slot("event", "announced") != nil {
		t.Errorf("public: %+v", r)
	}
	if r := theirs.Record(to); len(r.Slots("event")) != 2 || len(theirs.Record("ins_a").Slots("event")) != 0 {
		t.Errorf("editors: %+v", r)
	}
	for _, e := range registry.Visible(all, registry.Reader()) {
		if e.Move != nil && len(e.Move.Claims) != 1 {
			t.Errorf("a public move names what is hidden: %v", e.Move)
		}
	}
	for _, c := range []struct {
		to    registry.RecordID
		title string
		ids   []registry.EntryID
		why   string
		code  registry.ErrorCode
	}{{"", "", ids, "r", registry.Invalid}, {"", "X", nil, "r", registry.Invalid}, {"neg_a", "", ids, "r", registry.Invalid}, {"ins_a", "", ids, "r", registry.Invalid},
		{"", "X", append(slices.Clone(ids), es[1].ID), "r", registry.Invalid}, {"ins_b", "", []registry.EntryID{es[4].ID}, "r", registry.Conflict}, {"ins_b", "", ids, "", registry.Invalid}} {
		if _, _, err := at(1, registry.Registry).Split(edit.NewBook(es), v, "ins_a", c.to, c.title, "en", c.ids, c.why); registry.CodeOf(err) != c.code || registry.HintOf(err) == "" {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// What was merged and split for editors becomes public with what it rests on, and then counts for everybody.
func TestPublishIdentity(t *testing.T) {
	es := pair(t)
	merged, err := at(0, registry.Registry).Merge(edit.NewBook(es), registry.Compile(es, editors, ""), "ins_b", "ins_a", "one")
	if err != nil {
		t.Fatal(err)
	}
	es = append(es, merged...)
	var signed registry.EntryID
	for _, e := range es {
		if e.Claim != nil && e.Claim.Field == "event" && e.Claim.Key == "signed" {
			signed = e.ID
		}
	}
	moved, to, err := at(1, registry.Registry).Split(edit.NewBook(es), registry.Compile(es, editors, ""), "ins_a", "", "Another", "en", []registry.EntryID{signed}, "two")
	if err != nil {
		t.Fatal(err)
	}
	es = append(es, moved...)
	b := edit.NewBook(es)
	var ids []registry.EntryID
	for _, e := range b.Unpublished() {
		if e.Move != nil || e.Claim != nil && (e.Claim.Field == "redirect" || e.Claim.Record == to) {
			ids = append(ids, e.ID)
		}
	}
	if len(ids) != 3 {
		t.Fatalf("%d of merge, move and title wait for publication", len(ids))
	}
	d, err := at(2, registry.Registry).Publish(edit.Publish(b, ids...), "")
	if err != nil {
		t.Fatal(err)
	}
	v := registry.Compile(append(es, d...), registry.Reader(), "")
	if v.Record("ins_b").ID != "ins_a" || v.Record(to) == nil || v.Record(to).KeyedString("event", "signed") == "" || v.Record("ins_a").Joined[0].Source == nil {
		t.Errorf("published: %s", view(append(es, d...), registry.Reader()))
	}
}
