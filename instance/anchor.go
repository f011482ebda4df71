package instance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/book"
	"github.com/openassay/assay/registry"
)

// The audit's last hash is lodged under seal in the registry's own ledger, once a day: a deposit like others, of which the public sees nothing. Who writes the
// audit anew later would need another root of that day, which everybody has seen.

// anchored is what is lodged of the audit.
func anchored(line int64, hash string) []byte {
	return fmt.Appendf(nil, "assay audit v1\n%d %s\n", line, hash)
}

// anchorAudit lodges the audit's last hash, where that was not done today.
func (in *Instance) anchorAudit(ctx context.Context) error {
	day := in.Now().UTC().Format(dayForm)
	if in.users == nil || in.anchorDay == day {
		return nil
	}
	all, err := in.users.Anchors(ctx)
	if err != nil {
		return err
	}
	if n := len(all); n > 0 && all[n-1].Day >= day {
		in.anchorDay = day
		return nil
	}
	line, hash, err := in.users.Head(ctx)
	if err != nil || hash == "" {
		return err
	}
	s, err := in.Deposit(ctx, anchored(line, hash))
	if registry.CodeOf(err) == registry.Conflict { // the day is closed: the clock was ahead once
		in.anchorDay = day
		return nil
	} else if err != nil {
		return err
	}
	slip, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := in.users.KeepAnchor(ctx, account.Anchor{Day: day, Line: line, Hash: hash, Slip: slip}); err != nil {
		return err
	}
	in.anchorDay = day
	return nil
}

// auditAnchors looks whether the audit hangs together and still has the hashes that were lodged.
func (in *Instance) auditAnchors(ctx context.Context, b *book.Book, a *LedgerAudit) error {
	users := in.users
	if users == nil {
		if _, err := os.Stat(in.accountsPath()); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		vfs, err := in.keys.VFS()
		if err != nil {
			return err
		}
		if users, err = account.Open(ctx, in.accountsPath(), account.Options{Now: in.Now, VFS: vfs}); err != nil {
			return err
		}
		defer users.Close()
	}
	_, problems, err := users.VerifyAudit(ctx)
	if err != nil {
		return err
	}
	for _, p := range problems {
		a.problem("%s", p)
	}
	all, err := users.Anchors(ctx)
	if err != nil {
		return err
	}
	for _, x := range all {
		if now, err := users.HashAt(ctx, x.Line); err != nil {
			return err
		} else if now != x.Hash {
			a.problem("audit: line %d had the hash %s on %s, and has %q now: the audit was written anew", x.Line, x.Hash, x.Day, now)
			continue
		}
		s, ok := parseSlip(x.Slip)
		if !ok {
			a.problem("audit: the slip of %s is none", x.Day)
			continue
		}
		r, err := in.depositReceipt(ctx, b, s)
		if registry.CodeOf(err) == registry.NotFound { // its root is not published yet
			continue
		}
		if err == nil {
			var p *ledger.Policy
			if p, err = ledger.ParsePolicy(fmt.Appendf(nil, "log %s\nquorum none\n", b.VKey())); err == nil {
				_, err = ledger.Verify(p, r, anchored(x.Line, x.Hash))
			}
		}
		if err != nil {
			a.problem("audit: what was lodged on %s is not of line %d: %v", x.Day, x.Line, err)
			continue
		}
		a.Audited++
	}
	return nil
}
