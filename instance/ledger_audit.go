package instance

import (
	"bytes"
	"context"
	"fmt"

	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/book"
	"github.com/openassay/assay/ledger/tiles"
	"github.com/openassay/assay/registry"
)

// LedgerAudit is whether log, book and tree agree.
type LedgerAudit struct {
	Ledger   string   `json:"ledger"`
	Key      string   `json:"key"`
	Leaves   int64    `json:"leaves"`
	Events   int64    `json:"events"`
	Size     uint64   `json:"size"`    // of the last checkpoint
	Lag      int64    `json:"lag"`     // entries of the log that the book has not seen, and leaves that the checkpoint has not
	Audited  int      `json:"audited"` // days whose hash of the accounts' audit is lodged, published and still that of the audit
	Problems []string `json:"problems"`
}

func (a *LedgerAudit) problem(format string, args ...any) {
	if len(a.Problems) < maxProblems {
		a.Problems = append(a.Problems, fmt.Sprintf(format, args...))
	}
}

// AuditLedger makes the events anew from the log and holds them against the book, and makes the tree's root anew from the book and holds it
// against the checkpoint. A ledger that lags has no problem. registry.NotFound where there is no ledger yet.
func (in *Instance) AuditLedger(ctx context.Context) (*LedgerAudit, error) {
	if in.dir == nil || !in.hasBook() {
		return nil, registry.Errorf(registry.NotFound, "there is no ledger here yet").WithHint("the next verb that changes the registry makes one: assay import, assay serve, assay ledger publish")
	}
	b, err := in.Book(ctx)
	if err != nil {
		return nil, err
	}
	c, err := b.Cursor(ctx)
	if err != nil {
		return nil, err
	}
	a := &LedgerAudit{Ledger: b.Name(), Key: b.VKey(), Leaves: c.Leaves, Events: c.Events, Problems: []string{}}
	entered, err := in.auditTree(ctx, b, a)
	if err != nil {
		return nil, err
	}
	last, err := in.Log.Last(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case int64(last) < c.Position:
		a.problem("the log ends at entry %d, and the ledger has followed it to %d: the log was cut off, or restored from an older backup", last, c.Position)
	default:
		a.Lag += int64(last) - c.Position
	}
	if err := in.auditAnchors(ctx, b, a); err != nil {
		return nil, err
	}
	return a, in.auditEvents(ctx, a, entered, c)
}

// auditTree reads all leaves: it gives the events that they hold, and holds the root of the first Size of them against the checkpoint.
func (in *Instance) auditTree(ctx context.Context, b *book.Book, a *LedgerAudit) (entered []ledger.Event, err error) {
	t, err := in.tree(ctx, b)
	switch {
	case registry.CodeOf(err) == registry.NotFound:
		t = &tiles.Tree{Root: rfc6962.DefaultHasher.EmptyRoot()}
	case err != nil:
		a.problem("%v", err)
		t = &tiles.Tree{Root: rfc6962.DefaultHasher.EmptyRoot()}
	}
	a.Size = t.Size
	if int64(t.Size) > a.Leaves {
		a.problem("the checkpoint is of %d leaves, and the book has %d", t.Size, a.Leaves)
	}
	a.Lag += max(a.Leaves-int64(t.Size), 0)
	r := (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)
	for from := int64(0); ; {
		leaves, err := b.Leaves(ctx, from, 5000)
		if err != nil {
			return nil, err
		}
		if len(leaves) == 0 {
			break
		}
		for _, data := range leaves {
			l, err := ledger.ParseLeaf(data)
			if err != nil {
				a.problem("leaf %d: %v", from, err)
			} else {
				if l.First != nil && *l.First != int64(len(entered)) {
					a.problem("leaf %d begins with event %d, and %d came before", from, *l.First, len(entered))
				}
				entered = append(entered, l.Events...)
			}
			if uint64(from) < t.Size {
				if err := r.Append(rfc6962.DefaultHasher.HashLeaf(data), nil); err != nil {
					return nil, err
				}
			}
			from++
		}
	}
	root, err := r.GetRootHash(nil)
	if err != nil {
		return nil, err
	}
	if r.End() > 0 && r.End() == t.Size && !bytes.Equal(root, t.Root) {
		a.problem("the leaves give another root than the checkpoint: a leaf was changed since it was published")
	}
	if int64(len(entered)) != a.Events {
		a.problem("the leaves hold %d events, and the cursor stands at %d", len(entered), a.Events)
	}
	return entered, nil
}

// auditEvents makes the events anew from the log, up to the cursor, and holds them against those entered. What an erased disclosure named is
// not known any more: such events are passed over.
func (in *Instance) auditEvents(ctx context.Context, a *LedgerAudit, entered []ledger.Event, c book.Cursor) error {
	var have []ledger.Event
	for _, e := range entered {
		if e.Act != ledger.Erased {
			have = append(have, e)
		}
	}
	at, forgotten := 0, false
	for pos := claimlog.Position(0); int64(pos) < c.Position; {
		batch, err := in.Log.Read(ctx, pos, 5000)
		if err != nil || len(batch) == 0 {
			return err
		}
		for i := range batch {
			pos = batch[i].Position
			if int64(pos) > c.Position {
				break
			}
			e := &batch[i].Entry
			forgotten = forgotten || e.Erased() && e.Type == registry.EntryDisclosure
			for _, want := range ledger.Events(e) {
				for forgotten && at < len(have) && have[at].ID != want.ID {
					at++
				}
				if at >= len(have) || have[at].ID != want.ID || have[at].At != want.At || have[at].Act != want.Act {
					a.problem("entry %s became public at %s, and the ledger does not say so in its place (event %d)", want.ID, want.At, at)
					return nil
				}
				if e.Erased() {
					want.File = have[at].File
				}
				if have[at].File != want.File {
					a.problem("event %d names another file than entry %s", at, want.ID)
				}
				at++
			}
		}
	}
	if at < len(have) && !forgotten {
		a.problem("the ledger speaks of %d events that are not in the log, the first of entry %s", len(have)-at, have[at].ID)
	}
	return nil
}
