package layout

import (
	"sort"
	"strings"
	"unicode"
)

const (
	minSlope = 0.0015 // a slope below it (a tenth of a degree) is not worth turning
	maxSlope = 0.12   // one above it (seven degrees) is no page that was laid askew
)

// level gives the words of a page that was recognised in an image where they would stand on a straight one, all words of a line with the height of its
// letters: else a long line of a page that was laid askew is higher than a short one, and one in which a letter reaches below the line is higher than one
// without. Only words that know their own ink can be turned; others are given as they are.
func level(p *Page) []Word {
	lines := inkLines(p.Words)
	slope, ok := slopeOf(lines, p.Words, p.Width)
	if !ok {
		slope = 0
	}
	out := append([]Word{}, p.Words...)
	for _, l := range lines {
		ws := out[l[0]:l[1]]
		for i := range ws {
			w := &ws[i]
			x, y := (w.Ink.X0+w.Ink.X1)/2-p.Width/2, (w.Ink.Y0+w.Ink.Y1)/2-p.Height/2
			w.Box = Box{w.Ink.X0 + slope*y, w.Ink.Y0 - slope*x, w.Ink.X1 + slope*y, w.Ink.Y1 - slope*x}
		}
		top, bottom := letters(ws)
		for i := range ws {
			ws[i].Y0, ws[i].Y1 = top, bottom
		}
	}
	return out
}

// letters is where the letters of a line stand, from above its capitals to below what hangs down, whichever letters there are in it. Lines of other
// scripts than Latin, Greek and Cyrillic have the height of their ink.
func letters(ws []Word) (top, bottom float64) {
	var tops, bases []float64
	plain := false
	box := ws[0].Box
	for i := range ws {
		w := &ws[i]
		box = box.Union(w.Box)
		high, hangs, other := false, false, false
		for _, c := range w.Text {
			high = high || unicode.IsUpper(c) || unicode.IsDigit(c) || strings.ContainsRune("bdfhklt", c)
			hangs = hangs || strings.ContainsRune("gjpqy,;()[]{}|/QÇç", c)
			other = other || unicode.IsLetter(c) && !unicode.In(c, unicode.Latin, unicode.Greek, unicode.Cyrillic)
		}
		if other {
			plain = true
		}
		if high {
			tops = append(tops, w.Y0)
		}
		if !hangs && strings.IndexFunc(w.Text, unicode.IsLetter) >= 0 {
			bases = append(bases, w.Y1)
		}
	}
	if plain || len(tops) == 0 || len(bases) == 0 {
		return box.Y0, box.Y1
	}
	t, base := median(tops), median(bases)
	if base-t < box.H()/3 {
		return box.Y0, box.Y1
	}
	return t - 0.1*(base-t), base + 0.3*(base-t)
}

// inkLines are the first and the end of the words of each line, as they were recognised: words of one line have one height.
func inkLines(ws []Word) (out [][2]int) {
	for i := 0; i < len(ws); {
		j := i
		for j < len(ws) && ws[j].Ink != nil && ws[j].Y0 == ws[i].Y0 && ws[j].Y1 == ws[i].Y1 {
			j++
		}
		if j > i {
			out = append(out, [2]int{i, j})
		}
		i = max(j, i+1)
	}
	return out
}

// slopeOf is by how much the lines of a page fall for each point to the right: the middle of the slopes of its long lines. ok is false where there are
// too few to tell, or nothing is to be turned.
func slopeOf(lines [][2]int, words []Word, width float64) (slope float64, ok bool) {
	var all []float64
	for _, l := range lines {
		ws := words[l[0]:l[1]]
		if len(ws) < 4 || ws[len(ws)-1].Ink.X1-ws[0].Ink.X0 < width/4 {
			continue
		}
		var n, sx, sy, sxx, sxy float64
		for _, w := range ws {
			x, y := (w.Ink.X0+w.Ink.X1)/2, (w.Ink.Y0+w.Ink.Y1)/2
			n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
		}
		if d := n*sxx - sx*sx; d > 0 {
			all = append(all, (n*sxy-sx*sy)/d)
		}
	}
	if len(all) < 3 {
		return 0, false
	}
	sort.Float64s(all)
	slope = all[len(all)/2]
	return slope, slope > minSlope && slope < maxSlope || slope < -minSlope && slope > -maxSlope
}
