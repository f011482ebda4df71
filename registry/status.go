package registry

import "cmp"

// Standing is a state that follows from dated events: the code, the event it rests on and its slot.
type Standing struct {
	Code  string // of negotiation_stage, instrument_status or implementation_status
	Event string // the event's key
	Slot  *Slot
}

// Stage is the negotiation stage that follows from the record's events; Code is "" where no event tells.
func (r *Record) Stage() Standing { return r.standing(func(c *CodeDef) string { return c.Stage }) }

// Status is the instrument status that follows from the record's events; Code is "" where no event tells.
func (r *Record) Status() Standing { return r.standing(func(c *CodeDef) string { return c.Status }) }

// Implementation is the implementation status that follows from the record's events; Code is "" where no event tells.
func (r *Record) Implementation() Standing {
	return r.standing(func(c *CodeDef) string { return c.Implementation })
}

// standing takes the last event that leads anywhere: by first day, then by the order of the code list. An event whose day is unknown
// counts where the code list puts it after the last dated one (something signed that has at some time taken effect is in effect); one
// that may only happen after the view's date does not count.
func (r *Record) standing(leads func(*CodeDef) string) Standing {
	var dated, undated Standing
	var day Day
	datedOrder, undatedOrder := -1, -1
	for _, s := range r.Slots("event") {
		code, _ := SplitEventKey(s.Key)
		def := Code("event", code)
		if def == nil || leads(def) == "" {
			continue
		}
		d, ok := s.happened(r.horizon)
		switch {
		case !ok:
		case d == "" && def.Order > undatedOrder:
			undated, undatedOrder = Standing{leads(def), s.Key, s}, def.Order
		case d != "" && cmp.Or(cmp.Compare(d, day), cmp.Compare(def.Order, datedOrder)) > 0:
			dated, day, datedOrder = Standing{leads(def), s.Key, s}, d, def.Order
		}
	}
	if undatedOrder > datedOrder {
		return undated
	}
	return dated
}

// happened says whether the slot's event had happened by the horizon, and its first possible day ("" where unknown).
func (s *Slot) happened(horizon Day) (Day, bool) {
	if s.Shown != nil {
		d, ok := s.Shown.Value.Date()
		return d.Start, ok && d.Start <= horizon
	}
	for _, st := range s.States {
		if st.Value.State == Unknown || st.Value.State == Withheld {
			return "", !st.Not
		}
	}
	return "", false
}

// Happened says whether an event of the record had happened by the view's date.
func (r *Record) Happened(s *Slot) bool { _, ok := s.happened(r.horizon); return ok }

// EventDate is the shown date of an event by its key; ok is false where none is shown.
func (r *Record) EventDate(key string) (Date, bool) {
	if s := r.Slot("event", key); s != nil && s.Shown != nil {
		return s.Shown.Value.Date()
	}
	return Date{}, false
}
