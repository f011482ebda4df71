package projection_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/openassay/assay/claimlog/memory"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
)

// What was saved together is known together, and nothing of it that a reader may not see; With shows what would be and keeps nothing.
func TestSavedAndWith(t *testing.T) {
	ctx := context.Background()
	make1 := func(a registry.Audience, title string) registry.Entry {
		e, err := registry.NewEntry(registry.Entry{Audience: a, By: "person:ada", At: time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), Nonce: string(a),
			Claim: &registry.Claim{Record: "neg_a", Field: "alias", Value: registry.Value{Type: registry.TypeString, Raw: title}, Source: "src_a"}})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	a, b, c, d := make1(registry.Public, "a"), make1(registry.Registry, "b"), make1(registry.Public, "c"), make1(registry.Public, "d")
	l := memory.New()
	for _, batch := range [][]registry.Entry{{a, b, c}, {d}} {
		if _, _, err := l.Append(ctx, batch); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range []struct {
		readers registry.Audiences
		of      registry.EntryID
		want    []registry.EntryID
	}{
		{registry.Reader(), a.ID, []registry.EntryID{a.ID, c.ID}}, {registry.Reader(), b.ID, nil}, {registry.Reader(), d.ID, []registry.EntryID{d.ID}}, {registry.Reader(), "00", nil},
		{registry.Reader(registry.Registry), c.ID, []registry.EntryID{a.ID, b.ID, c.ID}},
	} {
		p, err := projection.Open(l, nil, x.readers, "")
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		if err := p.Update(ctx); err != nil {
			t.Fatal(err)
		}
		if got := p.Saved(x.of); !slices.Equal(got, x.want) {
			t.Errorf("saved with %.8s for %v: %v", x.of, x.readers, got)
		}
		before := dump(t, p.View(""))
		e, f := make1(registry.Public, "e"), make1("delegation:X", "f")
		v := p.With([]registry.Entry{e, f})
		if got := v.Record("neg_a").Values("alias"); !slices.Contains(got, "e") || slices.Contains(got, "f") {
			t.Errorf("with: %v", got)
		}
		if dump(t, p.View("")) != before {
			t.Error("looking has changed the view")
		}
	}
}

func dump(t *testing.T, v *registry.View) string {
	b, err := json.Marshal(v.Dump())
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
