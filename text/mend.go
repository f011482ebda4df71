package text

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// mendShort and mendGap are, in characters, how long a line must be to have been cut within its sentence: at a line end
// that stands between blank lines, the latter.
const (
	mendShort = 24
	mendGap   = 40
)

// typicalWidth is what most lines of a wrapped text measure, without indents; a huge number where the text is not wrapped.
// Unlike wrapWidth it is not led astray by the few long lines of a scan.
func typicalWidth(lines []string) int {
	var widths []int
	for _, l := range lines {
		if n := utf8.RuneCountInString(strings.TrimSpace(l)); n >= mendGap {
			widths = append(widths, n)
		}
	}
	if len(widths) < 2 {
		return 1 << 30
	}
	sort.Ints(widths)
	if w := widths[len(widths)*3/4]; w <= 120 {
		return w
	}
	return 1 << 30
}

// mendLines joins lines that a scan has cut within a sentence: before a capital where the line is long enough to have been
// wrapped, and across blank lines before a small letter. It is for text whose headings are marked by its format.
func mendLines(lines []string, width int) []string {
	out := make([]string, 0, len(lines))
	var open []string // the lines that make the last one that is not blank
	blanks := 0
	flush := func() {
		if len(open) > 0 {
			out = append(out, strings.Join(open, " "))
		}
		for ; blanks > 0; blanks-- {
			out = append(out, "")
		}
		open = open[:0]
	}
	prev := ""
	for _, l := range lines {
		t := strings.TrimSpace(l)
		if t == "" {
			blanks++
			continue
		}
		if len(open) > 0 && cutWithin(prev, t, width, blanks > 0) {
			open, blanks = append(open, t), 0
		} else {
			flush()
			open = append(open, l)
		}
		prev = t
	}
	flush()
	return out
}

// cutWithin says whether the sentence of prev goes on in next. blank says that blank lines stand between them.
func cutWithin(prev, next string, width int, blank bool) bool {
	if len(prev) < mendShort || allCaps(prev) || allCaps(next) && len(next) > 3 || recitalStart(next) || signatureOpener(next) {
		return false
	}
	if _, marked := parseMarker(next); marked {
		return false
	}
	end, _ := utf8.DecodeLastRuneInString(prev)
	word := prev[strings.LastIndexByte(prev, ' ')+1:]
	if !unicode.IsLower(end) || itemJoin[word] && endsOpen(strings.TrimSpace(prev[:len(prev)-len(word)])) {
		return false
	}
	first := firstRune(next)
	switch {
	case openWord[word]:
		return unicode.IsLetter(first)
	case blank:
		return len(prev) >= mendGap && unicode.IsLower(first)
	case unicode.IsUpper(first):
		return width < 1<<30 && utf8.RuneCountInString(prev)*10 >= width*6 && !capitalised(prev)
	}
	return false // the wrap width decides
}

// itemJoin are words between two items of a list.
var itemJoin = map[string]bool{"and": true, "or": true, "y": true, "o": true, "e": true, "et": true, "ou": true, "ni": true}
