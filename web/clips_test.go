package web_test

import (
	"archive/zip"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

const otherText = "Memorandum on Lithium\n\nThe Participants have reached the following understanding:\n\n1. Data\n\nThe Participants intend to share geological data each year.\n\n2. Nature\n\nThis Memorandum is not legally binding.\n"

// twoTexts are a public text and one that only editors see.
func twoTexts(t *testing.T) (d *testDesk, open, hidden string) {
	d = newDesk(t, web.Options{BaseURL: "https://registry.example"})
	d.document("doc_open", findText)
	d.document("doc_soft", otherText)
	rd, an, err := readClause("text.txt", []byte(strings.ReplaceAll(otherText, "Lithium", "Cobalt")), nil)
	if err != nil {
		t.Fatal(err)
	}
	d.claims(registry.Registry, "doc_hidden", "title", "A hidden text", "document_type", "draft", "reading", d.keep(rd), "analysis", d.keep(an))
	return d, strings.TrimPrefix(d.record("doc_open").Path(), "/"), strings.TrimPrefix(d.record("doc_hidden", registry.Registry).Path(), "/")
}

func TestClips(t *testing.T) {
	t.Parallel()
	d, open, _ := twoTexts(t)
	b := d.browser()
	soft := strings.TrimPrefix(d.record("doc_soft").Path(), "/")
	list := "c=" + open + "/art_1&c=" + soft + "/sec_1&t=My+%3Cb%3Elist"
	a := b.get("/clips?" + list)
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	p := parse(t, a.body)
	if got := p.all(".clip blockquote"); len(got) != 2 || !strings.Contains(got[0].text(), "share data on copper") || !strings.Contains(got[1].text(), "geological data") {
		t.Errorf("the clips: %v", got)
	}
	if got := p.one(t, "h1"); got != "My <b>list" {
		t.Errorf("its name: %s", got)
	}
	link := attr(p.all(".keep a")[0].Node, "href")
	if !strings.HasPrefix(link, "https://registry.example/clips?") {
		t.Errorf("the link: %s", link)
	}
	if again := b.get(strings.TrimPrefix(link, "https://registry.example")); again.body != a.body {
		t.Error("the link leads to another list")
	}
	for _, x := range p.all(".clip a") { // up and off
		h := attr(x.Node, "href")
		if !strings.HasPrefix(h, "/clips") {
			continue
		}
		u, err := url.Parse(h)
		if err != nil {
			t.Fatal(err)
		}
		got := u.Query()["c"]
		switch {
		case strings.HasPrefix(x.text(), "Move up") && (len(got) != 2 || got[0] != soft+"/sec_1"):
			t.Errorf("up: %v", got)
		case strings.HasPrefix(x.text(), "Take off") && len(got) != 1:
			t.Errorf("off: %v", got)
		}
	}
	for typed, want := range map[string]string{"https://registry.example/" + open + "/art_2?lang=en#x": open + "/art_2", "/" + open + "/art_2": open + "/art_2", "instruments/x/history": "instruments/x", "javascript:alert(1)": "", "documents": ""} {
		p := parse(t, b.get("/clips?add="+url.QueryEscape(typed)).body)
		got := ""
		if in := p.all("input[name=c]"); len(in) > 0 {
			got = attr(in[0].Node, "value")
		}
		if strings.HasPrefix(want, "documents/") && got != want {
			t.Errorf("pasted %q: %q", typed, got)
		}
	}
	offered := parse(t, b.get("/clips?c="+open+"/art_1&q=geological").body).all(".offer-add")
	if len(offered) == 0 || !strings.Contains(attr(offered[0].Node, "href"), url.QueryEscape(soft)) {
		t.Error("the search offers nothing")
	}
	var data struct {
		Clips []struct{ EID, Text, Strength, Path string }
	}
	if err := json.Unmarshal([]byte(b.get("/clips.json?"+list).body), &data); err != nil || len(data.Clips) != 2 || data.Clips[0].EID != "art_1" || data.Clips[1].Strength != "Plans to do" {
		t.Errorf("as data: %+v %v", data, err)
	}
	if a := b.get("/clips.csv?" + list); strings.Count(a.body, "\"/"+open) != 0 && a.StatusCode != 200 || !strings.Contains(a.body, "geological data") {
		t.Errorf("as a table: %s", a.body)
	}
	z := b.get("/clips?as=zip&" + list)
	r, err := zip.NewReader(strings.NewReader(z.body), int64(len(z.body)))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range r.File {
		names = append(names, f.Name)
	}
	if got := strings.Join(names, " "); !strings.Contains(got, ".docx") || !strings.Contains(got, ".csv") || !strings.Contains(got, "texts/02-") || strings.Contains(got, "..") {
		t.Errorf("the archive holds %s", got)
	}
	if w := b.get("/clips?as=docx&" + list); w.Header.Get("Content-Type") != "application/vnd.openxmlformats-officedocument.wordprocessingml.document" || !strings.HasPrefix(w.body, "PK") || w.body != b.get("/clips?as=docx&"+list).body {
		t.Error("the document is none, or another each time")
	}
	if a := b.get("/clips?as=exe&" + list); a.StatusCode != http.StatusBadRequest {
		t.Errorf("a form that is not there: %d", a.StatusCode)
	}
	if got := b.get("/clips?c=" + open); !strings.Contains(got.body, "The text from its beginning") {
		t.Error("a whole text")
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	d, open, _ := twoTexts(t)
	b := d.browser()
	soft := strings.TrimPrefix(d.record("doc_soft").Path(), "/")
	page := func(query string) doc {
		t.Helper()
		a := b.get("/compare" + query)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", query, a.StatusCode)
		}
		for _, f := range faults(a.body) {
			t.Errorf("%s: %s", query, f)
		}
		return parse(t, a.body)
	}
	if got := page("").text(); !strings.Contains(got, "Choose 2 instruments") {
		t.Error("an empty board does not say what to do")
	}
	if got := page("?of=" + open).text(); !strings.Contains(got, "Choose 1 more") {
		t.Error("a board of one")
	}
	p := page("?of=" + open + "&of=" + soft)
	if got := p.text(); !strings.Contains(got, "Obligation") || !strings.Contains(got, "3 of 3") || !strings.Contains(got, "0 of 3") || !strings.Contains(got, "Geological data") {
		t.Error("two texts")
	}
	p = page("?of=" + open + "/art_1&of=" + soft + "/sec_1")
	if got := p.text(); !strings.Contains(got, "Must do") || !strings.Contains(got, "Plans to do") || !strings.Contains(got, "every year") || strings.Contains(got, "Scales of the text") {
		t.Errorf("two provisions: %s", got)
	}
	p = page("?of=" + open + "/art_1&of=" + soft)
	if got := p.text(); !strings.Contains(got, "Scales of the text") {
		t.Error("a provision beside a text")
	}
	var many []string
	for range 9 {
		many = append(many, "of="+open+"/art_1", "of="+open+"/art_2", "of="+soft+"/sec_1", "of="+soft+"/sec_2", "of="+open, "of="+soft, "of="+soft+"/cover")
	}
	if got := page("?" + strings.Join(many, "&")); len(got.all(".board-heads li")) != 6 || !strings.Contains(got.text(), "at most 6") {
		t.Error("more than six, or one twice")
	}
	if a := b.get("/compare?areas=moon&of=" + open); a.StatusCode != http.StatusBadRequest {
		t.Errorf("topics that are not there: %d", a.StatusCode)
	}
	var data struct {
		Of   []string
		Rows []struct {
			Topic string
			Cells []struct{ Says, State string }
		}
	}
	if err := json.Unmarshal([]byte(b.get("/compare.json?of="+open+"&of="+soft).body), &data); err != nil || len(data.Of) != 2 || len(data.Rows) < 5 || len(data.Rows[0].Cells) != 2 {
		t.Errorf("as data: %+v %v", data, err)
	}
	if a := b.get("/compare.csv?of=" + open + "&of=" + soft); !strings.Contains(a.body, "3 of 3") {
		t.Errorf("as a table: %s", a.body)
	}
}

// What a visitor may not see is answered as what is not there: the same words on every page that takes its address from the visitor.
func TestHiddenTextsAreAsAbsent(t *testing.T) {
	t.Parallel()
	d, open, hidden := twoTexts(t)
	b, edda := d.browser(), d.as("Edda")
	absent := "documents/" + strings.Repeat("x", len(strings.TrimPrefix(hidden, "documents/")))
	for _, at := range []string{"/clips?c=%s", "/clips?c=%s/sec_1", "/clips.json?c=%s/sec_1", "/clips.csv?c=%s/sec_1", "/clips?as=docx&c=%s/sec_1", "/clips?as=zip&c=%s/sec_1", "/clips?add=%s/sec_1",
		"/compare?of=%s&of=" + open, "/compare?of=%s/sec_1&of=" + open, "/compare.json?of=%s&of=" + open, "/compare.csv?of=%s&of=" + open, "/%s", "/%s?find=data", "/%s?pane=facts", "/%s/cite", "/%s/cite?as=ris", "/%s/cite?eid=sec_1", "/%s/sec_1", "/%s/assay"} {
		one, other := b.get(strings.ReplaceAll(at, "%s", hidden)), b.get(strings.ReplaceAll(at, "%s", absent))
		same := func(s string) string {
			for _, x := range []string{absent, hidden} {
				s = strings.ReplaceAll(strings.ReplaceAll(s, x, "THIS"), url.QueryEscape(x), "THIS")
				x = strings.TrimPrefix(x, "documents/")
				s = strings.ReplaceAll(s, x, "THIS")
				s = strings.ReplaceAll(s, strings.ReplaceAll(x, "-", " "), "THIS")
				s = strings.ReplaceAll(s, strings.ReplaceAll(x, "-", "+"), "THIS")
			}
			return s
		}
		if one.StatusCode != other.StatusCode || !strings.Contains(at, "as=zip") && same(one.body) != same(other.body) || // packed, the two names are of different lengths
			one.Header.Get("Content-Type") != other.Header.Get("Content-Type") {
			t.Errorf("%s tells a hidden text from none: %d and %d", at, one.StatusCode, other.StatusCode)
		}
		if strings.Contains(one.body, "Cobalt") || strings.Contains(one.body, "A hidden text") {
			t.Errorf("%s shows it", at)
		}
	}
	if a := edda.get("/clips?c=" + hidden + "/sec_1"); !strings.Contains(a.body, "geological data") {
		t.Error("who may see it does not")
	}
	for _, at := range []string{"/clips?q=Cobalt", "/compare?q=Cobalt", "/compare?q=hidden"} {
		if got := b.get(at).body; strings.Contains(got, strings.TrimPrefix(hidden, "documents/")+"/") || strings.Contains(got, "A hidden text") {
			t.Errorf("%s offers it", at)
		}
	}
}
