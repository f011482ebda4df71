package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// release is a source as a person types it.
func release() url.Values {
	return url.Values{"source.url": {"https://ministry.example/a"}, "source.publisher": {"Ministry of A"}, "source.date": {"28 October 2025"}, "source.grade": {"official_release"}, "source.lang": {"en"}}
}

func with(forms ...url.Values) url.Values {
	out := url.Values{}
	for _, f := range forms {
		maps.Copy(out, f)
	}
	return out
}

// enter sends a form, looks at what it will change, and saves it. It gives the preview and where the browser is sent.
func (b *browser) enter(page string, typed url.Values) (preview doc, to string) {
	b.d.t.Helper()
	action, _, _ := strings.Cut(page, "?")
	a := b.send(page, action, with(typed, url.Values{"step": {"preview"}}))
	if a.StatusCode != http.StatusOK {
		b.d.t.Fatalf("preview of %v: %d %s", typed, a.StatusCode, parse(b.d.t, a.body).one(b.d.t, "main"))
	}
	for _, f := range faults(a.body) {
		b.d.t.Errorf("preview: %s", f)
	}
	preview = parse(b.d.t, a.body)
	a = b.post(action, filled(b.d.t, a, action, url.Values{"step": {"save"}}))
	if a.StatusCode != http.StatusSeeOther {
		b.d.t.Fatalf("saving: %d %s", a.StatusCode, parse(b.d.t, a.body).one(b.d.t, "main"))
	}
	return preview, a.Header.Get("Location")
}

// named are the inputs of a name.
func named(d doc, name string) (out []doc) {
	for _, tag := range []string{"input", "select", "textarea"} {
		for _, x := range d.all(tag) {
			if attr(x.Node, "name") == name {
				out = append(out, x)
			}
		}
	}
	return out
}

func negotiation() url.Values {
	return with(release(), url.Values{"n0.value": {"Talks of A and B"}, "n1.value": {"Country AAA\nBBB"}, "e0.key": {"launched_talks"}, "e0.value": {"27 octobre 2025"}, "e0.happened": {"Both sides met."},
		"e1.key": {"round"}, "e1.qualifier": {"2"}, "e1.value": {"spring 2026"}, "lang": {"en"}})
}

func TestEnterNegotiation(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	preview, to := carl.enter("/desk/new?kind=negotiation", negotiation())
	if got := preview.one(t, ".as-read"); !strings.Contains(got, "27 October 2025") || !strings.Contains(got, "March 2026") || !strings.Contains(got, "northern hemisphere") || !strings.Contains(got, "Country AAA") {
		t.Errorf("read back: %s", got)
	}
	if got := preview.one(t, ".changes"); !strings.Contains(got, "New record") || !strings.Contains(got, "Stage or status: Negotiating") {
		t.Errorf("changes: %s", got)
	}
	if got := preview.one(t, "main .notice-error"); !strings.Contains(got, "after the source was published (28 October 2025)") {
		t.Errorf("warnings: %s", got)
	}
	a := carl.get(to)
	got := parse(t, a.body)
	if a.StatusCode != http.StatusOK || got.one(t, ".flash") == "" || !strings.Contains(got.one(t, "main h1"), "Talks of A and B") || !strings.Contains(a.body, "Enter more from the same source") {
		t.Errorf("%d %s", a.StatusCode, got.one(t, "main"))
	}
	for _, f := range faults(a.body) {
		t.Errorf("editor: %s", f)
	}
	if w := d.browser().get("/negotiations/talks-of-a-and-b"); w.StatusCode != http.StatusNotFound {
		t.Errorf("the public gets %d", w.StatusCode)
	}
	if w := carl.get("/negotiations/talks-of-a-and-b"); w.StatusCode != http.StatusOK || !strings.Contains(w.body, "Both sides met.") {
		t.Errorf("the contributor gets %d", w.StatusCode)
	}
	if w := d.as("Rita").get(to); w.StatusCode != http.StatusNotFound {
		t.Errorf("a reader gets the editor: %d", w.StatusCode)
	}
}

// Whatever is wrong, what was typed comes back, with the fault above the form and at the field.
func TestEnterKeepsWhatWasTyped(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	typed := with(negotiation(), url.Values{"e0.value": {"07/10/2025"}, "n1.value": {"Country AAA\nCountry CCC"}, "source.date": {""}, "step": {"preview"}})
	a := carl.send("/desk/new?kind=negotiation", "/desk/new", typed)
	got := parse(t, a.body)
	if a.StatusCode != http.StatusUnprocessableEntity || len(got.all(".errors li")) != 3 {
		t.Fatalf("%d %s", a.StatusCode, got.one(t, ".errors"))
	}
	for _, f := range faults(a.body) {
		t.Errorf("%s", f)
	}
	for name, want := range typed {
		if name == "step" || want[0] == "" {
			continue
		}
		found := ""
		for _, x := range named(got, name) {
			switch x.Data {
			case "textarea":
				found = strings.TrimPrefix(x.FirstChild.Data, "\n")
			case "select":
				if o := x.all("option[selected]"); len(o) > 0 {
					found = attr(o[0].Node, "value")
				}
			default:
				found = attr(x.Node, "value")
			}
		}
		if found != want[0] {
			t.Errorf("%s: %q came back as %q", name, want[0], found)
		}
	}
	var offers []string
	for _, o := range got.all("button.offer") {
		offers = append(offers, attr(o.Node, "value"))
	}
	if len(offers) < 3 || offers[len(offers)-2] != "e0.value=2025-10-07\t07/10/2025" {
		t.Fatalf("%q", offers)
	}
	a = carl.post("/desk/new", filled(t, a, "/desk/new", with(typed, url.Values{"choose": {offers[len(offers)-2]}})))
	if x := named(parse(t, a.body), "e0.value"); a.StatusCode != http.StatusOK || attr(x[0].Node, "value") != "2025-10-07" {
		t.Errorf("the choice: %d", a.StatusCode)
	}
}

// A session that ended, and a step back, lose nothing either.
func TestEnterAfterTheSession(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	form := filled(t, carl.get("/desk/new?kind=negotiation"), "/desk/new", with(negotiation(), url.Values{"step": {"save"}}))
	delete(carl.cookies, "assay_session")
	a := carl.post("/desk/new", form)
	if a.StatusCode != http.StatusForbidden || !strings.Contains(a.body, "Nothing that you typed is lost") {
		t.Fatalf("%d", a.StatusCode)
	}
	a = carl.post("/desk/new", filled(t, a, "/desk/new", url.Values{"_name": {"Carl"}, "_password": {password}}))
	if got := parse(t, a.body); a.StatusCode != http.StatusOK || attr(named(got, "e0.value")[0].Node, "value") != "27 octobre 2025" {
		t.Errorf("%d", a.StatusCode)
	}
}

// A page's text is kept under its hash; places are looked for in it. Too long a text is answered with what to do.
func TestEnterPageText(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	preview, _ := carl.enter("/desk/new?kind=negotiation", with(negotiation(), url.Values{"source.text": {"Communiqué\n\nBoth sides met on 27 October."}, "e0.locator": {"“both sides met”"}, "e1.locator": {"“a second round”"}}))
	if got := preview.one(t, ".as-read"); !strings.Contains(got, "Found in the pasted text") || !strings.Contains(got, "Not found in the pasted text: “a second round”") {
		t.Errorf("%s", got)
	}
	hash := ""
	for _, e := range d.entries() {
		if e.Source != nil && e.Source.Hash != "" {
			hash = e.Source.Hash
		}
	}
	if b, err := d.blobs.Get(hash); err != nil || !strings.HasPrefix(string(b), "Communiqué") {
		t.Errorf("%s: %q %v", hash, b, err)
	}
	a := carl.send("/desk/new?kind=negotiation", "/desk/new", with(negotiation(), url.Values{"source.text": {strings.Repeat("x", 5<<20+1)}, "step": {"preview"}}))
	if got := parse(t, a.body).one(t, ".errors"); a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(got, "5.0 MB; at most 5 MB") {
		t.Errorf("%d %s", a.StatusCode, got)
	}
	form := filled(t, carl.get("/desk/new?kind=negotiation"), "/desk/new", with(negotiation(), url.Values{"source.hash": {strings.Repeat("0", 64)}, "source.mark": {"forged"}, "step": {"preview"}}))
	a = carl.post("/desk/new", form)
	if strings.Contains(a.body, strings.Repeat("0", 64)+`">`) && strings.Contains(a.body, "is kept") {
		t.Error("a hash of someone's own making is taken")
	}
}

// entries are those of the log.
func (d *testDesk) entries() []registry.Entry {
	d.t.Helper()
	all, err := d.log.Read(d.t.Context(), 0, 1<<20)
	if err != nil {
		d.t.Fatal(err)
	}
	var out []registry.Entry
	for _, l := range all {
		out = append(out, l.Entry)
	}
	return out
}

// record is a record as the user sees it.
func (d *testDesk) record(id registry.RecordID, as ...registry.Audience) *registry.Record {
	p, err := d.projection(d.t.Context(), registry.Reader(as...))
	if err != nil {
		d.t.Fatal(err)
	}
	return p.View("").Record(id)
}

// Two correct the same claim: the second gets both, keeps what was typed, and may correct the newer one.
func TestStaleCorrection(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, edda := d.as("Carl"), d.as("Edda")
	id := d.record("pty_BBB").Slot("name", "short").Shown.Entry.ID
	at := "/desk/enter/pty_BBB?corrects=" + string(id)
	slow := filled(t, edda.get(at), "/desk/enter/pty_BBB", url.Values{"f0.value": {"Country of B"}, "source.use": {"src_a"}, "step": {"save"}})
	carl.enter(at, url.Values{"f0.value": {"Beeland"}, "source.use": {"src_a"}})
	a := edda.post("/desk/enter/pty_BBB", slow)
	got := parse(t, a.body)
	if a.StatusCode != http.StatusConflict || !strings.Contains(got.one(t, "main"), "Carl corrected this claim while you were writing") || !strings.Contains(got.one(t, "main"), "Country of B") || !strings.Contains(got.one(t, "main"), "Beeland") {
		t.Fatalf("%d %s", a.StatusCode, got.one(t, "main"))
	}
	for _, f := range faults(a.body) {
		t.Errorf("%s", f)
	}
	a = edda.post("/desk/enter/pty_BBB", filled(t, a, "/desk/enter/pty_BBB", url.Values{"step": {"instead"}}))
	if a.StatusCode != http.StatusOK {
		t.Fatalf("%d %s", a.StatusCode, parse(t, a.body).one(t, "main"))
	}
	if a = edda.post("/desk/enter/pty_BBB", filled(t, a, "/desk/enter/pty_BBB", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", a.StatusCode)
	}
	if got := d.record("pty_BBB", registry.Registry).Title(); got != "Country of B" {
		t.Errorf("shown: %s", got)
	}
	if got := d.record("pty_BBB").Title(); got != "Country BBB" {
		t.Errorf("the public sees %s", got)
	}
}

// Sent twice, a form is saved once.
func TestSavedOnce(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	form := filled(t, carl.get("/desk/enter/pty_BBB"), "/desk/enter/pty_BBB", with(release(), url.Values{"f0.field": {"alias"}, "f0.value": {"Beeland"}, "step": {"save"}}))
	n := len(d.entries())
	for range 3 {
		if a := carl.post("/desk/enter/pty_BBB", form); a.StatusCode != http.StatusSeeOther {
			t.Fatalf("%d", a.StatusCode)
		}
	}
	if got := len(d.entries()) - n; got != 2 {
		t.Errorf("%d entries; want the source and the claim", got)
	}
}

// A second event of one name is not taken for another day of the first without a word: one press numbers it, and nothing is saved by that.
func TestAnotherEvent(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	_, to := carl.enter("/desk/new?kind=negotiation", negotiation())
	rec := registry.RecordID(strings.TrimPrefix(strings.SplitN(to, "?", 2)[0], "/desk/edit/"))
	at := "/desk/enter/" + string(rec)
	typed := with(release(), url.Values{"source.url": {"https://press.example/1"}, "e0.key": {"launched_talks"}, "e0.value": {"3 November 2025"}, "e0.happened": {"They began again."}, "e1.key": {"launched_talks"}, "e1.qualifier": {"2"}, "e1.value": {"November 2025"},
		"step": {"preview"}})
	n := len(d.entries())
	a := carl.send(at, at, typed)
	got := parse(t, a.body)
	if warn := got.one(t, "main .notice-error"); !strings.Contains(warn, "another source names another day (27 October 2025)") {
		t.Fatalf("%s", warn)
	}
	buttons := got.all("button[name=another]")
	if len(buttons) != 1 || attr(buttons[0].Node, "value") != "e0" || attr(buttons[0].Node, "form") != "look" {
		t.Fatalf("%d buttons", len(buttons))
	}
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	a = carl.post(at, filled(t, a, at, url.Values{"another": {"e0"}}))
	if got := parse(t, a.body).one(t, "main"); a.StatusCode != http.StatusOK || strings.Contains(got, "another day") || !strings.Contains(got, "Negotiations launched 3") || len(d.entries()) != n {
		t.Fatalf("%d %s", a.StatusCode, got)
	}
	a = carl.post(at, filled(t, a, at, url.Values{"step": {"save-next"}}))
	if a.StatusCode != http.StatusSeeOther || !strings.HasPrefix(a.Header.Get("Location"), at+"?like=src_") {
		t.Fatalf("%d to %s", a.StatusCode, a.Header.Get("Location"))
	}
	if next := carl.get(a.Header.Get("Location")); !strings.Contains(parse(t, next.body).one(t, ".flash"), "Saved") || attr(named(parse(t, next.body), "e0.value")[0].Node, "value") != "" {
		t.Error("the next form is not empty, or nothing says what was saved")
	}
	next := a.Header.Get("Location") // whose source may be like the one before, if its person says so
	for _, f := range faults(carl.get(next).body) {
		t.Error(f)
	}
	like := url.Values{"source.url": {"https://press.example/2"}, "source.date": {"5 November 2025"}, "e0.key": {"talks_suspended"}, "e0.value": {"5 November 2025"}, "step": {"preview"}}
	if a := carl.send(next, at, like); a.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("without a publisher: %d", a.StatusCode)
	}
	a = carl.send(next, at, with(like, url.Values{"source.same": {"yes"}}))
	if got := parse(t, a.body).one(t, "main"); a.StatusCode != http.StatusOK || !strings.Contains(got, "Ministry of A, 5 November 2025. Official release") {
		t.Errorf("as the one before: %d %s", a.StatusCode, got)
	}
	if a := carl.get(at + "?like=src_nothing"); a.StatusCode != http.StatusOK || strings.Contains(a.body, "source.same") {
		t.Errorf("like a source that is not there: %d", a.StatusCode)
	}
	r := d.record(rec, registry.Registry)
	if s := r.Slot("event", "launched_talks"); len(s.Losing) != 0 || r.Slot("event", "launched_talks:3") == nil {
		t.Errorf("%+v", r.Slots("event"))
	}
	if a := carl.post(at, filled(t, carl.get(at), at, with(typed, url.Values{"another": {"e77"}}))); a.StatusCode >= 500 {
		t.Errorf("a row that is not there: %d", a.StatusCode)
	}
}
