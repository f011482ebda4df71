package text

import (
	"slices"
	"strings"
)

// The readings of a draft with tracked changes, as [Reading.Variant] names them.
const (
	Accepted = "accepted"  // every tracked change accepted: the draft as its authors would have it
	Rejected = "rejected"  // every one rejected: the draft before them
	MarkedUp = "marked-up" // what was inserted and what was deleted, both in their places; Changes says which is which
)

// Variants are the readings of a draft with tracked changes, in the order in which they are offered.
func Variants() []string { return []string{Accepted, Rejected, MarkedUp} }

// As is the reading of a draft under one of [Variants]: itself or one that is kept with it; nil where there is none, because the text tracks no
// changes or because nothing stands in that reading.
func (r *Reading) As(variant string) *Reading {
	if r.Variant == variant {
		return r
	}
	if i := slices.IndexFunc(r.Variants, func(v *Reading) bool { return v.Variant == variant }); i >= 0 {
		return r.Variants[i]
	}
	return nil
}

// WithMarks is the text of a marked-up reading with what was inserted in {+ +} and what was deleted in [- -], line by line. Other readings track
// nothing: theirs is Text.
func (r *Reading) WithMarks() string {
	var b strings.Builder
	at := 0
	for _, c := range r.Changes {
		if c.Start < at || c.End > len(r.Text) || c.End <= c.Start {
			continue
		}
		b.WriteString(r.Text[at:c.Start])
		open, shut := "{+", "+}"
		if c.Kind == Deleted {
			open, shut = "[-", "-]"
		}
		for i, line := range strings.Split(r.Text[c.Start:c.End], "\n") {
			if i > 0 {
				b.WriteByte('\n')
			}
			if strings.TrimSpace(line) != "" {
				b.WriteString(open + line + shut)
			}
		}
		at = c.End
	}
	b.WriteString(r.Text[at:])
	return b.String()
}
