//go:build slow

package browser

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// openCorrected is a browser at a registry in a directory, to which people outside can write; Anna administers and Edda edits.
func openCorrected(t *testing.T) (*browser, *instance.Instance) {
	t.Helper()
	b := open(t)
	in, err := instance.Open(context.Background(), filepath.Join(t.TempDir(), "d"), instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	p, err := in.Settled(context.Background(), nil)
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
	for name, r := range map[string]account.Role{"Anna": account.Administrator, "Edda": account.Editor} {
		if _, err := users.Add(context.Background(), account.Operator, account.User{Name: name, Role: r}, password); err != nil {
			t.Fatal(err)
		}
	}
	srv := httptest.NewServer(web.New(p, web.Options{Version: "test", Accounts: users, Desk: in, Review: in, Correspondence: in.Correspondence(), Eraser: in, Contact: "corrections@registry.example",
		RegistryFor: func(ctx context.Context, as registry.Audiences) (web.Registry, error) { return in.Settled(ctx, as) }}))
	t.Cleanup(srv.Close)
	return &browser{b.ctx, srv.URL, p}, in
}

const askedAbout = "/projects/lobito-corridor"

// TestCorrectionWithoutScript: on a telephone without script somebody opens the source of a statement, says that it is wrong, and reads the answer
// under the link; an editor finds it and answers.
func TestCorrectionWithoutScript(t *testing.T) {
	b, _ := openCorrected(t)
	b.run(t, emulation.SetScriptExecutionDisabled(true), screen(360, false), chromedp.Navigate(b.base+askedAbout))
	var where, text string
	b.run(t, chromedp.Click("#main details.chip summary", chromedp.ByQuery), chromedp.Click(`#main details.chip[open] a[href^="/corrections/new"]`, chromedp.ByQuery),
		chromedp.WaitVisible("#f-wrong"), chromedp.Text("main .summary", &text))
	if !strings.Contains(text, "Lobito") {
		t.Errorf("the form does not say what it is about: %q", text)
	}
	b.run(t, chromedp.SendKeys("#f-right", "Another date"), chromedp.Submit("form.desk"), chromedp.WaitVisible(".errors"), chromedp.Value("#f-right", &text))
	if text != "Another date" {
		t.Errorf("what was typed is lost: %q", text)
	}
	b.run(t, chromedp.Click("#f-kind-0"), chromedp.SendKeys("#f-wrong", "The date is wrong"), chromedp.SendKeys("#f-name", "Ms Quibble"), chromedp.Submit("form.desk"),
		chromedp.WaitVisible(".receipt-number"), chromedp.Location(&where), chromedp.Text("main", &text))
	if !strings.Contains(where, "/corrections/receipt/") || !strings.Contains(text, "Waiting to be read") || !strings.Contains(text, "The date is wrong") {
		t.Errorf("the receipt at %s: %q", where, text)
	}
	b.signIn(t, "/desk/corrections", "Edda")
	b.run(t, chromedp.Click(`#main a[href^="/desk/corrections/"]`, chromedp.ByQuery), chromedp.WaitVisible("#f-answer"), chromedp.Click("#f-state-0"), chromedp.SendKeys("#f-answer", "Thank you, the date is corrected."),
		chromedp.SendKeys("#f-asked", "Another date"), chromedp.SendKeys("#f-done", "The date was corrected."), chromedp.Submit("#f-answer"), chromedp.WaitVisible(".flash"))
	b.run(t, chromedp.Navigate(where), chromedp.WaitVisible(".receipt-number"), chromedp.Text("main", &text))
	if !strings.Contains(text, "Thank you, the date is corrected.") {
		t.Errorf("the answer does not appear: %q", text)
	}
	b.run(t, chromedp.Navigate(b.base+"/corrections"), chromedp.Text("main", &text))
	if !strings.Contains(text, "The date was corrected.") || strings.Contains(text, "Quibble") {
		t.Errorf("the public log: %q", text)
	}
}

// TestCorrectionPagesFit looks at the pages narrow and wide, light and dark: nothing sticks out, and axe finds nothing serious.
func TestCorrectionPagesFit(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b, in := openCorrected(t)
	receipt, number := fillDesk(t, in)
	look := func(name, at string) {
		t.Helper()
		for i, width := range []int64{360, 1400} {
			b.run(t, screen(width, i == 0), chromedp.Navigate(b.base+at))
			b.sound(t, string(axe), fmt.Sprintf("%s at %d px", at, width), fmt.Sprintf("correct-%s-%d.png", name, width))
		}
	}
	for _, p := range [][2]string{{"form", "/corrections/new?record=prj_lobito-corridor"}, {"receipt", "/corrections/receipt/" + receipt}, {"log", "/corrections"}, {"takedowns", "/takedowns"}, {"erasures", "/erasures"},
		{"statements", "/parties/storm-mining"}, {"record", askedAbout}} {
		look(p[0], p[1])
	}
	b.run(t, chromedp.Navigate(b.base+"/corrections/new"), chromedp.Submit("form.desk"), chromedp.WaitVisible(".errors"))
	b.sound(t, string(axe), "a form with errors", "correct-errors.png")
	b.signIn(t, "/desk", "Anna")
	for _, p := range [][2]string{{"queue", "/desk/corrections"}, {"one", "/desk/corrections/" + number}, {"notices", "/desk/notices"}, {"desk-takedowns", "/desk/takedowns"}, {"erase", "/desk/erase?record=prj_lobito-corridor"}} {
		look(p[0], p[1])
	}
	b.run(t, screen(360, false), chromedp.Navigate(b.base+"/desk/notices"), chromedp.Click(`input[name=entry]`, chromedp.ByQuery), chromedp.Click("#f-kind-0"), chromedp.Submit("form.desk"), chromedp.WaitVisible(".letter"))
	b.sound(t, string(axe), "a letter", "correct-letter.png")
	var printed string
	b.run(t, emulation.SetEmulatedMedia().WithMedia("print"), chromedp.Evaluate(`document.body.innerText`, &printed), emulation.SetEmulatedMedia().WithMedia(""))
	if !strings.Contains(printed, "To: Storm Mining") || strings.Contains(printed, "As plain text") || strings.Contains(printed, "It was sent") || strings.Contains(printed, "Sign out") || strings.Contains(printed, "Erase") {
		t.Errorf("the printed letter: %s", printed)
	}
	b.run(t, chromedp.Navigate(b.base+"/desk/erase?record=prj_lobito-corridor"), chromedp.SendKeys("#f-authority", "Court of Lima, order 7"), chromedp.SendKeys("#f-ground", "Personal data"), chromedp.Submit("form.desk"), chromedp.WaitVisible("#f-typed"))
	b.sound(t, string(axe), "what will be erased", "correct-plan.png")
}

// sound runs axe on the page that is shown, holds it against the width of the screen, and takes a picture where one is asked for.
func (b *browser) sound(t *testing.T, axe, name, picture string) {
	t.Helper()
	b.check(t, axe, name)
	var over bool
	b.run(t, chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`, &over))
	if over {
		t.Errorf("%s sticks out", name)
	}
	if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
		var png []byte
		b.run(t, chromedp.FullScreenshot(&png, 100))
		if err := os.WriteFile(filepath.Join(dir, picture), png, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// fillDesk puts something on every page: a request that waits, an answered one, a request to remove, and an invented company with statements.
func fillDesk(t *testing.T, in *instance.Instance) (receipt, number string) {
	t.Helper()
	ctx, d := context.Background(), in.Correspondence()
	at := time.Now()
	day := registry.DayOf(at)
	for range 2 {
		var err error
		number, receipt, err = d.Submit(ctx, desk.Submission{At: at, Kind: "reply", Record: "prj_lobito-corridor", Field: "event", Wrong: "It is said that we paid nothing. " + strings.Repeat("We paid. ", 40), Right: "We paid in May.",
			Source: "https://company.example/" + strings.Repeat("report", 20), Name: "Ms Quibble", Contact: "quibble@company.example", Quote: true})
		if err != nil {
			t.Fatal(err)
		}
		if receipt != "" && number != "" {
			x := desk.Decision{State: desk.Partly, Answer: "Your reply stands beside the statement now.\nThe date stays, for the source says so.", By: "person:Edda", At: at,
				Log: &desk.Correction{AskedOn: day, DoneOn: day, Record: "prj_lobito-corridor", Field: "event", Kind: "reply", Outcome: desk.Partly, Asked: "To publish a reply and to change a date", Done: "The reply was published; the date stays, for its source says so.", Quoted: "We paid in May.", QuotedAs: "Storm Mining"}}
			if list, err := d.Corrections(ctx); err != nil {
				t.Fatal(err)
			} else if len(list) == 0 {
				if err := d.Answer(ctx, number, x); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	for _, x := range []desk.Takedown{
		{AskedOn: day, Ground: "court_order", Asker: "public_authority", Authority: "Court of an invented country, order 7 of 2026", Record: "prj_lobito-corridor", Asked: "The name of a witness", Decision: "open"},
		{AskedOn: day, DecidedOn: day, Ground: "threat", Asker: "company", Asked: "A finding of an auditor", Decision: "refused", Done: "Nothing. The finding is public and its source stands."},
	} {
		if _, err := d.NoteTakedown(ctx, x, "person:Anna"); err != nil {
			t.Fatal(err)
		}
	}
	var es []registry.Entry
	src := registry.Source{ID: "src_invented", Title: "A page that does not exist", Publisher: "An invented paper", Date: "2026-05", Grade: "trade_press", URL: "https://paper.example/1"}
	put := func(e registry.Entry) {
		e.By, e.At = "person:Edda", at
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	put(registry.Entry{Audience: registry.Public, Source: &src})
	for _, c := range [][]string{{"public", "name", "short", "Storm Mining", "", ""}, {"public", "party_kind", "", "company", "", ""},
		{"public", "note", "taxes", "It paid no taxes for three years.", "finding", "The auditor of an invented country"},
		{"public", "note", "conduct", "It paid officials for its licence.", "allegation", "An invented paper"},
		{"public", "note", "licence", "The licence was void.", "judgement", "The high court of an invented country"},
		{"public", "reply", "note:conduct", "We paid nobody, and we have asked the paper to say so.", "reply", "pty_storm-mining"},
		{"registry", "note", "water", "It let acid into the river Qua.", "allegation", "A group of neighbours"}} {
		v, err := registry.ParseValue(registry.FieldOf(c[1]), c[3], "")
		if err != nil {
			t.Fatal(err)
		}
		put(registry.Entry{Audience: registry.Audience(c[0]), Claim: &registry.Claim{Record: "pty_storm-mining", Field: c[1], Key: c[2], Value: v, Source: src.ID, Locator: "p. 3", Statement: c[4], Speaker: c[5]}})
	}
	if err := in.Commit(ctx, es); err != nil {
		t.Fatal(err)
	}
	return receipt, number
}
