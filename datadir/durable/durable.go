// Package durable writes files so that they survive: whole or not at all, and there after a power cut once a call returned.
package durable

import (
	"os"
	"path/filepath"
	"strings"
)

// WriteFile puts data at path for its owner alone (a registry may hold confidential texts): into a temporary file beside it,
// to the disk, then by rename. Whoever reads path meets the old bytes or the new ones, never a part.
func WriteFile(path string, data []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, TempPrefix+"*") // made with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once renamed, as it should
	if _, err = f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err = CloseSynced(f); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return SyncDir(dir)
}

// TempPrefix begins the names of files that are being written; one that stays behind is of a process that died.
const TempPrefix = ".writing-"

// IsTemp says whether a name is of a file that is, or was, being written.
func IsTemp(name string) bool { return strings.HasPrefix(name, TempPrefix) }

// CloseSynced brings a file's bytes to the disk and closes it.
func CloseSynced(f *os.File) error {
	err := f.Sync()
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// MakeDir makes a folder for its owner alone where it is missing, and its name durable. Its parent must exist.
func MakeDir(path string) error {
	err := os.Mkdir(path, 0o700)
	if os.IsExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}
