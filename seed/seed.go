// Package seed embeds the registry that the binary carries: sources and claims as CSV, in the format that imports use.
//
// Start with [Entries]. The files are documented in README.md beside this one.
package seed

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"sync"
	"time"

	"github.com/openassay/assay/registry"
)

//go:embed sources/*.csv claims/*.csv analyses/claims.csv
var files embed.FS

// By is the author of the seed's entries.
const By = "importer:seed"

// Machine is the author of what it says was read in a text.
const Machine = "machine:assay/1"

// At is when the seed's entries count as entered: a constant, so that the embedded registry is the same bytes everywhere.
var At = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

// Entries are the seed's log entries: sources first, then claims, in the order of the files. An error means that the seed is broken,
// which the linter in seed_test.go keeps from landing.
var Entries = sync.OnceValues(func() ([]registry.Entry, error) { return load(files) })

func load(fsys fs.FS) ([]registry.Entry, error) {
	var out []registry.Entry
	seen := map[registry.EntryID]bool{}
	add := func(name string, e registry.Entry) error {
		e.Audience, e.At = registry.Public, At
		e, err := registry.NewEntry(e)
		if err != nil {
			return fmt.Errorf("seed: %s: %w", name, err)
		}
		if !seen[e.ID] {
			seen[e.ID] = true
			out = append(out, e)
		}
		return nil
	}
	for _, dir := range []string{"sources", "claims", "analyses"} {
		names, err := fs.Glob(fsys, path.Join(dir, "*.csv"))
		if err != nil {
			return nil, err
		}
		sort.Strings(names)
		for _, name := range names {
			b, err := fs.ReadFile(fsys, name)
			if err != nil {
				return nil, err
			}
			if dir == "sources" {
				ss, errs := registry.ReadSources(name, b)
				if len(errs) > 0 {
					return nil, errs[0]
				}
				for i := range ss {
					if err := add(name, registry.Entry{Source: &ss[i], By: By}); err != nil {
						return nil, err
					}
				}
				continue
			}
			cs, errs := registry.ReadClaims(name, b)
			if len(errs) > 0 {
				return nil, errs[0]
			}
			for i := range cs {
				e := registry.Entry{Claim: &cs[i], By: By}
				if dir == "analyses" && cs[i].Method == "read" {
					e.By = Machine
				}
				if err := add(name, e); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}
