package eval

import "testing"

func TestJaccardOfRuns(t *testing.T) {
	a := make([]string, 40)
	for i := range a {
		a[i] = string(rune('a' + i%26))
	}
	if runs(a[:10]) != nil {
		t.Error("ten words are too few to compare")
	}
	b := append([]string{}, a...)
	if got := jaccard(runs(a), runs(b)); got != 1 {
		t.Errorf("the same words: %v", got)
	}
	for i := range b {
		b[i] = "other" + b[i]
	}
	if got := jaccard(runs(a), runs(b)); got != 0 {
		t.Errorf("other words: %v", got)
	}
}
