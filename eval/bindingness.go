package eval

import (
	"fmt"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// BindingnessReport is what assay eval bindingness prints.
type BindingnessReport struct {
	N        int      `json:"n"`
	Kappa    float64  `json:"kappa"`
	Accuracy float64  `json:"accuracy"`
	MacroF1  float64  `json:"macro_f1"`
	Classes  []string `json:"classes"`
	Table    [][]int  `json:"table"` // gold by row
	Weights  string   `json:"weights"`
	Rival    *Rival   `json:"rival,omitempty"`
	Note     string   `json:"note,omitempty"`
}

// Rival are the figures of word weights and logistic regression on the same folds.
type Rival struct {
	Kappa    float64 `json:"kappa"`
	Accuracy float64 `json:"accuracy"`
	MacroF1  float64 `json:"macro_f1"`
}

// clause is one coded clause.
type clause struct {
	text  string
	class int
}

var forceRidge = ridge{common: 1e6, own: 1.5, bias: 0.01, facet: 1}

const clauseFolds = 10

func readClauses(path string) ([]clause, error) {
	rows, err := readTable(path, "label", "original_text")
	if err != nil {
		return nil, err
	}
	var out []clause
	for n, row := range rows {
		class := -1
		for k, c := range assay.ClauseClasses {
			if row["label"] == c {
				class = k
			}
		}
		if class < 0 {
			return nil, registry.Errorf(registry.Invalid, "%s: line %d: label %q", path, n+2, row["label"]).WithHint("labels are MP, DP and NP")
		}
		out = append(out, clause{strings.Join(strings.Fields(row["original_text"]), " "), class})
	}
	if len(out) == 0 {
		return nil, registry.Errorf(registry.Invalid, "%s: no clauses", path).WithHint("give a CSV with rows")
	}
	return out, nil
}

// TrainClauses fits the weights of the three classes.
func TrainClauses(features [][]assay.Feature, class []int) *assay.AreaWeights {
	w := &assay.AreaWeights{Threshold: 0.5, W: map[string]map[string]float64{}}
	for k, c := range assay.ClauseClasses {
		var ex []example
		for i, f := range features {
			ex = append(ex, example{f, class[i] == k, c})
		}
		fit(assay.QuestionForce, ex, forceRidge, w)
		delete(w.W, assay.QuestionForce+"/*")
	}
	return w
}

// TrainOnClauses reads coded clauses and fits the weights; seen lists them in the form of trained_on.txt.
func TrainOnClauses(path string, rules *assay.Rules) (w *assay.AreaWeights, seen string, err error) {
	all, err := readClauses(path)
	if err != nil {
		return nil, "", err
	}
	var b strings.Builder
	features, class := make([][]assay.Feature, len(all)), make([]int, len(all))
	for i, c := range all {
		features[i], class[i] = assay.ClauseFeatures(rules, c.text), c.class
		fmt.Fprintf(&b, "clause %s\n", Fingerprint(c.text))
	}
	return TrainClauses(features, class), b.String(), nil
}

// Bindingness measures the force of clauses against people's codes. Clauses that the embedded weights were fitted on are judged by
// weights fitted on others, unless rulesOnly asks for the weights written by hand; clauses of the same contract, known by the names of its parties, are kept together.
func Bindingness(path string, rules *assay.Rules, rulesOnly bool) (*BindingnessReport, error) {
	all, err := readClauses(path)
	if err != nil {
		return nil, err
	}
	seen, known := Seen(), 0
	features := make([][]assay.Feature, len(all))
	class, fold := make([]int, len(all)), clauseGroups(all)
	for i, c := range all {
		features[i], class[i] = assay.ClauseFeatures(rules, c.text), c.class
		if seen[Fingerprint(c.text)] {
			known++
		}
	}
	t := NewTable(assay.ClauseClasses...)
	rep := &BindingnessReport{N: len(all), Classes: assay.ClauseClasses, Weights: "embedded"}
	if rulesOnly {
		rep.Weights = "rules"
		for i, c := range all {
			got, _ := assay.ClauseForce(rules, assay.RuleWeights(), c.text)
			t.Add(class[i], got)
		}
	} else if known >= enough {
		rep.Weights = "crossfit"
		rep.Note = "the weights were fitted on these clauses: each is judged by weights fitted anew on clauses of other contracts"
		rival := NewTable(assay.ClauseClasses...)
		for k := range clauseFolds {
			var fs [][]assay.Feature
			var cs []int
			var train, test []string
			for i := range all {
				if fold[i] != k {
					fs, cs, train = append(fs, features[i]), append(cs, class[i]), append(train, all[i].text)
				} else {
					test = append(test, all[i].text)
				}
			}
			w := TrainClauses(fs, cs)
			said := WordRival(train, cs, len(assay.ClauseClasses), test)
			n := 0
			for i := range all {
				if fold[i] == k {
					got, _ := assay.ClauseForce(rules, w, all[i].text)
					t.Add(class[i], got)
					rival.Add(class[i], said[n])
					n++
				}
			}
		}
		rep.Rival = &Rival{zero(rival.Kappa()), rival.Accuracy(), rival.MacroF1()}
	} else {
		if known > 0 {
			rep.Note = "some of these clauses are among those the weights were fitted on: for them the figures flatter"
		}
		for i, c := range all {
			got, _ := assay.ClauseForce(rules, assay.ClauseWeights(), c.text)
			t.Add(class[i], got)
		}
	}
	rep.Kappa, rep.Accuracy, rep.MacroF1, rep.Table = zero(t.Kappa()), t.Accuracy(), t.MacroF1(), t.Count
	return rep, nil
}

// clauseGroups puts clauses that share a rare name in capitals, as clauses of one contract do, into one fold.
func clauseGroups(all []clause) []int {
	count := map[string]int{}
	names := make([][]string, len(all))
	for i, c := range all {
		had := map[string]bool{}
		for k, w := range strings.Fields(c.text) {
			w = strings.Trim(w, ".,;:()'\"’“”")
			w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
			if k > 0 && len(w) > 3 && w[0] >= 'A' && w[0] <= 'Z' && !had[w] {
				had[w] = true
				names[i] = append(names[i], w)
				count[w]++
			}
		}
	}
	first, family := map[string]int{}, make([]int, len(all))
	for i := range all {
		family[i] = i
		for _, w := range names[i] {
			if count[w] > 4 {
				continue
			}
			if j, ok := first[w]; ok {
				family[i] = family[j]
			} else {
				first[w] = i
			}
		}
	}
	return Folds(family, clauseFolds)
}
