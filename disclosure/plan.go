package disclosure

import (
	"github.com/openassay/assay/registry"
)

// The states of a part of a record.
const (
	Known   = "public"   // something of it is public
	Kept    = "withheld" // a notice says that it is kept back
	Partly  = "partly"   // both
	Missing = "nothing"  // neither is known: not told
	Late    = "late"     // it should be public by the profile, and is withheld or not told
	NotYet  = "not_yet"  // it is not told, and need not be yet
)

// PartState is a part of a record against its profile.
type PartState struct {
	Part    Part
	Rule    Rule // zero where the record has no profile
	State   string
	Due     registry.Day // from when it is to be public; "" where that has not happened
	Notices []*Withheld
}

// PlanOf holds a record against its disclosure profile on a day: part by part, what is public, what is withheld, and what should be
// public by now. profile is nil where the record names none; then it only tells what there is.
func PlanOf(v *registry.View, r *registry.Record, on registry.Day) (profile *Profile, parts []PartState, err error) {
	p, err := LoadProfiles()
	if err != nil {
		return nil, nil, err
	}
	profile = p.Of(r.String("disclosure_profile"))
	notices, err := Of(v, r, on)
	if err != nil {
		return nil, nil, err
	}
	for _, part := range p.Parts {
		s := PartState{Part: part}
		public := false
		applies := false
		for _, f := range part.Fields {
			name, key := Split(f)
			if !registry.HasField(r.Kind, name) {
				continue
			}
			applies = true
			for _, slot := range r.Slots(name) {
				if (key == "" || slot.Key == key) && slot.Shown != nil && !(name == "text_status" && slot.Shown.Value.Raw != "found") {
					public = true
				}
			}
			for _, n := range notices {
				if n.Field.Name == name && (key == "" || n.Key == key) {
					s.Notices = append(s.Notices, n)
				}
			}
		}
		if !applies {
			continue
		}
		switch {
		case public && len(s.Notices) > 0:
			s.State = Partly
		case public:
			s.State = Known
		case len(s.Notices) > 0:
			s.State = Kept
		default:
			s.State = Missing
		}
		if profile != nil {
			s.hold(profile.Parts[part.Code], About(v, r), on)
		}
		parts = append(parts, s)
	}
	return profile, parts, nil
}

// hold compares the state with the rule.
func (s *PartState) hold(rule Rule, about []*registry.Record, on registry.Day) {
	s.Rule = rule
	due := rule.From == "start"
	if !due {
		if t, err := ParseTrigger(rule.From); err == nil {
			s.Due = t.Due(about...)
			due = s.Due != "" && on >= s.Due
		}
	}
	switch {
	case s.State == Missing && !due:
		s.State = NotYet
	case due && (s.State == Missing || s.State == Kept):
		s.State = Late
	}
}
