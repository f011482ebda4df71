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

// Marked says whether a reading holds more than its words: tracked changes or comments, with the names of who made them.
func (r *Reading) Marked() bool {
	return r.Variant != "" || len(r.Variants) > 0 || len(r.Changes) > 0 || len(r.Comments) > 0
}

// Clean is a reading's words alone: of a draft its accepted reading, without the other readings, the changes, the comments, who made them, and where the
// file came from. Nil where nothing stands in the accepted reading.
func (r *Reading) Clean() *Reading {
	if r.Variant != "" {
		r = r.As(Accepted)
	}
	if r == nil {
		return nil
	}
	c := *r
	c.Variant, c.Variants, c.Changes, c.Comments, c.Meta, c.SourceURL, c.Warnings = "", nil, nil, nil, nil, "", nil
	return &c
}
