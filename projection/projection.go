// Package projection is everything that is read: compiled records, facets, provisions, labels and the full-text index, made from
// the log and the blobs and disposable.
//
// Start with [Open] and [Projection.Update], then ask for a [Projection.View], a [Projection.Document] or a [Projection.Search].
//
// A projection belongs to one set of audiences and is built from the entries that this set may see and from nothing else, so
// that counts, rankings and addresses cannot tell of what is hidden. The public one is its own files; public outlets open no other.
// A reader with more audiences has a projection of the union, not a union of projections: contradictions and orders of choice arise
// between claims of different audiences (docs/decisions/0004-one-projection-per-set-of-audiences.md).
package projection

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/blevesearch/bleve/v2"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/registry"
)

// Blobs is what the projection needs of the blob store.
type Blobs interface {
	Get(hash string) ([]byte, error)
}

// Projection is the read side for one set of audiences. All methods may be called from several goroutines at once.
type Projection struct {
	log     claimlog.Log
	blobs   Blobs
	readers registry.Audiences

	readOnly bool   // opened by OpenReadOnly
	folder   string // "" for one in memory
	settled  bool   // its files are open for reading only, until there is something to write
	aside    bool   // its rows and index are in memory, because someone else was reading the files when there was something to write

	files sync.RWMutex // held for reading while the index is searched, for writing while the files are changed for others
	db    *sql.DB
	index bleve.Index // searched through ask alone

	update   sync.Mutex // one update at a time
	mu       sync.RWMutex
	all      []registry.Entry           // every entry of the log, in its order: what compile takes
	batches  []int64                    // by which append each came
	batchOf  map[registry.EntryID]int64 // of those that the readers see
	erasures int64
	pos      claimlog.Position
	view     *registry.View
	version  string
	asOf     map[registry.Day]*registry.View
	compiles chan struct{} // one for each view being compiled: many askers of many days must not fill the memory
	docs     *cache
	facets   map[registry.RecordID]Facets
	reuse    reuses
	collide  conflicts
}

// Open opens the projection of the readers in a folder, or in memory where the folder is "". It holds nothing newer than its last Update.
func Open(log claimlog.Log, blobs Blobs, readers registry.Audiences, folder string) (*Projection, error) {
	p, err := OpenAsFound(log, blobs, readers, folder)
	if err != nil {
		return nil, err
	}
	if err := p.mend(folder); err != nil {
		return nil, err
	}
	return p, nil
}

// mend throws the files away and begins anew where index and rows do not fit.
func (p *Projection) mend(folder string) error {
	if folder == "" || p.indexFits() {
		return nil
	}
	if err := errors.Join(p.index.Close(), p.db.Close(), Remove(folder)); err != nil {
		return err
	}
	return p.openFiles(folder, patience)
}

// patience is how long the lock of an index is waited for.
const patience = "20s"

// OpenAsFound is Open for whoever looks for damage: an index that does not fit the rows stays as it is.
func OpenAsFound(log claimlog.Log, blobs Blobs, readers registry.Audiences, folder string) (*Projection, error) {
	p := &Projection{log: log, blobs: blobs, readers: registry.Reader(readers...), folder: folder, compiles: make(chan struct{}, atOnce)}
	if err := p.openFiles(folder, patience); err != nil {
		return nil, err
	}
	p.reset()
	return p, nil
}

func (p *Projection) openFiles(folder, wait string) (err error) {
	if p.db, err = openDB(folder); err != nil {
		return err
	}
	if p.index, err = openIndex(folder, wait); err != nil {
		p.db.Close()
	}
	return err
}

// indexFits says whether the index holds as many units as the rows tell. The index mends what it finds damaged by beginning empty, and a
// death between index and rows leaves it ahead: then all is made again, or searches would pass over in silence what is not in it.
func (p *Projection) indexFits() bool {
	stored, err := p.meta(context.Background(), "units")
	if err != nil {
		return false
	}
	n, err := p.index.DocCount()
	return err == nil && strconv.FormatUint(n, 10) == cmp.Or(stored, "0")
}

func (p *Projection) reset() {
	p.view = registry.Compile(nil, p.readers, "")
	p.asOf = map[registry.Day]*registry.View{}
	p.facets = map[registry.RecordID]Facets{}
	p.version = "0"
	p.docs = newCache()
}

// Close releases the files.
func (p *Projection) Close() error {
	p.files.Lock()
	defer p.files.Unlock()
	var err error
	if p.index != nil {
		err = p.index.Close()
	}
	if e := p.db.Close(); err == nil {
		err = e
	}
	return err
}

// ForgetIndex lets go of the index of a projection that is only read, and of the memory that its files are mapped into. It cannot be searched
// from then on.
func (p *Projection) ForgetIndex() error {
	p.files.Lock()
	defer p.files.Unlock()
	if !p.readOnly || p.index == nil {
		return nil
	}
	index := p.index
	p.index = nil
	return index.Close()
}

// Position is how far in the log it is.
func (p *Projection) Position() claimlog.Position {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.pos
}

// Readers are the audiences that the projection serves.
func (p *Projection) Readers() registry.Audiences { return p.readers }

// Update brings the projection up to the end of the log. Interrupted at any point it shows the state before or after, and the
// next Update goes on.
func (p *Projection) Update(ctx context.Context) error {
	p.update.Lock()
	defer p.update.Unlock()
	if p.readOnly {
		return nil
	}
	all, batches, pos, erased, err := p.follow(ctx)
	if err != nil {
		return err
	}
	if pos == p.pos && erased == p.erasures && p.version != "0" {
		return nil
	}
	visible := registry.Visible(all, p.readers)
	view := registry.Compile(all, p.readers, "")
	facets := allFacets(view)
	version := versionOf(visible, view)
	batchOf := batchesOf(visible, all, batches)
	ready := p.writable
	if known, err := p.erasuresKnown(ctx); err != nil || known != erased {
		ready = p.anew
	}
	done, err := ready()
	if err != nil {
		return fmt.Errorf("projection %s: %w", p.readers.Name(), err)
	}
	defer done()
	if err := p.store(ctx, view, facets, pos, erased, version); err != nil {
		return fmt.Errorf("projection %s: %w", p.readers.Name(), err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all, p.batches, p.pos, p.erasures, p.view, p.facets = all, batches, pos, erased, view, facets
	p.version, p.batchOf = version, batchOf
	p.asOf = map[registry.Day]*registry.View{}
	return nil
}

// follow reads what is new in the log; after an erasure it reads everything again.
func (p *Projection) follow(ctx context.Context) ([]registry.Entry, []int64, claimlog.Position, int64, error) {
	p.mu.RLock()
	all, batches, pos, erased := p.all[:len(p.all):len(p.all)], p.batches[:len(p.batches):len(p.batches)], p.pos, p.erasures
	p.mu.RUnlock()
	es, err := p.log.Erasures(ctx, erased)
	if err != nil {
		return nil, nil, 0, 0, err
	}
	if len(es) > 0 {
		all, batches, pos, erased = nil, nil, 0, es[len(es)-1].Number
	}
	for {
		batch, err := p.log.Read(ctx, pos, 5000)
		if err != nil {
			return nil, nil, 0, 0, err
		}
		if len(batch) == 0 {
			return all, batches, pos, erased, nil
		}
		for _, l := range batch {
			all = append(all, l.Entry)
			batches = append(batches, l.Batch)
			pos = l.Position
		}
	}
}

// versionOf names the state that the readers see: a hash of the entries visible to them and of which of these count in the view, so that it
// tells of nothing else. What counts may change from behind: a retraction that these readers may not see takes back what they saw.
func versionOf(visible []registry.Entry, v *registry.View) string {
	h := sha256.New()
	for i := range visible {
		e := &visible[i]
		h.Write([]byte(e.ID))
		switch {
		case (e.Claim != nil || e.Choice != nil || e.Move != nil) && v.Entries[e.ID] == nil, e.Source != nil && (v.Sources[e.Source.ID] == nil || *v.Sources[e.Source.ID] != *e.Source):
			h.Write([]byte("-"))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Version names what the readers see now. It changes when and only when an entry visible to them is added, goes, or is taken back.
func (p *Projection) Version() string {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.version
}

// atOnce is how many views of days are compiled at a time.
const atOnce = 2

// View is the registry as of a day, "" for everything known. Views of a few days are kept; who asks for another waits until it is compiled.
func (p *Projection) View(asOf registry.Day) *registry.View {
	v, _, _ := p.kept(asOf)
	if v != nil {
		return v
	}
	p.compiles <- struct{}{}
	defer func() { <-p.compiles }()
	v, all, version := p.kept(asOf)
	if v != nil { // whoever waited for the same day
		return v
	}
	v = registry.Compile(all, p.readers, asOf)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.version == version {
		if len(p.asOf) >= 16 {
			clear(p.asOf)
		}
		p.asOf[asOf] = v
	}
	return v
}

// kept is the view of a day where there is one, and what it is compiled from.
func (p *Projection) kept(asOf registry.Day) (*registry.View, []registry.Entry, string) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if asOf == "" {
		return p.view, p.all, p.version
	}
	return p.asOf[asOf], p.all, p.version
}

// Entries are the log entries that the readers may see, by id: what an export holds.
func (p *Projection) Entries() []registry.Entry {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return registry.Visible(p.all, p.readers)
}
