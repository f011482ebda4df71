// Package framework finds frameworks that do the same work: instruments and negotiations that share sides, minerals, stages, subjects and time, and
// the producers that talk with the same partner about the same mineral at once.
//
// Start with [New] on a view of the registry, then ask for [Set.Pairs], [Set.Of] one record, [Set.Earlier], or [Set.Courted]. A [Pair] has a grade and its
// reasons, and says what is not recorded: a grade is what the records show, and silence never counts as a difference.
//
// It reads compiled records and nothing else, so that whoever sees less gets less. It finds that two frameworks meet; whether they contradict
// each other is another question, and whether one should have been made is none that a registry answers.
package framework

import (
	"cmp"
	"slices"

	"github.com/openassay/assay/registry"
)

// Frame is a record by what it shares with others.
type Frame struct {
	Record    *registry.Record
	Sides     []registry.RecordID // states, blocs, companies; a ministry or state-owned enterprise counts for its state
	Minerals  []registry.RecordID // that it names; of a law, that it lists
	Context   []registry.RecordID // that sources name in connection with it
	General   bool                // its minerals are described (critical minerals) and none is named
	Stages    []string            // of the value chain
	Areas     []string
	From      registry.Day // the first day it may have been there; "" unknown
	Ended     bool         // talks that were concluded or given up, an instrument that no longer applies
	Until     registry.Day // the last day it may have been there; "" where it has not ended, or the day is unknown
	Open      bool         // talks that go on, or a text that is not signed
	Binding   bool         // stated or inferred to bind, in whole or part, or of a kind that does
	Suspended bool

	marks marks
}

// weak are areas that nearly every instrument names: sharing them alone is no subject in common.
var weak = map[string]bool{"governance": true, "information": true, "other": true}

// newFrame is the frame of an instrument, negotiation or law.
func newFrame(v *registry.View, r *registry.Record) *Frame {
	f := &Frame{Record: r, Areas: r.Values("area")}
	fields := []string{"party"}
	if r.Kind == registry.KindLaw {
		fields = []string{"issuer"}
	}
	for _, field := range fields {
		for _, id := range r.Refs(field) {
			if s := StateOf(v, id); !slices.Contains(f.Sides, s) {
				f.Sides = append(f.Sides, s)
			}
		}
	}
	slices.Sort(f.Sides)
	for _, id := range append(r.Refs("mineral"), r.Refs("lists_mineral")...) {
		f.Minerals = add(f.Minerals, v.Resolve(id))
	}
	for _, s := range r.Values("mineral_stage") {
		mineral, stage, ok := cut(s)
		if ok && mineral != "*" {
			f.Minerals = add(f.Minerals, v.Resolve(registry.RecordID(mineral)))
		}
		f.Stages = add(f.Stages, stage)
	}
	for _, id := range r.Refs("mineral_context") {
		f.Context = add(f.Context, v.Resolve(id))
	}
	scope, _ := r.Text("mineral_scope", "")
	f.General = len(f.Minerals) == 0 && scope != ""
	f.time()
	f.Binding = binding(r)
	return f
}

func add[T cmp.Ordered](list []T, x T) []T {
	if x == *new(T) || slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

func cut(s string) (mineral, stage string, ok bool) {
	for i := range s {
		if s[i] == '/' {
			return s[:i], s[i+1:], true
		}
	}
	return "", "", false
}

// ends are the stages and statuses after which a record is no longer there.
var ends = []string{"abandoned", "terminated", "lapsed", "superseded"}

func (f *Frame) time() {
	r := f.Record
	for _, s := range r.Slots("event") {
		if s.Shown == nil || !r.Happened(s) {
			continue
		}
		if d, ok := s.Shown.Value.Date(); ok && (f.From == "" || d.Start < f.From) {
			f.From = d.Start
		}
	}
	standing := r.Status()
	if r.Kind == registry.KindNegotiation {
		standing = r.Stage()
	}
	if slices.Contains(ends, standing.Code) || r.Kind == registry.KindNegotiation && standing.Code == "concluded" {
		f.Ended = true
		if standing.Slot != nil && standing.Slot.Shown != nil {
			if d, ok := standing.Slot.Shown.Value.Date(); ok {
				f.Until = d.End
			}
		}
	}
	switch r.Kind {
	case registry.KindNegotiation:
		f.Open = slices.Contains([]string{"signalled", "exploratory", "mandated", "negotiating"}, standing.Code)
		f.Suspended = standing.Code == "suspended"
	case registry.KindInstrument:
		// A statement or a plan is made by announcing it; nothing is left to sign.
		f.Open = !slices.Contains([]string{"joint_statement", "roadmap", "terms_of_reference", "land_allocation"}, r.String("type")) &&
			slices.Contains([]string{"announced", "concluded", "initialled"}, standing.Code)
		f.Suspended = standing.Code == "suspended"
	}
}

func binding(r *registry.Record) bool {
	if r.Kind == registry.KindLaw {
		return true
	}
	for _, basis := range []string{"stated", "inferred", "read"} {
		switch r.KeyedString("legal_nature", basis) {
		case "binding", "mixed", "treaty_form":
			return true
		case "non_binding", "mou_form":
			return false
		}
	}
	return slices.Contains([]string{"treaty", "fta", "investment_treaty", "contract", "finance_agreement"}, r.String("type"))
}

// ofStates are the kinds of party that act for the state that they belong to. A company acts for itself.
var ofStates = []string{"ministry", "agency", "soe", "sovereign_fund", "development_bank", "export_credit_agency", "subnational", "parliament", "court"}

// StateOf is the side that a party counts for: a ministry, agency or state-owned enterprise for its state; itself otherwise.
func StateOf(v *registry.View, id registry.RecordID) registry.RecordID {
	p := v.Record(id)
	if p == nil {
		return v.Resolve(id)
	}
	if refs := p.Refs("state"); len(refs) > 0 && slices.Contains(ofStates, p.String("party_kind")) {
		return v.Resolve(refs[0])
	}
	return p.ID
}

// memberAt says whether a party was a member of a bloc on a day; on any day that is recorded where the day is not known.
func memberAt(v *registry.View, id, bloc registry.RecordID, day registry.Day) bool {
	p := v.Record(id)
	if p == nil {
		return false
	}
	for _, s := range p.Slots("member_of") {
		if v.Resolve(registry.RecordID(s.Key)) != bloc {
			continue
		}
		claims := slices.Clone(s.Earlier)
		if s.Shown != nil {
			claims = append(claims, s.Shown)
		}
		for _, c := range claims {
			if day == "" || began(c.From, day) && !over(c.Until, day) {
				return true
			}
		}
	}
	return false
}

// began says whether something that held since an EDTF date may have held on a day.
func began(from string, day registry.Day) bool {
	d, err := registry.ParseDate(from)
	return from == "" || err != nil || d.Start <= day
}

func over(until string, day registry.Day) bool {
	d, err := registry.ParseDate(until)
	return until != "" && err == nil && d.End < day
}
