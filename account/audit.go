package account

import (
	"context"
	"database/sql"
	"strings"
	"time"
)

// Event is a line of the audit: who did what, when, about what, and how it ended.
type Event struct {
	Number  int64     `json:"number"`
	At      time.Time `json:"at"`
	By      string    `json:"by"`    // person:NAME; operator for the command line; "" for nobody known
	Act     string    `json:"act"`   // "user add", "sign in", the address of a form
	About   string    `json:"about"` // a record, a user
	Outcome string    `json:"outcome"`
	Note    string    `json:"note,omitempty"`
}

// Outcomes of events. Others are the codes of package registry's errors.
const (
	Done    = "done"
	Refused = "refused"
)

// Operator is who uses the command line.
const Operator = "operator"

// Note writes an event. Never put a password or an address of the network into it.
func (s *Store) Note(ctx context.Context, e Event) error {
	return s.change(ctx, func(tx *sql.Tx) error { return s.note(ctx, tx, e) })
}

func (s *Store) note(ctx context.Context, tx *sql.Tx, e Event) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO audit (at, by, act, about, outcome, note) VALUES (?, ?, ?, ?, ?, ?)`,
		s.at(), line(e.By, 100), line(e.Act, 200), line(e.About, 300), line(e.Outcome, 40), line(e.Note, 1000))
	return err
}

// line is text of outside on one line of bounded length.
func line(s string, most int) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "�")), " ")
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// Audit are the events with a number below before (0 for the newest), the newest first, at most limit.
func (s *Store) Audit(ctx context.Context, before int64, limit int) ([]Event, error) {
	if before <= 0 {
		before = 1 << 62
	}
	rows, err := s.db.QueryContext(ctx, `SELECT n, at, by, act, about, outcome, note FROM audit WHERE n < ? ORDER BY n DESC LIMIT ?`, before, limit)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []Event{}
	for rows.Next() {
		var e Event
		var at string
		if err := rows.Scan(&e.Number, &at, &e.By, &e.Act, &e.About, &e.Outcome, &e.Note); err != nil {
			return nil, wrap(s.path, err)
		}
		e.At = parseStamp(at)
		out = append(out, e)
	}
	return out, wrap(s.path, rows.Err())
}
