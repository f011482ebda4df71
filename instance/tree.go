package instance

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/ledger/book"
	"github.com/openassay/assay/ledger/tiles"
	"github.com/openassay/assay/registry"
)

// The public tree of a ledger lies in the clear in a directory that is not encrypted, where any web server can serve it. An encrypted directory keeps
// nothing of it but the leaves, sealed in the book, and the last checkpoint, sealed too; the tree is made in memory when it is asked for, and what the
// server gives of it, or a receipt, leaves in the clear as anything does that is published (decision 17).

// checkpointName is the last checkpoint with its cosignatures, in the ledger's folder of an encrypted directory. It may be thrown away: the next is made from
// the leaves, and the witnesses are asked anew.
const checkpointName = treeName + "/CHECKPOINT"

// tree is the ledger's tree as last published; registry.NotFound where nothing was.
func (in *Instance) tree(ctx context.Context, b *book.Book) (*tiles.Tree, error) {
	if in.keys == nil {
		return tiles.Open(in.LedgerPath(), b.VKey())
	}
	cp, err := in.readSmall(checkpointName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, registry.Errorf(registry.NotFound, "the ledger has not published anything yet")
	} else if err != nil {
		return nil, err
	}
	return in.heldTree(b).Tree(cp, b.VKey())
}

// heldTree is the tree in memory of an encrypted directory.
func (in *Instance) heldTree(b *book.Book) *tiles.Held {
	in.ledgerMu.Lock()
	defer in.ledgerMu.Unlock()
	if in.held == nil {
		in.held = tiles.Hold(func(from int64) ([][]byte, error) { return b.Leaves(context.Background(), from, 5000) })
	}
	return in.held
}

// growHeld publishes a checkpoint of all leaves of an encrypted directory.
func (in *Instance) growHeld(ctx context.Context, b *book.Book, policy []byte) error {
	var last uint64
	switch old, err := in.tree(ctx, b); {
	case err == nil:
		last = old.Size
	case registry.CodeOf(err) != registry.NotFound:
		return err
	}
	h := in.heldTree(b)
	if _, err := h.Grow(); err != nil {
		return err
	}
	cp, size, err := h.Sign(b.Key())
	if err != nil {
		return err
	}
	if cp, err = h.Cosign(ctx, cp, size, last, policy, 0); err != nil {
		return err
	}
	if err := durable.MakeDir(in.LedgerPath()); err != nil {
		return err
	}
	if err := in.clearTree(); err != nil {
		return err
	}
	return in.writeSmall(checkpointName, cp)
}

// clearTree takes away what an older program left of a tree in the clear in an encrypted directory.
func (in *Instance) clearTree() error {
	names, err := os.ReadDir(in.LedgerPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, n := range names {
		if n.Name() != filepath.Base(checkpointName) && !durable.IsTemp(n.Name()) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(in.LedgerPath(), n.Name())))
		}
	}
	return err
}
