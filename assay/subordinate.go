package assay

// subordinators begin a clause that describes rather than rules: "measures that may affect", "if a Party intends to".
var subordinators = map[string]bool{"if": true, "where": true, "when": true,
	"whether": true, "as": true, "than": true, "what": true, "unless": true, "until": true, "how": true,
	"lorsque": true, "où": true, "si": true, "cuando": true, "donde": true, "quando": true}

// relatives begin a clause on the word before them, or after some verbs a clause with a rule of its own.
var relatives = map[string]bool{"that": true, "which": true, "who": true, "whom": true, "whose": true, "qui": true, "que": true, "dont": true,
	"quien": true, "cual": true, "cuales": true, "cujo": true}

// governs: after these words "that" brings a rule of its own.
var governs = map[string]bool{"agree": true, "agrees": true, "agreed": true, "decide": true, "decides": true, "decided": true, "provided": true, "ensure": true, "ensures": true,
	"confirm": true, "confirms": true, "undertake": true, "undertakes": true, "condition": true, "except": true, "shall": true,
	"conviennent": true, "veillent": true, "convienen": true, "acuerdan": true, "siempre": true, "garantizarán": true, "acordam": true, "condición": true}

// facts: after these nouns and words "that" tells what is the case.
var facts = map[string]bool{"fact": true, "so": true, "extent": true, "view": true, "opinion": true, "understanding": true, "such": true, "event": true, "case": true,
	"para": true, "forma": true, "hecho": true, "sentido": true, "lieu": true, "afin": true, "caso": true, "medida": true}

// determiners begin the subject of a clause.
var determiners = map[string]bool{"the": true, "a": true, "an": true, "any": true, "each": true, "either": true, "neither": true, "no": true, "such": true, "this": true,
	"these": true, "those": true, "its": true, "their": true, "both": true, "one": true, "all": true, "some": true, "it": true, "they": true, "we": true, "other": true,
	"la": true, "las": true, "el": true, "los": true, "una": true, "un": true, "cada": true, "ambas": true, "ambos": true, "esta": true, "este": true, "estas": true, "estos": true,
	"cualquier": true, "ninguna": true, "ningún": true, "dicha": true, "dicho": true, "su": true, "sus": true, "le": true, "les": true, "une": true, "chaque": true, "ces": true,
	"cette": true, "ce": true, "il": true, "elle": true, "ils": true, "elles": true, "l": true, "leur": true, "o": true, "os": true, "as": true, "uma": true, "um": true}

// clitics stand between "que" and its verb.
var clitics = map[string]bool{"se": true, "no": true, "le": true, "les": true, "lo": true, "não": true, "ne": true, "n": true, "y": true, "en": true, "s": true, "not": true}

// describes: words of these classes may describe, though in treaty form they bind.
var describes = map[string]bool{"will": true, "will_not": true, "will_try": true, "cannot": true, "present": true}

// subordinate reports whether a hit stands in a describing clause. A shall there still obliges.
func (a *run) subordinate(h *hit, m Modality, s int) bool {
	if m == Declaration && !describes[h.rule.Class] {
		return false
	}
	if (m == Obligation || m == Prohibition || m == Effort) && !describes[h.rule.Class] {
		return a.conditional(h, s)
	}
	const reach = 9
	for k, n := h.from-1, 0; k > a.sents[s].from && n < reach; k, n = k-1, n+1 {
		w := a.tokens[k].w
		if w.lower == "," || w.lower == ";" || w.lower == ":" || w.lower == "(" {
			return false
		}
		switch {
		case relatives[w.lower]:
			return a.relative(h, k, s)
		case subordinators[w.lower] && !(w.lower == "as" && a.lang != "en"): // "as Partes"
			return true
		}
	}
	return false
}

// conditionals begin a clause in which even a shall only sets the case: "if a Party shall decide".
var conditionals = map[string]bool{"if": true, "unless": true, "when": true, "whenever": true, "until": true, "whether": true}

// conditional reports whether a duty stands in a clause that sets a case, up to its first comma.
func (a *run) conditional(h *hit, s int) bool {
	const reach = 12
	if a.lang != "en" { // "el canje, que deberá realizarse": right after its relative a verb describes
		k := h.from - 1
		for k > a.sents[s].from && clitics[a.tokens[k].w.lower] {
			k--
		}
		switch w := a.tokens[k].w.lower; w {
		case "que", "qui", "cual", "cuales", "quien", "quienes", "dont":
			if prev := a.tokens[k-1].w; prev != boundary && prev.lower != ":" && prev.lower != ";" && !governs[prev.lower] && prev.lower != "en" && prev.lower != "a" && prev.lower != "de" && prev.lower != "em" {
				return true
			}
		}
	}
	for k, n := h.from-1, 0; k > a.sents[s].from && n < reach; k, n = k-1, n+1 {
		w := a.tokens[k].w
		if clauseSign(w) || w.lower == "." || w.lower == "then" {
			return false
		}
		if (w.lower == "that" || w.lower == "que") && !governs[a.tokens[k-1].w.lower] && a.declares(s, k-1) { // "recognise that duties shall be paid"
			return true
		}
		if conditionals[w.lower] && a.lang == "en" {
			for j := k + 1; j < h.from; j++ { // "A Party whose firms act if asked shall reply": the clause has its own verb
				for _, x := range a.hitsNear(s, j) {
					if x.rule.Family == familyModality && x.from == j && x.rule.Code == "en_statement" {
						return false
					}
				}
			}
			return true
		}
	}
	return false
}

// declares reports whether token k lies in a hit that recognises, notes or recalls.
func (a *run) declares(s, k int) bool {
	for _, h := range a.hitsNear(s, k) {
		if h.rule.Family == familyModality && Modality(h.rule.Class) == Declaration && h.rule.Code != "en_statement" && h.from <= k && k < h.to {
			return true
		}
	}
	return false
}

// relative reports whether the hit is the verb of the clause that the relative at token k begins, not the verb of the clause around it.
func (a *run) relative(h *hit, k, s int) bool {
	prev := a.tokens[k-1].w
	w := a.tokens[k].w.lower
	switch {
	case prev == boundary || prev.lower == ":" || prev.lower == ";": // an item: "that each Party shall", "que garantizarán"
		return false
	case (w == "that" || w == "que") && governs[prev.lower]:
		return false
	case w == "which" && prev.lower == "," && !describes[h.rule.Class]: // "the Committee, which may decide": a rule of its own
		return false
	case (w == "that" || w == "que") && (facts[prev.lower] || a.inHit(s, k-1)):
		return true
	}
	next := k + 1
	for next < h.from && (clitics[a.tokens[next].w.lower] || a.tokens[next].w.adverb) {
		next++
	}
	if next >= h.from || determiners[a.tokens[next].w.lower] {
		return true
	}
	for _, x := range a.actors(s, h.from) {
		if x.from == next {
			return true
		}
	}
	return false // the clause has a verb of its own: "a Party that applies a measure may"
}

// inHit reports whether token k lies in a modality hit of sentence s: "recognise that".
func (a *run) inHit(s, k int) bool {
	for _, h := range a.hitsNear(s, k) {
		if h.rule.Family == familyModality && h.from <= k && k < h.to {
			return true
		}
	}
	return false
}

// negations begin a clause that takes effects away: "Nothing in this Agreement shall be construed".
var negations = map[string]bool{"nothing": true, "no": true, "ninguna": true, "nada": true, "rien": true, "aucune": true, "nenhuma": true}

// negates reports whether a declaration begins with "nothing" or "no provision".
func (a *run) negates(h *hit) bool {
	k := h.from
	if a.tokens[k].w == boundary {
		k++
	}
	return negations[a.tokens[k].w.lower]
}

// denied are the acts that "nothing shall be construed" is followed by.
var denied = map[string]bool{"prevent": true, "preclude": true, "prohibit": true, "require": true, "oblige": true, "obligate": true, "limit": true, "restrict": true,
	"preventing": true, "precluding": true, "requiring": true, "impedir": true, "obligar": true, "exigir": true, "impeça": true, "empêcher": true, "obliger": true, "imposer": true}

// deniedAct reports whether sentence s begins "to prevent …", as an item.
func (a *run) deniedAct(s int) bool {
	k := a.sents[s].from + 1
	for n := 0; n < 3 && k < a.sents[s].to; k, n = k+1, n+1 {
		switch w := a.tokens[k].w; {
		case denied[w.lower]:
			return true
		case w.lower != "to" && w.lower != "as" && w.lower != "a" && w.lower != "que" && w.lower != "à":
			return false
		}
	}
	return false
}

// states reports whether a sentence is whole: long enough, ended by a full stop, and not only numbers and names.
func (a *run) states(s int) bool {
	st := &a.sents[s]
	if !st.closes {
		return false
	}
	const least = 5
	words := 0
	for k := st.from + 1; k < st.to-1; k++ {
		if w := a.tokens[k].w; !w.sign && !w.number {
			words++
		}
	}
	return words >= least
}
