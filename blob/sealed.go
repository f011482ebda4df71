package blob

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// Sealer encrypts what is kept, and names it so that nobody else can tell what is there. *seal.Keys is one.
type Sealer interface {
	Name(hash string) string // 64 digits, as a hash
	Seal(context string, data []byte) ([]byte, error)
	Unseal(context string, sealed []byte) ([]byte, error)
}

// Sealed is a Store of encrypted files. A blob's file has a name that only the keys make from its hash, or whoever holds a known text could look whether
// it is here; its content is the hash and the bytes, sealed for this name.
type Sealed struct {
	files *Files
	keys  Sealer
}

var _ Store = (*Sealed)(nil)

// NewSealed keeps encrypted blobs among files.
func NewSealed(files *Files, keys Sealer) *Sealed { return &Sealed{files, keys} }

const sealedContext = "blob "

// Put implements Store.
func (s *Sealed) Put(data []byte) (string, error) {
	hash := Hash(data)
	name := s.keys.Name(hash)
	if old, err := s.read(name); err == nil && old.hash == hash {
		return hash, s.files.named(name, nil)
	}
	sum := sha256.Sum256(data)
	sealed, err := s.keys.Seal(sealedContext+name, append(sum[:], data...))
	if err != nil {
		return "", err
	}
	return hash, s.files.keep(name, sealed)
}

// keep puts bytes under a name.
func (s *Files) keep(name string, data []byte) error {
	f, err := os.CreateTemp(s.dir, durable.TempPrefix+"*")
	if err != nil {
		return ioError(s.dir, err)
	}
	defer os.Remove(f.Name()) // fails once renamed, as it should
	if _, err := f.Write(data); err != nil {
		f.Close()
		return ioError(s.dir, err)
	}
	if err := durable.CloseSynced(f); err != nil {
		return ioError(s.dir, err)
	}
	if err := durable.MakeDir(filepath.Join(s.dir, name[:2])); err != nil {
		return ioError(s.dir, err)
	}
	return s.named(name, os.Rename(f.Name(), s.path(name)))
}

// PutReader implements Store. The bytes are in memory until they are sealed, for a temporary file would hold them in clear.
func (s *Sealed) PutReader(r io.Reader, limit int64) (string, int64, error) {
	data, err := io.ReadAll(io.LimitReader(r, limit))
	if err != nil {
		return "", 0, err
	}
	if int64(len(data)) == limit && moreIn(r) {
		return "", 0, tooLarge(limit)
	}
	hash, err := s.Put(data)
	return hash, int64(len(data)), err
}

// opened is a file that was unsealed.
type opened struct {
	hash string
	data []byte
}

var errDamaged = errors.New("damaged")

// read unseals the file of a name. errDamaged where it does not fit.
func (s *Sealed) read(name string) (opened, error) {
	b, err := os.ReadFile(s.files.path(name))
	if err != nil {
		return opened{}, err
	}
	if b, err = s.keys.Unseal(sealedContext+name, b); err != nil || len(b) < sha256.Size {
		return opened{}, errDamaged
	}
	o := opened{hex.EncodeToString(b[:sha256.Size]), b[sha256.Size:]}
	if Hash(o.data) != o.hash {
		return opened{}, errDamaged
	}
	return o, nil
}

// Check opens the file of a name, as Files.Walk gives it. One that does not open is registry.Unreadable, one that is not there fs.ErrNotExist.
func (s *Sealed) Check(name string) error {
	_, err := s.read(name)
	if errors.Is(err, errDamaged) {
		return registry.Errorf(registry.Unreadable, "the file %s is damaged: it does not open", s.files.path(name)).WithHint("restore it from an older backup, or import the original again")
	}
	return err
}

// Get implements Store.
func (s *Sealed) Get(hash string) ([]byte, error) {
	if err := CheckHash(hash); err != nil {
		return nil, err
	}
	name := s.keys.Name(hash)
	o, err := s.read(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, notFound(hash)
	case errors.Is(err, errDamaged) || err == nil && o.hash != hash:
		return nil, registry.Errorf(registry.Unreadable, "the blob %s is damaged: its file does not open", hash).
			WithHint("import the original file again, or restore %s from a backup", s.files.path(name))
	case err != nil:
		return nil, ioError(s.files.path(name), err)
	}
	return o.data, nil
}

// Has implements Store.
func (s *Sealed) Has(hash string) (bool, error) {
	if err := CheckHash(hash); err != nil {
		return false, err
	}
	return s.files.Has(s.keys.Name(hash))
}

// Walk implements Store. It reads every file, for only the content tells the hash; one that does not open is registry.Unreadable. The order is that of
// hashes.
func (s *Sealed) Walk(do func(hash string, size int64) error) error {
	sizes := map[string]int64{}
	if err := s.files.Walk(func(name string, _ int64) error {
		o, err := s.read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist): // removed meanwhile
			return nil
		case errors.Is(err, errDamaged):
			return s.Check(name)
		case err != nil:
			return ioError(s.files.path(name), err)
		}
		sizes[o.hash] = int64(len(o.data))
		return nil
	}); err != nil {
		return err
	}
	for _, hash := range slices.Sorted(maps.Keys(sizes)) {
		if err := do(hash, sizes[hash]); err != nil {
			return err
		}
	}
	return nil
}

// Remove implements Store.
func (s *Sealed) Remove(hash string) error {
	if err := CheckHash(hash); err != nil {
		return err
	}
	return s.files.Remove(s.keys.Name(hash))
}
