package web_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/ingest"
	"github.com/openassay/assay/intake"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// deskIntake takes files into a test's registry.
type deskIntake struct{ d **testDesk }

func (x deskIntake) importer(a registry.Audience) *ingest.Importer {
	d := *x.d
	rules, err := assay.LoadRules()
	if err != nil {
		d.t.Fatal(err)
	}
	return &ingest.Importer{Log: d.log, Blobs: d.blobs, Rules: rules, Audience: a, Now: func() time.Time { return d.now }, Secret: []byte("of this test")}
}

func (x deskIntake) Look(ctx context.Context, a registry.Audience, f intake.File) (*intake.Looked, error) {
	return x.importer(a).Look(ctx, f)
}

func (x deskIntake) Take(ctx context.Context, a registry.Audience, f intake.File, by string, c map[registry.RecordID]intake.Choice) (*intake.Taken, error) {
	taken, err := x.importer(a).Take(ctx, f, by, c)
	if err != nil {
		return nil, err
	}
	return taken, (*x.d).Commit(ctx, nil)
}

func (x deskIntake) Mend(ctx context.Context, a registry.Audience, m intake.Mend, by string) error {
	if err := x.importer(a).Mend(ctx, m, by); err != nil {
		return err
	}
	return (*x.d).Commit(ctx, nil)
}

func (x deskIntake) Clean(ctx context.Context, a registry.Audience, id registry.RecordID, by string) (registry.RecordID, error) {
	clean, err := x.importer(a).Clean(ctx, id, by)
	if err != nil {
		return "", err
	}
	return clean, (*x.d).Commit(ctx, nil)
}

func newIntakeDesk(t *testing.T, opt web.Options) *testDesk {
	var d *testDesk
	opt.Intake = deskIntake{&d}
	d = newDesk(t, opt)
	return d
}

// bringIn sends a form with a file, as a browser does.
func (b *browser) bringIn(page, action, name string, content []byte, typed url.Values) answer {
	b.d.t.Helper()
	form := filled(b.d.t, b.get(page), action, typed)
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for n, vs := range form {
		for _, v := range vs {
			if err := w.WriteField(n, v); err != nil {
				b.d.t.Fatal(err)
			}
		}
	}
	p, err := w.CreateFormFile("file", name)
	if err != nil {
		b.d.t.Fatal(err)
	}
	p.Write(content)
	w.Close()
	return b.do(http.MethodPost, action, body.String(), "Content-Type", w.FormDataContentType())
}

// settled waits until what a job does is done.
func (b *browser) settled(at string) answer {
	b.d.t.Helper()
	for range 600 {
		a := b.get(at)
		if a.Header.Get("Refresh") == "" {
			return a
		}
		time.Sleep(20 * time.Millisecond)
	}
	b.d.t.Fatal("it is never done")
	return answer{}
}

func TestIntake(t *testing.T) {
	t.Parallel()
	d := newIntakeDesk(t, web.Options{Fetch: func(ctx context.Context, address string) (intake.File, error) {
		if strings.Contains(address, "private") {
			return intake.File{}, registry.Errorf(registry.Invalid, "the address leads into a private network").WithHint("upload the file")
		}
		return intake.File{Name: "memo.txt", Bytes: []byte(otherText), Source: intake.Source{URL: address}}, nil
	}})
	d.claims(registry.Public, "ins_lithium", "title", "Memorandum on Lithium")
	edda := d.as("Edda")
	for _, name := range []string{"Rita", "Carl"} {
		if a := d.as(name).get("/desk/intake"); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s may bring in files: %d", name, a.StatusCode)
		}
	}
	first := edda.get("/desk/intake")
	for _, f := range faults(first.body) {
		t.Error(f)
	}
	if a := edda.bringIn("/desk/intake", "/desk/intake", "", nil, url.Values{"publisher": {"A <b>ministry"}, "date": {"someday"}}); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Choose a file") || !strings.Contains(a.body, "A &lt;b&gt;ministry") || !strings.Contains(a.body, `value="someday"`) {
		t.Errorf("without a file, or what was typed is lost: %d", a.StatusCode)
	}
	before := len(d.record("ins_lithium", registry.Registry).Fields)
	a := edda.bringIn("/desk/intake", "/desk/intake", `..\..\<i>memo.txt`, []byte(strings.ReplaceAll(otherText, "\n", "\r\n")), url.Values{"url": {"https://ministry.gov.example/memo"}})
	job := a.Header.Get("Location")
	if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(job, "/desk/intake/") {
		t.Fatalf("%d to %s: %s", a.StatusCode, job, a.body)
	}
	if a := d.as("Anna").get(job); a.StatusCode != http.StatusNotFound {
		t.Errorf("another editor sees it: %d", a.StatusCode)
	}
	looked := edda.settled(job)
	for _, f := range faults(looked.body) {
		t.Error(f)
	}
	p := parse(t, looked.body)
	if got := p.one(t, ".intake-text"); !strings.Contains(got, "Memorandum on Lithium") || !strings.Contains(got, "English") || !strings.Contains(strings.ToLower(got), "make a record") {
		t.Errorf("what was understood: %s", got)
	}
	if strings.Contains(looked.body, "<i>memo") || strings.Contains(p.text(), "..") {
		t.Error("the name of the file is shown as it came")
	}
	if len(d.record("ins_lithium", registry.Registry).Fields) != before {
		t.Error("looking changed the registry")
	}
	wrong := edda.send(job, job, url.Values{"t0.title": {""}, "t0.version": {"minus"}, "t0.instrument": {"ins_nothing"}, "t0.other": {"https://elsewhere.example/x"}})
	if wrong.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(wrong.body, "Give it a title") || !strings.Contains(wrong.body, "greater than 0") || !strings.Contains(wrong.body, "No instrument is at this address") || !strings.Contains(wrong.body, `value="minus"`) {
		t.Errorf("what is wrong is not said, or lost: %d", wrong.StatusCode)
	}
	if a := edda.send(job, job, url.Values{"t0.leave": {"yes"}}); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "Every text is left out") {
		t.Errorf("nothing was chosen: %d", a.StatusCode)
	}
	if a := edda.send(job, job, url.Values{"t0.title": {"Lithium memo, draft"}, "t0.type": {"draft"}, "t0.version": {"2"}, "t0.instrument": {""}, "t0.other": {"https://registry.example/instruments/lithium"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("it does not enter: %d %s", a.StatusCode, a.body)
	}
	done := edda.settled(job)
	for _, f := range faults(done.body) {
		t.Error(f)
	}
	var entered string
	for _, l := range parse(t, done.body).all("main a") {
		if h := attr(l.Node, "href"); strings.HasPrefix(h, "/documents/") {
			entered = h
		}
	}
	if got := edda.get(entered); !strings.Contains(got.body, "Lithium memo, draft") || !strings.Contains(got.body, "Draft") {
		t.Errorf("it entered as %s: %d", entered, got.StatusCode)
	}
	if a := d.browser().get(entered); a.StatusCode != http.StatusNotFound {
		t.Errorf("the public sees it: %d", a.StatusCode)
	}
	if rows := parse(t, edda.get("/instruments/lithium/versions").body).all("tbody tr"); len(rows) != 1 {
		t.Errorf("it is not among the texts of its instrument: %d", len(rows))
	}
	a = edda.bringIn("/desk/intake", "/desk/intake", "", nil, url.Values{"url": {"https://private.example/x"}})
	if got := edda.settled(a.Header.Get("Location")); !strings.Contains(got.body, "private network. Upload the file.") || !strings.Contains(got.body, "https://private.example/x") {
		t.Error("why the file was not got, or its address, is lost")
	}
	a = edda.bringIn("/desk/intake", "/desk/intake", "", nil, url.Values{"url": {"https://ministry.gov.example/memo.txt"}})
	if got := edda.settled(a.Header.Get("Location")); !strings.Contains(got.body, "Nearly the same text is here already") {
		t.Error("a text nearly the same is not told of")
	}
	a = edda.bringIn("/desk/intake", "/desk/intake", "bad.pdf", []byte("%PDF-1.4 nothing"), nil)
	if got := edda.settled(a.Header.Get("Location")); len(parse(t, got.body).all(".notice-error")) == 0 || len(parse(t, got.body).all(".intake-text")) != 0 {
		t.Error("a file that cannot be read")
	}
	if a := edda.post("/desk/intake", url.Values{"url": {"https://x.example"}}); a.StatusCode == http.StatusSeeOther {
		t.Error("a form without its token is taken")
	}
	if a := edda.get("/desk/intake/nothing"); a.StatusCode != http.StatusNotFound || !strings.Contains(a.body, "bring it in again") {
		t.Errorf("a file that is not in hand: %d", a.StatusCode)
	}
}

// A page is mended: the text has another reading for editors, the public's stays until it is published; what somebody else mended meanwhile is
// not overwritten, and what was typed is not lost. Addresses of the earlier reading lead on.
func TestMendAPage(t *testing.T) {
	t.Parallel()
	d := newIntakeDesk(t, web.Options{})
	rd := scanned(t)
	_, an, err := readClause("text.txt", []byte(firstDraft), nil)
	if err != nil {
		t.Fatal(err)
	}
	d.claims(registry.Public, "doc_scan", "title", "A scan", "document_type", "final", "language", "en", "reading", d.keep(rd), "analysis", d.keep(an))
	edda, public := d.as("Edda"), d.browser()
	const at, action = "/desk/mend/doc_scan?page=2", "/desk/mend/doc_scan"
	if a := d.as("Carl").get(at); a.StatusCode != http.StatusNotFound {
		t.Errorf("a contributor: %d", a.StatusCode)
	}
	form := edda.get(at)
	for _, f := range faults(form.body) {
		t.Error(f)
	}
	words := parse(t, form.body).one(t, "textarea")
	if !strings.HasPrefix(words, "ogical data") {
		t.Fatalf("the words of the page: %q", words)
	}
	otto := filled(t, form, action, url.Values{"words": {"what Otto typed"}})
	if a := edda.send(at, action, url.Values{"words": {words}, "reason": {"nothing"}}); a.StatusCode != http.StatusSeeOther && a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("the same words: %d", a.StatusCode)
	}
	d.now = d.now.Add(time.Minute)
	if a := edda.send(at, action, url.Values{"words": {"ogical maps of the sea within 180 days of signature.\n\n"}, "reason": {"misread"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("it is not mended: %d %s", a.StatusCode, a.body)
	}
	if got := edda.get("/documents/scan"); !strings.Contains(got.body, "maps of the sea") {
		t.Error("the editor sees the earlier reading")
	}
	if got := public.get("/documents/scan"); strings.Contains(got.body, "maps of the sea") || !strings.Contains(got.body, "ogical data") {
		t.Error("the public sees what is not published")
	}
	if a := edda.post(action, otto); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "read anew in the meantime") || !strings.Contains(a.body, "what Otto typed") {
		t.Errorf("what was mended meanwhile: %d", a.StatusCode)
	}
	for _, bad := range []string{"/desk/mend/doc_scan?page=9", "/desk/mend/doc_none?page=1", "/desk/mend/pty_BBB?page=1"} {
		if a := edda.get(bad); a.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", bad, a.StatusCode)
		}
	}
}
