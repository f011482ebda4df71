package assay_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/text"
)

func TestDump(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip("DUMP not set")
	}
	b, err := os.ReadFile(f)
	if err != nil {
		t.Fatal(err)
	}
	r, err := text.Read(f, b)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	a := assay.Analyze(r, rules, testLexicon())
	in := a.Instrument
	fmt.Printf("TITLE %s\nLANG %s KIND %s  stated=%s read=%s inferred=%s  O-P-D %d-%d-%d\nparties %v minerals %v meta %v\n", a.Title, a.Language, in.Kind, in.LegalNature.Stated, in.LegalNature.Read, in.LegalNature.Inferred, in.Obligation, in.Precision, in.Delegation, a.Parties, a.Minerals, r.Meta)
	for _, e := range in.LegalNature.Evidence {
		fmt.Printf("   ev %s %s [%s] %q\n", e.Level, e.EID, e.Rule, e.Text)
	}
	fmt.Printf("   %+v\n   %+v\n   %+v\n", in.Ladders.Obligation, in.Ladders.Precision, in.Ladders.Delegation)
	for i, p := range a.Provisions {
		s, e := r.Own(i)
		own := strings.ReplaceAll(r.Text[s:e], "\n", "⏎")
		if len(own) > 400 {
			own = own[:400]
		}
		fmt.Printf("%s [%s] %s|%s b=%v q=%v t=%v h=%q\n    %s\n", p.EID, r.Provisions[i].Kind, p.Modality, p.Part, p.Bearer, p.Qualifiers, p.Topics, p.Heading, own)
		if os.Getenv("LABELS") != "" {
			for _, l := range p.Labels {
				fmt.Printf("        %s (%s) %q\n", l.Class, l.Rule, r.Text[l.Start:l.End])
			}
		}
	}
}
