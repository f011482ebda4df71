package backup_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/backup"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

// TestSealed: a backup of an encrypted directory is encrypted, copies no blob again, comes back with the passphrase only, and brings nothing
// back that was erased.
func TestSealed(t *testing.T) {
	phrase := func() ([]byte, error) { return []byte("five words of no sense"), nil }
	wrong := func() ([]byte, error) { return []byte("five words of some sense"), nil }
	data, target := filepath.Join(t.TempDir(), "data"), filepath.Join(t.TempDir(), "backups")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	p, _ := phrase()
	if _, err := seal.Create(filepath.Join(data, seal.FileName), p, seal.Cost{Time: 1, Memory: 64, Threads: 1}); err != nil {
		t.Fatal(err)
	}
	in, err := instance.Open(ctx, data, instance.Options{Passphrase: phrase})
	if err != nil {
		t.Fatal(err)
	}
	bring(t, in, "first")
	now := clock()
	first := back(t, data, target, backup.Options{Now: now, Passphrase: phrase})
	second := back(t, data, target, backup.Options{Now: now, Passphrase: phrase})
	if first.New != first.Blobs || second.New != 0 || second.Blobs != first.Blobs {
		t.Errorf("%+v, then %+v", first, second)
	}
	n := erase(t, in, "first")
	back(t, data, target, backup.Options{Now: now, Passphrase: phrase})
	in.Close()
	if r, err := backup.Verify(ctx, target); err != nil || len(r.Generations) != 3 || len(r.Generations[0].Problems)+len(r.Generations[2].Problems) > 0 {
		t.Errorf("%+v, %v", r, err)
	}
	for _, c := range []func() ([]byte, error){nil, wrong} {
		if _, err := backup.Restore(ctx, data, first.Path, backup.RestoreOptions{Replace: true, Passphrase: c}); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("without the passphrase: %v", err)
		}
		if _, err := backup.Make(ctx, data, target, backup.Options{Passphrase: c}); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("without the passphrase: %v", err)
		}
	}
	only(t, filepath.Dir(data), "data")
	to := filepath.Join(t.TempDir(), "new", "data")
	r, err := backup.Restore(ctx, to, first.Path, backup.RestoreOptions{Passphrase: phrase})
	if err != nil || r.Erased != n || r.Unknown != "" {
		t.Fatalf("%+v, %v", r, err)
	}
	got, err := instance.OpenReadOnly(ctx, to, instance.Options{Passphrase: phrase})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	checks, err := got.Doctor(ctx)
	for _, c := range checks {
		if len(c.Problems) > 0 {
			t.Errorf("%s: %q", c.Name, c.Problems)
		}
	}
	if err != nil || len(checks) < 4 {
		t.Errorf("%d checks, %v", len(checks), err)
	}
	if where := grep(t, filepath.Dir(target), "paper on"); len(where) > 0 {
		t.Errorf("in clear: %q", where)
	}
	got.Close()
	f := filepath.Join(to, "blobs") // damage is found, and no backup is made of it
	filepath.WalkDir(f, func(p string, d os.DirEntry, _ error) error {
		if !d.IsDir() {
			b, _ := os.ReadFile(p)
			b[len(b)/2] ^= 1
			os.WriteFile(p, b, 0o600)
		}
		return nil
	})
	if _, err := backup.Make(ctx, to, filepath.Join(t.TempDir(), "other"), backup.Options{Passphrase: phrase}); registry.CodeOf(err) != registry.Unreadable {
		t.Errorf("of damage: %v", err)
	}
}
