// Package desk keeps what waits for a person: doubtful matches and files that did not enter, each once, however often they
// are met; and what people outside wrote, with the public logs of corrections and takedowns and the notices before publication. Start with [Open],
// [Desk.Note] and [Desk.Submit].
//
// It is a small SQLite file beside the log. It says nothing of what is so: that is a claim in the log, and what was decided there is
// left out when the desk is read (package instance does that).
package desk

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/openassay/assay/registry"
)

// schema are the steps by which the tables came about, in the order of their names. How many a file has taken is kept in its user_version.
//
//go:embed schema/*.sql
var schema embed.FS

func steps() []string {
	names, err := fs.Glob(schema, "schema/*.sql")
	if err != nil {
		panic(err)
	}
	out := make([]string, len(names))
	for i, n := range names {
		b, err := schema.ReadFile(n)
		if err != nil {
			panic(err)
		}
		out[i] = string(b)
	}
	return out
}

// Review is something that a person should decide.
type Review struct {
	Kind     string            `json:"kind"` // match
	Document registry.RecordID `json:"document"`
	Audience registry.Audience `json:"audience"`
	Title    string            `json:"title"`
	Reasons  json.RawMessage   `json:"candidates"` // as the importer gave them, the best first
	First    time.Time         `json:"first"`
	Last     time.Time         `json:"last"`
}

// Attempt is a file, or a part of one, that did not enter.
type Attempt struct {
	Path     string            `json:"path"`
	Reason   string            `json:"reason"`
	Hint     string            `json:"hint,omitempty"`
	Audience registry.Audience `json:"audience"`
	Tries    int               `json:"tries"`
	First    time.Time         `json:"first"`
	Last     time.Time         `json:"last"`
}

// Desk is an open desk. Its methods may be called from several goroutines at once.
type Desk struct {
	db   *sql.DB
	path string
}

// Open opens the desk at path and makes it where there is none.
func Open(ctx context.Context, path string) (*Desk, error) { return open(ctx, path, "", false) }

// OpenVFS is Open for a file that SQLite reads and writes through a VFS of this name, as package seal makes them.
func OpenVFS(ctx context.Context, path, vfs string) (*Desk, error) {
	return open(ctx, path, vfs, false)
}

// OpenReadOnly opens an existing desk for reading; registry.NotFound where there is none.
func OpenReadOnly(ctx context.Context, path string) (*Desk, error) {
	return OpenReadOnlyVFS(ctx, path, "")
}

// OpenReadOnlyVFS is to OpenReadOnly as OpenVFS to Open.
func OpenReadOnlyVFS(ctx context.Context, path, vfs string) (*Desk, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, registry.Errorf(registry.NotFound, "there is no desk at %s", path)
	}
	return open(ctx, path, vfs, true)
}

func open(ctx context.Context, path, vfs string, readOnly bool) (*Desk, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, wrap(path, err)
	}
	// A rollback journal leaves one file behind, and readers need not write beside it.
	q := url.Values{"mode": {"rwc"}, "_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(DELETE)", "synchronous(FULL)", "temp_store(MEMORY)", "trusted_schema(OFF)", "secure_delete(ON)"}}
	if readOnly {
		q = url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(10000)", "query_only(ON)", "trusted_schema(OFF)"}}
	} else if f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600); err != nil {
		return nil, wrap(path, err)
	} else {
		f.Close()
	}
	if vfs != "" {
		q.Set("vfs", vfs)
	}
	slashed := filepath.ToSlash(abs)
	if slashed[0] != '/' {
		slashed = "/" + slashed
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, wrap(path, err)
	}
	db.SetMaxOpenConns(1)
	d := &Desk{db, path}
	if err := d.prepare(ctx, readOnly); err != nil {
		db.Close()
		return nil, wrap(path, err)
	}
	return d, nil
}

// prepare makes the tables in a new file, brings an older one forward, and refuses a newer one.
func (d *Desk) prepare(ctx context.Context, readOnly bool) error {
	var v int
	if err := d.db.QueryRowContext(ctx, `PRAGMA user_version`).Scan(&v); err != nil {
		return err
	}
	all := steps()
	switch {
	case v == len(all):
		return nil
	case v > len(all):
		return registry.Errorf(registry.Unsupported, "the desk %s has version %d; this program knows %d", d.path, v, len(all)).
			WithHint("it was written by a newer version of assay: use that one")
	case readOnly && v == 0:
		return registry.Errorf(registry.NotFound, "the desk %s is not made yet", d.path)
	case readOnly:
		return registry.Errorf(registry.Unsupported, "the desk %s has the older version %d; this program reads version %d", d.path, v, len(all)).
			WithHint("open the data directory once for writing: that brings it forward")
	}
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
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

// Close releases the file.
func (d *Desk) Close() error { return wrap(d.path, d.db.Close()) }

func wrap(path string, err error) error {
	var has *registry.Error
	if err == nil || errors.As(err, &has) {
		return err
	}
	return &registry.Error{Code: registry.Unreadable, Message: "the desk " + path, Err: err,
		Hint: "check the disk; where the file is damaged, restore a backup: requests from outside and the logs of corrections and takedowns are nowhere else"}
}
