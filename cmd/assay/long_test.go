//go:build slow

package main

import "testing"

// TestLongScripts runs the pages in testdata/long, which take longer.
func TestLongScripts(t *testing.T) { scripts(t, "testdata/long") }
