// Package datadir is the folder in which a registry lives on one machine:
//
//	FORMAT       the version of this layout
//	LOCK         held by the process that writes; says which
//	READERS      held together by processes that read, alone by one that changes the layout
//	log.db       the log of entries (claimlog/sqlite)
//	blobs/       originals, readings, analyses (blob)
//	projection/  what is read; made from the log, and may be thrown away
//	ledger/      the ledger's public tree; made from ledger.db, and may be thrown away
//	cache/       what took long to make, such as the words in images of pages; may be thrown away
//
// Start with [Open] or [OpenReadOnly]. One process writes; any number read beside it. Locks end with the process, however
// it ends. The folder is for its owner alone. [Durable] lists what a backup holds, also what other packages keep here.
package datadir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// ErasingName is the file that says which erasure is under way. Whoever finds it completes the erasure.
const ErasingName = "ERASING"

const (
	lockName       = "LOCK"
	readersName    = "READERS"
	formatName     = "FORMAT"
	logName        = "log.db"
	blobName       = "blobs"
	projectionName = "projection"
	ledgerName     = "ledger" // the public tree, made from ledger.db
	cacheName      = "cache"
	keysName       = "KEYS" // of an encrypted directory, made before all else
)

// Dir is an open data directory. It is locked until Close.
type Dir struct {
	path     string
	readOnly bool
	locks    []*os.File
}

// Open opens the data directory at path for writing, makes it where it is missing or empty, and brings an older one forward to the
// current format. Errors: registry.Invalid where path is a file or a folder of something else; registry.Conflict where
// another process writes; registry.Unsupported for a newer format; registry.Unreadable for a damaged one.
func Open(path string) (*Dir, error) {
	path, err := clean(path)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(path, 0o700); err != nil && !exists(path) {
		return nil, ioError(path, "cannot be made", err)
	}
	if _, err := ours(path); err != nil { // before a lock file is put into someone else's folder
		return nil, err
	}
	d := &Dir{path: path}
	if err := d.lockForWriting(); err != nil {
		return nil, err
	}
	if err := d.prepare(); err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// OpenReadOnly opens an existing data directory for reading, beside the process that writes, if there is one. Errors: registry.NotFound
// where there is none; registry.Unsupported where it has another format than the current one; registry.Conflict where it is being brought
// forward at the moment.
func OpenReadOnly(path string) (*Dir, error) {
	path, err := clean(path)
	if err != nil {
		return nil, err
	}
	v := 0
	if exists(path) {
		if v, err = ours(path); err != nil {
			return nil, err
		}
	}
	if v == 0 {
		return nil, registry.Errorf(registry.NotFound, "there is no data directory at %s", path).WithHint("check the path; assay import makes a new one")
	}
	d := &Dir{path: path, readOnly: true}
	if v == current() { // an older one may have no READERS yet
		if err := d.lockForReading(); err != nil {
			return nil, err
		}
		v, err = ours(path) // it may have been brought forward while the lock was waited for
	}
	if err == nil && v != current() {
		err = registry.Errorf(registry.Unsupported, "the data directory %s has the older format %d; this program reads format %d", path, v, current()).
			WithHint("open it once for writing: that brings it forward")
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// prepare makes the layout in a new folder and brings an older one forward. The lock is held.
func (d *Dir) prepare() error {
	v, err := ours(d.path) // again: another process may have been at work before the lock was ours
	if err != nil {
		return err
	}
	if err := removeTemps(d.path); err != nil {
		return ioError(d.path, "cannot be tidied", err)
	}
	if v == current() {
		return ioError(d.path, "cannot be completed", durable.MakeDir(d.ProjectionPath())) // whoever threw it away left the rest
	}
	alone, err := lock(filepath.Join(d.path, readersName), true)
	if err != nil {
		return readersInTheWay(d.path, "brought to a newer format", err)
	}
	defer alone.Close()
	return migrate(d.path, v)
}

func readersInTheWay(path, what string, err error) error {
	if errors.Is(err, errHeld) {
		return registry.Errorf(registry.Conflict, "the data directory %s has to be %s, and other processes are reading it", path, what).
			WithHint("stop them and start again")
	}
	return ioError(path, "cannot be locked", err)
}

// ours is the format of the folder at path; 0 for an empty one. A folder of something else is registry.Invalid.
func ours(path string) (int, error) {
	names, err := os.ReadDir(path)
	if err != nil {
		return 0, ioError(path, "cannot be read", err)
	}
	if slices.ContainsFunc(names, func(n fs.DirEntry) bool { return n.Name() == formatName }) { // wherever it stands among them
		return readFormat(path)
	}
	for _, n := range names {
		switch n.Name() {
		case keysName, lockName, readersName, "lost+found", ".DS_Store": // of a process that died before it wrote FORMAT; of the system
		default:
			if durable.IsTemp(n.Name()) || (n.Name() == blobName || n.Name() == projectionName) && empty(filepath.Join(path, n.Name())) {
				continue
			}
			return 0, registry.Errorf(registry.Invalid, "%s is not empty and is no data directory of Assay: it has %q and no file %s", path, n.Name(), formatName).
				WithHint("name a new or an empty folder, or the data directory itself")
		}
	}
	return 0, nil
}

// removeTemps removes what a process that died was writing.
func removeTemps(path string) error {
	names, err := os.ReadDir(path)
	for _, n := range names {
		if err == nil && durable.IsTemp(n.Name()) {
			err = os.Remove(filepath.Join(path, n.Name()))
		}
	}
	return err
}

func empty(folder string) bool {
	names, err := os.ReadDir(folder)
	return err == nil && len(names) == 0
}

func clean(path string) (string, error) {
	if path == "" {
		return "", registry.Errorf(registry.Invalid, "no data directory is named").WithHint("name one with --data DIR")
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", ioError(path, "cannot be found", err)
	}
	if info, err := os.Stat(abs); err == nil && !info.IsDir() {
		return "", registry.Errorf(registry.Invalid, "%s is a file; a data directory is a folder", path).WithHint("name a folder; a file is imported with assay import")
	}
	return abs, nil
}

func exists(path string) bool { _, err := os.Stat(path); return err == nil }

// Path is the directory's absolute path.
func (d *Dir) Path() string { return d.path }

// ReadOnly says whether it was opened for reading only.
func (d *Dir) ReadOnly() bool { return d.readOnly }

// LogPath is the file of the log; it may not be there yet.
func (d *Dir) LogPath() string { return filepath.Join(d.path, logName) }

// BlobPath is the folder of blobs.
func (d *Dir) BlobPath() string { return filepath.Join(d.path, blobName) }

// CachePath is the folder of what took long to make. It may be missing, and is emptied by an erasure.
func (d *Dir) CachePath() string { return filepath.Join(d.path, cacheName) }

// ProjectionPath is the folder of what is made from the log.
func (d *Dir) ProjectionPath() string { return filepath.Join(d.path, projectionName) }

// Close gives up the lock. Close what lies in the directory first.
func (d *Dir) Close() error {
	var errs []error
	for _, f := range d.locks {
		errs = append(errs, f.Close())
	}
	d.locks = nil
	return errors.Join(errs...)
}

func ioError(path, what string, err error) error {
	var has *registry.Error
	if err == nil || errors.As(err, &has) {
		return err
	}
	hint := "check the disk, and that the folder belongs to who runs assay"
	if errors.Is(err, fs.ErrPermission) {
		hint = "the folder belongs to someone else: run as its owner, or name another"
	}
	return &registry.Error{Code: registry.Unreadable, Message: fmt.Sprintf("the data directory %s %s", path, what), Err: err, Hint: hint}
}
