package main

import (
	"strings"

	"github.com/openassay/assay/account"
)

// invite makes the link of a new account.
func (c *call) invite(s *account.Store, u account.User) error {
	i, token, err := s.Invite(c.ctx, account.Operator, u, c.user.days)
	if err != nil {
		return err
	}
	return c.link(i, "/invitations/"+token)
}

// recover makes the link that lets somebody in again.
func (c *call) recover(s *account.Store, name string) error {
	i, token, err := s.OperatorRecovery(c.ctx, name)
	if err != nil {
		return err
	}
	return c.link(i, "/recoveries/"+token)
}

// link prints where a link leads, this once.
func (c *call) link(i *account.Invitation, path string) error {
	at := strings.TrimSuffix(c.baseURL, "/") + path
	if c.format == "json" {
		return c.json(struct {
			*account.Invitation
			Link string `json:"link"`
		}{i, at})
	}
	c.printf("%s\n", at)
	if c.baseURL == "" {
		c.printf("open it behind the address of your registry; --base-url https://registry.example prints it whole\n")
	}
	c.printf("it opens once, until %s; give it to the person and to nobody else\n", i.Until.UTC().Format("2006-01-02 15:04 UTC"))
	return nil
}
