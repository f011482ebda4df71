package conflict

import (
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Survey is what many texts say when each is held against every other.
type Survey struct {
	Findings []Finding // gravest first; of those set apart only examples
	Apart    []Apart   // all that were set apart, counted
	Pairs    int       // of texts that were held against each other: those with a side in common, but for two laws
}

// Apart counts the pairs of provisions that a rule looked at and a ground keeps apart.
type Apart struct {
	Type   string `json:"type"`
	Ground string `json:"ground"`
	N      int    `json:"n"`
}

// ApartExamples is how many of the pairs of provisions that one ground keeps apart under one rule are kept in a survey. Trade agreements of one
// state give hundreds of thousands of them; [Rules.Between] of two texts gives all of theirs.
const ApartExamples = 20

// Survey holds each of many sheets against each other as [Rules.Among] does, on all cores, and keeps little: its words are copies, so that
// the sheets can go. The same sheets in the same order give the same survey.
func (r *Rules) Survey(sheets []*Sheet) *Survey {
	rows := make([]Survey, len(sheets))
	counts := make([]map[[2]string]int, len(sheets))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(len(sheets), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				counts[i] = r.surveyRow(sheets[i], sheets[i+1:], &rows[i])
			}
		})
	}
	for i := range sheets {
		next <- i
	}
	close(next)
	wg.Wait()
	out := &Survey{Findings: []Finding{}, Apart: []Apart{}}
	all, kept := map[[2]string]int{}, map[[2]string]int{}
	for i := range rows {
		out.Pairs += rows[i].Pairs
		for k, n := range counts[i] {
			all[k] += n
		}
		for _, f := range rows[i].Findings {
			if k := [2]string{f.Type, f.Ground}; f.Answer == Disjoint {
				if kept[k]++; kept[k] > ApartExamples {
					continue
				}
			}
			out.Findings = append(out.Findings, f)
		}
	}
	for k, n := range all {
		out.Apart = append(out.Apart, Apart{k[0], k[1], n})
	}
	slices.SortFunc(out.Apart, func(a, b Apart) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Type+" "+a.Ground, b.Type+" "+b.Ground)
	})
	out.Findings = order(out.Findings)
	return out
}

// surveyRow holds one sheet against others and counts what is set apart.
func (r *Rules) surveyRow(a *Sheet, others []*Sheet, out *Survey) map[[2]string]int {
	apart, words := map[[2]string]int{}, map[string]string{}
	once := func(s string) string {
		if _, ok := words[s]; !ok {
			words[strings.Clone(s)] = strings.Clone(s)
		}
		return words[s]
	}
	for _, b := range others {
		if !a.meets(b) {
			continue
		}
		out.Pairs++
		for _, f := range r.Between(a, b) {
			if f.Answer == Disjoint {
				k := [2]string{f.Type, f.Ground}
				if apart[k]++; apart[k] > ApartExamples {
					continue
				}
			}
			for _, s := range []*string{&f.A.EID, &f.A.Words, &f.B.EID, &f.B.Words} {
				*s = once(*s)
			}
			out.Findings = append(out.Findings, f)
		}
	}
	return apart
}

// meets says whether two sheets are worth holding against each other: of texts without a party in common nobody owes both.
func (s *Sheet) meets(o *Sheet) bool {
	return (s.Kind != KindLaw || o.Kind != KindLaw) && s.ID != o.ID && meet(s.Parties, o.Parties)
}
