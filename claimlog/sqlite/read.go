package sqlite

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

const (
	// The last position that Read gives: positions have no gaps, so the first entry that limit leaves out is after+limit+1. The
	// batch it belongs to waits for the next call, unless it is the first batch, which then comes whole.
	qReadEnd = `SELECT CASE WHEN cut.batch IS NULL THEN (SELECT max(position) FROM entry)
	                        WHEN cut.batch = first.batch THEN (SELECT max(position) FROM entry WHERE batch = first.batch)
	                        ELSE (SELECT min(position) FROM entry WHERE batch = cut.batch) - 1 END
	            FROM entry AS first LEFT JOIN entry AS cut ON cut.position = ?2 + 1 WHERE first.position = ?1 + 1`
	qRead = `SELECT e.position, e.batch, e.id, e.type, e.record, e.field, e.audience, e.nonce, e.at, p.json, x.number
	         FROM entry e LEFT JOIN payload p ON p.position = e.position LEFT JOIN erasure x ON x.position = e.position
	         WHERE e.position > ? AND e.position <= ? ORDER BY e.position`
	qErasures = `SELECT x.number, x.position, e.id, e.record, e.field, x.authority, x.ground, x.at
	             FROM erasure x JOIN entry e ON e.position = x.position WHERE x.number > ? ORDER BY x.number`
)

// Read implements claimlog.Log.
func (l *Log) Read(ctx context.Context, after claimlog.Position, limit int) ([]claimlog.Logged, error) {
	out, err := l.readAfter(ctx, max(after, 0), int64(max(limit, 1)))
	return out, wrap(err, l.path, "cannot be read")
}

func (l *Log) readAfter(ctx context.Context, after claimlog.Position, limit int64) ([]claimlog.Logged, error) {
	cut := int64(after) + limit
	if cut < limit { // beyond what fits: the whole log
		cut = 1<<63 - 2
	}
	var end claimlog.Position
	err := l.read.QueryRowContext(ctx, qReadEnd, after, cut).Scan(&end)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	rows, err := l.read.QueryContext(ctx, qRead, after, end)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := make([]claimlog.Logged, 0, min(int64(end-after), 1<<16))
	for rows.Next() {
		var g claimlog.Logged
		var s claimlog.Stored
		var id, payload []byte
		var at int64
		var erased sql.NullInt64
		if err := rows.Scan(&g.Position, &g.Batch, &id, &s.Type, &s.Record, &s.Field, &s.Audience, &s.Nonce, &at, &payload, &erased); err != nil {
			return nil, err
		}
		s.ID, s.At, s.Payload = registry.EntryID(hex.EncodeToString(id)), time.Unix(at, 0).UTC(), payload
		if (payload == nil) != erased.Valid || g.Position != after+claimlog.Position(len(out)+1) {
			return nil, damaged(l.path, errors.New("entry "+string(s.ID)+" lacks its payload, or one before it is missing"))
		}
		if g.Entry, err = s.Join(); err != nil {
			return nil, err
		}
		out = append(out, g)
	}
	return out, rows.Err()
}

// Last implements claimlog.Log.
func (l *Log) Last(ctx context.Context) (p claimlog.Position, err error) {
	err = l.read.QueryRowContext(ctx, `SELECT coalesce(max(position), 0) FROM entry`).Scan(&p)
	return p, wrap(err, l.path, "cannot be read")
}

// Has implements claimlog.Log.
func (l *Log) Has(ctx context.Context, id registry.EntryID) (yes bool, err error) {
	raw := rawID(id)
	if raw == nil {
		return false, ctx.Err()
	}
	err = l.read.QueryRowContext(ctx, qHas, raw).Scan(&yes)
	return yes, wrap(err, l.path, "cannot be read")
}

// Erasures implements claimlog.Log.
func (l *Log) Erasures(ctx context.Context, after int64) ([]claimlog.Erasure, error) {
	rows, err := l.read.QueryContext(ctx, qErasures, after)
	if err != nil {
		return nil, wrap(err, l.path, "cannot be read")
	}
	defer rows.Close()
	var out []claimlog.Erasure
	for rows.Next() {
		var x claimlog.Erasure
		var id []byte
		var at int64
		if err := rows.Scan(&x.Number, &x.Position, &id, &x.Record, &x.Field, &x.Authority, &x.Ground, &at); err != nil {
			return nil, wrap(err, l.path, "cannot be read")
		}
		x.ID, x.At = registry.EntryID(hex.EncodeToString(id)), time.Unix(at, 0).UTC()
		out = append(out, x)
	}
	return out, wrap(rows.Err(), l.path, "cannot be read")
}
