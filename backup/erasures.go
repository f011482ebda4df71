package backup

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/instance"
)

// newerErasures gathers the tombstones of newer generations and of the directory that is to be replaced. why says what could not be read:
// a directory is restored because it is damaged, so that is no error, but it must be said.
func newerErasures(ctx context.Context, p *place, t target, generation string, passphrase func() ([]byte, error)) (all []claimlog.Erasure, why []string, err error) {
	logs := []string{}
	complete, _, err := t.names()
	if err != nil {
		return nil, nil, err
	}
	if p.there {
		logs = append(logs, filepath.Join(p.path, "log.db"))
	}
	for i := len(complete) - 1; i >= 0 && isNewer(complete[i], generation); i-- {
		logs = append(logs, filepath.Join(t.generation(complete[i]), "log.db"))
	}
	for _, path := range logs {
		es, err := erasuresOf(ctx, path, passphrase)
		if err != nil {
			if ctx.Err() != nil {
				return nil, nil, err
			}
			why = append(why, fmt.Sprintf("what was erased according to %s is not known: %v", path, err))
			continue
		}
		all = append(all, es...)
	}
	return all, why, nil
}

func erasuresOf(ctx context.Context, path string, passphrase func() ([]byte, error)) ([]claimlog.Erasure, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	keys, err := instance.Keys(filepath.Dir(path), instance.Options{Passphrase: passphrase})
	if err != nil {
		return nil, err
	}
	vfs, err := keys.VFS()
	if err != nil {
		return nil, err
	}
	l, err := sqlite.OpenReadOnlyVFS(ctx, path, vfs)
	if err != nil {
		return nil, err
	}
	defer l.Close()
	return l.Erasures(ctx, 0)
}
