package instance

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// Projection is the read side for a set of audiences, up to date. Where the directory is open for reading only and what it holds is not
// up to date, one is made in memory.
func (in *Instance) Projection(ctx context.Context, readers registry.Audiences) (*projection.Projection, error) {
	in.mu.Lock()
	readers = registry.Reader(readers...)
	p := in.projections[readers.Name()]
	if p == nil {
		var err error
		if p, err = in.openProjection(ctx, readers); err != nil {
			in.mu.Unlock()
			return nil, err
		}
		in.projections[readers.Name()] = p
	}
	in.mu.Unlock()
	return p, p.Update(ctx)
}

func (in *Instance) openProjection(ctx context.Context, readers registry.Audiences) (*projection.Projection, error) {
	switch {
	case in.inMemory():
		return projection.Open(in.Log, in.Blobs, readers, "")
	case in.dir.ReadOnly():
		p, err := projection.OpenReadOnly(ctx, in.Log, in.Blobs, readers, in.projectionFolder(readers))
		if registry.CodeOf(err) == registry.Conflict {
			p, err = projection.Open(in.Log, in.Blobs, readers, "")
		}
		return p, err
	}
	folder := in.projectionFolder(readers)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	b, err := json.Marshal(readers)
	if err != nil {
		return nil, err
	}
	p, err := projection.Open(in.Log, in.Blobs, readers, folder) // first: what is damaged is thrown away with all that lies beside it
	if err != nil {
		return nil, err
	}
	if old, err := os.ReadFile(filepath.Join(folder, readersFile)); err != nil || string(old) != string(b) {
		if err := durable.WriteFile(filepath.Join(folder, readersFile), b); err != nil {
			p.Close()
			return nil, err
		}
	}
	return p, nil
}

func (in *Instance) projectionFolder(readers registry.Audiences) string {
	return filepath.Join(in.dir.ProjectionPath(), readers.Name())
}

// Settled is Projection for a process that serves: brought up to date when it is first asked for, and opened so that other processes can
// read the same files as long as nothing is committed. From then on it is what it is: Commit brings it up to date.
func (in *Instance) Settled(ctx context.Context, readers registry.Audiences) (*projection.Projection, error) {
	readers = registry.Reader(readers...)
	in.settling.Lock()
	defer in.settling.Unlock()
	in.mu.Lock()
	p := in.projections[readers.Name()]
	in.mu.Unlock()
	if p != nil && in.settled[readers.Name()] {
		return p, nil
	}
	p, err := in.Projection(ctx, readers)
	if err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.inMemory() && !in.dir.ReadOnly() {
		if err := p.Close(); err != nil {
			return nil, err
		}
		delete(in.projections, readers.Name())
		if p, err = projection.OpenSettled(ctx, in.Log, in.Blobs, readers, in.projectionFolder(readers)); err != nil {
			return nil, err
		}
		in.projections[readers.Name()] = p
	}
	if in.settled == nil {
		in.settled = map[string]bool{}
	}
	in.settled[readers.Name()] = true
	return p, p.Update(ctx)
}

// Commit appends entries as one batch and brings the open projections up to date, so that who committed sees it at once. Errors of
// Append come as they are. Any other error is about showing: the entries are in the log, and the next Commit catches up.
func (in *Instance) Commit(ctx context.Context, entries []registry.Entry) error {
	in.changes.RLock()
	defer in.changes.RUnlock()
	if _, _, err := in.Log.Append(ctx, entries); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx) // who went away has committed all the same
	in.mu.Lock()
	open := slices.Collect(maps.Values(in.projections))
	in.mu.Unlock()
	var errs []error
	for _, p := range open {
		errs = append(errs, p.Update(ctx))
	}
	if err := errors.Join(errs...); err != nil {
		return &registry.Error{Code: registry.Internal, Message: "it is saved, but the pages do not show it yet", Err: err, Hint: "assay doctor tells what is wrong"}
	}
	return nil
}

// projected are the sets of audiences that have a projection in the directory, by name of their folder.
func (in *Instance) projected() ([]registry.Audiences, error) {
	folders, err := os.ReadDir(in.dir.ProjectionPath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // where all were thrown away there is none
		return nil, err
	}
	var out []registry.Audiences
	for _, f := range folders {
		b, err := os.ReadFile(filepath.Join(in.dir.ProjectionPath(), f.Name(), readersFile))
		var readers registry.Audiences
		if err == nil && json.Unmarshal(b, &readers) == nil && readers.Name() == f.Name() {
			out = append(out, readers)
		}
	}
	return out, nil
}

// Refresh brings the public projection and all others that the directory has up to date.
func (in *Instance) Refresh(ctx context.Context, also ...registry.Audiences) error {
	sets := append([]registry.Audiences{registry.Reader()}, also...)
	if in.keys != nil { // nobody will find on the disk what is made now
		sets = nil
		in.mu.Lock()
		for _, p := range in.projections {
			sets = append(sets, p.Readers())
		}
		in.mu.Unlock()
	}
	if in.dir != nil {
		more, err := in.projected()
		if err != nil {
			return err
		}
		sets = append(sets, more...)
	}
	done := map[string]bool{}
	for _, readers := range sets {
		if name := readers.Name(); !done[name] {
			done[name] = true
			if _, err := in.Projection(ctx, readers); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rebuild throws the projections away and makes them again from the log. It gives the names of those it made.
func (in *Instance) Rebuild(ctx context.Context) ([]string, error) {
	sets, err := in.projected()
	if err != nil {
		return nil, err
	}
	if err := in.forgetProjections(); err != nil {
		return nil, err
	}
	folders, err := os.ReadDir(in.dir.ProjectionPath())
	if err != nil {
		return nil, err
	}
	for _, f := range folders {
		if err := projection.Remove(filepath.Join(in.dir.ProjectionPath(), f.Name())); err != nil {
			return nil, err
		}
	}
	if err := in.Refresh(ctx, sets...); err != nil {
		return nil, err
	}
	names := []string{registry.Reader().Name()}
	for _, s := range sets {
		if s.Name() != names[0] {
			names = append(names, s.Name())
		}
	}
	return names, nil
}

// forgetProjections closes those that are open.
func (in *Instance) forgetProjections() error {
	in.mu.Lock()
	defer in.mu.Unlock()
	for name, p := range in.projections {
		if err := p.Close(); err != nil {
			return err
		}
		delete(in.projections, name)
	}
	return nil
}
