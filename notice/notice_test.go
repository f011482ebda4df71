package notice_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/notice"
	"github.com/openassay/assay/registry"
)

func entries(t *testing.T, rows ...[]string) []registry.Entry {
	t.Helper()
	var out []registry.Entry
	for _, r := range rows {
		v, err := registry.ParseValue(registry.FieldOf(r[1]), r[3], "")
		if err != nil {
			t.Fatal(r, err)
		}
		e, err := registry.NewEntry(registry.Entry{By: "person:test", Audience: registry.Registry, At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
			Claim: &registry.Claim{Record: registry.RecordID(r[0]), Field: r[1], Key: r[2], Value: v, Source: "src_a", Statement: r[4], Speaker: r[5]}})
		if err != nil {
			t.Fatal(r, err)
		}
		out = append(out, e)
	}
	return out
}

var parties = [][]string{
	{"pty_acme", "name", "short", "Acme Mining", "", ""}, {"pty_acme", "party_kind", "", "company", "", ""},
	{"pty_bolt", "name", "short", "Bolt", "", ""}, {"pty_bolt", "party_kind", "", "soe", "", ""},
	{"pty_ZMB", "name", "short", "Zambia", "", ""}, {"pty_ZMB", "party_kind", "", "state", "", ""},
	{"pty_watch", "name", "short", "The Watch", "", ""}, {"pty_watch", "party_kind", "", "ngo", "", ""},
	{"ins_a", "title", "", "A contract", "", ""},
}

func TestNeeded(t *testing.T) {
	for _, c := range []struct {
		claim []string
		want  string // ids of those who must be told; "-" for no need at all
	}{
		{[]string{"ins_a", "note", "x", "Acme Mining paid.", "", ""}, "-"},
		{[]string{"ins_a", "note", "x", "Acme Mining paid.", "judgement", "Court"}, "-"},
		{[]string{"ins_a", "note", "x", "It is said that ACME  mining, and Bolt, paid Zambia.", "allegation", "The Watch"}, "pty_acme pty_bolt"},
		{[]string{"ins_a", "note", "x", "Acme Minings are many.", "allegation", "X"}, ""},
		{[]string{"ins_a", "note", "x", "Somebody paid.", "finding", "Auditor"}, ""},
		{[]string{"ins_a", "party", "", "pty_acme", "allegation", "X"}, "pty_acme"},
		{[]string{"ins_a", "event", "signed:acme", "2025", "allegation", "X"}, "pty_acme"},
		{[]string{"pty_acme", "note", "x", "It paid.", "finding", "Auditor"}, "pty_acme"},
		{[]string{"pty_ZMB", "note", "x", "It was paid.", "allegation", "pty_watch"}, ""},
		{[]string{"ins_a", "note", "x", "The Watch says that Bolt paid.", "allegation", "pty_watch"}, "pty_bolt"},
	} {
		es := entries(t, append(parties, c.claim)...)
		v := registry.Compile(es, registry.Reader(registry.Registry), "")
		got := "-"
		for _, n := range notice.Needed([]*registry.Entry{&es[len(es)-1]}, v) {
			got = strings.Trim(fmt.Sprint(n.Whom), "[]")
		}
		if got != c.want {
			t.Errorf("%v: %q must be told; want %q", c.claim, got, c.want)
		}
	}
}

func TestOpen(t *testing.T) {
	es := entries(t, append(parties, []string{"pty_acme", "note", "x", "It paid.", "finding", "Auditor"}, []string{"ins_a", "note", "x", "Somebody paid.", "allegation", "X"}, []string{"ins_a", "note", "y", "Acme Mining paid Bolt.", "allegation", "X"})...)
	v := registry.Compile(es, registry.Reader(registry.Registry), "")
	about, vague, both := &es[len(es)-3], &es[len(es)-2], &es[len(es)-1]
	for _, c := range []struct {
		name  string
		of    *registry.Entry
		given []notice.Given
		want  string // "met", "missing" or the day
	}{
		{"nothing done", about, nil, "missing"},
		{"about another", about, []notice.Given{{Entries: []registry.EntryID{vague.ID}, Kind: notice.Risk}}, "missing"},
		{"a letter, in time", about, []notice.Given{{Entries: []registry.EntryID{about.ID}, Kind: notice.Letter, Sent: "2026-11-01", Days: 14}}, "met"},
		{"on the last day", about, []notice.Given{{Entries: []registry.EntryID{about.ID}, Kind: notice.Letter, Sent: "2026-11-09", Days: 14}}, "met"},
		{"a letter, too early", about, []notice.Given{{Entries: []registry.EntryID{about.ID}, Kind: notice.Letter, Sent: "2026-11-20", Days: 14}}, "2026-12-04"},
		{"risk", about, []notice.Given{{Entries: []registry.EntryID{about.ID}, Kind: notice.Risk}}, "met"},
		{"nobody, but somebody is named", about, []notice.Given{{Entries: []registry.EntryID{about.ID}, Kind: notice.Nobody}}, "missing"},
		{"a letter to another", about, []notice.Given{{Entries: []registry.EntryID{about.ID}, Kind: notice.Letter, Whom: []registry.RecordID{"pty_bolt"}, Sent: "2026-11-01", Days: 14}}, "missing"},
		{"letters to two, one too early", both, []notice.Given{{Entries: []registry.EntryID{both.ID}, Kind: notice.Letter, Whom: []registry.RecordID{"pty_bolt"}, Sent: "2026-11-01", Days: 14},
			{Entries: []registry.EntryID{both.ID}, Kind: notice.Letter, Whom: []registry.RecordID{"pty_acme"}, Sent: "2026-11-20", Days: 14}}, "2026-12-04"},
		{"a letter to one of two", both, []notice.Given{{Entries: []registry.EntryID{both.ID}, Kind: notice.Letter, Whom: []registry.RecordID{"pty_acme"}, Sent: "2026-11-01", Days: 14}}, "missing"},
		{"letters to two", both, []notice.Given{{Entries: []registry.EntryID{both.ID}, Kind: notice.Letter, Whom: []registry.RecordID{"pty_acme"}, Sent: "2026-11-01", Days: 14},
			{Entries: []registry.EntryID{both.ID}, Kind: notice.Letter, Whom: []registry.RecordID{"pty_bolt"}, Sent: "2026-11-02", Days: 14}}, "met"},
		{"nobody", vague, []notice.Given{{Entries: []registry.EntryID{vague.ID}, Kind: notice.Nobody}}, "met"},
	} {
		got := "met"
		for _, m := range notice.Open(notice.Needed([]*registry.Entry{c.of}, v), c.given, "2026-11-23") {
			if got = string(m.Until); got == "" {
				got = "missing"
			}
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A statement that is moved to the record of another company is a statement about that one: it must be told before the move is published.
func TestMoved(t *testing.T) {
	es := entries(t, append(parties, []string{"pty_acme", "note", "x", "It paid.", "finding", "Auditor"}, []string{"pty_acme", "note", "z", "It has a mine.", "", ""})...)
	said, plain := es[len(es)-2].ID, es[len(es)-1].ID
	put := func(m registry.Move) *registry.Entry {
		m.Reason = "they are two companies"
		e, err := registry.NewEntry(registry.Entry{By: "person:test", Audience: registry.Registry, At: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC), Move: &m})
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
		return &e
	}
	given := []notice.Given{{Entries: []registry.EntryID{said}, Kind: notice.Letter, Whom: []registry.RecordID{"pty_acme"}, Sent: "2026-01-01", Days: 1}}
	for _, c := range []struct {
		move registry.Move
		want string
	}{{registry.Move{Claims: []registry.EntryID{said, plain}, To: "pty_bolt"}, "pty_bolt"}, {registry.Move{Claims: []registry.EntryID{plain}, To: "pty_bolt"}, ""}, {registry.Move{Claims: []registry.EntryID{said}, To: "pty_ZMB"}, ""}} {
		before := es
		e := put(c.move)
		got := ""
		for _, m := range notice.Open(notice.Needed([]*registry.Entry{e}, registry.Compile(es, registry.Reader(registry.Registry), "")), given, "2026-11-23") {
			got += strings.Trim(fmt.Sprint(m.Whom), "[]")
		}
		if got != c.want {
			t.Errorf("%v: %q must be told; want %q", c.move, got, c.want)
		}
		es = before
	}
}
