package reading

import (
	"unicode"
)

// Anchor puts rows, whose offsets count in an earlier canonical text, where their words stand in this one. Rows whose words stand nowhere
// after the row before them are lost; their number is returned, and how many moved.
func Anchor(canonical string, rows []Row) (out []Row, moved, lost int) {
	spans, norm := wordSpans(canonical)
	next := 0
	for _, r := range rows {
		if r.Start >= 0 && r.End <= len(canonical) && r.Start < r.End {
			if w := words(canonical[r.Start:r.End]); len(w) == r.Words && hash(w) == r.Hash {
				out = append(out, r)
				for next < len(spans) && spans[next][0] < r.End {
					next++
				}
				continue
			}
		}
		at := -1
		for k := next; r.Words > 0 && k+r.Words <= len(norm); k++ {
			if hash(norm[k:k+r.Words]) == r.Hash {
				at = k
				break
			}
		}
		if at < 0 {
			lost++
			continue
		}
		moved++
		r.Start, r.End = spans[at][0], spans[at+r.Words-1][1]
		next = at + r.Words
		out = append(out, r)
	}
	return out, moved, lost
}

// wordSpans gives the words of a text as words does, with the bytes each spans.
func wordSpans(s string) (spans [][2]int, norm []string) {
	start := -1
	for i, r := range s + "\n" {
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			w := words(s[start:i])
			if len(w) == 1 {
				spans, norm = append(spans, [2]int{start, i}), append(norm, w[0])
			}
			start = -1
		}
	}
	return spans, norm
}
