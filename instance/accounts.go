package instance

import (
	"context"
	"path/filepath"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/registry"
)

// Accounts are those who may sign in; nil where the directory is open for reading only, and for a registry in memory.
func (in *Instance) Accounts() *account.Store { return in.users }

func (in *Instance) accountsPath() string { return filepath.Join(in.dir.Path(), account.FileName) }

// OpenAccounts opens the accounts of a data directory alone, beside the process that serves it if there is one. Where the directory is missing or
// empty it is made, as by Open, if so is asked for. Call closeAll afterwards.
func OpenAccounts(ctx context.Context, path string, makeIt bool, opt Options) (s *account.Store, closeAll func() error, err error) {
	d, err := datadir.OpenReadOnly(path)
	if makeIt && registry.CodeOf(err) == registry.NotFound {
		in, err := Open(ctx, path, opt)
		if err != nil {
			return nil, nil, err
		}
		return in.users, in.Close, nil
	}
	if err != nil {
		return nil, nil, err
	}
	var vfs string
	keys, err := Keys(d.Path(), opt)
	if err == nil {
		vfs, err = keys.VFS()
	}
	if err == nil {
		s, err = account.Open(ctx, filepath.Join(d.Path(), account.FileName), account.Options{Now: opt.Now, VFS: vfs})
	}
	if err != nil {
		d.Close()
		return nil, nil, err
	}
	return s, func() error {
		err := s.Close()
		if e := d.Close(); err == nil {
			err = e
		}
		return err
	}, nil
}
