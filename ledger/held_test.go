package ledger_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/tiles"
	"github.com/openassay/assay/registry"
)

// A tree in memory is the tree that Tessera grows on a disk, byte for byte: checkpoint, tiles, entries, proofs.
func TestHeldIsTheSameTree(t *testing.T) {
	s := newShelf(t, nil)
	h := tiles.Hold(func(from int64) ([][]byte, error) { return s.Leaves(t.Context(), from, 100) })
	n := 0
	for _, to := range []int{1, 2, 255, 256, 257, 700} {
		var more []*ledger.Leaf
		for ; n < to; n++ {
			more = append(more, fileLeaf(t, fmt.Sprint("file ", n)))
		}
		s.enter(t, more...)
		if err := s.grow(t); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Grow(); err != nil {
			t.Fatal(err)
		}
		cp, size, err := h.Sign(s.Key())
		if err != nil || size != uint64(to) {
			t.Fatal(size, err)
		}
		held, err := h.Tree(cp, s.VKey())
		if err != nil {
			t.Fatal(err)
		}
		onDisk, err := tiles.Open(s.dir, s.VKey())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(held.Root, onDisk.Root) || !bytes.Equal(cp, onDisk.Checkpoint) {
			t.Fatalf("%d leaves: another checkpoint:\n%s\n%s", to, cp, onDisk.Checkpoint)
		}
		for _, i := range []int{0, to / 2, to - 1} {
			leaf, _ := s.Leaves(t.Context(), int64(i), 1)
			a, err := held.Proof(t.Context(), uint64(i), leaf[0])
			b, err2 := onDisk.Proof(t.Context(), uint64(i), leaf[0])
			if err != nil || err2 != nil || fmt.Sprint(a) != fmt.Sprint(b) {
				t.Errorf("%d of %d: another proof, %v %v", i, to, err, err2)
			}
		}
		if to == 700 {
			a, err := held.Consistency(t.Context(), 257)
			b, err2 := onDisk.Consistency(t.Context(), 257)
			if err != nil || err2 != nil || fmt.Sprint(a) != fmt.Sprint(b) {
				t.Errorf("another proof of consistency, %v %v", err, err2)
			}
		}
		files := 0
		err = filepath.WalkDir(s.dir, func(p string, d fs.DirEntry, err error) error {
			name, _ := filepath.Rel(s.dir, p)
			name = filepath.ToSlash(name)
			if err != nil || d.IsDir() || !strings.HasPrefix(name, "tile/") {
				return err
			}
			want, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			files++
			got, err := h.File(held, name)
			if err != nil || !bytes.Equal(got, want) {
				t.Errorf("%s of %d leaves: %d bytes, want %d, %v", name, to, len(got), len(want), err)
			}
			return nil
		})
		if err != nil || files < 2 {
			t.Errorf("%d files compared, %v", files, err)
		}
		for _, name := range []string{"", "../book.db", "tile/0/x001/000", "tile/0/999", "tile/9/000", "tile/63/000", "tile/entries/003", "tile/entries/x999/x999/x999/x999/999", "tile/0/002.p/255", "checkpoint/x"} {
			if _, err := h.File(held, name); registry.CodeOf(err) != registry.NotFound {
				t.Errorf("%q: %v", name, err)
			}
		}
	}
	if b, err := h.File(must(h.Tree(signed(t, h, s.Key()), s.VKey())), "checkpoint"); err != nil || !bytes.Contains(b, []byte("\n700\n")) {
		t.Errorf("%s %v", b, err)
	}
	few := tiles.Hold(func(from int64) ([][]byte, error) {
		if from > 0 {
			return nil, nil
		}
		return s.Leaves(t.Context(), 0, 10)
	})
	if _, err := few.Tree(signed(t, h, s.Key()), s.VKey()); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("a book that is older than what was published: %v", err)
	}
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

func signed(t *testing.T, h *tiles.Held, key string) []byte {
	t.Helper()
	cp, _, err := h.Sign(key)
	if err != nil {
		t.Fatal(err)
	}
	return cp
}

// Witnesses cosign a tree in memory as they do one on a disk, also where they have seen another size than was thought; never a second one.
func TestHeldIsWitnessed(t *testing.T) {
	var policy string
	s := newShelf(t, func(vkey string) []byte {
		policy = witnesses(t, vkey, 3, 2)
		return []byte(policy)
	})
	all := func(from int64) ([][]byte, error) { return s.Leaves(t.Context(), from, 100) }
	h := tiles.Hold(all)
	publish := func(h *tiles.Held, from uint64) ([]byte, error) {
		t.Helper()
		if _, err := h.Grow(); err != nil {
			t.Fatal(err)
		}
		cp, size, err := h.Sign(s.Key())
		if err != nil {
			t.Fatal(err)
		}
		return h.Cosign(t.Context(), cp, size, from, []byte(policy), 2*time.Second)
	}
	for i, from := range []uint64{0, 1, 0, 4} { // the third has forgotten what was published, the last has nothing new
		if i < 3 {
			s.enter(t, fileLeaf(t, fmt.Sprint("file ", i)))
		} else {
			from = 3
		}
		cp, err := publish(h, from)
		if err != nil {
			t.Fatal(i, err)
		}
		tree, err := h.Tree(cp, s.VKey())
		if err != nil {
			t.Fatal(err)
		}
		n := int64(min(i, 2))
		leaf, _ := s.Leaves(t.Context(), n, 1)
		hashes, err := tree.Proof(t.Context(), uint64(n), leaf[0])
		if err != nil {
			t.Fatal(err)
		}
		v, err := ledger.Verify(policyOf(t, policy), ledger.Receipt{{Leaf: leaf[0], Index: uint64(n), Hashes: hashes, Checkpoint: cp}}, []byte(fmt.Sprint("file ", n)))
		if err != nil || len(v.Seen) < 2 {
			t.Errorf("%d: %+v %v", i, v, err)
		}
	}
	other := [][]byte{fileLeaf(t, "file 0").Bytes(), fileLeaf(t, "back-dated").Bytes(), fileLeaf(t, "file 2").Bytes(), fileLeaf(t, "more").Bytes()}
	if _, err := publish(tiles.Hold(func(from int64) ([][]byte, error) { return other[min(int(from), 4):], nil }), 3); err == nil {
		t.Error("witnesses cosigned a second ledger")
	}
	if _, err := publish(tiles.Hold(func(from int64) ([][]byte, error) { return other[min(int(from), 2):2], nil }), 0); err == nil {
		t.Error("witnesses cosigned a ledger that was cut off")
	}
}

func BenchmarkHold(b *testing.B) {
	leaf := bytes.Repeat([]byte("x"), 150)
	many := make([][]byte, 5000)
	for i := range many {
		many[i] = leaf
	}
	for b.Loop() {
		h := tiles.Hold(func(from int64) ([][]byte, error) {
			if from >= 1_000_000 {
				return nil, nil
			}
			return many, nil
		})
		if n, err := h.Grow(); err != nil || n != 1_000_000 {
			b.Fatal(n, err)
		}
	}
}
