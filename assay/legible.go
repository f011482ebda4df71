package assay

import "unicode/utf8"

// Why own words are not read.
const (
	unreadTable = "table" // figures and marks, hardly a word
	unreadNoise = "noise" // strings that are no words of any language
)

// legible marks the provisions whose own words cannot be read as sentences: tables of figures, and what is left of a bad scan.
func (a *run) legible() {
	for i := range a.provs {
		w := &a.provs[i]
		words, odd, small, figures, bars := 0, 0, 0, 0, 0
		for s := w.first; s < w.last; s++ {
			st := &a.sents[s]
			if st.heading {
				continue
			}
			for k := st.from + 1; k < st.to-1; k++ {
				switch t := a.tokens[k].w; {
				case t.number:
					figures++
				case t.lower == "|":
					bars++
				case t.sign:
				default:
					words++
					if t.odd {
						odd++
					}
					if t.tongue != 0 {
						small++
					}
				}
			}
		}
		const least = 20 // tokens; fewer tell nothing
		switch {
		case words+figures < least:
		case figures > words && small*8 < words+8 || bars*3 > words && figures*2 > words:
			w.unread = unreadTable
		case odd*10 >= words*4 && small*6 < words:
			w.unread = unreadNoise
		}
	}
}

// oddWord reports whether a lower-cased string of Latin letters looks like no word: a consonant alone, four letters without a vowel,
// letters and digits mixed.
func oddWord(s string) bool {
	vowel, digit := false, false
	letters := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digit = true
		case r >= utf8.RuneSelf || r == 'a' || r == 'e' || r == 'i' || r == 'o' || r == 'u' || r == 'y' || r == '.' || r == '\'':
			vowel = true
			letters++
		default:
			letters++
		}
	}
	return digit && letters > 0 || !vowel && (letters == 1 || letters >= 4)
}
