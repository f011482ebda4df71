// Package browser looks at the pages in a real Chromium, as their users do: on a telephone and on a wide screen, in the dark, on paper, and
// without script. It needs Chromium; the accessibility check also needs axe-core's script (ASSAY_AXE).
package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	cdruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

// pages are one of each sort, with those that are hardest to lay out.
var pages = []string{
	"/", "/negotiations", "/negotiations/us-drc-talks", "/instruments", "/instruments?party=USA&legal_nature=stated:non_binding", "/instruments/us-drc-spa-2025",
	"/instruments/us-drc-spa-2025?as_of=2025-11-30", "/instruments/us-malaysia-mou-2025", "/instruments/sicomines-2008", "/parties", "/parties/ZMB", "/parties/COD", "/parties/EU", "/parties/us-dfc",
	"/minerals", "/minerals/cobalt", "/minerals/rare-earths", "/forums", "/forums/msp-2022", "/programmes", "/programmes/au-agms-2025", "/projects", "/projects/lobito-corridor",
	"/financing", "/financing/lobito-lar-dfc-2025", "/laws", "/search", "/search?q=cobalt", "/search?q=nothingatall", "/sources", "/method", "/glossary", "/data", "/overlaps", "/overlaps/texts?samples=show&versions=show", "/overlaps/ins_us-malaysia-art-2025/ins_us-malaysia-mou-2025", "/overlaps/doc_us-malaysia-art-2025/doc_us-cambodia-art-2025", "/conflicts", "/conflicts?answer=all&samples=show", "/conflicts/doc_us-malaysia-statement-2025/law_malaysia-raw-rare-earths-export-ban", "/conflicts/rules", "/conflicts/rules/export_freedom", "/parties/MYS", "/laws/malaysia-raw-rare-earths-export-ban", "/clauses", "/check", "/producers", "/negotiations/us-brazil-talks-2026", "/findings", "/findings/transparency", "/findings/competition?indicator=suitors", "/findings/value_addition", "/map", "/network", "/timeline", "/matrix", "/briefs", "/briefs/compare?day=2025-11-30", "/nowhere",
	"/instruments?as_of=2031-99-99",
}

type browser struct {
	ctx  context.Context
	base string
	reg  interface {
		View(registry.Day) *registry.View
	}
}

func open(t *testing.T) *browser {
	t.Helper()
	bin := need.Program(t, "chromium", "chromium-browser", "google-chrome")
	in, err := instance.Embedded(context.Background(), instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	p, err := in.Projection(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(web.New(p, web.Options{Demo: true, Version: "test", ReadDraft: noDraft}))
	t.Cleanup(srv.Close)
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(bin), chromedp.NoSandbox, chromedp.Flag("disable-quic", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatal(err)
	}
	return &browser{ctx, srv.URL, p}
}

// all are the pages, with a document's reader.
func (b *browser) all() []string {
	out := pages
	for _, r := range b.reg.View("").OfKind(registry.KindDocument) {
		return append(out, r.Path())
	}
	return out
}

func (b *browser) run(t *testing.T, acts ...chromedp.Action) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, 90*time.Second)
	defer cancel()
	if err := chromedp.Run(ctx, acts...); err != nil {
		t.Fatal(err)
	}
}

// leaving does what leads to another page, and waits until that has come: an element waited for may be on the page that is left, too.
func leaving(acts ...chromedp.Action) chromedp.Action {
	return chromedp.ActionFunc(func(ctx context.Context) error {
		loader := func() (cdp.LoaderID, error) {
			tree, err := page.GetFrameTree().Do(ctx)
			if err != nil {
				return "", err
			}
			return tree.Frame.LoaderID, nil
		}
		before, err := loader()
		if err != nil {
			return err
		}
		if err := chromedp.Tasks(acts).Do(ctx); err != nil {
			return err
		}
		for {
			if now, err := loader(); err == nil && now != before {
				return nil
			}
			if err := chromedp.Sleep(20 * time.Millisecond).Do(ctx); err != nil {
				return err
			}
		}
	})
}

func screen(width int64, dark bool) chromedp.Action {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	return chromedp.Tasks{
		emulation.SetDeviceMetricsOverride(width, 900, 1, width < 600),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}),
	}
}

// TestPagesFit visits every page at two widths: nothing may stick out sideways, and the browser may complain of nothing.
func TestPagesFit(t *testing.T) {
	b := open(t)
	var complaints []string
	chromedp.ListenTarget(b.ctx, func(ev any) {
		switch e := ev.(type) {
		case *log.EventEntryAdded:
			if e.Entry.Source != log.SourceNetwork { // pages that are meant to be missing
				complaints = append(complaints, e.Entry.Text)
			}
		case *cdruntime.EventExceptionThrown:
			complaints = append(complaints, e.ExceptionDetails.Text)
		}
	})
	shots := os.Getenv("ASSAY_SHOTS") // a folder: pictures to look at
	for _, width := range []int64{360, 1400} {
		for _, p := range b.all() {
			complaints = nil
			want := http.StatusOK
			switch {
			case strings.Contains(p, "nowhere"):
				want = http.StatusNotFound
			case strings.Contains(p, "99-99"):
				want = http.StatusBadRequest
			}
			if res, err := http.Get(b.base + p); err != nil || res.StatusCode != want {
				t.Errorf("%s: %v %v, want %d", p, res.StatusCode, err, want)
			}
			var over string
			b.run(t, screen(width, false), chromedp.Navigate(b.base+p), chromedp.Evaluate(`(() => {
				const w = document.documentElement.clientWidth, out = [];
				if (document.documentElement.scrollWidth > w + 1)
					for (const e of document.querySelectorAll('body *')) { const r = e.getBoundingClientRect(); if (r.right > w + 1 && !e.closest('.scroll, [tabindex="0"], svg')) out.push(e.tagName + '.' + e.className); }
				return (document.documentElement.scrollWidth > w + 1 ? document.documentElement.scrollWidth + ' > ' + w + ': ' : '') + out.slice(0, 5).join(' ');
			})()`, &over))
			if over != "" && strings.Contains(over, ">") {
				t.Errorf("%s at %d px sticks out: %s", p, width, over)
			}
			for _, c := range complaints {
				t.Errorf("%s at %d px: %s", p, width, c)
			}
			if shots != "" {
				for _, dark := range []bool{false, true} {
					var png []byte
					b.run(t, screen(width, dark), chromedp.FullScreenshot(&png, 100))
					name := fmt.Sprintf("%s-%d%s.png", strings.Trim(strings.NewReplacer("/", "_", "?", "_", "=", "_", ":", "_", "&", "_").Replace(p), "_"), width, map[bool]string{true: "-dark"}[dark])
					if err := os.WriteFile(filepath.Join(shots, name), png, 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}

// TestAccessible runs axe on every page, light and dark, narrow and wide: no serious or critical violation.
func TestAccessible(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := open(t)
	for i, p := range b.all() {
		width, dark := []int64{1400, 360}[i%2], i/2%2 == 1 // each page in one of the four; neighbours share their layout
		var raw string
		b.run(t, screen(width, dark), chromedp.Navigate(b.base+p), chromedp.Evaluate(string(axe)+";0", nil),
			chromedp.Evaluate(`axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v => ({id: v.id, impact: v.impact, nodes: v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.failureSummary)}))))`,
				&raw, func(p *cdruntime.EvaluateParams) *cdruntime.EvaluateParams { return p.WithAwaitPromise(true) }))
		var found []struct {
			ID, Impact string
			Nodes      []string
		}
		if err := json.Unmarshal([]byte(raw), &found); err != nil {
			t.Fatal(err)
		}
		for _, v := range found {
			if v.Impact == "serious" || v.Impact == "critical" {
				t.Errorf("%s (%d px, dark %v): %s %s: %s", p, width, dark, v.Impact, v.ID, strings.Join(v.Nodes, "\n   "))
			}
		}
	}
}

// TestPaper prints pages: each gives a document of A4 pages.
func TestPaper(t *testing.T) {
	b := open(t)
	for _, p := range []string{"/", "/instruments", "/instruments/us-drc-spa-2025", "/parties/COD", "/minerals/cobalt"} {
		var pdf []byte
		b.run(t, chromedp.Navigate(b.base+p), chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).Do(ctx)
			return err
		}))
		if !strings.HasPrefix(string(pdf), "%PDF") || len(pdf) < 5000 {
			t.Errorf("%s prints %d bytes", p, len(pdf))
		}
		if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
			os.WriteFile(filepath.Join(dir, "print"+strings.ReplaceAll(p, "/", "_")+".pdf"), pdf, 0o644)
		}
	}
}

// TestWithoutScript reads pages with script switched off: what a page says must be in what the server sent.
func TestWithoutScript(t *testing.T) {
	b := open(t)
	b.run(t, emulation.SetScriptExecutionDisabled(true), screen(360, false))
	for p, want := range map[string]string{
		"/":                             `name="q"`,
		"/search?q=Lobito":              "/projects/lobito-corridor",
		"/minerals/cobalt":              "/parties/COD",
		"/instruments":                  "<form",
		"/parties?q=zambia":             "/parties/ZMB",
		"/instruments?as_of=2020-01-01": "2020",
	} {
		var html string
		b.run(t, chromedp.Navigate(b.base+p), chromedp.OuterHTML("html", &html, chromedp.ByQuery))
		if !strings.Contains(html, want) {
			t.Errorf("%s without script lacks %s", p, want)
		}
	}
}

// check lets axe look for what is serious.
func (b *browser) check(t *testing.T, axe, name string) {
	t.Helper()
	var raw string
	b.run(t, chromedp.Evaluate(axe+";0", nil),
		chromedp.Evaluate(`axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.filter(v => v.impact == 'serious' || v.impact == 'critical').map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.failureSummary).join('; '))))`,
			&raw, func(p *cdruntime.EvaluateParams) *cdruntime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var found []string
	if err := json.Unmarshal([]byte(raw), &found); err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		t.Errorf("%s: %s", name, f)
	}
}

// noDraft stands for the reader of drafts: its page is looked at, and nothing is sent.
func noDraft(context.Context, string, []byte, *registry.View) (*text.Reading, *assay.Analysis, error) {
	return nil, nil, registry.Errorf(registry.Unreadable, "no draft is read here")
}
