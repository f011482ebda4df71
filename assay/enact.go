package assay

// acts maps each rule of class act to what it says where somebody does the act, and where they do not.
type acts struct{ done, undone *Rule }

// enact settles the presents of acts ("la société livre", "Norlandia entrega"): those whose subject is somebody who can act become duties of treaty
// form, or bans where they are denied; all others say nothing, for their words may as well be nouns.
func (a *run) enact() {
	known := map[*Rule]acts{}
	defer func() { a.lang = a.doc }()
	for s := range a.sents {
		st := &a.sents[s]
		a.lang = a.tongue[st.prov]
		hits := a.hits[st.hit0:st.hit1]
		for i := range hits {
			h := &hits[i]
			if h.rule.Class != "act" {
				continue
			}
			does, denied := a.enacts(s, h)
			if !does {
				h.rule = silent
				continue
			}
			pair, ok := known[h.rule]
			if !ok {
				done, undone := *h.rule, *h.rule
				done.Class, undone.Class = "present", "cannot"
				pair = acts{&done, &undone}
				known[h.rule] = pair
			}
			if h.rule = pair.done; denied {
				h.rule = pair.undone
			}
		}
	}
}

// silent stands in place of a rule whose match says nothing here.
var silent = &Rule{Code: "silent"}

// betweenBreaks begin another clause between a subject and a verb.
var betweenBreaks = map[string]bool{"qui": true, "que": true, "dont": true, "où": true, "quien": true, "cual": true, "quem": true, "cujo": true, "cuyo": true, "lorsque": true, "si": true, "cuando": true, "quando": true, "donde": true, "onde": true}

// enacts reports whether the verb h has somebody who can act as its subject at the beginning of its clause, and whether it is denied.
func (a *run) enacts(s int, h *hit) (does, denied bool) {
	const reach = 14 // tokens between subject and verb
	k := h.from - 1
	for ; k > a.sents[s].from && clitics[a.tokens[k].w.lower]; k-- {
		switch a.tokens[k].w.lower {
		case "ne", "n", "no", "não":
			denied = true
		}
	}
	if pronouns[a.tokens[k].w.lower] && a.startsClause(k) {
		return true, denied
	}
	actors := a.actors(s, h.from)
	for i := len(actors) - 1; i >= 0; i-- {
		x := actors[i]
		if h.from-x.to > reach {
			break
		}
		if a.governed(x.from, actors) || !a.startsClause(x.from-1) {
			continue
		}
		commas := 0
		for j := x.to; j < h.from; j++ {
			w := a.tokens[j].w
			switch {
			case betweenBreaks[w.lower] || w == boundary || w.lower == ":" || w.lower == ";":
				return false, false
			case w.lower == ",":
				commas++
			}
		}
		for _, y := range a.sentHits(s) { // "les Parties peuvent": another verb stands before it
			if y.rule.Family == familyModality && y.rule.Class != "act" && y.from >= x.to && y.from < h.from {
				return false, false
			}
		}
		return commas != 1, denied // one comma begins another clause, two hold an aside
	}
	return false, false
}

// startsClause reports whether a clause begins at token k, or right after it: nothing but articles and conjunctions stands before.
func (a *run) startsClause(k int) bool {
	for ; k > 0; k-- {
		w := a.tokens[k].w
		switch {
		case clauseSign(w) || w.lower == ".":
			return true
		case !articles[w.lower] && !conjunctions[w.lower] && !pronouns[w.lower] && !w.number:
			return false
		}
	}
	return true
}
