// Package snapshot copies an SQLite database while others write it. Start with [Copy].
package snapshot

import (
	"context"
	"database/sql"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver
)

// Copy writes the database at from, as it stands at one moment, to the new file at to, for its owner alone and on the disk when Copy returns.
// The copy is made from what lives in the database: nothing of what was deleted is in it. Whoever writes from is not kept waiting for longer
// than a reader keeps him. Both are read and written through the VFS of this name, "" for the system's own.
func Copy(ctx context.Context, from, to, vfs string) error {
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600) // SQLite would make it for all to read; it fills an empty one
	if err != nil {
		return err
	}
	defer f.Close()
	db, err := sql.Open("sqlite", address(from, vfs))
	if err != nil {
		return err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", to); err != nil {
		return err
	}
	return f.Sync() // VACUUM INTO leaves that to whoever wants it
}

// Sound reads the whole database at path and gives what is wrong with its structure, "" for nothing.
func Sound(ctx context.Context, path, vfs string) (string, error) {
	db, err := sql.Open("sqlite", address(path, vfs))
	if err != nil {
		return "", err
	}
	defer db.Close()
	var s string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&s); err != nil || s == "ok" {
		return "", err
	}
	return s, nil
}

func address(path, vfs string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	slashed := filepath.ToSlash(path)
	if slashed[0] != '/' {
		slashed = "/" + slashed // C:/… on Windows
	}
	q := url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)", "temp_store(MEMORY)", "trusted_schema(OFF)"}}
	if vfs != "" {
		q.Set("vfs", vfs)
	}
	return (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String()
}
