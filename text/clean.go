package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// warnings gathers what was noticed, without repeats and bounded, so that a hostile text cannot make it large.
type warnings struct {
	list []string
	seen map[string]bool
	more int
}

const maxWarnings = 50

func (w *warnings) addf(format string, args ...any) {
	if len(w.list) == maxWarnings {
		w.more++
		return
	}
	s := fmt.Sprintf(format, args...)
	if w.seen[s] {
		return
	}
	if w.seen == nil {
		w.seen = map[string]bool{}
	}
	w.seen[s] = true
	w.list = append(w.list, s)
}

func (w *warnings) all() []string {
	if w.more > 0 {
		return append(w.list, fmt.Sprintf("and %d more warnings", w.more))
	}
	return w.list
}

// isBidi says whether r directs the order of display: such characters can make a text read other than it is.
func isBidi(r rune) bool {
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f || r == 0x061c
}

// invisible says whether r is left out of canonical text: controls, byte-order marks, zero-width spaces, soft hyphens,
// and private-use characters, which are the bullets of symbol fonts.
func invisible(r rune) bool {
	return unicode.IsControl(r) || isBidi(r) || r == 0x200b || r == 0x2060 || r == 0xfeff || r == 0x00ad || r >= 0xe000 && r <= 0xf8ff
}

// tidy gives s in NFC on one line, with single spaces, without invisible characters.
func tidy(s string) string { return tidyWarn(s, nil) }

func tidyWarn(s string, w *warnings) string {
	if plainASCII(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for i := 0; i < len(s); {
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		i += size
		switch {
		case r == ' ' || r == '\n' || r == '\t' || r == '\f' || r == '\v' || r == '\r' || r == 0xa0 || r > 0x85 && unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case r < utf8.RuneSelf && r >= 0x20 && r != 0x7f:
		case invisible(r):
			if w != nil && isBidi(r) {
				w.addf("characters that change the direction of writing were left out")
			}
			continue
		case r == utf8.RuneError && w != nil:
			w.addf("the text holds replacement characters (U+FFFD): something was lost before it came here")
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	out := b.String()
	if !norm.NFC.IsNormalString(out) {
		out = norm.NFC.String(out)
	}
	return out
}

// plainASCII says whether tidy would leave s as it is; most lines are such.
func plainASCII(s string) bool {
	if s == "" {
		return true
	}
	if s[0] == ' ' || s[len(s)-1] == ' ' {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] < 0x20 || s[i] >= 0x7f || s[i] == ' ' && s[i-1] == ' ' {
			return false
		}
	}
	return true
}
