package edit_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

// look says what rows would change, as lines of text.
func (d *desk) look(source edit.SourceForm, rows ...edit.Row) (edit.Changes, string) {
	d.t.Helper()
	a := d.act()
	before := d.view(registry.Registry)
	draft, ps := edit.NewReader(before, "en").Read(edit.Form{Record: talks, Token: a.Token, Source: source, Rows: rows})
	if len(ps) > 0 {
		d.t.Fatalf("%+v", ps)
	}
	if err := draft.Corrected(d.book()); err != nil {
		d.t.Fatal(err)
	}
	es, err := draft.Entries(a.By, a.Into, a.At)
	if err != nil {
		d.t.Fatal(err)
	}
	after := registry.Compile(append(slices.Clip(d.entries), es...), registry.Reader(registry.Registry), "")
	c := edit.Look(d.book(), before, after, es, "2026-11-23")
	var out []string
	for _, r := range c.Records {
		if r.Changed() {
			out = append(out, fmt.Sprintf("stage %s → %s", r.Stage[0], r.Stage[1]))
		}
		for _, f := range r.Fields {
			s := f.Def.Name + " " + f.What
			for _, x := range f.Fresh {
				s += " " + x.Value.String() + ":" + x.Place
				if x.Loses != "" {
					s += "(" + x.Loses + ")"
				}
			}
			out = append(out, s)
		}
	}
	for _, w := range c.Warnings {
		out = append(out, strings.Join(strings.Fields("! "+w.Code+" "+w.Field+" "+w.About), " "))
	}
	return c, strings.Join(out, "; ")
}

func TestLook(t *testing.T) {
	press := edit.SourceForm{Use: "src_press"}
	official := release()
	undated := release()
	undated.Date, undated.Undated = "", true
	later := release()
	later.Date = "May 2027"
	d := newDesk(t)
	first := d.claimOn("event", "2025-10-20")
	for _, c := range []struct {
		name   string
		source edit.SourceForm
		rows   []edit.Row
		want   string
	}{
		{"new event", press, []edit.Row{{Field: "event", Key: "launched_talks", Value: "27 October 2025"}}, "stage exploratory → negotiating; event new 2025-10-27:shown"},
		{"better source wins", official, []edit.Row{{Field: "event", Key: "reported", Value: "21 October 2025"}}, "event changed 2025-10-21:shown; ! event_other event 2025-10-20"},
		{"same grade, same source", press, []edit.Row{{Field: "event", Key: "reported", Value: "21 October 2025"}}, "event changed 2025-10-21:shown; ! event_again event 2025-10-20"},
		{"two of one name in one form", official, []edit.Row{{Field: "event", Key: "round", Value: "7 May 2025"}, {Field: "event", Key: "round", Value: "8 June 2025"}, {Field: "event", Key: "round", Qualifier: "3", Value: "9 July 2025"}},
			"event disputed 2025-06-08:shown 2025-05-07:losing(id); event new 2025-07-09:shown; ! event_again event 2025-05-07"},
		{"supports", official, []edit.Row{{Field: "event", Key: "reported", Value: "October 2025"}}, "event supported 2025-10:agreeing"},
		{"correction", press, []edit.Row{{Field: "event", Key: "reported", Value: "21 October 2025", Corrects: first}}, "event changed 2025-10-21:shown"},
		{"twice", press, []edit.Row{{Field: "event", Key: "reported", Value: "20 October 2025"}}, "event supported 2025-10-20:shown; ! twice event src_press"},
		{"event later than its source", press, []edit.Row{{Field: "event", Key: "round", Value: "5 November 2025"}}, "event new 2025-11-05:shown; ! event_after_source event 2025-10-28"},
		{"event to come", press, []edit.Row{{Field: "event", Key: "round", Value: "2027"}}, "event new 2027:shown; ! event_to_come event 2027"},
		{"undated source", undated, []edit.Row{{Field: "party", Value: "Ayland"}}, "party new pty_AAA:shown; ! source_undated src_"},
		{"source to come", later, []edit.Row{{Field: "party", Value: "Ayland"}}, "party new pty_AAA:shown; ! source_to_come src_"},
		{"denial loses", press, []edit.Row{{Field: "event", Key: "reported", Value: "20 October 2025", Not: true}}, ""},
		{"unknown beside", press, []edit.Row{{Field: "event", Key: "signed", Value: "unknown"}}, "stage exploratory → concluded; event new {unknown}:state"},
	} {
		_, got := d.look(c.source, c.rows...)
		got = strings.NewReplacer("src_7tgy6pn6gk4y", "src_").Replace(got)
		if i := strings.Index(got, "src_"); i > 0 && strings.HasSuffix(c.want, "src_") {
			got = got[:i+4]
		}
		if c.want != "" && got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.name, got, c.want)
		}
		if c.name == "denial loses" && !strings.Contains(got, "denial") {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// A weaker source's claim loses, and the rule by which it does is named.
func TestLookLoses(t *testing.T) {
	d := newDesk(t)
	weak := release()
	weak.Grade = "aggregator"
	c, got := d.look(weak, edit.Row{Field: "event", Key: "reported", Value: "25 October 2025"})
	if got != "event disputed 2025-10-25:losing(grade); ! event_other event 2025-10-20" {
		t.Errorf("%s", got)
	}
	if f := c.Records[0].Fields[0]; f.Before == nil || f.After.Shown.Value.Raw != "2025-10-20" {
		t.Errorf("%+v", f)
	}
}

// What is entered for more people than see the record, or its source, is said.
func TestLookWider(t *testing.T) {
	d := newDesk(t)
	d.put("delegation:AAA", claim("neg_secret", "title", "", "Secret talks", "src_press"),
		registry.Entry{Source: &registry.Source{ID: "src_cable", Title: "A cable", Grade: "official_release"}})
	readers := registry.Reader(registry.Registry, "delegation:AAA")
	before := registry.Compile(d.entries, readers, "")
	for _, c := range []struct {
		record, source string
		want           string
	}{{talks, "src_cable", "wider_than_source"}, {"neg_secret", "src_press", "wider_than_record"}} {
		a := d.act()
		draft, ps := edit.NewReader(before, "en").Read(edit.Form{Record: registry.RecordID(c.record), Token: a.Token, Source: edit.SourceForm{Use: registry.SourceID(c.source)},
			Rows: []edit.Row{{Field: "party", Value: "Ayland"}}})
		if len(ps) > 0 {
			t.Fatalf("%+v", ps)
		}
		for into, want := range map[registry.Audience]string{registry.Registry: c.want, "delegation:AAA": ""} {
			es, err := draft.Entries(a.By, into, a.At)
			if err != nil {
				t.Fatal(err)
			}
			after := registry.Compile(append(slices.Clip(d.entries), es...), readers, "")
			got := ""
			for _, w := range edit.Look(d.book(), before, after, es, "2026-11-23").Warnings {
				got += w.Code
			}
			if got != want {
				t.Errorf("%s by %s into %s: warnings %q, want %q", c.record, c.source, into, got, want)
			}
		}
	}
}
