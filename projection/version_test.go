package projection_test

import (
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
)

// A version stands in ETags: it must change with what readers see, also where they may not see what changed it, and with nothing else.
func TestVersionFollowsWhatIsSeen(t *testing.T) {
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	entry := func(e registry.Entry) registry.Entry {
		t.Helper()
		e.By, e.At = "person:test", at
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	src := entry(registry.Entry{Audience: registry.Public, Source: &registry.Source{ID: "src_a", Title: "A", Grade: "wire"}})
	title := func(record, value string, a registry.Audience) registry.Entry {
		return entry(registry.Entry{Audience: a, Claim: &registry.Claim{Record: registry.RecordID(record), Field: "title", Source: "src_a", Value: registry.Value{Type: registry.TypeText, Raw: value, Lang: "en"}}})
	}
	public, hidden := title("ins_a", "One", registry.Public), title("ins_b", "Two", registry.Registry)
	back := func(id registry.EntryID) registry.Entry {
		return entry(registry.Entry{Audience: registry.Registry, Retraction: &registry.Retraction{Target: id, Reason: "mistake"}})
	}
	version := func(es ...registry.Entry) string { return open(t, "", nil, es...).Version() }
	base := version(src, public)
	if version(src, public, hidden) != base || version(src, public, hidden, back(hidden.ID)) != base {
		t.Error("the version tells of what is hidden")
	}
	taken := version(src, public, back(public.ID))
	if taken == base {
		t.Error("a public claim was taken back, and the version is the same")
	}
	if version(src, public, back(src.ID)) == base {
		t.Error("a public source was taken back, and the version is the same")
	}
	if version(src, public, back(public.ID), back(back(public.ID).ID)) != base {
		t.Error("restored, the version is another")
	}
}

// Many readers may ask for many days at once; each gets its day.
func TestViewsOfManyDaysAtOnce(t *testing.T) {
	p := seeded(t)
	var wg sync.WaitGroup
	for i := range 60 {
		day := registry.DayOf(time.Date(2025, 1, 1+i/3, 0, 0, 0, 0, time.UTC))
		wg.Go(func() {
			if v := p.View(day); v.AsOf != day {
				t.Errorf("asked for %s, got %s", day, v.AsOf)
			}
		})
	}
	wg.Wait()
}
