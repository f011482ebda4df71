package web_test

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

const firstDraft = "Agreement on Copper\n\nArticle 1\nDuties\n\nThe Parties shall share geological data within 180 days of signature.\n\nArticle 2\nLicences\n\nEach Party shall publish its <b>export</b> licences.\n\nArticle 3\nGoing\n\nThe Parties shall meet.\n"

var secondDraft = strings.NewReplacer("The Parties shall share", "The Parties may share", "within 180 days of signature", "in due course", "Article 3\nGoing\n\nThe Parties shall meet.", "Article 3\nMines\n\nThe Parties shall close the mines that they agree on.").Replace(firstDraft)

// drafts are two public drafts of an instrument and one that only editors see.
func drafts(t *testing.T) *testDesk {
	d := newDesk(t, web.Options{BaseURL: "https://registry.example"})
	d.claims(registry.Public, "ins_copper", "title", "Copper agreement")
	for i, x := range []string{firstDraft, secondDraft, strings.ReplaceAll(secondDraft, "copper", "cobalt")} {
		a, id := registry.Public, registry.RecordID([]string{"doc_first", "doc_second", "doc_sekrit"}[i])
		if i == 2 {
			a = registry.Registry
		}
		rd, an, err := readClause("text.txt", []byte(x), nil)
		if err != nil {
			t.Fatal(err)
		}
		d.claims(a, id, "title", "Draft", "document_type", "draft", "version", []string{"1", "2", "3"}[i], "language", "en", "instrument", "ins_copper", "reading", d.keep(rd), "analysis", d.keep(an))
	}
	return d
}

func TestVersions(t *testing.T) {
	t.Parallel()
	d := drafts(t)
	b := d.browser()
	a := b.get("/instruments/copper/versions")
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	p := parse(t, a.body)
	rows := p.all("tbody tr")
	if len(rows) != 2 || !strings.Contains(rows[0].text(), "Number1") || !strings.Contains(rows[1].text(), "Number2") || strings.Contains(a.body, "sekrit") {
		t.Fatalf("the drafts: %v", rows)
	}
	if got := attr(rows[1].all("td a")[0].Node, "href"); got != "/redline?a=first&b=second" {
		t.Errorf("against the one before: %s", got)
	}
	if o := p.all("#a option"); len(o) != 2 {
		t.Errorf("%d texts to choose from", len(o))
	}
	if rows := parse(t, d.as("Edda").get("/instruments/copper/versions").body).all("tbody tr"); len(rows) != 3 {
		t.Errorf("an editor sees %d", len(rows))
	}
	if got := b.get("/documents/first"); !strings.Contains(got.body, "/instruments/copper/versions") {
		t.Error("a draft does not lead to the others")
	}
	if got := b.get("/instruments/copper"); !strings.Contains(got.body, "/instruments/copper/versions") {
		t.Error("the instrument does not lead to its drafts")
	}
}

func TestRedlinePage(t *testing.T) {
	t.Parallel()
	d := drafts(t)
	b := d.browser()
	const at = "/redline?a=first&b=second"
	page := func(query string) doc {
		t.Helper()
		a := b.get(at + query)
		if a.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %s", query, a.StatusCode, a.body)
		}
		for _, f := range faults(a.body) {
			t.Errorf("%s: %s", query, f)
		}
		return parse(t, a.body)
	}
	p := page("")
	force := p.one(t, "#force table")
	for _, want := range []string{"Strength of wording", "shall", "(must do)", "“may” (may do)", "Deadline", "180 days", "nothing"} {
		if !strings.Contains(force, want) {
			t.Errorf("what changed in force lacks %q: %s", want, force)
		}
	}
	if del, ins := p.all("article del"), p.all("article ins"); len(del) == 0 || len(ins) == 0 || !strings.HasPrefix(del[0].text(), "deleted: ") || !strings.HasPrefix(ins[0].text(), "added: ") || !strings.HasSuffix(ins[0].text(), "(end)") {
		t.Error("whoever does not see the marks does not hear them")
	}
	if strings.Contains(page("").text(), "licences") {
		t.Error("what did not change is shown")
	}
	if got := page("&as=table"); len(got.all("table.redline-table tbody tr")) != len(p.all("article.change")) {
		t.Error("the table has other changes than the list")
	}
	if got := page("&kind=modal"); len(got.all("article.change")) != 1 {
		t.Error("the kinds do not choose")
	}
	var data struct {
		Changes []struct {
			Kinds         []string
			A, B          *struct{ EID string }
			Before, After string
		}
	}
	if err := json.Unmarshal([]byte(b.get("/redline.json?a=first&b=second").body), &data); err != nil || len(data.Changes) != len(p.all("article.change")) {
		t.Errorf("as data: %+v %v", data, err)
	}
	if rows, err := csv.NewReader(strings.NewReader(b.get("/redline.csv?a=first&b=second").body)).ReadAll(); err != nil || len(rows) != len(data.Changes)+1 {
		t.Errorf("as a table: %v %v", rows, err)
	}
	for as, begins := range map[string]string{"docx": "PK", "pdf": "%PDF"} {
		if a := b.get(at + "&as=" + as); a.StatusCode != http.StatusOK || !strings.HasPrefix(a.body, begins) {
			t.Errorf("as %s: %d", as, a.StatusCode)
		}
	}
	if got := parse(t, b.get("/redline?a=second&b=first").body).one(t, "#force table"); !strings.Contains(got, "“shall” (must do)") {
		t.Error("the other way round")
	}
	for query, status := range map[string]int{"?a=first": 400, "": 400, "?a=first&b=first": 400, "?a=first&b=nothing": 404, at[8:] + "&kind=odd": 400, at[8:] + "&as=exe": 400, at[8:] + "&page=7": 400} {
		if a := b.get("/redline" + query); a.StatusCode != status {
			t.Errorf("%s: %d, want %d", query, a.StatusCode, status)
		}
	}
}

// A redline with a text that is not for everybody is answered as one with a text that is not there.
func TestHiddenDraftsAreAsAbsent(t *testing.T) {
	t.Parallel()
	d := drafts(t)
	b := d.browser()
	for _, at := range []string{"/redline?a=first&b=%s", "/redline?a=%s&b=first", "/redline.json?a=first&b=%s", "/redline.csv?a=first&b=%s", "/redline?as=pdf&a=first&b=%s", "/redline?as=docx&a=%s&b=second", "/redline?a=first&b=documents/%s"} {
		one, other := b.get(strings.ReplaceAll(at, "%s", "sekrit")), b.get(strings.ReplaceAll(at, "%s", "absent"))
		if one.StatusCode != http.StatusNotFound || other.StatusCode != http.StatusNotFound || strings.ReplaceAll(one.body, "sekrit", "absent") != other.body {
			t.Errorf("%s: %d and %d", at, one.StatusCode, other.StatusCode)
		}
	}
	if a := d.as("Edda").get("/redline?a=second&b=sekrit"); a.StatusCode != http.StatusOK {
		t.Errorf("an editor: %d", a.StatusCode)
	}
}

// What is chosen beforehand are the last two texts of one language, not the last text and its translation.
func TestVersionsChosen(t *testing.T) {
	t.Parallel()
	d := drafts(t)
	rd, an, err := readClause("text.txt", []byte("Accord sur le cuivre\n\nArticle 1\n\nLes Parties partagent les données chaque année.\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	d.claims(registry.Public, "doc_french", "title", "Projet", "document_type", "draft", "version", "3", "language", "fr", "instrument", "ins_copper", "reading", d.keep(rd), "analysis", d.keep(an))
	p := parse(t, d.browser().get("/instruments/copper/versions").body)
	for sel, want := range map[string]string{"#a": "first", "#b": "second"} {
		if o := p.all(sel + " option[selected]"); len(p.all(sel+" option")) != 3 || len(o) != 1 || attr(o[0].Node, "value") != want {
			t.Errorf("%s: %d chosen of %d", sel, len(o), len(p.all(sel+" option")))
		}
	}
}
