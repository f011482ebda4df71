// Package book keeps the leaves of a registry's ledger, with the key that signs it and how far the log has been followed, in one small
// file. Start with [Open] and [Book.Add].
//
// Leaves and cursor change together or not at all: whoever follows the log from [Book.Cursor] enters nothing twice and leaves nothing out,
// wherever it was cut off. The tree of package ledger/tiles is made from the leaves, and can be made again.
package book

import (
	"context"
	"crypto/rand"
	"database/sql"
	"embed"
	"encoding/hex"
	"errors"
	"io"
	"strconv"

	"golang.org/x/mod/sumdb/note"

	"github.com/openassay/assay/datadir/sidefile"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
)

// FileName is the book's file in a data directory.
const FileName = "ledger.db"

//go:embed schema/*.sql
var schema embed.FS

// Options are what is injected. The zero value serves.
type Options struct {
	Random   io.Reader // for the key, the secret and places; crypto/rand where nil
	VFS      string    // through which SQLite reads and writes
	ReadOnly bool
}

// Book is an open book. Its methods may be called from several goroutines at once.
type Book struct {
	db     *sql.DB
	path   string
	random io.Reader
	key    string
	vkey   string
	name   string
	secret []byte
}

// Cursor says how far the log has been followed, and up to where the book goes.
type Cursor struct {
	Position int64  // in the log
	Erasures int64  // number of the last erasure
	Events   int64  // that have been entered: the number of the next
	Leaves   int64  // the number of the next
	Interval string // the last of which there is a leaf of deposits; "" before the first
}

// Open opens the book at path. A new one gets a key and a name made from it.
func Open(ctx context.Context, path string, opt Options) (*Book, error) {
	if opt.Random == nil {
		opt.Random = rand.Reader
	}
	b := &Book{path: path, random: opt.Random}
	var err error
	if b.db, err = sidefile.Open(ctx, path, sidefile.Options{What: "the ledger", Schema: schema, VFS: opt.VFS, ReadOnly: opt.ReadOnly}); err != nil {
		return nil, b.wrap(err)
	}
	if err := b.open(ctx, opt.ReadOnly); err != nil {
		b.db.Close()
		return nil, b.wrap(err)
	}
	return b, nil
}

func (b *Book) open(ctx context.Context, readOnly bool) error {
	var err error
	b.key, err = b.about(ctx, b.db, "key")
	if errors.Is(err, sql.ErrNoRows) && !readOnly {
		if err = b.found(ctx); err == nil {
			b.key, err = b.about(ctx, b.db, "key")
		}
	}
	if err != nil {
		return err
	}
	secret, err := b.about(ctx, b.db, "secret")
	if err != nil {
		return err
	}
	if b.secret, err = hex.DecodeString(secret); err != nil {
		return err
	}
	if b.vkey, err = b.about(ctx, b.db, "vkey"); err != nil {
		return err
	}
	signer, err := note.NewSigner(b.key)
	if err != nil {
		return err
	}
	b.name = signer.Name()
	return nil
}

// found gives a new book its key. The name of the ledger has a part that is drawn by lot, so that no two are called the same.
func (b *Book) found(ctx context.Context) error {
	drawn := make([]byte, 8+32)
	if _, err := io.ReadFull(b.random, drawn); err != nil {
		return err
	}
	skey, vkey, err := note.GenerateKey(b.random, "assay-ledger-"+hex.EncodeToString(drawn[:8]))
	if err != nil {
		return err
	}
	return b.change(ctx, func(tx *sql.Tx) error {
		for name, value := range map[string]string{"key": skey, "vkey": vkey, "secret": hex.EncodeToString(drawn[8:])} {
			if err := put(ctx, tx, name, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// Name is the ledger's name: the origin of its checkpoints.
func (b *Book) Name() string { return b.name }

// VKey is the public key, as policies write it.
func (b *Book) VKey() string { return b.vkey }

// Key is the signing key, for who grows the tree. It is for no page and no log.
func (b *Book) Key() string { return b.key }

// Cursor says how far the book is.
func (b *Book) Cursor(ctx context.Context) (Cursor, error) {
	c, err := b.cursor(ctx, b.db)
	return c, b.wrap(err)
}

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func (b *Book) cursor(ctx context.Context, q queryer) (c Cursor, err error) {
	for name, to := range map[string]*int64{"position": &c.Position, "erasures": &c.Erasures, "events": &c.Events} {
		s, err := b.about(ctx, q, name)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err == nil {
			*to, err = strconv.ParseInt(s, 10, 64)
		}
		if err != nil {
			return c, err
		}
	}
	if c.Interval, err = b.about(ctx, q, "interval"); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return c, err
	}
	return c, q.QueryRowContext(ctx, `SELECT count(*) FROM leaf`).Scan(&c.Leaves)
}

// Add enters leaves behind the last and moves the cursor, both or neither: position, erasures and interval become those of to. It is
// registry.Conflict where the book is no longer where from says: somebody else followed the log meanwhile.
func (b *Book) Add(ctx context.Context, from, to Cursor, leaves []*ledger.Leaf) error {
	return b.change(ctx, func(tx *sql.Tx) error {
		now, err := b.cursor(ctx, tx)
		if err != nil {
			return err
		}
		if now != from {
			return registry.Errorf(registry.Conflict, "the ledger grew meanwhile")
		}
		for i, l := range leaves {
			data := l.Bytes()
			if len(data) > ledger.MaxLeaf {
				return registry.Errorf(registry.Internal, "a leaf of %d bytes", len(data))
			}
			n := now.Leaves + int64(i)
			if _, err := tx.ExecContext(ctx, `INSERT INTO leaf (number, data) VALUES (?, ?)`, n, data); err != nil {
				return err
			}
			to.Events += int64(len(l.Events))
			if err := index(ctx, tx, n, l); err != nil {
				return err
			}
		}
		for name, value := range map[string]string{"position": strconv.FormatInt(to.Position, 10), "erasures": strconv.FormatInt(to.Erasures, 10), "events": strconv.FormatInt(to.Events, 10), "interval": to.Interval} {
			if err := put(ctx, tx, name, value); err != nil {
				return err
			}
		}
		return nil
	})
}

// index enters what a leaf speaks of.
func index(ctx context.Context, tx *sql.Tx, n int64, l *ledger.Leaf) error {
	files := []string{l.SHA256}
	if l.Kind == ledger.KindDeposits {
		files = append(files, "deposits "+l.Interval)
	}
	for _, e := range l.Events {
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO event (id, leaf) VALUES (?, ?)`, string(e.ID), n); err != nil {
			return err
		}
		files = append(files, e.File)
	}
	for _, f := range files {
		if f == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO file (sha256, leaf) VALUES (?, ?)`, f, n); err != nil {
			return err
		}
	}
	return nil
}

// Close releases the file.
func (b *Book) Close() error { return b.wrap(b.db.Close()) }

func (b *Book) about(ctx context.Context, q queryer, name string) (s string, err error) {
	err = q.QueryRowContext(ctx, `SELECT value FROM about WHERE name = ?`, name).Scan(&s)
	return s, err
}

func put(ctx context.Context, tx *sql.Tx, name, value string) error {
	_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)`, name, value)
	return err
}

// change does something in one transaction, all of it or nothing.
func (b *Book) change(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := b.db.BeginTx(ctx, nil)
	if err != nil {
		return b.wrap(err)
	}
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return b.wrap(err)
	}
	return b.wrap(tx.Commit())
}

func (b *Book) wrap(err error) error {
	var has *registry.Error
	if err == nil || errors.As(err, &has) {
		return err
	}
	return &registry.Error{Code: registry.Unreadable, Message: "the ledger " + b.path, Err: err,
		Hint: "check the disk; where the file is damaged, restore it from a backup: a new one would be another ledger, with another key"}
}
