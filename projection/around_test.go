package projection

import (
	"strings"
	"testing"
)

func TestAroundKeepsTheDifference(t *testing.T) {
	long := strings.Repeat("a", 100_000)
	for _, c := range [][2]string{{long + "x" + long, long + "y" + long}, {long, long + "y"}, {"", long}, {"x", "y"}, {long, "{}"}, {"é" + long, "è" + long}} {
		a, b := around(c[0], c[1])
		if a == b || len(a) > 400 || len(b) > 400 {
			t.Errorf("%d and %d bytes: %q %q", len(c[0]), len(c[1]), a, b)
		}
	}
}
