package assay

import "github.com/openassay/assay/text"

// norm is a sentence or a list item with its lead-in.
type norm struct {
	sent       int
	prov       int
	modality   Modality
	part       string
	bearer     []string
	qualifiers []string
	main       []hit // modality hits that decide or stand beside the decision
}

// lead is what a lead-in ("Each Party shall:") gives to the items after it.
type lead struct {
	modality   Modality
	bearer     []string
	qualifiers []string
}

// norms reads every sentence of own words.
func (a *run) norms() {
	for i := range a.provs {
		w := &a.provs[i]
		kind := a.r.Provisions[i].Kind
		var open *lead // the lead-in that the next sentence is an item of
		if w.parent >= 0 && (kind == text.KindPoint || kind == text.KindParagraph) {
			open = a.provs[w.parent].lead
			if f := a.provs[w.parent].flow; f != nil { // a sibling before it ends with a colon
				open = f
			}
		}
		var last *norm
		for s := w.first; s < w.last; s++ {
			st := &a.sents[s]
			if st.heading {
				continue
			}
			n := a.norm(s, w.part, kind, open)
			a.ns = append(a.ns, n)
			last = &a.ns[len(a.ns)-1]
			switch {
			case st.opens:
				if n.modality.strength() <= Declaration.strength() { // "Each Party:" names who bears the items
					last.bearer = nil
					if actors := a.actors(s, st.to); len(actors) > 0 {
						open = &lead{n.modality, []string{actors[len(actors)-1].code}, n.qualifiers}
						break
					}
				}
				open = &lead{n.modality, n.bearer, n.qualifiers}
			case st.closes:
				open = nil
			}
		}
		if last != nil && w.parent >= 0 {
			switch st := &a.sents[last.sent]; {
			case st.opens && !a.hasChild(i):
				a.provs[w.parent].flow = &lead{last.modality, last.bearer, last.qualifiers}
			case st.closes:
				a.provs[w.parent].flow = nil
			}
		}
		if last != nil && !a.sents[last.sent].closes {
			w.lead = &lead{last.modality, last.bearer, last.qualifiers}
			if open != nil { // its own lead-in, or the one that an item without end hands on
				w.lead = open
			}
		}
	}
}

// hasChild reports whether provision i has provisions under it.
func (a *run) hasChild(i int) bool { return i+1 < len(a.provs) && a.provs[i+1].parent == i }

func (a *run) norm(s int, part string, kind text.ProvisionKind, open *lead) norm {
	n := norm{sent: s, prov: a.sents[s].prov, part: part, modality: None}
	if !served[a.lang] {
		n.modality = ""
		return n
	}
	if kind == text.KindCover || kind == text.KindSignatures || part == partDefinition {
		return n
	}
	for _, h := range a.sentHits(s) {
		switch h.rule.Family {
		case familyClause:
			if h.rule.Class == partDefinition {
				n.part = partDefinition
			}
		case familyQualifier:
			n.qualifiers = addOnce(n.qualifiers, h.rule.Class)
		}
	}
	if n.part == partDefinition {
		n.qualifiers = nil
		return n
	}
	var decisive *hit
	hits := a.sentHits(s)
	for k := range hits {
		h := &hits[k]
		if h.rule.Family != familyModality {
			continue
		}
		m := a.effective(h.rule.Class)
		if part == partPreamble {
			m = capPreamble(m)
		}
		if m == Aspiration && part != partPreamble && a.tokens[h.from].w == boundary {
			continue // "encouraging trade" as an item of a list is no wish
		}
		if a.subordinate(h, m, s) {
			n.modality = stronger(n.modality, Declaration)
			continue
		}
		if part == partPreamble && decisive != nil && decisive.rule.Code != "en_statement" && h.rule.Class != "intention" {
			continue // the first verb of a recital governs: "Recognising that … should"
		}
		n.main = append(n.main, *h)
		if m.strength() > n.modality.strength() || decisive == nil {
			n.modality, decisive = stronger(n.modality, m), h
		}
	}
	if n.modality.strength() > Declaration.strength() {
		n.bearer = a.bearer(s, decisive)
		if n.bearer == nil && n.modality == Permission { // "nothing shall prevent a Party from"
			n.bearer = a.freed(s, decisive.to)
		}
	}
	if open != nil {
		a.inherit(&n, open)
	}
	if n.modality.strength() > Declaration.strength() && len(n.bearer) == 0 && part != partPreamble {
		n.bearer = []string{bearerNone}
	}
	if n.modality.strength() <= Declaration.strength() {
		n.bearer = nil
	}
	return n
}

// inherit joins an item with its lead-in: the stronger of both holds.
func (a *run) inherit(n *norm, open *lead) {
	for _, q := range open.qualifiers {
		n.qualifiers = addOnce(n.qualifiers, q)
	}
	if open.modality.strength() >= n.modality.strength() {
		n.modality = open.modality
		if len(open.bearer) > 0 {
			n.bearer = open.bearer
		}
	} else if len(n.bearer) == 0 {
		n.bearer = open.bearer
	}
}

// effective turns the classes that depend on the form of the text into modalities.
func (a *run) effective(class string) Modality {
	switch class {
	case "will":
		if a.wills {
			return Obligation
		}
		return Intention
	case "will_not":
		if a.wills {
			return Prohibition
		}
		return Intention
	case "will_try":
		if a.wills {
			return Effort
		}
		return Intention
	}
	return Modality(class)
}

// capPreamble: a preamble binds nobody.
func capPreamble(m Modality) Modality {
	if m.strength() > Intention.strength() {
		return Declaration
	}
	return m
}

// subordinators begin a clause that describes rather than rules: "measures that may affect", "if a Party intends to".
var subordinators = map[string]bool{"that": true, "which": true, "who": true, "whom": true, "whose": true, "if": true, "where": true, "when": true,
	"whether": true, "as": true, "than": true, "what": true, "unless": true, "until": true, "how": true, "it": false,
	"qui": true, "que": true, "lorsque": true, "dont": true, "où": true, "si": true, "cuando": true, "quien": true, "donde": true, "quando": true, "cual": true, "cuales": true, "cujo": true, "se": false}

// governs: after these words "that" brings a rule of its own.
var governs = map[string]bool{"agree": true, "agrees": true, "agreed": true, "decide": true, "decides": true, "decided": true, "provided": true, "ensure": true, "ensures": true,
	"confirm": true, "confirms": true, "undertake": true, "undertakes": true, "condition": true, "except": true, "shall": true,
	"conviennent": true, "veillent": true, "convienen": true, "acuerdan": true, "siempre": true, "garantizarán": true, "acordam": true, "condición": true}

// subordinate reports whether a hit stands in a describing clause. A shall there still obliges.
func (a *run) subordinate(h *hit, m Modality, s int) bool {
	if m == Obligation || m == Prohibition || m == Effort || m == Declaration {
		if h.rule.Class != "will" && h.rule.Class != "will_not" && h.rule.Class != "will_try" {
			return false
		}
	}
	const reach = 9
	for k, n := h.from-1, 0; k > a.sents[s].from && n < reach; k, n = k-1, n+1 {
		w := a.tokens[k].w
		if w.lower == "," || w.lower == ";" || w.lower == ":" || w.lower == "(" {
			return false
		}
		if !subordinators[w.lower] || w.lower == "as" && a.lang != "en" { // "as Partes"
			continue
		}
		if w.lower == "that" || w.lower == "que" {
			prev := a.tokens[k-1].w
			return !governs[prev.lower]
		}
		return true
	}
	return false
}

func addOnce(list []string, s string) []string {
	if contains(list, s) {
		return list
	}
	return append(list[:len(list):len(list)], s)
}
