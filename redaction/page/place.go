package page

import (
	"errors"

	"github.com/openassay/assay/extract/layout"
	"github.com/openassay/assay/redaction"
	"github.com/openassay/assay/text"
)

// errEdge refuses a document: what is not found at the edge of one page may stand on the next.
var errEdge = errors.New("a passage at the edge of the page cannot be placed, and what is missing may stand on the page beside it: take docx or txt, or withhold what stands around too")

// placed says of each word of a page whether it is withheld: the number of the passage, 0 for none. unsure is why that cannot be said; "" where it can.
func placed(p *layout.Page, r *text.Reading, spans []redaction.Span, s *redaction.Secrets) (number []int, unsure string, err error) {
	number = make([]int, len(p.Words))
	words := make([]string, len(p.Words))
	for i, w := range p.Words {
		words[i] = w.Text
	}
	around, main := pieces(p.Number, r)
	on := redaction.NewWords(words)
	for n, sp := range spans {
		for k, pc := range around {
			start, end := max(sp.Start, pc[0]), min(sp.End, pc[1])
			if start >= end || !redaction.HasLetters(r.Text[start:end]) {
				continue
			}
			hit := on.Find(r.Text[pc[0]:start], r.Text[start:end], r.Text[end:pc[1]])
			if len(hit) == 0 {
				if k < main && (sp.Start < pc[0] || sp.End > pc[1] || !redaction.HasLetters(r.Text[pc[0]:start]) || !redaction.HasLetters(r.Text[end:pc[1]])) && len(r.Pages) > 1 {
					return nil, "", errEdge
				}
				return nil, "a passage could not be placed on it", nil
			}
			for _, h := range hit {
				for k := h[0]; k < h[1]; k++ {
					if number[k] == 0 {
						number[k] = n + 1
					}
				}
			}
		}
	}
	for i, n := range s.Words(words) { // also where the canonical text leaves words out, as at the head of pages
		if n > 0 && number[i] == 0 {
			number[i] = n
		}
	}
	for i := range number { // signs beside a passage, such as that of a currency
		if number[i] == 0 && !redaction.HasLetters(words[i]) {
			switch {
			case i > 0 && number[i-1] > 0:
				number[i] = number[i-1]
			case i+1 < len(number) && number[i+1] > 0:
				number[i] = number[i+1]
			}
		}
	}
	for i, n := range number {
		if b := p.Words[i].Box; n > 0 && (b.H() < 2 || b.W() <= 0) {
			return nil, "the place of a passage on it is not known", nil
		}
	}
	return number, "", nil
}

// pieces are the spans of the canonical text that stand on a page: those of the main text first, then its notes.
func pieces(page int, r *text.Reading) (out [][2]int, main int) {
	for _, p := range r.Pages {
		if p.Number == page && p.Start < p.End {
			out = append(out, [2]int{p.Start, p.End})
		}
	}
	main = len(out)
	for _, n := range r.Notes {
		if n.Page == page && n.Start < n.End {
			out = append(out, [2]int{n.Start, n.End})
		}
	}
	return out, main
}

// bars are the bars that cover the withheld words: one for each row of neighbours, with the number of its passage.
func bars(p *layout.Page, number []int) []bar {
	var out []bar
	for i, n := range number {
		if n == 0 {
			continue
		}
		b := p.Words[i].Box
		if k := len(out) - 1; k >= 0 && i > 0 && number[i-1] == n && level(out[k].Box, b) {
			out[k].Box = out[k].Union(b)
			continue
		}
		out = append(out, bar{Box: b, number: n})
	}
	for i := range out { // glyphs stick out of their boxes
		b := &out[i].Box
		pad := 1 + 0.06*b.H()
		b.X0, b.X1, b.Y0, b.Y1 = b.X0-pad, b.X1+pad, b.Y0-0.5, b.Y1+0.5
	}
	return out
}

type bar struct {
	layout.Box
	number int // of the passage
}

// level says whether two boxes stand in one line, side by side.
func level(a, b layout.Box) bool {
	over := min(a.Y1, b.Y1) - max(a.Y0, b.Y0)
	gap := max(b.X0-a.X1, a.X0-b.X1)
	return over > 0.5*min(a.H(), b.H()) && gap < 3*max(a.H(), b.H())
}

// covered says whether a bar lies over a good part of a word.
func covered(w layout.Box, bs []bar) bool {
	for _, b := range bs {
		x, y := min(w.X1, b.X1)-max(w.X0, b.X0), min(w.Y1, b.Y1)-max(w.Y0, b.Y0)
		if x > 0.3*w.W() && y > 0.5*w.H() {
			return true
		}
	}
	return false
}
