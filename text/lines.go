package text

import "strings"

// splitLines splits text into lines without the blanks at their ends.
func splitLines(s string) []string {
	lines := strings.Split(strings.ReplaceAll(s, "\r", ""), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(strings.ReplaceAll(lines[i], "\t", " "), " \u00a0")
	}
	return lines
}
