package edit

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// Publication is what must become public together so that nothing dangles.
type Publication struct {
	Claims  []*registry.Entry // asked for, and those that these need
	Needed  []*registry.Entry // of Claims: not asked for, but needed to make known what others refer to
	Sources []*registry.Entry
	Choices []*registry.Entry
	Moves   []*registry.Entry
	Records []registry.RecordID // that become public with it
	Left    []*registry.Entry   // asked for, and not to be published: taken back, superseded, public already
}

// identity are the fields without which a record is only a number.
var identity = []string{"title", "official_title", "name", "address", "party_kind", "type", "law_type", "financing_type", "project_type", "iso3", "state"}

// Publish works out what becomes public with some entries: the sources of claims, the identity of records that claims are on or refer to, the
// corrections between a public claim and the one that now holds, and choices.
func Publish(b *Book, ids ...registry.EntryID) Publication {
	var p Publication
	done := map[registry.EntryID]bool{}
	records := map[registry.RecordID]bool{}
	var add func(e *registry.Entry, asked bool)
	known := func(id registry.RecordID) {
		if records[id] || b.PublicRecord(id) {
			return
		}
		records[id] = true
		p.Records = append(p.Records, id)
		for _, c := range b.claims[id] {
			if slices.Contains(identity, c.Claim.Field) && b.Current(c.ID) {
				add(c, false)
			}
		}
	}
	add = func(e *registry.Entry, asked bool) {
		if e == nil || done[e.ID] {
			return
		}
		done[e.ID] = true
		if b.Public(e.ID) {
			if asked {
				p.Left = append(p.Left, e)
			}
			return
		}
		switch {
		case e.Claim != nil:
			if asked && !b.Current(e.ID) {
				p.Left = append(p.Left, e)
				return
			}
			p.Claims = append(p.Claims, e)
			if !asked && !slices.Contains(ids, e.ID) {
				p.Needed = append(p.Needed, e)
			}
			add(b.source(e.Claim.Source), false)
			known(e.Claim.Record)
			for _, id := range registry.RefsOf(e.Claim) {
				known(id)
			}
			if who := e.Claim.SpeakerParty(); who != "" {
				known(who)
			}
			between := b.between(e)
			for _, c := range between {
				add(c, false)
			}
			for _, ch := range b.choices[e.ID] {
				if b.Retraction(ch.ID) == nil {
					add(ch, false)
				}
			}
		case e.Source != nil:
			if b.Retraction(e.ID) == nil {
				p.Sources = append(p.Sources, e)
			}
		case e.Choice != nil:
			if b.Retraction(e.ID) == nil && b.Entry(e.Choice.Claim) != nil {
				p.Choices = append(p.Choices, e)
				add(b.Entry(e.Choice.Claim), false)
			}
		case e.Move != nil:
			if b.Retraction(e.ID) == nil {
				p.Moves = append(p.Moves, e)
				known(e.Move.To)
				for _, id := range e.Move.Claims { // a public move names no claim that is not
					add(b.Entry(id), false)
				}
			}
		}
	}
	for _, id := range ids {
		add(b.Entry(id), true)
	}
	for _, es := range [][]*registry.Entry{p.Claims, p.Needed, p.Sources, p.Choices, p.Moves} {
		Sort(es)
	}
	return p
}

// between are the claims between a public one and e in the chain of corrections: without them the public would see both ends compete.
func (b *Book) between(e *registry.Entry) []*registry.Entry {
	var chain []*registry.Entry
	for id := e.Claim.Supersedes; id != ""; {
		c := b.Entry(id)
		if c == nil || c.Claim == nil {
			return nil
		}
		if b.Public(id) {
			return chain
		}
		chain = append(chain, c)
		id = c.Claim.Supersedes
	}
	return nil
}

// Empty says whether nothing would become public.
func (p Publication) Empty() bool {
	return len(p.Claims)+len(p.Sources)+len(p.Choices)+len(p.Moves) == 0
}

// Targets are the entries that become public.
func (p Publication) Targets() []registry.EntryID {
	var out []registry.EntryID
	for _, es := range [][]*registry.Entry{p.Sources, p.Claims, p.Choices, p.Moves} {
		for _, e := range es {
			out = append(out, e.ID)
		}
	}
	return out
}

// Publish gives the disclosure that makes a publication.
func (a Act) Publish(p Publication, why string) ([]registry.Entry, error) {
	if p.Empty() {
		return nil, registry.Errorf(registry.Conflict, "there is nothing left to publish").WithHint("somebody published it meanwhile, or it was taken back")
	}
	if len(why) > 1000 {
		return nil, invalid("shorten it", "the reason is too long")
	}
	return a.complete([]registry.Entry{{Audience: registry.Public, Disclosure: &registry.Disclosure{Targets: p.Targets(), Action: "publish", To: registry.Public, Reason: tidy(why)}}})
}

// Unpublished are the claims, choices, moves and sources that hold and that not everybody sees, the newest first. Sources that no claim rests on
// are left out.
func (b *Book) Unpublished() []*registry.Entry {
	var out []*registry.Entry
	for i := range b.Entries {
		e := &b.Entries[i]
		switch {
		case b.Public(e.ID) || e.Disclosure != nil || e.Retraction != nil || e.Erased():
		case e.Claim != nil && b.Current(e.ID), (e.Choice != nil || e.Move != nil) && b.Retraction(e.ID) == nil:
			out = append(out, e)
		case e.Source != nil && b.Retraction(e.ID) == nil && b.source(e.Source.ID) == e && slices.ContainsFunc(b.citing[e.Source.ID], func(c *registry.Entry) bool { return b.Public(c.ID) }):
			out = append(out, e) // a newer description of a source that public claims rest on
		}
	}
	slices.SortStableFunc(out, func(x, y *registry.Entry) int { return y.At.Compare(x.At) })
	return out
}
