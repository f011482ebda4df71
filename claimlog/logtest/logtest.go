// Package logtest is the contract of claimlog.Log as tests: the one suite that every store must pass. A new store calls
//
//	logtest.Run(t, func(t *testing.T) claimlog.Log { return new empty store })
//
// from a test of its own, and adds tests only for what is its own: its file, its damage, its locks.
package logtest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

// Run runs the suite. open makes an empty log; the suite closes it.
func Run(t *testing.T, open func(t *testing.T) claimlog.Log) {
	t.Helper()
	for _, c := range []struct {
		name string
		test func(*testing.T, claimlog.Log)
	}{
		{"Empty", testEmpty},
		{"RoundTrip", testRoundTrip},
		{"Unicode", testUnicode},
		{"Idempotent", testIdempotent},
		{"Audience", testAudience},
		{"Order", testOrder},
		{"Batches", testBatches},
		{"Atomic", testAtomic},
		{"Invalid", testInvalid},
		{"Supersede", testSupersede},
		{"Erase", testErase},
		{"EraseRefused", testEraseRefused},
		{"EraseThenSupersede", testEraseThenSupersede},
		{"Cancelled", testCancelled},
		{"Concurrent", testConcurrent},
		{"TenThousand", testTenThousand},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := open(t)
			c.test(t, l)
			if err := l.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		})
	}
}

// At is the moment at which the suite's entries are entered.
var At = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// Entry completes an entry as registry.NewEntry does, entered at [At] by a machine at the audience registry where it does not say otherwise.
func Entry(t testing.TB, e registry.Entry) registry.Entry {
	t.Helper()
	if e.Audience == "" {
		e.Audience = registry.Registry
	}
	if e.At.IsZero() {
		e.At = At
	}
	if e.By == "" {
		e.By = "machine:logtest/1"
	}
	e, err := registry.NewEntry(e)
	if err != nil {
		t.Fatalf("NewEntry: %v", err)
	}
	return e
}

// Claim is an entry that claims a title; different texts make different entries.
func Claim(t testing.TB, title string) registry.Entry {
	t.Helper()
	return Entry(t, claimOf(title, ""))
}

func claimOf(title string, supersedes registry.EntryID) registry.Entry {
	return registry.Entry{Claim: &registry.Claim{Record: "ins_logtest-2026", Field: "title", Source: "src_logtest",
		Value: registry.Value{Type: registry.TypeText, Raw: title, Lang: "en"}, Supersedes: supersedes}}
}

// Claims are n entries of a name.
func Claims(t testing.TB, name string, n int) []registry.Entry {
	t.Helper()
	out := make([]registry.Entry, n)
	for i := range out {
		out[i] = Claim(t, fmt.Sprintf("%s %d of %d", name, i+1, n))
	}
	return out
}

// ReadAll reads the log from the start in steps of limit and holds the order against the contract: no gaps in what one
// reader meets, no batch in two answers.
func ReadAll(t testing.TB, l claimlog.Log, limit int) []claimlog.Logged {
	t.Helper()
	var out []claimlog.Logged
	var after claimlog.Position
	for {
		got, err := l.Read(context.Background(), after, limit)
		if err != nil {
			t.Fatalf("Read(%d, %d): %v", after, limit, err)
		}
		if len(got) == 0 {
			return out
		}
		if len(out) > 0 && out[len(out)-1].Batch >= got[0].Batch {
			t.Fatalf("Read(%d, %d) splits batch %d or goes back: it starts with batch %d", after, limit, out[len(out)-1].Batch, got[0].Batch)
		}
		if len(got) > limit && got[0].Batch != got[len(got)-1].Batch {
			t.Fatalf("Read(%d, %d) gives %d entries of several batches", after, limit, len(got))
		}
		for _, g := range got {
			if g.Position <= after {
				t.Fatalf("Read meets position %d after %d", g.Position, after)
			}
			after = g.Position
		}
		out = append(out, got...)
	}
}

// mustAppend adds entries and says how many were new.
func mustAppend(t testing.TB, l claimlog.Log, entries ...registry.Entry) int {
	t.Helper()
	n, last, err := l.Append(context.Background(), entries)
	if err != nil {
		t.Fatalf("Append: %v", err)
	}
	if now, err := l.Last(context.Background()); err != nil || now < last {
		t.Fatalf("Append says the log ends at %d, Last says %d, %v", last, now, err)
	}
	return n
}

// wantCode holds an error against a code; it must say how to mend it.
func wantCode(t testing.TB, what string, err error, code registry.ErrorCode) {
	t.Helper()
	if registry.CodeOf(err) != code {
		t.Errorf("%s: error %v has code %q; want %q", what, err, registry.CodeOf(err), code)
	} else if registry.HintOf(err) == "" {
		t.Errorf("%s: error %v has no hint", what, err)
	}
}

func ids(logged []claimlog.Logged) []registry.EntryID {
	out := make([]registry.EntryID, len(logged))
	for i, g := range logged {
		out[i] = g.Entry.ID
	}
	return out
}
