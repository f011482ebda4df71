package edit

import (
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// Act is something that is done to an entry: it is taken back, chosen, published …
type Act struct {
	Token string
	By    string
	At    time.Time
	Into  registry.Audience // the audience at which it enters
}

func (a Act) complete(parts []registry.Entry) ([]registry.Entry, error) {
	return complete(parts, a.Token, a.By, a.Into, a.At)
}

func reason(s, why string) (string, error) {
	s = tidy(s)
	switch {
	case s == "":
		return "", invalid(why, "the reason is missing")
	case len(s) > 1000:
		return "", invalid("shorten it to a sentence or two", "the reason is too long")
	}
	return s, nil
}

// Retract takes claims back, with a reason. What is public can be taken back by whoever may publish only: it goes from every page at once.
func (a Act) Retract(b *Book, mayPublish bool, why string, ids ...registry.EntryID) ([]registry.Entry, error) {
	why, err := reason(why, "say why it was a mistake; the history shows it")
	if err != nil {
		return nil, err
	}
	var parts []registry.Entry
	for _, id := range ids {
		e := b.Entry(id)
		switch {
		case e == nil || e.Claim == nil && e.Choice == nil:
			return nil, registry.Errorf(registry.NotFound, "there is no such claim").WithHint("look at the record again")
		case b.Retraction(id) != nil:
			return nil, registry.Errorf(registry.Conflict, "it is taken back already").WithHint("look at the record again")
		case b.Public(id) && !mayPublish:
			return nil, registry.Errorf(registry.Invalid, "this claim is public; taking it back changes the public pages at once").
				WithHint("correct it, or say that it is not so, with a source; or ask an editor to take it back")
		}
		audience := a.Into
		if b.Public(id) {
			audience = registry.Public // at least as visible as what it takes back
		}
		parts = append(parts, registry.Entry{Audience: audience, Retraction: &registry.Retraction{Target: id, Reason: why}})
	}
	return a.complete(parts)
}

// Choose says that a claim is shown whatever the rule says.
func (a Act) Choose(b *Book, why string, id registry.EntryID) ([]registry.Entry, error) {
	why, err := reason(why, "say why this claim is to be shown and not the other")
	if err != nil {
		return nil, err
	}
	if e := b.Entry(id); e == nil || e.Claim == nil {
		return nil, registry.Errorf(registry.NotFound, "there is no such claim").WithHint("look at the record again")
	}
	if !b.Current(id) {
		return nil, registry.Errorf(registry.Conflict, "the claim was superseded or taken back meanwhile").WithHint("look at the record again")
	}
	parts := []registry.Entry{{Choice: &registry.Choice{Claim: id, Reason: why}}}
	for _, rival := range b.claims[b.Entry(id).Claim.Record] { // the choice that was made before, of another claim of the same place
		c, d := rival.Claim, b.Entry(id).Claim
		if rival.ID == id || c.Field != d.Field || c.Key != d.Key || c.Value.Lang != d.Value.Lang {
			continue
		}
		for _, old := range b.choices[rival.ID] {
			if b.Retraction(old.ID) == nil && !b.Public(old.ID) {
				parts = append(parts, registry.Entry{Retraction: &registry.Retraction{Target: old.ID, Reason: "another claim was chosen"}})
			}
		}
	}
	return a.complete(parts)
}

// Correction prepares the log for a claim that corrects another: it gives what the new claim is to supersede. Where id was corrected
// before and that correction was taken back, the taken back one is restored first, so that each claim is superseded by one other at most.
// Where somebody else corrected it meanwhile the error is registry.Conflict.
func (b *Book) Correction(id registry.EntryID) (supersedes registry.EntryID, before []registry.Entry, err error) {
	if e := b.Entry(id); e == nil || e.Claim == nil {
		return "", nil, registry.Errorf(registry.NotFound, "there is no such claim").WithHint("look at the record again")
	}
	if b.Retraction(id) != nil || b.ReplacedBy(id) != nil {
		return "", nil, registry.Errorf(registry.Conflict, "somebody corrected this claim or took it back while you were writing").
			WithHint("look at what holds now; what you wrote is kept")
	}
	for {
		next := b.replacedBy[id]
		if len(next) == 0 {
			return id, before, nil
		}
		for _, r := range b.takenBack[next[0].ID] {
			if b.Retraction(r.ID) == nil {
				before = append(before, registry.Entry{Audience: sameAudience(b, r.ID), Retraction: &registry.Retraction{Target: r.ID, Reason: "restored in order to be corrected"}})
			}
		}
		id = next[0].ID
	}
}

func sameAudience(b *Book, id registry.EntryID) registry.Audience {
	if b.Public(id) {
		return registry.Public
	}
	return ""
}

// Corrected are the entries of a draft, prepared for the claims that it corrects.
func (d *Draft) Corrected(b *Book) error {
	var all []registry.Entry
	for i := range d.parts {
		c := d.parts[i].Claim
		if c == nil || c.Supersedes == "" {
			continue
		}
		to, before, err := b.Correction(c.Supersedes)
		if err != nil {
			return err
		}
		copied := *c
		copied.Supersedes = to
		d.parts[i].Claim = &copied
		all = append(all, before...)
	}
	d.parts = append(d.parts, all...)
	return nil
}

// Kept is an entry of a batch that cannot be undone, and why.
type Kept struct {
	Entry *registry.Entry
	Why   string // corrected, retracted, used, public
}

// Undo gives the entries that undo a batch, and what of it stays as it is because others have built on it, or because it is public and the
// person may not publish. Nothing is erased: the history shows both.
func (a Act) Undo(b *Book, mayPublish bool, batch []*registry.Entry) ([]registry.Entry, []Kept, error) {
	var parts []registry.Entry
	var kept []Kept
	mine := map[registry.EntryID]bool{}
	for _, e := range batch {
		mine[e.ID] = true
	}
	const why = "undone"
	for i := len(batch) - 1; i >= 0; i-- {
		e := batch[i]
		public := b.Public(e.ID)
		audience := registry.Audience("")
		if public {
			audience = registry.Public
		}
		back := registry.Entry{Audience: audience, Retraction: &registry.Retraction{Target: e.ID, Reason: why}}
		switch {
		case b.Retraction(e.ID) != nil:
			kept = append(kept, Kept{e, "retracted"})
		case public && !mayPublish:
			kept = append(kept, Kept{e, "public"})
		case e.Claim != nil && b.ReplacedBy(e.ID) != nil && !mine[b.ReplacedBy(e.ID).ID]:
			kept = append(kept, Kept{e, "corrected"})
		case e.Claim != nil && e.Claim.Supersedes != "" && b.Entry(e.Claim.Supersedes) != nil && b.Entry(e.Claim.Supersedes).Claim != nil && !mine[e.Claim.Supersedes]:
			// What it replaced is said again, in its place: a claim is superseded by one other at most, and this one has superseded it.
			old := *b.Entry(e.Claim.Supersedes).Claim
			old.Supersedes = e.ID
			parts = append(parts, registry.Entry{Audience: audience, Claim: &old})
		case e.Source != nil && len(b.sources[e.Source.ID]) == 1 && b.usedElsewhere(e.Source.ID, mine):
			kept = append(kept, Kept{e, "used"})
		case e.Disclosure != nil && e.Disclosure.To == registry.Public && !mayPublish:
			kept = append(kept, Kept{e, "public"})
		case e.Disclosure != nil:
			d := *e.Disclosure
			d.Reason = why
			if !a.At.Truncate(time.Second).After(e.At) { // disclosures are applied in the order of their seconds
				a.At = e.At.Add(time.Second)
			}
			if d.Action = "withdraw"; e.Disclosure.Action == "withdraw" {
				d.Action = "publish"
			}
			parts = append(parts, registry.Entry{Audience: e.Audience, Disclosure: &d})
		default:
			parts = append(parts, back)
		}
	}
	if len(parts) == 0 {
		return nil, kept, registry.Errorf(registry.Conflict, "there is nothing left to undo").WithHint("look at the history of the record")
	}
	es, err := a.complete(parts)
	return es, kept, err
}

// usedElsewhere says whether claims outside a batch rest on a source.
func (b *Book) usedElsewhere(id registry.SourceID, mine map[registry.EntryID]bool) bool {
	for _, c := range b.citing[id] {
		if !mine[c.ID] && b.Current(c.ID) {
			return true
		}
	}
	return false
}

// MayUndo says whether a person may undo a batch: their own, or any for editors.
func MayUndo(batch []*registry.Entry, by string, editor bool) bool {
	if editor {
		return len(batch) > 0
	}
	for _, e := range batch {
		if e.By != by {
			return false
		}
	}
	return len(batch) > 0 && strings.HasPrefix(by, "person:")
}
