package disclosure

import (
	"strconv"
	"strings"
	"time"

	"github.com/openassay/assay/registry"
)

// Trigger says when something is to be public.
type Trigger struct {
	Day            registry.Day // a set day
	Event          string       // on this event
	Stage          string       // when the record reaches this negotiation stage
	Implementation string       // or this implementation status
	After          int          // days later
}

// mostDays bounds how long after an event something may be released.
const mostDays = 36500

// ParseTrigger reads 2027-01-31, on:signed, on:signed+30, stage:concluded, implementation:under_way.
func ParseTrigger(s string) (Trigger, error) {
	var t Trigger
	kind, code, ok := strings.Cut(s, ":")
	if !ok {
		d, err := registry.ParseDay(s)
		if err != nil {
			return t, registry.Errorf(registry.Invalid, "%q says no time of release", s).WithHint("write a day (2027-01-31), on:EVENT, on:EVENT+DAYS, stage:STAGE or implementation:STATUS")
		}
		return Trigger{Day: d}, nil
	}
	code, days, later := strings.Cut(code, "+")
	if later {
		n, err := strconv.Atoi(days)
		if err != nil || n < 0 || n > mostDays {
			return t, registry.Errorf(registry.Invalid, "%q: %q is no number of days", s, days)
		}
		t.After = n
	}
	list := map[string]string{"on": "event", "stage": "negotiation_stage", "implementation": "implementation_status"}[kind]
	if list == "" || !registry.IsCode(list, code) {
		return t, registry.Errorf(registry.Invalid, "%q says no time of release", s).WithHint("write a day (2027-01-31), on:EVENT, on:EVENT+DAYS, stage:STAGE or implementation:STATUS")
	}
	switch kind {
	case "on":
		t.Event = code
	case "stage":
		t.Stage = code
	default:
		t.Implementation = code
	}
	return t, nil
}

// Due is the day on which the trigger releases, as far as the records tell; "" where nothing has happened yet that it waits for. Of an
// imprecise date the last day that it may mean counts: what is withheld stays so in doubt.
func (t Trigger) Due(records ...*registry.Record) registry.Day {
	if t.Day != "" {
		return t.Day
	}
	var first registry.Day
	for _, r := range records {
		for _, s := range r.Slots("event") {
			if s.Shown == nil || !r.Happened(s) || !t.is(s.Key) {
				continue
			}
			d, ok := s.Shown.Value.Date()
			if !ok || d.End == "" {
				continue
			}
			if day := plus(d.End, t.After); day != "" && (first == "" || day < first) {
				first = day
			}
		}
	}
	return first
}

// is says whether an event is what the trigger waits for.
func (t Trigger) is(key string) bool {
	code, _ := registry.SplitEventKey(key)
	def := registry.Code("event", code)
	switch {
	case def == nil:
		return false
	case t.Event != "":
		return code == t.Event
	case t.Stage != "":
		return def.Stage == t.Stage
	}
	return def.Implementation == t.Implementation
}

func plus(d registry.Day, days int) registry.Day {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return registry.Day(t.AddDate(0, 0, days).Format(time.DateOnly))
}
