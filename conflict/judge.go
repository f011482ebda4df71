package conflict

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/assay"
)

// Finding is what is said about two provisions.
type Finding struct {
	Type     string   `json:"type"`   // code of a rule
	Answer   string   `json:"answer"` // conflict, tension, disjoint, undecided
	Ground   string   `json:"ground,omitempty"`
	Missing  []string `json:"missing"` // what is not known, English
	Severity string   `json:"severity"`
	Reason   string   `json:"reason"` // English
	A        Place    `json:"a"`
	B        Place    `json:"b"` // without address where it is a text that is missing
	Shared   []string `json:"shared"`
	Hints    []Hint   `json:"hints"`

	i, k int // norms of A's sheet and of B's
}

// Place is one of the two provisions.
type Place struct {
	Document string         `json:"document"`
	Path     string         `json:"path,omitempty"`
	Title    string         `json:"title,omitempty"`
	EID      string         `json:"eid"`
	Start    int            `json:"start"` // bytes of the canonical text, of its own words
	End      int            `json:"end"`
	Words    string         `json:"words"` // with its lead-in; "" where the words are not here
	Modality assay.Modality `json:"modality"`
	Stance   string         `json:"stance,omitempty"`
}

// Between holds two sheets against each other. Pairs come gravest first; A is always of a.
func (r *Rules) Between(a, b *Sheet) []Finding {
	var out []Finding
	for st := range a.by {
		for _, p := range r.pairs[st] {
			for _, i := range a.by[st] {
				for _, k := range b.by[p.other] {
					if f, ok := r.judge(p, a, b, int(i), int(k), st); ok {
						out = append(out, f)
					}
				}
			}
		}
	}
	judged := map[[2]int]bool{} // what a rule has spoken of is not compared word by word
	for _, f := range out {
		if f.Answer != Disjoint || f.Ground == "same_value" {
			judged[[2]int{f.A.Start, f.B.Start}] = true
		}
	}
	for _, f := range r.subjects(a, b) {
		if !judged[[2]int{f.A.Start, f.B.Start}] {
			out = append(out, f)
		}
	}
	for i := range out {
		out[i].Hints = r.hints(a, b, &out[i])
	}
	return order(out)
}

// Among holds each of many sheets against each other. Pairs of texts without a party in common are left out: nobody owes both.
func (r *Rules) Among(sheets []*Sheet) []Finding {
	var out []Finding
	for i, a := range sheets {
		for _, b := range sheets[i+1:] {
			if a.meets(b) {
				out = append(out, r.Between(a, b)...)
			}
		}
	}
	return order(out)
}

// Lacking says what cannot be decided for want of a law: per rule and text one finding, for the party of the sheet given.
func (r *Rules) Lacking(s *Sheet, party string, laws []*Sheet) []Finding {
	var out []Finding
	for _, x := range r.Rules {
		if len(x.Law) == 0 || slices.ContainsFunc(laws, func(l *Sheet) bool {
			return slices.Contains(l.Parties, party) && slices.Contains(x.Law, l.LawType)
		}) {
			continue
		}
		for _, code := range x.A.Stances {
			st := r.stance[code]
			owed := func(i int32) bool {
				n := &s.norms[i]
				return (n.bearer == nil || slices.Contains(n.bearer, party)) && !s.carved(n, x)
			}
			f := Finding{Type: x.Code, Answer: Undecided, Missing: []string{fill(x.Missing, party)}, Severity: x.Severity, Reason: x.Reason, Shared: []string{party}, Hints: []Hint{}}
			k := slices.IndexFunc(s.by[st], func(i int32) bool { return owed(i) && !r.inPassing(s, &s.norms[i], st) })
			if k < 0 {
				if k = slices.IndexFunc(s.by[st], owed); k < 0 {
					continue
				}
				f.Answer, f.Ground, f.Missing = Disjoint, "trade_rule", []string{}
			}
			f.A = s.place(int(s.by[st][k]), code)
			out = append(out, f)
			break
		}
	}
	return out
}

// LackingAmong says what cannot be decided of many texts for want of a law, for each party of each text; the laws are among them.
func (r *Rules) LackingAmong(sheets []*Sheet) []Finding {
	var laws []*Sheet
	for _, s := range sheets {
		if s.Kind == KindLaw {
			laws = append(laws, s)
		}
	}
	var out []Finding
	for _, s := range sheets {
		if s.Kind == KindLaw {
			continue
		}
		for _, p := range s.Parties {
			out = append(out, r.Lacking(s, p, laws)...)
		}
	}
	return out
}

// Order sorts findings as a page has them.
func Order(fs []Finding) { order(fs) }

// order sorts findings, gravest first, and drops what is said twice about two provisions.
func order(fs []Finding) []Finding {
	slices.SortStableFunc(fs, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(slices.Index(Answers, a.Answer), slices.Index(Answers, b.Answer)), cmp.Compare(slices.Index(Severities, a.Severity), slices.Index(Severities, b.Severity)),
			cmp.Compare(a.A.Document, b.A.Document), cmp.Compare(a.A.Start, b.A.Start), cmp.Compare(a.B.Document, b.B.Document), cmp.Compare(a.B.Start, b.B.Start), cmp.Compare(a.Type, b.Type))
	})
	type key struct {
		rule, da, db string
		a, b         int
	}
	seen := map[key]bool{}
	out := fs[:0]
	for _, f := range fs {
		k := key{f.Type, f.A.Document, f.B.Document, f.A.Start, f.B.Start}
		if !seen[k] {
			seen[k] = true
			out = append(out, f)
		}
	}
	return out
}

// judge applies a rule to norm i of a and k of b. It says nothing where the rule does not concern them.
func (r *Rules) judge(p pairing, a, b *Sheet, i, k, stance int) (Finding, bool) {
	x, n, m := p.rule, &a.norms[i], &b.norms[k]
	na, nb := n, m
	sa, sb := a, b
	if !p.isA {
		na, nb, sa, sb = m, n, b, a
	}
	if !x.A.fits(na, sa) || !x.B.fits(nb, sb) {
		return Finding{}, false
	}
	f := Finding{Type: x.Code, Answer: x.Answer, Severity: x.Severity, Reason: x.Reason, Missing: []string{}, Shared: []string{}, i: i, k: k,
		A: a.place(i, r.Stances[stance].Code), B: b.place(k, r.Stances[p.other].Code)}
	apart := func(ground string) (Finding, bool) {
		f.Answer, f.Ground = Disjoint, ground
		return f, true
	}
	gaveA, gaveB := givers(n, a, x, stance), givers(m, b, x, p.other)
	if x.Who == "host" { // who keeps others out must be where the other text gives them something
		gaveA, gaveB = a.Parties, b.Parties
		if p.isA {
			gaveA = hosts(n, a)
		} else {
			gaveB = hosts(m, b)
		}
	}
	f.Shared = common(gaveA, gaveB)
	switch {
	case len(a.Parties) == 0 || len(b.Parties) == 0:
		f.Missing = append(f.Missing, "the sides of "+untold(a, b))
	case len(f.Shared) == 0 && !meet(a.Parties, b.Parties):
		return apart("other_parties")
	case len(f.Shared) == 0:
		return apart("other_bearer")
	case x.Who == "host" && len(without(sb.Parties, sa.Parties)) == 0:
		return apart("same_beneficiary")
	case atLarge(a, b, n, m) || r.inPassing(a, n, stance) || r.inPassing(b, m, p.other):
		return apart("trade_rule")
	case neitherMined(a, b, n, m):
		return apart("not_minerals")
	case strangers(a, b):
		if ground := x.within(na, nb); ground != "" {
			return apart(ground)
		}
	}
	if x.Minerals && apartFrom(minerals(n, a), minerals(m, b)) {
		return apart("other_minerals")
	}
	if apartFrom(n.places, m.places) && x.Minerals {
		return apart("other_place")
	}
	if over(a, b) {
		return apart("other_time")
	}
	if x.Holder && len(f.Missing) == 0 {
		ha, hb := holders(n, a, f.Shared), holders(m, b, f.Shared)
		if len(ha) > 0 && len(hb) > 0 && slices.Equal(ha, hb) {
			return apart("same_beneficiary")
		}
	}
	if a.carved(n, x) || b.carved(m, x) {
		return apart("carve_out")
	}
	if saved(a, b, n, m) {
		return apart("savings_clause")
	}
	if x.Differ {
		va, vb := n.valuesOf(stance), m.valuesOf(p.other)
		if len(va) == 0 || len(vb) == 0 || !n.only && !m.only {
			return Finding{}, false
		}
		if meet(va, vb) {
			return apart("same_value")
		}
	}
	if x.Sum > 0 {
		switch {
		case n.share == 0 || m.share == 0:
			f.Missing = append(f.Missing, "the share of output that one of them promises, and how much there is")
		case n.share+m.share <= x.Sum:
			return apart("adds_up")
		}
	}
	if n.open || m.open {
		f.Missing = append(f.Missing, "a schedule or annex that one of them refers to")
	}
	if len(f.Missing) > 0 {
		f.Answer = Undecided
		return f, true
	}
	soften(&f, n, m, a, b)
	return f, true
}

// soften lowers a conflict to a tension where one of the two does not bind, is only tried or allowed, or is known by its labels alone.
func soften(f *Finding, n, m *norm, a, b *Sheet) {
	weak := func(x *norm) bool {
		return x.modality == assay.Effort || x.modality == assay.Intention
	}
	if f.Answer == Collides && (weak(n) || weak(m) || worth(n, a) == "non_binding" || worth(m, b) == "non_binding" || n.words == "" || m.words == "" || n.byKind || m.byKind) {
		f.Answer = Tension
	}
}

// worth is the legal nature of what a norm says: that of its text, or binding where it is left out of the text's denial.
func worth(n *norm, t *Sheet) string {
	if n.alone && t.Legal == "non_binding" {
		return "binding"
	}
	return t.Legal
}

func (s *Side) fits(n *norm, t *Sheet) bool {
	legal := worth(n, t)
	return (len(s.Modality) == 0 || slices.Contains(s.Modality, n.modality)) && (len(s.Legal) == 0 || slices.Contains(s.Legal, legal) || t.Kind == KindLaw && slices.Contains(s.Legal, "law"))
}

// givers are who owes what a norm says: its bearers, the others where its bearers get, or all sides where it names none.
func givers(n *norm, s *Sheet, x *Rule, stance int) []string {
	if x.Who == "giver" && n.body && s.Kind != KindLaw {
		return nil
	}
	if x.Who != "giver" || len(n.bearer) == 0 {
		return s.Parties
	}
	if slices.Contains(n.taken, int32(stance)) {
		if others := without(s.Parties, n.bearer); len(others) > 0 {
			return others
		}
	}
	return n.bearer
}

func hosts(n *norm, s *Sheet) []string {
	if len(n.bearer) > 0 {
		return n.bearer
	}
	return s.Parties
}

func without(l, less []string) []string {
	return slices.DeleteFunc(slices.Clone(l), func(p string) bool { return slices.Contains(less, p) })
}

// holders are who gets: the other sides than those that both texts share.
func holders(n *norm, s *Sheet, shared []string) []string {
	out := without(s.Parties, shared)
	if len(out) == 0 {
		for _, p := range n.given {
			if !slices.Contains(out, p) && !slices.Contains(n.bearer, p) {
				out = append(out, p)
			}
		}
	}
	slices.Sort(out)
	return out
}

func minerals(n *norm, s *Sheet) []string {
	if len(n.minerals) > 0 {
		return n.minerals
	}
	return s.Minerals
}

// carved says whether the article of a norm has the rule's carve-out, or the norm itself leaves the matter to law.
func (s *Sheet) carved(n *norm, x *Rule) bool {
	return slices.Contains(s.carves[n.article()], int32(x.index))
}

// over says whether one text had ended before the other began.
func over(a, b *Sheet) bool {
	return a.Until != "" && b.From != "" && a.Until < b.From || b.Until != "" && a.From != "" && b.Until < a.From
}

func apartFrom(a, b []string) bool { return len(a) > 0 && len(b) > 0 && !meet(a, b) }

func meet(a, b []string) bool {
	return slices.ContainsFunc(a, func(x string) bool { return slices.Contains(b, x) })
}

func common(a, b []string) []string {
	out := []string{}
	for _, x := range a {
		if slices.Contains(b, x) && !slices.Contains(out, x) {
			out = append(out, x)
		}
	}
	return out
}

func untold(a, b *Sheet) string {
	if len(a.Parties) == 0 {
		return a.Title
	}
	return b.Title
}

// valuesOf are what a stance of it is set to.
func (x *mark) valuesOf(stance int) (out []string) {
	for _, v := range x.values {
		if int(v.stance) == stance {
			out = append(out, v.name)
		}
	}
	return out
}

func (s *Sheet) place(i int, stance string) Place {
	n := &s.norms[i]
	return Place{Document: s.ID, Path: s.Path, Title: s.Title, EID: n.eid, Start: n.start, End: n.end, Words: n.words, Modality: n.modality, Stance: stance}
}
