package assay

import "strings"

// enforcedParties is the enforcer of a contract: its parties, as parties to a contract, one against another.
const enforcedParties = "parties"

// roles finds the roles that a contract gives its parties by defining a word for them: `(the "Seller")`, «ci-après "l'Acheteur"». A role word
// that the text does not define is nobody's name, and outside contracts none is looked for: "the buyer" of a treaty is any buyer.
func (a *run) roles() {
	if a.out.Instrument.Kind != "contract" {
		return
	}
	for s := range a.sents {
		for _, h := range a.sentHits(s) {
			if h.rule.Family == familyRole && a.namesParty(h) {
				a.role = addOnce(a.role, h.rule.Class)
			}
		}
	}
}

// contractual reports whether the sides of the text are parties to a contract that are known by their roles, and not two states.
func (a *run) contractual() bool { return len(a.role) > 1 && len(a.out.Parties) < 2 }

const quotes = "\"'“”«»‘’„"

// namesParty reports whether h stands alone in quotation marks, but for its article, in brackets or after "hereinafter" or its like.
func (a *run) namesParty(h hit) bool {
	const before = 80 // bytes in which the words of a definition stand
	start, end := a.span(h.from, h.to)
	left, right := a.r.Text[max(0, start-before):start], a.r.Text[end:min(len(a.r.Text), end+before)]
	for _, art := range []string{"the ", "The ", "le ", "Le ", "la ", "La ", "l'", "L'", "l’", "L’", "el ", "El ", "a ", "A ", "o ", "O "} {
		if cut, ok := strings.CutSuffix(left, art); ok && cut != "" {
			left = cut
			break
		}
	}
	left = strings.TrimRight(left, " \u00a0*_")
	right = strings.TrimLeft(right, " \u00a0*_")
	open, shut := strings.TrimRight(left, quotes), strings.TrimLeft(right, quotes)
	if open == left || shut == right {
		return false
	}
	open = strings.ToLower(open)
	if i := strings.LastIndexByte(open, '('); i >= 0 && !strings.Contains(open[i:], ")") {
		return true
	}
	for _, word := range []string{"hereinafter", "hereafter", "ci-après", "ci-apres", "en adelante", "en lo sucesivo", "doravante"} {
		if strings.Contains(open, word) {
			return true
		}
	}
	return false
}
