package conflict

import (
	"maps"
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
	g := gathering{out: &Survey{Findings: []Finding{}, Apart: []Apart{}}, all: map[kind]int{}, kept: map[kind]int{}, rows: make([]*row, len(sheets))}
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(len(sheets), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				g.add(i, r.surveyRow(sheets[i], sheets[i+1:], g.sofar()))
			}
		})
	}
	for i := range sheets {
		next <- i
	}
	close(next)
	wg.Wait()
	for k, n := range g.all {
		g.out.Apart = append(g.out.Apart, Apart{k.rule, k.ground, n})
	}
	slices.SortFunc(g.out.Apart, func(a, b Apart) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Type+" "+a.Ground, b.Type+" "+b.Ground)
	})
	g.out.Findings = order(g.out.Findings)
	return g.out
}

// kind is a rule and what sets a pair of provisions apart.
type kind struct{ rule, ground string }

// row is what one sheet says against those behind it.
type row struct {
	findings []Finding
	apart    map[kind]int // all that were set apart
	pairs    int
}

// gathering puts rows together in the order of the sheets as soon as those before them are there, so that examples that will not be kept are
// not held either: those of hundreds of rows took ten times the memory of what was left of them.
type gathering struct {
	mu        sync.Mutex
	out       *Survey
	all, kept map[kind]int // set apart, and of them kept as examples, in the rows that were put together
	rows      []*row       // finished, and waiting for one before them
	next      int
}

// sofar counts the examples that are kept already.
func (g *gathering) sofar() map[kind]int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return maps.Clone(g.kept)
}

func (g *gathering) add(i int, x *row) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.rows[i] = x; g.next < len(g.rows) && g.rows[g.next] != nil; g.next++ {
		x := g.rows[g.next]
		g.rows[g.next] = nil
		g.out.Pairs += x.pairs
		for k, n := range x.apart {
			g.all[k] += n
		}
		for _, f := range x.findings {
			if k := (kind{f.Type, f.Ground}); f.Answer == Disjoint {
				if g.kept[k] == ApartExamples {
					continue
				}
				g.kept[k]++
			}
			g.out.Findings = append(g.out.Findings, f)
		}
	}
}

// surveyRow holds one sheet against others. Of what is set apart it keeps no more examples than are lacking behind those that are kept already.
func (r *Rules) surveyRow(a *Sheet, others []*Sheet, kept map[kind]int) *row {
	out, words := &row{apart: map[kind]int{}}, map[string]string{}
	once := func(s string) string {
		if _, ok := words[s]; !ok {
			s = strings.Clone(s)
			words[s] = s
		}
		return words[s]
	}
	for _, b := range others {
		if !a.meets(b) {
			continue
		}
		out.pairs++
		var hints [][]Hint // of two texts there are few sets
		for _, f := range r.Between(a, b) {
			if k := (kind{f.Type, f.Ground}); f.Answer == Disjoint {
				if out.apart[k]++; out.apart[k] > ApartExamples-kept[k] {
					continue
				}
			}
			for _, s := range []*string{&f.A.EID, &f.A.Words, &f.B.EID, &f.B.Words} {
				*s = once(*s)
			}
			if i := slices.IndexFunc(hints, func(h []Hint) bool { return slices.Equal(h, f.Hints) }); i >= 0 {
				f.Hints = hints[i]
			} else {
				hints = append(hints, f.Hints)
			}
			out.findings = append(out.findings, f)
		}
	}
	return out
}

// meets says whether two sheets are worth holding against each other: of texts without a party in common nobody owes both.
func (s *Sheet) meets(o *Sheet) bool {
	return (s.Kind != KindLaw || o.Kind != KindLaw) && s.ID != o.ID && meet(s.Parties, o.Parties)
}
