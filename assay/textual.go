package assay

import "strings"

// textHeads are what a text calls itself and its parts; what it says of them holds in law, and is no act.
var textHeads = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`párrafos artículos capítulos apartados secciones paragraphes articles alinéas chapitres sections artigos parágrafos capítulos números acuerdo tratado convenio convención protocolo memorando memorándum artículo capítulo anexo anexos sección apartado párrafo disposición disposiciones estatuto
		contrato instrumento título declaración acta
		accord traité convention protocole article chapitre annexe annexes section paragraphe disposition dispositions contrat mémorandum statuts alinéa instrument déclaration
		acordo convénio convênio artigo secção seção número disposição disposições declaração memorando
		articulo articulos capitulo seccion parrafo disposicion declaracion memorandum traite memorandum declaration alinea convenio secao seccao disposicao disposicoes`) {
		m[w] = true
	}
	return m
}()

// textDeterminers may stand before them.
var textDeterminers = map[string]bool{"presente": true, "presentes": true, "present": true, "présent": true, "présente": true, "présentes": true, "présents": true, "dicho": true, "dicha": true,
	"dichas": true, "ledit": true, "ladite": true, "lesdites": true, "referido": true, "referida": true, "mencionado": true, "aucune": true, "ninguna": true, "nenhuma": true}

// longestOpening is how many tokens may stand before the subject as an aside.
const longestOpening = 6

// textSubject reports whether a Romance sentence begins with the text or a part of it: "El presente Convenio", "Les dispositions de l'article 3".
func (a *run) textSubject(s int) bool {
	if a.lang != "es" && a.lang != "fr" && a.lang != "pt" {
		return false
	}
	st := &a.sents[s]
	const most = 3 // words before it
	from := a.itemStart(st)
	for k := from; k < st.to && k < from+longestOpening; k++ { // "Para mayor certeza, este Capítulo"
		if a.tokens[k].w.lower == "," && (openers[a.tokens[from].w.lower] || a.tokens[from].w.adverb) {
			from = k + 1
			break
		}
	}
	for k, n := from, 0; k < st.to && n <= most; k, n = k+1, n+1 {
		w := a.tokens[k].w.lower
		if textHeads[w] {
			return n > 0
		}
		if !determiners[w] && !textDeterminers[w] && !articles[w] {
			return false
		}
	}
	return false
}

// saysOfText reports whether h only says what a text or a part of it is or does: its subject is the text, and it is no passive of an act.
func (a *run) saysOfText(s int, h *hit) bool {
	if h.rule.Class != "will" && h.rule.Class != "will_not" && h.rule.Code != "es_prohibition" && h.rule.Code != "fr_prohibition" && h.rule.Class != "present" && h.rule.Class != "cannot" || !a.textSubject(s) {
		return false
	}
	st := &a.sents[s]
	for k := a.itemStart(st); k < h.from; k++ {
		if w := a.tokens[k].w; clauseSign(w) || conjunctions[w.lower] && w.lower != "o" && w.lower != "as" && a.lang != "pt" {
			return false // the verb may be another clause's
		}
	}
	last := a.tokens[h.to-1].w.lower
	switch {
	case strings.HasSuffix(h.rule.Code, "_passive") || strings.HasSuffix(h.rule.Code, "_agree") || strings.HasSuffix(h.rule.Code, "_commit"), a.passive(h):
		return false
	case last == "podrá" || last == "podrán" || last == "podra" || last == "podran" || last == "puede" || last == "pueden" || last == "peut" || last == "peuvent" || last == "deberá" || last == "doit":
		return false
	case a.lang == "fr" && (last == "sera" || last == "seront"):
		for k := h.to; k < h.to+3 && k < len(a.tokens); k++ {
			if w := a.tokens[k].w.lower; strings.HasSuffix(w, "é") || strings.HasSuffix(w, "ée") || strings.HasSuffix(w, "és") || strings.HasSuffix(w, "ées") || strings.HasSuffix(w, "is") || strings.HasSuffix(w, "ise") {
				return false
			}
		}
	}
	return true
}
