package extract_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/extract"
	"github.com/openassay/assay/extract/sample"
	"github.com/openassay/assay/text"
)

// read reads a file that has one part.
func read(t *testing.T, name string, b []byte) *extract.Part {
	t.Helper()
	parts, err := extract.Read(t.Context(), name, b, extract.Options{})
	if err != nil || len(parts) != 1 {
		t.Fatalf("%d parts, %v", len(parts), err)
	}
	return parts[0]
}

func TestDraftWithTrackedChanges(t *testing.T) {
	p := read(t, "draft.docx", sample.Draft())
	if !p.Verdict.OK() || p.Format != "docx" || len(p.Readings) != 3 {
		t.Fatalf("%s %+v, %d readings", p.Format, p.Verdict, len(p.Readings))
	}
	for i, want := range []struct{ variant, has, hasNot string }{
		{"accepted", "The Parties shall exchange data every year.\n\nSylvania shall pay for the laboratory.\n", "may"},
		{"rejected", "The Parties may exchange data every year.\n\nArticle 2", "laboratory"},
		{"marked-up", "The Parties mayshall exchange data every year.\n\nSylvania shall pay", ""},
	} {
		rd := p.Readings[i]
		if rd.Variant != want.variant || !strings.Contains(rd.Text, want.has) || want.hasNot != "" && strings.Contains(rd.Text, want.hasNot) {
			t.Errorf("%s:\n%s", rd.Variant, rd.Text)
		}
		for _, s := range []string{"1. The Parties shall meet.", "(b) in Sylvania.", "2. Costs lie", "Year | Tonnes\n2027 | 1,200", "[1] Data on brine and hard rock."} {
			if !strings.Contains(rd.Text, s) {
				t.Errorf("%s lacks %q:\n%s", rd.Variant, s, rd.Text)
			}
		}
		if n := rd.Notes; len(n) != 1 || rd.Text[n[0].Start:n[0].End] != "[1] Data on brine and hard rock." || !strings.HasPrefix(rd.Text[n[0].Ref:], " every year") {
			t.Errorf("%s: notes %+v", rd.Variant, n)
		}
		if c := rd.Comments; len(c) != 1 || c[0].By != "Carla" || c[0].Text != "Which data?" || !strings.HasPrefix(rd.Text[c[0].At:], " exchange data") {
			t.Errorf("%s: comments %+v", rd.Variant, c)
		}
		eids := map[string]bool{}
		for _, v := range rd.Provisions {
			eids[v.EID] = true
		}
		if !eids["art_1"] || !eids["art_2__para_1__point_b"] {
			t.Errorf("%s: provisions %v", rd.Variant, eids)
		}
	}
	var got []string
	marked := p.Readings[2]
	for _, c := range marked.Changes {
		got = append(got, c.Kind+" "+c.By+": "+marked.Text[c.Start:c.End])
	}
	if s := strings.Join(got, "; "); s != "deleted Ana: may; inserted Ana: shall; inserted Ben: Sylvania shall pay for the laboratory." {
		t.Errorf("changes: %s", s)
	}
}

func TestDocxWithoutItsText(t *testing.T) {
	p := read(t, "x.docx", sample.Zip(sample.File{Name: "word/document.xml", Body: "<w:document>"}))
	if p.Verdict.Code != text.CodeInvalid || !strings.Contains(p.Verdict.Reason, "cut off") || p.Verdict.Hint == "" {
		t.Errorf("%+v", p.Verdict)
	}
}
