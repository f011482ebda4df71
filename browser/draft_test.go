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

	"github.com/chromedp/cdproto/page"
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

// TestDraftsFit: the readings of a draft with tracked changes fit a telephone and a wide screen, print, and are found clean by axe.
func TestDraftsFit(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
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
	d := &browser{b.ctx, srv.URL, p}
	doc := ""
	for _, r := range p.View("").OfKind(registry.KindDocument) {
		if r.String("file_name") == "draft.docx" {
			doc = r.Path()
		}
	}
	if doc == "" {
		t.Fatal("the draft is not there")
	}
	for name, at := range map[string]string{"accepted": doc, "rejected": doc + "?changes=rejected", "marked-up": doc + "?changes=marked-up", "changes": doc + "/changes", "changes-table": doc + "/changes?as=table", "provision": doc + "/art_1__para_1", "storybook": "/storybook"} {
		for _, width := range []int64{360, 1400} {
			var over bool
			d.run(t, screen(width, width == 360), chromedp.Navigate(d.base+at), chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth + 1`, &over))
			if over {
				t.Errorf("%s at %d px sticks out", at, width)
			}
			d.check(t, string(axe), fmt.Sprintf("%s at %d px", at, width))
			if dir := os.Getenv("ASSAY_SHOTS"); dir != "" {
				var png []byte
				d.run(t, chromedp.FullScreenshot(&png, 100))
				os.WriteFile(filepath.Join(dir, fmt.Sprintf("draft-%s-%d.png", name, width)), png, 0o644)
			}
		}
		var pdf []byte
		d.run(t, chromedp.ActionFunc(func(ctx context.Context) (err error) {
			pdf, _, err = page.PrintToPDF().WithPaperWidth(8.27).WithPaperHeight(11.69).Do(ctx)
			return err
		}))
		if !strings.HasPrefix(string(pdf), "%PDF") || len(pdf) < 5000 {
			t.Errorf("%s prints %d bytes", at, len(pdf))
		}
	}
}
