//go:build unix

package tiles

import (
	"context"
	"io"
	"sync"
	"time"

	"github.com/transparency-dev/tessera"
	"github.com/transparency-dev/tessera/storage/posix"
	"golang.org/x/mod/sumdb/note"
	"k8s.io/klog/v2"

	"github.com/openassay/assay/registry"
)

// Options of [Grow]. The zero value serves.
type Options struct {
	Witnesses []byte        // a C2SP policy with the addresses of witnesses; a checkpoint is published when its quorum has cosigned
	Timeout   time.Duration // for the witnesses; 10 s where zero
}

// interval between checkpoints: the shortest that Tessera takes.
const interval = 100 * time.Millisecond

// Tessera writes what it does to the standard error by a logger of its own; what goes wrong comes back as an error here.
var quiet = sync.OnceFunc(func() {
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
})

// Grow brings the tree in dir to the leaves: next gives those from a number on, in their order, none at the end. It returns when a checkpoint
// for all of them is published. registry.Conflict where the tree has more leaves than next knows: this is not the book it was made from, or
// an older copy of it. Where too few witnesses answer the leaves are in the tree, the old checkpoint stays, and the error says so.
func Grow(ctx context.Context, dir, skey string, next func(from int64) ([][]byte, error), opt Options) error {
	quiet()
	signer, err := note.NewSigner(skey)
	if err != nil {
		return err
	}
	o := tessera.NewAppendOptions().WithCheckpointSigner(signer).WithCheckpointInterval(interval).WithBatching(256, 5*time.Millisecond).
		WithGarbageCollectionInterval(0).WithCheckpointRepublishInterval(0)
	if opt.Timeout == 0 {
		opt.Timeout = 10 * time.Second
	}
	if len(opt.Witnesses) > 0 {
		group, err := tessera.NewWitnessGroupFromPolicy(opt.Witnesses)
		if err != nil {
			return registry.Errorf(registry.Invalid, "the ledger's witnesses: %w", err).WithHint("a policy for a ledger gives each witness its address: witness NAME VKEY URL")
		}
		o = o.WithWitnesses(group, &tessera.WitnessOptions{Timeout: opt.Timeout})
	}
	driver, err := posix.New(ctx, posix.Config{Path: dir})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	appender, _, reader, err := tessera.NewAppender(ctx, driver, o)
	if err != nil {
		return registry.Errorf(registry.Unreadable, "the tree in %s: %w", dir, err).WithHint("check the disk; the folder may be thrown away and is made again")
	}
	size, err := reader.IntegratedSize(ctx)
	if err != nil {
		return err
	}
	if size > 0 {
		last, err := next(int64(size) - 1)
		if err != nil {
			return err
		}
		if len(last) == 0 {
			return olderBook("in " + dir)
		}
	}
	for {
		leaves, err := next(int64(size))
		if err != nil {
			return err
		}
		if len(leaves) == 0 {
			break
		}
		if err := add(ctx, appender, leaves, size); err != nil {
			return err
		}
		size += uint64(len(leaves))
	}
	return published(ctx, reader, signer, size, opt.Timeout)
}

// add adds leaves and waits until they stand where they should.
func add(ctx context.Context, a *tessera.Appender, leaves [][]byte, size uint64) error {
	futures := make([]tessera.IndexFuture, len(leaves))
	for i, l := range leaves {
		futures[i] = a.Add(ctx, tessera.NewEntry(l))
	}
	for i, f := range futures {
		got, err := f()
		if err != nil {
			return registry.Errorf(registry.Internal, "the ledger's leaf %d: %w", size+uint64(i), err).WithHint("check the disk: the next change of the registry goes on from here")
		}
		if got.Index != size+uint64(i) {
			return registry.Errorf(registry.Conflict, "the ledger's leaf %d came to stand at %d", size+uint64(i), got.Index)
		}
	}
	return nil
}

// published waits for a checkpoint of the size.
func published(ctx context.Context, r tessera.LogReader, signer note.Signer, size uint64, timeout time.Duration) error {
	for end := time.Now().Add(timeout + 10*interval); ; {
		if raw, err := r.ReadCheckpoint(ctx); err == nil {
			if n, err := sizeOf(raw, signer.Name()); err == nil && n >= size {
				return nil
			}
		}
		if time.Now().After(end) {
			return registry.Errorf(registry.Internal, "no checkpoint of %d leaves was published in time", size).WithHint("where the ledger has witnesses, too few of them answered; the next change of the registry tries again")
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(interval / 5):
		}
	}
}
