package instance

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// previews keeps the last projection that was made for a preview: making one takes seconds.
type previews struct {
	mu   sync.Mutex // held while one is made
	kept *preview
}

type preview struct {
	name string
	p    *projection.Projection
	mu   sync.Mutex
	uses int  // by those who look at it now
	old  bool // another has taken its place
}

func (x *preview) take() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.uses++
}

// done closes what nobody looks at any longer and another has taken the place of.
func (x *preview) done() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.uses--; x.uses == 0 && x.old {
		x.p.Close()
	}
}

func (x *preview) retire() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.old = true; x.uses == 0 {
		x.p.Close()
	}
}

// Preview is what readers of some audiences would read after a release, or read now, as somebody who reads by may see it: the projection that every
// outlet makes its bytes of, in memory. Where by has all of the audiences it is exact; otherwise it holds what by sees too, and tells of nothing else.
// Whoever asks must see all that the release names. done gives it back.
func (in *Instance) Preview(ctx context.Context, r schedule.Release, as, by registry.Audiences, after bool) (p *projection.Projection, exact bool, done func(), err error) {
	as, by = registry.Reader(as...), registry.Reader(by...)
	exact = !slices.ContainsFunc(as, func(a registry.Audience) bool { return !by.Has(a) })
	if exact && !after {
		p, err = in.Settled(ctx, as)
		return p, exact, func() {}, err
	}
	in.previews.mu.Lock()
	defer in.previews.mu.Unlock()
	name, err := in.previewName(ctx, r, as, by, exact, after)
	if err != nil {
		return nil, false, nil, err
	}
	if k := in.previews.kept; k != nil && k.name == name {
		k.take()
		return k.p, exact, k.done, nil
	}
	log, err := in.ahead(ctx, r, by, exact, after)
	if err != nil {
		return nil, false, nil, err
	}
	if p, err = projection.Open(log, in.Blobs, as, ""); err != nil {
		return nil, false, nil, err
	}
	if err = p.Update(ctx); err != nil {
		p.Close()
		return nil, false, nil, err
	}
	if k := in.previews.kept; k != nil {
		k.retire()
	}
	k := &preview{name: name, p: p}
	in.previews.kept = k
	k.take()
	return p, exact, k.done, nil
}

// previewName names what a preview is made of.
func (in *Instance) previewName(ctx context.Context, r schedule.Release, as, by registry.Audiences, exact, after bool) (string, error) {
	last, err := in.Log.Last(ctx)
	if err != nil {
		return "", err
	}
	erased, err := in.Log.Erasures(ctx, 0)
	if err != nil {
		return "", err
	}
	name := fmt.Sprint(last, " ", len(erased), " ", registry.DayOf(in.Now()), " as ", as.Name())
	if !exact {
		name += " by " + by.Name()
	}
	if after {
		name += fmt.Sprintf(" after %v %q %q", r.Targets, r.To, r.Reason)
	}
	return name, nil
}

// ahead is the log as it would be after a release, or without it. Where the preview is not exact it holds what by sees alone.
func (in *Instance) ahead(ctx context.Context, r schedule.Release, by registry.Audiences, exact, after bool) (*ahead, error) {
	l := &ahead{Log: in.Log}
	for pos := claimlog.Position(0); ; pos = l.rows[len(l.rows)-1].Position {
		batch, err := in.Log.Read(ctx, pos, 5000)
		if err != nil {
			return nil, err
		}
		if len(batch) == 0 {
			break
		}
		l.rows = append(l.rows, batch...)
	}
	all := make([]registry.Entry, len(l.rows))
	for i, x := range l.rows {
		all[i] = x.Entry
	}
	if !exact {
		sees := map[registry.EntryID]bool{}
		for _, e := range registry.Visible(all, by) {
			sees[e.ID] = true
		}
		l.rows = slices.DeleteFunc(l.rows, func(x claimlog.Logged) bool { return !sees[x.Entry.ID] })
	}
	if !after {
		return l, nil
	}
	e, err := in.disclosure(all, r.Targets, r.To, schedule.Machine, r.Reason)
	if err != nil || e == nil {
		return l, err
	}
	next := claimlog.Logged{Position: 1, Batch: 1, Entry: *e}
	if n := len(l.rows); n > 0 {
		next.Position, next.Batch = l.rows[n-1].Position+1, l.rows[n-1].Batch+1
	}
	l.rows = append(l.rows, next)
	return l, nil
}

// ahead is a log with rows of its own.
type ahead struct {
	claimlog.Log
	rows []claimlog.Logged
}

// Read gives all rows after a position.
func (l *ahead) Read(ctx context.Context, after claimlog.Position, _ int) ([]claimlog.Logged, error) {
	for i, x := range l.rows {
		if x.Position > after {
			return l.rows[i:], ctx.Err()
		}
	}
	return nil, ctx.Err()
}
