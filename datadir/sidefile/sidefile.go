// Package sidefile opens the small SQLite files that lie beside the log in a data directory: what waits for a person, the leaves of the
// ledger. Start with [Open].
//
// A file is whole whenever nobody writes (a rollback journal, not a log of its own), what is deleted is overwritten, and its tables come
// about in numbered steps.
package sidefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver

	"github.com/openassay/assay/registry"
)

// Options say how a file is opened.
type Options struct {
	What     string // in errors: "the desk"
	Schema   fs.FS  // schema/NNNN_name.sql: the steps, in the order of their names
	VFS      string // through which SQLite reads and writes, as package seal makes them; "" for the system's own
	ReadOnly bool
}

// Open opens the file at path and makes it, with its tables, where there is none. How many steps a file has taken is kept in its user_version.
// Errors: registry.NotFound for a file to be read that is not there; registry.Unsupported for one of a newer program, or to be read and older.
func Open(ctx context.Context, path string, opt Options) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	q := url.Values{"mode": {"rwc"}, "_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(DELETE)", "synchronous(FULL)", "temp_store(MEMORY)", "trusted_schema(OFF)", "secure_delete(ON)"}}
	if opt.ReadOnly {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return nil, registry.Errorf(registry.NotFound, "%s %s is not there", opt.What, path)
		}
		q = url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)", "query_only(ON)", "trusted_schema(OFF)"}}
	} else if f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, err
	} else {
		f.Close()
	}
	if opt.VFS != "" {
		q.Set("vfs", opt.VFS)
	}
	slashed := filepath.ToSlash(abs)
	if slashed[0] != '/' {
		slashed = "/" + slashed
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	if err := Prepare(ctx, db, path, opt); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Prepare makes the tables in a new file, brings an older one forward, and refuses a newer one: for who opens it by other means. The path stands in
// errors.
func Prepare(ctx context.Context, db *sql.DB, path string, opt Options) error {
	all, err := steps(opt.Schema)
	if err != nil {
		return err
	}
	var v int
	if err := db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&v); err != nil {
		return err
	}
	switch {
	case v == len(all):
		return nil
	case v > len(all):
		return registry.Errorf(registry.Unsupported, "%s %s has version %d; this program knows %d", opt.What, path, v, len(all)).
			WithHint("it was written by a newer version of assay: use that one")
	case opt.ReadOnly && v == 0:
		return registry.Errorf(registry.NotFound, "%s %s is not made yet", opt.What, path)
	case opt.ReadOnly:
		return registry.Errorf(registry.Unsupported, "%s %s has the older version %d; this program reads version %d", opt.What, path, v, len(all)).
			WithHint("open the data directory once for writing: that brings it forward")
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := tx.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&v); err != nil || v >= len(all) { // another process was first
		return err
	}
	for _, step := range all[v:] {
		if _, err := tx.ExecContext(ctx, step); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", len(all))); err != nil {
		return err
	}
	return tx.Commit()
}

func steps(schema fs.FS) ([]string, error) {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		return nil, err
	}
	out := make([]string, len(names))
	for i, n := range names {
		b, err := fs.ReadFile(schema, n)
		if err != nil {
			return nil, err
		}
		out[i] = string(b)
	}
	return out, nil
}
