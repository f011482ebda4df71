package edit_test

import (
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
)

const token = "0123456789abcdef0123"

var day = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// release is a source of an invented ministry.
func release() edit.SourceForm {
	return edit.SourceForm{URL: "https://ministry.example/release-1", Title: "Talks opened", Publisher: "Ministry of Examples", Date: "28 October 2025", Grade: "official_release", Lang: "en",
		Text: "Talks opened\n\nThe two sides met on 27 October 2025 in Lusaka.\nThey agreed to meet again.", Seen: "2026-11-23"}
}

func TestReadNewRecord(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	d, problems := r.Read(edit.Form{Kind: registry.KindNegotiation, Token: token, Source: release(), Rows: []edit.Row{
		{Field: "title", Value: "Talks of Zambia and an invented state on invented minerals"},
		{Field: "party", Value: "Zambia\nJapan\n"},
		{Field: "mineral", Value: "cobalt; copper"},
		{Field: "event", Key: "launched_talks", Value: "27 October 2025", Happened: "The two sides met.", Place: "Lusaka", Locator: "“met on 27 october 2025”"},
		{Field: "event", Key: "round", Qualifier: "2", Value: "between March and May 2026", Locator: "p. 3"},
		{Field: "event"},
	}})
	if len(problems) > 0 {
		t.Fatalf("%+v", problems)
	}
	es, err := d.Entries("person:ada", registry.Registry, day)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range es {
		if e.Nonce == "" || e.Audience != registry.Registry || e.By != "person:ada" {
			t.Errorf("%+v", e)
		}
		if e.Claim != nil {
			got = append(got, e.Claim.Field+" "+e.Claim.Key+" "+e.Claim.Value.String())
		} else {
			got = append(got, "source "+e.Source.Date)
		}
	}
	want := "source 2025-10-28|title  Talks of Zambia and an invented state on invented minerals|party  pty_ZMB|party  pty_JPN|mineral  min_cobalt|mineral  min_copper|event launched_talks 2025-10-27|" +
		"event_note launched_talks The two sides met.|event_place launched_talks Lusaka|event round:2 2026-03/2026-05|address  talks-of-zambia-and-an-invented-state-on-invented-minerals"
	if strings.Join(got, "|") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.ReplaceAll(want, "|", "\n"))
	}
	if !d.Rows[5].Place.Found || !strings.Contains(d.Rows[5].Place.Excerpt, "27 october 2025 in lusaka") || d.Rows[8].Place.Checked {
		t.Errorf("places %+v, %+v", d.Rows[5].Place, d.Rows[8].Place)
	}
	again, _ := d.Entries("person:ada", registry.Registry, day.Add(time.Minute))
	for i := range es {
		if es[i].ID != again[i].ID {
			t.Error("a form sent twice makes two entries")
		}
	}
	v := registry.Compile(append(seeded()[:len(seeded()):len(seeded())], es...), registry.Reader(registry.Registry), "")
	if rec := v.Record(d.Record); rec == nil || rec.Path() != "/negotiations/talks-of-zambia-and-an-invented-state-on-invented-minerals" || rec.Stage().Code != "negotiating" {
		t.Errorf("%+v", rec)
	}
	if strings.Contains(string(d.Record), "zambia") {
		t.Errorf("the id %s tells what is not public", d.Record)
	}
}

func TestReadProblems(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	const neg = "neg_us-drc-talks-seed"
	if seedView().Record(neg) == nil {
		t.Fatalf("the seed has no %s", neg)
	}
	good := edit.Row{Field: "event", Key: "round", Qualifier: "9", Value: "May 2025"}
	src := func(change func(*edit.SourceForm)) edit.SourceForm { s := release(); change(&s); return s }
	for name, c := range map[string]struct {
		source edit.SourceForm
		row    edit.Row
		at     int
		part   string
	}{
		"no address":     {src(func(s *edit.SourceForm) { s.URL, s.Title = "", "" }), good, edit.OfSource, "url"},
		"bad address":    {src(func(s *edit.SourceForm) { s.URL = "not an address" }), good, edit.OfSource, "url"},
		"no date":        {src(func(s *edit.SourceForm) { s.Date = "" }), good, edit.OfSource, "date"},
		"ambiguous date": {src(func(s *edit.SourceForm) { s.Date = "07/10/2025" }), good, edit.OfSource, "date"},
		"date, undated":  {src(func(s *edit.SourceForm) { s.Undated = true }), good, edit.OfSource, "date"},
		"no publisher":   {src(func(s *edit.SourceForm) { s.Publisher = " " }), good, edit.OfSource, "publisher"},
		"no grade":       {src(func(s *edit.SourceForm) { s.Grade = "" }), good, edit.OfSource, "grade"},
		"no language":    {src(func(s *edit.SourceForm) { s.Lang = "xx" }), good, edit.OfSource, "lang"},
		"unknown source": {edit.SourceForm{Use: "src_none"}, good, edit.OfSource, "use"},
		"no event":       {release(), edit.Row{Field: "event", Value: "May 2025"}, 0, "key"},
		"no day":         {release(), edit.Row{Field: "event", Key: "round", Happened: "They met."}, 0, "value"},
		"no field":       {release(), edit.Row{Field: "tenor", Value: "5 years"}, 0, "field"},
		"redirect":       {release(), edit.Row{Field: "redirect", Value: "neg_x"}, 0, "field"},
		"itself":         {release(), edit.Row{Field: "related", Value: neg}, 0, "value"},
		"ends early":     {release(), edit.Row{Field: "party", Value: "Zambia", From: "2025", Until: "2024"}, 0, "until"},
		"no reason":      {release(), edit.Row{Field: "party", Value: "Zambia", Method: "inferred"}, 0, "note"},
		"not a person's": {release(), edit.Row{Field: "party", Value: "Zambia", Method: "read"}, 0, "method"},
		"no speaker":     {release(), edit.Row{Field: "note", Key: "conduct", Value: "It was unfair.", Statement: "allegation"}, 0, "speaker"},
		"fact, speaker":  {release(), edit.Row{Field: "note", Key: "conduct", Value: "It was unfair.", Speaker: "Zambia"}, 0, "speaker"},
		"gone":           {release(), edit.Row{Field: "party", Value: "Zambia", Corrects: "00"}, 0, "value"},
		"nothing":        {release(), edit.Row{}, edit.OfRecord, "rows"},
	} {
		_, problems := r.Read(edit.Form{Record: neg, Token: token, Source: c.source, Rows: []edit.Row{c.row}})
		if len(problems) != 1 || problems[0].Row != c.at || problems[0].Part != c.part || registry.HintOf(problems[0].Err) == "" {
			t.Errorf("%s: %+v", name, problems)
		}
	}
	if _, ps := r.Read(edit.Form{Kind: registry.KindNegotiation, Token: token, Source: release(), Rows: []edit.Row{good}}); len(ps) != 1 || ps[0].Part != "title" {
		t.Errorf("without a title: %+v", ps)
	}
	if _, ps := r.Read(edit.Form{Record: "neg_none", Token: token}); len(ps) != 1 || registry.CodeOf(ps[0].Err) != registry.NotFound {
		t.Errorf("no such record: %+v", ps)
	}
}

// A source that is there already is not entered twice, whatever the address's little differences.
func TestReadKnownSource(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	var some *registry.Source
	for _, s := range seedView().Sources {
		if strings.HasPrefix(s.URL, "https://www.") && (some == nil || s.ID < some.ID) {
			some = s
		}
	}
	f := release()
	f.URL = strings.Replace(some.URL, "https://www.", "http://", 1) + "/"
	if strings.ContainsAny(some.URL, "?#") {
		f.URL = some.URL
	}
	d, ps := r.Read(edit.Form{Record: "neg_us-drc-talks-seed", Token: token, Source: f, Rows: []edit.Row{{Field: "party", Value: "Zambia"}}})
	if len(ps) > 0 || !d.Known || d.Source != some.ID {
		t.Errorf("%+v %+v, want %s", d, ps, some.ID)
	}
}

func TestCheckPage(t *testing.T) {
	if err := edit.CheckPage(strings.Repeat("x", edit.PageLimit)); err != nil {
		t.Error(err)
	}
	for _, bad := range []string{strings.Repeat("x", edit.PageLimit+1), "\xff\xfe", "a\x00b"} {
		if err := edit.CheckPage(bad); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
}

func TestLocate(t *testing.T) {
	const text = "Headline of it\n\nThe  first paragraph.\nThe second\nsays “é”."
	for locator, want := range map[string]edit.Place{
		"para. 2": {Checked: true, Found: true, Excerpt: "The first paragraph."}, "paragraph 9": {Checked: true}, "headline": {Checked: true, Found: true, Excerpt: "Headline of it"},
		"“the FIRST paragraph”": {Checked: true, Found: true, Excerpt: "headline of it the first paragraph. the second says “e”."}, "\"not there at all\"": {Checked: true}, "p. 3": {}, "": {}, "art. 5": {},
		"the second says something else": {Checked: true},
	} {
		if got := edit.Locate(text, locator); got != want {
			t.Errorf("%q: %+v, want %+v", locator, got, want)
		}
	}
}

// What names no one mineral is kept as how the minerals are described, and it is said; in a correction and in a table it is refused with where
// it belongs.
func TestReadScope(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	read := func(row edit.Row) (edit.Draft, []edit.Problem) {
		return r.Read(edit.Form{Kind: registry.KindNegotiation, Token: token, Source: release(), Rows: []edit.Row{{Field: "title", Value: "Talks"}, row}})
	}
	d, problems := read(edit.Row{Field: "mineral", Value: "Critical minerals\ncobalt"})
	if len(problems) > 0 || len(d.Rows) < 3 {
		t.Fatalf("%+v", problems)
	}
	if c := d.Rows[1].Claim; c.Field != "mineral_scope" || c.Value.Raw != "Critical minerals" || c.Value.Lang != "en" || len(d.Rows[1].Notes) != 1 || d.Rows[2].Claim.Value.Raw != "min_cobalt" {
		t.Errorf("%+v", d.Rows)
	}
	if _, problems = read(edit.Row{Field: "mineral", Value: "critical cobald"}); len(problems) != 1 {
		t.Errorf("%+v", problems)
	}
	if _, err := r.Value(registry.FieldOf("mineral"), "Minerais critiques", ""); err == nil || !strings.Contains(registry.HintOf(err), "Minerals as described") {
		t.Errorf("%v", err)
	}
}

// Who published a page is offered from other pages of its site, and never taken for granted.
func TestOfferPublisher(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	src := release()
	src.URL, src.Publisher = "https://www.state.gov/a-page-that-is-not-there", ""
	_, problems := r.Read(edit.Form{Kind: registry.KindNegotiation, Token: token, Source: src, Rows: []edit.Row{{Field: "title", Value: "Talks"}}})
	if len(problems) != 1 || problems[0].Part != "publisher" || len(edit.OptionsOf(problems[0].Err)) == 0 || len(edit.OptionsOf(problems[0].Err)) > 3 {
		t.Fatalf("%+v", problems)
	}
	src.URL = "https://nowhere.example/a"
	_, problems = r.Read(edit.Form{Kind: registry.KindNegotiation, Token: token, Source: src, Rows: []edit.Row{{Field: "title", Value: "Talks"}}})
	if len(problems) != 1 || len(edit.OptionsOf(problems[0].Err)) != 0 {
		t.Errorf("%+v", problems)
	}
}
