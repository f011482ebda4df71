package layout

import (
	"math"
	"sort"
)

// atom is a run of lines that the file gives one after the other and that stand under each other: a paragraph, or a cell of a table.
// Programs write cell by cell and box by box; where lines stand beside each other the order of the file tells what belongs together.
type atom struct {
	Box
	lines []*line
}

// maxRuns is how many runs a page has at most where the order of the file is asked; the densest we know has 900. Beyond, places alone decide.
const maxRuns = 4000

// atoms gathers runs in the order of the file.
func atoms(frags []*line) []*atom {
	in := append([]*line{}, frags...)
	sort.SliceStable(in, func(i, j int) bool { return in[i].first < in[j].first })
	var out []*atom
	for _, l := range in {
		if n := len(out) - 1; n >= 0 && l.table == nil {
			if a := out[n]; a.goesOn(l) {
				a.lines, a.Box = append(a.lines, l), a.Box.Union(l.Box)
				continue
			}
		}
		out = append(out, &atom{l.Box, []*line{l}})
	}
	return out
}

// whole says whether the words of a run come one after the other in the file.
func (l *line) whole() bool { return l.last-l.first+1 == len(l.words) }

// goesOn says whether l is the next line of a: the next in the file, under its last line and aligned with it.
func (a *atom) goesOn(l *line) bool {
	last := a.lines[len(a.lines)-1]
	h := max(last.H(), l.H())
	return last.table == nil && last.whole() && l.whole() && l.first == last.last+1 &&
		l.Y0 > last.Y0+0.3*h && l.Y0-last.Y1 < 0.8*h && min(last.H(), l.H()) > 0.7*h &&
		allBold(last) == allBold(l) && aligned(last.Box, l.Box, 3*h)
}

func allBold(l *line) bool {
	for i := range l.words {
		if !l.words[i].Bold {
			return false
		}
	}
	return true
}

// aligned says whether two boxes overlap in width and begin at most indent apart, end at the same place, or have the same middle.
func aligned(a, b Box, indent float64) bool {
	return min(a.X1, b.X1) > max(a.X0, b.X0) &&
		(math.Abs(a.X0-b.X0) <= indent || math.Abs(a.X1-b.X1) <= 2 || math.Abs(a.X0+a.X1-b.X0-b.X1) <= 4)
}

// beside says whether two boxes stand side by side: they share height and no width.
func beside(a, b Box) bool {
	return min(a.Y1, b.Y1)-max(a.Y0, b.Y0) > 0.3*min(a.H(), b.H()) && gap(a, b) > 0
}

// letters is how many bytes of words it has.
func (a *atom) letters() int {
	n := 0
	for _, l := range a.lines {
		n += l.letters()
	}
	return n
}

func (l *line) letters() int {
	n := 0
	for i := range l.words {
		n += len(l.words[i].Text)
	}
	return n
}

// marker says whether an atom is a lone marker of a list.
func (a *atom) marker() bool {
	return len(a.lines) == 1 && a.lines[0].table == nil && marker(a.lines[0])
}
