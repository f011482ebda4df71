package eval

import (
	"hash/fnv"
	"sort"
	"strings"
	"unicode"
)

// Two treaties are kin where the smaller shares at least kinAny of its provisions, near enough word for word, with the other, or
// kinParty of them and a party. Kin of kin are one family.
const (
	kinAny   = 0.40
	kinParty = 0.25
)

// Families gives each treaty the number of its family, 0 upwards in order of the treaties. Treaties between the same parties are kin too.
func Families(all []*Treaty) []int {
	up := make([]int, len(all))
	for i := range up {
		up[i] = i
	}
	var root func(int) int
	root = func(i int) int {
		for up[i] != i {
			up[i] = up[up[i]]
			i = up[i]
		}
		return i
	}
	prints := make([]map[uint64]bool, len(all))
	for i, t := range all {
		prints[i] = shingles(t.Reading.Text)
	}
	for i := range all {
		for j := range i {
			common := sharesParty(all[i].Parties, all[j].Parties)
			limit := kinAny
			if common {
				limit = kinParty
			}
			if overlap(prints[i], prints[j]) >= limit || sameParties(all[i].Parties, all[j].Parties) {
				a, b := root(i), root(j)
				up[max(a, b)] = min(a, b)
			}
		}
	}
	num, out := map[int]int{}, make([]int, len(all))
	for i := range all {
		r := root(i)
		if _, ok := num[r]; !ok {
			num[r] = len(num)
		}
		out[i] = num[r]
	}
	return out
}

// shingles are the runs of eight words of a text whose hash ends in zeros: about one in sixteen, the same ones in every text.
func shingles(s string) map[uint64]bool {
	const run = 8
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	out := map[uint64]bool{}
	for i := 0; i+run <= len(words); i++ {
		h := fnv.New64a()
		for _, w := range words[i : i+run] {
			h.Write([]byte(w))
			h.Write([]byte{' '})
		}
		v := h.Sum64()
		v ^= v >> 29
		if v&15 == 0 {
			out[v] = true
		}
	}
	return out
}

// overlap is the share of the smaller set that the larger holds too.
func overlap(a, b map[uint64]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	n := 0
	for h := range a {
		if b[h] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

func sharesParty(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

func sameParties(a, b []string) bool {
	x, y := append([]string{}, a...), append([]string{}, b...)
	sort.Strings(x)
	sort.Strings(y)
	return len(x) > 0 && strings.Join(x, " ") == strings.Join(y, " ")
}

// Folds spreads families over n folds of about equal size, the largest first, each to the fold that is smallest so far.
// Fold 0 is the locked one: nothing is chosen by looking at it.
func Folds(family []int, n int) []int {
	size := map[int]int{}
	for _, f := range family {
		size[f]++
	}
	var order []int
	for f := range size {
		order = append(order, f)
	}
	sort.Slice(order, func(i, j int) bool {
		if size[order[i]] != size[order[j]] {
			return size[order[i]] > size[order[j]]
		}
		return order[i] < order[j]
	})
	fold, load := map[int]int{}, make([]int, n)
	for _, f := range order {
		best := n - 1
		for k := n - 1; k >= 0; k-- {
			if load[k] < load[best] {
				best = k
			}
		}
		fold[f] = best
		load[best] += size[f]
	}
	out := make([]int, len(family))
	for i, f := range family {
		out[i] = fold[f]
	}
	return out
}
