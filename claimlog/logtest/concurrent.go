package logtest

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

// testConcurrent: writers add batches, two of them the same ones, while readers follow from the start; every reader
// meets whole batches in growing order, and in the end all of them, each entry once.
func testConcurrent(t *testing.T, l claimlog.Log) {
	const writers, batches, size = 3, 25, 7
	ctx := context.Background()
	var in [writers][batches][]registry.Entry
	want := map[registry.EntryID]bool{}
	for w := range writers {
		for b := range batches {
			in[w][b] = Claims(t, fmt.Sprintf("writer %d batch %d", max(w, 1), b), size) // writers 0 and 1 bring the same
			for _, e := range in[w][b] {
				want[e.ID] = true
			}
		}
	}
	var writing, reading sync.WaitGroup
	total := make(chan int, writers)
	for w := range writers {
		writing.Go(func() {
			n := 0
			for b := range batches {
				added, last, err := l.Append(ctx, in[w][b])
				if err != nil || added != 0 && added != size {
					t.Errorf("writer %d: %d added, %v", w, added, err)
					break
				}
				if now, err := l.Last(ctx); err != nil || now < last {
					t.Errorf("Last = %d, %v after an Append that ended at %d", now, err, last)
				}
				n += added
			}
			total <- n
		})
	}
	for r := range 3 {
		reading.Go(func() {
			var after claimlog.Position
			for seen := 0; seen < len(want) && !t.Failed(); {
				got, err := l.Read(ctx, after, r*10+1)
				if err != nil {
					t.Errorf("reader %d: %v", r, err)
					return
				}
				inBatch := map[int64]int{}
				for _, g := range got {
					if g.Position != after+1 {
						t.Errorf("reader %d meets position %d after %d", r, g.Position, after)
						return
					}
					after = g.Position
					inBatch[g.Batch]++
				}
				for b, n := range inBatch {
					if n != size {
						t.Errorf("reader %d meets %d entries of batch %d", r, n, b)
					}
				}
				seen += len(got)
			}
		})
	}
	writing.Wait()
	sum := 0
	for range writers {
		sum += <-total
	}
	if sum != len(want) {
		t.Errorf("%d added in all; want %d", sum, len(want))
	}
	reading.Wait()
	for _, g := range ReadAll(t, l, 50) {
		if !want[g.Entry.ID] {
			t.Errorf("position %d holds an entry of nobody or one twice", g.Position)
		}
		delete(want, g.Entry.ID)
	}
	if len(want) > 0 {
		t.Errorf("%d entries are missing", len(want))
	}
}

// testTenThousand: a whole registry as one batch, and again.
func testTenThousand(t *testing.T, l claimlog.Log) {
	in := Claims(t, "many", 10_000)
	if n := mustAppend(t, l, in...); n != len(in) {
		t.Errorf("%d added", n)
	}
	if n := mustAppend(t, l, in...); n != 0 {
		t.Errorf("the second time %d added", n)
	}
	got, err := l.Read(context.Background(), 0, 1)
	if err != nil || len(got) != len(in) {
		t.Fatalf("the batch comes back with %d entries, %v", len(got), err)
	}
	for i := range got {
		if got[i].Entry.ID != in[i].ID {
			t.Fatalf("entry %d differs", i)
		}
	}
}
