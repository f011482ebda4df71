package ledger

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"slices"
	"time"

	"github.com/openassay/assay/registry"
)

// Form names the form of leaves.
const Form = "ledger/1"

// The kinds of leaf.
const (
	KindEntries  = "entries"
	KindFile     = "file"
	KindDeposits = "deposits"
)

// The acts of events; "" is published.
const (
	Withdrawn = "withdrawn"
	Erased    = "erased"
)

// MaxLeaf is the longest leaf in bytes, by C2SP tlog-tiles.
const MaxLeaf = 1<<16 - 1

// perLeaf is how many events go into one leaf: with the longest event the leaf stays under MaxLeaf.
const perLeaf = 256

// Leaf is a leaf of the ledger. The fields are in the order of canonical JSON, which sorts keys.
type Leaf struct {
	Assay    string  `json:"assay"`              // Form
	At       string  `json:"at,omitempty"`       // of a file: RFC 3339, UTC, when it was published
	Events   []Event `json:"events,omitempty"`   // of entries
	First    *int64  `json:"first,omitempty"`    // of entries: the number of the first event
	Interval string  `json:"interval,omitempty"` // of deposits: the day, 2026-11-30, UTC
	Kind     string  `json:"kind"`
	Root     string  `json:"root,omitempty"`   // of deposits: 32 bytes in hex
	SHA256   string  `json:"sha256,omitempty"` // of a file
}

// Event says that an entry became public, or what became of it later.
type Event struct {
	Act  string           `json:"act,omitempty"`
	At   string           `json:"at"`             // RFC 3339, UTC, to the second, by the registry's own clock
	File string           `json:"file,omitempty"` // SHA-256 of the file that the entry says a document is
	ID   registry.EntryID `json:"id"`
}

// Bytes are the canonical bytes of the leaf.
func (l *Leaf) Bytes() []byte {
	l.Assay = Form
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(l); err != nil {
		panic(err) // strings and numbers only
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

// ParseLeaf reads the bytes of a leaf. registry.Unsupported for a form that this program does not know, registry.Unreadable where the bytes
// are not the canonical ones.
func ParseLeaf(b []byte) (*Leaf, error) {
	var l Leaf
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, registry.Errorf(registry.Unreadable, "a leaf of the ledger is not JSON: %v", err)
	}
	if l.Assay != Form || !slices.Contains([]string{KindEntries, KindFile, KindDeposits}, l.Kind) {
		return nil, registry.Errorf(registry.Unsupported, "a leaf of form %q and kind %q is not known", l.Assay, l.Kind).WithHint("a newer assay may know it")
	}
	if !bytes.Equal(l.Bytes(), b) {
		return nil, registry.Errorf(registry.Unreadable, "a leaf of the ledger is not in canonical form")
	}
	return &l, nil
}

// Events are what an entry of the log makes public when it is appended: itself where it enters at public, and the targets of a disclosure
// that publishes or withdraws. It depends on nothing but the entry, so that anybody who has the log can make the ledger anew. An erased
// disclosure gives none: what it named is not known any more.
func Events(e *registry.Entry) []Event {
	at := e.At.UTC().Format(time.RFC3339)
	var out []Event
	if e.Audience == registry.Public {
		ev := Event{At: at, ID: e.ID}
		if c := e.Claim; c != nil && c.Field == "file" && isSHA256(c.Value.Raw) {
			ev.File = c.Value.Raw
		}
		out = append(out, ev)
	}
	if d := e.Disclosure; d != nil && d.To == registry.Public {
		act := ""
		if d.Action == "withdraw" {
			act = Withdrawn
		}
		for _, id := range d.Targets {
			out = append(out, Event{Act: act, At: at, ID: id})
		}
	}
	return out
}

// Leaves packs events into leaves; first is the number of the first event.
func Leaves(events []Event, first int64) []*Leaf {
	var out []*Leaf
	for part := range slices.Chunk(events, perLeaf) {
		n := first
		out = append(out, &Leaf{Kind: KindEntries, Events: part, First: &n})
		first += int64(len(part))
	}
	return out
}

// FileLeaf says that a file of this SHA-256 (hex) was published.
func FileLeaf(sum string, at time.Time) (*Leaf, error) {
	if !isSHA256(sum) {
		return nil, registry.Errorf(registry.Invalid, "%q is no SHA-256", sum)
	}
	return &Leaf{Kind: KindFile, At: at.UTC().Format(time.RFC3339), SHA256: sum}, nil
}

func isSHA256(s string) bool {
	b, err := hex.DecodeString(s)
	return err == nil && len(b) == 32 && hex.EncodeToString(b) == s
}
