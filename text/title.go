package text

import (
	"strings"
	"unicode"
)

// titleLike says whether words can be the title of a provision rather than its text: short, beginning with a capital, not
// ending as a sentence, without the verbs that only sentences have.
func titleLike(s string) bool {
	if s == "" || len(s) > 220 {
		return false
	}
	first := firstLetter(s)
	if first == 0 || unicode.IsLower(first) {
		return false
	}
	last := lastRune(s)
	if strings.ContainsRune(".;,:。；，：", last) && !strings.HasSuffix(s, "etc.") || strings.Contains(s, ". ") && !allCaps(s) {
		return false
	}
	if strings.Contains(s, "; ") || strings.Contains(s, "。") {
		return false
	}
	for _, w := range strings.Fields(s) {
		if sentenceVerb[w] {
			return false
		}
	}
	return true
}

// sentenceVerb are words that make a line prose wherever they stand in lower case.
var sentenceVerb = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`shall will may must is are was were has have applies apply means
		será serán podrá podrán deberá deberán est sont peut doit sera seront será serão poderá deverá é são`) {
		m[w] = true
	}
	return m
}()

func firstLetter(s string) rune {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return r
		}
		if unicode.IsDigit(r) {
			return 0
		}
	}
	return 0
}

// allCaps says whether a line is set in capitals: at least three letters and no small one.
func allCaps(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) || isHan(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 3
}

// capitalised says whether the words of a line begin with capitals, the small words of titles apart.
func capitalised(s string) bool {
	words, capitals := 0, 0
	for _, w := range strings.Fields(s) {
		r := firstLetter(w)
		if r == 0 || smallWord[strings.ToLower(strings.Trim(w, "“”\"'(),:"))] {
			continue
		}
		words++
		if unicode.IsUpper(r) {
			capitals++
		}
	}
	return words > 0 && capitals*10 >= words*7
}

var smallWord = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`a an and as at by for from in into of on or the to with between under its their
		de la le les du des et à au aux en del los las y el al para por com da do das dos e o os`) {
		m[w] = true
	}
	return m
}()
