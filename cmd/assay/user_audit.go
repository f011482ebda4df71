package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// userAudit looks whether the lines of the audit hang together, and prints the last hash: for who keeps it elsewhere.
func (c *call) userAudit(s *account.Store) error {
	lines, problems, err := s.VerifyAudit(c.ctx)
	if err != nil {
		return err
	}
	n, hash, err := s.Head(c.ctx)
	if err != nil {
		return err
	}
	if c.access.held != "" {
		f := strings.Fields(c.access.held)
		at, err := strconv.ParseInt(f[0], 10, 64)
		if err != nil || len(f) != 2 {
			return usagef(`--held "LINE HASH", as this verb and /desk/audit tell them`, "--held: %q is no line and hash", c.access.held)
		}
		if now, err := s.HashAt(c.ctx, at); err != nil {
			return err
		} else if now != f[1] {
			problems = append(problems, fmt.Sprintf("audit: line %d ended with %s when its hash was kept, and ends with %q now", at, f[1], now))
		}
	}
	if c.format == "json" {
		err = c.json(struct {
			Lines    int64    `json:"lines"`
			Last     int64    `json:"last"`
			Hash     string   `json:"hash"`
			Problems []string `json:"problems"`
		}{lines, n, hash, append([]string{}, problems...)})
	} else {
		for _, p := range problems {
			c.printf("WRONG: %s\n", printable(p))
		}
		c.printf("audit: %d lines hang together; line %d ends with %s\n", lines, n, hash)
	}
	if err == nil && len(problems) > 0 {
		err = registry.Errorf(registry.Unreadable, "the audit was changed").WithHint("keep this directory as it is, and compare accounts.db with a backup")
	}
	return err
}

// noteRead notes in the audit of the directory that its operator reads what is not public. Where that cannot be written, as on a disk that is for
// reading only, it is said: the operator has the files in any case.
func (c *call) noteRead(in *instance.Instance, opt instance.Options) {
	readers, err := c.readers()
	if err != nil || len(readers) == 1 || in.Path() == "" {
		return
	}
	if _, err := os.Stat(filepath.Join(in.Path(), account.FileName)); err != nil {
		return
	}
	s, done, err := instance.OpenAccounts(c.ctx, in.Path(), false, opt)
	if err == nil {
		defer done()
		var things []string
		for _, a := range c.fs.Args() {
			if prefix, _, ok := strings.Cut(a, "_"); ok && len(prefix) == 3 && !strings.ContainsAny(a, " /") {
				things = append(things, a)
			}
		}
		err = s.NoteRead(c.ctx, account.Event{By: account.Operator, Outlet: "assay " + c.verb.name, Things: things, Tier: slices.DeleteFunc(slices.Clone(readers), func(a registry.Audience) bool { return a == registry.Public })})
	}
	if err != nil {
		fmt.Fprintf(c.stderr, "assay: that this was read cannot be noted in the audit: %v\n", err)
	}
}
