package redline

// hunk is a stretch of tokens of the earlier text that became one of the later; either may be empty.
type hunk struct{ a0, a1, b0, b1 int }

// maxEdits bounds how many different tokens the exact comparison follows; beyond, the stretch between what begins and ends alike counts as one.
const maxEdits = 1500

// diff gives the hunks between two lists of forms, by Myers' algorithm: the fewest tokens that went and came. Time is
// len × edits, memory edits².
func diff(a, b []int32) []hunk {
	pre := 0
	for pre < len(a) && pre < len(b) && a[pre] == b[pre] {
		pre++
	}
	post := 0
	for post < len(a)-pre && post < len(b)-pre && a[len(a)-1-post] == b[len(b)-1-post] {
		post++
	}
	x, y := a[pre:len(a)-post], b[pre:len(b)-post]
	if len(x) == 0 && len(y) == 0 {
		return nil
	}
	if len(x) == 0 || len(y) == 0 {
		return []hunk{{pre, pre + len(x), pre, pre + len(y)}}
	}
	keep := myers(x, y)
	if keep == nil {
		return []hunk{{pre, pre + len(x), pre, pre + len(y)}}
	}
	var out []hunk
	i, j := 0, 0
	flush := func(ni, nj int) {
		if i < ni || j < nj {
			out = append(out, hunk{pre + i, pre + ni, pre + j, pre + nj})
		}
	}
	for _, k := range keep {
		flush(k[0], k[1])
		i, j = k[0]+1, k[1]+1
	}
	flush(len(x), len(y))
	return out
}

// myers gives the pairs of equal tokens of a shortest edit; nil where there are more than maxEdits.
func myers(a, b []int32) [][2]int {
	n, m := len(a), len(b)
	limit := min(n+m, maxEdits)
	v := make([]int, 2*limit+2)
	var trace [][]int
	for d := 0; d <= limit; d++ {
		row := make([]int, 2*d+1)
		for k := -d; k <= d; k += 2 {
			var x int
			if k == -d || k != d && v[limit+k-1] < v[limit+k+1] {
				x = v[limit+k+1]
			} else {
				x = v[limit+k-1] + 1
			}
			y := x - k
			for x < n && y < m && a[x] == b[y] {
				x, y = x+1, y+1
			}
			v[limit+k] = x
			row[k+d] = x
			if x >= n && y >= m {
				return path(a, b, append(trace, row), d, k)
			}
		}
		trace = append(trace, row)
	}
	return nil
}

// path walks back through the rows of a search.
func path(a, b []int32, trace [][]int, d, k int) [][2]int {
	x, y := len(a), len(b)
	var keep [][2]int
	for ; d > 0; d-- {
		prev := trace[d-1]
		get := func(k int) int {
			if k < -(d-1) || k > d-1 {
				return -1
			}
			return prev[k+d-1]
		}
		pk := k - 1
		if k == -d || k != d && get(k-1) < get(k+1) {
			pk = k + 1
		}
		px := get(pk)
		py := px - pk
		sx, sy := px, py // after the step
		if pk == k-1 {
			sx++
		} else {
			sy++
		}
		for x > sx && y > sy {
			x, y = x-1, y-1
			keep = append(keep, [2]int{x, y})
		}
		x, y, k = px, py, pk
	}
	for x > 0 && y > 0 {
		x, y = x-1, y-1
		keep = append(keep, [2]int{x, y})
	}
	for i, j := 0, len(keep)-1; i < j; i, j = i+1, j-1 {
		keep[i], keep[j] = keep[j], keep[i]
	}
	return keep
}

// clean joins hunks between which only a little stayed, so that marks fall on phrases and not on every other word.
func clean(hunks []hunk, short func(a0, a1 int) bool) []hunk {
	var out []hunk
	for _, h := range hunks {
		if n := len(out); n > 0 && short(out[n-1].a1, h.a0) {
			out[n-1].a1, out[n-1].b1 = h.a1, h.b1
			continue
		}
		out = append(out, h)
	}
	return out
}
