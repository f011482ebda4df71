package eval

import (
	"math"
	"sort"
	"strings"
	"unicode"
)

// wordVectors weighs the words and pairs of words of texts by TF-IDF (logarithm of the count, smooth inverse frequency, length one):
// the rival that stands beside our figures.
type wordVectors struct {
	idf  map[string]float64
	docs int
}

func terms(s string) map[string]int {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) })
	out := map[string]int{}
	for i, w := range words {
		out[w]++
		if i > 0 {
			out[words[i-1]+" "+w]++
		}
	}
	return out
}

func newWordVectors(train []map[string]int, minDocs int) *wordVectors {
	df := map[string]int{}
	for _, t := range train {
		for w := range t {
			df[w]++
		}
	}
	v := &wordVectors{map[string]float64{}, len(train)}
	for w, n := range df {
		if n >= minDocs {
			v.idf[w] = math.Log(float64(1+v.docs)/float64(1+n)) + 1
		}
	}
	return v
}

type vector struct {
	word []string
	v    []float64
	at   map[string]float64
}

func (v *wordVectors) vector(t map[string]int) vector {
	x := vector{at: map[string]float64{}}
	for w := range t {
		if _, ok := v.idf[w]; ok {
			x.word = append(x.word, w)
		}
	}
	sort.Strings(x.word) // sums of floats depend on their order
	sum := 0.0
	for _, w := range x.word {
		f := (1 + math.Log(float64(t[w]))) * v.idf[w]
		x.v = append(x.v, f)
		sum += f * f
	}
	for i := range x.v {
		x.v[i] /= math.Sqrt(sum)
		x.at[x.word[i]] = x.v[i]
	}
	return x
}

func dot(a, b vector) float64 {
	if len(a.word) > len(b.word) {
		a, b = b, a
	}
	s := 0.0
	for i, w := range a.word {
		s += a.v[i] * b.at[w]
	}
	return s
}

// kernelFit is a logistic regression on the products of the training texts, which for linear weights is the same as one on the words:
// f(x) = b + Σ aᵢ·K(xᵢ,x), held back by aᵀKa/2C.
// Where balanced, both answers weigh alike however rare one is.
func kernelFit(k [][]float64, y []bool, c float64, balanced bool) (a []float64, b float64) {
	n := len(y)
	yes := 0
	for _, t := range y {
		if t {
			yes++
		}
	}
	heed := [2]float64{1, 1}
	if balanced && yes > 0 && yes < n {
		heed = [2]float64{float64(n) / float64(2*(n-yes)), float64(n) / float64(2*yes)}
	}
	a = make([]float64, n)
	f := make([]float64, n)
	for range 30 { // Newton: (K·W + I/C) a = ...; in the form of iteratively weighted least squares
		w, z := make([]float64, n), make([]float64, n)
		for i := range n {
			p := 1 / (1 + math.Exp(-f[i]))
			w[i] = math.Max(p*(1-p), 1e-6)
			t := 0.0
			if y[i] {
				t = 1
			}
			z[i] = f[i] + (t-p)/w[i]
			w[i] *= heed[int(t)]
		}
		// Solve (K + diag(1/(C·w))) a = z - b with Σa = 0.
		h1, h2 := make([][]float64, n), make([][]float64, n)
		one := make([]float64, n)
		for i := range n {
			h1[i] = append([]float64{}, k[i]...)
			h1[i][i] += 1 / (c * w[i])
			h2[i] = append([]float64{}, h1[i]...)
			one[i] = 1
		}
		u, v := solve(h1, z), solve(h2, one)
		su, sv := 0.0, 0.0
		for i := range n {
			su += u[i]
			sv += v[i]
		}
		nb := su / sv
		change := math.Abs(nb - b)
		b = nb
		for i := range n {
			a[i] = u[i] - b*v[i]
		}
		for i := range n {
			s := b
			for j := range n {
				s += k[i][j] * a[j]
			}
			change = math.Max(change, math.Abs(s-f[i]))
			f[i] = s
		}
		if change < 1e-6 {
			break
		}
	}
	return a, b
}

// rivalC is the strength of the rival's regularisation, the best of 1, 3, 10, 30 and 100 on the development folds.
const rivalC = 10

// gram holds the products of training texts with each other and with others.
func gram(train, test []vector) (k, cross [][]float64) {
	k, cross = make([][]float64, len(train)), make([][]float64, len(test))
	for i := range train {
		k[i] = make([]float64, len(train))
	}
	for i := range train {
		for j := range i + 1 {
			d := dot(train[i], train[j])
			k[i][j], k[j][i] = d, d
		}
	}
	for i := range test {
		cross[i] = make([]float64, len(train))
		for j := range train {
			cross[i][j] = dot(test[i], train[j])
		}
	}
	return k, cross
}

func score(a []float64, b float64, row []float64) float64 {
	for j, x := range row {
		b += a[j] * x
	}
	return b
}

// WordRival answers the test texts with the class whose word weights speak loudest.
func WordRival(train []string, class []int, classes int, test []string) []int {
	tr := make([]map[string]int, len(train))
	for i, s := range train {
		tr[i] = terms(s)
	}
	v := newWordVectors(tr, 3)
	xs, ys := make([]vector, len(train)), make([]vector, len(test))
	for i := range tr {
		xs[i] = v.vector(tr[i])
	}
	for i, s := range test {
		ys[i] = v.vector(terms(s))
	}
	k, cross := gram(xs, ys)
	out, best := make([]int, len(test)), make([]float64, len(test))
	for c := range classes {
		y := make([]bool, len(class))
		for i := range class {
			y[i] = class[i] == c
		}
		a, b := kernelFit(k, y, rivalC, false)
		for i := range test {
			if s := score(a, b, cross[i]); c == 0 || s > best[i] {
				out[i], best[i] = c, s
			}
		}
	}
	return out
}
