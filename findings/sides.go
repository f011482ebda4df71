package findings

import (
	"cmp"
	"slices"
	"strings"

	"github.com/openassay/assay/registry"
)

// What a side publishes. AnyKind stands for the first thing of all, of whatever kind.
const (
	AnyKind      = "any"
	Announcement = "announcement" // an official page that tells of it
	OfText       = "text"         // the final text, annexes, roadmap
	OfDraft      = "draft"
	OfMandate    = "mandate"
	OfSummary    = "summary" // or a joint statement
	OfReport     = "report"
)

// PublicationKinds are the kinds in their order.
var PublicationKinds = []string{AnyKind, Announcement, OfMandate, OfDraft, OfSummary, OfText, OfReport}

// kindOfText is what a text of a type is published as.
var kindOfText = map[string]string{"final": OfText, "redacted": OfText, "annex": OfText, "roadmap": OfText, "draft": OfDraft, "mandate": OfMandate, "summary": OfSummary, "statement": OfSummary, "report": OfReport, "risk_assessment": OfReport}

// Publication is something that a side published on a record: a source of an official grade whose publisher is called like the side or a body of it.
type Publication struct {
	Source    registry.SourceID  `json:"source"`
	Publisher registry.RecordID  `json:"publisher"` // the side, or its body
	Kinds     []string           `json:"kinds"`
	Date      string             `json:"date,omitempty"` // EDTF, as the source is dated; "" where it bears no date
	Claims    []registry.EntryID `json:"claims"`         // that rest on it
}

// Side is one side of a deal with what it published, the earliest first, the undated last.
type Side struct {
	Party        registry.RecordID `json:"party"`
	Publications []Publication     `json:"publications"`
}

// First is the first publication of a kind by each side, and how much later it came than the first of the other sides.
type First struct {
	Kind  string      `json:"kind"`
	Sides []FirstSide `json:"sides"` // in the order of BothSides.Sides
}

// FirstSide is one side in a [First]. Low and High are days after the first of the other sides, less than 0 where it came before; they differ where dates
// are imprecise, and are absent where either date is not known.
type FirstSide struct {
	Party  registry.RecordID `json:"party"`
	Source registry.SourceID `json:"source,omitempty"` // "" where nothing of the kind is recorded of this side: it may have published all the same
	Date   string            `json:"date,omitempty"`
	Low    *int              `json:"days_later_low,omitempty"`
	High   *int              `json:"days_later_high,omitempty"`
}

// BothSides is a deal with its sides beside each other.
type BothSides struct {
	Record registry.RecordID `json:"record"`
	Sides  []Side            `json:"sides"`
	First  []First           `json:"first"`      // by kind, in the order of PublicationKinds; of which some side published something
	Others int               `json:"unassigned"` // official sources of the record whose publisher is called like no side
}

// Sides lays what the sides of an instrument or a negotiation published beside each other.
func (d *Deals) Sides(r *registry.Record) *BothSides {
	n := d.n
	out := &BothSides{Record: r.ID, Sides: []Side{}, First: []First{}}
	at := map[registry.RecordID]int{}
	for i, id := range n.sides(r, &ground{}) {
		out.Sides = append(out.Sides, Side{Party: id, Publications: []Publication{}})
		at[id] = i
	}
	all, other := map[registry.SourceID]*Publication{}, map[registry.SourceID]bool{}
	note := func(st *registry.Stated, kind string) {
		if st == nil || st.Source == nil || !strings.HasPrefix(st.Source.Grade, "official_") {
			return
		}
		p := all[st.Source.ID]
		if p == nil {
			by, ok := n.publisherOf(st.Source.Publisher)
			if _, side := at[stateOf(n.v, by.party, &ground{})]; !ok || !side {
				other[st.Source.ID] = true
				return
			}
			p = &Publication{Source: st.Source.ID, Publisher: by.party, Date: st.Source.Date}
			all[st.Source.ID] = p
		}
		if kind != "" && !slices.Contains(p.Kinds, kind) {
			p.Kinds = append(p.Kinds, kind)
		}
		if !slices.Contains(p.Claims, st.Entry.ID) {
			p.Claims = append(p.Claims, st.Entry.ID)
		}
	}
	published(r, "", note)
	if r.Kind == registry.KindInstrument {
		for _, doc := range n.v.Referring(r.ID, registry.KindDocument, "instrument") {
			published(doc, kindOfText[doc.String("document_type")], note)
		}
	}
	for _, p := range all {
		if len(p.Kinds) == 0 {
			p.Kinds = []string{Announcement}
		}
		slices.SortFunc(p.Kinds, func(a, b string) int {
			return cmp.Compare(slices.Index(PublicationKinds, a), slices.Index(PublicationKinds, b))
		})
		slices.Sort(p.Claims)
		s := &out.Sides[at[stateOf(n.v, p.Publisher, &ground{})]]
		s.Publications = append(s.Publications, *p)
	}
	for i := range out.Sides {
		slices.SortFunc(out.Sides[i].Publications, earlier)
	}
	out.Others = len(other)
	for _, k := range PublicationKinds {
		if f, any := out.first(k); any {
			out.First = append(out.First, f)
		}
	}
	return out
}

// published calls note for every statement that a record shows, with the kind of text that it is about; of is that of the record itself, where it is one.
func published(r *registry.Record, of string, note func(*registry.Stated, string)) {
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			kind := of
			if s.Shown != nil && (f.Def.Name == "text_url" || f.Def.Name == "text_status" && s.Shown.Value.Raw == "found") {
				kind = kindOfText[s.Key]
			}
			for _, st := range append([]*registry.Stated{s.Shown}, s.Agreeing...) {
				note(st, kind)
			}
		}
	}
}

// earlier sorts publications by the first day that their dates may mean; the undated come last.
func earlier(a, b Publication) int {
	x, okA := dateOf(a.Date)
	y, okB := dateOf(b.Date)
	switch {
	case okA && !okB:
		return -1
	case okB && !okA:
		return 1
	}
	return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End), cmp.Compare(a.Source, b.Source))
}

func dateOf(edtf string) (registry.Date, bool) {
	d, err := registry.ParseDate(edtf)
	return d, err == nil && edtf != ""
}

// first is the first publication of a kind by each side; any says whether there is one.
func (b *BothSides) first(kind string) (f First, any bool) {
	f.Kind = kind
	for _, s := range b.Sides {
		x := FirstSide{Party: s.Party}
		for _, p := range s.Publications {
			if kind == AnyKind || slices.Contains(p.Kinds, kind) {
				x.Source, x.Date, any = p.Source, p.Date, true
				break
			}
		}
		f.Sides = append(f.Sides, x)
	}
	for i := range f.Sides {
		own, ok := dateOf(f.Sides[i].Date)
		if !ok {
			continue
		}
		var low, high *int
		for j := range f.Sides {
			their, ok := dateOf(f.Sides[j].Date)
			if i == j || !ok {
				continue
			}
			l, h := days(their.End, own.Start), days(their.Start, own.End)
			if low == nil || l > *low { // after the first of the others: the one that it came latest after
				low = &l
			}
			if high == nil || h > *high {
				high = &h
			}
		}
		f.Sides[i].Low, f.Sides[i].High = low, high
	}
	return f, any
}
