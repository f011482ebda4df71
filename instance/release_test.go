package instance_test

import (
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// A text of a delegation is released when the signature is recorded: not before, not without a second person and both sides, not while the switch is
// on, not by a clock that jumped; once, and then it is public with its ledger entry.
func TestReleases(t *testing.T) {
	now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	in, err := instance.Open(t.Context(), seeded.Dir(t), instance.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s, err := in.Schedule(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	secret := says(t, "delegation:ZMB", "ZMB", "Qwertania")
	if err := in.Commit(t.Context(), []registry.Entry{secret}); err != nil {
		t.Fatal(err)
	}
	r := schedule.Release{Title: "The draft", Targets: []registry.EntryID{secret.ID}, To: registry.Public, Trigger: "on:signed", Record: "neg_x", Reason: "As the profile says.", ProposedBy: "person:Ada", Sides: map[string]string{"pty_ZMB": "", "pty_COD": "forged"}}
	for what, bad := range map[string]func(*schedule.Release){
		"a day that has passed": func(r *schedule.Release) { r.Trigger = "2026-11-22" },
		"no time of release":    func(r *schedule.Release) { r.Trigger = "soon" },
		"of no record":          func(r *schedule.Release) { r.Record = "" },
		"no audience":           func(r *schedule.Release) { r.To = "everybody" },
		"nothing to release":    func(r *schedule.Release) { r.Targets = nil },
		"and why":               func(r *schedule.Release) { r.Reason = " " },
	} {
		x := r
		bad(&x)
		if _, err := in.Releases().Propose(t.Context(), x); registry.CodeOf(err) != registry.Invalid {
			t.Errorf("%s: %v", what, err)
		}
	}
	n, err := in.Releases().Propose(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	stands := func(want string) {
		t.Helper()
		out, err := s.Run(t.Context(), in, "")
		if err != nil {
			t.Fatal(err)
		}
		if len(out) != 1 || out[0].State != want {
			t.Errorf("it stands %+v, want %s", out, want)
		}
		view, _, err := in.View(t.Context(), registry.Reader(), "")
		if err != nil {
			t.Fatal(err)
		}
		if shown := view.Entries[secret.ID] != nil; shown != (want == schedule.Released) {
			t.Errorf("%s: public is %v", want, shown)
		}
	}
	stands(schedule.Waits)
	event := func(key, date string) {
		t.Helper()
		v, _ := registry.ParseValue(registry.FieldOf("event"), date, "")
		title, _ := registry.ParseValue(registry.FieldOf("title"), "Talks", "")
		var es []registry.Entry
		for _, c := range []*registry.Claim{{Record: "neg_x", Field: "event", Key: key, Value: v, Source: "src_usgs-mcs-2025"}, {Record: "neg_x", Field: "title", Value: title, Source: "src_usgs-mcs-2025"}} {
			e, err := registry.NewEntry(registry.Entry{Audience: registry.Registry, Nonce: "n", By: "person:test", At: now, Claim: c})
			if err != nil {
				t.Fatal(err)
			}
			es = append(es, e)
		}
		if err := in.Commit(t.Context(), es); err != nil {
			t.Fatal(err)
		}
	}
	event("concluded", "2026-11-20")
	stands(schedule.Waits)
	event("signed", "2026-11-22")
	stands(schedule.NeedsTwo)
	if err := s.Approve(t.Context(), n, "person:Ada"); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("one person twice: %v", err)
	}
	if err := s.Approve(t.Context(), n, "person:Ben"); err != nil {
		t.Fatal(err)
	}
	stands(schedule.NeedsSides)
	if err := s.Confirm(t.Context(), n, "pty_ZMB", "person:Ben"); err != nil {
		t.Fatal(err)
	}
	if err := s.Confirm(t.Context(), n, "pty_COD", "person:Ben"); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("one person for two sides: %v", err)
	}
	if err := s.Confirm(t.Context(), n, "pty_USA", "person:Eve"); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("a side that is none: %v", err)
	}
	if err := s.Confirm(t.Context(), n, "pty_COD", "person:Cora"); err != nil {
		t.Fatal(err)
	}
	if err := s.SetFrozen(t.Context(), &schedule.Freeze{By: "person:Ada", Reason: "An intruder was seen."}); err != nil {
		t.Fatal(err)
	}
	stands(schedule.HeldFrozen)
	if err := in.Commit(t.Context(), []registry.Entry{says(t, registry.Public, "ZMB", "Never")}); registry.CodeOf(err) != registry.Conflict || !strings.Contains(err.Error(), "An intruder was seen") {
		t.Errorf("something became public while the switch is on: %v", err)
	}
	if err := in.Commit(t.Context(), []registry.Entry{says(t, registry.Registry, "ZMB", "Inside")}); err != nil {
		t.Errorf("what does not become public is kept out too: %v", err)
	}
	if err := s.SetFrozen(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Postpone(t.Context(), n, "2027-11-25", "person:Ben", "Elections."); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("put off for a year: %v", err)
	}
	if err := s.Postpone(t.Context(), n, "2026-11-25", "person:Ben", "Elections."); err != nil {
		t.Fatal(err)
	}
	if err := s.Postpone(t.Context(), n, "2026-11-26", "person:Ben", "Elections."); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("put off twice: %v", err)
	}
	stands(schedule.Delayed)
	now = now.AddDate(1, 0, 0)
	stands(schedule.HeldClock)
	now = now.AddDate(-1, 0, -2)
	if out, err := s.Run(t.Context(), in, ""); err != nil || out[0].State == schedule.Released {
		t.Errorf("the clock was set back: %+v %v", out, err)
	}
	now = time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	stands(schedule.Released)
	if out, err := s.Run(t.Context(), in, "person:Ada"); err != nil || len(out) != 0 {
		t.Errorf("released twice: %+v %v", out, err)
	}
	if err := s.Cancel(t.Context(), n, "person:Ada", "Too late."); registry.CodeOf(err) != registry.Conflict {
		t.Errorf("cancelled when it is public: %v", err)
	}
	if err := in.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := in.ReceiptOf(t.Context(), secret.ID); err != nil {
		t.Errorf("the ledger does not tell of the release: %v", err)
	}
}
