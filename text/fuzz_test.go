package text_test

import (
	"errors"
	"testing"

	"github.com/openassay/assay/text"
)

// fuzz holds the laws against whatever bytes come, under a name that leads to one parser.
func fuzz(f *testing.F, name string, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		all, err := text.ReadAll(name, b)
		if err != nil {
			var e *text.Error
			if !errors.As(err, &e) || e.Code == "" || e.Message == "" {
				t.Fatalf("an error without code or message: %#v", err)
			}
			return
		}
		for _, r := range all {
			if broken := laws(r); broken != "" {
				t.Fatal(broken)
			}
			ownWellFormed(t, r)
		}
	})
}

func FuzzReadText(f *testing.F) {
	fuzz(f, "a.txt", "Article 1\n\n1. One;\n(a) two\n(b) three\n\nDone at X\n", "ARTICLE 1 A. 1. x. 2. y. ARTICLE 2 z", "第一条\n一、甲。二、乙。", "\xff\xfea\x00", "caf\xe9 et th\xe9")
}

func FuzzReadMarkdown(f *testing.F) {
	fuzz(f, "a.md", "---\ntitle: 'A'\n---\n# T\n\n**Section I**\n\n1.  **Lead:** x\n    1.  y\n\n- z\n", "<!-- x\n**a [b](c) \\* <u>d</u>**\n")
}

func FuzzReadHTML(f *testing.F) {
	fuzz(f, "a.html", "<html><head><title>T</title></head><body><nav>n</nav><main><h2>Article 1</h2><ol><li>a<ul><li>b</ul></ol></main>", "<p>a<br>b<table><tr><td>1<td>2</table>")
}

func FuzzReadTOTA(f *testing.F) {
	fuzz(f, "a.xml", `<?xml version="1.0"?><treaty><meta><name>N</name><date_signed>2004-01-28</date_signed></meta><body><chapter name="P" number="CHAPTER I"><article number="ARTICLE 1" name="A">1. x

2. y</article></chapter></body></treaty>`, "<!DOCTYPE treaty [<!ENTITY a 'b'>]><treaty>&a;</treaty>")
}

func FuzzReadOpenTreaties(f *testing.F) {
	fuzz(f, "a.json", `{"treaty_en":"T","preamble_en":"Recalling x,","articles":[{"article":"一","content_en":"1. x","content_zh":"甲。"}]}`, `{"articles":[]}`)
}
