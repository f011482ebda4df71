// Package published holds the figures of the last measurement of the reading, for pages that tell people how often it is wrong. The file
// figures.json is written by ./check eval --write from what assay eval prints; nobody types figures in.
package published

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"sync"
)

// Figures are what is told. All are shares from 0 to 1, but the counts and κ (Cohen's, up to 1; 0 is chance).
type Figures struct {
	Areas     Areas      `json:"areas"`     // policy areas of trade agreements, against the World Bank's coders
	Clauses   Compared   `json:"clauses"`   // force of contract clauses, against people
	Articles  Articles   `json:"articles"`  // boundaries of articles
	Chinese   Chinese    `json:"chinese"`   // Chinese texts against the same treaties in English
	Sentences []Language `json:"sentences"` // strength of sentences, against labels that language models gave from a written guideline
}

// Areas are the figures of coverage and enforceability. On treaties that weights were fitted on, weights fitted on other families judged.
type Areas struct {
	Treaties int        `json:"treaties"`
	Families int        `json:"families"`
	Ours     AreaTotals `json:"ours"`
	Rules    AreaTotals `json:"rules_only"`
	Rival    AreaTotals `json:"rival"`  // word weights (TF-IDF) and logistic regression, on the same folds
	Locked   AreaTotals `json:"locked"` // the fold that nothing was chosen on
	English  AreaTotals `json:"en"`
	Spanish  AreaTotals `json:"es"`
	Each     []Area     `json:"each"`
}

// AreaTotals are means over areas that enough treaties cover, and the enforceability where people found the area covered.
type AreaTotals struct {
	MacroF1    float64 `json:"macro_f1"`
	MeanKappa  float64 `json:"mean_kappa"`
	LEAccuracy float64 `json:"le_accuracy"`
	LEKappa    float64 `json:"le_kappa"`
}

// Area is the agreement with people on one area.
type Area struct {
	Code      string   `json:"code"`
	N         int      `json:"n"`
	Positives int      `json:"positives"`
	Precision float64  `json:"precision"`
	Recall    float64  `json:"recall"`
	F1        float64  `json:"f1"`
	Kappa     *float64 `json:"kappa"` // null where chance explains everything
	LEN       int      `json:"le_n"`
	LECorrect int      `json:"le_correct"`
}

// Agreed is how often two answers are the same.
type Agreed struct {
	N        int     `json:"n,omitempty"`
	Accuracy float64 `json:"accuracy"`
	Kappa    float64 `json:"kappa"`
	MacroF1  float64 `json:"macro_f1,omitempty"`
}

// Compared is a measurement beside that of the rules alone and of word weights.
type Compared struct {
	Ours  Agreed `json:"ours"`
	Rules Agreed `json:"rules_only"`
	Rival Agreed `json:"rival"`
}

// Articles is how many articles were found at their exact start in texts written out as print has them.
type Articles struct {
	Treaties  int     `json:"treaties"`
	N         int     `json:"articles"`
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
	F1        float64 `json:"f1"`
}

// Chinese is the agreement of the strongest wording of each article in two languages, and whether it binds.
type Chinese struct {
	Treaties int    `json:"treaties"`
	N        int    `json:"articles"`
	Modality Agreed `json:"modality"`
	Binds    Agreed `json:"binds"`
}

// Language is the κ of the strength of sentences without headings.
type Language struct {
	Code      string   `json:"language"` // "" for all
	Texts     int      `json:"texts"`
	Units     int      `json:"units"`
	Readers   float64  `json:"readers"`             // two readers with each other
	Machine   float64  `json:"machine"`             // the machine on all texts, those included on which rules were mended
	Untouched *float64 `json:"untouched,omitempty"` // on those on which none was; null where there is none
	Right     float64  `json:"right"`               // share of sentences on which the machine is right
}

//go:embed figures.json
var file []byte

// Load gives the figures of this build.
var Load = sync.OnceValues(func() (*Figures, error) {
	var f Figures
	if err := json.Unmarshal(file, &f); err != nil {
		return nil, fmt.Errorf("eval/published/figures.json: %w", err)
	}
	return &f, nil
})
