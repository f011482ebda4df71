package account

import (
	"context"
	"database/sql"
	"time"
)

// Told is what an account is told at its next sign-in: that something which opens it was changed.
type Told struct {
	At   time.Time
	What string // factor_totp, recovery_asked …; the words are the pages'
	By   string // as in the audit; "" for nobody known
}

const mostTold = 50 // of a user; the oldest that were read go first

func (s *Store) tell(ctx context.Context, tx *sql.Tx, user, what, by string) error {
	if _, err := tx.ExecContext(ctx, `INSERT INTO told (user, at, what, by, seen_at) VALUES (?, ?, ?, ?, '')`, user, s.at(), what, by); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `DELETE FROM told WHERE user = ?1 AND n NOT IN (SELECT n FROM told WHERE user = ?1 ORDER BY seen_at = '' DESC, n DESC LIMIT ?2)`, user, mostTold)
	return err
}

// Told are what the user has not said to have read, the newest first.
func (s *Store) Told(ctx context.Context, u *User) ([]Told, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT at, what, by FROM told WHERE user = ? AND seen_at = '' ORDER BY n DESC`, u.ID)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []Told{}
	for rows.Next() {
		var t Told
		var at string
		if err := rows.Scan(&at, &t.What, &t.By); err != nil {
			return nil, wrap(s.path, err)
		}
		t.At = parseStamp(at)
		out = append(out, t)
	}
	return out, wrap(s.path, rows.Err())
}

// Read keeps that the user has read what they were told.
func (s *Store) Read(ctx context.Context, u *User) error {
	_, err := s.db.ExecContext(ctx, `UPDATE told SET seen_at = ? WHERE user = ? AND seen_at = ''`, s.at(), u.ID)
	return wrap(s.path, err)
}

// Warn tells the user of something that happened to what opens the account, and notes it.
func (s *Store) Warn(ctx context.Context, u *User, what string) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		if err := s.tell(ctx, tx, u.ID, what, ""); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{Act: "sign in: " + what, About: u.Name, Outcome: Refused})
	})
}
