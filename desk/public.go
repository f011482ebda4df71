package desk

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"github.com/openassay/assay/registry"
)

// Correction is a line of the public log of corrections, in an editor's words.
type Correction struct {
	Number   int64              `json:"-"` // of all lines: told to nobody, for a gap would tell of hidden ones
	AskedOn  registry.Day       `json:"asked_on"`
	DoneOn   registry.Day       `json:"done_on"`
	Record   registry.RecordID  `json:"record,omitempty"` // "" for the registry as a whole
	Field    string             `json:"field,omitempty"`
	Kind     string             `json:"kind"`
	Outcome  string             `json:"outcome"`
	Asked    string             `json:"asked"`
	Done     string             `json:"done"`
	Entries  []registry.EntryID `json:"entries,omitempty"` // that answered
	Quoted   string             `json:"quoted,omitempty"`  // a reply in the words of who asked for it
	QuotedAs string             `json:"quoted_as,omitempty"`

	submission string
}

// Days is how long it took.
func (c *Correction) Days() int { return daysBetween(c.AskedOn, c.DoneOn) }

func daysBetween(a, b registry.Day) int {
	x, err1 := time.Parse(time.DateOnly, string(a))
	y, err2 := time.Parse(time.DateOnly, string(b))
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(y.Sub(x).Hours() / 24)
}

func putCorrection(ctx context.Context, tx *sql.Tx, c *Correction, by string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO correction (submission, asked_on, done_on, record, field, kind, outcome, asked, done, entries, quoted, quoted_name, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.submission, string(c.AskedOn), string(c.DoneOn), string(c.Record), c.Field, c.Kind, c.Outcome, c.Asked, c.Done, idsJSON(c.Entries), c.Quoted, c.QuotedAs, by)
	return err
}

// Corrections is the log, the newest first. Who shows it leaves out records that its reader may not see.
func (d *Desk) Corrections(ctx context.Context) ([]Correction, error) {
	out := []Correction{}
	err := d.each(ctx, `SELECT number, submission, asked_on, done_on, record, field, kind, outcome, asked, done, entries, quoted, quoted_name FROM correction ORDER BY number DESC`, func(rows *sql.Rows) error {
		var c Correction
		var ids string
		if err := rows.Scan(&c.Number, &c.submission, &c.AskedOn, &c.DoneOn, &c.Record, &c.Field, &c.Kind, &c.Outcome, &c.Asked, &c.Done, &ids, &c.Quoted, &c.QuotedAs); err != nil {
			return err
		}
		c.Entries = idsOf(ids)
		out = append(out, c)
		return nil
	})
	return out, err
}

// Takedown is a request to remove something, and what was done. It is public; it names no private person.
type Takedown struct {
	Number    int64              `json:"number"`
	AskedOn   registry.Day       `json:"asked_on"`
	DecidedOn registry.Day       `json:"decided_on,omitempty"` // "" while open
	Ground    string             `json:"ground"`               // a code of takedown_ground
	Asker     string             `json:"asker"`                // a code of takedown_asker
	Authority string             `json:"authority,omitempty"`  // of a public authority
	Record    registry.RecordID  `json:"record,omitempty"`
	Asked     string             `json:"asked"`
	Decision  string             `json:"decision"` // open, removed, partly, refused
	Done      string             `json:"done,omitempty"`
	Erased    []registry.EntryID `json:"erased,omitempty"`
}

// NoteTakedown writes a request down, or, where it has a number, what was decided of it.
func (d *Desk) NoteTakedown(ctx context.Context, x Takedown, by string) (int64, error) {
	if x.Number > 0 {
		r, err := d.db.ExecContext(ctx, `UPDATE takedown SET decided_on = ?, decision = ?, done = ?, erasure = ?, by = ? WHERE number = ? AND decision = 'open'`,
			string(x.DecidedOn), x.Decision, x.Done, idsJSON(x.Erased), by, x.Number)
		if err != nil {
			return 0, wrap(d.path, err)
		}
		if n, err := r.RowsAffected(); err != nil || n == 0 {
			return 0, registry.Errorf(registry.Conflict, "this request was decided meanwhile").WithHint("look at it again; a decision stays as it was written")
		}
		return x.Number, nil
	}
	r, err := d.db.ExecContext(ctx, `INSERT INTO takedown (asked_on, decided_on, ground, asker, authority, record, asked, decision, done, erasure, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		string(x.AskedOn), string(x.DecidedOn), x.Ground, x.Asker, x.Authority, string(x.Record), x.Asked, x.Decision, x.Done, idsJSON(x.Erased), by)
	if err != nil {
		return 0, wrap(d.path, err)
	}
	n, err := r.LastInsertId()
	return n, wrap(d.path, err)
}

// Takedowns are all requests, the newest first.
func (d *Desk) Takedowns(ctx context.Context) ([]Takedown, error) {
	out := []Takedown{}
	err := d.each(ctx, `SELECT number, asked_on, decided_on, ground, asker, authority, record, asked, decision, done, erasure FROM takedown ORDER BY number DESC`, func(rows *sql.Rows) error {
		var x Takedown
		var ids string
		if err := rows.Scan(&x.Number, &x.AskedOn, &x.DecidedOn, &x.Ground, &x.Asker, &x.Authority, &x.Record, &x.Asked, &x.Decision, &x.Done, &ids); err != nil {
			return err
		}
		x.Erased = idsOf(ids)
		out = append(out, x)
		return nil
	})
	return out, err
}

// PriorNotice says that somebody was told before a statement about them was published, or why not.
type PriorNotice struct {
	Number  int64
	At      time.Time
	By      string
	Entries []registry.EntryID
	Kind    string // letter, risk, nobody
	Whom    string
	Letter  string
	Sent    registry.Day // of a letter
	Days    int          // given for an answer
	Reason  string       // why no letter was sent
}

// NotePriorNotice writes one down.
func (d *Desk) NotePriorNotice(ctx context.Context, n PriorNotice) error {
	_, err := d.db.ExecContext(ctx, `INSERT INTO prior_notice (at, by, entries, kind, whom, letter, sent, days, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		n.At.UTC().Format(stamp), n.By, idsJSON(n.Entries), n.Kind, n.Whom, n.Letter, string(n.Sent), n.Days, n.Reason)
	return wrap(d.path, err)
}

// PriorNotices are all of them, the newest first.
func (d *Desk) PriorNotices(ctx context.Context) ([]PriorNotice, error) {
	out := []PriorNotice{}
	err := d.each(ctx, `SELECT number, at, by, entries, kind, whom, letter, sent, days, reason FROM prior_notice ORDER BY number DESC`, func(rows *sql.Rows) error {
		var n PriorNotice
		var at, ids string
		if err := rows.Scan(&n.Number, &at, &n.By, &ids, &n.Kind, &n.Whom, &n.Letter, &n.Sent, &n.Days, &n.Reason); err != nil {
			return err
		}
		n.At, n.Entries = when(at), idsOf(ids)
		out = append(out, n)
		return nil
	})
	return out, err
}

func idsJSON(ids []registry.EntryID) string {
	b, _ := json.Marshal(append([]registry.EntryID{}, ids...)) // strings always marshal
	return string(b)
}

func idsOf(s string) []registry.EntryID {
	var out []registry.EntryID
	_ = json.Unmarshal([]byte(s), &out) // what the desk wrote itself
	return out
}
