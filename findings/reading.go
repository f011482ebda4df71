package findings

import (
	"slices"
	"strconv"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
)

// reading is what findings need of an analysis of one text.
type reading struct {
	document registry.RecordID
	nature   assay.Nature
	evidence []Span // of the legal nature

	value, social   assay.Ladder
	valueNorms      strength            // norms about value added in the country
	socialNorms     strength            // norms about people and environment
	standards       map[string]strength // by class of rules/standard.yaml
	returns, access []Span              // what the text gives the side that has the mineral, and what it gives the other
	binds           bool                // in law, as read: stated before inferred
	at              map[string][2]int   // bytes of every provision
	checks          ground              // what people said of the reading, which counts in the place of the machine's word
}

// strength is where something stands in a text, from the weakest place to the strongest.
type strength struct {
	mentioned, referenced, obliged, measurable, enforceable []Span
	enforcers                                               []string
}

// level is how far a thing got: 0 not there, 1 mentioned, 2 referenced in what the sides plan or owe, 3 obliged, 4 enforceable.
func (s strength) level() int {
	switch {
	case len(s.enforceable) > 0:
		return 4
	case len(s.obliged) > 0:
		return 3
	case len(s.referenced) > 0:
		return 2
	case len(s.mentioned) > 0:
		return 1
	}
	return 0
}

// spans are the places of the level that was reached.
func (s strength) spans() []Span {
	for _, x := range [][]Span{s.enforceable, s.obliged, s.referenced, s.mentioned} {
		if len(x) > 0 {
			return x[:min(len(x), mostSpans)]
		}
	}
	return nil
}

// mostSpans is how many places of one text a case names; more prove nothing more.
const mostSpans = 6

// ownTexts are the kinds of documents that hold an instrument's own words.
var ownTexts = []string{"final", "redacted", "annex", "roadmap"}

// readingsOf are the readings of the texts of an instrument: its final, redacted or leaked text, annexes and roadmaps; a statement only where the
// instrument is one. What was read counts with the claims that tie the document to the instrument and to its analysis.
func (n *run) readingsOf(r *registry.Record, g *ground) []*reading {
	var out []*reading
	own := ownTexts
	if r.String("type") == "joint_statement" {
		own = append(slices.Clone(own), "statement")
	}
	for _, doc := range n.v.Referring(r.ID, registry.KindDocument, "instrument") {
		if !slices.Contains(own, doc.String("document_type")) {
			continue
		}
		rd := n.reading(doc)
		if rd == nil {
			continue
		}
		for _, s := range doc.Slots("instrument") {
			if s.Shown != nil && n.v.Resolve(registry.RecordID(s.Shown.Value.Raw)) == r.ID {
				g.claim(s.Shown)
			}
		}
		g.value(doc, "document_type", "")
		g.value(doc, "analysis", "")
		if g != nil {
			for _, id := range rd.checks.claims {
				g.add(id)
			}
		}
		g.meets(doc.ID)
		out = append(out, rd)
	}
	return out
}

// reading is the reading of a document; nil where there is none, or the language is not served.
func (n *run) reading(doc *registry.Record) *reading {
	if rd, ok := n.readings[doc.ID]; ok {
		return rd
	}
	var rd *reading
	if doc.String("analysis") != "" {
		a, err := n.texts.Analysis(doc.ID)
		if err != nil && n.failed == nil {
			n.failed = err
		}
		if a != nil && a.Unsupported == "" {
			rd = digest(doc, a)
		}
	}
	n.readings[doc.ID] = rd
	return rd
}

var (
	valueTopic  = []string{"local_value_addition"}
	socialTopic = []string{"esg_standards", "human_rights_consultation"}
	// returnOf and accessOf are the categories of a balance that mostly serve the side that has the mineral, and those that serve the one that wants it.
	returnOf = []string{"processing", "technology", "jobs", "infrastructure", "finance", "market_access", "policy_space"}
	accessOf = []string{"access", "offtake", "exclusivity", "tax_relief"}
)

// areaChecks are the codes by which people say what a text does in a policy area, as covered and enforceability.
var areaChecks = map[string][2]int{"absent": {0, 0}, "not_enforceable": {1, 0}, "excluded": {1, 1}, "enforceable": {1, 2}}

// checkedNorm is people's word on a norm; "" where nobody said anything of these bytes.
func (rd *reading) checkedNorm(said map[string]*registry.Slot, eid string, n *assay.Norm) assay.Modality {
	s := said[eid+"@"+strconv.Itoa(n.Start)+"-"+strconv.Itoa(n.End)]
	if s == nil {
		return ""
	}
	rd.checks.claim(s.Shown)
	return assay.Modality(s.Shown.Value.Raw)
}

// digest keeps what is needed of an analysis, with people's word on sentences and areas in the place of the machine's.
func digest(record *registry.Record, a *assay.Analysis) *reading {
	doc := record.ID
	said := map[string]*registry.Slot{} // by the norm's provision and bytes
	for _, s := range record.Slots("norm_check") {
		if at, _, ok := cutLast(s.Key, "."); ok && s.Shown != nil {
			said[at] = s
		}
	}
	rd := &reading{document: doc, nature: a.Instrument.LegalNature, value: a.Instrument.Ladders.ValueAddition, social: a.Instrument.Ladders.EnvironmentalSocial,
		standards: map[string]strength{}, at: map[string][2]int{}}
	switch nat := a.Instrument.LegalNature; {
	case nat.Stated == "binding", nat.Stated == "none" && nat.Inferred == "binding":
		rd.binds = true
	}
	for _, e := range a.Instrument.LegalNature.Evidence {
		rd.evidence = append(rd.evidence, Span{doc, e.EID, e.Rule, e.Start, e.End})
	}
	shutOut := map[string]bool{} // provisions of areas that are enforceable but excluded from the settlement of disputes
	enforcers := map[string][]string{}
	for _, area := range a.Instrument.Areas {
		if s := record.Slot("area_check", area.Code); s != nil && s.Shown != nil {
			if c, ok := areaChecks[s.Shown.Value.Raw]; ok {
				rd.checks.claim(s.Shown)
				area.Covered, area.Enforceability = c[0], c[1]
			}
		}
		for _, eid := range area.Evidence {
			shutOut[eid] = shutOut[eid] || area.Enforceability == 1
			if area.Enforceability == 2 {
				enforcers[eid] = area.Enforcers
			}
		}
	}
	for i := range a.Provisions {
		p := &a.Provisions[i]
		rd.at[p.EID] = [2]int{p.Start, p.End}
		for k := range p.Norms {
			norm := p.Norms[k] // a copy: the analysis belongs to others
			if m := rd.checkedNorm(said, p.EID, &norm); m != "" {
				norm.Modality, norm.Either = m, nil
			}
			sp := Span{Document: doc, EID: p.EID, Start: norm.Start, End: norm.End}
			if len(norm.Rules) > 0 {
				sp.Rule = norm.Rules[0]
			}
			put := func(s strength) strength { return s.put(&norm, sp, rd.binds && !shutOut[p.EID], enforcers[p.EID]) }
			topics := norm.Topics
			if len(topics) == 0 && norm.Part != "preamble" {
				topics = p.Topics
			}
			if has(topics, valueTopic) && norm.Modality != assay.Prohibition {
				rd.valueNorms = put(rd.valueNorms)
			}
			if has(topics, socialTopic) || len(norm.Standards) > 0 {
				rd.socialNorms = put(rd.socialNorms)
			}
			for _, c := range norm.Standards {
				rd.standards[c] = put(rd.standards[c])
			}
		}
	}
	if a.Balance != nil {
		for _, it := range a.Balance.Items {
			sp := Span{doc, it.EID, it.Rule, it.Start, it.End}
			if slices.Contains(returnOf, it.Category) {
				rd.returns = append(rd.returns, sp)
			}
			if slices.Contains(accessOf, it.Category) {
				rd.access = append(rd.access, sp)
			}
		}
	}
	return rd
}

// cutLast is strings.Cut at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func has(xs, want []string) bool {
	return slices.ContainsFunc(xs, func(x string) bool { return slices.Contains(want, x) })
}

// put adds a norm where it belongs. Enforceable is a precise duty or ban without a qualifier in a text that binds and whose settlement of disputes
// covers it.
func (s strength) put(n *assay.Norm, sp Span, enforceable bool, by []string) strength {
	s.mentioned = append(s.mentioned, sp)
	m := n.Best()
	if n.Part == "preamble" || m == assay.None || m == assay.Declaration || m == assay.Aspiration {
		return s
	}
	s.referenced = append(s.referenced, sp)
	if m != assay.Obligation && m != assay.Prohibition || n.Modality == assay.Undecided {
		return s
	}
	s.obliged = append(s.obliged, sp)
	if n.Precise || n.Deadline != nil || n.Quantity != nil {
		s.measurable = append(s.measurable, sp)
	}
	if n.Precise && len(n.Qualifiers) == 0 && enforceable {
		s.enforceable = append(s.enforceable, sp)
		for _, e := range by {
			if !slices.Contains(s.enforcers, e) {
				s.enforcers = append(s.enforcers, e)
			}
		}
	}
	return s
}

// join puts the strengths of several texts together.
func (s strength) join(o strength) strength {
	s.mentioned = slices.Concat(s.mentioned, o.mentioned)
	s.referenced = slices.Concat(s.referenced, o.referenced)
	s.obliged = slices.Concat(s.obliged, o.obliged)
	s.measurable = slices.Concat(s.measurable, o.measurable)
	s.enforceable = slices.Concat(s.enforceable, o.enforceable)
	for _, e := range o.enforcers {
		if !slices.Contains(s.enforcers, e) {
			s.enforcers = append(s.enforcers, e)
		}
	}
	return s
}

// basis are the provisions that a ladder rests on; the rule is why they do.
func (rd *reading) basis(l assay.Ladder) []Span {
	var out []Span
	for _, eid := range l.Basis[:min(len(l.Basis), mostSpans)] {
		at := rd.at[eid]
		out = append(out, Span{Document: rd.document, EID: eid, Rule: l.Why, Start: at[0], End: at[1]})
	}
	return out
}
