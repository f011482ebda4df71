package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/backup"
	"github.com/openassay/assay/erasure"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

var ctx = context.Background()

// clock gives a later second each time.
func clock() func() time.Time {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	return func() time.Time { now = now.Add(time.Second); return now }
}

// made is a data directory with a text of its own, open; all are of one registry, but for another.
func made(t *testing.T, another bool) (*instance.Instance, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data")
	if another {
		plant(t, path)
	} else if err := os.CopyFS(path, os.DirFS(planted(t))); err != nil {
		t.Fatal(err)
	}
	in, err := instance.Open(ctx, path, instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	return in, path
}

var once struct {
	sync.Once
	path string
}

func TestMain(m *testing.M) {
	debug.SetGCPercent(400) // tests have little time, and memory enough
	code := m.Run()
	os.RemoveAll(once.path)
	os.Exit(code)
}

// planted is made once for all tests, which copy it.
func planted(t *testing.T) string {
	once.Do(func() {
		var err error
		if once.path, err = os.MkdirTemp("", "assay-backup-"); err != nil {
			t.Fatal(err)
		}
		plant(t, filepath.Join(once.path, "data"))
	})
	return filepath.Join(once.path, "data")
}

func plant(t *testing.T, path string) {
	in, err := instance.Open(ctx, path, instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	bring(t, in, "first")
	if err := os.RemoveAll(filepath.Join(path, "projection", "public")); err != nil { // not needed here
		t.Fatal(err)
	}
}

func bring(t *testing.T, in *instance.Instance, word string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), word+".md")
	if err := os.WriteFile(file, []byte("# A paper on "+word+"\n\nCopper and "+word+".\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Import(ctx, registry.Registry, nil, file); err != nil {
		t.Fatal(err)
	}
}

func back(t *testing.T, data, target string, opt backup.Options) backup.Made {
	t.Helper()
	m, err := backup.Make(ctx, data, target, opt)
	if err != nil {
		t.Fatalf("%v (%s)", err, registry.HintOf(err))
	}
	return m
}

func ids(t *testing.T, in *instance.Instance) string {
	t.Helper()
	all, err := in.Entries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range all {
		b.WriteString(string(e.ID) + " " + string(e.PayloadJSON()) + "\n")
	}
	return b.String()
}

// TestRoundTrip: a backup made while the directory is written brings back what was there, and a second one copies no blob again.
func TestRoundTrip(t *testing.T) {
	in, data := made(t, false)
	target := filepath.Join(t.TempDir(), "backups")
	now := clock()
	first := back(t, data, target, backup.Options{Now: now, Program: "test"})
	want := ids(t, in)
	if first.New != first.Blobs || first.Blobs == 0 || len(first.Unknown) > 0 {
		t.Errorf("first: %+v", first)
	}
	bring(t, in, "second")
	second := back(t, data, target, backup.Options{Now: now})
	if second.New != 3 || second.Blobs != first.Blobs+3 { // file, reading, analysis
		t.Errorf("second: %+v", second)
	}
	for source, want := range map[string]string{first.Path: want, target: ids(t, in)} {
		to := filepath.Join(t.TempDir(), "new", "data")
		r, err := backup.Restore(ctx, to, source, backup.RestoreOptions{})
		if err != nil || r.Erased != 0 || r.Unknown != "" || r.Aside != "" {
			t.Fatalf("%s: %+v, %v", source, r, err)
		}
		got, err := instance.Open(ctx, to, instance.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if ids(t, got) != want {
			t.Errorf("%s: other entries came back", source)
		}
		checks, err := got.Doctor(ctx)
		for _, c := range checks {
			if len(c.Problems) > 0 {
				t.Errorf("%s: %s: %q", source, c.Name, c.Problems)
			}
		}
		if err != nil || len(checks) < 3 {
			t.Errorf("%s: the doctor: %d checks, %v", source, len(checks), err)
		}
		got.Close()
		only(t, filepath.Dir(to), "data")
	}
	filepath.WalkDir(target, func(p string, d os.DirEntry, err error) error {
		if info, _ := d.Info(); runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s may be read by others: %v", p, info.Mode())
		}
		return nil
	})
}

// only fails where a folder holds other names than these.
func only(t *testing.T, folder string, want ...string) {
	t.Helper()
	names, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, n := range names {
		got = append(got, n.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Errorf("%s holds %q, want %q", folder, got, want)
	}
}

// TestDamage: whatever was altered, cut off or taken from a backup, it is refused before anything is restored, and Verify names it.
func TestDamage(t *testing.T) {
	_, data := made(t, false)
	target := filepath.Join(t.TempDir(), "backups")
	g := filepath.Base(back(t, data, target, backup.Options{Now: clock()}).Path)
	edit := func(name string, do func(string) string) func(string) {
		return func(target string) {
			p := filepath.Join(target, "generations", g, name)
			b, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(p, []byte(do(string(b))), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	half := func(s string) string { return s[:len(s)/2] }
	flip := func(s string) string { return s[:len(s)/2] + string(s[len(s)/2]^1) + s[len(s)/2+1:] }
	swap := func(a, b string) func(string) string {
		return func(s string) string { return strings.Replace(s, a, b, 1) }
	}
	for name, c := range map[string]struct {
		do   func(target string)
		code registry.ErrorCode
		says string
	}{
		"log cut off":         {edit("log.db", half), registry.Unreadable, "log.db is cut off"},
		"log altered":         {edit("log.db", flip), registry.Unreadable, "log.db was altered"},
		"log longer":          {edit("log.db", func(s string) string { return s + "x" }), registry.Unreadable, "log.db was altered"},
		"log gone":            {func(p string) { os.Remove(filepath.Join(p, "generations", g, "log.db")) }, registry.Unreadable, "log.db is missing"},
		"secret altered":      {edit("SECRET", flip), registry.Unreadable, "SECRET was altered"},
		"blobs gone":          {func(p string) { os.RemoveAll(filepath.Join(p, "blobs")) }, registry.Unreadable, "is missing"},
		"manifest gone":       {func(p string) { os.Remove(filepath.Join(p, "generations", g, "MANIFEST.json")) }, registry.Unreadable, "no manifest"},
		"manifest cut off":    {edit("MANIFEST.json", half), registry.Unreadable, "manifest is cut off"},
		"manifest altered":    {edit("MANIFEST.json", swap(`"size": 65`, `"size": 64`)), registry.Unreadable, "does not fit its digest"},
		"manifest names /etc": {edit("MANIFEST.json", swap(`"SECRET"`, `"../../etc/passwd"`)), registry.Unreadable, "manifest"},
		"newer manifest":      {edit("MANIFEST.json", swap(`"assay_backup": 1`, `"assay_backup": 2`)), registry.Unsupported, "format 2"},
		"newer backup":        {func(p string) { os.WriteFile(filepath.Join(p, "BACKUP"), []byte("Assay backup, format 2\n"), 0o600) }, registry.Unsupported, "another version"},
		"marker of others":    {func(p string) { os.WriteFile(filepath.Join(p, "BACKUP"), []byte("borg"), 0o600) }, registry.Unreadable, "does not say"},
		"marker gone":         {func(p string) { os.Remove(filepath.Join(p, "BACKUP")) }, registry.NotFound, "no backup"},
		"only one being made": {func(p string) {
			os.Rename(filepath.Join(p, "generations", g), filepath.Join(p, "generations", ".writing-1"))
		}, registry.NotFound, "no complete"},
	} {
		t.Run(name, func(t *testing.T) {
			copied := filepath.Join(t.TempDir(), "b")
			if err := os.CopyFS(copied, os.DirFS(target)); err != nil {
				t.Fatal(err)
			}
			c.do(copied)
			folder := filepath.Join(t.TempDir(), "new")
			_, err := backup.Restore(ctx, filepath.Join(folder, "data"), copied, backup.RestoreOptions{})
			if registry.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) || registry.HintOf(err) == "" {
				t.Errorf("restoring: %s %v (%s)", registry.CodeOf(err), err, registry.HintOf(err))
			}
			if names, _ := os.ReadDir(folder); len(names) > 0 {
				t.Errorf("it left %q", names)
			}
			r, verr := backup.Verify(ctx, copied)
			if verr == nil && (len(r.Generations) == 0 || len(r.Generations[0].Problems) == 0) {
				t.Errorf("Verify finds nothing: %+v", r)
			}
		})
	}
}

// TestPlaces: nothing of anyone's is overwritten, and what is in use is left alone.
func TestPlaces(t *testing.T) {
	in, data := made(t, false)
	target := filepath.Join(t.TempDir(), "backups")
	back(t, data, target, backup.Options{Now: clock()})
	full := t.TempDir()
	file := filepath.Join(full, "thesis.docx")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	other, otherData := made(t, true)
	other.Close()
	for name, c := range map[string]struct {
		do   func() error
		code registry.ErrorCode
		says string
	}{
		"restore over a running one": {func() error {
			_, err := backup.Restore(ctx, data, target, backup.RestoreOptions{Replace: true})
			return err
		}, registry.Conflict, "in use by process"},
		"restore over one not told of": {func() error { _, err := backup.Restore(ctx, otherData, target, backup.RestoreOptions{}); return err }, registry.Conflict, "not empty"},
		"restore over a folder": {func() error {
			_, err := backup.Restore(ctx, full, target, backup.RestoreOptions{Replace: true})
			return err
		}, registry.Invalid, "no data directory"},
		"restore over a file": {func() error { _, err := backup.Restore(ctx, file, target, backup.RestoreOptions{}); return err }, registry.Invalid, "is a file"},
		"restore into the backup": {func() error {
			_, err := backup.Restore(ctx, filepath.Join(target, "x"), target, backup.RestoreOptions{})
			return err
		}, registry.Invalid, "within"},
		"restore from a data directory": {func() error {
			_, err := backup.Restore(ctx, filepath.Join(t.TempDir(), "x"), data, backup.RestoreOptions{})
			return err
		}, registry.NotFound, "no backup"},
		"backup into the directory": {func() error {
			_, err := backup.Make(ctx, data, filepath.Join(data, "backups"), backup.Options{})
			return err
		}, registry.Invalid, "within"},
		"backup into a folder":       {func() error { _, err := backup.Make(ctx, data, full, backup.Options{}); return err }, registry.Invalid, "thesis.docx"},
		"backup into a file":         {func() error { _, err := backup.Make(ctx, data, file, backup.Options{}); return err }, registry.Invalid, "is a file"},
		"backup of another registry": {func() error { _, err := backup.Make(ctx, otherData, target, backup.Options{}); return err }, registry.Conflict, "another registry"},
		"backup of nothing": {func() error {
			_, err := backup.Make(ctx, filepath.Join(full, "no"), target, backup.Options{})
			return err
		}, registry.NotFound, "no data directory"},
	} {
		err := c.do()
		if registry.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) || registry.HintOf(err) == "" {
			t.Errorf("%s: %s %v (%s)", name, registry.CodeOf(err), err, registry.HintOf(err))
		}
	}
	only(t, full, "thesis.docx")
	in.Close()
	r, err := backup.Restore(ctx, data, target, backup.RestoreOptions{Replace: true, Now: clock()})
	if err != nil || r.Aside == "" {
		t.Fatalf("%+v, %v", r, err)
	}
	only(t, filepath.Dir(data), "data", filepath.Base(r.Aside))
	if aside, err := instance.OpenReadOnly(ctx, r.Aside, instance.Options{}); err != nil {
		t.Errorf("what was set aside: %v", err)
	} else {
		aside.Close()
	}
}

// TestSourceDamage: no backup is made of damage, and the older ones stay.
func TestSourceDamage(t *testing.T) {
	in, data := made(t, false)
	target := filepath.Join(t.TempDir(), "backups")
	back(t, data, target, backup.Options{Now: clock()})
	bring(t, in, "second")
	in.Close()
	damage := map[string]func(path string){
		"a blob": func(p string) {
			filepath.WalkDir(filepath.Join(p, "blobs"), func(f string, d os.DirEntry, _ error) error {
				if !d.IsDir() {
					if b, _ := os.ReadFile(f); strings.Contains(string(b), "second") {
						os.WriteFile(f, []byte(strings.Replace(string(b), "second", "decond", 1)), 0o600)
					}
				}
				return nil
			})
		},
		"no blob": func(p string) {
			filepath.WalkDir(filepath.Join(p, "blobs"), func(f string, d os.DirEntry, _ error) error {
				if b, _ := os.ReadFile(f); strings.Contains(string(b), "second") {
					os.Remove(f)
				}
				return nil
			})
		},
		"the log": func(p string) {
			f, _ := os.OpenFile(filepath.Join(p, "log.db"), os.O_RDWR, 0)
			f.WriteAt([]byte(strings.Repeat("x", 300_000)), 1_000_000)
			f.Close()
		},
		"no secret": func(p string) { os.Remove(filepath.Join(p, "SECRET")) },
		"no desk":   func(p string) { os.Remove(filepath.Join(p, "desk.db")) },
	}
	for name, do := range damage {
		copied := filepath.Join(t.TempDir(), "d")
		if err := os.CopyFS(copied, os.DirFS(data)); err != nil {
			t.Fatal(err)
		}
		do(copied)
		if _, err := backup.Make(ctx, copied, target, backup.Options{}); registry.CodeOf(err) != registry.Unreadable {
			t.Errorf("%s: %v", name, err)
		}
		r, err := backup.Verify(ctx, target)
		if err != nil || len(r.Generations) != 1 || len(r.Generations[0].Problems) > 0 || len(r.Unfinished) > 0 {
			t.Errorf("%s: the older backup: %+v, %v", name, r, err)
		}
	}
}

// TestKeep: old generations go, with the blobs that only they named, and no others.
func TestKeep(t *testing.T) {
	in, data := made(t, false)
	target := filepath.Join(t.TempDir(), "backups")
	now := clock()
	back(t, data, target, backup.Options{Now: now})
	erase(t, in, "first")
	m := back(t, data, target, backup.Options{Now: now, Keep: 1})
	if len(m.Removed) != 1 || m.Pruned != 3 {
		t.Errorf("%+v", m)
	}
	r, err := backup.Verify(ctx, target)
	if err != nil || len(r.Generations) != 1 || len(r.Generations[0].Problems) > 0 || r.Unnamed != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if where := grep(t, target, "paper on first"); len(where) > 0 {
		t.Errorf("what was erased is still in %q", where)
	}
}

// grep lists the files below a folder that hold a word.
func grep(t *testing.T, folder, word string) (where []string) {
	t.Helper()
	filepath.WalkDir(folder, func(p string, d os.DirEntry, err error) error {
		if b, _ := os.ReadFile(p); strings.Contains(string(b), word) {
			where = append(where, p)
		}
		return nil
	})
	return where
}

// erase removes all entries about the paper and its blobs, as an order of a court would, and gives how many.
func erase(t *testing.T, in *instance.Instance, word string) int {
	t.Helper()
	all, err := in.Entries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	var record registry.RecordID
	for i := range all {
		if c := all[i].Claim; c != nil && c.Field == "title" && strings.Contains(c.Value.Raw, "paper on "+word) {
			record = c.Record
		}
	}
	p, err := in.Erase(ctx, erasure.Ask{Sources: []registry.SourceID{registry.SourceID("src_" + record.Tail())}, Authority: "Court of the test", Ground: "privacy"})
	if err != nil {
		t.Fatal(err)
	}
	return len(p.Items)
}

// TestSessionsEnd: who was signed in when a backup was made is not signed in by restoring it, and their account is there.
func TestSessionsEnd(t *testing.T) {
	in, data := made(t, false)
	if _, err := in.Accounts().Add(ctx, account.Operator, account.User{Name: "ada", Kind: account.Person, Role: account.Editor}, "a password of no sense"); err != nil {
		t.Fatal(err)
	}
	entered, err := in.Accounts().SignIn(ctx, account.Attempt{Name: "ada", Password: "a password of no sense"})
	if err != nil {
		t.Fatal(err)
	}
	if u, _, err := in.Accounts().Session(ctx, entered.Session); err != nil || u == nil {
		t.Fatalf("the session does not work before: %v, %v", u, err)
	}
	_, link, err := in.Accounts().Invite(ctx, account.Operator, account.User{Role: account.Editor}, 7)
	if err != nil {
		t.Fatal(err)
	}
	target, to := filepath.Join(t.TempDir(), "backups"), filepath.Join(t.TempDir(), "data")
	back(t, data, target, backup.Options{Now: clock()})
	if _, err := backup.Restore(ctx, to, target, backup.RestoreOptions{}); err != nil {
		t.Fatal(err)
	}
	got, err := instance.Open(ctx, to, instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if _, err := got.Accounts().Invitation(ctx, account.Invited, link); err == nil {
		t.Error("an invitation of before the restore still opens")
	}
	users, err := got.Accounts().Users(ctx)
	if err != nil || len(users) != 1 || users[0].Name != "ada" {
		t.Errorf("%v, %v", users, err)
	}
	if u, _, err := got.Accounts().Session(ctx, entered.Session); err != nil || u != nil {
		t.Errorf("the old session works: %v, %v", u, err)
	}
}

// TestErasedStaysErased: a restored backup does not bring back what was erased after it was made, where a newer generation or the directory
// that is replaced knows of it.
func TestErasedStaysErased(t *testing.T) {
	in, data := made(t, false)
	target := filepath.Join(t.TempDir(), "backups")
	now := clock()
	first := back(t, data, target, backup.Options{Now: now})
	n := erase(t, in, "first")
	if n < 5 || len(grep(t, target, "paper on first")) == 0 {
		t.Fatalf("%d erased; the old backup should hold the words", n)
	}
	in.Close()
	check := func(how, source string, opt backup.RestoreOptions, to string, want int) {
		t.Helper()
		r, err := backup.Restore(ctx, to, source, opt)
		if err != nil || r.Erased != want || r.Unknown != "" {
			t.Errorf("%s: %+v, %v", how, r, err)
		}
		if where := grep(t, to, "paper on first"); (len(where) > 0) != (want == 0) {
			t.Errorf("%s: the words are in %q", how, where)
		}
	}
	kept := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(kept, os.DirFS(data)); err != nil {
		t.Fatal(err)
	}
	check("nothing tells of it", first.Path, backup.RestoreOptions{}, filepath.Join(t.TempDir(), "a"), 0)
	check("the directory tells", first.Path, backup.RestoreOptions{Replace: true}, data, n)
	back(t, kept, target, backup.Options{Now: now})
	check("a newer generation tells", first.Path, backup.RestoreOptions{}, filepath.Join(t.TempDir(), "b"), n)
	if err := os.WriteFile(filepath.Join(kept, "log.db"), []byte("no log any more"), 0o600); err != nil {
		t.Fatal(err)
	}
	if r, err := backup.Restore(ctx, kept, first.Path, backup.RestoreOptions{Replace: true}); err != nil || r.Unknown == "" || r.Erased != n {
		t.Errorf("a damaged log cannot tell, and that must be said: %+v, %v", r, err)
	}
}
