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

// Saved are the entries that were saved together with one of them, as far as the readers may see them, in the order of the log; none where they
// do not see that one.
func (p *Projection) Saved(id registry.EntryID) []registry.EntryID {
	p.mu.RLock()
	all, batches := p.all, p.batches
	p.mu.RUnlock()
	i := slices.IndexFunc(all, func(e registry.Entry) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	from, to := i, i+1
	for from > 0 && batches[from-1] == batches[i] {
		from--
	}
	for to < len(all) && batches[to] == batches[i] {
		to++
	}
	seen := map[registry.EntryID]bool{}
	for _, e := range p.Entries() {
		seen[e.ID] = true
	}
	var out []registry.EntryID
	for _, e := range all[from:to] {
		if seen[e.ID] {
			out = append(out, e.ID)
		}
	}
	if !seen[id] {
		return nil
	}
	return out
}
