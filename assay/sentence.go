package assay

import (
	"unicode"
	"unicode/utf8"
)

// abbreviations after which a full stop ends nothing; a value of true means only before a number or a Roman numeral.
var abbreviations = map[string]bool{
	"art": false, "arts": false, "no": true, "nos": true, "para": false, "paras": false, "sec": true, "ch": true, "vol": true, "pp": false, "p": true,
	"cf": false, "mr": false, "mrs": false, "ms": false, "dr": false, "st": false, "gen": false, "col": false, "hon": false, "ltd": false, "inc": false,
	"vs": false, "v": false, "al": false, "resp": false, "approx": false, "al.": false, "núm": true, "nº": true, "inc.": false, "ex": true, "reg": true,
	"i.e": false, "e.g": false, "stat": true, "doc": true, "fig": true, "jr": false, "sra": false, "sr": false, "exmo": false, "par": true, "lit": false,
}

// starters after "U.S." begin a new sentence.
var starters = map[string]bool{"The": true, "Each": true, "This": true, "If": true, "Where": true, "In": true, "No": true, "It": true, "A": true, "An": true, "Such": true, "Neither": true, "Either": true, "Any": true, "For": true, "These": true}

// fullStop reports whether the stop at text[i] ends a sentence. out ends with the stop itself.
func (l *lexer) fullStop(text string, i, to int, out []token) bool {
	j := i + 1
	for j < to { // closing quotes and brackets belong to the sentence
		r, n := utf8.DecodeRuneInString(text[j:to])
		if !isQuote(r) && r != ')' && r != ']' {
			break
		}
		j += n
	}
	for j < to && text[j] == '[' { // a footnote mark: "property.[3] Norland shall"
		n := j + 1
		for n < to && text[n] >= '0' && text[n] <= '9' {
			n++
		}
		if n == j+1 || n >= to || text[n] != ']' {
			break
		}
		j = n + 1
	}
	if j >= to {
		return true
	}
	k, space := j, false
	for k < to && k < j+64 {
		r, n := utf8.DecodeRuneInString(text[k:to])
		if !unicode.IsSpace(r) {
			break
		}
		if r == '\n' {
			return true
		}
		space = true
		k += n
	}
	if k >= to {
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[k:to])
	if l.small && unicode.IsLetter(next) && len(out) > 1 {
		w := out[len(out)-2].w
		if _, short := abbreviations[w.lower]; !short && len(w.lower) > 2 && !w.number {
			return true
		}
	}
	if !space && l.small && unicode.IsLetter(next) && len(out) > 1 { // pasted lines without capitals: "du bassin.la commission"
		w := out[len(out)-2].w
		return len(w.lower) > 3 && !w.number && !w.odd && out[len(out)-2].end == i
	}
	if !space {
		return unicode.IsUpper(next) && len(out) > 1 && !out[len(out)-2].w.number && len(out[len(out)-2].w.lower) > 2 // "imports.The Parties"
	}
	if len(out) > 1 {
		prev := out[len(out)-2]
		w := prev.w.lower
		if needsNumber, ok := abbreviations[w]; ok && prev.end == i {
			if !needsNumber || unicode.IsDigit(next) || next == 'I' || next == 'V' || next == 'X' {
				return false
			}
		}
		if len(w) == 1 && unicode.IsUpper(rune(text[prev.start])) && prev.end == i { // an initial: "J. Doe"
			return false
		}
		if prev.w.number && unicode.IsLower(next) {
			return false
		}
	}
	return !unicode.IsLower(next)
}

// abbreviationEnds reports whether a sentence ends at an abbreviation that ends with its own stop ("U.S.").
func abbreviationEnds(text string, i, to int) bool {
	for i < to && (text[i] == ' ') {
		i++
	}
	j := i
	for j < to && j < i+12 && text[j] != ' ' {
		j++
	}
	return i < to && starters[text[i:j]]
}

// endsClause reports whether the last token closes a line of its own: then a line break is a boundary.
func endsClause(out []token) bool {
	if len(out) == 0 {
		return false
	}
	switch out[len(out)-1].w.lower {
	case ".", ";", ":", "?", "!", "。", "；", "：", "—", "–":
		return true
	}
	return false
}

// startsItem reports whether s begins like an item of a list: (a), 1., a), •, –.
func startsItem(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	switch r {
	case '•', '▪', '·', '–', '—', '◦', '●':
		return true
	case '-', '*':
		return len(s) > n && s[n] == ' '
	case '(':
		for k := n; k < len(s) && k < 8; k++ {
			if s[k] == ')' {
				return k > n
			}
		}
		return false
	}
	if !unicode.IsDigit(r) && !unicode.IsLetter(r) {
		return false
	}
	for k := 0; k < len(s) && k < 5; k++ {
		c := s[k]
		if (c == '.' || c == ')') && k+1 < len(s) && s[k+1] == ' ' {
			return unicode.IsDigit(r) || k <= 1
		}
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z') {
			return false
		}
	}
	return false
}

// withoutCapitals reports whether sentences of a text begin with small letters: it has lost its capitals.
func withoutCapitals(text string) bool {
	big, small := 0, 0
	const enough = 200000 // bytes that tell
	for i := 0; i+2 < min(len(text), enough); i++ {
		if text[i] != '.' || text[i+1] != ' ' && text[i+1] != '\n' {
			continue
		}
		j := i + 1
		for j < len(text)-1 && (text[j] == ' ' || text[j] == '\n') {
			j++
		}
		switch c := text[j]; {
		case c >= 'A' && c <= 'Z' && j+1 < len(text) && text[j+1] >= 'A' && text[j+1] <= 'Z': // "ARTICLE" stands out in any text
		case c >= 'A' && c <= 'Z':
			big++
		case c >= 'a' && c <= 'z':
			small++
		}
	}
	return small > 2 && small > 4*big || untitled(text[:min(len(text), enough)])
}

// untitled reports whether next to no word of a text in an alphabet with capitals begins with a capital and goes on in small letters.
func untitled(text string) bool {
	words, titled, prev := 0, 0, byte(' ')
	for i := 0; i+1 < len(text); i++ {
		c := text[i]
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		if letter && !(prev >= 'a' && prev <= 'z' || prev >= 'A' && prev <= 'Z' || prev >= 0x80) && text[i+1] >= 'a' && text[i+1] <= 'z' {
			words++
			if c <= 'Z' {
				titled++
			}
		}
		prev = c
	}
	const enough = 60
	return words >= enough && titled*200 < words
}
