package edit

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold is s in lower case, without accents, with single blanks: what typed words are compared by.
func fold(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r) || r == '\u200b' || r == '\ufeff':
		case unicode.IsSpace(r):
			blank = b.Len() > 0
		default:
			if blank {
				b.WriteByte(' ')
				blank = false
			}
			b.WriteRune(unicode.ToLower(plainMark(r)))
		}
	}
	return b.String()
}

// plainMark gives the marks that keyboards and word processors vary one form.
func plainMark(r rune) rune {
	switch r {
	case '‘', '’', 'ʼ', '´', '`':
		return '\''
	case '‐', '‑', '‒', '–', '—', '−':
		return '-'
	case '∼', '〜', '≈':
		return '~'
	}
	return r
}

// after is what follows the first of the beginnings that s has as whole words.
func after(s string, beginnings ...string) (rest string, ok bool) {
	for _, b := range beginnings {
		if r, found := strings.CutPrefix(s, b); found && (r == "" || strings.HasSuffix(b, "'") || !isWord(rune(r[0])) || !isWord(rune(b[len(b)-1]))) {
			return strings.TrimSpace(r), true
		}
	}
	return s, false
}

func isWord(r rune) bool { return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80 }
