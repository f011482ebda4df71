package logtest

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

func testOrder(t *testing.T, l claimlog.Log) {
	var want []registry.EntryID
	for i := range 30 {
		batch := Claims(t, fmt.Sprintf("batch %d", i), i%4+1)
		slices.Reverse(batch)
		mustAppend(t, l, batch...)
		for _, e := range batch {
			want = append(want, e.ID)
		}
	}
	for _, limit := range []int{-1, 0, 1, 2, 3, 5, 29, 74, 75, 76, math.MaxInt} {
		if got := ids(ReadAll(t, l, max(limit, 1))); !slices.Equal(got, want) {
			t.Errorf("with limit %d the order differs", limit)
		}
	}
}

// testBatches says exactly what each call gives.
func testBatches(t *testing.T, l claimlog.Log) {
	for i, n := range []int{3, 1, 5, 2} { // positions 1–3, 4, 5–9, 10–11
		mustAppend(t, l, Claims(t, fmt.Sprint("b", i), n)...)
		mustAppend(t, l) // an empty batch is none
	}
	for _, c := range []struct {
		after       claimlog.Position
		limit       int
		first, last claimlog.Position // 0 for none
	}{
		{0, 1, 1, 3}, {0, 2, 1, 3}, {0, 3, 1, 3}, {0, 4, 1, 4}, {0, 5, 1, 4}, {0, 8, 1, 4}, {0, 9, 1, 9}, {0, 10, 1, 9}, {0, 11, 1, 11}, {0, 99, 1, 11},
		{3, 1, 4, 4}, {3, 5, 4, 4}, {3, 6, 4, 9}, {4, 1, 5, 9}, {4, 6, 5, 9}, {4, 7, 5, 11}, {9, 1, 10, 11}, {11, 1, 0, 0}, {12, 1, 0, 0},
		{0, 0, 1, 3}, {0, -7, 1, 3}, {-5, 4, 1, 4}, {0, math.MaxInt, 1, 11}, {9, math.MaxInt, 10, 11}, {math.MaxInt64, 5, 0, 0}, {math.MaxInt64, math.MaxInt, 0, 0},
		{6, 1, 7, 9}, {6, 9, 7, 11}, // from within a batch: its rest, so that nothing is lost
	} {
		got, err := l.Read(context.Background(), c.after, c.limit)
		var first, last claimlog.Position
		if len(got) > 0 {
			first, last = got[0].Position, got[len(got)-1].Position
		}
		if err != nil || first != c.first || last != c.last {
			t.Errorf("Read(%d, %d) = %d–%d, %v; want %d–%d", c.after, c.limit, first, last, err, c.first, c.last)
		}
	}
}

// testAtomic: one bad entry, wherever it stands, and nothing of the batch is added.
func testAtomic(t *testing.T, l claimlog.Log) {
	good := Claims(t, "good", 50)
	bad := Claim(t, "bad")
	bad.ID = good[0].ID[:62] + "00"
	missing := Entry(t, claimOf("corrects nothing", bad.ID))
	for _, e := range []registry.Entry{bad, missing} {
		for _, at := range []int{0, 25, 50} {
			batch := slices.Insert(slices.Clone(good), at, e)
			if n, _, err := l.Append(context.Background(), batch); err == nil || n != 0 {
				t.Errorf("a batch with a bad entry at %d: %d added, error %v", at, n, err)
			}
		}
	}
	if got := ReadAll(t, l, 10); len(got) != 0 {
		t.Fatalf("%d entries of failed batches are in the log", len(got))
	}
	mustAppend(t, l, good...)
	if got := ReadAll(t, l, 10); len(got) != 50 || got[0].Position != 1 {
		t.Errorf("after failures: %d entries from position %d", len(got), got[0].Position)
	}
}

func testInvalid(t *testing.T, l claimlog.Log) {
	ok := Claim(t, "fine")
	change := func(f func(*registry.Entry)) registry.Entry {
		e, c := ok, *ok.Claim
		e.Claim = &c
		f(&e)
		return e
	}
	for name, e := range map[string]registry.Entry{
		"value changed":  change(func(e *registry.Entry) { e.Claim.Value.Raw = "finer" }),
		"author changed": change(func(e *registry.Entry) { e.By = "person:other" }),
		"nonce changed":  change(func(e *registry.Entry) { e.Nonce = "1" }),
		"id of nothing":  change(func(e *registry.Entry) { e.ID = "" }),
		"id upper case": change(func(e *registry.Entry) {
			e.ID = "ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD"
		}),
		"no audience":     change(func(e *registry.Entry) { e.Audience = "" }),
		"no time":         change(func(e *registry.Entry) { e.At = time.Time{} }),
		"no payload":      change(func(e *registry.Entry) { e.Claim = nil }),
		"another type":    change(func(e *registry.Entry) { e.Type = registry.EntrySource }),
		"not UTF-8":       hashed(change(func(e *registry.Entry) { e.Claim.Value.Raw = "a\xffb" })),
		"field unknown":   hashed(change(func(e *registry.Entry) { e.Claim.Field = "no_such_field" })),
		"nonce not UTF-8": hashed(change(func(e *registry.Entry) { e.Nonce = "\xff" })),
		"nonce with NUL":  hashed(change(func(e *registry.Entry) { e.Nonce = "a\x00b" })),
	} {
		_, _, err := l.Append(context.Background(), []registry.Entry{e})
		wantCode(t, name, err, registry.Invalid)
	}
	if got := ReadAll(t, l, 10); len(got) != 0 {
		t.Errorf("%d entries are in the log", len(got))
	}
}

// hashed gives an entry the id that fits it, as a hostile export would.
func hashed(e registry.Entry) registry.Entry {
	e.ID = claimlog.Digest(e.Nonce, e.PayloadJSON())
	return e
}

func testSupersede(t *testing.T, l claimlog.Log) {
	a := Claim(t, "first")
	b := Entry(t, claimOf("second", a.ID))
	c := Entry(t, claimOf("third", b.ID))
	rival := Entry(t, claimOf("another second", a.ID))
	conflict := func(what string, entries ...registry.Entry) {
		t.Helper()
		_, _, err := l.Append(context.Background(), entries)
		wantCode(t, what, err, registry.Conflict)
	}
	conflict("the superseded is not there", b)
	mustAppend(t, l, a)
	mustAppend(t, l, b)
	conflict("superseded already", rival)
	conflict("superseded already, in a batch with others", Claim(t, "other"), rival)
	if n := mustAppend(t, l, b, a); n != 0 {
		t.Errorf("the same superseding claim again: %d added", n)
	}
	if n := mustAppend(t, l, c, Claim(t, "x")); n != 2 {
		t.Errorf("superseding the current claim: %d added", n)
	}
	// Within one batch, in any order; twice is a conflict there too.
	d := Claim(t, "fourth")
	e := Entry(t, claimOf("fifth", d.ID))
	conflict("twice in one batch", d, e, Entry(t, claimOf("another fifth", d.ID)))
	if n := mustAppend(t, l, e, d); n != 2 {
		t.Errorf("both in one batch: %d added", n)
	}
	if got := len(ReadAll(t, l, 100)); got != 6 {
		t.Errorf("%d entries; want 6", got)
	}
}
