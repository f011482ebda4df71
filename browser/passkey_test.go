package browser

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/openassay/assay/account"
)

// openStrict is openDesk at http://localhost, where who sees more than the public needs a second factor.
func openStrict(t *testing.T) (*browser, *account.Store) {
	t.Helper()
	b, users := openDesk(t)
	b.base = strings.Replace(b.base, "127.0.0.1", "localhost", 1) // browsers know no passkeys at a number
	if err := users.SetRule(context.Background(), account.Operator, account.Required); err != nil {
		t.Fatal(err)
	}
	return b, users
}

// authenticator gives the browser one that answers by itself.
func (b *browser) authenticator(t *testing.T, verified bool) (id webauthn.AuthenticatorID) {
	t.Helper()
	b.run(t, webauthn.Enable(), chromedp.ActionFunc(func(ctx context.Context) (err error) {
		id, err = webauthn.AddVirtualAuthenticator(&webauthn.VirtualAuthenticatorOptions{Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal, HasResidentKey: true, HasUserVerification: true, IsUserVerified: verified, AutomaticPresenceSimulation: true}).Do(ctx)
		return err
	}))
	return id
}

// TestPasskeyInABrowser adds a passkey, signs out, signs in by it without name and password; without a finger it does not open.
func TestPasskeyInABrowser(t *testing.T) {
	b, users := openStrict(t)
	b.run(t, screen(1400, false))
	id := b.authenticator(t, true)
	b.signIn(t, "/desk", "Anna")
	var text string
	b.run(t, leaving(chromedp.Navigate(b.base+"/desk/users")), chromedp.Text("main", &text))
	if !strings.Contains(text, "Your account needs a second factor") {
		t.Errorf("the users, held: %q", text)
	}
	b.run(t, chromedp.Navigate(b.base+"/desk/account/factors"), chromedp.Focus("#f-passkey_name"), chromedp.KeyEvent("My telephone"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible("ol.codes"), chromedp.Text("ol.codes", &text))
	if n := strings.Count(text, "-"); n != 30 {
		t.Errorf("recovery codes: %q", text)
	}
	out := chromedp.Tasks{chromedp.Navigate(b.base + "/sign-out"), leaving(chromedp.Submit(`main form`))}
	b.run(t, chromedp.Navigate(b.base+"/desk/users"), chromedp.WaitVisible("#add"), out)
	const button = `form[data-passkey] button`
	b.run(t, chromedp.Navigate(b.base+"/sign-in"), leaving(chromedp.Click(button)), chromedp.WaitVisible(".me"), chromedp.Navigate(b.base+"/desk/users"), chromedp.WaitVisible("#add"))
	anna, err := users.User(context.Background(), "Anna")
	if err != nil {
		t.Fatal(err)
	}
	xs, err := users.Sessions(context.Background(), anna.ID)
	if err != nil || len(xs) != 1 || xs[0].Second != account.ByPasskey {
		t.Errorf("%+v %v", xs, err)
	}
	// A second one, in another device; the same device has one already.
	refused := func(at string) {
		t.Helper()
		b.run(t, chromedp.Poll(`document.querySelector('form[data-passkey] [role=status]').textContent.includes('gave no passkey')`, nil, chromedp.WithPollingTimeout(20*time.Second)), chromedp.Location(&text))
		if text != b.base+at {
			t.Errorf("refused at %s, and came to %s", at, text)
		}
	}
	add := chromedp.Tasks{chromedp.Navigate(b.base + "/desk/account/factors"), chromedp.Focus("#f-passkey_name"), chromedp.KeyEvent("My computer"), chromedp.KeyEvent(kb.Enter)}
	b.run(t, add)
	refused("/desk/account/factors")
	b.run(t, webauthn.RemoveVirtualAuthenticator(id))
	id = b.authenticator(t, true)
	b.run(t, leaving(add...), chromedp.WaitVisible(".flash"))
	keys, err := users.Passkeys(context.Background(), anna)
	if err != nil || len(keys) != 2 || keys[1].Name != "My computer" || keys[0].Used.IsZero() {
		t.Errorf("%+v %v", keys, err)
	}
	b.run(t, out, webauthn.SetUserVerified(id, false), chromedp.Navigate(b.base+"/sign-in"), chromedp.Click(button))
	refused("/sign-in")
}
