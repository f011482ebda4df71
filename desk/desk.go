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
	"time"

	"github.com/openassay/assay/datadir/sidefile"
	"github.com/openassay/assay/registry"
)

// schema are the steps by which the tables came about, in the order of their names. How many a file has taken is kept in its user_version.
//
//go:embed schema/*.sql
var schema embed.FS

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
	return open(ctx, path, vfs, true)
}

func open(ctx context.Context, path, vfs string, readOnly bool) (*Desk, error) {
	db, err := sidefile.Open(ctx, path, sidefile.Options{What: "the desk", Schema: schema, VFS: vfs, ReadOnly: readOnly})
	if err != nil {
		return nil, wrap(path, err)
	}
	return &Desk{db, path}, nil
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
