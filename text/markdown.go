package text

import (
	"strings"
	"unicode"
)

// markdownBlocks turns Markdown into blocks. Read: ATX and setext headings, lists and their depth, hard line breaks, rules,
// block quotes, tables with pipes, comments, code fences. Indented code does not occur in agreements and is read as text.
func markdownBlocks(s string) []block {
	var p mdParser
	comment := false
	for len(s) > 0 {
		l, rest, _ := strings.Cut(s, "\n")
		s = rest
		if comment {
			_, after, ok := strings.Cut(l, "-->")
			if !ok {
				continue
			}
			l, comment = after, false
		}
		if t := strings.TrimSpace(l); strings.HasPrefix(t, "<!--") {
			p.flush()
			_, after, ok := strings.Cut(t[4:], "-->")
			if !ok && strings.Contains(s, "-->") {
				comment = true
				continue
			}
			if l = after; strings.TrimSpace(l) == "" {
				continue
			}
		}
		p.line(l)
	}
	p.flush()
	return p.out
}

// mdParser gathers the lines of one block.
type mdParser struct {
	out     []block
	cur     []byte // text of the open paragraph or item
	open    block  // its hint and level
	tight   bool   // the next block follows without a blank line
	indents []int  // columns of the list items that are open
	fenced  bool
}

func (p *mdParser) flush() {
	if len(p.cur) == 0 {
		return
	}
	for i, part := range strings.Split(string(p.cur), "\n") {
		b := p.open
		var allBold bool
		b.text, b.lead, allBold = stripInline(part)
		if allBold && b.hint == hintNone && len(b.text) <= maxHeading {
			b.hint, b.level = hintHeading, boldLevel
		}
		b.tight = b.tight || i > 0
		if b.hint == hintItem && onlyMarker(b.text) || strings.Trim(b.text, "# ") == "" {
			continue // an empty item, left over from conversion, or "###" at the end of press releases
		}
		p.out = append(p.out, b)
	}
	p.cur, p.open = p.cur[:0], block{}
}

// boldLevel is the heading level of a line that is all bold: below any that is marked as heading.
const boldLevel = 7

// maxHeading is the longest line, in bytes, that may be a heading; the longest titles of agreements we know have 400.
const maxHeading = 500

func (p *mdParser) line(l string) {
	trimmed := strings.TrimFunc(l, unicode.IsSpace)
	switch {
	case strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~"):
		p.flush()
		p.fenced = !p.fenced
		return
	case trimmed == "":
		p.flush()
		p.tight = false
		return
	case strings.Trim(trimmed, "#") == "":
		p.flush()
		return
	case isRule(trimmed):
		if len(p.cur) > 0 && p.open.hint == hintNone && trimmed[0] != '*' && trimmed[0] != '_' && len(p.cur) <= maxHeading {
			p.open.hint, p.open.level = hintHeading, map[byte]int{'=': 1, '-': 2}[trimmed[0]]
		}
		p.flush()
		p.tight = false
		return
	}
	for strings.HasPrefix(trimmed, ">") {
		trimmed = strings.TrimSpace(trimmed[1:])
		l = trimmed
	}
	if n := len(trimmed) - len(strings.TrimLeft(trimmed, "#")); n >= 1 && n <= 6 && len(trimmed) > n && trimmed[n] == ' ' {
		p.flush()
		p.open = block{hint: hintHeading, level: n}
		p.cur = append(p.cur, strings.TrimRight(strings.TrimSpace(trimmed[n:]), "# ")...)
		p.flush()
		p.tight, p.indents = false, nil
		return
	}
	if strings.HasPrefix(trimmed, "|") && strings.HasSuffix(trimmed, "|") && len(trimmed) > 1 {
		p.flush()
		cells := strings.Split(strings.Trim(trimmed, "|"), "|")
		if strings.Trim(trimmed, "|-: ") == "" {
			return
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		p.open = block{tight: p.tight}
		p.cur = append(p.cur, strings.Join(cells, " | ")...)
		p.flush()
		p.tight = true
		return
	}
	if m, indent, ok := mdItem(l); ok && (len(p.cur) == 0 || p.open.hint == hintItem || m.cands[0].style == bullet || m.cands[0].val == 1) {
		p.flush()
		p.open = block{hint: hintItem, level: p.depth(indent), tight: p.tight && len(p.out) > 0}
		if m.cands[0].style == bullet {
			p.cur = append(p.cur, "• "...)
			trimmed = strings.TrimSpace(trimmed[1:])
		}
		p.tight = true
	} else if len(p.cur) == 0 {
		if indent := len(l) - len(strings.TrimLeft(l, " ")); indent < 2 {
			p.indents = p.indents[:0]
		}
		p.open.tight = p.tight && len(p.out) > 0
	}
	if len(p.cur) > 0 && p.cur[len(p.cur)-1] != '\n' && p.cur[len(p.cur)-1] != ' ' {
		p.cur = append(p.cur, ' ')
	}
	hard := strings.HasSuffix(l, "  ") || strings.HasSuffix(trimmed, `\`)
	p.cur = append(p.cur, strings.TrimSuffix(trimmed, `\`)...)
	if hard {
		p.cur = append(p.cur, '\n')
	}
}

// depth gives the list depth (1 outermost) of an item at this column.
func (p *mdParser) depth(indent int) int {
	for len(p.indents) > 0 && p.indents[len(p.indents)-1] > indent {
		p.indents = p.indents[:len(p.indents)-1]
	}
	if n := len(p.indents); (n == 0 || p.indents[n-1] < indent) && n < 16 {
		p.indents = append(p.indents, indent)
	}
	return len(p.indents)
}

// mdItem recognises a Markdown list item: a bullet or a number with a dot or bracket, not escaped, and a space.
func mdItem(l string) (m marker, indent int, ok bool) {
	t := strings.TrimLeft(l, " \u00a0")
	indent = len(l) - len(t)
	if len(t) < 3 || t[0] > '9' || t[0] == '(' || t[0] == '[' {
		return m, 0, false
	}
	m, ok = parseMarker(t)
	if !ok || t[0] >= '0' && m.cands[0].style != decDot && m.cands[0].style != decParen {
		return m, 0, false
	}
	return m, indent, m.body > len(m.num) || m.num == ""
}

func isRule(s string) bool {
	if len(s) < 3 {
		return false
	}
	return strings.Trim(s, s[:1]+" ") == "" && strings.Contains("-*_=", s[:1]) && strings.Count(s, s[:1]) >= 3
}
