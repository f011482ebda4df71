package seed

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

// TestLint is the linter: every row reads, every claim has a source that exists, every reference leads to a record, no URL is
// declared as two sources, and no source is unused.
func TestLint(t *testing.T) {
	sources, urls, used := map[registry.SourceID]string{}, map[string]registry.SourceID{}, map[registry.SourceID]bool{}
	grade, urls2 := map[registry.SourceID]string{}, map[registry.SourceID]string{}
	for _, name := range glob(t, "sources/*.csv") {
		ss, errs := registry.ReadSources(name, read(t, name))
		for _, err := range errs {
			t.Errorf("%v (%s)", err, registry.HintOf(err))
		}
		for _, s := range ss {
			if at, twice := sources[s.ID]; twice {
				t.Errorf("%s: source %s is also in %s", name, s.ID, at)
			}
			sources[s.ID], grade[s.ID] = name, s.Grade
			if other, twice := urls[s.URL]; twice && s.URL != "" {
				t.Errorf("%s: %s and %s are both %s", name, s.ID, other, s.URL)
			}
			urls[s.URL], urls2[s.ID] = s.ID, s.URL
		}
	}
	exists := map[registry.RecordID]bool{}
	var all []registry.Claim
	for _, name := range glob(t, "claims/*.csv") {
		cs, errs := registry.ReadClaims(name, read(t, name))
		for _, err := range errs {
			t.Errorf("%v (%s)", err, registry.HintOf(err))
		}
		for _, c := range cs {
			exists[c.Record] = true
			used[c.Source] = true
			if sources[c.Source] == "" {
				t.Errorf("%s: %s %s: no source %s", name, c.Record, c.Field, c.Source)
			}
			// Other names in use are for search and matching, and sample texts are ours; facts need somebody else's word.
			if grade[c.Source] == "editor" && c.Field != "alias" && !strings.Contains(string(c.Record), "_sample-") {
				t.Errorf("%s: %s %s rests on an editor's own knowledge", name, c.Record, c.Field)
			}
			all = append(all, c)
		}
	}
	for _, c := range all {
		for _, id := range registry.RefsOf(&c) {
			if !exists[id] {
				t.Errorf("%s %s: refers to %s, which has no claim", c.Record, c.Field, id)
			}
		}
	}
	for _, c := range all {
		if why := statementFault(&c, urls2[c.Source]); why != "" {
			t.Errorf("%s %s: %s: %q", c.Record, c.Field, why, c.Value.Raw+c.Note)
		}
	}
	lower := map[string]registry.RecordID{}
	for id := range exists {
		if other, twice := lower[strings.ToLower(string(id))]; twice {
			t.Errorf("%s and %s differ in case only: addresses do not tell them apart", id, other)
		}
		lower[strings.ToLower(string(id))] = id
	}
	for id, at := range sources {
		if !used[id] {
			t.Errorf("%s: source %s is used by no claim", at, id)
		}
	}
}

func glob(t *testing.T, p string) []string {
	t.Helper()
	names, err := fs.Glob(files, p)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v %v", p, names, err)
	}
	return names
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	b, err := fs.ReadFile(files, name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
