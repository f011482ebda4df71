package assay

// UndecidedBelow is the confidence under which a norm's modality is not decided.
const UndecidedBelow = 0.6

// confidence says how likely the modality of n is right, and what else it would be. It adds up what is known to mislead: a verb that
// depends on the form of a text whose form is mixed, several modals in one sentence, a default, an item whose lead-in carries the modal,
// a very long sentence.
func (a *run) confidence(n *norm) (best, second Modality, sure float64) {
	best, second, sure = n.modality, n.modality, 0.97
	if len(n.also) > 0 {
		second = n.also[0]
		sure -= 0.12
	}
	switch {
	case n.decisive == nil && !n.inherited:
		sure -= 0.05
	case n.inherited:
		sure -= 0.06
	case n.decisive.rule == plainStatement:
		sure -= 0.12
	case describes[n.decisive.rule.Class] && a.out.Instrument.LegalNature.Read == "mixed":
		sure -= 0.32
		if second == best {
			second = a.otherForm(n.decisive.rule.Class)
		}
	case n.decisive.rule.Code == "en_statement":
		sure -= 0.07
	}
	const long, endless = 120, 1500 // tokens
	switch st := &a.sents[n.sent]; {
	case st.to-st.from > endless: // no sentence at all: punctuation was lost
		sure = 0.3
		if second == best {
			second = Declaration
			if best == Declaration || best == None {
				second = Obligation
			}
		}
	case st.to-st.from > long:
		sure -= 0.05
	}
	return best, second, max(sure, 0.05)
}

// otherForm is the modality a class would have if the text were of the other form.
func (a *run) otherForm(class string) Modality {
	a.wills = !a.wills
	m := a.effective(class)
	a.wills = !a.wills
	return m
}
