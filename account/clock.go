package account

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// clockStep is how exactly the latest time is kept, and by how much a clock may run back without being said to have been set back.
const clockStep = time.Minute

// horizon is the later of now and the latest time that was seen: whatever ends by then has ended. A clock that is set back gives nobody back what
// they held; one that ran ahead takes it until an administrator says that the clock is right.
func (s *Store) horizon(ctx context.Context) (time.Time, error) {
	now := s.now()
	latest, err := s.latest(ctx, s.db)
	if err != nil || latest.After(now) {
		return latest, err
	}
	if now.Sub(latest) > clockStep {
		if _, err := s.db.ExecContext(ctx, `INSERT INTO clock (one, latest) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET latest = max(latest, excluded.latest)`, now.UTC().Format(stamp)); err != nil {
			return now, wrap(s.path, err)
		}
	}
	return now, nil
}

type queryer interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

func (s *Store) latest(ctx context.Context, q queryer) (time.Time, error) {
	var t string
	err := q.QueryRowContext(ctx, `SELECT latest FROM clock`).Scan(&t)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return parseStamp(t), wrap(s.path, err)
}

// SetBack is the latest time that was seen where the clock is behind it now, by more than it may: until an administrator confirms the clock, what is
// given for a limited time counts as over by then. It is the zero time where the clock is as it should be.
func (s *Store) SetBack(ctx context.Context) (time.Time, error) {
	latest, err := s.latest(ctx, s.db)
	if err != nil || latest.Sub(s.now()) <= clockStep {
		return time.Time{}, err
	}
	return latest, nil
}

// ConfirmClock says that the clock is right, although it was ahead before. by is who says so.
func (s *Store) ConfirmClock(ctx context.Context, by string) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		latest, err := s.latest(ctx, tx)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO clock (one, latest) VALUES (1, ?1) ON CONFLICT (one) DO UPDATE SET latest = ?1`, s.at()); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: by, Act: "clock confirmed", Outcome: Done, Note: "it had been at " + latest.UTC().Format(time.RFC3339)})
	})
}
