package desk

import (
	"context"
	"database/sql"
	"time"

	"github.com/openassay/assay/registry"
)

// Run is what one import found for people to look at.
type Run struct {
	At       time.Time
	Audience registry.Audience
	Paths    []string // every file that was tried: earlier failures of those that did not fail again are settled
	Reviews  []Review // Kind, Document, Title and Reasons are taken
	Failed   []Attempt
}

const (
	putReview = `INSERT INTO review (kind, document, audience, title, reasons, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (kind, document) DO UPDATE SET reasons = excluded.reasons, title = excluded.title, last_at = excluded.last_at`
	putAttempt = `INSERT INTO attempt (path, reason, hint, audience, tries, first_at, last_at) VALUES (?, ?, ?, ?, 1, ?, ?)
ON CONFLICT (path, reason) DO UPDATE SET tries = tries + 1, hint = excluded.hint, audience = excluded.audience, last_at = excluded.last_at`
	settle  = `DELETE FROM attempt WHERE path = ? AND last_at < ?`
	reviews = `SELECT kind, document, audience, title, reasons, first_at, last_at FROM review ORDER BY kind, document`
	attempt = `SELECT path, reason, hint, audience, tries, first_at, last_at FROM attempt ORDER BY path, reason`
)

// Note remembers what an import found, in one transaction.
func (d *Desk) Note(ctx context.Context, r Run) error {
	at := r.At.UTC().Format(stamp)
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap(d.path, err)
	}
	defer tx.Rollback()
	for _, v := range r.Reviews {
		if _, err := tx.ExecContext(ctx, putReview, v.Kind, string(v.Document), string(r.Audience), v.Title, string(v.Reasons), at, at); err != nil {
			return wrap(d.path, err)
		}
	}
	again := map[string]bool{}
	for _, a := range r.Failed {
		again[a.Path] = true
		if _, err := tx.ExecContext(ctx, putAttempt, a.Path, a.Reason, a.Hint, string(r.Audience), at, at); err != nil {
			return wrap(d.path, err)
		}
	}
	for _, p := range r.Paths {
		before := at
		if !again[p] {
			before = "9" // all of them
		}
		if _, err := tx.ExecContext(ctx, settle, p, before); err != nil {
			return wrap(d.path, err)
		}
	}
	return wrap(d.path, tx.Commit())
}

// stamp sorts as text.
const stamp = "2006-01-02T15:04:05.000000000Z"

// Reviews are what a person should decide and readers may see, by kind and document.
func (d *Desk) Reviews(ctx context.Context, readers registry.Audiences) ([]Review, error) {
	out := []Review{}
	err := d.each(ctx, reviews, func(rows *sql.Rows) error {
		var v Review
		var reasons, first, last string
		if err := rows.Scan(&v.Kind, &v.Document, &v.Audience, &v.Title, &reasons, &first, &last); err != nil {
			return err
		}
		v.Reasons = []byte(reasons)
		v.First, v.Last = when(first), when(last)
		if readers.Has(v.Audience) {
			out = append(out, v)
		}
		return nil
	})
	return out, err
}

// Attempts are the files that did not enter and that readers may know of, by path and reason.
func (d *Desk) Attempts(ctx context.Context, readers registry.Audiences) ([]Attempt, error) {
	out := []Attempt{}
	err := d.each(ctx, attempt, func(rows *sql.Rows) error {
		var a Attempt
		var first, last string
		if err := rows.Scan(&a.Path, &a.Reason, &a.Hint, &a.Audience, &a.Tries, &first, &last); err != nil {
			return err
		}
		a.First, a.Last = when(first), when(last)
		if readers.Has(a.Audience) {
			out = append(out, a)
		}
		return nil
	})
	return out, err
}

// Count is how many reviews and attempts there are, at whatever audience; for whoever looks after the machine.
func (d *Desk) Count(ctx context.Context) (reviews, attempts int, err error) {
	err = d.db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM review), (SELECT count(*) FROM attempt)`).Scan(&reviews, &attempts)
	return reviews, attempts, wrap(d.path, err)
}

func (d *Desk) each(ctx context.Context, query string, row func(*sql.Rows) error, args ...any) error {
	rows, err := d.db.QueryContext(ctx, query, args...)
	if err != nil {
		return wrap(d.path, err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return wrap(d.path, err)
		}
	}
	return wrap(d.path, rows.Err())
}

func when(s string) time.Time {
	t, _ := time.Parse(stamp, s)
	return t
}
