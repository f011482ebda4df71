package identity

import (
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed weights.yaml
var weightsYAML []byte

// Model is a logistic regression over the features.
type Model struct {
	Intercept float64            `yaml:"intercept"`
	Weights   map[string]float64 `yaml:"weights"`
}

// Trained is the model of weights.yaml.
var Trained = func() *Model {
	m, err := ReadModel(weightsYAML)
	if err != nil {
		panic("identity/weights.yaml: " + err.Error())
	}
	return m
}()

// ReadModel reads weights.yaml and refuses a feature that is unknown or missing, and a weight against its feature's sense.
func ReadModel(b []byte) (*Model, error) {
	var m Model
	d := yaml.NewDecoder(strings.NewReader(string(b)))
	d.KnownFields(true)
	if err := d.Decode(&m); err != nil {
		return nil, err
	}
	for name, w := range m.Weights {
		switch {
		case !slices.Contains(Features, name):
			return nil, fmt.Errorf("unknown feature %q", name)
		case math.IsNaN(w) || math.IsInf(w, 0) || against[name] && w > 0 || !against[name] && w < 0:
			return nil, fmt.Errorf("%s: the weight %g is against the feature's sense", name, w)
		}
	}
	for _, name := range Features {
		if _, ok := m.Weights[name]; !ok {
			return nil, fmt.Errorf("no weight for %q", name)
		}
	}
	return &m, nil
}

// Weight is what a feature of 1 adds to the log odds.
func (m *Model) Weight(name string) float64 { return m.Weights[name] }

// Probability is that of a pair being one thing.
func (m *Model) Probability(fs []Feature) float64 {
	z := m.Intercept
	for _, f := range fs {
		z += m.Weights[f.Name] * f.Value
	}
	return 1 / (1 + math.Exp(-z))
}

// Example is a pair whose answer is known.
type Example struct {
	Set, Group string // where it is from; what must not be parted between training and test
	A, B       Subject
	Same       bool
	features   []Feature
}

// Fit trains a model on examples by gradient descent with a penalty on large weights; the same examples give the same model.
func (x *Index) Fit(examples []Example) *Model {
	m := &Model{Weights: map[string]float64{}}
	at := map[string]int{}
	for i, name := range Features {
		at[name] = i
	}
	n := len(Features)
	rows := make([][]float64, len(examples))
	for i := range examples {
		rows[i] = make([]float64, n+1)
		for _, f := range x.featuresOf(&examples[i]) {
			rows[i][at[f.Name]] = f.Value
		}
		rows[i][n] = 1
	}
	w, velocity := make([]float64, n+1), make([]float64, n+1)
	const penalty = 0.3 // a prior of small weights, worth a few examples
	for range 3000 {
		g := make([]float64, n+1)
		for i, r := range rows {
			z := 0.0
			for j, v := range r {
				z += w[j] * v
			}
			y := 0.0
			if examples[i].Same {
				y = 1
			}
			e := 1/(1+math.Exp(-z)) - y
			for j, v := range r {
				g[j] += e * v
			}
		}
		for j := range w {
			if j < n {
				g[j] += penalty * w[j]
			}
			velocity[j] = 0.9*velocity[j] - 2*g[j]/float64(len(rows))
			w[j] += velocity[j]
			if j < n && (against[Features[j]] && w[j] > 0 || !against[Features[j]] && w[j] < 0) {
				w[j], velocity[j] = 0, 0
			}
		}
	}
	for j, name := range Features {
		m.Weights[name] = math.Round(100*w[j]) / 100
	}
	m.Intercept = math.Round(100*w[n]) / 100
	return m
}

func (x *Index) featuresOf(e *Example) []Feature {
	if e.features == nil {
		e.features = x.features(x.prepare(e.A), x.prepare(e.B))
	}
	return e.features
}

// YAML is the model as weights.yaml holds it.
func (m *Model) YAML() string {
	var b strings.Builder
	b.WriteString("# Made by go run ./identity/train; do not edit. Log odds that two things are one: the intercept, and what a feature of 1 adds.\n")
	fmt.Fprintf(&b, "intercept: %g\nweights:\n", m.Intercept)
	for _, name := range Features {
		fmt.Fprintf(&b, "  %s: %g\n", name, m.Weights[name])
	}
	return b.String()
}
