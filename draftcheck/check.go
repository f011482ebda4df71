package draftcheck

import (
	"fmt"
	"slices"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

// check is one check at work.
type check struct {
	in        Input
	rd        *text.Reading
	an        *assay.Analysis
	out       *Report
	lang      string // of the model clauses: the draft's where there are such, else English
	quoted    []assay.Span
	sub       *subjects
	sides     []string // the other sides
	texts     []Text   // of the registry, without the draft's own text
	sample    []uint64
	bindIs    string          // legal nature as of a digest
	ownTitles []string        // of records of the draft itself
	numbers   map[string]bool // of provisions; made when first asked for
}

// Check checks a draft. It never fails: what it cannot check it leaves out and says so in the summary. The same input gives the same report. Time
// is linear in the draft and in the number of texts of the registry.
func Check(in Input) *Report {
	c := &check{in: in, rd: in.Draft.Reading, an: in.Draft.Analysis, lang: "en"}
	c.out = &Report{Gaps: []Gap{}, Weak: []Weak{}, Conflicts: []Beside{}, Overlaps: []Beside{}, Comparable: []Comparable{}, Balance: []Exchange{}, Open: []Open{}, Changes: []Change{}, Positions: []Placed{}}
	c.quoted = quotations(c.rd)
	c.begin()
	c.open()
	if c.out.looseEndsOnly() {
		c.notChecked()
		return c.out
	}
	c.sub = findSubjects(c.rd, c.an, in.Library, c.quoted)
	c.neighbours()
	c.frames()
	c.topics()
	c.conflicts()
	c.exchanges()
	c.changes()
	c.positions()
	c.summarise()
	return c.out
}

// begin fills in what the draft is, and for whom it is checked.
func (c *check) begin() {
	s := &c.out.Summary
	n := c.an.Instrument.LegalNature
	s.Title, s.Language, s.Kind = c.an.Title, c.an.Language, c.an.Instrument.Kind
	s.LegalNature = Nature{n.Stated, n.Read, n.Inferred, list(n.Except), n.ExceptUnclear}
	s.Parties, s.Party, s.Provisions, s.Quoted = list(c.an.Parties), c.in.Party, len(c.rd.Provisions), len(c.quoted)
	s.Covered, s.Warnings, s.NotLookedAt, s.Minister, s.Committee, s.Counterparts = []string{}, []string{}, []string{}, []string{}, []string{}, []string{}
	s.Names, s.CoveredAt = map[string]string{}, map[string]Place{}
	c.bindIs = legal(c.an)
	if slices.Contains(practice.Languages, primary(c.an.Language)) {
		c.lang = primary(c.an.Language)
	}
	for _, p := range c.an.Parties {
		if p != c.in.Party {
			c.sides = append(c.sides, p)
		}
	}
	s.Counterparts = list(c.sides)
	if c.in.Party == "" {
		s.Counterparts = []string{}
	}
	for _, p := range append(slices.Clone(c.an.Parties), c.in.Party) {
		if p != "" {
			s.Names[p] = c.name(p)
		}
	}
	s.Status, s.Words = c.status()
	switch {
	case c.in.Party != "" && len(c.an.Parties) > 0 && !slices.Contains(c.an.Parties, c.in.Party):
		s.Warnings = append(s.Warnings, fmt.Sprintf("%s is not among the sides that this text names (%s). Check the party, or whether this is the right draft.", c.name(c.in.Party), c.names(c.an.Parties)))
	case len(c.an.Parties) < 2:
		s.Warnings = append(s.Warnings, "The sides of this text are not known from its first words. What each gives and gets, and what the other side accepted elsewhere, is therefore incomplete.")
	}
	for p, why := range c.unread() {
		s.Warnings = append(s.Warnings, fmt.Sprintf("%s not read (%s): what they say is not in this report.", count(why, "provision was", "provisions were"), p))
	}
	if s.Quoted > 0 {
		s.Warnings = append(s.Warnings, fmt.Sprintf("%s in quotation marks were taken for words of another text and do not count as what this draft provides.", count(s.Quoted, "long passage", "long passages")))
	}
}

func (c *check) unread() map[string]int { return c.an.Unreadable }

// looseEndsOnly says that the draft was held against nothing, as it is none or is not read.
func (r *Report) looseEndsOnly() bool {
	return r.Summary.Status == NoAgreement || r.Summary.Status == UnsupportedLanguage
}

// notChecked says that nothing but loose ends was looked for.
func (c *check) notChecked() {
	s := &c.out.Summary
	s.NotLookedAt = append(s.NotLookedAt, "good practice", "wording", "conflicts", "overlaps", "balance")
	s.Minister = []string{s.Words}
	s.Committee = []string{s.Words}
}

// name is the English name of a party.
func (c *check) name(code string) string {
	if c.in.Registry != nil && c.in.Registry.Names[code] != "" {
		return c.in.Registry.Names[code]
	}
	return code
}

func (c *check) names(codes []string) string {
	out := make([]string, len(codes))
	for i, p := range codes {
		out[i] = c.name(p)
	}
	return enumerate(out)
}

// at is a place of the draft with its words.
func (c *check) at(p *place) Place {
	out := Place{EID: c.rd.Provisions[p.prov].EID, Start: p.span.Start, End: p.span.End}
	if p.norm != nil {
		out.Start, out.End = p.norm.Start, p.norm.End
		out.Modality, out.Bearer = string(p.norm.Modality), p.norm.Bearer
	} else {
		q := c.rd.Provisions[p.prov]
		if p.span.Start < q.Body { // a heading
			out.Start, out.End = q.Start, q.Body
		}
	}
	out.Quote = clip(c.rd.Text[out.Start:out.End], 300)
	return out
}

// atEach gives the places, one for each norm or provision, at most n.
func (c *check) atEach(places []place, n int) []Place {
	out := []Place{}
	seen := map[int]bool{}
	for i := range places {
		p := c.at(&places[i])
		if seen[p.Start] {
			continue
		}
		seen[p.Start] = true
		if out = append(out, p); len(out) == n {
			break
		}
	}
	return out
}

func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
