// Package seeded gives tests data directories that hold the embedded registry with the public projection already made. Making one takes seconds of
// work, copying one hardly any.
package seeded

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

var (
	folder string // of the one that is copied, while there is one
	made   = sync.OnceValue(build)
)

// build makes the directory that is copied, with the projection of the public.
func build() error {
	var err error
	if folder, err = os.MkdirTemp("", "assay-seeded-"); err != nil {
		return err
	}
	ctx := context.Background()
	in, err := instance.Open(ctx, filepath.Join(folder, "d"), instance.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }})
	if err != nil {
		return err
	}
	if _, err := in.Settled(ctx, registry.Reader()); err != nil {
		in.Close()
		return err
	}
	return in.Close()
}

// Dir is a new data directory, closed, of the embedded registry, for this test alone. All that one test binary asks for have the same SECRET. A
// package that calls it calls [Remove] after its tests.
func Dir(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "d")
	Into(t, dir)
	return dir
}

// Into is Dir at a path where nothing is yet.
func Into(t testing.TB, path string) {
	t.Helper()
	if err := Copy(path); err != nil {
		t.Fatal(err)
	}
}

// Copy is Into for what is no test.
func Copy(path string) error {
	if err := made(); err != nil {
		return err
	}
	from := filepath.Join(folder, "d")
	return filepath.WalkDir(from, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(path, strings.TrimPrefix(p, from))
		if d.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		b, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(to, b, 0o600)
	})
}

// Remove takes away what the directories were copied from.
func Remove() {
	if folder != "" {
		os.RemoveAll(folder)
	}
}

// Tests is what a TestMain runs: the tests, then Remove. Memory is collected less often meanwhile, in the tests and in programs that they start.
type Tests struct{ M *testing.M }

// Run runs the tests and gives their exit code.
func (t Tests) Run() int {
	debug.SetGCPercent(400)
	os.Setenv("GOGC", "400")
	defer Remove()
	return t.M.Run()
}
