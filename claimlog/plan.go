package claimlog

import "github.com/openassay/assay/registry"

// Plan is the rule of Append, the same for every store: what of the entries is to be added, in order. has says whether the log
// holds an id; superseded says whether a claim in the log, not erased, supersedes it.
func Plan(entries []registry.Entry, has, superseded func(registry.EntryID) (bool, error)) ([]Stored, error) {
	add := make([]Stored, 0, len(entries))
	batch := make(map[registry.EntryID]bool, len(entries))
	for i := range entries {
		id := entries[i].ID
		there, err := has(id)
		if err != nil {
			return nil, err
		}
		if there && entries[i].Erased() {
			continue // read from another log, which erased it; what we hold stays
		}
		s, err := Split(entries[i])
		if err != nil {
			return nil, err
		}
		if there || batch[id] {
			continue
		}
		batch[id] = true
		add = append(add, s)
	}
	by := map[registry.EntryID]registry.EntryID{}
	for _, s := range add {
		if s.Supersedes == "" {
			continue
		}
		there, err := has(s.Supersedes)
		if err != nil {
			return nil, err
		}
		if !there && !batch[s.Supersedes] {
			return nil, conflict(s, "which is not in the log").WithHint("add the claim it supersedes first, or in the same batch")
		}
		taken, err := superseded(s.Supersedes)
		if err != nil {
			return nil, err
		}
		if taken || by[s.Supersedes] != "" {
			return nil, conflict(s, "which another claim has already superseded").WithHint("read the record again and supersede the claim that is current")
		}
		by[s.Supersedes] = s.ID
	}
	return add, nil
}

func conflict(s Stored, why string) *registry.Error {
	return registry.Errorf(registry.Conflict, "claim %s on %s %s supersedes %s, %s", s.ID, s.Record, s.Field, short(s.Supersedes), why)
}

// CheckErasure holds the arguments of Erase against its contract and gives the time as it is kept: UTC, whole seconds.
func CheckErasure(e Erasure) (Erasure, error) {
	if e.Authority == "" || e.Ground == "" || e.At.IsZero() {
		return e, registry.Errorf(registry.Invalid, "an erasure needs an authority, a ground and a time").
			WithHint("say who ordered it and why; the tombstone shows both")
	}
	e.At = e.At.UTC().Truncate(1e9)
	return e, nil
}

// NotThere is the answer to erasing what the log does not hold.
func NotThere(id registry.EntryID) error {
	return registry.Errorf(registry.NotFound, "no entry %q in the log", short(id)).WithHint("an entry's id is 64 hexadecimal digits; it stands beside the claim on its record's page")
}
