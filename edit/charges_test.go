package edit_test

import (
	"testing"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

func TestCharges(t *testing.T) {
	for _, c := range []struct {
		says, note, statement string
		want                  string
	}{
		{"The company paid bribes to two ministers.", "", "", "bribes"},
		{"The company paid bribes to two ministers.", "", "allegation", ""},
		{"A contract of 2008.", "The press says that it was Corrupt.", "", "Corrupt"},
		{"A chapter against corruption and money laundering.", "", "", ""},
		{"Measures to combat corruption.", "", "", ""},
		{"An anti-corruption clause.", "", "", ""},
		{"Des pots-de-vin ont été versés.", "", "", "pots-de-vin"},
		{"La empresa sobornó a un ministro.", "", "", "sobornó"},
		{"Allegiance was sworn.", "", "", ""},
		{"Delivery of copper cathode.", "", "", ""},
	} {
		v := registry.Value{Type: registry.TypeText, Raw: c.says}
		if got := edit.Charges(&registry.Claim{Record: "ins_a", Field: "note", Value: v, Note: c.note, Statement: c.statement}); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.says, c.note, got, c.want)
		}
	}
}
