package findings_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

func TestEmbedded(t *testing.T) {
	v := seedView(t, "")
	s := compute(t, v, findings.Scope{})
	sound(t, v, s)
	for _, c := range []struct {
		finding, indicator string
		least              int
	}{{"transparency", "text", 15}, {"oversight", "approval", 3}, {"competition", "sought", 10}, {"value_addition", "asked", 30}, {"non_binding", "form", 100}, {"bundling", "tied", 10}, {"standards", "mentioned", 25}} {
		if i := s.Finding(c.finding).Indicator(c.indicator); i.Count < c.least || i.State != "measured" {
			t.Errorf("%s.%s: %d", c.finding, c.indicator, i.Count)
		}
	}
	for _, key := range []string{"notice", "consultation", "assessment"} { // the seed has no record of them
		if i := s.Finding("oversight").Indicator(key); i.State != "not_looked_for" || i.Lower != 0 || i.Upper != 1 {
			t.Errorf("%s: %s, between %v and %v", key, i.State, i.Lower, i.Upper)
		}
	}
}

// Every place in a text that a number rests on is a provision of the analysis of a document that can be seen.
func TestSpansResolve(t *testing.T) {
	v := seedView(t, "")
	n := 0
	for _, f := range embedded().Findings {
		for _, i := range f.Indicators {
			for _, c := range i.Cases {
				for _, sp := range c.Spans {
					a, err := texts{v}.Analysis(sp.Document)
					if err != nil || a == nil {
						t.Fatalf("%s: %v", sp.Document, err)
					}
					found := false
					for k := range a.Provisions {
						p := &a.Provisions[k]
						found = found || p.EID == sp.EID && p.Start <= sp.Start && sp.Start <= sp.End && sp.End <= p.End
					}
					if !found {
						t.Errorf("%s.%s: %s has no %s", f.Key, i.Key, sp.Document, sp.EID)
					}
					n++
				}
			}
		}
	}
	if n < 20 {
		t.Errorf("only %d places in texts", n)
	}
}

func TestSameBytes(t *testing.T) {
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	es = slices.Clone(es)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(es), func(i, j int) { es[i], es[j] = es[j], es[i] })
	v := registry.Compile(es, registry.Reader(), "")
	if !bytes.Equal(encode(t, compute(t, v, findings.Scope{})), encode(t, embedded())) {
		t.Error("the order of the entries changes the bytes")
	}
}

func encode(t testing.TB, x any) []byte {
	t.Helper()
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// numbers is what an indicator says, without what it rests on.
func numbers(t testing.TB, i *findings.Indicator) string {
	return string(encode(t, []any{i.State, i.Count, i.Total, i.Unknown, i.LookedFor, i.Lower, i.Upper, i.Measure, i.Parts, i.By}))
}

// Taking one claim away changes no number but those that name it. And where it is named, what the number rests on changes.
func TestOneClaim(t *testing.T) {
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	before := embedded()
	basis, said := map[string]map[registry.EntryID]bool{}, map[string]string{}
	for _, f := range before.Findings {
		for _, i := range f.Indicators {
			basis[f.Key+"."+i.Key], said[f.Key+"."+i.Key] = before.Basis(i), numbers(t, i)
		}
	}
	var counted []int // claims that some number rests on come first, so that few tries say much
	for k, e := range es {
		if e.Claim == nil {
			continue
		}
		for _, b := range basis {
			if b[e.ID] {
				counted = append(counted, k)
				break
			}
		}
	}
	tries, records := 16, len(seedView(t, "").Records)
	if n, err := strconv.Atoi(os.Getenv("ASSAY_TRIES")); err == nil {
		tries = n
	}
	random := rand.New(rand.NewPCG(7, uint64(tries)))
	changed := 0
	for n := range tries {
		k := counted[random.IntN(len(counted))]
		if n%4 == 3 {
			k = random.IntN(len(es))
		}
		c := es[k].Claim
		if c == nil {
			continue
		}
		without := slices.Concat(es[:k], es[k+1:])
		v := registry.Compile(without, registry.Reader(), "")
		if len(v.Records) != records || v.Horizon != before.Horizon {
			continue // it was all that was known of a record, or the newest: others go with it
		}
		after := compute(t, v, findings.Scope{})
		for _, f := range after.Findings {
			for _, i := range f.Indicators {
				at := f.Key + "." + i.Key
				now := numbers(t, i)
				if now != said[at] {
					changed++
					if !basis[at][es[k].ID] {
						t.Errorf("without %s %s %s %q the number %s changed, which does not name the claim\n%s\n%s", c.Record, c.Field, c.Key, c.Value.Raw, at, said[at], now)
					}
				}
				if basis[at][es[k].ID] && after.Basis(i)[es[k].ID] {
					t.Errorf("%s rests on a claim that is gone", at)
				}
			}
		}
	}
	if changed == 0 {
		t.Error("no number changed: the test could not fail")
	}
}

func TestScopes(t *testing.T) {
	v := seedView(t, "")
	all := embedded()
	for _, c := range []struct{ party, region, mineral, since, until string }{
		{party: "ZMB"}, {party: "zambia"}, {region: "africa"}, {mineral: "cobalt"}, {mineral: "cobre"}, {since: "2025-01"}, {until: "2024"}, {party: "COD", mineral: "cobalt", since: "2025"}, {party: "EU"}, {party: "us-dfc"},
	} {
		scope, err := findings.ParseScope(v, c.party, c.region, c.mineral, c.since, c.until)
		if err != nil {
			t.Errorf("%+v: %v", c, err)
			continue
		}
		s := compute(t, v, scope)
		sound(t, v, s)
		whole, part := all.Finding("non_binding").Indicator("form"), s.Finding("non_binding").Indicator("form")
		if part.Total == 0 && c.party != "us-dfc" || part.Total >= whole.Total {
			t.Errorf("%+v: %d of %d instruments", c, part.Total, whole.Total)
		}
	}
	for _, bad := range []struct{ party, region, mineral, since, until string }{
		{party: "XXQ"}, {region: "atlantis"}, {mineral: "unobtainium"}, {since: "yesterday"}, {since: "2025", until: "2024"}, {party: strings.Repeat("x", 5000)},
	} {
		if _, err := findings.ParseScope(v, bad.party, bad.region, bad.mineral, bad.since, bad.until); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" || len(err.Error()) > 300 {
			t.Errorf("%.40v: %.200v", bad, err)
		}
	}
}

func TestAsOf(t *testing.T) {
	early, late := compute(t, seedView(t, "2025-11-30"), findings.Scope{}), embedded()
	a, b := early.Finding("non_binding").Indicator("form"), late.Finding("non_binding").Indicator("form")
	if a.Total == 0 || a.Total >= b.Total {
		t.Errorf("%d instruments were known on 30 November 2025, %d are today", a.Total, b.Total)
	}
	sound(t, seedView(t, "2010-01-01"), compute(t, seedView(t, "2010-01-01"), findings.Scope{}))
}

// What readers may not see counts for nothing, and changes no byte.
func TestHiddenChangesNothing(t *testing.T) {
	base := []string{"ins_a title - A", "ins_a area - value_addition", "ins_a party - pty_AAA", "pty_AAA party_kind - state"}
	es := entries(t, base...)
	hidden := entries(t, "ins_b title - B", "ins_b area - finance", "ins_a legal_nature stated non_binding")[1:]
	for i := range hidden {
		hidden[i].Audience = "registry"
	}
	public := registry.Compile(es, registry.Reader(), "")
	both := registry.Compile(append(slices.Clone(es), hidden...), registry.Reader(), "")
	if !bytes.Equal(encode(t, compute(t, public, findings.Scope{})), encode(t, compute(t, both, findings.Scope{}))) {
		t.Error("what is hidden shows")
	}
	editors := registry.Compile(append(slices.Clone(es), hidden...), registry.Reader("registry"), "")
	if n := compute(t, editors, findings.Scope{}).Finding("non_binding").Indicator("stated").Count; n != 1 {
		t.Errorf("editors see %d", n)
	}
}

// What a person says of a sentence counts in the place of the machine's word, and the numbers name the claim.
func TestPeopleOverrule(t *testing.T) {
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	v := registry.Compile(es, registry.Reader(), "")
	a, err := texts{v}.Analysis("doc_us-malaysia-mou-2025")
	if err != nil || a == nil {
		t.Fatal(err)
	}
	gap := func(v *registry.View) *findings.Case {
		i := compute(t, v, findings.Scope{}).Finding("standards").Indicator("gap")
		for k := range i.Cases {
			if i.Cases[k].Record == "ins_us-malaysia-mou-2025" {
				return &i.Cases[k]
			}
		}
		t.Fatal("no case")
		return nil
	}
	if c := gap(v); c.Part == "obliged" || c.Part == "enforceable" {
		t.Fatalf("the machine reads %s", c.Part)
	}
	for _, p := range a.Provisions {
		for _, n := range p.Norms {
			if !slices.Contains(n.Topics, "esg_standards") || n.Part == "preamble" {
				continue
			}
			check := entries(t, fmt.Sprintf("doc_us-malaysia-mou-2025 norm_check %s@%d-%d.1a2b3c4d obligation", p.EID, n.Start, n.End))
			c := gap(registry.Compile(append(slices.Clone(es), check...), registry.Reader(), ""))
			if c.Part != "obliged" || !slices.Contains(c.Claims, check[1].ID) {
				t.Errorf("a person says that it is owed: %s", c.Part)
			}
			return
		}
	}
	t.Fatal("no sentence about standards")
}
