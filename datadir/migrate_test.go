package datadir_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog/logtest"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/registry"
)

// fixture copies a directory of an older format, as the program of that time left it.
func fixture(t *testing.T, version string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(path, os.DirFS(filepath.Join("testdata", version))); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestMigrateV1 opens a directory of format 1 and finds in it what was there: the entries, one of them erased, and the blob.
func TestMigrateV1(t *testing.T) {
	path := fixture(t, "v1")
	if _, err := datadir.OpenReadOnly(path); registry.CodeOf(err) != registry.Unsupported || registry.HintOf(err) == "" {
		t.Errorf("reading an older format: %v", err)
	}
	d := open(t, path)
	if b, _ := os.ReadFile(filepath.Join(path, "FORMAT")); string(b) != "Assay data directory, format 2\n" {
		t.Errorf("FORMAT is %q", b)
	}
	if _, err := os.Stat(d.ProjectionPath()); err != nil {
		t.Error(err)
	}
	log, err := sqlite.Open(context.Background(), d.LogPath())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if err := log.Check(context.Background()); err != nil {
		t.Error(err)
	}
	got := logtest.ReadAll(t, log, 10)
	if len(got) != 6 || got[0].Entry.Claim.Value.Raw != "fixture 1 of 4" || !got[2].Entry.Erased() || got[5].Batch != 2 || !got[5].Entry.Verify() {
		t.Errorf("the log holds %+v", got)
	}
	blobs, err := blob.Open(d.BlobPath())
	if err != nil {
		t.Fatal(err)
	}
	if b, err := blobs.Get(blob.Hash([]byte("a blob of format 1\n"))); err != nil || string(b) != "a blob of format 1\n" {
		t.Errorf("the blob is %q, %v", b, err)
	}
	r, err := datadir.OpenReadOnly(path)
	if err != nil {
		t.Errorf("reading after the migration: %v", err)
	} else {
		r.Close()
	}
}

// TestMigrateAlone: a directory is not changed under those who read it.
func TestMigrateAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data")
	open(t, path).Close()
	r, err := datadir.OpenReadOnly(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(path, "FORMAT"), []byte("Assay data directory, format 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := datadir.Open(path); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("migrating under a reader: %v", err)
	}
	r.Close()
	open(t, path)
}

// TestMigrateAgain: a process that died in a migration, at any point, leaves what the next one completes.
func TestMigrateAgain(t *testing.T) {
	for name, die := range map[string]func(path string){
		"before the first step":     func(string) {},
		"after the folder was made": func(p string) { os.Mkdir(filepath.Join(p, "projection"), 0o700) },
		"while FORMAT was written": func(p string) {
			os.Mkdir(filepath.Join(p, "projection"), 0o700)
			os.WriteFile(filepath.Join(p, ".writing-1"), []byte("Assay"), 0o600)
		},
	} {
		path := fixture(t, "v1")
		die(path)
		open(t, path).Close()
		r, err := datadir.OpenReadOnly(path)
		if err != nil {
			t.Errorf("died %s: %v", name, err)
			continue
		}
		r.Close()
		if _, err := os.Stat(filepath.Join(path, ".writing-1")); err == nil {
			t.Errorf("died %s: the half-written file is still there", name)
		}
	}
}
