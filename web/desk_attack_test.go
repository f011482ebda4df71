package web_test

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/web"
)

func role(t testing.TB, d *testDesk, name string) account.Role {
	t.Helper()
	u, err := d.accounts.User(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return u.Role
}

func (d *testDesk) id(name string) string {
	d.t.Helper()
	u, err := d.accounts.User(d.t.Context(), name)
	if err != nil {
		d.t.Fatal(err)
	}
	return u.ID
}

// A form that does not come from a page of this session changes nothing.
func TestForgedForms(t *testing.T) {
	d := newDesk(t, web.Options{})
	anna, edda := d.as("Anna"), d.as("Edda")
	at := "/desk/users/" + d.id("Carl")
	honest := filled(t, anna.get(at), at, url.Values{"do": {"role"}, "role": {"editor"}})
	with := func(change func(url.Values)) url.Values {
		f := url.Values{}
		for n, v := range honest {
			f[n] = v
		}
		change(f)
		return f
	}
	for name, c := range map[string]struct {
		form    url.Values
		headers []string
		status  int
	}{
		"no token":          {with(func(f url.Values) { f.Del("_csrf") }), nil, 200},
		"empty token":       {with(func(f url.Values) { f.Set("_csrf", "") }), nil, 200},
		"another's token":   {with(func(f url.Values) { f.Set("_csrf", filled(t, edda.get("/desk"), "/sign-out", nil).Get("_csrf")) }), nil, 200},
		"another site":      {honest, []string{"Origin", "https://evil.example"}, 403},
		"a hidden origin":   {honest, []string{"Origin", "null"}, 403},
		"no origin at all":  {honest, []string{"Origin", "garbage"}, 403},
		"cross-site":        {honest, []string{"Sec-Fetch-Site", "cross-site"}, 403},
		"a neighbour":       {honest, []string{"Sec-Fetch-Site", "same-site"}, 403},
		"text that is JSON": {honest, []string{"Content-Type", "text/plain"}, 400},
		"JSON":              {honest, []string{"Content-Type", "application/json"}, 400},
		"no type":           {honest, []string{"Content-Type", ""}, 400},
	} {
		a := anna.post(at, c.form, c.headers...)
		if a.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", name, a.StatusCode, c.status)
		}
		if got := role(t, d, "Carl"); got != account.Contributor {
			t.Fatalf("%s made Carl an %s", name, got)
		}
		for _, f := range faults(a.body) {
			t.Errorf("%s: %s", name, f)
		}
	}
	if a := anna.post(at, honest); a.StatusCode != http.StatusSeeOther || role(t, d, "Carl") != account.Editor {
		t.Errorf("the honest form: %d", a.StatusCode)
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH"} {
		if a := anna.do(method, at, honest.Encode()); a.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", method, a.StatusCode)
		}
	}
	if a := anna.get(at + "?" + honest.Encode()); a.StatusCode != http.StatusOK || role(t, d, "Carl") != account.Editor {
		t.Errorf("an address does what a form does: %d", a.StatusCode)
	}
}

// To whom a page is not for, it is not there.
func TestRolesHold(t *testing.T) {
	d := newDesk(t, web.Options{})
	anna := d.id("Anna")
	for _, name := range []string{"Rita", "Carl", "Edda"} {
		b := d.as(name)
		token := filled(t, b.get("/desk"), "/sign-out", nil).Get("_csrf")
		for _, path := range []string{"/desk/users", "/desk/users.json", "/desk/users.csv", "/desk/users/" + anna, "/desk/users/" + anna + ".json", "/desk/audit", "/desk/audit.csv"} {
			same := func(a answer, path string) string {
				return strings.NewReplacer(path, "", strings.TrimSuffix(strings.TrimSuffix(path, ".json"), ".csv"), "").Replace(a.body)
			}
			suffix := path[strings.LastIndex(path, "/")+1:]
			nowhere := "/desk/xxxxx/" + suffix
			got, want := b.get(path), b.get(nowhere)
			if got.StatusCode != http.StatusNotFound || want.StatusCode != http.StatusNotFound || same(got, path) != same(want, nowhere) {
				t.Errorf("%s at %s: %d, and at what is nowhere %d, or another page", name, path, got.StatusCode, want.StatusCode)
			}
		}
		form := url.Values{"_csrf": {token}, "do": {"role"}, "role": {"administrator"}}
		got, want := b.post("/desk/users/"+d.id(name), form), b.post("/desk/nowhere/x", form)
		if got.StatusCode != http.StatusMethodNotAllowed || want.StatusCode != got.StatusCode || role(t, d, name) == account.Administrator {
			t.Errorf("%s makes an administrator of themselves: %d, nowhere %d", name, got.StatusCode, want.StatusCode)
		}
		if strings.Contains(b.get("/desk").body, "/desk/users") {
			t.Errorf("%s is led to the users", name)
		}
	}
	b := d.as("Anna")
	for path, want := range map[string]int{"/desk/users": 200, "/desk/users.json": 200, "/desk/users.csv": 200, "/desk/audit": 200, "/desk/audit.csv": 200, "/desk/audit.json": 200, "/desk/audit?before=1": 200, "/desk/audit?before=x": 400, "/desk/users/" + anna: 200, "/desk/users/Anna": 404, "/desk/users/usr_x": 404, "/desk/account": 200} {
		a := b.get(path)
		if a.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, a.StatusCode, want)
		}
		if a.Header.Get("Cache-Control") == "no-cache" || strings.Contains(a.body, "argon2") || !strings.Contains(a.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") {
			t.Errorf("%s: %v", path, a.Header)
		}
		if !strings.Contains(path, ".") {
			for _, f := range faults(a.body) {
				t.Errorf("%s: %s", path, f)
			}
		}
	}
	nobody := d.browser()
	for _, path := range []string{"/desk", "/desk/users", "/desk/users/" + anna, "/desk/users/usr_nobody", "/desk/account", "/desk/audit"} {
		a := nobody.get(path)
		if a.StatusCode != http.StatusForbidden || !strings.Contains(a.body, `name="_password"`) || strings.Contains(a.body, "Anna") {
			t.Errorf("%s for nobody: %d", path, a.StatusCode)
		}
		if a := nobody.get(path + ".json"); a.StatusCode != http.StatusForbidden {
			t.Errorf("%s.json for nobody: %d", path, a.StatusCode)
		}
	}
}

func TestUsersAndAudit(t *testing.T) {
	d := newDesk(t, web.Options{})
	anna := d.as("Anna")
	typed := url.Values{"name": {"Zoë <b>"}, "kind": {"person"}, "role": {"contributor"}, "audiences": {"delegation:ZMB\nfriends"}, "_new": {password}}
	a := anna.send("/desk/users", "/desk/users", typed)
	doc := parse(t, a.body)
	if a.StatusCode != http.StatusUnprocessableEntity || doc.one(t, ".errors li") == "" || attr(doc.all("#f-name")[0].Node, "value") != "Zoë <b>" || strings.Contains(a.body, password) {
		t.Errorf("a name that cannot be: %d", a.StatusCode)
	}
	typed.Set("name", "Zoë")
	a = anna.send("/desk/users", "/desk/users", typed)
	if got := parse(t, a.body).one(t, "#f-audiences-error"); !strings.Contains(got, "friends") {
		t.Errorf("an audience that is none: %d %s", a.StatusCode, got)
	}
	typed.Set("audiences", "delegation:ZMB")
	if a = anna.send("/desk/users", "/desk/users", typed); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", a.StatusCode)
	}
	at := a.Header.Get("Location")
	if a := anna.get(at); !strings.Contains(a.body, "can sign in now") || !strings.Contains(a.body, "delegation:ZMB") {
		t.Error("the new user's page")
	}
	zoe := d.as("Zoë")
	if zoe.get("/parties/AAA").StatusCode != http.StatusOK {
		t.Error("a contributor does not see the registry")
	}
	do := func(form url.Values) answer { t.Helper(); return anna.send(at, at, form) }
	do(url.Values{"do": {"role"}, "role": {"reader"}, "audiences": {""}})
	if zoe.get("/parties/AAA").StatusCode != http.StatusNotFound {
		t.Error("another role does not hold at once")
	}
	do(url.Values{"do": {"disable"}})
	if zoe.get("/desk").StatusCode != http.StatusForbidden {
		t.Error("disabling does not hold at once")
	}
	if a := do(url.Values{"do": {"disable"}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("disabling twice: %d", a.StatusCode)
	}
	own := "/desk/users/" + d.id("Anna")
	for _, form := range []url.Values{{"do": {"disable"}}, {"do": {"role"}, "role": {"editor"}}} {
		a := anna.send(own, own, form)
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "last administrator") || role(t, d, "Anna") != account.Administrator {
			t.Errorf("the last administrator, %v: %d", form, a.StatusCode)
		}
	}
	if a := anna.get("/desk/audit.csv"); !strings.Contains(a.body, "user disable") || !strings.Contains(a.body, "person:Anna") || strings.Contains(a.body, "127.0.0.1") {
		t.Error("the audit does not tell, or too much")
	}
	other := d.as("Carl")
	carl := d.as("Carl")
	wrong := url.Values{"do": {"password"}, "_old": {"not this one at all"}, "_new": {"another four words here"}, "_again": {"another four words here"}}
	if a := carl.send("/desk/account", "/desk/account", wrong); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a wrong password changes it: %d", a.StatusCode)
	}
	wrong.Set("_old", password)
	if a := carl.send("/desk/account", "/desk/account", wrong); a.StatusCode != http.StatusSeeOther || carl.get("/desk").StatusCode != 200 || other.get("/desk").StatusCode != 403 {
		t.Errorf("changing the password: %d", a.StatusCode)
	}
	if a := d.browser().post("/sign-in", url.Values{"_name": {"Carl"}, "_password": {password}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the old password still opens: %d", a.StatusCode)
	}
}

// What someone typed while their session ended is there again after they sign in, and nothing is done until they send it.
func TestExpiredSessionLosesNothing(t *testing.T) {
	d := newDesk(t, web.Options{})
	anna := d.as("Anna")
	typed := url.Values{"name": {"Musa \"<i>' Bello"}, "kind": {"organisation"}, "role": {"editor"}, "organisation": {"línea uno"}, "audiences": {"delegation:ZMB\r\naudit:ZMB"}, "_new": {password}}
	form := filled(t, anna.get("/desk/users"), "/desk/users", typed)
	d.now = d.now.Add(account.IdleLimit + time.Hour)
	a := anna.post("/desk/users", form)
	if a.StatusCode != http.StatusForbidden || !strings.Contains(a.body, "Nothing that you typed is lost") || strings.Contains(a.body, password) {
		t.Fatalf("%d", a.StatusCode)
	}
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	a = anna.post("/desk/users", filled(t, a, "/desk/users", url.Values{"_name": {"Anna"}, "_password": {"not the right one"}}))
	if a.StatusCode != http.StatusUnprocessableEntity {
		t.Fatalf("a wrong password: %d", a.StatusCode)
	}
	a = anna.post("/desk/users", filled(t, a, "/desk/users", url.Values{"_name": {"Anna"}, "_password": {password}}))
	doc := parse(t, a.body)
	if a.StatusCode != http.StatusOK || !strings.Contains(doc.one(t, "main .notice-error"), "Nothing has been saved yet") {
		t.Fatalf("%d", a.StatusCode)
	}
	if _, err := d.accounts.User(t.Context(), typed.Get("name")); err == nil {
		t.Error("it was done without being sent again")
	}
	if got := attr(doc.all("#f-name")[0].Node, "value"); got != typed.Get("name") {
		t.Errorf("the name came back as %q", got)
	}
	if got := doc.one(t, "#f-audiences"); got != "delegation:ZMB audit:ZMB" {
		t.Errorf("the long field came back as %q", got)
	}
	if len(doc.all("#f-role input[value=editor][checked]")) != 1 || len(doc.all("#f-kind option[value=organisation][selected]")) != 1 {
		t.Error("a choice was lost")
	}
	again := filled(t, a, "/desk/users", typed)
	again.Set("name", "Musa Bello")
	if a := anna.post("/desk/users", again); a.StatusCode != http.StatusSeeOther {
		t.Errorf("sent again: %d", a.StatusCode)
	}
	d.now = d.now.Add(account.IdleLimit + time.Hour)
	a = anna.post("/desk/users", again)
	a = anna.post("/desk/users", filled(t, a, "/desk/users", url.Values{"_name": {"Edda"}, "_password": {password}}))
	if a.StatusCode != http.StatusNotFound {
		t.Errorf("an editor who signs in on an administrator's form: %d", a.StatusCode)
	}
}

func TestLongAndOddForms(t *testing.T) {
	d := newDesk(t, web.Options{})
	anna := d.as("Anna")
	form := filled(t, anna.get("/desk/users"), "/desk/users", url.Values{"name": {strings.Repeat("x", 300<<10)}})
	a := anna.post("/desk/users", form)
	if a.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(a.body, "256 KB") {
		t.Errorf("300 KB: %d", a.StatusCode)
	}
	form.Set("name", strings.Repeat("y", 20<<20))
	if a := anna.post("/desk/users", form); a.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("20 MB: %d", a.StatusCode)
	}
	for name, body := range map[string]string{"percent": "a=%zz", "fields": strings.Repeat("&", 6000), "semicolon": "a=1;b=2"} {
		if a := anna.do("POST", "/desk/users", body); a.StatusCode/100 != 4 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	for name, body := range map[string]string{"cut": "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"} {
		if a := anna.do("POST", "/desk/users", body, "Content-Type", "multipart/form-data; boundary=b"); a.StatusCode/100 != 4 {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
}

func TestCookiesUnderTLS(t *testing.T) {
	d := newDesk(t, web.Options{BaseURL: "https://registry.example"})
	b := d.browser()
	planted := strings.Repeat("A", 43)
	b.cookies["__Host-assay_session"], b.cookies["assay_session"] = planted, planted
	a := b.post("/sign-in", url.Values{"_name": {"Edda"}, "_password": {password}}, "Origin", "https://registry.example")
	if a.StatusCode != http.StatusSeeOther || len(a.Cookies()) != 2 {
		t.Fatalf("%d %v", a.StatusCode, a.Cookies())
	}
	for _, c := range a.Cookies() {
		if !strings.HasPrefix(c.Name, "__Host-") || !c.Secure || !c.HttpOnly || c.Path != "/" || c.Domain != "" || c.Value == planted {
			t.Errorf("%+v", c)
		}
	}
	other := d.browser() // a name that a neighbour could set is not looked at
	other.cookies["assay_session"] = b.cookies["__Host-assay_session"]
	if a := other.get("/desk"); a.StatusCode != http.StatusForbidden {
		t.Errorf("a cookie without its prefix opens: %d", a.StatusCode)
	}
	if a := d.browser().post("/sign-in", url.Values{"_name": {"Edda"}, "_password": {password}}, "Origin", "http://registry.example"); a.StatusCode != http.StatusForbidden {
		t.Errorf("from the same name without TLS: %d", a.StatusCode)
	}
}

// Hammering an account keeps its owner's device out of nothing, and whoever hammers waits.
func TestHammering(t *testing.T) {
	d := newDesk(t, web.Options{TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}})
	edda := d.as("Edda")
	device := edda.cookies["assay_device"]
	try := func(b *browser, pass, from string) answer {
		return b.post("/sign-in", url.Values{"_name": {"edda"}, "_password": {pass}}, "X-Forwarded-For", from)
	}
	var last answer
	for range 8 {
		last = try(d.browser(), "a wrong password", "203.0.113.9, 198.51.100.7")
	}
	if last.StatusCode != http.StatusTooManyRequests || last.Header.Get("Retry-After") == "" {
		t.Errorf("after eight: %d", last.StatusCode)
	}
	if a := try(d.browser(), password, "192.0.2.1, 198.51.100.200"); a.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the address before the trusted proxy's counts: %d", a.StatusCode) // 198.51.100.0/24 is where it comes from
	}
	if a := try(d.browser(), password, "198.51.100.7, 192.0.2.1"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("from elsewhere: %d", a.StatusCode)
	}
	again := d.browser()
	again.cookies["assay_device"] = device
	if a := try(again, password, "198.51.100.7"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the owner's device from the attacker's own network: %d", a.StatusCode)
	}
	for n := range 300 { // from many networks
		try(d.browser(), "a wrong password", netip.AddrFrom4([4]byte{10, byte(n), 0, 1}).String())
	}
	again.cookies = map[string]string{"assay_device": device}
	if a := try(again, password, "10.1.0.1"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the owner's device after 300 networks: %d", a.StatusCode)
	}
	plain := newDesk(t, web.Options{}) // no proxy is trusted: what it says is not believed
	for n := range 8 {
		last = plain.browser().post("/sign-in", url.Values{"_name": {"edda"}, "_password": {"a wrong password"}}, "X-Forwarded-For", netip.AddrFrom4([4]byte{10, byte(n), 0, 1}).String())
	}
	if last.StatusCode != http.StatusTooManyRequests {
		t.Errorf("whoever writes X-Forwarded-For is free: %d", last.StatusCode)
	}
}
