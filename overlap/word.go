package overlap

import (
	"unicode"
	"unicode/utf8"
)

// word is a word of a text: the hash of its lower-case letters and digits, and its bytes.
type word struct {
	hash       uint64
	start, end int32
}

const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// lowerASCII gives what an ASCII byte counts as: its lower case for letters and digits, 0 for what parts words.
var lowerASCII = func() (t [128]byte) {
	for c := range t {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) + 'a' - 'A'
		}
	}
	return t
}()

// appendWords appends the words of s. A word is a run of letters, digits and the marks on them; a Chinese or Japanese character is one by itself.
func appendWords(ws []word, s string) []word {
	h, start := uint64(fnvOffset), -1
	flush := func(end int) {
		if start >= 0 {
			ws = append(ws, word{mix(h), int32(start), int32(end)})
			h, start = fnvOffset, -1
		}
	}
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if l := lowerASCII[c]; l != 0 {
				if start < 0 {
					start = i
				}
				h = (h ^ uint64(l)) * fnvPrime
			} else if start >= 0 {
				flush(i)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana):
			flush(i)
			start, h = i, (h^uint64(r))*fnvPrime
			flush(i + n)
		case unicode.IsLetter(r), unicode.IsDigit(r), start >= 0 && unicode.IsMark(r):
			if start < 0 {
				start = i
			}
			h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
		default:
			flush(i)
		}
		i += n
	}
	flush(len(s))
	return ws
}

// mix spreads a hash over all its bits (the finalizer of SplitMix64).
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// GramWords is how many words a gram has.
const GramWords = 5

// gramBits is how many bits of a gram's hash count; the others say how rare it is while a join runs.
const gramBits = 58

// gram is the hash of five words in a row.
func gram(ws []word) uint64 {
	h := uint64(fnvOffset)
	for _, w := range ws[:GramWords] {
		h = mix(h*fnvPrime ^ w.hash)
	}
	return max(h&(1<<gramBits-1), 1) // 0 is no gram
}
