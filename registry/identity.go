package registry

import (
	"slices"
	"unicode/utf8"
)

// Two records of one thing are merged by a claim on one of them: its field redirect names the other, the survivor. All its claims then
// compile under the survivor. A record of two things is split by a move. Both are entries like others: whoever sees the
// entry sees one record (or two), everyone else what was before, and retracting the entry undoes it. They hold at every date.

// mostMoved is how many claims one move may name.
const mostMoved = 10000

// checkRedirect refuses what compile would pass over: merging a record with itself or with one of another kind.
func (c *Claim) checkRedirect() error {
	to := RecordID(c.Value.Raw)
	switch {
	case c.Value.State != "":
		return Errorf(Invalid, "%s: what it is merged into must be a record", c.Record)
	case to == c.Record:
		return Errorf(Invalid, "%s cannot be merged with itself: it refers to itself", c.Record).WithHint("name the other record of the same thing")
	case to.Kind() != c.Record.Kind():
		return Errorf(Invalid, "%s cannot be merged into %s: the kind of one is %s, of the other %s", c.Record, to, c.Record.Kind(), to.Kind()).
			WithHint("records of two kinds are two things; the field related connects them")
	}
	return nil
}

func (m *Move) check() error {
	if len(m.Claims) == 0 || m.Reason == "" {
		return Errorf(Invalid, "a move needs claims and a reason")
	}
	if len(m.Claims) > mostMoved || len(m.Reason) > 4000 || !utf8.ValidString(m.Reason) {
		return Errorf(Invalid, "a move names too many claims, or its reason is too long or not UTF-8").WithHint("at most %d claims and 4000 bytes", mostMoved)
	}
	_, err := ParseRecordID(string(m.To))
	return err
}

// moved are the visible claims that a visible move puts under another record, with the move: of several the latest. A move to a record
// of another kind, or of a redirect, does nothing.
func (s *seen) moved() map[EntryID]*Entry {
	if len(s.moves) == 0 {
		return nil
	}
	claims := make(map[EntryID]*Claim, len(s.claims))
	for _, e := range s.claims {
		claims[e.ID] = e.Claim
	}
	out := map[EntryID]*Entry{}
	decided := map[EntryID]bool{}
	for _, m := range s.moves { // the later first
		for _, id := range m.Move.Claims {
			c := claims[id]
			if c == nil || decided[id] || c.Field == "redirect" || c.Record.Kind() != m.Move.To.Kind() {
				continue
			}
			decided[id] = true
			if c.Record != m.Move.To { // moved back
				out[id] = m
			}
		}
	}
	return out
}

// findRedirects follows redirect claims, at whatever date they were made. A ring of redirects is broken at its smallest id, so that
// no record is lost; a redirect to a record of another kind, or to one that these readers do not see, does nothing.
func (v *View) findRedirects(every []*Stated, chosen map[EntryID]bool) {
	if !slices.ContainsFunc(every, func(c *Stated) bool { return c.Field == "redirect" }) {
		return
	}
	next := map[RecordID]*Stated{}
	self := func(id RecordID) RecordID { return id }
	none := func(*Stated) bool { return false }
	for _, c := range withoutDangling(superseded(slices.Clone(every)), self, none) {
		to := RecordID(c.Value.Raw)
		if c.Field == "redirect" && c.Value.State == "" && !c.Not && c.Statement != Allegation && to != c.Record && to.Kind() == c.Record.Kind() {
			if old := next[c.Record]; old == nil || better(c, old, chosen) {
				next[c.Record] = c
			}
		}
	}
	for id := range next {
		var path []RecordID
		to := id
		for next[to] != nil && !slices.Contains(path, to) {
			path = append(path, to)
			to = RecordID(next[to].Value.Raw)
		}
		if i := slices.Index(path, to); i >= 0 { // a ring, perhaps with a way into it
			to = slices.Min(path[i:])
		}
		if to != id {
			v.redirect[id] = to
		}
	}
}

// Resolve follows redirects to the record that stands for id.
func (v *View) Resolve(id RecordID) RecordID {
	if to, ok := v.redirect[id]; ok {
		return to
	}
	return id
}

// About is the record for which a claim in the log counts in this view, moves and merges followed; "" for an entry that is no claim.
func (v *View) About(e *Entry) RecordID {
	if e.Claim == nil {
		return ""
	}
	return v.Resolve(v.Placed(e))
}

// Placed is the record that a claim in the log is about in this view: where a move put it, else where it was entered; merges are not followed.
func (v *View) Placed(e *Entry) RecordID {
	if m := v.moved[e.ID]; m != nil {
		return m.Move.To
	}
	return e.Claim.Record
}

// inner says whether a claim is about records that are one now, or should be: it stands in no slot.
func (v *View) inner(c *Stated) bool {
	return c.Field == "redirect" || FieldOf(c.Field).Type == TypeRef && c.Value.State == "" && v.Resolve(RecordID(c.Value.Raw)) == v.Resolve(c.Record)
}

// under is the claim as it counts for the record that it was merged into: references go to where they were merged; the other record's title
// becomes another name, and its address keeps leading here without being the survivor's own (its key is the id it was claimed for).
// Everything else competes in its slot by the rule.
func (s *Stated) under(v *View, rec RecordID) *Stated {
	c := *s.Claim
	if rec != c.Record {
		switch c.Field {
		case "title", "name":
			c.Field, c.Key, c.Value = "alias", "", Value{Type: TypeString, Raw: c.Value.Raw, State: c.Value.State}
		case "address":
			c.Key = string(c.Record)
		}
	}
	f := FieldOf(c.Field)
	if f.Type == TypeRef && c.Value.State == "" {
		c.Value.Raw = string(v.Resolve(RecordID(c.Value.Raw)))
	}
	if m, stage, ok := c.Value.MineralStage(); ok && m != "*" && v.Resolve(m) != m {
		c.Value.Raw = v.Resolve(m).Tail() + "/" + stage
	}
	if f.Card == Keyed && f.Key == "ref" {
		c.Key = string(v.Resolve(RecordID(c.Key)))
	}
	out := *s
	out.Claim = &c
	return &out
}
