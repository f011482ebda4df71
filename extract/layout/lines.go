package layout

import (
	"sort"
	"strings"
	"unicode"
)

// fragments gathers the words of a page into runs on one line without a wide gap. Words keep the order of the file within a
// run, which for scripts from right to left is the order of reading.
func fragments(p *Page, page int) []*line {
	var out []*line
	var cur *line
	words := p.Words
	if p.OCR {
		words = level(p)
	}
	for i, w := range words {
		if w.Tilted || w.H() <= 0 || w.Text == "" {
			continue
		}
		if cur != nil && cur.continues(w) {
			cur.words = append(cur.words, w)
			cur.Box, cur.last = cur.Box.Union(w.Box), i
			continue
		}
		cur = &line{Box: w.Box, page: page, words: []Word{w}, cells: 1, first: i, last: i}
		out = append(out, cur)
	}
	return mergeRows(out)
}

// sameRow says whether two boxes stand on one line: they overlap in height by half of the lower one.
func sameRow(a, b Box) bool {
	over := min(a.Y1, b.Y1) - max(a.Y0, b.Y0)
	return over > 0.5*min(a.H(), b.H())
}

// gap is the distance between two boxes in a row; negative where they overlap.
func gap(a, b Box) float64 { return max(b.X0-a.X1, a.X0-b.X1) }

// continues says whether w goes on with the run: beside its last word, at most a wide blank away.
func (l *line) continues(w Word) bool {
	last := l.words[len(l.words)-1]
	return sameRow(last.Box, w.Box) && gap(last.Box, w.Box) < wideBlank*max(last.H(), w.H()) && gap(last.Box, w.Box) > -0.5*last.H()
}

// wideBlank is the width, in heights of the line, at which a blank may be the space between columns. Blanks in justified lines
// are narrower.
const wideBlank = 0.9

// mergeRows joins runs that the file gives apart though they stand side by side.
func mergeRows(in []*line) []*line {
	sort.SliceStable(in, func(i, j int) bool { return in[i].Y0 < in[j].Y0 })
	out := in[:0:0]
	for _, l := range in {
		joined := false
		for k := len(out) - 1; k >= 0 && k > len(out)-40; k-- {
			o := out[k]
			if o.Y1 < l.Y0-2*l.H() {
				break
			}
			if g := gap(o.Box, l.Box); sameRow(o.Box, l.Box) && g < wideBlank*min(o.H(), l.H()) && g > -0.3*min(o.H(), l.H()) {
				if l.X0 < o.X0 != rtl(l.words) {
					o.words = append(append([]Word{}, l.words...), o.words...)
				} else {
					o.words = append(o.words, l.words...)
				}
				o.Box = o.Box.Union(l.Box)
				o.first, o.last = min(o.first, l.first), max(o.last, l.last)
				joined = true
				break
			}
		}
		if !joined {
			out = append(out, l)
		}
	}
	return out
}

// rtl says whether most letters of the words are of a script from right to left.
func rtl(words []Word) bool {
	n := 0
	for _, w := range words {
		for _, c := range w.Text {
			switch {
			case c >= 0x590 && c <= 0x8ff || c >= 0xfb1d && c <= 0xfdff || c >= 0xfe70 && c <= 0xfeff:
				n++
			case unicode.IsLetter(c):
				n--
			}
		}
	}
	return n > 0
}

// finish makes the text of a line from its words: raised marks of notes are taken out.
func (l *line) finish() {
	l.size = typicalHeight(l.words)
	l.bold = true
	var b strings.Builder
	var prev *Word
	for i := range l.words {
		w := &l.words[i]
		if prev != nil && isMark(w.Text) && w.H() < 0.82*l.size && w.Y0+w.H()/2 < l.Y0+(l.Y1-l.Y0)*0.55 {
			l.marks = append(l.marks, raise{b.Len(), strings.Trim(w.Text, ".,;:()")})
			continue
		}
		if prev != nil && (!w.Glued || gap(prev.Box, w.Box) > 0.08*l.size) {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
		if !w.Bold && strings.IndexFunc(w.Text, unicode.IsLetter) >= 0 {
			l.bold = false
		}
		prev = w
	}
	l.text = b.String()
	if strings.IndexFunc(l.text, unicode.IsLetter) < 0 {
		l.bold = false
	}
	l.dots = strings.Contains(l.text, "....") || strings.Contains(l.text, ". . . .") || strings.Contains(l.text, "……")
}

// isMark says whether s can be the mark of a note.
func isMark(s string) bool {
	s = strings.Trim(s, ".,;:()")
	if s == "" || len(s) > 4 {
		return false
	}
	for _, c := range s {
		if !unicode.IsDigit(c) && !strings.ContainsRune("*†‡§", c) {
			return false
		}
	}
	return true
}

func typicalHeight(words []Word) float64 {
	var hs []float64
	for _, w := range words {
		for range min(len(w.Text), 20) {
			hs = append(hs, w.H())
		}
	}
	return median(hs)
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	v = append([]float64{}, v...)
	sort.Float64s(v)
	return v[len(v)/2]
}
