package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

const (
	qPosition   = `SELECT position FROM entry WHERE id = ?`
	qErase      = `DELETE FROM payload WHERE position = ?`
	qAddErasure = `INSERT INTO erasure (position, authority, ground, at) VALUES (?, ?, ?, ?)`
	qCheckpoint = `PRAGMA wal_checkpoint(TRUNCATE)`
)

// Erase implements claimlog.Log. When it returns nil, no byte of the payloads is left in the file or its write-ahead log; an
// error that says otherwise is mended by erasing again. Backups are the operator's to mend.
func (l *Log) Erase(ctx context.Context, ids []registry.EntryID, authority, ground string, at time.Time) error {
	if l.write == nil {
		return readOnly(l.path)
	}
	t, err := claimlog.CheckErasure(claimlog.Erasure{Authority: authority, Ground: ground, At: at})
	if err != nil {
		return err
	}
	err = l.inTx(ctx, func(tx *sql.Tx) error {
		for _, id := range ids {
			if err := eraseTx(ctx, tx, id, t); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return wrap(err, l.path, "cannot be erased from")
	}
	return l.forget(ctx)
}

// eraseTx removes one payload and leaves its tombstone; nothing where it was erased before.
func eraseTx(ctx context.Context, tx *sql.Tx, id registry.EntryID, t claimlog.Erasure) error {
	raw := rawID(id)
	if raw == nil {
		return claimlog.NotThere(id)
	}
	err := tx.QueryRowContext(ctx, qPosition, raw).Scan(&t.Position)
	if errors.Is(err, sql.ErrNoRows) {
		return claimlog.NotThere(id)
	}
	if err != nil {
		return err
	}
	done, err := tx.ExecContext(ctx, qErase, t.Position)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); n == 0 || err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, qAddErasure, t.Position, t.Authority, t.Ground, t.At.Unix())
	return err
}

// forget takes out what SQLite leaves of deleted rows. secure_delete overwrites a row where it last stood, but not the copies that a
// page keeps in its free space from when rows moved to a neighbour; so the file is written anew from what lives, and the
// write-ahead log, where older versions of pages stand, is moved into it and emptied. That takes about a second per 100 MB,
// and as much memory as the file is long: erasing is rare.
func (l *Log) forget(ctx context.Context) error {
	if _, err := l.write.ExecContext(ctx, "VACUUM"); err != nil {
		return wrap(err, l.path, "cannot be cleared of what was erased")
	}
	var busy, frames, moved int
	if err := l.write.QueryRowContext(ctx, qCheckpoint).Scan(&busy, &frames, &moved); err != nil {
		return wrap(err, l.path, "cannot be cleared of what was erased")
	}
	if busy != 0 {
		return registry.Errorf(registry.Internal, "the payload is erased, but a reader keeps an old copy of it in %s-wal", l.path).
			WithHint("stop programs that have the log open, and erase again: that clears the rest")
	}
	return nil
}
