package web

import (
	"fmt"
	"testing"
	"time"
)

// One network writes a few times an hour; another is not kept from it; all together are bounded, and so is the memory that counting takes.
func TestWriters(t *testing.T) {
	var w writers
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	count := func(network string, n int) (took int) {
		for range n {
			if w.may(now, network) {
				took++
			}
		}
		return took
	}
	if n := count("a", 50); n != writesAnHour {
		t.Errorf("%d in an hour", n)
	}
	if n := count("b", 1); n != 1 {
		t.Error("another network is locked out")
	}
	day := writesAnHour
	for range 10 {
		now = now.Add(time.Hour)
		day += count("a", 50)
	}
	if day != writesADay {
		t.Errorf("%d in a day", day)
	}
	now = now.Add(25 * time.Hour)
	all := 0
	for i := range 2 * writesAllAnHour {
		all += count(fmt.Sprint("n", i), 1)
	}
	if all != writesAllAnHour {
		t.Errorf("%d of all networks in an hour", all)
	}
	if n := count("", 1); n != 0 {
		t.Error("who comes by an unknown proxy is not bounded")
	}
}
