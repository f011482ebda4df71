package redline

import (
	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// Kind of a change.
type Kind string

// The kinds, in the order in which a change lists them.
const (
	Moved      Kind = "moved"
	Renumbered Kind = "renumbered"
	Split      Kind = "split"
	Merged     Kind = "merged"
	Added      Kind = "added"
	Deleted    Kind = "deleted"
	Words      Kind = "words"
	Modal      Kind = "modal"
	Deadline   Kind = "deadline"
	Quantity   Kind = "quantity"
	Standard   Kind = "standard"
)

// Kinds lists all of them in their order.
var Kinds = []Kind{Moved, Renumbered, Split, Merged, Added, Deleted, Words, Modal, Deadline, Quantity, Standard}

// Side is a place in one of the two texts: Text[Start:End] of that reading are the words.
type Side struct {
	EID   string `json:"eid"`
	Start int    `json:"start"` // bytes
	End   int    `json:"end"`
}

// Change is what became of one innermost provision.
type Change struct {
	Kinds  []Kind `json:"kinds"`
	A      *Side  `json:"a"` // in the earlier text; null where it was added
	B      *Side  `json:"b"` // in the later text; null where it was deleted
	Before string `json:"before"`
	After  string `json:"after"`

	ProposedBy []string `json:"proposed_by,omitempty"` // as square brackets in the changed words say: initials or a name; never guessed

	Edits []Edit  `json:"-"` // the words of both sides in order, marked; spans are of the readings
	Force []Force `json:"-"` // what changed in force
}

// Has says whether the change is of a kind.
func (c *Change) Has(k Kind) bool {
	for _, x := range c.Kinds {
		if x == k {
			return true
		}
	}
	return false
}

// Edit is a stretch of words that stayed, went or came. The spans are bytes of the two readings; an empty span is where nothing stands.
type Edit struct {
	Op           Op
	AStart, AEnd int
	BStart, BEnd int
}

// Op says what happened to a stretch of words.
type Op byte

// What happens to words.
const (
	Keep Op = iota
	Insert
	Delete
)

// Force is a change in what a provision binds to: a modality, deadline, quantity or standard that went, came, or became another.
type Force struct {
	Kind          Kind
	Before, After string // the words; "" where there were or are none
	From, To      string // classes of modality, standards, periods (ISO 8601) or dates; "" where not read
}

// Redline is all that changed between two texts, in the order of the later one; what was deleted stands where it was.
type Redline struct {
	Changes []Change `json:"changes"`

	a, b  *text.Reading
	pairs []pair
}

// Compare compares an earlier reading with a later one. The analyses are those of the same readings; without them (nil) modal and standard are
// never said, deadline and quantity by figures alone.
func Compare(a, b *text.Reading, an, bn *assay.Analysis) *Redline {
	c := &comparison{a: newSide(a, an), b: newSide(b, bn)}
	c.intern()
	c.match()
	c.regroup()
	c.order()
	r := &Redline{a: a, b: b, Changes: c.changes(), pairs: c.pairs()}
	return r
}
