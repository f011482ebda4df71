package assay

import (
	"sort"

	"github.com/openassay/assay/text"
)

// contingent qualifiers make a duty depend on something its bearer decides or may lack.
var contingent = map[string]bool{"subject_to_funds": true, "subject_to_law": true, "as_appropriate": true, "to_extent_possible": true, "best_endeavours": true,
	"discretion": true, "subject_to_agreement": true, "if_possible": true}

const mostBasis = 10

// basis collects distinct eIds in order of the text.
type basis struct {
	list []string
	seen map[string]bool
}

func (b *basis) add(eid string) {
	if b.seen == nil {
		b.seen, b.list = map[string]bool{}, []string{}
	}
	if !b.seen[eid] && len(b.list) < mostBasis {
		b.seen[eid] = true
		b.list = append(b.list, eid)
	}
}

func (b *basis) get() []string {
	if b.list == nil {
		return []string{}
	}
	return b.list
}

// ladders grades obligation, precision and delegation of the text alone (rubrics: Abbott and others, 2000), and what it does for the
// environment and people and for value added at home, of the whole text and of every provision with those under it.
func (a *run) ladders() {
	in := &a.out.Instrument
	in.Ladders = a.grade(0, len(a.provs), 0, len(a.ns))
	in.Obligation, in.Precision, in.Delegation = in.Ladders.Obligation.Level, in.Ladders.Precision.Level, in.Ladders.Delegation.Level
	in.EnvironmentalSocial, in.ValueAddition = in.Ladders.EnvironmentalSocial.Level, in.Ladders.ValueAddition.Level
	end := make([]int, len(a.provs)) // after the last provision under each
	for i := len(a.provs) - 1; i >= 0; i-- {
		end[i] = max(end[i], i+1)
		if up := a.provs[i].parent; up >= 0 {
			end[up] = max(end[up], end[i])
		}
	}
	at := make([]int, len(a.provs)+1) // the first norm at or after each provision
	for i, k := 0, 0; i <= len(a.provs); i++ {
		for k < len(a.ns) && a.ns[k].prov < i {
			k++
		}
		at[i] = k
	}
	for i := range a.provs {
		p := &a.out.Provisions[i]
		l := a.grade(i, end[i], at[i], at[end[i]])
		p.Levels = Levels{l.Obligation.Level, l.Precision.Level, l.Delegation.Level, l.EnvironmentalSocial.Level, l.ValueAddition.Level}
		if end[i] == i+1 {
			continue
		}
		switch a.r.Provisions[i].Kind {
		case text.KindPart, text.KindChapter, text.KindSection, text.KindAnnex, text.KindArticle:
			p.Ladders = &l
		}
	}
}

// grade grades provisions [from, to), which hold norms [n0, n1).
func (a *run) grade(from, to, n0, n1 int) Ladders {
	ns := a.ns[n0:n1]
	return Ladders{a.obligationLadder(ns), a.precisionLadder(ns, from, to), a.delegationLadder(ns), a.socialLadder(ns), a.valueLadder(ns)}
}

func (a *run) obligationLadder(ns []norm) Ladder {
	var hard, bent, tries, plans basis
	nHard, nBent, nTries, nPlans := 0, 0, 0, 0
	var last basis // duties of the final clauses; they count where there are no others
	nLast := 0
	whole := false // a clause makes the whole text depend on funds
	for i := range ns {
		n := &ns[i]
		if n.opens || n.part == partPreamble || n.part == partDefinition {
			continue
		}
		eid := a.r.Provisions[n.prov].EID
		switch n.modality {
		case Obligation, Prohibition:
			if n.part != partOperative && n.part != partInstitutional {
				nLast++
				last.add(eid)
				continue
			}
			if bends(n.qualifiers) {
				nBent++
				bent.add(eid)
			} else {
				nHard++
				hard.add(eid)
			}
		case Effort:
			nTries++
			tries.add(eid)
		case Intention:
			nPlans++
			plans.add(eid)
		case Declaration:
			whole = whole || contains(n.qualifiers, "subject_to_funds") && a.speaksOfSelf(n.sent)
		}
	}
	if nHard+nBent+nTries+nPlans == 0 && a.out.Instrument.LegalNature.Read == "treaty_form" {
		nHard, hard = nLast, last
	}
	params := map[string]int{"unconditional": nHard, "qualified": nBent, "efforts": nTries, "intentions": nPlans}
	nature := a.out.Instrument.LegalNature
	switch {
	case !served[a.doc]:
		return Ladder{0, []string{}, "language_unsupported", nil}
	case nature.Stated == "non_binding" && !a.allBindAlone(ns):
		var b basis
		if some := a.bindingAlone(ns); len(some) > 0 {
			return Ladder{1, some, "denies_legal_effect_except", params}
		}
		for _, e := range nature.Evidence {
			if e.Level == "stated" {
				b.add(e.EID)
			}
		}
		return Ladder{0, b.get(), "denies_legal_effect", params}
	case nHard+nBent+nTries+nPlans == 0:
		return Ladder{0, []string{}, "no_commitment_words", params}
	case (nature.Read == "mou_form" || soft[a.out.Instrument.Kind]) && nature.Stated != "binding" && !a.allBindAlone(ns):
		b := plans
		if nPlans == 0 {
			b = hard
		}
		return Ladder{1, b.get(), "political_commitment", params}
	case nHard == 0 && nBent == 0 && nTries == 0:
		return Ladder{1, plans.get(), "intentions_only", params}
	case whole:
		return Ladder{2, hard.get(), "whole_text_contingent", params}
	case nHard == 0 && nBent > 0:
		return Ladder{2, bent.get(), "every_duty_qualified", params}
	case nHard == 0:
		return Ladder{2, tries.get(), "efforts_only", params}
	}
	return Ladder{3, hard.get(), "unconditional_duties", params}
}

// speaksOfSelf: the sentence names its own instrument: "All activities under this Memorandum are subject to …".
func (a *run) speaksOfSelf(s int) bool {
	hits := a.sentHits(s)
	for i := range hits {
		if hits[i].rule.Family == familyKind && a.ofSelf(&hits[i]) {
			return true
		}
	}
	return false
}

func bends(qualifiers []string) bool {
	for _, q := range qualifiers {
		if contingent[q] {
			return true
		}
	}
	return false
}

func (a *run) precisionLadder(ns []norm, from, to int) Ladder {
	var quant, verif, acts basis
	nQuant, nVerif, nActs, nDef := 0, 0, 0, 0
	standards := 0
	for i := range ns {
		n := &ns[i]
		if n.part == partDefinition {
			nDef++
			continue
		}
		if n.part == partPreamble || n.part == partFinal || n.modality.strength() <= Aspiration.strength() && n.modality != Aspiration {
			continue
		}
		eid := a.r.Provisions[n.prov].EID
		if n.modality.strength() >= Intention.strength() && n.modality != Permission {
			nActs++
			acts.add(eid)
		}
		for _, h := range a.sentHits(n.sent) {
			if h.rule.Family != familyPrecision || n.modality.strength() < Intention.strength() {
				continue
			}
			switch h.rule.Class {
			case "quantity":
				if a.threshold(h.from) {
					continue
				}
				nQuant++
				quant.add(eid)
			case "named_standard":
				standards++
				verif.add(eid)
			default:
				nVerif++
				verif.add(eid)
			}
		}
	}
	for i := from; i < to; i++ {
		if a.provs[i].part == partDefinition && a.provs[i].headingPart {
			nDef++
		}
	}
	params := map[string]int{"quantities": nQuant, "verifiable": nVerif + standards, "activities": nActs, "definitions": nDef}
	switch {
	case !served[a.doc]:
		return Ladder{0, []string{}, "language_unsupported", nil}
	case nQuant > 0 && (nDef > 0 || standards > 0):
		return Ladder{3, quant.get(), "quantified_and_defined", params}
	case nQuant > 0:
		return Ladder{2, quant.get(), "quantified", params}
	case nVerif+standards > 0:
		return Ladder{2, verif.get(), "verifiable_element", params}
	case nActs > 0:
		return Ladder{1, acts.get(), "activities_listed", params}
	}
	return Ladder{0, []string{}, "areas_only", params}
}

// threshold reports whether the quantity at token k only says when a rule applies: "does not exceed 3%".
func (a *run) threshold(k int) bool {
	for n := 1; n <= 2 && k-n > 0; n++ {
		switch a.tokens[k-n].w.lower {
		case "exceeds", "exceeded", "dépasse", "excede":
			return true
		case "exceed":
			return k-n > 2 && a.tokens[k-n-1].w.lower == "not" && (a.tokens[k-n-2].w.lower == "does" || a.tokens[k-n-2].w.lower == "do")
		}
	}
	return false
}

func (a *run) delegationLadder(ns []norm) Ladder {
	if !served[a.doc] {
		return Ladder{0, []string{}, "language_unsupported", nil}
	}
	levels := map[string]*basis{}
	order := map[string]int{}
	for i := range ns {
		n := &ns[i]
		if n.opens || n.part == partPreamble || n.part == partDefinition {
			continue
		}
		if !a.wills && n.part != partInstitutional && n.modality.strength() <= Declaration.strength() {
			continue // "the leaders note the ruling of a tribunal"
		}
		for _, h := range a.sentHits(n.sent) {
			if h.rule.Family != familyDelegation {
				continue
			}
			if levels[h.rule.Class] == nil {
				levels[h.rule.Class] = &basis{}
			}
			levels[h.rule.Class].add(a.r.Provisions[n.prov].EID)
			order[h.rule.Class] = max(order[h.rule.Class], h.rule.Level)
		}
	}
	classes := make([]string, 0, len(levels))
	for c := range levels {
		classes = append(classes, c)
	}
	sort.Slice(classes, func(i, j int) bool {
		if order[classes[i]] != order[classes[j]] {
			return order[classes[i]] > order[classes[j]]
		}
		return classes[i] < classes[j]
	})
	if len(classes) == 0 {
		return Ladder{0, []string{}, "diplomatic_contact_only", nil}
	}
	return Ladder{order[classes[0]], levels[classes[0]].get(), classes[0], nil}
}
