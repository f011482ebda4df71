package eval

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/openassay/assay/assay"
)

// Two treaties that nobody was fitted on are judged by the embedded weights, and the report has the fields that others read.
func TestDTAOfTreatiesNeverSeen(t *testing.T) {
	dir := t.TempDir()
	for i, heading := range []string{"Customs Duties", "Protection of the Environment"} {
		xml := fmt.Sprintf(`<?xml version="1.0"?><treaty><meta><treaty_identifier>%d</treaty_identifier><name>Norland - Sudria</name><language>en</language></meta><body>
<chapter number="1" name="Trade"><article number="1" name="%s">Customs duties on imports shall be abolished. The free trade area covers trade in goods.</article>
<article number="2" name="Sanitary Measures">The Parties shall apply the SPS Agreement.</article></chapter></body></treaty>`, i+1, heading)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("pta_%d.xml", i+1)), []byte(xml), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	gold := filepath.Join(dir, "gold.csv")
	csv := "tota_id,area,ac,le\n1,FTAIndustrial,1,2\n1,Mining,0,0\n1,SPS,1,2\n2,FTAIndustrial,1,2\n2,Mining,0,0\n2,SPS,1,2\n3,SPS,1,2\n"
	if err := os.WriteFile(gold, []byte(csv), 0o644); err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	rep, err := DTA(DTAOptions{Gold: gold, Texts: dir}, rules, &assay.Lexicon{})
	if err != nil {
		t.Fatal(err)
	}
	if rep.Weights != "embedded" || rep.Treaties != 2 || rep.N != 6 || rep.Positives != 4 || len(rep.Missing) != 1 || rep.Missing[0] != "3" {
		t.Errorf("%+v", rep)
	}
	if rep.F1 < 0.99 || rep.LEN != 4 {
		t.Errorf("plain articles are missed: F1 %v, force asked %d times", rep.F1, rep.LEN)
	}
	b, err := json.Marshal(rep)
	if err != nil {
		t.Fatal(err)
	}
	var top map[string]any
	if err := json.Unmarshal(b, &top); err != nil {
		t.Fatal(err)
	}
	for _, f := range []string{"macro_f1", "mean_kappa", "le_accuracy", "le_kappa", "languages", "curve", "areas"} {
		if _, ok := top[f]; !ok {
			t.Errorf("no field %s", f)
		}
	}
}
