package assay

import "strings"

// quantities finds figures with their units.
func (a *run) quantities(st *sentence, hits []hit) []Quantity {
	var out []Quantity
	last := st.to - 1
	const most = 8
	end := 0 // the token after the last one
	add := func(class string, v float64, from, to int) {
		if n := len(out); n > 0 && from == end+1 && a.tokens[end].w.lower == "(" && out[n-1].Value == v && out[n-1].Unit == class { // "fifty percent (50%)"
			q := &out[n-1]
			if q.Bound == "" {
				q.Bound = a.bound(hits, from, to)
			}
			q.End = a.place(from, to).End
			return
		}
		out = append(out, Quantity{Value: v, Unit: class, Bound: a.bound(hits, from, to), Span: *a.place(from, to)})
		end = to
	}
	for i := range hits {
		h := &hits[i]
		if h.rule.Family != familyUnit || len(out) >= most {
			continue
		}
		if v, to, ok := a.numberAfter(h, last); ok { // "$1 billion"
			add(h.rule.Class, v, h.from, to)
		} else if v, from, ok := a.numberBefore(st, h.from); ok {
			add(h.rule.Class, v, from, h.to)
		}
	}
	return out
}

// numberAfter reads the number right after a sign of money.
func (a *run) numberAfter(h *hit, last int) (float64, int, bool) {
	switch h.rule.Class {
	case "USD", "EUR", "GBP", "AUD", "CAD", "JPY", "CNY":
	default:
		return 0, 0, false
	}
	if h.to >= last || !a.tokens[h.to].w.number {
		return 0, 0, false
	}
	return a.numberAt(h.to, last)
}

// numberBefore reads the number that ends right before token k: "20 million euros", "40 (forty) per cent", "5 millions de dollars".
func (a *run) numberBefore(st *sentence, k int) (float64, int, bool) {
	const reach = 6
	for from := max(st.from+1, k-reach); from < k; from++ {
		v, to, ok := a.numberAt(from, k)
		if !ok {
			continue
		}
		for to < k && (a.tokens[to].w.lower == "de" || a.tokens[to].w.lower == "d" || a.tokens[to].w.lower == "of" || a.tokens[to].w.lower == "metric" || a.tokens[to].w.lower == "us") {
			to++
		}
		if to+2 < k && a.tokens[to].w.lower == "(" {
			to += 3
		}
		if to == k {
			return v, from, true
		}
	}
	return 0, 0, false
}

// bound reads the words before a figure at tokens [from, to), or behind it: "at least", "or more". Of several before it the nearest, and of
// those that overlap the longest counts.
func (a *run) bound(hits []hit, from, to int) string {
	from = a.repeats(from)
	if a.tokens[to].w.lower == ")" {
		to++
	}
	const reach = 3 // tokens between the words and the figure: "up to a total of", "not exceed in any year"
	best := -1
	for i := range hits {
		h := &hits[i]
		if h.rule.Family != familyBound {
			continue
		}
		if class, behind := strings.CutSuffix(h.rule.Class, "_after"); behind {
			if h.from == to {
				return class
			}
			continue
		}
		if h.to > from || h.to < from-reach {
			continue
		}
		if w := a.tokens[h.to-1].w.lower; h.to-h.from == 1 && h.to < from && (w == "under" || w == "over" || w == "above" || w == "below") { // "under the plan 5 million"
			continue
		}
		if best < 0 || h.from >= hits[best].to || h.to-h.from > hits[best].to-hits[best].from {
			best = i
		}
	}
	if best < 0 {
		return ""
	}
	return hits[best].rule.Class
}

// repeats is where a figure begins that stands in brackets after the same in words: "two hundred thousand U.S. dollars (US$ 200,000)".
func (a *run) repeats(from int) int {
	const most = 12 // words of a figure
	if from < 2 || a.tokens[from-1].w.lower != "(" {
		return from
	}
	k := from - 2
	for n := 0; k > 0 && n < most; k, n = k-1, n+1 {
		w := a.tokens[k].w
		if numberWords[w.lower] == 0 && multipliers[w.lower] == 0 && !a.moneyWord(k) && w.lower != "and" && w.lower != "y" && w.lower != "et" && w.lower != "e" {
			break
		}
	}
	return k + 1
}

// moneyWord reports whether token k names a unit, or is part of such a name.
func (a *run) moneyWord(k int) bool {
	switch w := a.tokens[k].w.lower; w {
	case "us", "u.s", "u.s.", "united", "states", "dollars", "dollar", "euros", "euro", "percent", "per", "cent", "pour", "por", "ciento", "cento", "dólares", "de", "d":
		return true
	default:
		return false
	}
}
