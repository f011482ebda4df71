package assay

// Bearers other than a party's code.
const (
	bearerEach  = "each_party"
	bearerPart  = "participants"
	bearerBody  = "body"
	bearerInv   = "investors"
	bearerUnion = "union" // of rules only: the EU where it is a side, else a body
	bearerNone  = "none"
)

// actor is somebody named in a sentence who could bear a norm.
type actor struct {
	from, to int
	code     string
}

// bearer finds the subject of the modal h: the first actor of the last clause before it that is not itself an aside or a condition.
func (a *run) bearer(s int, h *hit) []string {
	st := &a.sents[s]
	stop := h.to // patterns may hold the subject themselves: "les Parties coopèrent"
	actors := a.actors(s, stop)
	if len(actors) > 0 {
		const reach = 12 // clauses looked back through
		for n, end := 0, stop; end > st.from && n < reach; n++ {
			begin := end - 1
			for begin > st.from && !clauseSign(a.tokens[begin].w) {
				begin--
			}
			if got := a.subject(begin+1, end, actors); got != nil {
				return got
			}
			end = begin
		}
	}
	return a.agent(s, h.to)
}

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

// subject returns the first actor of the clause [from, to), or nil where the clause is an aside. Within it a that-clause is the nearer one.
func (a *run) subject(from, to int, actors []actor) []string {
	if from >= to || openers[a.tokens[from].w.lower] && (a.lang == "en" || a.tokens[from].w.lower != "as") { // pt: "as Partes"
		return nil
	}
	for k := to - 1; k > from; k-- {
		if w := a.tokens[k].w.lower; w == "that" || w == "que" || w == "if" || w == "unless" {
			from = k + 1
			break
		}
	}
	for i, x := range actors {
		if x.from < from || x.from >= to {
			continue
		}
		out := []string{x.code}
		for _, y := range actors[i+1:] { // "the United States and Cambodia shall"
			if y.from >= to || !a.joined(x.to, y.from) {
				break
			}
			out = addOnce(out, y.code)
			x = y
		}
		return out
	}
	return nil
}

// joined reports whether only "and" and an article stand between two actors.
func (a *run) joined(from, to int) bool {
	and := false
	for k := from; k < to; k++ {
		switch a.tokens[k].w.lower {
		case "and", "et", "y", "e", "&":
			and = true
		case "the", "la", "le", "les", "el", "los", "a", "o", ",", "republic", "of", "both":
		default:
			return false
		}
	}
	return and
}

// agent finds "by the Parties" after a passive verb.
func (a *run) agent(s, from int) []string {
	for _, x := range a.actors(s, a.sents[s].to) {
		if x.from <= from || x.from > from+14 {
			continue
		}
		k := x.from - 1
		if w := a.tokens[k].w.lower; w == "the" || w == "a" {
			k--
		}
		if w := a.tokens[k].w.lower; w == "by" || w == "par" || w == "por" || w == "由" {
			return []string{x.code}
		}
	}
	return nil
}

// actors lists who is named in sentence s before token stop, in order; where names and rules overlap the longer wins.
func (a *run) actors(s, stop int) []actor {
	var out []actor
	names := a.sentNames(s)
	hits := a.sentHits(s)
	i := 0
	add := func(x actor) {
		if len(out) > 0 && x.from < out[len(out)-1].to {
			if last := &out[len(out)-1]; x.to-x.from > last.to-last.from {
				*last = x
			}
			return
		}
		out = append(out, x)
	}
	for _, h := range hits {
		if h.rule.Family != familyActor || h.from >= stop {
			continue
		}
		for ; i < len(names) && names[i].from < h.from; i++ {
			if names[i].kind == mentionParty && names[i].from < stop {
				add(actor{names[i].from, names[i].to, names[i].code})
			}
		}
		code := h.rule.Class
		if code == bearerPart && a.out.Instrument.LegalNature.Read == "treaty_form" { // "both countries" of a treaty
			code = bearerEach
		}
		if code == bearerUnion {
			code = bearerBody
			if contains(a.out.Parties, "EU") {
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
