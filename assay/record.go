package assay

import (
	"math"
	"strconv"
)

// record writes norm n as the analysis gives it.
func (a *run) record(n *norm) Norm {
	st := &a.sents[n.sent]
	start, end := a.span(st.from, st.to)
	out := Norm{Start: start, End: end, Modality: n.modality, Part: n.part, Bearer: nonNil(n.bearer), Qualifiers: nonNil(n.qualifiers),
		Standards: []string{}, Topics: []string{}, Rules: []string{}, Also: n.also, Opens: n.opens}
	if l := a.langOf(n.sent); l != a.doc {
		out.Language = l
	}
	if n.modality == "" {
		return out
	}
	for l := n.lead; l != nil; l = l.up {
		s, e := a.span(a.sents[l.sent].from, a.sents[l.sent].to)
		out.Lead = append([]Span{{s, e}}, out.Lead...)
		for _, h := range a.sentHits(l.sent) {
			if h.rule.Family == familyTopic {
				out.Topics = addOnce(out.Topics, h.rule.Class)
			}
		}
	}
	a.detail(n, &out)
	if n.inherited {
		for l := n.lead; l != nil; l = l.up {
			if l.rule != "" {
				out.Rules = append(out.Rules, l.rule)
				break
			}
		}
	} else if n.decisive != nil {
		out.Rules = append(out.Rules, n.decisive.rule.Code)
	}
	for _, h := range n.main {
		out.Rules = addOnce(out.Rules, h.rule.Code)
	}
	for _, h := range a.sentHits(n.sent) {
		switch h.rule.Family {
		case familyQualifier, familyStandard, familyReporting, familyTopic, familyPrecision:
			if n.part != partDefinition {
				out.Rules = addOnce(out.Rules, h.rule.Code)
			}
		}
	}
	if n.settled {
		out.Confidence = 1
		return out
	}
	best, second, sure := a.confidence(n)
	out.Confidence = math.Round(sure*100) / 100
	if sure < UndecidedBelow && second != best {
		out.Modality, out.Either = Undecided, []Modality{best, second}
	}
	return out
}

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
func itoa(n int) string { return strconv.Itoa(n) }
