package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"strconv"

	"github.com/openassay/assay/registry"
)

// applicationID marks the file as a log of Assay in SQLite's header ("asay" in ASCII).
const applicationID = 0x61736179

//go:embed schema/*.sql
var schemaFiles embed.FS

// steps are the schema's files in order; step n brings a log from version n to n+1. schema.sql is what comes of all of them.
var steps = func() []string {
	names, err := fs.Glob(schemaFiles, "schema/*.sql") // sorted
	if err != nil {
		panic(err)
	}
	out := make([]string, len(names))
	for i, n := range names {
		if want := fmt.Sprintf("schema/%04d_", i+1); n[:len(want)] != want {
			panic("schema: " + n + " is out of order")
		}
		b, err := schemaFiles.ReadFile(n)
		if err != nil {
			panic(err)
		}
		out[i] = string(b)
	}
	return out
}()

func current() int { return len(steps) }

// migrate applies the steps that the file lacks, each in a transaction with the version it makes.
func migrate(ctx context.Context, db *sql.DB, path string) error {
	v, err := version(ctx, db)
	if err != nil {
		return err
	}
	if v > current() {
		return otherVersion(path, v)
	}
	for ; v < current(); v++ {
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		for _, q := range []string{steps[v], "PRAGMA application_id = " + strconv.Itoa(applicationID), "PRAGMA user_version = " + strconv.Itoa(v+1)} {
			if _, err := tx.ExecContext(ctx, q); err != nil {
				tx.Rollback()
				return err
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

func version(ctx context.Context, db *sql.DB) (v int, err error) {
	err = db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&v)
	return v, err
}

// sound looks at what a damaged or foreign file would show at once: header, mark, schema, and the last entry's rows. The whole file is Check's.
func sound(ctx context.Context, db *sql.DB, path string) error {
	var id, v int
	if err := db.QueryRowContext(ctx, "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version)").Scan(&id, &v); err != nil {
		return err
	}
	if id != applicationID {
		return registry.Errorf(registry.Unreadable, "%s is an SQLite file, but not a log of Assay", path).WithHint("check the path; where the log was overwritten, restore it from a backup")
	}
	if v > current() {
		return otherVersion(path, v)
	}
	var n int
	return db.QueryRowContext(ctx, `SELECT count(*) FROM (SELECT position FROM entry ORDER BY position DESC LIMIT 1) e
		LEFT JOIN payload p ON p.position = e.position LEFT JOIN erasure x ON x.position = e.position`).Scan(&n)
}

func otherVersion(path string, v int) error {
	if v > current() {
		return registry.Errorf(registry.Unsupported, "the log %s has schema version %d; this program knows versions up to %d", path, v, current()).
			WithHint("it was written by a newer version of assay: use that one")
	}
	return registry.Errorf(registry.Unsupported, "the log %s has the older schema version %d; this program reads version %d", path, v, current()).
		WithHint("open the data directory once for writing: that brings it forward")
}
