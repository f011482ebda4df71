package tiles

import (
	"context"
	"encoding/binary"
	"io/fs"
	"strconv"
	"strings"
	"sync"

	"github.com/transparency-dev/formats/log"
	"github.com/transparency-dev/merkle/compact"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"

	"github.com/openassay/assay/registry"
)

// width is how many nodes a tile has.
const width = 256

// Held is a tree in memory: for a directory whose disk must not tell what is in it. It gives the same files, roots and proofs as one that [Grow] made on a
// disk, from the same leaves, and is made anew whenever the directory is opened.
type Held struct {
	next func(from int64) ([][]byte, error)

	mu     sync.Mutex
	levels [][][]byte // levels[l][i] is the root of the i-th whole subtree of 256^l leaves
	all    *compact.Range
}

// Hold makes the tree of leaves: next gives those from a number on, in their order, none at the end.
func Hold(next func(from int64) ([][]byte, error)) *Held {
	return &Held{next: next, levels: [][][]byte{nil}, all: (&compact.RangeFactory{Hash: rfc6962.DefaultHasher.HashChildren}).NewEmptyRange(0)}
}

// Grow takes in what leaves have come, and says how many there are.
func (h *Held) Grow() (uint64, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for {
		leaves, err := h.next(int64(h.all.End()))
		if err != nil || len(leaves) == 0 {
			return h.all.End(), err
		}
		for _, l := range leaves {
			hash := rfc6962.DefaultHasher.HashLeaf(l)
			if err := h.all.Append(hash, nil); err != nil {
				return 0, err
			}
			h.add(0, hash)
		}
	}
}

// add puts a node behind the others of its level, and the root of a tile that is full into the level above.
func (h *Held) add(level int, node []byte) {
	if level == len(h.levels) {
		h.levels = append(h.levels, nil)
	}
	h.levels[level] = append(h.levels[level], node)
	if n := len(h.levels[level]); n%width == 0 {
		row := append([][]byte(nil), h.levels[level][n-width:]...)
		for len(row) > 1 {
			for i := range len(row) / 2 {
				row[i] = rfc6962.DefaultHasher.HashChildren(row[2*i], row[2*i+1])
			}
			row = row[:len(row)/2]
		}
		h.add(level+1, row[0])
	}
}

// Sign makes the checkpoint of all leaves, signed with the key: the same bytes each time.
func (h *Held) Sign(skey string) (checkpoint []byte, size uint64, err error) {
	signer, err := note.NewSigner(skey)
	if err != nil {
		return nil, 0, err
	}
	h.mu.Lock()
	root, err := h.all.GetRootHash(nil)
	size = h.all.End()
	h.mu.Unlock()
	if err != nil {
		return nil, 0, err
	}
	if size == 0 {
		root = rfc6962.DefaultHasher.EmptyRoot()
	}
	checkpoint, err = note.Sign(&note.Note{Text: string(log.Checkpoint{Origin: signer.Name(), Size: size, Hash: root}.Marshal())}, signer)
	return checkpoint, size, err
}

// Tree is the tree as a checkpoint has it. registry.Conflict where the checkpoint is of more leaves than there are.
func (h *Held) Tree(checkpoint []byte, vkey string) (*Tree, error) {
	t, err := parse(checkpoint, vkey, "the checkpoint that was kept")
	if err != nil {
		return nil, err
	}
	n, err := h.Grow()
	if err != nil {
		return nil, err
	}
	if t.Size > n {
		return nil, olderBook("in this directory")
	}
	t.dir, t.read = "memory", h.read(t.Size)
	return t, nil
}

// read reads tiles of a tree of a size.
func (h *Held) read(size uint64) func(ctx context.Context, level, index uint64, p uint8) ([]byte, error) {
	return func(_ context.Context, level, index uint64, p uint8) ([]byte, error) {
		h.mu.Lock()
		defer h.mu.Unlock()
		if level > 8 || level >= uint64(len(h.levels)) {
			return nil, fs.ErrNotExist
		}
		nodes := size >> (8 * level) // that the tree has on the level, whole
		want := uint64(width)
		if p > 0 {
			want = uint64(p)
		}
		if index > nodes/width || index*width+want > nodes {
			return nil, fs.ErrNotExist
		}
		var out []byte
		for _, n := range h.levels[level][index*width : index*width+want] {
			out = append(out, n...)
		}
		return out, nil
	}
}

// File is a public file of a held tree, as [File] gives it from a disk.
func (h *Held) File(t *Tree, name string) ([]byte, error) {
	missing := registry.Errorf(registry.NotFound, "%q is not there", name)
	if !tileName.MatchString(name) {
		return nil, registry.Errorf(registry.NotFound, "%q is no file of a ledger", name)
	}
	if name == "checkpoint" {
		return t.Checkpoint, nil
	}
	name, partial, isPartial := strings.Cut(name, ".p/")
	p := 0
	if isPartial {
		p, _ = strconv.Atoi(partial)
	}
	parts := strings.SplitN(name, "/", 3)
	index, err := strconv.ParseUint(strings.NewReplacer("x", "", "/", "").Replace(parts[2]), 10, 64)
	if err != nil || index > 1<<40 {
		return nil, missing
	}
	if parts[1] == "entries" {
		return h.entries(t.Size, index, uint64(p), missing)
	}
	level, err := strconv.ParseUint(parts[1], 10, 8)
	if err != nil {
		return nil, missing
	}
	b, err := t.read(context.Background(), level, index, uint8(p))
	if err != nil {
		return nil, missing
	}
	return b, nil
}

// entries is a bundle of leaves, each behind its length in two bytes.
func (h *Held) entries(size, index, p uint64, missing error) ([]byte, error) {
	if p == 0 {
		p = width
	}
	if index*width+p > size {
		return nil, missing
	}
	var out []byte
	for n := uint64(0); n < p; {
		leaves, err := h.next(int64(index*width + n))
		if err != nil {
			return nil, err
		}
		if len(leaves) == 0 {
			return nil, missing
		}
		for _, l := range leaves[:min(uint64(len(leaves)), p-n)] {
			out = append(binary.BigEndian.AppendUint16(out, uint16(len(l))), l...)
			n++
		}
	}
	return out, nil
}
