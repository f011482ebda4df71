package assay

import (
	"strings"
	"unicode"
)

// tongues are the languages a part of a text may be in, by bit; those after zh are recognised but not served.
var tongues = []string{"en", "fr", "es", "pt", "de", "zh", "ru", "ar"}

// tongueWords are frequent small words by language. Words shared by two languages count for both.
var tongueWords = func() map[string]uint8 {
	m := map[string]uint8{}
	for k, words := range []string{
		"the of and to shall by for this be with any or which under that is as on from such not may will are it their its each has have",
		"le la les de des du et à dans pour par que qui est une sur au aux ou en ce cette il sont ne pas leur avec sera peut leurs ces elle un se",
		"el la los las de del y en que por para con una un se al lo su o no como cada sus entre será deberá podrá este esta sobre",
		"o a os as do da dos das e em que para com uma um no na ao nos nas por se não pelo pela ou seu sua ser deverá sobre entre",
		"der die das und den dem von zu mit für ist auf im ein eine nicht oder werden wird sich zur durch bei nach sind",
	} {
		for _, w := range strings.Fields(words) {
			m[w] |= 1 << k
		}
	}
	return m
}()

// settle finds the language of each provision's own words, where these are many enough and clearly in another language than the document.
func (a *run) settle() {
	a.tongue = make([]string, len(a.provs))
	for i := range a.provs {
		a.tongue[i] = a.doc
	}
	for i := range a.provs {
		w := &a.provs[i]
		var count [8]int
		words := 0
		for s := w.first; s < w.last; s++ {
			st := &a.sents[s]
			for k := st.from + 1; k < st.to-1; k++ {
				t := a.tokens[k].w
				if t.sign || t.number {
					continue
				}
				words++
				if t.tongue == 0 {
					continue
				}
				for b := range count {
					if t.tongue&(1<<b) != 0 {
						count[b]++
					}
				}
			}
		}
		best, own := 0, -1
		for b := range count {
			if count[b] > count[best] {
				best = b
			}
			if tongues[b] == a.doc {
				own = b
			}
		}
		const least = 12 // words; fewer tell nothing
		if words < least || own < 0 && served[a.doc] || best == own || count[best]*6 < words {
			if words < least && w.parent >= 0 {
				a.tongue[i] = a.tongue[w.parent]
			}
			continue
		}
		if own < 0 || count[best] > 2*count[own]+4 {
			a.tongue[i] = tongues[best]
		}
	}
}

// langOf is the language of a sentence.
func (a *run) langOf(s int) string { return a.tongue[a.sents[s].prov] }

// tongueOf gives the languages a word speaks for: as a small word, or by its script.
func tongueOf(s string, first rune) uint8 {
	switch {
	case first < 0x250:
		return tongueWords[s]
	case han(first):
		return 1 << 5
	case unicode.Is(unicode.Cyrillic, first):
		return 1 << 6
	case unicode.Is(unicode.Arabic, first):
		return 1 << 7
	}
	return 0
}
