package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// functionWords are frequent small words of the languages in Latin script; those shared with another listed language are
// left out, or kept where their frequency tells.
var functionWords = func() map[string][]int {
	m := map[string][]int{}
	for k, words := range []string{
		"the of and to in shall by for this be with any or which under that is as on from such other not may will are it their",
		"le la les de des du et à dans pour par que qui est une sur au aux ou en ce cette il sont ne pas leur avec sera peut conformément présent",
		"el la los las de del y en que por para con una un se al lo su o no como cada sus entre será deberá podrá ser este esta",
		"o a os as do da dos das e em que para com uma um no na ao nos nas por se não pelo pela são ou seu sua ser deverá",
		"der die das und den des dem von zu in mit für ist auf im ein eine nicht oder werden wird sich zur durch bei nach sind",
	} {
		for _, w := range strings.Fields(words) {
			m[w] = append(m[w], k)
		}
	}
	return m
}()

var latin = []string{"en", "fr", "es", "pt", "de"}

// languageSample bounds what is looked at: the language of an agreement shows early.
const languageSample = 1 << 17

// Language names the language of a text as a BCP 47 tag: zh, ar, ru by script; en, fr, es, pt, de by function words;
// "und" where neither is clear.
func Language(s string) string {
	if len(s) > languageSample {
		s = s[:languageSample]
	}
	var han, kana, arabic, cyrillic, latinLetters int
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				latinLetters++
			}
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.IsLetter(r):
			latinLetters++
		}
	}
	total := latinLetters + arabic + cyrillic + 3*(han+kana) // a Chinese character says about as much as three letters
	switch {
	case total == 0:
		return "und"
	case 3*han*2 > total && kana*10 < han:
		return "zh"
	case arabic*2 > total && !strings.ContainsAny(s, "پچژگ"):
		return "ar"
	case cyrillic*2 > total && !strings.ContainsAny(s, "іїєґўђћј"):
		return "ru"
	case latinLetters*2 <= total:
		return "und"
	}
	return latinLanguage(s)
}

// latinLanguage weighs function words. Where they are too few for the whole, since tables or noise stand beside the sentences, the
// parts of the text that are sentences decide, if these agree.
func latinLanguage(s string) string {
	if lang, _ := weigh(s); lang != "und" {
		return lang
	}
	const part = 1 << 11
	votes := map[string]int{}
	others := 0 // parts with many function words that are clear in no language
	for len(s) > part/2 {
		cut := min(len(s), part)
		for cut < len(s) && cut > part/2 && s[cut] != ' ' && s[cut] != '\n' {
			cut--
		}
		if lang, share := weigh(s[:cut]); lang != "und" {
			votes[lang]++
		} else if share > 0.06 {
			others++
		}
		s = s[cut:]
	}
	for lang, n := range votes {
		all := others
		for _, m := range votes {
			all += m
		}
		if n*2 > all {
			return lang
		}
	}
	return "und"
}

// weigh gives the language whose function words are clearly the most, else "und", and the share that the most has of all words.
func weigh(s string) (lang string, share float64) {
	var score [5]float64
	words := 0
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		ks := functionWords[strings.ToLower(w)]
		for _, k := range ks {
			score[k] += 1 / float64(len(ks))
		}
	}
	best, second := 0, -1
	for k := 1; k < len(score); k++ {
		if score[k] > score[best] {
			best = k
		}
	}
	for k := range score {
		if k != best && (second < 0 || score[k] > score[second]) {
			second = k
		}
	}
	if words > 0 {
		share = score[best] / float64(words)
	}
	if score[best] < 2 || score[best] < 0.12*float64(words) || score[best] < 1.25*score[second] {
		return "und", share
	}
	return latin[best], share
}
