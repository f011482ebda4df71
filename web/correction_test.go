package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/claimlog"
	"github.com/openassay/assay/desk"
	"github.com/openassay/assay/erasure"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

// corrected is a desk to which people outside can write, and whose administrators can erase.
func corrected(t *testing.T) (*testDesk, *desk.Desk) {
	t.Helper()
	store, err := desk.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	e := &testEraser{}
	d := newDesk(t, web.Options{Correspondence: store, Eraser: e, Contact: "office@registry.example"})
	e.d = d
	v, err := registry.ParseValue(registry.FieldOf("website"), "https://bbb.example/", "")
	if err != nil {
		t.Fatal(err)
	}
	x, err := registry.NewEntry(registry.Entry{Audience: registry.Public, By: "person:test", At: d.now, Claim: &registry.Claim{Record: "pty_BBB", Field: "website", Value: v, Source: "src_a"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(t.Context(), []registry.Entry{x}); err != nil {
		t.Fatal(err)
	}
	return d, store
}

// testEraser erases as package instance does, without files.
type testEraser struct{ d *testDesk }

func (e *testEraser) PlanErasure(ctx context.Context, ask erasure.Ask) (*erasure.Plan, error) {
	var all []registry.Entry
	for pos := claimlog.Position(0); ; {
		batch, err := e.d.log.Read(ctx, pos, 1000)
		if err != nil || len(batch) == 0 {
			if err != nil {
				return nil, err
			}
			return erasure.New(all, ask)
		}
		for _, l := range batch {
			all, pos = append(all, l.Entry), l.Position
		}
	}
}

func (e *testEraser) Erase(ctx context.Context, ask erasure.Ask) (*erasure.Plan, error) {
	p, err := e.PlanErasure(ctx, ask)
	if err != nil {
		return nil, err
	}
	if err := e.d.log.Erase(ctx, p.IDs(), ask.Authority, ask.Ground, e.d.now); err != nil {
		return nil, err
	}
	for _, v := range e.d.views {
		if err := v.Update(ctx); err != nil {
			return nil, err
		}
	}
	return p, nil
}

func (d *testDesk) sound(a answer, status int, what string) {
	d.t.Helper()
	if a.StatusCode != status {
		d.t.Fatalf("%s: %d, want %d\n%s", what, a.StatusCode, status, cutText(parse(d.t, a.body).text()))
	}
	if strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") && a.StatusCode != http.StatusSeeOther {
		for _, f := range faults(a.body) {
			d.t.Errorf("%s: %s", what, f)
		}
	}
}

func cutText(s string) string { return s[:min(len(s), 600)] }

// A company asks for a correction without an account, follows it by its link, and is answered; everyone reads what was done, nobody who asked.
func TestCorrectionFromOutside(t *testing.T) {
	d, _ := corrected(t)
	out := d.browser()
	page := out.get("/parties/BBB")
	if !strings.Contains(page.body, "/corrections/new?record=pty_BBB") || !strings.Contains(page.body, "/corrections/new?claim=") {
		t.Fatal("the record's page has no way to say that something is wrong")
	}
	claim := regexp.MustCompile(`/corrections/new\?claim=[0-9a-f]+`).FindString(page.body)
	form := out.get(claim)
	d.sound(form, 200, "the form")
	if !strings.Contains(form.body, "Country BBB") {
		t.Error("the form does not say what it is about")
	}
	empty := out.send(claim, "/corrections/new", url.Values{"right": {"Country B"}})
	d.sound(empty, 422, "an empty form")
	if !strings.Contains(empty.body, ">\nCountry B</textarea>") {
		t.Error("what was typed is lost")
	}
	typed := url.Values{"kind": {"error"}, "wrong": {"The name is <b>wrong</b>"}, "right": {"Country B"}, "name": {"Ms Quibble"}, "contact": {"quibble@company.example"}}
	d.sound(out.send(claim, "/corrections/new", url.Values{"kind": {"error"}, "wrong": {"spam"}, "address2": {"http://spam"}}), 422, "a program that fills in every field")
	a := out.send(claim, "/corrections/new", typed)
	d.sound(a, http.StatusSeeOther, "sending")
	link := a.Header.Get("Location")
	receipt := out.get(link)
	d.sound(receipt, 200, "the receipt")
	if !strings.Contains(receipt.body, "Waiting to be read") || !strings.Contains(receipt.body, "The name is &lt;b&gt;wrong&lt;/b&gt;") || strings.Contains(receipt.body, "quibble@") || receipt.Header.Get("Cache-Control") != "private, no-store" {
		t.Error("the receipt does not say what it should, or says too much")
	}
	d.sound(out.get(link[:len(link)-1]), 404, "a part of the link")

	for who, status := range map[string]int{"Rita": 404, "Carl": 404, "Edda": 200} {
		d.sound(d.as(who).get("/desk/corrections"), status, who+" at the queue")
	}
	edda := d.as("Edda")
	queue := edda.get("/desk/corrections")
	number := regexp.MustCompile(`/desk/corrections/([A-Z0-9-]+)`).FindStringSubmatch(queue.body)[0]
	one := edda.get(number)
	d.sound(one, 200, "the request")
	if !strings.Contains(one.body, "quibble@company.example") || !strings.Contains(one.body, "/desk/edit/pty_BBB") {
		t.Error("the editor does not see what is needed")
	}
	d.sound(edda.send(number, number, url.Values{"state": {"accepted"}, "answer": {"Thanks"}, "asked": {"Ms Quibble wants another name"}, "done": {"x"}}), 422, "the name of who asked in the public log")
	d.sound(edda.send(number, number, url.Values{"state": {"accepted"}, "answer": {"Thank you, it is corrected."}, "asked": {"Another name"}, "done": {"Corrected from its own page"}}), http.StatusSeeOther, "the answer")
	if r := out.get(link); !strings.Contains(r.body, "Thank you, it is corrected.") || !strings.Contains(r.body, "Corrected") {
		t.Error("who asked is not answered")
	}
	for _, format := range []string{"", ".json", ".csv"} {
		log := out.get("/corrections" + format)
		d.sound(log, 200, "the log"+format)
		if !strings.Contains(log.body, "Corrected from its own page") || strings.Contains(log.body, "Quibble") || strings.Contains(log.body, "Thank you") {
			t.Errorf("the public log%s: %s", format, cutText(log.body))
		}
	}
	d.sound(edda.send(number, number, url.Values{}), http.StatusSeeOther, "removing the words")
	if r := out.get(link); strings.Contains(r.body, "The name is") || !strings.Contains(r.body, "were removed") {
		t.Error("the words are still there")
	}
}

// The form says nothing of what is hidden: for what is not there and what is not open it is the same, and so is what comes of sending it.
func TestCorrectionTellsNothing(t *testing.T) {
	d, store := corrected(t)
	out := d.browser()
	same := func(body, id string) string { return strings.ReplaceAll(body, id, "ID") }
	a, b := out.get("/corrections/new?record=pty_AAA&field=name"), out.get("/corrections/new?record=pty_QQQ&field=name")
	if same(a.body, "pty_AAA") != same(b.body, "pty_QQQ") || a.StatusCode != 200 {
		t.Error("the form tells a hidden record from none")
	}
	var hidden registry.EntryID
	for id, e := range editorsView(t, d).Entries {
		if e.Claim != nil && e.Claim.Record == "pty_AAA" {
			hidden = id
		}
	}
	none := registry.EntryID(strings.Repeat("0", 64))
	a, b = out.get("/corrections/new?claim="+string(hidden)), out.get("/corrections/new?claim="+string(none))
	if hidden == "" || same(a.body, string(hidden)) != same(b.body, string(none)) {
		t.Error("the form tells a hidden claim from none")
	}
	for _, record := range []string{"pty_AAA", "pty_QQQ"} {
		a := out.send("/corrections/new?record="+record, "/corrections/new", url.Values{"kind": {"named"}, "wrong": {"I am named"}})
		d.sound(a, http.StatusSeeOther, "sending about "+record)
		if r := out.get(a.Header.Get("Location")); strings.Contains(r.body, "Country") || strings.Contains(r.body, record) {
			t.Error("the receipt tells of the record")
		}
	}
	// What is answered about a hidden record stays hidden.
	all, err := store.Submissions(t.Context(), registry.Reader(registry.Registry), true, 9)
	if err != nil || len(all) != 2 {
		t.Fatal(all, err)
	}
	for _, s := range all {
		x := desk.Decision{State: desk.Refused, Answer: "No.", By: "person:edda", At: d.now, Log: &desk.Correction{AskedOn: "2026-01-01", DoneOn: "2026-01-02", Record: s.Record, Kind: "named", Outcome: desk.Refused, Asked: "Asked", Done: "Nothing"}}
		if err := store.Answer(t.Context(), s.Number, x); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/corrections", "/corrections.json", "/corrections.csv"} {
		if a := out.get(path); strings.Contains(a.body, "pty_AAA") || strings.Contains(a.body, "Nothing") {
			t.Errorf("%s tells of a hidden record", path)
		}
	}
	// A line that everybody reads is the same with and without hidden ones before it: no number tells of them.
	open := url.Values{"kind": {"error"}, "wrong": {"x"}}
	d.sound(out.send("/corrections/new?record=pty_BBB", "/corrections/new", open), http.StatusSeeOther, "sending about a record that is open")
	plain, clean := corrected(t)
	plain.sound(plain.browser().send("/corrections/new?record=pty_BBB", "/corrections/new", open), http.StatusSeeOther, "and elsewhere")
	for _, s := range []*desk.Desk{store, clean} {
		waiting, err := s.Submissions(t.Context(), registry.Reader(registry.Registry), true, 9)
		if err != nil || len(waiting) != 1 {
			t.Fatal(waiting, err)
		}
		x := desk.Decision{State: desk.Accepted, Answer: "Yes.", By: "person:edda", At: d.now, Log: &desk.Correction{AskedOn: "2026-01-01", DoneOn: "2026-01-02", Record: "pty_BBB", Kind: "error", Outcome: desk.Accepted, Asked: "Asked", Done: "Done"}}
		if err := s.Answer(t.Context(), waiting[0].Number, x); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"/corrections.json", "/corrections.csv"} {
		a, b := out.get(path), plain.browser().get(path)
		if a.body != b.body || !strings.Contains(a.body, "Done") {
			t.Errorf("%s tells that there are hidden lines: %s, without them %s", path, a.body, b.body)
		}
	}
	if a := d.as("Edda").get("/corrections.json"); !strings.Contains(a.body, "pty_AAA") {
		t.Error("editors do not see it")
	}
}

func TestCorrectionIsSentFromHere(t *testing.T) {
	d, _ := corrected(t)
	form := url.Values{"kind": {"error"}, "wrong": {"x"}}
	for _, h := range [][]string{{"Origin", "https://evil.example"}, {"Sec-Fetch-Site", "cross-site"}} {
		if a := d.browser().post("/corrections/new", form, h...); a.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %d", h, a.StatusCode)
		}
	}
	d.sound(d.browser().post("/corrections/new", url.Values{"kind": {"error"}, "wrong": {strings.Repeat("x", desk.LongestText+1)}}), 422, "a long text")
	d.sound(d.browser().post("/corrections/new", url.Values{"wrong": {strings.Repeat("x", 300<<10)}}), 413, "a longer one")
	d.sound(d.browser().post("/corrections/new", url.Values{"kind": {"reply"}, "wrong": {"x"}, "quote": {"yes"}}), 422, "quoted without a name")
	for range desk.MostWaitingOf {
		d.sound(d.browser().post("/corrections/new", url.Values{"kind": {"error"}, "wrong": {"x"}, "record": {"pty_BBB"}}), http.StatusSeeOther, "one of many")
	}
	full := d.browser().post("/corrections/new", url.Values{"kind": {"error"}, "wrong": {"one too many"}, "record": {"pty_BBB"}})
	d.sound(full, http.StatusServiceUnavailable, "one too many")
	if !strings.Contains(full.body, "one too many") || !strings.Contains(full.body, "office@registry.example") {
		t.Error("what was typed is lost, or no other way is named")
	}
}

// An administrator sees what goes, types the word, and it is gone; everyone reads that, and nobody else can.
func TestEraseOnPages(t *testing.T) {
	d, _ := corrected(t)
	for who, status := range map[string]int{"Edda": 404, "Anna": 200} {
		d.sound(d.as(who).get("/desk/erase"), status, who+" at erasing")
		d.sound(d.as(who).get("/desk/takedowns"), status, who+" at takedowns")
	}
	anna := d.as("Anna")
	d.sound(anna.send("/desk/takedowns", "/desk/takedowns", url.Values{"asked_on": {"2026-01-01"}, "ground": {"court_order"}, "asker": {"private_person"}, "authority": {"J. Doe"}, "asked": {"A name"}}), 422, "a private person named")
	d.sound(anna.send("/desk/takedowns", "/desk/takedowns", url.Values{"do": {"note"}, "asked_on": {"2026-01-01"}, "ground": {"court_order"}, "asker": {"public_authority"}, "authority": {"Court of Lima"}, "record": {d.srv.URL + "/parties/BBB"}, "asked": {"A name"}}), http.StatusSeeOther, "writing a request down")
	if a := d.browser().get("/takedowns"); !strings.Contains(a.body, "Court of Lima") || !strings.Contains(a.body, "Not decided yet") {
		t.Error("the request is not public")
	}
	ask := url.Values{"records": {d.srv.URL + "/parties/BBB"}, "authority": {"Court of Lima, order 7"}, "ground": {"personal data"}, "answers": {"1"}}
	d.sound(anna.send("/desk/erase", "/desk/erase", url.Values{"records": {"pty_none"}, "authority": {"x"}, "ground": {"y"}}), 422, "what is not there")
	d.sound(anna.send("/desk/erase", "/desk/erase", url.Values{"records": {"pty_BBB"}, "authority": {"x"}, "ground": {"Country BBB"}}), 422, "the words in the ground")
	plan := anna.send("/desk/erase", "/desk/erase", ask)
	d.sound(plan, 200, "the plan")
	if !strings.Contains(plan.body, "erase 2") || !strings.Contains(plan.body, "Country BBB") || strings.Contains(d.browser().get("/erasures").body, "Court") {
		t.Error("the plan does not say what goes, or it is gone already")
	}
	d.sound(anna.post("/desk/erase", filled(t, plan, "/desk/erase", url.Values{"typed": {"yes"}})), 422, "without the word")
	d.sound(anna.post("/desk/erase", filled(t, plan, "/desk/erase", url.Values{"typed": {"erase 2"}, "seen": {"other"}})), http.StatusConflict, "after a change")
	d.sound(anna.post("/desk/erase", filled(t, plan, "/desk/erase", url.Values{"typed": {"Erase  2"}})), http.StatusSeeOther, "with the word")
	out := d.browser()
	d.sound(out.get("/parties/BBB"), 404, "the record")
	for _, path := range []string{"/erasures", "/erasures.json", "/erasures.csv"} {
		a := out.get(path)
		d.sound(a, 200, path)
		if !strings.Contains(a.body, "pty_BBB") || !strings.Contains(a.body, "Court of Lima, order 7") || strings.Contains(a.body, "Country BBB") {
			t.Errorf("%s: %s", path, cutText(a.body))
		}
	}
	if a := out.get("/takedowns"); !strings.Contains(a.body, "2 entries erased") || !strings.Contains(a.body, "Removed") {
		t.Error("the request is not answered")
	}
	// Of what nobody outside could see, nobody outside learns that it was erased.
	ask = url.Values{"records": {"pty_AAA"}, "authority": {"Office"}, "ground": {"secret of another"}}
	d.sound(anna.post("/desk/erase", filled(t, anna.send("/desk/erase", "/desk/erase", ask), "/desk/erase", url.Values{"typed": {"erase 1"}})), http.StatusSeeOther, "a hidden record")
	for _, path := range []string{"/erasures", "/erasures.json", "/takedowns", "/takedowns.csv"} {
		if a := out.get(path); strings.Contains(a.body, "secret of another") {
			t.Errorf("%s tells of a hidden erasure", path)
		}
	}
	if a := d.as("Edda").get("/takedowns"); !strings.Contains(a.body, "secret of another") {
		t.Error("who could see it does not learn of its erasure")
	}
}

// An allegation about a company waits for a notice: it cannot be published before somebody was told, or the reason why not was written down.
func TestNoticeBeforePublication(t *testing.T) {
	d, store := corrected(t)
	var es []registry.Entry
	put := func(rec registry.RecordID, field, key, value, kind, who string) registry.EntryID {
		v, err := registry.ParseValue(registry.FieldOf(field), value, "")
		if err != nil {
			t.Fatal(err)
		}
		e, err := registry.NewEntry(registry.Entry{Audience: registry.Registry, Nonce: "n", By: "person:Carl", At: d.now, Claim: &registry.Claim{Record: rec, Field: field, Key: key, Value: v, Source: "src_a", Statement: kind, Speaker: who}})
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
		return e.ID
	}
	put("pty_acme", "name", "short", "Acme Mining", "", "")
	put("pty_acme", "party_kind", "", "company", "", "")
	id := put("pty_acme", "note", "conduct", "It paid officials.", "allegation", "A newspaper")
	if err := d.Commit(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	edda := d.as("Edda")
	publish := func() answer {
		return edda.send("/desk/unpublished", "/desk/unpublished", url.Values{"entry": {string(id)}})
	}
	a := publish()
	d.sound(a, 200, "the preview")
	if strings.Contains(a.body, `value="save"`) || !strings.Contains(a.body, "/desk/notices") {
		t.Error("it can be published without notice")
	}
	d.sound(edda.post("/desk/unpublished", filled(t, a, "/desk/unpublished", url.Values{"step": {"save"}})), 422, "publishing all the same")
	list := edda.get("/desk/notices")
	d.sound(list, 200, "the notices")
	if !strings.Contains(list.body, "Acme Mining") || !strings.Contains(list.body, "Nobody was told yet") {
		t.Error("the list does not say who must be told")
	}
	entry := []string{string(id)}
	d.sound(edda.send("/desk/notices", "/desk/notices", url.Values{"entry": entry, "kind": {"nobody"}}), 422, "that nobody is named")
	d.sound(edda.send("/desk/notices", "/desk/notices", url.Values{"entry": entry, "kind": {"risk"}}), 422, "a risk without a reason")
	letter := edda.send("/desk/notices", "/desk/notices", url.Values{"entry": entry, "kind": {"letter"}})
	d.sound(letter, 200, "the letter")
	for _, want := range []string{"To: Acme Mining", "It paid officials.", "Alleged by A newspaper", "office@registry.example", "/corrections/new"} {
		if !strings.Contains(parse(t, letter.body).all(".letter")[0].text(), want) {
			t.Errorf("the letter lacks %q", want)
		}
	}
	day := func(n int) string { return string(registry.DayOf(d.now.AddDate(0, 0, n))) }
	d.sound(edda.post("/desk/notices", filled(t, letter, "/desk/notices", url.Values{"sent": {day(1)}, "days": {"14"}})), 422, "sent tomorrow")
	d.sound(edda.post("/desk/notices", filled(t, letter, "/desk/notices", url.Values{"sent": {day(-3)}, "days": {"14"}})), http.StatusSeeOther, "sent")
	if a := edda.get("/desk/notices"); !strings.Contains(a.body, "may be published from") {
		t.Error("the notice is not counted")
	}
	if a := publish(); strings.Contains(a.body, `value="save"`) {
		t.Error("it can be published before the time is over")
	}
	d.now = d.now.AddDate(0, 0, 11)
	edda = d.as("Edda")
	a = publish()
	d.sound(a, 200, "after the time")
	d.sound(edda.post("/desk/unpublished", filled(t, a, "/desk/unpublished", url.Values{"step": {"save"}})), http.StatusSeeOther, "publishing")
	if a := d.browser().get("/parties/acme"); !strings.Contains(a.body, "Alleged by A newspaper") {
		t.Error("it is not shown as what it is")
	}
	if ns, err := store.PriorNotices(t.Context()); err != nil || len(ns) != 1 || ns[0].Whom != "pty_acme" || !strings.Contains(ns[0].Letter, "It paid officials.") || ns[0].By != "person:Edda" {
		t.Errorf("%+v %v", ns, err)
	}
}

// A fact with words that charge somebody is asked about before it is published: is it one?
func TestChargingFacts(t *testing.T) {
	d, _ := corrected(t)
	var ids []string
	for _, says := range []string{"It bribed two ministers.", "It has a mine."} {
		e, err := registry.NewEntry(registry.Entry{Audience: registry.Registry, Nonce: "n", By: "person:Carl", At: d.now, Claim: &registry.Claim{Record: "pty_BBB", Field: "note", Key: says[3:6],
			Value: registry.Value{Type: registry.TypeText, Raw: says, Lang: "en"}, Source: "src_a"}})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.Commit(t.Context(), []registry.Entry{e}); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, string(e.ID))
	}
	const asked = "has a word that charges somebody"
	edda := d.as("Edda")
	both := edda.send("/desk/unpublished", "/desk/unpublished", url.Values{"entry": ids})
	d.sound(both, 200, "both")
	if n := strings.Count(both.body, asked); n != 1 {
		t.Errorf("asked %d times", n)
	}
	if a := edda.send("/desk/unpublished", "/desk/unpublished", url.Values{"entry": ids[1:]}); strings.Contains(a.body, asked) {
		t.Error("asked about a mine")
	}
	a := d.as("Carl").send("/desk/enter/pty_BBB", "/desk/enter/pty_BBB", url.Values{"source.use": {"src_a"}, "f0.field": {"note"}, "f0.key": {"more"}, "f0.value": {"It was convicted of nothing, and defrauded nobody; a paper reports fraud."}, "step": {"preview"}})
	if a.StatusCode != 200 || !strings.Contains(a.body, "may charge somebody with something") {
		t.Errorf("who enters it is not asked: %d %s", a.StatusCode, cutText(parse(t, a.body).text()))
	}
}

// What is said of one company is not moved to another for all to see before that one was told.
func TestSplitNeedsNotice(t *testing.T) {
	d, _ := corrected(t)
	var es []registry.Entry
	for _, c := range [][]string{{"pty_acme", "name", "short", "Acme Mining", ""}, {"pty_acme", "party_kind", "", "company", ""}, {"pty_bolt", "name", "short", "Bolt Rail", ""}, {"pty_bolt", "party_kind", "", "company", ""},
		{"pty_acme", "note", "a", "It paid officials.", "allegation"}, {"pty_acme", "note", "b", "It has a mine.", ""}} {
		v, err := registry.ParseValue(registry.FieldOf(c[1]), c[3], "")
		if err != nil {
			t.Fatal(err)
		}
		x := registry.Claim{Record: registry.RecordID(c[0]), Field: c[1], Key: c[2], Value: v, Source: "src_a", Statement: c[4]}
		if c[4] != "" {
			x.Speaker = "A newspaper"
		}
		e, err := registry.NewEntry(registry.Entry{Audience: registry.Public, By: "person:Carl", At: d.now, Claim: &x})
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
	if err := d.Commit(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	edda := d.as("Edda")
	split := func(id registry.EntryID, into string) answer {
		return edda.send("/desk/split/pty_acme", "/desk/split/pty_acme", url.Values{"claim": {string(id)}, "to": {"pty_bolt"}, "reason": {"It is said of the other."}, "into": {into}, "step": {"save"}})
	}
	a := split(es[4].ID, "public")
	d.sound(a, 422, "an allegation, for all to see")
	if !strings.Contains(a.body, "was not told yet") {
		t.Error("it does not say why")
	}
	d.sound(split(es[5].ID, "public"), http.StatusSeeOther, "a fact, for all to see")
	d.sound(split(es[4].ID, "registry"), http.StatusSeeOther, "an allegation, for the editors")
	if a := edda.get("/desk/notices"); !strings.Contains(a.body, "It paid officials.") || !strings.Contains(a.body, "Bolt Rail") {
		t.Error("it is not among the notices")
	}
	if a := d.browser().get("/parties/bolt"); strings.Contains(a.body, "It paid officials.") {
		t.Error("everybody reads it of the other")
	}
}

// Each company gets a letter of its own, with what concerns it: what is going to be said of one is not told to another.
func TestLettersAreApart(t *testing.T) {
	d, store := corrected(t)
	var es []registry.Entry
	var marked []string
	for _, c := range [][]string{{"pty_acme", "name", "short", "Acme Mining", ""}, {"pty_acme", "party_kind", "", "company", ""}, {"pty_bolt", "name", "short", "Bolt Rail", ""}, {"pty_bolt", "party_kind", "", "company", ""}, {"pty_BBB", "party_kind", "", "state", ""},
		{"pty_acme", "note", "a", "It paid officials.", "allegation"}, {"pty_bolt", "note", "b", "It kept two sets of books.", "finding"}, {"pty_bolt", "note", "c", "With Acme Mining it fixed a price.", "allegation"}, {"pty_BBB", "note", "d", "A mine was flooded on purpose.", "allegation"}} {
		v, err := registry.ParseValue(registry.FieldOf(c[1]), c[3], "")
		if err != nil {
			t.Fatal(err)
		}
		x := registry.Claim{Record: registry.RecordID(c[0]), Field: c[1], Key: c[2], Value: v, Source: "src_a", Statement: c[4]}
		if c[4] != "" {
			x.Speaker = "A newspaper"
		}
		e, err := registry.NewEntry(registry.Entry{Audience: registry.Registry, Nonce: "n", By: "person:Carl", At: d.now, Claim: &x})
		if err != nil {
			t.Fatal(err)
		}
		if es = append(es, e); c[4] != "" {
			marked = append(marked, string(e.ID))
		}
	}
	if err := d.Commit(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	edda := d.as("Edda")
	a := edda.send("/desk/notices", "/desk/notices", url.Values{"entry": marked, "kind": {"letter"}})
	d.sound(a, 200, "the letters")
	letters := parse(t, a.body).all(".letter")
	if len(letters) != 3 {
		t.Fatalf("%d letters", len(letters))
	}
	said := []string{"It paid officials.", "It kept two sets of books.", "it fixed a price", "flooded on purpose"}
	for i, want := range []struct {
		to   string
		says string // which of said
	}{{"To: Acme Mining Assay", "0 2"}, {"To: Bolt Rail Assay", "1 2"}, {"To: ", "3"}} {
		text := letters[i].text()
		if !strings.Contains(text, want.to) {
			t.Errorf("letter %d: %s", i, text)
		}
		for n, x := range said {
			if strings.Contains(text, x) != strings.Contains(want.says, fmt.Sprint(n)) {
				t.Errorf("letter %d, %q: %s", i, x, text)
			}
		}
	}
	form := filled(t, a, "/desk/notices", url.Values{"sent": {string(registry.DayOf(d.now))}, "days": {"14"}})
	d.sound(edda.post("/desk/notices", form), http.StatusSeeOther, "sent")
	ns, err := store.PriorNotices(t.Context())
	if err != nil || len(ns) != 1 || ns[0].Whom != "pty_acme pty_bolt" {
		t.Fatalf("%+v %v", ns, err)
	}
	for _, x := range said {
		if !strings.Contains(ns[0].Letter, x) {
			t.Errorf("what was kept lacks %q", x)
		}
	}
}

func editorsView(t *testing.T, d *testDesk) *registry.View {
	t.Helper()
	p, err := d.projection(t.Context(), registry.Reader(registry.Registry))
	if err != nil {
		t.Fatal(err)
	}
	return p.View("")
}

// Two requests that are open are decided each by its own form.
func TestTakedownsAreDecided(t *testing.T) {
	d, store := corrected(t)
	anna := d.as("Anna")
	for _, what := range []string{"A name", "A sum"} {
		d.sound(anna.post("/desk/takedowns", filled(t, anna.get("/desk/takedowns"), "/desk/takedowns", url.Values{"do": {"note"}, "asked_on": {"2026-01-01"}, "ground": {"threat"}, "asker": {"company"}, "asked": {what}})), http.StatusSeeOther, "writing "+what+" down")
	}
	a := anna.get("/desk/takedowns")
	d.sound(a, 200, "two open")
	form := filled(t, a, "/desk/takedowns", url.Values{"do": {"decide"}, "number": {"1"}, "decision-1": {"refused"}})
	d.sound(anna.post("/desk/takedowns", form), 422, "without a reason")
	form.Set("done-1", "Nothing: it is true and its source stands.")
	d.sound(anna.post("/desk/takedowns", form), http.StatusSeeOther, "with one")
	d.sound(anna.post("/desk/takedowns", form), http.StatusConflict, "again")
	ts, err := store.Takedowns(t.Context())
	if err != nil || len(ts) != 2 || ts[0].Decision != "open" || ts[1].Decision != "refused" || ts[1].Asked != "A name" {
		t.Errorf("%+v %v", ts, err)
	}
}

// A reply that may be quoted stands in the public log under the name that was agreed, and as words.
func TestQuotedReply(t *testing.T) {
	d, _ := corrected(t)
	out, edda := d.browser(), d.as("Edda")
	a := out.send("/corrections/new?record=pty_BBB", "/corrections/new", url.Values{"kind": {"reply"}, "wrong": {"x"}, "right": {"We <i>paid</i>."}, "name": {"Ms Quibble"}, "quote": {"yes"}})
	d.sound(a, http.StatusSeeOther, "sending")
	number := regexp.MustCompile(`/desk/corrections/([A-Z0-9-]+)`).FindString(edda.get("/desk/corrections").body)
	d.sound(edda.send(number, number, url.Values{"state": {"accepted"}, "answer": {"Published."}, "asked": {"To publish a reply"}, "done": {"It was published"}, "quoted": {"We <i>paid</i>."}, "quoted_as": {"The BBB office"}}), http.StatusSeeOther, "the answer")
	log := out.get("/corrections")
	d.sound(log, 200, "the log")
	if q := parse(t, log.body).all("blockquote.reply"); len(q) != 1 || strings.Join(strings.Fields(q[0].text()), " ") != "The BBB office says: We <i>paid</i>." {
		t.Errorf("%v", q)
	}
}

// Every public page leads to the form, with what it is about; the form keeps a page of this site and nothing else.
func TestCorrectionFromEveryPage(t *testing.T) {
	d, store := corrected(t)
	out := d.browser()
	for _, path := range []string{"/", "/parties", "/minerals", "/findings", "/search?q=BBB", "/sources", "/sources/src_a", "/method", "/glossary", "/parties/BBB", "/parties/BBB/history", "/takedowns", "/erasures"} {
		if a := out.get(path); a.StatusCode != 200 || len(parse(t, a.body).all("p.wrong a")) != 1 {
			t.Errorf("%s: %d, without a way to say that something is wrong", path, a.StatusCode)
		}
	}
	if a := out.get("/search?q=BBB"); !strings.Contains(a.body, "/corrections/new?page=%2Fsearch%3Fq%3DBBB") {
		t.Error("the search does not say which page it is")
	}
	for page, want := range map[string]string{"/findings": "/findings", "/search?q=BBB": "/search?q=BBB", "https://evil.example/": "", "//evil.example/x": "", "javascript:alert(1)": "", "/\\evil.example": "", "\"><script>": ""} {
		at := "/corrections/new?page=" + url.QueryEscape(page)
		form := out.get(at)
		d.sound(form, 200, at)
		d.sound(out.send(at, "/corrections/new", url.Values{"kind": {"error"}, "wrong": {"The number is \x1b[2Jwrong\x07"}}), http.StatusSeeOther, "sending from "+page)
		all, err := store.Submissions(t.Context(), registry.Reader(registry.Registry), true, 99)
		if err != nil || !slices.ContainsFunc(all, func(s desk.Submission) bool { return s.Page == want && s.Wrong == "The number is [2Jwrong" }) {
			t.Errorf("%q: %+v %v", page, all, err)
		}
		if want == "/findings" {
			number := "/desk/corrections/" + all[len(all)-1].Number
			if len(all) == 1 && !strings.Contains(d.as("Edda").get(number).body, `<a href="/findings">`) {
				t.Error("the editor does not see the page")
			}
		}
	}
}

// What is no request is set aside, many at once, with its words; nobody hears of it but who has the link.
func TestSpamIsSetAside(t *testing.T) {
	d, store := corrected(t)
	out := d.browser()
	links := map[string]string{}
	for _, x := range []string{"Buy cheap pills now", "buy CHEAP shoes", "The date is wrong"} {
		a := out.send("/corrections/new?record=pty_BBB", "/corrections/new", url.Values{"kind": {"error"}, "wrong": {x}})
		d.sound(a, http.StatusSeeOther, x)
		links[x] = a.Header.Get("Location")
	}
	edda := d.as("Edda")
	d.sound(edda.send("/desk/corrections", "/desk/corrections", url.Values{}), 422, "nothing marked")
	found := edda.get("/desk/corrections?words=cheap")
	d.sound(found, 200, "those with a word")
	form := filled(t, found, "/desk/corrections", nil)
	for _, i := range parse(t, found.body).all("input[name=number][checked]") {
		form.Add("number", attr(i.Node, "value"))
	}
	if len(form["number"]) != 2 || strings.Contains(found.body, "The date is wrong") {
		t.Fatalf("marked: %v", form["number"])
	}
	d.sound(d.as("Carl").post("/desk/corrections", form), 405, "a contributor")
	d.sound(edda.post("/desk/corrections", form), http.StatusSeeOther, "setting aside")
	if a := edda.get("/desk/corrections"); !strings.Contains(a.body, "1 request waits") || strings.Contains(a.body, "pills") {
		t.Error("they are not gone")
	}
	if a := out.get(links["buy CHEAP shoes"]); !strings.Contains(a.body, "Set aside") || strings.Contains(a.body, "shoes") {
		t.Error("the receipt does not tell")
	}
	if a := out.get(links["The date is wrong"]); !strings.Contains(a.body, "Waiting to be read") {
		t.Error("the request went with them")
	}
	if cs, err := store.Corrections(t.Context()); err != nil || len(cs) != 0 {
		t.Errorf("%v %v", cs, err)
	}
}
