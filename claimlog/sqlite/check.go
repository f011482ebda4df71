package sqlite

import (
	"context"
	"errors"

	"github.com/openassay/assay/claimlog"
)

// Check reads the whole log and says whether anything in it is damaged: the file's structure, the places of entries, the digest
// of every payload. Damage is registry.Unreadable. It takes seconds per million entries.
func (l *Log) Check(ctx context.Context) error {
	rows, err := l.read.QueryContext(ctx, "PRAGMA integrity_check(1)")
	if err != nil {
		return wrap(err, l.path, "cannot be checked")
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return wrap(err, l.path, "cannot be checked")
		}
		if s != "ok" {
			return damaged(l.path, errors.New(s))
		}
	}
	if err := rows.Err(); err != nil {
		return wrap(err, l.path, "cannot be checked")
	}
	var batch int64
	for after := claimlog.Position(0); ; {
		got, err := l.Read(ctx, after, 10_000)
		if err != nil || len(got) == 0 {
			return err
		}
		for _, g := range got {
			if g.Batch != batch && g.Batch != batch+1 {
				return damaged(l.path, errors.New("batches are out of order or missing"))
			}
			batch = g.Batch
		}
		after = got[len(got)-1].Position
	}
}
