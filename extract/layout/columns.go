package layout

import (
	"math"
	"slices"
	"sort"
)

// order gives the runs of a page as lines in the order of reading. Where columns stand side by side, each is read to its end
// before the next; what spans them ends them. Runs that stand in a row without being columns are cells of a table.
func order(frags []*line, known []float64, region *int) []*line {
	if len(frags) == 0 {
		return nil
	}
	var out []*line
	for _, part := range split(frags, known, 0) {
		for _, sub := range unbox(part, 0) {
			*region++
			col := around(sub)
			for _, l := range rows(sub) {
				if l.table == nil {
					l.col, l.region = col, *region
					out = append(out, l)
					continue
				}
				*region++
				for _, c := range l.table {
					c.col, c.region = l.Box, *region
				}
				out = append(out, l.table...)
				*region++
			}
		}
	}
	return out
}

func around(frags []*line) Box {
	b := frags[0].Box
	for _, f := range frags[1:] {
		b = b.Union(f.Box)
	}
	return b
}

// maxColumns bounds how often a page is cut.
const maxColumns = 6

// split cuts frags into parts to be read one after the other.
func split(frags []*line, known []float64, depth int) [][]*line {
	if depth < maxColumns && len(frags) >= 4 {
		for _, x := range known {
			if gutterScore(frags, around(frags), x, true) > 0 && !wraps(frags, x) {
				return cut(frags, x, known, depth)
			}
		}
	}
	if depth < maxColumns && len(frags) >= 2*columnLines {
		if x, ok := gutter(frags); ok && !wraps(frags, x) {
			return cut(frags, x, known, depth)
		}
	}
	return [][]*line{frags}
}

// common gives the gutters that several pages have at the same place: there the columns of the document are, also on pages whose lines
// alone would not tell, such as those full of headings or signatures.
func common(pages [][]*line) []float64 {
	var found []float64
	for _, frags := range pages {
		if len(frags) >= 2*columnLines {
			if x, ok := gutter(frags); ok {
				found = append(found, x)
			}
		}
	}
	sort.Float64s(found)
	var out []float64
	for i := 0; i < len(found); {
		j := i
		for j < len(found) && found[j]-found[i] < gutterWander {
			j++
		}
		if n := j - i; n >= 2 && n*5 >= len(pages) {
			out = append(out, found[(i+j)/2])
		}
		i = j
	}
	return out
}

// gutterWander is how far, in points, the gutters of a document's pages may be apart.
const gutterWander = 15

// columnLines is how many lines each of two columns must have.
const columnLines = 4

// gutter finds the place between two columns: a vertical strip that few runs cross, with runs on both sides that fill their
// side as lines of prose do, and stand at the same height.
func gutter(frags []*line) (float64, bool) {
	b := around(frags)
	if b.W() < 100 {
		return 0, false
	}
	var edges []float64
	for _, f := range frags {
		edges = append(edges, f.X1)
	}
	sort.Float64s(edges)
	best, bestScore := 0.0, 0.0
	for i, x := range edges {
		if i > 0 && x-edges[i-1] < 0.5 || x < b.X0+0.15*b.W() || x > b.X1-0.15*b.W() {
			continue
		}
		if s := gutterScore(frags, b, x+0.5, false); s > bestScore {
			best, bestScore = x+0.5, s
		}
	}
	if bestScore == 0 {
		return 0, false
	}
	return middle(frags, best), true
}

// middle is the middle of the gutter near x.
func middle(frags []*line, x float64) float64 {
	left, right := math.Inf(-1), math.Inf(1)
	for _, f := range frags {
		switch side(f, x) {
		case -1:
			left = max(left, f.X1)
		case 1:
			right = min(right, f.X0)
		}
	}
	if left < right && !math.IsInf(left, 0) && !math.IsInf(right, 0) {
		return (left + right) / 2
	}
	return x
}

// overhang is how far, in points, a line may stick out over the middle of a gutter, as hanging hyphens do.
const overhang = 4

// side says whether a run stands left (-1) or right (1) of x, or crosses it.
func side(f *line, x float64) int {
	switch {
	case f.X1 <= x+overhang:
		return -1
	case f.X0 >= x-overhang:
		return 1
	}
	return 0
}

// gutterScore is 0 where no columns stand left and right of x, else larger the better. known says that the document has columns there.
func gutterScore(frags []*line, b Box, x float64, known bool) float64 {
	var left, right, cross []*line
	for _, f := range frags {
		switch side(f, x) {
		case -1:
			left = append(left, f)
		case 1:
			right = append(right, f)
		default:
			cross = append(cross, f)
		}
	}
	if known && len(left) >= 2 && len(right) >= 2 && len(cross) <= min(len(left), len(right)) {
		return 1
	}
	if len(left) < columnLines || len(right) < columnLines || len(cross) > min(len(left), len(right)) {
		return 0
	}
	lb, rb := around(left), around(right)
	facing := min(lb.Y1, rb.Y1) - max(lb.Y0, rb.Y0)
	h := typicalLine(frags)
	if facing < columnLines*h || rb.X0-lb.X1 < 0.3*h {
		return 0
	}
	l, r := prose(left, lb), prose(right, rb)
	if !(l && r) && !((l || r) && len(within(cross, max(lb.Y0, rb.Y0), min(lb.Y1, rb.Y1))) <= 2 && uneven(left, right)) {
		return 0
	}
	return float64(len(left)+len(right)-2*len(cross)) + min(rb.X0-lb.X1, 3*h)/h
}

func typicalLine(frags []*line) float64 {
	hs := make([]float64, len(frags))
	for i, f := range frags {
		hs[i] = f.H()
	}
	return median(hs)
}

// prose says whether runs fill their side as the lines of a text do: half of them reach most of its width, or it is itself
// made of columns.
func prose(side []*line, b Box) bool {
	full, letters := 0, 0
	for _, f := range side {
		if f.W() > 0.7*b.W() {
			full++
		}
		for _, w := range f.words {
			letters += len(w.Text)
		}
	}
	if letters < 15*len(side) { // cells of a table hold a word or two
		return false
	}
	if full*2 >= len(side) {
		return true
	}
	_, ok := gutter(side)
	return ok
}

// within are the runs whose middle is between two heights.
func within(frags []*line, top, bottom float64) []*line {
	below, _ := above(frags, bottom)
	_, in := above(below, top)
	return in
}

// uneven says whether lines left and right stand at heights of their own: the cells of a row of a table do not, a box beside a text does.
func uneven(left, right []*line) bool {
	top, bottom := max(around(left).Y0, around(right).Y0), min(around(left).Y1, around(right).Y1)
	l, r := within(left, top, bottom), within(right, top, bottom)
	if len(l) < columnLines || len(r) < columnLines {
		return false
	}
	if len(l) > len(r) {
		l, r = r, l
	}
	level := 0
	for _, a := range l {
		for _, c := range r {
			if math.Abs(a.Y1-c.Y1) < 0.12*a.H() {
				level++
				break
			}
		}
	}
	return level*2 < len(l)
}

// cut reads the columns left and right of x, part by part between the runs that cross it.
func cut(frags []*line, x float64, known []float64, depth int) [][]*line {
	var cross, left, right []*line
	for _, f := range frags {
		switch side(f, x) {
		case -1:
			left = append(left, f)
		case 1:
			right = append(right, f)
		default:
			cross = append(cross, f)
		}
	}
	left, cross = headline(left, right, cross)
	right, cross = headline(right, left, cross)
	sort.SliceStable(cross, func(i, j int) bool { return cross[i].Y0 < cross[j].Y0 })
	var out [][]*line
	for len(left)+len(right)+len(cross) > 0 {
		limit := math.Inf(1)
		if len(cross) > 0 {
			limit = (cross[0].Y0 + cross[0].Y1) / 2
		}
		var l, r []*line
		l, left = above(left, limit)
		r, right = above(right, limit)
		if len(l) > 0 {
			out = append(out, split(l, known, depth+1)...)
		}
		if len(r) > 0 {
			out = append(out, split(r, known, depth+1)...)
		}
		if len(cross) == 0 {
			continue
		}
		// what spans the columns, until one of them goes on
		next := math.Inf(1)
		for _, f := range append(append([]*line{}, left...), right...) {
			next = min(next, (f.Y0+f.Y1)/2)
		}
		var span []*line
		span, cross = above(cross, next)
		if len(span) == 0 { // stands beside the columns' lines: keep it alone
			span, cross = cross[:1], cross[1:]
		}
		out = append(out, span)
	}
	return out
}

// headline moves from side to cross what stands above all of the other side and spans the columns of its own: the head of a page
// of several columns.
func headline(side, other, cross []*line) (rest, out []*line) {
	if len(side) < 2*columnLines || len(other) == 0 {
		return side, cross
	}
	if _, ok := gutter(side); !ok {
		return side, cross
	}
	top := around(other).Y0
	for _, f := range side {
		if f.Y1 <= top && spans(f, side) {
			cross = append(cross, f)
		} else {
			rest = append(rest, f)
		}
	}
	return rest, cross
}

// spans says whether two lines that stand side by side stand under f.
func spans(f *line, ls []*line) bool {
	var under []*line
	for _, l := range ls {
		if l.Y0 >= f.Y1-1 && min(l.X1, f.X1) > max(l.X0, f.X0) {
			for _, o := range under[max(0, len(under)-lookBack):] {
				if sameRow(l.Box, o.Box) && gap(l.Box, o.Box) > 0 {
					return true
				}
			}
			under = append(under, l)
		}
	}
	return false
}

// above splits runs into those whose middle is above y and the rest.
func above(frags []*line, y float64) (up, rest []*line) {
	for _, f := range frags {
		if (f.Y0+f.Y1)/2 < y {
			up = append(up, f)
		} else {
			rest = append(rest, f)
		}
	}
	return up, rest
}

// rows gathers runs into lines from top to bottom.
func rows(frags []*line) []*line {
	sort.SliceStable(frags, func(i, j int) bool { return frags[i].Y0+frags[i].Y1 < frags[j].Y0+frags[j].Y1 })
	var out []*line
	for i := 0; i < len(frags); {
		j := i + 1
		row := frags[i].Box
		for j < len(frags) && frags[i].table == nil && frags[j].table == nil && sameRow(row, frags[j].Box) && sameRow(frags[i].Box, frags[j].Box) {
			row = row.Union(frags[j].Box)
			j++
		}
		out = append(out, cells(frags[i:j]))
		i = j
	}
	for i, l := range out {
		if l.cells > 1 && (i > 0 && justified(l, out[i-1]) || i+1 < len(out) && justified(l, out[i+1])) {
			l.cells, l.marks = 1, nil
			l.words = slices.DeleteFunc(l.words, func(w Word) bool { return w.Text == "|" && w.W() == 0 })
			l.finish()
		}
	}
	return out
}

// justified says whether l is a line of a paragraph, set to its full width with wide blanks: it begins and ends where the line n beside it does.
func justified(l, n *line) bool {
	return n.cells == 1 && n.table == nil && len(n.words) > 2 && math.Abs(l.X0-n.X0) < 1 && math.Abs(l.X1-n.X1) < 1 && math.Abs(l.Y0-n.Y0) < 2*l.H()
}

// cells makes one line of the runs of a row.
func cells(row []*line) *line {
	if len(row) == 1 {
		if row[0].table == nil {
			row[0].finish()
		}
		return row[0]
	}
	back := rtl(row[0].words)
	sort.SliceStable(row, func(i, j int) bool { return row[i].X0 < row[j].X0 != back })
	l := &line{Box: row[0].Box, page: row[0].page, cells: 1, boxed: row[0].boxed}
	for i, f := range row {
		if i > 0 {
			l.Box = l.Box.Union(f.Box)
			prev := row[i-1]
			if apart := gap(prev.Box, f.Box); apart > cellGap*max(prev.H(), f.H()) && (i > 1 || !marker(prev)) {
				l.cells++
				bar := Word{Text: "|", Box: Box{f.X0, f.Y0, f.X0, f.Y1}}
				l.words = append(l.words, bar)
			}
		}
		l.words = append(l.words, f.words...)
	}
	l.finish()
	return l
}

// cellGap is the width, in heights of the line, from which a blank in a row divides cells.
const cellGap = 1.6
