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

// Wording is a text cut into words, ready to be laid beside others.
type Wording struct {
	words []word
	grams []uint64 // of the words from each on
	base  int

	once  sync.Once        // guards what follows, which is made when it is first needed
	index map[uint64]int32 // the first place of a gram
	next  []int32          // the next place of the same gram; 0 for none
}

// NewWording cuts text[start:end] into words.
func NewWording(text string, start, end int) *Wording {
	w := &Wording{words: appendWords(nil, text[start:end]), base: start}
	w.grams = make([]uint64, max(len(w.words)-GramWords+1, 0))
	for i := range w.grams {
		w.grams[i] = gram(w.words[i:])
	}
	return w
}

// Words is the number of words.
func (w *Wording) Words() int { return len(w.words) }

// span gives words i to j as bytes of the text.
func (w *Wording) span(i, j int) [2]int {
	return [2]int{w.base + int(w.words[i].start), w.base + int(w.words[j-1].end)}
}

func (w *Wording) places() {
	w.index = make(map[uint64]int32, len(w.grams))
	w.next = make([]int32, len(w.grams))
	for i := len(w.grams) - 1; i >= 0; i-- {
		w.next[i] = w.index[w.grams[i]]
		w.index[w.grams[i]] = int32(i) // 0 is found by its gram
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
	if slices.EqualFunc(a.words, b.words, func(x, y word) bool { return x.hash == y.hash }) {
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
		if skip := max(done-i, 0); skip < n {
			out = append(out, Passage{a.span(i+skip, i+n), b.span(at+skip, at+n)})
			done = i + n
		}
		i += n - GramWords + 1 // the grams that begin within the passage and leave it may be elsewhere in b
	}
	return out
}

// longest gives the place in w of the longest run that begins at word i of a, and its words; 0 where not five are shared.
func (w *Wording) longest(a *Wording, i int) (at, n int) {
	first, ok := w.index[a.grams[i]]
	if !ok {
		return 0, 0
	}
	for j, tries := first, 0; tries < mostPlaces; tries++ {
		k := GramWords
		for i+k < len(a.words) && int(j)+k < len(w.words) && a.words[i+k].hash == w.words[int(j)+k].hash {
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
