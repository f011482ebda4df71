package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
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

	// Of a read:
	Outlet string             `json:"outlet,omitempty"` // the pattern and format of the address, or the verb; never what was typed
	Things []string           `json:"things,omitempty"` // ids of the restricted records that were shown; empty for a count, or an order
	Tier   registry.Audiences `json:"tier,omitempty"`   // for whom they are; of an act, for whom its actor reads
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
	n, before, err := head(ctx, tx)
	if err != nil {
		return err
	}
	e.Number, e.At = n+1, parseStamp(s.at())
	e.By, e.Act, e.About, e.Outcome, e.Note, e.Outlet = line(e.By, 100), line(e.Act, 200), line(e.About, 300), line(e.Outcome, 40), line(e.Note, 1000), line(e.Outlet, 200)
	things := ""
	if len(e.Things) == 0 {
		e.Things = nil
	} else {
		b, err := json.Marshal(e.Things)
		if err != nil {
			return err
		}
		things = string(b)
	}
	leaf := leafOf(&e)
	_, err = tx.ExecContext(ctx, `INSERT INTO audit (`+eventColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Number, e.At.Format(stamp), e.By, e.Act, e.About, e.Outcome, e.Note, e.Outlet, things, tierText(e.Tier), leaf, linked(before, leaf, &e))
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

// Audited says which events are asked for.
type Audited struct {
	Before   int64     // numbers below; 0 for the newest
	Limit    int       // at most
	By       string    // of whom; "" for all
	Kind     string    // "read" for reads, "act" for all others; "" for both
	From, To time.Time // not before, and before; zero for no bound
}

// Audit are the events with a number below before (0 for the newest), the newest first, at most limit.
func (s *Store) Audit(ctx context.Context, before int64, limit int) ([]Event, error) {
	return s.Events(ctx, Audited{Before: before, Limit: limit})
}

// Events are the events asked for, the newest first.
func (s *Store) Events(ctx context.Context, a Audited) ([]Event, error) {
	if a.Before <= 0 {
		a.Before = 1 << 62
	}
	to := "9"
	if !a.To.IsZero() {
		to = a.To.UTC().Format(stamp)
	}
	rows, err := s.db.QueryContext(ctx, `SELECT `+eventColumns+` FROM audit WHERE n < ?1 AND (?2 = '' OR by = ?2) AND (?3 = '' OR (act = 'read') = (?3 = 'read')) AND at >= ?4 AND at < ?5 ORDER BY n DESC LIMIT ?6`,
		a.Before, a.By, a.Kind, a.From.UTC().Format(stamp), to, a.Limit)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []Event{}
	for rows.Next() {
		c, err := scanEvent(rows)
		if err != nil {
			return nil, wrap(s.path, err)
		}
		out = append(out, c.Event)
	}
	return out, wrap(s.path, rows.Err())
}
