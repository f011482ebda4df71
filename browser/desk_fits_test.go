//go:build slow

package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	cdruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/internal/need"
)

// TestDeskFits looks at the desk's pages narrow and wide, light and dark: nothing sticks out, and axe finds nothing serious.
func TestDeskFits(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b, users := openDesk(t)
	carl, err := users.User(context.Background(), "Carl")
	if err != nil {
		t.Fatal(err)
	}
	look := func(name, at string) {
		t.Helper()
		for i, width := range []int64{360, 1400} {
			var raw string
			var over bool
			b.run(t, screen(width, i == 0), chromedp.Navigate(b.base+at), chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`, &over), chromedp.Evaluate(string(axe)+";0", nil),
				chromedp.Evaluate(`axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.filter(v => v.impact == 'serious' || v.impact == 'critical').map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))))`,
					&raw, func(p *cdruntime.EvaluateParams) *cdruntime.EvaluateParams { return p.WithAwaitPromise(true) }))
			var found []string
			if err := json.Unmarshal([]byte(raw), &found); err != nil {
				t.Fatal(err)
			}
			for _, f := range found {
				t.Errorf("%s at %d px: %s", at, width, f)
			}
			if over {
				t.Errorf("%s at %d px sticks out", at, width)
			}
			if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
				var png []byte
				b.run(t, chromedp.FullScreenshot(&png, 100))
				if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("desk-%s-%d.png", name, width)), png, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	look("sign-in", "/sign-in")
	b.signIn(t, "/desk", "Anna")
	for name, at := range map[string]string{"home": "/desk", "users": "/desk/users", "user": "/desk/users/" + carl.ID, "account": "/desk/account", "audit": "/desk/audit", "party": "/parties/ZMB",
		"review": "/desk/review", "compare": "/desk/review/duplicate/law_eu-critical-raw-materials-2024~law_eu-strategic-raw-materials-2024", "stale": "/desk/review/stale/neg_india-peru-fta",
		"merge": "/desk/merge?one=ins_us-peru-mou-2024", "split": "/desk/split/ins_us-peru-mou-2024"} {
		look(name, at)
	}
	b.run(t, chromedp.Navigate(b.base+"/desk/users"), chromedp.Submit("#add form"), chromedp.WaitVisible(".errors"))
	if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
		var png []byte
		b.run(t, chromedp.FullScreenshot(&png, 100))
		if err := os.WriteFile(filepath.Join(dir, "desk-errors.png"), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
