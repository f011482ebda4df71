package findings

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// given are the events by which a parliament or another body approves an agreement; asked are those by which it is asked to.
var (
	given  = []string{"approved", "ratified"}
	asked  = []string{"bill_tabled", "referred_to_court", "court_decision"}
	voiced = []string{"opposed", "called_for_suspension", "disclosure_demanded", "referred_to_court"}
)

func approval(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		if len(g.events(r, given...)) > 0 {
			return "recorded"
		}
		if len(g.events(r, asked...)) > 0 {
			return "asked"
		}
		yes, no := said(g, r, "approval_needed")
		switch {
		case yes:
			return "needed"
		case no:
			return "not_needed"
		}
		return "silent"
	})
}

// approvalStage tells when, seen from the signature, a parliament or court first had a part that somebody dated.
func approvalStage(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		slots := g.events(r, slices.Concat(given, asked)...)
		if len(slots) == 0 {
			return ""
		}
		return n.beside(r, g, slots)
	})
}

// beside says whether the first dated of the events lies before or after the signature.
func (n *run) beside(r *registry.Record, g *ground, slots []*registry.Slot) string {
	sig, signed := signature(r, g)
	var first registry.Date
	for _, s := range slots {
		if s.Shown != nil {
			if d, ok := s.Shown.Value.Date(); ok && (first.EDTF == "" || d.Start < first.Start) {
				first = d
			}
		}
	}
	switch {
	case first.EDTF == "":
		return "undated"
	case !signed, first.End < sig.Start:
		return "before"
	case first.Start >= sig.End:
		return "after"
	}
	return "undated"
}

// talks are negotiations and instruments, the things that can be looked at while they are made.
func (n *run) talks() []*registry.Record { return slices.Concat(n.negotiations, n.instruments) }

// aboutIt are the records of a kind that are about a record: by subject, negotiation or instrument.
func (n *run) aboutIt(r *registry.Record, g *ground, k registry.Kind) []*registry.Record {
	var out []*registry.Record
	for _, f := range []string{"subject", "negotiation", "instrument"} {
		for _, x := range g.referring(n.v, r, k, f) {
			if !slices.Contains(out, x) {
				out = append(out, x)
				g.meets(x.ID)
			}
		}
	}
	return out
}

func notice(n *run) []Case {
	return n.each(n.negotiations, func(r *registry.Record, c *Case, g *ground) string {
		if len(n.aboutIt(r, g, registry.KindNotice)) > 0 {
			return "noticed"
		}
		return "silent"
	})
}

func (n *run) consulted(r *registry.Record, g *ground) string {
	if len(n.aboutIt(r, g, registry.KindConsultation)) > 0 {
		return "window"
	}
	yes, no := said(g, r, "consulted")
	switch {
	case yes:
		return "bodies"
	case len(n.aboutIt(r, g, registry.KindMeeting)) > 0:
		return "meeting"
	case no:
		return "none"
	}
	return "silent"
}

func consultation(n *run) []Case {
	return n.each(n.talks(), func(r *registry.Record, c *Case, g *ground) string { return n.consulted(r, g) })
}

// intervention tells of objections, demands and references to courts, and whether they came before or after the signature.
func intervention(n *run) []Case {
	return n.each(n.talks(), func(r *registry.Record, c *Case, g *ground) string {
		slots := g.events(r, voiced...)
		if len(slots) == 0 {
			return "silent"
		}
		return n.beside(r, g, slots)
	})
}

func assessment(n *run) []Case {
	return n.each(slices.Concat(n.instruments, n.financings), func(r *registry.Record, c *Case, g *ground) string {
		if len(n.aboutIt(r, g, registry.KindAssessment)) > 0 {
			return "found"
		}
		return silentOr(n.status(r, g, "risk_assessment"))
	})
}

// lead tells which kinds of bodies are said to lead the talks.
func lead(n *run) []Case {
	kinds := map[string]string{"ministry": "ministry", "agency": "ministry", "state": "ministry", "bloc": "bloc", "international_organisation": "bloc", "soe": "enterprise", "sovereign_fund": "enterprise",
		"development_bank": "enterprise", "export_credit_agency": "enterprise", "company": "enterprise", "bank": "enterprise", "fund": "enterprise", "parliament": "parliament"}
	return n.each(n.negotiations, func(r *registry.Record, c *Case, g *ground) string {
		part := "silent"
		for _, id := range g.refs(n.v, r, "lead_body") {
			g.meets(id)
			k := "other"
			if p := n.v.Record(id); p != nil {
				if m := kinds[g.value(p, "party_kind", "")]; m != "" {
					k = m
				}
			}
			switch part {
			case "silent", k:
				part = k
			default:
				part = "several"
			}
		}
		return part
	})
}
