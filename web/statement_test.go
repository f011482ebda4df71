package web_test

import (
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/web"
)

var entered = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// What is alleged, found or judged says so before the value wherever it stands, with who says it, and replies stand beside it.
func TestStatements(t *testing.T) {
	src := registry.Source{ID: "src_a", Title: "Report", Publisher: "Paper", Grade: "wire", Date: "2025-07-01", URL: "https://example.org/r"}
	s := serveClaims(t, []registry.Source{src}, []registry.Claim{
		{Record: "ins_a", Field: "title", Value: registry.Value{Raw: "Contract A"}},
		{Record: "pty_acme", Field: "name", Key: "short", Value: registry.Value{Raw: "Acme"}},
		{Record: "ins_a", Field: "event", Key: "signed", Value: registry.Value{Raw: "2025-01-01"}},
		{Record: "ins_a", Field: "event_note", Key: "signed", Value: registry.Value{Raw: "Money changed hands."}, Statement: "allegation", Speaker: "Watchdog"},
		{Record: "ins_a", Field: "event", Key: "terminated", Value: registry.Value{Raw: "2025-06-01"}, Statement: "judgement", Speaker: "High Court"},
		{Record: "ins_a", Field: "amount", Key: "bonus", Value: registry.Value{Raw: "USD 5 grant"}, Statement: "finding", Speaker: "pty_acme"},
		{Record: "ins_a", Field: "reply", Key: "event_note:signed", Value: registry.Value{Raw: "We paid nobody."}, Statement: "reply", Speaker: "pty_acme"},
		{Record: "ins_a", Field: "reply", Key: "legal_nature", Value: registry.Value{Raw: "It binds nobody."}, Statement: "reply", Speaker: "pty_acme"},
	})
	d := s.page(t, "/instruments/a")
	for selector, want := range map[string]string{
		"#event-signed .state-allegation":    "Alleged by Watchdog",
		"#event-signed .reply .said":         "We paid nobody.",
		"#event-signed .state-reply":         "Acme says:",
		"#event-terminated .state-judgement": "Judged by High Court",
		"#money .state-finding":              "Found by Acme",
		"#notes .reply .said":                "It binds nobody.",
	} {
		if got := d.all(selector); len(got) == 0 || strings.TrimSpace(got[0].text()) != want {
			t.Errorf("%s: %v, want %q", selector, got, want)
		}
	}
	if strings.Contains(s.get("/").Body.String(), "Money changed hands") {
		t.Error("the home page tells an allegation as a fact")
	}
	_, rows := s.data(t, "/instruments/a")
	if len(rows) == 0 || !strings.Contains(strings.Join(rows[0], ","), "statement,speaker") {
		t.Errorf("CSV: %v", rows[0])
	}
}

// Wherever what is alleged or found is told, the same part of the page, the same object and the same line say so; and what is only alleged settles
// nothing: no status, no filter, no count.
func TestStatementsInEveryOutlet(t *testing.T) {
	src := registry.Source{ID: "src_a", Title: "Report", Publisher: "Paper", Grade: "wire", Date: "2025-07-01", URL: "https://example.org/r"}
	const said = "Zebra Mining bribed officials"
	s := serveClaims(t, []registry.Source{src}, []registry.Claim{
		{Record: "ins_a", Field: "title", Value: registry.Value{Raw: "Contract A"}},
		{Record: "ins_a", Field: "type", Value: registry.Value{Raw: "contract"}},
		{Record: "ins_a", Field: "event", Key: "signed", Value: registry.Value{Raw: "2025-01-01"}},
		{Record: "ins_a", Field: "event", Key: "terminated", Value: registry.Value{Raw: "2025-06-01"}, Statement: "allegation", Speaker: "Watchdog"},
		{Record: "ins_a", Field: "party", Value: registry.Value{Raw: "pty_zebra"}},
		{Record: "ins_a", Field: "lender", Value: registry.Value{Raw: "pty_bank"}, Statement: "allegation", Speaker: "Watchdog"},
		{Record: "ins_a", Field: "note", Key: "how", Value: registry.Value{Raw: said + " for it.", Lang: "en"}, Statement: "allegation", Speaker: "Watchdog"},
		{Record: "ins_b", Field: "title", Value: registry.Value{Raw: "Contract B"}},
		{Record: "ins_b", Field: "event", Key: "signed", Value: registry.Value{Raw: "2025-07-01"}},
		{Record: "ins_b", Field: "event_note", Key: "signed", Value: registry.Value{Raw: "An auditor on how " + said + " too.", Lang: "en"}, Statement: "finding", Speaker: "Auditor"},
		{Record: "pty_zebra", Field: "name", Key: "short", Value: registry.Value{Raw: "Zebra Mining"}},
		{Record: "pty_zebra", Field: "party_kind", Value: registry.Value{Raw: "company"}},
		{Record: "pty_zebra", Field: "note", Key: "conduct", Value: registry.Value{Raw: said + " again.", Lang: "en"}, Statement: "allegation", Speaker: "Watchdog"},
		{Record: "pty_bank", Field: "name", Key: "short", Value: registry.Value{Raw: "Bank"}},
	})
	for _, path := range []string{"/", "/instruments", "/instruments/a", "/instruments/a/history", "/instruments/b", "/instruments/b/history", "/parties", "/parties/zebra", "/parties/zebra/history", "/parties/bank", "/sources/src_a",
		"/search?q=bribed", "/search?q=zebra+mining+bribed+officials", "/findings", "/data"} {
		for _, format := range []string{"", ".json", ".csv"} {
			at, query, _ := strings.Cut(path, "?")
			w := s.get(at + format + "?" + query)
			if w.Code != 200 {
				continue
			}
			body := w.Body.String()
			for i := 0; ; {
				n := strings.Index(strings.ToLower(body[i:]), "bribed")
				if n < 0 {
					break
				}
				i += n + 1
				if before := body[max(0, i-60):i]; strings.Contains(before, `value="`) || strings.Contains(before, "Search: ") || strings.Contains(body[max(0, i-40):i], "q=") || strings.Contains(body[max(0, i-40):i], "q\":") || strings.Contains(body[max(0, i-40):i], "“") { // what was searched for
					continue
				}
				around := strings.ToLower(body[max(0, i-350):min(len(body), i+350)])
				if !strings.Contains(around, "alleg") && !strings.Contains(around, "found by") && !strings.Contains(around, "finding") && !strings.Contains(around, "watchdog") && !strings.Contains(around, "auditor") {
					t.Errorf("%s%s tells it as a fact: %s", path, format, body[max(0, i-200):min(len(body), i+100)])
				}
			}
		}
	}
	if d := s.page(t, "/instruments/a").text(); strings.Contains(d, "Terminated") && !strings.Contains(d, "Alleged by Watchdog") {
		t.Error("an alleged end is the status")
	}
	for path, word := range map[string]string{"/instruments": "Terminated", "/parties/bank": "Contract A"} {
		if strings.Contains(s.page(t, path).text(), word) {
			t.Errorf("%s takes an allegation for so", path)
		}
	}
}

// serveClaims is a site of claims that rest on the first source.
func serveClaims(t testing.TB, sources []registry.Source, claims []registry.Claim) site {
	t.Helper()
	p, err := projected(madePublic(t, sources, claims))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return serve(t, p, web.Options{})
}

// madePublic are public entries of sources and of claims that rest on the first of them.
func madePublic(t testing.TB, sources []registry.Source, claims []registry.Claim) []registry.Entry {
	t.Helper()
	var es []registry.Entry
	put := func(e registry.Entry) {
		e.At, e.By, e.Audience = entered, "person:test", registry.Public
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err, registry.HintOf(err))
		}
		es = append(es, e)
	}
	for i := range sources {
		put(registry.Entry{Source: &sources[i]})
	}
	for i := range claims {
		c := claims[i]
		v, err := registry.ParseValue(registry.FieldOf(c.Field), c.Value.Raw, c.Value.Lang)
		if err != nil {
			t.Fatal(c, err)
		}
		c.Value = v
		if c.Source == "" {
			c.Source = sources[0].ID
		}
		put(registry.Entry{Claim: &c})
	}
	return es
}
