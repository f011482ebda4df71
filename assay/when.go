package assay

import (
	"fmt"
	"sort"
	"strconv"
)

// periodUnits are the units of time and their ISO 8601 letter; Q stands for three months.
var periodUnits = map[string]byte{
	"day": 'D', "days": 'D', "week": 'W', "weeks": 'W', "month": 'M', "months": 'M', "year": 'Y', "years": 'Y', "quarter": 'Q', "quarters": 'Q', "hours": 'H',
	"jour": 'D', "jours": 'D', "semaine": 'W', "semaines": 'W', "mois": 'M', "an": 'Y', "ans": 'Y', "année": 'Y', "années": 'Y', "heures": 'H',
	"día": 'D', "días": 'D', "dias": 'D', "semana": 'W', "semanas": 'W', "mes": 'M', "meses": 'M', "año": 'Y', "años": 'Y', "ano": 'Y', "anos": 'Y', "horas": 'H', "dia": 'D', "mês": 'M',
	"日": 'D', "天": 'D', "月": 'M', "年": 'Y',
}

// periodFillers may stand between a number and its unit: "30 (thirty) calendar days".
var periodFillers = map[string]bool{"working": true, "business": true, "calendar": true, "consecutive": true, "more": true, "full": true, "additional": true, "个": true, "個": true}

// withinWords before a period make it a time limit, repeating ones a rhythm, lasting ones a mere duration.
var withinWords = map[string]bool{"within": true, "later": true, "before": true, "dans": true, "délai": true, "sous": true, "tard": true, "avant": true, "dentro": true, "plazo": true,
	"tardar": true, "antes": true, "prazo": true, "até": true, "在": true, "于": true, "in": true, "exceed": true, "exceeding": true, "dépassant": true, "least": true, "moins": true, "menos": true}

var repeatWords = map[string]bool{"every": true, "each": true, "tous": true, "toutes": true, "cada": true, "每": true}

var lastingWords = map[string]bool{"for": true, "period": true, "durante": true, "durée": true, "pendant": true, "duración": true, "duração": true, "periods": true, "previous": true, "preceding": true, "last": true, "past": true}

// limitReach is how many tokens before a period its kind may stand: "a period of not more than 30 days".
const limitReach = 6

// afterWords tie a period to what it runs from; beforeWords end it there.
var afterWords = map[string]bool{"of": true, "after": true, "from": true, "following": true, "since": true, "upon": true, "après": true, "suivant": true, "suivent": true, "à": true,
	"compter": true, "de": true, "después": true, "siguientes": true, "siguiente": true, "desde": true, "contados": true, "contado": true, "partir": true, "após": true, "seguintes": true, "contar": true, "depois": true, "a": true, "内": true, "后": true, "之": true}

var beforeWords = map[string]bool{"before": true, "prior": true, "avant": true, "antes": true, "前": true}

// deadlines finds the times by which, and the rhythms in which, something is to be done.
func (a *run) deadlines(st *sentence, hits []hit) []Deadline {
	var out []Deadline
	last := st.to - 1
	const most = 8
	for i := range hits {
		if hits[i].rule.Family == familyRhythm && len(out) < most {
			out = append(out, Deadline{Period: hits[i].rule.Class, Span: *a.place(hits[i].from, hits[i].to)})
		}
	}
	for k := st.from + 1; k < last && len(out) < most; k++ {
		w := a.tokens[k].w
		if !w.number && numberWords[w.lower] == 0 && months[w.lower] == 0 && quarterWords[w.lower] == 0 {
			continue
		}
		if d, to := a.dateBy(st, k); to > k {
			out = append(out, d)
			k = to - 1
			continue
		}
		v, to, ok := a.numberAt(k, last)
		if !ok || v != float64(int(v)) || v < 1 || v > 9999 {
			continue
		}
		if to+2 < last && a.tokens[to].w.lower == "(" && a.tokens[to+2].w.lower == ")" { // 30 (thirty)
			to += 3
		}
		for to < last && periodFillers[a.tokens[to].w.lower] {
			to++
		}
		if to >= last || periodUnits[a.tokens[to].w.lower] == 0 {
			continue
		}
		unit := periodUnits[a.tokens[to].w.lower]
		to++
		if d, end := a.period(st, hits, k, to, int(v), unit); end > 0 && !overlaps(out, d.Span) {
			out = append(out, d)
			k = end - 1
		}
	}
	return out
}

func overlaps(list []Deadline, s Span) bool {
	for _, d := range list {
		if d.Start < s.End && s.Start < d.End {
			return true
		}
	}
	return false
}

// period reads a period of v units at tokens [k, to): a limit, a rhythm, or nothing where it only says how long something lasts.
func (a *run) period(st *sentence, hits []hit, k, to, v int, unit byte) (Deadline, int) {
	last := st.to - 1
	d := Deadline{Period: isoPeriod(v, unit)}
	within, from := false, k
	for j := k - 1; j > st.from && j >= k-limitReach; j-- {
		w := a.tokens[j].w.lower
		if repeatWords[w] && j >= k-2 {
			d.Period, d.Span = "R/"+d.Period, *a.place(j, to)
			return d, to
		}
		if withinWords[w] {
			within, from = true, j
			break
		}
		if lastingWords[w] {
			if j-1 > st.from && withinWords[a.tokens[j-1].w.lower] || j-2 > st.from && withinWords[a.tokens[j-2].w.lower] { // "within a period of 30 days"
				within, from = true, j-1
				break
			}
			return d, 0
		}
		if clauseSign(a.tokens[j].w) {
			break
		}
	}
	end := to
	const reach = 12
	for j := to; j < last && j < to+reach; j++ {
		w := a.tokens[j].w
		if clauseSign(w) || w.lower == "." {
			break
		}
		if j <= to+2 && beforeWords[w.lower] {
			d.Before = true
		}
		if j <= to+3 && (afterWords[w.lower] || d.Before) && d.From == "" {
			d.From, end = "other", j+1
		}
		if d.From == "other" {
			for i := sort.Search(len(hits), func(i int) bool { return hits[i].from >= j }); i < len(hits) && hits[i].from == j; i++ {
				if hits[i].rule.Family == familyAnchor {
					d.From, end = hits[i].rule.Class, hits[i].to
				}
			}
		}
	}
	if d.From == "other" && a.tokens[end-1].w.lower == "of" && !within { // "a term of two years of office"
		return d, 0
	}
	if !within && d.From == "" && !(end < last && a.tokens[end].w.lower == "内") {
		return d, 0
	}
	if d.From == "other" && end == to+1 && !within {
		d.Span = *a.place(from, end)
		return d, end
	}
	d.Span = *a.place(from, end)
	return d, end
}

func isoPeriod(v int, unit byte) string {
	switch unit {
	case 'H':
		return fmt.Sprintf("PT%dH", v)
	case 'Q':
		return fmt.Sprintf("P%dM", 3*v)
	}
	return fmt.Sprintf("P%d%c", v, unit)
}

// byWords before a date make it one by which something is to be done.
var byWords = map[string]bool{"by": true, "before": true, "until": true, "later": true, "than": true, "end": true, "avant": true, "tard": true, "fin": true, "jusqu": true, "ici": true, "tardar": true, "antes": true, "hasta": true,
	"para": true, "até": true, "final": true, "on": true}

// dateBy reads a date at token k that "by", "no later than" or "before the end of" precede.
func (a *run) dateBy(st *sentence, k int) (Deadline, int) {
	last := st.to - 1
	edtf, from, to := "", k, k
	w := a.tokens[k].w
	switch {
	case months[w.lower] > 0:
		edtf, from, to = dateAt(a.tokens[:st.to], k)
	case quarterWords[w.lower] > 0:
		if d, to := a.quarterAt(st, k); to > 0 {
			return d, to
		}
		return Deadline{}, 0
	case w.number && figureDate(w.lower, a.lang) != "":
		edtf, from, to = figureDate(w.lower, a.lang), k, k+1
	case w.number && len(w.lower) == 4 && k+2 < last && a.isoDate(k) != "":
		edtf, from, to = a.isoDate(k), k, k+3
	case w.number && len(w.lower) == 4 && w.lower >= "1950" && w.lower <= "2100":
		edtf, from, to = w.lower, k, k+1
		if a.lang == "zh" && to < last && a.tokens[to].w.lower == "年" {
			to++
			if to < last && (a.tokens[to].w.lower == "前" || a.tokens[to].w.lower == "底") || to+1 < last && a.tokens[to+1].w.lower == "前" {
				return Deadline{Date: edtf, Span: *a.place(from, to)}, to
			}
			return Deadline{}, 0
		}
	case w.number && k+2 < last && (months[a.tokens[k+1].w.lower] > 0 || months[a.tokens[k+2].w.lower] > 0): // a day before its month: leave it to the month
		return Deadline{}, 0
	}
	if edtf == "" {
		return Deadline{}, 0
	}
	firm := false
	for j, n := from-1, 0; j > st.from && n < 6; j, n = j-1, n+1 {
		w := a.tokens[j].w.lower
		if byWords[w] && !(w == "on" && n > 1) && w != "para" || w == "para" && n < 2 {
			firm = w != "on" || j > st.from+1 && (a.tokens[j-1].w.lower == "or")
			if w == "than" {
				firm = a.tokens[j-1].w.lower == "later"
			}
			if firm {
				from = j
			}
			break
		}
		if w == "year" || w == "the" || w == "of" || w == "de" || w == "del" || w == "el" || w == "le" || w == "l" || w == "do" || w == "o" || w == "d" || w == "31" || w == "30" || w == "année" || w == "año" || w == "ano" || w == "da" || w == "to" || w == "a" || w == "au" || w == "más" || w == "plus" {
			continue
		}
		break
	}
	if !firm {
		return Deadline{}, 0
	}
	if _, err := strconv.Atoi(edtf[:4]); err != nil {
		return Deadline{}, 0
	}
	return Deadline{Date: edtf, Span: *a.place(from, to)}, to
}
