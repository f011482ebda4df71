package assay

import (
	"strings"
	"sync"
)

// vocabulary gives ids to the words that patterns name, and classes to words by their beginning or ending.
type vocabulary struct {
	ids      map[string]int32
	prefixes map[string]int32 // "explor*"
	suffixes map[string]int32 // "*rán"
	next     int32

	once   sync.Once
	folded *folded
}

// Ids with a fixed meaning.
const (
	boundaryID int32 = iota // ^ : the edge of a sentence
	numberID                // # : any number
	commaID                 // ,
	firstFreeID
)

func newVocabulary() *vocabulary {
	return &vocabulary{ids: map[string]int32{",": commaID}, prefixes: map[string]int32{}, suffixes: map[string]int32{}, next: firstFreeID}
}

func (v *vocabulary) intern(m map[string]int32, s string) int32 {
	if id, ok := m[s]; ok {
		return id
	}
	id := v.next
	v.next++
	m[s] = id
	return id
}

// element returns the id of one word of a pattern: word, word*, *word or #.
func (v *vocabulary) element(s string) int32 {
	switch {
	case s == "^":
		return boundaryID
	case s == "#":
		return numberID
	case strings.HasSuffix(s, "*") && len(s) > 1:
		return v.intern(v.prefixes, s[:len(s)-1])
	case strings.HasPrefix(s, "*") && len(s) > 1:
		return v.intern(v.suffixes, s[1:])
	}
	return v.intern(v.ids, s)
}

// longest prefix or suffix that is looked up, in bytes.
const maxAffix = 24

// describe fills the ids of w.
func (v *vocabulary) describe(w *word) {
	if id, ok := v.ids[w.lower]; ok {
		w.id = id
	}
	if plain, ok := simplified[w.lower]; ok {
		if id, ok := v.ids[plain]; ok && w.id == noWord {
			w.id = id
		} else if ok && id != w.id {
			w.also = append(w.also, id)
		}
	}
	if w.number {
		w.also = append(w.also, numberID)
	}
	s := w.lower
	for n := 1; n <= len(s) && n <= maxAffix; n++ {
		if id, ok := v.prefixes[s[:n]]; ok {
			w.also = append(w.also, id)
		}
		if id, ok := v.suffixes[s[len(s)-n:]]; ok && n < len(s) {
			w.also = append(w.also, id)
		}
	}
}
