package account

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/openassay/assay/registry"
)

// Link says who a user is at a provider of sign-ins.
type Link struct {
	Issuer, Subject string
	Made            time.Time
}

// Links of a user.
func (s *Store) Links(ctx context.Context, u *User) ([]Link, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT issuer, subject, made_at FROM provider_link WHERE user = ? ORDER BY made_at, issuer`, u.ID)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []Link{}
	for rows.Next() {
		var l Link
		var made string
		if err := rows.Scan(&l.Issuer, &l.Subject, &made); err != nil {
			return nil, wrap(s.path, err)
		}
		l.Made = parseStamp(made)
		out = append(out, l)
	}
	return out, wrap(s.path, rows.Err())
}

// Linked is the user of a subject at an issuer; nil where there is none, or they are disabled.
func (s *Store) Linked(ctx context.Context, issuer, subject string) (*User, error) {
	u, err := scanUser(s.db.QueryRowContext(ctx, `SELECT `+userColumnsOf+` FROM provider_link l JOIN user u ON u.id = l.user WHERE l.issuer = ? AND l.subject = ? AND u.disabled_at = ''`, issuer, subject))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return u, wrap(s.path, err)
}

// LinkProvider links a subject at an issuer to the user, who is signed in by the session and has shown there that they are it. All other sessions end. Errors:
// registry.Conflict where the subject is another's here, or the user has one there already.
func (s *Store) LinkProvider(ctx context.Context, u *User, x *Session, issuer, subject string) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM provider_link WHERE issuer = ? AND (subject = ? OR user = ?)`, issuer, subject, u.ID).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return registry.Errorf(registry.Conflict, "this sign-in is linked to an account already, or this account to another").WithHint("remove the other link first")
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO provider_link (issuer, subject, user, made_at) VALUES (?, ?, ?, ?)`, issuer, subject, u.ID, s.at()); err != nil {
			return err
		}
		return s.linkChanged(ctx, tx, u, x, "link_made", "provider link")
	})
}

// UnlinkProvider takes the link to an issuer away, and ends all other sessions.
func (s *Store) UnlinkProvider(ctx context.Context, u *User, x *Session, issuer string) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM provider_link WHERE issuer = ? AND user = ?`, issuer, u.ID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return registry.Errorf(registry.NotFound, "there is no such link").WithHint("it may have been removed in another window; load the page again")
		}
		return s.linkChanged(ctx, tx, u, x, "link_gone", "provider unlink")
	})
}

func (s *Store) linkChanged(ctx context.Context, tx *sql.Tx, u *User, x *Session, what, act string) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE user = ? AND substr(hash, 1, 16) <> ?`, u.ID, x.ID); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, u.ID, what, u.By()); err != nil {
		return err
	}
	return s.note(ctx, tx, Event{By: u.By(), Act: act, About: u.Name, Outcome: Done})
}

// EnterByProvider begins a session for a user whom a provider has let in; strong says that the provider's word on a second factor counts. Where it does not and the
// user has a second factor here, it only gives the Step, as SignIn does.
func (s *Store) EnterByProvider(ctx context.Context, u *User, strong bool, a Attempt) (*Entered, error) {
	if strong {
		return s.beginAgain(ctx, u, a, ByProvider)
	}
	if u.SecondFactor {
		step, err := s.wait(ctx, u)
		return &Entered{User: u, Step: step}, err
	}
	return s.beginAgain(ctx, u, a, "")
}
