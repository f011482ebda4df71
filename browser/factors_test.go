//go:build slow

package browser

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/pquerna/otp/totp"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/account/openid"
	"github.com/openassay/assay/internal/issuer"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/web"
)

// TestFactorsWithoutScript signs in, sets up an authenticator, and signs in with its code, on a telephone that runs no script; the pages fit, wide
// and narrow, and axe finds nothing serious.
func TestFactorsWithoutScript(t *testing.T) {
	raw, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	axe := string(raw)
	b, _ := openStrict(t)
	look := func(name string) {
		t.Helper()
		b.run(t, emulation.SetScriptExecutionDisabled(false))
		for _, width := range []int64{1400, 360} {
			b.run(t, screen(width, width == 360))
			b.sound(t, axe, name, "factors-"+name+map[int64]string{360: "-360", 1400: "-1400"}[width]+".png")
		}
		b.run(t, emulation.SetScriptExecutionDisabled(true))
	}
	b.run(t, emulation.SetScriptExecutionDisabled(true), screen(360, false))
	b.run(t, chromedp.Navigate(b.base+"/sign-in"))
	look("sign-in")
	b.signIn(t, "/desk", "Anna")
	look("desk-held")
	b.run(t, chromedp.Navigate(b.base+"/desk/users"))
	look("held")
	b.run(t, chromedp.Navigate(b.base+"/desk/account/factors"))
	look("factors")
	var secret, text string
	b.run(t, leaving(chromedp.Submit("#authenticator form")), chromedp.WaitVisible("svg.qr"), chromedp.Text("code.secret", &secret))
	look("authenticator")
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	b.run(t, chromedp.Focus("#f-_code"), chromedp.KeyEvent("000000"), leaving(chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible(".errors"))
	look("authenticator-wrong")
	b.run(t, chromedp.Focus("#f-_code"), chromedp.KeyEvent(code), leaving(chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible("ol.codes"), chromedp.Text("ol.codes li", &text))
	look("codes")
	b.run(t, chromedp.Navigate(b.base+"/desk/users"), chromedp.WaitVisible("#add"), chromedp.Navigate(b.base+"/desk/account"))
	look("account")
	b.run(t, chromedp.Navigate(b.base+"/desk/account/factors"))
	look("factors-set")
	b.run(t, chromedp.Navigate(b.base+"/desk/account/factors/totp"))
	look("remove")
	b.run(t, chromedp.Navigate(b.base+"/sign-out"), leaving(chromedp.Submit(`main form`)), chromedp.Navigate(b.base+"/sign-in"), chromedp.WaitVisible("#f-_name"), chromedp.KeyEvent("Anna"), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(password), leaving(chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible("#f-_code"))
	look("step")
	b.run(t, chromedp.KeyEvent(text), leaving(chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible(".me"))
	look("told")
	if res, err := http.Get(b.base + "/desk/users"); err != nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("for nobody: %v %v", res, err)
	}
}

// TestLinkPagesFit looks at invitations, recoveries, the users' list and the pages of a provider of sign-ins, wide and narrow.
func TestLinkPagesFit(t *testing.T) {
	raw, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b, users := openDesk(t, func(o *web.Options) {
		p, err := openid.New(openid.Config{Issuer: issuer.New(t).URL, ClientID: issuer.ClientID, Secret: issuer.Secret, Name: "The ministry of an invented country", Return: "http://localhost/sign-in/provider/return"})
		if err != nil {
			t.Fatal(err)
		}
		o.Provider = p
	})
	b.base = strings.Replace(b.base, "127.0.0.1", "localhost", 1)
	look := func(name string) {
		t.Helper()
		for _, width := range []int64{1400, 360} {
			b.run(t, screen(width, width == 360))
			b.sound(t, string(raw), name, fmt.Sprintf("links-%s-%d.png", name, width))
		}
	}
	b.run(t, chromedp.Navigate(b.base+"/sign-in"))
	look("sign-in")
	b.signIn(t, "/desk/invitations", "Anna")
	var link string
	b.run(t, chromedp.SetValue("#f-name", "Zoe Ng"), chromedp.SetValue("#f-audiences", "parliament:ZMB\ndelegation:ZMB"), leaving(chromedp.Submit("#invite form")), chromedp.WaitVisible("code.secret"), chromedp.Text("code.secret", &link))
	look("made")
	if _, err := users.Add(t.Context(), account.Operator, account.User{Name: "Berta", Role: account.Administrator}, password); err != nil {
		t.Fatal(err)
	}
	carl, err := users.User(t.Context(), "Carl")
	if err != nil {
		t.Fatal(err)
	}
	waits, err := users.AskRecovery(t.Context(), "person:Berta", "Carl")
	if err != nil {
		t.Fatal(err)
	}
	b.run(t, chromedp.Navigate(b.base+"/desk/invitations"))
	look("list")
	b.run(t, chromedp.Navigate(b.base+"/desk/users"))
	look("users")
	b.run(t, chromedp.Navigate(b.base+"/desk/users/"+carl.ID))
	look("user")
	b.run(t, chromedp.Navigate(b.base+"/desk/account/factors"), leaving(chromedp.Submit("#provider form")))
	look("provider")
	b.run(t, chromedp.Navigate(b.base+"/desk/invitations"), leaving(chromedp.Click("button.danger")), chromedp.WaitVisible("code.secret"))
	var back string
	b.run(t, chromedp.Text("code.secret", &back), chromedp.Navigate(b.base+"/sign-out"), leaving(chromedp.Submit("main form")))
	for name, at := range map[string]string{"invited": link, "recovery": back, "nothing": b.base + "/invitations/nobody"} {
		b.run(t, chromedp.Navigate(at))
		look(name)
	}
	b.signIn(t, "/desk/account", "Carl")
	look("told")
	if i, err := users.RecoveryOf(t.Context(), carl); err != nil || i == nil || i.ID != waits.ID {
		t.Errorf("%+v %v", i, err)
	}
}
