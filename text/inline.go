package text

import (
	"html"
	"strings"
)

// stripInline takes the marks out of one logical line of Markdown: emphasis, code, links, images, HTML tags, comments,
// escapes and entities. lead is the length of a bold run at its start, in bytes of the result; allBold says that nothing
// but punctuation stands outside bold. One pass; whatever does not close is kept as it stands.
func stripInline(s string) (out string, lead int, allBold bool) {
	var b strings.Builder
	b.Grow(len(s))
	bold, sawBold, sawPlain, leadOpen := 0, false, false, true
	noClose := closers{}
	emit := func(t string) {
		b.WriteString(t)
		if strings.TrimFunc(t, isSpace) == "" {
			return
		}
		if bold > 0 {
			sawBold = true
			if leadOpen {
				lead = b.Len()
			}
		} else {
			leadOpen = leadOpen && b.Len() <= markerMax && onlyMarker(b.String())
			if strings.Trim(t, ".:;,-–—*_[]0123456789 ") != "" {
				sawPlain = true
			}
		}
	}
	var ends []int // where the text of the links that are open ends in "](…)"
	skip := map[int]int{}
	for i := 0; i < len(s); {
		if to, ok := skip[i]; ok {
			i = to
			continue
		}
		switch c := s[i]; c {
		case '\\':
			if i+1 < len(s) && isPunct(s[i+1]) {
				emit(s[i+1 : i+2])
				i += 2
				continue
			}
			emit(`\`)
			i++
		case '*', '_':
			n := 1
			for i+n < len(s) && s[i+n] == c {
				n++
			}
			if !delimiter(s, i, n) {
				emit(s[i : i+n])
				i += n
				continue
			}
			if n >= 2 {
				bold = 1 - bold
			}
			i += n
		case '`':
			i++
		case '<':
			end, tag := noClose.tag(s, i)
			if end < 0 {
				emit("<")
				i++
				continue
			}
			switch tag {
			case "b", "strong":
				bold = 1
			case "/b", "/strong":
				bold = 0
			case "br", "br/":
				b.WriteByte(' ')
			}
			i = end
		case '!':
			if i+1 < len(s) && s[i+1] == '[' {
				i++
				continue
			}
			emit("!")
			i++
		case '[':
			if mid, end := noClose.link(s, i); end > 0 {
				skip[mid] = end
				ends = append(ends, end)
				i++
				continue
			}
			emit("[")
			i++
		case '&':
			end := strings.IndexByte(s[i:min(len(s), i+12)], ';')
			if end > 1 {
				if t := html.UnescapeString(s[i : i+end+1]); t != s[i:i+end+1] {
					emit(t)
					i += end + 1
					continue
				}
			}
			emit("&")
			i++
		default:
			j := i + 1
			for j < len(s) && !inlineMark[s[j]] {
				j++
			}
			emit(s[i:j])
			i = j
		}
	}
	return b.String(), lead, sawBold && !sawPlain
}

// inlineMark are the bytes at which inline markup may begin, or the text of a link end.
var inlineMark = func() (t [256]bool) {
	for _, c := range []byte("\\*_`<![]&") {
		t[c] = true
	}
	return t
}()

// onlyMarker says whether s is the marker of a list item and nothing else.
func onlyMarker(s string) bool {
	s = strings.TrimSpace(s)
	m, ok := parseMarker(s)
	return s == "•" || ok && m.body == len(s)
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == 0xa0 }

func isPunct(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// delimiter says whether a run of n stars or underscores marks emphasis rather than standing for itself: it touches a
// word on exactly one side, or is at least two long and no blank line.
func delimiter(s string, i, n int) bool {
	before := i > 0 && s[i-1] != ' '
	after := i+n < len(s) && s[i+n] != ' '
	if !before && !after {
		return n >= 2
	}
	if s[i] == '_' && before && after {
		return isPunct(s[i-1]) || isPunct(s[i+n])
	}
	return n <= 3
}

// closers answers where the next closing character is without ever scanning a stretch twice.
type closers struct{ gt, mid, paren int }

// tag gives the end and lower-case name of the HTML tag or comment that begins at i; -1 where none does.
func (c *closers) tag(s string, i int) (end int, name string) {
	if i+1 >= len(s) {
		return -1, ""
	}
	if x := s[i+1]; x != '/' && x != '!' && (x|0x20 < 'a' || x|0x20 > 'z') {
		return -1, ""
	}
	if c.gt <= i {
		c.gt = indexFrom(s, i, ">")
	}
	if c.gt >= len(s) {
		return -1, ""
	}
	inner := s[i+1 : c.gt]
	if len(inner) > 2000 {
		return -1, ""
	}
	if f := strings.Fields(inner); len(f) > 0 {
		name = strings.ToLower(f[0])
	}
	return c.gt + 1, name
}

// link gives the place of "](" and the end of the link or reference whose text begins at i; 0, 0 where none does.
func (c *closers) link(s string, i int) (mid, end int) {
	if c.mid <= i {
		c.mid = indexFrom(s, i, "](")
	}
	if c.mid >= len(s) || c.mid-i > 1000 {
		return 0, 0
	}
	if c.paren <= c.mid {
		c.paren = indexFrom(s, c.mid, ")")
	}
	if c.paren >= len(s) || c.paren > c.mid+2000 {
		return 0, 0
	}
	depth := 0
	for j := c.mid + 1; j < len(s) && j < c.mid+2000; j++ {
		switch s[j] {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return c.mid, j + 1
			}
		}
	}
	return 0, 0
}

func indexFrom(s string, i int, sub string) int {
	if j := strings.Index(s[i:], sub); j >= 0 {
		return i + j
	}
	return len(s)
}
