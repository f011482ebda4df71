package sqlite_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/registry"
)

// TestEraseLeavesNothing looks for the bytes of erased payloads in all files of the log: after each erasure while the
// log is open, and after it is closed. Payloads are of all sizes, so that pages split and rows move, and a reader is at work.
func TestEraseLeavesNothing(t *testing.T) {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(7, 7))
	path := filepath.Join(t.TempDir(), "log.db")
	l := open(t, path)
	mark := func(i int) string { return fmt.Sprintf("MARK%05d", i) }
	var all []registry.Entry
	for range 40 {
		var batch []registry.Entry
		for range 1 + r.IntN(40) {
			batch = append(batch, logtest.Claim(t, mark(len(all)+len(batch))+strings.Repeat(" "+mark(len(all)+len(batch)), int(r.ExpFloat64()*40))))
		}
		if _, _, err := l.Append(ctx, batch); err != nil {
			t.Fatal(err)
		}
		all = append(all, batch...)
	}
	if n := remains(t, path, mark(3)); n == 0 {
		t.Fatal("the mark of a living payload is not found: the test tests nothing")
	}
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			default:
				l.Read(ctx, 0, 100)
			}
		}
	}()
	erased := map[int]bool{}
	for range 60 {
		var ids []registry.EntryID
		var now []int
		for range 1 + r.IntN(5) {
			i := r.IntN(len(all))
			ids, now, erased[i] = append(ids, all[i].ID), append(now, i), true
		}
		if err := l.Erase(ctx, ids, "court", "order", logtest.At); err != nil {
			t.Fatal(err)
		}
		for _, i := range now {
			if n := remains(t, path, mark(i)); n > 0 {
				t.Errorf("%s is found %d times after its erasure", mark(i), n)
			}
		}
	}
	close(stop)
	l.Close()
	for i := range erased {
		if n := remains(t, path, mark(i)); n > 0 {
			t.Errorf("%s is found %d times in the closed log", mark(i), n)
		}
	}
	l = open(t, path)
	if err := l.Check(ctx); err != nil {
		t.Error(err)
	}
	for i, g := range logtest.ReadAll(t, l, 1000) {
		if g.Entry.Erased() != erased[i] || !g.Entry.Erased() && g.Entry.Claim.Value.Raw != all[i].Claim.Value.Raw {
			t.Errorf("entry %d: erased %v; want %v", i, g.Entry.Erased(), erased[i])
		}
	}
}

// remains counts the mark in the log's file and side files.
func remains(t *testing.T, path, mark string) (n int) {
	t.Helper()
	files, err := filepath.Glob(path + "*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no files: %v", err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		n += bytes.Count(b, []byte(mark))
	}
	return n
}

func TestReadOnly(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "log.db")
	w := open(t, path)
	fill(t, w, 2)
	r, err := sqlite.OpenReadOnly(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	fill(t, w, 4) // the reader beside the writer sees what is added
	if p, err := r.Last(ctx); p != 28 || err != nil {
		t.Errorf("Last = %d, %v; want 28", p, err)
	}
	if _, _, err := r.Append(ctx, nil); registry.CodeOf(err) != registry.Unsupported {
		t.Errorf("Append: %v", err)
	}
	if err := r.Erase(ctx, nil, "a", "g", logtest.At); registry.CodeOf(err) != registry.Unsupported {
		t.Errorf("Erase: %v", err)
	}
	w.Close() // also after the writer has gone
	if got := logtest.ReadAll(t, r, 100); len(got) != 28 {
		t.Errorf("%d entries", len(got))
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the log may be read by others: %v, %v", info.Mode(), err)
	}
}
