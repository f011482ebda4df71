package findings

import (
	"maps"
	"slices"

	"github.com/openassay/assay/registry"
)

// standardAreas are the areas of cooperation that are about standards.
var standardAreas = []string{"esg_standards", "traceability", "labour"}

func standardsMentioned(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string { return withArea(g, r, standardAreas...) })
}

func socialLadder(n *run) []Case {
	return ladder(func(rd *reading) (int, []Span) { return rd.social.Level, rd.basis(rd.social) })(n)
}

// gap tells how far environmental and social matters get in the texts that were read.
var gap = read(func(rds []*reading, c *Case, g *ground) string {
	var s strength
	for _, rd := range rds {
		s = s.join(rd.socialNorms)
	}
	g.spans = s.spans()
	return []string{"absent", "mentioned", "referenced", "obliged", "enforceable"}[s.level()]
})

// enforcers tells who may enforce what is enforceable of them.
var enforcers = read(func(rds []*reading, c *Case, g *ground) string {
	var s strength
	for _, rd := range rds {
		s = s.join(rd.socialNorms)
	}
	if s.level() < 4 {
		g.spans = s.spans()
		return "nobody"
	}
	g.spans = s.spans()
	switch {
	case slices.Contains(s.enforcers, "investor_state"), slices.Contains(s.enforcers, "arbitration"), slices.Contains(s.enforcers, "court"):
		return "third"
	case slices.Contains(s.enforcers, "body"):
		return "body"
	case slices.Contains(s.enforcers, "state_state"), slices.Contains(s.enforcers, "parties"):
		return "sides"
	}
	return "unsaid"
})

// eachStandard has a case for each standard that a text names, with how far it got there.
func eachStandard(n *run) []Case {
	var out []Case
	for _, r := range n.instruments {
		found := map[string]strength{}
		for _, rd := range n.readingsOf(r, nil) {
			for code, s := range rd.standards {
				found[code] = found[code].join(s)
			}
		}
		for _, code := range slices.Sorted(maps.Keys(found)) {
			out = n.one(out, r, code, func(r *registry.Record, c *Case, g *ground) string {
				n.readingsOf(r, g)
				g.spans = found[code].spans()
				return []string{"absent", "mentioned", "referenced", "obliged", "enforceable"}[found[code].level()]
			})
		}
	}
	return out
}

// counters are what the definitions' indicators are counted by.
var counters = map[string]counter{
	"transparency.text":      textKnown,
	"transparency.talks":     talksKnown,
	"transparency.mandate":   mandateKnown,
	"transparency.draft":     draftKnown,
	"transparency.index":     disclosureIndex,
	"transparency.lag":       lag,
	"transparency.asymmetry": asymmetry,

	"oversight.approval":       approval,
	"oversight.approval_stage": approvalStage,
	"oversight.notice":         notice,
	"oversight.consultation":   consultation,
	"oversight.intervention":   intervention,
	"oversight.assessment":     assessment,
	"oversight.lead":           lead,

	"competition.sought":           sought,
	"competition.suitors":          suitors,
	"competition.links":            links,
	"competition.hhi_production":   hhi("production"),
	"competition.hhi_reserves":     hhi("reserves"),
	"competition.share_production": leverage("production"),
	"competition.share_reserves":   leverage("reserves"),
	"competition.entrants":         entrants,
	"competition.parallel":         parallel,

	"value_addition.asked":       valueAsked,
	"value_addition.stage":       stageNamed,
	"value_addition.ladder":      valueLadder,
	"value_addition.committed":   reaches(func(rd *reading) []Span { return rd.valueNorms.obliged }),
	"value_addition.measurable":  reaches(func(rd *reading) []Span { return rd.valueNorms.measurable }),
	"value_addition.binding":     reaches(func(rd *reading) []Span { return rd.valueNorms.enforceable }),
	"value_addition.reciprocity": reciprocity,
	"value_addition.balance":     balance,

	"non_binding.nature":     natureKnown,
	"non_binding.form":       form,
	"non_binding.stated":     nature("stated"),
	"non_binding.read":       natureRead,
	"non_binding.inferred":   nature("inferred"),
	"non_binding.afterwards": afterwards,
	"non_binding.overlaps":   overlaps,

	"bundling.tied":     tied,
	"bundling.combined": combined,
	"bundling.packages": packages,
	"bundling.terms":    termsKnown,
	"bundling.debt":     debt,

	"standards.mentioned": standardsMentioned,
	"standards.ladder":    socialLadder,
	"standards.gap":       gap,
	"standards.each":      eachStandard,
	"standards.enforcers": enforcers,
}
