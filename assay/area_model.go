package assay

import (
	"bufio"
	_ "embed"
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"
	"sync"
)

// AreaWeights turn signals into probabilities: for each question weights common to all areas,
// and what each area adds to them.
// Questions: cover (is it covered), bind (is what is covered enforceable), exclude (is what is enforceable excluded).
type AreaWeights struct {
	Threshold float64 // of cover: the probability from which an area counts as covered
	W         map[string]map[string]float64
}

// Questions that weights answer.
const (
	QuestionCover   = "cover"
	QuestionBind    = "bind"
	QuestionExclude = "exclude"
)

//go:embed weights_areas.txt
var areaWeightsText string

var areaWeightsOnce = sync.OnceValue(func() *AreaWeights {
	w, err := ParseAreaWeights(areaWeightsText)
	if err != nil {
		panic(err) // embedded, and read by a test
	}
	return w
})

//go:embed weights_rules.txt
var ruleWeightsText string

var ruleWeightsOnce = sync.OnceValue(func() *AreaWeights {
	w, err := ParseAreaWeights(ruleWeightsText)
	if err != nil {
		panic(err) // embedded, and read by a test
	}
	return w
})

// RuleWeights are written by hand, the same for every area: what the rules say without anything learnt.
func RuleWeights() *AreaWeights { return ruleWeightsOnce() }

// TrainedWeights are those that come with the program.
func TrainedWeights() *AreaWeights { return areaWeightsOnce() }

// ParseAreaWeights reads lines "question/area feature weight"; "*" as area stands for all, and the lines of an area add to it.
func ParseAreaWeights(s string) (*AreaWeights, error) {
	w := &AreaWeights{Threshold: 0.5, W: map[string]map[string]float64{}}
	sc := bufio.NewScanner(strings.NewReader(s))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Fields(line)
		if len(f) == 2 && f[0] == "threshold" {
			f = []string{"", f[0], f[1]}
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("line %d: %q is not: question/area feature weight", n, line)
		}
		v, err := strconv.ParseFloat(f[2], 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("line %d: %q is no weight", n, f[2])
		}
		if f[0] == "" {
			w.Threshold = v
			continue
		}
		if w.W[f[0]] == nil {
			w.W[f[0]] = map[string]float64{}
		}
		w.W[f[0]][f[1]] = v
	}
	return w, sc.Err()
}

// String writes the weights as ParseAreaWeights reads them, sorted, rounded to two decimals; weights that round to zero are left out.
func (w *AreaWeights) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "threshold %.2f\n", w.Threshold)
	var keys []string
	for k := range w.W {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		var names []string
		for n := range w.W[k] {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			if s := strconv.FormatFloat(w.W[k][n], 'f', 2, 64); s != "0.00" && s != "-0.00" {
				fmt.Fprintf(&b, "%s %s %s\n", k, n, s)
			}
		}
	}
	return b.String()
}

// threshold is the probability from which an area counts as covered.
func (w *AreaWeights) threshold(area string) float64 {
	if t, ok := w.W[QuestionCover+"/"+area]["threshold"]; ok {
		return t
	}
	return w.Threshold
}

// Knows reports whether the weights were learnt for an area, rather than for none in particular.
func (w *AreaWeights) Knows(area string) bool { return w.W[QuestionCover+"/"+area] != nil }

// P answers a question about an area: logistic, of the common weights plus the area's own, summed in the order of the features.
func (w *AreaWeights) P(question, area string, f []Feature) float64 {
	common, own := w.W[question+"/*"], w.W[question+"/"+area]
	z := 0.0
	for _, x := range f {
		z += (common[x.Name] + own[x.Name]) * x.Value
	}
	return 1 / (1 + math.Exp(-z))
}

// Feature is one named number about an area in a text. Names that begin with "f:" are facets, known to one area alone.
type Feature struct {
	Name  string
	Value float64
}

func log1(n int) float64 { return math.Log1p(float64(n)) }

func flag(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func share(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / float64(of)
}

// CoverFeatures are what coverage is judged from.
func (s *AreaSignals) CoverFeatures(r *Rules, area int) []Feature {
	x := &s.Areas[area]
	out := []Feature{
		{"bias", 1},
		{"chapter", flag(x.Containers > 0)},
		{"heading", flag(x.Articles > 0)},
		{"headings", log1(x.Articles)},
		{"text", flag(x.Units > 0)},
		{"texts", log1(x.Units)},
		{"dense", log1(x.Dense)},
		{"strong", log1(x.Strong)},
		{"weak", log1(x.Weak)},
		{"preamble", flag(x.Preamble)},
		{"length", math.Log(float64(s.Doc.Length+1000)/60000) / 2},
		{"breadth", math.Log(float64(s.Doc.Breadth+1) / 6)},
		{"spanish", flag(s.Doc.Spanish)},
	}
	out = append(out, s.Doc.features()...)
	core, cores := 0, 0
	for k, f := range r.areas.list[area].Facets {
		if f.Core {
			core, cores = 1, cores+x.Facets[k]
		}
	}
	if r.areas.list[area].ownWords() {
		out = append(out, Feature{"corealone", flag(cores > 0)})
	}
	out = append(out, Feature{"core", flag(cores > 0)}, Feature{"cores", log1(cores)}, Feature{"nocore", flag(core == 0)})
	for k, f := range r.areas.list[area].Facets {
		out = append(out, Feature{"f:" + f.Code, flag(x.Facets[k] > 0)})
	}
	return out
}

// features that matter to each area in its own way.
func (d *DocSignal) features() []Feature {
	return []Feature{{"f:european", flag(d.European)}, {"f:efta", flag(d.EFTA)}, {"f:cis", flag(d.CIS)}, {"f:americas", flag(d.Americas)}}
}

// BindFeatures are what the enforceability of a covered area is judged from.
func (s *AreaSignals) BindFeatures(r *Rules, area int) []Feature {
	x := &s.Areas[area]
	out := []Feature{
		{"bias", 1},
		{"chapter", flag(x.Containers > 0)},
		{"heading", flag(x.Articles > 0)},
		{"rests", log1(x.Rests)},
		{"reststrong", log1(x.RestStrong)},
		{"strongshare", share(x.RestStrong, x.RestNorms)},
		{"firm", log1(x.RestFirm)},
		{"nofirm", flag(x.Rests > 0 && x.RestFirm == 0)},
		{"firmshare", share(x.RestFirm, x.RestStrong)},
		{"governed", share(x.Governed, x.Rests)},
		{"nofirmfree", flag(x.Rests > 0 && x.RestFirm == 0 && x.Governed == 0)},
		{"effortshare", share(x.RestEffort, x.RestNorms)},
		{"strong", log1(x.Strong)},
		{"strongwords", share(x.Strong, x.Strong+x.Weak)},
		{"weakonly", flag(x.Weak > 0 && x.Strong == 0)},
		{"silent", flag(x.Rests == 0)},
		{"excluded", share(x.Excluded, x.Rests)},
		{"excludedtop", flag(x.TopExcluded)},
		{"excludedall", flag(x.Rests > 0 && x.Excluded == x.Rests)},
		{"disputes", flag(s.Doc.Disputes)},
		{"plus", flag(r.areas.list[area].Scheme == "wto_plus")},
		{"length", math.Log(float64(s.Doc.Length+1000)/60000) / 2},
		{"breadth", math.Log(float64(s.Doc.Breadth+1) / 6)},
		{"spanish", flag(s.Doc.Spanish)},
	}
	if r.areas.list[area].ownWords() { // the sentence that names it says whether it binds
		strong := share(x.Strong, x.Strong+x.Weak)
		if x.Units == 0 {
			strong = share(x.RestStrong, x.RestNorms)
		}
		out = append(out, Feature{"ownstrong", strong})
	}
	return out
}

// ownWords says whether an area's words are of this area alone, so that one provision with them is enough.
func (a *Area) ownWords() bool { return a.Scheme == "contract" || a.Scheme == "field" }

// Judge reads every area from the signals with the weights.
func (s *AreaSignals) Judge(r *Rules, w *AreaWeights) []AreaReading {
	out := make([]AreaReading, len(s.Areas))
	for i := range s.Areas {
		code := r.areas.list[i].Code
		a := AreaReading{Code: code, Enforcers: []string{}, Evidence: []string{}}
		w := w
		if !s.Doc.Trade || !w.Knows(code) { // what was learnt from trade agreements holds for them alone
			w = RuleWeights()
		}
		p := w.P(QuestionCover, code, s.CoverFeatures(r, i))
		if s.Doc.Contract && !r.areas.list[i].ownWords() { // the World Bank's areas are of agreements between states
			p = min(p, 0.1)
		}
		if len(s.Areas[i].Evidence) == 0 { // nothing in the text to show for it
			p = min(p, 1-p)
		}
		if p >= w.threshold(code) && len(s.Areas[i].Evidence) > 0 {
			a.Covered, a.Evidence = 1, s.Areas[i].Evidence
		}
		a.Confidence = math.Round(100*max(p, 1-p)) / 100
		a.Undecided = a.Confidence < UndecidedBelow
		if !s.Doc.Denies {
			f := s.BindFeatures(r, i)
			if w.P(QuestionBind, code, f) >= 0.5 {
				a.IfCovered = 2
				if w.P(QuestionExclude, code, f) >= 0.5 {
					a.IfCovered = 1
				}
			}
			a.Enforceability = a.IfCovered * a.Covered
		}
		if a.Covered == 1 {
			a.Enforcers = s.enforcers(a)
		}
		out[i] = a
	}
	return out
}

// privateRights are areas in which an investor may claim, where the text lets investors claim at all.
var privateRights = map[string]bool{"Investment": true, "TRIMs": true, "MovementofCapital": true, "investor_state_arbitration": true, "performance_requirements": true}

// enforcers of a covered area: nobody where it is not enforceable, excluded, or the text settles no disputes.
func (s *AreaSignals) enforcers(a AreaReading) []string {
	out := []string{}
	if a.Enforceability == 2 {
		out = append(out, s.Doc.Enforcers...)
		if s.Doc.Investors && privateRights[a.Code] {
			out = append(out, "investor_state")
		}
	}
	if len(out) == 0 {
		out = append(out, "nobody")
	}
	return out
}

// Signals are what the areas were judged from; nil for an analysis that was read from a file.
func (a *Analysis) Signals() *AreaSignals { return a.signals }
