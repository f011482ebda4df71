package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

// tracked is a desk with a public draft that tracks changes, one that only editors see, and a text that tracks none.
func tracked(t *testing.T, b []byte) *testDesk {
	t.Helper()
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, web.Options{Reread: func(rd *text.Reading, _ *registry.View, checks []assay.Check) *assay.Analysis {
		return assay.AnalyzeChecked(rd, rules, nil, checks)
	}})
	ps, err := extract.Read(t.Context(), "a", b, extract.Options{})
	if err != nil || len(ps[0].Readings) != 3 {
		t.Fatalf("%v, %d parts", err, len(ps))
	}
	rd := ps[0].Readings[0]
	rd.Variants = ps[0].Readings[1:]
	plain, an, err := readClause("text.txt", []byte(firstDraft), nil)
	if err != nil {
		t.Fatal(err)
	}
	put := func(a registry.Audience, id registry.RecordID, rd *text.Reading, an *assay.Analysis) {
		d.claims(a, id, "title", "Memorandum on lithium", "document_type", "draft", "language", "en", "reading", d.keep(rd), "analysis", d.keep(an))
	}
	put(registry.Public, "doc_draft", rd, assay.Analyze(rd, rules, nil))
	put(registry.Registry, "doc_sekrit", rd, assay.Analyze(rd, rules, nil))
	put(registry.Public, "doc_plain", plain, an)
	return d
}

// seen are the words of a node without what only screen readers are told and without the numbers of comments.
func seen(n *html.Node) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if strings.Contains(attr(n, "class"), "hush") || strings.Contains(attr(n, "class"), "comment-at") {
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(seen(c))
	}
	return b.String()
}

func TestReadingsOfADraft(t *testing.T) {
	t.Parallel()
	b := tracked(t, sample.Draft()).browser()
	page := func(path string) doc {
		t.Helper()
		a := b.get(path)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %s", path, a.StatusCode, a.body)
		}
		for _, f := range faults(a.body) {
			t.Errorf("%s: %s", path, f)
		}
		return parse(t, a.body)
	}
	for query, want := range map[string]struct{ has, not string }{
		"":                               {"The Parties shall exchange", "may"},
		"?changes=accepted":              {"The Parties shall exchange", "may"},
		"?changes=rejected":              {"The Parties may exchange", "laboratory"},
		"?changes=marked-up":             {"The Parties mayshall exchange", "nothing"},
		"?changes=marked-up&find=data":   {"mayshall exchange data", "nothing"},
		"?changes=marked-up&marks=off":   {"mayshall exchange data", "nothing"},
		"?changes=rejected&find=parties": {"Parties may", "laboratory"},
	} {
		p := page("/documents/draft" + query)
		var words strings.Builder
		for _, x := range p.all("article .prov-text") {
			words.WriteString(seen(x.Node) + "\n")
		}
		if got := words.String(); !strings.Contains(got, want.has) || strings.Contains(got, want.not) {
			t.Errorf("%s: %q", query, got)
		}
		if n := len(p.all("#draft nav li a")); n != 3 {
			t.Errorf("%s: %d readings to choose from", query, n)
		}
		if n := len(p.all("#draft nav [aria-current=true]")); n != 1 {
			t.Errorf("%s: %d readings in view", query, n)
		}
	}

	p := page("/documents/draft?changes=marked-up")
	var marks []string
	for _, tag := range []string{"del", "ins"} {
		for _, x := range p.all("article " + tag) {
			marks = append(marks, tag+" "+x.text())
		}
	}
	want := "del Deleted by Ana, 1 March 2026: may (end)|ins Added by Ana, 1 March 2026: shall (end)|ins Added by Ben: Sylvania shall pay for the laboratory. (end)"
	if got := strings.Join(marks, "|"); got != want {
		t.Errorf("marks\n%s\nnot\n%s", got, want)
	}
	if at, said := p.all("#comment-at-1"), p.all(".prov-side #comment-1"); len(at) != 1 || len(said) != 1 || attr(at[0].Node, "href") != "#comment-1" ||
		!strings.Contains(said[0].text(), "Comment by Carla, 2 March 2026: Which data?") || attr(said[0].all("a")[0].Node, "href") != "#comment-at-1" {
		t.Error("the comment and its place do not lead to each other")
	}
	if len(p.all(".m-solid"))+len(p.all(".notice-machine")) > 0 {
		t.Error("labels of the accepted reading stand in another")
	}
	for _, x := range p.all("article .permalink") { // provisions of other readings have no pages of their own
		if h := attr(x.Node, "href"); !strings.HasPrefix(h, "/documents/draft?changes=marked-up#") || len(p.all(h[strings.Index(h, "#"):])) != 1 {
			t.Errorf("a provision leads to %s", h)
		}
	}
	if p := page("/documents/draft/art_1__para_1"); len(p.all(".remarks #comment-1")) != 1 {
		t.Error("the page of a provision does not show its comment")
	}
}

func TestReadingsOfADraftAsData(t *testing.T) {
	t.Parallel()
	d := tracked(t, sample.Draft())
	b := d.browser()
	var x struct {
		As       string `json:"changes_as"`
		Text     string
		Readings []string
		Changes  []text.Change
		Comments []text.Comment
	}
	if err := json.Unmarshal([]byte(b.get("/documents/draft.json").body), &x); err != nil || strings.Join(x.Readings, " ") != "rejected marked-up" || len(x.Comments) != 1 {
		t.Errorf("%v %+v", err, x)
	}
	if err := json.Unmarshal([]byte(b.get("/documents/draft.json?changes=marked-up").body), &x); err != nil || x.As != "marked-up" || len(x.Changes) != 3 || len(x.Comments) != 1 {
		t.Fatalf("%v %+v", err, x)
	}
	if c := x.Changes[0]; x.Text[c.Start:c.End] != "may" || c.By != "Ana" || c.Kind != text.Deleted {
		t.Errorf("%+v of %q", c, x.Text)
	}
	if a := b.get("/documents/draft.csv?changes=marked-up"); !strings.Contains(a.body, "comment,Carla,2026-03-02T09:00:00Z") || strings.Count(a.body, "\n") != 5 {
		t.Errorf("%s", a.body)
	}
	for path, code := range map[string]int{"/documents/plain?changes=rejected": 404, "/documents/plain/changes": 404, "/documents/draft?changes=all": 400, "/documents/sekrit?changes=marked-up": 404,
		"/documents/sekrit/changes": 404, "/documents/sekrit.json?changes=marked-up": 404, "/documents/nobody/changes": 404, "/documents/draft?changes=marked-up&page=99": 400} {
		if a := b.get(path); a.StatusCode != code {
			t.Errorf("%s: %d, not %d", path, a.StatusCode, code)
		}
	}
	if a := d.as("Edda").get("/documents/sekrit?changes=marked-up"); a.StatusCode != http.StatusOK {
		t.Errorf("an editor: %d", a.StatusCode)
	}
}

func TestWhatTrackedChangesDo(t *testing.T) {
	t.Parallel()
	b := tracked(t, sample.Draft()).browser()
	a := b.get("/documents/draft/changes")
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	p := parse(t, a.body)
	if n := len(p.all(".change")); n != 2 {
		t.Errorf("%d changes", n)
	}
	if f := p.all("#force"); len(f) != 1 || !strings.Contains(f[0].text(), "may") || !strings.Contains(f[0].text(), "shall") {
		t.Error("may became shall, and it is not called out")
	}
	for _, x := range p.all("h3 a") { // every place of either reading is there
		h := attr(x.Node, "href")
		if strings.HasPrefix(h, "#") {
			continue
		}
		at, id, _ := strings.Cut(h, "#")
		if a := b.get(at); a.StatusCode != http.StatusOK || id != "" && len(parse(t, a.body).all("#"+id)) != 1 {
			t.Errorf("%s: %d", h, a.StatusCode)
		}
	}
	if len(p.all("dl.facts a[href=/documents/draft?changes=rejected]")) != 1 {
		t.Error("the earlier reading is not led to")
	}
	for _, as := range []string{"docx", "pdf", "table"} {
		if a := b.get("/documents/draft/changes?as=" + as); a.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", as, a.StatusCode)
		}
	}
	var x struct{ Changes []struct{ Kinds []string } }
	if err := json.Unmarshal([]byte(b.get("/documents/draft/changes.json").body), &x); err != nil || len(x.Changes) != 2 || x.Changes[0].Kinds[0] != "modal" {
		t.Errorf("%v %+v", err, x)
	}
}

// TestDraftsOfEveryFormat: what the readers of the three formats with tracked changes give can be shown.
func TestDraftsOfEveryFormat(t *testing.T) {
	t.Parallel()
	for name, b := range map[string][]byte{"odt": sample.Odt(), "rtf": sample.Rtf()} {
		d := tracked(t, b).browser()
		p := parse(t, d.get("/documents/draft?changes=marked-up").body)
		if len(p.all("article ins")) == 0 || len(p.all("article del")) == 0 {
			t.Errorf("%s: %d insertions, %d deletions", name, len(p.all("article ins")), len(p.all("article del")))
		}
	}
}

// TestADraftOfManyChanges: a draft in which every word is changed, and remarked on, keeps to the weight of a page.
func TestADraftOfManyChanges(t *testing.T) {
	t.Parallel()
	var body, remarks strings.Builder
	for i := range 40 {
		body.WriteString("<w:p>")
		for j := range 60 {
			fmt.Fprintf(&body, `<w:del w:author="Somebody with a name" w:date="2026-03-01T10:00:00Z"><w:r><w:delText xml:space="preserve">a%d </w:delText></w:r></w:del><w:r><w:t xml:space="preserve">b </w:t></w:r><w:ins w:author="Ben"><w:r><w:t xml:space="preserve">c </w:t></w:r></w:ins>`, j)
		}
		fmt.Fprintf(&body, `<w:r><w:commentReference w:id="%d"/></w:r></w:p>`, i)
		fmt.Fprintf(&remarks, `<w:comment w:id="%d" w:author="Carla">%s</w:comment>`, i, sample.P(strings.Repeat("Why? ", 800)))
	}
	b := tracked(t, sample.Docx(body.String(), sample.DocxPart("comments", "comments", remarks.String()))).browser()
	seen, at := 0, "/documents/draft?changes=marked-up"
	for n := 0; at != ""; n++ {
		a := b.get(at)
		if a.StatusCode != http.StatusOK || len(a.body) > 150_000 || n > 100 {
			t.Fatalf("%s: %d, %d bytes", at, a.StatusCode, len(a.body))
		}
		p := parse(t, a.body)
		seen += len(p.all("article del"))
		at = ""
		if next := p.all("a[rel=next]"); len(next) > 0 {
			at = attr(next[0].Node, "href")
		}
	}
	if seen != 40*60 {
		t.Errorf("%d deletions seen of %d", seen, 40*60)
	}
}

// TestAddressesOfTheFile: an address that the file itself gives to a part that is no provision leads to the provision that holds it.
func TestAddressesOfTheFile(t *testing.T) {
	t.Parallel()
	d := newDesk(t, web.Options{})
	rd, an, err := readClause("text.txt", []byte(firstDraft), nil)
	if err != nil {
		t.Fatal(err)
	}
	rd.Addresses = map[string]string{"art_1__content": "art_1"}
	d.claims(registry.Public, "doc_a", "title", "Agreement", "language", "en", "reading", d.keep(rd), "analysis", d.keep(an))
	b := d.browser()
	if a := b.get("/documents/a/art_1__content"); a.StatusCode != http.StatusFound || a.Header.Get("Location") != "/documents/a/art_1" {
		t.Errorf("%d, %s", a.StatusCode, a.Header.Get("Location"))
	}
	if a := b.get("/documents/a/art_1__nothing"); a.StatusCode != http.StatusNotFound {
		t.Errorf("%d", a.StatusCode)
	}
}
