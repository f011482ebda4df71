package ledger

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/transparency-dev/formats/log"
	fnote "github.com/transparency-dev/formats/note"
	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"golang.org/x/mod/sumdb/note"

	"github.com/openassay/assay/registry"
)

// Verdict is what a receipt proves under a policy.
type Verdict struct {
	Log    string     `json:"log"`  // the ledger's name
	Size   uint64     `json:"size"` // of the largest checkpoint: how many leaves it vouches for
	Seen   []Sighting `json:"witnesses"`
	Leaves []LeafSeen `json:"leaves"`

	Subject   string    `json:"subject,omitempty"` // receipt, file, deposit, export
	SHA256    string    `json:"sha256,omitempty"`  // of the file that was checked
	Published []Event   `json:"published,omitempty"`
	Entries   int       `json:"entries,omitempty"` // of an export: how many, each of them proven
	By        time.Time `json:"by,omitzero"`       // when the first witness had seen it; zero without witnesses
}

// Sighting is a witness that has seen the checkpoint, by the policy's name, and when.
type Sighting struct {
	Witness string    `json:"witness"`
	At      time.Time `json:"at"`
}

// LeafSeen is a leaf that was proven.
type LeafSeen struct {
	Index uint64 `json:"index"`
	Leaf  *Leaf  `json:"leaf"`
}

// Verify checks a receipt under a policy, and against a file where file is not nil: a document, or an export of claims as JSON lines. Every
// proof must hold. An error of code registry.Unreadable says that the receipt is broken, registry.Invalid that it does not prove what was
// asked; there is no verdict then.
func Verify(p *Policy, r Receipt, file []byte) (*Verdict, error) {
	if len(p.Logs) == 0 {
		return nil, registry.Errorf(registry.Invalid, "the policy names no log").WithHint("add a line: log VKEY, with the key that the registry shows on its page /ledger and that you got from elsewhere too")
	}
	v := &Verdict{Subject: "receipt"}
	roots := map[string]*log.Checkpoint{}
	for i := range r {
		pr := &r[i]
		cp := roots[string(pr.Checkpoint)]
		if cp == nil {
			var err error
			if cp, err = v.checkpoint(p, pr.Checkpoint); err != nil {
				return nil, err
			}
			roots[string(pr.Checkpoint)] = cp
		}
		leaf, err := ParseLeaf(pr.Leaf)
		if err != nil {
			return nil, err
		}
		if err := proof.VerifyInclusion(rfc6962.DefaultHasher, pr.Index, cp.Size, rfc6962.DefaultHasher.HashLeaf(pr.Leaf), pr.Hashes, cp.Hash); err != nil {
			return nil, registry.Errorf(registry.Invalid, "leaf %d is not in the ledger of the checkpoint: %w", pr.Index, err).
				WithHint("the receipt was changed, or the ledger was: ask the registry for it again, and compare with others who hold receipts")
		}
		v.Leaves = append(v.Leaves, LeafSeen{pr.Index, leaf})
	}
	if file == nil {
		return v, nil
	}
	return v, v.subject(r, file)
}

// checkpoint checks the signature of a known log and the cosignatures.
func (v *Verdict) checkpoint(p *Policy, raw []byte) (*log.Checkpoint, error) {
	verifiers := slices.Clone(p.Logs)
	for _, w := range p.Witnesses {
		verifiers = append(verifiers, w)
	}
	n, err := note.Open(raw, note.VerifierList(verifiers...))
	if err != nil {
		return nil, registry.Errorf(registry.Invalid, "the checkpoint is not signed by a log of the policy: %w", err).
			WithHint("the receipt is of another registry, the key in the policy is wrong, or the checkpoint was changed")
	}
	var cp log.Checkpoint
	if _, err := cp.Unmarshal([]byte(n.Text)); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "the checkpoint: %w", err)
	}
	byLog := false
	var cosigned []string
	for _, s := range n.Sigs {
		for _, l := range p.Logs {
			byLog = byLog || l.Name() == s.Name && l.KeyHash() == s.Hash && l.Name() == cp.Origin
		}
		for name, w := range p.Witnesses {
			if w.Name() != s.Name || w.KeyHash() != s.Hash {
				continue
			}
			at, err := fnote.CoSigV1Timestamp(s)
			if err != nil {
				return nil, registry.Errorf(registry.Unreadable, "the cosignature of %s: %w", name, err)
			}
			cosigned = append(cosigned, name)
			v.Seen = append(v.Seen, Sighting{name, at.UTC()})
			if v.By.IsZero() || at.Before(v.By) {
				v.By = at.UTC()
			}
		}
	}
	if !byLog {
		return nil, registry.Errorf(registry.Invalid, "the checkpoint of %q is not signed by a log of that name in the policy", cp.Origin)
	}
	if !p.enough(cosigned) {
		return nil, registry.Errorf(registry.Invalid, "too few witnesses: %d of those that the policy names cosigned the checkpoint", len(cosigned)).
			WithHint("without them the registry could show this ledger to you alone; ask it for a receipt with cosignatures")
	}
	slices.SortFunc(v.Seen, func(a, b Sighting) int { return a.At.Compare(b.At) })
	if cp.Size >= v.Size {
		v.Log, v.Size = cp.Origin, cp.Size
	}
	return &cp, nil
}

// subject checks that the file is what the leaves speak of.
func (v *Verdict) subject(r Receipt, file []byte) error {
	sum := sha256.Sum256(file)
	v.SHA256 = hex.EncodeToString(sum[:])
	for i, l := range v.Leaves {
		if d := r[i].Deposit; d != nil && l.Leaf.Kind == KindDeposits {
			if err := deposited(d, sum, l.Leaf); err != nil {
				return err
			}
			v.Subject = "deposit"
			return nil
		}
		if l.Leaf.Kind == KindFile && l.Leaf.SHA256 == v.SHA256 {
			v.Subject, v.Published = "file", append(v.Published, Event{At: l.Leaf.At, File: v.SHA256})
		}
		for _, e := range l.Leaf.Events {
			if e.File == v.SHA256 {
				v.Subject, v.Published = "file", append(v.Published, e)
			}
		}
	}
	if v.Subject == "file" {
		return nil
	}
	ids, err := exported(file)
	if err != nil {
		return registry.Errorf(registry.Invalid, "the receipt does not speak of this file (SHA-256 %s): %w", v.SHA256, err).
			WithHint("the file was changed since, or the receipt is of another one")
	}
	public := map[registry.EntryID]bool{}
	for _, l := range v.Leaves {
		for _, e := range l.Leaf.Events {
			public[e.ID] = public[e.ID] || e.Act == ""
		}
	}
	for _, id := range ids {
		if !public[id] {
			return registry.Errorf(registry.Invalid, "entry %s of the export is not among those that the receipt proves", id).
				WithHint("make the receipt from the same registry after the export: assay ledger receipt --data DIR FILE")
		}
	}
	v.Subject, v.Entries = "export", len(ids)
	return nil
}

// deposited checks the way from a file to the root of a day.
func deposited(d *DepositProof, sum [32]byte, l *Leaf) error {
	nonce, err := hash32(d.Nonce)
	if err != nil {
		return err
	}
	if len(d.Path) != DepositDepth || d.Place < 0 || d.Place >= 1<<DepositDepth {
		return registry.Errorf(registry.Unreadable, "the way from the deposit to the day's root has %d steps from place %d", len(d.Path), d.Place)
	}
	path := make([][]byte, len(d.Path))
	for i, s := range d.Path {
		h, err := hash32(s)
		if err != nil {
			return err
		}
		path[i] = h[:]
	}
	if hex.EncodeToString(depositRoot(Commitment(nonce, sum), d.Place, path)) != l.Root {
		return registry.Errorf(registry.Invalid, "this file is not what was deposited on %s", l.Interval).WithHint("the file was changed since, or the receipt is of another one")
	}
	return nil
}

// exported are the entries of an export of claims as JSON lines; each id must fit its payload, which shows that nothing in it was changed.
func exported(file []byte) ([]registry.EntryID, error) {
	var out []registry.EntryID
	sc := bufio.NewScanner(bytes.NewReader(file))
	sc.Buffer(nil, 16<<20)
	for sc.Scan() {
		var l struct {
			ID      registry.EntryID `json:"id"`
			Nonce   string           `json:"nonce"`
			Payload json.RawMessage  `json:"payload"`
		}
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil || l.ID == "" || len(l.Payload) == 0 {
			return nil, registry.Errorf(registry.Invalid, "it is neither a published file nor an export of claims as JSON lines")
		}
		sum := sha256.Sum256(slices.Concat([]byte(l.Nonce), l.Payload))
		if hex.EncodeToString(sum[:]) != string(l.ID) {
			return nil, registry.Errorf(registry.Invalid, "line %d of the export was changed: its id does not fit its payload", len(out)+1)
		}
		out = append(out, l.ID)
	}
	if sc.Err() != nil || len(out) == 0 {
		return nil, registry.Errorf(registry.Invalid, "it is neither a published file nor an export of claims as JSON lines")
	}
	return out, nil
}

// ExportedIDs are the ids of the entries in an export of claims as JSON lines; registry.Invalid for another file.
func ExportedIDs(file []byte) ([]registry.EntryID, error) { return exported(file) }
