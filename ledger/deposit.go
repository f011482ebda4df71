package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"github.com/transparency-dev/merkle/rfc6962"

	"github.com/openassay/assay/registry"
)

// DepositDepth is the depth of a day's tree: 65,536 places, taken or not.
const DepositDepth = 16

// Commitment hides a file: the SHA-256 of a nonce of 32 bytes and the file's SHA-256. Who has neither cannot find the file from it, nor
// whether it is one.
func Commitment(nonce, sum [32]byte) [32]byte {
	return sha256.Sum256(slices.Concat([]byte("assay deposit v1\n"), nonce[:], sum[:]))
}

// Deposits is a day's tree of deposits.
type Deposits struct {
	secret   []byte
	interval string
	nodes    [DepositDepth + 1]map[int][]byte // from the leaves up; only those above a deposit
}

// NewDeposits builds the tree of an interval from the commitments by place, 0 to 65,535. The secret makes what stands in empty places: random
// to anybody else, the same for the registry each time.
func NewDeposits(secret []byte, interval string, taken map[int][32]byte) (*Deposits, error) {
	d := &Deposits{secret: secret, interval: interval}
	for i := range d.nodes {
		d.nodes[i] = map[int][]byte{}
	}
	for place, c := range taken {
		if place < 0 || place >= 1<<DepositDepth {
			return nil, registry.Errorf(registry.Invalid, "a deposit at place %d: there are %d", place, 1<<DepositDepth)
		}
		d.nodes[0][place] = rfc6962.DefaultHasher.HashLeaf(c[:])
	}
	for level := range DepositDepth {
		for at := range d.nodes[level] {
			if up := at / 2; d.nodes[level+1][up] == nil {
				d.nodes[level+1][up] = rfc6962.DefaultHasher.HashChildren(d.node(level, up*2), d.node(level, up*2+1))
			}
		}
	}
	return d, nil
}

// node is the hash at a place of a level; where nothing was deposited below it, something that looks like one.
func (d *Deposits) node(level, at int) []byte {
	if n := d.nodes[level][at]; n != nil {
		return n
	}
	m := hmac.New(sha256.New, d.secret)
	m.Write([]byte("assay empty place v1\n" + d.interval + "\n"))
	m.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(level)), uint64(at)))
	return m.Sum(nil)
}

// Root is what is published of the interval.
func (d *Deposits) Root() string { return hex.EncodeToString(d.node(DepositDepth, 0)) }

// Leaf is the interval's leaf of the ledger.
func (d *Deposits) Leaf() *Leaf {
	return &Leaf{Kind: KindDeposits, Interval: d.interval, Root: d.Root()}
}

// Path leads from the place to the root: the sibling on each level, from below. It is of the same length for every place.
func (d *Deposits) Path(place int) [][]byte {
	out := make([][]byte, DepositDepth)
	for level := range out {
		out[level] = d.node(level, place>>level^1)
	}
	return out
}

// depositRoot is the root that a commitment at a place leads to by a path.
func depositRoot(c [32]byte, place int, path [][]byte) []byte {
	h := rfc6962.DefaultHasher.HashLeaf(c[:])
	for level, sibling := range path {
		if place>>level&1 == 0 {
			h = rfc6962.DefaultHasher.HashChildren(h, sibling)
		} else {
			h = rfc6962.DefaultHasher.HashChildren(sibling, h)
		}
	}
	return h
}
