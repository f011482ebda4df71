package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// chainMin is how many articles must follow each other in order before a text that lost its line ends, and perhaps its capitals, is cut before
// them. A reference to an article now and then makes no such chain.
const chainMin = 3

// chainFlat is the length, in bytes, from which a paragraph may be such a text.
const chainFlat = 1200

// chainWord are the words that open an article, in lower case, with and without accents.
var chainWord = []string{"article", "articulo", "artículo", "artigo", "clausula", "cláusula"}

// link is a place where an article may begin: the word at from, text of the article at body.
type link struct {
	from, body int
	val        int
	used       int    // bytes of the number
	roman      string // letters that begin with the number, and may go on with the next word: "iilos"
	glued      bool   // no space before the word: "la comisionarticulo 1:"
	capital    bool   // "ARTICLE" among small letters
}

// chain finds the articles of a paragraph without line ends by their numbers alone: 1, 2, 3 … in order, each where a sentence has ended, glued to
// the word before it as lines that were pasted together are, or in capitals. It returns nothing where the chain is short.
func chain(s string) []link {
	if len(s) < chainFlat {
		return nil
	}
	low := asciiLower(s)
	var found []link
	for _, w := range chainWord {
		for i := 0; ; {
			k := strings.Index(low[i:], w)
			if k < 0 {
				break
			}
			i += k
			if l, ok := linkAt(s, low, i, len(w)); ok {
				found = append(found, l)
			}
			i += len(w)
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i].from < found[j].from })
	var out []link
	next := 1
	for _, l := range found {
		if l.roman != "" {
			l.read(next)
		}
		skips := l.glued || l.capital // a number may be missing, be it the first
		if l.val == next || l.val == next+1 && skips {
			out = append(out, l)
			next = l.val + 1
		}
	}
	if len(out) < chainMin {
		return nil
	}
	return out
}

// read takes the number that is due from letters which go on with the next word.
func (l *link) read(due int) {
	if rest, ok := strings.CutPrefix(l.roman, strings.ToLower(toRoman(due))); ok && l.val != due && rest != "" {
		l.body += len(l.roman) - len(rest) - l.used
		l.val, l.used = due, len(l.roman)-len(rest)
	}
}

// linkAt reads the number after the word at byte i and says whether an article may begin there.
func linkAt(s, low string, i, wordLen int) (link, bool) {
	l := link{from: i, glued: true}
	before := strings.TrimRight(low[max(0, i-24):i], " ")
	if i > 0 && s[i-1] == ' ' || i == 0 {
		l.glued = false
	}
	l.capital = s[i:i+wordLen] == strings.ToUpper(s[i:i+wordLen]) && s[i:i+wordLen] != low[i:i+wordLen]
	last, _ := utf8.DecodeLastRuneInString(before)
	ended := before == "" || strings.ContainsRune(".:;)]\"”»", last)
	if l.glued && (isApostrophe(last) || last == 'p' || last == '(' || last == '-') { // "l'article 5", "particulo"
		return l, false
	}
	if !ended && !l.glued && !l.capital {
		return l, false
	}
	rest := low[i+wordLen:]
	k := len(rest) - len(strings.TrimLeft(rest, " .:"))
	if k == 0 && len(rest) > 0 && digit(rune(rest[0])) < 0 || k > 4 {
		return l, false
	}
	val, used := linkNumber(rest[k:])
	if val == 0 {
		word := letterRun(rest[k:])
		n := strings.IndexFunc(word, func(r rune) bool { return r != 'i' && r != 'v' && r != 'x' })
		if n <= 0 {
			return l, false
		}
		l.roman, l.body = word, i+wordLen+k
		return l, true
	}
	k += used
	after := strings.TrimLeft(rest[k:], " .:;-–—°º)")
	l.val, l.body = val, i+wordLen+len(rest)-len(after)
	for _, refer := range []string{"de ", "del ", "du ", "de la ", "of ", "paragraph", "paragraphe", "parrafo", "alinea", "ci-", "et ", "y ", "and ", "da ", "do ", "e "} {
		if strings.HasPrefix(after, refer) && !l.capital { // "article 5 de la convention"
			return l, l.glued && len(after) == len(rest)-k
		}
	}
	return l, after != ""
}

// linkNumber reads the number of an article at the start of s, in small letters: digits, a Roman numeral or "premier", to which the next word may
// be glued. It returns 0 where there is none.
func linkNumber(s string) (val, used int) {
	for used < len(s) && used < 4 && s[used] >= '0' && s[used] <= '9' {
		used++
	}
	if used > 0 {
		val = digits(s[:used])
		for _, suffix := range []string{"er", "ro", "st", "º", "°"} {
			if rest, ok := strings.CutPrefix(s[used:], suffix); ok && (rest == "" || !unicode.IsLetter(firstRune(rest))) {
				return val, used + len(suffix)
			}
		}
		return val, used
	}
	for _, w := range []string{"premier", "primero", "primeiro", "primera", "primeira", "unico", "único", "unique"} {
		if strings.HasPrefix(s, w) {
			return 1, len(w)
		}
	}
	word := letterRun(s)
	if v := roman(word); v > 0 {
		return v, len(word)
	}
	return 0, 0
}

// letterRun is the letters that s begins with.
func letterRun(s string) string {
	if i := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		return s[:i]
	}
	return s
}

// chainCuts gives the offsets at which lines begin: before and after each heading of the chain, before a heading's name that was glued to it,
// before recitals, items and the closing words.
func chainCuts(s string, links []link) []cut {
	var cuts []cut
	for i, l := range links {
		cuts = append(cuts, cut{l.from, hintStruct}, cut{l.body, hintNone})
		if name := l.from - glueName(s[:l.from]); l.glued && name > 0 {
			cuts = append(cuts, cut{name, hintHeading})
		}
		end := len(s)
		if i+1 < len(links) {
			end = links[i+1].from
		} else if k := closing(s[l.body:]); k >= 0 {
			cuts = append(cuts, cut{l.body + k, hintSign})
			end = l.body + k
		}
		for _, c := range itemCuts(s[l.body:end]) {
			cuts = append(cuts, cut{l.body + c, hintNone})
		}
	}
	cuts = append(cuts, gluedRecitals(s[:links[0].from])...)
	sort.SliceStable(cuts, func(i, j int) bool { return cuts[i].at < cuts[j].at })
	out := cuts[:0]
	for _, c := range cuts {
		switch {
		case c.at >= len(s):
		case len(out) > 0 && c.at == out[len(out)-1].at:
			if c.hint != hintNone {
				out[len(out)-1].hint = c.hint
			}
		default:
			out = append(out, c)
		}
	}
	return out
}

// cut is an offset at which a line begins, and what the line is.
type cut struct {
	at   int
	hint hint
}

// glueName gives the length of a heading's name at the end of s, which stands between the last sentence and the article's number; 0 where there is none.
func glueName(s string) int {
	const longest = 110 // bytes
	from := max(0, len(s)-longest)
	k := strings.LastIndexAny(s[from:], ".;:")
	if k < 0 {
		return 0
	}
	return len(s) - from - k - 1
}

// closings begin the closing words of a text without capitals.
var closings = []string{"en foi de quoi", "en fe de lo cual", "en testimonio de lo cual", "em fe do que", "in witness whereof", "fait a ", "fait à ", "fait en ", "fait le ",
	"hecho en ", "hecha en ", "firmado en ", "feito em ", "done at ", "done in "}

// closing gives the offset at which the closing words begin where a sentence has ended, or -1.
func closing(s string) int {
	low := asciiLower(s)
	first := -1
	for _, c := range closings {
		for i := 0; i < len(low); {
			k := strings.Index(low[i:], c)
			if k < 0 {
				break
			}
			i += k
			before := strings.TrimRight(low[:i], " ")
			if before == "" || strings.ContainsRune(".;:", lastRune(before)) {
				if first < 0 || i < first {
					first = i
				}
				break
			}
			i += len(c)
		}
	}
	return first
}

// itemCuts finds items "a)", "a.", "1)", "1." in order, each after the end of a clause; one alone is none.
func itemCuts(s string) []int {
	var cuts []int
	open := map[style]int{} // the last number of each style
	held := map[style]int{} // where a first item stands that waits for its second
	dash := -1              // a dash that waits for its second
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '-' && i+2 < len(s) && s[i+1] == ' ' && i > 0 {
			switch lastRune(strings.TrimRight(s[max(0, i-3):i], " ")) {
			case ':':
				dash = i
			case ';', ',', '.':
				if dash > 0 {
					cuts = append(cuts, dash)
				}
				if dash >= 0 {
					cuts, dash = append(cuts, i), 0
				}
			}
			continue
		}
		if c == '1' && i > 0 && i+2 < len(s) && s[i+1] == '.' && s[i-1] >= 'a' && s[i-1] <= 'z' && digit(rune(s[i+2])) < 0 { // "principes1. dans"
			open[decDot], held[decDot] = 1, i
			continue
		}
		if !(c >= 'a' && c <= 'z' || c >= '1' && c <= '9' || c == '(') || i > 0 && !strings.ContainsRune(".;:,", lastRune(strings.TrimRight(s[max(0, i-3):i], " "))) {
			continue
		}
		m, st, v := shortMarker(s[i:])
		if m == 0 {
			continue
		}
		switch {
		case v == 1:
			open[st], held[st] = 1, i
		case open[st] > 0 && (v == open[st]+1 || v == open[st]+2): // one may be misread
			if h, ok := held[st]; ok {
				cuts = append(cuts, h)
				delete(held, st)
			}
			cuts = append(cuts, i)
			open[st] = v
		}
	}
	sort.Ints(cuts)
	return cuts
}

// shortMarker reads "a)", "a.", "(a)", "1)" or "1." at the start of s, to which the next word may be glued: its length, style and place.
func shortMarker(s string) (n int, st style, val int) {
	open := s[0] == '('
	k := 0
	if open {
		k = 1
	}
	from := k
	for k < len(s) && k < from+2 && isAlnum(s[k]) {
		k++
	}
	if k == from || k >= len(s) {
		return 0, styleNone, 0
	}
	word := s[from:k]
	val = digits(word)
	numeric := val > 0
	if !numeric {
		if len(word) != 1 {
			return 0, styleNone, 0
		}
		val = letters(word)
	}
	switch {
	case s[k] == ')' && open:
		st = lowPar
	case s[k] == ')':
		st = lowParen
	case strings.HasPrefix(s[k:], ".-") && !open:
		st = lowDot
		k++
	case s[k] == '.' && !open && k+1 < len(s) && digit(rune(s[k+1])) < 0:
		st = lowDot
	default:
		return 0, styleNone, 0
	}
	if numeric {
		st = map[style]style{lowPar: decPar, lowParen: decParen, lowDot: decDot}[st]
	}
	return k + 1, st, val
}

// gluedRecitals finds the recitals of a preamble without capitals: a word that begins recitals, after a comma, semicolon or stop.
func gluedRecitals(s string) []cut {
	var cuts []cut
	for i := 1; i < len(s); i++ {
		if c := s[i]; c < 'a' || c > 'z' || isAlnum(s[i-1]) || s[i-1] >= utf8.RuneSelf || isApostrophe(rune(s[i-1])) {
			continue
		}
		before := strings.TrimRight(s[max(0, i-3):i], " ")
		if before == "" || !strings.ContainsRune(",;.:", lastRune(before)) {
			continue
		}
		word := s[i:min(len(s), i+20)]
		if k := strings.IndexFunc(word, func(r rune) bool { return !unicode.IsLetter(r) }); k >= 0 {
			word = word[:k]
		}
		switch {
		case bareRecital[word]:
			cuts = append(cuts, cut{i, hintRecital})
		case agreeing(s[i:min(len(s), i+60)]):
			cuts = append(cuts, cut{i, hintNone})
		}
	}
	return cuts
}

// bareRecital are first words of recitals in texts without capitals and accents, where a participle may as well go on with a clause.
var bareRecital = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`considerant considérant reconnaissant desireux désireux desireuses rappelant conscients conscientes convaincus convaincues soucieux
		soucieuses vu resolus résolus resolues notant reaffirmant réaffirmant estimant constatant animes animés determines déterminés attendu souhaitant
		considerando reconociendo deseosos conscientes convencidos decididos resueltos animados recordando teniendo reafirmando
		desejosos cientes reconhecendo tendo whereas recognizing recognising considering desiring convinced`) {
		m[w] = true
	}
	return m
}()

// asciiLower lowers ASCII letters and leaves the rest, so that offsets stay.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '`' || r == 'ʼ' }
