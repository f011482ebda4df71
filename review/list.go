package review

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
)

// The kinds of item, in the order in which they are listed.
const (
	Match     = "match"
	Duplicate = "duplicate"
	Machine   = "machine_claim"
	Stale     = "stale"
	Parallel  = "parallel"
	Dead      = "dead_reference"
	Private   = "unpublished"
	File      = "file"
)

// Kinds are all kinds.
var Kinds = []string{Match, Duplicate, Machine, Stale, Parallel, Dead, Private, File}

// Least is the probability from which on a pair of records is listed.
const Least = 0.3

// Item is something to decide.
type Item struct {
	Kind     string              `json:"kind"`
	ID       string              `json:"id"` // within its kind
	Title    string              `json:"title"`
	Records  []registry.RecordID `json:"records"`
	Claims   []registry.EntryID  `json:"claims,omitempty"`
	Options  []Option            `json:"candidates,omitempty"` // of a match, the likeliest first
	Score    float64             `json:"score,omitempty"`      // a probability, of match and duplicate
	Reasons  []string            `json:"reasons"`
	Since    registry.Day        `json:"since,omitempty"` // stale: the newest source; file: the first try
	Days     int                 `json:"days,omitempty"`  // stale: since then
	Evidence string              `json:"evidence"`        // another one when what the question rests on is another
	Until    registry.Day        `json:"until,omitempty"` // put off until this day
}

// Option is a record that a text may belong to.
type Option struct {
	Record  registry.RecordID `json:"record"`
	Score   float64           `json:"score"`
	Reasons []string          `json:"reasons"`
}

// Path is where the item's page is.
func (i Item) Path() string { return "/desk/review/" + i.Kind + "/" + i.ID }

// Key names the item among all kinds.
func (i Item) Key() string { return i.Kind + "/" + i.ID }

// Noted is what an importer noted: a doubtful match, or a file that did not enter.
type Noted struct {
	Document registry.RecordID // of a match
	Title    string
	Options  []Option
	Path     string // of a file
	Reason   string
	Tries    int
	Last     registry.Day // of the last try
	Since    registry.Day
}

func tries(n Noted) string {
	if n.Tries == 1 {
		return "tried once, on " + string(n.Last)
	}
	return fmt.Sprintf("tried %d times, last on %s", n.Tries, n.Last)
}

// Verdict is what a person decided about an item without it being knowledge.
type Verdict struct {
	Item     string // its key
	Evidence string // of the item when it was decided
	What     string // later, left
	Until    registry.Day
	Reason   string
	By       string
}

// Input is what the list is made from.
type Input struct {
	View  *registry.View
	Book  *edit.Book
	Index *identity.Index // of View; made where nil
	Noted []Noted
	Today registry.Day
}

// List gives everything that waits, by kind, the likeliest or longest waiting first.
func List(in Input) []Item {
	if in.Index == nil {
		in.Index = identity.New(in.View)
	}
	var out []Item
	out = append(out, matches(in)...)
	out = append(out, duplicates(in)...)
	out = append(out, machines(in)...)
	out = append(out, stale(in)...)
	out = append(out, parallel(in)...)
	out = append(out, dead(in)...)
	out = append(out, private(in)...)
	for _, n := range in.Noted {
		if n.Path != "" {
			out = append(out, Item{Kind: File, ID: digest(n.Path, n.Reason)[:16], Title: n.Path, Records: []registry.RecordID{}, Reasons: []string{n.Reason, tries(n)}, Since: n.Since})
		}
	}
	for i := range out {
		x := &out[i]
		parts := append([]string{x.Kind, x.ID}, x.Reasons...)
		for _, o := range x.Options {
			parts = append(parts, string(o.Record))
			parts = append(parts, o.Reasons...)
		}
		for _, c := range x.Claims {
			parts = append(parts, string(c))
		}
		switch x.Kind { // a day more is no news, nor is another try that fails the same way
		case Stale:
			parts = []string{x.Key(), string(x.Since)}
		case File:
			parts = []string{x.Key()}
		}
		x.Evidence = digest(parts...)[:16]
		if x.Reasons == nil {
			x.Reasons = []string{}
		}
	}
	return out
}

// Open are the items that nobody decided: without those left as they are on the same evidence, and without those put off, which come
// with their day in the second list.
func Open(items []Item, verdicts []Verdict, today registry.Day) (open, later []Item) {
	by := map[string]Verdict{}
	for _, v := range verdicts {
		by[v.Item] = v
	}
	for _, i := range items {
		v, ok := by[i.Key()]
		switch {
		case !ok || v.Evidence != i.Evidence:
			open = append(open, i)
		case v.What == "later" && v.Until > today:
			i.Until = v.Until
			later = append(later, i)
		case v.What == "later":
			open = append(open, i)
		}
	}
	return open, later
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s,", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// matches are texts of which it is doubtful to which instrument they belong. One that belongs to an instrument by now is no question, nor is an
// instrument of which somebody said that the text is not.
func matches(in Input) []Item {
	var out []Item
	for _, n := range in.Noted {
		d := in.View.Record(n.Document)
		if n.Document == "" || d == nil || len(d.Refs("instrument")) > 0 {
			continue
		}
		not := map[registry.RecordID]bool{}
		for _, s := range d.Slots("instrument") {
			for _, c := range s.Denials {
				not[in.View.Resolve(registry.RecordID(c.Value.Raw))] = true
			}
		}
		i := Item{Kind: Match, ID: string(d.ID), Title: d.Title(), Records: []registry.RecordID{d.ID}}
		for _, o := range n.Options {
			o.Record = in.View.Resolve(o.Record)
			if in.View.Record(o.Record) != nil && !not[o.Record] && !slices.ContainsFunc(i.Options, func(x Option) bool { return x.Record == o.Record }) {
				i.Options = append(i.Options, o)
				i.Records = append(i.Records, o.Record)
			}
		}
		if len(i.Options) > 0 {
			i.Score, i.Reasons = i.Options[0].Score, i.Options[0].Reasons
			out = append(out, i)
		}
	}
	byScore(out)
	return out
}

func duplicates(in Input) []Item {
	var out []Item
	for _, p := range in.Index.Pairs(Least) {
		a, b := in.View.Record(p.A), in.View.Record(p.B)
		if a == nil || b == nil || a == b {
			continue
		}
		ids := []registry.RecordID{a.ID, b.ID}
		slices.Sort(ids)
		out = append(out, Item{Kind: Duplicate, ID: string(ids[0]) + "~" + string(ids[1]), Title: a.Title() + " – " + b.Title(), Records: ids, Score: p.Score, Reasons: p.Words()})
	}
	byScore(out)
	return out
}

func byScore(is []Item) {
	slices.SortStableFunc(is, func(a, b Item) int { return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID)) })
}

// machines are the records of which something is shown that only a machine said, and that nobody confirmed or denied. What a machine says of
// documents (their file, their reading) is its own work and needs no one.
func machines(in Input) []Item {
	var out []Item
	for _, k := range registry.Kinds() {
		if k == registry.KindDocument {
			continue
		}
		for _, r := range in.View.OfKind(k) {
			if r.Sample() {
				continue
			}
			i := Item{Kind: Machine, ID: string(r.ID), Title: r.Title(), Records: []registry.RecordID{r.ID}}
			for _, f := range r.Fields {
				n := 0
				for _, s := range f.Slots {
					if s.Shown != nil && ByMachine(s.Shown) && !slices.ContainsFunc(s.Agreeing, func(c *registry.Stated) bool { return !ByMachine(c) }) {
						i.Claims = append(i.Claims, s.Shown.Entry.ID)
						n++
					}
				}
				if n > 0 {
					i.Reasons = append(i.Reasons, fmt.Sprintf("%s (%d)", f.Def.Label, n))
				}
			}
			if len(i.Claims) > 0 {
				out = append(out, i)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Item) int { return cmp.Compare(len(b.Claims), len(a.Claims)) })
	return out
}

// ByMachine says whether a program made the claim, and no person entered it.
func ByMachine(c *registry.Stated) bool {
	return strings.HasPrefix(c.Entry.By, "machine:") || c.Method == "read"
}

func stale(in Input) []Item {
	var out []Item
	for _, k := range []registry.Kind{registry.KindNegotiation, registry.KindInstrument} {
		for _, r := range in.View.OfKind(k) {
			a := AgeOf(r, in.Today)
			if r.Sample() || !a.Stale() {
				continue
			}
			code, list := r.Status().Code, "instrument_status"
			if k == registry.KindNegotiation {
				code, list = r.Stage().Code, "negotiation_stage"
			}
			out = append(out, Item{Kind: Stale, ID: string(r.ID), Title: r.Title(), Records: []registry.RecordID{r.ID}, Since: a.Last.End, Days: a.Days,
				Reasons: []string{fmt.Sprintf("%s; no source for %d days (looked at again after %d)", registry.Code(list, code).Label, a.Days, a.Limit)}})
		}
	}
	slices.SortStableFunc(out, func(a, b Item) int { return cmp.Or(cmp.Compare(a.Since, b.Since), cmp.Compare(a.ID, b.ID)) })
	return out
}

// dead are the claims that hold and refer to records of which nothing is seen, or rest on a source that is not seen.
func dead(in Input) []Item {
	of := map[registry.RecordID]*Item{}
	var ids []registry.RecordID
	for i := range in.Book.Entries {
		e := &in.Book.Entries[i]
		if e.Claim == nil || !in.Book.Current(e.ID) {
			continue
		}
		var why []string
		for _, id := range registry.RefsOf(e.Claim) {
			if in.View.Record(id) == nil {
				why = append(why, fmt.Sprintf("%s refers to %s, which is not here", registry.FieldOf(e.Claim.Field).Label, id))
			}
		}
		if in.View.Sources[e.Claim.Source] == nil {
			why = append(why, fmt.Sprintf("%s rests on the source %s, which is not here", registry.FieldOf(e.Claim.Field).Label, e.Claim.Source))
		}
		if len(why) == 0 {
			continue
		}
		rec := in.View.Resolve(in.View.Placed(e))
		x := of[rec]
		if x == nil {
			x = &Item{Kind: Dead, ID: string(rec), Title: string(rec), Records: []registry.RecordID{rec}}
			if r := in.View.Record(rec); r != nil {
				x.Title = r.Title()
			}
			of[rec] = x
			ids = append(ids, rec)
		}
		x.Claims = append(x.Claims, e.ID)
		for _, w := range why {
			if !slices.Contains(x.Reasons, w) {
				x.Reasons = append(x.Reasons, w)
			}
		}
	}
	slices.Sort(ids)
	var out []Item
	for _, id := range ids {
		slices.Sort(of[id].Claims)
		slices.Sort(of[id].Reasons)
		out = append(out, *of[id])
	}
	return out
}

// private are the records with claims that the public does not see.
func private(in Input) []Item {
	of := map[registry.RecordID]*Item{}
	var ids []registry.RecordID
	for _, e := range in.Book.Unpublished() {
		if e.Claim == nil {
			continue
		}
		rec := in.View.About(e)
		r := in.View.Record(rec)
		if r == nil || in.View.Entries[e.ID] == nil {
			continue
		}
		x := of[rec]
		if x == nil {
			x = &Item{Kind: Private, ID: string(rec), Title: r.Title(), Records: []registry.RecordID{rec}}
			of[rec] = x
			ids = append(ids, rec)
		}
		x.Claims = append(x.Claims, e.ID)
	}
	slices.Sort(ids)
	var out []Item
	for _, id := range ids {
		x := of[id]
		slices.Sort(x.Claims)
		what := fmt.Sprintf("%d claims", len(x.Claims))
		if len(x.Claims) == 1 {
			what = "1 claim"
		}
		if !in.Book.PublicRecord(id) {
			what += "; the record itself is not public"
		}
		x.Reasons = []string{what}
		out = append(out, *x)
	}
	return out
}
