package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/seal"
)

func TestContract(t *testing.T) {
	logtest.Run(t, func(t *testing.T) claimlog.Log { return open(t, filepath.Join(t.TempDir(), "log.db")) })
}

// TestContractSealed is the same suite on a log that is encrypted below SQLite.
func TestContractSealed(t *testing.T) {
	keys, err := seal.Create(filepath.Join(t.TempDir(), "KEYS"), []byte("five words of no sense"), seal.Cost{Time: 1, Memory: 64, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	vfs, err := keys.VFS()
	if err != nil {
		t.Fatal(err)
	}
	logtest.Run(t, func(t *testing.T) claimlog.Log {
		l, err := sqlite.OpenVFS(context.Background(), filepath.Join(t.TempDir(), "log.db"), vfs)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		return l
	})
}

func open(t *testing.T, path string) *sqlite.Log {
	t.Helper()
	l, err := sqlite.Open(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}
