package account

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// The lines of the audit hang together: each has the hash of its words (leaf), and the hash of that, of its month, of whether it is a read, and of the
// hash before (hash). Who edits, drops or reorders a line has to write every later one anew; whoever kept a hash, as the ledger's deposits do, sees it.
// Words of old reads may go (see [Store.ForgetReads]); the leaf stays, and month and kind show that they were words of an old read.

// leafOf is the hash of a line's words.
func leafOf(e *Event) string {
	b, err := json.Marshal([]any{e.Number, e.At.UTC().Format(stamp), e.By, e.Act, e.About, e.Outcome, e.Note, e.Outlet, e.Things, tierText(e.Tier)})
	if err != nil {
		panic(err) // strings and numbers
	}
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}

func linked(before, leaf string, e *Event) string {
	kind := "act"
	if e.Act == ReadAct || e.Act == Forgotten {
		kind = ReadAct
	}
	return hashed(before + " " + leaf + " " + e.At.UTC().Format("2006-01") + " " + kind)
}

// rightly says of a line whose words went whether they all did, and not before they may.
func (e *Event) rightly(now time.Time) bool {
	return e.By == "" && e.About == "" && e.Note == "" && e.Outlet == "" && len(e.Things) == 0 && len(e.Tier) == 0 && e.At.Before(now.AddDate(0, 0, -fewestDays))
}

func tierText(as registry.Audiences) string {
	return strings.Join(strings.Fields(audiencesText(as)), " ")
}

// head is the number and the hash of the last line.
func head(ctx context.Context, q queryer) (n int64, hash string, err error) {
	err = q.QueryRowContext(ctx, `SELECT n, hash FROM audit ORDER BY n DESC LIMIT 1`).Scan(&n, &hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return n, hash, err
}

// Head is the number and the hash of the audit's last line: whoever keeps both can tell later whether a line up to it was changed.
func (s *Store) Head(ctx context.Context) (n int64, hash string, err error) {
	n, hash, err = head(ctx, s.db)
	return n, hash, wrap(s.path, err)
}

// HashAt is the hash at a line; "" where there is none.
func (s *Store) HashAt(ctx context.Context, n int64) (hash string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT hash FROM audit WHERE n = ?`, n).Scan(&hash)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return hash, wrap(s.path, err)
}

// VerifyAudit looks at the whole audit: how many lines hang together, and what is wrong. Lines that were written before there was a chain are passed over.
func (s *Store) VerifyAudit(ctx context.Context) (lines int64, problems []string, err error) {
	say := func(format string, args ...any) {
		problems = append(problems, registry.Errorf(registry.Unreadable, format, args...).Message)
	}
	var before string
	var last int64
	for {
		es, err := s.lines(ctx, last, 2000)
		if err != nil {
			return lines, problems, err
		}
		if len(es) == 0 {
			break
		}
		for _, e := range es {
			switch {
			case e.Number != last+1:
				say("audit: lines %d to %d are missing", last+1, e.Number-1)
			case e.hash == "" && before != "":
				say("audit: line %d does not hang together with the line before", e.Number)
			case e.hash != "" && e.hash != linked(before, e.leaf, &e.Event):
				say("audit: line %d does not hang together with the line before", e.Number)
			case e.hash != "" && e.Act != Forgotten && e.leaf != leafOf(&e.Event):
				say("audit: the words of line %d were changed", e.Number)
			case e.Act == Forgotten && !e.rightly(s.now()):
				say("audit: the words of line %d were taken away before their time, or others put in their place", e.Number)
			}
			if last = e.Number; e.hash != "" {
				lines++
			}
			before = e.hash
		}
		if len(problems) > 20 {
			return lines, problems, nil
		}
	}
	var most int64
	if err := s.db.QueryRowContext(ctx, `SELECT seq FROM sqlite_sequence WHERE name = 'audit'`).Scan(&most); err != nil && !errors.Is(err, sql.ErrNoRows) {
		return lines, problems, wrap(s.path, err)
	}
	if most > last {
		say("audit: lines %d to %d are missing at the end", last+1, most)
	}
	return lines, problems, nil
}

// chained is a line with what binds it.
type chained struct {
	Event
	leaf, hash string
}

const eventColumns = `n, at, by, act, about, outcome, note, outlet, things, tier, leaf, hash`

func scanEvent(row interface{ Scan(...any) error }) (c chained, err error) {
	var at, things, tier string
	e := &c.Event
	if err = row.Scan(&e.Number, &at, &e.By, &e.Act, &e.About, &e.Outcome, &e.Note, &e.Outlet, &things, &tier, &c.leaf, &c.hash); err != nil {
		return c, err
	}
	e.At = parseStamp(at)
	if things != "" {
		if err = json.Unmarshal([]byte(things), &e.Things); err != nil {
			return c, err
		}
	}
	for _, a := range strings.Fields(tier) {
		e.Tier = append(e.Tier, registry.Audience(a))
	}
	return c, nil
}

// lines are lines behind a number, in their order.
func (s *Store) lines(ctx context.Context, after int64, limit int) ([]chained, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+eventColumns+` FROM audit WHERE n > ? ORDER BY n LIMIT ?`, after, limit)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	var out []chained
	for rows.Next() {
		c, err := scanEvent(rows)
		if err != nil {
			return nil, wrap(s.path, err)
		}
		out = append(out, c)
	}
	return out, wrap(s.path, rows.Err())
}

// Anchor is what was lodged under seal of the audit on a day: its last line and hash, and the slip of the deposit.
type Anchor struct {
	Day  string          `json:"day"` // 2026-11-30
	Line int64           `json:"line"`
	Hash string          `json:"hash"`
	Slip json.RawMessage `json:"slip"`
}

const anchorName = "anchor "

// KeepAnchor keeps a day's anchor.
func (s *Store) KeepAnchor(ctx context.Context, a Anchor) error {
	b, err := json.Marshal(a)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`, anchorName+a.Day, string(b))
	return wrap(s.path, err)
}

// Anchors are those that were kept, in the order of their days.
func (s *Store) Anchors(ctx context.Context) ([]Anchor, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT value FROM setting WHERE substr(name, 1, 7) = ? ORDER BY name`, anchorName)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	var out []Anchor
	for rows.Next() {
		var v string
		var a Anchor
		if err := rows.Scan(&v); err != nil {
			return nil, wrap(s.path, err)
		}
		if err := json.Unmarshal([]byte(v), &a); err != nil {
			return nil, wrap(s.path, err)
		}
		out = append(out, a)
	}
	return out, wrap(s.path, rows.Err())
}
