package instance_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// says is an entry of who wrote it: the party has this alias.
func says(t testing.TB, a registry.Audience, party, alias string) registry.Entry {
	t.Helper()
	v, err := registry.ParseValue(registry.FieldOf("alias"), alias, "")
	if err != nil {
		t.Fatal(err)
	}
	e, err := registry.NewEntry(registry.Entry{Audience: a, By: "person:test", At: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC),
		Claim: &registry.Claim{Record: registry.RecordID("pty_" + party), Field: "alias", Value: v, Source: "src_usgs-mcs-2025"}})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func finds(t testing.TB, p *projection.Projection, words string) bool {
	t.Helper()
	res, err := p.Search(t.Context(), projection.Query{Text: words})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total > 0
}

// A commit shows at once in every open projection whose readers may see it and in no other, and others go on reading the same directory.
func TestCommit(t *testing.T) {
	dir := seeded.Dir(t)
	in := open(t, dir)
	public, err := in.Settled(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	editors, err := in.Settled(t.Context(), registry.Reader(registry.Registry))
	if err != nil {
		t.Fatal(err)
	}
	beside := func() *instance.Instance {
		t.Helper()
		r, err := instance.OpenReadOnly(t.Context(), dir, fixed)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	reading := beside() // it has the index open while the first commit comes
	held, err := reading.Projection(t.Context(), registry.Reader())
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for range 2 { // searches go on all the while
		wg.Go(func() {
			for ; ctx.Err() == nil; time.Sleep(200 * time.Millisecond) {
				if res, err := public.Search(t.Context(), projection.Query{Text: "cobalt"}); ctx.Err() == nil && (err != nil || res.Total == 0) {
					t.Errorf("while a commit comes: %+v %v", res, err)
					return
				}
			}
		})
	}
	if err := in.Commit(t.Context(), []registry.Entry{says(t, registry.Registry, "ZMB", "Qwertania"), says(t, registry.Public, "ZMB", "Asdfland")}); err != nil {
		t.Fatal(err)
	}
	if finds(t, public, "Qwertania") || !finds(t, public, "Asdfland") || !finds(t, editors, "Qwertania") {
		t.Error("the commit does not show, or to those who may not see it")
	}
	if !finds(t, held, "cobalt") || finds(t, held, "Asdfland") {
		t.Error("who was reading does not go on with what it had")
	}
	reading.Close()
	for _, alias := range []string{"Zxcvstan", "Yuiopia"} {
		if err := in.Commit(t.Context(), []registry.Entry{says(t, registry.Public, "ZMB", alias)}); err != nil {
			t.Fatal(err)
		}
		if !finds(t, public, alias) || !finds(t, public, "Asdfland") || !finds(t, editors, alias) {
			t.Errorf("%s does not show", alias)
		}
		r := beside()
		p, err := r.Projection(t.Context(), registry.Reader())
		if err != nil || !finds(t, p, alias) {
			t.Errorf("beside: %v", err)
		}
		r.Close()
	}
	stop()
	wg.Wait()
	before := public.Version()
	bad := says(t, registry.Public, "ZMB", "Never")
	bad.Claim.Supersedes = registry.EntryID(strings.Repeat("0", 64))
	bad, err = registry.NewEntry(bad)
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Commit(t.Context(), []registry.Entry{bad}); registry.CodeOf(err) != registry.Conflict || public.Version() != before {
		t.Errorf("what supersedes nothing: %v", err)
	}
	healthy(t, in)
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	healthy(t, open(t, dir))
}
