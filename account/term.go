package account

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/openassay/assay/registry"
)

// Term is an audience that a user holds for a limited time: an adviser's, for instance.
type Term struct {
	Audience registry.Audience `json:"audience"`
	From     time.Time         `json:"from"`  // it holds from then on
	Until    time.Time         `json:"until"` // and no longer at that moment
	By       string            `json:"by"`    // who granted it
	Ended    time.Time         `json:"ended,omitzero"`
}

// longestTerm bounds a typing error in the year.
const longestTerm = 5 * 366 * 24 * time.Hour

// holds says whether the term holds. horizon is never before now.
func (t Term) holds(now, horizon time.Time) bool {
	return t.Ended.IsZero() && !now.Before(t.From) && horizon.Before(t.Until)
}

// State is what the term is at the moment: "begins", "holds", "over" or "ended" (taken away).
func (t Term) State(now time.Time) string {
	switch {
	case !t.Ended.IsZero():
		return "ended"
	case !now.Before(t.Until):
		return "over"
	case now.Before(t.From):
		return "begins"
	}
	return "holds"
}

// withTerms gives users their terms, and the audiences of those that hold at this moment.
func (s *Store) withTerms(ctx context.Context, us ...*User) error {
	var horizon time.Time
	for _, u := range us {
		terms, err := s.terms(ctx, s.db, u.ID)
		if err != nil {
			return err
		}
		if u.Terms = terms; len(terms) == 0 {
			continue
		}
		if horizon.IsZero() {
			if horizon, err = s.horizon(ctx); err != nil {
				return err
			}
		}
		now := s.now()
		for _, t := range terms {
			if t.holds(now, horizon) {
				u.granted = append(u.granted, t.Audience)
			}
		}
	}
	return nil
}

func (s *Store) terms(ctx context.Context, q queryer, user string) ([]Term, error) {
	rows, err := q.QueryContext(ctx, `SELECT audience, from_at, until_at, by, ended_at FROM term WHERE user = ? ORDER BY until_at DESC, audience`, user)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	var out []Term
	for rows.Next() {
		var t Term
		var from, until, ended string
		if err := rows.Scan(&t.Audience, &from, &until, &t.By, &ended); err != nil {
			return nil, wrap(s.path, err)
		}
		t.From, t.Until, t.Ended = parseStamp(from), parseStamp(until), parseStamp(ended)
		out = append(out, t)
	}
	return out, wrap(s.path, rows.Err())
}

// Grant gives a user an audience from a time until another, in the place of a term that they had of it. It is registry.Invalid where the times do
// not fit, registry.Conflict where the user holds the audience without a limit.
func (s *Store) Grant(ctx context.Context, by, name string, t Term) error {
	if err := t.Audience.Check(); err != nil {
		return err
	}
	now := s.now()
	if t.From.IsZero() {
		t.From = now
	}
	switch {
	case t.Audience == registry.Sealed || t.Audience == registry.Public:
		return registry.Errorf(registry.Invalid, "the audience %q is not given to anybody", string(t.Audience)).WithHint("give another audience")
	case t.Until.IsZero():
		return registry.Errorf(registry.Invalid, "the time has no end").WithHint("say until when; an audience without an end is given with the role")
	case !t.Until.After(t.From):
		return registry.Errorf(registry.Invalid, "it would end before it begins").WithHint("the end comes after the beginning")
	case !t.Until.After(now):
		return registry.Errorf(registry.Invalid, "it would be over already").WithHint("give an end that is still to come")
	case t.Until.Sub(now) > longestTerm:
		return registry.Errorf(registry.Invalid, "it would last longer than five years").WithHint("look at the year; it can be given anew when it ends")
	}
	return s.alter(ctx, by, "user grant", name, func(tx *sql.Tx, u *User) (string, error) {
		if slices.Contains(u.Audiences, t.Audience) {
			return "", registry.Errorf(registry.Conflict, "%s holds the audience %s without an end", u.Name, t.Audience).WithHint("take it away first, with the role")
		}
		_, err := tx.ExecContext(ctx, `INSERT OR REPLACE INTO term (user, audience, from_at, until_at, by, ended_at) VALUES (?, ?, ?, ?, ?, '')`,
			u.ID, string(t.Audience), t.From.UTC().Format(stamp), t.Until.UTC().Format(stamp), by)
		return fmt.Sprintf("%s from %s until %s", t.Audience, t.From.UTC().Format(time.RFC3339), t.Until.UTC().Format(time.RFC3339)), err
	})
}

// Withdraw takes an audience that was granted for a limited time away at once; registry.NotFound where there is none.
func (s *Store) Withdraw(ctx context.Context, by, name string, a registry.Audience) error {
	return s.alter(ctx, by, "user withdraw", name, func(tx *sql.Tx, u *User) (string, error) {
		res, err := tx.ExecContext(ctx, `UPDATE term SET ended_at = ? WHERE user = ? AND audience = ? AND ended_at = ''`, s.at(), u.ID, string(a))
		if err != nil {
			return "", err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return "", registry.Errorf(registry.NotFound, "%s was not given the audience %s for a time", u.Name, a).WithHint("assay user list tells what they hold")
		}
		return string(a), nil
	})
}

// Ending is a term that ends soon.
type Ending struct {
	User *User
	Term Term
}

// Ending are the terms that hold and end within a time, the next to end first.
func (s *Store) Ending(ctx context.Context, within time.Duration) ([]Ending, error) {
	us, err := s.Users(ctx)
	if err != nil {
		return nil, err
	}
	now, out := s.now(), []Ending{}
	for _, u := range us {
		for _, t := range u.Terms {
			if !u.Disabled && t.State(now) == "holds" && t.Until.Sub(now) <= within {
				out = append(out, Ending{u, t})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Ending) int { return a.Term.Until.Compare(b.Term.Until) })
	return out, nil
}
