package draftcheck

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/practice"
	"github.com/openassay/assay/text"
)

const (
	sameText   = 0.85 // share of runs in common, both ways, from which two texts are one
	nearText   = 0.10 // share of the draft's runs from which a text is named among the overlaps
	leastRuns  = 6    // in common, so that a few stock phrases make no relative
	mostNear   = 8
	perTopic   = 3 // comparable clauses of a topic
	perPartner = 2 // of them, of texts of the other side
)

// neighbours takes the texts of the registry, leaves the draft's own out, and names those that share its words.
func (c *check) neighbours() {
	s := &c.out.Summary
	if c.in.Registry == nil {
		s.NotLookedAt = append(s.NotLookedAt, "other texts (no registry was given)")
		return
	}
	s.Registry = c.in.Registry.What
	all := allRuns(c.rd)
	mine := map[uint64][]uint64{} // by how many are kept
	type near struct {
		t     *Text
		share float64
	}
	var found []near
	for i := range c.in.Registry.Texts {
		t := &c.in.Registry.Texts[i]
		theirs := runs(t.Digest.Sample)
		if mine[t.Every] == nil && t.Every > 0 {
			mine[t.Every] = thinned(all, t.Every)
		}
		share, both := shared(mine[t.Every], theirs)
		if back := float64(both) / math.Max(1, float64(len(theirs))); both >= 2 && share >= sameText && back >= sameText {
			s.Warnings = append(s.Warnings, fmt.Sprintf("The registry holds this text, or nearly this text: %s (%s). It was left out of all comparisons.", t.Title, t.Path))
			c.ownTitles = append(c.ownTitles, t.Title)
			continue
		}
		c.texts = append(c.texts, *t)
		if both >= leastRuns && share >= nearText {
			found = append(found, near{t, share})
		}
	}
	for i := range c.texts {
		if c.texts[i].Words && !c.texts[i].Sample {
			s.Texts++
		}
	}
	if s.Texts == 0 {
		s.NotLookedAt = append(s.NotLookedAt, "clauses of other texts and what the other side accepted elsewhere (this registry holds the words of none; assay import brings texts in)")
	}
	slices.SortStableFunc(found, func(a, b near) int { return cmp.Compare(b.share, a.share) })
	for _, n := range found[:min(mostNear, len(found))] {
		c.out.Overlaps = append(c.out.Overlaps, Beside{Kind: "same_words", Answer: "same_words", Document: n.t.Document, Path: n.t.Path, Title: n.t.Title, Share: math.Round(n.share*100) / 100,
			Words: fmt.Sprintf("About %.0f %% of the words of this draft stand in it too, in runs of five.", n.share*100)})
	}
}

// partner says of each other side how often it took on a duty on the topic. Samples count among samples only.
func (c *check) partner(t *practice.Topic) []Partner {
	out := []Partner{}
	if c.in.Party == "" {
		return out
	}
	for _, side := range c.sides {
		p := Partner{Party: side, Name: c.name(side)}
		for i := range c.texts {
			x := &c.texts[i]
			if !slices.Contains(x.Parties, side) || x.Sample || !x.Words {
				continue
			}
			p.Of++
			if slices.ContainsFunc(x.Topics[t.Code], func(a Precedent) bool { return a.Force >= forceDuty && bears(a.Bearer, side) }) {
				p.Accepted++
			}
		}
		if p.Of > 0 {
			out = append(out, p)
		}
	}
	return out
}

// bears says whether a side is among those who bear a norm: by name, or with all others; or where the words name nobody.
func bears(bearer []string, side string) bool {
	return len(bearer) == 0 || slices.ContainsFunc(bearer, func(b string) bool {
		return b == side || b == "each_party" || b == "participants" || b == "body" || b == "none"
	})
}

// comparables gives clauses of other texts for each gap and weak wording: of the other sides first, then the firmest, then the likest.
func (c *check) comparables() {
	for i := range c.out.Weak {
		w := &c.out.Weak[i]
		c.comparable(w.Topic, c.rd.Text[w.Start:w.End])
	}
	for i := range c.out.Gaps {
		if g := &c.out.Gaps[i]; g.Status != Undecided && g.Priority != Project {
			c.comparable(g.Topic, "")
		}
	}
}

func (c *check) comparable(topic, words string) {
	grams := gramsOf(words)
	var all []Comparable
	for i := range c.texts {
		x := &c.texts[i]
		if x.Sample && !c.sampled() || !x.Words {
			continue
		}
		with := ""
		if c.in.Party != "" {
			for _, s := range c.sides {
				if slices.Contains(x.Parties, s) {
					with = s
				}
			}
		}
		for _, p := range x.Topics[topic] {
			if p.Force < forceDuty {
				continue
			}
			m := Comparable{near: p.Near, lang: x.Language, Topic: topic, Document: x.Document, Path: x.Path, Title: x.Title, Date: x.Date, Parties: list(x.Parties), With: with, EID: p.EID, Modality: string(p.Modality), Precise: p.Precise,
				Bearer: list(p.Bearer), NonBinding: x.Legal == "non_binding" && !p.Alone, Quote: p.Quote, Sample: x.Sample}
			if len(grams) > 0 && p.Quote != "" {
				m.Like = like(grams, gramsOf(p.Quote))
			}
			all = append(all, m)
		}
	}
	value := func(m *Comparable) float64 {
		v := m.Like*4 + float64(2*m.near)
		if m.Precise {
			v += 2
		}
		if !m.NonBinding {
			v++
		}
		if m.Quote != "" {
			v++
		}
		if m.lang == c.lang {
			v++ // a clause in the draft's language is nearer at hand
		}
		return v
	}
	slices.SortStableFunc(all, func(a, b Comparable) int {
		return cmp.Or(cmp.Compare(value(&b), value(&a)), cmp.Compare(b.Date, a.Date), cmp.Compare(a.Path, b.Path))
	})
	n, of, seen := 0, 0, map[string]bool{}
	for _, first := range []bool{true, false} {
		for i := range all {
			m := &all[i]
			key := strings.ToLower(m.Quote)
			if (m.With != "") != first || n == perTopic || first && of == perPartner || key != "" && seen[key] || seen[m.Document] {
				continue
			}
			seen[key], seen[m.Document] = true, true
			c.out.Comparable = append(c.out.Comparable, *m)
			n++
			if first {
				of++
			}
		}
	}
}

// sampled says whether the draft is between parties of samples: then samples are its world.
func (c *check) sampled() bool {
	return slices.ContainsFunc(c.an.Parties, func(p string) bool {
		return slices.ContainsFunc(c.texts, func(t Text) bool { return t.Sample && slices.Contains(t.Parties, p) })
	})
}

// gramsOf are the five-word runs of a clause.
func gramsOf(words string) []uint64 {
	if words == "" {
		return nil
	}
	r := &text.Reading{Text: words, Provisions: []text.Provision{{EID: "x", End: len(words), Parent: -1}}}
	d := overlap.Read("", r, overlap.Innermost)
	if len(d.Units) == 0 {
		return nil
	}
	return d.Units[0].Grams
}

// like is the Jaccard measure of two sets of runs, to two places.
func like(a, b []uint64) float64 {
	_, both := shared(a, b)
	if n := len(a) + len(b) - both; n > 0 {
		return math.Round(100*float64(both)/float64(n)) / 100
	}
	return 0
}

// exchanges sets out what each side gives and gets, by the balance of package assay, without what is quoted.
func (c *check) exchanges() {
	if c.an.Balance == nil {
		return
	}
	at := map[string]int{}
	for i := range c.an.Provisions {
		at[c.an.Provisions[i].EID] = i
	}
	for i := range c.an.Balance.Items {
		x := &c.an.Balance.Items[i]
		k, ok := at[x.EID]
		if !ok || x.Norm >= len(c.an.Provisions[k].Norms) {
			continue
		}
		n := &c.an.Provisions[k].Norms[x.Norm]
		if within(c.quoted, assay.Span{Start: n.Start, End: n.End}) {
			continue
		}
		e := Exchange{EID: x.EID, Category: x.Category, Direction: x.Direction, Gives: list(x.Gives), Gets: list(x.Gets), Strength: x.Strength, Modality: string(x.Modality), Refrains: x.Refrains,
			Deadline: x.Deadline, Quantity: x.Quantity, Enforcers: list(x.Enforcers), Start: n.Start, End: n.End, Quote: normText(c.rd, n, 240)}
		if p := c.in.Party; p != "" {
			all := slices.Contains(x.Gives, "each_party") || slices.Contains(x.Gives, "participants") || x.Direction == assay.Mutual || x.Direction == assay.Joint
			gives, gets := slices.Contains(x.Gives, p), slices.Contains(x.Gets, p)
			switch {
			case all || gives && gets:
				e.For = "both"
			case gives:
				e.For = "gives"
			case gets:
				e.For = "gets"
			}
		}
		c.out.Balance = append(c.out.Balance, e)
	}
}
