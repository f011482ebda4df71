package account

import (
	"context"
	"crypto/cipher"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the driver

	"github.com/openassay/assay/datadir/sidefile"
	"github.com/openassay/assay/registry"
)

// FileName is the accounts' file in a data directory.
const FileName = "accounts.db"

//go:embed schema/*.sql
var schema embed.FS

// Options are what is injected. The zero value serves.
type Options struct {
	Now    func() time.Time // time.Now where nil
	Random io.Reader        // for ids, tokens and salts; crypto/rand where nil
	Cost   Cost             // of a password; for tests
	Key    []byte           // 32 bytes or more that are kept elsewhere than in the file; seals what has to be read again. Without it no authenticator can be set up
	VFS    string           // through which SQLite reads and writes the file, as package seal makes them; "" for the system's own
}

// Store holds users, sessions and audit. All methods may be called from several goroutines and processes at once.
type Store struct {
	db     *sql.DB
	path   string
	now    func() time.Time
	random io.Reader
	cost   Cost
	gate   *gate
	limits *limits
	failed atomic.Int64
	reads  reads
	sealer cipher.AEAD // nil where there is no key
	decoy  string      // a password that nobody has: what unknown users are compared with
}

// Open opens the accounts at path and makes the file where it is missing.
func Open(ctx context.Context, path string, opt Options) (*Store, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, wrap(path, err)
	}
	f.Close()
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, wrap(path, err)
	}
	slashed := filepath.ToSlash(abs)
	if slashed[0] != '/' {
		slashed = "/" + slashed
	}
	// A rollback journal, as of the desk: one file, whole whenever nobody writes.
	q := url.Values{"mode": {"rwc"}, "_txlock": {"immediate"}, "_pragma": {"busy_timeout(10000)", "journal_mode(DELETE)", "synchronous(FULL)", "temp_store(MEMORY)", "foreign_keys(ON)", "trusted_schema(OFF)", "secure_delete(ON)"}}
	if opt.VFS != "" {
		q.Set("vfs", opt.VFS)
	}
	return open(ctx, path, (&url.URL{Scheme: "file", Path: slashed, RawQuery: q.Encode()}).String(), 4, opt)
}

// OpenMemory makes accounts that end with the process.
func OpenMemory(ctx context.Context, opt Options) (*Store, error) {
	if opt.Key == nil {
		opt.Key = make([]byte, 32)
		if _, err := rand.Read(opt.Key); err != nil {
			return nil, err
		}
	}
	return open(ctx, "in memory", "file::memory:?_txlock=immediate&_pragma=foreign_keys(ON)", 1, opt)
}

func open(ctx context.Context, path, dsn string, connections int, opt Options) (*Store, error) {
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, wrap(path, err)
	}
	db.SetMaxOpenConns(connections)
	s := &Store{db: db, path: path, now: opt.Now, random: opt.Random, cost: opt.Cost, gate: newGate(atOnce), limits: newLimits()}
	if s.now == nil {
		s.now = time.Now
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	if s.cost == (Cost{}) {
		s.cost = defaultCost
	}
	if s.sealer, err = newSealer(opt.Key); err != nil {
		db.Close()
		return nil, err
	}
	s.decoy = s.cost.encode(make([]byte, saltLength), make([]byte, keyLength))
	if err := sidefile.Prepare(ctx, db, path, sidefile.Options{What: "the accounts", Schema: schema}); err != nil {
		db.Close()
		return nil, wrap(path, err)
	}
	return s, nil
}

// change does something in one transaction, all of it or nothing.
func (s *Store) change(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap(s.path, err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return wrap(s.path, err)
	}
	return wrap(s.path, tx.Commit())
}

// Close releases the file.
func (s *Store) Close() error { return wrap(s.path, s.db.Close()) }

// token is a new secret of 256 bits for a cookie.
func (s *Store) token() (string, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(s.random, b); err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(b), nil
}

// hashed is what is kept of a token.
func hashed(token string) string {
	h := sha256.Sum256([]byte(token))
	return hex.EncodeToString(h[:])
}

const stamp = "2006-01-02T15:04:05.000Z" // its order as text is that of time

func (s *Store) at() string { return s.now().UTC().Format(stamp) }

func parseStamp(t string) time.Time {
	at, _ := time.Parse(stamp, t) // the zero time where it is empty
	return at
}

func wrap(path string, err error) error {
	var has *registry.Error
	if err == nil || errors.As(err, &has) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &registry.Error{Code: registry.Unreadable, Message: "the accounts " + path, Err: err, Hint: "check the disk; where the file is damaged, restore it from a backup"}
}
