package findings

import (
	"regexp"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// status is the best that is known of texts of some types; "" where no claim says anything of them.
func (n *run) status(r *registry.Record, g *ground, types ...string) string {
	best := ""
	order := []string{"found", "leaked", "not_public", "not_found"}
	for _, s := range r.Slots("text_status") {
		if len(types) > 0 && !slices.Contains(types, s.Key) {
			continue
		}
		g.slot(s)
		if s.Shown == nil {
			if slices.ContainsFunc(s.States, func(st *registry.Stated) bool { return st.Value.State == registry.Withheld }) && best == "" {
				best = "not_public"
			}
			continue
		}
		raw := s.Shown.Value.Raw
		if best == "" || slices.Index(order, raw) >= 0 && slices.Index(order, raw) < slices.Index(order, best) {
			best = raw
		}
	}
	if best == "not_looked_for" {
		best = ""
	}
	if best != "found" && r.Kind == registry.KindInstrument {
		for _, doc := range n.v.Referring(r.ID, registry.KindDocument, "instrument") {
			if t := doc.String("document_type"); (len(types) == 0 && slices.Contains(ownTexts, t) || slices.Contains(types, t)) && doc.String("analysis")+doc.String("reading") != "" {
				g.refs(n.v, doc, "instrument")
				g.value(doc, "document_type", "")
				g.value(doc, "analysis", "")
				g.value(doc, "reading", "")
				g.meets(doc.ID)
				return "found"
			}
		}
	}
	return best
}

func silentOr(part string) string {
	if part == "" {
		return "silent"
	}
	return part
}

func textKnown(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string { return silentOr(n.status(r, g)) })
}

// signature is the day on which an instrument came to be, as its sources date it.
func signature(r *registry.Record, g *ground) (registry.Date, bool) { return g.dated(r, signing...) }

// talksOf are the negotiations that an instrument came out of.
func (n *run) talksOf(r *registry.Record, g *ground) []*registry.Record {
	out := g.referring(n.v, r, registry.KindNegotiation, "outcome")
	for _, t := range out {
		g.meets(t.ID)
	}
	return out
}

// talksBefore says whether a source dated before the signature tells of an event before the signature, of the instrument or of its negotiation.
func (n *run) talksBefore(r *registry.Record, g *ground) string {
	sig, ok := signature(r, g)
	if !ok {
		return "undated"
	}
	part := "silent"
	for _, t := range append(n.talksOf(r, g), r) {
		for _, s := range t.Slots("event") {
			if s.Shown == nil {
				continue
			}
			d, ok := s.Shown.Value.Date()
			if !ok || d.End >= sig.Start {
				continue
			}
			g.claim(s.Shown)
			for _, st := range append([]*registry.Stated{s.Shown}, s.Agreeing...) {
				if st.Known != "" && st.Known < sig.Start {
					g.claim(st)
					return "before"
				}
			}
			part = "after"
		}
	}
	return part
}

func talksKnown(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		if part := n.talksBefore(r, g); part != "undated" {
			return part
		}
		return ""
	})
}

func mandateKnown(n *run) []Case {
	return n.each(n.negotiations, func(r *registry.Record, c *Case, g *ground) string {
		switch st := n.status(r, g, "mandate"); st {
		case "found", "leaked", "not_public", "not_found":
			return st
		}
		for _, s := range r.Slots("mandate") {
			if g.slot(s) {
				return "described"
			}
			if len(s.States) > 0 && s.States[0].Value.State == registry.Withheld {
				return "not_public"
			}
		}
		if len(g.events(r, "mandate")) > 0 {
			return "dated"
		}
		return "silent"
	})
}

func draftKnown(n *run) []Case {
	return n.each(n.negotiations, func(r *registry.Record, c *Case, g *ground) string {
		if st := n.status(r, g, "draft"); st != "" {
			return st
		}
		if len(g.events(r, "text_tabled")) > 0 {
			return "tabled"
		}
		return "silent"
	})
}

// lag is the time from signature to publication of a text.
func lag(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		sig, ok := signature(r, g)
		if !ok {
			return ""
		}
		pub, ok := g.dated(r, "text_published")
		if !ok {
			for _, doc := range n.v.Referring(r.ID, registry.KindDocument, "instrument") {
				if !slices.Contains(ownTexts, doc.String("document_type")) {
					continue
				}
				if d, found := g.dated(doc, "published"); found && (!ok || d.Start < pub.Start) {
					g.refs(n.v, doc, "instrument")
					g.value(doc, "document_type", "")
					g.meets(doc.ID)
					pub, ok = d, true
				}
			}
		}
		if !ok {
			switch st := n.status(r, g, ownTexts...); st {
			case "not_public", "leaked":
				return "not_public"
			case "":
				return "silent"
			}
			return "undated"
		}
		low, high := max(0, days(sig.End, pub.Start)), max(0, days(sig.Start, pub.End))
		c.Value = number(float64(low), 0)
		if high != low {
			c.High = number(float64(high), 0)
		}
		switch {
		case high <= 7:
			return "week"
		case high <= 90:
			return "quarter"
		case high <= 366:
			return "year"
		case low > 366:
			return "later"
		}
		return "undated" // between what is too broad to say
	})
}

// days from a to b.
func days(a, b registry.Day) int {
	x, errA := parseDay(a)
	y, errB := parseDay(b)
	if errA != nil || errB != nil {
		return 0
	}
	return int(y.Sub(x).Hours() / 24)
}

// publisher is the party that a source's publisher is called like.
type publisher struct {
	party registry.RecordID
	name  *registry.Stated
}

// carried is what publishers' names say of who carries the words of another: "Ministry (copy at a magazine)", "Ministry, by a wire".
var carried = regexp.MustCompile(`(?i)\s*(\((archived )?copy\b.*\)|, (copy )?by .*|, through .*)$`)

// publisherOf finds the party of a publisher by its exact name in any language, whoever else carries its words.
func (n *run) publisherOf(name string) (publisher, bool) {
	if n.publishers == nil {
		n.publishers = map[string]publisher{}
		for _, p := range n.v.OfKind(registry.KindParty) {
			for _, f := range []string{"name", "alias"} {
				for _, s := range p.Slots(f) {
					if s.Shown == nil {
						continue
					}
					key := strings.ToLower(s.Shown.Value.Raw)
					if _, taken := n.publishers[key]; !taken {
						n.publishers[key] = publisher{p.ID, s.Shown}
					}
				}
			}
		}
	}
	p, ok := n.publishers[strings.ToLower(strings.TrimSpace(carried.ReplaceAllString(name, "")))]
	return p, ok
}

// asymmetry looks at whose official words the record rests on: of both sides, of one, or of none that is recognised.
func asymmetry(n *run) []Case {
	return n.each(n.instruments, func(r *registry.Record, c *Case, g *ground) string {
		sides := n.sides(r, g)
		if len(sides) < 2 {
			return ""
		}
		told := map[registry.RecordID]bool{}
		for _, f := range r.Fields {
			for _, s := range f.Slots {
				for _, st := range append([]*registry.Stated{s.Shown}, s.Agreeing...) {
					if st == nil || st.Source == nil || !strings.HasPrefix(st.Source.Grade, "official_") {
						continue
					}
					p, ok := n.publisherOf(st.Source.Publisher)
					if !ok {
						continue
					}
					if state := stateOf(n.v, p.party, g); slices.Contains(sides, state) {
						g.claim(st)
						g.claim(p.name)
						told[state] = true
					}
				}
			}
		}
		switch {
		case len(told) == 0:
			return "silent"
		case len(told) == len(sides):
			return "both"
		}
		for id := range told {
			g.meets(id)
		}
		return "one"
	})
}
