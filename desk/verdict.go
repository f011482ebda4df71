package desk

import (
	"context"
	"database/sql"
	"time"

	"github.com/openassay/assay/registry"
)

// Verdict is what a person decided about an item of the review list: to look at it later, or to leave it as it is.
type Verdict struct {
	Item     string // kind/id
	Evidence string // of the item when it was decided
	What     string // later, left
	Until    string // a day; "" for left
	Reason   string
	By       string
	At       time.Time
}

const (
	putVerdict = `INSERT INTO verdict (item, evidence, what, until, reason, by, at) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (item) DO UPDATE SET evidence = excluded.evidence, what = excluded.what, until = excluded.until, reason = excluded.reason, by = excluded.by, at = excluded.at`
	verdicts = `SELECT item, evidence, what, until, reason, by, at FROM verdict ORDER BY item`
)

// Decide remembers a verdict in the place of an earlier one on the same item.
func (d *Desk) Decide(ctx context.Context, v Verdict) error {
	if v.Item == "" || v.By == "" || v.What != "later" && v.What != "left" {
		return registry.Errorf(registry.Invalid, "a verdict needs an item, who decided, and later or left")
	}
	if v.What == "later" {
		if _, err := registry.ParseDay(v.Until); err != nil {
			return err
		}
	}
	_, err := d.db.ExecContext(ctx, putVerdict, v.Item, v.Evidence, v.What, v.Until, v.Reason, v.By, v.At.UTC().Format(stamp))
	return wrap(d.path, err)
}

// Verdicts are all that were given, by item.
func (d *Desk) Verdicts(ctx context.Context) ([]Verdict, error) {
	out := []Verdict{}
	err := d.each(ctx, verdicts, func(rows *sql.Rows) error {
		var v Verdict
		var at string
		if err := rows.Scan(&v.Item, &v.Evidence, &v.What, &v.Until, &v.Reason, &v.By, &at); err != nil {
			return err
		}
		v.At = when(at)
		out = append(out, v)
		return nil
	})
	return out, err
}
