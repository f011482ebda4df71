package blob_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

func sealed(t *testing.T) (*blob.Sealed, string) {
	t.Helper()
	keys, err := seal.Create(filepath.Join(t.TempDir(), "KEYS"), []byte("five words of no sense"), seal.Cost{Time: 1, Memory: 64, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "blobs")
	files, err := blob.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return blob.NewSealed(files, keys), dir
}

// TestSealedTellsNothing: neither the bytes nor their hash are on the disk, and texts of like lengths look alike.
func TestSealedTellsNothing(t *testing.T) {
	s, dir := sealed(t)
	text := []byte("a confidential draft on cobalt")
	hash, err := s.Put(text)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Put([]byte("x")); err != nil {
		t.Fatal(err)
	}
	sizes := map[int]bool{}
	var file string
	filepath.WalkDir(dir, func(p string, d os.DirEntry, _ error) error {
		b, _ := os.ReadFile(p)
		if bytes.Contains(b, []byte("cobalt")) || strings.Contains(strings.ReplaceAll(p, string(filepath.Separator), ""), hash) {
			t.Errorf("%s tells", p)
		}
		if !d.IsDir() {
			sizes[len(b)] = true
			file = p
		}
		return nil
	})
	if len(sizes) != 1 {
		t.Errorf("lengths %v", sizes)
	}
	b, _ := os.ReadFile(file)
	b[len(b)-1] ^= 1
	if err := os.WriteFile(file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Walk(func(string, int64) error { return nil }); registry.CodeOf(err) != registry.Unreadable {
		t.Errorf("a damaged file: %v", err)
	}
}
