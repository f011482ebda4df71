package assay

// detail fills in what a sentence says beside its modality: act, object, deadlines, quantities, standards, references.
func (a *run) detail(n *norm, out *Norm) {
	st := &a.sents[n.sent]
	hits := a.sentHits(n.sent)
	vague := false
	actFrom, actTo := a.act(n)
	if actFrom < actTo {
		out.Act = a.place(actFrom, actTo)
		if from, to := a.object(n, actFrom, actTo); from < to {
			out.Object = a.place(from, to)
		}
		out.Beneficiary = a.beneficiary(n, actTo)
	}
	for i := range hits {
		h := &hits[i]
		switch h.rule.Family {
		case familyStandard:
			out.Standards = addOnce(out.Standards, h.rule.Class)
			out.References = append(out.References, a.named(h))
		case familyInstrument:
			out.References = append(out.References, a.named(h))
		case familyReporting:
			out.Reporting = addOnce(out.Reporting, h.rule.Class)
		case familyTopic:
			out.Topics = addOnce(out.Topics, h.rule.Class)
		case familyPrecision:
			if h.rule.Class == "named_body" {
				out.Bodies = append(out.Bodies, *a.place(h.from, h.to))
			}
		case familyVague:
			vague = vague || h.from >= actFrom && h.from <= actTo && h.to > actFrom
		}
	}
	out.Deadlines = a.deadlines(st, hits)
	out.Quantities = a.quantities(st, hits)
	out.References = append(out.References, a.references(n.prov, st)...)
	out.Conditions = a.conditions(st)
	if len(out.Deadlines) > 0 {
		out.Deadline = &out.Deadlines[0]
	}
	if len(out.Quantities) > 0 {
		out.Quantity = &out.Quantities[0]
	}
	out.Precise = a.precise(n, out, vague)
	if len(out.Deadlines) < 2 {
		out.Deadlines = nil
	}
	if len(out.Quantities) < 2 {
		out.Quantities = nil
	}
}

// precise: one could say whether it was done, and the bearer does not decide whether it must be. A figure or a date makes even a vague
// act one that can be verified.
func (a *run) precise(n *norm, out *Norm, vague bool) bool {
	if m := n.modality; m.strength() <= Declaration.strength() || n.part == partPreamble || n.part == partDefinition {
		return false
	}
	for _, q := range out.Qualifiers {
		switch q {
		case "as_appropriate", "to_extent_possible", "if_possible", "discretion", "best_endeavours":
			return false
		}
	}
	if out.Deadline != nil || out.Quantity != nil {
		return true
	}
	return !vague && (out.Act != nil || len(out.Standards) > 0) && !a.openLead(n)
}

// openLead reports whether an item stands under a lead-in whose own act is open: "The Parties shall cooperate in:". Such an item names an area.
func (a *run) openLead(n *norm) bool {
	for l := n.lead; l != nil && n.inherited; l = l.up {
		if l.decisive == nil {
			continue
		}
		from, to := l.decisive.to-1, l.decisive.to+2
		for _, h := range a.sentHits(l.sent) {
			if h.rule.Family == familyVague && h.from >= from && h.from <= to {
				return true
			}
		}
		return false
	}
	return false
}

func (a *run) place(from, to int) *Span {
	start, end := a.span(from, to)
	return &Span{start, end}
}

func (a *run) named(h *hit) Reference {
	return Reference{Name: h.rule.Class, Span: *a.place(h.from, h.to)}
}

// act finds the verb of a norm: what follows the modal, or the modal hit's own last word where that is the verb ("cooperarán").
func (a *run) act(n *norm) (from, to int) {
	st := &a.sents[n.sent]
	last := st.to - 1
	k := st.from + 1
	if n.decisive != nil && n.decisive.rule != plainStatement {
		h := n.decisive
		if h.rule.selfActing() {
			return h.to - 1, h.to
		}
		k = h.to
	} else if n.modality.strength() <= Declaration.strength() {
		return 0, 0
	} else {
		k = a.itemStart(st)
	}
	for k < last && (a.tokens[k].w.adverb || particles[a.tokens[k].w.lower] || k > st.from && a.tokens[k-1].w.adverb && conjunctions[a.tokens[k].w.lower] && a.tokens[k+1].w.adverb) {
		k++ // "immediately and unconditionally"
	}
	if a.tokens[k].w.lower == "for" { // "intend for benefits to accrue": an act of nobody named
		return 0, 0
	}
	if k < last && a.tokens[k].w.lower == "," { // "shall, in accordance with its laws, publish"
		for j := k + 1; j < last && j < k+40; j++ {
			if a.tokens[j].w.lower == "," {
				k = j + 1
				break
			}
		}
		for k < last && a.tokens[k].w.adverb {
			k++
		}
	}
	if k >= last || a.tokens[k].w.sign {
		return 0, 0
	}
	to = k + 1
	if beVerbs[a.tokens[k].w.lower] {
		for to < last && a.tokens[to].w.adverb {
			to++
		}
		if to < last && !a.tokens[to].w.sign {
			to++
		}
	}
	return k, to
}

// itemStart skips what may stand before the verb of a list item: a mark, "to".
func (a *run) itemStart(st *sentence) int {
	k := st.from + 1
	for k < st.to-1 && (a.tokens[k].w.sign || a.tokens[k].w.lower == "to" || a.tokens[k].w.number) {
		k++
	}
	return k
}

var particles = map[string]bool{"to": true, "not": true, "de": true, "d": true, "à": true, "a": true, "en": true, "em": true, "pas": true, "se": true, "no": true, "ne": true, "s": true}

var beVerbs = map[string]bool{"be": true, "ser": true, "être": true, "have": true, "avoir": true}

// selfActing: the hit's last word is the verb itself, not a modal before it.
func (r *Rule) selfActing() bool {
	switch r.Code {
	case "fr_act", "es_act", "pt_act", "fr_passive", "es_passive", "pt_passive", "es_future", "pt_future", "fr_present", "fr_future", "en_present", "pt_present", "pt_future_not", "es_prohibition", "pt_prohibition":
		return true
	}
	return false
}

// object is what follows the act up to the end of its clause; of a passive, what stands before the modal.
func (a *run) object(n *norm, actFrom, actTo int) (from, to int) {
	st := &a.sents[n.sent]
	last := st.to - 1
	if n.decisive != nil && a.passive(n.decisive) {
		to = n.decisive.from
		from = to
		for from > st.from+1 && !clauseSign(a.tokens[from-1].w) {
			from--
		}
		return from, to
	}
	const most = 24
	from = actTo
	for from < last && a.tokens[from].w.adverb {
		from++
	}
	to = from
	listed := false
	for to < last && to < from+most {
		w := a.tokens[to].w
		if w.lower == "," && to > from && a.lists(n.sent, to, last, listed) {
			listed = true
			to++
			continue
		}
		if clauseSign(w) || w.lower == "." || to > from && (subordinators[w.lower] || relatives[w.lower]) && a.lang != "pt" {
			break
		}
		to++
	}
	return from, to
}

// lists reports whether the comma at token k goes on with a list: short items that end in one after "and". Within a list the comma may stand
// right before that.
func (a *run) lists(sent, k, last int, listed bool) bool {
	const (
		longest = 5  // words of an item
		most    = 30 // tokens looked at
	)
	words := 0
	for j := k + 1; j < last && j < k+most; j++ {
		w := a.tokens[j].w
		switch {
		case conjunctions[w.lower] && w.lower != "as" && w.lower != "but":
			if words == 0 && !listed {
				return false
			}
			for _, h := range a.hitsNear(sent, j+longest) { // a clause of its own follows: ", and Sudria may"
				if h.rule.Family == familyModality && h.from > k && a.modality(&h).strength() > Declaration.strength() {
					return false
				}
			}
			return true
		case w.lower == ",":
			if words == 0 {
				return false
			}
			words, listed = 0, true
		case w.sign, words == longest, words == 0 && (openers[w.lower] || prepositions[w.lower] || subordinators[w.lower] || relatives[w.lower] || w.adverb):
			return false
		default:
			words++
		}
	}
	return false
}

// beneficiary finds to whom something is owed: an actor right after the verb, or one after "to" or "for".
func (a *run) beneficiary(n *norm, from int) []string {
	if n.modality == None || n.modality == "" {
		return nil
	}
	st := &a.sents[n.sent]
	const reach = 24 // tokens
	for _, x := range a.actors(n.sent, st.to) {
		if x.from < from || x.from > from+reach {
			continue
		}
		k := x.from - 1
		for k > from && articles[a.tokens[k].w.lower] {
			k--
		}
		w := a.tokens[k].w.lower
		if k >= from && !toWhom[w] {
			continue
		}
		if a.lang == "en" && x.to < st.to && attributes(a.tokens[x.to].w) { // "to U.S. goods"
			continue
		}
		code := x.code
		if code == bearerEach || code == bearerPart {
			for i := x.from; i < x.to; i++ {
				if otherWords[a.tokens[i].w.lower] {
					code = "other_party"
				}
			}
			if code != "other_party" && contains(n.bearer, code) {
				continue
			}
		}
		if contains(n.bearer, code) {
			continue
		}
		return []string{code}
	}
	return nil
}

// attributes reports whether an English word after a name makes the name an adjective of it.
func attributes(w *word) bool {
	return w != boundary && !w.sign && !w.number && w.tongue&1 == 0 && !w.adverb && !prepositions[w.lower] && !conjunctions[w.lower] && !articles[w.lower] && !relatives[w.lower] && !subordinators[w.lower]
}

var toWhom = map[string]bool{"to": true, "for": true, "à": true, "aux": true, "au": true, "pour": true, "a": true, "al": true, "para": true, "ao": true, "aos": true, "às": true, "向": true, "给": true, "为": true}

var otherWords = map[string]bool{"other": true, "another": true, "autre": true, "autres": true, "otra": true, "otras": true, "otro": true, "outra": true, "outras": true}

// conditionWords begin a clause that says when a norm holds or does not.
var conditionWords = map[string]bool{"if": true, "unless": true, "where": true, "provided": true, "except": true, "notwithstanding": true,
	"lorsque": true, "si": true, "sauf": true, "sous": true, "nonobstant": true, "pourvu": true,
	"cuando": true, "salvo": true, "excepto": true, "siempre": true, "quando": true, "exceto": true, "desde": true, "se": true, "caso": true, "除非": true, "如": true, "如果": true}

// conditions lists the clauses that begin with a condition word at the start of the sentence, after a comma, or with unless and except.
func (a *run) conditions(st *sentence) []Span {
	const most = 6
	var out []Span
	for k := st.from + 1; k < st.to-1 && len(out) < most; k++ {
		w := a.tokens[k].w.lower
		if !conditionWords[w] || w == "se" && a.lang != "pt" || w == "desde" && a.lang != "pt" || w == "caso" && a.lang != "pt" || w == "si" && a.lang == "en" {
			continue
		}
		prev := a.tokens[k-1].w
		if !clauseSign(prev) && w != "unless" && w != "except" && w != "sauf" && w != "salvo" && w != "provided" {
			continue
		}
		if w == "provided" && (k+1 >= st.to || a.tokens[k+1].w.lower != "that" && a.tokens[k+1].w.lower != ",") {
			continue
		}
		to := k + 1
		for to < st.to-1 && !clauseSign(a.tokens[to].w) && a.tokens[to].w.lower != "." {
			to++
		}
		out = append(out, *a.place(k, to))
		k = to
	}
	return out
}
