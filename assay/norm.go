package assay

import (
	"strings"

	"github.com/openassay/assay/text"
)

// norm is a sentence or a list item with its lead-in.
type norm struct {
	sent       int
	prov       int
	modality   Modality
	part       string
	bearer     []string
	qualifiers []string
	main       []hit // modality hits that decide or stand beside the decision
	frees      bool  // "Nothing in this Agreement shall be construed:", open for items
	agrees     bool  // it rests on a verb of agreeing
	decisive   *hit  // what decided the modality of its own words; nil where nothing did
	inherited  bool  // the modality is its lead-in's
	lead       *lead // its lead-in
	alone      bool  // a sentence among items, which needs no lead-in
	opens      bool  // it only opens the items after it
	told       bool  // a future that only tells what is expected
	also       []Modality
	settled    bool     // a person said how firmly it holds
	out        *Norm    // its record
	heads      []string // topics of the headings above it
}

// lead is what a lead-in ("Each Party shall:") gives to the items after it.
type lead struct {
	modality   Modality
	bearer     []string
	qualifiers []string
	frees      bool // items that begin "to prevent a Party" leave it free
	agrees     bool // "the Parties agree:", so that an item's own verb says how firmly
	part       string
	sent       int
	at         int    // the norm that it is, in run.ns
	rule       string // code of what decided it
	decisive   *hit
	up         *lead // its own lead-in
	opens      bool  // it ends with a colon or a dash, not with a semicolon as items do
}

func (a *run) leadOf(n *norm, at int) *lead {
	l := &lead{part: n.part, modality: n.modality, bearer: n.bearer, qualifiers: n.qualifiers, frees: n.frees, agrees: n.agrees, sent: n.sent, at: at, up: n.lead, decisive: n.decisive, opens: a.sents[n.sent].opens}
	if n.decisive != nil {
		l.rule = n.decisive.rule.Code
	}
	return l
}

// plainStatement stands for a rule: a whole sentence in which no rule finds a verb that binds only states.
var plainStatement = &Rule{Code: "plain_statement", Class: string(Declaration), Family: familyModality}

// norms reads every sentence of own words.
func (a *run) norms() {
	defer func() { a.lang = a.doc }()
	a.ns = make([]norm, 0, len(a.sents)) // leads point to what is in it
	var chain *lead                      // the lead-in whose items went on until now, and what holds it
	chained := -1
	for i := range a.provs {
		w := &a.provs[i]
		kind := a.r.Provisions[i].Kind
		a.lang = a.tongue[i]
		var open *lead // the lead-in that the next sentence is an item of
		if w.parent >= 0 && (kind == text.KindPoint || kind == text.KindParagraph && !a.formula(i) || kind == text.KindRecital && a.wishes(i)) {
			open = a.provs[w.parent].lead
			if f := a.provs[w.parent].flow; f != nil { // a sibling before it ends with a colon
				open = f
			}
		}
		var last *norm
		var past *lead // the lead-in of an item that ended with a full stop
		for s := w.first; s < w.last; s++ {
			st := &a.sents[s]
			if st.heading || a.blank(s) || w.unread != "" {
				continue
			}
			if a.divider(st) {
				a.ns = append(a.ns, norm{sent: s, prov: i, part: w.part, modality: None})
				continue
			}
			if up := a.anchor(i); up != a.saidIn {
				a.said, a.saidIn = a.headed(up), up
			}
			if open == nil && a.infinitive(s) { // an item after one that ended with a full stop
				if open = past; open == nil && w.parent >= 0 {
					open = a.provs[w.parent].past
				}
			}
			n := a.norm(s, w.part, kind, open)
			if far := a.farLead(i, kind); open == nil && far != nil && (n.decisive == nil || n.decisive.rule == plainStatement) {
				n, open = a.norm(s, w.part, kind, far), far
			}
			up := a.anchor(i)
			if open == nil && chain != nil && chained == up && a.lang != "en" && a.nominal(s, &n, kind) { // "La observancia de los plazos.", after items with full stops
				n, open = a.norm(s, w.part, kind, chain), chain
			}
			const scrap = 5 // tokens: a page number ends no list
			switch {
			case open != nil && !n.alone:
				chain, chained = open, up
			case open != nil || st.to-st.from >= scrap:
				chain = nil
			}
			if open != nil && !n.alone {
				n.lead = open
				a.ns[open.at].opens = !a.sents[open.sent].closes
			}
			a.remember(&n)
			a.ns = append(a.ns, n)
			last = &a.ns[len(a.ns)-1]
			switch {
			case st.opens:
				if n.modality.strength() <= Declaration.strength() { // "Each Party:" names who bears the items
					last.bearer = nil
					if actors := a.actors(s, st.to); len(actors) > 0 {
						open = a.leadOf(last, len(a.ns)-1)
						open.bearer = []string{actors[len(actors)-1].code}
						break
					}
				}
				open = a.leadOf(last, len(a.ns)-1)
				w.colon, chain, chained = open, open, up
			case st.closes:
				if past = open; past != nil && w.parent >= 0 {
					a.provs[w.parent].past = past
				}
				open = nil
			}
		}
		if last != nil && w.parent >= 0 {
			switch st := &a.sents[last.sent]; {
			case st.opens && !a.hasChild(i):
				a.provs[w.parent].flow = a.leadOf(last, len(a.ns)-1)
				a.provs[w.parent].colon = a.provs[w.parent].flow
			case st.closes:
				a.provs[w.parent].flow = nil
			}
		}
		if last != nil && !a.sents[last.sent].closes {
			w.lead = a.leadOf(last, len(a.ns)-1)
			if open != nil { // its own lead-in, or the one that an item without end hands on
				w.lead = open
			}
		}
	}
}

// infinitive reports whether a Romance sentence begins with an infinitive, as only an item of a list does: "Promover la cooperación."
func (a *run) infinitive(s int) bool {
	w := a.tokens[a.itemStart(&a.sents[s])].w.lower
	if len(w) < 4 {
		return false
	}
	switch end := w[len(w)-2:]; a.lang {
	case "es", "pt":
		return end == "ar" || end == "er" || end == "ir"
	case "fr":
		return end == "er" || end == "ir"
	}
	return false
}

// nominal reports whether a sentence without a verb that a rule knows may be an item of the list before it.
func (a *run) nominal(s int, n *norm, kind text.ProvisionKind) bool {
	const shortest, longest = 5, 60 // tokens, edges among them: a page number is no item
	if n := a.sents[s].to - a.sents[s].from; n < shortest || n > longest {
		return false
	}
	return (kind == text.KindPoint || kind == text.KindParagraph) && (n.decisive == nil || n.decisive.rule == plainStatement)
}

// farLead is the last sentence with a colon above point i: a footnote, or an item that ended with a full stop, may stand between them. It is
// for points that have no verb of their own.
func (a *run) farLead(i int, kind text.ProvisionKind) *lead {
	if up := a.provs[i].parent; up >= 0 && kind == text.KindPoint {
		return a.provs[up].colon
	}
	return nil
}

// formula reports whether provision i is "have agreed as follows", which closes the recitals and is none of their items.
func (a *run) formula(i int) bool { return strings.HasSuffix(a.r.Provisions[i].EID, "__formula") }

// wishes reports whether recital i begins with an infinitive, as after "resueltos a:".
func (a *run) wishes(i int) bool {
	w := &a.provs[i]
	return w.first < w.last && a.infinitive(w.first)
}

// tells reports whether an item is a sentence of its own about a side: it begins with it, after a heading ("Labour:") at most, and goes on with the verb.
func (a *run) tells(n *norm) bool {
	from := a.itemStart(&a.sents[n.sent])
	const label = 6 // tokens
	for k := from; k < from+label && k < n.decisive.from; k++ {
		if a.tokens[k].w.lower == ":" {
			from = k + 1
		}
	}
	for _, x := range a.actors(n.sent, n.decisive.from) {
		if x.from <= from+1 && x.from >= from && n.decisive.from-x.to <= 1 {
			return true
		}
	}
	return false
}

// ownSubject reports whether an item begins with a noun and its article, and goes on to a verb that decides: it is a sentence, and needs no lead-in.
func (a *run) ownSubject(n *norm) bool {
	from := a.itemStart(&a.sents[n.sent])
	return articles[a.tokens[from].w.lower] && n.decisive.to > from+2
}

// remember keeps who was spoken of, for the pronouns and the verbs without subject that follow.
func (a *run) remember(n *norm) {
	if len(n.bearer) > 0 && n.bearer[0] != bearerNone {
		a.said = n.bearer
		return
	}
	const near = 3 // tokens: the sentence begins with its subject
	actors := a.actors(n.sent, a.sents[n.sent].to)
	if len(actors) > 0 && actors[0].from <= a.sents[n.sent].from+near && !a.governed(actors[0].from, actors) {
		a.said = []string{actors[0].code}
		return
	}
	if a.said != nil || a.lang == "en" || n.modality != Declaration {
		return
	}
	for _, x := range actors { // "Il est créé une commission mixte.": what follows speaks of it
		if x.code == bearerBody && !a.governed(x.from, actors) {
			a.said = []string{bearerBody}
			return
		}
	}
}

// headed is the one body that the heading of provision i names: "Comité Mixto".
func (a *run) headed(i int) []string {
	w := &a.provs[i]
	if a.lang == "en" {
		return nil
	}
	for s := w.first; s < w.last && a.sents[s].heading; s++ {
		if actors := a.actors(s, a.sents[s].to); len(actors) == 1 && actors[0].code == bearerBody {
			return []string{bearerBody}
		}
	}
	return nil
}

// anchor climbs from points and paragraphs to what holds them.
func (a *run) anchor(i int) int {
	for a.provs[i].parent >= 0 {
		if k := a.r.Provisions[i].Kind; k != text.KindPoint && k != text.KindParagraph {
			break
		}
		i = a.provs[i].parent
	}
	return i
}

// hasChild reports whether provision i has provisions under it.
func (a *run) hasChild(i int) bool { return i+1 < len(a.provs) && a.provs[i+1].parent == i }

func (a *run) norm(s int, part string, kind text.ProvisionKind, open *lead) norm {
	n := norm{sent: s, prov: a.sents[s].prov, part: part, modality: None}
	if !served[a.lang] {
		n.modality = ""
		return n
	}
	if kind == text.KindCover || kind == text.KindSignatures {
		return n
	}
	if part == partDefinition && !a.provs[n.prov].headingPart && kind != text.KindPoint && !a.defines(s) {
		part, n.part = partOperative, partOperative // a sentence after one that defines
	}
	if part == partDefinition {
		if kind == text.KindPoint || !a.ruleAmongDefinitions(s) {
			return n
		}
		n.part = partOperative
	}
	for _, h := range a.sentHits(s) {
		switch h.rule.Family {
		case familyStated:
			if n.part == partOperative {
				n.part = partFinal
			}
		case familyClause:
			const early = 16 // tokens, as in clausePart
			if h.rule.Class == partDefinition || n.part == partOperative && !a.provs[n.prov].headingPart && h.from-a.sents[s].from <= early {
				n.part = h.rule.Class
			}
		case familyQualifier:
			n.qualifiers = addOnce(n.qualifiers, h.rule.Class)
		}
	}
	if n.part == partDefinition {
		n.qualifiers = nil
		return n
	}
	var decisive *hit
	dated := 0 // 0 not asked, 1 yes, 2 no
	hits := a.sentHits(s)
	for k := range hits {
		h := &hits[k]
		if h.rule.Family != familyModality {
			continue
		}
		m := a.modality(h)
		if h.rule.Class == "ongoing" && part != partPreamble { // "within six months they are lending 5 million"
			if dated == 0 {
				dated = 2
				if len(a.deadlines(&a.sents[s], hits)) > 0 {
					dated = 1
				}
			}
			if dated == 1 {
				m = Intention
			}
		}
		if part == partPreamble {
			m = capPreamble(m)
		}
		n.frees = n.frees || m == Declaration && a.negates(h)
		if m == Aspiration && part != partPreamble && a.tokens[h.from].w == boundary {
			continue // "encouraging trade" as an item of a list is no wish
		}
		if h.rule.Class == "cannot" && kind == text.KindPoint {
			continue // "(c) cannot be made for technical reasons" tells of a case
		}
		if a.subordinate(h, m, s) {
			n.modality = stronger(n.modality, Declaration)
			continue
		}
		if part == partPreamble && decisive != nil && decisive.rule.Code != "en_statement" && h.rule.Class != "intention" {
			continue // the first verb of a recital governs: "Recognising that … should"
		}
		n.main = append(n.main, *h)
		if decisive == nil || outranks(m, n.modality) {
			n.modality, decisive = stronger(n.modality, m), h
		}
	}
	if open != nil && open.frees && a.deniedAct(s) {
		n.modality, n.bearer = Permission, a.freed(s, a.sents[s].from+2)
	}
	n.decisive = decisive
	if n.modality.strength() > Declaration.strength() && decisive != nil {
		n.agrees = agreeRules[decisive.rule.Code]
		n.bearer = a.bearer(s, decisive)
		if n.bearer == nil && n.modality == Permission { // "nothing shall prevent a Party from"
			n.bearer = a.freed(s, decisive.to)
		}
	}
	if decisive != nil && a.outcome(&n) {
		n.modality, n.bearer, n.told = Declaration, nil, true
	}
	if open != nil {
		a.inherit(&n, open)
	}
	if part == partPreamble && len(n.bearer) == 0 && decisive != nil && (n.modality == Aspiration || n.modality == Intention) && decisive.from <= a.itemStart(&a.sents[s])+1 {
		n.bearer = []string{a.collective()} // "Desiring to": a preamble's subject are the sides
	}
	if n.part == partOperative && open != nil && (open.part == partInstitutional || open.part == partFinal) {
		n.part = open.part
	}
	if n.part == partOperative && len(n.bearer) == 1 && n.bearer[0] == bearerBody && !a.provs[n.prov].headingPart {
		n.part = partInstitutional // it instructs a body
	}
	if n.part == partOperative && !a.provs[n.prov].headingPart && a.bodySubject(s, n.bearer) {
		n.part = partInstitutional
	}
	n.also = a.others(&n)
	n.bearer = a.allSides(n.bearer)
	if n.modality == None && (kind == text.KindRecital && !a.names1(s) || a.states(s)) {
		n.modality = Declaration
		n.main = append(n.main, hit{plainStatement, a.sents[s].from, a.sents[s].to})
		n.decisive = &n.main[len(n.main)-1]
	}
	if n.modality.strength() > Declaration.strength() && len(n.bearer) == 0 && part != partPreamble {
		n.bearer = []string{bearerNone}
	}
	if n.modality.strength() <= Declaration.strength() {
		n.bearer = nil
	}
	return n
}

var beFutures = map[string]bool{"será": true, "serán": true, "serão": true, "sera": true, "seran": true, "seront": true}

// outcome reports whether a future tells what is expected to come of a thing, or what it is: "The corridor will secure supply".
func (a *run) outcome(n *norm) bool {
	h := n.decisive
	if a.saysOfText(n.sent, h) {
		return true
	}
	if h.rule.Class != "will" {
		return false
	}
	switch h.rule.Code {
	case "en_will", "es_future", "pt_future", "fr_future":
	default:
		return false
	}
	from := h.to - 1 // the verb, where it carries the future itself
	if a.lang == "en" {
		for from = h.to; from < len(a.tokens) && a.tokens[from].w.adverb; from++ {
		}
	}
	for _, x := range a.hitsNear(n.sent, from) {
		if x.rule.Family == familyOutcome && x.from <= from && from < x.to {
			is := beFutures[a.tokens[x.from].w.lower] // "the authority will be the ministry": what somebody is, is no act
			return is || len(n.bearer) == 0 || n.bearer[0] == bearerNone
		}
	}
	return false
}

// defines reports whether a sentence gives a word its sense, or follows on one that does without a verb of its own that binds.
func (a *run) defines(s int) bool {
	binds := false
	for _, h := range a.sentHits(s) {
		if h.rule.Family == familyClause && h.rule.Class == partDefinition {
			return true
		}
		binds = binds || h.rule.Family == familyModality && a.effective(h.rule.Class).strength() > Declaration.strength()
	}
	return !binds
}

// blank reports whether a sentence has no words: "1." before an item, a rule of dashes.
func (a *run) blank(s int) bool {
	st := &a.sents[s]
	for k := st.from + 1; k < st.to-1; k++ {
		if w := a.tokens[k].w; !w.sign && !w.number {
			return false
		}
	}
	return true
}

// names1 reports whether a sentence only begins to name the sides: "The Government of Norland and the Government of Sudria,".
func (a *run) names1(s int) bool {
	const near = 6 // tokens
	st := &a.sents[s]
	from := a.itemStart(st)
	if !articles[a.tokens[from].w.lower] {
		return false
	}
	for _, x := range a.sentNames(s) {
		if x.kind == mentionParty {
			return x.from <= from+near
		}
	}
	return false
}

// outranks settles several main clauses of one sentence: a duty decides, else a ban, else an effort; where there are none of these, the
// first that is more than a declaration.
func outranks(m, held Modality) bool {
	if m.strength() <= held.strength() {
		return false
	}
	return m.strength() >= Effort.strength() || held.strength() <= Declaration.strength()
}

// collective is what the sides together are called in a text of this form.
func (a *run) collective() string {
	if a.wills || a.out.Instrument.LegalNature.Read == "treaty_form" {
		return bearerEach
	}
	return bearerPart
}

// allSides says each party (or the participants) where the bearers are all sides of the text by name.
func (a *run) allSides(bearer []string) []string {
	sides := a.out.Parties
	for _, u := range a.out.Unlisted {
		sides = addOnce(sides, u.Code)
	}
	if len(sides) < 2 || len(bearer) < len(sides) {
		return bearer
	}
	for _, s := range sides {
		if !contains(bearer, s) {
			return bearer
		}
	}
	out := []string{a.collective()}
	for _, b := range bearer {
		if !contains(sides, b) {
			out = addOnce(out, b)
		}
	}
	return out
}

// others lists what a sentence binds, allows or plans beside its modality, in order of the text.
func (a *run) others(n *norm) []Modality {
	var out []Modality
	for i := range n.main {
		h := &n.main[i]
		m := a.modality(h)
		if n.told && h.rule.Class == "will" {
			continue
		}
		if n.part == partPreamble {
			m = capPreamble(m)
		}
		if m != n.modality && m.strength() > Declaration.strength() && !containsModality(out, m) {
			out = append(out, m)
		}
	}
	return out
}

func containsModality(list []Modality, m Modality) bool {
	for _, x := range list {
		if x == m {
			return true
		}
	}
	return false
}

// ruleAmongDefinitions reports whether a sentence under a heading "Definitions" is a rule: it begins with somebody who shall act.
func (a *run) ruleAmongDefinitions(s int) bool {
	const near = 2 // tokens before the actor
	actors := a.actors(s, a.sents[s].to)
	if len(actors) == 0 || actors[0].from > a.sents[s].from+near {
		return false
	}
	binds := false
	for _, h := range a.sentHits(s) {
		switch {
		case h.rule.Family == familyClause && h.rule.Class == partDefinition:
			return false
		case h.rule.Family == familyModality && Modality(h.rule.Class).strength() >= Effort.strength():
			binds = true
		}
	}
	return binds
}

// agreeRules find verbs of agreeing.
var agreeRules = map[string]bool{"en_agree": true, "es_agree": true, "fr_agree": true, "pt_agree": true}

// inherit joins an item with its lead-in: the stronger of both holds, but after "the Parties agree:" the item's own.
func (a *run) inherit(n *norm, open *lead) {
	for _, q := range open.qualifiers {
		n.qualifiers = addOnce(n.qualifiers, q)
	}
	if open.agrees && n.modality.strength() > Declaration.strength() {
		if len(n.bearer) == 0 {
			n.bearer = open.bearer
		}
		return
	}
	if n.decisive != nil && n.modality.strength() > Declaration.strength() && a.wholeItem(n) { // "Norland will buy ore" under "They plan the following:"
		return
	}
	if !a.wills && n.modality == Declaration && n.decisive != nil && n.decisive.rule.Code == "en_statement" && a.tells(n) { // "Labour: Norland is reforming its laws" under "The Sides intend:"
		n.alone = true
		return
	}
	if !open.opens && n.decisive != nil && n.decisive.rule != plainStatement && a.ownSubject(n) { // after "Norland may adjust it;" an item that is a sentence
		n.alone = true
		if n.modality.strength() > Declaration.strength() && len(n.bearer) == 0 {
			n.bearer = []string{bearerNone}
		}
		return
	}
	if n.modality == Effort && open.modality == Obligation && n.decisive != nil && n.decisive.from <= a.itemStart(&a.sents[n.sent]) { // "(b) endeavour to publish" under "Each Party shall:"
		n.bearer = open.bearer
		return
	}
	if open.modality.strength() >= n.modality.strength() {
		n.inherited = open.modality != n.modality || n.decisive == nil
		n.modality = open.modality
		if len(open.bearer) > 0 {
			n.bearer = open.bearer
		}
	} else if len(n.bearer) == 0 {
		n.bearer = open.bearer
	}
}

// wholeItem reports whether an item has a subject of its own at its start, which bears it.
func (a *run) wholeItem(n *norm) bool {
	const near = 3 // tokens
	if len(n.bearer) == 0 || n.bearer[0] == bearerNone {
		return false
	}
	from := a.itemStart(&a.sents[n.sent])
	actors := a.actors(n.sent, n.decisive.to)
	return len(actors) > 0 && actors[0].from <= from+near && !a.governed(actors[0].from, actors)
}

// modality is what a hit says in this text.
func (a *run) modality(h *hit) Modality {
	class := h.rule.Class
	switch {
	case h.rule.Code == "es_prohibition": // "no divulgarán" is a future left undone, "no podrán divulgar" a ban
		last := strings.TrimSuffix(a.tokens[h.to-1].w.lower, "n")
		if strings.HasSuffix(last, "rá") && last != "podrá" && last != "deberá" && last != "abstendrá" && last != "prohibirá" {
			class = "will_not"
		}
	case class == string(Effort) && (a.lang == "es" || a.lang == "pt" || a.lang == "fr"):
		class = "will_try"
	}
	return a.effective(class)
}

// effective turns the classes that depend on the form of the text into modalities.
func (a *run) effective(class string) Modality {
	switch class {
	case "will":
		if a.wills {
			return Obligation
		}
		return Intention
	case "will_not":
		if a.wills {
			return Prohibition
		}
		return Intention
	case "will_try":
		if a.wills {
			return Effort
		}
		return Intention
	case "present":
		if a.wills {
			return Obligation
		}
		return Declaration
	case "cannot":
		if a.wills {
			return Prohibition
		}
		return Declaration
	case "ongoing":
		return Declaration // a plan where it is dated, see norm
	case "must":
		if soft[a.out.Instrument.Kind] {
			return Aspiration
		}
		return Obligation
	}
	return Modality(class)
}

// capPreamble: a preamble binds nobody.
func capPreamble(m Modality) Modality {
	if m.strength() > Intention.strength() {
		return Declaration
	}
	return m
}

func addOnce(list []string, s string) []string {
	if contains(list, s) {
		return list
	}
	return append(list[:len(list):len(list)], s)
}
