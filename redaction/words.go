package redaction

import (
	"sort"
	"strings"
)

// Words are the words of a page in the order of its file, in which passages are looked for.
type Words struct {
	f    *stream
	ends []int // byte behind each word
	n    int
}

// NewWords takes the words of a page.
func NewWords(words []string) *Words {
	var b strings.Builder
	w := &Words{n: len(words)}
	for _, x := range words {
		b.WriteString(x)
		w.ends = append(w.ends, b.Len())
		b.WriteByte(' ')
	}
	w.f = folded(b.String())
	return w
}

// indices are the words (from, to) that a range of the stream covers.
func (w *Words) indices(i, j int) (from, to int) {
	from = sort.SearchInts(w.ends, w.f.at[i]+1)
	to = sort.SearchInts(w.ends, w.f.end[j-1]) + 1
	return from, to
}

// contextSure is how many letters before and behind must agree for one of several places to be the right one.
const contextSure = 16

// Find gives where a stretch of the canonical text stands among the words, as ranges of words (from, to). before and after are what stands on the
// same page around it. Where several places agree, and what stands around does not decide clearly, all are given: rather too much is withheld.
func (w *Words) Find(before, stretch, after string) [][2]int {
	needle := folded(stretch).letters
	if needle == "" {
		return nil
	}
	b, a := folded(tail(before)).letters, folded(head(after)).letters
	type place struct{ i, j, score int }
	var found []place
	for from := 0; ; {
		i := strings.Index(w.f.letters[from:], needle)
		if i < 0 {
			break
		}
		i += from
		j := i + len(needle)
		found = append(found, place{i, j, commonSuffix(w.f.letters[:i], b) + commonPrefix(w.f.letters[j:], a)})
		from = i + 1
	}
	if len(found) == 0 {
		if i, j, ok := w.around(needle); ok {
			from, to := w.indices(i, j)
			return [][2]int{{from, to}}
		}
		return nil
	}
	sort.SliceStable(found, func(x, y int) bool { return found[x].score > found[y].score })
	if len(found) > 1 && found[0].score >= contextSure && found[1].score*2 <= found[0].score {
		found = found[:1]
	}
	var out [][2]int
	for _, p := range found {
		from, to := w.indices(p.i, p.j)
		out = append(out, [2]int{from, to})
	}
	return out
}

// around looks for a needle between whose words marks of notes stand, or numbers that run along the margin: words of at most three signs that are no part
// of it. What stands between is in the range. Only a single place counts.
func (w *Words) around(needle string) (i, j int, ok bool) {
	n := 0
	for at := range w.f.letters {
		if !w.f.first[at] {
			continue
		}
		if end, good := w.match(at, needle); good {
			i, j, ok = at, end, true
			n++
		}
	}
	return i, j, n == 1
}

func (w *Words) match(at int, needle string) (end int, ok bool) {
	l := w.f.letters
	for k := 0; k < len(needle); {
		if at >= len(l) {
			return 0, false
		}
		if l[at] == needle[k] {
			at, k = at+1, k+1
			continue
		}
		if k == 0 || !w.f.first[at] {
			return 0, false
		}
		stop := at
		for stop < len(l) && !w.f.last[stop] {
			stop++
		}
		if stop++; stop-at > 3 {
			return 0, false
		}
		at = stop
	}
	return at, true
}

// HasLetters says whether a text has a letter or digit.
func HasLetters(s string) bool { return folded(s).letters != "" }

func tail(s string) string {
	s = s[max(0, len(s)-400):]
	return strings.ToValidUTF8(s, "")
}

func head(s string) string { return strings.ToValidUTF8(s[:min(len(s), 400)], "") }

func commonPrefix(a, b string) int {
	n := 0
	for n < min(len(a), len(b), 200) && a[n] == b[n] {
		n++
	}
	return n
}

func commonSuffix(a, b string) int {
	n := 0
	for n < min(len(a), len(b), 200) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// Words says of each of the words of a page, in their order, of which passage it says something; 0 for none.
func (s *Secrets) Words(words []string) []int {
	w := NewWords(words)
	out := make([]int, len(words))
	for _, m := range [...]map[string]int{s.passages, s.rows, s.words} {
		for k, n := range m {
			for _, x := range w.f.find(k) {
				from, to := w.indices(x[0], x[1])
				for i := from; i < to; i++ {
					if out[i] == 0 || n < out[i] {
						out[i] = n
					}
				}
			}
		}
	}
	return out
}
