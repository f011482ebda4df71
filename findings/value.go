package findings

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// withArea says whether a record names one of some areas of cooperation; silent where it names none at all.
func withArea(g *ground, r *registry.Record, areas ...string) string {
	vs := g.values(r, "area")
	switch {
	case has(vs, areas):
		return "yes"
	case len(vs) > 0:
		return "no"
	}
	return "silent"
}

func valueAsked(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string { return withArea(g, r, "value_addition") })
}

// beyond are the stages past the concentrate.
var beyond = []string{"refine", "precursor", "component", "recycle"}

func stageNamed(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		part := "silent"
		for _, s := range r.Slots("mineral_stage") {
			if !g.slot(s) {
				continue
			}
			if _, stage, ok := s.Shown.Value.MineralStage(); ok && slices.Contains(beyond, stage) {
				part = "beyond"
			} else if part == "silent" {
				part = "upstream"
			}
		}
		return part
	})
}

// read makes a case of each instrument: silent where none of its texts was read, else what of says of the readings.
func read(of func(rds []*reading, c *Case, g *ground) string) counter {
	return func(n *run) []Case {
		return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
			rds := n.readingsOf(r, g)
			if len(rds) == 0 {
				return "silent"
			}
			return of(rds, c, g)
		})
	}
}

// ladder is the highest step of a ladder of 0 to 5 that any text reaches.
func ladder(of func(*reading) (level int, spans []Span)) counter {
	steps := []string{"step_0", "step_1", "step_2", "step_3", "step_4", "step_5"}
	return read(func(rds []*reading, c *Case, g *ground) string {
		best := -1
		for _, rd := range rds {
			if level, spans := of(rd); level > best {
				best = level
				g.spans = spans
			}
		}
		c.Value = number(float64(best), 0)
		return steps[min(max(best, 0), 5)]
	})
}

func valueLadder(n *run) []Case {
	return ladder(func(rd *reading) (int, []Span) { return rd.value.Level, rd.basis(rd.value) })(n)
}

// reaches says whether the texts have something of a kind, and where.
func reaches(of func(*reading) []Span) counter {
	return read(func(rds []*reading, c *Case, g *ground) string {
		for _, rd := range rds {
			if sp := of(rd); len(sp) > 0 {
				g.spans = append(g.spans, sp[:min(len(sp), mostSpans)]...)
			}
		}
		if len(g.spans) > 0 {
			return "yes"
		}
		return "no"
	})
}

// The areas of cooperation that give access to minerals, and those that give something for it.
var (
	accessAreas = []string{"offtake", "supply_chain", "exploration", "stockpiling", "export_restrictions"}
	returnAreas = []string{"value_addition", "technology_transfer", "skills", "infrastructure", "market_access", "finance"}
)

func reciprocity(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		vs := g.values(r, "area")
		access, back := has(vs, accessAreas), has(vs, returnAreas)
		switch {
		case len(vs) == 0:
			return "silent"
		case access && back:
			return "both"
		case access:
			return "access"
		case back:
			return "return"
		}
		return "neither"
	})
}

// balance is reciprocity as read in texts.
var balance = read(func(rds []*reading, c *Case, g *ground) string {
	var access, back []Span
	for _, rd := range rds {
		access = append(access, rd.access...)
		back = append(back, rd.returns...)
	}
	g.spans = slices.Concat(access[:min(len(access), mostSpans)], back[:min(len(back), mostSpans)])
	switch {
	case len(access) > 0 && len(back) > 0:
		return "both"
	case len(access) > 0:
		return "access"
	case len(back) > 0:
		return "return"
	}
	return "neither"
})
