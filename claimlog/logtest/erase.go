package logtest

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

func testErase(t *testing.T, l claimlog.Log) {
	ctx := context.Background()
	in := Claims(t, "entry", 5)
	mustAppend(t, l, in[:3]...)
	mustAppend(t, l, in[3:]...)
	when := time.Date(2026, 5, 6, 7, 8, 9, 123, time.FixedZone("", 3600))
	if err := l.Erase(ctx, []registry.EntryID{in[3].ID, in[1].ID, in[3].ID}, "Data Protection Commission, order 7", "personal data", when); err != nil {
		t.Fatal(err)
	}
	for _, again := range [][]registry.EntryID{{in[3].ID}, {}, {in[1].ID, in[3].ID}} {
		if err := l.Erase(ctx, again, "another body", "another ground", when.AddDate(1, 0, 0)); err != nil {
			t.Errorf("erasing again: %v", err)
		}
	}
	got := ReadAll(t, l, 2)
	for i, g := range got {
		want := in[i]
		if i == 1 || i == 3 { // the header stays; the author is part of the payload
			want.Claim, want.By = nil, ""
		}
		if !reflect.DeepEqual(g.Entry, want) || !g.Entry.Verify() || g.Position != claimlog.Position(i+1) {
			t.Errorf("at %d: %+v; want %+v", g.Position, g.Entry, want)
		}
	}
	tomb := claimlog.Erasure{Number: 1, Position: 4, ID: in[3].ID, Record: "ins_logtest-2026", Field: "title",
		Authority: "Data Protection Commission, order 7", Ground: "personal data", At: when.UTC().Truncate(time.Second)}
	tomb2 := tomb
	tomb2.Number, tomb2.Position, tomb2.ID = 2, 2, in[1].ID
	for after, want := range map[int64][]claimlog.Erasure{-1: {tomb, tomb2}, 0: {tomb, tomb2}, 1: {tomb2}, 2: nil, 9: nil} {
		if x, err := l.Erasures(ctx, after); err != nil || !reflect.DeepEqual(x, want) {
			t.Errorf("Erasures(%d) = %+v, %v; want %+v", after, x, err, want)
		}
	}
	// It is still there: imported again it stays erased, whether the import has the payload or not.
	bare := got[1].Entry
	if n := mustAppend(t, l, in[1], bare); n != 0 {
		t.Errorf("what was erased came back: %d added", n)
	}
	if ok, err := l.Has(ctx, in[1].ID); !ok || err != nil {
		t.Errorf("Has = %v, %v; want true for an erased entry", ok, err)
	}
	if again := ReadAll(t, l, 9); !reflect.DeepEqual(again, got) {
		t.Error("importing changed what is read")
	}
}

func testEraseRefused(t *testing.T, l claimlog.Log) {
	ctx := context.Background()
	e := Claim(t, "stays")
	mustAppend(t, l, e)
	one := []registry.EntryID{e.ID}
	for _, id := range []registry.EntryID{"", "x", Claim(t, "never added").ID} {
		wantCode(t, "an unknown id behind a known one", l.Erase(ctx, []registry.EntryID{e.ID, id}, "court", "order", At), registry.NotFound)
	}
	wantCode(t, "no authority", l.Erase(ctx, one, "", "order", At), registry.Invalid)
	wantCode(t, "no ground", l.Erase(ctx, one, "court", "", At), registry.Invalid)
	wantCode(t, "no time", l.Erase(ctx, one, "court", "order", time.Time{}), registry.Invalid)
	wantCode(t, "none on no authority", l.Erase(ctx, nil, "", "order", At), registry.Invalid)
	if got := ReadAll(t, l, 1); len(got) != 1 || got[0].Entry.Erased() {
		t.Error("a refused erasure erased")
	}
	if x, err := l.Erasures(ctx, 0); len(x) != 0 || err != nil {
		t.Errorf("a refused erasure left a tombstone: %v, %v", x, err)
	}
}

// testEraseThenSupersede: that an erased claim superseded another is forgotten with its payload, so the other is current
// again and can be corrected; and an erased claim can be superseded.
func testEraseThenSupersede(t *testing.T, l claimlog.Log) {
	ctx := context.Background()
	a := Claim(t, "first")
	b := Entry(t, claimOf("second, with a person's name", a.ID))
	mustAppend(t, l, a, b)
	if err := l.Erase(ctx, []registry.EntryID{b.ID}, "court", "order", At); err != nil {
		t.Fatal(err)
	}
	c := Entry(t, claimOf("second", a.ID))
	d := Entry(t, claimOf("after the erased", b.ID))
	if n := mustAppend(t, l, c, d); n != 2 {
		t.Errorf("%d added; want 2", n)
	}
	if n := mustAppend(t, l, b); n != 0 {
		t.Errorf("the erased claim came back")
	}
}
