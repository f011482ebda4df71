package assay

import "unicode/utf8"

// Why own words are not read.
const (
	unreadTable = "table" // figures and marks, hardly a word
	unreadNoise = "noise" // strings that are no words of any language
)

// signs count what own words are made of.
type signs struct{ words, odd, small, figures, bars int }

func (x *signs) add(y signs) {
	x.words += y.words
	x.odd += y.odd
	x.small += y.small
	x.figures += y.figures
	x.bars += y.bars
}

// unread says why such words are not read; empty where they are, or where they are too few to tell.
func (x *signs) unread() string {
	const least = 20 // tokens
	switch {
	case x.words+x.figures < least:
	case x.figures > x.words && x.small*8 < x.words+8 || x.bars*3 > x.words && x.figures*2 > x.words:
		return unreadTable
	case x.odd*10 >= x.words*4 && x.small*6 < x.words:
		return unreadNoise
	}
	return ""
}

// legible marks the provisions whose own words cannot be read as sentences: tables of figures, and what is left of a bad scan. Rows of a
// table that were taken for provisions each ("2603.00 5.5 4.4") are too short to tell by themselves: they are judged together with those
// of the same parent.
func (a *run) legible() {
	own := make([]signs, len(a.provs))
	short := make([]signs, len(a.provs)+1) // by parent, the last for those without
	up := func(i int) int {
		if p := a.provs[i].parent; p >= 0 {
			return p
		}
		return len(a.provs)
	}
	for i := range a.provs {
		own[i] = a.signs(&a.provs[i])
		a.provs[i].unread = own[i].unread()
		if x := &own[i]; row(x) {
			short[up(i)].add(*x)
		}
	}
	for i := range a.provs {
		if w := &a.provs[i]; w.unread == "" && row(&own[i]) && short[up(i)].unread() == unreadTable {
			w.unread = unreadTable
		}
	}
}

// row reports whether own words may be a row of a table: few, figures among them, and no small word that a sentence has.
func row(x *signs) bool {
	const most = 20 // tokens
	return x.figures > 0 && x.words+x.figures < most && x.small == 0
}

func (a *run) signs(w *work) signs {
	var x signs
	for s := w.first; s < w.last; s++ {
		st := &a.sents[s]
		if st.heading {
			continue
		}
		for k := st.from + 1; k < st.to-1; k++ {
			switch t := a.tokens[k].w; {
			case t.number:
				x.figures++
			case t.lower == "|":
				x.bars++
			case t.sign:
			default:
				x.words++
				if t.odd {
					x.odd++
				}
				if t.tongue != 0 {
					x.small++
				}
			}
		}
	}
	return x
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
