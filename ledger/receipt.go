package ledger

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/openassay/assay/registry"
)

const proofHeader = "c2sp.org/tlog-proof@v1"

// between separates the proofs of a receipt for several leaves; no line of a proof or a checkpoint begins so.
const between = "----\n"

// Proof says that a leaf is in the ledger: C2SP tlog-proof. Its extra data is the leaf itself, which the leaf's hash vouches for, and what leads
// from a deposit to it.
type Proof struct {
	Leaf       []byte
	Deposit    *DepositProof
	Index      uint64
	Hashes     [][]byte
	Checkpoint []byte // signed note
}

// DepositProof leads from a file that was deposited to the root in the leaf.
type DepositProof struct {
	Nonce string   `json:"nonce"` // 32 bytes in hex
	Place int      `json:"place"`
	Path  []string `json:"path"` // 16 hashes in hex, from below
}

// Receipt is one proof or several, of the same checkpoint as a rule.
type Receipt []Proof

type extra struct {
	Leaf    string        `json:"leaf"`
	Deposit *DepositProof `json:"deposit,omitempty"`
}

// Bytes writes the receipt as text.
func (r Receipt) Bytes() []byte {
	var b bytes.Buffer
	for i, p := range r {
		if i > 0 {
			b.WriteString(between)
		}
		x, err := json.Marshal(extra{string(p.Leaf), p.Deposit})
		if err != nil {
			panic(err) // strings and numbers only
		}
		b.WriteString(proofHeader + "\nextra " + base64.StdEncoding.EncodeToString(x) + "\nindex " + strconv.FormatUint(p.Index, 10) + "\n")
		for _, h := range p.Hashes {
			b.WriteString(base64.StdEncoding.EncodeToString(h) + "\n")
		}
		b.WriteString("\n")
		b.Write(p.Checkpoint)
	}
	return b.Bytes()
}

// MaxReceipt is the longest receipt that is read, in bytes: one for every leaf of an export of some millions of entries.
const MaxReceipt = 256 << 20

// ParseReceipt reads a receipt. It checks its form only: [Verify] says what it proves.
func ParseReceipt(b []byte) (Receipt, error) {
	if len(b) > MaxReceipt {
		return nil, registry.Errorf(registry.Invalid, "the receipt is longer than %d MB", MaxReceipt>>20)
	}
	var out Receipt
	for i, part := range strings.Split(string(b), "\n"+between) {
		if !strings.HasSuffix(part, "\n") {
			part += "\n"
		}
		p, err := parseProof(part)
		if err != nil {
			return nil, registry.Errorf(registry.Unreadable, "receipt: proof %d: %w", i+1, err).WithHint("a receipt is the text that assay ledger receipt wrote, unchanged; ask for it again")
		}
		out = append(out, p)
	}
	return out, nil
}

func parseProof(s string) (p Proof, err error) {
	head, checkpoint, ok := strings.Cut(s, "\n\n")
	lines := strings.Split(head, "\n")
	if !ok || lines[0] != proofHeader {
		return p, registry.Errorf(registry.Unreadable, "it does not begin with %q and end with a checkpoint", proofHeader)
	}
	lines = lines[1:]
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "extra ") {
		return p, registry.Errorf(registry.Unsupported, "it does not hold the leaf (an extra line)")
	}
	var x extra
	raw, err := base64.StdEncoding.DecodeString(lines[0][len("extra "):])
	if err == nil {
		err = json.Unmarshal(raw, &x)
	}
	if err != nil {
		return p, registry.Errorf(registry.Unreadable, "its extra line: %w", err)
	}
	lines = lines[1:]
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return p, registry.Errorf(registry.Unreadable, "it has no index")
	}
	n := lines[0][len("index "):]
	if p.Index, err = strconv.ParseUint(n, 10, 63); err != nil || strconv.FormatUint(p.Index, 10) != n {
		return p, registry.Errorf(registry.Unreadable, "its index is %q", n)
	}
	for _, l := range lines[1:] {
		h, err := base64.StdEncoding.DecodeString(l)
		if err != nil || len(h) != 32 || len(p.Hashes) == 63 {
			return p, registry.Errorf(registry.Unreadable, "%q is no hash of an inclusion proof", l)
		}
		p.Hashes = append(p.Hashes, h)
	}
	p.Leaf, p.Deposit, p.Checkpoint = []byte(x.Leaf), x.Deposit, []byte(checkpoint)
	return p, nil
}

// hash32 reads 32 bytes in hex.
func hash32(s string) (out [32]byte, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 {
		return out, registry.Errorf(registry.Unreadable, "%q is not 32 bytes in hex", s)
	}
	return [32]byte(b), nil
}
