package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/account"
)

// strongly is a browser in which the user signed in with a second factor.
func (d *testDesk) strongly(name string) *browser {
	d.t.Helper()
	b := d.as(name)
	b.enrol()
	return b
}

// linkIn is the address that an answer shows once.
func linkIn(t testing.TB, a answer) string {
	t.Helper()
	at, err := url.Parse(parse(t, a.body).one(t, "code.secret"))
	if err != nil {
		t.Fatal(err)
	}
	return at.Path
}

func TestInvitationPages(t *testing.T) {
	d := strict(t)
	anna := d.strongly("Anna")
	const at = "/desk/invitations"
	anna.sound(at)
	invite := url.Values{"do": {"invite"}, "name": {"Zoe"}, "role": {"reader"}, "audiences": {"registry"}, "days": {"7"}}
	for field, bad := range map[string]string{"days": "many", "role": "king", "audiences": "friends", "name": "a:b"} {
		form := url.Values{}
		for k, v := range invite {
			form[k] = v
		}
		form.Set(field, bad)
		if a := anna.send(at, at, form); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "field-wrong") {
			t.Errorf("%s %q: %d", field, bad, a.StatusCode)
		}
	}
	a := anna.send(at, at, invite)
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	link := linkIn(t, a)
	if anna.sound(at); strings.Contains(anna.get(at).body, link) || strings.Contains(anna.get(at+".json").body, link[len("/invitations/"):]) || strings.Contains(anna.get(at+".csv").body, link[len("/invitations/"):]) {
		t.Error("the link is shown twice")
	}
	for name, path := range map[string]string{"another token": link[:len(link)-1] + "_", "as a recovery": strings.Replace(link, "invitations", "recoveries", 1), "none": "/invitations/nobody"} {
		if a := d.browser().get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", name, a.StatusCode)
		}
	}
	zoe := d.browser()
	zoe.sound(link)
	form := url.Values{"name": {"Zoe"}, "_new": {password + " more"}, "_again": {password}}
	if a := zoe.send(link, link, form); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("two passwords: %d", a.StatusCode)
	}
	form.Set("_again", password+" more")
	form.Set("name", "anna")
	if a := zoe.send(link, link, form); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "already") {
		t.Errorf("another's name: %d", a.StatusCode)
	}
	form.Set("name", "Zoe")
	if a := zoe.send(link, link, form); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/desk/account/factors" {
		t.Fatalf("accepting: %d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	if a := zoe.get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("before a second factor: %d", a.StatusCode)
	}
	zoe.enrol()
	if a := zoe.get("/parties/AAA"); a.StatusCode != http.StatusOK {
		t.Errorf("after it: %d", a.StatusCode)
	}
	if a := d.browser().get(link); a.StatusCode != http.StatusNotFound {
		t.Errorf("the link after its use: %d", a.StatusCode)
	}
	if a := d.browser().post(link, url.Values{"name": {"Eve"}, "_new": {password + " x"}, "_again": {password + " x"}}); a.StatusCode != http.StatusNotFound {
		t.Errorf("using it again: %d", a.StatusCode)
	}
	if a := zoe.get(at); a.StatusCode != http.StatusNotFound {
		t.Errorf("invitations for a reader: %d", a.StatusCode)
	}
}

func TestRecoveryPages(t *testing.T) {
	d := strict(t)
	for _, name := range []string{"Berta"} {
		if _, err := d.accounts.Add(t.Context(), account.Operator, account.User{Name: name, Role: account.Administrator}, password); err != nil {
			t.Fatal(err)
		}
	}
	anna, berta, carl := d.strongly("Anna"), d.strongly("Berta"), d.strongly("Carl")
	u, err := d.accounts.User(t.Context(), "Carl")
	if err != nil {
		t.Fatal(err)
	}
	const at = "/desk/invitations"
	ask := url.Values{"do": {"ask"}, "user": {u.ID}}
	if a := anna.send("/desk/users/"+u.ID, at, ask); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("asking: %d", a.StatusCode)
	}
	if a := anna.send(at, at, ask); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "open already") {
		t.Errorf("asking twice: %d", a.StatusCode)
	}
	is, err := d.accounts.Invitations(t.Context())
	if err != nil || len(is) != 1 {
		t.Fatal(is, err)
	}
	confirm := url.Values{"do": {"confirm"}, "id": {is[0].ID}}
	if a := anna.sound(at); strings.Contains(a.body, "Confirm: let") {
		t.Error("who asked is offered to confirm")
	}
	if a := anna.send(at, at, confirm); a.StatusCode != http.StatusUnprocessableEntity || strings.Contains(a.body, "/recoveries/") {
		t.Errorf("confirming one's own: %d", a.StatusCode)
	}
	if a := carl.sound("/desk/account"); !strings.Contains(a.body, "was asked for (Anna)") || !strings.Contains(a.body, `id="stop"`) {
		t.Error("the account is not told, or cannot stop it")
	}
	confirm.Set("_csrf", csrf(t, carl))
	if a := carl.post(at, confirm); a.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("confirmed by a contributor: %d", a.StatusCode)
	}
	confirm.Del("_csrf")
	a := berta.send(at, at, confirm)
	link := linkIn(t, a)
	// The owner stops it; then it is asked for again, and used.
	if a := carl.send("/desk/account", "/desk/account", url.Values{"do": {"stop"}}); a.StatusCode != http.StatusSeeOther {
		t.Errorf("stopping: %d", a.StatusCode)
	}
	if a := d.browser().get(link); a.StatusCode != http.StatusNotFound {
		t.Errorf("a link that was stopped: %d", a.StatusCode)
	}
	anna.send("/desk/users/"+u.ID, at, ask)
	if is, err = d.accounts.Invitations(t.Context()); err != nil || len(is) != 2 {
		t.Fatal(is, err)
	}
	for _, i := range is {
		if i.Waits && i.Ended.IsZero() {
			confirm.Set("id", i.ID)
		}
	}
	link = linkIn(t, berta.send(at, at, confirm))
	lost := d.browser()
	if a := lost.sound(link); !strings.Contains(a.body, "the account of Carl") {
		t.Error("the page does not say whose account it is")
	}
	form := url.Values{"_new": {"other words that float too"}, "_again": {"other words that float too"}}
	if a := lost.send(link, link, form); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("using it: %d", a.StatusCode)
	}
	if a := lost.get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("before a new second factor: %d", a.StatusCode)
	}
	if a := carl.get("/desk"); a.StatusCode != http.StatusForbidden {
		t.Errorf("the session of before: %d", a.StatusCode)
	}
	if a := lost.sound("/desk"); !strings.Contains(a.body, "opened by a link for recovery (confirmed by Berta)") {
		t.Error("the account is not told that it was opened")
	}
	lost.enrol()
	if a := lost.get("/parties/AAA"); a.StatusCode != http.StatusOK {
		t.Errorf("after it: %d", a.StatusCode)
	}
}
