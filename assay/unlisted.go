package assay

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/text"
)

// Unlisted is a state or its government that cover or preamble name and that the lexicon does not know: an invented, former or misspelt one. Its
// code is of the user-assigned range XAA to XZZ of ISO 3166-1 alpha-3, by order of the text, and means nothing beyond it.
type Unlisted struct {
	Code string `json:"code"`
	Name string `json:"name"` // as the text writes it, without "Republic of"
}

// mostUnlisted bounds how many a text may have.
const mostUnlisted = 12

// stateHeads before "of" and a name make it a state's.
var stateHeads = map[string]bool{"government": true, "republic": true, "kingdom": true, "state": true, "federation": true, "commonwealth": true, "sultanate": true, "principality": true, "emirate": true,
	"gobierno": true, "república": true, "republica": true, "reino": true, "estado": true, "principado": true, "federación": true, "sultanato": true,
	"gouvernement": true, "république": true, "royaume": true, "état": true, "principauté": true, "fédération": true, "sultanat": true,
	"governo": true, "governos": true, "gobiernos": true, "federação": true}

// nameJoins may stand within a name or between its head and it.
var nameJoins = map[string]bool{"of": true, "the": true, "de": true, "del": true, "la": true, "las": true, "los": true, "el": true, "du": true, "des": true, "d": true, "l": true,
	"da": true, "do": true, "das": true, "dos": true, "les": true, "le": true}

// notState are capitalised words after a head that name no state: "the Government of the Participant", "Estado Parte".
var notState = map[string]bool{"party": true, "parties": true, "participant": true, "participants": true, "parte": true, "partes": true, "partie": true, "contracting": true, "contratante": true,
	"contractante": true, "government": true, "gobierno": true, "gouvernement": true, "governo": true, "republic": true, "república": true, "republica": true, "république": true, "kingdom": true, "reino": true,
	"royaume": true, "state": true, "estado": true, "état": true, "states": true, "estados": true, "états": true, "member": true, "miembro": true, "membre": true, "membro": true, "art": true, "arts": true,
	"relaciones": true, "derecho": true, "conseil": true, "affairs": true}

// unlisted finds such names and adds them to the names of each sentence.
func (a *run) unlisted() {
	if a.lex == nil {
		return
	}
	found := map[string]string{} // first word of a name, in lower case, to code
	var length = map[string][]string{}
	for s := range a.sents {
		kind := a.r.Provisions[a.sents[s].prov].Kind
		if s > 0 && kind != text.KindCover && kind != text.KindPreamble && kind != text.KindRecital && s > 6 {
			break
		}
		a.unlistedIn(s, found, length)
	}
	if len(found) == 0 {
		return
	}
	names := make([]name, 0, len(a.names)+8)
	for s := range a.sents {
		st := &a.sents[s]
		old := a.names[st.name0:st.name1]
		st.name0 = len(names)
		for k := st.from + 1; k < st.to-1; k++ {
			if len(old) > 0 && old[0].from <= k {
				names = append(names, old[0])
				k = max(k, old[0].to-1)
				old = old[1:]
				continue
			}
			code := found[a.tokens[k].w.lower]
			if code == "" || !a.capital(k) {
				continue
			}
			if to := a.spells(k, length[a.tokens[k].w.lower], st.to); to > 0 {
				names = append(names, name{&lexName{kind: mentionParty, code: code}, k, to})
				k = to - 1
			}
		}
		names = append(names, old...)
		st.name1 = len(names)
	}
	a.names = names
}

// unlistedIn looks for names in one sentence.
func (a *run) unlistedIn(s int, found map[string]string, length map[string][]string) {
	st := &a.sents[s]
	for k := st.from + 1; k+2 < st.to; k++ {
		if len(a.out.Unlisted) >= mostUnlisted {
			return
		}
		j, of := k+1, false
		switch {
		case organHeads[a.tokens[k].w.lower]:
			if j, of = a.ofState(st, k), true; j == 0 {
				continue
			}
		case !stateHeads[a.tokens[k].w.lower]:
			continue
		}
		for j < st.to && nameJoins[a.tokens[j].w.lower] && !a.listed1(s, j) {
			of = of || a.tokens[j].w.lower != "the" && a.tokens[j].w.lower != "la" && a.tokens[j].w.lower != "el"
			j++
		}
		if !of || j >= st.to-1 || stateHeads[a.tokens[j].w.lower] || notState[a.tokens[j].w.lower] || a.tokens[j].w.sign || a.tokens[j].w.number || !a.capital(j) || a.listed1(s, j) {
			continue
		}
		to := j + 1
		for to < st.to-1 && to < j+3 && a.capital(to) && !a.tokens[to].w.sign && !conjunctions[a.tokens[to].w.lower] && !nameJoins[a.tokens[to].w.lower] && !a.listed1(s, to) && a.near(to) && !notName[a.tokens[to].w.lower] {
			to++
		}
		first := a.tokens[j].w.lower
		if found[first] != "" || utf8.RuneCountInString(first) < 3 {
			continue
		}
		var words []string
		for i := j; i < to; i++ {
			words = append(words, a.tokens[i].w.lower)
		}
		n := len(a.out.Unlisted)
		code := "X" + string(rune('A'+n/26)) + string(rune('A'+n%26))
		found[first], length[first] = code, words
		start, end := a.span(j, to)
		a.out.Unlisted = append(a.out.Unlisted, Unlisted{code, a.r.Text[start:end]})
	}
}

// organHeads begin the name of an organ, at whose end its state is named: "the Ministry of Mines of Norland".
var organHeads = map[string]bool{"ministry": true, "ministerio": true, "ministère": true, "ministério": true, "agency": true, "agencia": true, "agence": true, "agência": true,
	"department": true, "departamento": true, "secretariat": true, "secretaría": true}

// ofState returns the token of the state's name after the organ at token k, or 0: the last "of" of at least two.
func (a *run) ofState(st *sentence, k int) int {
	const reach = 14
	ofs, at := 0, 0
	for j := k + 1; j < st.to-1 && j < k+reach; j++ {
		w := a.tokens[j].w
		switch {
		case nameJoins[w.lower]:
			if w.lower != "the" && w.lower != "la" && w.lower != "el" && w.lower != "los" && w.lower != "las" && w.lower != "le" && w.lower != "les" && w.lower != "l" {
				ofs, at = ofs+1, 0
			}
		case w.sign || !a.capital(j) && !conjunctions[w.lower]:
			j = st.to
		case conjunctions[w.lower]:
			if ofs > 1 {
				j = st.to
			}
		case at == 0:
			at = j
		}
	}
	if ofs < 2 {
		return 0
	}
	return at
}

// notName are words that follow a state's name in a title without being part of it.
var notName = map[string]bool{"on": true, "sobre": true, "sur": true, "para": true, "pour": true, "relatif": true, "relativo": true, "concerning": true, "concernant": true, "en": true, "em": true, "in": true, "por": true, "ci": true, "et": true, "hereinafter": true, "en adelante": true, "doravante": true, "y": true, "and": true}

// near reports whether token k follows the one before it on the same line.
func (a *run) near(k int) bool {
	return !strings.Contains(a.r.Text[a.tokens[k-1].end:a.tokens[k].start], "\n")
}

// capital reports whether token k is written with a capital.
func (a *run) capital(k int) bool {
	r, _ := utf8.DecodeRuneInString(a.r.Text[a.tokens[k].start:a.tokens[k].end])
	return unicode.IsUpper(r)
}

// listed1 reports whether a name of a party that the lexicon knows covers token k.
func (a *run) listed1(s, k int) bool {
	for _, n := range a.sentNames(s) {
		if n.kind == mentionParty && n.from <= k && k < n.to {
			return true
		}
	}
	return false
}

// spells returns the token after the words of a name that begins at token k, as far as they are there; 0 where its second word is another.
func (a *run) spells(k int, words []string, end int) int {
	i := 1
	for i < len(words) && k+i < end && a.tokens[k+i].w.lower == words[i] {
		i++
	}
	if i < len(words) && len(words) > 1 && i < 2 && len(words[0]) < 6 { // "Santa Aurélia" is not "Santa Fe"
		return 0
	}
	return k + i
}
