package logtest

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

func testEmpty(t *testing.T, l claimlog.Log) {
	ctx := context.Background()
	if p, err := l.Last(ctx); p != 0 || err != nil {
		t.Errorf("Last = %d, %v; want 0", p, err)
	}
	for _, after := range []claimlog.Position{-1, 0, 1, 1 << 62} {
		if got, err := l.Read(ctx, after, 10); len(got) != 0 || err != nil {
			t.Errorf("Read(%d) = %v, %v; want none", after, got, err)
		}
	}
	if n, last, err := l.Append(ctx, nil); n != 0 || last != 0 || err != nil {
		t.Errorf("Append(nothing) = %d, %d, %v", n, last, err)
	}
	if x, err := l.Erasures(ctx, 0); len(x) != 0 || err != nil {
		t.Errorf("Erasures = %v, %v; want none", x, err)
	}
	for _, id := range []registry.EntryID{"", "x", registry.EntryID(strings.Repeat("0", 64)), registry.EntryID(strings.Repeat("é", 64))} {
		if ok, err := l.Has(ctx, id); ok || err != nil {
			t.Errorf("Has(%q) = %v, %v", id, ok, err)
		}
	}
}

// testRoundTrip: every type of entry comes back as it went in, at every audience, with a nonce too.
func testRoundTrip(t *testing.T, l claimlog.Log) {
	claim := Claim(t, "A title")
	in := []registry.Entry{
		claim,
		Entry(t, registry.Entry{Source: &registry.Source{ID: "src_logtest", URL: "https://example.org/a?b=c#d", Title: "T", Publisher: "P",
			Date: "2025-10", Grade: registry.Codes("grade")[0], Lang: "fr", Seen: "2026-01-01", Hash: strings.Repeat("ab", 32), Note: "N"}}),
		Entry(t, registry.Entry{Retraction: &registry.Retraction{Target: claim.ID, Reason: "misread"}, Audience: registry.Public}),
		Entry(t, registry.Entry{Disclosure: &registry.Disclosure{Targets: []registry.EntryID{claim.ID}, Action: "publish", To: registry.Public, Reason: "r"}}),
		Entry(t, registry.Entry{Choice: &registry.Choice{Claim: claim.ID, Reason: "the gazette prevails"}, By: "person:editor"}),
		Entry(t, registry.Entry{Move: &registry.Move{Claims: []registry.EntryID{claim.ID}, To: "ins_other", Reason: "two deals"}, By: "person:editor"}),
		Entry(t, registry.Entry{Claim: claim.Claim, Nonce: "8f3a0c", Audience: "delegation:pty_ZMB", At: At.Add(time.Hour)}),
		Entry(t, registry.Entry{Claim: &registry.Claim{Record: "ins_logtest-2026", Field: "title", Value: registry.Value{State: registry.Unknown}, Not: true,
			Source: "src_logtest", Locator: "p. 3", From: "2024", Until: "2025-06~", Method: "read", Note: "n"}, Audience: registry.Sealed}),
	}
	if n := mustAppend(t, l, in...); n != len(in) {
		t.Errorf("%d added; want %d", n, len(in))
	}
	got := ReadAll(t, l, 100)
	if len(got) != len(in) {
		t.Fatalf("%d entries read; want %d", len(got), len(in))
	}
	for i := range in {
		if !reflect.DeepEqual(got[i].Entry, in[i]) || !got[i].Entry.Verify() {
			t.Errorf("entry %d comes back as\n%+v; want\n%+v", i, got[i].Entry, in[i])
		}
		if got[i].Position != claimlog.Position(i+1) || got[i].Batch != got[0].Batch {
			t.Errorf("entry %d is at %d in batch %d", i, got[i].Position, got[i].Batch)
		}
		if ok, err := l.Has(context.Background(), in[i].ID); !ok || err != nil {
			t.Errorf("Has(%s) = %v, %v", in[i].ID, ok, err)
		}
	}
}

func testUnicode(t *testing.T, l claimlog.Log) {
	texts := []string{"Accord-cadre sur le cobalt, « œuvre »", "关键矿产合作框架", "مذكرة تفاهم بشأن المعادن", "e\u0301 is not \u00e9", "\u00e9 is not e\u0301",
		"a\tb\nc\rd", "quote \" backslash \\ slash / \\u0041 <&>", "\u2028\u2029\u200f\ufeff", "🪨⛏️ \U0010ffff", "\x01\x1f\x7f", strings.Repeat("長", 6000)}
	var in []registry.Entry
	for _, s := range texts {
		in = append(in, Claim(t, s))
	}
	mustAppend(t, l, in...)
	for i, g := range ReadAll(t, l, 3) {
		if !reflect.DeepEqual(g.Entry, in[i]) {
			t.Errorf("%q comes back as %+v", texts[i], g.Entry.Claim)
		}
	}
}

func testIdempotent(t *testing.T, l claimlog.Log) {
	in := Claims(t, "import", 20)
	for i, want := range []int{20, 0, 0} {
		if n := mustAppend(t, l, in...); n != want {
			t.Errorf("import %d adds %d; want %d", i+1, n, want)
		}
	}
	before := ReadAll(t, l, 7)
	later := in[3]
	later.At = later.At.AddDate(1, 0, 0) // the same claim, read again a year later
	if n := mustAppend(t, l, later, in[4], later); n != 0 {
		t.Errorf("what is there is added %d times", n)
	}
	fresh := Claim(t, "fresh")
	if n := mustAppend(t, l, in[0], fresh, in[1], fresh); n != 1 {
		t.Errorf("%d added; want the one that is new, once", n)
	}
	after := ReadAll(t, l, 7)
	if len(after) != 21 || !reflect.DeepEqual(before, after[:20]) || after[20].Batch == after[19].Batch {
		t.Errorf("importing again changed the log: %d entries", len(after))
	}
}

// testAudience: the same entry at a wider audience changes nothing; only disclosures do.
func testAudience(t *testing.T, l claimlog.Log) {
	e := Claim(t, "known to editors")
	mustAppend(t, l, e)
	wide := e
	wide.Audience = registry.Public
	if n := mustAppend(t, l, wide); n != 0 {
		t.Errorf("%d added", n)
	}
	if got := ReadAll(t, l, 10); len(got) != 1 || got[0].Entry.Audience != registry.Registry {
		t.Errorf("the log holds %+v", got)
	}
}

func testCancelled(t *testing.T, l claimlog.Log) {
	in := Claims(t, "cancelled", 10)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := l.Append(ctx, in); err == nil {
		t.Error("Append with a dead context succeeds")
	}
	if _, err := l.Read(ctx, 0, 10); err == nil {
		t.Error("Read with a dead context succeeds")
	}
	if got := ReadAll(t, l, 10); len(got) != 0 {
		t.Errorf("%d entries were added", len(got))
	}
	if n := mustAppend(t, l, in...); n != 10 {
		t.Errorf("afterwards %d are added; want 10", n)
	}
}
