package findings

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// The states of an item of a [Disclosed] record. Unknown are NotFound and NotLookedFor.
const (
	Found         = "found"          // public
	Partly        = "partly"         // some of it is
	NotPublic     = "not_public"     // a source, or a notice, says that it is not public
	NotFound      = "not_found"      // looked for on a day and not found
	NotLookedFor  = "not_looked_for" // no record speaks of it
	NotApplicable = "not_applicable"
)

// ItemStates are the states in their order.
var ItemStates = []string{Found, Partly, NotPublic, NotFound, NotLookedFor, NotApplicable}

// stateOfPart is what the parts of the indicator are called of a single record.
var stateOfPart = map[string]string{"disclosed": Found, "partly": Partly, "not_disclosed": NotPublic, "not_found": NotFound, "silent": NotLookedFor, "": NotApplicable}

// ItemState is how one of the fourteen items stands: in practice, and what law rules it. Law never counts.
type ItemState struct {
	Item   string              `json:"item"` // key; Voice.Code("item", key) is its name
	Number int                 `json:"number"`
	State  string              `json:"state"`
	Day    registry.Day        `json:"day,omitempty"` // of what was not found: the newest day on which somebody looked
	Claims []registry.EntryID  `json:"claims"`        // that say so
	With   []registry.RecordID `json:"with"`          // other records that it was read from
	Law    []Law               `json:"law"`           // by side; empty where no kind of law in the registry rules the item
}

// Law is what the registry has of the law of a side on an item. Laws is empty where it has none, which says nothing of the side.
type Law struct {
	Side registry.RecordID   `json:"side"`
	Kind string              `json:"kind"` // a code of law_type
	Laws []registry.RecordID `json:"laws"`
}

// Disclosed is the disclosure index of one instrument or negotiation.
type Disclosed struct {
	Record     registry.RecordID `json:"record"`
	Items      []ItemState       `json:"items"`
	Of         int               `json:"of"`         // fourteen
	Applicable int               `json:"applicable"` // of them apply
	Known      int               `json:"known"`      // of those that apply: public, partly, or said not to be
	Unknown    int               `json:"unknown"`
	Lower      Share             `json:"lower"` // as if all that is unknown were not public; partly counts half
	Upper      Share             `json:"upper"` // as if it were
	Score      Share             `json:"score"` // of what is known; null while more than half is unknown
}

// Deals answers for single records what the findings count over all. Its methods are not safe for several goroutines at once.
type Deals struct{ n *run }

// DealsOf prepares answers for the records of a view.
func DealsOf(v *registry.View) *Deals {
	return &Deals{&run{v: v, texts: NoTexts{}, places: map[registry.RecordID]*Place{}, readings: map[registry.RecordID]*reading{}, outputs: map[registry.RecordID]map[string]Outputs{}}}
}

// Records are the instruments and negotiations that are counted: no samples, no texts that are here for comparison alone.
func (d *Deals) Records() []*registry.Record {
	if d.n.instruments == nil && d.n.negotiations == nil {
		d.n.populate()
	}
	return d.n.talks()
}

// Index is the disclosure index of an instrument or a negotiation.
func (d *Deals) Index(r *registry.Record) *Disclosed {
	out := &Disclosed{Record: r.ID, Of: len(items)}
	sum := 0.0
	for i, it := range items {
		g := &ground{}
		x := ItemState{Item: it.key, Number: i + 1, State: stateOfPart[d.n.answer(it, r, g)], Law: []Law{}}
		if x.State == NotFound {
			x.Day = d.n.lookedFor(g)
		}
		slices.Sort(g.claims)
		slices.Sort(g.with)
		x.Claims, x.With = append([]registry.EntryID{}, g.claims...), append([]registry.RecordID{}, g.with...)
		for _, kind := range it.law {
			x.Law = append(x.Law, d.n.lawsOf(r, kind)...)
		}
		switch x.State {
		case Found:
			sum++
			out.Known++
		case Partly:
			sum += 0.5
			out.Known++
		case NotPublic:
			out.Known++
		case NotFound, NotLookedFor:
			out.Unknown++
		}
		out.Items = append(out.Items, x)
	}
	out.Applicable = out.Known + out.Unknown
	out.Lower, out.Upper, out.Score = -1, -1, -1
	if n := float64(out.Applicable); n > 0 {
		out.Lower, out.Upper = Share(sum/n), Share((sum+float64(out.Unknown))/n)
		if 2*out.Unknown <= out.Applicable && out.Known > 0 {
			out.Score = Share(sum / float64(out.Known))
		}
	}
	return out
}

// ofTheText are the items that a negotiation has only once something came out of it.
var ofTheText = []string{"text", "annexes", "signatories", "signature", "legal_nature", "amount", "finance_terms", "delivery"}

// answer is an item's answer for an instrument, or for a negotiation and what came out of it.
func (n *run) answer(it item, r *registry.Record, g *ground) string {
	if r.Kind != registry.KindNegotiation || it.key != "talks" && !slices.Contains(ofTheText, it.key) {
		return it.of(n, r, g)
	}
	outcomes := n.outcomes(r, g)
	switch {
	case len(outcomes) > 0:
		applies := false
		part := best(outcomes, func(x *registry.Record) string {
			p := it.of(n, x, g)
			applies = applies || p != ""
			return p
		})
		if !applies {
			return ""
		}
		return part
	case it.key == "talks":
		return it.of(n, r, g)
	case it.key != "amount" && it.key != "finance_terms" && r.Stage().Code == "concluded":
		return "silent" // something came out of it, and no record says what
	}
	return ""
}

// lookedFor is the newest day on which somebody looked for a text in vain, by the claims gathered.
func (n *run) lookedFor(g *ground) registry.Day {
	var day registry.Day
	for _, id := range g.claims {
		e := n.v.Entries[id]
		if e == nil || e.Claim == nil || e.Claim.Field != "text_status" || e.Claim.Value.Raw != "not_found" {
			continue
		}
		if r := n.v.Record(e.Claim.Record); r != nil {
			for _, s := range r.Slots("text_status") {
				if s.Shown != nil && s.Shown.Entry.ID == id && s.Shown.Known > day {
					day = s.Shown.Known
				}
			}
		}
	}
	return day
}

// lawsOf are the laws of a kind of each side of a record.
func (n *run) lawsOf(r *registry.Record, kind string) []Law {
	var out []Law
	for _, side := range n.sides(r, &ground{}) {
		l := Law{Side: side, Kind: kind, Laws: []registry.RecordID{}}
		for _, x := range n.v.Referring(side, registry.KindLaw, "issuer") {
			if x.String("law_type") == kind && !x.Sample() {
				l.Laws = append(l.Laws, x.ID)
			}
		}
		out = append(out, l)
	}
	return out
}
