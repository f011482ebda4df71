package text

import (
	"strings"
	"unicode"
)

// coverBlocks is how many paragraphs at the top of a text may repeat the title that its header gives.
const coverBlocks = 12

// maxTitle bounds a header's title that becomes part of the text.
const maxTitle = 500

// withTitle puts the title of a file's own header (YAML) before the text where the text's first lines do not repeat it: a
// title that can be pointed at must stand in the canonical text. A collection's own names for its texts are no titles.
func withTitle(src *source, title string) {
	if src.format != FormatMarkdown && src.format != FormatText || title == "" || len(title) > maxTitle {
		return
	}
	var top strings.Builder
	for i := 0; i < len(src.blocks) && i < coverBlocks && top.Len() < 4*maxTitle; i++ {
		top.WriteString(lettersOf(src.blocks[i].text[:min(len(src.blocks[i].text), 2*maxTitle)]))
	}
	if want := lettersOf(title); want == "" || strings.Contains(top.String(), want) || len(src.blocks) == 0 {
		return
	}
	src.blocks = append([]block{{text: title, hint: hintCover}}, src.blocks...)
}

// lettersOf keeps the letters and digits of s, in lower case.
func lettersOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
