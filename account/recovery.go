package account

import (
	"context"
	"database/sql"
	"errors"

	"github.com/openassay/assay/registry"
)

// A way back into an account without e-mail. One administrator asks for it, another confirms and gets the link, which they hand over in whatever way lets
// them know whom they give it to. Neither can be the person themselves. The account is told of each step at once, and whoever is signed in to it can stop it.

// AskRecovery begins it. The user is told; nothing opens until another administrator confirms. Errors: registry.NotFound; registry.Conflict where one waits
// or is open already, for a disabled user, and for who asks for themselves.
func (s *Store) AskRecovery(ctx context.Context, by, name string) (i *Invitation, err error) {
	i, _, err = s.recovery(ctx, by, name, "")
	return i, err
}

// OperatorRecovery is both steps at once, for who has the data directory in their hands and could change it anyway.
func (s *Store) OperatorRecovery(ctx context.Context, name string) (i *Invitation, token string, err error) {
	if token, err = s.token(); err != nil {
		return nil, "", err
	}
	return s.recovery(ctx, Operator, name, token)
}

func (s *Store) recovery(ctx context.Context, by, name, token string) (i *Invitation, _ string, err error) {
	id, err := s.newID("rec_")
	if err != nil {
		return nil, "", err
	}
	err = s.alter(ctx, by, "user recover", name, func(tx *sql.Tx, u *User) (string, error) {
		if u.Disabled {
			return "", registry.Errorf(registry.Conflict, "%s is disabled", u.Name).WithHint("let them sign in again first")
		}
		if u.By() == by {
			return "", registry.Errorf(registry.Conflict, "nobody asks for their own recovery").WithHint("ask another administrator")
		}
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM invitation WHERE kind = ? AND user = ? AND ended_at = '' AND until > ?`, Recovery, u.ID, s.at()).Scan(&n); err != nil {
			return "", err
		}
		if n > 0 {
			return "", registry.Errorf(registry.Conflict, "a recovery of %s is open already", u.Name).WithHint("confirm it, or withdraw it first")
		}
		i = &Invitation{ID: id, Kind: Recovery, User: u.ID, Name: u.Name, Role: u.Role, Audiences: u.Audiences, By: by, Made: s.now(), Until: s.now().Add(recoveryLimit), Waits: token == ""}
		hash, what := "", "recovery_asked"
		if token != "" {
			hash, what, i.ConfirmedBy = hashed(token), "recovery_made", by
		}
		audiences, err := checkAudiences(u.Audiences)
		if err != nil {
			return "", err
		}
		if err := s.keepInvitation(ctx, tx, i, hash, audiences); err != nil {
			return "", err
		}
		return id, s.tell(ctx, tx, u.ID, what, by)
	})
	return i, token, err
}

// ConfirmRecovery is the second step, by another administrator than the one who asked, who has to be one still; it gives the token of the link. Errors:
// registry.NotFound where nothing of the id waits; registry.Conflict for who asked, for the person themselves, and where who asked is no administrator any more.
func (s *Store) ConfirmRecovery(ctx context.Context, by, id string) (i *Invitation, token string, err error) {
	if token, err = s.token(); err != nil {
		return nil, "", err
	}
	horizon, err := s.horizon(ctx)
	if err != nil {
		return nil, "", err
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		i, err = scanInvitation(tx.QueryRowContext(ctx, `SELECT `+invitationColumns+` FROM invitation WHERE id = ? AND kind = ? AND hash = '' AND ended_at = '' AND until > ?`, id, Recovery, horizon.UTC().Format(stamp)))
		if errors.Is(err, sql.ErrNoRows) {
			return registry.Errorf(registry.NotFound, "no recovery of this kind waits").WithHint("it waits for a day; ask for it anew")
		} else if err != nil {
			return err
		}
		u, err := scanUser(tx.QueryRowContext(ctx, `SELECT `+userColumnsOf+` FROM user u WHERE id = ?`, i.User))
		if err != nil {
			return err
		}
		if i.By == by || u.By() == by {
			return registry.Errorf(registry.Conflict, "whoever asked, and the person themselves, cannot confirm").WithHint("another administrator can; or the operator, by assay user recover")
		}
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM user WHERE 'person:' || name = ? AND role = ? AND disabled_at = ''`, i.By, string(Administrator)).Scan(&n); err != nil {
			return err
		}
		if n == 0 {
			return registry.Errorf(registry.Conflict, "who asked is no administrator any more").WithHint("withdraw it, and ask for it anew")
		}
		i.Until, i.ConfirmedBy, i.Waits = s.now().Add(recoveryLimit), by, false
		if _, err := tx.ExecContext(ctx, `UPDATE invitation SET hash = ?, confirmed_by = ?, until = ? WHERE id = ?`, hashed(token), by, i.Until.UTC().Format(stamp), id); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, u.ID, "recovery_confirmed", by); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: by, Act: "user recover: confirm", About: u.Name, Outcome: Done, Note: id})
	})
	if err != nil {
		return nil, "", err
	}
	return i, token, nil
}

// Recover uses the link: the account gets the password, and loses its second factors, recovery codes, links to providers, tokens, sessions and devices; for any
// of them may be in other hands. What it may do and see stays, behind a new second factor where one is required. Errors: registry.NotFound as of Invitation;
// registry.Invalid for the password, after which the link can be used again.
func (s *Store) Recover(ctx context.Context, token, password string, a Attempt) (*Entered, error) {
	horizon, err := s.horizon(ctx)
	if err != nil {
		return nil, err
	}
	i, err := s.invitation(ctx, s.db, horizon, Recovery, token)
	if err != nil {
		return nil, err
	}
	if err := checkPassword(i.Name, password); err != nil {
		return nil, err
	}
	encoded, err := s.encoded(ctx, password)
	if err != nil {
		return nil, err
	}
	var u *User
	err = s.change(ctx, func(tx *sql.Tx) error {
		if i, err = s.invitation(ctx, tx, horizon, Recovery, token); err != nil { // it may have been withdrawn meanwhile
			return err
		}
		u, err = scanUser(tx.QueryRowContext(ctx, `SELECT `+userColumnsOf+` FROM user u WHERE id = ? AND disabled_at = ''`, i.User))
		if errors.Is(err, sql.ErrNoRows) {
			return errNoInvitation
		} else if err != nil {
			return err
		}
		if err := s.endInvitation(ctx, tx, i, "used", u.ID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE user SET password = ?, password_at = ? WHERE id = ?`, encoded, s.at(), u.ID); err != nil {
			return err
		}
		for _, table := range []string{"totp", "totp_offered", "passkey", "recovery_code", "provider_link"} {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE user = ?`, u.ID); err != nil {
				return err
			}
		}
		if err := forget(ctx, tx, u.ID, s.at()); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, u.ID, "recovery_used", i.ConfirmedBy); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: u.By(), Act: "user recover: used", About: u.Name, Outcome: Done, Note: i.ID})
	})
	if err != nil {
		return nil, err
	}
	a.Device = ""
	return s.begin(ctx, u, a, "")
}

// RecoveryOf is the recovery of a user that waits or is open; nil where there is none.
func (s *Store) RecoveryOf(ctx context.Context, u *User) (*Invitation, error) {
	i, err := scanInvitation(s.db.QueryRowContext(ctx, `SELECT `+invitationColumns+` FROM invitation WHERE kind = ? AND user = ? AND ended_at = '' AND until > ?`, Recovery, u.ID, s.at()))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return i, wrap(s.path, err)
}
