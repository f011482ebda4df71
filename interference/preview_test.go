package interference_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/internal/twins"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
)

// proposed makes entries of a delegation and proposes their release to the public today; it gives the name by which pages know the release, as an
// editor of the delegation sees it.
func (x *twin) proposed(t testing.TB, h http.Handler, editor []*http.Cookie) (id int64, name string) {
	t.Helper()
	es := []registry.Entry{twins.Claim(t, "delegation:ZMB", "neg_preview", "title", "", "Talks that are not public yet", ""), twins.Claim(t, "delegation:ZMB", "neg_preview", "party", "", "pty_ZMB", ""),
		twins.Claim(t, "delegation:ZMB", "neg_preview", "mineral", "", "cobalt", ""), twins.Claim(t, "delegation:ZMB", "neg_preview", "text_status", "draft", "found", ""), twins.Claim(t, "delegation:ZMB", "pty_ZMB", "alias", "", "Previewland", "")}
	x.Enter(t, es...)
	var ids []registry.EntryID
	for _, e := range es {
		ids = append(ids, e.ID)
	}
	id, err := x.Releases().Propose(t.Context(), schedule.Release{Title: "The talks", Targets: ids, To: registry.Public, Trigger: string(registry.DayOf(twins.Day)), Record: "neg_preview", Reason: "As agreed.", ProposedBy: "person:Ada"})
	if err != nil {
		t.Fatal(err)
	}
	code, body := asked(h, "/desk/releases", editor)
	m := regexp.MustCompile(`href="/desk/releases/([0-9a-f]+)"`).FindStringSubmatch(body)
	if code != http.StatusOK || m == nil {
		t.Fatalf("%d: the release is not on the desk:\n%.2000s", code, body)
	}
	return id, m[1]
}

// What an editor sees of a release before it is, byte for byte, what the public gets after it, at every address; as it is now, what the public gets now.
// Whoever may not see what is released is told of no preview, and a preview as somebody whose things the editor may not see holds none of them.
func TestNonInterferencePreview(t *testing.T) {
	a, b := between(t, registry.Public, "delegation:ZMB", "parliament:ZMB")
	h := a.site(t, registry.Reader())
	editor := a.signedIn(t, h, "Editor of the delegation", account.Editor, "delegation:ZMB")
	id, name := a.proposed(t, h, editor)
	outlet := func(as, when, path string, session []*http.Cookie) (int, string) {
		return asked(h, "/desk/releases/"+name+"/outlet?"+url.Values{"as": {as}, "when": {when}, "path": {path}}.Encode(), session)
	}
	view, _, err := a.View(t.Context(), registry.Reader(), "")
	if err != nil {
		t.Fatal(err)
	}
	paths := []string{"/negotiations/preview", "/negotiations/preview.json", "/negotiations/preview.csv", "/negotiations/preview/disclosure", "/negotiations/preview/disclosure-index.csv", "/negotiations/preview/history", "/search?q=Previewland",
		"/negotiations?q=preview", "/released", "/disclosure-index.csv", "/data.json"}
	own := len(paths)
	paths = append(paths, addresses(t, a, b, view)...)
	paths = slices.DeleteFunc(paths, func(p string) bool { // the desk has no outlet; an outlet does not lead elsewhere
		return strings.HasPrefix(p, "/desk") || strings.HasPrefix(p, "/..") || strings.HasPrefix(p, "/-/") || strings.HasPrefix(p, "/ledger/") || strings.Contains(p, "%00")
	})
	if os.Getenv("ASSAY_SLOW") == "" { // each look reads the schedule: a few of the site map do, and all that the release is about
		every := paths[own:]
		paths = paths[:own]
		for i := 0; i < len(every); i += 100 {
			paths = append(paths, every[i])
		}
	}
	before, after := map[string]string{}, map[string]string{}
	for _, p := range paths {
		_, now := outlet("public", "now", p, editor)
		if _, is := asked(h, p, nil); now != is {
			t.Errorf("%s: what is shown as now is not what the public gets", p)
		}
		before[p] = now
		_, after[p] = outlet("public", "after", p, editor)
	}
	code, body := asked(h, "/desk/releases/"+name, editor)
	if code != http.StatusOK || !strings.Contains(body, "It appears") || !strings.Contains(body, "exactly what they get") {
		t.Errorf("the preview's page: %d\n%.3000s", code, body)
	}

	// As a committee whose things this editor may not see: none of them.
	code, body = outlet("public", "after", "/negotiations/preview", editor)
	if code != http.StatusOK || !strings.Contains(body, "not public yet") {
		t.Errorf("after: %d", code)
	}
	if code, _ := outlet("parliament:ZMB", "after", "/negotiations", editor); code != http.StatusBadRequest {
		t.Errorf("as somebody else: %d", code)
	}
	// Who may not see it is told what is told of nothing.
	other := a.signedIn(t, h, "Another editor", account.Editor)
	none, said := asked(h, "/desk/releases/0123456789abcdef", other)
	if code, body := asked(h, "/desk/releases/"+name, other); code != none || len(body) == 0 || strings.Contains(body, "not public yet") || code == http.StatusOK {
		t.Errorf("an editor who may not see it: %d, of nothing: %d %.100s", code, none, said)
	}
	if code, _ := outlet("public", "after", "/negotiations/preview", other); code != none {
		t.Errorf("an editor who may not see it, at the outlet: %d", code)
	}
	if code, _ := outlet("public", "after", "/negotiations/preview", nil); code == http.StatusOK {
		t.Error("nobody sees the preview")
	}

	if err := a.Releases().Do(t.Context(), "approve", id, "person:Ben", "", "", ""); err != nil {
		t.Fatal(err)
	}
	if out, err := a.Releases().Run(context.Background(), ""); err != nil || len(out) != 1 || out[0].State != schedule.Released {
		t.Fatalf("%+v %v", out, err)
	}
	changed := 0
	for _, p := range paths {
		_, is := asked(h, p, nil)
		if is != after[p] {
			t.Errorf("%s: after the release it is not what was shown before", p)
		}
		if is != before[p] {
			changed++
		}
	}
	if changed < 10 {
		t.Errorf("only %d of %d addresses changed: the comparison would be blind", changed, len(paths))
	}
	events, err := a.Accounts().Audit(t.Context(), 0, 100000)
	if err != nil {
		t.Fatal(err)
	}
	looks := 0
	for _, e := range events {
		if e.Act == "release_preview" && e.By == "person:Editor of the delegation" && e.About == fmt.Sprint(id) {
			looks++
		}
	}
	if looks < 2*len(paths) {
		t.Errorf("%d looks are in the audit, of %d", looks, 2*len(paths))
	}
	t.Logf("%d addresses, %d of them changed", len(paths), changed)
}
