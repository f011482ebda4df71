package web

import (
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

// piece is a run of a document's text that belongs to one provision: from its start to its first child, or between children, or after
// the last. A provision without children is one piece, or several where it is very long.
type piece struct {
	prov       int  // index in Provisions
	start, end int  // bytes of the text
	opens      bool // the piece begins the provision: its number and heading stand here
}

// Weights in bytes of what the template writes. Beside the text a page holds the outline (up to 30 KB), the rules behind its marks
// (20 KB) and the rest (15 KB); no page may weigh more than 150 KB.
const (
	pageBudget  = 110_000
	longPiece   = 12_000
	pieceWeight = 470 // and twice the document's address
	labelWeight = 200 // and twice the rule's code and the words, which stand in the text and under "why"
	topicWeight = 60
)

// pieces cuts a text into its pieces, in order; together they are the whole text.
func pieces(r *text.Reading) []piece {
	var out []piece
	add := func(prov, start, end int, opens bool) {
		for end-start > longPiece {
			cut := strings.LastIndexByte(r.Text[start:start+longPiece], '\n') + 1
			if cut < longPiece/4 {
				cut = strings.LastIndexByte(r.Text[start:start+longPiece], ' ') + 1
			}
			if cut <= 0 {
				cut = runeStart(r.Text, start+longPiece) - start
			}
			out = append(out, piece{prov, start, start + cut, opens})
			start, opens = start+cut, false
		}
		if end > start || opens {
			out = append(out, piece{prov, start, end, opens})
		}
	}
	var walk func(i int) (next int)
	walk = func(i int) int {
		p := r.Provisions[i]
		at, opens, j := p.Start, true, i+1
		for j < len(r.Provisions) && r.Provisions[j].Start < p.End && r.Provisions[j].Depth > p.Depth {
			add(i, at, r.Provisions[j].Start, opens)
			at, opens = r.Provisions[j].End, false
			j = walk(j)
		}
		add(i, at, p.End, opens)
		return j
	}
	for i := 0; i < len(r.Provisions); {
		i = walk(i)
	}
	return out
}

func runeStart(s string, i int) int {
	for i > 0 && i < len(s) && s[i]&0xC0 == 0x80 {
		i--
	}
	return i
}

// paginate groups the pieces into pages that keep under the budget, and begins a page where a chapter or article begins that no
// longer fits: out[n] is the first piece of page n.
func paginate(r *text.Reading, a *assay.Analysis, ps []piece, address string) []int {
	weights := make([]int, len(ps))
	for k, p := range ps {
		weights[k] = pieceWeight + 2*len(address) + (p.end-p.start)*21/20 + draftWeight(r, p.start, p.end)
		if p.opens {
			x := a.Provisions[p.prov]
			weights[k] += topicWeight * len(x.Topics)
			for _, l := range x.Labels {
				weights[k] += labelWeight + 2*len(l.Rule) + min(l.End-l.Start, 360)
			}
		}
	}
	weight := func(k int) int { return weights[k] }
	subtree := func(k int) int { // of all pieces of the provision that begins here
		end, w := r.Provisions[ps[k].prov].End, 0
		for ; k < len(ps) && ps[k].start < end && w <= pageBudget; k++ {
			w += weight(k)
		}
		return w
	}
	starts, now := []int{0}, 0
	for k := range ps {
		w := weight(k)
		breaks := now > 0 && now+w > pageBudget
		if now > 0 && ps[k].opens && r.Provisions[ps[k].prov].Kind != text.KindPoint {
			whole := subtree(k)
			breaks = breaks || now+whole > pageBudget && (whole <= pageBudget || now > pageBudget/2)
		}
		if breaks {
			starts, now = append(starts, k), 0
		}
		now += w
	}
	return starts
}

// span is a part of a text that is marked, with what it is marked as.
type span struct {
	start, end int
	class      string // class of the mark: a strength, qualifier, detail, evidence
	rule       string
}

// run is a stretch of text under the same marks; Class is "" for plain text.
type run struct {
	Text, Class, Rule string
}

// runs splits text[start:end] by the spans; where spans meet, the earlier in the list is kept.
func runs(s string, start, end int, spans []span) []run {
	cuts := []int{start, end}
	for _, sp := range spans {
		for _, x := range []int{sp.start, sp.end} {
			if x > start && x < end {
				cuts = append(cuts, x)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []run
	for i := 0; i+1 < len(cuts); i++ {
		rn := run{Text: s[cuts[i]:cuts[i+1]]}
		for _, sp := range spans {
			if sp.start <= cuts[i] && cuts[i+1] <= sp.end {
				rn.Class, rn.Rule = sp.class, sp.rule
				break
			}
		}
		if n := len(out); n > 0 && out[n-1].Class == rn.Class && out[n-1].Rule == rn.Rule {
			out[n-1].Text += rn.Text
			continue
		}
		out = append(out, rn)
	}
	return out
}
