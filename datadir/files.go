package datadir

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/registry"
)

// Kind says how a file of the directory is copied while it is in use.
type Kind string

const (
	Plain  Kind = "plain"  // written whole, by rename: any reading of it is consistent
	SQLite Kind = "sqlite" // an SQLite database: copied in one reading transaction
	Folder Kind = "folder" // of files that are each written whole by rename, and never changed under their name
)

// File is something that the directory holds for good. Who adds one to the directory adds it to [Durable], or the test of package instance fails.
type File struct {
	Name   string // at the top of the directory
	Kind   Kind
	Always bool // there in every directory that is in use; the others come with what needs them
	What   string
}

// Durable is what must not be lost, and so what a backup holds, in the order in which it is copied. What names something comes before what
// it names, for things are added in the other order: the desk names entries of the log, the log names blobs.
var Durable = []File{
	{formatName, Plain, true, "the version of the layout"},
	{ErasingName, Plain, false, "an erasure that is under way"},
	{"KEYS", Plain, false, "the keys of an encrypted directory, behind the passphrase"},
	{"SECRET", Plain, true, "random bytes that make the ids of what is not public unguessable"},
	{"WITNESSES", Plain, false, "whom the ledger asks for cosignatures"},
	{"ledger.db", SQLite, false, "the leaves of the ledger and its key"},
	{"releases.db", SQLite, false, "what is to be released, and when"},
	{"desk.db", SQLite, true, "what waits for a person"},
	{logName, SQLite, true, "the log of entries"},
	{"accounts.db", SQLite, false, "people, organisations, sessions and what they did"},
	{blobName, Folder, true, "originals, readings, analyses"},
}

// disposable names what may be thrown away while nothing has the directory open.
var disposable = []string{lockName, readersName, projectionName, ledgerName, cacheName}

// Unknown are the names at the top of the directory that are neither durable nor disposable: someone else's, or of a newer program. A backup
// does not hold them.
func Unknown(path string) ([]string, error) {
	names, err := os.ReadDir(path)
	if err != nil {
		return nil, ioError(path, "cannot be read", err)
	}
	known := map[string]bool{"lost+found": true, ".DS_Store": true}
	for _, n := range disposable {
		known[n] = true
	}
	for _, f := range Durable {
		known[f.Name] = true
		if f.Kind == SQLite {
			for _, s := range []string{"-wal", "-shm", "-journal", ".new", ".new-wal", ".new-shm"} {
				known[f.Name+s] = true
			}
		}
	}
	var out []string
	for _, n := range names {
		if !known[n.Name()] && !durable.IsTemp(n.Name()) {
			out = append(out, n.Name())
		}
	}
	return out, nil
}

// DurableFile finds a name in [Durable]; a path below a folder is found by its first part.
func DurableFile(name string) (File, bool) {
	first, _, below := strings.Cut(filepath.ToSlash(name), "/")
	for _, f := range Durable {
		if f.Name == first && below == (f.Kind == Folder) {
			return f, true
		}
	}
	return File{}, false
}

// Format is the version of the layout that this program writes, and the newest that it reads.
func Format() int { return current() }

// CheckNew is registry.Conflict where the folder at path holds a log already, and the error of [Open] where it is of something else.
func CheckNew(path string) error {
	path, err := clean(path)
	if err != nil || !exists(path) {
		return err
	}
	if _, err := ours(path); err != nil {
		return err
	}
	if exists(filepath.Join(path, logName)) {
		return registry.Errorf(registry.Conflict, "%s is a data directory already", path).WithHint("name a new folder")
	}
	return nil
}

// Lock takes the lock of a file alone, without waiting, for a folder that is no data directory but is written by one process at a time. The
// error is [ErrHeld] where another has it.
func Lock(path string) (*os.File, error) { return lock(path, true) }

// ErrHeld says that another holder has the lock.
var ErrHeld = errHeld

// Take takes an existing folder away from everyone, writers and readers, as for replacing it as a whole, whatever state it is in. Errors:
// registry.Conflict where someone uses it; registry.Invalid where nothing in it is of a data directory.
func Take(path string) (*Dir, error) {
	path, err := clean(path)
	if err != nil {
		return nil, err
	}
	mine := false
	for _, f := range Durable {
		mine = mine || exists(filepath.Join(path, f.Name))
	}
	if !mine {
		return nil, registry.Errorf(registry.Invalid, "%s is not empty and is no data directory of Assay", path).WithHint("name a new or an empty folder, or the data directory itself")
	}
	d := &Dir{path: path}
	if err := d.lockForWriting(); err != nil {
		return nil, err
	}
	alone, err := lock(filepath.Join(d.path, readersName), true)
	if err != nil {
		d.Close()
		return nil, readersInTheWay(d.path, "taken away", err)
	}
	d.locks = append(d.locks, alone)
	return d, nil
}
