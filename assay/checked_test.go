package assay_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/openassay/assay/assay"
)

const checkedTreaty = "Agreement between Norland and Sudria\n\nThe Parties have agreed as follows:\n\nArticle 1\nOre\n\nNorland shall supply 40 tonnes of copper to Sudria by 2030.\n\nArticle 2\nData\n\n" +
	"The Parties shall endeavour to share geological data.\n\nArticle 3\nForce\n\nThis Agreement shall enter into force on ratification.\n"

// What people say of a norm carries into everything that rests on it, and into nothing else.
func TestPeopleAreFollowed(t *testing.T) {
	r, machine := plain(t, checkedTreaty)
	at := strings.Index(r.Text, "tonnes")
	read := func(cs ...assay.Check) *assay.Analysis {
		return assay.AnalyzeChecked(r, mustRules(t), testLexicon(), cs)
	}
	for name, same := range map[string][]assay.Check{
		"nobody said anything":       nil,
		"of a provision of no text":  {{EID: "art_99", At: at, Modality: assay.Permission}},
		"of no norm of the place":    {{EID: "art_2", At: at, Modality: assay.Permission}},
		"outside the text":           {{EID: "art_1", At: -5, Modality: assay.Permission}, {EID: "art_1", At: 1 << 30, Modality: assay.Permission}},
		"neither force nor a bearer": {{EID: "art_1", At: at}},
	} {
		if got := read(same...); !reflect.DeepEqual(got.Provisions, machine.Provisions) || !reflect.DeepEqual(got.Instrument, machine.Instrument) {
			t.Errorf("%s: something changed", name)
		}
	}
	if machine.Instrument.Obligation != 3 || len(machine.Commitments) != 1 || len(machine.Balance.Items) == 0 || machine.Balance.Items[0].Strength != "binding" {
		t.Fatalf("the machine reads %+v, %+v, %+v", machine.Instrument.Ladders.Obligation, machine.Commitments, machine.Balance.Items)
	}
	got := read(assay.Check{EID: "art_1", At: at, Modality: assay.Aspiration})
	if l := got.Instrument.Ladders.Obligation; l.Level != 2 || l.Why != "efforts_only" {
		t.Errorf("the ladder still rests on what a person overruled: %+v", l)
	}
	if len(got.Commitments) != 0 || got.Balance.Items[0].Strength != "hope" {
		t.Errorf("commitments %+v, balance %+v", got.Commitments, got.Balance.Items[0])
	}
	same := 0
	for i, p := range got.Provisions {
		if len(p.Norms) != len(machine.Provisions[i].Norms) {
			t.Errorf("%s has other norms", p.EID)
		}
		if p.EID == "art_1" {
			if n := p.Norms[0]; p.Modality != assay.Aspiration || n.Modality != assay.Aspiration || n.Confidence != 1 {
				t.Errorf("the norm itself: %+v", n)
			}
		} else if reflect.DeepEqual(p, machine.Provisions[i]) {
			same++
		}
	}
	if same != len(got.Provisions)-1 {
		t.Errorf("%d of %d other provisions are as they were", same, len(got.Provisions)-1)
	}
	got = read(assay.Check{EID: "art_1", At: at, Bearer: []string{"SUD"}})
	if c := got.Commitments[0]; !reflect.DeepEqual(c.Who, []string{"SUD"}) || c.Modality != assay.Obligation {
		t.Errorf("the bearer: %+v", c)
	}
}
