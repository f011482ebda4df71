package schedule

import (
	"context"
	"time"

	"github.com/openassay/assay/disclosure"
	"github.com/openassay/assay/registry"
)

// Machine is who releases where no person runs the schedule.
const Machine = "machine:release/1"

// The states of a release that waits.
const (
	Waits      = "waits"       // for its day or event
	Soon       = "soon"        // within a week
	Delayed    = "grace"       // it is due, and put off
	NeedsTwo   = "needs_two"   // a second person has not agreed
	NeedsSides = "needs_sides" // a side has not confirmed
	HeldFrozen = "frozen"      // the switch is on
	HeldClock  = "clock"       // the clock jumped: a person must run it
	Unreadable = "unreadable"  // its trigger cannot be read
	Due        = "due"         // it is released with the next run
)

// Outlook is a release with how it stands on a day.
type Outlook struct {
	Release
	State string       `json:"state"`
	Due   registry.Day `json:"due,omitempty"` // "" where what it waits for has not happened
}

// warnDays is how long before a release the editors are warned.
const warnDays = 7

// mostGap is how far the clock may have moved since the job last ran, in days. A registry that was off for longer releases nothing by itself: a
// wrong clock would release everything at once.
const mostGap = 7

// Look says how a release stands on a day: v is what everybody with a say sees, frozen the switch.
func (r *Release) Look(v *registry.View, on registry.Day, frozen bool) Outlook {
	o := Outlook{Release: *r, State: Waits}
	t, err := disclosure.ParseTrigger(r.Trigger)
	if err != nil {
		o.State = Unreadable
		return o
	}
	var about []*registry.Record
	if x := v.Record(r.Record); r.Record != "" && x != nil {
		about = disclosure.About(v, x)
	}
	o.Due = t.Due(about...)
	late := o.Due != "" && on >= o.Due
	if r.Grace.Until > o.Due && o.Due != "" {
		o.Due = r.Grace.Until
	}
	open := false
	for _, s := range r.names() {
		open = open || r.Sides[s] == ""
	}
	switch {
	case r.Ended != "":
		o.State = r.Ended
	case o.Due == "":
	case late && on < o.Due:
		o.State = Delayed
	case on < o.Due:
		if soon(on, o.Due) {
			o.State = Soon
		}
	case r.Restricted && r.ApprovedBy == "":
		o.State = NeedsTwo
	case open:
		o.State = NeedsSides
	case frozen && r.To == registry.Public:
		o.State = HeldFrozen
	default:
		o.State = Due
	}
	return o
}

func soon(on, due registry.Day) bool {
	t, err := time.Parse(time.DateOnly, string(on))
	return err == nil && string(due) <= t.AddDate(0, 0, warnDays).Format(time.DateOnly)
}

// Registry is what a run reads and changes.
type Registry interface {
	// Everything is the registry as compiled for whoever sees all, as known now.
	Everything(ctx context.Context) (*registry.View, error)
	// Disclose opens entries to an audience, on somebody's behalf, for a reason. What is open to it already stays so.
	Disclose(ctx context.Context, ids []registry.EntryID, to registry.Audience, by, reason string) error
}

// Run releases what is due. by is who runs it: "" for the job, which releases nothing where the clock jumped; a person's run settles that. It
// gives how every release that waits stands after it.
func (s *Store) Run(ctx context.Context, reg Registry, by string) ([]Outlook, error) {
	jumped, err := s.clock(ctx, by)
	if err != nil {
		return nil, err
	}
	frozen, err := s.Frozen(ctx)
	if err != nil {
		return nil, err
	}
	all, err := s.All(ctx)
	if err != nil {
		return nil, err
	}
	v, err := reg.Everything(ctx)
	if err != nil {
		return nil, err
	}
	var out []Outlook
	for i := range all {
		if all[i].Ended != "" {
			continue
		}
		o := all[i].Look(v, s.today(), frozen != nil)
		if o.State == Due && jumped {
			o.State = HeldClock
		}
		if o.State == Due {
			who := by
			if who == "" {
				who = Machine
			}
			if err := reg.Disclose(ctx, o.Targets, o.To, who, o.Reason); err != nil {
				return out, err
			}
			if err := s.change(ctx, o.ID, func(r *Release) error { r.Ended, r.EndedBy = Released, who; return nil }); err != nil {
				return out, err
			}
			o.State = Released
		}
		out = append(out, o)
	}
	return out, nil
}

// clock notes that a run takes place now, and says whether the clock moved too far since the last. A person's run is taken as saying that it is
// right.
func (s *Store) clock(ctx context.Context, by string) (jumped bool, err error) {
	seen, err := s.about(ctx, "seen")
	if err != nil {
		return false, err
	}
	now := s.now().UTC()
	if seen != "" && by == "" {
		last, err := time.Parse(time.RFC3339, seen)
		if err != nil || now.Sub(last) > mostGap*24*time.Hour || last.Sub(now) > time.Hour {
			return true, nil
		}
	}
	return false, s.put(ctx, "seen", now.Format(time.RFC3339))
}
