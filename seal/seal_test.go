package seal_test

import (
	"bytes"
	"database/sql"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seal"
)

var (
	cheap  = seal.Cost{Time: 1, Memory: 64, Threads: 1}
	phrase = []byte("five words of no sense together")
)

func keys(t testing.TB) (*seal.Keys, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "KEYS")
	k, err := seal.Create(path, phrase, cheap)
	if err != nil {
		t.Fatal(err)
	}
	return k, path
}

// TestPassphrase: the right one opens, also after a change and however its letters are typed; the wrong one is told from damage.
func TestPassphrase(t *testing.T) {
	k, path := keys(t)
	name := k.Name("x")
	again, err := seal.Open(path, phrase)
	if err != nil || again.Name("x") != name {
		t.Fatalf("%v", err)
	}
	if _, err := seal.Create(path, phrase, cheap); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("over existing keys: %v", err)
	}
	if _, err := seal.Open(path, []byte("five words of no sense Together")); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
		t.Errorf("a wrong one: %v", err)
	}
	if err := k.Change(path, []byte("caf\u00e9 au lait le matin"), cheap); err != nil {
		t.Fatal(err)
	}
	if again, err := seal.Open(path, []byte("cafe\u0301 au lait le matin")); err != nil || again.Name("x") != name {
		t.Errorf("the new one, typed on another keyboard: %v", err)
	}
	if _, err := seal.Open(path, phrase); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("the old one: %v", err)
	}
	if err := k.Change(path, []byte("short"), cheap); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("a short one: %v", err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		text string
		code registry.ErrorCode
	}{
		"cut off":     {string(good[:len(good)/2]), registry.Unreadable},
		"empty":       {"", registry.Unreadable},
		"newer":       {strings.Replace(string(good), `"assay_keys": 1`, `"assay_keys": 2`, 1), registry.Unsupported},
		"another kdf": {strings.Replace(string(good), "argon2id", "rot13", 1), registry.Unreadable},
		"huge memory": {strings.Replace(string(good), `"memory_kib": 64`, `"memory_kib": 4294967295`, 1), registry.Unreadable},
		"no threads":  {strings.Replace(string(good), `"threads": 1`, `"threads": 0`, 1), registry.Unreadable},
	} {
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Open(path, phrase); registry.CodeOf(err) != c.code {
			t.Errorf("%s: %v", what, err)
		}
	}
	if s := fmt.Sprintf("%v %+v %s %#v %x", k, k, k, k, k); s != "keys keys keys keys keys" {
		t.Errorf("keys print as %s", s)
	}
}

// TestSeal: what was sealed opens only as what it is, unchanged, and its length tells little.
func TestSeal(t *testing.T) {
	k, _ := keys(t)
	other, _ := keys(t)
	lengths := map[int]bool{}
	for n := 0; n < 9000; n += 37 {
		data := bytes.Repeat([]byte("m"), n)
		s, err := k.Seal("blob x", data)
		if err != nil {
			t.Fatal(err)
		}
		lengths[len(s)] = true
		got, err := k.Unseal("blob x", s)
		if err != nil || !bytes.Equal(got, data) || n > 20 && bytes.Contains(s, []byte("mmmmmmmm")) {
			t.Fatalf("%d bytes: %v", n, err)
		}
	}
	if len(lengths) != 3 {
		t.Errorf("%d lengths", len(lengths))
	}
	s, _ := k.Seal("blob x", []byte("words"))
	two, _ := k.Seal("blob x", []byte("words"))
	if bytes.Equal(s, two) {
		t.Error("the same words are sealed to the same bytes")
	}
	for what, try := range map[string]func() ([]byte, error){
		"another place": func() ([]byte, error) { return k.Unseal("blob y", s) },
		"other keys":    func() ([]byte, error) { return other.Unseal("blob x", s) },
		"cut off":       func() ([]byte, error) { return k.Unseal("blob x", s[:len(s)-1]) },
		"nothing":       func() ([]byte, error) { return k.Unseal("blob x", nil) },
		"changed":       func() ([]byte, error) { b := bytes.Clone(s); b[len(b)/2] ^= 1; return k.Unseal("blob x", b) },
	} {
		if got, err := try(); err == nil {
			t.Errorf("%s: it opens as %q", what, got)
		}
	}
	if k.Name("x") == other.Name("x") || k.Name("x") == k.Name("y") || len(k.Name("x")) != 64 {
		t.Error("names")
	}
}

func connect(t testing.TB, k *seal.Keys, path, more string) *sql.DB {
	t.Helper()
	v, err := k.VFS()
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", "file:"+path+"?vfs="+v+"&_pragma=busy_timeout(10000)"+more)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// nothing fails where a word, or its hexadecimal form, is in a file of the folder.
func nothing(t testing.TB, folder string, words ...string) {
	t.Helper()
	filepath.WalkDir(folder, func(p string, d os.DirEntry, err error) error {
		b, _ := os.ReadFile(p)
		for _, w := range words {
			raw, _ := hex.DecodeString(w)
			if bytes.Contains(b, []byte(w)) || len(raw) > 7 && bytes.Contains(b, raw) {
				t.Errorf("%s holds %q", p, w)
			}
		}
		return nil
	})
}

// TestDatabase: SQLite works on it as on any file, in each kind of journal, and nothing of it is on the disk, not even while it is open.
func TestDatabase(t *testing.T) {
	for _, mode := range []string{"wal", "delete", "truncate", "persist"} {
		k, _ := keys(t)
		dir := t.TempDir()
		path := filepath.Join(dir, "x.db")
		db := connect(t, k, path, "&_pragma=journal_mode("+mode+")")
		if _, err := db.Exec(`CREATE TABLE t (n INTEGER PRIMARY KEY, w TEXT) STRICT`); err != nil {
			t.Fatal(mode, err)
		}
		for n := range 300 {
			if _, err := db.Exec(`INSERT INTO t VALUES (?, ?)`, n, fmt.Sprintf("marker-%d-%s", n, strings.Repeat("long ", n*7))); err != nil {
				t.Fatal(mode, err)
			}
		}
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(`UPDATE t SET w = 'gone-marker' || w`); err != nil {
			t.Fatal(mode, err)
		}
		nothing(t, dir, "marker-", "long long", "CREATE TABLE", "SQLite format")
		if err := tx.Rollback(); err != nil {
			t.Fatal(mode, err)
		}
		for _, q := range []string{`DELETE FROM t WHERE n % 3 = 0`, `VACUUM`} {
			if _, err := db.Exec(q); err != nil {
				t.Fatal(mode, q, err)
			}
		}
		nothing(t, dir, "marker-", "long long", "CREATE TABLE", "SQLite format")
		two := connect(t, k, path, "&mode=ro")
		var n int
		var ok string
		if err := two.QueryRow(`SELECT count(*), (SELECT integrity_check FROM pragma_integrity_check) FROM t WHERE w LIKE 'marker-%'`).Scan(&n, &ok); err != nil || n != 200 || ok != "ok" {
			t.Errorf("%s: %d, %s, %v", mode, n, ok, err)
		}
		two.Close()
		db.Close()
		nothing(t, dir, "marker-", "long long", "CREATE TABLE", "SQLite format")
		again := connect(t, k, path, "")
		if err := again.QueryRow(`SELECT count(*) FROM t`).Scan(&n); err != nil || n != 200 {
			t.Errorf("%s: after closing: %d, %v", mode, n, err)
		}
		other, _ := keys(t)
		if err := connect(t, other, path, "").QueryRow(`SELECT count(*) FROM t`).Scan(&n); err == nil {
			t.Errorf("%s: other keys open it", mode)
		}
		copied := filepath.Join(t.TempDir(), "x.db")
		if _, err := again.Exec(`VACUUM INTO ?`, copied); err != nil {
			t.Fatal(err)
		}
		nothing(t, filepath.Dir(copied), "marker-", "SQLite format")
		if err := connect(t, k, copied, "").QueryRow(`SELECT count(*) FROM t`).Scan(&n); err != nil || n != 200 {
			t.Errorf("%s: a copy: %d, %v", mode, n, err)
		}
	}
}
