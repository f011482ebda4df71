package reading_test

import (
	"bytes"
	"math"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/eval/reading"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/text"
)

const sample = `AGREEMENT ON ORES

The Parties have agreed as follows:

Article 1
Duties
1. Each Party shall publish its rules. It may charge a fee, and shall refund it.
2. The Parties shall cooperate in:
(a) geology;
(b) training.

Article 2
Entry into force
This Agreement shall enter into force on signature.
`

func read(t *testing.T, s string) (*text.Reading, []reading.Unit) {
	t.Helper()
	r, err := text.Read("sample.txt", []byte(s))
	if err != nil {
		t.Fatal(err)
	}
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	return r, reading.Units(r, rules)
}

func TestUnits(t *testing.T) {
	r, units := read(t, sample)
	var got []string
	for _, u := range units {
		mark := " "
		if u.Heading {
			mark = "="
		}
		got = append(got, mark+strings.Join(strings.Fields(r.Text[u.Start:u.End]), " "))
	}
	want := []string{" AGREEMENT ON ORES", " The Parties have agreed as follows:", "=Article 1 Duties", " Each Party shall publish its rules.", " It may charge a fee, and shall refund it.",
		" The Parties shall cooperate in:", " geology;", " training.", "=Article 2 Entry into force", " This Agreement shall enter into force on signature."}
	if g, w := strings.Join(got, "\n"), strings.Join(want, "\n"); g != w {
		t.Errorf("units:\n%s\nwant\n%s", g, w)
	}
}

const short = `1 h p
2 d p
3 h o
4 o o E y
5 m o E y # the fee
5@"and shall" o o E .
6-8 o o E .
9 h z
10 d z`

func TestShort(t *testing.T) {
	r, units := read(t, sample)
	rows, err := reading.FromShort(r.Text, units, short)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 11 {
		t.Fatalf("%d rows", len(rows))
	}
	if got := r.Text[rows[4].Start:rows[4].End]; got != "It may charge a fee," || rows[4].Modality != "permission" || rows[4].Note != "the fee" {
		t.Errorf("first piece %q %v", got, rows[4])
	}
	if got := r.Text[rows[5].Start:rows[5].End]; got != "and shall refund it." || rows[5].Modality != "obligation" || rows[5].Words != 4 {
		t.Errorf("second piece %q %v", got, rows[5])
	}
	joined, err := reading.FromShort(r.Text, units, strings.Replace(strings.Replace(short, "6-8 o", "6+8 o", 1), "5@\"and shall\" o o E .\n", "", 1))
	if err != nil || len(joined) != 8 {
		t.Errorf("joined: %d rows, %v", len(joined), err)
	}
	for what, bad := range map[string]string{
		"unit 10 is not answered":   strings.TrimSuffix(short, "\n10 d z"),
		"answered already":          short + "\n10 d z",
		"numbered 1 to 10":          short + "\n11 d z",
		"no modality":               short + "\n10 q z",
		"precise is":                strings.Replace(short, "4 o o E y", "4 o o E q", 1),
		"no bearer":                 strings.Replace(short, "4 o o E y", "4 o o Europe y", 1),
		"has no bearer":             strings.Replace(short, "10 d z", "10 d z E", 1),
		"does not hold these words": short + "\n10@\"nowhere\" d z",
	} {
		if _, err := reading.FromShort(r.Text, units, bad); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestRowsComeBack(t *testing.T) {
	r, units := read(t, sample)
	rows, err := reading.FromShort(r.Text, units, short)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := reading.WriteRows(&b, rows); err != nil {
		t.Fatal(err)
	}
	again, err := reading.ReadRows(b.Bytes())
	if err != nil || len(again) != len(rows) || again[5] != rows[5] {
		t.Errorf("%v %v", err, again)
	}
	if strings.Contains(b.String(), "publish") {
		t.Error("a reader's file holds words of the text")
	}
	lines := strings.Split(b.String(), "\n")
	for what, bad := range map[string]string{
		"within the row before": strings.Join([]string{lines[0], lines[2], lines[1]}, "\n"),
		"column":                strings.Replace(b.String(), "modality", "mood", 1),
		"no modality":           strings.Replace(b.String(), "permission", "permissive", 1),
		"empty":                 "",
	} {
		if _, err := reading.ReadRows([]byte(bad)); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestAnchor(t *testing.T) {
	r, units := read(t, sample)
	rows, _ := reading.FromShort(r.Text, units, short)
	longer := strings.Replace(r.Text, "AGREEMENT ON ORES", "Gazette 4\n\nAGREEMENT  ON ORES", 1)
	longer = strings.Replace(longer, "geology", "geodesy", 1)
	got, moved, lost := reading.Anchor(longer, rows)
	if len(got) != 10 || moved != 10 || lost != 1 {
		t.Fatalf("%d rows, %d moved, %d lost", len(got), moved, lost)
	}
	for _, g := range got {
		if g.Modality == "permission" && longer[g.Start:g.End] != "It may charge a fee" {
			t.Errorf("the fee is now %q", longer[g.Start:g.End])
		}
	}
	if got, moved, lost := reading.Anchor(r.Text, rows); len(got) != 11 || moved != 0 || lost != 0 {
		t.Errorf("unchanged: %d rows, %d moved, %d lost", len(got), moved, lost)
	}
}

func TestScore(t *testing.T) {
	r, units := read(t, sample)
	a, _ := reading.FromShort(r.Text, units, short)
	b, _ := reading.FromShort(r.Text, units, strings.Replace(short, "4 o o E y", "4 e o E .", 1))
	var gold bytes.Buffer
	if err := reading.WriteGold(&gold, a, b); err != nil {
		t.Fatal(err)
	}
	agreed, err := reading.ReadGold(gold.Bytes())
	if err != nil || len(agreed) != 10 {
		t.Fatalf("agreed on %d of 11: %v", len(agreed), err)
	}
	decided := strings.Replace(gold.String(), "effort,operative,each_party,no,,,,,,,", "effort,operative,each_party,no,,obligation,operative,each_party,yes,,", 1)
	if decided == gold.String() {
		t.Fatal("the row to decide was not found")
	}
	var csvA, csvB bytes.Buffer
	_ = reading.WriteRows(&csvA, a)
	_ = reading.WriteRows(&csvB, b)
	fsys := fstest.MapFS{
		"g/texts.csv": {Data: []byte("id,file,sample,language,form,sha256,seen,mended,why,codes\nx,x.txt,yes,en,treaty,,no,no,test,\n")},
		"g/a/x.csv":   {Data: csvA.Bytes()}, "g/b/x.csv": {Data: csvB.Bytes()}, "g/x.csv": {Data: []byte(decided)},
	}
	set, err := reading.Load(fsys, "g")
	if err != nil {
		t.Fatal(err)
	}
	var labels []reading.Label // a machine that takes the permission for a declaration and knows no headings
	for _, row := range a {
		l := reading.Label{Start: row.Start, End: row.End, Answer: row.Answer, Likelier: row.Modality, Confidence: 0.97}
		switch {
		case row.Modality == "permission":
			l.Modality, l.Likelier, l.Confidence = "declaration", "declaration", 0.7
		case row.Kind == "heading" || strings.HasSuffix(r.Text[row.Start:row.End], ":"):
			continue
		}
		labels = append(labels, l)
	}
	rep := reading.Score(set, []reading.Read{{ID: "x", Text: r.Text, Labels: labels}}, "gold")
	en := rep.Languages[0]
	if en.Code != "en" || en.Units != 11 || en.Adjudicated != 1 || rep.Lost != 0 {
		t.Errorf("%+v", en)
	}
	if got := en.Readers.Modality; got.N != 11 || math.Abs(got.Share-10.0/11) > 1e-9 {
		t.Errorf("readers %+v", got)
	}
	if got := en.Machine.WithoutHeadings; got.N != 6 || math.Abs(got.Share-5.0/6) > 1e-9 || math.Abs(got.Kappa-(5.0/6-18.0/36)/(1-18.0/36)) > 1e-9 || en.LeadIns != 2 {
		t.Errorf("machine %+v", got)
	}
	if c := en.Machine.Calibration; len(c) != 5 || c[1].N != 1 || c[1].Right != 0 || math.Abs(c[1].Said-0.7) > 1e-9 || c[4].N != 5 || c[4].Right != 1 || math.Abs(c[4].Said-0.97) > 1e-9 {
		t.Errorf("calibration %+v", c)
	}
	if en.Untouched == nil || en.Untouched.WithoutHeadings != en.Machine.WithoutHeadings {
		t.Errorf("no rule was mended on the text: %+v", en.Untouched)
	}
	set.Texts[0].Mended = true
	if l := reading.Score(set, []reading.Read{{ID: "x", Text: r.Text, Labels: labels}}, "gold").Languages[0]; l.Untouched != nil || l.Machine.Modality != en.Machine.Modality {
		t.Errorf("rules were mended on the text: %+v", l.Untouched)
	}
	if len(rep.Misses) != 1 || rep.Misses[0].Answer != "permission" || rep.Misses[0].Machine != "declaration" {
		t.Errorf("misses %+v", rep.Misses)
	}
}

// TestGoldSet checks every row of the set against the texts: what a row spans must be what its reader saw.
func TestGoldSet(t *testing.T) {
	set, err := reading.Load(os.DirFS("../.."), "eval/gold/reading")
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Texts) < 30 {
		t.Errorf("%d texts", len(set.Texts))
	}
	texts := os.DirFS(need.Shared(t, "texts"))
	for _, x := range set.Texts {
		r, err := x.Open(texts, os.DirFS("../samples"))
		if err != nil {
			t.Error(err)
			continue
		}
		if got, want := len(set.Gold[x.ID]), len(set.Readers[x.ID]["a"]); got == 0 || got != want {
			t.Errorf("%s: %d of %d units are adjudicated", x.ID, got, want)
		}
		for reader, rows := range set.Readers[x.ID] {
			if here, _, lost := reading.Anchor(r.Text, rows); lost > 0 || len(here) == 0 {
				t.Errorf("%s: %d of %d rows of reader %s are not in the text any more", x.ID, lost, len(rows), reader)
			}
		}
	}
}

func TestLabels(t *testing.T) {
	r, units := read(t, sample)
	rules, err := assay.LoadRules()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, l := range reading.Labels(r, assay.Analyze(r, rules, nil), nil) {
		got[strings.TrimSpace(r.Text[l.Start:l.End])] = l.Answer.String()
	}
	if len(got) < len(units)-2 {
		t.Errorf("%d labels for %d units", len(got), len(units))
	}
	for words, want := range map[string]string{
		"Each Party shall publish its rules.":                 "obligation operative each_party",
		"This Agreement shall enter into force on signature.": "declaration final none",
	} {
		if !strings.HasPrefix(got[words], want) {
			t.Errorf("%q: %q, want %q", words, got[words], want)
		}
	}
}
