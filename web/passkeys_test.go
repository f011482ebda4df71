package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	virtual "github.com/descope/virtualwebauthn"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/web"
)

// keyed is a browser with an authenticator.
type keyed struct {
	*browser
	auth virtual.Authenticator
	key  virtual.Credential
	rp   virtual.RelyingParty
}

const publicly = "https://registry.example"

func withKey(b *browser, user string) *keyed {
	b.d.t.Helper()
	u, err := b.d.accounts.User(b.d.t.Context(), user)
	if err != nil {
		b.d.t.Fatal(err)
	}
	return &keyed{b, virtual.NewAuthenticatorWithOptions(virtual.AuthenticatorOptions{UserHandle: []byte(u.ID)}), virtual.NewCredential(virtual.KeyTypeEC2), virtual.RelyingParty{ID: "registry.example", Origin: publicly}}
}

// filledIn is the passkey form of an answer as the script fills it in.
func (k *keyed) filledIn(a answer) url.Values {
	k.d.t.Helper()
	for _, f := range parse(k.d.t, a.body).all("form[method=post]") {
		does := attr(f.Node, "data-passkey")
		if does == "" {
			continue
		}
		form := url.Values{}
		for _, i := range f.all("input[type=hidden]") {
			form.Set(attr(i.Node, "name"), attr(i.Node, "value"))
		}
		if does == "create" {
			o, err := virtual.ParseAttestationOptions(form.Get("nonce"))
			if err != nil {
				k.d.t.Fatal(err)
			}
			form.Set("_passkey", virtual.CreateAttestationResponse(k.rp, k.auth, k.key, *o))
			return form
		}
		o, err := virtual.ParseAssertionOptions(form.Get("nonce"))
		if err != nil {
			k.d.t.Fatal(err)
		}
		form.Set("_passkey", virtual.CreateAssertionResponse(k.rp, k.auth, k.key, *o))
		return form
	}
	k.d.t.Fatal("no form for a passkey")
	return nil
}

func TestPasskeyPages(t *testing.T) {
	d := newDesk(t, web.Options{BaseURL: publicly})
	if err := d.accounts.SetRule(t.Context(), account.Operator, account.Required); err != nil {
		t.Fatal(err)
	}
	const at = "/desk/account/factors"
	origin := []string{"Origin", publicly}
	edda := d.browser()
	if a := edda.post("/sign-in", url.Values{"_name": {"Edda"}, "_password": {password}}, origin...); a.StatusCode != http.StatusSeeOther {
		t.Fatal(a.StatusCode)
	}
	k := withKey(edda, "Edda")
	form := k.filledIn(k.sound(at))
	form.Set("passkey_name", "  ")
	if a := k.post(at, form, origin...); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "has no name") {
		t.Errorf("a passkey without a name: %d", a.StatusCode)
	}
	form = k.filledIn(k.get(at))
	form.Set("passkey_name", "My telephone")
	bare := url.Values{"do": {"passkey"}, "_csrf": form["_csrf"], "passkey_name": {"x"}, "_passkey": {""}}
	if a := k.post(at, bare, origin...); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "need JavaScript") {
		t.Errorf("without script: %d", a.StatusCode)
	}
	a := k.post(at, form, origin...)
	if codes := parse(t, a.body).all("ol.codes code"); a.StatusCode != http.StatusOK || len(codes) != 10 {
		t.Fatalf("adding: %d, %d codes", a.StatusCode, len(codes))
	}
	again := k.filledIn(k.get(at))
	again.Set("_passkey", form.Get("_passkey"))
	if a := k.post(at, again, origin...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the same answer a second time: %d", a.StatusCode)
	}
	if a := k.sound(at); !strings.Contains(a.body, "My telephone") || k.get("/parties/AAA").StatusCode != http.StatusOK {
		t.Error("after adding, it is not there, or does not count")
	}
	// The password alone no longer opens; the passkey alone does.
	b := d.browser()
	if a := b.post("/sign-in", url.Values{"_name": {"Edda"}, "_password": {password}}, origin...); a.StatusCode != http.StatusOK || b.cookies["__Host-assay_session"] != "" {
		t.Errorf("the password alone: %d", a.StatusCode)
	}
	k2 := &keyed{d.browser(), k.auth, k.key, k.rp}
	k2.key.Counter = 3
	show := k2.filledIn(k2.sound("/sign-in"))
	if a := k2.post("/sign-in", show, origin...); a.StatusCode != http.StatusSeeOther || k2.get("/parties/AAA").StatusCode != http.StatusOK {
		t.Fatalf("signing in by passkey: %d", a.StatusCode)
	}
	thief := d.browser()
	if a := thief.post("/sign-in", show, origin...); a.StatusCode != http.StatusUnprocessableEntity || thief.cookies["__Host-assay_session"] != "" {
		t.Errorf("the same answer from elsewhere: %d", a.StatusCode)
	}
	late := &keyed{d.browser(), k.auth, k.key, k.rp}
	late.key.Counter = 9
	old := late.filledIn(late.get("/sign-in"))
	d.now = d.now.Add(11 * time.Minute)
	if a := late.post("/sign-in", old, origin...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("an answer of eleven minutes later: %d", a.StatusCode)
	}
	copied := &keyed{d.browser(), k.auth, k.key, k.rp}
	copied.key.Counter = 2
	if a := copied.post("/sign-in", copied.filledIn(copied.get("/sign-in")), origin...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a copy: %d", a.StatusCode)
	}
	if a := k2.get("/desk"); !strings.Contains(a.body, "there seems to be a copy of it") {
		t.Error("the owner is not told of the copy")
	}
	// A form whose session ended comes back after the passkey as it was typed.
	lost := &keyed{d.browser(), k.auth, k.key, k.rp}
	lost.key.Counter = 20
	a = lost.post("/desk/csv", url.Values{"note": {"words that took an hour"}}, origin...)
	a = lost.post("/desk/csv", lost.filledIn(a), origin...)
	if a.StatusCode != http.StatusOK || lost.cookies["__Host-assay_session"] == "" {
		t.Errorf("a passkey at a form: %d", a.StatusCode)
	}
	// A disabled owner, and a key that was removed.
	if err := d.accounts.Disable(t.Context(), account.Operator, "Edda"); err != nil {
		t.Fatal(err)
	}
	out := &keyed{d.browser(), k.auth, k.key, k.rp}
	out.key.Counter = 30
	if a := out.post("/sign-in", out.filledIn(out.get("/sign-in")), origin...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a disabled user: %d", a.StatusCode)
	}
	if err := d.accounts.Enable(t.Context(), account.Operator, "Edda"); err != nil {
		t.Fatal(err)
	}
	u, err := d.accounts.User(t.Context(), "Edda")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := d.accounts.Passkeys(t.Context(), u)
	if err != nil || len(keys) != 1 || keys[0].Used.IsZero() {
		t.Fatalf("%+v %v", keys, err)
	}
	if err := d.accounts.RemovePasskey(t.Context(), u, &account.Session{}, keys[0].Credential); err != nil {
		t.Fatal(err)
	}
	if a := out.post("/sign-in", out.filledIn(out.get("/sign-in")), origin...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a removed passkey: %d", a.StatusCode)
	}
}

// Where the operator named no address, the page says so, and all else works.
func TestPasskeysNeedAnAddress(t *testing.T) {
	d := newDesk(t, web.Options{})
	b := d.as("Edda")
	if a := b.sound("/desk/account/factors"); strings.Contains(a.body, "data-passkey") || !strings.Contains(a.body, "no passkeys at this address") {
		t.Error("passkeys are offered at a number, or it is not said why not")
	}
	if a := d.browser().get("/sign-in"); strings.Contains(a.body, "<script") {
		t.Error("the sign-in loads a script that it has no use for")
	}
	if a := d.browser().post("/sign-in", url.Values{"_passkey": {"{}"}}); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a passkey where there can be none: %d", a.StatusCode)
	}
}
