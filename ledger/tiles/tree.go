package tiles

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/tessera/client"
	"golang.org/x/mod/sumdb/note"

	"github.com/openassay/assay/registry"
)

// Tree is a published tree, as its last checkpoint has it.
type Tree struct {
	dir        string
	Checkpoint []byte // signed note
	Size       uint64
	Root       []byte
	read       client.TileFetcherFunc
}

// Open reads the last checkpoint of the tree in dir, signed with the key. registry.NotFound where none was published.
func Open(dir, vkey string) (*Tree, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "checkpoint"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, registry.Errorf(registry.NotFound, "the ledger has not published anything yet")
	}
	if err != nil {
		return nil, err
	}
	t, err := parse(raw, vkey, filepath.Join(dir, "checkpoint"))
	if err != nil {
		return nil, err
	}
	t.dir, t.read = dir, client.FileFetcher{Root: dir}.ReadTile
	return t, nil
}

// parse reads a checkpoint that was signed with the key; where it stands is for the error.
func parse(raw []byte, vkey, where string) (*Tree, error) {
	v, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, err
	}
	cp, _, _, err := log.ParseCheckpoint(raw, v.Name(), v)
	if err != nil {
		return nil, registry.Errorf(registry.Unreadable, "%s: the checkpoint is not this ledger's: %w", where, err).
			WithHint("it was changed, or the folder is another ledger's; throw the folder away, and the next change of the registry makes it again")
	}
	return &Tree{Checkpoint: raw, Size: cp.Size, Root: cp.Hash}, nil
}

// olderBook is the error of a tree that has more leaves than the book it is to be made from.
func olderBook(where string) error {
	return registry.Errorf(registry.Conflict, "the ledger %s has published more than this registry knows of", where).
		WithHint("the registry was restored from an older backup: restore the newest one, or publish under a new key, which everybody can see")
}

// Proof leads from a leaf to the root: the hashes of an inclusion proof, checked.
func (t *Tree) Proof(ctx context.Context, index uint64, leaf []byte) ([][]byte, error) {
	if index >= t.Size {
		return nil, registry.Errorf(registry.NotFound, "leaf %d is not published yet: the ledger has %d", index, t.Size)
	}
	pb, err := client.NewProofBuilder(ctx, t.Size, t.read)
	if err != nil {
		return nil, t.damaged(err)
	}
	hashes, err := pb.InclusionProof(ctx, index)
	if err == nil {
		err = proof.VerifyInclusion(rfc6962.DefaultHasher, index, t.Size, rfc6962.DefaultHasher.HashLeaf(leaf), hashes, t.Root)
	}
	if err != nil {
		return nil, t.damaged(err)
	}
	return hashes, nil
}

// Consistency leads from the tree of a size to this one.
func (t *Tree) Consistency(ctx context.Context, from uint64) ([][]byte, error) {
	pb, err := client.NewProofBuilder(ctx, t.Size, t.read)
	if err != nil {
		return nil, t.damaged(err)
	}
	hashes, err := pb.ConsistencyProof(ctx, from, t.Size)
	if err != nil {
		return nil, t.damaged(err)
	}
	return hashes, nil
}

func (t *Tree) damaged(err error) error {
	return registry.Errorf(registry.Unreadable, "the tree in %s: %w", t.dir, err).WithHint("throw the folder away while nothing has the data directory open: it is made again from the ledger's leaves")
}

// tileName are the names of what is public in the folder, as C2SP tlog-tiles writes them.
var tileName = regexp.MustCompile(`^(checkpoint|tile/(entries|[0-9]|[1-5][0-9]|6[0-3])/(x[0-9]{3}/){0,4}[0-9]{3}(\.p/([1-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5]))?)$`)

// File is a public file of the tree by its name in C2SP tlog-tiles: checkpoint, tile/0/000, tile/entries/x001/234.p/56. registry.NotFound for
// any other name.
func File(dir, name string) ([]byte, error) {
	if !tileName.MatchString(name) {
		return nil, registry.Errorf(registry.NotFound, "%q is no file of a ledger", name)
	}
	b, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, registry.Errorf(registry.NotFound, "%q is not there", name)
	}
	return b, err
}

// sizeOf is the size in a checkpoint of a name, whose signature is not looked at.
func sizeOf(raw []byte, name string) (uint64, error) {
	var cp log.Checkpoint
	if _, err := cp.Unmarshal(raw); err != nil {
		return 0, err
	}
	if cp.Origin != name {
		return 0, registry.Errorf(registry.Invalid, "the checkpoint of %q", cp.Origin)
	}
	return cp.Size, nil
}
