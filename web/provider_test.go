package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/account/openid"
	"github.com/openassay/assay/internal/issuer"
	"github.com/openassay/assay/web"
)

// withProvider is a desk where people may sign in by a provider too.
func withProvider(t testing.TB, strong ...string) (*testDesk, *issuer.Issuer) {
	t.Helper()
	i := issuer.New(t)
	var d *testDesk
	i.Now = func() time.Time { return d.now }
	p, err := openid.New(openid.Config{Issuer: i.URL, ClientID: issuer.ClientID, Secret: issuer.Secret, Name: "A ministry", Strong: strong, Return: publicly + web.ProviderReturn, Now: i.Now})
	if err != nil {
		t.Fatal(err)
	}
	d = newDesk(t, web.Options{BaseURL: publicly, Provider: p})
	if err := d.accounts.SetRule(t.Context(), account.Operator, account.Required); err != nil {
		t.Fatal(err)
	}
	return d, i
}

var origin = []string{"Origin", publicly}

// byPassword is a browser in which the user signed in by the password alone.
func (d *testDesk) byPassword(name string) *browser {
	d.t.Helper()
	b := d.browser()
	if a := b.post("/sign-in", url.Values{"_name": {name}, "_password": {password}}, origin...); a.StatusCode != http.StatusSeeOther {
		d.t.Fatalf("%s cannot sign in: %d", name, a.StatusCode)
	}
	return b
}

// there goes to the provider, which lets in whoever comes, and gives the address to which the browser is sent back.
func there(t testing.TB, address string) string {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	back, ok := strings.CutPrefix(res.Header.Get("Location"), publicly)
	if res.StatusCode != http.StatusFound || !ok {
		t.Fatalf("%d to %s", res.StatusCode, res.Header.Get("Location"))
	}
	return back
}

// signInThere signs in by the provider.
func (b *browser) signInThere() answer {
	b.d.t.Helper()
	a := b.get("/sign-in/provider")
	if a.StatusCode != http.StatusSeeOther || b.cookies["__Host-assay_flow"] == "" {
		b.d.t.Fatalf("to the provider: %d", a.StatusCode)
	}
	return b.get(there(b.d.t, a.Header.Get("Location")))
}

// linked links the user of a browser with whoever the provider lets in.
func (b *browser) linked() answer {
	b.d.t.Helper()
	const at = "/desk/account/factors"
	a := b.post(at, filled(b.d.t, b.get(at), at, url.Values{"do": {"link"}}), origin...)
	if a.StatusCode != http.StatusOK {
		b.d.t.Fatalf("asking for a link: %d", a.StatusCode)
	}
	for _, f := range faults(a.body) {
		b.d.t.Error(f)
	}
	return b.get(there(b.d.t, attr(parse(b.d.t, a.body).all("main p a[rel=noreferrer]")[0].Node, "href")))
}

func (b *browser) session() string { return b.cookies["__Host-assay_session"] }

// Nobody comes in by the provider alone: not by a name, not by an e-mail address; only who linked it from their own account.
func TestProvider(t *testing.T) {
	d, i := withProvider(t)
	i.Claims = map[string]any{"email": "edda@registry.example", "email_verified": true, "name": "Edda", "preferred_username": "Edda", "amr": []string{"mfa"}}
	b := d.browser()
	if a := b.sound("/sign-in"); !strings.Contains(a.body, "Sign in with A ministry") {
		t.Error("the provider is not offered")
	}
	users, _ := d.accounts.Users(t.Context())
	if a := b.signInThere(); a.StatusCode != http.StatusUnprocessableEntity || b.session() != "" || !strings.Contains(a.body, "nobody here is linked") {
		t.Errorf("somebody whom nobody linked: %d", a.StatusCode)
	}
	if now, _ := d.accounts.Users(t.Context()); len(now) != len(users) {
		t.Error("the provider made an account")
	}
	edda := d.byPassword("Edda")
	if a := edda.linked(); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/desk/account/factors" {
		t.Fatalf("linking: %d", a.StatusCode)
	}
	if a := edda.sound("/desk/account/factors"); !strings.Contains(a.body, "Linked with A ministry") {
		t.Error("the page does not tell of the link")
	}
	if a := b.signInThere(); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/desk" || b.session() == "" {
		t.Fatalf("signing in: %d", a.StatusCode)
	}
	if a := b.get("/parties/AAA"); a.StatusCode != http.StatusNotFound {
		t.Errorf("the provider's word on a second factor counts, though the operator did not say so: %d", a.StatusCode)
	}
	if a := b.sound("/desk"); !strings.Contains(a.body, "was linked with a provider") {
		t.Error("the account is not told of the link")
	}
	b.get("/desk/account/factors")
	const at = "/desk/account/factors"
	set := b.post(at, filled(t, b.get(at), at, url.Values{"do": {"totp"}}), origin...)
	page := b.get(set.Header.Get("Location"))
	secret := strings.ReplaceAll(parse(t, page.body).one(t, "code.secret"), " ", "")
	if a := b.post("/desk/account/authenticator", filled(t, page, "/desk/account/authenticator", url.Values{"_code": {d.code(secret)}}), origin...); a.StatusCode != http.StatusOK {
		t.Fatal(a.StatusCode)
	}
	d.now = d.now.Add(time.Minute)
	c := d.browser()
	a := c.signInThere()
	if a.StatusCode != http.StatusOK || c.session() != "" || !strings.Contains(a.body, `name="_code"`) {
		t.Fatalf("the provider opens an account that has a second factor: %d", a.StatusCode)
	}
	if a := c.post("/sign-in", filled(t, a, "/sign-in", url.Values{"_code": {d.code(secret)}}), origin...); a.StatusCode != http.StatusSeeOther || c.get("/parties/AAA").StatusCode != http.StatusOK {
		t.Errorf("provider and code: %d", a.StatusCode)
	}
	// The link of another account to the same subject, and its end.
	if a := d.byPassword("Carl").linked(); a.StatusCode != http.StatusSeeOther {
		t.Errorf("a subject of two: %d", a.StatusCode)
	}
	if u, err := d.accounts.Linked(t.Context(), i.URL, "subject-1"); err != nil || u.Name != "Edda" {
		t.Errorf("the link went over to another: %+v %v", u, err)
	}
	if err := d.accounts.Disable(t.Context(), account.Operator, "Edda"); err != nil {
		t.Fatal(err)
	}
	if a := d.browser().signInThere(); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a disabled user: %d", a.StatusCode)
	}
	if err := d.accounts.Enable(t.Context(), account.Operator, "Edda"); err != nil {
		t.Fatal(err)
	}
	e := d.browser()
	a = e.signInThere()
	if a = e.post("/sign-in", filled(t, a, "/sign-in", url.Values{"_code": {""}}), origin...); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("no code: %d", a.StatusCode)
	}
}

// Where the operator says so, the provider's word on a second factor counts.
func TestProviderIsStrong(t *testing.T) {
	d, i := withProvider(t, "mfa", "urn:example:loa:high")
	edda := d.byPassword("Edda")
	edda.linked()
	for claims, strong := range map[string]bool{"mfa": true, "pwd": false} {
		i.Claims = map[string]any{"amr": []string{claims}}
		b := d.browser()
		b.signInThere()
		if got := b.get("/parties/AAA").StatusCode == http.StatusOK; got != strong {
			t.Errorf("%s: %v", claims, got)
		}
	}
	a := edda.post("/desk/account/factors", filled(t, edda.get("/desk/account/factors"), "/desk/account/factors", url.Values{"do": {"unlink"}}), origin...)
	if a.StatusCode != http.StatusSeeOther {
		t.Errorf("removing the link: %d", a.StatusCode)
	}
	if a := d.browser().signInThere(); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("after the link was removed: %d", a.StatusCode)
	}
}

// What an attacker can do with addresses and answers of the provider.
func TestProviderAttacks(t *testing.T) {
	d, i := withProvider(t, "mfa")
	i.Claims = map[string]any{"amr": []string{"mfa"}}
	d.byPassword("Edda").linked()
	// An answer that was caught, in another browser, and again in the same.
	b := d.browser()
	back := there(t, b.get("/sign-in/provider").Header.Get("Location"))
	flow := b.cookies["__Host-assay_flow"]
	thief := d.browser()
	if a := thief.get(back); a.StatusCode != http.StatusUnprocessableEntity || thief.session() != "" {
		t.Errorf("an answer in another browser: %d", a.StatusCode)
	}
	if a := b.get(back); a.StatusCode != http.StatusSeeOther || b.cookies["__Host-assay_flow"] != "" {
		t.Errorf("in its own: %d", a.StatusCode)
	}
	again := &browser{d, map[string]string{"__Host-assay_flow": flow}}
	if a := again.get(back); a.StatusCode != http.StatusUnprocessableEntity || again.session() != "" {
		t.Errorf("the same answer again: %d", a.StatusCode)
	}
	// Somebody lures a victim who is signed in to the attacker's own sign-in at the provider: it must not be linked to the victim's account.
	carl := d.byPassword("Carl")
	i.Subject = "the attacker"
	if a := carl.get("/sign-in/provider"); a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/desk" || carl.cookies["__Host-assay_flow"] != "" {
		t.Errorf("an address begins something for who is signed in: %d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	mine := d.browser()
	caught := there(t, mine.get("/sign-in/provider").Header.Get("Location"))
	carl.get(caught)
	if a := carl.post("/desk/account/factors", url.Values{"do": {"link"}}, origin...); carl.cookies["__Host-assay_flow"] != "" {
		t.Errorf("a form without its token begins a link: %d", a.StatusCode)
	}
	if a := carl.post("/desk/account/factors", url.Values{"do": {"link"}, "_csrf": {csrf(t, carl)}}, "Origin", "https://evil.example"); a.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site begins a link: %d", a.StatusCode)
	}
	if u, _ := d.accounts.Linked(t.Context(), i.URL, "the attacker"); u != nil {
		t.Errorf("the attacker's sign-in opens the account of %s", u.Name)
	}
	// A link that was begun in one session and ends in another.
	const at = "/desk/account/factors"
	a := carl.post(at, filled(t, carl.get(at), at, url.Values{"do": {"link"}}), origin...)
	back = there(t, attr(parse(t, a.body).all("main p a[rel=noreferrer]")[0].Node, "href"))
	rita := d.byPassword("Rita")
	rita.cookies["__Host-assay_flow"] = carl.cookies["__Host-assay_flow"]
	if a := rita.get(back); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("in another's session: %d", a.StatusCode)
	}
	if u, _ := d.accounts.Linked(t.Context(), i.URL, "the attacker"); u != nil {
		t.Errorf("linked with %s", u.Name)
	}
	// Addresses to go on to, which nobody follows.
	for _, more := range []string{"?to=https://evil.example", "?next=//evil.example", "?return_to=/desk", "?redirect_uri=https://evil.example"} {
		a := d.browser().get("/sign-in/provider" + more)
		to, err := url.Parse(a.Header.Get("Location"))
		if err != nil || !strings.HasPrefix(to.String(), i.URL+"/authorize") || to.Query().Get("redirect_uri") != publicly+web.ProviderReturn || strings.Contains(to.String(), "evil") {
			t.Errorf("%s leads to %s", more, to)
		}
	}
	for _, odd := range []string{"", "?code=x", "?state=x&code=y", "?error=access_denied", "?error=<script>", "?state=" + strings.Repeat("x", 5000)} {
		if a := d.browser().get(web.ProviderReturn + odd); a.StatusCode != http.StatusUnprocessableEntity || strings.Contains(a.body, "<script>") {
			t.Errorf("%.40q: %d", odd, a.StatusCode)
		}
	}
}

// Without a provider its addresses lead nowhere.
func TestNoProvider(t *testing.T) {
	d := newDesk(t, web.Options{})
	for _, path := range []string{"/sign-in/provider", web.ProviderReturn} {
		if a := d.browser().get(path); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s without a provider: %d", path, a.StatusCode)
		}
	}
}
