package account

import (
	"context"
	"database/sql"
	"errors"
	"math/bits"

	"github.com/openassay/assay/registry"
)

// Attempt is someone who wants to sign in.
type Attempt struct {
	Name, Password string
	Network        string // of the network the attempt comes from; is counted, never kept
	Device         string // token of the device, from an earlier time; "" where there is none
	Browser        string // what the browser says it is
	Old            string // token of the session that the browser had, which ends
}

// Entered is what a browser gets that signed in: tokens to keep in cookies.
type Entered struct {
	User    *User
	Session string
	Device  string
	Step    string // instead of both: the password was right, and Second wants a code with this
}

// errNotRight is the one answer to an unknown name, a wrong password and a disabled user.
var errNotRight = registry.Errorf(registry.Invalid, "the name or the password is not right").WithHint("look at capital letters; an administrator can give a new password")

// NotRight says whether err is the answer to a wrong name or password.
func NotRight(err error) bool { return errors.Is(err, errNotRight) }

// SignIn begins a session. Errors: one that NotRight tells, in the same time for unknown names as for wrong passwords; a *Wait where this account was
// tried too often from this network, or too many ask at once. Where the user has a second factor it only gives the Step. A device that signed in to this account before waits for no stranger.
func (s *Store) SignIn(ctx context.Context, a Attempt) (*Entered, error) {
	u, stored, err := s.candidate(ctx, a.Name)
	if err != nil {
		return nil, err
	}
	known, err := s.knows(ctx, u, a.Device)
	if err != nil {
		return nil, err
	}
	ok, renew, err := s.try(ctx, u, stored, known, a)
	if err != nil {
		return nil, err
	}
	if !ok {
		s.failed.Add(1)
		return nil, errNotRight
	}
	if renew {
		if encoded, err := s.encoded(ctx, a.Password); err == nil {
			_, _ = s.db.ExecContext(ctx, `UPDATE user SET password = ? WHERE id = ? AND password = ?`, encoded, u.ID, stored) // the next sign-in tries again
		}
	}
	if u.SecondFactor {
		step, err := s.wait(ctx, u)
		return &Entered{User: u, Step: step}, err
	}
	if !known {
		a.Device = ""
	}
	return s.beginWith(ctx, u, a, "", s.same(u))
}

// same fails where the password is not the one that was looked at any more: that may take seconds, and a new password ends what was begun with the old one.
func (s *Store) same(u *User) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		var n int
		err := tx.QueryRowContext(ctx, `SELECT count(*) FROM user WHERE id = ? AND password_at = ? AND disabled_at = ''`, u.ID, u.PasswordSet.UTC().Format(stamp)).Scan(&n)
		if err == nil && n == 0 {
			return errNotRight
		}
		return err
	}
}

// Failed counts the sign-ins that were not right since the store was opened.
func (s *Store) Failed() int64 { return s.failed.Load() }

// candidate is the user of a name with their password; a nil user and the decoy where there is none.
func (s *Store) candidate(ctx context.Context, name string) (*User, string, error) {
	var stored string
	u, err := scanUser(s.db.QueryRowContext(ctx, `SELECT `+userColumnsOf+`, u.password FROM user u WHERE folded = ?`, fold(name)), &stored)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, s.decoy, nil
	} else if err != nil {
		return nil, "", wrap(s.path, err)
	}
	return u, stored, nil
}

// knows says whether the user signed in from the device before.
func (s *Store) knows(ctx context.Context, u *User, device string) (bool, error) {
	id := ""
	if u != nil {
		id = u.ID
	}
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM device WHERE hash = ? AND user = ? AND seen_at > ?`, hashed(device), id, s.now().Add(-DeviceLimit).UTC().Format(stamp)).Scan(&n)
	if err != nil {
		return false, wrap(s.path, err)
	}
	return n > 0 && s.limits.wait(limitKey("device", hashed(device)), perDevice, s.now()) == 0, nil
}

// try looks at a password, counts the attempt, and takes the count back where it is right.
func (s *Store) try(ctx context.Context, u *User, stored string, known bool, a Attempt) (ok, renew bool, err error) {
	name, now := fold(a.Name), s.now()
	pair, network, account, device := limitKey("pair", name, a.Network), limitKey("network", a.Network), limitKey("account", name), limitKey("device", hashed(a.Device))
	lane := inside
	if known {
		known = s.limits.admit(device, perDevice, now) == 0
	}
	if !known {
		for _, l := range []struct {
			key  [16]byte
			rule rule
		}{{pair, perPair}, {network, perNetwork}} {
			if wait := s.limits.admit(l.key, l.rule, now); wait > 0 {
				return false, false, &Wait{wait}
			}
		}
		lane = "network " + a.Network
		if s.limits.count(account, 1, now) > perAccount.free {
			lane = "account " + name
		}
	}
	if len(a.Password) > 8*longestPass {
		a.Password = a.Password[:8*longestPass]
	}
	leave, err := s.gate.enter(ctx, lane)
	if err != nil {
		return false, false, err
	}
	ok, renew, err = s.matches(stored, a.Password)
	leave()
	if err != nil {
		return false, false, err
	}
	if ok = ok && u != nil && !u.Disabled; !ok {
		return false, false, s.noteFailure(ctx, u, name)
	}
	s.limits.clear(pair)
	s.limits.clear(device)
	if !known {
		s.limits.count(network, -1, now)
		s.limits.count(account, -1, now)
	}
	return true, renew, nil
}

// noteFailure writes the 1st, 2nd, 4th, 8th … failure at an account into the audit, so that who tries a million times does not fill it. What was
// typed as the name of nobody is not noted: it may be a password.
func (s *Store) noteFailure(ctx context.Context, u *User, name string) error {
	if u == nil {
		return nil
	}
	n := s.limits.count(limitKey("failures", name), 1, s.now())
	if k := uint(n + 0.5); bits.OnesCount(k) != 1 {
		return nil
	}
	return s.Note(ctx, Event{Act: "sign in", About: u.Name, Outcome: Refused})
}

// begin makes a session, with what there was beside the password, and a device where there is none yet.
func (s *Store) begin(ctx context.Context, u *User, a Attempt, second string) (*Entered, error) {
	return s.beginWith(ctx, u, a, second, func(context.Context, *sql.Tx) error { return nil })
}

// beginWith is begin where a condition holds at that moment.
func (s *Store) beginWith(ctx context.Context, u *User, a Attempt, second string, holds func(context.Context, *sql.Tx) error) (*Entered, error) {
	token, err := s.token()
	if err != nil {
		return nil, err
	}
	device := a.Device
	if device == "" {
		if device, err = s.token(); err != nil {
			return nil, err
		}
	}
	at := s.at()
	err = s.change(ctx, func(tx *sql.Tx) error {
		if err := holds(ctx, tx); err != nil {
			return err
		}
		for _, q := range []struct {
			do   string
			args []any
		}{
			{`DELETE FROM session WHERE hash = ?`, []any{hashed(a.Old)}},
			{`DELETE FROM session WHERE created_at <= ? OR seen_at <= ?`, []any{s.now().Add(-AbsoluteLimit).UTC().Format(stamp), s.now().Add(-IdleLimit).UTC().Format(stamp)}},
			{`INSERT INTO session (hash, user, created_at, seen_at, device, second) VALUES (?, ?, ?, ?, ?, ?)`, []any{hashed(token), u.ID, at, at, line(a.Browser, 120), second}},
			{`DELETE FROM session WHERE user = ?1 AND hash NOT IN (SELECT hash FROM session WHERE user = ?1 ORDER BY seen_at DESC, rowid DESC LIMIT ?2)`, []any{u.ID, mostSessions}},
			{`INSERT INTO device (hash, user, seen_at) VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET seen_at = excluded.seen_at`, []any{hashed(device), u.ID, at}},
			{`DELETE FROM device WHERE user = ?1 AND hash NOT IN (SELECT hash FROM device WHERE user = ?1 ORDER BY seen_at DESC, rowid DESC LIMIT ?2)`, []any{u.ID, mostDevices}},
		} {
			if _, err := tx.ExecContext(ctx, q.do, q.args...); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, Event{By: u.By(), Act: "sign in", About: u.Name, Outcome: Done, Note: second})
	})
	if err != nil {
		return nil, err
	}
	return &Entered{User: u, Session: token, Device: device}, nil
}

// ChangePassword is SetPassword by the user, who has to know the old one. All sessions end and a new one begins, as strong as x was.
func (s *Store) ChangePassword(ctx context.Context, u *User, x *Session, old, password string, a Attempt) (*Entered, error) {
	if err := s.Confirm(ctx, u, old); err != nil {
		return nil, err
	}
	if err := s.SetPassword(ctx, u.By(), u.ID, password); err != nil {
		return nil, err
	}
	a.Device = ""
	return s.begin(ctx, u, a, x.Second)
}
