package web_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// reads are the lines of reads that something left behind.
func reads(t testing.TB, s *account.Store, do func()) []account.Event {
	t.Helper()
	n, _, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	do()
	es, err := s.Events(t.Context(), account.Audited{Kind: "read", Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var out []account.Event
	for _, e := range es {
		if e.Number > n {
			out = append(out, e)
		}
	}
	return out
}

func TestReadsOfRestrictedThingsAreNoted(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, rita, nobody := d.as("Carl"), d.as("Rita"), d.browser()
	text := makes(t, carl, url.Values{"scope": {"own"}})
	carl.get("/desk") // says once that they are signed in
	for path, want := range map[string]struct{ outlet, thing string }{
		"/parties/AAA": {"/parties/{address}", "pty_AAA"}, "/parties/AAA.json": {"/parties/{address}.json", "pty_AAA"}, "/parties": {"/parties", "pty_AAA"}, "/parties.csv": {"/parties.csv", "pty_AAA"},
		"/search?q=country": {"/search", "pty_AAA"}, "/parties/AA": {"/parties/{address}", "pty_AAA"}, "/desk/enter/pty_AAA": {"/desk/enter/{record}", "pty_AAA"},
	} {
		es := reads(t, d.accounts, func() { carl.get(path) })
		if path == "/parties/AA" && len(es) == 0 { // an error page that suggests nothing
			continue
		}
		if len(es) != 1 || es[0].By != "person:Carl" || es[0].Outlet != want.outlet || strings.Join(es[0].Things, " ") != want.thing || len(es[0].Tier) != 1 || es[0].Tier[0] != "registry" || es[0].Note != "" {
			t.Errorf("%s: %+v", path, es)
		}
	}
	es := reads(t, d.accounts, func() { d.browser().get("/parties.json", "Authorization", "Bearer "+text) })
	if len(es) != 1 || es[0].By != "person:Carl" || !strings.HasPrefix(es[0].Note, "tok_") || es[0].Outlet != "/parties.json" {
		t.Errorf("by a token: %+v", es)
	}
	for _, path := range []string{"/parties/BBB", "/parties/BBB.json", "/method", "/glossary", "/parties/nobody-at-all", "/desk/account", "/desk/tokens", "/forums"} {
		if es := reads(t, d.accounts, func() { carl.get(path) }); len(es) > 0 {
			t.Errorf("%s shows nothing restricted: %+v", path, es)
		}
	}
	for _, path := range []string{"/parties/AAA", "/parties", "/parties.csv", "/search?q=country", "/desk"} {
		if es := reads(t, d.accounts, func() { nobody.get(path); rita.get(path) }); len(es) > 0 {
			t.Errorf("%s for who sees nothing restricted: %+v", path, es)
		}
	}
}

// An administrator learns from the audit that somebody of another tier read something, and not what it is called; nor by asking for it.
func TestTheAuditKeepsNames(t *testing.T) {
	d := newDesk(t, web.Options{})
	v, err := registry.ParseValue(registry.FieldOf("title"), "Secret valley", "en")
	if err != nil {
		t.Fatal(err)
	}
	e, err := registry.NewEntry(registry.Entry{Audience: "delegation:XYZ", Nonce: "n", At: d.now, By: "person:test", Claim: &registry.Claim{Record: "prj_secret-valley", Field: "title", Value: v, Source: "src_a"}})
	if err != nil {
		t.Fatal(err, registry.HintOf(err))
	}
	if err := d.Commit(t.Context(), []registry.Entry{e}); err != nil {
		t.Fatal(err)
	}
	if err := d.accounts.SetRole(t.Context(), "x", "Rita", account.Editor, registry.Audiences{"delegation:XYZ"}); err != nil {
		t.Fatal(err)
	}
	rita, anna := d.as("Rita"), d.as("Anna")
	if a := rita.get("/projects/secret-valley.json"); a.StatusCode != 200 || !strings.Contains(a.body, "Secret valley") {
		t.Fatalf("Rita does not see it: %d %s", a.StatusCode, a.body)
	}
	rita.send("/desk/enter/prj_secret-valley", "/desk/enter/prj_secret-valley", url.Values{"x": {"y"}})
	rita.get("/parties/AAA")
	for _, path := range []string{"/desk/audit", "/desk/audit.csv", "/desk/audit.json", "/desk/audit?by=Rita", "/desk/audit.csv?kind=read"} {
		a := anna.get(path)
		if a.StatusCode != 200 || strings.Contains(a.body, "secret-valley") || !strings.Contains(a.body, "other-tier-") || !strings.Contains(a.body, "delegation:XYZ") || !strings.Contains(a.body, "pty_AAA") {
			t.Errorf("%s: %d %s", path, a.StatusCode, a.body)
		}
	}
	for query, lines := range map[string]bool{"thing=prj_secret-valley": false, "thing=pty_AAA": true, "by=Carl": false, "by=Rita&kind=read": true, "from=2026-11-23&to=2026-11-23": true, "to=2026-11-22": false, "kind=act": true} {
		a := anna.get("/desk/audit.csv?" + query)
		if a.StatusCode != 200 || (strings.Count(a.body, "\n") > 1) != lines {
			t.Errorf("%s: %d %s", query, a.StatusCode, a.body)
		}
	}
	csv := anna.get("/desk/audit.csv?kind=read").body
	i := strings.Index(csv, "other-tier-")
	called := csv[i : i+len("other-tier-")+10]
	if a := anna.get("/desk/audit.csv?thing=" + called); strings.Count(a.body, called) < 1 {
		t.Errorf("%s is not found by its number", called)
	}
	for _, f := range faults(anna.get("/desk/audit").body) {
		t.Error(f)
	}
	for _, q := range []string{"kind=other", "from=soon", "before=x"} {
		if a := anna.get("/desk/audit?" + q); a.StatusCode != 400 {
			t.Errorf("%s: %d", q, a.StatusCode)
		}
	}
}
