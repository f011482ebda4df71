package text

import (
	"bytes"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainBlocks turns plain text into blocks. A line end is soft, and joined, where the next word would not have fitted on the
// line; otherwise it was meant, and the next line stands on its own.
func plainBlocks(s string, w *warnings) []block {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(strings.ReplaceAll(lines[i], "\t", "    "), " \u00a0\v")
	}
	lines = dropPageNumbers(lines, w)
	return unflatten(reflow(lines, wrapWidth(lines)), w)
}

// wrapWidth estimates the column at which the text was wrapped; a huge number where it was not. Lines beyond the
// estimate (a long URL, a table) do not disturb it: the width is that of the 98th percentile of the lines that are not short.
func wrapWidth(lines []string) int {
	var widths []int
	for _, l := range lines {
		if n := utf8.RuneCountInString(l); n >= 40 {
			widths = append(widths, n)
		}
	}
	if len(widths) == 0 || len(widths) == 1 && (widths[0] < 60 || widths[0] > 100) {
		return 1 << 30
	}
	sort.Ints(widths)
	width := widths[len(widths)*98/100]
	if width < 50 || width > 200 {
		return 1 << 30
	}
	return width
}

// reflow joins the lines of each paragraph.
func reflow(lines []string, width int) []block {
	var out []block
	hyphens := newHyphens(lines)
	for i := 0; i < len(lines); {
		if strings.TrimSpace(lines[i]) == "" {
			i++
			continue
		}
		j := i
		for j < len(lines) && strings.TrimSpace(lines[j]) != "" {
			j++
		}
		out = append(out, paragraph(lines[i:j], width, hyphens)...)
		i = j
	}
	return out
}

// paragraph turns the lines between two blank lines into one block, or several where line ends were meant.
func paragraph(lines []string, width int, hy *hyphens) []block {
	marks := make([]marker, len(lines))
	has := make([]bool, len(lines))
	next := map[candidate]int{} // last line on which a marker stands
	for i, l := range lines {
		marks[i], has[i] = parseMarker(strings.TrimLeft(l, " "))
		for _, c := range marks[i].cands {
			if has[i] && c.style != bullet {
				next[c] = i
			}
		}
	}
	seen := map[candidate]bool{}
	var out []block
	var cur []byte
	flush := func() {
		if len(cur) > 0 {
			out = append(out, block{text: string(cur), tight: len(out) > 0})
			cur = cur[:0]
		}
	}
	for i, l := range lines {
		l = strings.TrimLeft(l, " ")
		if i > 0 && softBreak(lines[i-1], l, width) && !listBreak(lines[i-1], marks[i], has[i], i, seen, next) {
			cur = hy.join(cur, l)
		} else {
			flush()
			cur = append(cur, l...)
		}
		for _, c := range marks[i].cands {
			if has[i] {
				seen[c] = true
			}
		}
	}
	flush()
	return out
}

// softBreak says whether the line end between prev and next only wraps the text.
func softBreak(prev, next string, width int) bool {
	if width >= 1<<30 {
		return continues(prev, next)
	}
	word, _, _ := strings.Cut(next, " ")
	return utf8.RuneCountInString(prev)+1+utf8.RuneCountInString(word) > width || continues(prev, next)
}

// continues says whether a short line plainly goes on in the next: it ends within a sentence and the next begins in lower case.
func continues(prev, next string) bool {
	last, _ := utf8.DecodeLastRuneInString(prev)
	first, _ := utf8.DecodeRuneInString(next)
	if word := prev[strings.LastIndexByte(prev, ' ')+1:]; openWord[word] && len(prev) > 24 && firstWordLong(next) {
		return true
	}
	if allCaps(prev) && allCaps(next) && len(next) > 3 {
		first, _, _ := strings.Cut(strings.ToLower(next), " ")
		return smallWord[first] || openWord[strings.ToLower(prev[strings.LastIndexByte(prev, ' ')+1:])]
	}
	return unicode.IsLower(first) && (unicode.IsLower(last) || last == '-' || last == ',') && len(prev) > 24 && firstWordLong(next)
}

// openWord are words that no line ends with unless it was wrapped there.
var openWord = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("the of a an by for from in into to with under its their this de la le les du des à aux el los las del al por para con da do das dos na no em") {
		m[w] = true
	}
	return m
}()

// firstWordLong keeps "a." and "i)" from passing for the continuation of a sentence.
func firstWordLong(s string) bool {
	word, _, _ := strings.Cut(s, " ")
	_, ok := parseMarker(s)
	return !ok && len(word) > 0
}

// listBreak says whether a line that fills its width is nevertheless followed by a new list item: the sentence before it
// has ended, and its list goes on or has begun in the same paragraph.
func listBreak(prev string, m marker, ok bool, at int, seen map[candidate]bool, next map[candidate]int) bool {
	if !ok {
		return false
	}
	if m.cands[0].style == bullet {
		return true
	}
	prev = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(prev), " and"), " or")
	if prev == "" || !strings.ContainsRune(".;:。；：", lastRune(prev)) {
		return false
	}
	for _, c := range m.cands {
		if c.style == styleNone {
			continue
		}
		if seen[candidate{c.style, c.val - 1}] || next[candidate{c.style, c.val + 1}] > at {
			return true
		}
	}
	return false
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// hyphens decides whether a hyphen at a line end splits a word or belongs to it, from the other words of the same text.
type hyphens struct{ words map[string]bool }

func newHyphens(lines []string) *hyphens {
	hy := &hyphens{}
	for _, l := range lines {
		if strings.HasSuffix(l, "-") {
			hy.words = map[string]bool{}
			break
		}
	}
	if hy.words == nil {
		return hy
	}
	for _, l := range lines {
		for _, f := range strings.Fields(l) {
			if len(hy.words) < 1<<20 {
				hy.words[strings.ToLower(strings.Trim(f, ".,;:()[]“”\"'’"))] = true
			}
		}
	}
	return hy
}

// compound are first parts that keep their hyphen in treaty English when nothing else in the text decides.
var compound = map[string]bool{"non": true, "self": true, "cross": true, "well": true, "long": true, "short": true, "high": true,
	"low": true, "third": true, "state": true, "decision": true, "most": true, "arms": true, "co": true, "post": true, "vice": true}

// join adds a line to the paragraph, with a space, or without where a word was hyphenated or both sides are Chinese.
func (hy *hyphens) join(cur []byte, l string) []byte {
	last, _ := utf8.DecodeLastRune(cur)
	first := firstRune(l)
	if isHan(last) && isHan(first) {
		return append(cur, l...)
	}
	if last == '-' {
		tailOf := cur[max(0, len(cur)-64):]
		head := strings.ToLower(string(tailOf[bytes.LastIndexByte(tailOf, ' ')+1 : len(tailOf)-1]))
		head = strings.TrimLeft(head, "(“\"‘'")
		word, _, _ := strings.Cut(l[:min(len(l), 64)], " ")
		tail := strings.ToLower(strings.Trim(word, ".,;:()[]“”\"'’"))
		switch {
		case !unicode.IsLower(first):
			if keepsHyphen(cur[:len(cur)-1], first) {
				if hy.words[head+tail] && !hy.words[head+"-"+tail] { // a word in capitals
					cur = cur[:len(cur)-1]
				}
				return append(cur, l...)
			}
		case !unicode.IsLetter(lastRune(head)) || notSecond[tail]:
		case hy.words[head+"-"+tail], !hy.words[head+tail] && (compound[head] || strings.Contains(head, "-")):
			return append(cur, l...)
		default:
			return append(cur[:len(cur)-1], l...)
		}
	}
	return append(append(cur, ' '), l...)
}

// keepsHyphen says whether a hyphen at a line end, behind before, belongs to a number or name that goes on with first: "2024-" "2070",
// "CFC-" "11", "Guinea-" "Bissau".
func keepsHyphen(before []byte, first rune) bool {
	r, _ := utf8.DecodeLastRune(before)
	return unicode.IsDigit(first) && (unicode.IsDigit(r) || unicode.IsLetter(r)) || unicode.IsUpper(first) && unicode.IsLetter(r)
}

// notSecond are words after which a hyphen at the line end belongs to the first word alone ("short- and long-term").
var notSecond = map[string]bool{"and": true, "or": true, "to": true, "y": true, "o": true, "et": true, "ou": true, "e": true}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isHan(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// dropPageNumbers takes out lines that are only a number (or "- 5 -", "Page 5 of 10", "5/10") where at least three of them
// rise by one or two through the text. The paragraph they interrupt is joined again.
func dropPageNumbers(lines []string, w *warnings) []string {
	var at, val []int
	for i, l := range lines {
		if n := pageNumber(l); n > 0 {
			at, val = append(at, i), append(val, n)
		}
	}
	drop := map[int]bool{}
	for i := 0; i < len(at); {
		j := i + 1
		for j < len(at) && val[j] > val[j-1] && val[j] <= val[j-1]+2 && at[j] >= at[j-1]+10 {
			j++
		}
		if j-i >= 3 {
			for k := i; k < j; k++ {
				drop[at[k]] = true
			}
		}
		i = j
	}
	if len(drop) == 0 {
		return lines
	}
	w.addf("%d page numbers were left out", len(drop))
	out := make([]string, 0, len(lines))
	for i := 0; i < len(lines); i++ {
		if !drop[i] {
			out = append(out, strings.TrimPrefix(lines[i], "\f"))
			continue
		}
		k := i + 1
		for k < len(lines) && strings.TrimSpace(lines[k]) == "" {
			k++
		}
		for len(out) > 0 && strings.TrimSpace(out[len(out)-1]) == "" {
			out = out[:len(out)-1]
		}
		if k < len(lines) && len(out) > 0 && !midSentence(out[len(out)-1], lines[k]) {
			out = append(out, "")
		}
		i = k - 1
	}
	return out
}

// midSentence says whether next goes on with the sentence that prev leaves open.
func midSentence(prev, next string) bool {
	last, first := lastRune(strings.TrimSpace(prev)), firstRune(strings.TrimLeft(next, " \f"))
	return (unicode.IsLetter(last) || last == ',' || last == '-') && unicode.IsLower(first) && firstWordLong(strings.TrimLeft(next, " \f"))
}

func pageNumber(l string) int {
	if len(l) > 200 {
		return 0
	}
	s := strings.ToLower(strings.Trim(l, " \f-–—|"))
	if len(s) > 20 {
		return 0
	}
	s = strings.TrimSpace(strings.TrimPrefix(s, "page"))
	for _, sep := range []string{" of ", "/"} {
		if head, tail, ok := strings.Cut(s, sep); ok && digits(strings.TrimSpace(tail)) > 0 {
			s = strings.TrimSpace(head)
		}
	}
	if n := digits(s); n > 0 && n < 5000 {
		return n
	}
	return 0
}
