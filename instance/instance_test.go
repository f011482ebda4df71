package instance_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/export"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

var fixed = instance.Options{Now: func() time.Time { return time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC) }}

func open(t testing.TB, path string) *instance.Instance {
	t.Helper()
	in, err := instance.Open(t.Context(), path, fixed)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return in
}

func exported(t testing.TB, in *instance.Instance, readers ...registry.Audience) string {
	t.Helper()
	v, _, err := in.View(context.Background(), registry.Reader(readers...), "")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := export.ClaimLines(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func healthy(t testing.TB, in *instance.Instance) {
	t.Helper()
	checks, err := in.Doctor(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range checks {
		for _, p := range c.Problems {
			t.Errorf("doctor: %s: %s", c.Name, p)
		}
	}
}

func TestNewDirectoryHoldsTheEmbeddedRegistry(t *testing.T) {
	e, err := instance.Embedded(t.Context(), instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	again, err := instance.Embedded(t.Context(), instance.Options{Now: func() time.Time { return time.Unix(0, 0) }})
	if err != nil {
		t.Fatal(err)
	}
	want := exported(t, e)
	if exported(t, again) != want {
		t.Error("the embedded registry depends on the clock")
	}
	in := open(t, filepath.Join(t.TempDir(), "new"))
	if exported(t, in) != want {
		t.Error("a new directory does not hold the embedded registry")
	}
	logged, err := in.Log.Read(t.Context(), 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	last, _ := in.Log.Last(t.Context())
	if logged[len(logged)-1].Position != last {
		t.Error("the embedded registry is not one batch: a death in the midst of it would leave a part")
	}
	samples := 0
	v, _, _ := in.View(t.Context(), nil, "")
	for _, d := range v.OfKind(registry.KindDocument) {
		if d.Sample() {
			samples++
		}
	}
	if samples < 8 {
		t.Errorf("%d sample documents", samples)
	}
	if v.Horizon > "2026-12-31" {
		t.Errorf("the samples' dates moved the registry's present to %s", v.Horizon)
	}
	healthy(t, in)
}

func TestSecret(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	open(t, dir).Close()
	path := filepath.Join(dir, "SECRET")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	open(t, dir).Close()
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("the secret changed")
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v", info.Mode())
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := instance.Open(t.Context(), dir, fixed); registry.CodeOf(err) != registry.Unreadable || !strings.Contains(registry.HintOf(err), "backup") {
		t.Errorf("a lost secret: %v", err)
	}
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	if after, _ := os.ReadFile(path); len(after) == 0 || bytes.Equal(before, after) {
		t.Error("an empty file makes a new secret")
	}
}

// TestReadersBeside holds that reading works while another process writes, and changes nothing but SQLite's side files of the log.
func TestReadersBeside(t *testing.T) {
	dir := seeded.Dir(t)
	in := open(t, dir)
	if err := in.Refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := instance.Open(t.Context(), dir, fixed); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("a second writer: %v", err)
	}
	look := func() int {
		r := readOnly(t, dir)
		p, err := r.Projection(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		res, err := p.Search(t.Context(), projection.Query{Text: "cobalt"})
		if err != nil {
			t.Fatal(err)
		}
		return res.Total
	}
	beside := look()
	in.Close()
	before := listing(t, dir)
	if alone := look(); alone != beside || alone == 0 {
		t.Errorf("%d hits beside a writer, %d alone", beside, alone)
	}
	if after := listing(t, dir); !slices.Equal(before, after) {
		t.Errorf("reading changed the directory:\n%v\n%v", before, after)
	}
}

func listing(t testing.TB, dir string) []string {
	t.Helper()
	var out []string
	if err := filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() && !strings.HasSuffix(p, "-shm") && !strings.HasSuffix(p, "-wal") {
			b, _ := os.ReadFile(p)
			out = append(out, p+" "+info.ModTime().String()+" "+string(rune(len(b))))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

const memo = "---\ntitle: \"Memorandum of Understanding between the Government of Peru and the Government of Ghana on Lithium\"\ndate: 2024-05-06\n---\n\nThe Participants intend to cooperate.\n"

func TestDoctorFindsDamage(t *testing.T) {
	base := seeded.Dir(t)
	in := open(t, base)
	file := filepath.Join(t.TempDir(), "memo.md")
	if err := os.WriteFile(file, []byte(memo), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Import(t.Context(), "", nil, file); err != nil {
		t.Fatal(err)
	}
	in.Close()
	healthy(t, readOnly(t, base))
	damaged := func(damage ...func(dir string) error) string {
		dir := filepath.Join(t.TempDir(), "d")
		if err := os.CopyFS(dir, os.DirFS(base)); err != nil {
			t.Fatal(err)
		}
		for _, do := range damage {
			if err := do(dir); err != nil {
				t.Fatal(err)
			}
		}
		checks, err := readOnly(t, dir).Doctor(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, k := range checks {
			all = append(all, k.Problems...)
		}
		return strings.Join(all, "\n")
	}
	found := damaged( // all at once, for each look takes seconds
		func(dir string) error { return os.RemoveAll(blobs(dir)[0]) },
		func(dir string) error { return os.WriteFile(blobs(dir)[1], []byte("x"), 0o600) },
		func(dir string) error {
			return sqlExec(filepath.Join(dir, "projection/public/projection.db"), `UPDATE record SET json = '{}' WHERE id = 'pty_ZMB'`)
		},
		func(dir string) error {
			return os.RemoveAll(filepath.Join(dir, "projection/public+registry/index.bleve"))
		},
		func(dir string) error {
			return sqlExec(filepath.Join(dir, "desk.db"), `INSERT INTO review VALUES ('match', 'doc_nowhere', 'registry', 't', '[]', '', '')`)
		})
	for _, want := range []string{"there is no blob", "is damaged: its 1 bytes", "pty_ZMB\"\t\"party\"\t\"/parties/ZMB\"\t\"{}\"", "index: 0 units here", "doc_nowhere: the log does not know this document"} {
		if !strings.Contains(found, want) {
			t.Errorf("the doctor does not say %q in\n%s", want, found)
		}
	}
	if found := damaged(func(dir string) error {
		b, err := os.ReadFile(filepath.Join(dir, "log.db"))
		if err != nil {
			return err
		}
		copy(b[bytes.LastIndex(b, []byte("Government of Ghana")):], "Government of Italy")
		return os.WriteFile(filepath.Join(dir, "log.db"), b, 0o600)
	}); !strings.Contains(found, "changed after it was logged") {
		t.Errorf("a changed entry: %s", found)
	}
}

func readOnly(t testing.TB, dir string) *instance.Instance {
	t.Helper()
	in, err := instance.OpenReadOnly(t.Context(), dir, fixed)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return in
}
