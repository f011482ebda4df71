package web_test

import (
	"context"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
	"github.com/openassay/assay/web"
)

// releaser is a schedule of its own, in which everything is restricted.
type releaser struct {
	*schedule.Store
	now func() time.Time
}

func (r releaser) Outlooks(ctx context.Context) ([]schedule.Outlook, *schedule.Freeze, error) {
	all, err := r.All(ctx)
	if err != nil {
		return nil, nil, err
	}
	f, err := r.Frozen(ctx)
	v := registry.Compile(nil, registry.Reader(), "")
	var out []schedule.Outlook
	for i := range all {
		out = append(out, all[i].Look(v, registry.DayOf(r.now()), f != nil))
	}
	return out, f, err
}

func (r releaser) Propose(ctx context.Context, x schedule.Release) (int64, error) {
	x.Restricted = true
	return r.Store.Propose(ctx, x)
}

func (r releaser) Do(ctx context.Context, what string, id int64, by, side, until, reason string) error {
	switch what {
	case "approve":
		return r.Approve(ctx, id, by)
	case "cancel":
		return r.Cancel(ctx, id, by, reason)
	case "freeze":
		return r.SetFrozen(ctx, &schedule.Freeze{By: by, Reason: reason})
	case "thaw":
		return r.SetFrozen(ctx, nil)
	}
	return registry.Errorf(registry.Invalid, "not here")
}

// An editor marks what is to be public on a day; a second person approves it; whoever may not see what is to be released is not told of it; the
// switch is an administrator's.
func TestReleaseDesk(t *testing.T) {
	s, err := schedule.Open(t.Context(), filepath.Join(t.TempDir(), "r.db"), "", false, now)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	d := newDesk(t, web.Options{Releases: releaser{s, now}})
	carl, edda, anna := d.as("Carl"), d.as("Edda"), d.as("Anna")
	carl.enter("/desk/new?kind=negotiation", negotiation())
	list := edda.get("/desk/unpublished")
	batch := ""
	for _, x := range parse(t, list.body).all("input[name=batch]") {
		batch = attr(x.Node, "value")
	}
	look := edda.post("/desk/unpublished", filled(t, list, "/desk/unpublished", url.Values{"batch": {batch}}))
	hidden, err := s.Propose(t.Context(), schedule.Release{Title: "Of the delegation", Targets: []registry.EntryID{"nobody-here-sees-it"}, To: registry.Public, Trigger: "2027-01-31", Reason: "R", ProposedBy: "person:Eve"})
	if err != nil {
		t.Fatal(err)
	}
	if a := edda.post("/desk/unpublished", filled(t, look, "/desk/unpublished", url.Values{"step": {"save"}, "when": {"2020-01-01"}, "reason": {"Agreed."}})); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "has passed") {
		t.Errorf("a day that has passed: %d", a.StatusCode)
	}
	if a := edda.post("/desk/unpublished", filled(t, look, "/desk/unpublished", url.Values{"step": {"save"}, "when": {"2027-01-31"}, "reason": {"Agreed."}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d %.600s", a.StatusCode, a.body)
	}
	page := edda.get("/desk/releases")
	for _, f := range faults(page.body) {
		t.Error(f)
	}
	if !strings.Contains(page.body, "31 January 2027") || strings.Contains(page.body, "Approve") || strings.Contains(page.body, "Nothing becomes public from now on") {
		t.Errorf("what the proposer sees:\n%s", parse(t, page.body).one(t, "main"))
	}
	if a := carl.get("/desk/releases"); a.StatusCode == http.StatusOK {
		t.Error("a contributor sees releases")
	}
	name := regexp.MustCompile(`name="number" value="([^"]+)"`).FindStringSubmatch(page.body)
	if len(name) == 0 || len(name[1]) < 10 { // the second of the schedule: its number would tell of the first, which is not for her
		t.Fatalf("the release is named %q", name)
	}
	form := url.Values{"do": {"approve"}, "number": {name[1]}}
	if a := edda.post("/desk/releases", with(filled(t, page, "/desk/releases", nil), form)); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the proposer approves: %d", a.StatusCode)
	}
	page = anna.get("/desk/releases")
	if a := anna.post("/desk/releases", with(filled(t, page, "/desk/releases", nil), form)); a.StatusCode != http.StatusSeeOther {
		t.Errorf("approve: %d", a.StatusCode)
	}
	if a := edda.post("/desk/releases", with(filled(t, edda.get("/desk/releases"), "/desk/releases", nil), url.Values{"do": {"freeze"}, "number": {""}})); a.StatusCode != http.StatusNotFound {
		t.Errorf("an editor turns the switch: %d", a.StatusCode)
	}
	if a := anna.post("/desk/releases", with(filled(t, anna.get("/desk/releases"), "/desk/releases", nil), url.Values{"do": {"freeze"}, "number": {""}, "reason--freeze": {"An intruder."}})); a.StatusCode != http.StatusSeeOther {
		t.Errorf("freeze: %d", a.StatusCode)
	}
	if a := edda.get("/desk/releases"); !strings.Contains(a.body, "An intruder.") || !strings.Contains(a.body, "Approved by") {
		t.Error("the switch does not show, or who approved")
	}
	if a := anna.get("/desk/releases"); strings.Contains(a.body, "Of the delegation") {
		t.Error("a release of what one may not see is shown")
	}
	if a := anna.post("/desk/releases", with(filled(t, anna.get("/desk/releases"), "/desk/releases", nil), url.Values{"do": {"cancel"}, "number": {"1"}})); a.StatusCode != http.StatusNotFound || hidden != 1 {
		t.Errorf("somebody decides on what they may not see: %d", a.StatusCode)
	}
}
