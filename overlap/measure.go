package overlap

import "math"

// measure says when two sets belong together. What counts is holds and nothing else; the sizes below are worked out from it with care for the last bit,
// because a pair that stands exactly at the threshold belongs in.
type measure struct {
	t       float64
	contain bool // the grams of the smaller set that are in both count, whatever else is in the larger one
}

// holds says whether sets of a and b grams that share both of them reach the threshold.
func (m measure) holds(both, a, b int) bool {
	if m.contain {
		return float64(both)/float64(min(a, b)) >= m.t
	}
	return float64(both)/float64(a+b-both) >= m.t
}

// least is about the number of grams that sets of these sizes must share, and never more than it.
func (m measure) least(a, b int) float64 {
	if m.contain {
		return m.t*float64(min(a, b)) - 1e-6
	}
	return m.t/(1+m.t)*float64(a+b) - 1e-6
}

// need is the smallest number of grams that sets of these sizes must share; more than they have where they cannot reach it.
func (m measure) need(a, b int) int {
	n := max(int(math.Ceil(m.least(a, b))), 1)
	for n > 1 && m.holds(n-1, a, b) {
		n--
	}
	for n <= min(a, b) && !m.holds(n, a, b) {
		n++
	}
	return n
}

// smallest is the size of the smallest set that a set of size a can be paired with: the number of grams it must share with any.
func (m measure) smallest(a int) int {
	if m.contain {
		return 1
	}
	n := max(int(math.Ceil(m.t*float64(a)-1e-6)), 1)
	for n > 1 && m.holds(n-1, a, n-1) {
		n--
	}
	for n < a && !m.holds(n, a, n) {
		n++
	}
	return n
}

// largest is the size of the largest set that a set of size a can be paired with.
func (m measure) largest(a int) int {
	n := int(float64(a)/m.t) + 2
	for n > a && m.smallest(n) > a {
		n--
	}
	return n
}
