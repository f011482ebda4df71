package conflict_test

import (
	"fmt"
	"testing"

	"github.com/openassay/assay/conflict"
)

// TestMarksComeBack holds what is kept of a text against what was kept, for every example of the rules.
func TestMarksComeBack(t *testing.T) {
	r := load(t)
	for _, x := range r.Rules {
		for _, e := range append(x.Examples, x.Counter...) {
			for _, clause := range []string{e.A, e.B} {
				m := marks(t, clause)
				back, err := r.ReadMarks(m.Bytes())
				if err != nil {
					t.Fatal(err)
				}
				if was, is := fmt.Sprintf("%+v", m), fmt.Sprintf("%+v", back); was != is {
					t.Errorf("%q: kept\n%s\ncame back\n%s", clause, was, is)
				}
			}
		}
	}
}

// TestDamagedMarks cuts and changes bytes: what is left is refused or read, and nothing breaks.
func TestDamagedMarks(t *testing.T) {
	r := load(t)
	b := marks(t, "Sudria shall sell to Norland all its production of cobalt at 80 per cent of the price, except nickel of the Kala mine.").Bytes()
	for i := range b {
		if _, err := r.ReadMarks(b[:i]); err == nil {
			t.Errorf("%d of %d bytes were read", i, len(b))
		}
	}
}

func FuzzReadMarks(f *testing.F) {
	r := load(f)
	f.Add(marks(f, "Sudria shall sell to Norland all its production of cobalt.").Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := r.ReadMarks(b)
		if err != nil {
			return
		}
		s := r.Sheet(conflict.Text{ID: "a", Parties: []string{"NOR1", "SUD1"}}, m)
		r.Between(s, s)
	})
}
