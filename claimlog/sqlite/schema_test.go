package sqlite_test

import (
	"context"
	"database/sql"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/registry"
)

var update = flag.Bool("update", false, "write schema.sql")

// TestSchema holds schema.sql, the whole schema in one piece for people to read, against what the steps make.
func TestSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	open(t, path)
	var b strings.Builder
	b.WriteString("-- The log's schema, as all steps in schema/ make it. Written by go test ./claimlog/sqlite -update; do not edit.\n\n")
	rows, err := raw(t, path).Query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		b.WriteString(s + ";\n\n")
		if strings.HasPrefix(s, "CREATE TABLE") && !strings.HasSuffix(s, "STRICT") {
			t.Errorf("a table is not STRICT:\n%s", s)
		}
	}
	if *update {
		if err := os.WriteFile("schema.sql", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("schema.sql")
	if err != nil || strings.ReplaceAll(string(want), "\r\n", "\n") != b.String() {
		t.Errorf("schema.sql differs from what the steps make (%v): run go test ./claimlog/sqlite -update", err)
	}
}

// TestSettings: the settings on which the promises rest hold on the connections that the store makes.
func TestSettings(t *testing.T) {
	l := open(t, filepath.Join(t.TempDir(), "log.db"))
	for _, c := range []struct{ pragma, write, read string }{
		{"journal_mode", "wal", "wal"}, {"synchronous", "2", "2"}, {"secure_delete", "1", "1"}, {"foreign_keys", "1", "1"}, {"busy_timeout", "10000", "10000"}, {"query_only", "0", "1"},
	} {
		if w, r := sqlite.Pragma(l, c.pragma); w != c.write || r != c.read {
			t.Errorf("%s is %s for the writer and %s for readers; want %s and %s", c.pragma, w, r, c.write, c.read)
		}
	}
}

// TestHeadersStay: not even SQL changes a header.
func TestHeadersStay(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log.db")
	fill(t, open(t, path), 3)
	db := raw(t, path)
	for _, q := range []string{"UPDATE entry SET audience = 'public'", "DELETE FROM entry WHERE position = 2", "INSERT OR REPLACE INTO entry SELECT 1, batch, id, type, record, field, audience, nonce, at FROM entry WHERE position = 2",
		"INSERT OR REPLACE INTO entry SELECT 22, batch, id, type, record, field, audience, nonce, at FROM entry WHERE position = 2"} {
		if _, err := db.Exec(q); err == nil {
			t.Errorf("%s succeeds", q)
		}
	}
}

// TestVersions: a newer schema is refused by name; a file without the schema gets it.
func TestVersions(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "log.db")
	open(t, path).Close()
	sqlExec(t, path, "PRAGMA user_version = 99")
	for name, open := range openers {
		_, err := open(ctx, path)
		if registry.CodeOf(err) != registry.Unsupported || !strings.Contains(registry.HintOf(err), "newer") {
			t.Errorf("%s of a newer schema: %v", name, err)
		}
	}
	old := filepath.Join(t.TempDir(), "log.db")
	sqlExec(t, old, "PRAGMA application_id = 1634955641") // the mark, and version 0: before the first step
	if _, err := sqlite.OpenReadOnly(ctx, old); registry.CodeOf(err) != registry.Unreadable && registry.CodeOf(err) != registry.Unsupported {
		t.Errorf("reading an older schema: %v", err)
	}
}

var openers = map[string]func(context.Context, string) (*sqlite.Log, error){"Open": sqlite.Open, "OpenReadOnly": sqlite.OpenReadOnly}

// raw opens the file with SQLite, past the store.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func sqlExec(t *testing.T, path, query string) {
	t.Helper()
	db := raw(t, path)
	if _, err := db.Exec(query); err != nil {
		t.Fatal(err)
	}
	db.Close()
}
