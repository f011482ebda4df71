package instance

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/datadir"
	"github.com/openassay/assay/datadir/durable"
	"github.com/openassay/assay/erasure"
	"github.com/openassay/assay/registry"
)

// intent is what an erasure has set out to do, kept until all of it is done. It holds no word of what is erased.
type intent struct {
	Entries   []registry.EntryID `json:"entries"`
	Blobs     []string           `json:"blobs"`
	Authority string             `json:"authority"`
	Ground    string             `json:"ground"`
	At        time.Time          `json:"at"`
}

// PlanErasure says what an erasure would take and leave. It changes nothing.
func (in *Instance) PlanErasure(ctx context.Context, ask erasure.Ask) (*erasure.Plan, error) {
	all, err := in.Entries(ctx)
	if err != nil {
		return nil, err
	}
	return erasure.New(all, ask)
}

// Erase takes entries away for good, with the texts that only they name, and leaves a tombstone for each. When it returns nil, nothing of what they
// said is left in any file of the data directory. Cut off at any moment, it has either not begun or is completed when the directory is next opened
// for writing. Errors are those of erasure.New; any other says that it goes on then.
func (in *Instance) Erase(ctx context.Context, ask erasure.Ask) (*erasure.Plan, error) {
	in.changes.Lock()
	defer in.changes.Unlock()
	if err := in.resumeErasure(ctx); err != nil {
		return nil, err
	}
	return in.eraseAt(ctx, ask, in.Now())
}

// eraseAt is Erase at a moment; the lock of changes is held.
func (in *Instance) eraseAt(ctx context.Context, ask erasure.Ask, at time.Time) (*erasure.Plan, error) {
	p, err := in.PlanErasure(ctx, ask)
	if err != nil || len(p.Items) == 0 {
		return p, err
	}
	w := intent{Entries: p.IDs(), Blobs: p.Blobs, Authority: ask.Authority, Ground: ask.Ground, At: at}
	if in.dir != nil {
		b, err := json.Marshal(w)
		if err != nil {
			return nil, err
		}
		if err := in.writeSmall(datadir.ErasingName, b); err != nil {
			return nil, &registry.Error{Code: registry.Unreadable, Message: in.intentPath() + " cannot be written", Err: err, Hint: "check the disk and who owns the folder"}
		}
	}
	if err := in.carryOut(context.WithoutCancel(ctx), w, p); err != nil {
		return p, &registry.Error{Code: registry.CodeOf(err), Message: "the erasure is under way but not complete", Err: err,
			Hint: "end programs that read the same data directory; it is completed when the directory is next opened for writing, for instance by assay rebuild"}
	}
	return p, nil
}

func (in *Instance) intentPath() string { return filepath.Join(in.dir.Path(), datadir.ErasingName) }

// resumeErasure completes what was cut off.
func (in *Instance) resumeErasure(ctx context.Context) error {
	if in.dir == nil {
		return nil
	}
	b, err := in.readSmall(datadir.ErasingName)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var w intent
	if err == nil {
		err = json.Unmarshal(b, &w)
	}
	if err != nil {
		return &registry.Error{Code: registry.Unreadable, Message: in.intentPath() + " cannot be read", Err: err,
			Hint: "an erasure was cut off, and what it was is not known: restore a backup, or delete the file and erase again"}
	}
	all, err := in.Entries(ctx)
	if err != nil {
		return err
	}
	var p *erasure.Plan // nil where the entries are gone already; then the desk was seen to before
	if plan, err := erasure.New(all, erasure.Ask{Entries: w.Entries, Authority: w.Authority, Ground: w.Ground}); err == nil && len(plan.Items) > 0 {
		p = plan
	}
	return in.carryOut(ctx, w, p)
}

// carryOut does all steps; each may have been done before. What holds copies of the words is seen to as long as the words are known: before the log.
func (in *Instance) carryOut(ctx context.Context, w intent, p *erasure.Plan) error {
	if in.desk != nil && p != nil {
		if err := in.desk.Forget(ctx, p.Words); err != nil {
			return err
		}
	}
	if err := in.Log.Erase(ctx, w.Entries, w.Authority, w.Ground, w.At); err != nil {
		return err
	}
	all, err := in.Entries(ctx)
	if err != nil {
		return err
	}
	named, used := map[string]bool{}, map[string]bool{}
	for i := range all {
		h := erasure.BlobOf(&all[i])
		named[h] = true
		if all[i].Claim != nil {
			used[h] = true
		}
	}
	for _, h := range w.Blobs {
		if used[h] { // entered since the intent was written, from somewhere else
			continue
		}
		if err := in.Blobs.Remove(h); err != nil {
			return err
		}
	}
	if len(w.Blobs) > 0 && !in.serving() {
		if err := in.removeUnnamed(named); err != nil {
			return err
		}
	}
	if err := in.Refresh(ctx); err != nil {
		return err
	}
	if in.dir == nil {
		return nil
	}
	if err := os.RemoveAll(in.dir.CachePath()); err != nil { // the words of what is erased may be there too
		return err
	}
	if err := os.Remove(in.intentPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return durable.SyncDir(in.dir.Path())
}

// serving says whether people are at work: a page that one of them pasted is kept before the entry that names it.
func (in *Instance) serving() bool {
	in.settling.Lock()
	defer in.settling.Unlock()
	return len(in.settled) > 0
}

// removeUnnamed takes away the texts that no entry names, left by an import that was cut off: they may be other readings of what is erased. Nothing
// is being entered while it runs.
func (in *Instance) removeUnnamed(named map[string]bool) error {
	var gone []string
	if err := in.Blobs.Walk(func(hash string, _ int64) error {
		if !named[hash] {
			gone = append(gone, hash)
		}
		return nil
	}); err != nil {
		return err
	}
	for _, h := range gone {
		if err := in.Blobs.Remove(h); err != nil {
			return err
		}
	}
	return nil
}

// RepeatErasures erases what another state of this registry has erased, on the same authority and ground and with the same dates: in a backup that was
// made before. n were erased; unknown are not in this log.
func (in *Instance) RepeatErasures(ctx context.Context, es []claimlog.Erasure) (n, unknown int, err error) {
	in.changes.Lock()
	defer in.changes.Unlock()
	if err := in.resumeErasure(ctx); err != nil {
		return 0, 0, err
	}
	all, err := in.Entries(ctx)
	if err != nil {
		return 0, 0, err
	}
	there := map[registry.EntryID]bool{} // whether its payload is
	for i := range all {
		there[all[i].ID] = !all[i].Erased()
	}
	type order struct {
		authority, ground string
		at                time.Time
	}
	var orders []order
	ids := map[order][]registry.EntryID{}
	for _, x := range es {
		live, known := there[x.ID]
		switch {
		case !known:
			unknown++
		case live:
			o := order{x.Authority, x.Ground, x.At.UTC()}
			if ids[o] == nil {
				orders = append(orders, o)
			}
			ids[o] = append(ids[o], x.ID)
		}
	}
	for _, o := range orders {
		p, err := in.eraseAt(ctx, erasure.Ask{Entries: ids[o], Authority: o.authority, Ground: o.ground}, o.at)
		if err != nil {
			return n, unknown, err
		}
		n += len(p.Items)
	}
	return n, unknown, nil
}

// Erasures are all tombstones of the log, in order.
func (in *Instance) Erasures(ctx context.Context) ([]claimlog.Erasure, error) {
	return in.Log.Erasures(ctx, 0)
}

// checkErasing refuses to read beside an erasure that is not complete.
func (in *Instance) checkErasing() error {
	if _, err := os.Stat(in.intentPath()); err != nil {
		return nil
	}
	return registry.Errorf(registry.Conflict, "something is being erased from %s", in.dir.Path()).
		WithHint("try again in a moment; where it was cut off, assay rebuild --data DIR completes it")
}
