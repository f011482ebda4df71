package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/web"
)

// strict is a desk whose users need a second factor to see more than the public.
func strict(t testing.TB) *testDesk {
	t.Helper()
	d := newDesk(t, web.Options{})
	if err := d.accounts.SetRule(t.Context(), account.Operator, account.Required); err != nil {
		t.Fatal(err)
	}
	return d
}

func (b *browser) sound(page string) answer {
	b.d.t.Helper()
	a := b.get(page)
	for _, f := range faults(a.body) {
		b.d.t.Errorf("%s: %s", page, f)
	}
	return a
}

func (d *testDesk) code(secret string) string {
	d.t.Helper()
	s, err := totp.GenerateCode(secret, d.now)
	if err != nil {
		d.t.Fatal(err)
	}
	return s
}

// enrol sets up an authenticator on the pages, and gives its secret and the recovery codes.
func (b *browser) enrol() (secret string, codes []string) {
	b.d.t.Helper()
	a := b.send("/desk/account/factors", "/desk/account/factors", url.Values{"do": {"totp"}})
	if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/desk/account/authenticator" {
		b.d.t.Fatalf("%d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	a = b.sound("/desk/account/authenticator")
	secret = strings.ReplaceAll(parse(b.d.t, a.body).one(b.d.t, "code.secret"), " ", "")
	if !strings.Contains(a.body, `<svg class="qr" role="img"`) {
		b.d.t.Error("no picture")
	}
	a = b.post("/desk/account/authenticator", filled(b.d.t, a, "/desk/account/authenticator", url.Values{"_code": {b.d.code(secret)}}))
	if a.StatusCode != http.StatusOK {
		b.d.t.Fatalf("confirming: %d", a.StatusCode)
	}
	for _, f := range faults(a.body) {
		b.d.t.Error(f)
	}
	for _, c := range parse(b.d.t, a.body).all("ol.codes code") {
		codes = append(codes, c.text())
	}
	b.d.now = b.d.now.Add(time.Minute)
	return secret, codes
}

// An editor without a second factor sees what the public sees and the way to one; after it they see what they are meant to.
func TestHeldUntilEnrolled(t *testing.T) {
	d := strict(t)
	carl, nobody := d.as("Carl"), d.browser()
	bar := func(s string) string { // the bar of the signed-in and the answer's own words apart, the page is the public's
		before, rest, _ := strings.Cut(s, `<div class="me no-print">`)
		if _, after, ok := strings.Cut(rest, "</form></div>\n"); ok {
			return before + after
		}
		return s
	}
	carl.get("/desk")
	for _, path := range []string{"/parties", "/parties/AAA", "/parties/BBB", "/search?q=country", "/parties.csv", "/parties.json", "/parties/AAA.json", "/"} {
		got, want := carl.get(path), nobody.get(path)
		if got.StatusCode != want.StatusCode || strings.Contains(got.body, "Country AAA") || strings.Contains(path, ".") && got.body != want.body {
			t.Errorf("%s: %d, for the public %d", path, got.StatusCode, want.StatusCode)
		}
		if !strings.Contains(path, ".") && strings.TrimSpace(bar(got.body)) != strings.TrimSpace(want.body) {
			t.Errorf("%s is not the public's page", path)
		}
	}
	for _, path := range []string{"/desk/new", "/desk/csv", "/desk/history/pty_AAA", "/desk/unpublished"} {
		a := carl.sound(path)
		if a.StatusCode != http.StatusForbidden || !strings.Contains(a.body, `href="/desk/account/factors"`) || strings.Contains(a.body, "Country AAA") {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
		if a := carl.post(path, url.Values{"_csrf": {csrf(t, carl)}}); a.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("a form of %s: %d", path, a.StatusCode)
		}
	}
	if a := carl.get("/desk/users"); a.StatusCode != http.StatusNotFound {
		t.Errorf("what is not for them anyway: %d", a.StatusCode)
	}
	if a := carl.sound("/desk"); !strings.Contains(a.body, "you see what the public sees") {
		t.Error("the desk does not say why it is empty")
	}
	carl.sound("/desk/account")
	carl.sound("/desk/account/factors")
	old := carl.cookies["assay_session"]
	secret, codes := carl.enrol()
	if len(codes) != 10 || strings.Contains(strings.Join(codes, ""), secret) {
		t.Fatalf("codes: %v", codes)
	}
	if a := carl.get("/parties/AAA"); a.StatusCode != http.StatusOK {
		t.Errorf("after enrolment: %d", a.StatusCode)
	}
	if carl.cookies["assay_session"] == old {
		t.Error("the session of the password alone became one of both")
	}
	stale := &browser{d, map[string]string{"assay_session": old}}
	if a := stale.get("/desk"); a.StatusCode != http.StatusForbidden {
		t.Errorf("the session of before lives on: %d", a.StatusCode)
	}
	if a := carl.get("/desk/account/authenticator"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the secret is shown again: %d", a.StatusCode)
	}
	if a := carl.sound("/desk"); !strings.Contains(a.body, "an authenticator was set up") {
		t.Error("the account is not told")
	}
	carl.send("/desk", "/desk/account", url.Values{"do": {"read"}})
	if a := carl.get("/desk"); strings.Contains(a.body, "an authenticator was set up") {
		t.Error("told after it was read")
	}
}

func csrf(t testing.TB, b *browser) string {
	t.Helper()
	return attr(parse(t, b.get("/desk").body).all("input[name=_csrf]")[0].Node, "value")
}

// Signing in takes both halves, at /sign-in and where a form's session had ended, whose words are not lost on the way.
func TestSecondStep(t *testing.T) {
	d := strict(t)
	secret, codes := d.as("Edda").enrol()
	name := url.Values{"_name": {"Edda"}, "_password": {password}}
	b := d.browser()
	a := b.send("/sign-in", "/sign-in", name)
	if a.StatusCode != http.StatusOK || b.cookies["assay_session"] != "" || strings.Contains(a.body, password) {
		t.Fatalf("after the password: %d, %v", a.StatusCode, b.cookies)
	}
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	wrong := b.post("/sign-in", filled(t, a, "/sign-in", url.Values{"_code": {"000000"}}))
	if wrong.StatusCode != http.StatusUnprocessableEntity || b.cookies["assay_session"] != "" {
		t.Errorf("a wrong code: %d", wrong.StatusCode)
	}
	right := filled(t, wrong, "/sign-in", url.Values{"_code": {d.code(secret)}})
	if a := b.post("/sign-in", right); a.StatusCode != http.StatusSeeOther || b.get("/parties/AAA").StatusCode != http.StatusOK {
		t.Errorf("a right code: %d", a.StatusCode)
	}
	other := d.browser()
	if a := other.post("/sign-in", right); a.StatusCode != http.StatusUnprocessableEntity || other.cookies["assay_session"] != "" {
		t.Errorf("the same form from elsewhere: %d", a.StatusCode)
	}
	a = other.send("/sign-in", "/sign-in", name)
	if a := other.post("/sign-in", filled(t, a, "/sign-in", url.Values{"_code": {right.Get("_code")}})); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the same code after the password: %d", a.StatusCode)
	}
	// A form whose session had ended, from the page of the form.
	lost := d.browser()
	at := "/desk/csv"
	a = lost.post(at, url.Values{"note": {"words that took an hour"}})
	a = lost.post(at, filled(t, a, at, name))
	if !strings.Contains(a.body, "words that took an hour") {
		t.Error("the words are lost after the password")
	}
	a = lost.post(at, filled(t, a, at, url.Values{"_code": {codes[3]}}))
	if a.StatusCode != http.StatusOK || lost.cookies["assay_session"] == "" {
		t.Errorf("a recovery code at a form: %d", a.StatusCode)
	}
	if a := lost.sound("/desk/account"); !strings.Contains(a.body, "9 codes are left") || !strings.Contains(a.body, "a recovery code was used") || !strings.Contains(a.body, "password and recovery code") {
		t.Error("the account page does not tell of the recovery code")
	}
}

// Ten minutes after the sign-in, factors are changed by who knows the password; the last goes with a warning, and other sessions end.
func TestFactorsChange(t *testing.T) {
	d := strict(t)
	b := d.as("Edda")
	_, codes := b.enrol()
	second := d.browser()
	a := second.send("/sign-in", "/sign-in", url.Values{"_name": {"Edda"}, "_password": {password}})
	if a := second.post("/sign-in", filled(t, a, "/sign-in", url.Values{"_code": {codes[0]}})); a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode)
	}
	d.now = d.now.Add(11 * time.Minute)
	const at = "/desk/account/factors"
	for _, form := range []url.Values{{"do": {"totp"}}, {"do": {"codes"}}} {
		form.Set("_csrf", csrf(t, b))
		if a := b.post(at, form); a.StatusCode != http.StatusSeeOther || strings.Contains(a.body, "<code>") {
			t.Errorf("%v without the password: %d", form, a.StatusCode)
		}
	}
	if a := b.get(at + "/totp"); a.StatusCode != http.StatusSeeOther {
		t.Errorf("removing without the password: %d", a.StatusCode)
	}
	if a := b.send(at, at, url.Values{"_old": {"not the password at all"}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a wrong password: %d", a.StatusCode)
	}
	if a := b.send(at, at, url.Values{"_old": {password}}); a.StatusCode != http.StatusSeeOther {
		t.Errorf("the password: %d", a.StatusCode)
	}
	b.sound(at)
	a = b.post(at, url.Values{"do": {"codes"}, "_csrf": {csrf(t, b)}})
	if fresh := parse(t, a.body).all("ol.codes code"); len(fresh) != 10 || strings.Contains(a.body, codes[1]) {
		t.Errorf("new codes: %d", len(fresh))
	}
	if a := b.sound(at + "/totp"); !strings.Contains(a.body, "last second factor") || !strings.Contains(a.body, "see what the public sees") {
		t.Error("the last factor goes without a warning")
	}
	if a := b.get(at + "/nobody"); a.StatusCode != http.StatusNotFound {
		t.Errorf("a factor that is not there: %d", a.StatusCode)
	}
	if a := b.send(at+"/totp", at+"/totp", nil); a.StatusCode != http.StatusSeeOther {
		t.Errorf("removing: %d", a.StatusCode)
	}
	if a := b.get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("without the last factor: %d", a.StatusCode)
	}
	if a := second.get("/desk"); a.StatusCode != http.StatusForbidden {
		t.Errorf("the other session lives on: %d", a.StatusCode)
	}
	b.send("/desk/account", "/desk/account", url.Values{"do": {"everywhere"}})
	if a := b.get("/desk"); a.StatusCode != http.StatusForbidden {
		t.Errorf("signed out everywhere: %d", a.StatusCode)
	}
}
