package assay

// quantities finds figures with their units.
func (a *run) quantities(st *sentence, hits []hit) []Quantity {
	var out []Quantity
	last := st.to - 1
	const most = 8
	for i := range hits {
		h := &hits[i]
		if h.rule.Family != familyUnit || len(out) >= most {
			continue
		}
		if v, to, ok := a.numberAfter(h, last); ok { // "$1 billion"
			out = append(out, Quantity{Value: v, Unit: h.rule.Class, Bound: a.bound(st, h.from), Span: *a.place(h.from, to)})
			continue
		}
		if v, from, ok := a.numberBefore(st, h.from); ok {
			out = append(out, Quantity{Value: v, Unit: h.rule.Class, Bound: a.bound(st, from), Span: *a.place(from, h.to)})
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

var bounds = map[string]string{"least": "min", "minimum": "min", "less": "min", "below": "max", "exceed": "max", "exceeding": "max", "exceeds": "max", "more": "max", "maximum": "max", "most": "max", "up": "max",
	"moins": "min", "minimo": "min", "mínimo": "min", "plus": "max", "dépasser": "max", "menos": "min", "máximo": "max", "más": "max", "exceder": "max", "hasta": "max", "mais": "max", "até": "max"}

// bound reads "at least", "not less than", "up to", "not more than" before token k. Without a "not", "less than" is a ceiling.
func (a *run) bound(st *sentence, k int) string {
	for j, n := k-1, 0; j > st.from && n < 4; j, n = j-1, n+1 {
		b := bounds[a.tokens[j].w.lower]
		if b == "" {
			continue
		}
		l := a.tokens[j].w.lower
		negated := false
		for i := j - 1; i > st.from && i >= j-3; i-- {
			switch a.tokens[i].w.lower {
			case "not", "no", "ne", "n", "não", "pas":
				negated = true
			}
		}
		switch {
		case l == "less" && !negated, l == "below":
			return "max"
		case (l == "more" || l == "exceed" || l == "exceeding" || l == "exceeds" || l == "mais" || l == "más" || l == "plus") && !negated:
			return "min"
		}
		return b
	}
	return ""
}
