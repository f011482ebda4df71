package assay

import (
	_ "embed"
	"math"
	"sync"
)

// ClauseClasses are the forces of a contract's clause, by their codes in the gold: mandatory, discretionary, non-binding.
var ClauseClasses = []string{"MP", "DP", "NP"}

// QuestionForce is what the weights of clauses answer: whether a clause has a class.
const QuestionForce = "force"

//go:embed weights_clauses.txt
var clauseWeightsText string

var clauseWeightsOnce = sync.OnceValue(func() *AreaWeights {
	w, err := ParseAreaWeights(clauseWeightsText)
	if err != nil {
		panic(err) // embedded, and read by a test
	}
	return w
})

// ClauseWeights are those that come with the program.
func ClauseWeights() *AreaWeights { return clauseWeightsOnce() }

// openingTokens are the first tokens of a clause, by which most clauses can be told.
const openingTokens = 80

// clausePairs are signs of which the guideline says that the second changes what the first means.
var clausePairs = [][2]string{{"onlyexclusive", "exception"}, {"onlyexclusive", "perpetual"}, {"nonexclusive", "perpetual"}, {"noliability", "liabilitycap"},
	{"audit", "auditnotice"}, {"audit", "auditthird"}, {"audit", "ownexpense"}, {"never", "vague"}, {"never", "unless"}, {"duty", "vague"}, {"may", "duty"},
	{"anytime", "days"}, {"optionwithout", "duty"}, {"minimums", "if"}, {"penalty", "money"}, {"assign", "consent"}}

// ClauseFeatures are the signs of the force of a clause.
func ClauseFeatures(r *Rules, clause string) []Feature {
	tokens := newLexer(r.vocab, nil).tokens(clause, 0, len(clause), []token{{0, 0, boundary}})
	s := &areaScan{rules: r.areas}
	found := map[string]int{}
	from, sentences := 0, 0
	for i := 1; i < len(tokens); i++ {
		if tokens[i].w == boundary {
			s.scan(tokens, from, i+1, inClause)
			for _, h := range s.resolve() {
				found[h.facet.Code]++
				if h.from < openingTokens {
					found["1:"+h.facet.Code]++
				}
			}
			from = i
			sentences++
		}
	}
	words := float64(len(tokens) - sentences)
	out := []Feature{{"bias", 1}, {"length", math.Log(1+words) - 4.5}, {"sentences", math.Log1p(float64(sentences)) - 1}}
	for _, f := range r.areas.facets {
		if f.In == inClause {
			n := found[f.Code]
			out = append(out, Feature{f.Code, flag(n > 0)}, Feature{"1:" + f.Code, flag(found["1:"+f.Code] > 0) / 2})
		}
	}
	for _, p := range clausePairs {
		out = append(out, Feature{p[0] + "+" + p[1], flag(found["clause_"+p[0]] > 0 && found["clause_"+p[1]] > 0)},
			Feature{p[0] + "-" + p[1], flag(found["clause_"+p[0]] > 0 && found["clause_"+p[1]] == 0)})
	}
	return out
}

// ClauseForce reads the force of a clause: its class and how sure that is, 0–1.
func ClauseForce(r *Rules, w *AreaWeights, clause string) (class int, p float64) {
	f := ClauseFeatures(r, clause)
	sum := 0.0
	for k, c := range ClauseClasses {
		x := w.P(QuestionForce, c, f)
		sum += x
		if x > p {
			class, p = k, x
		}
	}
	return class, p / sum
}
