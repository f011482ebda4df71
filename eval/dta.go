package eval

import (
	"fmt"
	"math"
	"sort"

	"github.com/openassay/assay/assay"
)

// DTAOptions say what to measure on.
type DTAOptions struct {
	Gold, Texts string
	RulesOnly   bool
	Dev         bool // leave the locked fold out
	Rival       bool // ask word weights too: takes half a minute
}

// AreaScore is the agreement with people on one area.
type AreaScore struct {
	Code      string   `json:"code"`
	N         int      `json:"n"`
	Positives int      `json:"positives"`
	Precision float64  `json:"precision"`
	Recall    float64  `json:"recall"`
	F1        float64  `json:"f1"`
	Kappa     *float64 `json:"kappa"` // null where people, or the machine, always say the same and chance explains everything
	LEN       int      `json:"le_n"`
	LECorrect int      `json:"le_correct"`
}

// Part are the figures of a part of the treaties.
type Part struct {
	Treaties   int     `json:"treaties"`
	N          int     `json:"n"`
	Positives  int     `json:"positives"`
	Precision  float64 `json:"precision"` // of all answers together
	Recall     float64 `json:"recall"`
	F1         float64 `json:"f1"`
	Kappa      float64 `json:"kappa"`
	MacroF1    float64 `json:"macro_f1"` // over areas with at least minPositives positives
	MeanKappa  float64 `json:"mean_kappa"`
	MacroAreas int     `json:"macro_areas"`
	LEN        int     `json:"le_n"`
	LEAccuracy float64 `json:"le_accuracy"`
	LEMacroF1  float64 `json:"le_macro_f1"`
	LEKappa    float64 `json:"le_kappa"`
	LETable    [][]int `json:"le_table"` // gold by row: 0, 1, 2
}

// CurvePoint says how good the answers are where only those above a confidence are given.
type CurvePoint struct {
	Confidence float64 `json:"confidence"`
	Answered   float64 `json:"answered"` // share of all questions
	Accuracy   float64 `json:"accuracy"`
	F1         float64 `json:"f1"`
}

// DTAReport is what assay eval dta prints.
type DTAReport struct {
	Part
	Weights   string           `json:"weights"` // rules, embedded, crossfit, or crossfit+embedded
	Note      string           `json:"note,omitempty"`
	Missing   []string         `json:"missing"` // coded agreements without text
	Families  int              `json:"families"`
	Areas     []AreaScore      `json:"areas"`
	Languages map[string]*Part `json:"languages"`
	Locked    *Part            `json:"locked,omitempty"` // the fold that nothing was chosen on
	Rival     *Part            `json:"rival,omitempty"`  // TF-IDF and logistic regression on the same folds
	RivalLock *Part            `json:"rival_locked,omitempty"`
	Curve     []CurvePoint     `json:"curve"`
	Noise     *Noise           `json:"noise"`

	Coded   []*Treaty             `json:"-"`
	Answers [][]assay.AreaReading `json:"-"`
	Fold    []int                 `json:"-"`
}

const minPositives = 5

// DTA measures areas and their enforceability against the codes of the World Bank's coders. Treaties that the embedded weights were
// fitted on are judged by weights fitted anew on treaties of other families; all others by the embedded weights.
func DTA(opt DTAOptions, rules *assay.Rules, lex *assay.Lexicon) (*DTAReport, error) {
	gold, err := ReadDTA(opt.Gold)
	if err != nil {
		return nil, err
	}
	all, missing, err := Load(gold, opt.Texts, rules, lex)
	if err != nil {
		return nil, err
	}
	rep := &DTAReport{Missing: append([]string{}, missing...)}
	family := Families(all)
	for _, f := range family {
		rep.Families = max(rep.Families, f+1)
	}
	fold := Folds(family, nFolds)
	if opt.Dev {
		var kept []*Treaty
		var folds []int
		for i, t := range all {
			if fold[i] != 0 {
				kept, folds = append(kept, t), append(folds, fold[i])
			}
		}
		all, fold = kept, folds
	}
	answers := rep.answer(all, fold, opt, rules)
	rep.Coded, rep.Answers, rep.Fold = all, answers, fold
	every := func(int) bool { return true }
	rep.Part = part(all, answers, rules, every)
	rep.Areas = areaScores(all, answers, rules)
	rep.Languages = map[string]*Part{}
	for _, t := range all {
		l := t.Reading.Language
		if rep.Languages[l] == nil {
			p := part(all, answers, rules, func(i int) bool { return all[i].Reading.Language == l })
			rep.Languages[l] = &p
		}
	}
	if !opt.Dev && (rep.Weights == "crossfit" || opt.RulesOnly) {
		p := part(all, answers, rules, func(i int) bool { return fold[i] == 0 })
		rep.Locked = &p
	}
	if opt.Rival {
		said := AreaRival(all, rules, fold, nFolds)
		p := part(all, said, rules, every)
		rep.Rival = &p
		if !opt.Dev {
			p := part(all, said, rules, func(i int) bool { return fold[i] == 0 })
			rep.RivalLock = &p
		}
	}
	rep.Curve = curve(all, answers, rules)
	rep.Noise = measureNoise(all, rules)
	return rep, nil
}

// enough treaties to fit weights on.
const enough = 100

func (rep *DTAReport) answer(all []*Treaty, fold []int, opt DTAOptions, rules *assay.Rules) [][]assay.AreaReading {
	out := make([][]assay.AreaReading, len(all))
	judge := func(i int, w *assay.AreaWeights) { out[i] = all[i].Analysis.Signals().Judge(rules, w) }
	if opt.RulesOnly {
		rep.Weights = "rules"
		for i := range all {
			judge(i, assay.RuleWeights())
		}
		return out
	}
	seen := Seen()
	var known []*Treaty
	var folds, at []int
	for i, t := range all {
		if seen[Fingerprint(t.Reading.Text)] || opt.Dev {
			known, folds, at = append(known, t), append(folds, fold[i]), append(at, i)
		}
	}
	rep.Weights = "embedded"
	for i := range all {
		judge(i, assay.TrainedWeights())
	}
	switch {
	case len(known) == 0:
	case len(known) < enough:
		rep.Note = fmt.Sprintf("%d of these %d treaties are among those the weights were fitted on: for them the figures flatter", len(known), len(all))
	default:
		rep.Weights = "crossfit"
		rep.Note = "the weights were fitted on these treaties: each is judged by weights fitted anew on treaties of other families"
		if len(known) < len(all) {
			rep.Weights = "crossfit+embedded"
			rep.Note = fmt.Sprintf("%d of these %d treaties are among those the weights were fitted on: they are judged by weights fitted anew on other families", len(known), len(all))
		}
		for k, a := range CrossFit(known, rules, folds, nFolds) {
			if a != nil {
				out[at[k]] = a
			}
		}
	}
	return out
}

func part(all []*Treaty, answers [][]assay.AreaReading, rules *assay.Rules, in func(int) bool) Part {
	var p Part
	var micro Binary
	le := NewTable("0", "1", "2")
	areas := make([]Binary, len(rules.Areas()))
	for i, t := range all {
		if !in(i) {
			continue
		}
		p.Treaties++
		for k, a := range rules.Areas() {
			c, ok := t.Codes[a.Code]
			if !ok {
				continue
			}
			got := answers[i][k]
			micro.Add(c.Covered, got.Covered == 1)
			areas[k].Add(c.Covered, got.Covered == 1)
			if c.Covered {
				le.Add(c.Force, got.IfCovered)
			}
		}
	}
	p.N, p.Positives, p.Precision, p.Recall, p.F1, p.Kappa = micro.N(), micro.Positives(), micro.Precision(), micro.Recall(), micro.F1(), zero(micro.Kappa())
	n := 0
	for _, b := range areas {
		if b.Positives() < minPositives {
			continue
		}
		p.MacroAreas++
		p.MacroF1 += b.F1()
		if k := b.Kappa(); !math.IsNaN(k) {
			p.MeanKappa += k
			n++
		}
	}
	if p.MacroAreas > 0 {
		p.MacroF1 /= float64(p.MacroAreas)
	}
	if n > 0 {
		p.MeanKappa /= float64(n)
	}
	p.LEN, p.LEAccuracy, p.LEMacroF1, p.LEKappa, p.LETable = le.N(), le.Accuracy(), le.MacroF1(), zero(le.Kappa()), le.Count
	return p
}

func zero(x float64) float64 {
	if math.IsNaN(x) {
		return 0
	}
	return x
}

func areaScores(all []*Treaty, answers [][]assay.AreaReading, rules *assay.Rules) []AreaScore {
	out := []AreaScore{}
	for k, a := range rules.Areas() {
		var b Binary
		s := AreaScore{Code: a.Code}
		for i, t := range all {
			if c, ok := t.Codes[a.Code]; ok {
				b.Add(c.Covered, answers[i][k].Covered == 1)
				if c.Covered {
					s.LEN++
					if answers[i][k].IfCovered == c.Force {
						s.LECorrect++
					}
				}
			}
		}
		if b.N() == 0 {
			continue
		}
		s.N, s.Positives, s.Precision, s.Recall, s.F1 = b.N(), b.Positives(), b.Precision(), b.Recall(), b.F1()
		if x := b.Kappa(); !math.IsNaN(x) {
			s.Kappa = &x
		}
		out = append(out, s)
	}
	return out
}

// curve raises the confidence that an answer needs.
func curve(all []*Treaty, answers [][]assay.AreaReading, rules *assay.Rules) []CurvePoint {
	type answer struct {
		conf      float64
		gold, got bool
	}
	var list []answer
	for i, t := range all {
		for k, a := range rules.Areas() {
			if c, ok := t.Codes[a.Code]; ok {
				list = append(list, answer{answers[i][k].Confidence, c.Covered, answers[i][k].Covered == 1})
			}
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].conf > list[j].conf })
	out := []CurvePoint{}
	for _, limit := range []float64{0, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98} {
		var b Binary
		for _, a := range list {
			if a.conf >= limit {
				b.Add(a.gold, a.got)
			}
		}
		out = append(out, CurvePoint{limit, ratio(b.N(), len(list)), b.Accuracy(), b.F1()})
	}
	return out
}
