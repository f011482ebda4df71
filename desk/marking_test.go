package desk_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

// A draft of markings is there at the next visit; each step is taken back whole; another reading has a draft of its own.
func TestMarkings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	d, err := desk.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	mark := func(reading string, starts ...int) {
		t.Helper()
		var ms []desk.Marking
		for _, s := range starts {
			ms = append(ms, desk.Marking{Start: s, End: s + 5, Ground: "security", By: "person:Ada", At: at, Here: s == 30})
		}
		if err := d.Mark(t.Context(), "doc_a", reading, ms); err != nil {
			t.Fatal(err)
		}
	}
	has := func(reading string, want ...int) []desk.Marking {
		t.Helper()
		ms, err := d.Markings(t.Context(), "doc_a", reading)
		if err != nil || len(ms) != len(want) {
			t.Fatalf("%+v %v, want %v", ms, err, want)
		}
		for i, w := range want {
			if ms[i].Start != w {
				t.Errorf("%+v, want %v", ms, want)
			}
		}
		return ms
	}
	mark("r1", 30, 10)
	mark("r1", 20)
	mark("r2", 1)
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	if d, err = desk.Open(t.Context(), path); err != nil { // a second visit
		t.Fatal(err)
	}
	defer d.Close()
	ms := has("r1", 10, 20, 30)
	if !ms[2].Here || ms[0].Here || ms[0].By != "person:Ada" || !ms[0].At.Equal(at) || ms[0].Ground != "security" {
		t.Errorf("%+v", ms)
	}
	undo := func(want bool) {
		t.Helper()
		if did, err := d.UndoMarking(t.Context(), "doc_a", "r1"); err != nil || did != want {
			t.Errorf("undo: %v %v", did, err)
		}
	}
	if err := d.Unmark(t.Context(), "doc_a", "r1", ms[0].ID, "person:Ben", at); err != nil {
		t.Fatal(err)
	}
	if err := d.Unmark(t.Context(), "doc_a", "r2", ms[1].ID, "person:Ben", at); err != nil { // of another reading
		t.Fatal(err)
	}
	has("r1", 20, 30)
	undo(true)
	has("r1", 10, 20, 30)
	undo(true)
	has("r1", 10, 30)
	undo(true)
	has("r1")
	undo(false)
	has("r2", 1)
	if err := d.Mark(t.Context(), "doc_a", "r1", make([]desk.Marking, desk.MostMarkings+1)); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("too many: %v", err)
	}
}
