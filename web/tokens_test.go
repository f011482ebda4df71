package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/web"
)

var tokenText = regexp.MustCompile(account.TokenPrefix + `[A-Za-z0-9_-]+`)

// makes is a token that a user makes on the page.
func makes(t *testing.T, b *browser, form url.Values) string {
	t.Helper()
	form.Set("do", "make")
	form.Set("name", "a program")
	a := b.send("/desk/tokens", "/desk/tokens", form)
	text := tokenText.FindString(a.body)
	if a.StatusCode != http.StatusOK || text == "" {
		t.Fatalf("no token: %d", a.StatusCode)
	}
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	return text
}

func TestTokensRead(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, program := d.as("Carl"), d.browser()
	own, open := makes(t, carl, url.Values{"scope": {"own"}}), makes(t, carl, url.Values{"scope": {"public"}})
	some := makes(t, carl, url.Values{"scope": {"some"}, "audience:registry": {"yes"}})
	d.now = d.now.Add(11 * time.Minute)
	if a := carl.send("/desk/tokens", "/desk/tokens", url.Values{"do": {"make"}, "name": {"x"}, "scope": {"own"}}); a.StatusCode != http.StatusUnprocessableEntity || tokenText.MatchString(a.body) {
		t.Errorf("a session of eleven minutes ago makes a token: %d", a.StatusCode)
	}
	makes(t, carl, url.Values{"scope": {"public"}})
	if strings.Contains(carl.get("/desk/tokens").body, account.TokenPrefix) {
		t.Error("a token is shown twice")
	}
	for text, sees := range map[string]bool{own: true, some: true, open: false} {
		a := program.get("/parties.csv", "Authorization", "Bearer "+text)
		h := a.Header
		if a.StatusCode != http.StatusOK || strings.Contains(a.body, "Country AAA") != sees || !strings.Contains(a.body, "Country BBB") {
			t.Errorf("sees %v: %d %s", sees, a.StatusCode, a.body)
		}
		if h.Get("Cache-Control") != "private, no-cache" || !strings.Contains(h.Get("Vary"), "Authorization") || h.Get("ETag") == "" || h.Get("Set-Cookie") != "" {
			t.Errorf("%v", h)
		}
		if strings.Contains(h.Get("Assay-Audiences"), "registry") != sees {
			t.Errorf("it says that it read %s", h.Get("Assay-Audiences"))
		}
		if a := program.get("/parties.csv", "Authorization", "Bearer "+text, "If-None-Match", h.Get("ETag")); a.StatusCode != http.StatusNotModified {
			t.Errorf("%d to what is the same", a.StatusCode)
		}
		for _, other := range []string{own, open} {
			if other != text && sees {
				if a := program.get("/parties.csv", "Authorization", "Bearer "+open, "If-None-Match", h.Get("ETag")); a.StatusCode != http.StatusOK {
					t.Error("one token's answer is taken for another's")
				}
			}
		}
	}
	if a := program.get("/parties.csv"); !strings.Contains(a.Header.Get("Vary"), "Authorization") || a.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("without a token: %v", a.Header)
	}
}

// A token opens no page, nothing of the desk, and no form; one that opens nothing is told why, in JSON, and never what is public.
func TestTokensOpenNothingElse(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	own := makes(t, carl, url.Values{"scope": {"own"}})
	b := d.browser()
	refused := func(a answer, status int, what string) {
		t.Helper()
		var p struct {
			Status int
			Detail string
			Hint   string
		}
		if err := json.Unmarshal([]byte(a.body), &p); err != nil || a.StatusCode != status || p.Status != status || p.Detail == "" || p.Hint == "" && status != 405 && status != 404 {
			t.Errorf("%s: %d %v %.200s", what, a.StatusCode, err, a.body)
		}
		if strings.Contains(a.body, "Country") || !strings.HasPrefix(a.Header.Get("Content-Type"), "application/problem+json") || a.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v %.200s", what, a.Header, a.body)
		}
	}
	for _, p := range []string{"/", "/parties", "/parties/AAA", "/search?q=country", "/desk", "/desk/audit.json", "/desk/account", "/desk/tokens.json", "/desk/unpublished.json", "/sign-in"} {
		refused(b.get(p, "Authorization", "Bearer "+own), http.StatusForbidden, p)
	}
	refused(b.get("/parties/nobody", "Authorization", "bearer "+own), http.StatusNotFound, "an address of nothing")
	for _, p := range []string{"/desk/enter/pty_AAA", "/sign-in", "/desk/tokens", "/parties.json"} {
		a := b.post(p, url.Values{"do": {"make"}, "name": {"x"}, "scope": {"own"}}, "Authorization", "Bearer "+own)
		refused(a, http.StatusMethodNotAllowed, "a form to "+p)
	}
	for what, h := range map[string]string{"nonsense": "Bearer x", "none": "Bearer", "mistyped": "Bearer " + own + "x", "a session": "Bearer " + carl.cookies["assay_session"]} {
		for _, p := range []string{"/parties.json", "/parties", "/nowhere", "/desk"} {
			a := b.get(p, "Authorization", h)
			refused(a, http.StatusUnauthorized, what)
			if !strings.Contains(a.Header.Get("WWW-Authenticate"), "invalid_token") {
				t.Error(what, a.Header)
			}
		}
	}
	if a := carl.get("/parties.json", "Authorization", "Bearer x"); a.StatusCode != http.StatusUnauthorized {
		t.Errorf("a session beside a token that opens nothing: %d", a.StatusCode)
	}
	if a := b.get("/parties.json", "Authorization", "Basic eDp5"); a.StatusCode != http.StatusOK {
		t.Errorf("what a proxy asks for is taken for a token: %d", a.StatusCode)
	}
	ts, _ := d.accounts.Tokens(t.Context(), userID(t, d, "Carl"))
	a := carl.send("/desk/tokens", "/desk/tokens", url.Values{"do": {"revoke"}, "token": {ts[0].ID}})
	if a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode)
	}
	a = b.get("/parties.json", "Authorization", "Bearer "+own)
	refused(a, http.StatusUnauthorized, "revoked")
	if !strings.Contains(a.body, "revoked") {
		t.Errorf("%s", a.body)
	}
}

func userID(t *testing.T, d *testDesk, name string) string {
	t.Helper()
	u, err := d.accounts.User(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return u.ID
}

func TestTokensAreCounted(t *testing.T) {
	d := newDesk(t, web.Options{})
	text := makes(t, d.as("Carl"), url.Values{"scope": {"public"}})
	b := d.browser()
	for n := 0; ; n++ {
		a := b.get("/parties/nobody.json", "Authorization", "Bearer "+text)
		if a.StatusCode == http.StatusTooManyRequests {
			if n < 500 || n > 700 || a.Header.Get("Retry-After") == "" {
				t.Errorf("after %d: %v", n, a.Header)
			}
			return
		}
		if n > 1000 {
			t.Fatal("a token asks without end")
		}
	}
}

// An audience for a limited time is given and taken on the page, and told of before it ends.
func TestAccessForATime(t *testing.T) {
	d := newDesk(t, web.Options{})
	anna, rita := d.as("Anna"), d.as("Rita")
	at := "/desk/users/" + userID(t, d, "Rita") + "/access"
	day := d.now.AddDate(0, 0, 3).Format("2006-01-02")
	if a := anna.send(at, at, url.Values{"do": {"grant"}, "audience": {"registry"}, "until": {day}}); a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode, a.body)
	}
	if a := rita.get("/parties/AAA"); a.StatusCode != http.StatusOK {
		t.Errorf("Rita does not see it: %d", a.StatusCode)
	}
	for _, p := range []string{at, "/desk/users"} {
		a := anna.get(p)
		if !strings.Contains(a.body, "registry") {
			t.Errorf("%s does not show it", p)
		}
		for _, f := range faults(a.body) {
			t.Error(f)
		}
	}
	if !strings.Contains(anna.get("/desk/users").body, "end within 14 days") {
		t.Error("the administrator is not told that it ends soon")
	}
	for what, typed := range map[string]url.Values{"audience": {"audience": {"friends"}, "until": {day}}, "no day": {"audience": {"registry"}, "until": {"soon"}}, "past": {"audience": {"registry"}, "until": {"2020-01-01"}}} {
		typed.Set("do", "grant")
		if a := anna.send(at, at, typed); a.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", what, a.StatusCode)
		}
	}
	for _, b := range []*browser{rita, d.as("Edda")} {
		if a := b.get(at); a.StatusCode != http.StatusNotFound {
			t.Errorf("who is no administrator sees the page: %d", a.StatusCode)
		}
	}
	if a := anna.send(at, at, url.Values{"do": {"withdraw"}, "held": {"registry"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode)
	}
	if a := rita.get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("Rita's session sees it still: %d", a.StatusCode)
	}
}
