package assay_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/assay"
)

func TestSurvey(t *testing.T) {
	glob := os.Getenv("SURVEY")
	if glob == "" {
		t.Skip("SURVEY not set")
	}
	names, rs := readings(t, glob)
	rules, _ := assay.LoadRules()
	for i, r := range rs {
		a := assay.Analyze(r, rules, testLexicon())
		in := a.Instrument
		c := map[assay.Modality]int{}
		for j := range a.Provisions {
			s, e := r.Own(j)
			if e > s {
				c[a.Provisions[j].Modality]++
			}
		}
		ev := ""
		for _, e := range in.LegalNature.Evidence {
			if e.Level == "stated" {
				ev += fmt.Sprintf(" %s:%q", e.EID, e.Text)
			}
		}
		fmt.Printf("%s %s %s st=%s rd=%s inf=%s %d%d%d pt=%d n=%d O%d P%d E%d M%d R%d I%d A%d D%d N%d%s\n", filepath.Base(names[i]), a.Language+a.Unsupported, in.Kind, in.LegalNature.Stated, in.LegalNature.Read, in.LegalNature.Inferred, in.Obligation, in.Precision, in.Delegation, len(a.Parties), len(a.Provisions),
			c["obligation"], c["prohibition"], c["effort"], c["permission"], c["right"], c["intention"], c["aspiration"], c["declaration"], c["none"], ev)
	}
}
