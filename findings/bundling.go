package findings

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// terms are the fields that say on what terms money is given.
var terms = []string{"tenor", "grace", "rate", "repayment", "collateral", "offtake"}

// namesMineral says whether a record names a mineral, in words or by stage too.
func namesMineral(g *ground, r *registry.Record) bool {
	found := false
	for _, f := range []string{"mineral", "mineral_context", "mineral_scope", "mineral_stage"} {
		for _, s := range r.Slots(f) {
			found = g.slot(s) || found
		}
	}
	return found
}

// tied tells which financing is tied to minerals: it names one, or pays for a project or instrument that does.
func tied(n *run) []Case {
	return n.each(n.financings, func(r *registry.Record, c *Case, g *ground) string {
		if namesMineral(g, r) {
			return "names"
		}
		part := "silent"
		for _, f := range []string{"pays_for", "instrument"} {
			for _, id := range g.refs(n.v, r, f) {
				if x := n.v.Record(id); x != nil && namesMineral(g, x) {
					g.meets(id)
					part = "pays_for"
				}
			}
		}
		return part
	})
}

// combined tells which instruments tie finance or infrastructure to minerals in one deal.
func combined(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		vs := g.values(r, "area")
		fins := g.referring(n.v, r, registry.KindFinancing, "instrument")
		for _, f := range fins {
			g.meets(f.ID)
		}
		kinds := g.values(r, "financing_type")
		money, works := slices.Contains(vs, "finance") || len(fins)+len(kinds) > 0, slices.Contains(vs, "infrastructure")
		switch {
		case money && works:
			return "both"
		case money:
			return "finance"
		case works:
			return "infrastructure"
		case len(vs) > 0:
			return "neither"
		}
		return "silent"
	})
}

// carrying are the kinds of projects that carry minerals or power to where they are used.
var carrying = []string{"corridor", "railway", "port", "road", "power"}

// packages has a case for each corridor and each other piece of infrastructure that is not part of a larger one, with what belongs to it.
func packages(n *run) []Case {
	var roots []*registry.Record
	for _, r := range n.v.OfKind(registry.KindProject) {
		if in, _ := n.in(r); !in || r.Sample() || !has(r.Values("project_type"), carrying) || n.inside(r) {
			continue
		}
		roots = append(roots, r)
	}
	return n.each(roots, func(r *registry.Record, c *Case, g *ground) string {
		g.values(r, "project_type")
		parts := []*registry.Record{r}
		for i := 0; i < len(parts) && i < mostWith; i++ {
			for _, x := range g.referring(n.v, parts[i], registry.KindProject, "part_of") {
				if !slices.Contains(parts, x) {
					parts = append(parts, x)
				}
			}
		}
		part := "silent"
		for _, p := range parts {
			for _, f := range n.moneyFor(p, g) {
				if yes, _ := said(g, f, "amount"); yes {
					part = "amount"
				} else if part == "silent" {
					part = "named"
				}
			}
			if p != r {
				g.meets(p.ID)
			}
			for _, field := range []string{"instrument", "related"} {
				for _, id := range g.refs(n.v, p, field) {
					g.meets(id)
				}
			}
		}
		if yes, _ := said(g, r, "amount"); yes && part == "silent" {
			part = "cost"
		}
		return part
	})
}

// inside says whether a project is part of another piece of infrastructure.
func (n *run) inside(r *registry.Record) bool {
	return slices.ContainsFunc(r.Refs("part_of"), func(id registry.RecordID) bool {
		x := n.v.Record(id)
		return x != nil && x != r && x.Kind == registry.KindProject && has(x.Values("project_type"), carrying)
	})
}

// moneyFor is the financing that pays for a project, is part of it, or is said to be connected with it.
func (n *run) moneyFor(p *registry.Record, g *ground) []*registry.Record {
	var out []*registry.Record
	for _, f := range []string{"pays_for", "part_of", "related"} {
		for _, x := range g.referring(n.v, p, registry.KindFinancing, f) {
			if !x.Sample() && !slices.Contains(out, x) {
				out = append(out, x)
				g.meets(x.ID)
			}
		}
	}
	slices.SortFunc(out, func(a, b *registry.Record) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// termsKnown has a case for each term of each financing.
func termsKnown(n *run) []Case {
	var out []Case
	for _, r := range n.financings {
		for _, t := range terms {
			out = n.one(out, r, t, func(r *registry.Record, c *Case, g *ground) string {
				yes, _ := said(g, r, t)
				if yes {
					return "known"
				}
				for _, s := range r.Slots(t) {
					for _, st := range s.States {
						switch st.Value.State {
						case registry.Withheld:
							return "withheld"
						case registry.NotApplicable:
							return ""
						}
					}
				}
				return "silent"
			})
		}
	}
	return out
}

// debt tells what kind of money it is: a loan is owed back, a guarantee may be.
func debt(n *run) []Case {
	group := map[string]string{"loan": "loan", "guarantee": "guarantee", "grant": "grant", "equity": "equity", "investment": "equity", "enterprise_value": "equity",
		"letter_of_interest": "promise", "pledge": "promise", "mobilisation": "promise", "private_target": "promise", "package": "promise", "budget": "promise"}
	return n.each(n.financings, func(r *registry.Record, c *Case, g *ground) string {
		part := "silent"
		put := func(kind string) {
			k := group[kind]
			switch {
			case k == "":
			case part == "silent":
				part = k
			case k == "loan" || part == "loan_and_more":
				if part != "loan" {
					part = "loan_and_more"
				}
			case part == "loan" && k != "loan":
				part = "loan_and_more"
			case part != k:
				part = "several"
			}
		}
		for _, k := range g.values(r, "financing_type") {
			put(k)
		}
		for _, s := range r.Slots("amount") {
			if g.slot(s) {
				if m, ok := s.Shown.Value.Money(); ok {
					put(m.Kind)
				}
			}
		}
		return part
	})
}
