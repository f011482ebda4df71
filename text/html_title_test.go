package text_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/text"
)

// The title of a page that stands above its main content, or in a header, is read as the first words of the text; the name of the site that stands there
// is not.
func TestTitleAboveTheMainContent(t *testing.T) {
	const law = `<h2>Article 1</h2><p>The Parties shall open their ports to each other and to all who ask for it in good faith, at fair rates.</p><h2>Article 2</h2><p>The Parties shall report to their parliaments on what was done in the year before and what is planned for the next.</p>`
	const title = "Pact of Bordolia and Kestria on Ports"
	page := func(head, body string) string {
		return `<!doctype html><html lang="en"><head><title>` + head + `</title></head><body>` + body + `</body></html>`
	}
	for name, c := range map[string]struct{ page, first string }{
		"in a header within main":   {page(title, `<main><header><h1>`+title+`</h1><p>Ministry of Ports</p></header>`+law+`</main>`), title},
		"above main":                {page(title+" - Ministry of Ports", `<h1>`+title+`</h1><main>`+law+`</main>`), title},
		"in a header above main":    {page("Pact of Bordolia – texts", `<header><nav>Home</nav><h1>`+title+`</h1></header><main>`+law+`</main>`), title},
		"in two lines":              {page(title, `<header><h1>Pact of Bordolia<br>and Kestria on Ports</h1></header><main>`+law+`</main>`), title},
		"twice":                     {page(title, `<header><h1>`+title+`</h1></header><main><h1>`+title+`</h1>`+law+`</main>`), title},
		"the name of the site":      {page(title+" - Ministry of Ports", `<header><h1>Ministry of Ports</h1></header><main><h2>`+title+`</h2>`+law+`</main>`), title},
		"of the site, without more": {page("Ministry of Ports", `<header><a href="/"><h1>Ministry of Ports</h1></a></header><main>`+law+`</main>`), "Article 1"},
		"in the navigation":         {page(title, `<nav><h1>`+title+`</h1></nav><main>`+law+`</main>`), "Article 1"},
	} {
		r, err := text.Read("a.html", []byte(c.page))
		if err != nil {
			t.Fatal(err)
		}
		first, rest, _ := strings.Cut(r.Text, "\n")
		if first != c.first || strings.Contains(rest, title) {
			t.Errorf("%s: %q", name, r.Text[:min(len(r.Text), 120)])
		}
	}
}
