package assay

import "strings"

// prepositions make what follows them no subject.
var prepositions = map[string]bool{"of": true, "from": true, "to": true, "in": true, "between": true, "among": true, "amongst": true, "with": true, "by": true, "for": true,
	"on": true, "under": true, "at": true, "into": true, "against": true, "within": true, "including": true, "than": true, "upon": true, "through": true, "towards": true,
	"de": true, "del": true, "des": true, "du": true, "d": true, "entre": true, "par": true, "por": true, "pour": true, "dans": true, "en": true, "con": true, "com": true,
	"da": true, "do": true, "das": true, "dos": true, "à": true, "au": true, "aux": true, "al": true, "para": true, "sur": true, "sobre": true, "avec": true, "hacia": true}

// ofHeads before "of" leave what follows them the subject: "the Government of Norland", "each of the Parties".
var ofHeads = map[string]bool{"government": true, "governments": true, "republic": true, "kingdom": true, "each": true, "either": true, "any": true, "none": true, "neither": true,
	"one": true, "all": true, "both": true, "some": true, "authorities": true, "ministry": true, "state": true, "union": true, "commonwealth": true, "federation": true, "states": true,
	"gobierno": true, "gobiernos": true, "república": true, "repúblicas": true, "reino": true, "gouvernement": true, "gouvernements": true, "république": true, "royaume": true,
	"governo": true, "governos": true, "cada": true, "cualquiera": true, "una": true, "uno": true, "ninguna": true, "alguna": true, "chacune": true, "chacun": true, "toute": true,
	"aucune": true, "une": true, "qualquer": true, "nenhuma": true, "ambas": true, "autoridades": true, "autorités": true, "uma": true}

var articles = map[string]bool{"the": true, "a": true, "an": true, "la": true, "le": true, "les": true, "el": true, "los": true, "las": true, "l": true, "o": true, "os": true, "as": true, "cada": true, "each": true, "chaque": true, "every": true}

var conjunctions = map[string]bool{"and": true, "or": true, "but": true, "et": true, "ou": true, "mais": true, "y": true, "o": true, "pero": true, "e": true, "mas": true, "as": true, "&": true}

// governed reports whether the words before token k make what stands there part of another phrase: "the products of the Parties".
func (a *run) governed(k int, actors []actor) bool {
	chained := false // in a list: a comma goes on with it
	for n := 0; n < 12; n++ {
		k--
		for articles[a.tokens[k].w.lower] {
			k--
		}
		w := a.tokens[k].w.lower
		switch {
		case w == "of" || w == "de" || w == "del" || w == "du" || w == "des" || w == "d" || w == "da" || w == "do" || w == "dos":
			if !ofHeads[a.tokens[max(k-1, 0)].w.lower] {
				return true
			}
			k-- // go on before "the Government of"
			continue
		case prepositions[w]:
			return true
		case w == "," && !chained: // a clause began
			return false
		case conjunctions[w] || w == ",": // as the one before it in the list
			chained = true
			for _, x := range actors {
				if x.to == k || x.to == k-1 && a.tokens[k-1].w.lower == "," {
					k = x.from
					break
				}
			}
			if a.tokens[k].w.lower == w {
				return false
			}
			continue
		}
		return false
	}
	return false
}

// subject returns the first actor of the clause [from, to) that is not part of another phrase, with those joined to it.
func (a *run) subject(from, to int, actors []actor) []string {
	for k := to - 1; k > from; k-- { // within it a that-clause is the nearer one, unless it tells of an actor: "the Party that objects"
		w := a.tokens[k].w.lower
		if w == "that" || w == "que" || w == "if" || w == "unless" || w == "which" || w == "who" || w == "qui" {
			if !endsAt(actors, k) && !(w == "que" && len(a.tokens[k-1].w.lower) <= 3 && endsAt(actors, k-1)) { // "la Comisión a que se refiere"
				from = k + 1
			}
			break
		}
	}
	for i, x := range actors {
		if x.from >= from && x.from < to && !a.governed(x.from, actors) {
			return a.together(actors[i:], to)
		}
	}
	return nil
}

func endsAt(actors []actor, k int) bool {
	for _, x := range actors {
		if x.to == k {
			return true
		}
	}
	return false
}

// together returns the first actor and those joined to it: "Norland, Sudria and the Joint Committee shall".
func (a *run) together(actors []actor, to int) []string {
	x := actors[0]
	out := []string{x.code}
	for _, y := range actors[1:] {
		if y.from >= to || !a.joined(x.to, y.from) {
			break
		}
		out = addOnce(out, y.code)
		x = y
	}
	return out
}

// beside returns the actor right before the modal h, in the clause [from, to), and those before it that a list joins to it.
func (a *run) beside(from, to int, h *hit, actors []actor) []string {
	k := h.from
	for k > from && a.tokens[k-1].w.adverb {
		k--
	}
	for i, x := range actors {
		if x.to != k || x.from < from || a.governed(x.from, actors) {
			continue
		}
		first := i
		for first > 0 && a.listed(actors[first-1].to, actors[first].from) {
			first--
		}
		for first < i && a.governed(actors[first].from, actors) { // "At the request of Norland, Sudria shall"
			first++
		}
		out := []string{}
		for _, y := range actors[first : i+1] {
			out = addOnce(out, y.code)
		}
		return out
	}
	return nil
}

// listed reports whether only a comma, "and" and an article stand between two actors.
func (a *run) listed(from, to int) bool {
	sign := false
	for k := from; k < to; k++ {
		w := a.tokens[k].w.lower
		switch {
		case w == "," || w == "and" || w == "et" || w == "y" || w == "e":
			sign = true
		case !articles[w]:
			return false
		}
	}
	return sign
}

// lastFree returns the last actor of [from, to) that is not part of another phrase: "In such cases the Party concerned shall".
func (a *run) lastFree(from, to int, actors []actor) []string {
	for i := len(actors) - 1; i >= 0; i-- {
		x := actors[i]
		if x.from > from && x.from < to && !a.governed(x.from, actors) && !conjunctions[a.tokens[x.from-1].w.lower] {
			return []string{x.code}
		}
	}
	return nil
}

// pronouns stand for whoever was named before.
var pronouns = map[string]bool{"it": true, "they": true, "elle": true, "elles": true, "il": true, "ils": true, "éstas": true, "éstos": true, "ellas": true, "ellos": true,
	"celui": true, "celle": true, "ceux": true, "celles": true, "éste": true, "ésta": true, "este": true, "esta": true, "aquél": true, "aquélla": true, "ele": true, "ela": true, "eles": true, "elas": true}

// pronoun reports whether the subject of h, in the clause that begins at token first, is a pronoun.
func (a *run) pronoun(h *hit, first int) bool {
	if conjunctions[a.tokens[first].w.lower] {
		first++
	}
	return pronouns[a.tokens[first].w.lower] || h.from > 0 && pronouns[a.tokens[h.from-1].w.lower]
}

// meant returns whom a pronoun stands for: the first free actor of the sentence before it, else who bore the norm before.
func (a *run) meant(s, before int, actors []actor) []string {
	for _, x := range actors {
		if x.to <= before && !a.governed(x.from, actors) {
			return []string{x.code}
		}
	}
	for _, x := range actors {
		if x.to <= before && x.from > a.sents[s].from {
			return []string{x.code}
		}
	}
	return a.said
}

// dropped reports whether a Spanish or Portuguese verb in the plural stands without subject: "Asimismo, procurarán".
func (a *run) dropped(h *hit) bool {
	if a.lang != "es" && a.lang != "pt" {
		return false
	}
	verb := a.tokens[h.to-1].w.lower
	for k := max(h.from-1, 0); k < h.to; k++ { // "no se concederán licencias" is a passive, "se reunirán" is done by those named before
		if a.tokens[k].w.lower == "se" && !reflexive(verb) {
			return false
		}
	}
	return strings.HasSuffix(verb, "n") || strings.HasSuffix(verb, "m") || strings.HasSuffix(verb, "ão")
}

// stative participles after "be" do not make a passive: their subject is the one who owes or may.
var stative = map[string]bool{"committed": true, "prepared": true, "required": true, "obliged": true, "obligated": true, "entitled": true, "allowed": true, "permitted": true,
	"authorized": true, "authorised": true, "encouraged": true, "guided": true, "bound": true, "represented": true, "invited": true, "satisfied": true, "exempted": true}

// irregular participles that neither -ed nor -en gives away.
var irregular = map[string]bool{"made": true, "held": true, "done": true, "paid": true, "set": true, "kept": true, "put": true, "found": true, "brought": true, "borne": true,
	"met": true, "sent": true, "sought": true, "laid": true, "left": true, "cut": true, "built": true, "read": true, "dealt": true, "drawn": true, "shown": true, "known": true,
	"withdrawn": true, "told": true, "lent": true, "sold": true, "spent": true, "levied": true, "born": true}

// passive reports whether a passive verb follows the modal h: "shall be established", "serán sometidos".
func (a *run) passive(h *hit) bool {
	k := h.to
	next := func() *word {
		for k < len(a.tokens)-1 && a.tokens[k].w.adverb {
			k++
		}
		if k >= len(a.tokens) {
			return boundary
		}
		k++
		return a.tokens[k-1].w
	}
	switch a.lang {
	case "en":
		w := next()
		if w.lower == "not" {
			w = next()
		}
		if w.lower != "be" {
			return false
		}
		p := next().lower
		return !stative[p] && (strings.HasSuffix(p, "ed") || strings.HasSuffix(p, "en") && len(p) > 4 || irregular[p])
	case "es", "pt":
		verb := a.tokens[h.to-1].w.lower
		if verb != "será" && verb != "serán" && verb != "serão" && verb != "ser" {
			w := next().lower
			if w != "ser" {
				return false
			}
		}
		p := next().lower
		for _, end := range []string{"ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas"} {
			if strings.HasSuffix(p, end) {
				return true
			}
		}
	}
	return false
}

// reflexives begin verbs that somebody does to himself or with others: "se reunirán", "comprometer-se-ão".
var reflexives = []string{"reun", "consult", "comprom", "oblig", "obrig", "esforz", "esforç", "esfor", "abst", "encarg", "propon", "propõ", "reserv", "inform", "comunic", "apoy", "ayud", "asoci", "empeñ", "empenh",
	"dirig", "adh", "sum", "retir", "asegur", "ocup", "concert", "prest", "otorg"}

func reflexive(verb string) bool {
	for _, r := range reflexives {
		if strings.HasPrefix(verb, r) {
			return true
		}
	}
	return false
}

// firstPerson reports whether a Spanish or Portuguese verb is of the first person plural: "acordamos", "nos comprometemos".
func (a *run) firstPerson(h *hit) bool {
	if a.lang != "es" && a.lang != "pt" {
		return false
	}
	for k := h.from; k < h.to; k++ {
		if w := a.tokens[k].w.lower; strings.HasSuffix(w, "mos") && len(w) > 5 || strings.HasSuffix(w, "emo") || w == "nos" && k > h.from {
			return true
		}
	}
	return false
}
