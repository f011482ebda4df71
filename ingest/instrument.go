package ingest

import (
	"cmp"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
)

// describe is what is known of a text when its instrument is looked for.
func (im *Importer) describe(an *assay.Analysis, h head, title string) described {
	d := described{title: title, url: h.url, date: h.date, kind: cmp.Or(h.kind, instrumentType(an)), parties: im.known(an.Parties)}
	if len(h.parties) > 0 {
		d.parties = im.known(h.parties)
	}
	return d
}

func (im *Importer) review(id registry.RecordID, title string, best []Candidate) {
	im.report.Review = append(im.report.Review, Review{"match", id, title, best[:min(len(best), 5)]})
}

// match finds the instrument the document is a text of, or makes one. A doubtful match goes to the review list.
func (im *Importer) match(c *claims, id registry.RecordID, rd *text.Reading, an *assay.Analysis, h head, title string) registry.RecordID {
	if !h.isInstrument(an) {
		if about := im.matcher.About(h.url); len(about) == 1 {
			c.inferred("instrument", "", string(about[0]), "the record gives this address for a text about it")
			return about[0]
		}
		return ""
	}
	best := im.candidates(im.describe(an, h, title))
	switch {
	case len(best) > 0 && best[0].Score >= sure && (len(best) == 1 || best[0].Score-best[1].Score >= margin):
		im.report.Matched++
		c.inferred("instrument", "", string(best[0].Instrument), strings.Join(best[0].Reasons, "; "))
		return best[0].Instrument
	case len(best) > 0 && best[0].Score >= doubtful:
		im.review(id, title, best)
		return ""
	}
	return im.makeInstrument(c, id, rd, an, h, title)
}

// makeInstrument makes the record of an instrument for a text of which none is known.
func (im *Importer) makeInstrument(c *claims, id registry.RecordID, rd *text.Reading, an *assay.Analysis, h head, title string) registry.RecordID {
	ins := registry.RecordID("ins_" + id.Tail())
	im.report.Instruments++
	im.newInstrument(c, id, ins, rd, an, h, title)
	for _, other := range im.matcher.About(h.url) {
		on := c.on(ins)
		on.inferred("related", "", string(other), "the record gives this address for a statement about it")
		c.entries = on.entries
	}
	im.matcher.Add(identity.FromClaims(ins, c.entries))
	c.inferred("instrument", "", string(ins), "no known instrument fits; the record was made for this text")
	return ins
}

// newInstrument makes the record of an instrument known only from its text.
func (im *Importer) newInstrument(c *claims, id, ins registry.RecordID, rd *text.Reading, an *assay.Analysis, h head, title string) {
	on := c.on(ins)
	if ch := im.given.choice(id); ch != nil && renames(ch, title) { // what a person calls the text, its instrument is called too
		on.add(registry.Claim{Field: "title", Value: registry.Value{Raw: strings.Join(strings.Fields(ch.Title), " "), Lang: registryLang(rd.Language)}}, im.given.by)
	} else {
		on.stated("title", "", title, registryLang(rd.Language))
	}
	if h.kind != "" {
		on.stated("type", "", h.kind, "")
	} else if t := instrumentType(an); t != "" {
		on.read("type", "", t, "")
	}
	for _, p := range im.known(h.parties) {
		on.stated("party", "", "pty_"+p, "")
	}
	if len(h.parties) == 0 {
		for _, p := range im.known(an.Parties) {
			on.read("party", "", "pty_"+p, place(id, an, "party", p))
		}
	}
	for _, e := range h.events {
		on.stated("event", e[0], e[1], "")
	}
	if len(h.events) == 0 && h.date != "" {
		on.stated("event", "text_published", h.date, "")
	}
	kind := "final"
	if t := im.documentType(id, h, an); t == "draft" || t == "mandate" {
		kind = t
	}
	on.stated("text_status", kind, "found", "")
	if h.url != "" {
		on.stated("text_url", kind, h.url, "")
	}
	c.entries = on.entries
}

// documentType is what kind of text a document is: as the person says who brings it in, else as it reads.
func (im *Importer) documentType(id registry.RecordID, h head, an *assay.Analysis) string {
	if ch := im.given.choice(id); ch != nil && ch.Type != "" {
		return ch.Type
	}
	return h.documentType(an)
}

// known are those of the parties that the registry has a record of.
func (im *Importer) known(codes []string) []string {
	var out []string
	for _, p := range codes {
		if im.view.Record(registry.RecordID("pty_"+p)) != nil {
			out = append(out, p)
		}
	}
	return out
}

// mentions claims, of the document, the parties and minerals that the machine read in it.
func (im *Importer) mentions(c *claims, id registry.RecordID, an *assay.Analysis) {
	for _, p := range im.known(an.Parties) {
		c.read("party", "", "pty_"+p, place(id, an, "party", p))
	}
	for _, m := range an.Minerals {
		if im.view.Record(registry.RecordID("min_"+m)) != nil {
			c.read("mineral", "", "min_"+m, place(id, an, "mineral", m))
		}
	}
}

// nature claims, of the instrument, the minerals its text names and what the text says of its own force, its wording and its kind, with
// the provision each rests on.
func (im *Importer) nature(c *claims, id, ins registry.RecordID, an *assay.Analysis) {
	on := c.on(ins)
	for _, m := range an.Minerals {
		if im.view.Record(registry.RecordID("min_"+m)) != nil {
			on.read("mineral", "", "min_"+m, place(id, an, "mineral", m))
		}
	}
	if an.Unsupported != "" {
		c.entries = on.entries
		return
	}
	n := an.Instrument.LegalNature
	where := func(level string) string {
		for _, e := range n.Evidence {
			if e.Level == level {
				return string(id) + "/" + e.EID
			}
		}
		return ""
	}
	if n.Stated != "" && n.Stated != "none" {
		on.read("legal_nature", "stated", n.Stated, where("stated"))
	}
	if n.Read != "" {
		on.read("legal_nature", "read", n.Read, where("read"))
	}
	if n.Inferred != "" {
		on.readAs("legal_nature", "inferred", n.Inferred, where("inferred"), "inferred")
	}
	c.entries = on.entries
}

// place is the address of the provision in which the analysis first names a party or mineral; "" where it does not say.
func place(id registry.RecordID, an *assay.Analysis, class, code string) string {
	for _, m := range an.Mentions {
		if m.Kind != class || m.Code != code {
			continue
		}
		best := ""
		for _, p := range an.Provisions { // parents come before children, so the last that holds it is the innermost
			if p.Start <= m.Start && m.End <= p.End {
				best = p.EID
			}
		}
		if best != "" {
			return string(id) + "/" + best
		}
	}
	return ""
}
