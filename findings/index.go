package findings

import (
	"slices"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

func parseDay(d registry.Day) (time.Time, error) { return time.Parse(time.DateOnly, string(d)) }

// item is one thing that can be disclosed of an instrument, or of the negotiation that it comes out of. It answers disclosed, partly, not_disclosed,
// not_found, silent, or "" where it does not apply.
type item struct {
	key string
	of  func(*run, *registry.Record, *ground) string
	law []string // kinds of law that rule whether it is disclosed
}

// Kinds of law that rule what is disclosed.
var (
	accessLaw   = []string{"access_to_information"}
	approvalLaw = []string{"approval_rule"}
)

// items are those of the disclosure index: what the brief asks to be public, one by one.
var items = []item{
	{"talks", func(n *run, r *registry.Record, g *ground) string {
		if r.Kind == registry.KindNegotiation && len(n.outcomes(r, g)) == 0 { // nothing is signed
			if len(g.events(r)) > 0 {
				return "disclosed"
			}
			return "silent"
		}
		if n.talksBefore(r, g) == "before" {
			return "disclosed"
		}
		return "silent"
	}, nil},
	{"mandate", func(n *run, r *registry.Record, g *ground) string {
		return best(n.talksAbout(r, g), func(t *registry.Record) string {
			if yes, _ := said(g, t, "mandate"); yes && n.status(t, g, "mandate") == "" {
				return "partly"
			}
			if kept(g, t, "mandate") {
				return "not_disclosed"
			}
			return ofStatus(n.status(t, g, "mandate"))
		})
	}, accessLaw},
	{"draft", func(n *run, r *registry.Record, g *ground) string {
		return best(n.talksAndText(r, g), func(t *registry.Record) string { return ofStatus(n.status(t, g, "draft")) })
	}, accessLaw},
	{"text", func(n *run, r *registry.Record, g *ground) string {
		if st := ofStatus(n.status(r, g, "final", "redacted")); st != "silent" {
			return st
		}
		if n.status(r, g, "statement", "summary") == "found" {
			return "partly"
		}
		return "silent"
	}, accessLaw},
	{"annexes", func(n *run, r *registry.Record, g *ground) string {
		return ofStatus(n.status(r, g, "annex", "roadmap"))
	}, accessLaw},
	{"signatories", func(n *run, r *registry.Record, g *ground) string {
		a, _ := said(g, r, "signatory")
		b, _ := said(g, r, "signed_by")
		if a || b {
			return "disclosed"
		}
		if kept(g, r, "signatory", "signed_by") {
			return "not_disclosed"
		}
		if yes, _ := said(g, r, "party"); !yes {
			return "silent"
		}
		return "partly" // the sides are named
	}, nil},
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
	}, nil},
	{"legal_nature", func(n *run, r *registry.Record, g *ground) string {
		if g.value(r, "legal_nature", "stated") != "" {
			return "disclosed"
		}
		return silentOrKept(g, r, "legal_nature")
	}, nil},
	{"amount", func(n *run, r *registry.Record, g *ground) string {
		fins := g.referring(n.v, r, registry.KindFinancing, "instrument")
		if g.value(r, "area", "finance") == "" && len(fins) == 0 && len(r.Slots("financing_type")) == 0 {
			return ""
		}
		for _, x := range append([]*registry.Record{r}, fins...) {
			if yes, _ := said(g, x, "amount"); yes {
				return "disclosed"
			}
		}
		return best(append(fins, r), func(x *registry.Record) string { return silentOrKept(g, x, "amount") })
	}, accessLaw},
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
			return silentOrKept(g, f, terms...)
		})
	}, accessLaw},
	{"lead", func(n *run, r *registry.Record, g *ground) string {
		if yes, _ := said(g, r, "lead_body"); yes {
			return "disclosed"
		}
		return silentOrKept(g, r, "lead_body")
	}, nil},
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
	}, nil},
	{"parliament", func(n *run, r *registry.Record, g *ground) string {
		return best(n.talksAndText(r, g), func(t *registry.Record) string {
			if len(g.events(t, "approved", "ratified", "bill_tabled")) > 0 || len(n.aboutIt(t, g, registry.KindNotice)) > 0 {
				return "disclosed"
			}
			return "silent"
		})
	}, approvalLaw},
	{"consultation", func(n *run, r *registry.Record, g *ground) string {
		return best(n.talksAndText(r, g), func(t *registry.Record) string {
			if n.consulted(t, g) != "silent" {
				return "disclosed"
			}
			return "silent"
		})
	}, nil},
}

// best is the most that is disclosed of several records; silent where there are none.
func best(rs []*registry.Record, of func(*registry.Record) string) string {
	order := []string{"silent", "not_found", "not_disclosed", "partly", "disclosed"}
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

// kept says whether a notice says that some of these fields are withheld, where nothing of them is shown.
func kept(g *ground, r *registry.Record, fields ...string) bool {
	found := false
	for _, f := range fields {
		for _, s := range r.Slots(f) {
			if s.Shown == nil && slices.ContainsFunc(s.States, func(st *registry.Stated) bool { return st.Value.State == registry.Withheld && !st.Not }) {
				g.slot(s)
				found = true
			}
		}
	}
	return found
}

func silentOrKept(g *ground, r *registry.Record, fields ...string) string {
	if kept(g, r, fields...) {
		return "not_disclosed"
	}
	return "silent"
}

// talksAbout are the negotiations of a record: itself, or those that it came out of.
func (n *run) talksAbout(r *registry.Record, g *ground) []*registry.Record {
	if r.Kind == registry.KindNegotiation {
		return []*registry.Record{r}
	}
	return n.talksOf(r, g)
}

// outcomes are the instruments that came out of a negotiation.
func (n *run) outcomes(r *registry.Record, g *ground) []*registry.Record {
	var out []*registry.Record
	for _, id := range g.refs(n.v, r, "outcome") {
		if x := n.v.Record(id); x != nil && x.Kind == registry.KindInstrument {
			out = append(out, x)
			g.meets(x.ID)
		}
	}
	return out
}

// talksAndText are a record, and its negotiations or what came out of it.
func (n *run) talksAndText(r *registry.Record, g *ground) []*registry.Record {
	if r.Kind == registry.KindNegotiation {
		return append(n.outcomes(r, g), r)
	}
	return append(n.talksOf(r, g), r)
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
