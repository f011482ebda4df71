package reading

import "strings"

// Difference is a unit that two readers answer differently.
type Difference struct{ A, B Row }

// Differences lists the units of a that b answers differently or cuts elsewhere.
func Differences(a, b []Row) []Difference {
	var out []Difference
	for _, r := range a {
		q, _ := overlap(b, r.Start, r.End)
		if q.Answer != r.Answer {
			out = append(out, Difference{r, q})
		}
	}
	return out
}

// String is an answer on one line.
func (a Answer) String() string {
	if a.Modality == "" {
		return "not answered"
	}
	return strings.TrimSpace(strings.Join([]string{a.Modality, a.Part, a.Bearer, a.Precise, a.Kind}, " "))
}
