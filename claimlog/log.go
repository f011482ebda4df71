// Package claimlog is the log of entries: the one thing of a registry that must not be lost.
//
// [Log] is the contract; claimlog/sqlite keeps it in a file, claimlog/memory in the process, and claimlog/logtest is the
// suite that each must pass. Everything else that a registry shows can be made again from what [Log.Read] gives.
//
// Words: a batch is what one Append added, whole or not at all; a position is the number of an entry in this log, which
// stays inside the process and the data directory (it would tell of entries that a reader may not know of); an erasure
// removes an entry's payload and leaves its header and a tombstone.
//
// The log refuses to edit. A claim that was wrong is superseded or retracted by another entry.
package claimlog

import (
	"context"
	"time"

	"github.com/openassay/assay/registry"
)

// Position is the number of an entry in the log. It starts at 1 and only grows; 0 stands before the first entry.
type Position int64

// Logged is an entry with its place. An erased entry has its header and no payload (Entry.Erased).
type Logged struct {
	Position Position
	Batch    int64
	Entry    registry.Entry
}

// Erasure is the tombstone of an erased payload. Number orders the erasures of this log from 1, so that whoever keeps copies
// (a projection) can follow them as it follows entries.
type Erasure struct {
	Number    int64             `json:"-"`
	Position  Position          `json:"-"`
	ID        registry.EntryID  `json:"id"`
	Record    registry.RecordID `json:"record,omitempty"` // that the entry was about; "" for entries about none
	Field     string            `json:"field,omitempty"`
	Authority string            `json:"authority"` // who ordered it
	Ground    string            `json:"ground"`    // why, as it may be shown to all
	At        time.Time         `json:"at"`
}

// Log is a store of entries. All methods may be called from several goroutines at once.
type Log interface {
	// Append adds the entries as one batch, all of them or none. An entry whose id is already there is skipped, also where it
	// comes at another audience (only disclosures change that) or where its payload was erased: importing twice changes
	// nothing. added counts the others; last is the position of the log's last entry afterwards. What is acknowledged
	// survives the death of the process.
	//
	// It fails with registry.Conflict only where a claim supersedes an entry that is neither in the log nor in the batch, or
	// one that another claim already superseded; with registry.Invalid where an entry's id does not fit its payload or the
	// entry could not be read back.
	Append(ctx context.Context, entries []registry.Entry) (added int, last Position, err error)

	// Read returns what follows the position, in order: whole batches, together at most limit entries, but at least one
	// batch, however long. It gives an empty list at the end of the log. A reader that has seen position n never later meets a smaller one. An entry
	// whose bytes changed on the disk is registry.Unreadable.
	Read(ctx context.Context, after Position, limit int) ([]Logged, error)

	// Last is the position of the last entry, 0 for an empty log.
	Last(ctx context.Context) (Position, error)

	// Has says whether an entry of the id is in the log, erased or not.
	Has(ctx context.Context, id registry.EntryID) (bool, error)

	// Erase removes the payloads of entries for good, all of them or none, and leaves a tombstone for each, in the order of ids: on whose
	// authority, on what ground, when. Erasing again changes nothing, and the first tombstone stays; erasing none clears what an
	// interrupted erasure may have left. A claim that an erased one superseded may be superseded anew. It fails with registry.NotFound
	// where an id is unknown and with registry.Invalid without an authority, a ground or a time.
	Erase(ctx context.Context, ids []registry.EntryID, authority, ground string, at time.Time) error

	// Erasures lists the tombstones with a number above after, in order.
	Erasures(ctx context.Context, after int64) ([]Erasure, error)

	// Close releases the store. Nothing may be called afterwards.
	Close() error
}
