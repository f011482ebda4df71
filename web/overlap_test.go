package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

const malaysiaCambodia = "/overlaps/doc_us-malaysia-art-2025/doc_us-cambodia-art-2025"

func TestOverlaps(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/overlaps")
	if n := len(d.all("table.data tbody tr")); n < 20 {
		t.Errorf("%d pairs", n)
	}
	body, rows := s.data2(t, "/overlaps")
	var pairs []struct {
		A, B, Grade string
		Reasons     []struct{ Code string }
		Unknown     []string
	}
	if err := json.Unmarshal([]byte(body), &pairs); err != nil {
		t.Fatal(err)
	}
	if len(pairs) != len(rows)-1 {
		t.Errorf("%d pairs in JSON, %d in CSV", len(pairs), len(rows)-1)
	}
	for _, p := range pairs {
		if p.Grade == "adjacent" || p.Grade == "disjoint" || len(p.Reasons) == 0 {
			t.Errorf("%+v", p)
		}
	}
	for path, want := range map[string]int{
		"/overlaps?grade=duplicate": http.StatusOK, "/overlaps?party=MYS&mineral=rare-earths": http.StatusOK, "/overlaps?record=ins_us-malaysia-art-2025": http.StatusOK, "/overlaps?as_of=2020-01-01": http.StatusOK,
		"/overlaps?grade=disjoint": http.StatusBadRequest, "/overlaps?party=nobody": http.StatusBadRequest, "/overlaps?nonsense=1": http.StatusBadRequest, "/overlaps?page=900": http.StatusBadRequest, "/overlaps?open=perhaps": http.StatusBadRequest,
		"/overlaps/ins_nobody/ins_us-malaysia-art-2025": http.StatusNotFound, "/overlaps/ins_us-malaysia-art-2025/ins_us-malaysia-art-2025": http.StatusNotFound, "/overlaps/pty_USA/pty_MYS": http.StatusNotFound,
		"/overlaps/texts?samples=no": http.StatusBadRequest, "/overlaps/family/us-malaysia-art-2025/art_999": http.StatusNotFound, "/overlaps/family/nobody/art_1": http.StatusNotFound, "/producers?mineral=gold-dust": http.StatusBadRequest,
	} {
		if w := s.get(path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	if t2 := s.page(t, "/overlaps?record=ins_us-malaysia-art-2025"); !strings.Contains(t2.text(), "US–Malaysia MOU") {
		t.Error("the memorandum with Malaysia does not meet the agreement with Malaysia")
	}
}

// TestTextsWithoutWords lays two texts beside each other of which no word is in the registry.
func TestTextsWithoutWords(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, malaysiaCambodia)
	if n := len(d.all("table.data tbody tr")); n < 15 {
		t.Errorf("%d provisions", n)
	}
	for _, w := range []string{"United States shall", "in accordance with"} {
		if strings.Contains(d.text(), w) {
			t.Errorf("%q: words of a text that is not here", w)
		}
	}
	s.data2(t, malaysiaCambodia)
	if list := s.page(t, "/overlaps/texts"); len(list.all("table.data tbody tr")) < 2 {
		t.Error("few texts repeat each other")
	}
	if one := s.page(t, "/overlaps/texts?record=ins_us-cambodia-art-2025"); !strings.Contains(one.text(), "US–Malaysia Agreement") || len(one.all("table.data tbody tr")) != 1 {
		t.Error("the texts that repeat the agreement with Cambodia")
	}
	// A pair has the same provisions whichever way round it is asked.
	a, b := s.get(malaysiaCambodia+".csv").Body.String(), s.get("/overlaps/doc_us-cambodia-art-2025/doc_us-malaysia-art-2025.csv").Body.String()
	if strings.Count(a, "\n") != strings.Count(b, "\n") {
		t.Errorf("%d provisions one way, %d the other", strings.Count(a, "\n"), strings.Count(b, "\n"))
	}
}

// TestTextsWithWords follows two drafts of a sample to the family of a wording.
func TestTextsWithWords(t *testing.T) {
	s := wholeSite(t)
	list := s.page(t, "/overlaps/texts?samples=show&versions=show")
	pair, fam := "", ""
	for _, a := range list.all("a[href]") {
		switch h := attr(a.Node, "href"); {
		case pair == "" && strings.HasPrefix(h, "/overlaps/doc_2021"):
			pair = h
		case fam == "" && strings.HasPrefix(h, "/overlaps/family/2021"):
			fam = h
		}
	}
	if pair == "" || fam == "" {
		t.Fatal("no pair of samples, or no family")
	}
	d := s.page(t, pair)
	marks := d.all(".alike-side mark")
	if len(marks) < 10 {
		t.Errorf("%d passages are marked", len(marks))
	}
	for _, side := range d.all(".alike-side") {
		if len(side.all("h3")) != 1 || len(side.all("p.legal")) != 1 {
			t.Fatal("a side without place or words")
		}
	}
	f := s.page(t, fam)
	if len(f.all(".tree li")) < 2 {
		t.Error("a family of one")
	}
	s.data2(t, fam)
}

func TestProducers(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/producers")
	if len(d.all("main section table")) < 3 {
		t.Error("hardly any partner has the same open with two states")
	}
	s.data2(t, "/producers")
	if one := s.page(t, "/producers?party=BRA"); !strings.Contains(one.text(), "Brazil, rare earths: 2 states") {
		t.Errorf("%s", one.text())
	}
	talks := s.page(t, "/negotiations/us-brazil-talks-2026")
	if !strings.Contains(talks.text(), "Before it is signed: Brazil has talks") {
		t.Error("no word of the other talks that Brazil has on rare earths")
	}
	if box := s.page(t, "/instruments/us-malaysia-art-2025"); len(box.all("#overlaps .box li")) < 3 {
		t.Error("the box of overlaps is empty")
	}
}
