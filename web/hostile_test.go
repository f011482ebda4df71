package web_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/registry"
)

const attack = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}`

// hostileSite holds names that attack, that are very long, or that run the other way, in every field that takes words.
func hostileSite(t *testing.T) site {
	long := strings.Repeat("Abkommen über Zusammenarbeit ", 11) // about 300 characters
	unbroken := strings.Repeat("W", 300)
	sources := []registry.Source{
		{ID: "src_a", URL: "https://example.org/?q='&lt;script;=1", Title: attack, Publisher: attack, Date: "2025-01-01", Grade: "wire", Note: attack},
		{ID: "src_b", Title: long, Publisher: unbroken, Grade: "official_text", Lang: "ar"},
		{ID: "src_c", Title: "-", Grade: "aggregator", Publisher: "ناشر \u202Eevil"},
	}
	claims := [][]string{
		{"pty_AAA", "name", "short", attack, "src_a"}, {"pty_BBB", "name", "short", "دولة تجريبية", "src_b"}, {"pty_CCC", "name", "short", unbroken, "src_b"},
		{"pty_AAA", "party_kind", "", "state", "src_a"}, {"min_x", "name", "short", attack, "src_a"}, {"min_x", "symbol", "", attack, "src_a"},
		{"neg_a", "title", "", attack, "src_a"}, {"neg_a", "outcome", "", "ins_a", "src_a"}, {"neg_a", "mandate", "AAA", attack, "src_a"},
		{"ins_long", "title", "", long, "src_b"}, {"ins_unbroken", "title", "", unbroken, "src_b"}, {"ins_rtl", "title", "", "اتفاق \u202E txet", "src_c"},
		{"ins_empty", "note", "x", "A record of which only a note is known.", "src_c"},
	}
	for _, k := range registry.Kinds() {
		d := registry.KindOf(k)
		if !d.Pages || k == registry.KindParty || k == registry.KindMineral {
			continue
		}
		id := d.Prefix + "_a"
		for _, name := range d.Fields {
			f := registry.FieldOf(name)
			key := map[registry.Cardinality]string{registry.Keyed: attack}[f.Card]
			switch {
			case f.Type != registry.TypeText && f.Type != registry.TypeString || name == "address" || id == "neg_a" && name == "title" || name == "file" || name == "reply" || name == "reading" || name == "analysis":
				continue
			case f.Key == "event":
				key = "signed"
			case f.Key == "ref":
				key = "AAA"
			case f.Card == registry.Keyed && f.Key != "string":
				key = registry.Codes(f.Key)[0]
			}
			claims = append(claims, []string{id, name, key, attack, "src_a"}, []string{id, name, key, long, "src_b"})
		}
		for _, c := range [][]string{{"event", "signed", "2025"}, {"event", "signed:AAA", "{unknown}"}, {"party", "", "AAA"}, {"party", "", "BBB"}, {"party", "", "CCC"}, {"mineral", "", "x"},
			{"website", "", "https://example.org/?a=b&c='d"}, {"amount", attack, "up to USD 1 loan"}, {"related", "", "ins_long"}, {"sample", "", "yes"}} {
			if registry.HasField(k, c[0]) && !(c[0] == "sample" && k == registry.KindLaw) {
				claims = append(claims, []string{id, c[0], c[1], c[2], "src_a"})
			}
		}
	}
	return small(t, sources, claims)
}

func TestHostileNames(t *testing.T) {
	s := hostileSite(t)
	seen := 0
	check := func(path string) {
		w := s.get(path)
		body := w.Body.String()
		for _, f := range faults(body) {
			t.Errorf("%s: %s", path, f)
		}
		d := parse(t, body)
		if n := len(d.all("script")) + len(d.all("main img")); n > 0 || w.Code != 200 {
			t.Errorf("%s: %d, %d elements came from a name", path, w.Code, n)
		}
		if strings.Contains(d.text(), "<script>alert(1)</script>") {
			seen++
		}
		s.data(t, path)
	}
	for _, k := range registry.Kinds() {
		if registry.KindOf(k).Pages {
			for _, r := range s.View("").OfKind(k) {
				check(r.Path())
			}
			if k != registry.KindDocument {
				check("/" + registry.KindOf(k).Noun)
				check("/" + registry.KindOf(k).Noun + "?samples=show")
			}
		}
	}
	if seen < 15 {
		t.Errorf("only %d pages show the name as words", seen)
	}
}

// A cell of CSV that begins as a formula does must not be one.
func TestFormulas(t *testing.T) {
	s := small(t, []registry.Source{{ID: "src_a", Title: "A", Grade: "wire"}}, [][]string{
		{"ins_a", "title", "", `=HYPERLINK("https://evil.example")`, "src_a"}, {"ins_b", "title", "", "@SUM(A1)", "src_a"}, {"ins_c", "title", "", "-1+2", "src_a"}, {"ins_d", "title", "", "＝1＋2", "src_a"}})
	_, rows := s.data(t, "/instruments")
	for _, r := range rows[1:] {
		if !strings.HasPrefix(r[2], "'") {
			t.Errorf("a formula: %s", r[2])
		}
	}
}

// Unknown is never shown as no, and a contradiction is one click away.
func TestStatesOfKnowledge(t *testing.T) {
	s := small(t, []registry.Source{{ID: "src_a", Title: "A", Grade: "official_text", Date: "2025-01-01", Publisher: "Ministry"}, {ID: "src_b", Title: "B", Grade: "trade_press", Date: "2025-02-01", Publisher: "Paper"}}, [][]string{
		{"pty_AAA", "name", "short", "Country A", "src_a"},
		{"ins_a", "title", "", "Agreement", "src_a"}, {"ins_a", "party", "", "AAA", "src_a"},
		{"ins_a", "event", "signed", "2025-01-01", "src_a"}, {"ins_a", "event", "signed", "2025-01-09", "src_b"},
		{"ins_a", "event", "in_force", "{unknown}", "src_b"}, {"ins_a", "conditions", "", "{withheld:security:2027-06}", "src_a"},
		{"ins_a", "text_status", "annex", "not_public", "src_b"}, {"ins_a", "offtake", "", "{not applicable}", "src_a"},
		{"neg_a", "title", "", "Talks", "src_b"},
	})
	d := s.page(t, "/instruments/a")
	for selector, want := range map[string]string{
		"#nature .state-not_read":         "No text read here yet",
		"#texts .state-not_looked_for":    "Not looked for",
		"#texts .state-not_public":        "Stated not public",
		"#money .state-withheld":          "Withheld: security; to be looked at again June 2027",
		"#money .state-not_applicable":    "Not applicable",
		"#event-in-force .state-unknown":  "date unknown",
		"#event-signed .disputed":         "Disputed: 1 other claim",
		"#event-signed .others .said":     "9 January 2025",
		"#event-signed .others .panel li": "9 January 2025 2 Paper, 1 February 2025 Press",
	} {
		if got := d.one(t, selector); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", selector, got, want)
		}
	}
	if got := d.one(t, "#event-signed .others"); !strings.Contains(got, "its source ranks higher") {
		t.Errorf("no word on why the one shown is shown: %s", got)
	}
	for _, path := range []string{"/instruments/a", "/negotiations/a", "/instruments", "/negotiations"} {
		for _, td := range s.page(t, path).all("main td") {
			if td.text() == "no" || td.text() == "No" {
				t.Errorf("%s: unknown is shown as no", path)
			}
		}
	}
}
