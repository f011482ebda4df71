package review

import (
	_ "embed"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

//go:embed stale.yaml
var staleYAML []byte

// limits are days without a source, by kind and stage or status.
var limits = func() map[registry.Kind]map[string]int {
	m, err := readLimits(staleYAML)
	if err != nil {
		panic("review/stale.yaml: " + err.Error())
	}
	return m
}()

func readLimits(b []byte) (map[registry.Kind]map[string]int, error) {
	var m map[registry.Kind]map[string]int
	if err := yaml.Unmarshal(b, &m); err != nil {
		return nil, err
	}
	for k, codes := range m {
		list := "instrument_status"
		if k == registry.KindNegotiation {
			list = "negotiation_stage"
		} else if k != registry.KindInstrument {
			return nil, fmt.Errorf("%q has no stage or status", k)
		}
		for code, days := range codes {
			if !registry.IsCode(list, code) || days <= 0 {
				return nil, fmt.Errorf("%s: %s: %d", k, code, days)
			}
		}
	}
	return m, nil
}

// Age is how long ago the newest source of a record is.
type Age struct {
	Last  registry.Date // of the newest source that bears a date; zero where none does
	Days  int           // from the last day that it may mean
	Limit int           // from how many days on it is stale; 0 for what rests
}

// Known says whether any source bears a date.
func (a Age) Known() bool { return a.Last.EDTF != "" }

// Stale says whether it is time to look again.
func (a Age) Stale() bool { return a.Limit > 0 && a.Known() && a.Days >= a.Limit }

// AgeOf is the age of a record on a day. What an editor knows without a source is no news of it.
func AgeOf(r *registry.Record, today registry.Day) Age {
	var a Age
	for _, f := range r.Fields {
		for _, s := range f.Slots {
			for _, c := range edit.Claims(s) {
				if c.Source == nil || c.Source.Grade == "editor" {
					continue
				}
				if d, err := registry.ParseDate(c.Source.Date); c.Source.Date != "" && err == nil && d.End < "9999" && (d.End > a.Last.End || d.End == a.Last.End && d.Start > a.Last.Start) {
					a.Last = d
				}
			}
		}
	}
	code := r.Status().Code
	if r.Kind == registry.KindNegotiation {
		code = r.Stage().Code
	}
	a.Limit = limits[r.Kind][code]
	if from, to, ok := times(a.Last.End, today); ok {
		a.Days = max(0, int(to.Sub(from).Hours()/24))
	}
	return a
}

func times(a, b registry.Day) (x, y time.Time, ok bool) {
	x, err1 := time.Parse("2006-01-02", string(a))
	y, err2 := time.Parse("2006-01-02", string(b))
	return x, y, err1 == nil && err2 == nil
}
