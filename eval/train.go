package eval

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"github.com/openassay/assay/assay"
)

// How the weights are held back, chosen by cross-validation on the development folds.
var (
	coverRidge   = ridge{common: 1, own: 2, bias: 0.1, facet: 1}
	bindRidge    = ridge{common: 30, own: 5, bias: 2, facet: 1}
	excludeRidge = ridge{common: 0.5, own: 10, bias: 0.5, facet: 1}
)

// threshold of coverage: below one half, since a missed area costs F1 more than a false one.
const threshold = 0.35

// common is the share of treaties from which an area is common.
const common = 0.4

const nFolds = 5

// Train fits the weights of all three questions to coded treaties.
func Train(all []*Treaty, rules *assay.Rules) *assay.AreaWeights {
	w := &assay.AreaWeights{Threshold: threshold, W: map[string]map[string]float64{}}
	var cover, bind, exclude []example
	for _, t := range all {
		s := t.Analysis.Signals()
		for i, a := range rules.Areas() {
			c, ok := t.Codes[a.Code]
			if !ok {
				continue
			}
			cover = append(cover, example{s.CoverFeatures(rules, i), c.Covered, a.Code})
			if c.Covered {
				f := s.BindFeatures(rules, i)
				bind = append(bind, example{f, c.Force > 0, a.Code})
				if c.Force > 0 {
					exclude = append(exclude, example{f, c.Force == 1, a.Code})
				}
			}
		}
	}
	fit(assay.QuestionCover, cover, coverRidge, w)
	thresholds(cover, w)
	fit(assay.QuestionBind, bind, bindRidge, w)
	fit(assay.QuestionExclude, exclude, excludeRidge, w)
	return w
}

// thresholds lets common areas count as covered from one half, rare ones from less: a missed area costs their F1 more than a false one.
func thresholds(cover []example, w *assay.AreaWeights) {
	n, yes := map[string]int{}, map[string]int{}
	for _, e := range cover {
		n[e.area]++
		if e.y {
			yes[e.area]++
		}
	}
	for a := range n {
		if float64(yes[a]) > common*float64(n[a]) {
			w.W[assay.QuestionCover+"/"+a]["threshold"] = 0.5
		}
	}
}

//go:embed trained_on.txt
var trainedOn string

// Seen are the fingerprints of the texts that the embedded weights were fitted on.
func Seen() map[string]bool {
	out := map[string]bool{}
	for _, l := range strings.Split(trainedOn, "\n") {
		if f := strings.Fields(l); len(f) == 2 && f[0] != "#" {
			out[f[1]] = true
		}
	}
	return out
}

// TrainedOn writes the list that Seen reads.
func TrainedOn(all []*Treaty) string {
	var b strings.Builder
	b.WriteString("# The treaties that assay/weights_areas.txt was fitted on: id, fingerprint of the letters of the text.\n")
	for _, t := range all {
		fmt.Fprintf(&b, "%s %s\n", t.ID, Fingerprint(t.Reading.Text))
	}
	return b.String()
}

// Fingerprint is the same for texts with the same letters, however they are laid out.
func Fingerprint(s string) string {
	h := sha256.New()
	buf := make([]byte, 0, 4096)
	for _, r := range s {
		if unicode.IsLetter(r) {
			buf = append(buf, string(unicode.ToLower(r))...)
			if len(buf) > 4000 {
				h.Write(buf)
				buf = buf[:0]
			}
		}
	}
	h.Write(buf)
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// CrossFit judges each treaty with weights fitted on the treaties of other families: those of the other folds.
func CrossFit(all []*Treaty, rules *assay.Rules, fold []int, n int) [][]assay.AreaReading {
	out := make([][]assay.AreaReading, len(all))
	for k := range n {
		var rest []*Treaty
		for i, t := range all {
			if fold[i] != k {
				rest = append(rest, t)
			}
		}
		if len(rest) == len(all) || len(rest) == 0 {
			continue
		}
		w := Train(rest, rules)
		for i, t := range all {
			if fold[i] == k {
				out[i] = t.Analysis.Signals().Judge(rules, w)
			}
		}
	}
	return out
}
