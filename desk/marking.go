package desk

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/openassay/assay/registry"
)

// Marking is a passage that is marked to be withheld in a text, in a draft of a redaction. It has no words: these stand in the reading.
type Marking struct {
	ID         int64
	Start, End int    // bytes of the reading's canonical text
	Here       bool   // the same words elsewhere are meant to stay
	Ground     string // code of withholding_ground
	By         string
	At         time.Time
}

// MostMarkings is how many steps a draft may have.
const MostMarkings = 5000

// Markings are the passages that are marked in a reading of a document, in the order of the text. The caller has made sure that whoever asks may see
// the text.
func (d *Desk) Markings(ctx context.Context, document registry.RecordID, reading string) ([]Marking, error) {
	var out []Marking
	err := d.each(ctx, `SELECT id, act, target, "start", "end", here, ground, by, at FROM marking_step WHERE document = ? AND reading = ? ORDER BY id`, func(rows *sql.Rows) error {
		var m Marking
		var act, at string
		var target int64
		if err := rows.Scan(&m.ID, &act, &target, &m.Start, &m.End, &m.Here, &m.Ground, &m.By, &at); err != nil {
			return err
		}
		if act == "unmark" {
			out = slices.DeleteFunc(out, func(x Marking) bool { return x.ID == target })
			return nil
		}
		m.At, _ = time.Parse(stamp, at)
		out = append(out, m)
		return nil
	}, string(document), reading)
	slices.SortStableFunc(out, func(a, b Marking) int { return a.Start - b.Start })
	return out, err
}

// Mark adds passages to a draft. registry.Invalid where it would have too many.
func (d *Desk) Mark(ctx context.Context, document registry.RecordID, reading string, ms []Marking) error {
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap(d.path, err)
	}
	defer tx.Rollback()
	var n, step int
	if err := tx.QueryRowContext(ctx, `SELECT count(*), coalesce(max(step), 0) + 1 FROM marking_step WHERE document = ? AND reading = ?`, string(document), reading).Scan(&n, &step); err != nil {
		return wrap(d.path, err)
	}
	if n+len(ms) > MostMarkings {
		return registry.Errorf(registry.Invalid, "a draft of a redaction has %d steps at most", MostMarkings).WithHint("mark longer passages")
	}
	for _, m := range ms {
		if _, err := tx.ExecContext(ctx, `INSERT INTO marking_step (document, reading, step, act, target, "start", "end", here, ground, by, at) VALUES (?, ?, ?, 'mark', 0, ?, ?, ?, ?, ?, ?)`,
			string(document), reading, step, m.Start, m.End, m.Here, m.Ground, m.By, m.At.UTC().Format(stamp)); err != nil {
			return wrap(d.path, err)
		}
	}
	return wrap(d.path, tx.Commit())
}

// Unmark takes a passage out of a draft. Where it is not in it, nothing happens.
func (d *Desk) Unmark(ctx context.Context, document registry.RecordID, reading string, id int64, by string, at time.Time) error {
	_, err := d.db.ExecContext(ctx, `INSERT INTO marking_step (document, reading, step, act, target, "start", "end", here, ground, by, at)
		SELECT document, reading, (SELECT max(step) + 1 FROM marking_step WHERE document = ?4 AND reading = ?5), 'unmark', id, 0, 0, 0, '', ?1, ?2 FROM marking_step WHERE id = ?3 AND document = ?4 AND reading = ?5 AND act = 'mark'`, by, at.UTC().Format(stamp), id, string(document), reading)
	return wrap(d.path, err)
}

// UndoMarking takes the last step of a draft back: what was marked together is taken back together. It says whether there was one.
func (d *Desk) UndoMarking(ctx context.Context, document registry.RecordID, reading string) (bool, error) {
	r, err := d.db.ExecContext(ctx, `DELETE FROM marking_step WHERE document = ?1 AND reading = ?2 AND step =
		(SELECT max(step) FROM marking_step WHERE document = ?1 AND reading = ?2)`, string(document), reading)
	if err != nil {
		return false, wrap(d.path, err)
	}
	n, err := r.RowsAffected()
	return n > 0, wrap(d.path, err)
}
