package overlap

import (
	"slices"
	"sync"
)

// Passage is words that two units share, in the same order, as bytes of each one's text.
type Passage struct {
	A [2]int `json:"a"`
	B [2]int `json:"b"`
}

// Wording is a stretch of text as the grams that begin at each of its words, ready to be laid beside others. It holds no word.
type Wording struct {
	words [][2]int // bytes of the text of each word
	grams []uint64 // of the words from each on; of fewer than five words none
	once  sync.Once
	index map[uint64]int32 // the first place of a gram; made when it is first needed
	next  []int32          // the next place of the same gram; 0 for none
}

// NewWording cuts text[start:end] into words.
func NewWording(text string, start, end int) *Wording {
	ws := appendWords(nil, text[start:end])
	w := &Wording{words: make([][2]int, len(ws)), grams: make([]uint64, max(len(ws)-GramWords+1, 0))}
	for i, x := range ws {
		w.words[i] = [2]int{start + int(x.start), start + int(x.end)}
	}
	for i := range w.grams {
		w.grams[i] = gram(ws[i:])
	}
	return w
}

// Words is the number of words.
func (w *Wording) Words() int { return len(w.words) }

// Within counts the words that lie in stretches of the text, which are in its order and do not overlap.
func (w *Wording) Within(stretches [][2]int) int {
	n, k := 0, 0
	for _, x := range w.words {
		for k < len(stretches) && stretches[k][1] < x[1] {
			k++
		}
		if k < len(stretches) && stretches[k][0] <= x[0] {
			n++
		}
	}
	return n
}

// span gives words i to j as bytes of the text.
func (w *Wording) span(i, j int) [2]int { return [2]int{w.words[i][0], w.words[j-1][1]} }

func (w *Wording) places() {
	w.index = make(map[uint64]int32, len(w.grams))
	w.next = make([]int32, len(w.grams))
	for i := len(w.grams) - 1; i >= 0; i-- {
		w.next[i] = w.index[w.grams[i]] // a later place, so never 0 where there is one
		w.index[w.grams[i]] = int32(i)
	}
}

// mostPlaces of one gram are tried when a passage begins; text that repeats one run of words a thousand times would take the square of it.
const mostPlaces = 32

// Shared gives the passages of at least five words that two texts share, in the order of a; no word of a is in two of them. Each is taken as long
// as it goes. Where words of a occur several times in b, the place that continues the longest counts.
func Shared(a, b *Wording) []Passage {
	if len(a.grams) == 0 || len(b.grams) == 0 {
		return nil
	}
	if slices.Equal(a.grams, b.grams) {
		return []Passage{{a.span(0, len(a.words)), b.span(0, len(b.words))}}
	}
	b.once.Do(b.places)
	var out []Passage
	done := 0 // words of a before are in a passage
	for i := 0; i < len(a.grams); {
		at, n := b.longest(a, i)
		if n == 0 {
			i++
			continue
		}
		words := n + GramWords - 1
		if skip := max(done-i, 0); skip < words {
			out = append(out, Passage{a.span(i+skip, i+words), b.span(at+skip, at+words)})
			done = i + words
		}
		i += n // the grams that begin within the passage and leave it may be elsewhere in b
	}
	return out
}

// longest gives the place in w of the longest run of grams that begins at word i of a, and their number; 0 where not five words are shared.
func (w *Wording) longest(a *Wording, i int) (at, n int) {
	first, ok := w.index[a.grams[i]]
	if !ok {
		return 0, 0
	}
	for j, tries := first, 0; tries < mostPlaces; tries++ {
		k := 1
		for i+k < len(a.grams) && int(j)+k < len(w.grams) && a.grams[i+k] == w.grams[int(j)+k] {
			k++
		}
		if k > n {
			at, n = int(j), k
		}
		if j = w.next[j]; j == 0 {
			break
		}
	}
	return at, n
}
