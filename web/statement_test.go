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
