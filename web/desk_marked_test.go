package web_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// trackedDraft is a draft in which somebody deleted words, inserted some and remarked something. All accepted, the words are the same whatever was deleted and remarked.
func trackedDraft(who, deleted, remark string) []byte {
	by := ` w:author="` + who + `" w:date="2026-03-01T10:00:00Z"`
	return sample.Docx(sample.P("Memorandum between Freedonia and Sylvania on Copper")+sample.P("Article 1")+
		`<w:p><w:r><w:t xml:space="preserve">The Parties </w:t></w:r><w:del w:id="1"`+by+`><w:r><w:delText xml:space="preserve">`+deleted+` </w:delText></w:r></w:del><w:ins w:id="2"`+by+`><w:r><w:t xml:space="preserve">shall </w:t></w:r></w:ins><w:commentRangeStart w:id="0"/><w:r><w:t>share data on copper.</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`+
		sample.P("Article 2")+sample.P("Each Party may withdraw in writing."),
		sample.DocxPart("comments", "comments", `<w:comment w:id="0"`+by+`>`+sample.P(remark)+`</w:comment>`))
}

// aTracked brings in a draft with tracked changes as an editor does, and gives the page of what would become public with it.
func aTracked(t *testing.T, d *testDesk, edda *browser, file []byte) (preview answer) {
	t.Helper()
	job := edda.bringIn("/desk/intake", "/desk/intake", "Secretary Quux.docx", file, nil).Header.Get("Location")
	edda.settled(job)
	if a := edda.send(job, job, url.Values{"t0.title": {"Copper memo"}, "t0.type": {"draft"}, "t0.instrument": {"none"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("it does not enter: %d %s", a.StatusCode, a.body)
	}
	if done := edda.settled(job); !strings.Contains(done.body, "Copper memo") {
		t.Fatalf("it did not enter: %s", done.body)
	}
	return publishable(t, edda, "/desk/unpublished")
}

// publishable marks all that waits at an address, and gives the page of what would become public.
func publishable(t *testing.T, b *browser, at string) answer {
	t.Helper()
	list := b.get(at)
	var batches []string
	for _, x := range parse(t, list.body).all("input[name=batch]") {
		batches = append(batches, attr(x.Node, "value"))
	}
	return b.post("/desk/unpublished", filled(t, list, "/desk/unpublished", url.Values{"batch": batches}))
}

func draftsOf(d *testDesk, as ...registry.Audience) (out []*registry.Record) {
	p, err := d.projection(d.t.Context(), registry.Reader(as...))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, r := range p.View("").OfKind(registry.KindDocument) {
		if strings.HasPrefix(r.Title(), "Copper memo") {
			out = append(out, r)
		}
	}
	return out
}

// ofOneServer is what two servers differ in though they hold the same: where they listen, and versions, which come from what is drawn by lot for each entry.
var ofOneServer = regexp.MustCompile(`127\.0\.0\.1(:|%3A|%3a)\d+|W/"[0-9a-f]+"`)

// Tracked changes and comments become public only by a word of their own; the accepted reading alone can be published instead, and then nothing that
// everybody can ask for depends on what was deleted, remarked, or by whom.
func TestPublishAcceptedAlone(t *testing.T) {
	t.Parallel()
	var worlds []map[string]string
	for _, x := range [][3]string{{"Xanadu Xyzzy", "may wish to", "Our minister will never agree to plugh."}, {"Grue Frotz", "ought not to", "Ask for less."}} {
		d := newIntakeDesk(t, web.Options{})
		edda := d.as("Edda")
		before := d.everything()
		preview := aTracked(t, d, edda, trackedDraft(x[0], x[1], x[2]))
		for _, f := range faults(preview.body) {
			t.Error(f)
		}
		if got := parse(t, preview.body).one(t, "#marked-drafts"); !strings.Contains(got, "1 insertion, 1 deletion, 1 comment") || !strings.Contains(got, x[0]) || !strings.Contains(got, "Copper memo") {
			t.Fatalf("it is not said what becomes public: %s", got)
		}
		refused := edda.post("/desk/unpublished", filled(t, preview, "/desk/unpublished", url.Values{"step": {"save"}, "clean": nil}))
		if refused.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(refused.body, "Nothing is public yet") || len(draftsOf(d)) != 0 {
			t.Fatalf("published without a word: %d, %d public", refused.StatusCode, len(draftsOf(d)))
		}
		for _, f := range faults(refused.body) {
			t.Error(f)
		}
		draft := draftsOf(d, registry.Registry)
		if a := edda.post("/desk/unpublished", filled(t, preview, "/desk/unpublished", url.Values{"clean": {"doc_other"}})); a.StatusCode != http.StatusNotFound {
			t.Errorf("a clean text of what was not marked: %d", a.StatusCode)
		}
		made := edda.post("/desk/unpublished", filled(t, preview, "/desk/unpublished", url.Values{"clean": {string(draft[0].ID)}}))
		if made.StatusCode != http.StatusSeeOther || len(draftsOf(d, registry.Registry)) != 2 || len(draftsOf(d)) != 0 {
			t.Fatalf("no clean text: %d %s", made.StatusCode, made.body)
		}
		if now := d.everything(); now["/search.json?q=talks"] != before["/search.json?q=talks"] {
			t.Error("the public sees something of it")
		}
		clean := publishable(t, edda, made.Header.Get("Location"))
		if strings.Contains(clean.body, "marked-drafts") || strings.Contains(clean.body, x[0]) {
			t.Errorf("the clean text is not clean: %s", parse(t, clean.body).text())
		}
		if a := edda.post("/desk/unpublished", filled(t, clean, "/desk/unpublished", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("publish: %d %s", a.StatusCode, a.body)
		}
		public := draftsOf(d)
		if len(public) != 1 || !strings.Contains(public[0].Title(), "changes accepted") {
			t.Fatalf("%d public", len(public))
		}
		world, at := map[string]string{}, public[0].Path()
		for _, p := range []string{"", ".json", ".csv", "?changes=marked-up", "?changes=rejected", "/changes", "/art_1", "/art_1.json", "/assay", "/history", "/cite", "/download?as=akn", "/download?as=txt", "?pane=facts", draft[0].Path()} {
			path := at + p
			if strings.HasPrefix(p, "/documents/") {
				path = p
			}
			a := d.browser().get(path)
			world[p] = a.Status + a.body
			if p == "" && (a.StatusCode != http.StatusOK || !strings.Contains(parse(t, a.body).text(), "shall share data on copper") || strings.Contains(a.body, "Changes rejected")) {
				t.Errorf("the public reads %d %s", a.StatusCode, a.body)
			}
			if strings.HasPrefix(p, "/documents/") {
				delete(world, p) // its address says which draft it is
				if a.StatusCode != http.StatusNotFound {
					t.Errorf("the draft itself is public: %d", a.StatusCode)
				}
			}
		}
		for p, body := range d.everything() {
			world[p] = body
		}
		for p, body := range world {
			for _, hidden := range append(strings.Fields(x[0]), x[1], x[2], "Quux") {
				if strings.Contains(body, hidden) {
					t.Errorf("%s tells %q", p, hidden)
				}
			}
		}
		worlds = append(worlds, world)
	}
	for p := range worlds[0] {
		if worlds[0][p] != worlds[1][p] {
			a, b := ofOneServer.ReplaceAllString(worlds[0][p], ""), ofOneServer.ReplaceAllString(worlds[1][p], "")
			if a == b {
				continue
			}
			i := 0
			for i < min(len(a), len(b)) && a[i] == b[i] {
				i++
			}
			t.Errorf("%s depends on what was not published:\n%.200s\n%.200s", p, a[max(0, i-60):], b[max(0, i-60):])
		}
	}
}

// Who says so publishes a draft as it is.
func TestPublishMarked(t *testing.T) {
	t.Parallel()
	d := newIntakeDesk(t, web.Options{})
	edda := d.as("Edda")
	preview := aTracked(t, d, edda, trackedDraft("Xanadu Xyzzy", "may wish to", "Ask for less."))
	if a := edda.post("/desk/unpublished", filled(t, preview, "/desk/unpublished", url.Values{"step": {"save"}, "marked": {"yes"}, "clean": nil})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", a.StatusCode)
	}
	if a := d.browser().get(draftsOf(d)[0].Path() + "?changes=marked-up"); a.StatusCode != http.StatusOK || !strings.Contains(a.body, "Xanadu Xyzzy") {
		t.Errorf("what was to be public is not: %d", a.StatusCode)
	}
}
