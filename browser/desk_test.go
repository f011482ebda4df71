package browser

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

const password = "seven copper ledgers float"

// openDesk is a browser at a registry where Anna, an administrator, can sign in.
func openDesk(t *testing.T, change ...func(*web.Options)) (*browser, *account.Store) {
	t.Helper()
	b := open(t)
	in, err := instance.Embedded(context.Background(), instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	p, err := in.Projection(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	users, err := account.OpenMemory(context.Background(), account.Options{Cost: account.Cost{Memory: 64, Passes: 1, Threads: 1}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { users.Close() })
	// Tests of second factors ask for them; all others sign in by the password.
	if err := users.SetRule(context.Background(), account.Operator, account.Optional); err != nil {
		t.Fatal(err)
	}
	for name, r := range map[string]account.Role{"Anna": account.Administrator, "Carl": account.Contributor} {
		if _, err := users.Add(context.Background(), account.Operator, account.User{Name: name, Role: r, Organisation: "A committee with a name that is rather long for its place"}, password); err != nil {
			t.Fatal(err)
		}
	}
	opt := web.Options{Version: "test", Accounts: users, Desk: in, Review: in, Intake: in, RegistryFor: func(ctx context.Context, as registry.Audiences) (web.Registry, error) {
		return in.Projection(ctx, as)
	}}
	for _, f := range change {
		f(&opt)
	}
	srv := httptest.NewServer(web.New(p, opt))
	t.Cleanup(srv.Close)
	return &browser{b.ctx, srv.URL, p}, users
}

// signIn types the name and the password, from wherever the page puts the cursor, and ends with Enter.
func (b *browser) signIn(t *testing.T, at, name string) {
	t.Helper()
	var where string
	b.run(t, chromedp.Navigate(b.base+at), chromedp.WaitVisible("#f-_name"), chromedp.KeyEvent(name), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(password), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(".me"), chromedp.Location(&where))
	if want := b.base + at; at != "/sign-in" && where != want {
		t.Errorf("signed in at %s and came to %s", want, where)
	}
}

// TestDeskByKeyboard signs in, adds a user, makes a mistake and signs out without a mouse and without script, on a telephone.
func TestDeskByKeyboard(t *testing.T) {
	b, users := openDesk(t)
	b.run(t, emulation.SetScriptExecutionDisabled(true), screen(360, false))
	b.signIn(t, "/desk/users", "Anna")
	tab := func(n int) chromedp.Tasks {
		var acts chromedp.Tasks
		for range n {
			acts = append(acts, chromedp.KeyEvent(kb.Tab))
		}
		return acts
	}
	fill := func(name, pass string) {
		t.Helper()
		b.run(t, chromedp.Focus("#f-name"), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(name), tab(3), chromedp.KeyEvent(kb.ArrowDown), tab(2), chromedp.KeyEvent(pass), chromedp.KeyEvent(kb.Enter))
	}
	var text string
	fill("Mu:", password)
	b.run(t, chromedp.WaitVisible(".errors"), chromedp.Text(".errors", &text))
	if !strings.Contains(text, "characters that a name cannot have") {
		t.Errorf("a name that cannot be: %q", text)
	}
	b.run(t, chromedp.Focus("#f-name"), chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.Backspace))
	b.run(t, chromedp.Focus("#f-_new"), chromedp.KeyEvent(password), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(".flash"), chromedp.Text("main", &text))
	if u, err := users.User(context.Background(), "Mu"); err != nil || u.Role != account.Contributor || !strings.Contains(text, "Mu can sign in now") {
		t.Errorf("%+v %v %q", u, err, text)
	}
	b.run(t, chromedp.Focus(".me button"), chromedp.KeyEvent(kb.Enter))
	for try := 0; try < 50; try++ {
		time.Sleep(100 * time.Millisecond)
		b.run(t, chromedp.OuterHTML("html", &text, chromedp.ByQuery))
		if !strings.Contains(text, "Sign out") {
			break
		}
	}
	if strings.Contains(text, "Sign out") {
		t.Error("signing out does nothing")
	}
	var cookies []*network.Cookie
	b.run(t, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		cookies, err = network.GetCookies().Do(ctx)
		return err
	}))
	for _, c := range cookies {
		if !c.HTTPOnly || c.SameSite != network.CookieSameSiteLax || strings.Contains(c.Name, "session") {
			t.Errorf("after signing out: %+v", c)
		}
	}
}
