package projection

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/openassay/assay/registry"
)

// Erasure tells that something was erased that these readers could see: what it was of, not what it said.
type Erasure struct {
	ID        registry.EntryID
	Type      registry.EntryType
	Record    registry.RecordID // "" where it was about none
	Field     string            // of a claim
	Authority string
	Ground    string
	At        time.Time
}

// Erasures are those of entries that were open to the readers, the newest first. Who may see an entry outlives it: header and disclosures stay.
func (p *Projection) Erasures(ctx context.Context) ([]Erasure, error) {
	all, err := p.log.Erasures(ctx, 0)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	p.mu.RLock()
	headers := registry.VisibleErased(p.all, p.readers)
	p.mu.RUnlock()
	out := make([]Erasure, 0, len(all))
	for i := len(all) - 1; i >= 0; i-- {
		x := all[i]
		if e, ok := headers[x.ID]; ok {
			out = append(out, Erasure{x.ID, e.Type, x.Record, x.Field, x.Authority, x.Ground, x.At})
		}
	}
	return out, nil
}

// erasuresKnown is the number of the last erasure that rows and index follow.
func (p *Projection) erasuresKnown(ctx context.Context) (int64, error) {
	stored, err := p.meta(ctx, "erasures")
	if err != nil || stored == "" {
		return 0, err
	}
	return strconv.ParseInt(stored, 10, 64)
}

// anew throws rows and index away, so that nothing of what was erased stays in free pages and old segments, and begins empty ones. Others who
// have the old files open keep what they hold until they close them. What it returns is called when all is in the new ones: until then
// nobody searches.
func (p *Projection) anew() (done func(), err error) {
	p.files.Lock()
	p.index.Close() // what is thrown away may be in any state
	p.db.Close()
	if p.folder != "" {
		var errs []error
		for _, name := range []string{"projection.db", "projection.db-wal", "projection.db-shm", "projection.db-journal", "index.bleve"} {
			errs = append(errs, os.RemoveAll(filepath.Join(p.folder, name)))
		}
		err = errors.Join(errs...)
	}
	if err == nil {
		err = p.openFiles(p.folder, patience)
	}
	if err != nil {
		p.files.Unlock()
		return nil, err
	}
	p.settled, p.aside, p.docs = false, false, newCache()
	return p.files.Unlock, nil
}
