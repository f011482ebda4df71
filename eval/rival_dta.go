package eval

import (
	"math"
	"sync"

	"github.com/openassay/assay/assay"
)

// rivalThreshold is the probability from which the rival calls an area covered: the best of 0.2, 0.3, 0.4 and 0.5 on the development folds.
const rivalThreshold = 0.3

// AreaRival answers both questions about every area as word weights do: TF-IDF of the words and pairs of words of the whole treaty and a
// logistic regression for each area and answer, on the same folds as ours. Areas with one answer only in training get that answer.
func AreaRival(all []*Treaty, rules *assay.Rules, fold []int, n int) [][]assay.AreaReading {
	counts := make([]map[string]int, len(all))
	each(len(all), func(i int) { counts[i] = terms(all[i].Reading.Text) })
	out := make([][]assay.AreaReading, len(all))
	for i := range out {
		out[i] = make([]assay.AreaReading, len(rules.Areas()))
	}
	for f := range n {
		var train, test []int
		var words []map[string]int
		for i := range all {
			if fold[i] == f {
				test = append(test, i)
			} else {
				train, words = append(train, i), append(words, counts[i])
			}
		}
		if len(test) == 0 || len(train) == 0 {
			continue
		}
		v := newWordVectors(words, 3)
		xs, ys := make([]vector, len(train)), make([]vector, len(test))
		each(len(train), func(i int) { xs[i] = v.vector(counts[train[i]]) })
		each(len(test), func(i int) { ys[i] = v.vector(counts[test[i]]) })
		k, cross := gram(xs, ys)
		areas := rules.Areas()
		each(len(areas), func(a int) {
			code := areas[a].Code
			var at []int // positions in train that were coded
			var y []bool
			for p, i := range train {
				if c, ok := all[i].Codes[code]; ok {
					at, y = append(at, p), append(y, c.Covered)
				}
			}
			for q, p := range rivalScores(k, cross, at, y) {
				if 1/(1+math.Exp(-p)) >= rivalThreshold {
					out[test[q]][a].Covered = 1
				}
			}
			best := make([]float64, len(test))
			for force := range 3 {
				at, y = nil, nil
				for p, i := range train {
					if c := all[i].Codes[code]; c.Covered {
						at, y = append(at, p), append(y, c.Force == force)
					}
				}
				for q, p := range rivalScores(k, cross, at, y) {
					if force == 0 || p > best[q] {
						best[q], out[test[q]][a].IfCovered = p, force
					}
				}
			}
		})
	}
	return out
}

// rivalScores fits one yes or no to the training rows at the given positions and scores every test row.
func rivalScores(k, cross [][]float64, at []int, y []bool) []float64 {
	out := make([]float64, len(cross))
	yes := 0
	for _, b := range y {
		if b {
			yes++
		}
	}
	if yes == 0 || yes == len(y) {
		for i := range out {
			out[i] = 10
			if yes == 0 {
				out[i] = -10
			}
		}
		return out
	}
	kk := make([][]float64, len(at))
	for i, p := range at {
		kk[i] = pick(k[p], at)
	}
	w, b := kernelFit(kk, y, rivalC, true)
	for i := range cross {
		out[i] = score(w, b, pick(cross[i], at))
	}
	return out
}

func pick(row []float64, at []int) []float64 {
	out := make([]float64, len(at))
	for i, p := range at {
		out[i] = row[p]
	}
	return out
}

// each does n things on two processors.
func each(n int, do func(i int)) {
	var wg sync.WaitGroup
	for first := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := first; i < n; i += 2 {
				do(i)
			}
		}()
	}
	wg.Wait()
}
