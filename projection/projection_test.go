package projection_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/claimlog/memory"
	"github.com/openassay/assay/projection"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

var ctx = context.Background()

func open(t testing.TB, folder string, readers registry.Audiences, entries ...registry.Entry) *projection.Projection {
	t.Helper()
	log := memory.New()
	if len(entries) > 0 {
		if _, _, err := log.Append(ctx, entries); err != nil {
			t.Fatal(err)
		}
	}
	p, err := projection.Open(log, blob.NewMemory(), readers, folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	if err := p.Update(ctx); err != nil {
		t.Fatal(err)
	}
	return p
}

func seeded(t testing.TB) *projection.Projection {
	t.Helper()
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	return open(t, "", nil, es...)
}

func TestSearchSeed(t *testing.T) {
	p := seeded(t)
	for _, c := range []struct {
		text    string
		filters map[string][]string
		want    registry.RecordID // among the first five
	}{
		{"cobalt", nil, "min_cobalt"},
		{"Lobito", nil, "prj_lobito-corridor"},
		{"刚果民主共和国", nil, "pty_COD"},
		{"cuivre", nil, "min_copper"},
		{"\"Strategic Partnership\" Rwanda", nil, ""},
		{"United States Malaysia", map[string][]string{"kind": {"instrument"}}, "ins_us-malaysia-mou-2025"},
	} {
		res, err := p.Search(ctx, projection.Query{Text: c.text, Filters: c.filters})
		if err != nil {
			t.Fatal(err)
		}
		found := c.want == ""
		for i, h := range res.Hits {
			found = found || i < 5 && h.Record.ID == c.want
			if len(h.Why) == 0 {
				t.Errorf("%s: %s does not say why", c.text, h.Record.ID)
			}
			for _, w := range h.Why {
				for _, m := range w.Marks {
					if m[0] < 0 || m[1] > len(w.Excerpt) || m[0] >= m[1] {
						t.Errorf("%s: %s: mark %v in %d bytes", c.text, h.Record.ID, m, len(w.Excerpt))
					}
				}
			}
		}
		if !found {
			t.Errorf("%s: %s is not among the first five of %d", c.text, c.want, res.Total)
			for _, h := range res.Hits[:min(5, len(res.Hits))] {
				t.Log(h.Record.ID, h.Score, h.Why)
			}
		}
	}
	none, err := p.Search(ctx, projection.Query{Text: "cobalt -cobalt"})
	if err != nil || none.Total != 0 {
		t.Errorf("exclusion: %v %v", none, err)
	}
}

func TestFilesSurviveAndDumpsAgree(t *testing.T) {
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	log := memory.New()
	if _, _, err := log.Append(ctx, es[:len(es)/2]); err != nil {
		t.Fatal(err)
	}
	for _, rest := range [][]registry.Entry{nil, es[len(es)/2:], nil} {
		if rest != nil {
			if _, _, err := log.Append(ctx, rest); err != nil {
				t.Fatal(err)
			}
		}
		p, err := projection.Open(log, blob.NewMemory(), nil, dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Update(ctx); err != nil {
			t.Fatal(err)
		}
		fresh, err := projection.Open(log, blob.NewMemory(), nil, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := fresh.Update(ctx); err != nil {
			t.Fatal(err)
		}
		diff, rows, err := p.Compare(ctx, fresh, 5)
		if err != nil || len(diff) > 0 || rows < 1000 {
			t.Errorf("%d rows compared, %v, %v", rows, diff, err)
		}
		p.Close()
		fresh.Close()
	}
}

// TestNonInterferenceProjection builds two registries that hold the same public entries and differ in all else, and compares everything that
// the public can ask.
func TestNonInterferenceProjection(t *testing.T) {
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	es = es[:4000]
	plain := open(t, "", nil, es...)
	var hidden []registry.Entry
	for i, e := range es {
		if e.Claim == nil || i%3 != 0 {
			continue
		}
		c := *e.Claim
		c.Note = "hidden"
		h := registry.Entry{Claim: &c, Audience: registry.Registry, Nonce: fmt.Sprint(i), At: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), By: "person:editor"}
		if i%2 == 0 {
			h.Audience, c.Record = registry.Sealed, registry.RecordID(string(c.Record)+"-secret")
		}
		if h, err = registry.NewEntry(h); err != nil {
			t.Fatal(err)
		}
		hidden = append(hidden, h)
	}
	other := open(t, "", nil, append(hidden, es...)...)
	if plain.Version() != other.Version() {
		t.Error("the public version tells of hidden entries")
	}
	a, b := everything(t, plain), everything(t, other)
	if a != b {
		t.Errorf("hidden entries show in what the public sees")
	}
	// The comparison can fail: one public claim more shows.
	more := hidden[1]
	more.Audience = registry.Public
	if everything(t, open(t, "", nil, append(es[:len(es):len(es)], more)...)) == a {
		t.Error("the comparison is blind")
	}
}

func everything(t testing.TB, p *projection.Projection) string {
	var b bytes.Buffer
	if err := p.Dump(ctx, &b); err != nil {
		t.Fatal(err)
	}
	for _, asOf := range []registry.Day{"", "2025-06-30"} {
		j, _ := json.Marshal(p.View(asOf).Dump())
		b.Write(j)
	}
	for _, q := range []string{"minerals", "bank", "Congo", "république", "secret hidden"} {
		res, err := p.Search(ctx, projection.Query{Text: q, Limit: 100})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&b, q, res.Total, res.Facets)
		for _, h := range res.Hits {
			fmt.Fprintln(&b, h.Record.ID, h.Score, h.Why)
		}
	}
	fmt.Fprintln(&b, p.Suggest("c", 50), p.Version())
	return b.String()
}

func TestSearchTakesAnything(t *testing.T) {
	p := seeded(t)
	for _, q := range []string{"", " ", `"`, `""`, `-`, `--`, `- -`, `"a`, "a\x00b", "\xff\xfe", strings.Repeat("a ", 400), strings.Repeat("\"x\" ", 200), "title:x", "*", "?", "+cobalt", "co*", "(", "[x TO y]", "‮cobalt"} {
		if _, err := p.Search(ctx, projection.Query{Text: q, Filters: map[string][]string{"kind": {"instrument"}, "nonsense": {"x"}}}); err != nil {
			t.Errorf("%q: %v", q, err)
		}
	}
	if _, err := p.Search(ctx, projection.Query{Text: strings.Repeat("x", 2000)}); registry.CodeOf(err) != registry.Invalid {
		t.Errorf("too long: %v", err)
	}
}

func BenchmarkUpdateSeed(b *testing.B) {
	es, err := seed.Entries()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		open(b, "", nil, es...)
	}
}

func BenchmarkSearch(b *testing.B) {
	p := seeded(b)
	for b.Loop() {
		if _, err := p.Search(ctx, projection.Query{Text: "lithium processing"}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestSamplesAreLeftOutOfASearch(t *testing.T) {
	p := seeded(t)
	without, err := p.Search(t.Context(), projection.Query{Text: "lithium", Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	with, err := p.Search(t.Context(), projection.Query{Text: "lithium", Limit: 100, Samples: true})
	if err != nil {
		t.Fatal(err)
	}
	if without.Samples == 0 || with.Total != without.Total+without.Samples || with.Samples != 0 {
		t.Errorf("%d hits and %d samples left out; with samples %d hits and %d left out", without.Total, without.Samples, with.Total, with.Samples)
	}
	for _, h := range without.Hits {
		if h.Sample {
			t.Errorf("%s %s is a sample", h.Record.ID, h.EID)
		}
	}
}

// TestSomeWords finds what has most of the words where nothing has all, and says so.
func TestSomeWords(t *testing.T) {
	p := seeded(t)
	for _, c := range []struct {
		text string
		some *projection.SomeWords
	}{
		{"cobalt", nil},
		{"cobalt refining", &projection.SomeWords{Has: 1, Of: 2}},
		{"qqxzzy refining cobalt", &projection.SomeWords{Has: 1, Of: 3}},
		{"Lobito corridor qqxzzy", &projection.SomeWords{Has: 2, Of: 3}},
	} {
		res, err := p.Search(ctx, projection.Query{Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if res.Total == 0 || len(res.Hits) == 0 || fmt.Sprint(res.Some) != fmt.Sprint(c.some) {
			t.Errorf("%s: %d hits, %v, want %v", c.text, res.Total, res.Some, c.some)
		}
	}
	for _, text := range []string{"qqxzzy", "qqxzzy qqxzzz", "qqxzzy -cobalt"} {
		if res, err := p.Search(ctx, projection.Query{Text: text}); err != nil || res.Total != 0 || res.Some != nil {
			t.Errorf("%s: %+v, %v", text, res, err)
		}
	}
}
