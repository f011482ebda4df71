package web_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/text"
	"github.com/openassay/assay/web"
)

const checkedText = "Agreement on Copper\n\nArticle 1\nDuties\n\nThe Parties shall endeavour to share geological data.\n\nArticle 2\nOther\n\nEach Party shall publish its export licences.\n"

// document puts a text with its reading into the registry, for everybody, and gives it.
func (d *testDesk) document(id registry.RecordID, words string) (*text.Reading, *assay.Analysis) {
	d.t.Helper()
	rd, an, err := readClause("text.txt", []byte(words), nil)
	if err != nil {
		d.t.Fatal(err)
	}
	d.claims(registry.Public, id, "title", "A text", "document_type", "final", "reading", d.keep(rd), "analysis", d.keep(an))
	return rd, an
}

func (d *testDesk) keep(x any) string {
	b, err := json.Marshal(x)
	if err != nil {
		d.t.Fatal(err)
	}
	hash, err := d.blobs.Put(b)
	if err != nil {
		d.t.Fatal(err)
	}
	return hash
}

// claims commits claims on a record: pairs of field and value.
func (d *testDesk) claims(a registry.Audience, id registry.RecordID, pairs ...string) {
	d.t.Helper()
	var es []registry.Entry
	for i := 0; i+1 < len(pairs); i += 2 {
		lang := ""
		if pairs[i] == "title" {
			lang = "en"
		}
		v, err := registry.ParseValue(registry.FieldOf(pairs[i]), pairs[i+1], lang)
		if err != nil {
			d.t.Fatal(err)
		}
		e, err := registry.NewEntry(registry.Entry{Audience: a, At: d.now, By: "machine:test", Claim: &registry.Claim{Record: id, Field: pairs[i], Value: v, Source: "src_a", Method: "read"}})
		if err != nil {
			d.t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	if err := d.Commit(d.t.Context(), es); err != nil {
		d.t.Fatal(err)
	}
}

// publish makes entries of a field public.
func (d *testDesk) publish(id registry.RecordID, field string) {
	d.t.Helper()
	x := registry.Disclosure{Action: "publish", To: registry.Public, Reason: "checked"}
	for _, s := range d.record(id, registry.Registry).Slots(field) {
		x.Targets = append(x.Targets, s.Shown.Entry.ID)
	}
	e, err := registry.NewEntry(registry.Entry{Audience: registry.Public, At: d.now, By: "person:Edda", Disclosure: &x})
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.Commit(d.t.Context(), []registry.Entry{e}); err != nil {
		d.t.Fatal(err)
	}
}

// A person's word wins over the machine's, both are shown, agreement is counted; a newer analysis of the same words keeps it, and taking it back undoes it.
func TestPeopleOverruleTheMachine(t *testing.T) {
	t.Parallel()
	d := newDesk(t, web.Options{Reread: func(rd *text.Reading, _ *registry.View, checks []assay.Check) *assay.Analysis {
		rules, err := assay.LoadRules()
		if err != nil {
			t.Fatal(err)
		}
		return assay.AnalyzeChecked(rd, rules, nil, checks)
	}})
	const id = "doc_c"
	rd, an := d.document(id, checkedText)
	eid, norm := "", assay.Norm{}
	for _, p := range an.Provisions {
		for _, n := range p.Norms {
			if strings.Contains(rd.Text[n.Start:n.End], "endeavour") {
				eid, norm = p.EID, n
			}
		}
	}
	if norm.Modality != assay.Effort {
		t.Fatalf("the sentence reads as %q", norm.Modality)
	}
	path := d.record(id).Path()
	public, carl, edda := d.browser(), d.as("Carl"), d.as("Edda")
	if b := public.get(path + "/" + eid); strings.Contains(b.body, "Confirm or overrule") {
		t.Error("a form for who may not enter anything")
	}
	form := func(b *browser, page, field, key string) string {
		t.Helper()
		for _, a := range parse(t, b.get(page).body).all("a") {
			h := attr(a.Node, "href")
			u, err := url.Parse(h)
			if err == nil && u.Query().Get("field") == field && strings.HasPrefix(u.Query().Get("key"), key) && strings.HasPrefix(h, "/desk/enter/") {
				return h
			}
		}
		t.Fatalf("%s has no form for %s %s", page, field, key)
		return ""
	}
	at := form(carl, path+"/"+eid, "norm_check", fmt.Sprintf("%s@%d-", eid, norm.Start))
	action, _, _ := strings.Cut(at, "?")
	page := carl.get(at).body
	for _, want := range []string{`value="src_a" selected`, `value="inferred" selected`, "art. 1"} {
		if !strings.Contains(page, want) {
			t.Errorf("the form does not begin with %s", want)
		}
	}
	typed := func(value, why string) url.Values { // as the form begins, in which the source and the method are chosen
		return url.Values{"source.use": {"src_a"}, "f0.method": {"inferred"}, "f0.value": {value}, "f0.note": {why}}
	}
	if a := carl.send(at, action, with(typed("obligation", ""), url.Values{"step": {"preview"}})); a.StatusCode == 200 || !strings.Contains(a.body, "reason is missing") {
		t.Errorf("without a reason: %d", a.StatusCode)
	}
	carl.enter(at, typed("obligation", "the <b>French</b> text obliges"))
	who := form(carl, path+"/"+eid, "bearer_check", fmt.Sprintf("%s@%d-", eid, norm.Start))
	if b := carl.get(who).body; !strings.Contains(b, `value="body"`) || !strings.Contains(b, `value="each_party"`) {
		t.Error("the form does not offer who may bear a sentence")
	}
	carl.enter(who, typed("body", "Article 9 gives it to the committee"))
	if b := carl.get(path + "/" + eid).body; !strings.Contains(b, "Machine: each party. Overruled by a person: a joint body.") {
		t.Error("who bears it does not follow the person")
	}
	area := an.Instrument.Areas[0].Code
	carl.enter(form(carl, path+"/assay", "area_check", area), typed("absent", "not a word of it"))

	const overruled = "Machine: tries to do. Overruled by a person: must do."
	if b := public.get(path + "/" + eid); strings.Contains(b.body, "Overruled") || strings.Contains(public.get("/method/accuracy").body, "Labels that people looked at") {
		t.Error("what is not published shows")
	}
	d.now = d.now.Add(time.Minute)
	d.publish(id, "norm_check")
	d.publish(id, "area_check")
	says := func(want bool) {
		t.Helper()
		b := public.get(path + "/" + eid).body
		if strings.Contains(b, overruled) != want || strings.Contains(b, "the &lt;b&gt;French") != want {
			t.Errorf("both words shown: %t, not %t", !want, want)
		}
		for _, f := range faults(b) {
			t.Error(f)
		}
	}
	says(true)
	if b := public.get(path + "/assay").body; !strings.Contains(b, "not a word of it") {
		t.Error("the areas do not say what a person said")
	}
	if b := public.get("/method/accuracy").body; !strings.Contains(b, "Labels that people looked at") {
		t.Error("agreement is not counted")
	}

	if b := public.get(path + "/assay.csv").body; !strings.Contains(b, ",absent,not a word of it") {
		t.Error("the table of areas does not give the person's word")
	}

	newer := *an // the machine reads the same words in another way
	newer.Engine = "newer"
	d.now = d.now.Add(time.Minute)
	d.claims(registry.Public, id, "analysis", d.keep(newer))
	says(true)

	d.now = d.now.Add(time.Minute)
	mine := string(d.record(id, registry.Registry).Slots("norm_check")[0].Shown.Entry.ID)
	edda.confirm("/desk/claims/"+mine, "/desk/claims/"+mine, "retract", url.Values{"reason": {"misread"}})
	says(false)

	carl.enter(at, typed("effort", "it is"))
	if b := carl.get(path + "/" + eid).body; !strings.Contains(b, "A person read it and agrees: tries to do.") {
		t.Error("agreement is not shown")
	}
}

// Who bears a sentence is overruled like its force; levels, counts, marks and commitments follow what people said, with the machine's beside them.
func TestEverythingFollowsPeople(t *testing.T) {
	t.Parallel()
	followed := true
	d := newDesk(t, web.Options{Reread: func(rd *text.Reading, _ *registry.View, checks []assay.Check) *assay.Analysis {
		rules, err := assay.LoadRules()
		if err != nil {
			t.Fatal(err)
		}
		an := assay.AnalyzeChecked(rd, rules, nil, checks)
		if !followed { // the names have changed since
			an.Parties = []string{"BBB"}
		}
		return an
	}})
	const id = "doc_c"
	rd, an := d.document(id, checkedText)
	if an.Instrument.Obligation != 3 {
		t.Fatalf("the text reads as %+v", an.Instrument.Ladders.Obligation)
	}
	key := func(eid string) string {
		for _, p := range an.Provisions {
			if p.EID == eid {
				n := p.Norms[len(p.Norms)-1]
				sum := sha256.Sum256([]byte(rd.Text[n.Start:n.End]))
				return fmt.Sprintf("%s@%d-%d.%x", eid, n.Start, n.End, sum[:4])
			}
		}
		t.Fatal("no " + eid)
		return ""
	}
	path := d.record(id).Path()
	before := d.browser().get(path).body
	d.check(id, "norm_check", key("art_2"), "aspiration", "the annex makes it a wish")
	d.check(id, "bearer_check", key("art_1"), "BBB", "the other side is not meant")
	b := d.browser()
	page := parse(t, b.get(path).body)
	for sel, want := range map[string]string{"#reading": "Machine alone: 3.", "#art_2 .prov-side": "Hopes for each party a person overruled the machine", "#art_1 .prov-side": "Country BBB"} {
		if got := page.one(t, sel); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", sel, got, want)
		}
	}
	if len(page.all("#art_2 mark.m-hollow")) != 1 || len(page.all("#art_2 mark.m-solid")) != 0 || len(page.all("#art_2.form-hollow")) != 1 {
		t.Error("the mark of the words does not follow")
	}
	if n := strings.Count(before, "Must do"); n == 0 || strings.Contains(page.one(t, "#tally"), "Must do") {
		t.Error("the tally does not follow")
	}
	if got := parse(t, b.get(path+"/art_1").body).text(); !strings.Contains(got, "Machine: each party. Overruled by a person: Country BBB.") || !strings.Contains(got, "the other side is not meant") {
		t.Errorf("the sentence: %s", got)
	}
	for _, at := range []string{path, path + "/art_1", path + "/art_2", path + "/assay", "/method/accuracy"} {
		for _, f := range faults(b.get(at).body) {
			t.Errorf("%s: %s", at, f)
		}
	}
	var data struct {
		Instrument struct{ Obligation int }
		Machine    *struct{ Instrument struct{ Obligation int } }
		Checks     []struct{ EID, Field, Person, Machine, Because string }
	}
	if err := json.Unmarshal([]byte(b.get(path+"/assay.json").body), &data); err != nil {
		t.Fatal(err)
	}
	if data.Machine == nil || data.Machine.Instrument.Obligation != 3 || data.Instrument.Obligation != 2 || len(data.Checks) != 2 || data.Checks[0].Person != "BBB" {
		t.Errorf("as data: %+v", data)
	}
	if rows := b.get(path + ".csv").body; !strings.Contains(rows, ",aspiration,") || !strings.Contains(rows, ",obligation\r\n") {
		t.Error("the table has not both words")
	}
	if got := parse(t, b.get("/method/accuracy").body).one(t, "#checked table"); !strings.Contains(got, "Who bears a sentenceLooked at1Agree with the machine0Overrule it1") || !strings.Contains(got, "Wording of sentencesLooked at1Agree with the machine0") {
		t.Errorf("agreement: %s", got)
	}

	followed = false // what cannot be told apart from other changes is not passed off as people's
	d.claims(registry.Public, "doc_d", "title", "Another")
	if got := parse(t, b.get(path).body); !strings.Contains(got.text(), "still the machine's alone") || strings.Contains(got.text(), "Machine alone: 3.") || !strings.Contains(got.one(t, "#art_2 .prov-side"), "Hopes for") {
		t.Errorf("where the reading is behind: %s", got.one(t, "#reading"))
	}
}

// check makes a person's public word on a sentence.
func (d *testDesk) check(id registry.RecordID, field, key, value, why string) {
	d.t.Helper()
	v, err := registry.ParseValue(registry.FieldOf(field), value, "")
	if err != nil {
		d.t.Fatal(err)
	}
	e, err := registry.NewEntry(registry.Entry{Audience: registry.Public, At: d.now, By: "person:Edda", Claim: &registry.Claim{Record: id, Field: field, Key: key, Value: v, Source: "src_a", Method: "inferred", Note: why}})
	if err != nil {
		d.t.Fatal(err, registry.HintOf(err))
	}
	if err := d.Commit(d.t.Context(), []registry.Entry{e}); err != nil {
		d.t.Fatal(err)
	}
}
