package text_test

import (
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/text"
)

// TestHostileInputsTakeLinearTime reads a quarter of a megabyte, and of the plainest ten megabytes, of what a careless grammar would choke on. The bound
// is generous, for slow machines and the race detector; quadratic work would take hours.
func TestHostileInputsTakeLinearTime(t *testing.T) {
	large := map[string]bool{"points on one line": true, "articles": true, "one line": true}
	for name, unit := range map[string]string{
		"points on one line":        "(a) ",
		"points":                    "(a)\n",
		"points that count":         "(a) x;\n(b) y;\n(i) z;\n",
		"numbers":                   "1. x\n",
		"articles":                  "Article 1\n",
		"articles on one line":      "ARTICLE 1 ",
		"articles apart":            "Article 1\n\nThe Parties shall cooperate.\n\n",
		"annexes":                   "ANNEX\n\nAnnex 1\n\n",
		"one line":                  "word ",
		"one word":                  "x",
		"blank lines":               "\n",
		"spaces":                    " ",
		"hyphens at line ends":      "long-\nword-\n",
		"recitals":                  "Recalling x, ",
		"page numbers":              "5\n\n",
		"footnotes":                 "[1] x\n",
		"headings":                  "# A\n\n",
		"stars":                     "*",
		"stars apart":               "** a",
		"brackets":                  "[",
		"links":                     "[a](",
		"tags":                      "<a ",
		"comments":                  "<!--",
		"ampersands":                "&",
		"backslashes":               "\\",
		"quotes":                    "> > ",
		"nested lists":              "  - a\n    - b\n",
		"bold":                      "**a**\n\n",
		"capitals":                  "GENERAL PROVISIONS\n\n",
		"Chinese":                   "第一条 一、甲。",
		"combining marks":           "a\u0301\u0301\u0301\u0301",
		"elements":                  "<div>",
		"elements of the same sort": "<p><b>a",
		"unclosed navigation":       "<nav>",
		"table cells":               "<td>a",
	} {
		for _, file := range []string{"a.txt", "a.md", "a.html"} {
			size := 1 << 18
			if large[name] && !testing.Short() {
				size = 10 << 20
			}
			s := strings.Repeat(unit, size/len(unit))
			if file == "a.html" {
				s = "<html><body>" + s
			}
			began := time.Now()
			all, err := text.ReadAll(file, []byte(s))
			took := time.Since(began)
			if took > 20*time.Second {
				t.Errorf("%s as %s took %v", name, file, took)
			}
			if err == nil {
				if broken := laws(all[0]); broken != "" {
					t.Errorf("%s as %s: %s", name, file, broken)
				}
			}
			if took > 2*time.Second {
				t.Logf("%s as %s took %v (%v)", name, file, took, err)
			}
		}
	}
}
