package main

import (
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// userFlags are those of assay user.
type userFlags struct {
	role, audience, organisation, kind, passwordFile string
	days                                             int
}

var userVerb = &verb{
	name: "user", args: "add|invite|list|role|audit|grant|withdraw|token|disable|enable|password|recover|sessions|second-factor … --data DIR", short: "say who may sign in, and what they may do",
	long: `Works beside a running assay serve, and takes effect at once.

  user add NAME --role ROLE     a new user; asks for the password
  user invite [NAME] --role ROLE   a link by which somebody makes their own account, shown once; --days N
  user list                     all users
  user role NAME --role ROLE    another role; with --audience, other audiences too
  user disable NAME             ends their sessions; what they entered stays
  user enable NAME
  user password NAME            a new password; ends their sessions
  user recover NAME             a link that lets somebody in again who lost password and second factor, shown once
  user sessions end NAME        ends their sessions
  user grant NAME --audience A --until DATE   an audience for a limited time; --from DATE for one that begins later
  user withdraw NAME --audience A             takes it away at once
  user token make NAME --name WHAT-FOR        a token for programs, shown once: --scope public, own or audiences; --until DATE
  user audit                    whether the audit's lines hang together, and the last hash
  user audit keep DAYS          for how long it is kept who read what; 730 where nothing is said
  user token list NAME
  user token revoke NAME ID
  user second-factor [RULE]     whether who sees more than the public needs a second factor: required, or optional

Roles, each with what those before it may do: reader (sees the audiences given to them), contributor (sees what editors see, enters
claims), editor (reviews, publishes, merges, corrects), administrator (users, audit). A password is asked for on the terminal, or is the first line
of --password-file or of standard input: an argument would stand in the list of processes.`,
	flags: func(c *call) {
		c.dataFlag("the data directory")
		f := &c.user
		c.fs.StringVar(&f.role, "role", "", "`ROLE`: reader, contributor, editor or administrator")
		c.fs.StringVar(&f.audience, "audience", "", "`AUDIENCE` that they see beside what their role sees; several with commas; none takes all away")
		c.fs.StringVar(&f.organisation, "organisation", "", "`NAME` of the organisation that they belong to")
		c.fs.StringVar(&f.kind, "kind", "person", "`KIND`: person or organisation")
		c.fs.StringVar(&f.passwordFile, "password-file", "", "`FILE` whose first line is the password; - for standard input")
		c.fs.IntVar(&f.days, "days", account.InvitationDays, "`DAYS` for which an invitation holds")
		c.fs.StringVar(&c.baseURL, "base-url", "", "`URL` under which people reach the pages, for links")
		c.accessFlags()
		c.formatFlag("text", "json")
		c.clockFlags()
	},
	run: runUser,
}

func runUser(c *call, args []string) error {
	if err := c.checkFormat("text", "json"); err != nil {
		return err
	}
	do, name, id, err := userCommand(args)
	if err != nil {
		return err
	}
	if c.data == "" {
		return usagef("name it: --data DIR", "user needs a data directory")
	}
	audiences, err := c.user.audiences()
	if err != nil {
		return err
	}
	role := account.Role(c.user.role)
	if do == "add" || do == "role" || do == "invite" {
		if err := role.Check(); err != nil {
			return usage{err}
		}
	}
	opt, err := c.options()
	if err != nil {
		return err
	}
	s, closeAll, err := instance.OpenAccounts(c.ctx, c.data, do == "add" || do == "invite", opt)
	if err != nil {
		return err
	}
	defer closeAll()
	switch do {
	case "list":
		return c.listUsers(s)
	case "add":
		password, err := c.password(name)
		if err != nil {
			return err
		}
		u, err := s.Add(c.ctx, account.Operator, account.User{Name: name, Kind: account.Kind(c.user.kind), Organisation: c.user.organisation, Role: role, Audiences: audiences}, password)
		if err != nil {
			return err
		}
		c.printf("added %s, %s\n", u.Name, u.Role)
		return nil
	case "invite":
		return c.invite(s, account.User{Name: name, Organisation: c.user.organisation, Role: role, Audiences: audiences})
	case "recover":
		return c.recover(s, name)
	case "password":
		if _, err := s.User(c.ctx, name); err != nil { // before anyone types a password for nobody
			return err
		}
		password, err := c.password(name)
		if err != nil {
			return err
		}
		if err := s.SetPassword(c.ctx, account.Operator, name, password); err != nil {
			return err
		}
	case "role":
		err = s.SetRole(c.ctx, account.Operator, name, role, audiences)
	case "second-factor":
		return c.secondFactor(s, account.Rule(name))
	case "disable":
		err = s.Disable(c.ctx, account.Operator, name)
	case "enable":
		err = s.Enable(c.ctx, account.Operator, name)
	case "audit":
		return c.userAudit(s)
	case "audit keep":
		days, err := strconv.Atoi(name)
		if err != nil {
			return usagef("assay user audit keep DAYS", "%q is no number of days", name)
		}
		return s.KeepReads(c.ctx, account.Operator, days)
	case "grant", "withdraw":
		err = c.grant(s, do, name, audiences)
	case "token make", "token list", "token revoke":
		return c.token(s, strings.TrimPrefix(do, "token "), name, id)
	case "sessions":
		n, err := s.EndSessions(c.ctx, account.Operator, name, "")
		if err == nil {
			c.printf("ended %s\n", count(n, "session", "sessions"))
		}
		return err
	}
	if err != nil {
		return err
	}
	u, err := s.User(c.ctx, name)
	if err != nil {
		return err
	}
	c.printf("%s\n", userLine(u))
	return nil
}

// secondFactor sets the rule, where one is given, and says which holds.
func (c *call) secondFactor(s *account.Store, rule account.Rule) error {
	if rule != "" {
		if err := s.SetRule(c.ctx, account.Operator, rule); err != nil {
			return err
		}
	}
	rule, err := s.Rule(c.ctx)
	if err == nil {
		c.printf("a second factor is %s for whoever sees more than the public\n", rule)
	}
	return err
}

// userCommand reads what to do, with whom, and with which of their tokens.
func userCommand(args []string) (do, name, id string, err error) {
	const hint = "assay user --help lists what it does"
	if len(args) == 0 {
		return "", "", "", usagef(hint, "say what to do with users")
	}
	do, rest := args[0], args[1:]
	switch do {
	case "list":
		if len(rest) > 0 {
			return "", "", "", usagef(hint, "user list takes no name; %q was given", rest[0])
		}
		return do, "", "", nil
	case "invite":
		if len(rest) > 1 {
			return "", "", "", usagef(`a name with blanks stands in quotes: "Ada Obi"`, "user invite takes one name at most; %d were given", len(rest))
		}
		return do, strings.Join(rest, ""), "", nil
	case "second-factor":
		if len(rest) > 1 {
			return "", "", "", usagef(hint, "user second-factor takes one rule; %d were given", len(rest))
		}
		return do, strings.Join(rest, ""), "", nil
	case "sessions":
		if len(rest) == 0 || rest[0] != "end" {
			return "", "", "", usagef("assay user sessions end NAME", "say what to do with sessions")
		}
		rest = rest[1:]
	case "audit":
		if len(rest) == 2 && rest[0] == "keep" {
			return "audit keep", rest[1], "", nil
		}
		if len(rest) > 0 {
			return "", "", "", usagef("assay user audit keep DAYS", "user audit cannot %q", rest[0])
		}
		return do, "", "", nil
	case "token":
		if len(rest) == 0 || rest[0] != "make" && rest[0] != "list" && rest[0] != "revoke" {
			return "", "", "", usagef("assay user token make|list|revoke NAME", "say what to do with tokens")
		}
		if do, rest = "token "+rest[0], rest[1:]; do == "token revoke" && len(rest) == 2 {
			rest, id = rest[:1], rest[1]
		} else if do == "token revoke" {
			return "", "", "", usagef("assay user token revoke NAME ID; assay user token list NAME tells the ids", "user token revoke takes a name and the id of a token")
		}
	case "add", "role", "grant", "withdraw", "disable", "enable", "password", "recover":
	default:
		return "", "", "", usagef(hint, "user cannot %q", do)
	}
	if len(rest) != 1 {
		return "", "", "", usagef(`a name with blanks stands in quotes: "Ada Obi"`, "user %s takes one name; %d were given", do, len(rest))
	}
	return do, rest[0], id, nil
}

// audiences are those of --audience: nil where it was not given, empty for none.
func (f *userFlags) audiences() (registry.Audiences, error) {
	if f.audience == "" {
		return nil, nil
	}
	out := registry.Audiences{}
	for _, a := range strings.Split(f.audience, ",") {
		if a = strings.TrimSpace(a); a == "" || a == "none" {
			continue
		}
		if err := registry.Audience(a).Check(); err != nil {
			return nil, usage{err}
		}
		out = append(out, registry.Audience(a))
	}
	return out, nil
}

func (c *call) listUsers(s *account.Store) error {
	us, err := s.Users(c.ctx)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(us)
	}
	if len(us) == 0 {
		c.printf("nobody can sign in yet\n")
	}
	for _, u := range us {
		c.printf("%s\n", userLine(u))
	}
	return nil
}

func userLine(u *account.User) string {
	parts := []string{u.Name, string(u.Role)}
	for _, a := range u.Audiences {
		parts = append(parts, string(a))
	}
	for _, t := range u.Terms {
		if t.Ended.IsZero() {
			parts = append(parts, string(t.Audience)+" from "+t.From.Format(time.RFC3339)+" until "+t.Until.Format(time.RFC3339))
		}
	}
	if u.Organisation != "" {
		parts = append(parts, "of "+u.Organisation)
	}
	if u.Kind == account.Organisation {
		parts = append(parts, "an organisation")
	}
	if u.SecondFactor {
		parts = append(parts, "second factor")
	}
	if u.Disabled {
		parts = append(parts, "disabled on "+u.DisabledAt.Format("2006-01-02"))
	}
	return printable(strings.Join(parts, ", "))
}
