package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/account"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// upload sends a form as browsers send those with multipart/form-data: line ends are CR LF. The fields named in files go as files.
func (b *browser) upload(action string, form url.Values, files ...string) answer {
	b.d.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for n := range form {
			if !yield(n) {
				return
			}
		}
	}) {
		for _, v := range form[name] {
			if slices.Contains(files, name) {
				part, err := w.CreateFormFile(name, name+".csv")
				if err != nil {
					b.d.t.Fatal(err)
				}
				_, _ = part.Write([]byte(v))
			} else if err := w.WriteField(name, strings.ReplaceAll(v, "\n", "\r\n")); err != nil {
				b.d.t.Fatal(err)
			}
		}
	}
	w.Close()
	return b.do(http.MethodPost, action, body.String(), "Content-Type", w.FormDataContentType())
}

// typedOf is what a form holds for a name: of inputs, long fields, lists and ticks.
func typedOf(d doc, name string) string {
	for _, x := range named(d, name) {
		switch x.Data {
		case "textarea":
			if x.FirstChild != nil {
				return strings.TrimPrefix(x.FirstChild.Data, "\n")
			}
		case "select":
			for _, o := range x.all("option[selected]") {
				return attr(o.Node, "value")
			}
		default:
			if attr(x.Node, "type") == "checkbox" && len(x.Attr) > 0 {
				for _, a := range x.Attr {
					if a.Key == "checked" {
						return attr(x.Node, "value")
					}
				}
				return ""
			}
			return attr(x.Node, "value")
		}
	}
	return ""
}

// comesBack checks that everything that was typed is in the form again, but what is named.
func comesBack(t *testing.T, a answer, typed url.Values, but ...string) {
	t.Helper()
	got := parse(t, a.body)
	for name, want := range typed {
		if name == "step" || name == "token" || strings.HasPrefix(name, "_") || slices.Contains(but, name) {
			continue
		}
		if found := typedOf(got, name); found != want[0] {
			t.Errorf("%s: %.60q came back as %.60q", name, want[0], found)
		}
	}
}

// A page's text of 5 MB is taken; a longer one is refused with what to do, and whatever else was typed comes back, with and without a session.
func TestLongPageText(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	const at = "/desk/new?kind=negotiation"
	form := func(n int) url.Values {
		line := strings.Repeat("Both sides met. ", 8) + "\n"
		text := strings.Repeat(line, n/len(line)+1)[:n-1] + "!"
		return filled(t, carl.get(at), "/desk/new", with(negotiation(), url.Values{"source.text": {text}, "step": {"preview"}}))
	}
	a := carl.upload("/desk/new", form(5<<20))
	if a.StatusCode != http.StatusOK || len(a.body) > 150<<10 {
		t.Fatalf("5 MB: %d, %d bytes, %s", a.StatusCode, len(a.body), parse(t, a.body).one(t, "main"))
	}
	if a = carl.post("/desk/new", filled(t, a, "/desk/new", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("saving: %d", a.StatusCode)
	}
	kept := 0
	for _, e := range d.entries() {
		if e.Source != nil && e.Source.Hash != "" {
			b, err := d.blobs.Get(e.Source.Hash)
			if err != nil {
				t.Fatal(err)
			}
			kept = len(b)
		}
	}
	if kept != 5<<20 {
		t.Errorf("%d bytes are kept", kept)
	}
	typed := form(5<<20 + 1)
	a = carl.upload("/desk/new", typed)
	if got := parse(t, a.body); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got.one(t, ".errors"), "at most 5 MB are kept") {
		t.Fatalf("a byte more: %d", a.StatusCode)
	}
	comesBack(t, a, typed)
	typed = form(9 << 20)
	a = carl.upload("/desk/new", typed)
	if got := parse(t, a.body); a.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(got.one(t, "main .notice-error"), "has 9.1 MB") || len(a.body) > 150<<10 {
		t.Fatalf("9 MB: %d %s", a.StatusCode, got.one(t, "main"))
	}
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	comesBack(t, a, typed, "source.text")
	d.now = d.now.Add(account.IdleLimit + time.Hour)
	a = carl.upload("/desk/new", typed)
	if got := parse(t, a.body).one(t, "main"); a.StatusCode != http.StatusForbidden || !strings.Contains(got, "has 9.1 MB") {
		t.Fatalf("9 MB after the session: %d %s", a.StatusCode, got)
	}
	a = carl.post("/desk/new", filled(t, a, "/desk/new", url.Values{"_name": {"Carl"}, "_password": {password}}))
	comesBack(t, a, typed, "source.text")
	if a := d.browser().upload("/desk/new", url.Values{"source.text": {strings.Repeat("x", 80<<20)}}); a.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("80 MB: %d", a.StatusCode)
	}
}

// A file that is too long is refused, and what was pasted beside it stays.
func TestLongFile(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	typed := filled(t, carl.get("/desk/csv"), "/desk/csv", url.Values{"claims-file": {strings.Repeat("neg_x,title,,Talks X,src_x\n", 300_000)}, "sources": {"id,url\nsrc_x,https://a.example/"}})
	a := carl.upload("/desk/csv", typed, "claims-file")
	if got := parse(t, a.body); a.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(got.one(t, "main .notice-error"), "claims-file.csv") || typedOf(got, "sources") != "id,url\nsrc_x,https://a.example/" {
		t.Errorf("%d %s", a.StatusCode, got.one(t, "main"))
	}
}

// A source without a date is asked for one; where it bears none, that is said, kept and shown.
func TestSourceWithoutDate(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	typed := with(negotiation(), url.Values{"source.date": {""}, "step": {"preview"}})
	a := carl.send("/desk/new?kind=negotiation", "/desk/new", typed)
	if got := parse(t, a.body); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got.one(t, ".errors"), "mark that it bears no date") {
		t.Fatalf("%d %s", a.StatusCode, got.one(t, ".errors"))
	}
	comesBack(t, a, typed)
	preview, to := carl.enter("/desk/new?kind=negotiation", with(typed, url.Values{"source.undated": {"yes"}}))
	if got := preview.one(t, "main .notice-error"); !strings.Contains(got, "bears no date") || !strings.Contains(got, "counts as known from today") {
		t.Errorf("%s", got)
	}
	src := ""
	for _, e := range d.entries() {
		if e.Source != nil && e.Source.ID != "src_a" {
			if src = string(e.Source.ID); e.Source.Date != "" {
				t.Errorf("%+v", e.Source)
			}
		}
	}
	if got := carl.get("/sources/" + src); got.StatusCode != http.StatusOK || !strings.Contains(parse(t, got.body).one(t, "main"), "undated") {
		t.Errorf("%d %s of %s", got.StatusCode, parse(t, got.body).one(t, "main"), to)
	}
	if a := carl.send("/desk/new?kind=negotiation", "/desk/new", with(negotiation(), url.Values{"source.url": {"https://ministry.example/b"}, "source.undated": {"yes"}, "step": {"preview"}})); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("a date and the mark that there is none: %d", a.StatusCode)
	}
}

// A currency of the past is taken as the source has it; who enters it and who reads it are told what it was, and it is never converted. One that
// never was is refused.
func TestCurrencyOfThePast(t *testing.T) {
	for typed, want := range map[string][2]string{
		"ZMK 4.5 billion":          {"ZMK 4.5 billion", "Zambian kwacha before rebasing, replaced by ZMW in 2013"},
		"50 million French francs": {"FRF 50 million", "French franc, replaced by EUR in 2002"},
		"FRF 1,200,000":            {"FRF 1.2 million", "French franc, replaced by EUR in 2002"},
	} {
		d := newDesk(t, web.Options{})
		carl, edda := d.as("Carl"), d.as("Edda")
		preview, _ := carl.enter("/desk/new?kind=financing", with(release(), url.Values{"n0.value": {"A loan"}, "n3.value": {typed}}))
		if got := preview.one(t, ".as-read"); !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), want[0]) || strings.Count(got, want[1]) != 1 || !strings.Contains(got, "not converted") {
			t.Errorf("%s: %s", typed, got)
		}
		list := edda.get("/desk/unpublished")
		form := filled(t, list, "/desk/unpublished", url.Values{"batch": {attr(parse(t, list.body).all("input[name=batch]")[0].Node, "value")}})
		a := edda.post("/desk/unpublished", form)
		if a = edda.post("/desk/unpublished", filled(t, a, "/desk/unpublished", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("publish: %d", a.StatusCode)
		}
		a = d.browser().get("/financing/a-loan")
		got := strings.ReplaceAll(parse(t, a.body).one(t, "main"), "\u00a0", " ")
		if a.StatusCode != http.StatusOK || !strings.Contains(got, want[0]) || !strings.Contains(got, want[1]) {
			t.Errorf("%s: the public reads %s", typed, got)
		}
	}
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	typed := with(release(), url.Values{"n0.value": {"A loan"}, "n3.value": {"500 million kwacha"}, "step": {"preview"}})
	a := carl.send("/desk/new?kind=financing", "/desk/new", typed)
	if got := parse(t, a.body); a.StatusCode != http.StatusUnprocessableEntity || len(got.all("button.offer")) != 3 {
		t.Errorf("kwacha of which country and time: %d %s", a.StatusCode, got.one(t, ".errors"))
	}
	comesBack(t, a, typed)
	typed.Set("n3.value", "QQQ 5 million")
	if a := carl.send("/desk/new?kind=financing", "/desk/new", typed); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(parse(t, a.body).one(t, ".errors"), "QQQ is no currency that is known") {
		t.Errorf("QQQ: %d %s", a.StatusCode, parse(t, a.body).one(t, ".errors"))
	}
}

// One takes a claim back while another corrects it: the second is told who and why, keeps what was typed, and may add it beside.
func TestCorrectedWhileTakenBack(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, edda := d.as("Carl"), d.as("Edda")
	_, to := carl.enter("/desk/new?kind=negotiation", negotiation())
	rec := strings.TrimPrefix(strings.SplitN(to, "?", 2)[0], "/desk/edit/")
	id := string(d.record(registry.RecordID(rec), registry.Registry).Slot("event", "launched_talks").Shown.Entry.ID)
	at, action := "/desk/enter/"+rec+"?corrects="+id, "/desk/enter/"+rec
	slow := carl.send(at, action, url.Values{"f0.value": {"28 October 2025"}, "source.use": {"src_a"}, "step": {"preview"}}) // seen, not yet saved
	edda.confirm("/desk/claims/"+id, "/desk/claims/"+id, "retract", url.Values{"reason": {"of another deal"}})
	n := len(d.entries())
	a := carl.post(action, filled(t, slow, action, url.Values{"step": {"save"}}))
	got := parse(t, a.body).one(t, "main")
	if a.StatusCode != http.StatusConflict || !strings.Contains(got, "Edda took this claim back while you were writing") || !strings.Contains(got, "of another deal") || !strings.Contains(got, "28 October 2025") || len(d.entries()) != n {
		t.Fatalf("%d %s", a.StatusCode, got)
	}
	a = carl.post(action, filled(t, a, action, url.Values{"step": {"preview"}}))
	if a = carl.post(action, filled(t, a, action, url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", a.StatusCode)
	}
	if s := d.record(registry.RecordID(rec), registry.Registry).Slot("event", "launched_talks"); s == nil || s.Shown.Value.Raw != "2025-10-28" {
		t.Errorf("%+v", s)
	}
}

// Whatever form of the desk was open when the session ended, what was typed is there again after signing in, and is saved once it is sent.
func TestExpiredSessionAtTheEditor(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	end := func() { d.now = d.now.Add(account.IdleLimit + time.Hour) }
	again := func(b *browser, name, action string, a answer) answer {
		t.Helper()
		if a.StatusCode != http.StatusForbidden || !strings.Contains(a.body, "Nothing that you typed is lost") {
			t.Fatalf("%s: %d", action, a.StatusCode)
		}
		a = b.post(action, filled(t, a, action, url.Values{"_name": {name}, "_password": {"not the right one"}}))
		a = b.post(action, filled(t, a, action, url.Values{"_name": {name}, "_password": {password}}))
		if a.StatusCode != http.StatusOK || !strings.Contains(parse(t, a.body).one(t, "main .notice-error"), "Nothing has been saved yet") {
			t.Fatalf("%s: %d", action, a.StatusCode)
		}
		return a
	}
	// a new record, after its preview, with a page's text that is kept already
	typed := with(negotiation(), url.Values{"source.text": {"Both sides met on 27 October."}, "source.undated": {""}, "e0.locator": {"“both sides met”"}, "f0.field": {"mineral"}, "f0.value": {"Qwertium\nZ"}, "f0.not": {"yes"}, "step": {"preview"}})
	typed.Del("source.undated")
	a := carl.send("/desk/new?kind=negotiation", "/desk/new", typed)
	if a.StatusCode != http.StatusUnprocessableEntity { // the minerals are not there; the text is kept
		t.Fatalf("%d", a.StatusCode)
	}
	typed.Del("source.text")
	form := filled(t, a, "/desk/new", typed)
	end()
	a = again(carl, "Carl", "/desk/new", carl.upload("/desk/new", form))
	comesBack(t, a, typed)
	typed.Set("f0.value", "")
	a = carl.upload("/desk/new", filled(t, a, "/desk/new", typed))
	if got := parse(t, a.body).one(t, "main"); a.StatusCode != http.StatusOK || !strings.Contains(got, "Found in the pasted text") {
		t.Fatalf("%d %s", a.StatusCode, got)
	}
	form = filled(t, a, "/desk/new", url.Values{"step": {"save"}})
	end()
	a = again(carl, "Carl", "/desk/new", carl.upload("/desk/new", form))
	comesBack(t, a, typed)
	if a = carl.upload("/desk/new", filled(t, a, "/desk/new", with(typed, url.Values{"step": {"save"}}))); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", a.StatusCode)
	}
	rec := registry.RecordID(strings.TrimPrefix(strings.SplitN(a.Header.Get("Location"), "?", 2)[0], "/desk/edit/"))
	id := string(d.record(rec, registry.Registry).Slot("event", "launched_talks").Shown.Entry.ID)
	if src := d.record(rec, registry.Registry).Slot("event", "launched_talks").Shown.Source; src.Hash == "" {
		t.Error("the page's text was lost")
	}
	// a claim taken back
	form = with(hiddenOf(t, carl.get("/desk/claims/"+id), "/desk/claims/"+id, "retract"), url.Values{"reason": {"of another deal"}})
	end()
	a = again(carl, "Carl", "/desk/claims/"+id, carl.post("/desk/claims/"+id, form))
	comesBack(t, a, url.Values{"reason": {"of another deal"}})
	// a table, as a file
	rows := "record,field,key,value,source\nneg_x,title,,Talks X,src_a\n"
	form = filled(t, carl.get("/desk/csv"), "/desk/csv", url.Values{"claims-file": {rows}, "sources": {"id,url"}})
	end()
	a = again(carl, "Carl", "/desk/csv", carl.upload("/desk/csv", form, "claims-file"))
	comesBack(t, a, url.Values{"claims": {rows}, "sources": {"id,url"}})
	// what is marked to be published, and the remark
	edda := d.as("Edda")
	list := edda.get("/desk/unpublished")
	batch := attr(parse(t, list.body).all("input[name=batch]")[0].Node, "value")
	a = edda.post("/desk/unpublished", filled(t, list, "/desk/unpublished", url.Values{"batch": {batch}}))
	form = filled(t, a, "/desk/unpublished", url.Values{"reason": {"As agreed"}, "step": {"save"}})
	end()
	a = again(edda, "Edda", "/desk/unpublished", edda.post("/desk/unpublished", form))
	comesBack(t, a, url.Values{"reason": {"As agreed"}})
	if d.record(rec) != nil {
		t.Error("it was published without being sent again")
	}
	if a = edda.post("/desk/unpublished", filled(t, a, "/desk/unpublished", url.Values{"reason": {"As agreed"}, "step": {"save"}})); a.StatusCode != http.StatusSeeOther || d.record(rec) == nil {
		t.Errorf("published: %d", a.StatusCode)
	}
}

// After the server was started anew, a text that was pasted before is never lost in silence.
func TestPageTextAfterRestart(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	typed := with(negotiation(), url.Values{"source.text": {"Both sides met on 27 October."}, "step": {"preview"}})
	a := carl.send("/desk/new?kind=negotiation", "/desk/new", typed)
	form := filled(t, a, "/desk/new", url.Values{"step": {"save"}})
	d.restart()
	n := len(d.entries())
	a = carl.post("/desk/new", form)
	got := parse(t, a.body)
	if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got.one(t, ".errors"), "paste it again") || len(d.entries()) != n {
		t.Fatalf("%d %s", a.StatusCode, got.one(t, "main"))
	}
	comesBack(t, a, typed, "source.text")
	if a = carl.post("/desk/new", filled(t, a, "/desk/new", with(typed, url.Values{"step": {"save"}}))); a.StatusCode != http.StatusSeeOther {
		t.Errorf("%d", a.StatusCode)
	}
}

// A long text outlives the end of the session, whatever its letters: the form that carries it over the sign-in does not make it longer.
func TestLongTextAfterTheSession(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	text := strings.Repeat("双方会面。\n", 5<<20/16-1)
	form := filled(t, carl.get("/desk/new?kind=negotiation"), "/desk/new", with(negotiation(), url.Values{"source.text": {text}, "step": {"preview"}}))
	d.now = d.now.Add(account.IdleLimit + time.Hour)
	a := carl.upload("/desk/new", form)
	if a.StatusCode != http.StatusForbidden {
		t.Fatalf("%d", a.StatusCode)
	}
	for _, f := range parse(t, a.body).all("form[method=post]") {
		if attr(f.Node, "action") == "/desk/new" && attr(f.Node, "enctype") != "multipart/form-data" {
			t.Error("the form that carries the text over the sign-in makes it three times as long")
		}
	}
	a = carl.upload("/desk/new", filled(t, a, "/desk/new", url.Values{"_name": {"Carl"}, "_password": {password}}))
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%d %.300s", a.StatusCode, parse(t, a.body).one(t, "main"))
	}
	comesBack(t, a, with(negotiation(), url.Values{"source.text": {text}}))
}
