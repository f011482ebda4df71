package registry_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"

	. "github.com/openassay/assay/registry"
	"pgregory.net/rapid"
)

var t0 = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

func entry(t testing.TB, e Entry) Entry {
	t.Helper()
	if e.At.IsZero() {
		e.At = t0
	}
	if e.By == "" {
		e.By = "person:test"
	}
	if e.Audience == "" {
		e.Audience = Public
	}
	e, err := NewEntry(e)
	if err != nil {
		t.Fatal(err, HintOf(err))
	}
	return e
}

func source(t testing.TB, id, grade, date string) Entry {
	return entry(t, Entry{Source: &Source{ID: SourceID(id), URL: "https://example.org/" + id, Grade: grade, Date: date}})
}

func claim(t testing.TB, rec, field, key, value, src string, more ...func(*Entry)) Entry {
	t.Helper()
	v, err := ParseValue(FieldOf(field), value, "")
	if err != nil {
		t.Fatal(err)
	}
	e := Entry{Claim: &Claim{Record: RecordID(rec), Field: field, Key: key, Value: v, Source: SourceID(src)}}
	for _, m := range more {
		m(&e)
	}
	return entry(t, e)
}

func shown(v *View, rec, field, key string) string {
	r := v.Record(RecordID(rec))
	if r == nil {
		return "<no record>"
	}
	return r.KeyedString(field, key)
}

func TestChoiceRule(t *testing.T) {
	wire, press, text := source(t, "src_wire", "wire", "2025-01-01"), source(t, "src_press", "trade_press", "2025-06-01"), source(t, "src_text", "official_text", "2024-01-01")
	press2 := source(t, "src_press2", "trade_press", "2025-07-01")
	at := func(d time.Duration) func(*Entry) { return func(e *Entry) { e.At = t0.Add(d) } }
	machine := func(e *Entry) { e.By = "machine:reader/1" }
	for _, c := range []struct {
		name, want, why string
		claims          []Entry
	}{
		{"grade", "2025-03-01", "grade", []Entry{claim(t, "ins_x", "event", "signed", "2025-03-02", "src_press"), claim(t, "ins_x", "event", "signed", "2025-03-01", "src_text")}},
		{"newer source", "2025-03-02", "newer_source", []Entry{claim(t, "ins_x", "event", "signed", "2025-03-01", "src_press"), claim(t, "ins_x", "event", "signed", "2025-03-02", "src_press2")}},
		{"newer claim", "2025-03-02", "newer_claim", []Entry{claim(t, "ins_x", "event", "signed", "2025-03-01", "src_press"), claim(t, "ins_x", "event", "signed", "2025-03-02", "src_press", at(time.Hour))}},
		{"person before machine", "2025-03-01", "person", []Entry{claim(t, "ins_x", "event", "signed", "2025-03-01", "src_press"), claim(t, "ins_x", "event", "signed", "2025-03-02", "src_press2", machine)}},
		{"more exact agrees", "2025-03-02", "only", []Entry{claim(t, "ins_x", "event", "signed", "2025-03", "src_text"), claim(t, "ins_x", "event", "signed", "2025-03-02", "src_press")}},
		{"unknown never beats", "2025", "only", []Entry{claim(t, "ins_x", "event", "signed", "{unknown}", "src_text"), claim(t, "ins_x", "event", "signed", "2025", "src_press")}},
	} {
		all := append([]Entry{wire, press, press2, text}, c.claims...)
		v := Compile(all, Reader(), "")
		s := v.Record("ins_x").Slot("event", "signed")
		if got := s.Shown.Value.Raw; got != c.want || s.Why != c.why {
			t.Errorf("%s: shown %s because of %s, want %s because of %s", c.name, got, s.Why, c.want, c.why)
		}
	}
	a, b := claim(t, "ins_x", "event", "signed", "2025-03-02", "src_press"), claim(t, "ins_x", "event", "signed", "2025-03-01", "src_text")
	pick := entry(t, Entry{Choice: &Choice{Claim: a.ID, Reason: "the official page has a typing error"}})
	v := Compile([]Entry{press, text, a, b, pick}, Reader(), "")
	if s := v.Record("ins_x").Slot("event", "signed"); s.Shown.Value.Raw != "2025-03-02" || s.Why != "overruled" || len(s.Losing) != 1 {
		t.Errorf("overruled: %+v", s)
	}
}

func TestSuccessionAndDenial(t *testing.T) {
	p := source(t, "src_p", "trade_press", "2025-06-01")
	from := func(d string) func(*Entry) { return func(e *Entry) { e.Claim.From = d } }
	until := func(d string) func(*Entry) { return func(e *Entry) { e.Claim.Until = d } }
	es := []Entry{p, source(t, "src_o", "official_text", "2025-06-01"),
		claim(t, "fin_x", "amount", "", "USD 250000000 loan", "src_p", from("2023-06")),
		claim(t, "fin_x", "amount", "", "USD 553000000 loan", "src_p", from("2025-01")),
		claim(t, "pty_GBR", "iso3", "", "GBR", "src_p"), claim(t, "pty_EU", "iso3", "", "EU", "src_p"),
		claim(t, "pty_GBR", "member_of", "", "pty_EU", "src_p", until("2020-01-31")),
		claim(t, "frm_x", "party", "", "GBR", "src_p"),
		claim(t, "frm_x", "party", "", "GBR", "src_o", func(e *Entry) { e.Claim.Not = true }),
	}
	v := Compile(es, Reader(), "")
	s := v.Record("fin_x").Slot("amount", "")
	if s.Shown.Value.Raw != "USD 553000000 loan" || len(s.Earlier) != 1 || s.Disputed() {
		t.Errorf("succession: %+v", s)
	}
	if m := v.Record("pty_GBR").Slots("member_of")[0]; m.Shown != nil || len(m.Earlier) != 1 {
		t.Errorf("ended membership: %+v", m)
	}
	if m := v.Record("frm_x").Slots("party")[0]; m.Shown != nil || len(m.Losing) != 1 || len(m.Denials) != 1 {
		t.Errorf("denied by a better source: %+v", m)
	}
}

func TestAsOf(t *testing.T) {
	brief, later := source(t, "src_brief", "brief", "2025-11"), source(t, "src_later", "official_release", "2025-12-05")
	es := []Entry{brief, later,
		claim(t, "neg_x", "event", "reported", "2025", "src_brief"),
		claim(t, "neg_x", "event", "signed", "2025-12-04", "src_later"),
		claim(t, "ins_x", "event", "signed", "2025-12-04", "src_later")}
	for _, c := range []struct {
		asOf  Day
		stage string
		ins   bool
	}{{"", "concluded", true}, {"2025-11-30", "exploratory", false}, {"2025-11-29", "", false}, {"2025-12-05", "concluded", true}} {
		v := Compile(es, Reader(), c.asOf)
		stage := ""
		if r := v.Record("neg_x"); r != nil {
			stage = r.Stage().Code
		}
		if stage != c.stage || (v.Record("ins_x") != nil) != c.ins {
			t.Errorf("as of %q: stage %q, instrument %v", c.asOf, stage, v.Record("ins_x") != nil)
		}
	}
}

func TestStanding(t *testing.T) {
	p := source(t, "src_p", "wire", "2025-06-01")
	for _, c := range []struct {
		events [][2]string
		want   string
	}{
		{[][2]string{{"signed", "2022-10-22"}, {"in_effect", "{unknown}"}}, "in_force"},
		{[][2]string{{"signed", "{unknown}"}, {"in_force", "2020"}}, "in_force"},
		{[][2]string{{"under_review", "2025-02-24"}, {"in_effect", "{unknown}"}, {"signed", "2024-02-19"}}, "under_review"},
		{[][2]string{{"concluded", "2025-01-17"}}, "concluded"},
		{[][2]string{{"signed", "2025-05-01"}, {"terminated", "2027"}}, "signed"},
		{[][2]string{{"signed", "2025-05-01"}, {"bill_tabled", "2025-05-20"}}, "signed"},
		{[][2]string{{"meeting", "2025-05-01"}}, ""},
	} {
		es := []Entry{p}
		for _, e := range c.events {
			es = append(es, claim(t, "ins_x", "event", e[0], e[1], "src_p"))
		}
		if got := Compile(es, Reader(), "").Record("ins_x").Status().Code; got != c.want {
			t.Errorf("%v: %q, want %q", c.events, got, c.want)
		}
	}
}

// TestReferencesAreAlwaysKnown: a party named by an undated reference is there as of any date, and so are the claims that refer to it.
func TestReferencesAreAlwaysKnown(t *testing.T) {
	names := source(t, "src_names", "official_release", "")
	news := source(t, "src_news", "wire", "2025-03-01")
	es := []Entry{names, news, claim(t, "pty_ZMB", "name", "short", "Zambia", "src_names"), claim(t, "ins_x", "party", "", "ZMB", "src_news"),
		claim(t, "ins_y", "title", "", "Undated", "src_names"), claim(t, "ins_y", "party", "", "ZMB", "src_names")}
	v := Compile(es, Reader(), "2025-03-01")
	if v.Record("pty_ZMB") == nil || len(v.Record("ins_x").Refs("party")) != 1 {
		t.Error("a party is not known as of the date of the claim that names it")
	}
	if v.Record("ins_y") != nil {
		t.Error("a fact from an undated source is known before its entry")
	}
}

func TestRetractionAndSupersession(t *testing.T) {
	s := source(t, "src_p", "wire", "2025-01-01")
	a := claim(t, "ins_x", "title", "", "Old", "src_p")
	b := claim(t, "ins_x", "title", "", "New", "src_p", func(e *Entry) { e.Claim.Supersedes = a.ID; e.Audience = Registry })
	r := entry(t, Entry{Retraction: &Retraction{Target: b.ID, Reason: "mistake"}, Audience: Registry})
	rr := entry(t, Entry{Retraction: &Retraction{Target: r.ID, Reason: "was right"}, Audience: Registry})
	for i, c := range []struct {
		es       []Entry
		pub, reg string
	}{{[]Entry{s, a, b}, "Old", "New"}, {[]Entry{s, a, b, r}, "Old", "Old"}, {[]Entry{s, a, b, r, rr}, "Old", "New"}} {
		if got := shown(Compile(c.es, Reader(), ""), "ins_x", "title", ""); got != c.pub {
			t.Errorf("%d public: %s", i, got)
		}
		if got := shown(Compile(c.es, Reader(Registry), ""), "ins_x", "title", ""); got != c.reg {
			t.Errorf("%d registry: %s", i, got)
		}
	}
	// A retraction entered at registry takes a public claim back for the public too.
	hidden := entry(t, Entry{Retraction: &Retraction{Target: a.ID, Reason: "wrong"}, Audience: Registry})
	if v := Compile([]Entry{s, a, hidden}, Reader(), ""); v.Record("ins_x") != nil {
		t.Error("a retracted public claim is still public")
	}
}

func TestDisclosureAndReferences(t *testing.T) {
	s := source(t, "src_p", "wire", "2025-01-01")
	hid := claim(t, "ins_hidden", "title", "", "Secret", "src_p", func(e *Entry) { e.Audience = "talks:neg_x"; e.Nonce = "n" })
	ref := claim(t, "neg_x", "outcome", "", "ins_hidden", "src_p")
	title := claim(t, "neg_x", "title", "", "Talks", "src_p")
	pub := entry(t, Entry{Disclosure: &Disclosure{Targets: []EntryID{hid.ID}, Action: "release", To: Public}, At: t0.Add(time.Hour)})
	wd := entry(t, Entry{Disclosure: &Disclosure{Targets: []EntryID{hid.ID}, Action: "withdraw", To: Public}, At: t0.Add(2 * time.Hour)})
	if v := Compile([]Entry{s, hid, ref, title}, Reader(), ""); v.Record("ins_hidden") != nil || len(v.Record("neg_x").Refs("outcome")) != 0 {
		t.Error("a reference tells of a hidden record")
	}
	if v := Compile([]Entry{s, hid, ref, title}, Reader("talks:neg_x"), ""); len(v.Record("neg_x").Refs("outcome")) != 1 {
		t.Error("the delegation does not see its own")
	}
	if v := Compile([]Entry{s, hid, ref, title, pub}, Reader(), ""); v.Record("ins_hidden") == nil {
		t.Error("released and not visible")
	}
	if v := Compile([]Entry{s, hid, ref, title, wd, pub}, Reader(), ""); v.Record("ins_hidden") != nil {
		t.Error("withdrawn and visible")
	}
}

func TestMergeKeepsClaims(t *testing.T) {
	s, o := source(t, "src_p", "wire", "2025-01-01"), source(t, "src_o", "wire", "2025-02-01")
	es := []Entry{s, o, claim(t, "ins_a", "title", "", "Kept", "src_p"), claim(t, "ins_b", "title", "", "Duplicate", "src_o"),
		claim(t, "ins_b", "event", "signed", "2024-08-22", "src_o"), claim(t, "ins_b", "redirect", "", "ins_a", "src_o"),
		claim(t, "neg_n", "outcome", "", "ins_b", "src_o")}
	v := Compile(es, Reader(), "")
	a := v.Record("ins_b")
	if a == nil || a.ID != "ins_a" || a.String("title") != "Kept" || a.KeyedString("event", "signed") != "2024-08-22" || len(a.Values("alias")) != 1 {
		t.Errorf("merged: %+v", a)
	}
	if got := v.Record("neg_n").Refs("outcome"); len(got) != 1 || got[0] != "ins_a" {
		t.Errorf("reference after merge: %v", got)
	}
	// Two records redirected at each other lose nothing.
	es = append(es, claim(t, "ins_a", "redirect", "", "ins_b", "src_p"))
	if v := Compile(es, Reader(), ""); v.Record("ins_a") == nil || v.Record("ins_a") != v.Record("ins_b") {
		t.Error("a ring of redirects loses records")
	}
}

// dump is a view as text, every claim in its place.
func dump(v *View) string {
	b, err := json.Marshal(v.Dump())
	if err != nil {
		panic(err)
	}
	return string(b)
}

// drawEntries draws a log: sources, claims, retractions, disclosures and choices on a few records at several audiences.
func drawEntries(t *rapid.T, tb testing.TB) []Entry {
	var es []Entry
	grades := Codes("grade")
	for i := range 4 {
		es = append(es, source(tb, fmt.Sprintf("src_%d", i), rapid.SampledFrom(grades).Draw(t, "grade"), rapid.SampledFrom([]string{"", "2024", "2025-03", "2025-06-01"}).Draw(t, "date")))
	}
	recs := []string{"ins_a", "ins_b", "ins_c", "neg_a"}
	aud := func() Audience {
		return rapid.SampledFrom([]Audience{Public, Public, Registry, "parliament:ZMB", Sealed}).Draw(t, "audience")
	}
	n := rapid.IntRange(1, 25).Draw(t, "n")
	for range n {
		rec, src := rapid.SampledFrom(recs).Draw(t, "rec"), fmt.Sprintf("src_%d", rapid.IntRange(0, 3).Draw(t, "src"))
		at := t0.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "at")) * time.Hour)
		opt := func(e *Entry) {
			if e.Audience, e.At = aud(), at; e.Audience != Public {
				e.Nonce = string(e.Audience) // as the log does, so that an id tells nothing of a hidden claim
			}
			e.Claim.Not = rapid.IntRange(0, 9).Draw(t, "not") == 0
			e.Claim.From = rapid.SampledFrom([]string{"", "", "2024", "2025-02"}).Draw(t, "from")
		}
		switch rapid.IntRange(0, 7).Draw(t, "what") {
		case 0, 1, 2:
			es = append(es, claim(tb, rec, "event", "signed", rapid.SampledFrom([]string{"2025", "2025-03", "2025-03-01", "2025-03-02", "{unknown}"}).Draw(t, "date"), src, opt))
		case 3:
			es = append(es, claim(tb, rec, "title", "", rapid.SampledFrom([]string{"One", "Two"}).Draw(t, "title"), src, opt))
		case 4:
			f := rapid.SampledFrom([]string{"related", "redirect"}).Draw(t, "f")
			if to := rapid.SampledFrom(recs).Draw(t, "to"); to != rec && (f == "related" || to[:4] == rec[:4]) {
				es = append(es, claim(tb, rec, f, "", to, src, opt))
			}
		default:
			target := rapid.SampledFrom(es).Draw(t, "target").ID
			e := Entry{Audience: aud(), At: at}
			switch rapid.IntRange(0, 4).Draw(t, "meta") {
			case 0:
				e.Retraction = &Retraction{Target: target, Reason: "r"}
			case 1:
				e.Disclosure = &Disclosure{Targets: []EntryID{target}, Action: rapid.SampledFrom([]string{"publish", "withdraw"}).Draw(t, "action"), To: aud()}
				e.Audience = e.Disclosure.To
			case 2:
				e.Choice = &Choice{Claim: target, Reason: "r"}
			default:
				to := rapid.SampledFrom([]RecordID{"ins_a", "ins_b", "ins_new", "neg_new"}).Draw(t, "where")
				e.Move = &Move{Claims: []EntryID{target, rapid.SampledFrom(es).Draw(t, "other").ID}, To: to, Reason: "two things"}
			}
			es = append(es, entry(tb, e))
		}
	}
	once := map[EntryID]bool{} // a log holds an id once
	return slices.DeleteFunc(es, func(e Entry) bool {
		twice := once[e.ID]
		once[e.ID] = true
		return twice
	})
}

func TestCompileDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		es := drawEntries(rt, t)
		asOf := rapid.SampledFrom([]Day{"", "2025-03-31", "2026-01-01"}).Draw(rt, "asOf")
		readers := rapid.SampledFrom([]Audiences{Reader(), Reader(Registry), Reader("parliament:ZMB", Sealed)}).Draw(rt, "readers")
		want := dump(Compile(es, readers, asOf))
		mixed := append([]Entry{}, es...)
		rand.New(rand.NewSource(rapid.Int64().Draw(rt, "seed"))).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		mixed = append(mixed, mixed[0]) // delivered twice
		if got := dump(Compile(mixed, readers, asOf)); got != want {
			rt.Fatalf("order matters:\n%s\n%s", want, got)
		}
	})
}

// TestNonInterferenceCompile adds entries that the public may not see to a log; nothing that the public sees changes.
func TestNonInterferenceCompile(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		es := drawEntries(rt, t)
		public := Visible(es, Reader())
		ids := map[EntryID]bool{}
		for _, e := range public {
			ids[e.ID] = true
		}
		base := append([]Entry{}, public...)
		for _, e := range es { // what acts on public entries from behind is public by its effect, and stays in both
			if e.Retraction != nil || e.Disclosure != nil && e.Disclosure.To == Public {
				base = append(base, e)
			}
		}
		if got, want := dump(Compile(es, Reader(), "")), dump(Compile(base, Reader(), "")); got != want {
			rt.Fatalf("hidden entries show:\n%s\n%s", want, got)
		}
	})
}
