package eval_test

import (
	"strings"
	"testing"

	"github.com/openassay/assay/eval"
	"github.com/openassay/assay/internal/need"
)

const small = `<treaty><meta><name>A</name></meta><body>
<chapter number="CHAPTER 1" name="Trade"><article number="ARTICLE 1" name="Duties">The Parties abolish customs duties between them, and the provisions of
Article 5 shall apply to what remains of them until the end of the period that the Parties have agreed upon for that purpose.</article>
<article number="ARTICLE 2" name="Quotas">No quotas are kept. For greater certainty and for the avoidance of all doubt on this point
Article 1 shall not be read to allow them.</article></chapter>
<chapter number="CHAPTER 2" name="Disputes"><article number="ARTICLE 3">The Parties consult each other.</article></chapter></body></treaty>`

func TestPrint(t *testing.T) {
	p, err := eval.Print([]byte(small))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Starts) != 3 {
		t.Fatalf("%d articles, want 3", len(p.Starts))
	}
	for _, l := range strings.Split(p.Text, "\n") {
		if len(l) > 80 {
			t.Errorf("%d columns: %s", len(l), l)
		}
	}
	if strings.Contains(p.Text, "<") || !strings.Contains(p.Text, "\nArticle 5 shall apply") {
		t.Errorf("the print has tags, or no reference at the start of a line:\n%s", p.Text)
	}
	s, err := p.Score("a.xml")
	if err != nil || s.TP != 3 || s.FP != 0 || s.FN != 0 {
		t.Errorf("found %d, false %d, missed %d, %v: %v", s.TP, s.FP, s.FN, err, s.Lines)
	}
	p.Starts[1]++ // a start that is off by one letter is neither found nor forgiven
	if s, _ := p.Score("a.xml"); s.TP != 2 || s.FP != 1 || s.FN != 1 {
		t.Errorf("off by one: found %d, false %d, missed %d", s.TP, s.FP, s.FN)
	}
}

func TestSharedSegments(t *testing.T) {
	r, err := eval.Segments(need.Shared(t, "texts", "tota"))
	if err != nil {
		t.Fatal(err)
	}
	if r.F1 < 0.995 || r.Recall < 0.999 {
		t.Errorf("F1 %.4f, recall %.4f; want at least 0.995 and 0.999", r.F1, r.Recall)
	}
}
