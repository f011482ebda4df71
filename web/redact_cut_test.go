package web

import (
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// A stretch with a box of its own never cuts a letter in two: à ends with a byte that alone would be a blank, and so does م.
func TestStretchesAreOfWholeLetters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringOfN(rapid.RuneFrom([]rune("aà م…Å中.\n\u00a0\u0085")), 0, 30, -1).Draw(t, "text")
		for _, c := range sentences(s, 0, len(s)) {
			if part := s[c[0]:c[1]]; part == "" || !utf8.ValidString(part) {
				t.Fatalf("%q gives %q", s, part)
			}
		}
	})
}
