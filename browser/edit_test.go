//go:build slow

package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/openassay/assay/internal/need"
)

// fits looks at the page that is open, narrow and dark, and wide and light: nothing sticks out, and axe finds nothing serious.
func (b *browser) fits(t *testing.T, axe, name string) {
	t.Helper()
	for i, width := range []int64{360, 1400} {
		var size string
		var over bool
		b.run(t, screen(width, i == 0), chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`, &over), chromedp.Evaluate(`String(document.documentElement.outerHTML.length)`, &size))
		if i == 0 { // axe is slow, and finds the same on a wide screen
			b.check(t, axe, name)
		}
		if over {
			t.Errorf("%s at %d px sticks out", name, width)
		}
		if len(size) > 6 || len(size) == 6 && size > "153600" {
			t.Errorf("%s has %s characters", name, size)
		}
		if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
			var png []byte
			b.run(t, chromedp.FullScreenshot(&png, 100))
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("edit-%s-%d.png", name, width)), png, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestEnterByKeyboard enters a negotiation with six events from a source as somebody does who has read the help: by keyboard, without script.
// It then publishes it and undoes that. Every page on the way is looked at.
func TestEnterByKeyboard(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := openDesk(t)
	b.run(t, screen(1400, false))
	b.signIn(t, "/desk", "Anna")
	look := func(name string) { t.Helper(); b.fits(t, string(axe), name) }
	b.run(t, chromedp.Navigate(b.base+"/help"))
	look("help")
	b.run(t, chromedp.Navigate(b.base+"/desk/new"))
	look("choose")
	b.run(t, chromedp.Navigate(b.base+"/desk/new?kind=negotiation"))
	look("form")
	b.run(t, emulation.SetScriptExecutionDisabled(true))
	typed := func(name, words string) chromedp.Action {
		return chromedp.Tasks{chromedp.Focus(`[name="` + name + `"]`), chromedp.KeyEvent(words)}
	}
	begin := time.Now()
	b.run(t, typed("n0.value", "Test talks of Zambia and Japan"), typed("n1.value", "Zambia\nJapan"), typed("n2.value", "cobalt\ncopper"), typed("n3.value", "Talks that a test invented."),
		typed("source.url", "https://ministry.example/talks"), typed("source.publisher", "Ministry of Examples"), typed("source.date", "20 November 2026"), typed("source.grade", "Official rel"))
	for i, e := range [][3]string{{"Interest", "March 2025", "The two sides said that they were interested."}, {"Negotiations la", "27 October 2025", "Talks began."}, {"Round", "07/11/2025", "A first round."},
		{"Round", "between January and March 2026", "A second round."}, {"Text t", "about June 2026", "A text was tabled."}, {"Negotiations con", "2026-11-12", "Talks ended."}} {
		n := fmt.Sprintf("e%d.", i)
		b.run(t, typed(n+"key", e[0]), typed(n+"value", e[1]), typed(n+"happened", e[2]), typed(n+"locator", fmt.Sprintf("para. %d", i+1)))
	}
	submit := func(selector string, wait string) {
		t.Helper()
		b.run(t, leaving(chromedp.Focus(selector, chromedp.ByQuery), chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible(wait, chromedp.ByQuery))
	}
	var text string
	b.run(t, leaving(chromedp.Focus(`[name="e5.value"]`), chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible(".errors")) // Enter in a field does what the first button does
	b.run(t, chromedp.Text(".errors", &text))
	if !strings.Contains(text, "7 November 2025") {
		t.Errorf("the ambiguous day: %s", text)
	}
	b.run(t, emulation.SetScriptExecutionDisabled(false))
	look("errors")
	b.run(t, emulation.SetScriptExecutionDisabled(true))
	submit("button.offer", "form.enter")
	submit(`.buttons button[value=preview]`, ".changes")
	b.run(t, chromedp.Text("main .notice-error", &text))
	if !strings.Contains(text, "Round of negotiations: the same source is cited for another day (7 November 2025)") {
		t.Errorf("two rounds of one name: %s", text)
	}
	submit(`button[name=another]`, ".changes")
	b.run(t, chromedp.WaitNotPresent(`button[name=another]`, chromedp.ByQuery), chromedp.WaitVisible(".changes"))
	b.run(t, chromedp.Text("main", &text))
	for _, want := range []string{"7 November 2025", "January 2026", "about June 2026", "Stage or status: Concluded", "Round of negotiations 2"} {
		if !strings.Contains(text, want) {
			t.Errorf("the preview does not say %q: %s", want, text)
		}
	}
	b.run(t, emulation.SetScriptExecutionDisabled(false))
	look("preview")
	b.run(t, emulation.SetScriptExecutionDisabled(true))
	submit(`button[value=save]`, ".flash")
	t.Logf("entered in %v of a machine's typing", time.Since(begin).Round(time.Second))
	b.run(t, emulation.SetScriptExecutionDisabled(false))
	look("record")
	for _, step := range []struct{ selector, name string }{{`a[href^="/desk/claims/"]`, "claim"}, {`a[href*="corrects="]`, "correct"}} {
		b.run(t, leaving(chromedp.Click(step.selector, chromedp.ByQuery)), chromedp.WaitVisible("h1"))
		look(step.name)
	}
	b.run(t, chromedp.Navigate(b.base+"/desk/unpublished"))
	look("unpublished")
	submit(`.batch input[name=batch]`, "h1")
	b.run(t, chromedp.Click(".batch input[name=batch]", chromedp.ByQuery), leaving(chromedp.Click(".waiting .buttons button", chromedp.ByQuery)), chromedp.WaitVisible(".changes"))
	look("publish")
	submit(`button[value=save]`, ".flash")
	b.run(t, chromedp.Navigate(b.base+"/negotiations/test-talks-of-zambia-and-japan"), chromedp.Text("main", &text))
	if !strings.Contains(text, "Concluded") {
		t.Errorf("published: %s", text)
	}
	look("published")
	b.run(t, chromedp.Navigate(b.base+"/negotiations/test-talks-of-zambia-and-japan/history?from=2025-01-01"))
	look("history-public")
	b.run(t, chromedp.Navigate(b.base+"/desk/edit/ins_us-drc-spa-2025"))
	look("long-record")
	b.run(t, chromedp.Navigate(b.base+"/desk/history/ins_us-drc-spa-2025"))
	look("history")
	b.run(t, chromedp.Navigate(b.base+"/desk/csv"))
	look("csv")
	claims := "record,field,key,value,source\npty_ZMB,alias,,Test alias,src_new\nneg_new,title,,Talks,src_new\nneg_new,event,signed,7 May 2026,src_new"
	b.run(t, chromedp.SetValue(`[name=claims]`, claims), chromedp.SetValue(`[name=sources]`, "id,url,publisher,date,grade\nsrc_new,https://ministry.example/new,Ministry,2026-05-08,official_release"),
		leaving(chromedp.Click(".buttons button", chromedp.ByQuery)), chromedp.WaitVisible("table.lines"))
	look("csv-preview")
}
