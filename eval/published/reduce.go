package published

import (
	"encoding/json"
	"fmt"
	"math"
)

// Reduce makes the file of the figures from the reports of assay eval (JSON), by the name of the measurement: dta, dta by rules only,
// bindingness, bindingness by rules only, segments, aligned, reading.
func Reduce(reports map[string][]byte) ([]byte, error) {
	var f Figures
	var dta struct {
		AreaTotals
		Treaties, Families int
		Areas              []Area
		Languages          map[string]AreaTotals
		Locked, Rival      AreaTotals
	}
	var clauses struct {
		Agreed
		Rival Agreed
	}
	type scores struct {
		Without struct{ Agreement, Kappa float64 } `json:"modality_without_headings"`
	}
	var reading struct {
		Languages []struct {
			Language         string
			Texts, Units     int
			Readers, Machine *scores
			Untouched        *scores `json:"machine_untouched"`
		}
	}
	for _, r := range []struct {
		name string
		into any
	}{{"dta", &dta}, {"dta by rules only", &f.Areas.Rules}, {"bindingness", &clauses}, {"bindingness by rules only", &f.Clauses.Rules}, {"segments", &f.Articles},
		{"aligned", &f.Chinese}, {"reading", &reading}} {
		if err := json.Unmarshal(reports[r.name], r.into); err != nil {
			return nil, fmt.Errorf("the report of %s: %w", r.name, err)
		}
	}
	rules := f.Areas.Rules
	f.Areas = Areas{Treaties: dta.Treaties, Families: dta.Families, Ours: dta.AreaTotals, Rules: rules, Rival: dta.Rival, Locked: dta.Locked,
		English: dta.Languages["en"], Spanish: dta.Languages["es"], Each: dta.Areas}
	f.Clauses.Ours, f.Clauses.Rival = clauses.Agreed, clauses.Rival
	for _, l := range reading.Languages {
		if l.Readers == nil || l.Machine == nil {
			continue
		}
		x := Language{Code: l.Language, Texts: l.Texts, Units: l.Units, Readers: l.Readers.Without.Kappa, Machine: l.Machine.Without.Kappa, Right: l.Machine.Without.Agreement}
		if l.Language == "all" {
			x.Code = ""
		}
		if l.Untouched != nil {
			k := round(l.Untouched.Without.Kappa)
			x.Untouched = &k
		}
		f.Sentences = append(f.Sentences, x)
	}
	f.rounded()
	b, err := json.MarshalIndent(&f, "", " ")
	return append(b, '\n'), err
}

// round keeps three decimals, as eval/scores.golden does.
func round(x float64) float64 { return math.Round(x*1000) / 1000 }

func (f *Figures) rounded() {
	a := &f.Areas
	for _, t := range []*AreaTotals{&a.Ours, &a.Rules, &a.Rival, &a.Locked, &a.English, &a.Spanish} {
		t.MacroF1, t.MeanKappa, t.LEAccuracy, t.LEKappa = round(t.MacroF1), round(t.MeanKappa), round(t.LEAccuracy), round(t.LEKappa)
	}
	for i := range a.Each {
		e := &a.Each[i]
		e.Precision, e.Recall, e.F1 = round(e.Precision), round(e.Recall), round(e.F1)
		if e.Kappa != nil {
			k := round(*e.Kappa)
			e.Kappa = &k
		}
	}
	for _, g := range []*Agreed{&f.Clauses.Ours, &f.Clauses.Rules, &f.Clauses.Rival, &f.Chinese.Modality, &f.Chinese.Binds} {
		g.Accuracy, g.Kappa, g.MacroF1 = round(g.Accuracy), round(g.Kappa), round(g.MacroF1)
	}
	r := &f.Articles
	r.Precision, r.Recall, r.F1 = round(r.Precision), round(r.Recall), round(r.F1)
	for i := range f.Sentences {
		s := &f.Sentences[i]
		s.Readers, s.Machine, s.Right = round(s.Readers), round(s.Machine), round(s.Right)
	}
}
