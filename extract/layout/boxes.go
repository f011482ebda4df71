package layout

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// stack is atoms that the file gives one after the other, each under the one before it: a column, a box, a caption.
type stack struct {
	atom
	atoms []*atom
}

// stacks gathers atoms in the order of the file.
func stacks(frags []*line) []*stack {
	var out []*stack
	for _, a := range atoms(frags) {
		if n := len(out) - 1; n >= 0 {
			s := out[n]
			last, first := s.lines[len(s.lines)-1], a.lines[0]
			h := max(last.words[0].H(), first.words[0].H())
			over := min(s.X1, a.X1) - max(s.X0, a.X0)
			if first.first == last.last+1 && a.Y0 > last.Y1-0.3*h && a.Y0-last.Y1 < 3*h && over > 0.6*min(s.W(), a.W()) {
				s.atoms, s.lines, s.Box = append(s.atoms, a), append(s.lines, a.lines...), s.Box.Union(a.Box)
				continue
			}
		}
		out = append(out, &stack{atom{a.Box, append([]*line{}, a.lines...)}, []*atom{a}})
	}
	return out
}

// maxBoxes bounds how many boxes of a part are taken out.
const maxBoxes = 12

// unbox takes boxes and captions that stand beside a text, and of blocks that stand side by side the second, out of the part of
// a page: they come before the paragraph beside which they begin, so that no line of theirs falls between its lines.
func unbox(frags []*line, depth int) [][]*line {
	if depth >= maxBoxes || len(frags) < 4 {
		return [][]*line{frags}
	}
	box, _, cut := findBox(frags)
	if box == nil {
		return [][]*line{frags}
	}
	mine := map[*line]bool{}
	for _, l := range box.lines {
		mine[l], l.boxed = true, true
		for _, c := range l.table {
			c.boxed = true
		}
	}
	var rest []*line
	for _, f := range frags {
		if !mine[f] {
			rest = append(rest, f)
		}
	}
	up, down := above(rest, cut)
	out := append(bands(up, box, depth), box.lines)
	return append(out, bands(down, box, depth)...)
}

// bands reads what stands above or below a box's place, and keeps lines beside it, which are shorter, apart from those that are not.
func bands(frags []*line, box *stack, depth int) (out [][]*line) {
	if len(frags) == 0 {
		return nil
	}
	for _, part := range unbox(frags, depth+1) {
		top, rest := above(part, box.Y0)
		middle, bottom := above(rest, box.Y1)
		for _, p := range [][]*line{top, middle, bottom} {
			if len(p) > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}

// findBox gives the smallest box beside which other lines stand, these lines with what stands above and below them, and the height down
// to which they are read before it; nil where there is none.
func findBox(frags []*line) (box, text *stack, cut float64) {
	if len(frags) > maxRuns {
		return nil, nil, 0
	}
	ss := stacks(frags)
	for _, s := range ss {
		o := s.neighbour(ss)
		if o == nil {
			continue
		}
		a, b := s.column(o, ss), o.column(s, ss)
		if b.letters() < a.letters() {
			a, b = b, a
		}
		if (box == nil || a.letters() < box.letters()) && a.alone(frags) {
			box, text = a, b
		}
	}
	if box == nil {
		return nil, nil, 0
	}
	if cut, ok := alike(box, text); ok {
		return box, text, cut
	}
	for i, a := range text.atoms {
		switch {
		case a.Y1 <= box.Y0:
		case i == 0 && goesOn(a.lines[0].words[0].Text): // from the page before
			return box, text, a.Y1
		default:
			return box, text, paragraphTop(a, ss, box)
		}
	}
	return box, text, text.Y1
}

// paragraphTop is where the paragraph begins that goes on with a.
func paragraphTop(a *atom, ss []*stack, box *stack) float64 {
	for range maxBoxes {
		var prev *atom
		for _, s := range ss {
			for _, p := range s.atoms {
				if p != a && !slices.Contains(box.atoms, p) && p.Y1 < a.Y1 && p.Y0 < a.Y0 && min(p.X1, a.X1) > max(p.X0, a.X0) && (prev == nil || p.Y1 > prev.Y1) {
					prev = p
				}
			}
		}
		if prev == nil || !interrupted(prev, a) {
			break
		}
		a = prev
	}
	return a.Y0
}

// interrupted says whether a sentence goes on from a to b.
func interrupted(a, b *atom) bool {
	last := a.lines[len(a.lines)-1]
	if b.Y0-last.Y1 >= last.H() || allBold(last) {
		return false
	}
	for i := len(last.words) - 1; i >= 0; i-- {
		word, _, _ := strings.Cut(last.words[i].Text, "[") // marks of notes behind the sentence
		if word != "" {
			return !ends(word) && strings.ContainsFunc(word, unicode.IsLetter)
		}
	}
	return false
}

// wraps says whether what stands left and right of x is a box and a text that goes on beneath it, and no columns.
func wraps(frags []*line, x float64) bool {
	box, text, _ := findBox(frags)
	if box == nil {
		return false
	}
	for _, a := range text.atoms {
		beside, across := false, false
		for _, l := range a.lines {
			switch side(l, x) {
			case 0:
				across = across || l.Y0 > box.Y0
			default:
				beside = true
			}
		}
		if beside && across {
			return true
		}
	}
	return false
}

// alike says whether a box and the text beside it are two blocks that stand side by side, as addresses and signatures do, and the height
// at which the left one is read to its end.
func alike(box, text *stack) (float64, bool) {
	first, last, letters := -1, -1, 0
	for i, l := range text.lines {
		if y := (l.Y0 + l.Y1) / 2; y > box.Y0 && y < box.Y1 {
			if first < 0 || l.Y0 < text.lines[first].Y0 {
				first = i
			}
			if last < 0 || l.Y1 > text.lines[last].Y1 {
				last = i
			}
			letters += l.letters()
		}
	}
	if first < 0 || 2*box.letters() < letters {
		return 0, false
	}
	left := box.X1 < text.lines[first].X0
	for n, a := range text.atoms {
		if left && a.lines[0] == text.lines[first] {
			return a.Y0, true
		}
		if !left && gap(a.Box, box.Box) > 0 && (n+1 == len(text.atoms) || !interrupted(a, text.atoms[n+1])) && slices.Contains(a.lines, text.lines[last]) {
			return a.Y1, true
		}
	}
	return 0, false
}

// column gives s with the stacks above and below it that stand beside o too.
func (s *stack) column(o *stack, ss []*stack) *stack {
	in := []*stack{s}
	b := s.Box
	for grown := true; grown; {
		grown = false
		for _, n := range ss {
			if n == o || slices.Contains(in, n) || gap(n.Box, o.Box) <= 0 && n.linesBeside(o) <= 0 {
				continue
			}
			over, h := min(n.X1, b.X1)-max(n.X0, b.X0), n.lines[0].words[0].H()
			if over > 0.5*min(n.W(), b.W()) && n.Y0-b.Y1 < 3*h && b.Y0-n.Y1 < 3*h {
				in, b, grown = append(in, n), b.Union(n.Box), true
			}
		}
	}
	slices.SortStableFunc(in, func(x, y *stack) int { return cmp.Compare(x.Y0, y.Y0) })
	out := &stack{atom: atom{Box: b}}
	for _, n := range in {
		out.atoms, out.lines = append(out.atoms, n.atoms...), append(out.lines, n.lines...)
	}
	slices.SortStableFunc(out.atoms, func(x, y *atom) int { return cmp.Compare(x.Y0, y.Y0) })
	return out
}

// alone says whether no other line stands in s.
func (s *stack) alone(frags []*line) bool {
	for _, f := range frags {
		x, y := (f.X0+f.X1)/2, (f.Y0+f.Y1)/2
		if x > s.X0 && x < s.X1 && y > s.Y0 && y < s.Y1 && !slices.Contains(s.lines, f) {
			return false
		}
	}
	return true
}

// neighbour gives the stack beside s with which its lines would be mixed; nil where there is none, or where they are columns of a table.
func (s *stack) neighbour(ss []*stack) *stack {
	var best *stack
	for _, o := range ss {
		if o == s {
			continue
		}
		n := o.linesBeside(s)
		if n < 0 {
			return nil // stands in it, not beside it
		}
		if n >= 2 && (best == nil || o.letters() > best.letters()) {
			best = o
		}
	}
	if best == nil || s.height() < 2 || numeric(s) || numeric(best) {
		return nil
	}
	return best
}

// linesBeside counts the lines of s that stand beside o; -1 where one stands in it.
func (s *stack) linesBeside(o *stack) int {
	n := 0
	for _, l := range s.lines {
		if y := (l.Y0 + l.Y1) / 2; l.table == nil && (y < o.Y0 || y > o.Y1) || l.table != nil && min(l.Y1, o.Y1) <= max(l.Y0, o.Y0) {
			continue
		}
		if gap(l.Box, o.Box) < 0.3*l.words[0].H() {
			return -1
		}
		n += max(1, len(l.table))
	}
	return n
}

// height counts the lines of a stack.
func (s *stack) height() int {
	n := 0
	for _, l := range s.lines {
		n += max(1, len(l.table))
	}
	return n
}

// numeric says whether most lines of a stack hold more digits than letters, as the column of a table does.
func numeric(s *stack) bool {
	n := 0
	for _, l := range s.lines {
		digits := 0
		for i := range l.words {
			for _, c := range l.words[i].Text {
				switch {
				case unicode.IsDigit(c):
					digits++
				case unicode.IsLetter(c):
					digits--
				}
			}
		}
		if digits > 0 {
			n++
		}
	}
	return 2*n > len(s.lines)
}
