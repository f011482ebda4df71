package instance_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// TestDurable: every file that an instance keeps is known to package datadir as durable, and so in every backup, or as disposable. Where this
// fails, add the new file to datadir.Durable.
func TestDurable(t *testing.T) {
	ctx, path := context.Background(), filepath.Join(t.TempDir(), "d")
	in, err := instance.Open(ctx, path, instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	file := filepath.Join(t.TempDir(), "paper.md")
	if err := os.WriteFile(file, []byte("# A paper\n\nCopper.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Import(ctx, registry.Registry, nil, file); err != nil {
		t.Fatal(err)
	}
	if unknown, err := datadir.Unknown(path); err != nil || len(unknown) > 0 {
		t.Errorf("no backup would hold %q, %v", unknown, err)
	}
	for _, f := range datadir.Durable {
		if _, err := os.Stat(filepath.Join(path, f.Name)); f.Always && err != nil {
			t.Errorf("%s is said to be in every directory: %v", f.Name, err)
		}
	}
	if err := os.WriteFile(filepath.Join(path, "new.db"), nil, 0o600); err != nil { // the check can fail
		t.Fatal(err)
	}
	if unknown, err := datadir.Unknown(path); err != nil || len(unknown) != 1 || unknown[0] != "new.db" {
		t.Errorf("a new file is not seen: %q, %v", unknown, err)
	}
}
