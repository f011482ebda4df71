//go:build slow

package browser

import (
	"bytes"
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/internal/seeded"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/pdf"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/schedule"
	"github.com/openassay/assay/web"
)

// openRedaction is a browser at a registry with a PDF of ours that a delegation alone may see; Anna is an editor of that delegation. It gives the address of
// the text's redaction desk.
func openRedaction(t *testing.T) (*browser, string) {
	t.Helper()
	b, users := openDesk(t)
	in, err := instance.Open(t.Context(), seeded.Dir(t), instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	files := extract.InProcess{}
	in.Extract = files
	if _, err := users.Add(t.Context(), account.Operator, account.User{Name: "Ruth", Role: account.Editor, Audiences: registry.Audiences{"delegation:ZMB"}}, password); err != nil {
		t.Fatal(err)
	}
	d := &paper.Document{Title: "Memorandum of Understanding between Redactland and Elsewhere on cobalt", Lang: "en"}
	for _, x := range []string{"Article 1. Price", "The Participants will set the price at 731 thalers per tonne. They will meet every year, in turn in each of the two countries.", "Article 2. Reserve",
		"The Participants will keep a reserve of 4400 guldenmarks. The reserve is held by a bank that both of them name.", "Article 3. Standards", "The Participants will ask of each mine that it follows the standards of the annex; each may send inspectors."} {
		d.Blocks = append(d.Blocks, paper.Paragraph{Runs: paper.T(x)})
	}
	var made bytes.Buffer
	if err := pdf.Write(&made, d); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "memorandum.pdf")
	if err := os.WriteFile(file, made.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Importer("delegation:ZMB").Import(t.Context(), file); err != nil {
		t.Fatal(err)
	}
	view, _, err := in.View(t.Context(), registry.Reader("delegation:ZMB"), "")
	if err != nil {
		t.Fatal(err)
	}
	var doc *registry.Record
	for _, r := range view.OfKind(registry.KindDocument) {
		if strings.Contains(r.Title(), "Redactland") {
			doc = r
		}
	}
	if doc == nil {
		t.Fatal("the text is not there")
	}
	p, err := in.Settled(t.Context(), registry.Reader())
	if err != nil {
		t.Fatal(err)
	}
	opt := web.Options{Version: "test", Accounts: users, Desk: in, Review: in, Correspondence: in.Correspondence(), Releases: in.Releases(), Redact: in, Sheets: files.PageImage, Original: in.Blobs.Get,
		RegistryFor: func(ctx context.Context, as registry.Audiences) (web.Registry, error) { return in.Settled(ctx, as) },
		Preview: func(ctx context.Context, r schedule.Release, as, by registry.Audiences, after bool) (web.Registry, bool, func(), error) {
			return in.Preview(ctx, r, as, by, after)
		}}
	srv := httptest.NewServer(web.New(p, opt))
	t.Cleanup(srv.Close)
	return &browser{b.ctx, srv.URL, p}, "/desk/redact/" + string(doc.ID)
}

// TestRedactionInABrowser marks by boxes without script and by selection with it, makes a PDF with page images, takes it in, and looks at the preview of its
// release; every page on the way is looked at, narrow and wide.
func TestRedactionInABrowser(t *testing.T) {
	raw, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	axe := string(raw)
	b, at := openRedaction(t)
	b.signIn(t, at, "Ruth")
	var says string
	b.run(t, emulation.SetScriptExecutionDisabled(true), chromedp.Navigate(b.base+at), chromedp.SetValue("#f-ground", "commercial_secret"), chromedp.Click(`//label[contains(., "731 thalers")]/input`, chromedp.BySearch), leaving(chromedp.Submit("form.cuts")), chromedp.WaitVisible("ol.marks"), chromedp.Text("ol.marks", &says))
	if !strings.Contains(says, "Commercial secret") {
		t.Errorf("without script: %q", says)
	}
	b.run(t, chromedp.SetValue("#f-words", "4400 GULDENMARKS"), chromedp.SetValue("#f-ground_found", "market_sensitive"), leaving(chromedp.Submit("#f-words")), chromedp.WaitVisible("ol.marks li:nth-child(2)"))
	var hidden bool
	b.run(t, emulation.SetScriptExecutionDisabled(false), chromedp.Navigate(b.base+at), chromedp.WaitVisible("button.selected"), chromedp.SetValue("#f-ground", "security"), chromedp.Evaluate(`(() => {
		const s = [...document.querySelectorAll("[data-at]")].find(x => x.textContent.includes("inspectors")), n = s.firstChild, i = n.data.indexOf("inspectors"), r = document.createRange();
		r.setStart(n, i); r.setEnd(n, i + 10); getSelection().removeAllRanges(); getSelection().addRange(r); return true })()`, &hidden))
	b.run(t, leaving(chromedp.Click("button.selected")), chromedp.WaitVisible("ol.marks li:nth-child(3)"), chromedp.Text("ol.marks", &says))
	if !strings.Contains(says, "Security, 10 characters") {
		t.Errorf("by selection: %q", says)
	}
	b.fits(t, axe, "redact")
	b.run(t, chromedp.Navigate(b.base+at+"/result"), chromedp.WaitVisible("#f-format"))
	b.fits(t, axe, "redact-result")
	b.run(t, leaving(chromedp.Submit("#f-format")), chromedp.WaitVisible("#f-authority"), chromedp.Text("main", &says))
	if !strings.Contains(says, "none of their words was found") {
		t.Fatalf("%.800s", says)
	}
	b.fits(t, axe, "redact-made")
	b.run(t, chromedp.SetValue("#f-title", "Memorandum on cobalt, redacted"), chromedp.SetValue("#f-authority", "Zambia"), chromedp.SetValue("#f-reason", "Talks go on."), leaving(chromedp.Submit("#f-title")), chromedp.WaitVisible(`main a[href="/desk/releases"]`))
	b.run(t, chromedp.Navigate(b.base+"/desk/releases"), leaving(chromedp.Click(`main a[href^="/desk/releases/"]`)), chromedp.WaitVisible("#preview-path"), chromedp.Text("main", &says))
	if !strings.Contains(says, "It appears") || !strings.Contains(says, "exactly what they get") {
		t.Errorf("the preview: %.1500s", says)
	}
	b.fits(t, axe, "preview")
}

// TestTransparencyPagesFit looks at the disclosure index, at both sides, and at the papers in other languages.
func TestTransparencyPagesFit(t *testing.T) {
	raw, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := open(t)
	for name, at := range map[string]string{"index": "/disclosure-index", "index-of": "/instruments/us-drc-spa-2025/disclosure-index", "index-of-talks": "/negotiations/us-drc-talks/disclosure-index", "sides": "/both-sides", "disclosure": "/instruments/lobito-eu-us-js-2023/disclosure",
		"protocol": "/withheld/protocol?in=fr", "summary": "/instruments/us-drc-spa-2025/summary?in=pt", "form": "/summary?in=es"} {
		b.run(t, chromedp.Navigate(b.base+at))
		b.fits(t, string(raw), name)
	}
}
