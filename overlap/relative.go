package overlap

import (
	"cmp"
	"slices"
)

// Relative is a document whose words are in another's too.
type Relative struct {
	Doc    int // its number in the list that was asked
	Shared int // grams in both
	Of     int // grams of the document that was asked about
	Other  int // grams of this one
}

// Share is how much of the document that was asked about is in this one, 0 to 1: "this memorandum is 91 % that memorandum".
func (r Relative) Share() float64 { return float64(r.Shared) / float64(max(r.Of, 1)) }

// Back is how much of this one is in the document that was asked about.
func (r Relative) Back() float64 { return float64(r.Shared) / float64(max(r.Other, 1)) }

// All gives the distinct grams of a whole document, ascending.
func (d *Document) All() []uint64 {
	var out []uint64
	for _, u := range d.Units {
		out = append(out, u.Grams...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Relatives gives the documents that have at least the share least of a document's grams, or of whose grams it has as much; the nearest first. sets are
// the grams of all documents as Document.All gives them; of is the number of the one that is asked about.
func Relatives(sets [][]uint64, of int, least float64) []Relative {
	var out []Relative
	for i, other := range sets {
		if i == of || len(other) == 0 || len(sets[of]) == 0 {
			continue
		}
		r := Relative{Doc: i, Shared: common(sets[of], other, 0), Of: len(sets[of]), Other: len(other)}
		if r.Shared > 0 && max(r.Share(), r.Back()) >= least {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Relative) int {
		return cmp.Or(cmp.Compare(max(b.Share(), b.Back()), max(a.Share(), a.Back())), cmp.Compare(b.Shared, a.Shared), cmp.Compare(a.Doc, b.Doc))
	})
	return out
}
