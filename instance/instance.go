// Package instance opens a registry: the log, the blobs, the desk and the projections that belong together, whether they
// live in a data directory or in the process.
//
// Start with [Open] (a data directory, for writing), [OpenReadOnly] (beside whoever writes it) or [Embedded] (the registry
// that the binary carries, in memory), then ask for a [Instance.Projection] or a [Instance.View]. A new data directory holds the
// embedded registry as its first batch: all of it or nothing.
//
// It adds files to those of package datadir:
//
//	SECRET       random bytes that make the ids of what is not public unguessable, and the same on the next import
//	desk.db      what waits for a person (package desk)
//	accounts.db  who may sign in, and what they did (package account)
//	ledger.db    the leaves of the ledger and its key (package ledger/book)
//	ledger/      the public tree made from them (package ledger/tiles); in an encrypted directory its last checkpoint alone, sealed
//	releases.db  what is to be released, and when (package schedule)
//	WITNESSES    whom to ask for cosignatures
//
// A backup needs SECRET too: without it, what was imported at another audience than public would enter a second time.
package instance

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/claimlog/sqlite"
	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/fetch"
	"github.com/openassay/assay/ledger/book"
	"github.com/openassay/assay/ledger/tiles"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
	"github.com/openassay/assay/seal"
)

// Options are what is injected. The zero value serves.
type Options struct {
	Now    func() time.Time // time.Now where nil
	Random io.Reader        // for SECRET; crypto/rand where nil

	Warn func(string) // told what lags or is not as it should be, and does not keep anything from being done; nobody where nil

	// Passphrase gives that of an encrypted directory; it is asked for one only.
	Passphrase func() ([]byte, error)
}

// Instance is an open registry. All methods may be called from several goroutines at once.
type Instance struct {
	Log   claimlog.Log
	Blobs blob.Store
	Now   func() time.Time

	// Extract reads files of all formats; in this process where nil. Whoever opens the registry sets it before anything is imported.
	Extract extract.Reader
	// Recognizer reads the images that a redaction made, to search them; nil where none does.
	Recognizer extract.Recognizer
	Fetch      *fetch.Client // fetches web addresses; public ones where nil

	dir    *datadir.Dir // nil for one in memory
	desk   *desk.Desk   // nil where there is none
	users  *account.Store
	secret []byte
	keys   *seal.Keys // nil where the directory is not encrypted

	random    io.Reader
	warned    func(string)
	opened    bool       // for writing, completely
	catching  sync.Mutex // one CatchUp at a time; guards grown
	grown     bool       // the tree has been seen to be up to the book
	anchorDay string     // on which the hash of the audit was last lodged, as far as this process knows; guarded by catching
	ledgerMu  sync.Mutex // guards book and schedule
	book      *book.Book
	bookAlone bool        // of a directory that is open for reading, the book is open for writing
	held      *tiles.Held // the tree of an encrypted directory
	schedule  *schedule.Store

	changes     sync.RWMutex // held for writing while something is erased, for reading while anything else changes
	settling    sync.Mutex   // one Settled at a time; guards settled
	settled     map[string]bool
	mu          sync.Mutex
	projections map[string]*projection.Projection
	previews    previews
}

const (
	secretName   = "SECRET"
	deskName     = "desk.db"
	readersFile  = "AUDIENCES" // in a projection's folder: for whom it is
	secretLength = 32
)

func fresh(opt Options) *Instance {
	in := &Instance{Now: opt.Now, random: opt.Random, warned: opt.Warn, projections: map[string]*projection.Projection{}}
	if in.Now == nil {
		in.Now = time.Now
	}
	return in
}

// Rules are the embedded rules by which texts are read. Most that is done with a registry reads no text, so they are compiled when first asked for.
func (in *Instance) Rules() *assay.Rules {
	rules, err := assay.LoadRules()
	if err != nil {
		panic(err) // what is embedded loads: a test of package assay says so
	}
	return rules
}

// Open opens the data directory at path for writing, and makes it, with the embedded registry in it, where it is missing or
// empty. Errors are those of datadir.Open and of the stores in it.
func Open(ctx context.Context, path string, opt Options) (_ *Instance, err error) {
	in := fresh(opt)
	defer func() {
		if err != nil {
			in.Close()
		}
	}()
	if in.dir, err = datadir.Open(path); err != nil {
		return nil, err
	}
	vfs, err := in.unlock(opt)
	if err != nil {
		return nil, err
	}
	if err := in.checkLogIsThere(); err != nil {
		return nil, err
	}
	log, err := sqlite.OpenVFS(ctx, in.dir.LogPath(), vfs)
	if err != nil {
		return nil, err
	}
	in.Log = guarded{log, in}
	blobs, err := blob.Open(in.dir.BlobPath())
	if err != nil {
		return nil, err
	}
	in.Blobs = in.sealed(blobs)
	last, err := log.Last(ctx)
	if err != nil {
		return nil, err
	}
	if opt.Random == nil {
		opt.Random = rand.Reader
	}
	if in.secret, err = in.openSecret(filepath.Join(in.dir.Path(), secretName), last == 0, opt.Random); err != nil {
		return nil, err
	}
	if in.desk, err = desk.OpenVFS(ctx, filepath.Join(in.dir.Path(), deskName), vfs); err != nil {
		return nil, err
	}
	if in.users, err = account.Open(ctx, in.accountsPath(), account.Options{Now: in.Now, VFS: vfs, Key: in.secret}); err != nil {
		return nil, err
	}
	if last == 0 {
		err = in.plant(ctx)
	} else {
		err = in.resumeErasure(ctx)
	}
	in.opened = err == nil
	return in, err
}

func (in *Instance) warn(format string, args ...any) {
	if in.warned != nil {
		in.warned(fmt.Sprintf(format, args...))
	}
}

// checkLogIsThere refuses a directory whose log was lost: a new one would pass over in silence that all that was entered is gone. The
// secret is written after the log.
func (in *Instance) checkLogIsThere() error {
	_, noLog := os.Stat(in.dir.LogPath())
	_, noSecret := os.Stat(filepath.Join(in.dir.Path(), secretName))
	if !errors.Is(noLog, fs.ErrNotExist) || noSecret != nil {
		return nil
	}
	return registry.Errorf(registry.Unreadable, "the log %s is missing", in.dir.LogPath()).
		WithHint("restore it from a backup; to begin anew, name a new folder and import the files again")
}

// OpenReadOnly opens the data directory at path for reading, beside the process that writes it if there is one, and changes
// nothing in it. Errors are those of datadir.OpenReadOnly and of the stores in it.
func OpenReadOnly(ctx context.Context, path string, opt Options) (_ *Instance, err error) {
	in := fresh(opt)
	defer func() {
		if err != nil {
			in.Close()
		}
	}()
	if in.dir, err = datadir.OpenReadOnly(path); err != nil {
		return nil, err
	}
	if err := in.checkErasing(); err != nil {
		return nil, err
	}
	vfs, err := in.unlock(opt)
	if err != nil {
		return nil, err
	}
	log, err := sqlite.OpenReadOnlyVFS(ctx, in.dir.LogPath(), vfs)
	if err != nil {
		return nil, err
	}
	in.Log = log
	if last, err := log.Last(ctx); err != nil {
		return nil, err
	} else if last == 0 {
		return nil, registry.Errorf(registry.NotFound, "the data directory %s is empty: whoever was making it did not finish", path).
			WithHint("assay import or assay serve completes it")
	}
	blobs, err := blob.OpenReadOnly(in.dir.BlobPath())
	if err != nil {
		return nil, err
	}
	in.Blobs = in.sealed(blobs)
	in.desk, err = desk.OpenReadOnlyVFS(ctx, filepath.Join(in.dir.Path(), deskName), vfs)
	if registry.CodeOf(err) == registry.NotFound { // nothing waits
		in.desk, err = nil, nil
	}
	return in, err
}

// Close closes everything; the lock last.
func (in *Instance) Close() error {
	errs := []error{in.closeLedger()} // before the log is closed, which it follows
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, p := range in.projections {
		errs = append(errs, p.Close())
	}
	in.projections = nil
	if in.previews.kept != nil {
		in.previews.kept.retire()
	}
	if in.desk != nil {
		errs = append(errs, in.desk.Close())
	}
	if in.users != nil {
		errs = append(errs, in.users.Close())
	}
	if in.Log != nil {
		errs = append(errs, in.Log.Close())
	}
	if in.dir != nil {
		errs = append(errs, in.dir.Close())
	}
	return errors.Join(errs...)
}

// OCRFolder is where the words recognised in images of pages may be kept; "" where nothing may: in memory, for readers, and in an encrypted
// directory, since they would lie there in the clear.
func (in *Instance) OCRFolder() string {
	if in.dir == nil || in.keys != nil || !in.opened {
		return ""
	}
	return filepath.Join(in.dir.CachePath(), "ocr")
}

// Path is the data directory's path; "" for a registry in memory.
func (in *Instance) Path() string {
	if in.dir == nil {
		return ""
	}
	return in.dir.Path()
}

// Entries is the whole log, in its order.
func (in *Instance) Entries(ctx context.Context) ([]registry.Entry, error) {
	var all []registry.Entry
	for pos := claimlog.Position(0); ; {
		batch, err := in.Log.Read(ctx, pos, 5000)
		if err != nil || len(batch) == 0 {
			return all, err
		}
		for _, l := range batch {
			all = append(all, l.Entry)
			pos = l.Position
		}
	}
}

// View is what readers see as of a day ("" for everything known), and the entries that they may see: without index, for whoever
// looks at records only.
func (in *Instance) View(ctx context.Context, readers registry.Audiences, asOf registry.Day) (*registry.View, []registry.Entry, error) {
	all, err := in.Entries(ctx)
	if err != nil {
		return nil, nil, err
	}
	return registry.Compile(all, readers, asOf), registry.Visible(all, readers), nil
}
