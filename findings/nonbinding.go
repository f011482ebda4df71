package findings

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// Forms of instruments that are mostly not made to bind, and those that are. The others may be either.
var (
	softForms = []string{"mou", "declaration_of_intent", "joint_statement", "letter", "roadmap", "terms_of_reference", "nda"}
	hardForms = []string{"treaty", "fta", "investment_treaty", "contract", "finance_agreement"}
)

func form(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		switch t := g.value(r, "type", ""); {
		case slices.Contains(softForms, t):
			return "soft"
		case slices.Contains(hardForms, t):
			return "hard"
		case t != "":
			return "either"
		}
		return "silent"
	})
}

// nature is the legal nature on one basis.
func nature(basis string) counter {
	return func(n *run) []Case {
		return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
			switch v := g.value(r, "legal_nature", basis); v {
			case "binding", "non_binding", "mixed":
				return v
			case "":
				return "silent"
			}
			return "undecided"
		})
	}
}

// natureRead is the form of words, from claims, else from the readings of texts; the readings give the places.
func natureRead(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		v := g.value(r, "legal_nature", "read")
		for _, rd := range n.readingsOf(r, g) {
			g.spans = append(g.spans, rd.evidence[:min(len(rd.evidence), mostSpans)]...)
			if v == "" {
				v = rd.nature.Read
			}
		}
		switch v {
		case "treaty_form", "binding":
			return "treaty_form"
		case "mou_form", "non_binding":
			return "mou_form"
		case "mixed":
			return "mixed"
		case "":
			return "silent"
		}
		return "undecided"
	})
}

// natureKnown takes the nature as stated, else as inferred, and keeps the two apart.
func natureKnown(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		for _, basis := range []string{"stated", "inferred"} {
			switch v := g.value(r, "legal_nature", basis); v {
			case "binding", "non_binding":
				return basis + "_" + v
			case "mixed":
				return "mixed"
			}
		}
		return "silent"
	})
}

// soft are the instruments of a soft form.
func (n *run) soft() []*registry.Record {
	var out []*registry.Record
	for _, r := range n.instruments {
		if slices.Contains(softForms, r.String("type")) {
			out = append(out, r)
		}
	}
	return out
}

// afterwards tells what came of instruments of a soft form.
func afterwards(n *run) []Case {
	return n.each(n.soft(), func(r *registry.Record, c *Case, g *ground) string {
		g.value(r, "type", "")
		follow := func(k registry.Kind, fields ...string) bool {
			found := false
			for _, f := range fields {
				for _, x := range g.referring(n.v, r, k, f) {
					if !x.Sample() {
						g.meets(x.ID)
						found = true
					}
				}
			}
			return found
		}
		instrument := follow(registry.KindInstrument, "implements", "replaces", "amends")
		money := follow(registry.KindFinancing, "implements", "instrument", "pays_for")
		project := follow(registry.KindProject, "instrument")
		switch {
		case instrument:
			return "instrument"
		case money, project:
			return "project"
		case len(g.events(r, "delivered", "milestone", "started", "roadmap", "disbursed")) > 0:
			return "under_way"
		case len(g.events(r, "superseded", "terminated", "lapsed", "suspended", "stalled")) > 0:
			return "ended"
		}
		return "silent"
	})
}

// overlaps tells which soft instruments stand beside a binding one between the same sides, and whether they share a mineral or an area. Where
// texts are compared word by word is package overlap's task; this looks at records.
func overlaps(n *run) []Case {
	hard := map[registry.RecordID][]*registry.Record{}
	for _, r := range n.v.OfKind(registry.KindInstrument) {
		if r.Sample() || !bindsByRecord(r) {
			continue
		}
		for _, p := range n.sides(r, nil) {
			hard[p] = append(hard[p], r)
		}
	}
	return n.each(n.soft(), func(r *registry.Record, c *Case, g *ground) string {
		g.value(r, "type", "")
		sides := n.sides(r, g)
		if len(sides) < 2 {
			return "one_side"
		}
		fewest := sides[0]
		for _, s := range sides {
			if len(hard[s]) < len(hard[fewest]) {
				fewest = s
			}
		}
		mine := subjects(n, r, nil)
		part := "silent"
		for _, h := range hard[fewest] {
			if h == r || len(g.with) >= mostWith {
				continue
			}
			theirs := n.sides(h, nil)
			if slices.ContainsFunc(sides, func(s registry.RecordID) bool { return !slices.Contains(theirs, s) }) {
				continue
			}
			n.sides(h, g)
			g.value(h, "type", "")
			bound := bindsBy(g, h)
			subjects(n, r, g)
			if !bound {
				continue
			}
			g.meets(h.ID)
			if has(mine, subjects(n, h, g)) {
				part = "overlaps"
			} else if part == "silent" {
				part = "same_sides"
			}
		}
		return part
	})
}

// mostWith is how many other records a case names; more are in the registry.
const mostWith = 20

// weakAreas are those that nearly every instrument names: to share them alone is no matter in common.
var weakAreas = []string{"governance", "information", "other"}

// subjects are the minerals that a record names and the areas that tell what it is about.
func subjects(n *run, r *registry.Record, g *ground) []string {
	areas := slices.DeleteFunc(g.values(r, "area"), func(a string) bool { return slices.Contains(weakAreas, a) })
	return slices.Concat(words(g.refs(n.v, r, "mineral")), areas)
}

// bindsByRecord says whether what is known of an instrument says that it binds: as stated, as inferred, or by its form where neither is known.
func bindsByRecord(r *registry.Record) bool { return bindsBy(nil, r) }

func bindsBy(g *ground, r *registry.Record) bool {
	for _, basis := range []string{"stated", "inferred"} {
		switch g.value(r, "legal_nature", basis) {
		case "binding", "mixed":
			return true
		case "non_binding":
			return false
		}
	}
	return slices.Contains(hardForms, g.value(r, "type", ""))
}
