package web

import (
	"fmt"
	"testing"
	"time"
)

// One network writes a few times an hour; another is not kept from it, whatever was sent before; what one provider sends is bounded, and so is the
// memory that counting takes.
func TestWriters(t *testing.T) {
	var w writers
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	count := func(network, wide, record string, n int) (took, first int) {
		for range n {
			ok, f := w.may(now, network, wide, record)
			if ok {
				took++
			}
			if f {
				first++
			}
		}
		return took, first
	}
	if n, first := count("a", "A", "r", 50); n != writesAnHour || first != 1 {
		t.Errorf("%d in an hour, %d of them first", n, first)
	}
	if n, first := count("b", "A", "r", 1); n != 1 || first != 1 {
		t.Error("another network is locked out")
	}
	day := writesAnHour
	for range 10 {
		now = now.Add(time.Hour)
		n, first := count("a", "A", "r", 50)
		if day += n; first != 0 {
			t.Error("the first a second time")
		}
	}
	if day != writesADay {
		t.Errorf("%d in a day", day)
	}
	now = now.Add(25 * time.Hour)
	if n, _ := count("", "", "r", 2*writesAllAnHour); n != writesAllAnHour {
		t.Errorf("%d by an unknown proxy in an hour", n)
	}
	for i := range 40 { // who writes for the first time is not kept out by all that
		if n, first := count(fmt.Sprint("n", i), fmt.Sprint("W", i), "r", 2); n != 1 || first != 1 {
			t.Fatalf("network %d: %d, %d", i, n, first)
		}
	}
	took := 0
	for i := range 500 {
		n, _ := count(fmt.Sprint("p", i), "P", "r", 1)
		took += n
	}
	if took != writesWideAnHour {
		t.Errorf("%d of one provider in an hour", took)
	}
}
