package eval

import (
	"math"

	"github.com/openassay/assay/assay"
)

// example is a yes or no with what it is to be learnt from.
type example struct {
	x    []assay.Feature
	y    bool
	area string
}

// The strengths with which weights are held back: common ones towards zero, an area's own towards the common ones, and those of its
// facets, which no other area has, towards zero.
type ridge struct{ common, own, bias, facet float64 }

// fit learns the common weights from all examples, each area with a bias of its own, and then each area's weights from its examples,
// held towards the common ones: where people coded an area often, its own words decide, where seldom, what holds for all.
func fit(question string, all []example, r ridge, w *assay.AreaWeights) {
	area := map[string][]example{}
	var order []string
	for _, e := range all {
		if area[e.area] == nil {
			order = append(order, e.area)
		}
		area[e.area] = append(area[e.area], e)
	}
	// Common weights.
	names := map[string]int{}
	var list []string
	id := func(n string) int {
		k, ok := names[n]
		if !ok {
			k = len(list)
			names[n] = k
			list = append(list, n)
		}
		return k
	}
	rows, ys := make([][]cell, len(all)), make([]bool, len(all))
	for i, e := range all {
		for _, f := range e.x {
			if !own(f.Name) {
				rows[i] = append(rows[i], cell{id(f.Name), f.Value})
			}
		}
		rows[i] = append(rows[i], cell{id("area:" + e.area), 1})
		ys[i] = e.y
	}
	mean, hold := make([]float64, len(list)), make([]float64, len(list))
	for k, n := range list {
		hold[k] = r.common
		if n == "bias" {
			hold[k] = 0.01
		}
		if len(n) > 5 && n[:5] == "area:" {
			hold[k] = r.bias
		}
	}
	common := newton(rows, ys, mean, hold)
	every := map[string]float64{}
	for n, k := range names {
		if len(n) < 5 || n[:5] != "area:" {
			every[n] = common[k]
		}
	}
	w.W[question+"/*"] = every
	// Each area's own.
	for _, a := range order {
		ex := area[a]
		at := map[string]int{}
		var ns []string
		rows, ys := make([][]cell, len(ex)), make([]bool, len(ex))
		for i, e := range ex {
			ys[i] = e.y
			for _, f := range e.x {
				k, ok := at[f.Name]
				if !ok {
					k = len(ns)
					at[f.Name] = k
					ns = append(ns, f.Name)
				}
				rows[i] = append(rows[i], cell{k, f.Value})
			}
		}
		mean, hold := make([]float64, len(ns)), make([]float64, len(ns))
		for k, n := range ns {
			mean[k], hold[k] = every[n], r.own
			if own(n) {
				hold[k] = r.facet
			}
			if n == "bias" {
				mean[k] += common[names["area:"+a]]
				hold[k] = r.bias
			}
		}
		sol := newton(rows, ys, mean, hold)
		m := map[string]float64{}
		for k, n := range ns {
			m[n] = sol[k] - every[n]
		}
		w.W[question+"/"+a] = m
	}
}

// own says whether a feature is one area's alone.
func own(name string) bool { return len(name) > 2 && name[:2] == "f:" }

type cell struct {
	k int
	v float64
}

// newton finds the weights of a logistic regression with a Gaussian prior (mean, precision hold), by Newton's method with halving.
func newton(rows [][]cell, y []bool, mean, hold []float64) []float64 {
	n := len(mean)
	w := append([]float64{}, mean...)
	loss := func(w []float64) float64 {
		l := 0.0
		for i, r := range rows {
			z := 0.0
			for _, c := range r {
				z += w[c.k] * c.v
			}
			if !y[i] {
				z = -z
			}
			if z > 0 {
				l += math.Log1p(math.Exp(-z))
			} else {
				l += -z + math.Log1p(math.Exp(z))
			}
		}
		for k := range w {
			d := w[k] - mean[k]
			l += hold[k] * d * d / 2
		}
		return l
	}
	at := loss(w)
	for range 50 {
		g, h := make([]float64, n), make([][]float64, n)
		for k := range h {
			h[k] = make([]float64, n)
			g[k] = hold[k] * (w[k] - mean[k])
			h[k][k] = hold[k] + 1e-9
		}
		for i, r := range rows {
			z := 0.0
			for _, c := range r {
				z += w[c.k] * c.v
			}
			p := 1 / (1 + math.Exp(-z))
			e := p
			if y[i] {
				e--
			}
			q := p * (1 - p)
			for _, c := range r {
				g[c.k] += e * c.v
				for _, d := range r {
					h[c.k][d.k] += q * c.v * d.v
				}
			}
		}
		step := solve(h, g)
		size, next, best := 1.0, make([]float64, n), at
		for range 20 {
			for k := range next {
				next[k] = w[k] - size*step[k]
			}
			if best = loss(next); best <= at {
				break
			}
			size /= 2
		}
		if at-best < 1e-9*(1+at) {
			break
		}
		copy(w, next)
		at = best
	}
	return w
}

// solve solves h·x = g for a symmetric positive definite h by Cholesky's method; h is overwritten.
func solve(h [][]float64, g []float64) []float64 {
	n := len(g)
	for j := range n {
		s := h[j][j]
		for k := range j {
			s -= h[j][k] * h[j][k]
		}
		h[j][j] = math.Sqrt(max(s, 1e-12))
		for i := j + 1; i < n; i++ {
			s := h[i][j]
			for k := range j {
				s -= h[i][k] * h[j][k]
			}
			h[i][j] = s / h[j][j]
		}
	}
	x := make([]float64, n)
	for i := range n {
		s := g[i]
		for k := range i {
			s -= h[i][k] * x[k]
		}
		x[i] = s / h[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		s := x[i]
		for k := i + 1; k < n; k++ {
			s -= h[k][i] * x[k]
		}
		x[i] = s / h[i][i]
	}
	return x
}
