package assay

import (
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/text"
)

// scopes finds which articles are excluded from the settlement of disputes, and who may enforce.
type scopes struct {
	a        *run
	units    []unit
	unitOf   []int
	disputes bool // the text settles disputes
	excl     []int
	found    map[string]bool // facets of dispute settlement

}

func newScopes(a *run, units []unit, unitOf []int) *scopes {
	return &scopes{a: a, units: units, unitOf: unitOf, found: map[string]bool{}}
}

// note takes in a clause facet found in a sentence.
func (x *scopes) note(h areaHit, sent int) {
	switch h.facet.Code {
	case "ds_excluded":
		if x.a.provs[x.a.sents[sent].prov].part == partPreamble {
			return
		}
		for _, t := range x.a.tokens[x.a.sents[sent].from:x.a.sents[sent].to] {
			if privateClaim[t.w.lower] { // what keeps an investor's or a taxpayer's claim out says nothing about the parties
				return
			}
		}
		x.excl = append(x.excl, sent)
	case "ds_chapter_excluded": // it may be any chapter that does not apply
		t := x.a.tokens[h.from:x.a.sents[sent].to]
		for k := range t[:h.to-h.from] {
			if _, ok := thisWord[t[k].w.lower]; ok && x.settles(t, k) && !x.amongDisputes(x.a.sents[sent].prov) {
				x.excl = append(x.excl, sent)
				break
			}
		}
	case "ds_excluded_head":
		if u := x.unitOf[x.a.sents[sent].prov]; u >= 0 {
			x.units[u].excluded = true
		}
	case "rules_taken_over":
		if u := x.unitOf[x.a.sents[sent].prov]; u >= 0 {
			x.units[u].governed = true
		}
	case "ds_head":
		x.disputes = true
		x.found["ds_states"] = true
	default:
		x.found[h.facet.Code] = true
	}
}

// settle resolves every exclusion to the articles it names.
func (x *scopes) settle() {
	for _, s := range x.excl {
		x.resolve(s)
	}
}

var privateClaim = map[string]bool{"investor": true, "investors": true, "claimant": true, "claim": true, "inversionista": true, "inversionistas": true, "investisseur": true, "investidor": true}

// containers that "this Chapter" may mean.
var thisWord = map[string][]text.ProvisionKind{
	"chapter": {text.KindChapter, text.KindPart, text.KindSection}, "capítulo": {text.KindChapter, text.KindPart, text.KindSection}, "chapitre": {text.KindChapter},
	"title": {text.KindPart, text.KindChapter}, "título": {text.KindPart, text.KindChapter}, "titre": {text.KindPart}, "part": {text.KindPart}, "parte": {text.KindPart},
	"section": {text.KindSection}, "sección": {text.KindSection}, "annex": {text.KindAnnex},
	"article": nil, "artículo": nil, "artigo": nil,
}

var plural = map[string]string{"chapters": "chapter", "articles": "article", "titles": "title", "parts": "part", "sections": "section", "capítulos": "capítulo", "artículos": "artículo", "títulos": "título",
	"secciones": "sección", "art": "article", "arts": "article"}

// resolve reads what the sentence names: "this Chapter", "Chapters 6 and 7", "Articles 17 to 19"; where it names nothing, its own article.
func (x *scopes) resolve(s int) {
	st := x.a.sents[s]
	t := x.a.tokens[st.from:st.to]
	named := false
	denies := slices.ContainsFunc(t, func(t token) bool { return denial[t.w.lower] })
	var exempt []int
	for k := 1; k < len(t)-1; k++ {
		w := t[k].w.lower
		if p, ok := plural[w]; ok {
			w = p
		}
		if glued := strings.TrimPrefix(w, "this"); glued != w && thisWord[glued] != nil { // "thisChapter", as scans have it
			named = x.this(st.prov, thisWord[glued]) || named
			continue
		}
		kinds, ok := thisWord[w]
		if !ok {
			continue
		}
		switch t[k-1].w.lower {
		case "this", "present", "este", "esta", "presente", "ce", "cet", "cette":
			if within(t[max(0, k-5):k]) { // "Section B of this Chapter"
				continue
			}
			if x.this(st.prov, kinds) || (w == "section" || w == "sección") && x.nearby(st.prov) {
				named = true
			}
			continue
		}
		if x.settles(t, k) { // the chapter on disputes itself
			continue
		}
		nums, end := numbersTo(t, k+1)
		if foreign(t[end:]) {
			continue
		}
		for _, n := range nums {
			i := x.numbered(st.prov, kinds, n)
			switch {
			case i < 0:
			case denies && exempted(t[max(0, k-4):k]): // "except for Article 2, Chapter 17 shall not apply to this Chapter"
				exempt = append(exempt, i)
			default:
				x.exclude(i)
				named = true
			}
		}
	}
	if named {
		for _, i := range exempt {
			if u := x.unitOf[i]; u >= 0 {
				x.units[u].excluded = false
			}
		}
		return
	}
	u := x.unitOf[st.prov]
	if u < 0 {
		return
	}
	own := x.units[u].prov
	up := x.a.provs[own].parent
	switch {
	case up >= 0 && x.inDisputes(up):
	case x.inDisputes(own) && up >= 0: // an article of another chapter that is headed "Dispute Settlement" speaks of its chapter
		x.exclude(up)
	default:
		x.units[u].excluded = true
	}
}

// inDisputes reports whether a provision stands under a heading on the settlement of disputes: there an exclusion without scope says nothing.
func (x *scopes) inDisputes(prov int) bool {
	for ; prov >= 0; prov = x.a.provs[prov].parent {
		h := strings.ToLower(x.a.r.Provisions[prov].Heading)
		if strings.Contains(h, "dispute") || strings.Contains(h, "controversias") || strings.Contains(h, "arbitra") || strings.Contains(h, "différends") {
			return true
		}
	}
	return false
}

// amongDisputes reports whether a provision stands in a chapter on the settlement of disputes, rather than being the article of another chapter that keeps it out.
func (x *scopes) amongDisputes(prov int) bool {
	if u := x.unitOf[prov]; u >= 0 {
		if up := x.a.provs[x.units[u].prov].parent; up >= 0 {
			return x.inDisputes(up)
		}
	}
	return x.inDisputes(prov)
}

// settles reports whether a reference at token k names the provisions on disputes: "Chapter 20 (Dispute Settlement)".
func (x *scopes) settles(t []token, k int) bool {
	for j := k + 1; j < len(t) && j < k+6; j++ {
		switch t[j].w.lower {
		case "dispute", "disputes", "settlement", "solución", "arbitration", "consultations", "règlement":
			return true
		}
	}
	nums := numbers(t, k+1)
	if len(nums) != 1 {
		return false
	}
	for i, p := range x.a.r.Provisions {
		if num := x.num(i); num == "" || !sameNum(num, nums[0]) || p.Kind != text.KindChapter && p.Kind != text.KindPart && p.Kind != text.KindSection && p.Kind != text.KindArticle {
			continue
		}
		if w := t[k].w.lower; (p.Kind == text.KindArticle) != (w == "article" || w == "artículo") {
			continue
		}
		return x.inDisputes(i)
	}
	return false
}

func (x *scopes) this(prov int, kinds []text.ProvisionKind) bool {
	if kinds == nil {
		if u := x.unitOf[prov]; u >= 0 {
			x.units[u].excluded = true
			return true
		}
		return false
	}
	for _, kind := range kinds {
		for up := prov; up >= 0; up = x.a.provs[up].parent {
			if x.a.r.Provisions[up].Kind == kind {
				if !x.inDisputes(up) {
					x.exclude(up)
				}
				return true
			}
		}
	}
	return false
}

// exclude marks every article within a provision.
func (x *scopes) exclude(prov int) {
	if u := x.unitOf[prov]; u >= 0 {
		x.units[u].excluded = true
		return
	}
	for j := prov; j < len(x.a.provs) && x.a.r.Provisions[j].Start < x.a.provs[prov].end; j++ {
		if u := x.unitOf[j]; u >= 0 {
			x.units[u].excluded = true
		}
	}
}

// numbered is the provision of that kind and number; -1 where there is none, or it is one on the settlement of disputes.
func (x *scopes) numbered(from int, kinds []text.ProvisionKind, num string) int {
	var all []int
	for i, p := range x.a.r.Provisions {
		if n := x.num(i); n == "" || !sameNum(n, num) {
			continue
		}
		ok := kinds == nil && p.Kind == text.KindArticle || kinds != nil && p.Num == "" // a container without its word
		for _, k := range kinds {
			ok = ok || p.Kind == k
		}
		if ok {
			all = append(all, i)
		}
	}
	if len(all) > 1 { // numbers that begin anew in each chapter: the one beside the sentence is meant
		up := x.a.provs[x.article(from)].parent
		var near []int
		for _, i := range all {
			if x.a.provs[i].parent == up {
				near = append(near, i)
			}
		}
		all = near
	}
	if len(all) == 1 && !x.inDisputes(all[0]) {
		return all[0]
	}
	return -1
}

// nearby excludes an article and the few before it in its chapter: a section of a text that was handed down without its sections.
func (x *scopes) nearby(prov int) bool {
	const few = 4
	u := x.unitOf[prov]
	if u < 0 || x.a.r.Provisions[x.units[u].prov].Kind != text.KindArticle {
		return false
	}
	up := x.a.provs[x.units[u].prov].parent
	for n := 0; n <= few && u >= 0 && x.a.provs[x.units[u].prov].parent == up && (n == 0 || !x.units[u].excluded); n++ {
		x.units[u].excluded = true
		u--
	}
	return true
}

// article is the article that holds a provision, or the provision.
func (x *scopes) article(prov int) int {
	if u := x.unitOf[prov]; u >= 0 {
		return x.units[u].prov
	}
	return prov
}

// num is a provision's number; of a chapter handed down without one, that which the numbers of its articles begin with: "1801", "18.1".
func (x *scopes) num(i int) string {
	p := x.a.r.Provisions[i]
	if p.Num != "" || p.Kind == text.KindArticle || i+1 >= len(x.a.r.Provisions) {
		return p.Num
	}
	first := x.a.r.Provisions[i+1]
	if first.Kind != text.KindArticle || first.Start >= x.a.provs[i].end {
		return ""
	}
	if at := strings.IndexAny(first.Num, ".-"); at > 0 {
		return first.Num[:at]
	}
	if n := atoi(first.Num); n > 100 && n%100 == 1 {
		return strconv.Itoa(n / 100)
	}
	return ""
}

// enforcers lists who may enforce what is not excluded.
func (x *scopes) enforcers() []string {
	var out []string
	for _, e := range []struct{ facet, name string }{{"ds_states", "state_state"}, {"ds_arbitral", "arbitration"}, {"ds_court", "court"}, {"ds_body", "body"}} {
		if x.found[e.facet] {
			out = append(out, e.name)
		}
	}
	return out
}
