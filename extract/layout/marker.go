package layout

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/text"
)

// marker says whether a run is only the number, letter or bullet of what stands beside it.
func marker(l *line) bool {
	if len(l.words) > 2 {
		return false
	}
	var b strings.Builder
	for _, w := range l.words {
		b.WriteString(w.Text)
	}
	s := b.String()
	return len(s) <= 12 && text.Marked(s+" x") || len(s) <= 6 && (strings.HasSuffix(s, ".") || strings.HasSuffix(s, ")"))
}

// ends says whether a sentence, or an item of a list, may end with s.
func ends(s string) bool {
	s = strings.TrimRight(s, "”\"’')] ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".;:!?。；：؛؟", r)
}

// goesOn says whether s begins within a sentence.
func goesOn(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimLeft(s, "“\"‘'(["))
	return unicode.IsLower(r)
}
