package review

import (
	_ "embed"
	"fmt"
	"time"

	"go.yaml.in/yaml/v3"

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
	Last  registry.Day // "" where no source has a day
	Days  int
	Limit int // from how many days on it is stale; 0 for what rests
}

// Stale says whether it is time to look again.
func (a Age) Stale() bool { return a.Limit > 0 && a.Last != "" && a.Days >= a.Limit }

// AgeOf is the age of a record on a day.
func AgeOf(r *registry.Record, today registry.Day) Age {
	a := Age{Last: r.LastKnown}
	code := r.Status().Code
	if r.Kind == registry.KindNegotiation {
		code = r.Stage().Code
	}
	a.Limit = limits[r.Kind][code]
	x, err1 := time.Parse("2006-01-02", string(r.LastKnown))
	y, err2 := time.Parse("2006-01-02", string(today))
	if err1 == nil && err2 == nil {
		a.Days = max(0, int(y.Sub(x).Hours()/24))
	}
	return a
}
