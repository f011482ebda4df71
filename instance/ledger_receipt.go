package instance

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/ledger/book"
	"github.com/openassay/assay/registry"
)

// Receipt proves that a file was published, that it is an export of which every entry is public, or that it is a deposit's slip (see
// [Slip]). registry.NotFound where the ledger does not speak of it.
func (in *Instance) Receipt(ctx context.Context, file []byte) (ledger.Receipt, error) {
	b, err := in.Book(ctx)
	if err != nil {
		return nil, err
	}
	if s, ok := parseSlip(file); ok {
		return in.depositReceipt(ctx, b, s)
	}
	sum := sha256.Sum256(file)
	numbers, err := b.OfFile(ctx, hex.EncodeToString(sum[:]))
	if err != nil {
		return nil, err
	}
	if len(numbers) == 0 {
		ids, err := ledger.ExportedIDs(file)
		if err != nil {
			return nil, registry.Errorf(registry.NotFound, "the ledger does not speak of this file (SHA-256 %x)", sum).
				WithHint("it speaks of the files of public documents, of what assay ledger publish was given, and of exports of claims as JSON lines")
		}
		if numbers, err = leavesOf(ctx, b, ids); err != nil {
			return nil, err
		}
	}
	return in.prove(ctx, b, numbers)
}

// ReceiptOf proves that an entry was public.
func (in *Instance) ReceiptOf(ctx context.Context, id registry.EntryID) (ledger.Receipt, error) {
	b, err := in.Book(ctx)
	if err != nil {
		return nil, err
	}
	numbers, err := leavesOf(ctx, b, []registry.EntryID{id})
	if err != nil {
		return nil, err
	}
	return in.prove(ctx, b, numbers)
}

// leavesOf are the leaves that speak of all of the entries, each once.
func leavesOf(ctx context.Context, b *book.Book, ids []registry.EntryID) ([]int64, error) {
	var out []int64
	taken := map[int64]bool{}
	for _, id := range ids {
		of, err := b.Of(ctx, id)
		if err != nil {
			return nil, err
		}
		if len(of) == 0 {
			return nil, registry.Errorf(registry.NotFound, "the ledger does not speak of entry %s", id).WithHint("only what was public is in it")
		}
		for _, n := range of {
			if !taken[n] {
				taken[n] = true
				out = append(out, n)
			}
		}
	}
	return out, nil
}

func (in *Instance) prove(ctx context.Context, b *book.Book, numbers []int64) (ledger.Receipt, error) {
	t, err := in.tree(ctx, b)
	if err != nil {
		return nil, err
	}
	var out ledger.Receipt
	for _, n := range numbers {
		leaf, err := b.Leaves(ctx, n, 1)
		if err != nil {
			return nil, err
		}
		hashes, err := t.Proof(ctx, uint64(n), leaf[0])
		if err != nil {
			return nil, err
		}
		out = append(out, ledger.Proof{Leaf: leaf[0], Index: uint64(n), Hashes: hashes, Checkpoint: t.Checkpoint})
	}
	return out, nil
}

// Publish enters the hash of a file into the ledger, so that anybody who has the file can prove that it was published by now. The file is not
// kept. A second time changes nothing.
func (in *Instance) Publish(ctx context.Context, file []byte) error {
	b, err := in.Book(ctx)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(file)
	known, err := b.OfFile(ctx, hex.EncodeToString(sum[:]))
	if err != nil || len(known) > 0 {
		return err
	}
	leaf, err := ledger.FileLeaf(hex.EncodeToString(sum[:]), in.Now())
	if err != nil {
		return err
	}
	in.catching.Lock()
	defer in.catching.Unlock()
	in.grown = false
	for range 100 { // another process may follow the log at this moment
		c, err := b.Cursor(ctx)
		if err != nil {
			return err
		}
		if err = b.Add(ctx, c, c, []*ledger.Leaf{leaf}); registry.CodeOf(err) != registry.Conflict {
			return err
		}
	}
	return registry.Errorf(registry.Conflict, "the ledger grows all the time").WithHint("try again")
}

// Slip is what a depositor keeps with the file: without it nobody, the registry neither, can say what was deposited.
type Slip struct {
	Assay    string `json:"assay"` // slipForm
	Ledger   string `json:"ledger"`
	Interval string `json:"interval"`
	Place    int    `json:"place"`
	Nonce    string `json:"nonce"`  // 32 bytes in hex
	SHA256   string `json:"sha256"` // of the file
}

const slipForm = "deposit/1"

// Deposit lodges a file under seal: its root enters the ledger on the day after, and says nothing of the file. Neither file nor hash is kept.
func (in *Instance) Deposit(ctx context.Context, file []byte) (Slip, error) {
	s := Slip{Assay: slipForm}
	b, err := in.Book(ctx)
	if err != nil {
		return s, err
	}
	var nonce [32]byte
	if _, err := io.ReadFull(b.Random(), nonce[:]); err != nil {
		return s, err
	}
	sum := sha256.Sum256(file)
	s.Ledger, s.Interval, s.Nonce, s.SHA256 = b.Name(), in.Now().UTC().Format(dayForm), hex.EncodeToString(nonce[:]), hex.EncodeToString(sum[:])
	s.Place, err = b.Deposit(ctx, s.Interval, ledger.Commitment(nonce, sum))
	return s, err
}

func parseSlip(file []byte) (s Slip, ok bool) {
	if len(file) > 4096 || json.Unmarshal(file, &s) != nil {
		return s, false
	}
	return s, s.Assay == slipForm
}

// depositReceipt proves a deposit from its slip.
func (in *Instance) depositReceipt(ctx context.Context, b *book.Book, s Slip) (ledger.Receipt, error) {
	if s.Ledger != b.Name() || s.Place < 0 || s.Place >= 1<<ledger.DepositDepth {
		return nil, registry.Errorf(registry.Invalid, "the slip is of the ledger %q; this one is %q", s.Ledger, b.Name())
	}
	n, err := b.DepositsLeaf(ctx, s.Interval)
	if err != nil {
		return nil, err
	}
	d, err := b.Deposits(ctx, s.Interval)
	if err != nil {
		return nil, err
	}
	r, err := in.prove(ctx, b, []int64{n})
	if err != nil {
		return nil, err
	}
	p := &ledger.DepositProof{Nonce: s.Nonce, Place: s.Place}
	for _, h := range d.Path(s.Place) {
		p.Path = append(p.Path, hex.EncodeToString(h))
	}
	r[0].Deposit = p
	return r, nil
}
