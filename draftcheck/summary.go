package draftcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
)

// categories of a balance as people say them.
var categories = map[string]string{
	"access": "access to minerals", "offtake": "offtake", "exclusivity": "exclusive or first rights", "tax_relief": "tax relief", "price_support": "price support", "processing": "processing",
	"finance": "finance", "market_access": "market access", "technology": "technology", "jobs": "jobs and training", "infrastructure": "infrastructure", "security": "security", "purchases": "purchases",
	"alignment": "alignment with the other side's measures", "policy_space": "room for its own policy", "regulation": "regulation", "intellectual_property": "intellectual property", "labour_environment": "labour and environment",
	"information": "information", "confidentiality": "confidentiality",
}

// Category is a category of a balance as people say it.
func Category(code string) string {
	if s := categories[code]; s != "" {
		return s
	}
	return plain(code)
}

// firmStrengths are strengths of a balance that bind in law.
var firmStrengths = []string{"binding", "qualified"}

// summarise writes the one-page summaries: plain sentences, each resting on a list of the report.
func (c *check) summarise() {
	s := &c.out.Summary
	if c.in.Earlier == nil {
		s.NotLookedAt = append(s.NotLookedAt, "an earlier draft (none was given)")
	}
	if c.in.Party == "" {
		s.NotLookedAt = append(s.NotLookedAt, "what the other side accepted elsewhere, and what the party already owes (no party was chosen)")
	}
	s.Minister = c.minister()
	s.Committee = c.committee()
}

func (c *check) what() string {
	s := &c.out.Summary
	who := ""
	switch {
	case len(s.Parties) == 1:
		who = " with " + c.names(s.Parties) + " as a side"
	case len(s.Parties) > 1:
		who = " between " + c.names(s.Parties)
	}
	kind := plain(s.Kind)
	if kind == "unknown" {
		kind = "text"
	}
	article := "a"
	if strings.ContainsRune("aeio", rune(kind[0])) {
		article = "an"
	}
	return fmt.Sprintf("The draft is %s %s%s. %s", article, kind, who, c.force1())
}

func (c *check) force1() string {
	n := c.out.Summary.LegalNature
	switch {
	case n.Stated == "binding":
		return "It says that it binds in law."
	case n.Stated == "non_binding" && n.ExceptUnclear:
		return "It says that it does not bind in law, and leaves something out of that which was not found in it: read that clause; what it leaves out binds as its words say."
	case len(n.Except) > 0 && n.Stated == "non_binding":
		return "It says that it does not bind in law, except " + c.places(n.Except) + ": what stands there binds as its words say."
	case len(n.Except) > 0:
		return "It says that " + c.places(n.Except) + " " + verb(len(n.Except)) + " in law, and nothing of the rest."
	case n.Stated == "non_binding":
		return "It says that it does not bind in law: nothing in it can be enforced, whatever its words."
	case n.Inferred == "binding":
		return "It does not say whether it binds; by its form it would bind in law."
	case n.Inferred == "non_binding":
		return "It does not say whether it binds; by its form it would not bind in law."
	}
	return "It does not say whether it binds in law, and its form does not tell either."
}

// places names provisions as the draft numbers them, else by their eIds.
func (c *check) places(eids []string) string {
	var out []string
	for _, eid := range eids {
		name := eid
		for i := range c.rd.Provisions {
			if p := &c.rd.Provisions[i]; p.EID == eid && p.Num != "" {
				name = strings.TrimRight(p.Num, ". ")
				if p.Heading != "" {
					name += " (" + p.Heading + ")"
				}
			}
		}
		out = append(out, name)
	}
	if n := len(out); n > 1 {
		return strings.Join(out[:n-1], ", ") + " and " + out[n-1]
	}
	return strings.Join(out, "")
}

func verb(n int) string {
	if n == 1 {
		return "binds"
	}
	return "bind"
}

// account counts what the chosen party gives and gets in one direction, firmly and otherwise, by category.
func (c *check) account(dir string) (firm, soft int, firmWhat []string) {
	for _, e := range c.out.Balance {
		if e.For != dir {
			continue
		}
		if slices.Contains(firmStrengths, e.Strength) {
			firm++
			if w := Category(e.Category); !slices.Contains(firmWhat, w) {
				firmWhat = append(firmWhat, w)
			}
		} else {
			soft++
		}
	}
	return
}

func (c *check) give() string {
	if c.in.Party == "" {
		return "No party was chosen, so this report does not say what is given and got by whom; the balance lists every side."
	}
	gf, gs, gw := c.account("gives")
	tf, ts, tw := c.account("gets")
	both, softBoth, _ := c.account("both")
	me := c.name(c.in.Party)
	if gf+gs+tf+ts == 0 && both+softBoth > 0 {
		return fmt.Sprintf("Nothing in it is owed by one side alone: %s by both alike, %d of them in words that bind. A count of wordings, not of worth.", count(both+softBoth, "thing is given", "things are given"), both)
	}
	if gf+gs+tf+ts+both+softBoth == 0 {
		return "The reader found nothing in the text that one side gives the other."
	}
	part := func(verb string, f, s int, w []string) string {
		out := fmt.Sprintf("%s %s %s in words that bind", me, verb, count(f, "thing", "things"))
		if len(w) > 0 {
			out += " (" + enumerate(w) + ")"
		}
		return out + fmt.Sprintf(" and %s in words that do not", count(s, "thing", "things"))
	}
	return part("gives alone", gf, gs, gw) + "; " + part("gets alone", tf, ts, tw) + fmt.Sprintf("; %s are given by both. A count of wordings, not of worth.", count(both+softBoth, "thing", "things"))
}

// pressing are the topics that a summary names first.
var pressing = []string{"text_disclosure", "parliament_role", "value_addition", "benefit_sharing", "market_access", "skills_transfer", "financing_disclosure", "collateral_limits", "milestones",
	"environmental_conditions", "human_rights", "fpic", "right_to_regulate", "dispute_settlement", "exit", "review", "monitoring_body", "contract_disclosure", "technology_transfer", "co_investment"}

// labels names gaps, the most pressing first, and says how many more there are.
func labels(all []Gap, n int, keep func(*Gap) bool) (out []string, more int) {
	gaps := slices.Clone(all)
	rank := func(g *Gap) int {
		if i := slices.Index(pressing, g.Topic); i >= 0 {
			return i
		}
		return len(pressing)
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int { return rank(&a) - rank(&b) })
	for i := range gaps {
		if !keep(&gaps[i]) {
			continue
		}
		if len(out) < n {
			out = append(out, gaps[i].Label)
		} else {
			more++
		}
	}
	return
}

func joined(l []string, more int) string {
	for i := range l {
		if i > 0 {
			l[i] = lowerFirst(l[i])
		}
	}
	if more > 0 {
		return strings.Join(l, ", ") + fmt.Sprintf(" and %d more", more)
	}
	return enumerate(l)
}

func lowerFirst(s string) string {
	if len(s) > 1 && (s[1] >= 'a' && s[1] <= 'z' || s[1] == ' ') {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

func (c *check) minister() []string {
	r := c.out
	out := []string{c.what()}
	if r.Summary.Status == Doubtful {
		out = append(out, r.Summary.Words)
	}
	out = append(out, c.give())
	if l, more := labels(r.Gaps, 6, func(g *Gap) bool { return g.Priority == Exposed && g.Status != Undecided }); len(l) > 0 {
		out = append(out, "It does what good practice guards against, without a safeguard on: "+joined(l, more)+".")
	}
	if l, more := labels(r.Gaps, 8, func(g *Gap) bool { return g.Priority == Core && g.Status == Absent }); len(l) > 0 {
		out = append(out, "It says nothing on: "+joined(l, more)+".")
	}
	if l, more := labels(r.Gaps, 6, func(g *Gap) bool { return g.Status == Mentioned && g.Priority != Exposed }); len(l) > 0 {
		out = append(out, "It names without providing for it: "+joined(l, more)+".")
	}
	if n := len(r.Weak); n > 0 {
		var l []string
		for _, w := range r.Weak[:min(6, n)] {
			l = append(l, w.Label)
		}
		out = append(out, fmt.Sprintf("Worded less firmly than it could be: %s.", joined(l, max(0, n-6))))
	}
	if w := c.accepted(); w != "" {
		out = append(out, w)
	}
	if n := looked(r.Conflicts); n > 0 {
		out = append(out, fmt.Sprintf("%s with what %s already owes; see the conflicts.", count(n, "point collides or may collide", "points collide or may collide"), c.name(c.in.Party)))
	}
	if n := len(r.Open); n > 0 {
		out = append(out, fmt.Sprintf("Not finished: %s (%s).", count(n, "place", "places"), c.openKinds()))
	}
	if l := changedForce(r.Changes); len(r.Changes) > 0 {
		out = append(out, fmt.Sprintf("Since the earlier draft %s, %d of them in what binds.", count(len(r.Changes), "provision changed", "provisions changed"), len(l)))
	}
	return append(out, "This was read by machine from the draft's words. It does not say whether to sign.")
}

// accepted names what the other sides took on elsewhere and this draft lacks: an argument at the table.
func (c *check) accepted() string {
	type item struct {
		label string
		p     Partner
	}
	var all []item
	for _, g := range c.out.Gaps {
		for _, p := range g.Partner {
			if p.Accepted > 0 && g.Status == Absent {
				all = append(all, item{g.Label, p})
			}
		}
	}
	for _, w := range c.out.Weak {
		for _, p := range w.Partner {
			if p.Accepted > 0 && !w.Yours {
				all = append(all, item{w.Label, p})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b item) int { return b.p.Accepted*a.p.Of - a.p.Accepted*b.p.Of })
	var l []string
	for _, x := range all[:min(4, len(all))] {
		l = append(l, fmt.Sprintf("%s, on %s, in %d of %d", x.p.Name, lowerFirst(x.label), x.p.Accepted, x.p.Of))
	}
	if len(l) == 0 {
		return ""
	}
	return "Duties that the other side accepted in texts that are here: " + enumerate(l) + "."
}

func looked(l []Beside) (n int) {
	for _, x := range l {
		if x.Kind != NotLookedAt {
			n++
		}
	}
	return
}

func (c *check) openKinds() string {
	n := map[string]int{}
	var order []string
	for _, o := range c.out.Open {
		if n[o.Kind] == 0 {
			order = append(order, o.Kind)
		}
		n[o.Kind]++
	}
	for i, k := range order {
		order[i] = plain(k)
		if n[k] > 1 {
			order[i] += fmt.Sprintf(" %d", n[k])
		}
	}
	return strings.Join(order, ", ")
}

func (c *check) committee() []string {
	r := c.out
	out := []string{c.what()}
	has := func(code string) string {
		if slices.Contains(r.Summary.Covered, code) {
			return "provided for"
		}
		for _, w := range r.Weak {
			if w.Topic == code {
				return "provided for in weak words (" + w.EID + ")"
			}
		}
		for _, g := range r.Gaps {
			if g.Topic == code {
				return map[string]string{Absent: "not provided for", Mentioned: "named only", Undecided: "undecided by the reader"}[g.Status]
			}
		}
		return "not asked of such a text"
	}
	for _, x := range []struct{ code, ask string }{
		{"parliament_role", "A role for parliament is %s."}, {"text_disclosure", "Publication of the text is %s."}, {"confidentiality_limits", "A limit of confidentiality is %s."},
		{"comment_window", "Public comment is %s."}, {"financing_disclosure", "Publication of financing terms is %s."}, {"collateral_limits", "A limit of debt and collateral is %s."},
		{"milestones", "Dated milestones with reports are %s."}, {"review", "A review is %s."}, {"exit", "A way out is %s."}} {
		out = append(out, fmt.Sprintf(x.ask, has(x.code)))
	}
	own, dated, duties := 0, 0, 0
	for _, m := range c.an.Commitments {
		if m.What != nil && within(c.quoted, *m.What) {
			continue // of another text
		}
		own++
		if m.Modality == assay.Obligation {
			duties++
		}
		if m.Deadline != nil {
			dated++
		}
	}
	out = append(out, fmt.Sprintf("%s could be followed up, %d of them duties and %d with a date or period.", count(own, "commitment", "commitments"), duties, dated))
	if l, more := labels(r.Gaps, 6, func(g *Gap) bool { return g.Priority == Exposed && g.Status != Undecided }); len(l) > 0 {
		out = append(out, "A question to the government: why is there no safeguard on "+lowerFirst(joined(l, more))+"?")
	}
	if n := len(r.Overlaps); n > 0 {
		out = append(out, fmt.Sprintf("%s its words or its subject; how do they fit together?", count(n, "other text or talks shares", "other texts or talks share")))
	}
	return append(out, "This was read by machine from the draft's words; each sentence can be followed to its place in the full report.")
}
