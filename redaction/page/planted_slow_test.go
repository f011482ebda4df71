//go:build slow

package page_test

import "testing"

// A hundred documents with planted secrets: 80 of ours and 20 of others.
func TestPlantedHundred(t *testing.T) { planted(t, 80, 20, 8) }
