package account

import (
	"context"
	"database/sql"
	"errors"
	"math/bits"

	"github.com/openassay/assay/registry"
)

// errStepOver answers a code that comes too late, or after too many.
var errStepOver = registry.Errorf(registry.Invalid, "too much time, or too many codes, since the password").WithHint("begin again with name and password")

// StepOver says whether err means that a sign-in has to begin anew.
func StepOver(err error) bool { return errors.Is(err, errStepOver) }

// wait begins the second half of a sign-in: what Second is called with.
func (s *Store) wait(ctx context.Context, u *User) (token string, err error) {
	if token, err = s.token(); err != nil {
		return "", err
	}
	return token, s.change(ctx, func(tx *sql.Tx) error {
		if err := s.same(u)(ctx, tx); err != nil {
			return err
		}
		for _, q := range []struct {
			do   string
			args []any
		}{
			{`DELETE FROM step WHERE made_at <= ?`, []any{s.before(stepLimit)}},
			{`DELETE FROM step WHERE user = ?1 AND hash NOT IN (SELECT hash FROM step WHERE user = ?1 ORDER BY made_at DESC, rowid DESC LIMIT ?2)`, []any{u.ID, mostSessions}},
			{`INSERT INTO step (hash, user, made_at, tries) VALUES (?, ?, ?, 0)`, []any{hashed(token), u.ID, s.at()}},
		} {
			if _, err := tx.ExecContext(ctx, q.do, q.args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// Second ends a sign-in that SignIn began, with a code of the authenticator or a recovery code. Errors: NotRight; StepOver; *Wait where too many codes
// were tried at this account from this network, or from many.
func (s *Store) Second(ctx context.Context, step, code string, a Attempt) (*Entered, error) {
	u, err := scanUser(s.db.QueryRowContext(ctx, `SELECT `+userColumnsOf+` FROM step t JOIN user u ON u.id = t.user WHERE t.hash = ? AND t.made_at > ? AND t.tries < ? AND u.disabled_at = ''`, hashed(step), s.before(stepLimit), stepTries))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errStepOver
	} else if err != nil {
		return nil, wrap(s.path, err)
	}
	known, err := s.knows(ctx, u, a.Device)
	if err != nil {
		return nil, err
	}
	type limit struct {
		key  [16]byte
		rule rule
	}
	limits := []limit{{limitKey("code device", hashed(a.Device)), perDevice}}
	if !known {
		a.Device = ""
		limits = []limit{{limitKey("code", u.ID, a.Network), perPair}, {limitKey("code", u.ID), perCode}}
	}
	for _, l := range limits {
		if wait := s.limits.admit(l.key, l.rule, s.now()); wait > 0 {
			return nil, &Wait{wait}
		}
	}
	second := ""
	err = s.change(ctx, func(tx *sql.Tx) error {
		ok, err := s.takeTOTP(ctx, tx, u, code)
		if ok {
			second = ByTOTP
		} else if err == nil {
			if ok, err = s.takeCode(ctx, tx, u, code); ok {
				second = ByCode
			}
		}
		if err != nil {
			return err
		}
		if !ok {
			_, err = tx.ExecContext(ctx, `UPDATE step SET tries = tries + 1 WHERE hash = ?`, hashed(step))
			return err
		}
		res, err := tx.ExecContext(ctx, `DELETE FROM step WHERE hash = ?`, hashed(step))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 { // the same sign-in was ended in another window
			return errStepOver
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if second == "" {
		s.failed.Add(1)
		return nil, errors.Join(errNotRight, s.wrongCode(ctx, u))
	}
	for _, l := range limits {
		s.limits.count(l.key, -1, s.now())
	}
	return s.beginWith(ctx, u, a, second, s.same(u))
}

// wrongCode notes and tells the 1st, 2nd, 4th, 8th … wrong code: whoever gave it knew the password.
func (s *Store) wrongCode(ctx context.Context, u *User) error {
	n := s.limits.count(limitKey("wrong codes", u.ID), 1, s.now())
	if k := uint(n + 0.5); bits.OnesCount(k) != 1 {
		return nil
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		if err := s.tell(ctx, tx, u.ID, "wrong_code", ""); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{Act: "sign in: code", About: u.Name, Outcome: Refused})
	})
}

// Confirm looks at the password of someone who is signed in, before they change what opens the account. Errors: NotRight, *Wait.
func (s *Store) Confirm(ctx context.Context, u *User, password string) error {
	_, stored, err := s.candidate(ctx, u.Name)
	if err != nil {
		return err
	}
	key := limitKey("change", u.ID)
	if wait := s.limits.admit(key, perPair, s.now()); wait > 0 {
		return &Wait{wait}
	}
	leave, err := s.gate.enter(ctx, inside)
	if err != nil {
		return err
	}
	if len(password) > 8*longestPass {
		password = password[:8*longestPass]
	}
	ok, _, err := s.matches(stored, password)
	leave()
	if err != nil {
		return err
	}
	if !ok {
		return errNotRight
	}
	s.limits.clear(key)
	return nil
}

// Fresh says whether the session was begun so lately that its user need not be asked for the password again.
func (s *Store) Fresh(x *Session) bool { return s.now().Sub(x.Created) < freshLimit }

// RemoveTOTP takes the authenticator away, and ends all other sessions.
func (s *Store) RemoveTOTP(ctx context.Context, u *User, x *Session) error {
	return s.removeFactor(ctx, u, x, "factor_totp_gone", "authenticator", `DELETE FROM totp WHERE user = ?`, u.ID)
}

// RemovePasskey takes a passkey away, by its credential, and ends all other sessions.
func (s *Store) RemovePasskey(ctx context.Context, u *User, x *Session, credential string) error {
	return s.removeFactor(ctx, u, x, "factor_passkey_gone", "passkey", `DELETE FROM passkey WHERE user = ? AND credential = ?`, u.ID, credential)
}

func (s *Store) removeFactor(ctx context.Context, u *User, x *Session, what, note, do string, args ...any) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, do, args...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return registry.Errorf(registry.NotFound, "there is no such second factor").WithHint("it may have been removed in another window; load the page again")
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM session WHERE user = ? AND substr(hash, 1, 16) <> ?`, u.ID, x.ID); err != nil {
			return err
		}
		// Where none is left, this session is one of a password alone, and codes open nothing.
		for _, q := range []string{`UPDATE session SET second = '' WHERE user = ?1`, `DELETE FROM recovery_code WHERE user = ?1`} {
			if _, err := tx.ExecContext(ctx, q+` AND NOT EXISTS (SELECT 1 FROM totp WHERE user = ?1) AND NOT EXISTS (SELECT 1 FROM passkey WHERE user = ?1)`, u.ID); err != nil {
				return err
			}
		}
		if err := s.tell(ctx, tx, u.ID, what, u.By()); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: u.By(), Act: "factor remove", About: u.Name, Outcome: Done, Note: note})
	})
}

// Reconfirm begins the session anew, as strong as it was, for whoever is signed in and knows the password. Errors as of Confirm.
func (s *Store) Reconfirm(ctx context.Context, u *User, x *Session, password string, a Attempt) (*Entered, error) {
	if err := s.Confirm(ctx, u, password); err != nil {
		return nil, err
	}
	return s.beginAgain(ctx, u, a, x.Second)
}

// Admit counts an attempt to sign in without a name, from a network; Admitted takes it back where it went well. Nil where it need not wait.
func (s *Store) Admit(network string) *Wait {
	if w := s.limits.admit(limitKey("network", network), perNetwork, s.now()); w > 0 {
		return &Wait{w}
	}
	return nil
}

// Admitted takes back what Admit counted.
func (s *Store) Admitted(network string) { s.limits.count(limitKey("network", network), -1, s.now()) }
