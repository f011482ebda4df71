package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/web"
)

const findText = "Agreement on Copper\n\nArticle 1\nCopper data\n\nThe Parties shall share data on copper.\n\nArticle 2\nOther\n\nEach Party shall publish its cop\u00adper licences and copper <b>prices</b>.\n"

func TestFindInDocument(t *testing.T) {
	t.Parallel()
	d := newDesk(t, web.Options{})
	d.document("doc_f", findText)
	path, b := d.record("doc_f").Path(), d.browser()
	page := func(query string) doc {
		t.Helper()
		a := b.get(path + query)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", query, a.StatusCode)
		}
		for _, f := range faults(a.body) {
			t.Errorf("%s: %s", query, f)
		}
		return parse(t, a.body)
	}
	p := page("?find=COPPER")
	if got := p.one(t, "#found h2"); got != "“COPPER” stands in 5 places" {
		t.Error(got)
	}
	if n := len(p.all("mark.m-found")); n != 5 {
		t.Errorf("%d places are marked", n)
	}
	if len(p.all("#hit")) != 0 || len(p.all(".hits li")) != 5 {
		t.Error("no place is chosen yet, and all are listed")
	}
	next := attr(p.all("#found a[rel=next]")[0].Node, "href")
	if next != path+"?find=COPPER&hit=1#hit" {
		t.Errorf("the next is at %s", next)
	}
	p = page("?find=COPPER&hit=2&marks=off")
	if got := p.one(t, "#hit"); got != "Copper" {
		t.Errorf("the place in view: %q", got)
	}
	if got := p.one(t, "#found h2"); !strings.Contains(got, "place 2 of 5") {
		t.Error(got)
	}
	if prev := attr(p.all("#found a[rel=prev]")[0].Node, "href"); prev != path+"?find=COPPER&hit=1&marks=off#hit" {
		t.Errorf("the one before is at %s", prev)
	}
	if len(p.all("mark.m-solid")) != 0 || len(page("?find=copper").all("mark.m-solid")) == 0 {
		t.Error("the marks of the reading do not follow the switch")
	}
	if len(page("?find=copper&hit=5").all("#found a[rel=next]")) != 0 {
		t.Error("there is no place after the last")
	}
	p = page("?find=copper+gold")
	if got := p.text(); !strings.Contains(got, "does not stand in this text") || !strings.Contains(got, "“copper” alone stands in 5 places") {
		t.Error("no way on where a phrase is not there")
	}
	if got := page("?find=%3Cb%3Eprices"); len(got.all("mark.m-found")) != 1 || len(got.all("article b")) != 0 {
		t.Error("letters that are also markup")
	}
	for query, says := range map[string]string{"?find=copper&hit=6": "no place", "?find=copper&hit=0": "no place", "?find=copper&hit=x": "no place", "?find=" + strings.Repeat("x", 201): "200 letters", "?pane=moon": "no way to look"} {
		if a := b.get(path + query); a.StatusCode != http.StatusBadRequest || !strings.Contains(a.body, says) {
			t.Errorf("%.40s: %d", query, a.StatusCode)
		}
	}
	var data struct {
		Total  int
		Places []struct {
			EID, Words, Path string
			Start, End       int
		}
	}
	if err := json.Unmarshal([]byte(b.get(path+".json?find=copper").body), &data); err != nil || data.Total != 5 || data.Places[2].EID != "art_1" || data.Places[2].Words != "copper" {
		t.Errorf("as data: %+v %v", data, err)
	}
	if a := b.get(path + ".csv?find=copper"); strings.Count(a.body, "\r\n") != 6 {
		t.Errorf("as a table: %s", a.body)
	}
	facts := page("?pane=facts")
	if len(facts.all("#reading")) != 1 || len(facts.all("article.legal")) != 0 || len(facts.all(".panes a[aria-current=page]")) != 1 {
		t.Error("the facts have a place of their own")
	}
}

// How a text and a provision are cited, with signs that the forms take for their own.
func TestCite(t *testing.T) {
	t.Parallel()
	d := newDesk(t, web.Options{BaseURL: "https://registry.example"})
	d.document("doc_f", findText)
	d.claims("public", "doc_f", "official_title", "Copper & {Gold} 100% \\ _x", "language", "en", "party", "pty_BBB")
	path, b := d.record("doc_f").Path(), d.browser()
	a := b.get(path + "/cite?eid=art_2")
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	for as, wants := range map[string][]string{
		"text":   {"Article 2 Other, Copper & {Gold} 100% \\ _x", "https://registry.example" + path + "/art_2 (as known on "},
		"bibtex": {"@misc{", `title        = {{Copper \& \{Gold\} 100\% {\textbackslash} \_x}}`, "url          = {https://registry.example" + path + "/art_2}", "author       = {{Country BBB}}"},
		"ris":    {"TY  - GOVDOC\r\n", "TI  - Copper & {Gold}", "UR  - https://registry.example" + path + "/art_2\r\n", "AU  - Country BBB,", "ER  - \r\n"},
	} {
		a := b.get(path + "/cite?eid=art_2&as=" + as)
		for _, want := range wants {
			if !strings.Contains(a.body, want) {
				t.Errorf("%s lacks %q:\n%s", as, want, a.body)
			}
		}
	}
	for _, at := range []string{path + "/cite?as=csl", path + "/cite.json"} {
		var items []map[string]any
		if err := json.Unmarshal([]byte(b.get(at).body), &items); err != nil || len(items) != 1 || items[0]["URL"] != "https://registry.example"+path || items[0]["title"] != "Copper & {Gold} 100% \\ _x" {
			t.Errorf("%s: %v %v", at, items, err)
		}
	}
	if got := b.get(path + "/cite?as=ris").Header.Get("Content-Disposition"); !strings.HasPrefix(got, "attachment") || !strings.Contains(got, ".ris") {
		t.Errorf("a browser keeps it as %q", got)
	}
	for query, status := range map[string]int{"?as=endnote": 400, "?eid=art_99": 404, ".csv": 404} {
		if a := b.get(path + "/cite" + query); a.StatusCode != status {
			t.Errorf("%s: %d, want %d", query, a.StatusCode, status)
		}
	}
	if a := b.get("/documents/nothing/cite?as=ris"); a.StatusCode != http.StatusNotFound {
		t.Errorf("of nothing: %d", a.StatusCode)
	}
}
