package assay

import "github.com/openassay/assay/text"

// The parts of a text.
const (
	partPreamble      = "preamble"
	partDefinition    = "definition"
	partOperative     = "operative"
	partInstitutional = "institutional"
	partFinal         = "final"
)

// partRank settles a heading that names several parts: "Institutional and Final Provisions".
var partRank = map[string]int{partFinal: 4, partInstitutional: 3, partDefinition: 2, partOperative: 1}

// parts gives each provision its part: by its kind, its own heading, its parent's, or the words of its first sentence.
func (a *run) parts() {
	for i := range a.provs {
		w := &a.provs[i]
		switch a.r.Provisions[i].Kind {
		case text.KindPreamble, text.KindRecital, text.KindCover:
			w.part = partPreamble
			continue
		case text.KindSignatures:
			w.part = partFinal
			continue
		}
		for s := w.first; s < w.last && a.sents[s].heading; s++ {
			for _, h := range a.sentHits(s) {
				if h.rule.Family == familyPart && partRank[h.rule.Class] > partRank[w.part] {
					w.part, w.headingPart = h.rule.Class, true
				}
			}
		}
		if w.part != "" {
			continue
		}
		if w.parent >= 0 && a.r.Provisions[w.parent].Kind != text.KindCover {
			w.part, w.headingPart = a.provs[w.parent].part, a.provs[w.parent].headingPart
		}
		if !w.headingPart {
			if p := a.clausePart(w); p != "" {
				w.part = p
			}
		}
		if w.part == "" {
			w.part = partOperative
		}
	}
}

// clausePart reads the part from the first own sentence that shows one.
func (a *run) clausePart(w *work) string {
	for s, seen := w.first, 0; s < w.last && seen < 2; s++ {
		if a.sents[s].heading {
			continue
		}
		seen++
		for _, h := range a.sentHits(s) {
			if h.rule.Family == familyStated && seen == 1 { // what a text says of its own force
				return partFinal
			}
			const early = 16 // tokens from the start: further in, the words are a consequence or a condition
			if h.rule.Family == familyClause && h.from-a.sents[s].from <= early {
				return h.rule.Class
			}
		}
	}
	return ""
}

// bodySubject reports whether a Romance sentence begins with a body of the text, or with something of it while no side is to act: "Le comité est
// composé de", "Las decisiones de la Comisión se adoptarán".
func (a *run) bodySubject(s int, bearer []string) bool {
	if a.lang != "es" && a.lang != "fr" && a.lang != "pt" {
		return false
	}
	const near, far = 2, 7 // tokens before it
	actors := a.actors(s, a.sents[s].to)
	if len(actors) == 0 || actors[0].code != bearerBody {
		return false
	}
	before := actors[0].from - a.itemStart(&a.sents[s])
	if before <= near && !a.governed(actors[0].from, actors) {
		return true
	}
	return before <= far && a.governed(actors[0].from, actors) && (len(bearer) == 0 || bearer[0] == bearerNone || bearer[0] == bearerBody)
}
