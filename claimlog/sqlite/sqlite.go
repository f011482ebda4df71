// Package sqlite keeps the log in one SQLite file. Start with [Open]; claimlog.Log says what the methods promise.
//
// How the promises are kept: one connection writes, each batch in one transaction, flushed to the disk before Append
// returns (write-ahead log, synchronous=FULL); readers have connections of their own and see whole batches only. A new
// file is made complete under another name and then renamed, so that an empty file of the log's name is never a log.
// Headers are kept from change by triggers. secure_delete and a truncated write-ahead log leave nothing of an erased payload.
//
// One process writes at a time; the lock of package datadir sees to that, not this package.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"

	_ "modernc.org/sqlite" // the driver

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// Log is a claimlog.Log in a file.
type Log struct {
	path  string
	read  *sql.DB
	write *sql.DB // one connection; nil where opened for reading only
}

var _ claimlog.Log = (*Log)(nil)

// Open opens the log at path and makes it where there is none; an older file is brought forward to the current schema. A
// damaged file is registry.Unreadable, one of a newer version of Assay registry.Unsupported.
func Open(ctx context.Context, path string) (*Log, error) { return OpenVFS(ctx, path, "") }

// OpenVFS is Open for a file that SQLite reads and writes through a VFS of this name, as package seal makes them.
func OpenVFS(ctx context.Context, path, vfs string) (*Log, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		if err := create(ctx, path, vfs); err != nil {
			return nil, wrap(err, path, "cannot be made")
		}
	}
	l, err := open(ctx, path, vfs, true)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, l.write, path); err != nil {
		l.Close()
		return nil, wrap(err, path, "cannot be brought to the current version")
	}
	return l, nil
}

// OpenReadOnly opens an existing log for reading, beside the process that writes it if there is one. Append and Erase are
// registry.Unsupported; a missing log is registry.NotFound.
func OpenReadOnly(ctx context.Context, path string) (*Log, error) {
	return OpenReadOnlyVFS(ctx, path, "")
}

// OpenReadOnlyVFS is to OpenReadOnly as OpenVFS to Open.
func OpenReadOnlyVFS(ctx context.Context, path, vfs string) (*Log, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, registry.Errorf(registry.NotFound, "there is no log at %s", path).WithHint("check the data directory's path; assay import makes a new one")
	}
	l, err := open(ctx, path, vfs, false)
	if err != nil {
		return nil, err
	}
	v, err := version(ctx, l.read)
	if err == nil && v != current() {
		err = otherVersion(path, v)
	}
	if err != nil {
		l.Close()
		return nil, wrap(err, path, "cannot be read")
	}
	return l, nil
}

func open(ctx context.Context, path, vfs string, write bool) (*Log, error) {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || info.Size() == 0 {
		return nil, damaged(path, errors.New("it is empty, not a file or may not be opened"))
	}
	l := &Log{path: path}
	var err error
	if write {
		if l.write, err = connect(path, vfs, "rw", 1); err != nil {
			return nil, wrap(err, path, "cannot be opened")
		}
		if err = sound(ctx, l.write, path); err != nil {
			l.Close()
			return nil, wrap(err, path, "cannot be opened")
		}
	}
	if l.read, err = connect(path, vfs, "ro", max(4, runtime.NumCPU())); err == nil {
		err = sound(ctx, l.read, path)
	}
	if err != nil {
		l.Close()
		return nil, wrap(err, path, "cannot be opened")
	}
	return l, nil
}

// connect makes a pool of connections. Nothing is opened before the first use.
func connect(path, vfs, mode string, conns int) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	q := url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_pragma": {
		"busy_timeout(10000)", "foreign_keys(ON)", "secure_delete(ON)", "synchronous(FULL)", "temp_store(MEMORY)", "trusted_schema(OFF)",
	}}
	if vfs != "" {
		q.Set("vfs", vfs)
	}
	if mode == "ro" {
		q.Set("_txlock", "deferred")
		q.Add("_pragma", "query_only(ON)")
	} else {
		q.Add("_pragma", "journal_mode(WAL)")
	}
	slashed := filepath.ToSlash(abs)
	if slashed[0] != '/' {
		slashed = "/" + slashed // C:/… on Windows
	}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	return db, nil
}

// create makes an empty log beside its place and renames it there, complete.
func create(ctx context.Context, path, vfs string) error {
	temp := path + ".new"
	for _, s := range []string{"", "-wal", "-shm"} { // left by a process that died here
		if err := os.Remove(temp + s); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600) // SQLite gives its side files the same mode
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	db, err := connect(temp, vfs, "rw", 1)
	if err != nil {
		return err
	}
	err = migrate(ctx, db, temp)
	if e := db.Close(); err == nil { // the last connection leaves one file without side files
		err = e
	}
	if err != nil {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return durable.SyncDir(filepath.Dir(path))
}

// Path is the file's path.
func (l *Log) Path() string { return l.path }

// Close implements claimlog.Log.
func (l *Log) Close() error {
	var errs []error
	for _, db := range []*sql.DB{l.read, l.write} { // the writer last: it folds the write-ahead log into the file
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return wrap(errors.Join(errs...), l.path, "cannot be closed")
}
