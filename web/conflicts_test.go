package web_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

func TestConflicts(t *testing.T) {
	s := wholeSite(t)
	d := s.page(t, "/conflicts")
	if !strings.Contains(d.text(), "That is no proof that it does not") || !strings.Contains(d.text(), "texts and ") {
		t.Error("the page does not say what silence means, or what was read")
	}
	if n := len(d.all("article.collision")); n == 0 {
		t.Fatal("no pair of provisions")
	}
	if n := len(d.all("article.collision-disjoint")); n != 0 {
		t.Errorf("%d that are set apart among those that are not", n)
	}
	s.data2(t, "/conflicts")
	body := s.get("/conflicts.json?answer=all&samples=show").Body.String()
	rows := strings.Count(s.get("/conflicts.csv?answer=all&samples=show").Body.String(), "\n")
	var found struct {
		Texts, Laws, Pairs int
		Conflicts          []struct {
			Type, Answer, Shown, Ground, Severity, Reason string
			Missing                                       []string
			A, B                                          struct{ Document, EID string }
		}
		Apart []struct {
			Type, Ground string
			N            int
		}
	}
	if err := json.Unmarshal([]byte(body), &found); err != nil {
		t.Fatal(err)
	}
	if len(found.Conflicts) != rows-1 || found.Texts == 0 || found.Laws == 0 || found.Pairs == 0 {
		t.Errorf("%d in JSON, %d in CSV; %d texts, %d laws, %d pairs", len(found.Conflicts), rows-1, found.Texts, found.Laws, found.Pairs)
	}
	answers := map[string]int{}
	for _, f := range found.Conflicts {
		answers[f.Answer]++
		if f.Shown != f.Answer || f.Reason == "" || (f.Answer == "disjoint") != (f.Ground != "") || (f.Answer == "undecided") != (len(f.Missing) > 0) {
			t.Errorf("%+v", f)
		}
	}
	if answers["conflict"] == 0 || answers["disjoint"] == 0 {
		t.Errorf("%v", answers)
	}
	for path, want := range map[string]int{
		"/conflicts?answer=tension": http.StatusOK, "/conflicts?answer=disjoint&samples=show": http.StatusOK, "/conflicts?party=MYS": http.StatusOK, "/conflicts?record=law_malaysia-raw-rare-earths-export-ban": http.StatusOK, "/conflicts?severity=low": http.StatusOK,
		"/conflicts?rule=export_freedom&severity=high": http.StatusOK, "/conflicts?looked=yes": http.StatusOK, "/conflicts?as_of=2020-01-01": http.StatusOK,
		"/conflicts?answer=maybe": http.StatusBadRequest, "/conflicts?party=nobody": http.StatusBadRequest, "/conflicts?rule=none": http.StatusBadRequest, "/conflicts?nonsense=1": http.StatusBadRequest, "/conflicts?page=900": http.StatusBadRequest, "/conflicts?samples=perhaps": http.StatusBadRequest,
		"/conflicts/rules/export_freedom": http.StatusOK, "/conflicts/rules/none": http.StatusNotFound, "/conflicts/doc_nobody/doc_us-malaysia-art-2025": http.StatusNotFound, "/conflicts/doc_us-malaysia-art-2025/doc_us-malaysia-art-2025": http.StatusNotFound,
		"/conflicts/doc_us-malaysia-art-2025/law_malaysia-raw-rare-earths-export-ban?rule=opposite": http.StatusNotFound, "/conflicts/pty_USA/pty_MYS": http.StatusNotFound,
	} {
		if w := s.get(path); w.Code != want {
			t.Errorf("%s: %d, want %d", path, w.Code, want)
		}
	}
	empty := s.page(t, "/conflicts?severity=low&answer=conflict")
	if !strings.Contains(empty.text(), "It is not an answer that nothing collides") {
		t.Error("an empty list reads as if nothing collided")
	}
}

// TestConflictPair follows a finding of samples to the two provisions beside each other.
func TestConflictPair(t *testing.T) {
	s := wholeSite(t)
	at := ""
	for _, a := range s.page(t, "/conflicts?samples=show&answer=conflict").all("article.collision h2 a[href]") {
		at = attr(a.Node, "href")
	}
	if at == "" {
		t.Fatal("no conflict among the samples")
	}
	d := s.page(t, at)
	if n := len(d.all("article.collision")); n != 1 {
		t.Errorf("%d findings under the address of one", n)
	}
	sides := d.all(".alike-side")
	if len(sides) != 2 {
		t.Fatalf("%d sides", len(sides))
	}
	for _, x := range sides {
		if len(x.all("mark")) == 0 || len(x.all(".collision-place a[href]")) != 1 || len(x.all(".cite-line")) != 1 {
			t.Errorf("a side without marked words, place or citation: %s", x.text())
		}
	}
	if !strings.Contains(d.text(), "Read by machine; nobody has looked at it.") {
		t.Error("a machine's reading looks like a fact")
	}
	all, query, _ := strings.Cut(at, "?")
	if j := s.get(all + ".json?" + query).Body.String(); strings.Count(j, `"stance"`) != 2 {
		t.Errorf("the finding as data: %s", j)
	}
	s.data2(t, all)
	if len(s.page(t, all).all("article.collision")) == 0 {
		t.Error("the page of the two texts has nothing")
	}
}

// TestConflictRules shows each rule with what it rests on.
func TestConflictRules(t *testing.T) {
	s := wholeSite(t)
	list := s.page(t, "/conflicts/rules")
	rules := list.all("table.data tbody a[href]")
	if len(rules) < 20 {
		t.Fatalf("%d rules", len(rules))
	}
	for _, a := range []int{0, len(rules) / 2, len(rules) - 1} {
		d := s.page(t, attr(rules[a].Node, "href"))
		if len(d.all(".rule-example")) < 2 || !strings.Contains(d.text(), "Rests on") {
			t.Errorf("%s: without examples or source", attr(rules[a].Node, "href"))
		}
	}
	s.data2(t, "/conflicts/rules")
	s.data2(t, "/conflicts/rules/export_freedom")
}
