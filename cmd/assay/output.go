package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// write gives do a writer to the file at path, which is replaced whole or not at all; "" or "-" is standard output.
func (c *call) write(path string, do func(io.Writer) error) error {
	if path == "" || path == "-" {
		b := bufio.NewWriterSize(c.stdout, 64<<10)
		if err := do(b); err != nil {
			return err
		}
		return b.Flush()
	}
	bad := func(err error) error {
		if of := (*fs.PathError)(nil); errors.As(err, &of) { // it names a file that nobody asked for
			err = of.Err
		}
		return &registry.Error{Code: registry.Invalid, Message: "cannot write " + path, Err: err, Hint: "check the folder and the disk; what was there is unchanged"}
	}
	mode := os.FileMode(0o600) // what is written may be of a confidential draft, or be a proof that is a secret
	if info, err := os.Stat(path); err == nil {
		if info.IsDir() {
			return usagef("name a file", "%s is a folder", path)
		}
		if !info.Mode().IsRegular() { // a pipe or a device cannot be replaced
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				return bad(err)
			}
			defer f.Close()
			return do(f)
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(path), durable.TempPrefix+"*")
	if err != nil {
		return bad(err)
	}
	defer os.Remove(f.Name()) // fails once renamed, as it should
	b := bufio.NewWriterSize(f, 64<<10)
	if err := do(b); err != nil {
		f.Close()
		return err
	}
	if err := b.Flush(); err != nil {
		f.Close()
		return bad(err)
	}
	if err := f.Chmod(mode); err != nil {
		f.Close()
		return bad(err)
	}
	if err := durable.CloseSynced(f); err != nil {
		return bad(err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return bad(err)
	}
	return nil
}
