package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
)

// accessFlags are those of assay user token, grant and withdraw.
type accessFlags struct {
	name, scope, from, until, held string
}

func (c *call) accessFlags() {
	f := &c.access
	c.fs.StringVar(&f.name, "name", "", "`NAME` of a token: what it is for")
	c.fs.StringVar(&f.scope, "scope", "public", "`SCOPE` of a token: public, own (what its account reads), or audiences with commas")
	c.fs.StringVar(&f.from, "from", "", "`DATE` from which an audience is granted; now where it is left out")
	c.fs.StringVar(&f.held, "held", "", "`LINE HASH` of the audit that was kept: whether the line still ends so")
	c.fs.StringVar(&f.until, "until", "", "`DATE`: the last day of a token (90 days from now where it is left out) or of an audience that is granted")
}

// lastDay is the moment at which a day is over; the zero time for "".
func lastDay(flag, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return t, usagef("write 2027-01-31", "--%s: %q is no day", flag, s)
	}
	return t.AddDate(0, 0, 1), nil
}

// grant gives a user an audience for a time, or takes it away.
func (c *call) grant(s *account.Store, do, name string, audiences registry.Audiences) error {
	if len(audiences) != 1 {
		return usagef("--audience adviser:NAME", "user %s takes one audience; %d were given", do, len(audiences))
	}
	if do == "withdraw" {
		return s.Withdraw(c.ctx, account.Operator, name, audiences[0])
	}
	t := account.Term{Audience: audiences[0]}
	var err error
	if t.Until, err = lastDay("until", c.access.until); err != nil {
		return err
	}
	if t.From, err = lastDay("from", c.access.from); err != nil {
		return err
	}
	if !t.From.IsZero() {
		t.From = t.From.AddDate(0, 0, -1)
	}
	return s.Grant(c.ctx, account.Operator, name, t)
}

// token makes, lists and revokes tokens of a user.
func (c *call) token(s *account.Store, do, name, id string) error {
	now := time.Now()
	if opt, err := c.options(); err != nil {
		return err
	} else if opt.Now != nil {
		now = opt.Now()
	}
	switch do {
	case "make":
		t := account.Token{Name: c.access.name}
		for _, a := range strings.FieldsFunc(c.access.scope, func(r rune) bool { return r == ',' || r == ' ' }) {
			if a != string(registry.Public) {
				t.Scope = append(t.Scope, registry.Audience(a))
			}
		}
		var err error
		if t.Expires, err = lastDay("until", c.access.until); err != nil {
			return err
		}
		if t.Expires.IsZero() {
			t.Expires = now.AddDate(0, 0, account.TokenDays)
		}
		u, err := s.User(c.ctx, name)
		if err != nil {
			return err
		}
		text, made, err := s.MakeToken(c.ctx, account.Operator, u, t)
		if err != nil {
			return err
		}
		if c.format == "json" {
			return c.json(struct {
				*account.Token
				Text string `json:"token"`
			}{made, text})
		}
		c.printf("%s\n", text)
		return nil
	case "revoke":
		if err := s.Revoke(c.ctx, account.Operator, name, id); err != nil {
			return err
		}
		c.printf("revoked %s\n", printable(id))
		return nil
	}
	u, err := s.User(c.ctx, name)
	if err != nil {
		return err
	}
	ts, err := s.Tokens(c.ctx, u.ID)
	if err != nil {
		return err
	}
	if c.format == "json" {
		return c.json(ts)
	}
	if len(ts) == 0 {
		c.printf("%s has no tokens\n", printable(u.Name))
	}
	for _, t := range ts {
		used := "never used"
		if !t.Used.IsZero() {
			used = "last used on " + t.Used.Format("2006-01-02")
		}
		scope := "public"
		if len(t.Scope) > 0 {
			scope = strings.ReplaceAll(strings.Trim(fmt.Sprint(t.Scope), "[]"), " ", ", ")
		}
		c.printf("%s\n", printable(strings.Join([]string{t.ID, t.Name, "reads " + scope, t.State(now) + ", until " + t.Expires.Format(time.RFC3339), used}, ", ")))
	}
	return nil
}
