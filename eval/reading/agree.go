package reading

import (
	"cmp"
	"slices"
)

// compare adds the units of two readers.
func (l *Language) compare(a, b []Row) {
	if a == nil || b == nil {
		return
	}
	if l.Readers == nil {
		l.Readers = &Scores{}
	}
	for _, r := range a {
		q, _ := overlap(b, r.Start, r.End)
		l.Readers.add(r.Answer, q.Answer)
	}
}

// machine adds one unit of the answer and what the machine says of it; mended tells whether rules were mended on its text.
func (l *Language) machine(answer Answer, m Label, mended bool) {
	if l.Machine == nil {
		l.Machine, l.confused = &Scores{}, map[pair]int{}
	}
	right := m.Likelier == answer.Modality
	l.Machine.add(answer, m.Answer)
	l.Machine.calibrate(m, right)
	if !mended {
		if l.Untouched == nil {
			l.Untouched = &Scores{}
		}
		l.Untouched.add(answer, m.Answer)
		l.Untouched.calibrate(m, right)
	}
	if answer.Kind != "heading" {
		l.confused[pair{answer.Modality, m.Modality}]++
	}
}

func (s *Scores) add(a, b Answer) {
	m := pair{a.Modality, b.Modality}
	s.modality = append(s.modality, m)
	if a.Kind != "heading" {
		s.nohead = append(s.nohead, m)
		if b.Modality == "undecided" {
			s.Undecided++
		} else {
			s.decided = append(s.decided, m)
		}
	}
	if a.Modality != "none" {
		s.nonone = append(s.nonone, m)
	}
	s.part = append(s.part, pair{a.Part, b.Part})
	if a.Modality != "none" && a.Modality != "declaration" {
		s.bearer = append(s.bearer, pair{a.Bearer, b.Bearer})
	}
	if a.Precise != "" && b.Precise != "" {
		s.precise = append(s.precise, pair{a.Precise, b.Precise})
	}
}

func (l *Language) finish() {
	for _, s := range []*Scores{l.Readers, l.Machine, l.Untouched} {
		if s == nil {
			continue
		}
		s.Modality, s.WithoutHeadings, s.WithoutNone = agreement(s.modality), agreement(s.nohead), agreement(s.nonone)
		s.Part, s.Bearer, s.Precise, s.WhereDecided = agreement(s.part), agreement(s.bearer), agreement(s.precise), agreement(s.decided)
		for i := range s.Calibration {
			if b := &s.Calibration[i]; b.N > 0 {
				b.Said, b.Right = b.Said/float64(b.N), b.Right/float64(b.N)
			}
		}
	}
	l.Confusion = []Confusion{}
	for p, n := range l.confused {
		l.Confusion = append(l.Confusion, Confusion{p.a, p.b, n})
	}
	slices.SortFunc(l.Confusion, func(x, y Confusion) int {
		return cmp.Or(y.N-x.N, cmp.Compare(x.Answer, y.Answer), cmp.Compare(x.Machine, y.Machine))
	})
}

// agreement is the share of equal pairs and Cohen's kappa: how much better than chance, given how often each uses each answer
// (J. Cohen, A coefficient of agreement for nominal scales, 1960).
func agreement(pairs []pair) Agreement {
	n := len(pairs)
	if n == 0 {
		return Agreement{}
	}
	same := 0
	left, right := map[string]int{}, map[string]int{}
	for _, p := range pairs {
		if p.a == p.b {
			same++
		}
		left[p.a]++
		right[p.b]++
	}
	chance := 0.0
	for k, x := range left {
		chance += float64(x) / float64(n) * float64(right[k]) / float64(n)
	}
	po := float64(same) / float64(n)
	out := Agreement{N: n, Share: po, Kappa: 1}
	if same < n {
		out.Kappa = (po - chance) / (1 - chance)
	}
	return out
}
