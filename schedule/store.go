package schedule

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/datadir/sidefile"
	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/registry"
)

// FileName is the schedule's file in a data directory.
const FileName = "releases.db"

//go:embed schema/*.sql
var schema embed.FS

// Release is something that is to be released.
type Release struct {
	ID         int64              `json:"id"`
	Title      string             `json:"title"`
	Targets    []registry.EntryID `json:"targets"`
	Restricted bool               `json:"restricted"` // a second person must agree
	To         registry.Audience  `json:"to"`
	Trigger    string             `json:"trigger"`
	Record     registry.RecordID  `json:"record,omitempty"` // whose events the trigger waits for
	Reason     string             `json:"reason"`
	Sides      map[string]string  `json:"sides,omitempty"` // parties that must confirm, and who did so for them; "" while nobody did
	ProposedBy string             `json:"proposed_by"`
	ProposedAt time.Time          `json:"proposed_at"`
	ApprovedBy string             `json:"approved_by,omitempty"`
	Grace      Grace              `json:"grace,omitzero"`
	Ended      string             `json:"ended,omitempty"` // released, cancelled
	EndedBy    string             `json:"ended_by,omitempty"`
	EndedAt    time.Time          `json:"ended_at,omitzero"`
	Note       string             `json:"note,omitempty"`
}

// Grace is a delay that an authorised person used.
type Grace struct {
	Until  registry.Day `json:"until"`
	By     string       `json:"by"`
	Reason string       `json:"reason"`
}

// MostGrace is how long a release may be put off, in days.
const MostGrace = 30

// The ends of a release.
const (
	Released  = "released"
	Cancelled = "cancelled"
)

// Store is an open schedule. Its methods may be called from several goroutines at once.
type Store struct {
	db  *sql.DB
	now func() time.Time
}

// Open opens the schedule at path and makes it where there is none.
func Open(ctx context.Context, path, vfs string, readOnly bool, now func() time.Time) (*Store, error) {
	db, err := sidefile.Open(ctx, path, sidefile.Options{What: "the schedule of releases", Schema: schema, VFS: vfs, ReadOnly: readOnly})
	if err != nil {
		return nil, wrap(err)
	}
	return &Store{db, now}, nil
}

// Close releases the file.
func (s *Store) Close() error { return wrap(s.db.Close()) }

func wrap(err error) error {
	var has *registry.Error
	if err == nil || errors.As(err, &has) {
		return err
	}
	return &registry.Error{Code: registry.Unreadable, Message: "the schedule of releases", Err: err, Hint: "check the disk; where the file is damaged, restore a backup: until then nothing is released by itself"}
}

func (s *Store) today() registry.Day { return registry.DayOf(s.now().UTC()) }

// Propose enters a release, and gives its number. It is registry.Invalid for a trigger that cannot be read, a day that has passed, an audience that is none, no targets or no
// reason: what cannot be understood stays withheld.
func (s *Store) Propose(ctx context.Context, r Release) (int64, error) {
	t, err := disclosure.ParseTrigger(r.Trigger)
	if err != nil {
		return 0, err
	}
	switch {
	case t.Day != "" && t.Day < s.today():
		return 0, registry.Errorf(registry.Invalid, "%s has passed", t.Day).WithHint("name a day to come; to release now, publish it")
	case t.Day == "" && r.Record == "":
		return 0, registry.Errorf(registry.Invalid, "%q waits for an event of no record", r.Trigger)
	case len(r.Targets) == 0:
		return 0, registry.Errorf(registry.Invalid, "there is nothing to release")
	case strings.TrimSpace(r.Reason) == "" || strings.TrimSpace(r.Title) == "" || r.ProposedBy == "":
		return 0, registry.Errorf(registry.Invalid, "say what is to be released and why")
	}
	if err := r.To.Check(); err != nil {
		return 0, err
	}
	for side := range r.Sides {
		r.Sides[side] = ""
	}
	targets, _ := json.Marshal(r.Targets)
	sides, _ := json.Marshal(r.Sides)
	res, err := s.db.ExecContext(ctx, `INSERT INTO release (title, targets, restricted, audience, trigger, record, reason, sides, proposed_by, proposed_at, approved_by, grace_until, grace_by, grace_reason, ended, ended_by, ended_at, note)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', '', '', '', '', '', '')`, r.Title, string(targets), r.Restricted, string(r.To), r.Trigger, string(r.Record), r.Reason, string(sides), r.ProposedBy, s.now().UTC().Format(time.RFC3339))
	if err != nil {
		return 0, wrap(err)
	}
	id, err := res.LastInsertId()
	return id, wrap(err)
}

const columns = `id, title, targets, restricted, audience, trigger, record, reason, sides, proposed_by, proposed_at, approved_by, grace_until, grace_by, grace_reason, ended, ended_by, ended_at, note`

// All lists the releases: those that wait first, the older first; then those that ended, the newest first.
func (s *Store) All(ctx context.Context) ([]Release, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+columns+` FROM release ORDER BY ended <> '', CASE WHEN ended = '' THEN id ELSE -id END`)
	if err != nil {
		return nil, wrap(err)
	}
	defer rows.Close()
	var out []Release
	for rows.Next() {
		r, err := scan(rows)
		if err != nil {
			return nil, wrap(err)
		}
		out = append(out, r)
	}
	return out, wrap(rows.Err())
}

// Release is the one of a number; registry.NotFound where there is none.
func (s *Store) Release(ctx context.Context, id int64) (Release, error) {
	r, err := scan(s.db.QueryRowContext(ctx, `SELECT `+columns+` FROM release WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return r, registry.Errorf(registry.NotFound, "there is no release %d", id)
	}
	return r, wrap(err)
}

func scan(row interface{ Scan(...any) error }) (r Release, err error) {
	var targets, sides, at, ended string
	if err := row.Scan(&r.ID, &r.Title, &targets, &r.Restricted, &r.To, &r.Trigger, &r.Record, &r.Reason, &sides, &r.ProposedBy, &at, &r.ApprovedBy, &r.Grace.Until, &r.Grace.By, &r.Grace.Reason, &r.Ended, &r.EndedBy, &ended, &r.Note); err != nil {
		return r, err
	}
	if err := errors.Join(json.Unmarshal([]byte(targets), &r.Targets), json.Unmarshal([]byte(sides), &r.Sides)); err != nil {
		return r, err
	}
	if r.ProposedAt, err = time.Parse(time.RFC3339, at); err == nil && ended != "" {
		r.EndedAt, err = time.Parse(time.RFC3339, ended)
	}
	return r, err
}

// change reads a release that waits, lets do change it, and writes it back.
func (s *Store) change(ctx context.Context, id int64, do func(*Release) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return wrap(err)
	}
	defer tx.Rollback()
	r, err := scan(tx.QueryRowContext(ctx, `SELECT `+columns+` FROM release WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return registry.Errorf(registry.NotFound, "there is no release %d", id)
	}
	if err != nil {
		return wrap(err)
	}
	if r.Ended != "" {
		return registry.Errorf(registry.Conflict, "release %d is %s already", id, r.Ended)
	}
	if err := do(&r); err != nil {
		return err
	}
	sides, _ := json.Marshal(r.Sides)
	ended := ""
	if r.Ended != "" {
		ended = s.now().UTC().Format(time.RFC3339)
	}
	if _, err := tx.ExecContext(ctx, `UPDATE release SET sides = ?, approved_by = ?, grace_until = ?, grace_by = ?, grace_reason = ?, ended = ?, ended_by = ?, ended_at = ?, note = ? WHERE id = ?`,
		string(sides), r.ApprovedBy, string(r.Grace.Until), r.Grace.By, r.Grace.Reason, r.Ended, r.EndedBy, ended, r.Note, id); err != nil {
		return wrap(err)
	}
	return wrap(tx.Commit())
}

// Approve is the second person's consent. registry.Invalid where it is the same person.
func (s *Store) Approve(ctx context.Context, id int64, by string) error {
	return s.change(ctx, id, func(r *Release) error {
		if by == "" || by == r.ProposedBy {
			return registry.Errorf(registry.Invalid, "whoever proposed a release cannot approve it").WithHint("a second person who may release signs in and approves it")
		}
		r.ApprovedBy = by
		return nil
	})
}

// Confirm says that a side agrees to a joint release.
func (s *Store) Confirm(ctx context.Context, id int64, side, by string) error {
	return s.change(ctx, id, func(r *Release) error {
		if _, ok := r.Sides[side]; !ok || by == "" {
			return registry.Errorf(registry.Invalid, "%s is no side that must confirm release %d", side, id)
		}
		for other, who := range r.Sides {
			if other != side && who == by {
				return registry.Errorf(registry.Invalid, "%s confirmed for %s already: one person does not speak for two sides", by, other)
			}
		}
		r.Sides[side] = by
		return nil
	})
}

// Postpone uses the grace period: once, with a reason, for at most [MostGrace] days from today.
func (s *Store) Postpone(ctx context.Context, id int64, until registry.Day, by, reason string) error {
	return s.change(ctx, id, func(r *Release) error {
		last := registry.DayOf(s.now().UTC().AddDate(0, 0, MostGrace))
		switch {
		case r.Grace.Until != "":
			return registry.Errorf(registry.Conflict, "the grace period of release %d was used: until %s, by %s", id, r.Grace.Until, r.Grace.By).WithHint("cancel it with a reason, or let it be released")
		case until <= s.today() || until > last:
			return registry.Errorf(registry.Invalid, "it can be put off until %s at most", last)
		case strings.TrimSpace(reason) == "" || by == "":
			return registry.Errorf(registry.Invalid, "say why it is put off")
		}
		r.Grace = Grace{until, by, reason}
		return nil
	})
}

// Cancel ends a release without releasing.
func (s *Store) Cancel(ctx context.Context, id int64, by, reason string) error {
	return s.change(ctx, id, func(r *Release) error {
		if strings.TrimSpace(reason) == "" || by == "" {
			return registry.Errorf(registry.Invalid, "say why it is cancelled")
		}
		r.Ended, r.EndedBy, r.Note = Cancelled, by, reason
		return nil
	})
}

// Freeze is the switch that keeps everything from becoming public.
type Freeze struct {
	By     string    `json:"by"`
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
}

// Frozen is the switch where it is on; nil where it is off.
func (s *Store) Frozen(ctx context.Context) (*Freeze, error) {
	v, err := s.about(ctx, "frozen")
	if err != nil || v == "" {
		return nil, err
	}
	var f Freeze
	if err := json.Unmarshal([]byte(v), &f); err != nil {
		return nil, wrap(err)
	}
	return &f, nil
}

// SetFrozen turns the switch on, with a reason, or off where f is nil.
func (s *Store) SetFrozen(ctx context.Context, f *Freeze) error {
	v := ""
	if f != nil {
		if f.By == "" || strings.TrimSpace(f.Reason) == "" {
			return registry.Errorf(registry.Invalid, "say who keeps everything from becoming public, and why")
		}
		f.At = s.now().UTC().Truncate(time.Second)
		b, _ := json.Marshal(f)
		v = string(b)
	}
	return s.put(ctx, "frozen", v)
}

func (s *Store) about(ctx context.Context, name string) (v string, err error) {
	err = s.db.QueryRowContext(ctx, `SELECT value FROM about WHERE name = ?`, name).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return v, wrap(err)
}

func (s *Store) put(ctx context.Context, name, value string) error {
	_, err := s.db.ExecContext(ctx, `INSERT OR REPLACE INTO about (name, value) VALUES (?, ?)`, name, value)
	return wrap(err)
}

// Restricted says whether an entry open to these audiences needs a second person to release it: where neither the public nor the editors see it.
func Restricted(open map[registry.Audience]bool) bool {
	return !open[registry.Public] && !open[registry.Registry] && len(open) > 0
}

// names are the sides of a joint release, sorted.
func (r *Release) names() []string {
	var out []string
	for s := range r.Sides {
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}
