package draftcheck

import (
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/conflict"
)

const mostConflicts = 40 // named one by one

// conflicts holds the draft against what the party owes already, or each side where nobody was chosen. What was set apart is counted in a
// warning, so that it can be looked into; what was not looked at is said.
func (c *check) conflicts() {
	s := &c.out.Summary
	none := func(words string) {
		c.out.Conflicts = append(c.out.Conflicts, Beside{Kind: NotLookedAt, Words: words})
		s.NotLookedAt = append(s.NotLookedAt, "conflicts with what the party already owes")
	}
	rules := c.in.Colliding
	if rules == nil {
		none("Conflicts between this draft and what the party already owes were not looked for.")
		return
	}
	draft := rules.Read(conflict.Text{ID: "draft", Title: "This draft", Kind: conflict.KindDraft, Legal: c.bindIs, Reading: c.rd, Analysis: c.an})
	parties := c.an.Parties
	if c.in.Party != "" {
		parties = []string{c.in.Party}
	}
	var laws []*conflict.Sheet
	var found []conflict.Finding
	apart := map[string]int{}
	texts, bare := 0, 0
	for _, o := range c.in.Owed {
		if o.Kind == conflict.KindLaw {
			laws = append(laws, o)
		} else if slices.Contains(c.ownTitles, o.Title) || strings.EqualFold(o.Title, c.an.Title) {
			continue // the draft itself
		} else {
			texts++
			if o.Bare {
				bare++
			}
		}
		for _, f := range rules.Between(draft, o) {
			if within(c.quoted, assay.Span{Start: f.A.Start, End: f.A.End}) {
				continue
			}
			if f.Answer == conflict.Disjoint {
				apart[f.Ground]++
				continue
			}
			found = append(found, f)
		}
	}
	for _, f := range rules.Sums(append([]*conflict.Sheet{draft}, c.in.Owed...)) {
		if f.B.Document == draft.ID {
			f.A, f.B = f.B, f.A
		}
		if f.A.Document == draft.ID && slices.Contains(parties, f.Shared[0]) {
			found = append(found, f)
		}
	}
	for _, p := range parties {
		found = append(found, rules.Lacking(draft, p, laws)...)
	}
	conflict.Order(found)
	for i := range found[:min(mostConflicts, len(found))] {
		c.out.Conflicts = append(c.out.Conflicts, c.collision(&found[i]))
	}
	if n := len(found) - mostConflicts; n > 0 {
		s.Warnings = append(s.Warnings, fmt.Sprintf("%s with other texts are not listed one by one; the gravest are.", count(n, "further possible conflict", "further possible conflicts")))
	}
	var grounds []string
	for _, g := range conflict.Grounds {
		if apart[g] > 0 {
			grounds = append(grounds, fmt.Sprintf("%s %d", plain(g), apart[g]))
		}
	}
	if len(grounds) > 0 {
		s.Warnings = append(s.Warnings, "Pairs of provisions that look like conflicts were set apart, by ground: "+strings.Join(grounds, ", ")+".")
	}
	if texts == 0 && len(laws) == 0 {
		none("The registry holds no text or law of " + c.names(parties) + " to hold this draft against: whether it collides with what is owed already is not known.")
		return
	}
	if c.in.More > 0 {
		s.NotLookedAt = append(s.NotLookedAt, count(c.in.More, "older text of these sides", "older texts of these sides")+" (conflicts)")
	}
	if bare > 0 {
		s.Warnings = append(s.Warnings, count(bare, "text was", "texts were")+" held against this draft by labels only: their words are not here, so that a conflict with them may be missed.")
	}
	if len(laws) == 0 {
		s.NotLookedAt = append(s.NotLookedAt, "laws of "+c.names(parties)+" (the registry holds none)")
	}
}

// collision is a finding as the report has it.
func (c *check) collision(f *conflict.Finding) Beside {
	b := Beside{Kind: f.Type, Answer: f.Answer, Words: f.Reason, Severity: f.Severity, Missing: f.Missing, Hints: f.Hints,
		Document: f.B.Document, Path: f.B.Path, Title: f.B.Title, EID: f.B.EID, Quote: clip(f.B.Words, 420)}
	if len(f.Missing) > 0 {
		b.Words += " Not known: " + strings.Join(f.Missing, "; ") + "."
	}
	b.Place = &Place{EID: f.A.EID, Start: f.A.Start, End: f.A.End, Quote: clip(c.rd.Text[f.A.Start:f.A.End], 300), Modality: string(f.A.Modality)}
	return b
}
