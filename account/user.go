package account

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/openassay/assay/registry"
)

// Role is what a user may do. Each may do what the roles before it may.
type Role string

// The roles. Nobody is no role: what it may do, everyone may.
const (
	Nobody        Role = ""
	Reader        Role = "reader"        // sees what their audiences see
	Contributor   Role = "contributor"   // enters claims; sees what editors see
	Editor        Role = "editor"        // reviews, publishes, merges, corrects
	Administrator Role = "administrator" // users, audit, erasure
)

// Roles are the roles that a user can have, the least first.
var Roles = []Role{Reader, Contributor, Editor, Administrator}

// rank is -1 for what is no role, 0 for Nobody.
func (r Role) rank() int {
	if r == Nobody {
		return 0
	}
	if i := slices.Index(Roles, r); i >= 0 {
		return i + 1
	}
	return -1
}

// Includes says whether who has the role may do what the other may.
func (r Role) Includes(other Role) bool { return other.rank() >= 0 && r.rank() >= other.rank() }

// Check says whether the role is one that a user can have.
func (r Role) Check() error {
	if r.rank() > 0 {
		return nil
	}
	return registry.Errorf(registry.Invalid, "%q is no role", string(r)).WithHint("reader, contributor, editor or administrator")
}

// Kind is what a user is.
type Kind string

// The kinds of user.
const (
	Person       Kind = "person"
	Organisation Kind = "organisation"
)

// User is who may sign in.
type User struct {
	ID           string             `json:"id"` // usr_ and letters; never given again
	Name         string             `json:"name"`
	Kind         Kind               `json:"kind"`
	Organisation string             `json:"organisation,omitempty"` // to which they belong
	Role         Role               `json:"role"`
	Audiences    registry.Audiences `json:"audiences"` // beside those of the role
	Created      time.Time          `json:"created"`
	PasswordSet  time.Time          `json:"password_set"`
	Disabled     bool               `json:"disabled"`
	DisabledAt   time.Time          `json:"disabled_at,omitzero"`
	SecondFactor bool               `json:"second_factor"`   // an authenticator or a passkey
	Held         bool               `json:"-"`               // in a session that lacks the second factor which the registry requires: it sees and may do what a reader without audiences does
	Unread       int                `json:"-"`               // what they are told and have not read
	Terms        []Term             `json:"terms,omitempty"` // audiences for a limited time

	granted registry.Audiences // of the terms that hold
}

// Can says whether the user may do what the role may. A nil user may do what Nobody may.
func (u *User) Can(r Role) bool {
	if u == nil || u.Disabled {
		return r == Nobody
	}
	if u.Held {
		return r == Nobody || r == Reader
	}
	return u.Role.Includes(r)
}

// Readers are the audiences whose registry the user sees. For nil it is the public's.
func (u *User) Readers() registry.Audiences {
	if u == nil || u.Disabled || u.Held {
		return registry.Reader()
	}
	as := slices.Concat(u.Audiences, u.granted)
	if u.Can(Contributor) {
		as = append(as, registry.Registry)
	}
	return registry.Reader(as...)
}

// Restricted says whether the user is meant to see more than the public.
func (u *User) Restricted() bool {
	return len(u.Audiences)+len(u.granted) > 0 || u.Role.Includes(Contributor)
}

// By is how entries and the audit name the user: "person:NAME". It is "" for nil.
func (u *User) By() string {
	if u == nil {
		return ""
	}
	return "person:" + u.Name
}

const longestName = 60 // letters

// checkName gives the name as it is kept.
func checkName(name string) (string, error) {
	clean := norm.NFKC.String(strings.Join(strings.Fields(name), " "))
	bad := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .-_@'’", r)
	}
	switch {
	case clean == "":
		return "", registry.Errorf(registry.Invalid, "the name is empty").WithHint("give the name with which they are to sign in")
	case len([]rune(clean)) > longestName:
		return "", registry.Errorf(registry.Invalid, "the name is longer than %d letters", longestName).WithHint("shorten it")
	case strings.ContainsFunc(clean, bad):
		return "", registry.Errorf(registry.Invalid, "the name %q has characters that a name cannot have", clean).WithHint("letters, digits, spaces and . - _ @ ' are allowed")
	}
	return clean, nil
}

// fold is the name without what people mistype: case, width, accents written in two ways, blanks at the ends.
func fold(name string) string {
	if len(name) > 8*longestName {
		name = name[:8*longestName]
	}
	return cases.Fold().String(norm.NFKC.String(strings.Join(strings.Fields(name), " ")))
}
