package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// flatMin is the length beyond which a single paragraph of plain text is taken for a text that lost its line ends: no
// paragraph of an agreement that we know is longer.
const flatMin = 6000

// flatEnough is how much evidence it takes before lists of letters within paragraphs are given lines of their own; below
// it they are lists that the drafters set within the sentence.
const flatEnough = 6

// unflatten gives paragraphs that lost their line ends their lines back: before headings, numbered paragraphs and points
// that stand in order. It looks at whole paragraphs, so how they were wrapped does not matter.
func unflatten(blocks []block, w *warnings) []block {
	cuts := make([][]cut, len(blocks))
	var f flattened
	score, found := 0, false
	numbers := make([]bool, len(blocks))
	for i := range blocks {
		if blocks[i].hint != hintNone {
			continue
		}
		f.numbers, f.points = 0, 0
		if links := chain(blocks[i].text); links != nil && strings.Count(blocks[i].text, "\n") < len(links) {
			cuts[i], numbers[i] = chainCuts(blocks[i].text, links), true
			score += 2
			continue
		}
		for _, at := range f.cuts(blocks[i].text) {
			cuts[i] = append(cuts[i], cut{at: at})
		}
		numbers[i] = f.numbers > 0 || len(blocks[i].text) >= flatMin
		switch {
		case numbers[i]:
			score += 2
		case f.points >= 3:
			score++
		}
	}
	out := make([]block, 0, len(blocks))
	for i, b := range blocks {
		if len(cuts[i]) == 0 || !numbers[i] && score < flatEnough {
			out = append(out, b)
			continue
		}
		found = true
		pos, hint := 0, hintNone
		for _, c := range append(cuts[i], cut{at: len(b.text)}) {
			if c.at > 0 {
				out = append(out, block{text: b.text[pos:c.at], hint: hint, tight: b.tight && pos == 0})
			}
			pos, hint = c.at, c.hint
		}
	}
	if found {
		w.addf("some of the text had lost its line ends; they were restored before headings and numbers that stand in order")
	}
	return out
}

// flattened remembers where the numbering stands while it walks paragraphs without line ends.
type flattened struct {
	article int
	para    int
	letter  int
	roman   int
	since   int // byte at which the open article began
	numbers int // headings and numbered paragraphs found within the paragraph
	points  int // points found within it
	recital []int
}

// recitalsMin is how many recitals within one paragraph make it a preamble that lost its line ends.
const recitalsMin = 3

// cuts gives the offsets at which a line begins. One pass, with constant work at each word.
func (f *flattened) cuts(s string) []int {
	var cuts []int
	f.since, f.para, f.letter, f.roman, f.recital = -1<<30, 0, 0, 0, nil
	prev := ' '       // the last character that is not a space
	wordStart := true // whether a word begins here
	for i, r := range s {
		if unicode.IsSpace(r) {
			wordStart = true
			continue
		}
		if i == 0 || wordStart || prev == '.' || prev == ';' || prev == ':' || prev == ',' {
			if s[i] < utf8.RuneSelf && f.begins(s, i, prev, wordStart) && i > 0 {
				cuts = append(cuts, i)
			}
		}
		if isHan(r) && (i == 0 || prev == '。' || prev == '；' || prev == '：') && f.hanNumber(s, i) && i > 0 {
			cuts = append(cuts, i)
		}
		wordStart = r == ')' // "2.(a)all"
		prev = r
	}
	if len(f.recital) < recitalsMin {
		return cuts
	}
	f.numbers++
	cuts = append(cuts, f.recital...)
	sort.Ints(cuts)
	return cuts
}

// opensRecital says whether a recital begins at byte i: after a comma or semicolon, with a capital; or in small letters
// where the space is missing because lines were pasted together.
func opensRecital(s string, i int, prev rune, spaced bool) bool {
	if prev != ';' && prev != ',' {
		return false
	}
	if unicode.IsUpper(rune(s[i])) {
		head := s[i:min(len(s), i+40)]
		return recitalStart(head) || agreeing(head)
	}
	word, _, _ := strings.Cut(s[i:min(len(s), i+20)], " ")
	return !spaced && len(s) >= 2000 && (recitalWord[word] || participle(word))
}

// begins says whether a heading, paragraph or point begins at byte i.
func (f *flattened) begins(s string, i int, prev rune, spaced bool) bool {
	ended := i == 0 || strings.ContainsRune(".;:。；：”\")", prev)
	switch c := s[i]; {
	case c|0x20 >= 'a' && c|0x20 <= 'z':
		if opensRecital(s, i, prev, spaced) && i > 0 {
			f.recital = append(f.recital, i)
			return false
		}
		return (spaced || ended) && f.words(s, i, ended)
	case c >= '1' && c <= '9':
		m, ok := parseMarker(s[i:min(len(s), i+markerMax)])
		if !ok || m.cands[0].style != decDot && m.cands[0].style != decParen || i+m.body < len(s) && digit(rune(s[i+m.body])) >= 0 {
			return false
		}
		v := m.cands[0].val
		if i > 0 && (v != f.para+1 || !ended && !(v == 1 && i-f.since < 100)) {
			return false
		}
		if i > 0 && v > 1 {
			f.numbers++
		}
		f.para, f.letter, f.roman = v, 0, 0
		return true
	case c == '(':
		m, ok := parseMarker(s[i:min(len(s), i+markerMax)])
		return ok && (ended || openList(s[:i])) && f.point(m, prev, i)
	}
	return false
}

// hanNumber says whether a paragraph numbered in Chinese ("二、") begins at byte i, in order.
func (f *flattened) hanNumber(s string, i int) bool {
	m, ok := parseMarker(s[i:min(len(s), i+markerMax)])
	if !ok || m.cands[0].style != hanDot || i > 0 && m.cands[0].val != f.para+1 {
		return false
	}
	if f.para = m.cands[0].val; i > 0 {
		f.numbers++
	}
	return true
}

// point says whether a marker in brackets goes on with the letters or Roman numerals that are open, or begins new ones.
func (f *flattened) point(m marker, prev rune, i int) bool {
	for _, c := range m.cands {
		switch {
		case c.style == lowPar && c.val > 0 && (c.val == f.letter+1 || i == 0 || c.val == 1 && prev == ':'):
			f.letter, f.roman = c.val, 0
		case c.style == romanLowPar && (c.val == f.roman+1 || c.val == 1):
			f.roman = c.val
		default:
			continue
		}
		f.points++
		return true
	}
	return false
}

// words says whether the word at byte i opens an article or another division, or the closing part.
func (f *flattened) words(s string, i int, ended bool) bool {
	word, rest, ok := strings.Cut(s[i:min(len(s), i+40)], " ")
	if !ok {
		return false
	}
	if i > 0 && ended && signatureOpener(s[i:min(len(s), i+40)]) && len(s) >= flatMin && i > len(s)/2 {
		return true
	}
	if i > 0 && len(word) >= 8 && word == strings.ToUpper(word) && preambleWord[strings.ToLower(word)] {
		f.numbers++
		return true
	}
	kind, known := headWord[strings.ToLower(word)]
	if !known || kind.kind == KindParagraph {
		return false
	}
	num, _, _ := strings.Cut(rest, " ")
	num = strings.TrimRight(num, ".:,;-–)(")
	val := digits(num)
	if val < 0 {
		val = roman(num)
	}
	capital := word == strings.ToUpper(word)
	if kind.kind != KindArticle {
		if capital && val > 0 && ended && num == strings.ToUpper(num) {
			f.numbers++
			return true
		}
		return false
	}
	next := val == f.article+1 || val == f.article+2
	if val <= 0 || !next && !(val == 1 && capital) || !capital && (!ended || unicode.IsLower(firstRune(word))) {
		return false
	}
	f.article, f.since, f.para, f.letter, f.roman = val, i, 0, 0, 0
	if i > 0 {
		f.numbers++
	}
	return true
}

// openList says whether what stands before a point ends in "and", "or" or a comma, as before the last points of lists.
func openList(s string) bool {
	s = strings.TrimRight(s[max(0, len(s)-8):], " ")
	return strings.HasSuffix(s, " and") || strings.HasSuffix(s, " or") || strings.HasSuffix(s, ",")
}
