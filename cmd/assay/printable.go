package main

import (
	"strings"
	"unicode"
)

// printable is a text from outside as it may stand on a terminal, on one line: control characters and marks that turn the direction of
// writing are shown as what they are.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t', r == '\r':
			return ' '
		case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x061c:
			return '�'
		}
		return r
	}, s)
}
