package web_test

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// confirm sends a form of a page, sees what will change, and confirms.
func (b *browser) confirm(page, action, act string, typed url.Values) (preview doc, to string) {
	b.d.t.Helper()
	a := b.get(page)
	form := with(hiddenOf(b.d.t, a, action, act), typed)
	a = b.post(action, form)
	if a.StatusCode != http.StatusOK {
		b.d.t.Fatalf("%s %s: %d %s", act, page, a.StatusCode, parse(b.d.t, a.body).one(b.d.t, "main"))
	}
	for _, f := range faults(a.body) {
		b.d.t.Errorf("%s: %s", action, f)
	}
	preview = parse(b.d.t, a.body)
	if a = b.post(action, filled(b.d.t, a, action, url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		b.d.t.Fatalf("%s: %d", action, a.StatusCode)
	}
	return preview, a.Header.Get("Location")
}

// hiddenOf are the hidden fields of the form for an act, of several that go to one address.
func hiddenOf(t testing.TB, a answer, action, act string) url.Values {
	t.Helper()
	for _, f := range parse(t, a.body).all("form[method=post]") {
		form := url.Values{}
		for _, i := range f.all("input") {
			if attr(i.Node, "type") == "hidden" {
				form.Add(attr(i.Node, "name"), attr(i.Node, "value"))
			}
		}
		if attr(f.Node, "action") == action && form.Get("act") == act {
			return form
		}
	}
	t.Fatalf("no form %s for %s in %d", act, action, a.StatusCode)
	return nil
}

// everything is every public page of a little registry, as bytes, with its headers.
func (d *testDesk) everything() map[string]string {
	d.t.Helper()
	return d.browser().everything()
}

// everything is the same as this browser's user is answered.
func (b *browser) everything() map[string]string {
	b.d.t.Helper()
	out := map[string]string{}
	paths := []string{"/", "/negotiations", "/negotiations.json", "/negotiations.csv", "/parties", "/parties/BBB", "/parties/BBB.json", "/parties/BBB.csv", "/parties/BBB/history", "/parties/AAA",
		"/sources", "/sources.json", "/sources/src_a", "/search?q=talks", "/search?q=beeland", "/data", "/findings", "/negotiations/talks-of-a-and-b", "/negotiations/talks-of-a-and-b/history", "/help", "/desk", "/desk/edit/pty_BBB",
		"/negotiations?as_of=2026-12-31", "/parties/BBB?as_of=2026-01-02", "/parties/BBB/history?from=2020-01-01&to=2026-12-31", "/negotiations?party=AAA", "/negotiations?party=BBB", "/search?q=ministry.example", "/search?q=neg_x", "/search.json?q=talks",
		"/sources?q=ministry", "/sources.csv", "/data.json", "/method", "/glossary", "/corrections", "/takedowns", "/erasures", "/corrections/new?about=pty_BBB", "/nowhere"}
	for _, kind := range []string{"instruments", "minerals", "forums", "programmes", "projects", "financing", "laws"} {
		paths = append(paths, "/"+kind, "/"+kind+".json", "/"+kind+".csv")
	}
	for _, path := range paths {
		a := b.get(path)
		a.Header.Del("Date")
		out[path] = a.Status + strings.Join(slices.Sorted(maps.Keys(a.Header)), " ") + a.Header.Get("ETag") + a.Header.Get("Last-Modified") + a.body
	}
	return out
}

// Nothing that a contributor does changes one byte of what everybody sees.
func TestEnteringChangesNothingPublic(t *testing.T) {
	d := newDesk(t, web.Options{})
	before := d.everything()
	carl := d.as("Carl")
	_, at := carl.enter("/desk/new?kind=negotiation", negotiation())
	rec := strings.TrimPrefix(strings.SplitN(at, "?", 2)[0], "/desk/edit/")
	id := string(d.record("pty_BBB").Slot("name", "short").Shown.Entry.ID)
	carl.enter("/desk/enter/pty_BBB?corrects="+id, url.Values{"f0.value": {"Beeland"}, "source.use": {"src_a"}})
	carl.enter("/desk/enter/pty_BBB", with(release(), url.Values{"f0.field": {"alias"}, "f0.value": {"B"}}))
	mine := string(d.record(registry.RecordID(rec), registry.Registry).Slot("event", "launched_talks").Shown.Entry.ID)
	carl.confirm("/desk/claims/"+mine, "/desk/claims/"+mine, "retract", url.Values{"reason": {"misread"}})
	now := d.everything()
	for path, want := range before {
		if now[path] != want {
			t.Errorf("%s has changed", path)
		}
	}
	if w := carl.get("/parties/BBB"); !strings.Contains(w.body, "Beeland") || !strings.Contains(w.body, "/desk/edit/pty_BBB") {
		t.Errorf("the contributor does not see it, or cannot go on editing: %s", parse(t, w.body).text())
	}
}

func TestRetractUndoHistory(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, edda := d.as("Carl"), d.as("Edda")
	_, at := carl.enter("/desk/new?kind=negotiation", negotiation())
	rec := registry.RecordID(strings.TrimPrefix(strings.SplitN(at, "?", 2)[0], "/desk/edit/"))
	stage := func() string { return d.record(rec, registry.Registry).Stage().Code }
	if stage() != "negotiating" {
		t.Fatalf("stage %s", stage())
	}
	for _, key := range []string{"round:2", "launched_talks"} {
		id := string(d.record(rec, registry.Registry).Slot("event", key).Shown.Entry.ID)
		page := carl.get("/desk/claims/" + id)
		for _, f := range faults(page.body) {
			t.Errorf("claim: %s", f)
		}
		a := carl.post("/desk/claims/"+id, hiddenOf(t, page, "/desk/claims/"+id, "retract"))
		if a.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(a.body, "The reason is missing") {
			t.Errorf("without a reason: %d", a.StatusCode)
		}
		preview, _ := carl.confirm("/desk/claims/"+id, "/desk/claims/"+id, "retract", url.Values{"reason": {"of another deal"}})
		if got := preview.one(t, ".changes"); !strings.Contains(got, "Goes") {
			t.Errorf("%s", got)
		}
		if a := carl.get("/desk/claims/" + id); !strings.Contains(a.body, "took it back") {
			t.Error("the claim's page does not say so")
		}
		d.now = d.now.Add(1e9)
	}
	if stage() != "" {
		t.Errorf("stage %s", stage())
	}
	h := carl.get("/desk/history/" + string(rec))
	got := parse(t, h.body)
	for _, f := range faults(h.body) {
		t.Errorf("history: %s", f)
	}
	undos := got.all(".batch a")
	if len(got.all(".batch")) != 3 || !strings.Contains(got.one(t, "main"), "(of another deal)") {
		t.Fatalf("%s", got.one(t, "main"))
	}
	for _, u := range undos { // the newest: the retraction of an event
		if to := attr(u.Node, "href"); strings.HasPrefix(to, "/desk/undo/") {
			page := carl.get(to)
			for _, f := range faults(page.body) {
				t.Errorf("undo: %s", f)
			}
			if a := carl.post(to, filled(t, page, to, nil)); a.StatusCode != http.StatusSeeOther {
				t.Fatalf("undo: %d", a.StatusCode)
			}
			if a := carl.get(to); a.StatusCode != http.StatusConflict || !strings.Contains(a.body, "nothing left to undo") {
				t.Errorf("undone twice: %d", a.StatusCode)
			}
			break
		}
	}
	if stage() != "negotiating" {
		t.Errorf("after the undoing: %q", stage())
	}
	// A whole batch goes as one; another contributor may not undo it, an editor may.
	first := ""
	for _, e := range d.entries() {
		if e.Source != nil && e.Source.ID != "src_a" {
			first = string(e.ID)
		}
	}
	if a := edda.get("/desk/undo/" + first); a.StatusCode != http.StatusOK {
		t.Errorf("an editor: %d", a.StatusCode)
	}
	page := carl.get("/desk/undo/" + first)
	carl.post("/desk/undo/"+first, filled(t, page, "/desk/undo/"+first, nil))
	if r := d.record(rec, registry.Registry); r != nil {
		t.Errorf("the record is still there: %v", r.Fields)
	}
	if a := carl.get("/desk/history/" + string(rec)); a.StatusCode != http.StatusNotFound {
		t.Errorf("history of what is gone: %d", a.StatusCode)
	}
}

func TestChooseShown(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	_, at := carl.enter("/desk/new?kind=negotiation", negotiation())
	rec := registry.RecordID(strings.TrimPrefix(strings.SplitN(at, "?", 2)[0], "/desk/edit/"))
	carl.enter("/desk/enter/"+string(rec), with(release(), url.Values{"source.url": {"https://press.example/1"}, "source.grade": {"trade_press"}, "e0.key": {"launched_talks"}, "e0.value": {"20 October 2025"}}))
	s := d.record(rec, registry.Registry).Slot("event", "launched_talks")
	if s.Why != "grade" || len(s.Losing) != 1 {
		t.Fatalf("%+v", s)
	}
	id := string(s.Losing[0].Entry.ID)
	preview, _ := carl.confirm("/desk/claims/"+id, "/desk/claims/"+id, "choose", url.Values{"reason": {"the release has a misprint"}})
	if got := preview.one(t, ".changes"); !strings.Contains(got, "20 October 2025") || !strings.Contains(got, "Changed") {
		t.Errorf("%s", got)
	}
	if s := d.record(rec, registry.Registry).Slot("event", "launched_talks"); s.Why != "overruled" || s.Shown.Value.Raw != "2025-10-20" {
		t.Errorf("%+v", s)
	}
	a := carl.get("/desk/history/" + string(rec) + "?from=2026-11-22&to=2026-11-23")
	if got := parse(t, a.body).one(t, ".changes"); !strings.Contains(got, "New record") || !strings.Contains(got, "20 October 2025") {
		t.Errorf("compared: %s", got)
	}
}

// What a person may not see has no page at the desk either.
func TestDeskTellsNothing(t *testing.T) {
	d := newDesk(t, web.Options{})
	e, err := registry.NewEntry(registry.Entry{Audience: "delegation:X", At: d.now, By: "person:x", Nonce: "n", Claim: &registry.Claim{Record: "neg_secret", Field: "title", Value: registry.Value{Raw: "Secret", Lang: "en"}, Source: "src_a"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(t.Context(), []registry.Entry{e}); err != nil {
		t.Fatal(err)
	}
	carl := d.as("Carl")
	carl.get("/desk") // which says that he is signed in
	for _, path := range []string{"/desk/edit/", "/desk/enter/", "/desk/history/"} {
		a, b := carl.get(path+"neg_secret"), carl.get(path+"neg_nothing")
		if a.StatusCode != http.StatusNotFound || strings.ReplaceAll(a.body, "secret", "nothing") != b.body {
			t.Errorf("%s: %d\n%s\n%s", path, a.StatusCode, parse(t, a.body).one(t, "main"), parse(t, b.body).one(t, "main"))
		}
	}
	for _, path := range []string{"/desk/claims/", "/desk/undo/"} {
		a, b := carl.get(path+string(e.ID)), carl.get(path+strings.Repeat("0", 64))
		if a.StatusCode != http.StatusNotFound || strings.ReplaceAll(a.body, string(e.ID), strings.Repeat("0", 64)) != b.body {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
	}
}

// Whatever is entered, corrected, denied, overruled, taken back, undone and sent as a table for editors only, nobody else is told of it: every
// page keeps its bytes, also for a user without the audience, and the addresses of what is hidden answer as those of what never was.
func TestUnpublishedIsAbsent(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl, edda, rita := d.as("Carl"), d.as("Edda"), d.as("Rita")
	rita.get("/desk") // which says once that she is signed in
	before, hers := d.everything(), rita.everything()
	tag := d.browser().get("/parties/BBB").Header.Get("ETag")
	n := len(d.entries())

	_, at := carl.enter("/desk/new?kind=negotiation", negotiation())
	rec := registry.RecordID(strings.TrimPrefix(strings.SplitN(at, "?", 2)[0], "/desk/edit/"))
	public := string(d.record("pty_BBB").Slot("name", "short").Shown.Entry.ID)
	carl.enter("/desk/enter/pty_BBB?corrects="+public, url.Values{"f0.value": {"Beeland"}, "source.use": {"src_a"}})
	carl.enter("/desk/enter/pty_BBB", with(release(), url.Values{"source.url": {"https://press.example/9"}, "f0.field": {"alias"}, "f0.value": {"Beestan"}}))
	carl.enter("/desk/enter/"+string(rec), with(release(), url.Values{"source.url": {"https://press.example/1"}, "source.grade": {"trade_press"}, "e0.key": {"launched_talks"}, "e0.value": {"20 October 2025"}}))
	losing := string(d.record(rec, registry.Registry).Slot("event", "launched_talks").Losing[0].Entry.ID)
	carl.enter("/desk/enter/"+string(rec)+"?denies="+losing, url.Values{"source.use": {"src_a"}, "f0.value": {"20 October 2025"}, "f0.not": {"yes"}})
	carl.confirm("/desk/claims/"+losing, "/desk/claims/"+losing, "choose", url.Values{"reason": {"the release has a misprint"}})
	round := string(d.record(rec, registry.Registry).Slot("event", "round:2").Shown.Entry.ID)
	edda.confirm("/desk/claims/"+round, "/desk/claims/"+round, "retract", url.Values{"reason": {"of another deal"}})
	a := carl.send("/desk/csv", "/desk/csv", url.Values{"claims": {"record,field,key,value,source\nneg_x,title,,Talks X,src_a\nneg_x,party,,BBB,src_a\n"}})
	if a = carl.post("/desk/csv", filled(t, a, "/desk/csv", url.Values{"step": {"save"}})); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("table: %d", a.StatusCode)
	}
	undo := "/desk/undo/" + string(d.entries()[len(d.entries())-1].ID)
	if a = carl.post(undo, filled(t, carl.get(undo), undo, nil)); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("undo: %d", a.StatusCode)
	}
	list := edda.get("/desk/unpublished") // looked at, not published
	edda.post("/desk/unpublished", filled(t, list, "/desk/unpublished", url.Values{"batch": {attr(parse(t, list.body).all("input[name=batch]")[0].Node, "value")}}))

	for who, pages := range map[string][2]map[string]string{"nobody": {before, d.everything()}, "a reader": {hers, rita.everything()}} {
		for path, want := range pages[0] {
			if pages[1][path] != want {
				t.Errorf("for %s, %s has changed", who, path)
			}
		}
	}
	if a := d.browser().get("/parties/BBB", "If-None-Match", tag); a.StatusCode != http.StatusNotModified {
		t.Errorf("what was fresh is not any more: %d", a.StatusCode)
	}
	hidden := map[string]string{"/negotiations/talks-of-a-and-b": "talks-of-a-and-b", "/negotiations/x": "x", "/negotiations/" + string(rec): string(rec), "/negotiations/" + rec.Tail(): rec.Tail()}
	for _, e := range d.entries()[n:] {
		if e.Audience == registry.Public {
			t.Errorf("public: %+v", e)
		}
		if e.Source != nil {
			hidden["/sources/"+string(e.Source.ID)] = string(e.Source.ID)
		}
	}
	for path, name := range hidden {
		prefix, tail, ok := strings.Cut(name, "_")
		if !ok {
			prefix, tail = "", name
		}
		never := strings.TrimPrefix(prefix+"_", "_") + strings.Map(func(r rune) rune {
			if r == '-' {
				return r
			}
			return 'q'
		}, tail)
		same := func(s string) string { // the page names what was asked for, in the address and in words
			for _, between := range []string{"-", " ", "&#43;"} {
				s = strings.ReplaceAll(s, strings.NewReplacer("-", between, "_", between).Replace(name), strings.NewReplacer("-", between, "_", between).Replace(never))
			}
			return strings.ReplaceAll(s, name, never)
		}
		for _, more := range []string{"", ".json", ".csv", "/history", "?as_of=2026-11-20"} {
			for who, b := range map[string]*browser{"nobody": d.browser(), "a reader": rita} {
				got, want := b.get(path+more), b.get(strings.TrimSuffix(path, name)+never+more)
				if got.StatusCode != http.StatusNotFound || want.StatusCode != got.StatusCode || same(got.body) != same(want.body) {
					t.Errorf("for %s, %s%s: %d, and what never was %d, or another page", who, path, more, got.StatusCode, want.StatusCode)
				}
				if g, w := slices.Sorted(maps.Keys(got.Header)), slices.Sorted(maps.Keys(want.Header)); !slices.Equal(g, w) {
					t.Errorf("for %s, %s%s: headers %v, want %v", who, path, more, g, w)
				}
			}
		}
	}
}

// What another source says too, and what it denies, is entered from the claim: of what it is, is filled in and stays, also where it is one of
// several events of a name.
func TestAgreeAndDeny(t *testing.T) {
	d := newDesk(t, web.Options{})
	carl := d.as("Carl")
	_, to := carl.enter("/desk/new?kind=negotiation", negotiation())
	rec := registry.RecordID(strings.TrimPrefix(strings.SplitN(to, "?", 2)[0], "/desk/edit/"))
	slot := func() *registry.Slot { return d.record(rec, registry.Registry).Slot("event", "round:2") }
	at := "/desk/enter/" + string(rec)
	press := with(release(), url.Values{"source.url": {"https://press.example/1"}, "source.publisher": {"Press"}})
	links := map[string]string{}
	for _, l := range parse(t, carl.get("/desk/claims/"+string(slot().Shown.Entry.ID)).body).all(".places a") {
		links[strings.Trim(l.text(), " ")] = attr(l.Node, "href")
	}
	page := carl.get(links["Another source says so too"])
	for _, f := range faults(page.body) {
		t.Error(f)
	}
	form := parse(t, page.body)
	if got := form.one(t, "fieldset.row"); !strings.Contains(got, "Event: Round of negotiations 2") || typedOf(form, "f0.value") == "" {
		t.Fatalf("%q %s", typedOf(form, "f0.value"), got)
	}
	carl.enter(links["Another source says so too"], with(press, url.Values{"f0.value": {typedOf(form, "f0.value")}}))
	if s := slot(); len(s.Agreeing) != 1 || len(s.Losing) != 0 {
		t.Errorf("%+v", s)
	}
	form = parse(t, carl.get(links["Say that it is not so"]).body)
	carl.enter(links["Say that it is not so"], with(press, url.Values{"f0.value": {typedOf(form, "f0.value")}, "f0.not": {typedOf(form, "f0.not")}}))
	if s := slot(); len(s.Denials) != 1 {
		t.Errorf("%+v of %s", s, at)
	}
}

// What is to be corrected stands in the form as people write it, as long as it is read as the same again.
func TestCorrectAsTyped(t *testing.T) {
	for typed, want := range map[string]string{"n1.value=BBB": "Country BBB", "n3.value=US$1.5bn loan": "USD 1.5 billion (loan)", "n3.value=USD 1,234,567": "USD 1,234,567", "e0.value=27/10/2025": "27 October 2025", "e0.value=about 2024": "about 2024"} {
		d := newDesk(t, web.Options{})
		carl := d.as("Carl")
		name, value, _ := strings.Cut(typed, "=")
		form := with(release(), url.Values{"n0.value": {"A loan"}, name: {value}})
		if name[0] == 'e' {
			form.Set("e0.key", "signed")
		}
		_, to := carl.enter("/desk/new?kind=financing", form)
		rec := registry.RecordID(strings.TrimPrefix(strings.SplitN(to, "?", 2)[0], "/desk/edit/"))
		field := map[string]string{"n1": "lender", "n3": "amount", "e0": "event"}[name[:2]]
		shown := d.record(rec, registry.Registry).Slots(field)[0].Shown
		at := "/desk/enter/" + string(rec) + "?corrects=" + string(shown.Entry.ID)
		got := typedOf(parse(t, carl.get(at).body), "f0.value")
		if got != want {
			t.Errorf("%s: %q, want %q", typed, got, want)
		}
		before := shown.Value
		carl.enter(at, url.Values{"f0.value": {got}, "f0.note": {"looked at again"}, "source.use": {string(shown.Claim.Source)}})
		if after := d.record(rec, registry.Registry).Slots(field)[0].Shown; after.Value != before || after.Note == "" {
			t.Errorf("%s: %v became %v", typed, before, after.Value)
		}
	}
}
