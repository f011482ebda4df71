package registry

import (
	"cmp"
	"slices"
)

// Dump is a view in a form that marshals to the same JSON whenever the view says the same: records by id, with every claim.
func (v *View) Dump() any {
	type dumped struct {
		AsOf, Horizon Day
		Records       []any
		Sources       []*Source
	}
	d := dumped{AsOf: v.AsOf, Horizon: v.Horizon}
	for _, k := range kindOrder {
		for _, r := range v.byKind[k] {
			d.Records = append(d.Records, r.JSON())
		}
	}
	for _, s := range v.Sources {
		d.Sources = append(d.Sources, s)
	}
	slices.SortFunc(d.Sources, func(a, b *Source) int { return cmp.Compare(a.ID, b.ID) })
	return d
}

// RecordJSON is a record as it is exported: each field a list of slots.
type RecordJSON struct {
	ID         RecordID              `json:"id"`
	Kind       Kind                  `json:"kind"`
	Path       string                `json:"path"`
	Title      string                `json:"title"`
	Sample     bool                  `json:"sample,omitempty"`
	Stage      string                `json:"stage,omitempty"`
	Status     string                `json:"status,omitempty"`
	Progress   string                `json:"implementation,omitempty"`
	FirstKnown Day                   `json:"first_known,omitempty"`
	LastKnown  Day                   `json:"last_known,omitempty"`
	Merged     []RecordID            `json:"merged,omitempty"`
	Joined     []ClaimJSON           `json:"joined,omitempty"`
	Fields     map[string][]SlotJSON `json:"fields"`
}

// SlotJSON is a slot as it is exported.
type SlotJSON struct {
	Key      string      `json:"key,omitempty"`
	Lang     string      `json:"lang,omitempty"`
	Shown    *ClaimJSON  `json:"shown,omitempty"`
	Why      string      `json:"why,omitempty"`
	Agreeing []ClaimJSON `json:"agreeing,omitempty"`
	Losing   []ClaimJSON `json:"losing,omitempty"`
	Earlier  []ClaimJSON `json:"earlier,omitempty"`
	Later    []ClaimJSON `json:"later,omitempty"`
	Denials  []ClaimJSON `json:"denials,omitempty"`
	States   []ClaimJSON `json:"states,omitempty"`
	Alleged  []ClaimJSON `json:"alleged,omitempty"`
}

// ClaimJSON is a claim in a view as it is exported.
type ClaimJSON struct {
	ID      EntryID  `json:"id"`
	Value   string   `json:"value"`
	Source  SourceID `json:"source"`
	Locator string   `json:"locator,omitempty"`
	From    string   `json:"from,omitempty"`
	Until   string   `json:"until,omitempty"`
	Method  string   `json:"method,omitempty"`
	By      string   `json:"by"`
	Known   Day      `json:"known,omitempty"` // empty for always
	Note    string   `json:"note,omitempty"`

	Statement string `json:"statement,omitempty"` // allegation, finding, judgement, reply; empty for fact
	Speaker   string `json:"speaker,omitempty"`   // who alleges, found, judged or replies
}

// JSON is the record in its exported form.
func (r *Record) JSON() RecordJSON {
	out := RecordJSON{ID: r.ID, Kind: r.Kind, Path: r.Path(), Title: r.Title(), Sample: r.Sample(), FirstKnown: r.FirstKnown, LastKnown: r.LastKnown,
		Merged: r.Merged, Joined: claimsJSON(r.Joined), Fields: map[string][]SlotJSON{}}
	if r.Kind == KindNegotiation {
		out.Stage = r.Stage().Code
	} else {
		out.Status = r.Status().Code
	}
	out.Progress = r.Implementation().Code
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			j := SlotJSON{Key: s.Key, Lang: s.Lang, Why: s.Why, Agreeing: claimsJSON(s.Agreeing), Losing: claimsJSON(s.Losing), Earlier: claimsJSON(s.Earlier),
				Later: claimsJSON(s.Later), Denials: claimsJSON(s.Denials), States: claimsJSON(s.States),
				Alleged: claimsJSON(s.Alleged)}
			if s.Shown != nil {
				c := claimJSON(s.Shown)
				j.Shown = &c
			}
			out.Fields[f.Def.Name] = append(out.Fields[f.Def.Name], j)
		}
	}
	return out
}

func claimsJSON(cs []*Stated) []ClaimJSON {
	var out []ClaimJSON
	for _, c := range cs {
		out = append(out, claimJSON(c))
	}
	return out
}

func claimJSON(c *Stated) ClaimJSON {
	method := c.Method
	if method == "" {
		method = "stated"
	}
	return ClaimJSON{ID: c.Entry.ID, Value: c.Value.String(), Source: c.Claim.Source, Locator: c.Locator, From: c.From, Until: c.Until,
		Method: method, By: c.Entry.By, Known: c.Known, Note: c.Note, Statement: c.Statement, Speaker: c.Speaker}
}
