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

const inFrench = "Accord sur le cuivre\n\nArticle 1\nObligations\n\nLes Parties partagent des données géologiques dans un délai de 90 jours à compter de la signature.\n\nArticle 2\nLicences\n\nChaque Partie peut publier ses licences d'exportation.\n\nArticle 3\nRéunions\n\nLes Parties se réunissent.\n"

func TestSideBySide(t *testing.T) {
	t.Parallel()
	d := newDesk(t, web.Options{})
	d.claims(registry.Public, "ins_copper", "title", "Copper agreement")
	for _, x := range []struct {
		id          registry.RecordID
		words, lang string
		a           registry.Audience
	}{{"doc_en", firstDraft, "en", registry.Public}, {"doc_fr", inFrench, "fr", registry.Public}, {"doc_sekrit", inFrench, "fr", registry.Registry}} {
		rd, an, err := readClause("text.txt", []byte(x.words), nil)
		if err != nil {
			t.Fatal(err)
		}
		d.claims(x.a, x.id, "title", "A text", "document_type", "final", "language", x.lang, "instrument", "ins_copper", "reading", d.keep(rd), "analysis", d.keep(an))
	}
	b := d.browser()
	a := b.get("/side?a=en&b=fr")
	for _, f := range faults(a.body) {
		t.Error(f)
	}
	p := parse(t, a.body)
	var pair string
	for _, r := range p.all(".side-row") {
		if got := r.text(); strings.Contains(got, "geological data") {
			pair = got
		}
	}
	if !strings.Contains(pair, "données géologiques") || !strings.Contains(pair, "Figures that stand in one alone") || !strings.Contains(pair, "90") {
		t.Errorf("article 1: %s", pair)
	}
	if fr := p.all(".side-row [lang=fr]"); len(fr) == 0 {
		t.Error("nothing says that it is French")
	}
	flagged := parse(t, b.get("/side?a=en&b=fr&show=flagged").body).all(".side-row")
	if len(flagged) == 0 || len(flagged) >= len(p.all(".side-row")) {
		t.Errorf("%d rows are to be looked at", len(flagged))
	}
	var data struct {
		Rows []struct {
			A, B        *struct{ EID string }
			Differences []struct{ Kind string }
		}
	}
	if err := json.Unmarshal([]byte(b.get("/side.json?a=en&b=fr").body), &data); err != nil || len(data.Rows) != len(p.all(".side-row")) {
		t.Errorf("as data: %+v %v", data, err)
	}
	if rows, err := csv.NewReader(strings.NewReader(b.get("/side.csv?a=en&b=fr").body)).ReadAll(); err != nil || len(rows) != len(data.Rows)+1 {
		t.Errorf("as a table: %v", err)
	}
	for _, at := range []string{"/side?a=en&b=%s", "/side.json?a=%s&b=fr", "/side.csv?a=en&b=%s"} {
		one, other := b.get(strings.ReplaceAll(at, "%s", "sekrit")), b.get(strings.ReplaceAll(at, "%s", "absent"))
		if one.StatusCode != http.StatusNotFound || strings.ReplaceAll(one.body, "sekrit", "absent") != other.body {
			t.Errorf("%s: %d and %d", at, one.StatusCode, other.StatusCode)
		}
	}
	if a := b.get("/side?a=en&b=fr&page=4"); a.StatusCode != http.StatusBadRequest {
		t.Errorf("a page that is not there: %d", a.StatusCode)
	}
}
