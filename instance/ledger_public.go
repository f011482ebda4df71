package instance

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/tiles"
	"github.com/openassay/assay/registry"
)

// PublicLedger is the ledger as everybody may see it; for pages.
type PublicLedger struct{ in *Instance }

// Ledger is what pages show of the ledger.
func (in *Instance) Ledger() PublicLedger { return PublicLedger{in} }

// File is a file of the public tree by its name in C2SP tlog-tiles; registry.NotFound for any other name.
func (l PublicLedger) File(name string) ([]byte, error) {
	if l.in.keys == nil {
		return tiles.File(l.in.LedgerPath(), name)
	}
	ctx := context.Background()
	b, err := l.in.Book(ctx)
	if err != nil {
		return nil, err
	}
	t, err := l.in.tree(ctx, b)
	if err != nil {
		return nil, err
	}
	return l.in.heldTree(b).File(t, name)
}

// State says how far the ledger is, and whom to believe.
func (l PublicLedger) State(ctx context.Context) (ledger.State, error) {
	s := ledger.State{Witnesses: []string{}}
	b, err := l.in.Book(ctx)
	if err != nil {
		return s, err
	}
	c, err := b.Cursor(ctx)
	if err != nil {
		return s, err
	}
	s.Name, s.Key, s.Events, s.Leaves = b.Name(), b.VKey(), c.Events, c.Leaves
	t, err := l.in.tree(ctx, b)
	if err == nil {
		s.Size = t.Size
	} else if registry.CodeOf(err) != registry.NotFound {
		return s, err
	}
	return s, l.in.policyFor(&s)
}

// policyFor writes the policy of whoever checks receipts: this ledger, and its witnesses where it has some.
func (in *Instance) policyFor(s *ledger.State) error {
	raw, err := in.Witnesses()
	if err != nil {
		return err
	}
	if len(strings.TrimSpace(string(raw))) == 0 {
		s.Policy = fmt.Sprintf("log %s\nquorum none\n", s.Key)
		return nil
	}
	p, err := ledger.ParsePolicy(raw)
	if err != nil {
		return err
	}
	s.Witnesses = slices.Sorted(maps.Keys(p.Witnesses))
	if s.Policy = string(raw); !strings.Contains(s.Policy, s.Key) {
		s.Policy = fmt.Sprintf("log %s\n%s", s.Key, raw)
	}
	return nil
}

// Receipt proves an entry by its id, or a published file by its SHA-256, both in hex. registry.NotFound for what the ledger does not speak of,
// whatever it is.
func (l PublicLedger) Receipt(ctx context.Context, of string) ([]byte, error) {
	b, err := l.in.Book(ctx)
	if err != nil {
		return nil, err
	}
	numbers, err := b.OfFile(ctx, of)
	if err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		if numbers, err = leavesOf(ctx, b, []registry.EntryID{registry.EntryID(of)}); err != nil {
			return nil, err
		}
	}
	r, err := l.in.prove(ctx, b, numbers)
	return r.Bytes(), err
}
