package redaction

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// stream is a text as letters and digits alone, without case, accents, ligatures, hyphens and blanks: two ways of writing the same words give the
// same stream.
type stream struct {
	letters string
	at      []int  // byte of the text where the character of each byte of letters begins
	end     []int  // and ends
	first   []bool // whether a word begins at this byte of letters
	last    []bool // whether a word ends behind it
}

// folded makes the stream of a text.
func folded(s string) *stream {
	f := &stream{}
	var b strings.Builder
	inside := false
	shut := func() {
		if inside {
			f.last[len(f.last)-1] = true
		}
		inside = false
	}
	for i, r := range s {
		n := len(string(r))
		if r == unicode.ReplacementChar {
			n = 1
		}
		letters := foldRune(r)
		if letters == "" {
			if !unicode.In(r, unicode.Mn, unicode.Cf) { // an accent set apart and a soft hyphen do not end a word
				shut()
			}
			continue
		}
		for k := range len(letters) {
			f.at, f.end = append(f.at, i), append(f.end, i+n)
			f.first, f.last = append(f.first, !inside && k == 0), append(f.last, false)
		}
		b.WriteString(letters)
		inside = true
	}
	shut()
	f.letters = b.String()
	return f
}

// foldRune gives the letters and digits of a character; "" where it has none.
func foldRune(r rune) string {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return string(r)
	case r >= 'A' && r <= 'Z':
		return string(r + 'a' - 'A')
	case r < 0x80:
		return ""
	}
	var b strings.Builder
	for _, c := range norm.NFKD.String(string(r)) {
		if unicode.IsLetter(c) || unicode.IsNumber(c) {
			for _, l := range strings.ToLower(string(unicode.ToUpper(c))) { // the long s, the final sigma
				if !unicode.In(l, unicode.Mn) {
					b.WriteRune(l)
				}
			}
		}
	}
	return b.String()
}

// weight is how telling folded letters are: a character of a script with few per word counts for three.
func weight(s string) int {
	n := 0
	for _, r := range s {
		if r >= wordless {
			n += 3
		} else {
			n++
		}
	}
	return n
}

// wordless is where the scripts begin that write several words without blanks between.
const wordless = 0x2e80

// Weights.
const (
	inWord   = 5 // from here on a needle counts inside a longer word too
	telling  = 4 // a single word below this is found everywhere
	shortest = 3 // of a quote
)

// find gives the places of a needle (folded) in the stream, as ranges of the stream: where it is made of whole words, or stands within one.
func (f *stream) find(needle string) [][2]int {
	if needle == "" {
		return nil
	}
	var out [][2]int
	loose := weight(needle) >= inWord
	for from := 0; ; {
		i := strings.Index(f.letters[from:], needle)
		if i < 0 {
			return out
		}
		i += from
		j := i + len(needle)
		if (free(needle, true) || f.first[i]) && (free(needle, false) || f.last[j-1]) || loose && f.oneWord(i, j) {
			out = append(out, [2]int{i, j})
		}
		from = i + 1
	}
}

// free says whether a needle may begin, or end, within a word: in scripts that part no words.
func free(needle string, begin bool) bool {
	r, _ := utf8.DecodeLastRuneInString(needle)
	if begin {
		r, _ = utf8.DecodeRuneInString(needle)
	}
	return r >= wordless
}

// oneWord says whether bytes i to j of the stream are of one word.
func (f *stream) oneWord(i, j int) bool {
	for k := i + 1; k < j; k++ {
		if f.first[k] {
			return false
		}
	}
	return true
}

// bytes gives a range of the stream as a span of the text, grown to whole words; in scripts that part no words, as it is.
func (f *stream) bytes(i, j int) (start, end int) {
	if r, _ := utf8.DecodeRuneInString(f.letters[i:]); r < wordless {
		for i > 0 && !f.first[i] {
			i--
		}
	}
	if r, _ := utf8.DecodeLastRuneInString(f.letters[:j]); r < wordless {
		for j < len(f.last) && !f.last[j-1] {
			j++
		}
	}
	return f.at[i], f.end[j-1]
}

// cut gives the range of the stream that a span of the text covers.
func (f *stream) cut(start, end int) (i, j int) {
	i = sort.SearchInts(f.at, start)
	j = sort.SearchInts(f.at, end)
	return i, j
}

// words are the words of the stream with how often they stand in it.
func (f *stream) words() map[string]int {
	out := map[string]int{}
	from := 0
	for k := range f.last {
		if f.first[k] {
			from = k
		}
		if f.last[k] {
			out[f.letters[from:k+1]]++
		}
	}
	return out
}
