package review_test

import (
	"slices"
	"testing"
	"time"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
)

// log is a registry of a few lines: record, field, key, value, source, by, audience.
func log(t *testing.T, rows ...[7]string) []registry.Entry {
	t.Helper()
	var es []registry.Entry
	put := func(e registry.Entry) {
		e.At = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	for id, date := range map[registry.SourceID]string{"src_a": "2025-01-10", "src_b": "2025-11-01"} {
		put(registry.Entry{By: "person:x", Audience: registry.Public, Source: &registry.Source{ID: id, Title: string(id), Grade: "wire", Date: date}})
	}
	for _, r := range rows {
		v, err := registry.ParseValue(registry.FieldOf(r[1]), r[3], "")
		if err != nil {
			t.Fatal(r, err)
		}
		e := registry.Entry{By: "person:x", Audience: registry.Public, Claim: &registry.Claim{Record: registry.RecordID(r[0]), Field: r[1], Key: r[2], Value: v, Source: registry.SourceID(r[4])}}
		if r[5] != "" {
			e.By = r[5]
		}
		if r[6] != "" {
			e.Audience = registry.Audience(r[6])
		}
		if e.Claim.Field == "instrument" && r[5] == "not" {
			e.By, e.Claim.Not = "person:x", true
		}
		put(e)
	}
	return es
}

func bookOf(es []registry.Entry, as ...registry.Audience) *edit.Book {
	return edit.NewBook(registry.Visible(es, registry.Reader(as...)))
}

func list(es []registry.Entry, today registry.Day, noted ...review.Noted) []review.Item {
	readers := registry.Reader(registry.Registry)
	return review.List(review.Input{View: registry.Compile(es, readers, ""), Book: edit.NewBook(registry.Visible(es, readers)), Noted: noted, Today: today})
}

func of(items []review.Item, kind string) (ids []string) {
	for _, i := range items {
		if i.Kind == kind {
			ids = append(ids, i.ID)
		}
	}
	return ids
}

var base = [][7]string{
	{"pty_PER", "name", "short", "Peru", "src_a", "", ""}, {"pty_GHA", "name", "short", "Ghana", "src_a", "", ""},
	{"ins_a", "title", "", "Peru–Ghana memorandum on lithium refining", "src_a", "", ""}, {"ins_a", "party", "", "PER", "src_a", "", ""}, {"ins_a", "party", "", "GHA", "src_a", "", ""}, {"ins_a", "event", "signed", "2024-05-06", "src_a", "", ""},
	{"ins_b", "title", "", "Memorando Perú–Ghana: lithium refining", "src_b", "", "registry"}, {"ins_b", "party", "", "PER", "src_b", "machine:reader/1", "registry"}, {"ins_b", "party", "", "GHA", "src_b", "", "registry"}, {"ins_b", "event", "signed", "2024-05-06", "src_b", "", "registry"},
	{"neg_a", "title", "", "Peru–Ghana talks", "src_a", "", ""}, {"neg_a", "event", "launched_talks", "2024-12", "src_a", "", ""}, {"neg_a", "related", "", "ins_gone", "src_a", "", ""}, {"neg_a", "note", "x", "y", "src_gone", "", ""},
	{"doc_a", "title", "", "Text", "src_a", "", ""},
}

func TestKinds(t *testing.T) {
	es := log(t, base...)
	noted := review.Noted{Document: "doc_a", Title: "Text", Options: []review.Option{{Record: "ins_a", Score: 0.6, Reasons: []string{"r"}}, {Record: "ins_unknown", Score: 0.5}}}
	file := review.Noted{Path: "/x.csv", Reason: "line 2", Tries: 2, Since: "2026-01-01", Last: "2026-01-02"}
	items := list(es, "2026-06-01", noted, file)
	for kind, want := range map[string][]string{review.Match: {"doc_a"}, review.Duplicate: {"ins_a~ins_b"}, review.Machine: {"ins_b"}, review.Stale: {"neg_a"}, review.Dead: {"neg_a"}, review.Private: {"ins_b"}} {
		if got := of(items, kind); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", kind, got, want)
		}
	}
	if got := of(items, review.File); len(got) != 1 {
		t.Errorf("file: %v", got)
	}
	for _, i := range items {
		if i.Kind == review.Match && len(i.Options) != 1 {
			t.Errorf("a candidate that is not here is offered: %+v", i.Options)
		}
		if i.Kind == review.Dead && (len(i.Claims) != 2 || len(i.Reasons) != 2) {
			t.Errorf("dead: %+v", i)
		}
	}
	if got := of(list(es, "2025-02-01"), review.Stale); len(got) != 0 {
		t.Errorf("stale after a month: %v", got)
	}
	// What editors see is not told to others.
	if got := of(review.List(review.Input{View: registry.Compile(es, registry.Reader(), ""), Book: edit.NewBook(registry.Visible(es, registry.Reader())), Today: "2026-01-01"}), review.Duplicate); len(got) != 0 {
		t.Errorf("the public's list: %v", got)
	}
}

// What is decided in the log is gone from the list: merged, kept apart, linked, denied, confirmed.
func TestDecidedInTheLog(t *testing.T) {
	noted := review.Noted{Document: "doc_a", Title: "Text", Options: []review.Option{{Record: "ins_a", Score: 0.6}}}
	for _, c := range []struct {
		kind string
		row  [7]string
	}{
		{review.Duplicate, [7]string{"ins_b", "redirect", "", "ins_a", "src_a", "", "registry"}},
		{review.Duplicate, [7]string{"ins_b", "distinct_from", "", "ins_a", "src_a", "", "registry"}},
		{review.Match, [7]string{"doc_a", "instrument", "", "ins_a", "src_a", "", "registry"}},
		{review.Match, [7]string{"doc_a", "instrument", "", "ins_a", "src_a", "not", "registry"}},
		{review.Machine, [7]string{"ins_b", "party", "", "PER", "src_b", "person:y", "registry"}},
	} {
		if got := of(list(log(t, append(slices.Clone(base), c.row)...), "2026-01-01", noted), c.kind); len(got) != 0 {
			t.Errorf("%v: still asked: %v", c.row, got)
		}
	}
}

func TestVerdicts(t *testing.T) {
	items := list(log(t, base...), "2026-01-01")
	var i review.Item
	for _, x := range items {
		if x.Kind == review.Duplicate {
			i = x
		}
	}
	for _, c := range []struct {
		v           review.Verdict
		today       registry.Day
		open, later bool
	}{
		{review.Verdict{Item: i.Key(), Evidence: i.Evidence, What: "later", Until: "2026-02-01"}, "2026-01-31", false, true},
		{review.Verdict{Item: i.Key(), Evidence: i.Evidence, What: "later", Until: "2026-02-01"}, "2026-02-01", true, false},
		{review.Verdict{Item: i.Key(), Evidence: i.Evidence, What: "left"}, "2026-02-01", false, false},
		{review.Verdict{Item: i.Key(), Evidence: "other", What: "left"}, "2026-02-01", true, false},
		{review.Verdict{Item: "match/x", Evidence: i.Evidence, What: "left"}, "2026-02-01", true, false},
	} {
		open, later := review.Open(items, []review.Verdict{c.v}, c.today)
		if got := slices.Contains(of(open, i.Kind), i.ID); got != c.open || slices.Contains(of(later, i.Kind), i.ID) != c.later {
			t.Errorf("%+v on %s: open %v, later %v", c.v, c.today, got, len(later))
		}
	}
	// New evidence: another claim that speaks for it.
	more := list(log(t, append(slices.Clone(base), [7]string{"min_lithium", "name", "short", "lithium", "src_a", "", ""}, [7]string{"ins_a", "mineral", "", "lithium", "src_a", "", ""}, [7]string{"ins_b", "mineral", "", "lithium", "src_a", "", ""})...), "2026-01-01")
	open, _ := review.Open(more, []review.Verdict{{Item: i.Key(), Evidence: i.Evidence, What: "left"}}, "2026-01-01")
	if !slices.Contains(of(open, review.Duplicate), i.ID) {
		t.Error("new evidence and not asked again")
	}
}
