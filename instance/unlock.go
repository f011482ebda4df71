package instance

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

// Encrypted says whether the data directory at path is.
func Encrypted(path string) bool {
	_, err := os.Stat(filepath.Join(path, seal.FileName))
	return err == nil
}

// Keys opens the keys of the data directory at path, nil where it is not encrypted. A passphrase that is missing or wrong is registry.Invalid.
func Keys(path string, opt Options) (*seal.Keys, error) {
	path = filepath.Join(path, seal.FileName)
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if opt.Passphrase == nil {
		return nil, registry.Errorf(registry.Invalid, "%s: the directory is encrypted, and there is no passphrase", filepath.Dir(path)).
			WithHint("--passphrase-file FILE, or ASSAY_PASSPHRASE_FILE=FILE in the environment, or type it on the terminal")
	}
	p, err := opt.Passphrase()
	if err != nil {
		return nil, err
	}
	return seal.Open(path, p)
}

// unlock opens the keys, where there are some, and gives the name of the VFS for databases. An encrypted directory keeps no projection: it is in memory.
func (in *Instance) unlock(opt Options) (vfs string, err error) {
	if in.keys, err = Keys(in.dir.Path(), opt); err != nil {
		return "", err
	}
	return in.keys.VFS()
}

// sealed puts the keys before the blobs.
func (in *Instance) sealed(b *blob.Files) blob.Store {
	if in.keys == nil {
		return b
	}
	return blob.NewSealed(b, in.keys)
}

// writeSmall writes a small file of the directory, sealed where it is encrypted.
func (in *Instance) writeSmall(name string, data []byte) error {
	if in.keys != nil {
		var err error
		if data, err = in.keys.Seal(name, data); err != nil {
			return err
		}
	}
	return durable.WriteFile(filepath.Join(in.dir.Path(), name), data)
}

// readSmall reads what writeSmall wrote. An empty file is empty.
func (in *Instance) readSmall(name string) ([]byte, error) {
	b, err := os.ReadFile(filepath.Join(in.dir.Path(), name))
	if err == nil && in.keys != nil && len(b) > 0 {
		b, err = in.keys.Unseal(name, b)
	}
	return b, err
}

// inMemory says whether projections live in the process only.
func (in *Instance) inMemory() bool { return in.dir == nil || in.keys != nil }
