package identity_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/openassay/assay/identity"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

// apart is the seed as it was before people merged its three pairs.
var apart = sync.OnceValue(func() *registry.View {
	entries, err := seed.Entries()
	if err != nil {
		panic(err)
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e registry.Entry) bool { return e.Claim != nil && e.Claim.Field == "redirect" })
	return registry.Compile(entries, registry.Reader(), "")
})

var index = sync.OnceValue(func() *identity.Index { return identity.New(apart()) })

func date(t testing.TB, s string) registry.Date {
	t.Helper()
	d, err := registry.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Records of the seed that people found to be one come up, ahead of nearly all others.
func TestMergedPairsOfTheSeed(t *testing.T) {
	ps := index().Pairs(0.3)
	rank := func(a, b registry.RecordID) int {
		return slices.IndexFunc(ps, func(p identity.Pair) bool { return p.A == a && p.B == b || p.A == b && p.B == a })
	}
	for _, c := range [][2]registry.RecordID{{"ins_us-argentina-mou-2024", "ins_us-argentina-mou-2024b"}, {"ins_india-australia-g2g-2020", "ins_australia-india-mou-2020b"}} {
		if i := rank(c[0], c[1]); i < 0 || i > 6 {
			t.Errorf("%v stands at place %d of %d", c, i, len(ps))
		}
	}
	if len(ps) > 20 {
		t.Errorf("%d pairs of a registry without other duplicates: nobody would look at them", len(ps))
	}
	for _, p := range ps {
		if len(p.Reasons) == 0 || slices.ContainsFunc(p.Words(), func(w string) bool { return w == "" }) {
			t.Errorf("%s and %s: no reason is given", p.A, p.B)
		}
	}
}

// One thing told in another language, and other things that look like it.
func TestCompare(t *testing.T) {
	x := index()
	for _, c := range []struct {
		name, day, kind, record string
		least, most             float64
	}{
		{"Memorándum de entendimiento entre Argentina y Chile sobre litio y salares", "2023-11-10", "mou", "ins_argentina-chile-lithium-mou-2023", 0.7, 1},
		{"Protocole d'accord UE–Rwanda sur les chaînes de valeur durables des matières premières", "2024-02-19", "mou", "ins_eu-rwanda-mou-2024", 0.7, 1},
		{"Memorando de Entendimento UE–Namíbia sobre matérias-primas sustentáveis e hidrogénio", "2022-11-08", "mou", "ins_eu-namibia-mou-2022", 0.6, 1},
		{"中国与印度尼西亚绿色矿产合作谅解备忘录", "2024-11-09", "mou", "ins_china-indonesia-green-2024", 0.7, 1},
		{"Agreement between the United States of America and Malaysia on Recipricol Trade", "2025-10-26", "fta", "ins_us-malaysia-art-2025", 0.7, 1},
		{"US–Peru MOU on critical minerals", "2026-02-04", "mou", "ins_us-peru-mou-2024", 0, 0.3},
		{"US–DRC security partnership memorandum", "2025-12-04", "mou", "ins_us-drc-spa-2025", 0, 0.3},
		{"EU–Chile MOU on raw materials", "2023-07-18", "mou", "ins_eu-chile-afa-2023", 0, 0.3},
		{"UK–Kazakhstan critical minerals roadmap", "2024-03", "roadmap", "ins_uk-kazakhstan-mou-2023", 0, 0.3},
		{"EU–DRC MOU on raw materials value chains", "2023-10-26", "mou", "ins_eu-zambia-mou-2023", 0, 0.2},
		{"Saudi Arabia–Jordan MOU on mining", "2025-01-14", "mou", "ins_saudi-zambia-mou-2025", 0, 0.2},
	} {
		s := identity.Subject{Kind: registry.KindInstrument, Type: c.kind, Names: []string{c.name}, Dates: []identity.Dated{{Event: "signed", Date: date(t, c.day)}}}
		p := x.Compare(s, identity.Of(apart().Record(registry.RecordID(c.record))))
		if p.Score < c.least || p.Score > c.most {
			t.Errorf("%s and %s: %.2f, want %.1f to %.1f: %v", c.name, c.record, p.Score, c.least, c.most, p.Reasons)
		}
		if found := x.Candidates(s, 0.2); c.least > 0 && (len(found) == 0 || string(found[0].B) != c.record) {
			t.Errorf("%s: the first candidate is not %s: %v", c.name, c.record, found)
		}
	}
}

func TestRules(t *testing.T) {
	x := index()
	r := apart().Record("ins_us-malaysia-art-2025")
	url := identity.BareURL(r.KeyedString("text_url", "final"))
	text := identity.Subject{Kind: registry.KindInstrument, Text: true, Names: []string{"Anything"}, URLs: []string{url}}
	if p := x.Compare(text, identity.Of(r)); p.Score != 1 {
		t.Errorf("the address of the very text: %v", p)
	}
	statement := identity.Subject{Kind: registry.KindInstrument, Text: true, Type: "joint_statement", Names: []string{"Joint Statement on United States-Malaysia Agreement on Reciprocal Trade"},
		Dates: []identity.Dated{{Date: date(t, "2025-10-26")}}}
	if p := x.Compare(statement, identity.Of(r)); p.Score != 0 {
		t.Errorf("a statement about an agreement is not its text: %v", p)
	}
	talks := identity.Of(apart().Record("neg_us-indonesia-art-2026"))
	if p := x.Compare(talks, identity.Of(apart().Record("ins_us-indonesia-art-2026"))); p.Score != 0 {
		t.Errorf("talks and their agreement: %v", p)
	}
	a, b := identity.Of(apart().Record("ins_us-argentina-mou-2024")), identity.Of(apart().Record("ins_us-argentina-mou-2024b"))
	linked := a
	linked.Links = append(linked.Links, b.ID)
	if x.Compare(linked, b).Score >= x.Compare(a, b).Score {
		t.Error("that one record speaks of the other as another thing does not count against their being one")
	}
}

// TestDistinctIsNotAsked: a claim that two records are distinct takes the pair off the list, until it is taken back.
func TestDistinctIsNotAsked(t *testing.T) {
	entries, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	entries = slices.DeleteFunc(slices.Clone(entries), func(e registry.Entry) bool { return e.Claim != nil && e.Claim.Field == "redirect" })
	not, err := registry.NewEntry(registry.Entry{By: "person:x", At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Audience: registry.Public, Claim: &registry.Claim{Record: "ins_us-argentina-mou-2024b",
		Field: "distinct_from", Value: registry.Value{Type: registry.TypeRef, Raw: "ins_us-argentina-mou-2024"}, Source: "src_biobiochile-1"}})
	if err != nil {
		t.Fatal(err)
	}
	has := func(es []registry.Entry) bool {
		ps := identity.New(registry.Compile(es, registry.Reader(), "")).Pairs(0.3)
		return slices.ContainsFunc(ps, func(p identity.Pair) bool {
			return p.A == "ins_us-argentina-mou-2024" && p.B == "ins_us-argentina-mou-2024b"
		})
	}
	if !has(entries) || has(append(slices.Clone(entries), not)) {
		t.Error("the pair is not there, or there although it is distinct")
	}
}

// TestLaws: comparing is symmetric, and neither the order of claims nor that of names tells.
func TestLaws(t *testing.T) {
	x := index()
	all := apart().OfKind(registry.KindInstrument)
	rapid.Check(t, func(rt *rapid.T) {
		a, b := identity.Of(rapid.SampledFrom(all).Draw(rt, "a")), identity.Of(rapid.SampledFrom(all).Draw(rt, "b"))
		p, q := x.Compare(a, b), x.Compare(b, a)
		if p.Score != q.Score || p.Score < 0 || p.Score > 1 {
			rt.Fatalf("%s and %s: %v one way, %v the other", a.ID, b.ID, p, q)
		}
		slices.Reverse(a.Names)
		slices.Reverse(a.Dates)
		if r := x.Compare(a, b); r.Score != p.Score {
			rt.Fatalf("order tells: %v and %v", p, r)
		}
	})
}

// TestAnyName: names are bytes from outside.
func TestAnyName(t *testing.T) {
	x := index()
	rapid.Check(t, func(rt *rapid.T) {
		s := identity.Subject{Kind: registry.KindInstrument, Names: []string{rapid.String().Draw(rt, "name"), "US–Peru " + rapid.String().Draw(rt, "more")}}
		x.Candidates(s, 0)
	})
	began := time.Now()
	x.Candidates(identity.Subject{Kind: registry.KindInstrument, Names: []string{strings.Repeat("critical minerals of Peru ", 20000)}}, 0)
	if d := time.Since(began); d > 5*time.Second {
		t.Errorf("a name of half a megabyte takes %v", d)
	}
}

// TestNearLinear: however many records, each is held against a bounded number of others; counted, not timed.
func TestNearLinear(t *testing.T) {
	held := func(n, parties, years int) int {
		var es []registry.Entry
		put := func(rec, field, key, value string) {
			v, err := registry.ParseValue(registry.FieldOf(field), value, "")
			if err != nil {
				t.Fatal(err)
			}
			e, err := registry.NewEntry(registry.Entry{By: "person:x", At: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), Audience: registry.Public,
				Claim: &registry.Claim{Record: registry.RecordID(rec), Field: field, Key: key, Value: v, Source: "src_a"}})
			if err != nil {
				t.Fatal(err)
			}
			es = append(es, e)
		}
		for i := range 60 {
			put(fmt.Sprintf("pty_P%d", i), "name", "short", fmt.Sprintf("Land%c%c", 'a'+i%26, 'a'+i/26))
		}
		for i := range n {
			id := fmt.Sprintf("ins_r%d", i)
			put(id, "title", "", fmt.Sprintf("Memorandum on critical minerals, project %c%c%c", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26))
			put(id, "party", "", fmt.Sprintf("pty_P%d", i%parties))
			put(id, "party", "", fmt.Sprintf("pty_P%d", (i*7+1)%parties))
			put(id, "event", "signed", fmt.Sprintf("%d-%02d-%02d", 1990+i%years, 1+i%12, 1+i%28))
		}
		return identity.New(registry.Compile(es, registry.Reader(), "")).Held()
	}
	for _, c := range []struct{ parties, years int }{{60, 35}, {10, 5}, {2, 1}} {
		if n := held(5000, c.parties, c.years); n > 5000*150 {
			t.Errorf("%d parties and %d years: %d pairs are held against each other among 5000 records", c.parties, c.years, n)
		}
	}
}

func TestModelRefuses(t *testing.T) {
	good := identity.Trained.YAML()
	if _, err := identity.ReadModel([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{strings.Replace(good, "parties_differ: -", "parties_differ: ", 1), strings.Replace(good, "  minerals:", "  metals:", 1), strings.Replace(good, "  amount:", "  amount: .nan #", 1), good + "more: 1\n"} {
		if _, err := identity.ReadModel([]byte(bad)); err == nil {
			t.Errorf("read:\n%s", bad)
		}
	}
}
