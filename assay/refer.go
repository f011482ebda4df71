package assay

import (
	"strings"

	"github.com/openassay/assay/text"
)

// placeWords name kinds of places of a text.
var placeWords = map[string]text.ProvisionKind{
	"article": text.KindArticle, "articles": text.KindArticle, "artículo": text.KindArticle, "artículos": text.KindArticle, "articulo": text.KindArticle, "artigo": text.KindArticle, "artigos": text.KindArticle,
	"paragraph": text.KindParagraph, "paragraphs": text.KindParagraph, "subparagraph": text.KindPoint, "subparagraphs": text.KindPoint, "paragraphe": text.KindParagraph, "paragraphes": text.KindParagraph,
	"párrafo": text.KindParagraph, "párrafos": text.KindParagraph, "apartado": text.KindParagraph, "numeral": text.KindParagraph, "literal": text.KindPoint, "inciso": text.KindPoint,
	"parágrafo": text.KindParagraph, "parágrafos": text.KindParagraph, "alínea": text.KindPoint, "alinéa": text.KindPoint, "point": text.KindPoint,
	"chapter": text.KindChapter, "chapters": text.KindChapter, "chapitre": text.KindChapter, "capítulo": text.KindChapter,
	"section": text.KindSection, "sections": text.KindSection, "sección": text.KindSection, "secção": text.KindSection, "seção": text.KindSection,
	"annex": text.KindAnnex, "annexes": text.KindAnnex, "annexe": text.KindAnnex, "anexo": text.KindAnnex, "anexos": text.KindAnnex,
	"part": text.KindPart, "partie": "", "título": text.KindPart, "title": "",
	"条": text.KindArticle, "條": text.KindArticle, "款": text.KindParagraph, "章": text.KindChapter,
}

// selfNames are what a text calls itself after "this".
var selfNames = map[string]bool{"agreement": true, "treaty": true, "convention": true, "memorandum": true, "framework": true, "protocol": true, "arrangement": true, "mou": true, "contract": true, "statement": true, "declaration": true,
	"accord": true, "traité": true, "protocole": true, "mémorandum": true, "acuerdo": true, "tratado": true, "convenio": true, "memorando": true, "protocolo": true, "acordo": true, "协定": true, "instrument": true, "instrumento": true}

// places finds provisions by kind and number, made once per analysis.
type places struct {
	byNum map[string][]int // kind + " " + number in small letters
	byEID map[string]bool
}

func (a *run) index() *places {
	if a.idx != nil {
		return a.idx
	}
	p := &places{map[string][]int{}, make(map[string]bool, len(a.provs))}
	for i := range a.r.Provisions {
		q := &a.r.Provisions[i]
		p.byEID[q.EID] = true
		_, last, _ := strings.Cut(q.EID[strings.LastIndex(q.EID, "__")+1:], "_") // past "__" or the whole
		last = strings.TrimPrefix(last, "_")
		if k := strings.LastIndexByte(last, '_'); k >= 0 {
			last = last[k+1:]
		}
		key := string(q.Kind) + " " + strings.ToLower(last)
		p.byNum[key] = append(p.byNum[key], i)
	}
	a.idx = p
	return p
}

// references resolves what a sentence names: "Article 4(2)", "this Chapter", "paragraph 1", "this Agreement". At most 12.
func (a *run) references(prov int, st *sentence) []Reference {
	const most = 12
	var out []Reference
	last := st.to - 1
	for k := st.from + 1; k < last && len(out) < most; k++ {
		w := a.tokens[k].w.lower
		if selfNames[w] && selfWords[a.tokens[k-1].w.lower] {
			out = append(out, Reference{Name: "self", Span: *a.place(k-1, k+1)})
			continue
		}
		kind, ok := placeWords[w]
		if !ok || kind == "" {
			continue
		}
		if selfWords[a.tokens[k-1].w.lower] || w != "point" && (a.tokens[k-1].w.lower == "本") { // this Chapter
			if i := a.above(prov, kind); i >= 0 {
				out = append(out, Reference{EID: a.r.Provisions[i].EID, Span: *a.place(k-1, k+1)})
			}
			continue
		}
		if a.lang == "zh" {
			if r, ok := a.chinesePlace(k, st); ok {
				out = append(out, r)
			}
			continue
		}
		if at, from, to := a.neighbour(prov, kind, k, last); at >= 0 { // "the preceding Article"
			out = append(out, Reference{EID: a.r.Provisions[at].EID, Span: *a.place(from, to)})
			continue
		}
		upTo := false
		for n := 0; n < 6; n++ { // "Articles 4, 5 and 6 to 8"
			ref, to := a.placeAt(prov, kind, k, last)
			if to == 0 {
				break
			}
			if upTo {
				for _, eid := range a.between(out[len(out)-1].EID, ref.EID) {
					if len(out) < most {
						out = append(out, Reference{EID: eid, Span: ref.Span})
					}
				}
			}
			out = append(out, ref)
			upTo = rangeWords[a.tokens[to].w.lower]
			k = to - 1
			if to+1 >= last || !listWords[a.tokens[to].w.lower] || !looksLikeNumber(a.tokens[to+1].w) && a.tokens[to+1].w.lower != "(" {
				break
			}
			k = to
		}
	}
	return out
}

var listWords = map[string]bool{",": true, "and": true, "or": true, "to": true, "through": true, "et": true, "ou": true, "à": true, "y": true, "o": true, "a": true, "e": true, "al": true, "ao": true}

// rangeWords stand between the ends of a range.
var rangeWords = map[string]bool{"to": true, "through": true, "à": true, "a": true, "al": true, "ao": true}

// between lists the places of the same kind that stand between two, in order of the text: articles 5 and 6 between 4 and 7.
func (a *run) between(from, to string) []string {
	const most = 60
	i, j := -1, -1
	for k := range a.r.Provisions {
		switch a.r.Provisions[k].EID {
		case from:
			i = k
		case to:
			j = k
		}
	}
	if i < 0 || j <= i || from == "" || to == "" {
		return nil
	}
	var out []string
	for k := i + 1; k < j && len(out) < most; k++ {
		if p := &a.r.Provisions[k]; p.Kind == a.r.Provisions[i].Kind && p.Parent == a.r.Provisions[i].Parent {
			out = append(out, p.EID)
		}
	}
	return out
}

// before and after a place word these mean the place right before the one that speaks.
var precedingWords = map[string]bool{"preceding": true, "previous": true, "foregoing": true, "précédent": true, "précédente": true, "précédents": true, "anterior": true, "precedente": true}

// neighbour finds "the preceding Article", "el artículo anterior": the place of that kind right before provision prov, or -1.
func (a *run) neighbour(prov int, kind text.ProvisionKind, k, last int) (at, from, to int) {
	switch {
	case precedingWords[a.tokens[k-1].w.lower]:
		from, to = k-1, k+1
	case k+1 < last && precedingWords[a.tokens[k+1].w.lower]:
		from, to = k, k+2
	default:
		return -1, 0, 0
	}
	own := prov
	for own >= 0 && a.r.Provisions[own].Kind != kind {
		own = a.provs[own].parent
	}
	if own < 0 {
		return -1, 0, 0
	}
	for i := own - 1; i >= 0; i-- {
		if p := &a.r.Provisions[i]; p.Kind == kind && p.Parent == a.r.Provisions[own].Parent {
			return i, from, to
		}
	}
	return -1, 0, 0
}

func looksLikeNumber(w *word) bool { return w.number || isRoman(w.lower) }

func isRoman(s string) bool {
	if s == "" || len(s) > 6 {
		return false
	}
	for _, c := range s {
		if c != 'i' && c != 'v' && c != 'x' && c != 'l' {
			return false
		}
	}
	return true
}

// placeAt reads a number and its brackets after the word at token k, "4(2)(a)" or "4.2", and finds the provision.
func (a *run) placeAt(prov int, kind text.ProvisionKind, k, last int) (Reference, int) {
	i := k + 1
	if i < last && (a.tokens[i].w.lower == "n" || a.tokens[i].w.lower == "no" || a.tokens[i].w.lower == "°" || a.tokens[i].w.lower == "º") {
		i++
	}
	var num string
	switch {
	case i < last && looksLikeNumber(a.tokens[i].w):
		num = a.tokens[i].w.lower
		i++
	case i+2 < last && a.tokens[i].w.lower == "(" && a.tokens[i+2].w.lower == ")":
		num = a.tokens[i+1].w.lower
		i += 3
	case i < last && len(a.tokens[i].w.lower) == 1 && !a.tokens[i].w.sign && (kind == text.KindPoint || kind == text.KindAnnex): // Annex A
		num = a.tokens[i].w.lower
		i++
	default:
		return Reference{}, 0
	}
	var inner []string
	for i+2 < last && a.tokens[i].w.lower == "(" && a.tokens[i+2].w.lower == ")" && len(a.tokens[i+1].w.lower) <= 4 {
		inner = append(inner, a.tokens[i+1].w.lower)
		i += 3
	}
	ref := Reference{Span: *a.place(k, i)}
	if name := a.elsewhere(i, last); name != "" {
		ref.Name = name
		return ref, i
	}
	at := a.find1(prov, kind, num)
	if at < 0 && kind == text.KindParagraph {
		at = a.find1(prov, text.KindPoint, num)
	}
	if at < 0 && kind == text.KindSection {
		at = a.find1(prov, text.KindArticle, num)
	}
	if at < 0 && kind == text.KindParagraph && a.above(prov, text.KindArticle) < 0 { // a memorandum calls its numbered parts paragraphs
		at = a.numbered(prov, num)
	}
	if at < 0 {
		return ref, i
	}
	ref.EID = a.r.Provisions[at].EID
	for n, in := range inner { // the deepest place that is there
		next := ""
		for _, p := range []string{"__para_", "__point_"} {
			if n > 0 && p == "__para_" {
				continue
			}
			if a.index().byEID[ref.EID+p+in] {
				next = ref.EID + p + in
				break
			}
		}
		if next == "" {
			break
		}
		ref.EID = next
	}
	return ref, i
}

// elsewhere reports which other instrument follows a place: "Article XX of GATT 1994", "Article 5 of the Basel Convention".
func (a *run) elsewhere(i, last int) string {
	k := i
	if k >= last || !(a.tokens[k].w.lower == "of" || a.tokens[k].w.lower == "to" || a.tokens[k].w.lower == "du" || a.tokens[k].w.lower == "de" || a.tokens[k].w.lower == "del" || a.tokens[k].w.lower == "do" || a.tokens[k].w.lower == "da") {
		return ""
	}
	k++
	for k < last && articles[a.tokens[k].w.lower] {
		k++
	}
	if k >= last || selfWords[a.tokens[k].w.lower] {
		return ""
	}
	if placeWords[a.tokens[k].w.lower] != "" { // "paragraph 1 of Article 4": its own place
		return ""
	}
	lo, hi := a.hitRange(k)
	for j := lo; j < hi; j++ {
		h := &a.hits[j]
		if (h.rule.Family == familyInstrument || h.rule.Family == familyStandard) && h.from >= k-1 && h.from <= k+3 {
			return h.rule.Class
		}
	}
	for j := k; j < last && j < k+3; j++ { // "of the Tariff Act", "of the Statute": a capital that no place of ours has
		t := a.tokens[j]
		c := a.r.Text[t.start]
		if c >= 'A' && c <= 'Z' && !selfNames[t.w.lower] {
			return "other"
		}
	}
	return ""
}

// hitRange is the hits of the sentence that token k stands in.
func (a *run) hitRange(k int) (lo, hi int) {
	l, h := 0, len(a.sents)
	for l < h {
		m := (l + h) / 2
		if a.sents[m].to <= k {
			l = m + 1
		} else {
			h = m
		}
	}
	if l >= len(a.sents) {
		return 0, 0
	}
	return a.sents[l].hit0, a.sents[l].hit1
}

// above is the nearest provision of that kind that holds prov, or -1.
func (a *run) above(prov int, kind text.ProvisionKind) int {
	for i := prov; i >= 0; i = a.provs[i].parent {
		if a.r.Provisions[i].Kind == kind {
			return i
		}
	}
	return -1
}

// numbered is the only paragraph with a number like 4.1, or the section with that number; -1 where there is none.
func (a *run) numbered(prov int, num string) int {
	if list := a.index().byNum[string(text.KindParagraph)+" "+num]; len(list) == 1 && strings.Contains(num, ".") {
		return list[0]
	}
	return a.find1(prov, text.KindSection, num)
}

// find1 is the provision of that kind and number nearest to prov: within the same article for paragraphs and points, else the only one
// or the first within the same top-level part.
func (a *run) find1(prov int, kind text.ProvisionKind, num string) int {
	list := a.index().byNum[string(kind)+" "+num]
	if len(list) == 0 {
		return -1
	}
	if kind == text.KindParagraph || kind == text.KindPoint {
		for up := prov; up >= 0; up = a.provs[up].parent {
			for _, i := range list {
				if a.provs[i].parent == up {
					return i
				}
			}
			if k := a.r.Provisions[up].Kind; k != text.KindParagraph && k != text.KindPoint {
				break
			}
		}
		return -1
	}
	if len(list) == 1 {
		return list[0]
	}
	for up := prov; up >= 0; up = a.provs[up].parent {
		for _, i := range list {
			if i > up && a.provs[i].start < a.provs[up].end {
				return i
			}
		}
	}
	return list[0]
}

// chinesePlace reads 第四条, 第二款 around the measure word at token k.
func (a *run) chinesePlace(k int, st *sentence) (Reference, bool) {
	from := k
	for from-1 > st.from && (a.tokens[from-1].w.number || numberWords[a.tokens[from-1].w.lower] > 0) {
		from--
	}
	if from == k || from-1 <= st.from || a.tokens[from-1].w.lower != "第" {
		return Reference{}, false
	}
	v, _, ok := a.numberAt(from, k)
	if !ok {
		return Reference{}, false
	}
	ref := Reference{Span: *a.place(from-1, k+1)}
	if i := a.find1(st.prov, placeWords[a.tokens[k].w.lower], itoa(int(v))); i >= 0 {
		ref.EID = a.r.Provisions[i].EID
	}
	return ref, true
}
