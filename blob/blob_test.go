package blob_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/registry"
)

// TestContract holds all stores against what Store promises.
func TestContract(t *testing.T) {
	for name, open := range map[string]func(t *testing.T) blob.Store{
		"Memory": func(*testing.T) blob.Store { return blob.NewMemory() },
		"Files": func(t *testing.T) blob.Store {
			s, err := blob.Open(filepath.Join(t.TempDir(), "blobs"))
			if err != nil {
				t.Fatal(err)
			}
			return s
		},
		"Sealed": func(t *testing.T) blob.Store { s, _ := sealed(t); return s },
	} {
		t.Run(name, func(t *testing.T) {
			t.Run("RoundTrip", func(t *testing.T) { testRoundTrip(t, open(t)) })
			t.Run("Limit", func(t *testing.T) { testLimit(t, open(t)) })
			t.Run("Hostile", func(t *testing.T) { testHostile(t, open(t)) })
			t.Run("Concurrent", func(t *testing.T) { testConcurrent(t, open(t)) })
		})
	}
}

func testRoundTrip(t *testing.T, s blob.Store) {
	big := bytes.Repeat([]byte("0123456789abcdef"), 1<<16)
	var want []string
	for _, data := range [][]byte{{}, {0}, []byte("cobalt"), []byte("钴\r\n"), big} {
		hash, err := s.Put(data)
		if err != nil || hash != blob.Hash(data) {
			t.Fatalf("Put = %s, %v", hash, err)
		}
		again, n, err := s.PutReader(iotest.OneByteReader(bytes.NewReader(data)), 1<<20)
		if err != nil || again != hash || n != int64(len(data)) {
			t.Errorf("PutReader = %s, %d, %v", again, n, err)
		}
		got, err := s.Get(hash)
		if err != nil || !bytes.Equal(got, data) || got == nil {
			t.Errorf("Get gives %d bytes, %v; want %d", len(got), err, len(data))
		}
		if len(got) > 0 { // what is given out is the caller's
			got[0]++
			if again, err := s.Get(hash); err != nil || !bytes.Equal(again, data) {
				t.Errorf("the store gave out its own bytes")
			}
		}
		if ok, err := s.Has(hash); !ok || err != nil {
			t.Errorf("Has = %v, %v", ok, err)
		}
		want = append(want, fmt.Sprintf("%s %d", hash, len(data)))
	}
	slices.Sort(want)
	if got := walk(t, s); !slices.Equal(got, want) {
		t.Errorf("Walk gives %v; want %v", got, want)
	}
	stop := errors.New("enough")
	if err := s.Walk(func(string, int64) error { return stop }); err != stop {
		t.Errorf("Walk = %v; want the error of its caller", err)
	}
	hash, _, _ := strings.Cut(want[0], " ")
	for range 2 {
		if err := s.Remove(hash); err != nil {
			t.Errorf("Remove: %v", err)
		}
	}
	if _, err := s.Get(hash); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("Get of what was removed: %v", err)
	}
	if ok, err := s.Has(hash); ok || err != nil {
		t.Errorf("Has of what was removed = %v, %v", ok, err)
	}
	if got := walk(t, s); !slices.Equal(got, want[1:]) {
		t.Errorf("Walk gives %v; want %v", got, want[1:])
	}
}

func testLimit(t *testing.T, s blob.Store) {
	for _, c := range []struct {
		size int
		ok   bool
	}{{0, true}, {9, true}, {10, true}, {11, false}, {100_000, false}} {
		_, n, err := s.PutReader(strings.NewReader(strings.Repeat("x", c.size)), 10)
		if c.ok && (err != nil || n != int64(c.size)) || !c.ok && registry.CodeOf(err) != registry.Invalid {
			t.Errorf("%d bytes with limit 10: %d, %v", c.size, n, err)
		}
	}
	broken := errors.New("the line broke")
	if _, _, err := s.PutReader(io.MultiReader(strings.NewReader("begun"), iotest.ErrReader(broken)), 100); !errors.Is(err, broken) {
		t.Errorf("a broken reader: %v", err)
	}
	if got := walk(t, s); len(got) != 3 {
		t.Errorf("the store holds %v; want the three that fitted", got)
	}
}

func testHostile(t *testing.T, s blob.Store) {
	good, err := s.Put([]byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range []string{"", "x", "..", "../../../../etc/passwd", strings.ToUpper(good), good + "0", good[:63], good[:62] + "/0", good[:2] + "/" + good[3:],
		good[:63] + "\x00", strings.Repeat("é", 32), "../" + good[3:], good[:60] + "/../", strings.Repeat("g", 64)} {
		_, err := s.Get(h)
		_, err2 := s.Has(h)
		for _, err := range []error{err, err2, s.Remove(h)} {
			if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
				t.Errorf("hash %q: %v", h, err)
			}
		}
	}
	if _, err := s.Get(blob.Hash([]byte("never put"))); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("a hash of nothing: %v", err)
	}
}

func testConcurrent(t *testing.T, s blob.Store) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for i := range 30 {
				data := []byte(strings.Repeat(fmt.Sprint(i), 1000))
				hash, err := s.Put(data)
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := s.Get(hash); err != nil || !bytes.Equal(got, data) {
					t.Errorf("Get: %v", err)
				}
			}
		})
	}
	all.Wait()
	if got := walk(t, s); len(got) != 30 {
		t.Errorf("%d blobs; want 30", len(got))
	}
}

func walk(t *testing.T, s blob.Store) (out []string) {
	t.Helper()
	if err := s.Walk(func(hash string, size int64) error { out = append(out, fmt.Sprintf("%s %d", hash, size)); return nil }); err != nil {
		t.Fatal(err)
	}
	return out
}

func FuzzHash(f *testing.F) {
	for _, s := range []string{"", "..", "../../x", strings.Repeat("a", 64), strings.Repeat("A", 64)} {
		f.Add(s)
	}
	dir := f.TempDir()
	s, err := blob.Open(dir)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, hash string) {
		_, err := s.Get(hash)
		want := registry.Invalid
		if len(hash) == 64 && strings.Trim(hash, "0123456789abcdef") == "" {
			want = registry.NotFound
		}
		if registry.CodeOf(err) != want {
			t.Errorf("Get(%q): %v", hash, err)
		}
	})
}
