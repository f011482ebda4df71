package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	virtual "github.com/descope/virtualwebauthn"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/web"
)

// What somebody with an account of their own can do to another's: nothing, whatever ids, answers and forms of the other they have.
func TestFactorsOfOthers(t *testing.T) {
	d := newDesk(t, web.Options{BaseURL: publicly})
	if err := d.accounts.SetRule(t.Context(), account.Operator, account.Required); err != nil {
		t.Fatal(err)
	}
	const at = "/desk/account/factors"
	edda := withKey(d.byPassword("Edda"), "Edda")
	form := edda.filledIn(edda.get(at))
	form.Set("passkey_name", "Mine")
	if a := edda.post(at, form, origin...); a.StatusCode != http.StatusOK {
		t.Fatal(a.StatusCode)
	}
	u, err := d.accounts.User(t.Context(), "Edda")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := d.accounts.Passkeys(t.Context(), u)
	if err != nil || len(keys) != 1 {
		t.Fatal(keys, err)
	}
	carl := d.byPassword("Carl")
	before, err := d.accounts.Factors(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	for name, path := range map[string]string{"her passkey": at + "/" + keys[0].Credential, "her authenticator": at + "/totp", "by her id": at + "/" + u.ID} {
		if a := carl.get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("asking to remove %s: %d", name, a.StatusCode)
		}
		if a := carl.post(path, url.Values{"_csrf": {csrf(t, carl)}}, origin...); a.StatusCode != http.StatusNotFound {
			t.Errorf("removing %s: %d", name, a.StatusCode)
		}
	}
	// Carl's own authenticator answers the question that Edda was asked, with her handle: to be added to his account, and to open hers.
	mine := withKey(carl, "Edda")
	hers := edda.filledIn(edda.get(at))
	o, err := virtual.ParseAttestationOptions(hers.Get("nonce"))
	if err != nil {
		t.Fatal(err)
	}
	hers.Set("_csrf", csrf(t, carl))
	hers.Set("passkey_name", "x")
	hers.Set("_passkey", virtual.CreateAttestationResponse(mine.rp, mine.auth, mine.key, *o))
	if a := carl.post(at, hers, origin...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the answer to another's question: %d", a.StatusCode)
	}
	thief := &keyed{d.browser(), mine.auth, mine.key, mine.rp}
	if a := thief.post("/sign-in", thief.filledIn(thief.get("/sign-in")), origin...); a.StatusCode != http.StatusUnprocessableEntity || thief.session() != "" {
		t.Errorf("his key with her handle: %d", a.StatusCode)
	}
	thief.key.ID = edda.key.ID
	if a := thief.post("/sign-in", thief.filledIn(thief.get("/sign-in")), origin...); a.StatusCode != http.StatusUnprocessableEntity || thief.session() != "" {
		t.Errorf("his key under the id of hers: %d", a.StatusCode)
	}
	// The page with the secret of another, and codes of one account at the step of another.
	edda.post(at, filled(t, edda.get(at), at, url.Values{"do": {"totp"}}), origin...)
	secret := strings.ReplaceAll(parse(t, edda.get("/desk/account/authenticator").body).one(t, "code.secret"), " ", "")
	if a := carl.get("/desk/account/authenticator"); a.StatusCode != http.StatusSeeOther || strings.Contains(a.body, secret[:4]) {
		t.Errorf("the authenticator that another sets up: %d", a.StatusCode)
	}
	if a := carl.post("/desk/account/authenticator", url.Values{"_code": {d.code(secret)}, "_csrf": {csrf(t, carl)}}, origin...); a.StatusCode != http.StatusSeeOther {
		t.Errorf("confirming another's: %d", a.StatusCode)
	}
	step := d.browser()
	a := step.post("/sign-in", url.Values{"_name": {"Edda"}, "_password": {password}}, origin...)
	_, codes, err := d.accounts.ConfirmTOTP(t.Context(), must(t)(d.accounts.User(t.Context(), "Carl")), "000000", account.Attempt{})
	if err == nil || codes != nil {
		t.Error("an authenticator that nobody offered is taken")
	}
	if a := step.post("/sign-in", filled(t, a, "/sign-in", url.Values{"_code": {d.code(secret)}}), origin...); a.StatusCode != http.StatusUnprocessableEntity || step.session() != "" {
		t.Errorf("a code of an authenticator that was never confirmed: %d", a.StatusCode)
	}
	// Recoveries: asked for, confirmed, stopped by whom they are not for.
	i, err := d.accounts.AskRecovery(t.Context(), "person:Anna", "Edda")
	if err != nil {
		t.Fatal(err)
	}
	for _, do := range []string{"ask", "confirm", "withdraw", "invite"} {
		if a := carl.post("/desk/invitations", url.Values{"do": {do}, "id": {i.ID}, "user": {u.ID}, "role": {"administrator"}, "days": {"7"}, "_csrf": {csrf(t, carl)}}, origin...); a.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s by a contributor: %d", do, a.StatusCode)
		}
	}
	carl.post("/desk/account", url.Values{"do": {"stop"}, "id": {i.ID}, "user": {u.ID}, "_csrf": {csrf(t, carl)}}, origin...)
	carl.post("/desk/account", url.Values{"do": {"read"}, "user": {u.ID}, "_csrf": {csrf(t, carl)}}, origin...)
	if open, err := d.accounts.RecoveryOf(t.Context(), u); err != nil || open == nil {
		t.Errorf("a recovery was stopped by another: %v %v", open, err)
	}
	if u, err := d.accounts.User(t.Context(), "Edda"); err != nil || u.Unread < 2 {
		t.Errorf("what Edda is told was read by another: %+v %v", u, err)
	}
	for _, path := range []string{"/recoveries/" + i.ID, "/invitations/" + i.ID} {
		if a := d.browser().get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
	after, err := d.accounts.Factors(t.Context(), u)
	if err != nil || after.Count() != before.Count() || after.Codes != before.Codes {
		t.Errorf("before %+v, after %+v %v", before, after, err)
	}
	// An administrator who gives a password opens nothing that has a second factor, and the account hears of it.
	if err := d.accounts.SetPassword(t.Context(), "person:Anna", "Edda", "another password of six words"); err != nil {
		t.Fatal(err)
	}
	b := d.browser()
	if a := b.post("/sign-in", url.Values{"_name": {"Edda"}, "_password": {"another password of six words"}}, origin...); a.StatusCode != http.StatusOK || b.session() != "" {
		t.Errorf("with the password that an administrator gave: %d", a.StatusCode)
	}
	if told, err := d.accounts.Told(t.Context(), u); err != nil || told[0].What != "password" || told[0].By != "person:Anna" {
		t.Errorf("%+v %v", told, err)
	}
}

func must(t testing.TB) func(*account.User, error) *account.User {
	return func(u *account.User, err error) *account.User {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
}

// Forms of the new pages are refused where they are forged, as all others.
func TestForgedFactorForms(t *testing.T) {
	d := strict(t)
	d.strongly("Anna")
	b := d.as("Edda")
	for _, path := range []string{"/desk/account/factors", "/desk/account/authenticator", "/desk/account/factors/totp", "/desk/invitations", "/invitations/x", "/recoveries/x"} {
		for _, form := range []url.Values{{"do": {"totp"}}, {"do": {"totp"}, "_csrf": {"x"}}} {
			for _, from := range []string{"https://evil.example", "null"} {
				if a := b.post(path, form, "Origin", from); a.StatusCode != http.StatusForbidden && a.StatusCode != http.StatusMethodNotAllowed {
					t.Errorf("%s from %s: %d", path, from, a.StatusCode)
				}
			}
		}
	}
	b.post("/desk/account/factors", url.Values{"do": {"totp"}})
	u := must(t)(d.accounts.User(t.Context(), "Edda"))
	if o, err := d.accounts.Offered(t.Context(), u, ""); err != nil || o != nil {
		t.Errorf("a form without its token began something: %v %v", o, err)
	}
}
