package instance

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/book"
	"github.com/openassay/assay/ledger/tiles"
	"github.com/openassay/assay/registry"
)

const (
	treeName      = "ledger"    // the public tree; made from the book
	witnessesName = "WITNESSES" // a C2SP policy with the addresses of the ledger's witnesses
	dayForm       = "2006-01-02"

	// mostIntervals is how many days of deposits one run enters: a clock that jumps years ahead must not fill the disk.
	mostIntervals = 400
)

// LedgerPath is the folder of the public tree, as C2SP tlog-tiles lays it out.
func (in *Instance) LedgerPath() string { return filepath.Join(in.dir.Path(), treeName) }

// Book is the ledger's book, opened when it is first asked for; registry.NotFound for a registry in memory, and for one to be read that has
// none yet.
func (in *Instance) Book(ctx context.Context) (*book.Book, error) {
	in.ledgerMu.Lock()
	defer in.ledgerMu.Unlock()
	if in.book != nil {
		return in.book, nil
	}
	if in.dir == nil {
		return nil, registry.Errorf(registry.NotFound, "this registry lives in memory and has no ledger").WithHint("name a data directory: --data DIR")
	}
	vfs, err := in.keys.VFS()
	if err != nil {
		return nil, err
	}
	in.book, err = book.Open(ctx, filepath.Join(in.dir.Path(), book.FileName), book.Options{Random: in.random, VFS: vfs, ReadOnly: in.dir.ReadOnly() && !in.bookAlone})
	return in.book, err
}

// SetWitnesses keeps the policy that says whom to ask for cosignatures; nothing asks nobody.
func (in *Instance) SetWitnesses(policy []byte) error {
	if len(policy) > 0 {
		p, err := ledger.ParsePolicy(policy)
		if err != nil {
			return err
		}
		for name := range p.Witnesses {
			if p.URLs[name] == "" {
				return registry.Errorf(registry.Invalid, "policy: witness %q has no address", name).WithHint("witness NAME VKEY URL")
			}
		}
	}
	return in.writeSmall(witnessesName, policy)
}

// Witnesses is the policy that SetWitnesses kept; empty where there is none.
func (in *Instance) Witnesses() ([]byte, error) {
	b, err := in.readSmall(witnessesName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return b, err
}

// KeepLedger brings the ledger up whenever the log has grown, until ctx ends: for a process that serves.
func (in *Instance) KeepLedger(ctx context.Context, every time.Duration) {
	for t := time.NewTicker(every); ; {
		if err := in.CatchUp(ctx); err != nil && ctx.Err() == nil {
			in.warn("the ledger lags behind: %v", err)
		}
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// CatchUp enters into the ledger what became public since, with the roots of the deposits of past days, and publishes a checkpoint. It
// enters nothing twice, wherever it was cut off. An error says that the ledger lags; what it lacks enters with the next call.
func (in *Instance) CatchUp(ctx context.Context) error {
	in.catching.Lock()
	defer in.catching.Unlock()
	b, err := in.Book(ctx)
	if err != nil {
		return err
	}
	if err := in.anchorAudit(ctx); err != nil {
		return err
	}
	grown, err := in.follow(ctx, b)
	if err != nil {
		return err
	}
	if !grown && in.grown {
		return nil
	}
	policy, err := in.Witnesses()
	if err != nil {
		return err
	}
	if in.keys != nil {
		err = in.growHeld(ctx, b, policy)
		in.grown = err == nil
		return err
	}
	err = tiles.Grow(ctx, in.LedgerPath(), b.Key(), func(from int64) ([][]byte, error) { return b.Leaves(ctx, from, 5000) }, tiles.Options{Witnesses: policy})
	in.grown = err == nil
	return err
}

// follow enters leaves into the book; grown says that there was something to enter, or that the tree is not known to be up to the book.
func (in *Instance) follow(ctx context.Context, b *book.Book) (grown bool, err error) {
	for {
		c, err := b.Cursor(ctx)
		if err != nil {
			return grown, err
		}
		next, leaves, err := in.since(ctx, b, c)
		if err != nil {
			return grown, err
		}
		if next == c && len(leaves) == 0 {
			return grown || !in.published(ctx, b, c), nil
		}
		if err := b.Add(ctx, c, next, leaves); err != nil {
			return grown, err
		}
		grown = true
	}
}

// published says whether the last checkpoint is of all leaves.
func (in *Instance) published(ctx context.Context, b *book.Book, c book.Cursor) bool {
	t, err := in.tree(ctx, b)
	return err == nil && int64(t.Size) == c.Leaves
}

// since are the leaves of some of what happened since the cursor, and the cursor behind them.
func (in *Instance) since(ctx context.Context, b *book.Book, c book.Cursor) (next book.Cursor, leaves []*ledger.Leaf, err error) {
	next = c
	var events []ledger.Event
	batch, err := in.Log.Read(ctx, claimlog.Position(c.Position), 5000)
	if err != nil {
		return c, nil, err
	}
	for i := range batch {
		events = append(events, ledger.Events(&batch[i].Entry)...)
		next.Position = int64(batch[i].Position)
	}
	if len(batch) == 0 { // only behind all entries: an erasure is of an entry that is in the book already
		gone, err := in.Log.Erasures(ctx, c.Erasures)
		if err != nil {
			return c, nil, err
		}
		for _, e := range gone {
			next.Erasures = e.Number
			if known, err := b.Of(ctx, e.ID); err != nil {
				return c, nil, err
			} else if len(known) > 0 {
				events = append(events, ledger.Event{Act: ledger.Erased, At: e.At.UTC().Format(time.RFC3339), ID: e.ID})
			}
		}
	}
	leaves = ledger.Leaves(events, c.Events)
	yesterday := in.Now().UTC().AddDate(0, 0, -1)
	if c.Interval == "" { // deposits begin with the ledger
		next.Interval = yesterday.Format(dayForm)
		return next, leaves, nil
	}
	for n := 0; next.Interval < yesterday.Format(dayForm) && n < mostIntervals; n++ {
		day, err := time.Parse(dayForm, next.Interval)
		if err != nil {
			return c, nil, registry.Errorf(registry.Unreadable, "the ledger's last interval is %q", next.Interval)
		}
		next.Interval = day.AddDate(0, 0, 1).Format(dayForm)
		d, err := b.Deposits(ctx, next.Interval)
		if err != nil {
			return c, nil, err
		}
		leaves = append(leaves, d.Leaf())
	}
	return next, leaves, nil
}

// closeLedger brings the ledger up before a process that wrote ends.
func (in *Instance) closeLedger() error {
	var errs []error
	if in.dir != nil && !in.dir.ReadOnly() && in.Log != nil && in.opened {
		ctx, stop := context.WithTimeout(context.Background(), 30*time.Second)
		defer stop()
		if err := in.CatchUp(ctx); err != nil {
			in.warn("the ledger lags behind: %v", err)
		}
	}
	in.ledgerMu.Lock()
	defer in.ledgerMu.Unlock()
	if in.book != nil {
		errs = append(errs, in.book.Close())
		in.book = nil
	}
	if in.schedule != nil {
		errs = append(errs, in.schedule.Close())
		in.schedule = nil
	}
	return errors.Join(errs...)
}

// hasBook says whether the directory has a ledger.
func (in *Instance) hasBook() bool {
	_, err := os.Stat(filepath.Join(in.dir.Path(), book.FileName))
	return err == nil
}
