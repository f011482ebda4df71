package layout

import (
	"strings"
	"unicode"

	"github.com/openassay/assay/text"
)

// note is a footnote that was set apart.
type note struct {
	mark  string
	page  int // index
	lines []*line
	refs  bool // referred to in the text
}

// notes sets the footnotes of each page apart: the lines at the foot of a column that begin with a mark and are set smaller
// than the text, or whose mark stands raised in the text of the page. Marks that belong to no note go back into the words.
func (b *builder) notes() {
	for i, ls := range b.lines {
		raised := map[string]bool{}
		for _, l := range ls {
			for _, m := range l.marks {
				raised[m.mark] = true
			}
		}
		var kept []*line
		for from := 0; from < len(ls); {
			to := from + 1
			for to < len(ls) && ls[to].region == ls[from].region {
				to++
			}
			foot := b.foot(ls[from:to], raised)
			kept = append(kept, ls[from:to-len(foot)]...)
			b.take(foot, i)
			from = to
		}
		b.lines[i] = kept
	}
	for _, ls := range b.lines {
		for _, l := range ls {
			l.restore(b.apart)
		}
	}
}

// foot gives the lines at the end of a column that are notes.
func (b *builder) foot(ls []*line, raised map[string]bool) []*line {
	first := -1
	for k := len(ls) - 1; k > 0 && k >= len(ls)-80; k-- {
		l := ls[k]
		if l.cells > 1 { // a row of a table
			break
		}
		small := l.size < 0.93*b.body
		mark, lifted := leadingMark(l)
		switch {
		case mark != "" && (raised[mark] || small && lifted) && (small || lifted):
			first = k
		case !small && !lifted:
			k = 0 // the text itself
		}
	}
	if first < 0 {
		return nil
	}
	return ls[first:]
}

// leadingMark is the mark of a note at the start of a line; lifted says that it is set smaller than what follows.
func leadingMark(l *line) (mark string, lifted bool) {
	if len(l.words) < 2 || !isMark(l.words[0].Text) {
		return "", false
	}
	w := l.words[0]
	return strings.Trim(w.Text, ".,;:()"), w.H() < 0.85*l.size
}

// take makes notes of lines.
func (b *builder) take(ls []*line, page int) {
	for _, l := range ls {
		mark, lifted := leadingMark(l)
		opened := len(b.apart) > 0 && b.apart[len(b.apart)-1].page == page && len(ls) > 0 && l != ls[0]
		if mark != "" && (!opened || lifted || follows(b.apart[len(b.apart)-1].mark, mark)) {
			l.text = strings.TrimLeftFunc(strings.TrimPrefix(l.text, l.words[0].Text), unicode.IsSpace)
			b.apart = append(b.apart, note{mark: mark, page: page, lines: []*line{l}})
			continue
		}
		if opened {
			n := &b.apart[len(b.apart)-1]
			n.lines = append(n.lines, l)
		}
	}
}

// follows says whether b is the number after a.
func follows(a, b string) bool { return number(a) >= 0 && number(b) == number(a)+1 }

func number(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 9999 {
			return -1
		}
		n = n*10 + int(c-'0')
	}
	if s == "" {
		return -1
	}
	return n
}

// restore puts raised marks of no note back into the words: powers, ordinals.
func (l *line) restore(notes []note) {
	kept := l.marks[:0]
	shift := 0
	for _, m := range l.marks {
		m.at += shift
		found := false
		for k := range notes {
			if notes[k].mark == m.mark && notes[k].page == l.page {
				notes[k].refs, found = true, true
			}
		}
		if found {
			kept = append(kept, m)
			continue
		}
		l.text = l.text[:m.at] + m.mark + l.text[m.at:]
		shift += len(m.mark)
	}
	l.marks = kept
}

// writeNotes appends the notes behind the text.
func (b *builder) writeNotes() {
	for i, n := range b.apart {
		var words []byte
		for _, l := range n.lines {
			words = b.join.Join(words, l.text)
		}
		b.res.Blocks = append(b.res.Blocks, text.Block{Text: "[" + n.mark + "] " + string(words), Note: i + 1, Tight: i > 0})
		b.res.Notes = append(b.res.Notes, text.Note{Mark: n.mark, Page: b.pages[n.page].Number})
	}
}
