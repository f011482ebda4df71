package draftcheck_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/openassay/assay/draftcheck"
)

func kinds(r *draftcheck.Report) []string {
	var out []string
	for _, o := range r.Open {
		out = append(out, o.Kind)
	}
	return out
}

// TestOpen: what is not finished is found where it stands, and what only looks so is not.
func TestOpen(t *testing.T) {
	for _, c := range []struct {
		name, article string
		want, quote   string // "" wants none of the kind in quote
	}{
		{"a bracket", "Norland shall pay [30] days after delivery.", draftcheck.OpenBracket, "[30]"},
		{"a note", "Norland shall pay. [Note to draft: check with the treasury.]", draftcheck.OpenNote, "[Note to draft"},
		{"a footnote", "Norland shall pay the price[3] within 30 days.", "", draftcheck.OpenBracket},
		{"a blank", "Norland shall pay ______ tonnes.", draftcheck.OpenBlank, "______"},
		{"to be agreed", "The price is to be determined.", draftcheck.OpenBlank, "to be determined"},
		{"a Roman number", "Norland shall obey Part XX of this text.", "", draftcheck.OpenBlank},
		{"what sides are to agree", "The price is to be agreed by the Parties.", "", draftcheck.OpenBlank},
		{"a date", "Done on this __ day of ____ 20__.", draftcheck.OpenDate, "20__"},
		{"an article that is not there", "Norland shall act in accordance with Article 14.", draftcheck.OpenReference, "Article 14"},
		{"an article that is there", "Norland shall act in accordance with Article 1.", "", draftcheck.OpenReference},
		{"an article of another text", "Norland shall act in accordance with Article 14 of the Westmark Compact.", "", draftcheck.OpenReference},
		{"an annex that is not there", "Norland shall buy the goods listed in Annex 2.", draftcheck.OpenAnnex, "Annex 2"},
		{"a term without definition", "Norland shall inform the Review Committee. Sudria shall obey the Review Committee.", draftcheck.OpenUndefined, "Review Committee"},
		{"a term that is set up", "The Parties establish a Review Committee. Sudria shall obey the Review Committee. Norland shall hear the Review Committee.", "", draftcheck.OpenUndefined},
		{"a definition that nothing uses", "“Covered Ore” means ore of cobalt. Norland shall pay.", draftcheck.OpenUnused, "Covered Ore"},
		{"a definition that is used", "“Covered Ore” means ore of cobalt. Norland shall buy Covered Ore.", "", draftcheck.OpenUnused},
	} {
		r := check(t, treaty("en", c.article))
		if c.want == "" {
			if slices.Contains(kinds(r), c.quote) {
				t.Errorf("%s: %v", c.name, r.Open)
			}
			continue
		}
		i := slices.IndexFunc(r.Open, func(o draftcheck.Open) bool { return o.Kind == c.want && strings.Contains(o.Quote, c.quote) })
		if i < 0 || r.Open[i].EID != "art_2" && r.Open[i].EID != "signatures" {
			t.Errorf("%s: want %s at art_2, got %+v", c.name, c.want, r.Open)
		}
	}
	r := check(t, treaty("en", "Norland shall buy the goods listed in Annex 2.")+"\nANNEX 2\n\n1. Cobalt\n")
	if slices.Contains(kinds(r), draftcheck.OpenAnnex) {
		t.Errorf("an annex that is there is called missing: %+v", r.Open)
	}
	r = check(t, strings.Replace(treaty("en", "Norland shall pay."), "This Agreement is legally binding. ", "", 1))
	if !slices.Contains(kinds(r), draftcheck.OpenForce) {
		t.Errorf("a text that does not say whether it binds: %v", kinds(r))
	}
}

// TestAmendmentIsOwn: what an amendment puts into another text in quotation marks is its own words.
func TestAmendmentIsOwn(t *testing.T) {
	clause := library(t).Topic("parliament_role").Wordings["firm"].Text["en"]
	r := check(t, treaty("en", "Article 5 of the Cobalt Agreement shall be replaced by the following: “"+clause+"”"))
	if g := gapOf(r, "parliament_role"); g != nil {
		t.Errorf("%+v", g)
	}
}

// TestEarlier: two drafts in the wrong order, or of two texts, are told.
func TestEarlier(t *testing.T) {
	third := "DRAFT 3\n\n" + treaty("en", "Norland shall pay within 60 days.")
	second := "DRAFT 2\n\n" + treaty("en", "Norland shall pay within 30 days.")
	other := "TREATY BETWEEN WESTMARK AND SUDRIA ON FISH\n\nThe Parties have agreed as follows:\n\nArticle 1\n\nBoats of Westmark may enter the bay in summer when the ice is gone and the seals have left.\n"
	with := func(name, words string) func(*draftcheck.Input) {
		return func(in *draftcheck.Input) {
			d := draft(t, name, words)
			in.Earlier = &d
		}
	}
	warned := func(r *draftcheck.Report, s string) bool {
		return slices.ContainsFunc(r.Summary.Warnings, func(w string) bool { return strings.Contains(w, s) })
	}
	r := check(t, third, with("draft2.txt", second))
	if len(r.Changes) == 0 || warned(r, "wrong way round") || warned(r, "two different instruments") {
		t.Errorf("in order: %v %+v", r.Summary.Warnings, r.Changes)
	}
	if r := check(t, second, with("draft3.txt", third)); !warned(r, "wrong way round") {
		t.Errorf("swapped: %v", r.Summary.Warnings)
	}
	if r := check(t, third, with("fish.txt", other)); !warned(r, "two different instruments") {
		t.Errorf("another text: %v", r.Summary.Warnings)
	}
	if r := check(t, third, func(in *draftcheck.Input) { in.Party = "WES1" }); !warned(r, "not among the sides") {
		t.Errorf("a party that is none: %v", r.Summary.Warnings)
	}
}

// TestPositions: a position stands beside its clause; one that has none is told; its words are found in a text that is to go out.
func TestPositions(t *testing.T) {
	lib := library(t)
	ps, err := draftcheck.ReadPositions([]byte("positions:\n  - clause: Article 1\n    aim: forty per cent of all output processed at home\n  - topic: exit\n    red_line: no survival beyond one year\n"), lib)
	if err != nil {
		t.Fatal(err)
	}
	r := check(t, treaty("en", "Norland shall pay."), func(in *draftcheck.Input) { in.Positions = ps })
	if len(r.Positions) != 2 || r.Positions[0].EID != "art_1" || r.Positions[1].Found != "" {
		t.Errorf("%+v", r.Positions)
	}
	if l := draftcheck.Leaks(treaty("en", "At least forty per cent of all output is processed at home."), ps); len(l) != 1 || !strings.Contains(l[0], "forty per cent of all") {
		t.Errorf("leaks: %v", l)
	}
	if l := draftcheck.Leaks(treaty("en", "Norland shall pay."), ps); len(l) != 0 {
		t.Errorf("leaks: %v", l)
	}
	for _, bad := range []string{"", "positions: []", "positions:\n  - aim: x", "positions:\n  - clause: art_1\n    topic: exit\n    aim: x", "positions:\n  - clause: art_1", "positions:\n  - topic: nothing\n    aim: x", "positions:\n  - clause: art_1\n    wish: x", "{"} {
		if _, err := draftcheck.ReadPositions([]byte(bad), lib); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
