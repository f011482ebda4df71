// Package notice says who must be told before a statement about them is published. Start with [Needed] and [Missing].
//
// An allegation, or a finding of a body, about a named company or person is published only after they were told what is going to be said and had
// time to answer, unless telling them would put somebody or the evidence at risk. What was done is written down: a letter with its date and the days
// it gave, or the reason why there was none. States and their ministries are not told: what is said of them is public business.
//
// Judgements need no letter: the court heard the parties. The package is pure: it reads entries and a view, and keeps nothing.
package notice

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/openassay/assay/registry"
)

// Need is a statement about which somebody must be told.
type Need struct {
	Entry *registry.Entry
	Whom  []registry.RecordID // companies and organisations that it names, by id; empty where the registry knows none of them
}

// The kinds of what was done.
const (
	Letter = "letter" // they were told
	Risk   = "risk"   // telling them would put somebody or the evidence at risk
	Nobody = "nobody" // it names no company and no person
)

// Given is what was done about some statements.
type Given struct {
	Entries []registry.EntryID
	Kind    string
	Whom    []registry.RecordID // to whom a letter went; empty for somebody whom the registry does not know
	Sent    registry.Day        // of a letter
	Days    int                 // that it gave for an answer
}

// public are the kinds of party that are told nothing.
var public = []string{"state", "territory", "bloc", "international_organisation", "ministry", "agency", "subnational"}

// Needed are the allegations and findings among entries, and those that a move among them puts on the record of somebody who must be told, each
// with those whom it names in a view, in the order of the entries.
func Needed(entries []*registry.Entry, v *registry.View) []Need {
	var out []Need
	var names []name
	add := func(e *registry.Entry) {
		if !charges(e) || slices.ContainsFunc(out, func(n Need) bool { return n.Entry.ID == e.ID }) {
			return
		}
		if names == nil {
			names = namesOf(v)
		}
		out = append(out, Need{e, named(e, v, names)})
	}
	for _, e := range entries {
		if e.Move == nil {
			add(e)
			continue
		}
		for _, id := range e.Move.Claims {
			if c := v.Entries[id]; charges(c) && concerns(v.Record(v.About(c))) {
				add(c)
			}
		}
	}
	return out
}

// charges says whether an entry is a statement that may charge somebody.
func charges(e *registry.Entry) bool {
	return e != nil && e.Claim != nil && (e.Claim.Statement == registry.Allegation || e.Claim.Statement == registry.Finding)
}

// Missing is a statement that may not be published yet.
type Missing struct {
	Need
	Until registry.Day // when the time of the letters is over; "" where somebody has no letter, and there is no reason
}

// Open are the needs that nothing given has met by a day. That nobody is named counts only where the registry finds nobody either, and a letter only
// for those to whom it went.
func Open(needs []Need, given []Given, today registry.Day) []Missing {
	var out []Missing
	for _, n := range needs {
		if until, met := n.met(given, today); !met {
			out = append(out, Missing{n, until})
		}
	}
	return out
}

// met says whether something given meets a need; else until when the letters give time, "" where one is missing.
func (n Need) met(given []Given, today registry.Day) (until registry.Day, met bool) {
	over := map[registry.RecordID]registry.Day{} // when the first letter's time is over, by addressee
	for _, g := range given {
		if !slices.Contains(g.Entries, n.Entry.ID) {
			continue
		}
		switch {
		case g.Kind == Risk, g.Kind == Nobody && len(n.Whom) == 0:
			return "", true
		case g.Kind == Letter:
			day, whom := After(g.Sent, g.Days), g.Whom
			if len(whom) == 0 {
				whom = append([]registry.RecordID{""}, n.Whom...)
			}
			for _, id := range whom {
				if over[id] == "" || day < over[id] {
					over[id] = day
				}
			}
		}
	}
	whom := n.Whom
	if len(whom) == 0 {
		whom = []registry.RecordID{""}
		for _, day := range over { // to whomever it went
			if over[""] == "" || day < over[""] {
				over[""] = day
			}
		}
	}
	for _, id := range whom {
		if over[id] == "" {
			return "", false
		}
		until = max(until, over[id])
	}
	return until, until <= today
}

// After is the day that lies n days after another.
func After(d registry.Day, n int) registry.Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return "9999-12-31"
	}
	return registry.DayOf(t.AddDate(0, 0, n))
}

// name is what a party is called, folded.
type name struct {
	id   registry.RecordID
	text string
}

// namesOf are the names of the parties that must be told.
func namesOf(v *registry.View) []name {
	out := []name{}
	for _, r := range v.OfKind(registry.KindParty) {
		if !concerns(r) {
			continue
		}
		for _, s := range append(r.Values("name"), r.Values("alias")...) {
			if s = fold(s); utf8.RuneCountInString(s) > 3 {
				out = append(out, name{r.ID, s})
			}
		}
	}
	return out
}

// concerns says whether a party is one that must be told.
func concerns(r *registry.Record) bool {
	return r != nil && r.Kind == registry.KindParty && !slices.Contains(public, r.String("party_kind")) && r.String("iso3") == ""
}

// named are the parties that a claim is about, refers to, or names in its words; its speaker is not told of what they said themselves.
func named(e *registry.Entry, v *registry.View, names []name) []registry.RecordID {
	c := e.Claim
	var out []registry.RecordID
	add := func(id registry.RecordID) {
		id = v.Resolve(id)
		if concerns(v.Record(id)) && id != v.Resolve(c.SpeakerParty()) && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	add(v.About(e))
	for _, id := range registry.RefsOf(c) {
		add(id)
	}
	if _, qualifier := registry.SplitEventKey(c.Key); qualifier != "" {
		add(registry.RecordID("pty_" + qualifier))
	}
	words := " " + fold(c.Value.Raw+" "+c.Note+" "+c.Key) + " "
	for _, n := range names {
		if strings.Contains(words, " "+n.text+" ") {
			add(n.id)
		}
	}
	slices.Sort(out)
	return out
}

// fold is words in small letters with single blanks and without punctuation.
func fold(s string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}
