package account

import (
	"context"
	"database/sql"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// Passkey is a key pair of which the private half stays in an authenticator.
type Passkey struct {
	Credential string    // its id, base64url
	Name       string    // that its owner gave
	Record     []byte    // JSON: public key, counter, flags; package passkey reads it
	Made, Used time.Time // Used is zero where it never was
}

const (
	mostPasskeys       = 20
	longestPasskeyName = 60 // letters
)

// Passkeys of a user, the oldest first.
func (s *Store) Passkeys(ctx context.Context, u *User) ([]Passkey, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT credential, name, record, made_at, used_at FROM passkey WHERE user = ? ORDER BY made_at, rowid`, u.ID)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []Passkey{}
	for rows.Next() {
		var p Passkey
		var made, used string
		if err := rows.Scan(&p.Credential, &p.Name, &p.Record, &made, &used); err != nil {
			return nil, wrap(s.path, err)
		}
		p.Made, p.Used = parseStamp(made), parseStamp(used)
		out = append(out, p)
	}
	return out, wrap(s.path, rows.Err())
}

// AddPasskey keeps a passkey that was verified. As with ConfirmTOTP, all sessions end, a new one begins, and a first factor comes with recovery codes.
func (s *Store) AddPasskey(ctx context.Context, u *User, p Passkey, a Attempt) (e *Entered, codes []string, err error) {
	p.Name = strings.Join(strings.Fields(strings.ToValidUTF8(p.Name, "")), " ")
	switch n := utf8.RuneCountInString(p.Name); {
	case n == 0:
		return nil, nil, registry.Errorf(registry.Invalid, "the passkey has no name").WithHint("name what it is in: a telephone, a key, a computer")
	case n > longestPasskeyName:
		return nil, nil, registry.Errorf(registry.Invalid, "the name is longer than %d letters", longestPasskeyName).WithHint("shorten it")
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM passkey WHERE user = ?`, u.ID).Scan(&n); err != nil {
			return err
		}
		if n >= mostPasskeys {
			return registry.Errorf(registry.Conflict, "there are %d passkeys already", n).WithHint("remove one that is not used")
		}
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM passkey WHERE credential = ?`, p.Credential).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return registry.Errorf(registry.Conflict, "this passkey is known already").WithHint("it opens an account already; take another device or key")
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO passkey (credential, user, name, record, made_at, used_at) VALUES (?, ?, ?, ?, ?, '')`, p.Credential, u.ID, p.Name, string(p.Record), s.at()); err != nil {
			return err
		}
		codes, err = s.factorAdded(ctx, tx, u, "factor_passkey", "passkey")
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	e, err = s.beginAgain(ctx, u, a, ByPasskey)
	return e, codes, err
}

// EnterByPasskey begins a session for whoever showed a passkey, which the caller has verified; record is what is to be kept of it from now on.
func (s *Store) EnterByPasskey(ctx context.Context, u *User, credential string, record []byte, a Attempt) (*Entered, error) {
	err := s.change(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE passkey SET record = ?, used_at = ? WHERE credential = ? AND user = ? AND EXISTS (SELECT 1 FROM user WHERE id = ? AND disabled_at = '')`, string(record), s.at(), credential, u.ID, u.ID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errNotRight
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return s.beginAgain(ctx, u, a, ByPasskey)
}

// Once says whether something counts for the first time, and keeps that it did until it would not count anyway.
func (s *Store) Once(ctx context.Context, what string, until time.Time) (first bool, err error) {
	err = s.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM used WHERE until <= ?`, s.at()); err != nil {
			return err
		}
		res, err := tx.ExecContext(ctx, `INSERT INTO used (hash, until) VALUES (?, ?) ON CONFLICT DO NOTHING`, hashed(what), until.UTC().Format(stamp))
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		first = n > 0
		return err
	})
	return first, err
}
