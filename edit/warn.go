package edit

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// warnings looks for what may be a mistake in new entries.
func warnings(b *Book, before, after *registry.View, entries []registry.Entry, today registry.Day) []Warning {
	var out []Warning
	add := func(w Warning) {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	for i := range entries {
		e := &entries[i]
		switch {
		case e.Source != nil:
			switch d, err := registry.ParseDate(e.Source.Date); {
			case e.Source.Date == "":
				add(Warning{Code: "source_undated", About: string(e.Source.ID)})
			case err == nil && d.Start > today:
				add(Warning{Code: "source_to_come", About: string(e.Source.ID)})
			}
		case e.Claim != nil:
			for _, w := range claimWarnings(b, after, e, today) {
				add(w)
			}
			if w, ok := otherDay(b, e, entries[:i]); ok {
				add(w)
			}
		}
	}
	for _, w := range audienceWarnings(b, entries) {
		add(w)
	}
	return out
}

func claimWarnings(b *Book, after *registry.View, e *registry.Entry, today registry.Day) (out []Warning) {
	c := e.Claim
	w := Warning{Record: c.Record, Field: c.Field, Key: c.Key}
	add := func(code, about string) {
		w.Code, w.About = code, about
		out = append(out, w)
	}
	if d, ok := c.Value.Date(); ok && c.Field == "event" && !c.Not {
		s := after.Sources[c.Source]
		switch {
		case d.Start > today:
			add("event_to_come", d.EDTF)
		case s != nil && s.Date != "":
			if sd, err := registry.ParseDate(s.Date); err == nil && d.Start > sd.End {
				add("event_after_source", s.Date)
			}
		}
	}
	if word := Charges(c); word != "" {
		add("charges", word)
	}
	for _, id := range registry.RefsOf(c) {
		if after.Record(id) == nil {
			add("dangling", string(id))
		}
	}
	for _, old := range b.claims[c.Record] {
		o := old.Claim
		if old.ID != e.ID && o.Field == c.Field && o.Key == c.Key && o.Value == c.Value && o.Source == c.Source && o.Not == c.Not && o.From == c.From && o.Until == c.Until &&
			o.Statement == c.Statement && o.Speaker == c.Speaker && b.Current(old.ID) && old.ID != c.Supersedes {
			add("twice", string(o.Source))
			break
		}
	}
	return out
}

// otherDay finds another day of the event that e tells of: a second event, which needs a name of its own, or a contradiction. Whoever types
// it knows which. Fresh are the entries before e of those that are entered with it.
func otherDay(b *Book, e *registry.Entry, fresh []registry.Entry) (Warning, bool) {
	c := e.Claim
	if c.Field != "event" || c.Not || c.Supersedes != "" || c.Value.State != "" {
		return Warning{}, false
	}
	w := Warning{Record: c.Record, Field: c.Field, Key: c.Key}
	agrees := false
	look := func(x *registry.Entry) {
		o := x.Claim
		if o == nil || o.Record != c.Record || o.Field != "event" || o.Key != c.Key || o.Not || o.Value.State != "" {
			return
		}
		switch {
		case registry.Agree(o.Value, c.Value):
			agrees = true
		case o.Source == c.Source:
			w.Code, w.About = "event_again", o.Value.String()
		case w.Code == "":
			w.Code, w.About = "event_other", o.Value.String()
		}
	}
	for _, old := range b.claims[c.Record] {
		if b.Current(old.ID) && old.ID != e.ID {
			look(old)
		}
	}
	for i := range fresh {
		look(&fresh[i])
	}
	return w, w.Code == "event_again" || w.Code == "event_other" && !agrees
}

// audienceWarnings finds claims that more people would see than see the records they are on or refer to, or their source: those people would
// see nothing of them, or no source.
func audienceWarnings(b *Book, entries []registry.Entry) (out []Warning) {
	type seen struct {
		records map[registry.RecordID]bool
		sources map[registry.SourceID]bool
	}
	by := map[registry.Audience]*seen{}
	for i := range entries {
		e := &entries[i]
		if e.Claim == nil {
			continue
		}
		s := by[e.Audience]
		if s == nil {
			s = &seen{map[registry.RecordID]bool{}, map[registry.SourceID]bool{}}
			by[e.Audience] = s
			for _, list := range [][]registry.Entry{b.Entries, entries} {
				for j := range list {
					x := &list[j]
					if !(b.open[x.ID][e.Audience] || b.open[x.ID][registry.Public] || x.Audience == e.Audience || x.Audience == registry.Public) {
						continue
					}
					if x.Claim != nil {
						s.records[x.Claim.Record] = true
					} else if x.Source != nil {
						s.sources[x.Source.ID] = true
					}
				}
			}
			if len(b.claims) > 0 { // a record that was there for this audience before these entries
				for id := range s.records {
					s.records[id] = s.records[id] && (len(b.claims[id]) == 0 || seenBefore(b, id, e.Audience))
				}
			}
		}
		c := e.Claim
		for _, id := range append(registry.RefsOf(c), c.Record) {
			if !s.records[id] && len(b.claims[id]) > 0 {
				out = append(out, Warning{Code: "wider_than_record", Record: c.Record, Field: c.Field, Key: c.Key, About: string(id)})
			}
		}
		if !s.sources[c.Source] && len(b.sources[c.Source]) > 0 {
			out = append(out, Warning{Code: "wider_than_source", Record: c.Record, Field: c.Field, Key: c.Key, About: string(c.Source)})
		}
	}
	return out
}

func seenBefore(b *Book, id registry.RecordID, a registry.Audience) bool {
	return slices.ContainsFunc(b.claims[id], func(e *registry.Entry) bool { return b.open[e.ID][a] || b.open[e.ID][registry.Public] })
}
