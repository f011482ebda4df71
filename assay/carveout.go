package assay

import (
	"slices"
	"strings"
)

// carveOuts lists what a clause that denies the force of a text leaves out of the denial: "does not create legal obligations, except paragraphs 6
// and 7", or elsewhere "Articles 6 and 7 are legally binding". What stands there binds as its words say.
func (a *run) carveOuts() {
	n := &a.out.Instrument.LegalNature
	if n.Stated == "binding" {
		return
	}
	seen := map[string]bool{}
	add := func(refs []Reference) {
		for _, r := range refs {
			if r.EID != "" && !seen[r.EID] {
				seen[r.EID] = true
				n.Except = append(n.Except, r.EID)
			}
		}
	}
	for s := range a.sents {
		st := &a.sents[s]
		if st.heading || !a.ofWhole(st.prov) {
			continue
		}
		for _, h := range a.sentHits(s) {
			switch {
			case h.rule.Family != familyStated:
			case h.rule.Class == "non_binding":
				from := a.exceptionWord(st)
				if from < 0 {
					continue
				}
				before := len(n.Except)
				add(a.referencesAfter(st, from))
				a.namedByHeading(st, from, add)
				if len(n.Except) == before && a.leavesOutParts(from, st.to) {
					n.ExceptUnclear = true
					a.evidence("except", h)
				}
			case h.rule.Class == "binding_part" && n.Inferred != "binding":
				before := len(n.Except)
				add(a.references(st.prov, st))
				if len(n.Except) > before {
					a.evidence("except", h)
				}
			}
		}
	}
	if len(n.Except) == 0 {
		return
	}
	a.excepted = make([]bool, len(a.r.Provisions))
	for i := range a.r.Provisions {
		eid := a.r.Provisions[i].EID
		if p := a.provs[i].parent; p >= 0 && a.excepted[p] && !n.Excepts(eid) { // an article of a chapter bears a number of its own
			n.Except = append(n.Except, eid)
		}
		a.excepted[i] = n.Excepts(eid)
	}
}

// Excepts reports whether a provision of this eId binds although the text says of itself that it does not.
func (n *Nature) Excepts(eid string) bool {
	return slices.ContainsFunc(n.Except, func(e string) bool { return eid == e || strings.HasPrefix(eid, e+"__") })
}

// exceptionWord is the first token of a sentence that takes something out of what is said, or -1.
func (a *run) exceptionWord(st *sentence) int {
	for k := st.from + 1; k < st.to-1; k++ {
		switch w := a.tokens[k].w.lower; w {
		case "except", "excepting", "exception", "exceptions", "save", "salvo", "excepto", "excepción", "exceto", "exceção", "sauf":
			return k
		case "other", "saving":
			if k+2 < st.to && (w == "saving" || a.tokens[k+1].w.lower == "than") {
				return k
			}
		}
	}
	return -1
}

// referencesAfter are the places of this text that a sentence names after token from.
func (a *run) referencesAfter(st *sentence, from int) []Reference {
	return slices.DeleteFunc(a.references(st.prov, st), func(r Reference) bool { return r.Start < a.tokens[from].start })
}

// namedByHeading finds provisions that are left out by their subject: "except for the provisions on confidentiality and governing law".
func (a *run) namedByHeading(st *sentence, from int, add func([]Reference)) {
	if !a.leavesOutParts(from, st.to) {
		return
	}
	words := " " + strings.Join(a.lowerWords(from, st.to), " ") + " "
	for i := range a.r.Provisions {
		p := &a.r.Provisions[i]
		head := strings.Trim(strings.ToLower(strings.Join(strings.Fields(p.Heading), " ")), " .:")
		if head != "" && i != st.prov && strings.Contains(words, " "+head+" ") {
			add([]Reference{{EID: p.EID}})
		}
	}
}

// leavesOutParts reports whether the words of tokens [from, to) speak of parts of a text, not of a condition ("except as otherwise agreed").
func (a *run) leavesOutParts(from, to int) bool {
	for k := from; k < to; k++ {
		switch a.tokens[k].w.lower {
		case "provision", "provisions", "paragraph", "paragraphs", "article", "articles", "section", "sections", "clause", "clauses", "commitments", "obligations", "duties",
			"disposition", "dispositions", "paragraphe", "paragraphes", "engagements",
			"disposición", "disposiciones", "artículo", "artículos", "párrafo", "párrafos", "cláusula", "cláusulas",
			"disposição", "disposições", "artigo", "artigos", "parágrafo", "parágrafos":
			return true
		}
	}
	return false
}

func (a *run) lowerWords(from, to int) []string {
	var out []string
	for k := from; k < to; k++ {
		if w := a.tokens[k].w.lower; a.tokens[k].w != boundary && strings.ContainsFunc(w, func(r rune) bool { return r > 127 || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' }) {
			out = append(out, w)
		}
	}
	return out
}

// bindsAlone is Excepts by provision.
func (a *run) bindsAlone(prov int) bool { return a.excepted != nil && a.excepted[prov] }

// allBindAlone reports whether all norms stand in what binds although the text does not.
func (a *run) allBindAlone(ns []norm) bool {
	return len(ns) > 0 && !slices.ContainsFunc(ns, func(n norm) bool { return !a.bindsAlone(n.prov) })
}

// bindingAlone are the places of duties and bans in what binds although the text does not.
func (a *run) bindingAlone(ns []norm) []string {
	var b basis
	for i := range ns {
		if n := &ns[i]; a.bindsAlone(n.prov) && (n.modality == Obligation || n.modality == Prohibition) {
			b.add(a.r.Provisions[n.prov].EID)
		}
	}
	return b.list
}
