package identity

import (
	"fmt"
	"hash/fnv"
	"math"
	"slices"
	"strings"
)

// Measured is how a model does on pairs that it was not trained on.
type Measured struct {
	Set               string
	Pairs, Same       int
	Brier             float64 // mean square of probability minus answer; 0 is perfect
	Base              float64 // the Brier score of always giving the share of pairs that are one
	Precision, Recall map[float64]float64
	Bins              []Bin
}

// Bin is one step of the calibration: what was said and what was so.
type Bin struct {
	From, To   float64
	Pairs      int
	Said, Were float64
}

// Thresholds are those at which precision and recall are given.
var Thresholds = []float64{0.2, 0.5, 0.8, 0.9}

const folds = 5

// CrossValidate trains on four fifths and predicts the rest, five times; pairs of one group stand on one side. It gives the probability of each example.
func (x *Index) CrossValidate(examples []Example) []float64 {
	out := make([]float64, len(examples))
	for f := range folds {
		var train []Example
		for _, e := range examples {
			if fold5(e.Group) != f {
				train = append(train, e)
			}
		}
		m := x.Fit(train)
		for i := range examples {
			if fold5(examples[i].Group) == f {
				out[i] = m.Probability(x.featuresOf(&examples[i]))
			}
		}
	}
	return out
}

func fold5(group string) int {
	h := fnv.New32a()
	h.Write([]byte(group))
	return int(h.Sum32() % folds)
}

// Measure scores predictions by set, and all together under the name "all".
func Measure(examples []Example, predicted []float64) []Measured {
	var sets []string
	for _, e := range examples {
		if !slices.Contains(sets, e.Set) {
			sets = append(sets, e.Set)
		}
	}
	slices.Sort(sets)
	var out []Measured
	for _, set := range append(sets, "all") {
		m := Measured{Set: set, Precision: map[float64]float64{}, Recall: map[float64]float64{}}
		hit, said := map[float64]int{}, map[float64]int{}
		bins := make([]Bin, 10)
		for i, e := range examples {
			if set != "all" && e.Set != set {
				continue
			}
			y := 0.0
			if e.Same {
				y = 1
				m.Same++
			}
			m.Pairs++
			m.Brier += (predicted[i] - y) * (predicted[i] - y)
			for _, t := range Thresholds {
				if predicted[i] >= t {
					said[t]++
					hit[t] += int(y)
				}
			}
			b := &bins[min(9, int(10*predicted[i]))]
			b.Pairs++
			b.Said += predicted[i]
			b.Were += y
		}
		share := float64(m.Same) / float64(m.Pairs)
		m.Brier /= float64(m.Pairs)
		m.Base = share * (1 - share)
		for _, t := range Thresholds {
			m.Precision[t] = ratio(hit[t], said[t])
			m.Recall[t] = ratio(hit[t], m.Same)
		}
		for i, b := range bins {
			if b.Pairs > 0 {
				m.Bins = append(m.Bins, Bin{float64(i) / 10, float64(i+1) / 10, b.Pairs, b.Said / float64(b.Pairs), b.Were / float64(b.Pairs)})
			}
		}
		out = append(out, m)
	}
	return out
}

func ratio(a, b int) float64 {
	if b == 0 {
		return math.NaN()
	}
	return float64(a) / float64(b)
}

// Table is the measure as Markdown.
func Table(ms []Measured) string {
	var b strings.Builder
	b.WriteString("| pairs from | pairs | one thing | Brier | Brier of the base rate |")
	for _, t := range Thresholds {
		fmt.Fprintf(&b, " precision, recall at %.1f |", t)
	}
	b.WriteString("\n|---|---:|---:|---:|---:|" + strings.Repeat("---:|", len(Thresholds)) + "\n")
	for _, m := range ms {
		fmt.Fprintf(&b, "| %s | %d | %d | %.4f | %.4f |", m.Set, m.Pairs, m.Same, m.Brier, m.Base)
		for _, t := range Thresholds {
			p, r := "–", "–"
			if !math.IsNaN(m.Precision[t]) {
				p = fmt.Sprintf("%.2f", m.Precision[t])
			}
			if !math.IsNaN(m.Recall[t]) {
				r = fmt.Sprintf("%.2f", m.Recall[t])
			}
			fmt.Fprintf(&b, " %s, %s |", p, r)
		}
		b.WriteString("\n")
	}
	b.WriteString("\n| probability | pairs | said on average | were one thing |\n|---|---:|---:|---:|\n")
	for _, bin := range ms[len(ms)-1].Bins {
		fmt.Fprintf(&b, "| %.1f–%.1f | %d | %.2f | %.2f |\n", bin.From, bin.To, bin.Pairs, bin.Said, bin.Were)
	}
	return b.String()
}
