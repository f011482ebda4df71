package conflict

import "fmt"

// Dump shows what was read of each norm.
func Dump(s *Sheet, r *Rules) string {
	out := fmt.Sprintf("%v %v %s\n", s.Parties, s.Minerals, s.Legal)
	for _, n := range s.norms {
		var st []string
		for _, x := range n.stances {
			st = append(st, r.Stances[x].Code)
		}
		out += fmt.Sprintf("  %s %s %s by %v given %v %v %v refrains=%v only=%v share=%v %v %.80q\n", n.eid, n.modality, n.article(), n.bearer, n.given, n.minerals, st, n.refrains, n.only, n.share, n.places, n.words)
	}
	return out
}
