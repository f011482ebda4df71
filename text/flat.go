package text

import (
	"strings"
	"unicode"
)

// flatMin is the length beyond which a single paragraph of plain text is taken for a text that lost its line ends: no
// paragraph of an agreement that we know is longer.
const flatMin = 6000

// unflatten gives very long blocks their lines back: before headings, numbered paragraphs and points that stand in order.
func unflatten(blocks []block, w *warnings) []block {
	flat := false
	for i := range blocks {
		if len(blocks[i].text) >= flatMin {
			flat = true
		}
	}
	if !flat {
		return blocks
	}
	var out []block
	f := flattened{}
	for _, b := range blocks {
		if len(b.text) < flatMin {
			out = append(out, b)
			continue
		}
		cuts := f.cuts(b.text)
		if len(cuts) > 0 {
			w.addf("the text had lost its line ends; they were restored before headings and numbers that stand in order")
		}
		pos := 0
		for _, c := range append(cuts, len(b.text)) {
			out = append(out, block{text: b.text[pos:c], tight: b.tight && pos == 0})
			pos = c
		}
	}
	return out
}

// flattened remembers where the numbering stands while it walks a text without line ends.
type flattened struct {
	article int
	para    int
	letter  int
	roman   int
	since   int // byte at which the open article began
}

// cuts gives the offsets at which a line begins. One pass, with constant work at each word.
func (f *flattened) cuts(s string) []int {
	var cuts []int
	f.since = -1 << 30
	prev := ' '       // the last character that is not a space
	wordStart := true // whether i stands at the start of a word
	for i, r := range s {
		if unicode.IsSpace(r) {
			wordStart = true
			continue
		}
		if wordStart || prev == '.' || prev == ';' || prev == ':' {
			if f.begins(s, i, prev, wordStart) && i > 0 {
				cuts = append(cuts, i)
			}
		}
		wordStart = r == ')' // "2.(a)all"
		prev = r
	}
	return cuts
}

// begins says whether a heading, paragraph or point begins at byte i.
func (f *flattened) begins(s string, i int, prev rune, spaced bool) bool {
	ended := strings.ContainsRune(".;:。；：”\")", prev)
	switch c := s[i]; {
	case c == 'A' || c == 'a' || c == 'C' || c == 'P' || c == 'S' || c == 'T':
		word, rest, ok := strings.Cut(s[i:min(len(s), i+16)], " ")
		if !ok || !spaced && !ended {
			return false
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
			return capital && val > 0 && ended && num == strings.ToUpper(num)
		}
		next := val == f.article+1 || val == f.article+2
		if val <= 0 || !next && !(val == 1 && capital) || !capital && (!ended || c == 'a') {
			return false
		}
		*f = flattened{article: val, since: i}
		return true
	case c >= '1' && c <= '9':
		m, ok := parseMarker(s[i:min(len(s), i+markerMax)])
		if !ok || m.cands[0].style != decDot && m.cands[0].style != decParen || i+m.body < len(s) && digit(rune(s[i+m.body])) >= 0 {
			return false
		}
		v := m.cands[0].val
		if v != f.para+1 || !ended && !(v == 1 && i-f.since < 100) {
			return false
		}
		f.para, f.letter, f.roman = v, 0, 0
		return true
	case c == '(':
		m, ok := parseMarker(s[i:min(len(s), i+markerMax)])
		if !ok || !ended && !openList(s[:i]) {
			return false
		}
		for _, cand := range m.cands {
			switch {
			case cand.style == lowPar && cand.val == f.letter+1 && cand.val > 0:
				f.letter, f.roman = cand.val, 0
				return true
			case cand.style == romanLowPar && cand.val == f.roman+1:
				f.roman = cand.val
				return true
			}
		}
	}
	return false
}

// openList says whether what stands before a point ends in "and", "or" or a comma, as the last points of lists do.
func openList(s string) bool {
	s = strings.TrimRight(s[max(0, len(s)-8):], " ")
	return strings.HasSuffix(s, " and") || strings.HasSuffix(s, " or") || strings.HasSuffix(s, ",")
}
