package findings

import (
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

func parseDay(d registry.Day) (time.Time, error) { return time.Parse(time.DateOnly, string(d)) }

// item is one thing that can be disclosed of an instrument. It answers disclosed, partly, not_disclosed, silent, or "" where it does not apply.
type item struct {
	key string
	of  func(*run, *registry.Record, *ground) string
}

// items are those of the disclosure index: what the brief asks to be public, one by one.
var items = []item{
	{"talks", func(n *run, r *registry.Record, g *ground) string {
		if n.talksBefore(r, g) == "before" {
			return "disclosed"
		}
		return "silent"
	}},
	{"mandate", func(n *run, r *registry.Record, g *ground) string {
		return best(n.talksOf(r, g), func(t *registry.Record) string {
			if yes, _ := said(g, t, "mandate"); yes && n.status(t, g, "mandate") == "" {
				return "partly"
			}
			return ofStatus(n.status(t, g, "mandate"))
		})
	}},
	{"draft", func(n *run, r *registry.Record, g *ground) string {
		return best(append(n.talksOf(r, g), r), func(t *registry.Record) string { return ofStatus(n.status(t, g, "draft")) })
	}},
	{"text", func(n *run, r *registry.Record, g *ground) string {
		if st := ofStatus(n.status(r, g, "final", "redacted")); st != "silent" {
			return st
		}
		if n.status(r, g, "statement", "summary") == "found" {
			return "partly"
		}
		return "silent"
	}},
	{"annexes", func(n *run, r *registry.Record, g *ground) string {
		return ofStatus(n.status(r, g, "annex", "roadmap"))
	}},
	{"signatories", func(n *run, r *registry.Record, g *ground) string {
		a, _ := said(g, r, "signatory")
		b, _ := said(g, r, "signed_by")
		if a || b {
			return "disclosed"
		}
		return "partly"
	}},
	{"signature", func(n *run, r *registry.Record, g *ground) string {
		for _, s := range g.events(r, signing...) {
			if s.Shown == nil {
				continue
			}
			if src := s.Shown.Source; src != nil && strings.HasPrefix(src.Grade, "official_") {
				return "disclosed"
			}
			return "partly"
		}
		return "silent"
	}},
	{"legal_nature", func(n *run, r *registry.Record, g *ground) string {
		if g.value(r, "legal_nature", "stated") != "" {
			return "disclosed"
		}
		return "silent"
	}},
	{"amount", func(n *run, r *registry.Record, g *ground) string {
		fins := g.referring(n.v, r, registry.KindFinancing, "instrument")
		if !slices.Contains(g.values(r, "area"), "finance") && len(fins) == 0 && len(r.Slots("financing_type")) == 0 {
			return ""
		}
		for _, x := range append([]*registry.Record{r}, fins...) {
			if yes, _ := said(g, x, "amount"); yes {
				return "disclosed"
			}
		}
		return "silent"
	}},
	{"finance_terms", func(n *run, r *registry.Record, g *ground) string {
		fins := g.referring(n.v, r, registry.KindFinancing, "instrument")
		if len(fins) == 0 {
			return ""
		}
		return best(fins, func(f *registry.Record) string {
			for _, t := range terms {
				if yes, _ := said(g, f, t); yes {
					return "partly"
				}
			}
			return "silent"
		})
	}},
	{"lead", func(n *run, r *registry.Record, g *ground) string {
		if yes, _ := said(g, r, "lead_body"); yes {
			return "disclosed"
		}
		return "silent"
	}},
	{"delivery", func(n *run, r *registry.Record, g *ground) string {
		for _, k := range []registry.Kind{registry.KindCommitment, registry.KindMilestone, registry.KindReport} {
			if len(g.referring(n.v, r, k, "instrument")) > 0 {
				return "disclosed"
			}
		}
		if len(g.events(r, "milestone", "roadmap", "delivered")) > 0 {
			return "partly"
		}
		return ofStatus(n.status(r, g, "report"))
	}},
	{"parliament", func(n *run, r *registry.Record, g *ground) string {
		if len(g.events(r, "approved", "ratified", "bill_tabled")) > 0 {
			return "disclosed"
		}
		return best(append(n.talksOf(r, g), r), func(t *registry.Record) string {
			if len(n.aboutIt(t, g, registry.KindNotice)) > 0 {
				return "disclosed"
			}
			return "silent"
		})
	}},
	{"consultation", func(n *run, r *registry.Record, g *ground) string {
		return best(append(n.talksOf(r, g), r), func(t *registry.Record) string {
			if n.consulted(t, g) != "silent" {
				return "disclosed"
			}
			return "silent"
		})
	}},
}

// best is the most that is disclosed of several records; silent where there are none.
func best(rs []*registry.Record, of func(*registry.Record) string) string {
	order := []string{"silent", "not_disclosed", "partly", "disclosed"}
	out := "silent"
	for _, r := range rs {
		if p := of(r); slices.Index(order, p) > slices.Index(order, out) {
			out = p
		}
	}
	return out
}

func ofStatus(status string) string {
	switch status {
	case "found":
		return "disclosed"
	case "not_public", "leaked":
		return "not_disclosed"
	case "not_found":
		return "not_found"
	}
	return "silent"
}

// disclosureIndex has a case for each item of each instrument to which it applies.
func disclosureIndex(n *run) []Case {
	var out []Case
	for _, r := range n.instruments {
		for _, it := range items {
			out = n.one(out, r, it.key, func(r *registry.Record, c *Case, g *ground) string { return it.of(n, r, g) })
		}
	}
	return out
}
