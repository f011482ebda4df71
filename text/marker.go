package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// style is the shape of a list marker; markers of one list share it.
type style byte

const (
	styleNone     style = iota
	decDot              // 1.
	decParen            // 1)
	decPar              // (1)
	decMulti            // 1.2, 1.2.3
	lowDot              // a.
	lowParen            // a)
	lowPar              // (a)
	upDot               // A.
	upPar               // (A), A)
	romanLowDot         // i.
	romanLowParen       // i)
	romanLowPar         // (i)
	romanUpDot          // I.
	romanUpPar          // (I), I)
	hanDot              // 一、
	hanPar              // （一）
	bullet              // •
	note                // [1]
)

// numeric says whether the style counts paragraphs rather than points when it stands directly in an article.
func (s style) numeric() bool {
	return s == decDot || s == decParen || s == decPar || s == decMulti || s == hanDot
}

// reading of a marker: a style and its place in such a list.
type candidate struct {
	style style
	val   int
}

// marker is the token that opens a list item or numbered paragraph.
type marker struct {
	cands [2]candidate // (i) is both the ninth letter and the first Roman numeral; unused ones have styleNone
	num   string       // as written, with its brackets
	parts []int        // of 1.2.3
	body  int          // byte offset in the line of the words after it
}

// markerMax bounds the length of a marker token, so that scanning a line for one is constant work.
const markerMax = 24

// parseMarker recognises a marker at the start of a line of canonical text; ok is false where the line begins otherwise.
func parseMarker(line string) (m marker, ok bool) {
	head := line
	if len(head) > markerMax {
		head = head[:markerMax]
	}
	r, size := utf8.DecodeRuneInString(head)
	switch r {
	case '•', '–', '—', '‣', '◦', '▪', '●', '·', '-', '*':
		if rest := line[size:]; strings.HasPrefix(rest, " ") && strings.TrimSpace(rest) != "" {
			m.cands[0] = candidate{bullet, 0}
			return m.at(line, size), true
		}
		return m, false
	case '(', '（', '[':
		i := strings.IndexAny(head, ")）]")
		if i < 0 {
			return m, false
		}
		_, closing := utf8.DecodeRuneInString(head[i:])
		inner := strings.TrimSpace(head[size:i])
		if r == '[' {
			if digits(inner) < 0 {
				return m, false
			}
			m.cands[0] = candidate{note, digits(inner)}
		} else if !m.shape(inner, decPar, lowPar, upPar, romanLowPar, romanUpPar, hanPar) {
			return m, false
		}
		return m.at(line, i+closing), true
	}
	end := strings.IndexAny(head, " )、.．")
	if end <= 0 {
		return m, false
	}
	inner, rest := head[:end], head[end:]
	switch {
	case rest[0] == ' ':
		// "1 - As Partes", as in Portuguese; not "5 - 10 tonnes"
		after := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(rest, " -"), " –"), " —")
		if v := digits(inner); v < 1 || v > 99 || !strings.HasPrefix(after, " ") || after == rest || !unicode.IsUpper(firstRune(after[1:])) {
			return m, false
		}
		m.parts, m.cands[0] = []int{digits(inner)}, candidate{decDot, digits(inner)}
		return m.at(line, len(head)-len(after)), true
	case strings.HasPrefix(rest, ")"):
		if !m.shape(inner, decParen, lowParen, upPar, romanLowParen, romanUpPar, styleNone) {
			return m, false
		}
		return m.at(line, end+1), true
	case strings.HasPrefix(rest, "、"):
		if !m.shape(inner, decDot, styleNone, styleNone, styleNone, styleNone, hanDot) {
			return m, false
		}
		return m.at(line, end+len("、")), true
	case strings.HasPrefix(rest, "."), strings.HasPrefix(rest, "．"):
		return m.dotted(line, inner, end)
	}
	return m, false
}

// dotted reads "1. ", "a. ", "1.2 " and "1.2. ". A letter needs the space after its dot; so does a number before a digit.
func (m marker) dotted(line, inner string, end int) (marker, bool) {
	if digits(inner) >= 0 {
		m.parts = []int{digits(inner)}
		i := end
		for len(m.parts) < 5 && i < len(line) && line[i] == '.' {
			j := i + 1
			for j < len(line) && j-i < 5 && line[j] >= '0' && line[j] <= '9' {
				j++
			}
			if j == i+1 {
				break
			}
			m.parts = append(m.parts, digits(line[i+1:j]))
			i = j
		}
		if len(m.parts) > 1 {
			if i < len(line) && line[i] == '.' {
				i++
			}
			if i < len(line) && line[i] != ' ' {
				return m, false
			}
			m.cands[0] = candidate{decMulti, m.parts[len(m.parts)-1]}
			return m.at(line, i), true
		}
		m.cands[0] = candidate{decDot, m.parts[0]}
		_, size := utf8.DecodeRuneInString(line[end:])
		return m.at(line, end+size+dash(line[end+size:])), true
	}
	if n := dash(line[end+1:]); n > 0 && m.shape(inner, styleNone, lowDot, upDot, romanLowDot, romanUpDot, styleNone) { // "a.- ", as in Spanish
		return m.at(line, end+1+n), true
	}
	if end+1 < len(line) && line[end+1] != ' ' || !m.shape(inner, styleNone, lowDot, upDot, romanLowDot, romanUpDot, styleNone) {
		return m, false
	}
	return m.at(line, end+1), true
}

// shape fills the candidates for the words inside a marker; the caller says which style each shape has here.
func (m *marker) shape(s string, dec, low, up, romLow, romUp, hanStyle style) bool {
	n := 0
	add := func(st style, v int) {
		if st != styleNone && v > 0 && n < len(m.cands) {
			m.cands[n] = candidate{st, v}
			n++
		}
	}
	if v := digits(s); v >= 0 && v < 1000 {
		m.parts = []int{v}
		add(dec, v)
		return n > 0
	}
	switch {
	case s == "":
	case s == strings.ToLower(s) && s[0] < 0x80:
		add(low, letters(s))
		add(romLow, roman(s))
	case s == strings.ToUpper(s) && s[0] < 0x80:
		add(up, letters(s))
		add(romUp, roman(s))
	default:
		add(hanStyle, han(s))
	}
	if n == 0 {
		add(hanStyle, han(s))
	}
	return n > 0
}

// at completes the marker that ends at byte end of line.
func (m marker) at(line string, end int) marker {
	m.num = strings.TrimSpace(line[:end])
	if m.cands[0].style == bullet {
		m.num = ""
	}
	for end < len(line) && line[end] == ' ' {
		end++
	}
	m.body = end
	return m
}

// dash is the length of a dash that belongs to a marker, before a space or a letter, at the start of s: "1.- ", "a.-".
func dash(s string) int {
	for _, d := range []string{"-", "–"} {
		if rest, ok := strings.CutPrefix(s, d); ok && rest != "" && (rest[0] == ' ' || unicode.IsLetter(firstRune(rest))) {
			return len(d)
		}
	}
	return 0
}
