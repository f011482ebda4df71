package desk

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/openassay/assay/registry"
)

// Edition is a brief's numbers that were kept. What Scope and Body hold is package brief's; they have no words, so that nothing that is erased stays in them.
type Edition struct {
	ID      string
	Horizon registry.Day
	Scope   []byte // JSON
	Body    []byte // JSON; nil in lists
	KeptAt  time.Time
	By      string
}

// KeepEdition keeps an edition. It says whether it is new: one with the same content had been kept otherwise.
func (d *Desk) KeepEdition(ctx context.Context, e Edition) (fresh bool, err error) {
	r, err := d.db.ExecContext(ctx, `INSERT INTO edition (id, horizon, scope, body, kept_at, by) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
		e.ID, string(e.Horizon), string(e.Scope), e.Body, e.KeptAt.UTC().Format(stamp), e.By)
	if err != nil {
		return false, wrap(d.path, err)
	}
	n, err := r.RowsAffected()
	return n > 0, wrap(d.path, err)
}

// Editions are those that were kept, the newest first, without their bodies.
func (d *Desk) Editions(ctx context.Context) ([]Edition, error) {
	out := []Edition{}
	err := d.each(ctx, `SELECT id, horizon, scope, kept_at, by FROM edition ORDER BY horizon DESC, kept_at DESC, id LIMIT 200`, func(rows *sql.Rows) error {
		var e Edition
		var scope, at string
		if err := rows.Scan(&e.ID, &e.Horizon, &scope, &at, &e.By); err != nil {
			return err
		}
		e.Scope = []byte(scope)
		e.KeptAt, _ = time.Parse(stamp, at)
		out = append(out, e)
		return nil
	})
	return out, err
}

// Edition is the edition of an id. Errors: registry.NotFound.
func (d *Desk) Edition(ctx context.Context, id string) (Edition, error) {
	var e Edition
	var scope, at string
	err := d.db.QueryRowContext(ctx, `SELECT id, horizon, scope, body, kept_at, by FROM edition WHERE id = ?`, id).Scan(&e.ID, &e.Horizon, &scope, &e.Body, &at, &e.By)
	if errors.Is(err, sql.ErrNoRows) {
		return e, registry.Errorf(registry.NotFound, "there is no edition of this name")
	}
	e.Scope = []byte(scope)
	e.KeptAt, _ = time.Parse(stamp, at)
	return e, wrap(d.path, err)
}
