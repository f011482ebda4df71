package overlap

import (
	"slices"

	"github.com/openassay/assay/text"
)

// Level says what counts as one unit of a text.
type Level string

const (
	// Innermost takes every provision with words of its own, without those of the provisions inside it: what a list is opened by, and each item.
	Innermost Level = "innermost"
	// Article takes articles whole. Outside articles it takes the outermost provision that holds none: a preamble, an annex.
	Article Level = "article"
)

// Document is a text as it is compared: its units in their order.
type Document struct {
	ID    string
	Units []Unit
}

// Unit is a provision of at least five words.
type Unit struct {
	EID        string
	Start, End int      // bytes of the canonical text
	Grams      []uint64 // distinct, ascending
	sum        uint64   // the same for the same grams
}

// NewUnit is a unit of known grams, which it takes over and sorts.
func NewUnit(eid string, start, end int, grams []uint64) Unit {
	slices.Sort(grams)
	u := Unit{EID: eid, Start: start, End: end, Grams: slices.Compact(grams)}
	for _, g := range u.Grams {
		u.sum += mix(g)
	}
	return u
}

// Read takes a reading apart into units.
func Read(id string, r *text.Reading, level Level) *Document {
	d := &Document{ID: id}
	var ws []word
	var room []uint64 // grams of many units in one allocation
	for _, s := range spans(r, level) {
		ws = appendWords(ws[:0], r.Text[s.start:s.end])
		n := len(ws) - GramWords + 1
		if n < 1 {
			continue
		}
		if len(room) < n {
			room = make([]uint64, max(n, 1<<13))
		}
		for i := range n {
			room[i] = gram(ws[i:])
		}
		u := NewUnit(s.eid, s.start, s.end, room[:n:n])
		room = room[n:]
		d.Units = append(d.Units, u)
	}
	return d
}

type span struct {
	eid        string
	start, end int
}

func spans(r *text.Reading, level Level) []span {
	if level == Article {
		return articleSpans(r)
	}
	out := make([]span, 0, len(r.Provisions))
	for i, p := range r.Provisions {
		// The next provision, in the order of the text, is the first child or begins after this one: the same as Own, without its search.
		end := p.End
		if i+1 < len(r.Provisions) && r.Provisions[i+1].Start < p.End {
			end = r.Provisions[i+1].Start
		}
		if p.Body < end {
			out = append(out, span{p.EID, p.Body, end})
		}
	}
	return out
}

func articleSpans(r *text.Reading) []span {
	holds := make([]bool, len(r.Provisions)) // an article is in it
	for _, p := range r.Provisions {
		if p.Kind == text.KindArticle {
			for j := p.Parent; j >= 0 && !holds[j]; j = r.Provisions[j].Parent {
				holds[j] = true
			}
		}
	}
	var out []span
	done := 0 // what begins before is inside a unit
	for i, p := range r.Provisions {
		switch {
		case p.Start < done:
		case p.Kind == text.KindArticle, !holds[i]:
			out = append(out, span{p.EID, p.Body, p.End})
			done = p.End
		default: // the words between the heading of a chapter and its first article
			if start, end := r.Own(i); start < end {
				out = append(out, span{p.EID, start, end})
			}
		}
	}
	return out
}
