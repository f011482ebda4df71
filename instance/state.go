package instance

import (
	"context"
	"maps"
	"slices"

	"github.com/openassay/assay/claimlog"
)

// State is how far a registry is, for whoever looks after it. It tells of what is hidden and is for no page.
type State struct {
	Last          claimlog.Position
	Projections   map[string]claimlog.Position // how far those are that are open, by name
	Reviews       int                          // matches that wait for a person
	Attempts      int                          // files that did not enter
	FailedSignIns int64                        // since it was opened
}

// State looks at the registry. An error says that the log cannot be read.
func (in *Instance) State(ctx context.Context) (State, error) {
	s := State{Projections: map[string]claimlog.Position{}}
	in.mu.Lock()
	open := maps.Clone(in.projections)
	in.mu.Unlock()
	for _, name := range slices.Sorted(maps.Keys(open)) { // before the log: what is committed meanwhile is no lag
		s.Projections[name] = open[name].Position()
	}
	var err error
	if s.Last, err = in.Log.Last(ctx); err != nil {
		return s, err
	}
	if in.desk != nil {
		if s.Reviews, s.Attempts, err = in.desk.Count(ctx); err != nil {
			return s, err
		}
	}
	if in.users != nil {
		s.FailedSignIns = in.users.Failed()
	}
	return s, nil
}
