package conflict

import (
	"cmp"
	"fmt"
	"slices"
)

// promise is a share of output that a text promises on behalf of a party.
type promise struct {
	sheet *Sheet
	norm  int
	share float64
}

// Sums says where shares of the same output that three or more texts promise add up to more than there is, though no two of them do: for each
// party and mineral one finding, which names the two largest shares and how many there are besides. Pairs are for [Rules.Between].
func (r *Rules) Sums(sheets []*Sheet) []Finding {
	var out []Finding
	for _, x := range r.Rules {
		if x.Sum <= 0 {
			continue
		}
		for _, st := range x.A.Stances {
			out = append(out, r.sums(x, r.stance[st], sheets)...)
		}
	}
	return order(out)
}

func (r *Rules) sums(x *Rule, stance int, sheets []*Sheet) []Finding {
	type key struct{ party, mineral string }
	promised := map[key][]promise{}
	var keys []key
	for _, s := range sheets {
		if s.Kind == KindLaw || s.Until != "" {
			continue
		}
		most := map[key]promise{} // of one text the largest: what it says twice is not owed twice
		for _, i := range s.by[stance] {
			n := &s.norms[i]
			if n.share <= 0 || len(n.places) > 0 || s.carved(n, x) {
				continue
			}
			for _, p := range givers(n, s, x, stance) {
				for _, m := range minerals(n, s) {
					if k := (key{p, m}); n.share > most[k].share {
						most[k] = promise{s, int(i), n.share}
					}
				}
			}
		}
		for k, p := range most {
			if promised[k] == nil {
				keys = append(keys, k)
			}
			promised[k] = append(promised[k], p)
		}
	}
	slices.SortFunc(keys, func(a, b key) int { return cmp.Or(cmp.Compare(a.party, b.party), cmp.Compare(a.mineral, b.mineral)) })
	var out []Finding
	for _, k := range keys {
		ps := promised[k]
		slices.SortFunc(ps, func(a, b promise) int {
			return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.sheet.ID, b.sheet.ID))
		})
		sum := 0.0
		for _, p := range ps {
			sum += p.share
		}
		if len(ps) < 3 || sum <= x.Sum || ps[0].share+ps[1].share > x.Sum {
			continue
		}
		f := Finding{Type: x.Code, Answer: x.Answer, Severity: x.Severity, Missing: []string{}, Shared: []string{k.party}, Hints: []Hint{},
			Reason: fmt.Sprintf("The shares of the same output that %d texts promise add up to %.0f per cent; of these are the two largest.", len(ps), sum),
			A:      ps[0].sheet.place(ps[0].norm, r.Stances[stance].Code), B: ps[1].sheet.place(ps[1].norm, r.Stances[stance].Code)}
		for _, p := range ps {
			soften(&f, &p.sheet.norms[p.norm], &p.sheet.norms[p.norm], p.sheet, p.sheet)
		}
		out = append(out, f)
	}
	return out
}
