package assay_test

import (
	"testing"

	"github.com/openassay/assay/assay"
)

func TestRulesLoad(t *testing.T) {
	r, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rules) == 0 || r.Hash == "" {
		t.Fatal("no rules")
	}
}
