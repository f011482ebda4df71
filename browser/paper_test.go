//go:build slow

package browser

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"github.com/openassay/assay/edition"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/paper"
	"github.com/openassay/assay/paper/html"
	"github.com/openassay/assay/paper/papertest"
	"github.com/openassay/assay/redline"
	"github.com/openassay/assay/text"
)

// TestPaperFits looks at the HTML of documents that leave, narrow and wide, light and dark: nothing sticks out, and axe finds nothing serious.
func TestPaperFits(t *testing.T) {
	axe, err := os.ReadFile(need.File(t, "ASSAY_AXE", "npm install axe-core and set ASSAY_AXE to axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	read := func(s string) *text.Reading {
		r, err := text.Read("t.txt", []byte(s))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	const pact = "PACT OF BORDOLIA AND KESTRIA\n\nArticle 1\n\nScope\n\n1. Each Party shall open its port within 30 days:\n\n(a) to ships;\n(b) to barges.\n\n2. It keeps an open ledger of what comes and goes.\n"
	a, b := read(pact), read("PACT OF BORDOLIA AND KESTRIA\n\nArticle 1\n\nScope\n\n1. Each Party may open its port within 60 days:\n\n(a) to barges.\n\n2. It keeps [ZMB: a sealed] ledger of what comes and goes.\n")
	w := open(t)
	for name, d := range map[string]*paper.Document{"sample": papertest.Sample(), "redline": redline.Compare(a, b, nil, nil).Paper(redline.About{Before: "draft 1", After: "draft 2"}), "text": edition.Paper(a, edition.Options{})} {
		var page bytes.Buffer
		if err := html.Write(&page, d); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), name+".html")
		if err := os.WriteFile(file, page.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		for _, width := range []int64{360, 1400} {
			for _, dark := range []bool{false, true} {
				var over int
				w.run(t, screen(width, dark), chromedp.Navigate("file://"+file), chromedp.Evaluate(`document.documentElement.scrollWidth - document.documentElement.clientWidth`, &over))
				if over > 0 {
					t.Errorf("%s at %d: %d pixels stick out", name, width, over)
				}
				w.check(t, string(axe), name)
			}
		}
	}
}
