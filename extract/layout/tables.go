package layout

import "math"

// row is a row of a table with a cell of several lines.
type row struct{ cells int }

// place is where a line of such a row stands.
type place byte

const (
	firstCell place = iota // the first line of the first cell
	nextCell               // the first line of a further one
	sameCell               // a further line of a cell
)

// tables finds the tables that the file gives cell by cell and whose cells have several lines, and puts one line for each in the
// place of its runs. Tables whose cells are single lines need no finding: their rows are lines.
func tables(frags []*line) []*line {
	if len(frags) > maxRuns {
		return frags
	}
	as := atoms(frags)
	if len(as) == len(frags) { // no cell has two lines
		return frags
	}
	of := map[*line]*line{}
	steps := 0
	for i := 0; i+1 < len(as) && steps < maxSteps; {
		rows, n := grow(as[i:])
		steps += n
		t := tableOf(rows, frags)
		if t == nil {
			i++
			continue
		}
		for _, r := range rows {
			for _, a := range r {
				for _, l := range a.lines {
					of[l] = t
				}
			}
		}
		i += n
	}
	if len(of) == 0 {
		return frags
	}
	var out []*line
	put := map[*line]bool{}
	for _, l := range frags {
		switch t := of[l]; {
		case t == nil:
			out = append(out, l)
		case !put[t]:
			put[t] = true
			out = append(out, t)
		}
	}
	return out
}

const (
	maxSteps = 200_000 // bounds the work on one page
	maxAtoms = 2000    // of one table
	lookBack = 60      // cells before one that must stand above it
)

// grow gathers the rows that begin with the first atom, and says how many atoms they take. A cell stands right of the one before it,
// or begins a row; none stands above an earlier one of its column.
func grow(as []*atom) (rows [][]*atom, n int) {
	if as[1].X0 <= as[0].X1 {
		return nil, 1
	}
	top := min(as[0].Y0, as[1].Y0)
	for k, b := range as[:min(len(as), maxAtoms)] {
		if k == 0 {
			rows = [][]*atom{{b}}
			n = 1
			continue
		}
		prev, r := as[k-1], rows[len(rows)-1]
		h := b.lines[0].H()
		if b.Y1 <= top || overtakes(b, as[max(0, k-lookBack):k]) {
			break
		}
		bottom := r[0].Y1
		for _, c := range r {
			bottom = max(bottom, c.Y1)
		}
		switch {
		case b.X0 > prev.X1+0.3*h && (b.Y0 < bottom || k+1 < len(as) && as[k+1].X1 < b.X0 && as[k+1].Y0 < b.Y0): // perhaps of several rows
			rows[len(rows)-1] = append(r, b)
		case b.Y0-bottom > 3*h && !(k+1 < len(as) && as[k+1].X0 > b.X1 && as[k+1].Y0 < b.Y0 && as[k+1].Y0-bottom <= 3*h) || b.X0 > prev.X1 && b.Y0 >= bottom && len(rows) == 1:
			return trim(rows)
		default:
			if m := len(rows); m >= 2 && len(r) == 1 && len(rows[m-2]) == 1 {
				return trim(rows)
			}
			rows = append(rows, []*atom{b})
		}
	}
	return trim(rows)
}

// overtakes says whether b stands above one of the atoms before it in its own column.
func overtakes(b *atom, before []*atom) bool {
	for _, a := range before {
		w := min(a.X1, b.X1) - max(a.X0, b.X0)
		if w > 0.2*min(a.W(), b.W()) && b.Y0 < a.Y1-0.4*min(a.lines[0].H(), b.lines[0].H()) {
			return true
		}
	}
	return false
}

// trim drops the rows of one cell at the end.
func trim(rows [][]*atom) ([][]*atom, int) {
	for len(rows) > 0 && len(rows[len(rows)-1]) == 1 {
		rows = rows[:len(rows)-1]
	}
	n := 0
	for _, r := range rows {
		n += len(r)
	}
	return rows, max(n, 1)
}

// tableOf makes one line of rows, or nil where they are no table: two rows of cells side by side share two columns, or there is
// one row of three, a cell has several lines, and nothing else stands between them.
func tableOf(rows [][]*atom, frags []*line) *line {
	var real [][]*atom
	several := false
	long, high := 0, 0
	for _, r := range rows {
		if !sideBySide(r) {
			continue
		}
		real = append(real, r)
		second := 0
		most := 0
		for _, a := range r {
			several, high = several || len(a.lines) > 1, max(high, len(a.lines))
			if n := a.letters(); n > most {
				most, second = n, most
			} else {
				second = max(second, n)
			}
		}
		long += second
	}
	if !several || long > proseCell*len(real) || !(len(real) == 1 && len(real[0]) >= 3 && high <= headLines || shareColumns(real)) {
		return nil
	}
	mine := map[*line]bool{}
	t := &line{Box: rows[0][0].Box, page: rows[0][0].lines[0].page, cells: 1, first: rows[0][0].lines[0].first}
	for _, r := range rows {
		id := &row{len(r)}
		for c, a := range r {
			for j, l := range a.lines {
				mine[l] = true
				l.finish()
				if len(r) > 1 {
					l.row, l.cells = id, len(r)
					switch {
					case j > 0 || c > 0 && r[c-1].marker():
						l.cell = sameCell
					case c > 0:
						l.cell = nextCell
					}
				}
				t.Box, t.last = t.Box.Union(l.Box), l.last
				t.words = append(t.words, l.words...)
				t.table = append(t.table, l)
			}
		}
	}
	for _, f := range frags {
		x, y := (f.X0+f.X1)/2, (f.Y0+f.Y1)/2
		if !mine[f] && x > t.X0 && x < t.X1 && y > t.Y0 && y < t.Y1 {
			for l := range mine {
				l.row, l.cells, l.cell = nil, 1, firstCell
			}
			return nil
		}
	}
	return t
}

// headLines is how many lines the cells of a table of one row have, where the head is all that is set side by side.
const headLines = 4

// proseCell is how many letters the second longest cell of a row has where columns of a text and not cells stand side by side.
const proseCell = 200

// sideBySide says whether a row has two cells beside each other, the number of an item and its text apart.
func sideBySide(r []*atom) bool {
	for i := 1; i < len(r); i++ {
		if !r[i-1].marker() && beside(r[i-1].Box, r[i].Box) {
			return true
		}
	}
	return false
}

// shareColumns says whether two rows have two columns in common.
func shareColumns(rows [][]*atom) bool {
	for i := 1; i < len(rows); i++ {
		for k := max(0, i-5); k < i; k++ {
			n := 0
			for _, a := range rows[k] {
				for _, b := range rows[i] {
					if math.Abs(a.X0-b.X0) < 3 || math.Abs(a.X1-b.X1) < 3 || math.Abs(a.X0+a.X1-b.X0-b.X1) < 6 {
						n++
						break
					}
				}
			}
			if n >= 2 {
				return true
			}
		}
	}
	return false
}
