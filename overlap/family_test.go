package overlap_test

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/text"
)

// doc reads a text of one article.
func doc(t testing.TB, id, words string) *overlap.Document {
	t.Helper()
	r, err := text.Read(id+".md", []byte("# Agreement "+id+"\n\n## Article 1\n\n"+words+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := overlap.Read(id, r, overlap.Article)
	d.Units = slices.DeleteFunc(d.Units, func(u overlap.Unit) bool { return u.EID != "art_1" })
	return d
}

const clause = "Each Party shall publish every contract for the exploration or extraction of minerals within sixty days of its signature, with all annexes, in a public register that can be searched free of charge"

// TestFamilies follows a clause through five texts: the second changes it, the third copies the second, the fourth copies the first, the fifth has no date.
func TestFamilies(t *testing.T) {
	changed := strings.Replace(clause, "sixty days of its signature", "ninety days of its entry into force", 1)
	docs := []*overlap.Document{doc(t, "e", clause), doc(t, "d", clause+" or fee"), doc(t, "c", changed+" or fee"), doc(t, "b", changed), doc(t, "a", clause), doc(t, "x", "Nothing in this Agreement concerns fish, ships or the harbour of the capital")}
	dates := []string{"", "2020-05", "2015", "2012", "2010", "2001"}
	fs := overlap.Families(overlap.Join(docs, 0.5), func(i int) string { return dates[i] })
	if len(fs) != 1 {
		t.Fatalf("%d families: %+v", len(fs), fs)
	}
	var got []string
	for _, m := range fs[0].Members {
		line := docs[m.Place.Doc].ID
		if m.Parent >= 0 {
			line += "<" + docs[fs[0].Members[m.Parent].Place.Doc].ID
		}
		got = append(got, line)
	}
	if want := "a b<a c<b d<a e<a"; strings.Join(got, " ") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// TestUncommon leaves a formula out that thirty texts have, and keeps a clause that two have.
func TestUncommon(t *testing.T) {
	var docs []*overlap.Document
	for i := range 30 {
		d := &overlap.Document{ID: fmt.Sprint(i), Units: []overlap.Unit{overlap.NewUnit("formula", 0, 1, []uint64{1 << 50, 2 << 50, 3 << 50})}}
		if i < 2 {
			d.Units = append(d.Units, overlap.NewUnit("clause", 1, 2, []uint64{7 << 50, 8 << 50}))
		}
		docs = append(docs, d)
	}
	all := overlap.Join(docs, 0.5)
	rest, left := all.Uncommon(100)
	if all.Len() != 30*29/2+1 || rest.Len() != 1 || left != 30*29/2 {
		t.Errorf("%d pairs, %d stay, %d are left out", all.Len(), rest.Len(), left)
	}
}

func TestRelatives(t *testing.T) {
	docs := []*overlap.Document{doc(t, "a", clause), doc(t, "b", clause+", and shall report to parliament on what was not published and why each year"), doc(t, "c", "Nothing here is like the others in any of its words or sentences")}
	var sets [][]uint64
	for _, d := range docs {
		sets = append(sets, d.All())
	}
	rs := overlap.Relatives(sets, 0, 0.1)
	if len(rs) != 1 || rs[0].Doc != 1 || rs[0].Share() != 1 || rs[0].Back() > 0.8 || rs[0].Back() < 0.5 {
		t.Errorf("%+v", rs)
	}
}

// TestWordless holds that a text without its words is compared as the text itself, and that its words are not in it.
func TestWordless(t *testing.T) {
	b, err := os.ReadFile(need.Shared(t, "texts", "us-gov", "2025-10-20-united-states-australia-framework-for-securing-of-supply-in-the-mining-and-processing-of-critical-minerals-and-rare-earths.md"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := text.Read("a.md", b)
	if err != nil {
		t.Fatal(err)
	}
	j, err := json.Marshal(overlap.NewWordless(r))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []string{"minerals", "Australia", "framework"} {
		if strings.Contains(strings.ToLower(string(j)), strings.ToLower(w)) {
			t.Errorf("%q is in it", w)
		}
	}
	got, err := overlap.ReadWordless("a", j)
	if err != nil {
		t.Fatal(err)
	}
	want := overlap.Read("a", r, overlap.Innermost)
	if len(want.Units) < 20 || fmt.Sprint(got.Units) != fmt.Sprint(want.Units) {
		t.Errorf("%d units, want %d", len(got.Units), len(want.Units))
	}
	for i, u := range got.Units {
		if p := overlap.Shared(got.Wordings[i], overlap.NewWording(r.Text, u.Start, u.End)); len(p) != 1 || p[0].A != p[0].B {
			t.Fatalf("%s: %+v", u.EID, p)
		}
	}
}

// TestReadWordlessRefuses gives it damaged bytes: an error, never a panic, and no unit whose words lie outside it.
func TestReadWordlessRefuses(t *testing.T) {
	r := &text.Reading{Text: clause, Language: "en", Provisions: []text.Provision{{EID: "art_1", End: len(clause), Parent: -1}}}
	good, err := json.Marshal(overlap.NewWordless(r))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := overlap.ReadWordless("a", []byte(strings.Replace(string(good), overlap.Format, "other", 1))); err == nil || !strings.Contains(err.Error(), "other") {
		t.Errorf("another version: %v", err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		b := slices.Clone(good)
		for range rapid.IntRange(1, 4).Draw(rt, "changes") {
			b[rapid.IntRange(0, len(b)-1).Draw(rt, "at")] = byte(rapid.IntRange(32, 126).Draw(rt, "byte"))
		}
		l, err := overlap.ReadWordless("a", b)
		if err != nil {
			return
		}
		for i, u := range l.Units {
			for _, p := range overlap.Shared(l.Wordings[i], l.Wordings[i]) {
				if p.A[0] < u.Start || p.A[1] > u.End {
					rt.Fatalf("%v outside %d to %d", p, u.Start, u.End)
				}
			}
		}
	})
}
