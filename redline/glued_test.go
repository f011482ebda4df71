package redline_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/redline"
)

// Official pages lose blanks: "Bordoliashall". Another name of a party there is another word and changes nothing in force.
func TestGluedNameIsNoForce(t *testing.T) {
	a := "AGREEMENT BETWEEN BORDOLIA AND KESTRIA ON ORES\n\nArticle 1\n\nBordoliashall publish the yearly account of its mines and open the books of the company to auditors.\n"
	for _, b := range []string{strings.Replace(a, "Bordoliashall", "Kestriashall", 1), strings.Replace(a, "Bordoliashall", "Kestria shall", 1), strings.Replace(a, "Bordoliashall", "Bordolia shall", 1)} {
		for _, x := range []*redline.Redline{compare(t, a, b), compare(t, b, a)} {
			for _, c := range x.Changes {
				if len(c.Force) > 0 {
					t.Errorf("%q: %+v", b[60:90], c.Force)
				}
			}
		}
	}
}
