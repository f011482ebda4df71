package book

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"

	"database/sql"

	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
)

// Leaves are the bytes of at most limit leaves from a number on, in their order.
func (b *Book) Leaves(ctx context.Context, from int64, limit int) ([][]byte, error) {
	rows, err := b.db.QueryContext(ctx, `SELECT number, data FROM leaf WHERE number >= ? ORDER BY number LIMIT ?`, from, limit)
	if err != nil {
		return nil, b.wrap(err)
	}
	defer rows.Close()
	var out [][]byte
	for rows.Next() {
		var n int64
		var data []byte
		if err := rows.Scan(&n, &data); err != nil {
			return nil, b.wrap(err)
		}
		if n != from+int64(len(out)) {
			return nil, registry.Errorf(registry.Unreadable, "the ledger %s: leaf %d is missing", b.path, from+int64(len(out))).WithHint("restore it from a backup")
		}
		out = append(out, data)
	}
	return out, b.wrap(rows.Err())
}

// Of are the numbers of the leaves that speak of an entry, in order; none where it was never public.
func (b *Book) Of(ctx context.Context, id registry.EntryID) ([]int64, error) {
	return b.numbers(ctx, `SELECT leaf FROM event WHERE id = ? ORDER BY leaf`, string(id))
}

// OfFile are the numbers of the leaves that speak of a file by its SHA-256 in hex, in order.
func (b *Book) OfFile(ctx context.Context, sum string) ([]int64, error) {
	return b.numbers(ctx, `SELECT leaf FROM file WHERE sha256 = ? ORDER BY leaf`, sum)
}

func (b *Book) numbers(ctx context.Context, query, arg string) ([]int64, error) {
	rows, err := b.db.QueryContext(ctx, query, arg)
	if err != nil {
		return nil, b.wrap(err)
	}
	defer rows.Close()
	var out []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, b.wrap(err)
		}
		out = append(out, n)
	}
	return out, b.wrap(rows.Err())
}

// Deposit enters a commitment at a free place of an interval, drawn by lot. It is registry.Conflict where the interval's root is published
// already or all places are taken.
func (b *Book) Deposit(ctx context.Context, interval string, commitment [32]byte) (place int, err error) {
	err = b.change(ctx, func(tx *sql.Tx) error {
		c, err := b.cursor(ctx, tx)
		if err != nil {
			return err
		}
		if interval <= c.Interval {
			return registry.Errorf(registry.Conflict, "the deposits of %s are closed", interval).WithHint("the clock of this machine may be wrong: the ledger has been at %s", c.Interval)
		}
		var taken int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM deposit WHERE interval = ?`, interval).Scan(&taken); err != nil {
			return err
		}
		const places = 1 << ledger.DepositDepth
		if taken > places/2 { // so that drawing ends soon
			return registry.Errorf(registry.Conflict, "no more deposits can be taken on %s", interval).WithHint("deposit it tomorrow")
		}
		for {
			var two [2]byte
			if _, err := io.ReadFull(b.random, two[:]); err != nil {
				return err
			}
			place = int(two[0])<<8 | int(two[1])
			res, err := tx.ExecContext(ctx, `INSERT OR IGNORE INTO deposit (interval, place, commitment) VALUES (?, ?, ?)`, interval, place, hex.EncodeToString(commitment[:]))
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || n == 1 {
				return err
			}
		}
	})
	return place, err
}

// Deposits is the tree of an interval.
func (b *Book) Deposits(ctx context.Context, interval string) (*ledger.Deposits, error) {
	rows, err := b.db.QueryContext(ctx, `SELECT place, commitment FROM deposit WHERE interval = ?`, interval)
	if err != nil {
		return nil, b.wrap(err)
	}
	defer rows.Close()
	taken := map[int][32]byte{}
	for rows.Next() {
		var place int
		var s string
		if err := rows.Scan(&place, &s); err != nil {
			return nil, b.wrap(err)
		}
		raw, err := hex.DecodeString(s)
		if err != nil || len(raw) != 32 {
			return nil, b.wrap(fmt.Errorf("deposit %d of %s: %q", place, interval, s))
		}
		taken[place] = [32]byte(raw)
	}
	if err := rows.Err(); err != nil {
		return nil, b.wrap(err)
	}
	return ledger.NewDeposits(b.secret, interval, taken)
}

// DepositsLeaf is the number of the leaf with the root of an interval; registry.NotFound where it is not published yet.
func (b *Book) DepositsLeaf(ctx context.Context, interval string) (int64, error) {
	ns, err := b.OfFile(ctx, "deposits "+interval)
	if err != nil {
		return 0, err
	}
	if len(ns) == 0 {
		return 0, registry.Errorf(registry.NotFound, "the deposits of %s are not published yet", interval).WithHint("their root enters the ledger on the day after; try again then")
	}
	return ns[0], nil
}

// Random is where the book draws lots.
func (b *Book) Random() io.Reader { return b.random }
