//go:build slow

package browser

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
)

// corridor are the addresses of the samples that are one agreement in two languages.
func (b *browser) corridor(t *testing.T) (en, pt string) {
	t.Helper()
	for _, r := range b.reg.View("").OfKind(registry.KindDocument) {
		if title := r.Title(); r.Sample() && r.String("reading") != "" {
			switch {
			case strings.HasPrefix(title, "Agreement on the Establishment and Management of the Zavumbé") && en == "":
				en = r.Address()
			case strings.HasPrefix(title, "Acordo sobre o Estabelecimento"):
				pt = r.Address()
			}
		}
	}
	if en == "" || pt == "" {
		t.Fatal("the samples of the corridor are not there")
	}
	return en, pt
}

// texts are the pages on which texts are read and set beside each other.
func (b *browser) texts(t *testing.T) map[string]string {
	en, pt := b.corridor(t)
	doc := "/documents/" + en
	return map[string]string{
		"reader": doc, "plain": doc + "?marks=off", "find": doc + "?find=corridor&hit=3#hit", "find-none": doc + "?find=moon+cheese", "facts": doc + "?pane=facts", "binds": doc + "/assay", "provision": doc + "/art_1", "cite": doc + "/cite?eid=art_1",
		"redline": "/redline?a=" + en + "&b=" + pt, "redline-table": "/redline?as=table&a=" + en + "&b=" + pt, "side": "/side?a=" + en + "&b=" + pt,
		"compare": "/compare?of=instruments/us-malaysia-art-2025&of=instruments/us-malaysia-mou-2025&of=instruments/us-drc-spa-2025", "compare-words": "/compare?of=documents/" + en + "/art_1&of=documents/" + pt + "/art_1", "compare-empty": "/compare",
		"clips": "/clips?t=My+clips&q=transit&c=documents/" + en + "/art_1&c=documents/" + pt + "/art_1", "clips-empty": "/clips",
	}
}

// TestTextsFit looks at these pages narrow and wide, light and dark, and on paper: nothing sticks out, and axe finds nothing serious.
func TestTextsFit(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := open(t)
	for name, at := range b.texts(t) {
		b.fitsAndPrints(t, string(axe), "text-"+name, at)
	}
}

// fitsAndPrints looks at a page on a telephone, on a wide screen and on paper: nothing sticks out, axe finds nothing, it prints. Pictures go to ASSAY_SHOTS by name.
func (b *browser) fitsAndPrints(t *testing.T, axe, name, at string) {
	t.Helper()
	for i, width := range []int64{360, 1400} {
		var over bool
		b.run(t, screen(width, i == 0), chromedp.Navigate(b.base+at), chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`, &over))
		if over {
			t.Errorf("%s at %d px sticks out", at, width)
		}
		b.check(t, axe, fmt.Sprintf("%s at %d px", at, width))
		if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
			var png []byte
			b.run(t, chromedp.FullScreenshot(&png, 100))
			os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s-%d.png", name, width)), png, 0o644)
		}
	}
	var pdf []byte
	b.run(t, chromedp.ActionFunc(func(ctx context.Context) (err error) {
		pdf, _, err = page.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).Do(ctx)
		return err
	}))
	if !strings.HasPrefix(string(pdf), "%PDF") || len(pdf) < 5000 {
		t.Errorf("%s prints %d bytes", at, len(pdf))
	}
	if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
		os.WriteFile(filepath.Join(dir, name+".pdf"), pdf, 0o644)
	}
}

// TestFindByKeyboard finds words in a text, goes from place to place and ends the search, with the keyboard alone, without script, on a telephone.
func TestFindByKeyboard(t *testing.T) {
	b := open(t)
	en, _ := b.corridor(t)
	var says, where string
	b.run(t, emulation.SetScriptExecutionDisabled(true), screen(360, false), chromedp.Navigate(b.base+"/documents/"+en), chromedp.Focus("#find-in"), chromedp.KeyEvent("railway"), leaving(chromedp.KeyEvent(kb.Enter)),
		chromedp.WaitVisible("#found"), chromedp.Text("#found-says", &says), chromedp.Location(&where))
	if !strings.Contains(says, "“railway” stands in") || !strings.HasSuffix(where, "#found") {
		t.Fatalf("%q at %s", says, where)
	}
	b.run(t, chromedp.Focus("#found a[rel=next]"), leaving(chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible("#hit"), chromedp.Text("#found-says", &says), chromedp.Location(&where))
	if !strings.Contains(says, "place 1 of") || !strings.HasSuffix(where, "#hit") {
		t.Errorf("%q at %s", says, where)
	}
	b.run(t, chromedp.Focus(".found-steps a:last-child"), leaving(chromedp.KeyEvent(kb.Enter)), chromedp.WaitVisible("nav.outline"), chromedp.Location(&where))
	if u, err := url.Parse(where); err != nil || u.Query().Has("find") {
		t.Errorf("the search does not end: %s", where)
	}
}

// TestClipsTravel puts two provisions on a list by links and forms alone, and opens the link of the list anew.
func TestClipsTravel(t *testing.T) {
	b := open(t)
	en, pt := b.corridor(t)
	var where, link string
	b.run(t, emulation.SetScriptExecutionDisabled(true), screen(360, false), chromedp.Navigate(b.base+"/documents/"+en+"/art_1"), leaving(chromedp.Click(`main a[href^="/clips"]`)),
		chromedp.WaitVisible(".clip"), chromedp.SetValue("#add", b.base+"/documents/"+pt+"/art_1"), leaving(chromedp.Submit("#add")), chromedp.WaitVisible(".clip + .clip"), chromedp.Location(&where))
	var ok bool
	b.run(t, chromedp.AttributeValue(".keep a", "href", &link, &ok))
	if !ok || !strings.HasPrefix(link, b.base+"/clips?") {
		t.Fatalf("the link of the list: %q", link)
	}
	var n int
	b.run(t, emulation.SetScriptExecutionDisabled(false), chromedp.Navigate(link), chromedp.Evaluate(`document.querySelectorAll(".clip").length`, &n))
	if n != 2 {
		t.Errorf("%d clips at %s", n, link)
	}
}

// TestIntakeByForm brings a file in without script: it is read, what is wrong is said and nothing typed is lost, and it enters.
func TestIntakeByForm(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := openDesk(t)
	file := filepath.Join(t.TempDir(), "memorandum.txt")
	words := "Memorandum of Understanding on Lithium Data\n\nThe Participants have reached the following understanding:\n\n1. Data\n\nThe Participants intend to share geological data each year.\n\n2. Nature\n\nThis Memorandum is not legally binding.\n"
	if err := os.WriteFile(file, []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	var says, kept string
	b.run(t, screen(360, false))
	b.signIn(t, "/desk/intake", "Anna")
	b.check(t, string(axe), "/desk/intake at 360 px")
	b.run(t, chromedp.SetUploadFiles("#f-file", []string{file}), leaving(chromedp.Submit("#f-file")), chromedp.WaitVisible(".intake-text"))
	b.check(t, string(axe), "what was understood, at 360 px")
	var over bool
	b.run(t, chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`, &over))
	if over {
		t.Error("what was understood sticks out at 360 px")
	}
	b.run(t, chromedp.SetValue(`[name="t0.version"]`, "minus one"), leaving(chromedp.Submit(`[name="t0.title"]`)), chromedp.WaitVisible(".errors"), chromedp.Text(".errors", &says), chromedp.Value(`[name="t0.version"]`, &kept))
	if !strings.Contains(says, "greater than 0") || kept != "minus one" {
		t.Errorf("%q; what was typed is %q now", says, kept)
	}
	b.run(t, chromedp.SetValue(`[name="t0.version"]`, "1"), chromedp.Click(`input[name="t0.instrument"][value="none"]`), leaving(chromedp.Submit(`[name="t0.title"]`)), chromedp.WaitVisible(`main a[href^="/documents/"]`), chromedp.Text("h1", &says))
	if says != "1 text entered" {
		t.Errorf("it ends with %q", says)
	}
	b.check(t, string(axe), "what entered, at 360 px")
}
