//go:build slow

package browser

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

// aDraft is a site with a draft in which changes are tracked, and the draft's address.
func aDraft(t *testing.T) (*browser, string) {
	t.Helper()
	b := open(t)
	in, err := instance.Open(context.Background(), filepath.Join(t.TempDir(), "d"), instance.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { in.Close() })
	in.Extract = extract.InProcess{}
	file := filepath.Join(t.TempDir(), "draft.docx")
	if err := os.WriteFile(file, sample.Draft(), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Import(context.Background(), registry.Public, nil, file); err != nil {
		t.Fatal(err)
	}
	p, err := in.Settled(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(web.New(p, web.Options{Version: "test", Demo: true, Reread: func(rd *text.Reading, _ *registry.View, checks []assay.Check) *assay.Analysis {
		return assay.AnalyzeChecked(rd, in.Rules(), nil, checks)
	}}))
	t.Cleanup(srv.Close)
	for _, r := range p.View("").OfKind(registry.KindDocument) {
		if r.String("file_name") == "draft.docx" {
			return &browser{b.ctx, srv.URL, p}, r.Path()
		}
	}
	t.Fatal("the draft is not there")
	return nil, ""
}

// TestDraftsFit: the readings of a draft with tracked changes fit a telephone and a wide screen, print, and are found clean by axe.
func TestDraftsFit(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	d, doc := aDraft(t)
	for name, at := range map[string]string{"accepted": doc, "rejected": doc + "?changes=rejected", "marked-up": doc + "?changes=marked-up", "changes": doc + "/changes", "changes-table": doc + "/changes?as=table", "provision": doc + "/art_1__para_1", "storybook": "/storybook"} {
		d.fitsAndPrints(t, string(axe), "draft-"+name, at)
	}
}

// TestDraftReadings: a visitor without script goes from one reading of a draft to the others, to the comment beside its words, and to what the changes do.
func TestDraftReadings(t *testing.T) {
	d, doc := aDraft(t)
	d.run(t, emulation.SetScriptExecutionDisabled(true), screen(360, false), chromedp.Navigate(d.base+doc))
	for _, x := range []struct{ choose, marks string }{{"Changes rejected", ""}, {"Marked up", "del ins"}, {"Changes accepted", ""}} {
		var now, html string
		d.run(t, leaving(chromedp.Click(`//*[@id="draft"]//a[.="`+x.choose+`"]`, chromedp.BySearch)), chromedp.Text(`#draft a[aria-current]`, &now, chromedp.ByQuery), chromedp.OuterHTML("main", &html, chromedp.ByQuery))
		if now != x.choose {
			t.Errorf("chosen %q, in view %q", x.choose, now)
		}
		for _, mark := range []string{"del", "ins"} {
			if got, want := strings.Contains(html, "<"+mark), strings.Contains(x.marks, mark); got != want {
				t.Errorf("%s: %s is there: %t", now, mark, got)
			}
		}
	}
	var at, title string
	d.run(t, chromedp.Click("a.comment-at", chromedp.ByQuery), chromedp.Location(&at))
	if !strings.Contains(at, "#comment-") {
		t.Errorf("a comment's number leads to %s", at)
	}
	d.run(t, leaving(chromedp.Click("#draft .onward a", chromedp.ByQuery)), chromedp.Location(&at), chromedp.Title(&title))
	if at != d.base+doc+"/changes" || !strings.Contains(title, "tracked changes") {
		t.Errorf("what the changes do: %s, %s", at, title)
	}
}
