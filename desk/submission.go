package desk

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base32"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// The states of a submission. The others than Waiting are decisions.
const (
	Waiting   = "waiting"
	Accepted  = "accepted"
	Partly    = "partly"
	Refused   = "refused"
	Duplicate = "duplicate"
	Spam      = "spam" // set aside without an answer; nothing is told of it
)

// SubmissionKinds are what somebody may write for: something is wrong; a reply to a statement about them; they are named; their personal data.
var SubmissionKinds = []string{"error", "reply", "named", "personal"}

// How much may wait. A submission is at most about 12 KB, so that no number of them fills a disk.
const (
	MostWaitingOf = 50   // about one record, but for those who write about it for the first time
	MostWaiting   = 3000 // in all
	LongestText   = 4000 // letters of what is wrong, and of what would be right
	LongestLine   = 500  // letters of the others
)

// Submission is what somebody outside wrote. It is read by the editors only.
type Submission struct {
	Number  string
	At      time.Time
	Kind    string
	Record  registry.RecordID // as it was asked for, whether or not there is one
	Field   string
	Claim   registry.EntryID
	Page    string // a path of this site, for what is about no record
	Wrong   string
	Right   string
	Source  string
	Name    string
	Contact string
	Quote   bool // may be published under this name as a reply
	First   bool // nobody of the same network has lately written about this record: not kept; such a one is taken though many wait about the record

	State     string
	Answer    string
	Of        string // number of the one that it duplicates
	Decided   time.Time
	DecidedBy string
	Forgotten time.Time // when its words were removed
}

// ErrFull says that no more submissions are taken now: too many wait.
var ErrFull = registry.Errorf(registry.Conflict, "too many submissions are waiting").WithHint("write to the registry by other means")

const (
	putSubmission = `INSERT INTO submission (number, token, at, audience, kind, record, field, claim, page, wrong, "right", source, name, contact, quote, state, answer, of, decided_at, decided_by, forgotten_at)
VALUES (?, ?, ?, 'registry', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', '', '', '', '', '')`
	getSubmission = `SELECT number, at, audience, kind, record, field, claim, page, wrong, "right", source, name, contact, quote, state, answer, of, decided_at, decided_by, forgotten_at FROM submission`
	countWaiting  = `SELECT count(*), coalesce(sum(record = ?), 0) FROM submission WHERE state = 'waiting'`
)

// Submit takes a submission in and gives the number of its receipt and the token of its private link, which is kept nowhere. It fails with
// ErrFull where too many wait: the oldest is never dropped for a new one.
func (d *Desk) Submit(ctx context.Context, s Submission) (number, token string, err error) {
	for _, x := range []string{s.Wrong, s.Right, s.Source, s.Name, s.Contact, string(s.Record), s.Field, string(s.Claim), s.Page} {
		if !utf8.ValidString(x) || utf8.RuneCountInString(x) > LongestText {
			return "", "", registry.Errorf(registry.Invalid, "a text is too long or not UTF-8")
		}
	}
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return "", "", wrap(d.path, err)
	}
	defer tx.Rollback()
	var all, same int
	if err := tx.QueryRowContext(ctx, countWaiting, string(s.Record)).Scan(&all, &same); err != nil {
		return "", "", wrap(d.path, err)
	}
	if all >= MostWaiting || same >= MostWaitingOf && s.Record != "" && !s.First {
		return "", "", ErrFull
	}
	number, token = receipt(), random(20)
	hash := sha256.Sum256([]byte(token))
	if _, err := tx.ExecContext(ctx, putSubmission, number, hash[:], s.At.UTC().Format(stamp), s.Kind, string(s.Record), s.Field, string(s.Claim), s.Page,
		s.Wrong, s.Right, s.Source, s.Name, s.Contact, s.Quote); err != nil {
		return "", "", wrap(d.path, err)
	}
	return number, token, wrap(d.path, tx.Commit())
}

// random is n random bytes in small letters and digits.
func random(n int) string {
	b := make([]byte, n)
	rand.Read(b) // never fails
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b))
}

// receipt is a number that can be read out by telephone: K7F3-9QXM.
func receipt() string {
	s := strings.ToUpper(random(5))
	return s[:4] + "-" + s[4:]
}

// SubmissionByToken is the one whose private link has the token; registry.NotFound where there is none.
func (d *Desk) SubmissionByToken(ctx context.Context, token string) (*Submission, error) {
	hash := sha256.Sum256([]byte(token))
	return d.submission(ctx, getSubmission+` WHERE token = ?`, hash[:])
}

// Submission is the one of a number; registry.NotFound where there is none, or readers may not read it.
func (d *Desk) Submission(ctx context.Context, readers registry.Audiences, number string) (*Submission, error) {
	if !readers.Has(registry.Registry) {
		return nil, errNoSubmission
	}
	return d.submission(ctx, getSubmission+` WHERE number = ?`, number)
}

var errNoSubmission = registry.Errorf(registry.NotFound, "there is no such submission").WithHint("look at the receipt again")

func (d *Desk) submission(ctx context.Context, query string, arg any) (*Submission, error) {
	rows, err := d.db.QueryContext(ctx, query, arg)
	if err != nil {
		return nil, wrap(d.path, err)
	}
	out, err := scanSubmissions(rows, registry.Reader(registry.Registry))
	if err != nil {
		return nil, wrap(d.path, err)
	}
	if len(out) == 0 {
		return nil, errNoSubmission
	}
	return &out[0], nil
}

// Submissions are those that readers may read: the waiting ones by age, the oldest first, or the decided ones, the newest decision first; at most limit.
func (d *Desk) Submissions(ctx context.Context, readers registry.Audiences, waiting bool, limit int) ([]Submission, error) {
	query := getSubmission + ` WHERE state = 'waiting' ORDER BY at, number LIMIT ?`
	if !waiting {
		query = getSubmission + ` WHERE state <> 'waiting' ORDER BY decided_at DESC, number LIMIT ?`
	}
	rows, err := d.db.QueryContext(ctx, query, limit)
	if err != nil {
		return nil, wrap(d.path, err)
	}
	out, err := scanSubmissions(rows, readers)
	return out, wrap(d.path, err)
}

// WaitingSubmissions counts what waits, for those who may read it.
func (d *Desk) WaitingSubmissions(ctx context.Context, readers registry.Audiences) (n int, err error) {
	if !readers.Has(registry.Registry) {
		return 0, nil
	}
	err = d.db.QueryRowContext(ctx, `SELECT count(*) FROM submission WHERE state = 'waiting'`).Scan(&n)
	return n, wrap(d.path, err)
}

func scanSubmissions(rows *sql.Rows, readers registry.Audiences) ([]Submission, error) {
	defer rows.Close()
	out := []Submission{}
	for rows.Next() {
		var s Submission
		var at, decided, forgotten string
		var a registry.Audience
		if err := rows.Scan(&s.Number, &at, &a, &s.Kind, &s.Record, &s.Field, &s.Claim, &s.Page, &s.Wrong, &s.Right, &s.Source, &s.Name, &s.Contact, &s.Quote,
			&s.State, &s.Answer, &s.Of, &decided, &s.DecidedBy, &forgotten); err != nil {
			return nil, err
		}
		s.At, s.Decided, s.Forgotten = when(at), when(decided), when(forgotten)
		if readers.Has(a) {
			out = append(out, s)
		}
	}
	return out, rows.Err()
}

// Decision is what an editor made of a submission. Log is what everyone is told; nil for a duplicate.
type Decision struct {
	State  string // Accepted, Partly, Refused or Duplicate
	Answer string
	Of     string // of a duplicate
	By     string
	At     time.Time
	Log    *Correction
}

// Answer answers a submission, once: registry.Conflict where somebody answered it meanwhile. What everyone is told is written with it.
func (d *Desk) Answer(ctx context.Context, number string, x Decision) error {
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap(d.path, err)
	}
	defer tx.Rollback()
	var state string
	err = tx.QueryRowContext(ctx, `SELECT state FROM submission WHERE number = ?`, number).Scan(&state)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return errNoSubmission
	case err != nil:
		return wrap(d.path, err)
	case state != Waiting:
		return registry.Errorf(registry.Conflict, "somebody has answered this submission meanwhile").WithHint("look at it again")
	}
	if _, err := tx.ExecContext(ctx, `UPDATE submission SET state = ?, answer = ?, of = ?, decided_at = ?, decided_by = ? WHERE number = ?`,
		x.State, x.Answer, x.Of, x.At.UTC().Format(stamp), x.By, number); err != nil {
		return wrap(d.path, err)
	}
	if x.Log != nil {
		x.Log.submission = number
		if err := putCorrection(ctx, tx, x.Log, x.By); err != nil {
			return wrap(d.path, err)
		}
	}
	return wrap(d.path, tx.Commit())
}

// SetAside takes those of some submissions that wait out of the queue as spam, and removes their words. Nobody is told of it but who has the link.
func (d *Desk) SetAside(ctx context.Context, numbers []string, by string, at time.Time) (n int, err error) {
	tx, err := d.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, wrap(d.path, err)
	}
	defer tx.Rollback()
	for _, number := range numbers {
		r, err := tx.ExecContext(ctx, `UPDATE submission SET state = 'spam', wrong = '', "right" = '', source = '', name = '', contact = '', decided_at = ?1, decided_by = ?2, forgotten_at = ?1 WHERE number = ?3 AND state = 'waiting'`,
			at.UTC().Format(stamp), by, number)
		if err != nil {
			return 0, wrap(d.path, err)
		}
		if k, err := r.RowsAffected(); err == nil {
			n += int(k)
		}
	}
	if err := tx.Commit(); err != nil {
		return 0, wrap(d.path, err)
	}
	_, err = d.db.ExecContext(ctx, "VACUUM")
	return n, wrap(d.path, err)
}

// ForgetSubmission removes the words of a decided submission, and name and contact; that it was made, and what was answered, stays.
func (d *Desk) ForgetSubmission(ctx context.Context, number string, at time.Time) error {
	r, err := d.db.ExecContext(ctx, `UPDATE submission SET wrong = '', "right" = '', source = '', name = '', contact = '', forgotten_at = ? WHERE number = ? AND state <> 'waiting' AND forgotten_at = ''`,
		at.UTC().Format(stamp), number)
	if err != nil {
		return wrap(d.path, err)
	}
	if n, err := r.RowsAffected(); err != nil || n == 0 {
		return registry.Errorf(registry.Conflict, "its words cannot be removed").WithHint("answer it first; or they were removed before")
	}
	_, err = d.db.ExecContext(ctx, "VACUUM")
	return wrap(d.path, err)
}
