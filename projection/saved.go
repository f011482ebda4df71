package projection

import (
	"slices"

	"github.com/openassay/assay/registry"
)

// With is what the readers would see if the entries were in the log too. Nothing is kept.
func (p *Projection) With(entries []registry.Entry) *registry.View {
	p.compiles <- struct{}{}
	defer func() { <-p.compiles }()
	p.mu.RLock()
	all := p.all[:len(p.all):len(p.all)]
	p.mu.RUnlock()
	return registry.Compile(append(all, entries...), p.readers, "")
}

// Batch numbers what was saved together: entries of one batch have one number. It is 0 for what the readers do not see, and for nobody to
// look at: the numbers between tell of others' entries.
func (p *Projection) Batch(id registry.EntryID) int64 {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.batchOf[id]
}

// Saved are the entries that were saved together with one of them, as far as the readers may see them, in the order of the log; none where they
// do not see that one.
func (p *Projection) Saved(id registry.EntryID) []registry.EntryID {
	p.mu.RLock()
	defer p.mu.RUnlock()
	n := p.batchOf[id]
	if n == 0 {
		return nil
	}
	var out []registry.EntryID
	from, _ := slices.BinarySearch(p.batches, n)
	for i := from; i < len(p.all) && p.batches[i] == n; i++ {
		if p.batchOf[p.all[i].ID] == n {
			out = append(out, p.all[i].ID)
		}
	}
	return out
}

// batchesOf are the numbers of the batches of what is visible.
func batchesOf(visible, all []registry.Entry, batches []int64) map[registry.EntryID]int64 {
	out := make(map[registry.EntryID]int64, len(visible))
	for i := range visible {
		out[visible[i].ID] = 0
	}
	for i := range all {
		if n, ok := out[all[i].ID]; ok && n == 0 {
			out[all[i].ID] = batches[i]
		}
	}
	return out
}
