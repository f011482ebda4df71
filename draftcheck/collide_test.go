package draftcheck_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/draftcheck"
)

// TestConflicts: a draft beside an agreement that the party has, with words and without a law, and with nothing known.
func TestConflicts(t *testing.T) {
	rules, err := conflict.Load()
	if err != nil {
		t.Fatal(err)
	}
	old := draft(t, "old.md", "# Agreement between Westmark and Sudria on cobalt\n\nWestmark and Sudria (the “Parties”) have agreed as follows:\n\n## Article 1\n\nSudria shall not impose export quotas on cobalt.\n\n## Article 2\n\nSudria shall not impose export quotas on nickel.\n")
	owed := rules.Read(conflict.Text{ID: "doc_old", Title: "The older agreement", Kind: conflict.KindInstrument, From: "2020", Reading: old.Reading, Analysis: old.Analysis})
	in := draftcheck.Input{Draft: draft(t, "draft.md", treaty("en", "Sudria shall prohibit the export of raw cobalt. The Parties shall keep the terms of this Agreement confidential.")), Library: library(t), Party: "SUD1",
		Colliding: rules, Owed: []*conflict.Sheet{owed}}
	r := draftcheck.Check(in)
	got := map[string]draftcheck.Beside{}
	for _, x := range r.Conflicts {
		got[x.Kind] = x
	}
	if x := got["export_freedom"]; x.Answer != conflict.Collides || x.EID != "art_1" || x.Document != "doc_old" || !strings.Contains(x.Place.Quote, "raw cobalt") || x.Quote == "" {
		t.Errorf("export_freedom: %+v", x)
	}
	if x := got["secrecy_publication"]; x.Answer != conflict.Undecided || len(x.Missing) == 0 {
		t.Errorf("secrecy without a law that is known: %+v", x)
	}
	if !strings.Contains(strings.Join(r.Summary.Warnings, " "), "other minerals 1") {
		t.Errorf("nothing says what was set apart: %v", r.Summary.Warnings)
	}
	in.Owed = nil
	if r := draftcheck.Check(in); !strings.Contains(strings.Join(r.Summary.NotLookedAt, " "), "conflicts") {
		t.Errorf("silence reads as no conflict: %v", r.Summary.NotLookedAt)
	}
}
