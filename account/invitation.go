package account

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// Kinds of Invitation.
const (
	Invited  = "invitation" // to a new account
	Recovery = "recovery"   // back into one whose password or factors are lost
)

// How long links hold.
const (
	InvitationDays = 7
	MostInvitation = 60             // days
	recoveryLimit  = 24 * time.Hour // to be confirmed, and then again to be used
)

// Invitation is a link that opens an account once, for whoever has it. Its token is told to who makes it, and kept as a hash.
type Invitation struct {
	ID           string             `json:"id"` // names it; opens nothing
	Kind         string             `json:"kind"`
	User         string             `json:"user,omitempty"` // id: of a recovery, and of an invitation that was taken
	Name         string             `json:"name"`           // offered, or that of the recovery's user
	Organisation string             `json:"organisation,omitempty"`
	Role         Role               `json:"role,omitempty"`
	Audiences    registry.Audiences `json:"audiences,omitempty"`
	By           string             `json:"by"`
	ConfirmedBy  string             `json:"confirmed_by,omitempty"` // of a recovery
	Waits        bool               `json:"waits,omitempty"`        // a recovery that nobody has confirmed yet
	Made         time.Time          `json:"made"`
	Until        time.Time          `json:"until"`
	Ended        time.Time          `json:"ended,omitzero"`
	EndedBy      string             `json:"ended_by,omitempty"` // used, withdrawn
}

const invitationColumns = `id, hash = '', kind, user, name, organisation, role, audiences, by, confirmed_by, made_at, until, ended_at, ended_by`

func scanInvitation(row interface{ Scan(...any) error }) (*Invitation, error) {
	var i Invitation
	var audiences, made, until, ended string
	if err := row.Scan(&i.ID, &i.Waits, &i.Kind, &i.User, &i.Name, &i.Organisation, &i.Role, &audiences, &i.By, &i.ConfirmedBy, &made, &until, &ended, &i.EndedBy); err != nil {
		return nil, err
	}
	i.Made, i.Until, i.Ended = parseStamp(made), parseStamp(until), parseStamp(ended)
	return &i, json.Unmarshal([]byte(audiences), &i.Audiences)
}

// Invite makes a link to a new account with the Role, Audiences and Organisation of u; its Name is offered and may be changed by who takes it. It holds
// for so many days. Errors: registry.Invalid.
func (s *Store) Invite(ctx context.Context, by string, u User, days int) (i *Invitation, token string, err error) {
	if u.Name = strings.TrimSpace(u.Name); u.Name != "" {
		if u.Name, err = checkName(u.Name); err != nil {
			return nil, "", err
		}
	}
	if u.Organisation, err = checkOrganisation(u.Organisation); err != nil {
		return nil, "", err
	}
	if err := u.Role.Check(); err != nil {
		return nil, "", err
	}
	if days < 1 || days > MostInvitation {
		return nil, "", registry.Errorf(registry.Invalid, "an invitation cannot hold for %d days", days).WithHint("between 1 and %d", MostInvitation)
	}
	audiences, err := checkAudiences(u.Audiences)
	if err != nil {
		return nil, "", err
	}
	i = &Invitation{Kind: Invited, Name: u.Name, Organisation: u.Organisation, Role: u.Role, Audiences: u.Audiences, By: by, Made: s.now(), Until: s.now().AddDate(0, 0, days)}
	if i.ID, err = s.newID("inv_"); err != nil {
		return nil, "", err
	}
	if token, err = s.token(); err != nil {
		return nil, "", err
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		if err := s.keepInvitation(ctx, tx, i, hashed(token), audiences); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: by, Act: "user invite", About: u.Name, Outcome: Done, Note: strings.TrimSpace(fmt.Sprintf("%s, %s %s", i.ID, u.Role, audiencesText(u.Audiences)))})
	})
	return i, token, err
}

func (s *Store) keepInvitation(ctx context.Context, tx *sql.Tx, i *Invitation, hash, audiences string) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO invitation (id, hash, kind, user, name, organisation, role, audiences, by, confirmed_by, made_at, until, ended_at, ended_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '')`,
		i.ID, hash, i.Kind, i.User, i.Name, i.Organisation, string(i.Role), audiences, i.By, i.ConfirmedBy, s.at(), i.Until.UTC().Format(stamp))
	return err
}

// Invitations are links that can still be used or confirmed, and those that ended in the last month; the newest first.
func (s *Store) Invitations(ctx context.Context) ([]*Invitation, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT `+invitationColumns+` FROM invitation WHERE until > ? ORDER BY made_at DESC, id LIMIT 500`, s.now().AddDate(0, -1, 0).UTC().Format(stamp))
	if err != nil {
		return nil, wrap(s.path, err)
	}
	defer rows.Close()
	out := []*Invitation{}
	for rows.Next() {
		i, err := scanInvitation(rows)
		if err != nil {
			return nil, wrap(s.path, err)
		}
		out = append(out, i)
	}
	return out, wrap(s.path, rows.Err())
}

// Open says whether the link can still be used or confirmed.
func (i *Invitation) Open(now time.Time) bool { return i.Ended.IsZero() && now.Before(i.Until) }

var errNoInvitation = registry.Errorf(registry.NotFound, "this link opens nothing").WithHint("it opens once and for a limited time; ask for a new one")

// Invitation is what the token of a link opens; registry.NotFound where that is nothing: it was used, withdrawn, is over, or never was.
func (s *Store) Invitation(ctx context.Context, kind, token string) (*Invitation, error) {
	horizon, err := s.horizon(ctx)
	if err != nil {
		return nil, err
	}
	return s.invitation(ctx, s.db, horizon, kind, token)
}

// ofAdministrators holds for links whose makers are still administrators, or the operator: a link does not outlive the trust in who made it.
const ofAdministrators = ` AND (by = 'operator' OR EXISTS (SELECT 1 FROM user u WHERE 'person:' || u.name = by AND u.role = 'administrator' AND u.disabled_at = ''))
	AND (confirmed_by IN ('', 'operator') OR EXISTS (SELECT 1 FROM user u WHERE 'person:' || u.name = confirmed_by AND u.role = 'administrator' AND u.disabled_at = ''))`

func (s *Store) invitation(ctx context.Context, q queryer, horizon time.Time, kind, token string) (*Invitation, error) {
	if len(token) < 40 || len(token) > 64 {
		return nil, errNoInvitation
	}
	i, err := scanInvitation(q.QueryRowContext(ctx, `SELECT `+invitationColumns+` FROM invitation WHERE hash = ? AND kind = ? AND ended_at = '' AND until > ?`+ofAdministrators, hashed(token), kind, horizon.UTC().Format(stamp)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoInvitation
	}
	return i, wrap(s.path, err)
}

// EndInvitation ends a link that was not used; registry.NotFound where there is none of the id that is open.
func (s *Store) EndInvitation(ctx context.Context, by, id string) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		i, err := scanInvitation(tx.QueryRowContext(ctx, `SELECT `+invitationColumns+` FROM invitation WHERE id = ? AND ended_at = ''`, id))
		if errors.Is(err, sql.ErrNoRows) {
			return errNoInvitation
		} else if err != nil {
			return err
		}
		if err := s.endInvitation(ctx, tx, i, "withdrawn", i.User); err != nil {
			return err
		}
		if i.Kind == Recovery {
			if err := s.tell(ctx, tx, i.User, "recovery_withdrawn", by); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, Event{By: by, Act: i.Kind + " withdraw", About: i.Name, Outcome: Done, Note: i.ID})
	})
}

// endInvitation ends a link, and fails where another was first.
func (s *Store) endInvitation(ctx context.Context, tx *sql.Tx, i *Invitation, how, user string) error {
	res, err := tx.ExecContext(ctx, `UPDATE invitation SET ended_at = ?, ended_by = ?, user = ? WHERE id = ? AND ended_at = ''`, s.at(), how, user, i.ID)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errNoInvitation
	}
	return nil
}

// Accept makes the account that the link of an invitation opens, and begins its first session. Errors: registry.NotFound as of Invitation; those of Add, after
// which the link can be used again.
func (s *Store) Accept(ctx context.Context, token, name, password string, a Attempt) (*Entered, error) {
	horizon, err := s.horizon(ctx)
	if err != nil {
		return nil, err
	}
	i, err := s.invitation(ctx, s.db, horizon, Invited, token)
	if err != nil {
		return nil, err
	}
	n, err := s.newUser(ctx, User{Name: name, Organisation: i.Organisation, Role: i.Role, Audiences: i.Audiences}, password)
	if err != nil {
		return nil, err
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		if i, err = s.invitation(ctx, tx, horizon, Invited, token); err != nil { // it may have been withdrawn while the password was looked at
			return err
		}
		if err := s.endInvitation(ctx, tx, i, "used", n.ID); err != nil {
			return err
		}
		if err := s.insert(ctx, tx, i.By, n); err != nil {
			return err
		}
		return s.note(ctx, tx, Event{By: "person:" + n.Name, Act: "invitation accept", About: n.Name, Outcome: Done, Note: i.ID})
	})
	if err != nil {
		return nil, err
	}
	u, err := s.User(ctx, n.ID)
	if err != nil {
		return nil, err
	}
	return s.beginAgain(ctx, u, a, "")
}

// EndLinks ends all invitations, recoveries, and sign-ins that are half done: after a restore, what was used or withdrawn since would open again.
func (s *Store) EndLinks(ctx context.Context, by string) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		for _, q := range []string{`UPDATE invitation SET ended_at = ?1, ended_by = 'withdrawn' WHERE ended_at = ''`, `DELETE FROM step WHERE ?1 <> ''`, `DELETE FROM totp_offered WHERE ?1 <> ''`} {
			if _, err := tx.ExecContext(ctx, q, s.at()); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, Event{By: by, Act: "links end", Outcome: Done})
	})
}
