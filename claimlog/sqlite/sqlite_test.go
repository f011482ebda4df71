package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/claimlog/sqlite"
)

func TestContract(t *testing.T) {
	logtest.Run(t, func(t *testing.T) claimlog.Log { return open(t, filepath.Join(t.TempDir(), "log.db")) })
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
