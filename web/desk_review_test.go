package web_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/review"
	"github.com/openassay/assay/web"
)

// notes is a Reviewer in memory.
type notes struct {
	mu       sync.Mutex
	noted    []review.Noted
	verdicts map[string]review.Verdict
}

func (n *notes) Noted(context.Context, registry.Audiences) ([]review.Noted, error) {
	return n.noted, nil
}

func (n *notes) Verdicts(context.Context) (out []review.Verdict, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, v := range n.verdicts {
		out = append(out, v)
	}
	return out, nil
}

func (n *notes) Decide(_ context.Context, v review.Verdict) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.verdicts[v.Item] = v
	return nil
}

func (n *notes) Belongs(*registry.View, registry.RecordID, registry.RecordID) ([]registry.Entry, registry.Audience, error) {
	return nil, registry.Registry, nil
}

// withTwins is a desk whose registry holds two records of one deal, a text that may be of it, and what a machine read.
func withTwins(t *testing.T) (*testDesk, *notes) {
	n := &notes{verdicts: map[string]review.Verdict{}, noted: []review.Noted{{Document: "doc_t", Title: "A text", Options: []review.Option{{Record: "ins_one", Score: 0.6, Reasons: []string{"the same day"}}}}}}
	d := newDesk(t, web.Options{Review: n})
	var es []registry.Entry
	say := func(rec, field, key, value, by string) {
		v, err := registry.ParseValue(registry.FieldOf(field), value, "")
		if err != nil {
			t.Fatal(err)
		}
		e, err := registry.NewEntry(registry.Entry{At: d.now, By: by, Audience: registry.Public, Claim: &registry.Claim{Record: registry.RecordID(rec), Field: field, Key: key, Value: v, Source: "src_a"}})
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	for _, r := range []string{"ins_one", "ins_two"} {
		say(r, "party", "", "pty_AAA", "person:x")
		say(r, "party", "", "pty_BBB", "person:x")
		say(r, "event", "signed", "2025-05-06", "person:x")
	}
	say("ins_one", "title", "", "Memorandum on lithium refining", "person:x")
	say("ins_one", "summary", "", "What the first says.", "person:x")
	say("ins_two", "title", "", "Memorandum on refining lithium", "person:x")
	say("ins_two", "legal_nature", "stated", "non_binding", "machine:reader/1")
	say("doc_t", "title", "", "A text", "person:x")
	if err := d.Commit(t.Context(), es); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Hour)
	return d, n
}

const twins = "/desk/review/duplicate/ins_one~ins_two"

func TestReviewPages(t *testing.T) {
	d, _ := withTwins(t)
	e := d.as("Edda")
	for _, path := range []string{"/desk/review", "/desk/review?kind=duplicate", twins, "/desk/review/match/doc_t", "/desk/review/machine_claim/ins_two", "/desk/merge", "/desk/merge?one=ins_one", "/desk/merge?one=ins_one&other=ins_two", "/desk/split/ins_one"} {
		a := e.get(path)
		if a.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, a.StatusCode)
		}
		for _, f := range faults(a.body) {
			t.Errorf("%s: %s", path, f)
		}
		for _, who := range []*browser{d.browser(), d.as("Carl")} {
			if a := who.get(path); a.StatusCode != http.StatusForbidden && a.StatusCode != http.StatusNotFound {
				t.Errorf("%s is open to others: %d", path, a.StatusCode)
			}
		}
	}
	list := e.get("/desk/review")
	for _, want := range []string{twins, "/desk/review/match/doc_t", "/desk/review/machine_claim/ins_two"} {
		if !strings.Contains(list.body, want) {
			t.Errorf("the list has no %s", want)
		}
	}
	if a := e.get("/desk/review.json"); !strings.Contains(a.body, `"ins_one~ins_two"`) {
		t.Error("the list as JSON")
	}
	if a := e.get("/desk/review.csv"); !strings.Contains(a.body, "duplicate,ins_one~ins_two") {
		t.Error("the list as CSV")
	}
	for path, want := range map[string]int{"/desk/review/duplicate/ins_one~ins_no": http.StatusOK, "/desk/review/nothing/x": http.StatusNotFound, "/desk/merge?one=ins_one&other=ins_one": 422, "/desk/merge?one=ins_one&other=pty_BBB": 422, "/desk/split/ins_no": http.StatusNotFound} {
		if a := e.get(path); a.StatusCode != want {
			t.Errorf("%s: %d, want %d", path, a.StatusCode, want)
		}
	}
}

// save sends a form, looks at what it changes, and confirms.
func (b *browser) save(page, action string, typed url.Values) answer {
	b.d.t.Helper()
	a := b.send(page, action, typed)
	if a.StatusCode != http.StatusOK {
		return a
	}
	form := filled(b.d.t, a, action, url.Values{"step": {"save"}})
	return b.post(action, form)
}

func TestMergeByWeb(t *testing.T) {
	d, _ := withTwins(t)
	e := d.as("Edda")
	public := func() string {
		return d.browser().get("/instruments.json").body + d.browser().get("/instruments/two.json").body + d.browser().get("/instruments/one.json").body
	}
	before := public()
	typed := url.Values{"act": {"merge"}, "survivor": {"ins_one"}, "into": {"public"}}
	if a := e.send(twins, "/desk/merge", typed); a.StatusCode != 422 || !strings.Contains(a.body, "reason") {
		t.Errorf("a merge without a reason: %d", a.StatusCode)
	}
	typed.Set("reason", "one day, the same parties")
	if a := e.send(twins, "/desk/merge", typed); a.StatusCode != http.StatusOK || public() != before || !strings.Contains(a.body, "Memorandum on refining lithium") {
		t.Errorf("looking changes something: %d", a.StatusCode)
	}
	a := e.save(twins, "/desk/merge", typed)
	if a.StatusCode != http.StatusSeeOther || a.Header.Get("Location") != "/desk/edit/ins_one" {
		t.Fatalf("merging: %d %s\n%s", a.StatusCode, a.Header.Get("Location"), a.body)
	}
	if w := d.browser().get("/instruments/two"); w.StatusCode != http.StatusMovedPermanently || w.Header.Get("Location") != "/instruments/one" {
		t.Errorf("the old address: %d %s", w.StatusCode, w.Header.Get("Location"))
	}
	one := d.browser().get("/instruments/one")
	if !strings.Contains(one.body, "Memorandum on refining lithium") || !strings.Contains(one.body, "Not binding") {
		t.Error("the survivor lost claims")
	}
	if a := e.get("/desk/review"); strings.Contains(a.body, twins) {
		t.Error("it is still asked")
	}
	if a := e.get(twins); !strings.Contains(a.body, "This is decided") {
		t.Error("the decided item does not say so")
	}
	undo := link(t, e.get("/desk/history/ins_one").body, "/desk/undo/")
	if a := e.save(undo, undo, nil); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("undo: %d", a.StatusCode)
	}
	if public() != before {
		t.Error("undone is not as before")
	}
	if a := e.save(twins, "/desk/merge", typed); a.StatusCode != http.StatusSeeOther || d.browser().get("/instruments/two").StatusCode != http.StatusMovedPermanently {
		t.Errorf("the same merge again: %d", a.StatusCode)
	}
}

// link is the first address on a page that begins so.
func link(t testing.TB, body, begins string) string {
	t.Helper()
	_, rest, ok := strings.Cut(body, `href="`+begins)
	if !ok {
		t.Fatalf("no link to %s…", begins)
	}
	rest, _, _ = strings.Cut(rest, `"`)
	return begins + rest
}

// What was told for editors only changes nothing for the public.
func TestKeptApartByWeb(t *testing.T) {
	d, _ := withTwins(t)
	e := d.as("Edda")
	tag := d.browser().get("/instruments/one").Header.Get("ETag")
	if a := e.send(twins, "/desk/merge", url.Values{"act": {"distinct"}, "why_apart": {"two rooms, two papers"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("%d", a.StatusCode)
	}
	if a := e.get("/desk/review"); strings.Contains(a.body, twins) {
		t.Error("it is still asked")
	}
	if got := d.browser().get("/instruments/one").Header.Get("ETag"); got != tag {
		t.Error("the public page changed")
	}
	if a := e.get("/desk/merge?one=ins_one&other=ins_two"); !strings.Contains(a.body, "two rooms, two papers") {
		t.Error("who merges them anyway is not warned")
	}
}

func TestVerdictsByWeb(t *testing.T) {
	d, n := withTwins(t)
	e := d.as("Edda")
	if a := e.send(twins, twins, url.Values{"what": {"later"}, "until": {"2020-01-01"}}); a.StatusCode != 422 {
		t.Errorf("a day past: %d", a.StatusCode)
	}
	if a := e.send(twins, twins, url.Values{"what": {"later"}, "until": {"2027-01-01"}}); a.StatusCode != http.StatusSeeOther || len(n.verdicts) != 1 {
		t.Fatalf("%d", a.StatusCode)
	}
	e.get("/desk") // says what was done, with a link back
	if strings.Contains(e.get("/desk/review").body, twins) || !strings.Contains(e.get("/desk/review?kind=later").body, twins) {
		t.Error("what was put off is still asked, or lost")
	}
}

func TestMatchAndMachineByWeb(t *testing.T) {
	d, _ := withTwins(t)
	e := d.as("Edda")
	const match, machine = "/desk/review/match/doc_t", "/desk/review/machine_claim/ins_two"
	if a := e.save(match, match, url.Values{"act": {"link"}, "instrument": {"ins_one"}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("linking: %d", a.StatusCode)
	}
	v := d.views[registry.Reader(registry.Registry).Name()].View("")
	if refs := v.Record("doc_t").Refs("instrument"); len(refs) != 1 || refs[0] != "ins_one" {
		t.Errorf("linked to %v", refs)
	}
	claims := filled(t, e.get(machine), machine, nil)
	if a := e.post(machine, claims); a.StatusCode != 422 { // nothing marked
		t.Errorf("nothing marked: %d", a.StatusCode)
	}
	body := e.get(machine).body
	_, id, _ := strings.Cut(body, `name="claim" value="`)
	id, _, _ = strings.Cut(id, `"`)
	if a := e.save(machine, machine, url.Values{"act": {"confirm"}, "claim": {id}}); a.StatusCode != http.StatusSeeOther {
		t.Fatalf("confirming: %d", a.StatusCode)
	}
	v = d.views[registry.Reader(registry.Registry).Name()].View("")
	if s := v.Record("ins_two").Slot("legal_nature", "stated"); !strings.HasPrefix(s.Shown.Entry.By, "person:") || len(s.Agreeing) != 1 {
		t.Errorf("confirmed: %+v", s.Shown)
	}
	if strings.Contains(e.get("/desk/review").body, machine) {
		t.Error("it is still asked")
	}
}

func TestSplitByWeb(t *testing.T) {
	d, _ := withTwins(t)
	e := d.as("Edda")
	const split = "/desk/split/ins_one"
	var event registry.EntryID
	for id, x := range d.views[registry.Reader(registry.Registry).Name()].View("").Entries {
		if x.Claim != nil && x.Claim.Record == "ins_one" && x.Claim.Field == "event" {
			event = id
		}
	}
	typed := url.Values{"claim": {string(event)}, "title": {"Another memorandum"}, "reason": {"signed elsewhere"}, "into": {"public"}}
	if a := e.send(split, split, url.Values{"title": {"Another"}, "reason": {"r"}}); a.StatusCode != 422 {
		t.Errorf("nothing marked: %d", a.StatusCode)
	}
	a := e.save(split, split, typed)
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("splitting: %d", a.StatusCode)
	}
	list := d.browser().get("/instruments").body
	if !strings.Contains(list, "Another memorandum") || strings.Contains(d.browser().get("/instruments/one").body, `datetime="2025-05-06"`) {
		t.Error("the claim did not move")
	}
}

// Ten editors merge the same two at the same time: one does, the others hear of it, and the registry is as after one merge.
func TestMergeAtOnce(t *testing.T) {
	d, _ := withTwins(t)
	type sent struct {
		b    *browser
		form url.Values
	}
	var all []sent
	for i := range 10 {
		b := d.as("Edda")
		into := []string{"ins_one", "ins_two"}[i%2]
		a := b.send(twins, "/desk/merge", url.Values{"act": {"merge"}, "survivor": {into}, "into": {"public"}, "reason": {fmt.Sprint("reason ", i)}})
		all = append(all, sent{b, filled(t, a, "/desk/merge", url.Values{"step": {"save"}})})
	}
	var wg sync.WaitGroup
	codes := make([]int, len(all))
	for i, s := range all {
		wg.Go(func() { codes[i] = s.b.post("/desk/merge", s.form).StatusCode })
	}
	wg.Wait()
	done := 0
	for _, c := range codes {
		switch c {
		case http.StatusSeeOther:
			done++
		case http.StatusConflict, 422:
		default:
			t.Errorf("an answer of %d", c)
		}
	}
	v := d.views["public"].View("")
	if done != 1 || len(v.OfKind(registry.KindInstrument)) != 1 || len(v.OfKind(registry.KindInstrument)[0].Joined) != 1 {
		t.Errorf("%d merged; %v", done, codes)
	}
}
