package datadir_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/registry"
)

func open(t *testing.T, path string) *datadir.Dir {
	t.Helper()
	d, err := datadir.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func TestNew(t *testing.T) {
	base := t.TempDir()
	for name, make := range map[string]func(path string){
		"missing":               func(string) {},
		"missing in two":        func(string) {},
		"empty":                 func(p string) { os.Mkdir(p, 0o755) },
		"with a mount's folder": func(p string) { os.MkdirAll(filepath.Join(p, "lost+found"), 0o755) },
		"begun by a process that died": func(p string) {
			os.MkdirAll(filepath.Join(p, "blobs"), 0o700)
			os.WriteFile(filepath.Join(p, "LOCK"), []byte("process 1\n"), 0o600)
			os.WriteFile(filepath.Join(p, ".writing-123"), []byte("Assay da"), 0o600)
		},
	} {
		path := filepath.Join(base, name)
		if name == "missing in two" {
			path = filepath.Join(path, "deep", "er")
		}
		make(path)
		d := open(t, path)
		if d.Path() != path || d.ReadOnly() || d.LogPath() != filepath.Join(path, "log.db") {
			t.Errorf("%s: %s, %v, %s", name, d.Path(), d.ReadOnly(), d.LogPath())
		}
		for _, p := range []string{d.BlobPath(), d.ProjectionPath()} {
			if info, err := os.Stat(p); err != nil || !info.IsDir() || runtime.GOOS != "windows" && info.Mode().Perm() != 0o700 {
				t.Errorf("%s: %s: %v, %v", name, p, info, err)
			}
		}
		if b, _ := os.ReadFile(filepath.Join(path, "FORMAT")); string(b) != "Assay data directory, format 2\n" {
			t.Errorf("%s: FORMAT is %q", name, b)
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
		open(t, path).Close() // and again
	}
}

func TestRefused(t *testing.T) {
	file := func(name, text string) func(string) {
		return func(p string) { os.MkdirAll(p, 0o700); os.WriteFile(filepath.Join(p, name), []byte(text), 0o600) }
	}
	const words = "Assay data directory, format "
	for name, c := range map[string]struct {
		make func(path string)
		code registry.ErrorCode
		says string
	}{
		"a file":             {func(p string) { os.WriteFile(p, []byte("x"), 0o600) }, registry.Invalid, "is a file"},
		"someone's folder":   {file("thesis.docx", "x"), registry.Invalid, `it has "thesis.docx"`},
		"a log, no FORMAT":   {file("log.db", "x"), registry.Invalid, "FORMAT"},
		"blobs, no FORMAT":   {file("blobs", "x"), registry.Invalid, "FORMAT"},
		"a newer format":     {file("FORMAT", words+"3\n"), registry.Unsupported, "format 3"},
		"a much newer":       {file("FORMAT", words+"99999999999999999999\n"), registry.Unreadable, "does not say"},
		"FORMAT of others":   {file("FORMAT", "PDF 1.7"), registry.Unreadable, "does not say"},
		"an empty FORMAT":    {file("FORMAT", ""), registry.Unreadable, "does not say"},
		"format 0":           {file("FORMAT", words+"0"), registry.Unreadable, "does not say"},
		"a negative format":  {file("FORMAT", words+"-1"), registry.Unreadable, "does not say"},
		"FORMAT is a folder": {func(p string) { os.MkdirAll(filepath.Join(p, "FORMAT"), 0o700) }, registry.Unreadable, "cannot be read"},
	} {
		path := filepath.Join(t.TempDir(), "data")
		c.make(path)
		before := list(t, path)
		for how, open := range map[string]func(string) (*datadir.Dir, error){"Open": datadir.Open, "OpenReadOnly": datadir.OpenReadOnly} {
			_, err := open(path)
			if registry.CodeOf(err) != c.code || err == nil || !strings.Contains(err.Error(), c.says) || registry.HintOf(err) == "" {
				t.Errorf("%s of %s: code %q, hint %q: %v", how, name, registry.CodeOf(err), registry.HintOf(err), err)
			}
		}
		if after := list(t, path); after != before {
			t.Errorf("refusing %s changed it: %s; before %s", name, after, before)
		}
	}
	if _, err := datadir.Open(""); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("no name: %v", err)
	}
	for _, path := range []string{filepath.Join(t.TempDir(), "missing"), t.TempDir()} {
		if _, err := datadir.OpenReadOnly(path); registry.CodeOf(err) != registry.NotFound || list(t, path) != "" {
			t.Errorf("reading what is not there: %v, %s", err, list(t, path))
		}
	}
}

// list names the files of a folder with their content.
func list(t *testing.T, path string) string {
	t.Helper()
	var b strings.Builder
	filepath.WalkDir(path, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, _ := os.ReadFile(p)
			b.WriteString(p + ": " + string(text) + "\n")
		}
		return nil
	})
	return b.String()
}
