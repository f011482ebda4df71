package instance_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/openassay/assay/conflict"
	"github.com/openassay/assay/instance"
	"github.com/openassay/assay/registry"
)

// What is kept of a text gives the same findings as reading it again, and readers who do not see the text have nothing of it.
func TestOwedIsAsReadAgain(t *testing.T) {
	dir, _ := withText(t)
	in, err := instance.OpenReadOnly(t.Context(), dir, fixed)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	rules, err := conflict.Load()
	if err != nil {
		t.Fatal(err)
	}
	kept := map[registry.Audience]int{}
	for _, a := range []registry.Audience{registry.Public, registry.Registry} {
		p, err := in.Projection(t.Context(), registry.Reader(a))
		if err != nil {
			t.Fatal(err)
		}
		all, more, err := p.Owed(t.Context(), rules, nil)
		if err != nil || len(all) == 0 || more != 0 {
			t.Fatalf("%d sheets, %d more: %v", len(all), more, err)
		}
		for _, s := range all {
			d, err := p.Document(registry.RecordID(s.ID))
			if err != nil {
				t.Fatal(err)
			}
			if d == nil {
				continue
			}
			kept[a]++
			again := s.Text
			again.Reading, again.Analysis = d.Reading, d.Analysis
			for _, o := range all {
				if was, is := fmt.Sprint(rules.Between(s, o)), fmt.Sprint(rules.Between(rules.Read(again), o)); s.Bare || was != is {
					t.Fatalf("%s beside %s: %s with what is kept, %s read again", s.ID, o.ID, was, is)
				}
			}
		}
		of, _, err := p.Owed(t.Context(), rules, []string{"ZMB"})
		if err != nil {
			t.Fatal(err)
		}
		if len(of) == 0 || len(of) >= len(all) {
			t.Errorf("%d texts and laws of Zambia among %d", len(of), len(all))
		}
		for _, s := range of {
			if !slices.Contains(s.Parties, "ZMB") {
				t.Errorf("%s is none of Zambia: %v", s.ID, s.Parties)
			}
		}
	}
	if kept[registry.Registry] != kept[registry.Public]+1 {
		t.Errorf("texts whose words are here, by audience: %v", kept)
	}
}
