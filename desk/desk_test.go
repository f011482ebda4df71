package desk_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/registry"
)

var day = time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)

func TestEachItemOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "desk.db")
	d, err := desk.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	note := func(days int, paths []string, failed ...desk.Attempt) {
		t.Helper()
		r := desk.Run{At: day.AddDate(0, 0, days), Audience: "registry", Paths: paths, Failed: failed,
			Reviews: []desk.Review{{Kind: "match", Document: "doc_a", Title: "A", Reasons: []byte(`[]`)}}}
		if err := d.Note(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	a1, a2, b := desk.Attempt{Path: "/a", Reason: "one"}, desk.Attempt{Path: "/a", Reason: "two"}, desk.Attempt{Path: "/b", Reason: "one", Hint: "mend"}
	all := []string{"/a", "/b", "/c"}
	note(0, all, a1, a2, b)
	note(1, all, a1, b)              // the second fault of /a was mended
	note(2, []string{"/c"})          // the others were not tried
	note(3, []string{"/b"}, b)       // still wrong
	note(3, []string{"/a"}, a1)      // and at the same instant
	note(3, []string{"/a", "/b"}, b) // /a is mended
	reviews, err := d.Reviews(t.Context(), registry.Reader("registry"))
	if err != nil || len(reviews) != 1 || !reviews[0].First.Equal(day) || !reviews[0].Last.Equal(day.AddDate(0, 0, 3)) {
		t.Errorf("%v %+v", err, reviews)
	}
	got, err := d.Attempts(t.Context(), registry.Reader("registry"))
	if err != nil || len(got) != 1 || got[0].Path != "/b" || got[0].Tries != 4 || got[0].Hint != "mend" || !got[0].First.Equal(day) {
		t.Errorf("%v %+v", err, got)
	}
	for _, who := range []registry.Audiences{nil, registry.Reader("delegation:ZMB")} { // what waits is seen by those for whom it was to enter
		r, _ := d.Reviews(t.Context(), who)
		f, _ := d.Attempts(t.Context(), who)
		if len(r)+len(f) > 0 {
			t.Errorf("%v sees the registry's desk", who)
		}
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := desk.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if r, err := again.Reviews(t.Context(), registry.Reader("registry")); err != nil || len(r) != 1 {
		t.Errorf("%v %v", r, err)
	}
	if err := again.Note(t.Context(), desk.Run{At: day, Paths: all}); err == nil {
		t.Error("a desk opened for reading was written")
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := desk.OpenReadOnly(t.Context(), filepath.Join(dir, "none")); registry.CodeOf(err) != registry.NotFound {
		t.Errorf("%v", err)
	}
	bad := filepath.Join(dir, "bad")
	if err := os.WriteFile(bad, []byte("no database at all, but long enough to be looked at as if it were one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Open(t.Context(), bad); registry.CodeOf(err) != registry.Unreadable || registry.HintOf(err) == "" {
		t.Errorf("%v", err)
	}
}
