package overlap

import "math"

// measure is the Jaccard measure at a threshold. What counts is float64(both)/float64(either) >= t and nothing else; the sizes below are worked
// out from it with care for the last bit, because a pair that stands exactly at the threshold belongs in.
type measure struct{ t float64 }

func (m measure) holds(both, either int) bool { return float64(both)/float64(either) >= m.t }

// need is the smallest number of grams that sets of these sizes must share.
func (m measure) need(a, b int) int {
	n := int(math.Ceil(m.t / (1 + m.t) * float64(a+b)))
	for n > 1 && m.holds(n-1, a+b-n+1) {
		n--
	}
	for n <= min(a, b) && !m.holds(n, a+b-n) {
		n++
	}
	return max(n, 1)
}

// smallest is the size of the smallest set that a set of size a can be paired with: the number of grams it must share with any.
func (m measure) smallest(a int) int {
	n := max(int(math.Ceil(m.t*float64(a))), 1)
	for n > 1 && m.holds(n-1, a) {
		n--
	}
	for n < a && !m.holds(n, a) {
		n++
	}
	return n
}
