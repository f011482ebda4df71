package eval_test

import (
	"math"
	"testing"

	"github.com/openassay/assay/eval"
)

// Figures worked out by hand: 10 answers, 4 positive.
func TestBinary(t *testing.T) {
	b := eval.Binary{TP: 3, FP: 1, FN: 1, TN: 5}
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"precision", b.Precision(), 0.75}, {"recall", b.Recall(), 0.75}, {"F1", b.F1(), 0.75}, {"accuracy", b.Accuracy(), 0.8},
		{"kappa", b.Kappa(), (0.8 - 0.52) / 0.48},
	} {
		if math.Abs(c.got-c.want) > 1e-12 {
			t.Errorf("%s %v, want %v", c.name, c.got, c.want)
		}
	}
	if k := (eval.Binary{TP: 9}).Kappa(); !math.IsNaN(k) {
		t.Errorf("κ where all say yes: %v; chance explains everything", k)
	}
}

func TestTable(t *testing.T) {
	x := eval.NewTable("0", "1", "2")
	for _, p := range [][3]int{{0, 0, 4}, {0, 2, 1}, {2, 2, 4}, {2, 0, 1}} {
		for range p[2] {
			x.Add(p[0], p[1])
		}
	}
	if x.N() != 10 || x.Accuracy() != 0.8 || math.Abs(x.Kappa()-0.6) > 1e-12 || math.Abs(x.MacroF1()-0.8) > 1e-12 {
		t.Errorf("n %d, accuracy %v, κ %v, macro %v; want 10, 0.8, 0.6, 0.8 (a class without gold does not count)", x.N(), x.Accuracy(), x.Kappa(), x.MacroF1())
	}
}
