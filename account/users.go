package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

func scanUser(row interface{ Scan(...any) error }, more ...any) (*User, error) {
	var u User
	var audiences, created, password, disabled string
	if err := row.Scan(append([]any{&u.ID, &u.Name, &u.Kind, &u.Organisation, &u.Role, &audiences, &created, &password, &disabled, &u.SecondFactor, &u.Unread}, more...)...); err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(audiences), &u.Audiences); err != nil {
		return nil, err
	}
	u.Created, u.PasswordSet, u.DisabledAt, u.Disabled = parseStamp(created), parseStamp(password), parseStamp(disabled), disabled != ""
	return &u, nil
}

// Any says whether there is a user, or someone who was invited to be the first.
func (s *Store) Any(ctx context.Context) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM user) OR EXISTS (SELECT 1 FROM invitation WHERE ended_at = '' AND until > ?)`, s.at()).Scan(&n)
	return n > 0, wrap(s.path, err)
}

// Users are all users, by name.
func (s *Store) Users(ctx context.Context) ([]*User, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+userColumnsOf+` FROM user u ORDER BY folded`)
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []*User{}
	for rows.Next() {
		u, err := scanUser(rows)
		if err != nil {
			return nil, wrap(s.path, err)
		}
		out = append(out, u)
	}
	if err := rows.Err(); err != nil {
		return nil, wrap(s.path, err)
	}
	rows.Close() // a registry in memory has one connection
	return out, s.withTerms(ctx, out...)
}

// User is the user of a name, in whatever case, or of an id; registry.NotFound where there is none.
func (s *Store) User(ctx context.Context, name string) (*User, error) {
	u, err := scanUser(s.db.QueryRowContext(ctx, `SELECT `+userColumnsOf+` FROM user u WHERE folded = ? OR id = ?`, fold(name), name))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noUser(name)
	} else if err != nil {
		return nil, wrap(s.path, err)
	}
	return u, s.withTerms(ctx, u)
}

func noUser(name string) error {
	return registry.Errorf(registry.NotFound, "there is no user %q", name).WithHint("assay user list tells the names")
}

// Add adds a user: Name, Kind (person where empty), Organisation, Role and Audiences are taken. by is who adds. It fails with
// registry.Invalid where one of these, or the password, cannot be; with registry.Conflict where the name is taken.
func (s *Store) Add(ctx context.Context, by string, u User, password string) (*User, error) {
	n, err := s.newUser(ctx, u, password)
	if err != nil {
		return nil, err
	}
	if err := s.change(ctx, func(tx *sql.Tx) error { return s.insert(ctx, tx, by, n) }); err != nil {
		return nil, err
	}
	return s.User(ctx, n.ID)
}

// newcomer is a user that was looked at and can be kept.
type newcomer struct {
	User
	audiences, encoded string
}

func (s *Store) newUser(ctx context.Context, u User, password string) (n newcomer, err error) {
	if u.Name, err = checkName(u.Name); err != nil {
		return n, err
	}
	if u.Kind == "" {
		u.Kind = Person
	}
	if u.Kind != Person && u.Kind != Organisation {
		return n, registry.Errorf(registry.Invalid, "%q is no kind of user", string(u.Kind)).WithHint("person or organisation")
	}
	if u.Organisation, err = checkOrganisation(u.Organisation); err != nil {
		return n, err
	}
	if err := u.Role.Check(); err != nil {
		return n, err
	}
	audiences, err := checkAudiences(u.Audiences)
	if err != nil {
		return n, err
	}
	if err := checkPassword(u.Name, password); err != nil {
		return n, err
	}
	encoded, err := s.encoded(ctx, password)
	if err != nil {
		return n, err
	}
	if u.ID, err = s.newID("usr_"); err != nil {
		return n, err
	}
	return newcomer{u, audiences, encoded}, nil
}

// newID is an id that nobody has.
func (s *Store) newID(prefix string) (string, error) {
	t, err := s.token()
	return prefix + hashed(t)[:16], err
}

func checkOrganisation(name string) (string, error) {
	if name = strings.Join(strings.Fields(name), " "); len(name) > 200 {
		return "", registry.Errorf(registry.Invalid, "the organisation's name is too long").WithHint("200 letters or fewer")
	}
	return name, nil
}

func (s *Store) insert(ctx context.Context, tx *sql.Tx, by string, u newcomer) error {
	var n int
	if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM user WHERE folded = ?`, fold(u.Name)).Scan(&n); err != nil {
		return err
	}
	if n > 0 {
		return registry.Errorf(registry.Conflict, "there is a user %q already", u.Name).WithHint("take another name; assay user list tells which there are")
	}
	at := s.at()
	if _, err := tx.ExecContext(ctx, `INSERT INTO user (id, name, folded, kind, organisation, role, audiences, password, created_at, password_at, disabled_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')`,
		u.ID, u.Name, fold(u.Name), string(u.Kind), u.Organisation, string(u.Role), u.audiences, u.encoded, at, at); err != nil {
		return err
	}
	return s.note(ctx, tx, Event{By: by, Act: "user add", About: u.Name, Outcome: Done, Note: strings.TrimSpace(string(u.Role) + " " + audiencesText(u.Audiences))})
}

func checkAudiences(as registry.Audiences) (string, error) {
	for _, a := range as {
		if err := a.Check(); err != nil {
			return "", err
		}
		if a == registry.Sealed {
			return "", registry.Errorf(registry.Invalid, "nobody reads what is sealed").WithHint("give another audience")
		}
	}
	as = slices.DeleteFunc(slices.Clone(registry.Reader(as...)), func(a registry.Audience) bool { return a == registry.Public })
	b, err := json.Marshal(as)
	return string(b), err
}

func audiencesText(as registry.Audiences) string {
	var out []string
	for _, a := range as {
		out = append(out, string(a))
	}
	return strings.Join(out, " ")
}

// encoded is a password as it is kept. It waits for its turn.
func (s *Store) encoded(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := io.ReadFull(s.random, salt); err != nil {
		return "", err
	}
	leave, err := s.gate.enter(ctx, inside)
	if err != nil {
		return "", err
	}
	defer leave()
	return s.cost.encode(salt, s.cost.key(password, salt, keyLength)), nil
}

// SetRole gives a user another role, and other audiences where they are not nil. It refuses to take the last administrator's away.
func (s *Store) SetRole(ctx context.Context, by, name string, role Role, audiences registry.Audiences) error {
	if err := role.Check(); err != nil {
		return err
	}
	return s.alter(ctx, by, "user role", name, func(tx *sql.Tx, u *User) (string, error) {
		if audiences == nil {
			audiences = u.Audiences
		}
		list, err := checkAudiences(audiences)
		if err != nil {
			return "", err
		}
		_, err = tx.ExecContext(ctx, `UPDATE user SET role = ?, audiences = ? WHERE id = ?`, string(role), list, u.ID)
		return fmt.Sprintf("from %s to %s", strings.TrimSpace(string(u.Role)+" "+audiencesText(u.Audiences)), strings.TrimSpace(string(role)+" "+audiencesText(audiences))), err
	})
}

// Disable ends a user's sessions and lets them sign in no more; what they entered stays. It refuses the last administrator.
func (s *Store) Disable(ctx context.Context, by, name string) error {
	return s.alter(ctx, by, "user disable", name, func(tx *sql.Tx, u *User) (string, error) {
		if u.Disabled {
			return "", registry.Errorf(registry.Conflict, "%s is disabled already", u.Name)
		}
		if _, err := tx.ExecContext(ctx, `UPDATE user SET disabled_at = ? WHERE id = ?`, s.at(), u.ID); err != nil {
			return "", err
		}
		if _, err := tx.ExecContext(ctx, `UPDATE invitation SET ended_at = ?, ended_by = 'withdrawn' WHERE kind = ? AND user = ? AND ended_at = ''`, s.at(), Recovery, u.ID); err != nil {
			return "", err
		}
		return "", forget(ctx, tx, u.ID, s.at())
	})
}

// Enable lets a user sign in again.
func (s *Store) Enable(ctx context.Context, by, name string) error {
	return s.alter(ctx, by, "user enable", name, func(tx *sql.Tx, u *User) (string, error) {
		if !u.Disabled {
			return "", registry.Errorf(registry.Conflict, "%s is not disabled", u.Name)
		}
		_, err := tx.ExecContext(ctx, `UPDATE user SET disabled_at = '' WHERE id = ?`, u.ID)
		return "", err
	})
}

// SetPassword gives a user another password and ends all their sessions; devices from which they signed in are forgotten and tokens revoked, for one
// of them may be why.
func (s *Store) SetPassword(ctx context.Context, by, name, password string) error {
	u, err := s.User(ctx, name)
	if err != nil {
		return err
	}
	if err := checkPassword(u.Name, password); err != nil {
		return err
	}
	encoded, err := s.encoded(ctx, password)
	if err != nil {
		return err
	}
	return s.alter(ctx, by, "user password", u.ID, func(tx *sql.Tx, u *User) (string, error) {
		if _, err := tx.ExecContext(ctx, `UPDATE user SET password = ?, password_at = ? WHERE id = ?`, encoded, s.at(), u.ID); err != nil {
			return "", err
		}
		if err := s.tell(ctx, tx, u.ID, "password", by); err != nil {
			return "", err
		}
		return "", forget(ctx, tx, u.ID, s.at())
	})
}

// forget ends a user's sessions, forgets their devices and revokes their tokens.
func forget(ctx context.Context, tx *sql.Tx, id, at string) error {
	for _, q := range []string{`DELETE FROM session WHERE user = ?1`, `DELETE FROM step WHERE user = ?1`, `DELETE FROM device WHERE user = ?1`, `UPDATE token SET revoked_at = ?2 WHERE user = ?1 AND revoked_at = ''`} {
		if _, err := tx.ExecContext(ctx, q, id, at); err != nil {
			return err
		}
	}
	return nil
}

// alter changes a user and notes it, all or nothing, and refuses what would leave no administrator.
func (s *Store) alter(ctx context.Context, by, act, name string, do func(*sql.Tx, *User) (note string, err error)) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		u, err := scanUser(tx.QueryRowContext(ctx, `SELECT `+userColumnsOf+` FROM user u WHERE folded = ? OR id = ?`, fold(name), name))
		if errors.Is(err, sql.ErrNoRows) {
			return noUser(name)
		} else if err != nil {
			return err
		}
		before, err := administrators(ctx, tx)
		if err != nil {
			return err
		}
		note, err := do(tx, u)
		if err != nil {
			return err
		}
		after, err := administrators(ctx, tx)
		if err != nil {
			return err
		}
		if before > 0 && after == 0 {
			return registry.Errorf(registry.Conflict, "%s is the last administrator", u.Name).WithHint("make another user an administrator first")
		}
		return s.note(ctx, tx, Event{By: by, Act: act, About: u.Name, Outcome: Done, Note: note})
	})
}

func administrators(ctx context.Context, tx *sql.Tx) (n int, err error) {
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM user WHERE role = ? AND disabled_at = ''`, string(Administrator)).Scan(&n)
	return n, err
}
