// Package memory keeps a log in the process: for the demonstration, for the check of a draft that nothing may remain of, and for tests. It
// passes claimlog/logtest like every store; what it acknowledges dies with the process.
package memory

import (
	"context"
	"sync"
	"time"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

// Log is a claimlog.Log in memory.
type Log struct {
	mu         sync.RWMutex
	rows       []row // rows[i] is at position i+1
	byID       map[registry.EntryID]int
	superseded map[registry.EntryID]bool
	erasures   []claimlog.Erasure
}

type row struct {
	batch int64
	claimlog.Stored
}

var _ claimlog.Log = (*Log)(nil)

// New makes an empty log.
func New() *Log {
	return &Log{byID: map[registry.EntryID]int{}, superseded: map[registry.EntryID]bool{}}
}

// Append implements claimlog.Log.
func (l *Log) Append(ctx context.Context, entries []registry.Entry) (int, claimlog.Position, error) {
	if err := ctx.Err(); err != nil {
		return 0, 0, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	last := claimlog.Position(len(l.rows))
	add, err := claimlog.Plan(entries,
		func(id registry.EntryID) (bool, error) { _, ok := l.byID[id]; return ok, nil },
		func(id registry.EntryID) (bool, error) { return l.superseded[id], nil })
	if err != nil {
		return 0, last, err
	}
	batch := int64(1)
	if last > 0 {
		batch = l.rows[last-1].batch + 1
	}
	for _, s := range add {
		l.byID[s.ID] = len(l.rows)
		l.rows = append(l.rows, row{batch, s})
		if s.Supersedes != "" {
			l.superseded[s.Supersedes] = true
		}
	}
	return len(add), claimlog.Position(len(l.rows)), nil
}

// Read implements claimlog.Log.
func (l *Log) Read(ctx context.Context, after claimlog.Position, limit int) ([]claimlog.Logged, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	n := len(l.rows)
	if after = max(after, 0); after >= claimlog.Position(n) {
		return nil, nil
	}
	start := int(after)
	end := start + min(max(limit, 1), n-start)
	for end > start && end < n && l.rows[end-1].batch == l.rows[end].batch { // a batch would be split: leave it to the next call
		end--
	}
	if end == start { // unless it is the first
		for end = start + 1; end < n && l.rows[end].batch == l.rows[start].batch; end++ {
		}
	}
	out := make([]claimlog.Logged, 0, end-start)
	for i := start; i < end; i++ {
		e, err := l.rows[i].Entry()
		if err != nil {
			return nil, err
		}
		out = append(out, claimlog.Logged{Position: claimlog.Position(i + 1), Batch: l.rows[i].batch, Entry: e})
	}
	return out, nil
}

// Last implements claimlog.Log.
func (l *Log) Last(ctx context.Context) (claimlog.Position, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return claimlog.Position(len(l.rows)), ctx.Err()
}

// Has implements claimlog.Log.
func (l *Log) Has(ctx context.Context, id registry.EntryID) (bool, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	_, ok := l.byID[id]
	return ok, ctx.Err()
}

// Erase implements claimlog.Log.
func (l *Log) Erase(ctx context.Context, ids []registry.EntryID, authority, ground string, at time.Time) error {
	t, err := claimlog.CheckErasure(claimlog.Erasure{Authority: authority, Ground: ground, At: at})
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids { // all or none
		if _, ok := l.byID[id]; !ok {
			return claimlog.NotThere(id)
		}
	}
	for _, id := range ids {
		i := l.byID[id]
		r := &l.rows[i]
		if r.Payload == nil {
			continue
		}
		clear(r.Payload)
		r.Stored.Forget()
		delete(l.superseded, r.Supersedes)
		r.Supersedes = ""
		t.Number, t.Position, t.ID, t.Record, t.Field = int64(len(l.erasures)+1), claimlog.Position(i+1), id, r.Record, r.Field
		l.erasures = append(l.erasures, t)
	}
	return nil
}

// Erasures implements claimlog.Log.
func (l *Log) Erasures(ctx context.Context, after int64) ([]claimlog.Erasure, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if after = max(after, 0); after >= int64(len(l.erasures)) {
		return nil, ctx.Err()
	}
	return append([]claimlog.Erasure(nil), l.erasures[after:]...), ctx.Err()
}

// Close implements claimlog.Log.
func (l *Log) Close() error { return nil }
