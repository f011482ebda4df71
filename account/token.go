package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// TokenPrefix begins every token, so that whoever looks for secrets in files and mails finds one.
const TokenPrefix = "assay_token_"

// How long a token holds, how many a user has, and how often it may ask.
const (
	TokenDays    = 90  // where nothing else is said
	MostDays     = 366 // at most
	mostTokens   = 20  // of a user that hold at a time
	longestLabel = 60
	tokenLength  = len(TokenPrefix) + 43 + 8
)

// Own is the scope of a token that reads whatever its account reads.
const Own = registry.Audience("own")

// Token lets a program read as its user: the data addresses, and nothing else.
type Token struct {
	ID      string             `json:"id"` // tok_ and letters
	Name    string             `json:"name"`
	Scope   registry.Audiences `json:"scope"` // audiences, or Own alone; empty for what is public
	Created time.Time          `json:"created"`
	Expires time.Time          `json:"expires"`
	Used    time.Time          `json:"used,omitzero"`
	Revoked time.Time          `json:"revoked,omitzero"`
}

// State is "holds", "expired" or "revoked".
func (t *Token) State(now time.Time) string {
	switch {
	case !t.Revoked.IsZero():
		return "revoked"
	case !now.Before(t.Expires):
		return "expired"
	}
	return "holds"
}

// Readers are the audiences that the token reads of what its user reads now. lost says that of a scope that named audiences none is left.
func (t *Token) Readers(u *User) (as registry.Audiences, lost bool) {
	theirs := u.Readers()
	if slices.Contains(t.Scope, Own) {
		return theirs, false
	}
	as = registry.Reader(slices.DeleteFunc(slices.Clone(t.Scope), func(a registry.Audience) bool { return !theirs.Has(a) })...)
	return as, len(t.Scope) > 0 && len(as) == 1
}

// BadToken is why a token opens nothing. Only who has a token that was given once is told more than that it is not known.
type BadToken struct {
	Why  string // "unknown", "expired", "revoked" or "disabled"
	When time.Time
}

func (b *BadToken) Error() string { return "the token is " + b.Why }

// MakeToken makes a token for the user, as a session or the store gave them, and its text, which is kept nowhere. t gives Name, Scope (of audiences that
// the user reads now) and Expires. Errors: registry.Invalid for what cannot be, registry.Conflict where the user has too many.
func (s *Store) MakeToken(ctx context.Context, by string, u *User, t Token) (text string, made *Token, err error) {
	t.Name = line(t.Name, longestLabel)
	now := s.now()
	days := t.Expires.Sub(now).Hours() / 24
	switch {
	case t.Name == "":
		return "", nil, registry.Errorf(registry.Invalid, "the token has no name").WithHint("say what it is for, so that you know later which to revoke")
	case days <= 0:
		return "", nil, registry.Errorf(registry.Invalid, "the token would be expired already").WithHint("give a day that is still to come")
	case days > MostDays:
		return "", nil, registry.Errorf(registry.Invalid, "a token holds for %d days at most", MostDays).WithHint("make a new one when it expires")
	}
	secret, err := s.token()
	if err != nil {
		return "", nil, err
	}
	text = sealed(secret)
	t.ID, t.Created, t.Used, t.Revoked = "tok_"+hashed(hashed(text))[:12], now, time.Time{}, time.Time{}
	if t.Scope, err = checkScope(u, t.Scope); err != nil {
		return "", nil, err
	}
	scope, err := json.Marshal(t.Scope)
	if err != nil {
		return "", nil, err
	}
	err = s.alter(ctx, by, "token make", u.ID, func(tx *sql.Tx, u *User) (string, error) {
		if u.Disabled {
			return "", registry.Errorf(registry.Conflict, "%s is disabled", u.Name).WithHint("an administrator lets them sign in again first")
		}
		var n int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM token WHERE user = ? AND revoked_at = '' AND expires_at > ?`, u.ID, s.at()).Scan(&n); err != nil {
			return "", err
		}
		if n >= mostTokens {
			return "", registry.Errorf(registry.Conflict, "%s has %d tokens that hold", u.Name, n).WithHint("revoke one that is no longer used")
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO token (id, hash, user, name, scope, created_at, expires_at, used_at, revoked_at) VALUES (?, ?, ?, ?, ?, ?, ?, '', '')`,
			t.ID, hashed(text), u.ID, t.Name, string(scope), s.at(), t.Expires.UTC().Format(stamp))
		return fmt.Sprintf("%s, %s, until %s", t.ID, strings.TrimSpace("scope "+scopeText(t.Scope)), t.Expires.UTC().Format(time.RFC3339)), err
	})
	return text, &t, err
}

// checkScope refuses what the user does not read. Own stands alone.
func checkScope(u *User, as registry.Audiences) (registry.Audiences, error) {
	if slices.Contains(as, Own) {
		if u.Held {
			return nil, registry.Errorf(registry.Invalid, "without a second factor a token reads what is public").WithHint("add an authenticator or a passkey to the account first")
		}
		return registry.Audiences{Own}, nil
	}
	out := registry.Audiences{}
	theirs := u.Readers()
	for _, a := range registry.Reader(as...) {
		if a == registry.Public {
			continue
		}
		if err := a.Check(); err != nil {
			return nil, err
		}
		if !theirs.Has(a) {
			return nil, registry.Errorf(registry.Invalid, "the account does not read the audience %s", a).WithHint("a token reads what its account reads, or less")
		}
		out = append(out, a)
	}
	return out, nil
}

func scopeText(as registry.Audiences) string {
	if len(as) == 0 {
		return string(registry.Public)
	}
	return audiencesText(as)
}

// sealed is a secret as a token's text: prefix, secret, and a sum by which what was mistyped is told without looking it up.
func sealed(secret string) string {
	return fmt.Sprintf("%s%s%08x", TokenPrefix, secret, crc32.ChecksumIEEE([]byte(secret)))
}

func formed(text string) bool {
	return len(text) == tokenLength && strings.HasPrefix(text, TokenPrefix) && sealed(text[len(TokenPrefix):tokenLength-8]) == text
}

const tokenColumns = `t.id, t.name, t.scope, t.created_at, t.expires_at, t.used_at, t.revoked_at`

func scanToken(scope, created, expires, used, revoked string, t *Token) error {
	t.Created, t.Expires, t.Used, t.Revoked = parseStamp(created), parseStamp(expires), parseStamp(used), parseStamp(revoked)
	return json.Unmarshal([]byte(scope), &t.Scope)
}

// Token is the user of a token's text, and the token. The error is a *BadToken where it opens nothing.
func (s *Store) Token(ctx context.Context, text string) (*User, *Token, error) {
	if !formed(text) {
		return nil, nil, &BadToken{Why: "unknown"}
	}
	t := &Token{}
	var scope, created, expires, used, revoked string
	u, err := scanUser(s.db.QueryRowContext(ctx, `SELECT `+userColumnsOf+`, `+tokenColumns+` FROM token t JOIN user u ON u.id = t.user WHERE t.hash = ?`, hashed(text)),
		&t.ID, &t.Name, &scope, &created, &expires, &used, &revoked)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, &BadToken{Why: "unknown"}
	} else if err == nil {
		err = scanToken(scope, created, expires, used, revoked, t)
	}
	if err != nil {
		return nil, nil, wrap(s.path, err)
	}
	horizon, err := s.horizon(ctx)
	switch {
	case err != nil:
		return nil, nil, err
	case !t.Revoked.IsZero():
		return nil, nil, &BadToken{"revoked", t.Revoked}
	case !horizon.Before(t.Expires):
		return nil, nil, &BadToken{"expired", t.Expires}
	case u.Disabled:
		return nil, nil, &BadToken{Why: "disabled"}
	}
	if err := s.withTerms(ctx, u); err != nil {
		return nil, nil, err
	}
	rule, err := s.Rule(ctx)
	if err != nil {
		return nil, nil, err
	}
	u.Held = !u.SecondFactor && u.Restricted() && rule != Optional
	if now := s.now(); now.Sub(t.Used) > seenEvery {
		if _, err := s.db.ExecContext(ctx, `UPDATE token SET used_at = ? WHERE id = ?`, now.UTC().Format(stamp), t.ID); err != nil {
			return nil, nil, wrap(s.path, err)
		}
	}
	return u, t, nil
}

// Tokens are a user's tokens, the newest first; those that ended more than a year ago are left out.
func (s *Store) Tokens(ctx context.Context, userID string) ([]*Token, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+tokenColumns+` FROM token t WHERE t.user = ? AND t.expires_at > ? ORDER BY t.created_at DESC, t.id`, userID, s.now().AddDate(-1, 0, 0).UTC().Format(stamp))
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []*Token{}
	for rows.Next() {
		t := &Token{}
		var scope, created, expires, used, revoked string
		if err := rows.Scan(&t.ID, &t.Name, &scope, &created, &expires, &used, &revoked); err != nil {
			return nil, wrap(s.path, err)
		}
		if err := scanToken(scope, created, expires, used, revoked, t); err != nil {
			return nil, wrap(s.path, err)
		}
		out = append(out, t)
	}
	return out, wrap(s.path, rows.Err())
}

// Revoke ends a token of a user by its ID, at once; registry.NotFound where they have none of that ID that is not revoked.
func (s *Store) Revoke(ctx context.Context, by, name, id string) error {
	return s.alter(ctx, by, "token revoke", name, func(tx *sql.Tx, u *User) (string, error) {
		res, err := tx.ExecContext(ctx, `UPDATE token SET revoked_at = ? WHERE user = ? AND id = ? AND revoked_at = ''`, s.at(), u.ID, id)
		if err != nil {
			return "", err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return "", registry.Errorf(registry.NotFound, "%s has no token %q that could be revoked", u.Name, line(id, 40)).WithHint("assay user token list NAME tells which there are")
		}
		return id, nil
	})
}
