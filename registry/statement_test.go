package registry_test

import (
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/registry"
)

func statement(t *testing.T, c registry.Claim, raw string) (registry.Entry, error) {
	t.Helper()
	v, err := registry.ParseValue(registry.FieldOf(c.Field), raw, "")
	if err != nil {
		t.Fatal(err)
	}
	c.Value, c.Source = v, "src_a"
	return registry.NewEntry(registry.Entry{Claim: &c, By: "person:test", Audience: registry.Public, At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)})
}

func TestStatementRules(t *testing.T) {
	for _, c := range []struct {
		field, key, value, statement, speaker, want string
	}{
		{"event_note", "opposed", "It paid officials.", "allegation", "Watchdog", ""},
		{"event_note", "opposed", "It paid officials.", "allegation", "pty_watchdog", ""},
		{"event_note", "opposed", "It paid officials.", "allegation", "", "needs its speaker"},
		{"event_note", "opposed", "It paid officials.", "rumour", "Watchdog", "unknown"},
		{"event_note", "opposed", "It paid officials.", "", "Watchdog", "a fact has no speaker"},
		{"event_note", "opposed", "It paid officials.", "fact", "", ""},
		{"event_note", "opposed", "It paid officials.", "finding", "Audit\noffice", "line breaks"},
		{"event", "terminated", "2025", "judgement", "High Court", ""},
		{"title", "", "A bribe", "allegation", "Watchdog", "cannot stand in title"},
		{"summary", "", "A bribe", "finding", "Watchdog", "cannot stand in summary"},
		{"reply", "event_note:opposed", "We paid nobody.", "reply", "pty_acme", ""},
		{"reply", "event_note:opposed", "We paid nobody.", "", "", "belong together"},
		{"note", "x", "We paid nobody.", "reply", "pty_acme", "belong together"},
	} {
		e, err := statement(t, registry.Claim{Record: "ins_a", Field: c.field, Key: c.key, Statement: c.statement, Speaker: c.speaker}, c.value)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%+v: %v", c, err)
		}
		if err != nil {
			if registry.HintOf(err) == "" && c.statement != "rumour" {
				t.Errorf("%v has no hint", err)
			}
			continue
		}
		back := registry.Entry{ID: e.ID, Type: e.Type, Nonce: e.Nonce}
		if err := back.SetPayload(e.PayloadJSON()); err != nil || !back.Verify() || back.Claim.Speaker != e.Claim.Speaker || back.Claim.Statement != e.Claim.Statement {
			t.Errorf("%+v comes back as %+v, %v", e.Claim, back.Claim, err)
		}
	}
	fact, _ := statement(t, registry.Claim{Record: "ins_a", Field: "event", Key: "signed", Statement: "fact"}, "2025")
	// The id of this claim before there were kinds of statement: they must not change.
	if want := registry.EntryID("c48338c171e9af2976e78fe9be85f17b1e57a2571f0c34b6093fe09be847bb70"); fact.ID != want {
		t.Errorf("a fact has the id %s; want %s", fact.ID, want)
	}
}

// Whatever its source, an allegation is nowhere taken for so: not shown, not counted, not a status, not a reference, not a merger.
func TestAllegationsAreNotFacts(t *testing.T) {
	var es []registry.Entry
	put := func(rec registry.RecordID, field, key, value, statement string) {
		who := ""
		if statement != "" {
			who = "Watchdog"
		}
		e, err := statement2(t, rec, field, key, value, statement, who)
		if err != nil {
			t.Fatal(err)
		}
		es = append(es, e)
	}
	put("ins_a", "title", "", "A", "")
	put("ins_b", "title", "", "B", "")
	put("pty_acme", "name", "short", "Acme", "")
	put("ins_a", "event", "signed", "2025-01-01", "")
	put("ins_a", "event", "terminated", "2025-06-01", "allegation")
	put("ins_a", "event", "suspended", "2025-05-01", "finding")
	put("ins_a", "party", "", "pty_acme", "allegation")
	put("ins_a", "type", "", "contract", "allegation")
	v := registry.Compile(es, nil, "")
	r := v.Record("ins_a")
	if got := r.Status().Code; got != "suspended" { // what a body found counts; what is alleged does not
		t.Errorf("status %s", got)
	}
	if len(r.Refs("party")) > 0 || len(v.Backlinks("pty_acme")) > 0 || r.String("type") != "" {
		t.Errorf("an allegation counts: %v %v %q", r.Refs("party"), v.Backlinks("pty_acme"), r.String("type"))
	}
	if s := r.Slot("type", ""); s == nil || len(s.Alleged) != 1 || s.Shown != nil || s.Disputed() {
		t.Errorf("%+v", s)
	}
	if j := r.JSON().Fields["type"]; len(j) != 1 || j[0].Shown != nil || j[0].Alleged[0].Statement != "allegation" || j[0].Alleged[0].Speaker != "Watchdog" {
		t.Errorf("%+v", j)
	}
}

// A statement whose speaker a reader may not know of is not shown to this reader.
func TestHiddenSpeaker(t *testing.T) {
	a, _ := statement2(t, "ins_a", "title", "", "A", "", "")
	b, err := statement2(t, "ins_a", "note", "x", "It was late.", "finding", "pty_hidden")
	if err != nil {
		t.Fatal(err)
	}
	if v := registry.Compile([]registry.Entry{a, b}, nil, ""); v.Record("ins_a").Field("note") != nil {
		t.Error("it is shown")
	}
}

func statement2(t *testing.T, rec registry.RecordID, field, key, value, kind, speaker string) (registry.Entry, error) {
	return statement(t, registry.Claim{Record: rec, Field: field, Key: key, Statement: kind, Speaker: speaker}, value)
}
