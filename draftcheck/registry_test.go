package draftcheck_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openassay/assay/draftcheck"
	"github.com/openassay/assay/paper/docx"
	"github.com/openassay/assay/paper/html"
	"github.com/openassay/assay/paper/plain"
)

// other is a text of the registry.
func other(t *testing.T, id, words string, parties ...string) draftcheck.Text {
	d := draft(t, id+".txt", words)
	return draftcheck.Text{Document: "doc_" + id, Path: "/documents/" + id, Title: id, Date: "2024-05-01", Parties: parties, Digest: draftcheck.DigestOf(d.Reading, d.Analysis, library(t))}
}

// TestPartner: what the other side accepted elsewhere is counted over its texts, of duties that it bears itself; the draft's own text and
// samples do not count.
func TestPartner(t *testing.T) {
	words := treaty("en", "Norland shall pay.")
	duty := "Each Party shall report to its parliament every six months."
	sample := other(t, "sample", treaty("en", duty), "NOR1", "WES1")
	sample.Sample = true
	reg := &draftcheck.Registry{Names: map[string]string{"NOR1": "Norland"}, Texts: []draftcheck.Text{
		other(t, "a", strings.ReplaceAll(treaty("en", duty), "cobalt", "tin"), "NOR1", "WES1"),
		other(t, "b", strings.ReplaceAll(treaty("en", "The seat is Westville. Norland shall build a hall."), "100 tonnes", "200 tonnes"), "NOR1", "WES1"),
		other(t, "c", strings.ReplaceAll(treaty("en", "Sudria shall report to its parliament every six months. Norland shall lend 40 ships. Norland shall mend them."), "100 tonnes", "90 lots"), "NOR1", "SUD1"),
		other(t, "d", treaty("en", duty), "WES1", "SUD1"),
		sample,
		other(t, "own", words, "NOR1", "SUD1"),
	}}
	r := check(t, words, func(in *draftcheck.Input) { in.Registry = reg })
	g := gapOf(r, "parliament_role")
	want := []draftcheck.Partner{{Party: "NOR1", Name: "Norland", Accepted: 1, Of: 3}}
	if g == nil || !reflect.DeepEqual(g.Partner, want) {
		t.Errorf("%+v, want %+v", g, want)
	}
	if !slices.ContainsFunc(r.Summary.Warnings, func(w string) bool { return strings.Contains(w, "own") }) {
		t.Errorf("the draft's own text is not told: %v", r.Summary.Warnings)
	}
	i := slices.IndexFunc(r.Comparable, func(c draftcheck.Comparable) bool { return c.Topic == "parliament_role" })
	if i < 0 || r.Comparable[i].With != "NOR1" || r.Comparable[i].Quote != duty {
		t.Errorf("%+v", r.Comparable)
	}
	if len(r.Overlaps) == 0 || r.Overlaps[0].Share < 0.3 {
		t.Errorf("texts that share words: %+v", r.Overlaps)
	}
}

// TestFrames: what the sides have between them on the mineral, what the party has with others, and what others have open with the partner.
func TestFrames(t *testing.T) {
	reg := &draftcheck.Registry{Frames: []draftcheck.Frame{
		{Path: "/instruments/x", Title: "Old cobalt pact", Kind: "instrument", Sides: []string{"NOR1", "SUD1"}, Minerals: []string{"cobalt"}, Binding: true},
		{Path: "/negotiations/y", Title: "Talks on cobalt", Kind: "negotiation", Sides: []string{"NOR1", "WES1"}, Minerals: []string{"cobalt"}, Open: true},
		{Path: "/laws/z", Title: "Cobalt Act", Kind: "law", Sides: []string{"SUD1"}, Minerals: []string{"cobalt"}, Binding: true},
		{Path: "/instruments/w", Title: "Fish pact", Kind: "instrument", Sides: []string{"NOR1", "SUD1"}, Minerals: []string{"nickel"}},
	}}
	reg.Frames = append(reg.Frames, draftcheck.Frame{Path: "/instruments/v", Title: "Cobalt pact with another", Kind: "instrument", Sides: []string{"SUD1", "WES1"}, Minerals: []string{"cobalt"}},
		draftcheck.Frame{Path: "/instruments/u", Title: "Nickel pact with another", Kind: "instrument", Sides: []string{"SUD1", "WES1"}, Minerals: []string{"nickel"}})
	r := check(t, treaty("en", "Norland shall pay."), func(in *draftcheck.Input) { in.Registry = reg })
	var got []string
	for _, o := range r.Overlaps {
		got = append(got, o.Kind+" "+o.Path)
	}
	if want := []string{"same_sides /instruments/x", "same_party /instruments/v", "same_partner /negotiations/y", "law /laws/z"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestLaws: whatever is checked, spans lie within the text, lists are never null, and the same input gives the same report.
func TestLaws(t *testing.T) {
	lib := library(t)
	var clauses []string
	for _, topic := range lib.Topics {
		for _, s := range []string{"weak", "medium", "firm"} {
			clauses = append(clauses, topic.Wordings[s].Text["en"])
		}
	}
	clauses = append(clauses, "[", "]", "“", "”", "____", "Annex 9", "Article 77", "…", "(the “Term”)", "\n\n", "1.", "TBD", "\u200f", "Norland shall [not] pay.")
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOfN(rapid.SampledFrom(clauses), 1, 8).Draw(rt, "parts")
		words := treaty("en", strings.Join(parts, rapid.SampledFrom([]string{" ", "\n\n", "\n"}).Draw(rt, "sep")))
		r := check(t, words)
		n := len(draft(t, "draft.txt", words).Reading.Text)
		inside := func(what string, start, end int) {
			if start < 0 || end > n || start > end {
				rt.Errorf("%s: %d–%d of %d", what, start, end, n)
			}
		}
		for _, g := range r.Gaps {
			for _, p := range append(g.Places, g.RaisedBy...) {
				inside(g.Topic, p.Start, p.End)
			}
		}
		for _, w := range r.Weak {
			inside(w.Topic, w.Start, w.End)
		}
		for _, o := range r.Open {
			inside(o.Kind, o.Start, o.End)
		}
		a, _ := json.Marshal(r)
		b, _ := json.Marshal(check(t, words))
		if !bytes.Equal(a, b) {
			rt.Errorf("two reports of one text differ")
		}
		var lists map[string]json.RawMessage
		if err := json.Unmarshal(a, &lists); err != nil {
			rt.Fatal(err)
		}
		for _, k := range []string{"gaps", "weak", "conflicts", "overlaps", "comparable", "balance", "open"} {
			if len(lists[k]) == 0 || lists[k][0] != '[' {
				rt.Errorf("%s is no list: %s", k, lists[k])
			}
		}
	})
}

// TestPaper: the report is written in every format, with comments at the clauses; a text for the other side holds none of it.
func TestPaper(t *testing.T) {
	words := treaty("en", "Norland shall have a right of first offer on all cobalt. Norland shall endeavour to support human rights. Norland shall pay [30] days later.")
	d := draft(t, "draft.txt", words)
	in := draftcheck.Input{Draft: d, Party: "SUD1", Library: library(t), Positions: []draftcheck.Position{{Clause: "art_2", Aim: "strike the first offer altogether"}}}
	r := draftcheck.Check(in)
	var out bytes.Buffer
	doc := r.Paper(d, draftcheck.Layout{Name: "draft.txt", Annotated: true})
	for name, write := range map[string]func() error{"html": func() error { return html.Write(&out, doc) }, "docx": func() error { return docx.Write(&bytes.Buffer{}, doc) }, "plain": func() error { return plain.Write(&bytes.Buffer{}, doc) }} {
		if err := write(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, s := range []string{"OWN POSITION", "strike the first offer", "Limits of exclusivity", "Model wording", "For the minister"} {
		if !strings.Contains(out.String(), s) {
			t.Errorf("the report does not hold %q", s)
		}
	}
	out.Reset()
	if err := html.Write(&out, draftcheck.Clean(d)); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{"OWN POSITION", "strike the first offer", "Model wording", "Limits of exclusivity"} {
		if strings.Contains(out.String(), s) {
			t.Errorf("the text for the other side holds %q", s)
		}
	}
	if !strings.Contains(out.String(), "right of first offer on all cobalt") {
		t.Error("the text for the other side lacks the draft's own words")
	}
}

// TestPaperOfFirmWords: where firm words stand against others of the draft there is no firmer wording to offer, and the report is written all the same.
func TestPaperOfFirmWords(t *testing.T) {
	d := draft(t, "draft.txt", treaty("en", "The Parties shall settle any dispute by consultation and then by arbitration under agreed rules. Any dispute shall be settled by arbitration seated in the capital of Norland. Norland shall waive its immunity from suit and enforcement."))
	r := draftcheck.Check(draftcheck.Input{Draft: d, Party: "SUD1", Library: library(t)})
	none := 0
	for i := range r.Weak {
		if len(r.Weak[i].Firmer) == 0 && !r.Weak[i].Yours {
			none++
		}
	}
	if none == 0 {
		t.Fatal("no firm words that others stand against")
	}
	var out bytes.Buffer
	if err := html.Write(&out, r.Paper(d, draftcheck.Layout{Name: "draft.txt", Annotated: true})); err != nil || !strings.Contains(out.String(), "one takes from the other") {
		t.Errorf("the report: %v", err)
	}
}
