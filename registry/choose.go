package registry

import (
	"cmp"
	"slices"
	"strings"
)

// fill sorts the claims of one slot into the one shown and the others. horizon is the day that "now" means.
func fill(key, lang string, cs []*Stated, horizon Day, chosen map[EntryID]bool) *Slot {
	s := &Slot{Key: key, Lang: lang}
	slices.SortFunc(cs, func(a, b *Stated) int { return order(a, b, chosen) })
	var live []*Stated
	for _, c := range cs {
		switch {
		case c.Statement == Allegation: // before all else: nothing that is only alleged is ever taken for so
			s.Alleged = append(s.Alleged, c)
		case c.Value.State != "":
			s.States = append(s.States, c)
		case c.From != "" && start(c.From) > horizon:
			s.Later = append(s.Later, c)
		case c.Until != "" && end(c.Until) < horizon:
			s.Earlier = append(s.Earlier, c)
		case c.Not:
			s.Denials = append(s.Denials, c)
		default:
			live = append(live, c)
		}
	}
	live, s.Earlier = follow(live, s.Earlier)
	live, denied := deny(live, s.Denials, chosen)
	if len(live) == 0 {
		s.Losing = denied
		return s
	}
	s.Shown = live[0]
	s.Why = why(live, chosen)
	// The best claim decides; a better-ranked agreeing claim that is more exact says more, so it is what is shown.
	for refined := true; refined; {
		refined = false
		for _, c := range live {
			if moreExact(c.Value, s.Shown.Value) {
				s.Shown, refined = c, true
				break
			}
		}
	}
	for _, c := range live {
		switch {
		case c == s.Shown:
		case Agree(c.Value, s.Shown.Value):
			s.Agreeing = append(s.Agreeing, c)
		default:
			s.Losing = append(s.Losing, c)
		}
	}
	s.Losing = append(s.Losing, denied...)
	return s
}

// follow lets claims with a from date give way to those with a later one; claims without one compete with whatever holds.
func follow(live, earlier []*Stated) (now, before []*Stated) {
	var latest Day
	for _, c := range live {
		if c.From != "" {
			latest = max(latest, start(c.From))
		}
	}
	for _, c := range live {
		if c.From != "" && start(c.From) < latest {
			earlier = append(earlier, c)
		} else {
			now = append(now, c)
		}
	}
	return now, earlier
}

// deny takes out claims whose value a better-ranked claim says is not so.
func deny(live, denials []*Stated, chosen map[EntryID]bool) (now, denied []*Stated) {
	for _, c := range live {
		out := false
		for _, d := range denials {
			out = out || Agree(c.Value, d.Value) && order(d, c, chosen) < 0
		}
		if out {
			denied = append(denied, c)
		} else {
			now = append(now, c)
		}
	}
	return now, denied
}

// order is the rule that picks among competing claims, the better first: an editor's choice, source grade, person before
// machine, newer source, newer claim, claim id. A total order that does not depend on arrival.
func order(a, b *Stated, chosen map[EntryID]bool) int {
	return cmp.Or(
		cmp.Compare(bit(chosen[b.Entry.ID]), bit(chosen[a.Entry.ID])),
		cmp.Compare(grade(a), grade(b)),
		cmp.Compare(bit(byMachine(a)), bit(byMachine(b))),
		cmp.Compare(b.Known, a.Known),
		b.Entry.At.Compare(a.Entry.At),
		cmp.Compare(a.Entry.ID, b.Entry.ID),
	)
}

func better(a, b *Stated, chosen map[EntryID]bool) bool { return order(a, b, chosen) < 0 }

// why names the step of the rule by which the first of live beat the best that disagrees with it.
func why(live []*Stated, chosen map[EntryID]bool) string {
	a := live[0]
	if chosen[a.Entry.ID] {
		return "overruled"
	}
	for _, b := range live[1:] {
		if Agree(a.Value, b.Value) {
			continue
		}
		switch {
		case grade(a) != grade(b):
			return "grade"
		case byMachine(a) != byMachine(b):
			return "person"
		case a.Known != b.Known:
			return "newer_source"
		case !a.Entry.At.Equal(b.Entry.At):
			return "newer_claim"
		default:
			return "id"
		}
	}
	return "only"
}

func grade(s *Stated) int {
	if s.Source == nil {
		return 99
	}
	if c := Code("grade", s.Source.Grade); c != nil {
		return c.Rank
	}
	return 99
}

// byMachine says whether a machine made the claim: read from a text or inferred by a program, not entered by a person.
func byMachine(s *Stated) bool {
	return strings.HasPrefix(s.Entry.By, "machine:") || s.Method == "read"
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func start(edtf string) Day {
	d, err := ParseDate(edtf)
	if err != nil {
		return openStart
	}
	return d.Start
}

func end(edtf string) Day {
	d, err := ParseDate(edtf)
	if err != nil {
		return openEnd
	}
	return d.End
}
