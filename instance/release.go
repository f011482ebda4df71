package instance

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/ledger"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// Schedule is what is to be released, opened when it is first asked for; registry.NotFound for a registry in memory.
func (in *Instance) Schedule(ctx context.Context) (*schedule.Store, error) {
	in.ledgerMu.Lock()
	defer in.ledgerMu.Unlock()
	if in.schedule != nil {
		return in.schedule, nil
	}
	if in.dir == nil {
		return nil, registry.Errorf(registry.NotFound, "this registry lives in memory and releases nothing").WithHint("name a data directory: --data DIR")
	}
	vfs, err := in.keys.VFS()
	if err != nil {
		return nil, err
	}
	in.schedule, err = schedule.Open(ctx, filepath.Join(in.dir.Path(), schedule.FileName), vfs, in.dir.ReadOnly(), in.Now)
	return in.schedule, err
}

// guarded is the log as everything in the program writes it: nothing becomes public while the switch of the schedule is on.
type guarded struct {
	claimlog.Log
	in *Instance
}

// Append refuses what would make something public while the switch is on.
func (g guarded) Append(ctx context.Context, entries []registry.Entry) (int, claimlog.Position, error) {
	makes := func(e registry.Entry) bool {
		return slices.ContainsFunc(ledger.Events(&e), func(ev ledger.Event) bool { return ev.Act == "" })
	}
	if g.in.opened && slices.ContainsFunc(entries, makes) {
		s, err := g.in.Schedule(ctx)
		if err != nil {
			return 0, 0, err
		}
		f, err := s.Frozen(ctx)
		if err != nil {
			return 0, 0, err
		}
		if f != nil {
			return 0, 0, registry.Errorf(registry.Conflict, "nothing becomes public in this registry since %s: %s", f.At.Format(time.DateOnly), f.Reason).
				WithHint("%s turned that on; assay release thaw turns it off. Nothing was changed", f.By)
		}
	}
	return g.Log.Append(ctx, entries)
}

// Everything is the registry as compiled for somebody who sees all of it: what triggers of releases wait for may be restricted itself.
func (in *Instance) Everything(ctx context.Context) (*registry.View, error) {
	all, err := in.Entries(ctx)
	if err != nil {
		return nil, err
	}
	as := map[registry.Audience]bool{}
	for _, open := range registry.Disclosed(all) {
		maps.Copy(as, open)
	}
	return registry.Compile(all, registry.Reader(slices.Collect(maps.Keys(as))...), ""), nil
}

// Disclose opens entries to an audience.
func (in *Instance) Disclose(ctx context.Context, ids []registry.EntryID, to registry.Audience, by, reason string) error {
	all, err := in.Entries(ctx)
	if err != nil {
		return err
	}
	e, err := in.disclosure(all, ids, to, by, reason)
	if err != nil || e == nil {
		return err
	}
	return in.Commit(ctx, []registry.Entry{*e})
}

// disclosure is the entry that opens entries to an audience; nil where they are open to it already.
func (in *Instance) disclosure(all []registry.Entry, ids []registry.EntryID, to registry.Audience, by, reason string) (*registry.Entry, error) {
	open := registry.Disclosed(all)
	var still []registry.EntryID
	for _, id := range ids {
		if open[id] != nil && !open[id][to] {
			still = append(still, id)
		}
	}
	if len(still) == 0 {
		return nil, nil
	}
	e, err := registry.NewEntry(registry.Entry{Type: registry.EntryDisclosure, Audience: to, By: by, At: in.Now(), Nonce: in.nonce(to, reason, still),
		Disclosure: &registry.Disclosure{Targets: still, Action: "release", To: to, Reason: reason}})
	return &e, err
}

// nonce makes the id of a disclosure to some unguessable, and the same for the same disclosure; what is public has none.
func (in *Instance) nonce(to registry.Audience, reason string, ids []registry.EntryID) string {
	if to == registry.Public {
		return ""
	}
	h := hmac.New(sha256.New, in.secret)
	fmt.Fprintf(h, "release %q %q %q", to, reason, ids)
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// KeepReleasing runs the schedule until ctx ends: for a process that serves.
func (in *Instance) KeepReleasing(ctx context.Context, every time.Duration) {
	for t := time.NewTicker(every); ; {
		_, err := in.Releases().Run(ctx, "")
		if err != nil && ctx.Err() == nil {
			in.warn("releases: %v", err)
		}
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// ReleaseDesk is the schedule as the desk's pages use it.
type ReleaseDesk struct{ in *Instance }

// Releases is the schedule for pages.
func (in *Instance) Releases() ReleaseDesk { return ReleaseDesk{in} }

// All are the releases, those that wait first.
func (d ReleaseDesk) All(ctx context.Context) ([]schedule.Release, error) {
	s, err := d.in.Schedule(ctx)
	if err != nil {
		return nil, err
	}
	return s.All(ctx)
}

// Outlooks are all releases with how they stand, and the switch where it is on.
func (d ReleaseDesk) Outlooks(ctx context.Context) ([]schedule.Outlook, *schedule.Freeze, error) {
	s, err := d.in.Schedule(ctx)
	if err != nil {
		return nil, nil, err
	}
	all, err := s.All(ctx)
	if err != nil {
		return nil, nil, err
	}
	f, err := s.Frozen(ctx)
	if err != nil {
		return nil, nil, err
	}
	v, err := d.in.Everything(ctx)
	if err != nil {
		return nil, nil, err
	}
	out := make([]schedule.Outlook, len(all))
	for i := range all {
		out[i] = all[i].Look(v, registry.DayOf(d.in.Now().UTC()), f != nil)
	}
	return out, f, nil
}

// Propose enters a release of entries with what they need to be understood: sources, names. Whether a second person is needed follows from who sees
// them. registry.NotFound for an entry that is not there; registry.Conflict where there is nothing left to release.
func (d ReleaseDesk) Propose(ctx context.Context, r schedule.Release) (int64, error) {
	s, err := d.in.Schedule(ctx)
	if err != nil {
		return 0, err
	}
	entries, err := d.in.Entries(ctx)
	if err != nil {
		return 0, err
	}
	book := edit.NewBook(entries)
	for _, id := range r.Targets {
		if book.Entry(id) == nil {
			return 0, registry.Errorf(registry.NotFound, "there is no entry %s", id).WithHint("assay export --as … lists the ids of entries")
		}
	}
	if asked := len(r.Targets) > 0; asked {
		if r.Targets = edit.Publish(book, r.Targets...).Targets(); len(r.Targets) == 0 {
			return 0, registry.Errorf(registry.Conflict, "all of it is public, or taken back")
		}
	}
	open := registry.Disclosed(entries)
	r.Restricted = r.Restricted || slices.ContainsFunc(r.Targets, func(id registry.EntryID) bool { return schedule.Restricted(open[id]) })
	return s.Propose(ctx, r)
}

// Run releases what is due, on somebody's behalf.
func (d ReleaseDesk) Run(ctx context.Context, by string) ([]schedule.Outlook, error) {
	s, err := d.in.Schedule(ctx)
	if err != nil {
		return nil, err
	}
	return s.Run(ctx, d.in, by)
}

// Do does what a person decided about a release: approve, confirm, postpone, cancel, freeze, thaw. Of the arguments each takes what it needs.
func (d ReleaseDesk) Do(ctx context.Context, what string, id int64, by, side, until, reason string) error {
	s, err := d.in.Schedule(ctx)
	if err != nil {
		return err
	}
	switch what {
	case "approve":
		return s.Approve(ctx, id, by)
	case "confirm":
		return s.Confirm(ctx, id, side, by)
	case "postpone":
		day, err := registry.ParseDay(until)
		if err != nil {
			return err
		}
		return s.Postpone(ctx, id, day, by, reason)
	case "cancel":
		return s.Cancel(ctx, id, by, reason)
	case "freeze":
		return s.SetFrozen(ctx, &schedule.Freeze{By: by, Reason: reason})
	case "thaw":
		return s.SetFrozen(ctx, nil)
	}
	return registry.Errorf(registry.Invalid, "%q cannot be done with a release", what)
}
