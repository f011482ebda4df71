package assay

// ledger is one balance at work.
type ledger struct {
	*run
	b    *Balance
	self bool // a side may act by itself against a breach
}

// selfHelp reports whether a clause of the text lets a side act by itself against a breach.
func (l *ledger) selfHelp() bool {
	for i := range l.ns {
		if l.ns[i].part == partPreamble {
			continue
		}
		for _, h := range l.sentHits(l.ns[i].sent) {
			if h.rule.Family == familyBalance && h.rule.Class == "self_help" {
				return true
			}
		}
	}
	return false
}

// norm enters what one norm gives; k is its place among the norms of its provision.
func (l *ledger) norm(n *norm, k int) {
	m := n.out.Best()
	if n.opens || n.part == partPreamble || n.part == partDefinition || n.part == partFinal || m.strength() <= Declaration.strength() {
		return
	}
	l.lang = l.tongue[n.prov]
	defer func() { l.lang = l.doc }()
	goods, takes := l.goods(n)
	if len(goods) == 0 {
		for _, who := range n.bearer {
			l.b.Others[who]++
		}
		return
	}
	if m == Permission && !takes && !l.anySide(n.bearer) { // what any side may do is a freedom it keeps
		return
	}
	direct := l.directed(n, m, takes)
	for _, g := range goods {
		x := direct
		x.EID, x.Norm, x.Category, x.Rule, x.Refrains = l.r.Provisions[n.prov].EID, k, g.rule.Class, g.rule.Code, g.refrains
		if g.rule.Home && x.GetsBy == getsOther {
			x.Gets, x.GetsBy = []string{}, getsUnsaid
		}
		x.Enforcers = l.enforcers(n, x.Category)
		x.Span, x.norm = *l.place(g.from, g.to), n.out
		l.b.Items = append(l.b.Items, x)
	}
}

// good is a hit of the family balance that counts, and whether it is given by leaving something undone.
type good struct {
	hit
	refrains bool
}

// goods are what a norm is about, one of each category, in order of the text; takes tells that its bearer gets them. An item whose own words
// say nothing goes by the words of its lead-in.
func (l *ledger) goods(n *norm) (out []good, takes bool) {
	from, to := l.act(n)
	if from >= to {
		from = l.sents[n.sent].from
	}
	if n.decisive != nil && l.passive(n.decisive) {
		from = l.sents[n.sent].from
	}
	out, takes = l.goodsOf(n, n.sent, from)
	for up := n.lead; len(out) == 0 && up != nil; up = up.up {
		from = l.sents[up.sent].from
		if up.decisive != nil && !l.passive(up.decisive) {
			from = up.decisive.to
		}
		var t bool
		out, t = l.goodsOf(n, up.sent, from)
		takes = takes || t
	}
	return out, takes
}

func (l *ledger) goodsOf(n *norm, sent, from int) (out []good, takes bool) {
	seen := map[string]bool{}
	alone := false // only its like count after it
	for _, h := range l.sentHits(sent) {
		if h.rule.Family != familyBalance || h.to <= from || l.conditional(n, sent, h) {
			continue
		}
		switch h.rule.Class {
		case "self_help":
			continue
		case "takes":
			const near = 3 // tokens after the modal
			takes = takes || h.from <= from+near
			continue
		}
		refrains := n.out.Best() == Prohibition || l.refrains(from, h.from)
		if when := h.rule.When; refrains && (when == "" || when == whenDo) || !refrains && when == whenRefrain || seen[h.rule.Class] {
			continue
		}
		if alone && !h.rule.Alone {
			continue
		}
		alone = alone || h.rule.Alone
		seen[h.rule.Class] = true
		out = append(out, good{h, refrains})
	}
	return out, takes
}

// conditional reports whether a hit lies in a clause that says when the norm holds.
func (l *ledger) conditional(n *norm, sent int, h hit) bool {
	if sent != n.sent {
		return false
	}
	at, end := l.tokens[h.from].start, l.tokens[h.to-1].end
	for _, c := range n.out.Conditions {
		if c.Start <= at && end <= c.End {
			return true
		}
	}
	return false
}

// refrainWords before a good say that it is given by leaving something undone.
var refrainWords = map[string]bool{"refrain": true, "refrains": true, "refraining": true, "abstain": true, "without": true, "not": true, "avoid": true, "no": true,
	"abstendrá": true, "abstendrán": true, "abstenerse": true, "abstient": true, "abstiennent": true, "abstenir": true, "sans": true, "sin": true, "abster": true, "absterá": true, "absterão": true, "sem": true}

// refrains looks back from a good to the verb that governs it.
func (l *ledger) refrains(from, at int) bool {
	const reach = 10 // tokens
	for k := at - 1; k >= from && k >= at-reach; k-- {
		w := l.tokens[k].w.lower
		if w == ";" {
			return false
		}
		if refrainWords[w] {
			return true
		}
	}
	return false
}

// How it is known who gets.
const (
	getsNamed  = "named"
	getsHolder = "holder"
	getsOther  = "only_other_side"
	getsMutual = "mutual"
	getsUnsaid = "not_said"
)

// directed says who gives and who gets, how firmly, by when.
func (l *ledger) directed(n *norm, m Modality, takes bool) BalanceItem {
	o := n.out
	x := BalanceItem{Direction: Undirected, Gives: []string{}, Gets: []string{}, GetsBy: getsUnsaid, Modality: o.Modality, Either: o.Either, Qualifiers: nonNil(o.Qualifiers),
		Deadline: l.due(n), Quantity: o.Quantity, Strength: l.strength(o, m, l.bindsAlone(n.prov))}
	sides := l.b.Sides
	who := []string{}
	together := false
	for _, b := range n.bearer {
		switch b {
		case bearerNone:
		case bearerEach, bearerPart:
			together = true
		default:
			who = append(who, b)
		}
	}
	switch {
	case together:
		x.Gives, x.Direction = sides, Joint
		if len(sides) < 2 {
			x.Gives = n.bearer
		}
		if named := l.after(n); len(named) > 0 {
			x.Gets, x.GetsBy = named, getsNamed
		}
		if l.mutual(n) {
			x.Gets, x.GetsBy, x.Direction = x.Gives, getsMutual, Mutual
		}
	case len(who) == 0:
		if len(n.out.Beneficiary) > 0 {
			x.Gets, x.GetsBy = n.out.Beneficiary, getsNamed
		}
	case m == Right || takes:
		x.Gets, x.GetsBy = who, getsHolder
		x.Direction = OneSided
		if x.Gives = l.named(n, who); len(x.Gives) == 0 {
			x.Gives = l.others(who)
		}
	default:
		x.Gives = who
		if l.anySide(who) {
			x.Direction = OneSided
		}
		if x.Gets = l.named(n, who); len(x.Gets) > 0 {
			x.GetsBy = getsNamed
		} else if x.Gets = l.others(who); len(x.Gets) > 0 {
			x.GetsBy = getsOther
		} else if len(who) > 1 && l.anySide(who) {
			x.Direction = Joint
		}
	}
	if x.Direction == Undirected && len(x.Gives) > 0 && len(x.Gets) > 0 {
		x.Direction = OneSided
	}
	return x
}

func (l *ledger) anySide(who []string) bool {
	for _, w := range who {
		if contains(l.b.Sides, w) {
			return true
		}
	}
	return false
}

// others is the other side, in a text of two.
func (l *ledger) others(who []string) []string {
	out := []string{}
	if len(l.b.Sides) != 2 || !l.anySide(who) {
		return out
	}
	for _, s := range l.b.Sides {
		if !contains(who, s) {
			out = append(out, s)
		}
	}
	return out
}

// named lists the sides that a norm names apart from those in who: its beneficiary, else sides named after its verb, or before it.
func (l *ledger) named(n *norm, who []string) []string {
	out := []string{}
	for _, b := range n.out.Beneficiary {
		if contains(l.b.Sides, b) && !contains(who, b) {
			out = addOnce(out, b)
		}
	}
	if len(out) > 0 {
		return out
	}
	for _, x := range l.sentNames(n.sent) {
		if x.kind == mentionParty && contains(l.b.Sides, x.code) && !contains(who, x.code) {
			out = addOnce(out, x.code)
		}
	}
	return out
}

// after lists the sides to, for or in which something is to be done, of a norm that all sides bear: "projects in each of Norland and Sudria".
func (l *ledger) after(n *norm) []string {
	_, from := l.act(n)
	out := []string{}
	was := 0 // the end of the last one, for those joined to it
	for _, x := range l.sentNames(n.sent) {
		if x.kind != mentionParty || x.from < from || !contains(l.b.Sides, x.code) {
			continue
		}
		k := x.from - 1
		for k > from && (articles[l.tokens[k].w.lower] || l.tokens[k].w.lower == "of" && l.tokens[k-1].w.lower == "each") {
			k--
		}
		if w := l.tokens[k].w.lower; toWhom[w] || w == "in" || w == "dans" || w == "en" || w == "em" || was > 0 && l.joined(was, x.from) {
			out, was = addOnce(out, x.code), x.to
		}
	}
	return out
}

// mutualWords say that each gives to the other.
var mutualWords = map[string]bool{"each": true, "either": true, "neither": true, "no": true, "any": true, "a": true, "reciprocal": true, "reciprocally": true, "mutual": true, "another": true,
	"other": true, "chaque": true, "aucune": true, "autre": true, "mutuellement": true, "réciproquement": true, "mutuelle": true, "cada": true, "ninguna": true, "otra": true, "mutuamente": true, "recíprocamente": true, "mutua": true,
	"nenhuma": true, "outra": true, "reciprocamente": true, "mútua": true}

// mutual reports whether a norm of all sides says that each owes it to the other: by its subject ("each Party"), or by naming the other one.
func (l *ledger) mutual(n *norm) bool {
	for _, s := range append([]int{n.sent}, leadSents(n)...) {
		for _, x := range l.actors(s, l.sents[s].to) {
			if x.code != bearerEach && x.code != bearerPart {
				continue
			}
			for k := max(x.from-1, l.sents[s].from); k < x.to; k++ {
				if mutualWords[l.tokens[k].w.lower] {
					return true
				}
			}
		}
		st := &l.sents[s]
		for k := st.from + 1; k+1 < st.to; k++ {
			switch l.tokens[k].w.lower {
			case "each", "one":
				if w := l.tokens[k+1].w.lower; w == "other" || w == "another" {
					return true
				}
			case "reciprocally", "mutuamente", "recíprocamente", "mutuellement", "reciprocamente":
				return true
			}
		}
	}
	return false
}

func leadSents(n *norm) []int {
	var out []int
	for l := n.lead; l != nil; l = l.up {
		out = append(out, l.sent)
	}
	return out
}

// strength joins the modality of a norm with what the text is worth.
func (l *ledger) strength(o *Norm, m Modality, alone bool) string {
	switch {
	case o.Modality == Undecided:
		return "undecided"
	case m == Intention:
		return "plan"
	case m == Aspiration:
		return "hope"
	case l.b.Legal == "non_binding" && !alone:
		return "political"
	case l.b.Legal != "binding" && !alone:
		return "unclear"
	case m == Effort:
		return "effort"
	case m == Permission:
		return "option"
	case bends(o.Qualifiers):
		return "qualified"
	}
	return "binding"
}

// investorGoods are what an investor may claim, where the text lets investors claim at all.
var investorGoods = map[string]bool{"access": true, "tax_relief": true, "policy_space": true}

// enforcers of an item: nobody where the text does not bind or nobody may; a side by itself where the text says so.
func (l *ledger) enforcers(n *norm, category string) []string {
	out := []string{}
	if l.b.Legal != "non_binding" || l.bindsAlone(n.prov) {
		if d := &l.out.signals.Doc; !l.barred[n.prov] {
			out = append(out, d.Enforcers...)
			if d.Investors && investorGoods[category] {
				out = append(out, "investor_state")
			}
		}
		if l.self {
			out = append(out, "self_help")
		}
	}
	if len(out) == 0 {
		out = append(out, "nobody")
	}
	return out
}
