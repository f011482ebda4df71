package assay

import (
	"strings"

	"github.com/openassay/assay/text"
)

const unknownKind = "unknown"

// selfWords before a kind show that the text speaks of itself: "this Memorandum of Understanding".
var selfWords = map[string]bool{"this": true, "present": true, "ce": true, "cet": true, "cette": true, "présent": true, "présente": true, "este": true, "esta": true,
	"presente": true, "本": true, "the": false}

// kind reads what the text calls itself: from its title, else its first words, else "this Agreement". The evidence is in the text.
func (a *run) kind() {
	a.out.Instrument.Kind = unknownKind
	class := a.kindOf(a.r.Title)
	if class == "" {
		class = a.selfKind()
	}
	var first, self *hit
	for i := range a.hits {
		h := &a.hits[i]
		if h.rule.Family != familyKind {
			continue
		}
		if h.rule.Class != class {
			continue
		}
		if first == nil {
			first = h
		}
		if a.ofSelf(h) {
			self = h
			break
		}
	}
	if class == "" {
		return
	}
	a.out.Instrument.Kind = class
	inferred := inferredFrom[class]
	if inferred == "" {
		inferred = "unclear"
	}
	a.out.Instrument.LegalNature.Inferred = inferred
	if first != nil {
		a.evidence("inferred", *first)
	}
	if self != nil && self != first {
		a.evidence("inferred", *self)
	}
	if first == nil {
		a.openingEvidence()
	}
}

// openingEvidence shows the first words of the text where only the file's title names the kind.
func (a *run) openingEvidence() {
	for s := range a.sents {
		st := &a.sents[s]
		from, to := st.from+1, st.to-1
		if to-from < 4 {
			continue
		}
		const most = 12 // tokens
		start, end := a.tokens[from].start, a.tokens[min(to, from+most)-1].end
		n := &a.out.Instrument.LegalNature
		n.Evidence = append(n.Evidence, Evidence{Level: "inferred", EID: a.r.Provisions[st.prov].EID, Rule: ruleTitle, Start: start, End: end, Text: a.r.Text[start:end]})
		return
	}
}

// ruleTitle stands for a rule where the title alone, which is not in the text, names the kind.
const ruleTitle = "title"

// inferredFrom says what a kind suggests where nothing better is known. A framework or a partnership suggests nothing.
var inferredFrom = map[string]string{
	"treaty": "binding", "agreement": "binding", "trade_agreement": "binding", "convention": "binding", "protocol": "binding", "contract": "binding",
	"memorandum_of_understanding": "non_binding", "joint_statement": "non_binding", "declaration": "non_binding", "statement_of_intent": "non_binding",
	"roadmap": "non_binding", "fact_sheet": "non_binding", "letter": "non_binding",
}

// ofSelf: "this Agreement", "the present Treaty".
func (a *run) ofSelf(h *hit) bool { return selfWords[a.tokens[max(h.from-1, 0)].w.lower] }

// selfKind finds the kind where the title names none: on the cover, else as the text speaks of itself most often in its first part.
func (a *run) selfKind() string {
	const first = 20000 // bytes
	counts := map[string]int{}
	best := ""
	for i := range a.hits {
		h := &a.hits[i]
		if h.rule.Family != familyKind {
			continue
		}
		at := a.tokens[min(h.from+1, len(a.tokens)-1)].start
		if at > first {
			break
		}
		if len(a.provs) > 0 && a.r.Provisions[0].Kind == text.KindCover && at < a.provs[0].end {
			return h.rule.Class
		}
		if !a.ofSelf(h) {
			continue
		}
		if counts[h.rule.Class]++; best == "" || counts[h.rule.Class] > counts[best] {
			best = h.rule.Class
		}
	}
	return best
}

// kindOf returns the class of the first kind that s names.
func (a *run) kindOf(s string) string {
	if strings.TrimSpace(s) == "" {
		return ""
	}
	tokens := newLexer(a.rules.vocab, nil).tokens(s, 0, len(s), []token{{0, 0, boundary}})
	sv := &sieve{rules: a.rules, lang: a.lang}
	for k := range tokens {
		a.rules.trie.scan(tokens, k, tongueBit(sv.lang), func(p int32, end int) { sv.raw = append(sv.raw, match{p, k, end}) })
	}
	for _, h := range sv.resolve(0, len(tokens)) {
		if h.rule.Family == familyKind {
			return h.rule.Class
		}
	}
	return ""
}

func (a *run) evidence(level string, h hit) {
	start, end := a.span(h.from, h.to)
	n := &a.out.Instrument.LegalNature
	n.Evidence = append(n.Evidence, Evidence{Level: level, EID: a.eidAt(h.from), Rule: h.rule.Code, Start: start, End: end, Text: a.r.Text[start:end]})
}

// eidAt returns the provision whose own words or heading hold token k.
func (a *run) eidAt(k int) string {
	if a.tokens[k].w == boundary {
		k++
	}
	lo, hi := 0, len(a.sents)
	for lo < hi {
		mid := (lo + hi) / 2
		if a.sents[mid].to <= k+1 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo >= len(a.sents) {
		return ""
	}
	return a.r.Provisions[a.sents[lo].prov].EID
}

// nature reads what the text says of its own force and how it is worded. Neither looks at the title.
func (a *run) nature() {
	n := &a.out.Instrument.LegalNature
	if n.Inferred == "" {
		n.Inferred = "unclear"
	}
	n.Stated, n.Read = "none", "mixed"
	score := map[string]int{}
	shown := map[string]int{}
	const perRule = 1 // spans shown for each marker
	var markers []hit
	for s := range a.sents {
		if a.sents[s].heading {
			continue
		}
		kind := a.r.Provisions[a.sents[s].prov].Kind
		for _, h := range a.sentHits(s) {
			switch h.rule.Family {
			case familyStated:
				if h.rule.Class == "binding_part" || !a.ofWhole(a.sents[s].prov) {
					continue
				}
				if n.Stated == "none" || n.Stated == h.rule.Class {
					n.Stated = h.rule.Class
					if shown[h.rule.Code]++; shown[h.rule.Code] <= 3 {
						a.evidence("stated", h)
					}
				}
			case familyRead:
				if kind == text.KindCover {
					continue
				}
				score[h.rule.Class] += max(h.rule.Level, 1)
				if shown[h.rule.Code]++; shown[h.rule.Code] <= perRule {
					markers = append(markers, h)
				}
			}
		}
	}
	treaty, mou := score["treaty_form"], score["mou_form"]
	switch total := treaty + mou; {
	case total == 0:
	case treaty*100 >= total*70:
		n.Read = "treaty_form"
	case mou*100 >= total*70:
		n.Read = "mou_form"
	}
	strong := 0 // kinds of formula by which only treaties begin, bind and end
	for _, rule := range []string{"form_agreed", "form_force", "form_authentic", "form_ratify"} {
		if shown[rule] > 0 {
			strong++
		}
	}
	formal := strong >= 2 && n.Stated != "non_binding"
	if formal && n.Read == "mou_form" {
		n.Read = "mixed"
	}
	for _, h := range markers {
		if n.Read == "mixed" || h.rule.Class == n.Read {
			a.evidence("read", h)
		}
	}
	contract := a.out.Instrument.Kind == "contract" && n.Read != "mou_form" // between companies too the present and the future bind
	a.wills = (n.Read == "treaty_form" || contract || formal && n.Read == "mixed" && n.Inferred == "binding") && n.Stated != "non_binding" && !soft[a.out.Instrument.Kind]
}

// ofWhole reports whether what a provision says of the text it says of all of it: not what an annex or a definition says.
func (a *run) ofWhole(prov int) bool {
	if a.provs[prov].part == partDefinition {
		return false
	}
	for ; prov >= 0; prov = a.provs[prov].parent {
		if a.r.Provisions[prov].Kind == text.KindAnnex {
			return false
		}
	}
	return true
}

// soft kinds announce: in them "will" says what is intended.
var soft = map[string]bool{"joint_statement": true, "declaration": true, "statement_of_intent": true, "fact_sheet": true}
