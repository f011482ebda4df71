//go:build slow

package browser

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// lodged stands for a ledger: the page is looked at, not what it proves.
type lodged struct{}

func (lodged) Deposit(context.Context, []byte) ([]byte, error) {
	return []byte(`{"assay":"deposit/1","ledger":"assay-ledger-0123456789abcdef","interval":"2026-11-30","place":41234,"nonce":"0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0","sha256":"00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"}`), nil
}
func (lodged) Receipt(context.Context, []byte) ([]byte, error) {
	return nil, registry.Errorf(registry.NotFound, "the deposits of 2026-11-30 are not published yet").WithHint("their root enters the ledger on the day after; try again then")
}
func (lodged) Publish(context.Context, []byte) error { return nil }

// TestTokenPagesFit looks at the pages of tokens, of access for a time, of the audit with reads, and of deposits, narrow and wide, light and dark.
func TestTokenPagesFit(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b, users := openDesk(t, func(o *web.Options) { o.Deposits = lodged{} })
	ctx := context.Background()
	carl, err := users.User(ctx, "Carl")
	if err != nil {
		t.Fatal(err)
	}
	anna, err := users.User(ctx, "Anna")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		users.Grant(ctx, anna.By(), "Carl", account.Term{Audience: "adviser:a-law-firm-with-a-long-name", Until: time.Now().Add(5 * 24 * time.Hour)}),
		users.Grant(ctx, anna.By(), "Carl", account.Term{Audience: "talks:neg_somewhere-elsewhere-minerals-2026", From: time.Now().Add(24 * time.Hour), Until: time.Now().Add(50 * 24 * time.Hour)}),
		users.NoteRead(ctx, account.Event{By: carl.By(), Outlet: "/negotiations/{address}.json", Things: []string{"neg_a", "neg_b", "neg_c"}, Tier: registry.Audiences{"delegation:ZMB", "talks:neg_a"}}),
		users.NoteRead(ctx, account.Event{By: carl.By(), Outlet: "/parties", Tier: registry.Audiences{"delegation:ZMB"}, Note: "tok_0123456789ab"}),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for i, scope := range []registry.Audiences{{account.Own}, {registry.Registry}, nil} {
		if _, _, err := users.MakeToken(ctx, anna.By(), anna, account.Token{Name: fmt.Sprint("The committee's spreadsheet, number ", i), Scope: scope, Expires: time.Now().Add(30 * 24 * time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	b.signIn(t, "/desk", "Anna")
	for name, at := range map[string]string{"tokens": "/desk/tokens", "access": "/desk/users/" + carl.ID + "/access", "users": "/desk/users", "audit": "/desk/audit", "deposits": "/desk/deposits"} {
		for i, width := range []int64{360, 1400} {
			b.run(t, screen(width, i == 0), chromedp.Navigate(b.base+at))
			b.sound(t, string(axe), fmt.Sprintf("%s at %d px", at, width), fmt.Sprintf("token-%s-%d.png", name, width))
		}
	}
	b.run(t, screen(360, false), chromedp.Navigate(b.base+"/desk/tokens"), chromedp.SetValue("#f-name", "A program"), chromedp.Submit("#make form"), chromedp.WaitVisible(".secret"))
	b.sound(t, string(axe), "a token", "token-made.png")
	file := t.TempDir() + "/draft.txt"
	if err := os.WriteFile(file, []byte("a draft"), 0o600); err != nil {
		t.Fatal(err)
	}
	b.run(t, chromedp.Navigate(b.base+"/desk/deposits"), chromedp.SetUploadFiles("#f-file", []string{file}), chromedp.Submit("#lodge form"), chromedp.WaitVisible("#slip"))
	b.sound(t, string(axe), "a slip", "token-slip.png")
	b.run(t, chromedp.Navigate(b.base+"/desk/deposits"), chromedp.Submit("#receipt form"), chromedp.WaitVisible(".errors"))
	b.sound(t, string(axe), "no receipt yet", "token-no-receipt.png")
}
