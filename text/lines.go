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

// filingText gives the plain text within a filing to the United States' Securities and Exchange Commission: what stands
// after <TEXT>, without the lines that are only a tag (<PAGE>, <TABLE>, <S> <C>).
func filingText(s string) string {
	if _, after, ok := strings.Cut(s, "<TEXT>"); ok {
		s = after
	}
	var b strings.Builder
	b.Grow(len(s))
	for len(s) > 0 {
		var l string
		l, s, _ = strings.Cut(s, "\n")
		if t := strings.TrimSpace(l); len(t) < 200 && strings.HasPrefix(t, "<") && strings.HasSuffix(t, ">") {
			l = ""
		}
		b.WriteString(l)
		b.WriteByte('\n')
	}
	return b.String()
}
