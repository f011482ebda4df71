package draftcheck

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

// topics sorts every topic into covered, weak or gap.
func (c *check) topics() {
	for _, t := range c.in.Library.Topics {
		if !c.asked(t) {
			continue
		}
		c.topic(t)
	}
	rank := func(g *Gap) int {
		r := slices.Index([]string{Exposed, Core, Project}, g.Priority) * 4
		return r + slices.Index([]string{Absent, Mentioned, Undecided}, g.Status)
	}
	slices.SortStableFunc(c.out.Gaps, func(a, b Gap) int { return rank(&a) - rank(&b) })
	slices.SortStableFunc(c.out.Weak, func(a, b Weak) int { return order(a) - order(b) })
	c.comparables()
}

func order(w Weak) int {
	n := 0
	if w.Yours {
		n += 2
	}
	if len(w.RaisedBy) == 0 {
		n++
	}
	return n
}

// asked says whether a topic is a matter of this text.
func (c *check) asked(t *practice.Topic) bool {
	switch t.When {
	case practice.WhenNonBinding:
		return c.bindIs != "binding"
	case practice.WhenStates:
		return c.an.Instrument.Kind != "contract"
	}
	return true
}

func (c *check) topic(t *practice.Topic) {
	treats := c.given(t, c.sub.treats[t])
	b := best(treats, c.an)
	if b != nil && b.force == forceFirm && (b.half || c.bracketed(b)) {
		p := *b
		p.force = forceDuty
		b = &p
	}
	raised := c.raised(t)
	covered, why := c.area(t)
	switch {
	case b == nil && covered && len(raised) == 0: // what speaks against a topic is of its area too
		c.gap(t, Undecided, why, treats, raised)
	case b == nil && len(treats) == 0:
		if c.undecided() {
			c.gap(t, Undecided, "No words of it were found, but much of this text was not read with confidence.", nil, raised)
			return
		}
		c.gap(t, Absent, "No provision of this text treats it.", nil, raised)
	case b == nil:
		c.gap(t, Mentioned, "It is named in "+c.whereMentioned(treats)+" only; no provision follows from that.", treats, raised)
	case b.force == forceNone:
		c.gap(t, Mentioned, "The text states something about it; nobody has to do anything.", treats, raised)
	case b.norm.Modality == assay.Undecided && b.force > forceNone:
		if alt := second(b.norm); alt == assay.Declaration || alt == assay.None {
			c.gap(t, Undecided, "The reader is not sure whether the words on it bind: they may only state something.", treats, raised)
			return
		}
		c.weak(t, b, treats, raised)
	case b.force == forceFirm && len(raised) == 0: // where the whole text does not bind, the summary says so once
		c.out.Summary.Covered = append(c.out.Summary.Covered, t.Code)
		c.out.Summary.CoveredAt[t.Code] = c.at(b)
	default:
		c.weak(t, b, treats, raised)
	}
}

func second(n *assay.Norm) assay.Modality {
	if len(n.Either) > 1 {
		return n.Either[1]
	}
	return ""
}

// undecided says whether so much was not read that absence proves little.
func (c *check) undecided() bool {
	n, all := 0, 0
	for i := range c.an.Provisions {
		p := &c.an.Provisions[i]
		all++
		if p.Unreadable != "" {
			n++
		}
	}
	return n*3 > all || primary(c.an.Language) == "zh" // the words of topics are in four languages
}

// area says whether the reading of policy areas takes the topic as covered, and how that is told.
func (c *check) area(t *practice.Topic) (bool, string) {
	for _, a := range c.an.Instrument.Areas {
		if !slices.Contains(t.Areas, a.Code) || len(a.Evidence) == 0 {
			continue
		}
		where := strings.Join(a.Evidence[:min(3, len(a.Evidence))], ", ")
		switch {
		case a.Covered == 1 && !a.Undecided:
			return true, "The policy area is read as covered (" + where + "), but no words were found that provide for this."
		case a.Undecided:
			return true, "The reader is not sure whether the policy area is covered (" + where + ")."
		}
	}
	return false, ""
}

// given leaves out what the chosen party alone gives, of topics that are what the other side gives.
func (c *check) given(t *practice.Topic, places []place) []place {
	if !t.Given || c.in.Party == "" {
		return places
	}
	return slices.DeleteFunc(slices.Clone(places), func(p place) bool {
		return p.norm != nil && len(p.norm.Bearer) == 1 && p.norm.Bearer[0] == c.in.Party
	})
}

// mayInclude is how a text lists what may come: nothing is taken on by that.
var mayInclude = regexp.MustCompile(`(?i)\b(may|might|could|can) include\b|\b(peuvent|pourra(ient|it)?) (inclure|comprendre)\b|\bpodrán? incluir\b|\bpoderão? incluir\b`)

// raised are the provisions that do what the topic guards against.
func (c *check) raised(t *practice.Topic) []Place {
	var own []place
	for _, p := range c.sub.against[t] {
		if p.own(c.an) && (p.force > forceHope || underWay(p.norm)) && !mayInclude.MatchString(c.rd.Text[p.norm.Start:p.norm.End]) {
			own = append(own, p)
		}
	}
	return c.atEach(own, 4)
}

// underWay says whether a norm tells what the sides are doing already: no promise, and done all the same.
func underWay(n *assay.Norm) bool {
	return slices.ContainsFunc(n.Rules, func(r string) bool { return strings.HasSuffix(r, "_ongoing") })
}

func (c *check) whereMentioned(places []place) string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for i := range places {
		p := &places[i]
		switch {
		case p.norm == nil && p.span.Start < c.rd.Provisions[p.prov].Body:
			add("a heading")
		case p.norm == nil:
			add("words that bind nobody")
		case p.norm.Part == "preamble" || c.rd.Provisions[p.prov].Kind == text.KindCover:
			add("the preamble")
		case p.norm.Part == "definition":
			add("a definition")
		default:
			add("words that bind nobody")
		}
	}
	return enumerate(out)
}

func (c *check) gap(t *practice.Topic, status, why string, places []place, raised []Place) {
	g := Gap{Topic: t.Code, Label: t.Label["en"], Status: status, Why: why, Matters: t.Why, Priority: Core, Places: c.atEach(places, 4), RaisedBy: raised,
		Wording: c.wording(t, practice.Firm), Guidance: c.guidance(t), Partner: c.partner(t)}
	switch {
	case len(raised) > 0:
		g.Priority = Exposed
	case t.Project && c.an.Instrument.Kind != "contract":
		g.Priority = Project
	}
	c.out.Gaps = append(c.out.Gaps, g)
}

func (c *check) wording(t *practice.Topic, strength string) Wording {
	w := t.Wordings[strength]
	return Wording{strength, c.lang, w.Text[c.lang], w.Obtains}
}

func (c *check) guidance(t *practice.Topic) []Source {
	out := []Source{}
	for _, g := range c.in.Library.GuidanceOf(t) {
		out = append(out, Source{g.Title, g.Publisher, g.Link})
	}
	return out
}

func (c *check) weak(t *practice.Topic, b *place, treats []place, raised []Place) {
	w := Weak{Topic: t.Code, Label: t.Label["en"], Place: c.at(b), Others: []Place{}, Firmer: []Wording{}, Partner: c.partner(t), RaisedBy: raised}
	w.Why = c.whyWeak(b)
	w.Words = c.explain(b, w.Why)
	if len(raised) > 0 {
		w.Why = append(w.Why, "against")
		w.Words = strings.TrimSpace(w.Words + " Other words of the draft do what this guards against: one takes from the other.")
	}
	w.Yours = c.in.Party != "" && len(b.norm.Bearer) == 1 && b.norm.Bearer[0] == c.in.Party
	var others []place
	for i := range treats {
		if p := &treats[i]; p.own(c.an) && p.norm != b.norm && p.force < forceFirm && p.force > forceNone {
			others = append(others, *p)
		}
	}
	w.Others = c.atEach(others, 5)
	switch {
	case b.force == forceFirm: // its words are firm: what stands against them is the matter
	case b.force >= forceEffort:
		w.Firmer = append(w.Firmer, c.wording(t, practice.Firm))
	default:
		w.Firmer = append(w.Firmer, c.wording(t, practice.Medium), c.wording(t, practice.Firm))
	}
	c.out.Weak = append(c.out.Weak, w)
}

// bracketed says whether words of a clause are not agreed yet.
func (c *check) bracketed(b *place) bool {
	open := strings.IndexByte(c.rd.Text[b.norm.Start:b.norm.End], '[')
	return open >= 0 && strings.IndexByte(c.rd.Text[b.norm.Start+open:b.norm.End], ']') > 3
}

// whyWeak lists what keeps the words from being firm.
func (c *check) whyWeak(b *place) []string {
	var out []string
	n := b.norm
	switch n.Best() {
	case assay.Obligation, assay.Prohibition:
		if !n.Precise {
			out = append(out, "vague")
		}
	case assay.Aspiration:
		out = append(out, "hope")
	default:
		out = append(out, string(n.Best()))
	}
	if n.Modality == assay.Undecided {
		out = append(out, "undecided")
	}
	if b.half {
		out = append(out, "half")
	}
	if c.bracketed(b) {
		out = append(out, "brackets")
	}
	for _, q := range n.Qualifiers {
		if slices.Contains(bending, q) && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	if c.bindIs == "non_binding" && !c.an.Instrument.LegalNature.Excepts(c.an.Provisions[b.prov].EID) {
		out = append(out, "non_binding")
	}
	return out
}

var reasons = map[string]string{
	"vague":              "it names no act, figure, date or standard by which one could tell whether it was done",
	"hope":               "it hopes or encourages",
	"intention":          "it says what is planned and binds nobody to it",
	"permission":         "it allows and does not oblige",
	"right":              "it gives a right without a duty on the other side that is spelt out",
	"effort":             "it obliges only to try",
	"as_appropriate":     "whoever bears it decides when it is appropriate",
	"to_extent_possible": "it holds only as far as possible",
	"if_possible":        "it holds only where possible",
	"discretion":         "it leaves the decision to whoever bears it",
	"best_endeavours":    "it obliges only to best endeavours",
	"subject_to_funds":   "it holds only as far as there is money",
	"non_binding":        "the text as a whole does not bind in law",
	"half":               "it has steps and dates, or reports, but not both: what has no date cannot be late, and of what is not reported nobody learns",
	"brackets":           "its words still stand in square brackets: they are not agreed",
	"undecided":          "the reader is not sure of its force",
}

func (c *check) explain(b *place, why []string) string {
	var out []string
	for _, w := range why {
		if r := reasons[w]; r != "" {
			out = append(out, r)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return sentence(strings.Join(out, "; ")) + "."
}
