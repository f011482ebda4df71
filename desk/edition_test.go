package desk_test

import (
	"context"
	"path/filepath"
	"testing"
	"time"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

func TestEditions(t *testing.T) {
	ctx := context.Background()
	d, err := desk.Open(ctx, filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	for i, e := range []desk.Edition{{ID: "a", Horizon: "2025-11-30"}, {ID: "b", Horizon: "2026-11-30"}, {ID: "a", Horizon: "2025-11-30"}} {
		e.Scope, e.Body, e.KeptAt, e.By = []byte(`{}`), []byte(`{"id":"`+e.ID+`"}`), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "person:x"
		fresh, err := d.KeepEdition(ctx, e)
		if err != nil || fresh != (i < 2) {
			t.Errorf("%s: new %v, %v", e.ID, fresh, err)
		}
	}
	all, err := d.Editions(ctx)
	if err != nil || len(all) != 2 || all[0].ID != "b" {
		t.Errorf("%+v, %v", all, err)
	}
	if e, err := d.Edition(ctx, "a"); err != nil || string(e.Body) != `{"id":"a"}` || e.Horizon != "2025-11-30" {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := d.Edition(ctx, "c"); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("%v", err)
	}
}
