package instance

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/openassay/assay/registry"
)

// Deposits lodges and publishes for pages.
type Deposits struct{ in *Instance }

// Deposits are the deposits of the registry's ledger, for pages.
func (in *Instance) Deposits() Deposits { return Deposits{in} }

// Deposit lodges a file under seal and gives its slip as JSON.
func (d Deposits) Deposit(ctx context.Context, file []byte) ([]byte, error) {
	s, err := d.in.Deposit(ctx, file)
	if err != nil {
		return nil, err
	}
	return json.Marshal(s)
}

// Receipt is the receipt of a deposit by its slip; registry.Invalid for what is no slip of this ledger.
func (d Deposits) Receipt(ctx context.Context, slip []byte) ([]byte, error) {
	s, ok := parseSlip(slip)
	if !ok {
		return nil, registry.Errorf(registry.Invalid, "that is no slip of a deposit").WithHint("choose the file that was downloaded when the deposit was made")
	}
	b, err := d.in.Book(ctx)
	if err != nil {
		return nil, err
	}
	r, err := d.in.depositReceipt(ctx, b, s)
	if err != nil {
		return nil, err
	}
	return r.Bytes(), nil
}

// Publish enters the hash of a file into the ledger, and publishes it.
func (d Deposits) Publish(ctx context.Context, file []byte) error {
	if err := d.in.Publish(ctx, file); err != nil {
		return err
	}
	if err := d.in.CatchUp(context.WithoutCancel(ctx)); err != nil { // it is in the book; the next turn publishes it
		d.in.warn("the ledger lags behind: %v", err)
	}
	return nil
}

// OpenForLedger opens a data directory for the ledger: for writing, or, beside the process that has it open, so that deposits and hashes of files can
// enter the book, which that process publishes within seconds. beside says which.
func OpenForLedger(ctx context.Context, path string, opt Options) (in *Instance, beside bool, err error) {
	if in, err = Open(ctx, path, opt); registry.CodeOf(err) != registry.Conflict {
		return in, false, err
	}
	inUse := err
	if in, err = OpenReadOnly(ctx, path, opt); err != nil {
		return nil, false, errors.Join(inUse, err)
	}
	if !in.hasBook() { // whoever has it open makes it
		in.Close()
		return nil, false, inUse
	}
	in.bookAlone = true
	return in, true, nil
}
