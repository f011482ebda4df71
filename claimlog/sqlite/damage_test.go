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

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/registry"
)

// fill adds batches of 7 entries.
func fill(t *testing.T, l claimlog.Log, batches int) {
	t.Helper()
	for b := range batches {
		if _, _, err := l.Append(context.Background(), logtest.Claims(t, fmt.Sprintf("batch %d %s", b, strings.Repeat("text ", 40)), 7)); err != nil {
			t.Fatal(err)
		}
	}
}

// damagedLog opens the bytes as a log, reads and checks it, and gives the first error.
func damagedLog(t *testing.T, open func(context.Context, string) (*sqlite.Log, error), file, wal []byte) error {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "log.db")
	os.WriteFile(path, file, 0o600)
	if wal != nil {
		os.WriteFile(path+"-wal", wal, 0o600)
	}
	l, err := open(ctx, path)
	if err != nil {
		return err
	}
	defer l.Close()
	for after := claimlog.Position(0); ; {
		got, err := l.Read(ctx, after, 50)
		if err != nil {
			return err
		}
		if len(got) == 0 {
			return l.Check(ctx)
		}
		after = got[len(got)-1].Position
	}
}

// TestTruncated: a file cut at any length, or overwritten, is Unreadable with a hint; never a panic, never an empty log.
func TestTruncated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	l := open(t, path)
	fill(t, l, 40)
	l.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := damagedLog(t, sqlite.Open, whole, nil); err != nil {
		t.Fatalf("the whole file: %v", err)
	}
	cases := map[string][]byte{"empty": {}, "text": []byte("this is no database at all, but long enough to look like one"), "zeros": make([]byte, len(whole)),
		"header only": append(bytes.Clone(whole[:100]), make([]byte, len(whole)-100)...)}
	for _, n := range []int{1, 15, 16, 99, 100, 1000, 4095, 4096, 4097, 8192, len(whole) / 2, len(whole) - 4096, len(whole) - 1} {
		cases[fmt.Sprintf("cut at %d of %d", n, len(whole))] = whole[:n]
	}
	for name, file := range cases {
		for how, open := range openers {
			err := damagedLog(t, open, file, nil)
			if registry.CodeOf(err) != registry.Unreadable || !strings.Contains(registry.HintOf(err), "backup") {
				t.Errorf("%s, %s: code %q, hint %q: %v", name, how, registry.CodeOf(err), registry.HintOf(err), err)
			}
		}
	}
}

// TestFlipped: whatever bytes of the file change, the answer is the whole log or an error that says what to do; an entry that was changed is never shown.
func TestFlipped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	l := open(t, path)
	fill(t, l, 12)
	l.Close()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	found := 0
	for range 150 {
		file := bytes.Clone(whole)
		at := r.IntN(len(file))
		for i := at; i < min(at+1+r.IntN(64), len(file)); i++ {
			file[i] ^= byte(1 + r.IntN(255))
		}
		err := damagedLog(t, sqlite.Open, file, nil)
		if err == nil {
			continue // unused space, or a column that no digest covers
		}
		found++
		if c := registry.CodeOf(err); c != registry.Unreadable && c != registry.Unsupported || registry.HintOf(err) == "" {
			t.Errorf("bytes from %d: code %q, hint %q: %v", at, c, registry.HintOf(err), err)
		}
	}
	if found < 75 {
		t.Errorf("only %d of 150 damages were noticed", found)
	}
	// A payload changed in place, which SQLite itself cannot notice.
	i := bytes.Index(whole, []byte("batch 5 text"))
	file := bytes.Clone(whole)
	file[i] = 'B'
	if err := damagedLog(t, sqlite.Open, file, nil); registry.CodeOf(err) != registry.Unreadable {
		t.Errorf("a changed payload: %v", err)
	}
}

// TestTornWAL: a power cut may leave any beginning of the write-ahead log, and a torn page in it. What is read then is whole batches from the start.
func TestTornWAL(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	l := open(t, path)
	fill(t, l, 10)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wal, err := os.ReadFile(path + "-wal")
	if err != nil || len(wal) == 0 {
		t.Fatalf("no write-ahead log: %v", err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	lengths := map[int]bool{}
	for range 60 {
		torn := bytes.Clone(wal[:r.IntN(len(wal)+1)])
		if len(torn) > 0 && r.IntN(2) == 0 {
			torn[r.IntN(len(torn))] ^= 0x55
		}
		p := filepath.Join(t.TempDir(), "log.db")
		os.WriteFile(p, file, 0o600)
		os.WriteFile(p+"-wal", torn, 0o600)
		l, err := sqlite.Open(context.Background(), p)
		if err != nil {
			t.Fatal(err)
		}
		got := logtest.ReadAll(t, l, 10)
		if len(got)%7 != 0 || len(got) > 0 && got[len(got)-1].Batch != int64(len(got)/7) {
			t.Errorf("%d entries are left, which are not whole batches of 7", len(got))
		}
		if err := l.Check(context.Background()); err != nil {
			t.Error(err)
		}
		l.Close()
		lengths[len(got)] = true
	}
	if len(lengths) < 3 {
		t.Errorf("all cuts left the same: %v", lengths)
	}
}

func TestForeign(t *testing.T) {
	path := filepath.Join(t.TempDir(), "other.db")
	sqlExec(t, path, "CREATE TABLE entry (position INTEGER PRIMARY KEY)")
	for how, open := range openers {
		if _, err := open(context.Background(), path); registry.CodeOf(err) != registry.Unreadable || !strings.Contains(err.Error(), "not a log") {
			t.Errorf("%s of a foreign database: %v", how, err)
		}
		if _, err := open(context.Background(), filepath.Dir(path)); registry.CodeOf(err) != registry.Unreadable {
			t.Errorf("%s of a folder: %v", how, err)
		}
	}
	if _, err := sqlite.OpenReadOnly(context.Background(), path+"x"); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("reading a log that is not there: %v", err)
	}
	if _, err := sqlite.Open(context.Background(), filepath.Join(path, "x", "log.db")); err == nil {
		t.Error("a log in a folder that is not there is made")
	}
}
