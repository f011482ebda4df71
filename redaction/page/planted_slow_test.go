//go:build slow

package page_test

import "testing"

// A hundred documents with planted secrets: 82 of ours and 18 of others.
func TestPlantedHundred(t *testing.T) {
	if n := planted(t, 82, 18, 8); n < 100 {
		t.Errorf("%d documents", n)
	}
}
