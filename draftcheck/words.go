package draftcheck

import (
	"strconv"
	"strings"
)

// count writes a number with its noun: "1 gap", "3 gaps".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return strconv.Itoa(n) + " " + many
}

// enumerate writes a list: "a, b and c".
func enumerate(s []string) string {
	switch len(s) {
	case 0:
		return ""
	case 1:
		return s[0]
	}
	return strings.Join(s[:len(s)-1], ", ") + " and " + s[len(s)-1]
}

// plain is a code as it reads.
func plain(code string) string { return strings.ReplaceAll(code, "_", " ") }

// sentence begins with a capital.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
