package overlap_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/overlap"
	"github.com/openassay/assay/text"
)

var han = regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}]`)

// plainSet is a unit's set the slow way: the words themselves, no hashes.
func plainSet(s string) map[string]bool {
	s = han.ReplaceAllString(strings.ToLower(s), " $0 ")
	words := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	out := map[string]bool{}
	for i := 0; i+overlap.GramWords <= len(words); i++ {
		out[strings.Join(words[i:i+overlap.GramWords], " ")] = true
	}
	return out
}

// unitText is a unit with its words.
type unitText struct {
	doc  int
	set  map[string]bool
	name string
}

// brute compares each with each, on two cores: it marks the grams of one and counts those of every other that are marked.
func brute(units []unitText, t float64, contain ...bool) map[string]float64 {
	ids := map[string]int{}
	sets := make([][]int, len(units))
	for i, u := range units {
		for g := range u.set {
			if _, ok := ids[g]; !ok {
				ids[g] = len(ids)
			}
			sets[i] = append(sets[i], ids[g])
		}
	}
	var parts [2]map[string]float64
	var wg sync.WaitGroup
	for w := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			parts[w] = map[string]float64{}
			marked := make([]bool, len(ids))
			for i := w; i < len(units); i += 2 {
				for _, g := range sets[i] {
					marked[g] = true
				}
				for j := i + 1; j < len(units); j++ {
					both := 0
					for _, g := range sets[j] {
						if marked[g] {
							both++
						}
					}
					share := float64(both) / float64(len(sets[i])+len(sets[j])-both)
					holds := share >= t
					if len(contain) > 0 {
						holds = float64(both)/float64(min(len(sets[i]), len(sets[j]))) >= t
					}
					if holds && units[i].doc != units[j].doc {
						parts[w][units[i].name+" "+units[j].name] = share
					}
				}
				for _, g := range sets[i] {
					marked[g] = false
				}
			}
		}()
	}
	wg.Wait()
	maps.Copy(parts[0], parts[1])
	return parts[0]
}

// joined is the same from Join.
func joined(t *testing.T, docs []*overlap.Document, found *overlap.Matches) map[string]float64 {
	t.Helper()
	out := map[string]float64{}
	name := func(p overlap.Place) string { return fmt.Sprint(p.Doc, "/", docs[p.Doc].Units[p.Unit].EID) }
	for m := range found.All() {
		key := name(m.A) + " " + name(m.B)
		if _, twice := out[key]; twice {
			t.Errorf("%s twice", key)
		}
		out[key] = m.Jaccard
	}
	if found.Len() != len(out) {
		t.Errorf("%d pairs are told, %d are there", found.Len(), len(out))
	}
	return out
}

func compare(t *testing.T, want, got map[string]float64) {
	t.Helper()
	for k, j := range want {
		if g, ok := got[k]; !ok || g != j {
			t.Errorf("%s: %v, %v by brute force", k, g, j)
		}
	}
	for k, j := range got {
		if _, ok := want[k]; !ok {
			t.Errorf("%s: %v, no pair by brute force", k, j)
		}
	}
}

// TestJoinAsBruteForce holds the join against comparing each of 5,000 articles of real treaties with each other.
func TestJoinAsBruteForce(t *testing.T) {
	const most = 5000
	dir := need.Shared(t, "texts", "tota")
	files, err := filepath.Glob(filepath.Join(dir, "*.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var docs []*overlap.Document
	var units []unitText
	for i := 0; i < len(files) && len(units) < most; i += 4 { // from all over, families of treaties among them
		b, err := os.ReadFile(files[i])
		if err != nil {
			t.Fatal(err)
		}
		r, err := text.Read(files[i], b)
		if err != nil {
			t.Fatal(err)
		}
		d := overlap.Read(files[i], r, overlap.Article)
		d.Units = d.Units[:min(len(d.Units), most-len(units))]
		for _, u := range d.Units {
			set := plainSet(r.Text[u.Start:u.End])
			if len(set) != len(u.Grams) {
				t.Fatalf("%s %s: %d grams, %d the slow way", files[i], u.EID, len(u.Grams), len(set))
			}
			units = append(units, unitText{len(docs), set, fmt.Sprint(len(docs), "/", u.EID)})
		}
		docs = append(docs, d)
	}
	if len(units) < most {
		t.Fatalf("only %d articles", len(units))
	}
	start := time.Now()
	at5 := brute(units, 0.5)
	slow := time.Since(start)
	for _, th := range []float64{0.5, 0.8} {
		want := at5
		if th != 0.5 {
			want = map[string]float64{}
			for k, j := range at5 {
				if j >= th {
					want[k] = j
				}
			}
		}
		start = time.Now()
		got := joined(t, docs, overlap.Join(docs, th))
		t.Logf("%d articles of %d treaties at %v: %d pairs in %v; brute force at 0.5 in %v", len(units), len(docs), th, len(got), time.Since(start), slow)
		if len(want) < 100 {
			t.Errorf("only %d pairs: this proves little", len(want))
		}
		compare(t, want, got)
	}
}

// TestJoinLaw makes small documents of few words, so that pairs stand exactly at the threshold, sets repeat, and documents repeat themselves.
func TestJoinLaw(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		letters := rapid.SampledFrom([]uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
		th := rapid.SampledFrom([]float64{0.1, 0.3, 1. / 3, 0.5, 0.6, 2. / 3, 0.7, 0.75, 0.8, 0.9, 1}).Draw(rt, "threshold")
		var docs []*overlap.Document
		var units []unitText
		for di := range rapid.IntRange(1, 6).Draw(rt, "documents") {
			d := &overlap.Document{}
			for ui := range rapid.IntRange(0, 8).Draw(rt, "units") {
				grams := rapid.SliceOfN(letters, 1, 16).Draw(rt, "grams")
				eid, set := fmt.Sprint("art_", ui), map[string]bool{}
				for i, g := range grams {
					set[fmt.Sprint(g)] = true
					grams[i] = g << 50 // the upper bits are what the table of counts looks at
				}
				d.Units = append(d.Units, overlap.NewUnit(eid, 0, 1, slices.Clone(grams)))
				units = append(units, unitText{di, set, fmt.Sprint(di, "/", eid)})
			}
			docs = append(docs, d)
		}
		compare(t, brute(units, th), joined(t, docs, overlap.Join(docs, th)))
		compare(t, brute(units, th, true), joined(t, docs, overlap.JoinContained(docs, th)))

		// The same through an index that grows: each document against all before it.
		x, found := overlap.NewIndex(th), map[string]float64{}
		for di, d := range docs {
			for _, m := range x.Like(d) {
				found[fmt.Sprint(m.B.Doc, "/", docs[m.B.Doc].Units[m.B.Unit].EID, " ", di, "/", d.Units[m.A.Unit].EID)] = m.Jaccard
			}
			x.Add(d)
		}
		compare(t, brute(units, th), found)
	})
}
