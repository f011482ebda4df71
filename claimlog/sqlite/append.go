package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

const (
	qEnd        = `SELECT coalesce(max(position), 0), coalesce(max(batch), 0) FROM entry`
	qHas        = `SELECT EXISTS (SELECT 1 FROM entry WHERE id = ?)`
	qSuperseded = `SELECT EXISTS (SELECT 1 FROM payload WHERE supersedes = ?)`
	qAddEntry   = `INSERT INTO entry (position, batch, id, type, record, field, audience, nonce, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	qAddPayload = `INSERT INTO payload (position, json, supersedes) VALUES (?, ?, ?)`
)

// Append implements claimlog.Log.
func (l *Log) Append(ctx context.Context, entries []registry.Entry) (added int, last claimlog.Position, err error) {
	if l.write == nil {
		return 0, 0, readOnly(l.path)
	}
	err = l.inTx(ctx, func(tx *sql.Tx) error {
		added, last, err = appendTx(ctx, tx, entries)
		return err
	})
	if err != nil {
		return 0, 0, wrap(err, l.path, "cannot be added to")
	}
	return added, last, nil
}

func appendTx(ctx context.Context, tx *sql.Tx, entries []registry.Entry) (int, claimlog.Position, error) {
	var stmts [4]*sql.Stmt
	for i, q := range []string{qHas, qSuperseded, qAddEntry, qAddPayload} {
		s, err := tx.PrepareContext(ctx, q)
		if err != nil {
			return 0, 0, err
		}
		defer s.Close()
		stmts[i] = s
	}
	ask := func(s *sql.Stmt) func(registry.EntryID) (bool, error) {
		return func(id registry.EntryID) (yes bool, err error) {
			if raw := rawID(id); raw != nil {
				err = s.QueryRowContext(ctx, raw).Scan(&yes)
			}
			return yes, err
		}
	}
	var end claimlog.Position
	var batch int64
	if err := tx.QueryRowContext(ctx, qEnd).Scan(&end, &batch); err != nil {
		return 0, 0, err
	}
	add, err := claimlog.Plan(entries, ask(stmts[0]), ask(stmts[1]))
	if err != nil {
		return 0, 0, err
	}
	for i, s := range add {
		at := end + claimlog.Position(i+1)
		if _, err := stmts[2].ExecContext(ctx, at, batch+1, rawID(s.ID), string(s.Type), string(s.Record), s.Field, string(s.Audience), s.Nonce, s.At.Unix()); err != nil {
			return 0, 0, err
		}
		if _, err := stmts[3].ExecContext(ctx, at, string(s.Payload), rawID(s.Supersedes)); err != nil {
			return 0, 0, err
		}
	}
	return len(add), end + claimlog.Position(len(add)), nil
}

// inTx runs do in one writing transaction.
func (l *Log) inTx(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := l.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

// ignoreDone drops what Rollback says after the context ended the transaction.
func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

// rawID is an id's 32 bytes; nil, which is NULL, for what is no id.
func rawID(id registry.EntryID) []byte {
	b, err := hex.DecodeString(string(id))
	if err != nil || len(b) != 32 || hex.EncodeToString(b) != string(id) {
		return nil
	}
	return b
}

func readOnly(path string) error {
	return registry.Errorf(registry.Unsupported, "the log %s was opened for reading only", path).WithHint("open the data directory for writing")
}
