package blob

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// Files is a Store of files: the blob abcd… is the file ab/cd… of the folder.
type Files struct{ dir string }

var _ Store = (*Files)(nil)

// Open opens the blobs in dir, which is made where it is missing, and removes what a process that died was writing. Only the
// process that holds the data directory's lock may call it; those that read only call OpenReadOnly.
func Open(dir string) (*Files, error) {
	if err := durable.MakeDir(dir); err != nil {
		return nil, ioError(dir, err)
	}
	names, err := os.ReadDir(dir)
	if err != nil {
		return nil, ioError(dir, err)
	}
	for _, n := range names {
		if durable.IsTemp(n.Name()) {
			if err := os.Remove(filepath.Join(dir, n.Name())); err != nil {
				return nil, ioError(dir, err)
			}
		}
	}
	return OpenReadOnly(dir)
}

// OpenReadOnly opens the blobs in dir for reading and touches nothing.
func OpenReadOnly(dir string) (*Files, error) {
	info, err := os.Stat(dir)
	if err == nil && !info.IsDir() {
		err = errors.New("it is not a folder")
	}
	if err != nil {
		return nil, ioError(dir, err)
	}
	return &Files{dir}, nil
}

// Dir is the folder.
func (s *Files) Dir() string { return s.dir }

// path is a checked hash's file.
func (s *Files) path(hash string) string { return filepath.Join(s.dir, hash[:2], hash[2:]) }

// Put implements Store.
func (s *Files) Put(data []byte) (string, error) {
	hash, _, err := s.PutReader(bytes.NewReader(data), int64(len(data)))
	return hash, err
}

// PutReader implements Store.
func (s *Files) PutReader(r io.Reader, limit int64) (string, int64, error) {
	f, err := os.CreateTemp(s.dir, durable.TempPrefix+"*") // on the same disk, or it could not be renamed
	if err != nil {
		return "", 0, ioError(s.dir, err)
	}
	defer os.Remove(f.Name()) // fails once renamed, as it should
	h := sha256.New()
	in := &keepError{r: io.LimitReader(r, limit)}
	n, err := io.Copy(io.MultiWriter(f, h), in)
	if err == nil && n == limit && moreIn(r) {
		err = tooLarge(limit)
	}
	if err != nil {
		f.Close()
		if in.err == nil && registry.CodeOf(err) == registry.Internal { // not the reader's: the disk's
			err = ioError(s.dir, err)
		}
		return "", 0, err
	}
	hash := hex.EncodeToString(h.Sum(nil))
	if whole(s.path(hash), hash) {
		f.Close()
		return hash, n, s.named(hash, nil)
	}
	if err := durable.CloseSynced(f); err != nil {
		return "", 0, ioError(s.dir, err)
	}
	if err := durable.MakeDir(filepath.Join(s.dir, hash[:2])); err != nil {
		return "", 0, ioError(s.dir, err)
	}
	return hash, n, s.named(hash, os.Rename(f.Name(), s.path(hash)))
}

// named makes the name of a blob durable, also one that another goroutine has just given it.
func (s *Files) named(hash string, err error) error {
	if err == nil {
		err = durable.SyncDir(filepath.Join(s.dir, hash[:2]))
	}
	if err == nil {
		err = durable.SyncDir(s.dir)
	}
	return ioError(s.path(hash), err)
}

// whole says whether the file is there and undamaged; a damaged one is written anew.
func whole(path, hash string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return err == nil && hex.EncodeToString(h.Sum(nil)) == hash
}

// Get implements Store.
func (s *Files) Get(hash string) ([]byte, error) {
	if err := CheckHash(hash); err != nil {
		return nil, err
	}
	data, err := os.ReadFile(s.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, notFound(hash)
	}
	if err != nil {
		return nil, ioError(s.path(hash), err)
	}
	if Hash(data) != hash {
		return nil, registry.Errorf(registry.Unreadable, "the blob %s is damaged: its %d bytes have another hash", hash, len(data)).
			WithHint("import the original file again, or restore %s from a backup", s.path(hash))
	}
	return data, nil
}

// Has implements Store.
func (s *Files) Has(hash string) (bool, error) {
	if err := CheckHash(hash); err != nil {
		return false, err
	}
	info, err := os.Stat(s.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil && info.Mode().IsRegular(), ioError(s.path(hash), err)
}

// Walk implements Store. Files that are no blobs are passed over.
func (s *Files) Walk(do func(hash string, size int64) error) error {
	folders, err := os.ReadDir(s.dir) // sorted
	if err != nil {
		return ioError(s.dir, err)
	}
	for _, d := range folders {
		if !d.IsDir() || len(d.Name()) != 2 {
			continue
		}
		files, err := os.ReadDir(filepath.Join(s.dir, d.Name()))
		if err != nil {
			return ioError(s.dir, err)
		}
		for _, f := range files {
			hash := d.Name() + f.Name()
			if !f.Type().IsRegular() || CheckHash(hash) != nil {
				continue
			}
			info, err := f.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue // removed meanwhile
			}
			if err != nil {
				return ioError(s.dir, err)
			}
			if err := do(hash, info.Size()); err != nil {
				return err
			}
		}
	}
	return nil
}

// Remove implements Store.
func (s *Files) Remove(hash string) error {
	if err := CheckHash(hash); err != nil {
		return err
	}
	err := os.Remove(s.path(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = durable.SyncDir(filepath.Dir(s.path(hash)))
	}
	return ioError(s.path(hash), err)
}

// keepError remembers an error of a reader, to tell it from one of the disk.
type keepError struct {
	r   io.Reader
	err error
}

func (k *keepError) Read(p []byte) (int, error) {
	n, err := k.r.Read(p)
	if err != nil && err != io.EOF {
		k.err = err
	}
	return n, err
}

// moreIn says whether r has another byte.
func moreIn(r io.Reader) bool {
	n, _ := io.ReadFull(r, make([]byte, 1))
	return n == 1
}

// ioError gives an error of the file system a code and a hint; nil stays nil.
func ioError(path string, err error) error {
	if err == nil {
		return nil
	}
	return &registry.Error{Code: registry.Unreadable, Message: fmt.Sprintf("the blobs at %s", path), Err: err,
		Hint: "check that the disk has room and that the folder belongs to who runs assay"}
}
