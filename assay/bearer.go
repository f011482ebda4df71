package assay

import "sort"

// Bearers other than a party's code.
const (
	bearerEach  = "each_party"
	bearerPart  = "participants"
	bearerBody  = "body"
	bearerInv   = "investors"
	bearerOrgan = "organ" // of rules only: each party, or the party that it is of
	bearerUnion = "union" // of rules only: the EU where it is a side, else a body
	bearerNone  = "none"
)

// actor is somebody named in a sentence who could bear a norm.
type actor struct {
	from, to int
	code     string
}

// bearer finds the subject of the modal h: whoever stands right before it, else the first actor of the clause before it that is not
// itself an aside or a condition. The subject of a passive bears nothing; its agent does.
func (a *run) bearer(s int, h *hit) []string {
	if falls[a.tokens[h.from].w.lower] { // "compete à Comissão publicar", "incumbe al Comité"
		const near = 4 // tokens
		for _, x := range a.actors(s, h.to+near) {
			if x.to > h.from {
				return []string{x.code}
			}
		}
	}
	if a.passive(h) {
		return a.agent(s, h.to)
	}
	if a.firstPerson(h) {
		if near := a.freed(s, h.to); h.rule.Class == string(Aspiration) && near != nil { // whoever is encouraged
			return near
		}
		return []string{a.collective()}
	}
	st := &a.sents[s]
	stop := h.to // patterns may hold the subject themselves: "les Parties coopèrent"
	actors := a.actors(s, stop)
	const reach = 12 // clauses looked back through
	for n, end := 0, stop; end > st.from && n < reach; n++ {
		begin := end - 1
		for begin > st.from && !clauseSign(a.tokens[begin].w) {
			begin--
		}
		first := begin + 1
		if n == 0 && first == h.from && h.to > h.from+1 && pronouns[a.tokens[first].w.lower] { // "Il supporte": the rule takes in the pronoun
			return a.meant(s, first, actors)
		}
		got := a.beside(first, end, h, actors)
		if got == nil && n == 0 && a.aside(first) {
			got = a.lastFree(first, end, actors)
		}
		if got == nil && !a.aside(first) {
			got = a.subject(first, end, actors)
			if got == nil && n > 0 && !determiners[a.tokens[first].w.lower] && a.lang != "en" && a.lang != "zh" { // "La autoridad, previa solicitud, deberá"
				end = begin
				continue
			}
			if got == nil && first < min(end, h.from) && !a.tokens[first].w.adverb && !conjunctions[a.tokens[first].w.lower] {
				if a.pronoun(h, first) {
					return a.meant(s, first, actors)
				}
				return a.agent(s, h.to) // a subject that is nobody: "customs duties"
			}
		}
		if got != nil {
			return got
		}
		end = begin
	}
	if a.dropped(h) {
		return a.said
	}
	return a.agent(s, h.to)
}

// falls are verbs by which a duty falls to somebody named after them, and nouns of tasks: "las funciones del Comité serán".
var falls = map[string]bool{"compete": true, "cabe": true, "incumbe": true, "caberá": true, "competirá": true, "incumbirá": true, "corresponde": true, "competerá": true,
	"funciones": true, "atribuciones": true, "cometidos": true, "tareas": true, "fonctions": true, "attributions": true, "tâches": true, "missions": true,
	"funções": true, "atribuições": true, "competências": true, "tarefas": true}

func clauseSign(w *word) bool {
	switch w.lower {
	case ",", ";", ":", "(", ")", "，", "；", "：":
		return true
	}
	return w == boundary
}

// openers begin an aside or a condition, not the clause of the subject.
var openers = map[string]bool{"in": true, "on": true, "upon": true, "at": true, "with": true, "without": true, "subject": true, "consistent": true, "within": true,
	"to": true, "taking": true, "where": true, "when": true, "whenever": true, "if": true, "including": true, "as": true, "by": true, "under": true, "after": true, "before": true,
	"through": true, "unless": true, "following": true, "pursuant": true, "during": true, "until": true, "except": true, "notwithstanding": true, "having": true,
	"because": true, "should": true, "once": true, "prior": true, "recognizing": true, "recognising": true, "other": true, "established": true, "or": true, "which": true, "whether": true,
	"based": true, "from": true, "given": true, "hereinafter": true,
	"dans": true, "sous": true, "sans": true, "lorsque": true, "si": true, "conformément": true, "afin": true, "pour": true, "après": true, "avant": true, "selon": true, "à": true, "en": true,
	"cuando": true, "para": true, "sin": true, "con": true, "conforme": true, "de": true, "tras": true, "antes": true, "quando": true, "sem": true, "com": true, "nos": true, "nas": true}

// aside reports whether the clause that begins at token k is an aside or a condition, not the clause of the subject.
func (a *run) aside(k int) bool {
	w := a.tokens[k].w
	if n := len(w.lower); n > 5 && (a.lang == "en" && w.lower[n-3:] == "ing" || a.lang != "zh" && a.lang != "en" && (w.lower[n-4:] == "ando" || w.lower[n-4:] == "endo")) {
		return true // "bearing in mind that"
	}
	if a.lang == "es" && (w.lower == "a" || w.lower == "al" || w.lower == "por" || w.lower == "durante") {
		return true // "A ese efecto"
	}
	return openers[w.lower] && (a.lang == "en" || w.lower != "as") // pt: "as Partes"
}

// joined reports whether only "and" and an article stand between two actors.
func (a *run) joined(from, to int) bool {
	and := false
	for k := from; k < to; k++ {
		switch a.tokens[k].w.lower {
		case "and", "et", "y", "e", "&":
			and = true
		case "the", "la", "le", "les", "el", "los", "a", "o", ",", "republic", "of", "both", "de", "du", "del", "da", "do":
		default:
			return false
		}
	}
	return and
}

// agent finds "by the Parties" after a passive verb.
func (a *run) agent(s, from int) []string {
	for _, x := range a.actors(s, a.sents[s].to) {
		if x.from <= from || x.from > from+10 {
			continue
		}
		k := x.from - 1
		if w := a.tokens[k].w.lower; articles[w] || w == "a" {
			k--
		}
		switch a.tokens[k].w.lower {
		case "by", "par", "por", "由", "pela", "pelo", "pelas", "pelos":
			return []string{x.code}
		}
		if a.lang != "en" && x.from < a.sents[s].to { // the article may belong to the name: "par les Parties" is one actor
			switch a.tokens[max(x.from-1, 0)].w.lower {
			case "par", "por":
				return []string{x.code}
			}
		}
	}
	return nil
}

// actors lists who is named in sentence s before token stop, in order; where names and rules overlap the longer wins.
func (a *run) actors(s, stop int) []actor {
	if a.acted != s+1 { // asked for again and again while one sentence is read
		a.acted, a.acting = s+1, a.withShort(s, a.allActors(s, a.sents[s].to))
	}
	return a.acting[:sort.Search(len(a.acting), func(i int) bool { return a.acting[i].from >= stop })]
}

func (a *run) allActors(s, stop int) []actor {
	var out []actor
	names := a.sentNames(s)
	hits := a.sentHits(s)
	i := 0
	add := func(x actor) {
		if n := len(out); n > 0 && x.from == out[n-1].to && a.lang == "en" { // "ASEAN Member States", "the ASEAN Secretariat": the last word names it
			out[n-1] = actor{out[n-1].from, x.to, x.code}
			return
		}
		if len(out) > 0 && x.from < out[len(out)-1].to {
			if last := &out[len(out)-1]; x.to-x.from > last.to-last.from || contains(a.role, x.code) && x.to == last.to && !contains(a.role, last.code) {
				*last = x
			}
			return
		}
		out = append(out, x)
	}
	for _, h := range hits {
		role := h.rule.Family == familyRole && contains(a.role, h.rule.Class)
		if h.rule.Family != familyActor && !role || h.from >= stop {
			continue
		}
		for ; i < len(names) && names[i].from < h.from; i++ {
			if names[i].kind == mentionParty && names[i].from < stop {
				add(actor{names[i].from, names[i].to, names[i].code})
			}
		}
		code := h.rule.Class
		if code == bearerPart && (a.wills || a.out.Instrument.LegalNature.Read == "treaty_form") { // "both countries" of a treaty
			code = bearerEach
		}
		if code == bearerEach && !a.wills && a.out.Instrument.LegalNature.Read != "treaty_form" { // "the Parties" of a text that does not bind
			code = bearerPart
		}
		if code == bearerOrgan {
			code = a.organOf(h.to, names)
		}
		if code == bearerUnion {
			code = bearerBody
			if a.union {
				code = "EU"
			}
		}
		add(actor{h.from, h.to, code})
	}
	for ; i < len(names); i++ {
		if names[i].kind == mentionParty && names[i].from < stop {
			add(actor{names[i].from, names[i].to, names[i].code})
		}
	}
	return out
}

// organOf is whom an authority acts for: "the authorities of Norland" act for Norland, others for each side.
func (a *run) organOf(to int, names []name) string {
	const reach = 10 // tokens: "the Ministry of Mines and Energy of Norland"
	for k := to; k < to+reach && k < len(a.tokens); k++ {
		w := a.tokens[k].w
		for i := range names {
			if names[i].kind == mentionParty && names[i].from == k && k > to {
				return names[i].code
			}
		}
		if w.sign || w == boundary || k > to && !nameJoins[w.lower] && !conjunctions[w.lower] && !a.capital(k) && !articles[w.lower] || k == to && !nameJoins[w.lower] && !a.capital(k) {
			break
		}
	}
	if a.wills || a.out.Instrument.LegalNature.Read == "treaty_form" {
		return bearerEach
	}
	return bearerPart
}

// freed finds whom a permission leaves free: the first actor just after its words.
func (a *run) freed(s, from int) []string {
	const near = 4 // tokens
	for _, x := range a.actors(s, a.sents[s].to) {
		if x.from >= from-1 && x.from <= from+near {
			return []string{x.code}
		}
	}
	return nil
}
