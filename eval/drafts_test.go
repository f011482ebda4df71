package eval_test

import (
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
)

// TestDrafts: of what the check says that a draft provides for, nine in ten are provided for, in either half; and it sees most of what is taken on.
func TestDrafts(t *testing.T) {
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	r, err := eval.Drafts(rules)
	if err != nil {
		t.Fatal(err)
	}
	if r.Drafts != 16 {
		t.Errorf("%d of 16 drafts were taken for agreements: %q", r.Drafts, r.Misses)
	}
	for half, f := range r.Halves {
		if f.Drafts != 8 || f.Provided.Due < 100 || f.Adverse.Due < 40 {
			t.Errorf("%s: %+v: not the drafts that were coded", half, f)
		}
		if f.Provided.Precision < 0.9 || f.Adverse.Recall < 0.85 {
			t.Errorf("%s: provided for %+v, taken on %+v", half, f.Provided, f.Adverse)
		}
	}
}
