package conflict_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/conflict"
)

// TestSharesOfManyTexts: no two of the shares are more than all of the output, but the three of them are.
func TestSharesOfManyTexts(t *testing.T) {
	r := load(t)
	promise := func(id, partner, words string) *conflict.Sheet {
		return sheet(t, id, "treaty", [2]string{partner, "SUD1"}, words)
	}
	a := promise("a", "NOR1", "Sudria shall supply to Norland 40 per cent of its annual production of cobalt.")
	b := promise("b", "WES1", "Sudria shall supply to Westmark 35 per cent of its annual production of cobalt.")
	c := promise("c", "OST1", "Sudria shall supply to Ostavia 30 per cent of its annual production of cobalt.")
	nickel := promise("d", "OST1", "Sudria shall supply to Ostavia 30 per cent of its annual production of nickel.")
	fs := r.Sums([]*conflict.Sheet{a, b, c, nickel})
	if len(fs) != 1 || fs[0].Answer != conflict.Collides || fs[0].A.Document != "a" || fs[0].B.Document != "b" || !strings.Contains(fs[0].Reason, "3 texts") || !strings.Contains(fs[0].Reason, "105") {
		t.Errorf("%+v", fs)
	}
	for _, few := range [][]*conflict.Sheet{{a, b}, {a, b, nickel}} {
		if fs := r.Sums(few); len(fs) != 0 {
			t.Errorf("%+v", fs)
		}
	}
}
