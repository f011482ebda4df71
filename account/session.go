package account

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"time"

	"github.com/openassay/assay/registry"
)

// How long a session lasts.
const (
	IdleLimit     = 8 * time.Hour        // without a request
	AbsoluteLimit = 7 * 24 * time.Hour   // whatever is done
	DeviceLimit   = 400 * 24 * time.Hour // since the device last signed in; browsers keep no cookie for longer
	seenEvery     = time.Minute          // how exactly the last request is kept
	mostSessions  = 20                   // of a user; the oldest end
	mostDevices   = 20
)

// Session is a browser that signed in.
type Session struct {
	ID      string    `json:"id"` // names it to its user; opens nothing
	Created time.Time `json:"created"`
	Seen    time.Time `json:"seen"`
	Device  string    `json:"device"` // what the browser says it is
	Second  string    `json:"second"` // with what beside the password it was begun: totp, passkey, code, provider
	token   string
}

// CSRF is the token that forms of this session carry. Another site cannot know it.
func (x *Session) CSRF() string {
	m := hmac.New(sha256.New, []byte(x.token))
	m.Write([]byte("assay form"))
	return base64.RawURLEncoding.EncodeToString(m.Sum(nil)[:24])
}

// Session is the user whose session has the token, and the session; nil, nil where there is none, it ended, or the user is disabled.
func (s *Store) Session(ctx context.Context, token string) (*User, *Session, error) {
	if len(token) < 40 || len(token) > 64 {
		return nil, nil, nil
	}
	hash := hashed(token)
	var created, seen string
	var rule sql.NullString
	x := &Session{ID: hash[:16], token: token}
	u, err := scanUser(s.db.QueryRowContext(ctx, `SELECT `+userColumnsOf+`, s.created_at, s.seen_at, s.device, s.second, (SELECT value FROM setting WHERE name = ?) FROM session s JOIN user u ON u.id = s.user WHERE s.hash = ? AND u.disabled_at = ''`, ruleName, hash),
		&created, &seen, &x.Device, &x.Second, &rule)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, nil
	} else if err != nil {
		return nil, nil, wrap(s.path, err)
	}
	if err := s.withTerms(ctx, u); err != nil {
		return nil, nil, err
	}
	u.Held = x.Second == "" && u.Restricted() && Rule(rule.String) != Optional
	x.Created, x.Seen = parseStamp(created), parseStamp(seen)
	now := s.now()
	if now.Sub(x.Created) > AbsoluteLimit || now.Sub(x.Seen) > IdleLimit {
		_, err := s.db.ExecContext(ctx, `DELETE FROM session WHERE hash = ?`, hash)
		return nil, nil, wrap(s.path, err)
	}
	if now.Sub(x.Seen) > seenEvery {
		if _, err := s.db.ExecContext(ctx, `UPDATE session SET seen_at = ? WHERE hash = ?`, s.at(), hash); err != nil {
			return nil, nil, wrap(s.path, err)
		}
	}
	return u, x, nil
}

const userColumnsOf = `u.id, u.name, u.kind, u.organisation, u.role, u.audiences, u.created_at, u.password_at, u.disabled_at, EXISTS (SELECT 1 FROM totp f WHERE f.user = u.id) OR EXISTS (SELECT 1 FROM passkey f WHERE f.user = u.id), (SELECT count(*) FROM told f WHERE f.user = u.id AND f.seen_at = '')`

// Sessions are the user's sessions, the last used first.
func (s *Store) Sessions(ctx context.Context, userID string) ([]Session, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT hash, created_at, seen_at, device, second FROM session WHERE user = ? AND created_at > ? AND seen_at > ? ORDER BY seen_at DESC, hash`,
		userID, s.now().Add(-AbsoluteLimit).UTC().Format(stamp), s.now().Add(-IdleLimit).UTC().Format(stamp))
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []Session{}
	for rows.Next() {
		var x Session
		var created, seen string
		if err := rows.Scan(&x.ID, &created, &seen, &x.Device, &x.Second); err != nil {
			return nil, wrap(s.path, err)
		}
		x.ID, x.Created, x.Seen = x.ID[:16], parseStamp(created), parseStamp(seen)
		out = append(out, x)
	}
	return out, wrap(s.path, rows.Err())
}

// EndSession ends one session of a user, by its ID.
func (s *Store) EndSession(ctx context.Context, u *User, id string) error {
	if len(id) != 16 {
		return registry.Errorf(registry.NotFound, "there is no such session")
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `DELETE FROM session WHERE user = ? AND substr(hash, 1, 16) = ?`, u.ID, id)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return registry.Errorf(registry.NotFound, "there is no such session")
		}
		return s.note(ctx, tx, Event{By: u.By(), Act: "sign out", About: u.Name, Outcome: Done})
	})
}

// EndSessions ends all sessions of a user but the one of the ID except ("" for all), and says how many.
func (s *Store) EndSessions(ctx context.Context, by, name, except string) (n int, err error) {
	err = s.alter(ctx, by, "user sessions end", name, func(tx *sql.Tx, u *User) (string, error) {
		res, err := tx.ExecContext(ctx, `DELETE FROM session WHERE user = ? AND substr(hash, 1, 16) <> ?`, u.ID, except)
		if err != nil {
			return "", err
		}
		k, err := res.RowsAffected()
		n = int(k)
		return "", err
	})
	return n, err
}
