package redaction

import (
	"fmt"
	"sort"
	"strings"
	"unicode"

	"github.com/openassay/assay/text"
)

// Secrets are the withheld words, in the ways in which they may not be found in what leaves.
type Secrets struct {
	passages map[string]int // the words of each passage → its number
	around   map[string]int // each passage with the letters before it, and behind it
	rows     map[string]int // a few words in a row of a long passage, that the rest of the text does not say
	long     map[string]int // many words in a row of a long passage
	words    map[string]int // words that stand nowhere but in passages
	quotes   map[int]string // number → the passage as words with blanks between, for an index
}

// Leak is a place where withheld words were found. It does not say them.
type Leak struct {
	Where   string // "page 3", "word/document.xml", …
	At      int    // byte of what was searched
	Passage int    // number of the passage
	Kind    string // one of the constants below
}

// String says it without saying the words.
func (l Leak) String() string {
	return fmt.Sprintf("%s, byte %d: %s of passage %d", l.Where, l.At, l.Kind, l.Passage)
}

// Kinds of [Leak].
const (
	WholePassage = "words in a row"
	Around       = "the surroundings"
	SingleWord   = "a word"
)

// contextLetters is how many letters before or behind tell a short passage from the same words elsewhere.
const contextLetters = 8

// How many words of a long passage in a row may not be found: in what is made of the text, and in what speaks of other things too.
const (
	rowWords  = 5
	longWords = 12
)

// SecretsOf are the secrets of a reading with these passages withheld. Words that the redacted text says elsewhere, and words of ours, are none by
// themselves; a passage as a whole is one also where the text says the same words elsewhere, unless it was marked as meant for one place.
func SecretsOf(r *text.Reading, spans []Span, d *Redacted) *Secrets {
	s := &Secrets{passages: map[string]int{}, around: map[string]int{}, rows: map[string]int{}, long: map[string]int{}, words: map[string]int{}, quotes: map[int]string{}}
	f, kept, ours := folded(r.Text), folded(d.Kept), folded(d.Furniture())
	first := func(m map[string]int, k string, n int) {
		if _, ok := m[k]; !ok {
			m[k] = n
		}
	}
	for n, sp := range spans {
		i, j := f.cut(sp.Start, sp.End)
		if i >= j {
			continue
		}
		own := f.letters[i:j]
		for _, around := range [...]string{f.letters[max(0, i-contextLetters):j], f.letters[i:min(len(f.letters), j+contextLetters)]} {
			if !strings.Contains(kept.letters, around) && weight(around) >= contextLetters {
				first(s.around, around, n+1)
			}
		}
		if weight(own) >= telling && len(ours.find(own)) == 0 && !(sp.Here && len(kept.find(own)) > 0) {
			first(s.passages, own, n+1)
			s.quotes[n+1] = strings.Join(strings.FieldsFunc(r.Text[sp.Start:sp.End], func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsNumber(c) }), " ")
		}
		var starts []int
		for k := i; k < j; k++ {
			if f.first[k] || k == i {
				starts = append(starts, k)
			}
		}
		for w, from := range starts {
			to := j
			if w+1 < len(starts) {
				to = starts[w+1]
			}
			if word := f.letters[from:to]; tellingWord(word) && len(kept.find(word)) == 0 && len(ours.find(word)) == 0 {
				first(s.words, word, n+1)
			}
			if w+rowWords < len(starts) {
				if row := f.letters[from:starts[w+rowWords]]; weight(row) >= 3*telling && len(kept.find(row)) == 0 {
					first(s.rows, row, n+1)
				}
			}
			if w+longWords < len(starts) {
				if row := f.letters[from:starts[w+longWords]]; len(kept.find(row)) == 0 {
					first(s.long, row, n+1)
				}
			}
		}
	}
	return s
}

// tellingWord says whether a word may be looked for by itself.
func tellingWord(w string) bool {
	return weight(w) >= telling || weight(w) >= shortest && strings.IndexFunc(w, unicode.IsDigit) >= 0
}

// maxLeaks bounds what is reported of one file.
const maxLeaks = 20

// Search looks for the secrets in a text: a page, a part of a file without its marks, an export. where serves the report.
func (s *Secrets) Search(where, text string) []Leak { return s.search(where, text, nil, telling) }

// SearchWhole looks for passages, and many words in a row of them, and not for less: in what may say that for other reasons, such as a registry.
func (s *Secrets) SearchWhole(where, text string) []Leak { return s.search(where, text, nil, -1) }

// Quotes are the passages by their numbers, as words with blanks between: what an index is asked for.
func (s *Secrets) Quotes() map[int]string { return s.quotes }

// search leaves out what is lighter than least, and single words in known; least < 0 leaves all single words out.
func (s *Secrets) search(where, text string, known map[string]int, least int) []Leak {
	f := folded(text)
	var out []Leak
	around, rows := s.around, s.rows
	if least < 0 {
		around, rows = nil, s.long
	}
	for k, n := range around {
		if i := strings.Index(f.letters, k); i >= 0 {
			out = append(out, Leak{where, f.at[i], n, Around})
		}
	}
	for _, all := range [...]map[string]int{s.passages, rows} {
		for k, n := range all {
			if weight(k) < least {
				continue
			}
			if m := f.find(k); len(m) > 0 {
				out = append(out, Leak{where, f.at[m[0][0]], n, WholePassage})
			}
		}
	}
	if least >= 0 {
		for w, n := range s.words {
			if known[w] > 0 || least > telling && weight(w) < least {
				continue
			}
			for _, m := range f.find(w) {
				if weight(w) < inWord || f.first[m[0]] && f.last[m[1]-1] {
					out = append(out, Leak{where, f.at[m[0]], n, SingleWord})
					break
				}
			}
		}
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].At != out[j].At {
			return out[i].At < out[j].At
		}
		return out[i].Kind < out[j].Kind
	})
	return out[:min(len(out), maxLeaks)]
}
