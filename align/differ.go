package align

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/openassay/assay/assay"
)

// Kinds of differences.
const (
	ByModality = "modality" // one binds and the other does not, or one forbids
	ByNumber   = "number"   // a time limit or an amount stands in one alone
	ByDate     = "date"
	ByLength   = "length" // one is less than half, or more than twice, as long as the languages lead one to expect
)

// Difference is something for a person to look at: what the one text says, and what the other.
type Difference struct {
	Kind string `json:"kind"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// differences of two provisions; modality, numbers and dates only where neither has provisions under it, since those say their own.
func (x *aligner) differences(i, j int) []Difference {
	out := []Difference{}
	f, g := x.a.feature(i), x.b.feature(j)
	if d := math.Log2((float64(g.runes) + 20) / (float64(f.runes)*x.ratio + 20)); d > 1 || d < -1 {
		out = append(out, Difference{ByLength, fmt.Sprint(f.runes), fmt.Sprint(g.runes)})
	}
	if x.a.an == nil || x.b.an == nil || len(x.a.kids[i]) > 0 && len(x.b.kids[j]) > 0 {
		return out
	}
	if p, q := x.a.surely(i), x.b.surely(j); p != "" && q != "" && force(p) != force(q) {
		out = append(out, Difference{ByModality, string(p), string(q)})
	}
	compare := func(kind string, a, b []string) {
		if onlyA, onlyB := without(a, b), without(b, a); len(onlyA)+len(onlyB) > 0 {
			out = append(out, Difference{kind, strings.Join(onlyA, ", "), strings.Join(onlyB, ", ")})
		}
	}
	na, da := x.a.figures(i)
	nb, db := x.b.figures(j)
	compare(ByNumber, na, nb)
	compare(ByDate, da, db)
	return out
}

// sure is how sure every norm of a provision must be read before a difference in modality is flagged.
const sure = 0.9

// surely gives the strongest modality of a provision and what stands under it, where all of it was read for sure; else "".
func (s *side) surely(i int) assay.Modality {
	p := s.r.Provisions[i]
	for k := i; k < len(s.r.Provisions) && s.r.Provisions[k].Start < p.End; k++ {
		if k > i && s.r.Provisions[k].Depth <= p.Depth {
			break
		}
		if s.an.Provisions[k].Unreadable != "" {
			return ""
		}
		for n := range s.an.Provisions[k].Norms {
			if x := &s.an.Provisions[k].Norms[n]; x.Confidence < sure && !x.Opens {
				return ""
			}
		}
	}
	return s.an.Provisions[i].Modality
}

// force puts modalities in three classes that languages keep apart: what binds, what forbids, and the rest. Between the others translations waver.
func force(m assay.Modality) string {
	switch m {
	case assay.Obligation, assay.Prohibition:
		return string(m)
	}
	return ""
}

// figures gives the time limits and amounts, and the dates, that the rules read in a provision and what stands under it.
func (s *side) figures(i int) (numbers, dates []string) {
	p := s.r.Provisions[i]
	for k := i; k < len(s.r.Provisions) && s.r.Provisions[k].Start < p.End; k++ {
		if k > i && s.r.Provisions[k].Depth <= p.Depth {
			break
		}
		for n := range s.an.Provisions[k].Norms {
			x := &s.an.Provisions[k].Norms[n]
			ds := x.Deadlines
			if len(ds) == 0 && x.Deadline != nil {
				ds = []assay.Deadline{*x.Deadline}
			}
			for _, d := range ds {
				if d.Period != "" {
					numbers = append(numbers, d.Period)
				}
			}
			qs := x.Quantities
			if len(qs) == 0 && x.Quantity != nil {
				qs = []assay.Quantity{*x.Quantity}
			}
			for _, q := range qs {
				numbers = append(numbers, strings.TrimSpace(fmt.Sprintf("%g %s", q.Value, q.Unit)))
			}
		}
	}
	for _, m := range s.within(p) {
		if m.Kind == "date" {
			dates = append(dates, m.Code)
		}
	}
	return numbers, dates
}

// without gives what of a is not in b, each once, in order of the alphabet.
func without(a, b []string) []string {
	in := map[string]bool{}
	for _, s := range b {
		in[s] = true
	}
	var out []string
	for _, s := range a {
		if !in[s] {
			out = append(out, s)
			in[s] = true
		}
	}
	sort.Strings(out)
	return out
}
