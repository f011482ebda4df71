package eval_test

import (
	"testing"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/text"
)

func treaty(parties []string, words string) *eval.Treaty {
	return &eval.Treaty{Gold: &eval.Gold{}, Reading: &text.Reading{Text: words}, Parties: parties}
}

func TestFamilies(t *testing.T) {
	long := "The Contracting Parties shall abolish customs duties on imports and charges having equivalent effect in accordance with the provisions of this Agreement and its Annexes. " +
		"No new customs duties shall be introduced in trade between the Contracting Parties from the date of entry into force of this Agreement. " +
		"Quantitative restrictions and measures having equivalent effect shall be abolished on the same day, and none shall be introduced thereafter. "
	all := []*eval.Treaty{
		treaty([]string{"AAA", "BBB"}, long),
		treaty([]string{"CCC", "DDD"}, long), // word for word the same
		treaty([]string{"EEE", "FFF"}, "Nothing here is like the others, since this text speaks of the weather and of nothing else at all, all year long."),
		treaty([]string{"FFF", "EEE"}, "Between the same parties, of another matter: the keeping of bees on both banks of the river that divides them."),
	}
	f := eval.Families(all)
	if f[0] != f[1] || f[2] != f[3] || f[0] == f[2] {
		t.Errorf("families %v, want the copies together, and the same parties together", f)
	}
	folds := eval.Folds([]int{0, 0, 0, 1, 2, 3, 4, 5, 5}, 3)
	for i, x := range []int{0, 0, 0} {
		if folds[i] != folds[x] {
			t.Errorf("folds %v split a family", folds)
		}
	}
}

// The treaties that copy each other are together, and no family is so large that nothing is left to learn from.
func TestSharedFamilies(t *testing.T) {
	gold, err := eval.ReadDTA(need.Shared(t, "gold", "dta_enforceability.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	all, _, err := eval.Load(gold, need.Shared(t, "texts", "tota"), rules, nil)
	if err != nil {
		t.Fatal(err)
	}
	f := eval.Families(all)
	size, at := map[int]int{}, map[string]int{}
	for i, x := range f {
		at[all[i].ID] = x
		if size[x]++; size[x] > len(all)/5 {
			t.Fatalf("family of %s: more than a fifth of all", all[i].Name)
		}
	}
	for _, kin := range [][]string{{"2", "12", "30", "346"}, {"5", "33", "66"}, {"16", "61", "83", "98"}, {"43", "421", "432"}} {
		for _, id := range kin[1:] {
			if at[id] != at[kin[0]] {
				t.Errorf("%s and %s are not one family", id, kin[0])
			}
		}
	}
	if at["2"] == at["16"] {
		t.Error("Egypt–Turkey and EU–Algeria are one family")
	}
}
