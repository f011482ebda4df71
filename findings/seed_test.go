package findings_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/blob"
	"github.com/openassay/assay/findings"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

// texts gives the analyses of the seed.
type texts struct{ view *registry.View }

var analyses = sync.OnceValue(func() map[string][]byte {
	out := map[string][]byte{}
	all, err := seed.Analyses()
	if err != nil {
		panic(err)
	}
	for _, b := range all {
		out[blob.Hash(b)] = b
	}
	return out
})

func (t texts) Analysis(id registry.RecordID) (*assay.Analysis, error) {
	b := analyses()[t.view.Record(id).String("analysis")]
	if b == nil {
		return nil, nil
	}
	a := new(assay.Analysis)
	return a, json.Unmarshal(b, a)
}

func seedView(t testing.TB, asOf registry.Day) *registry.View {
	t.Helper()
	es, err := seed.Entries()
	if err != nil {
		t.Fatal(err)
	}
	return registry.Compile(es, registry.Reader(), asOf)
}

func compute(t testing.TB, v *registry.View, scope findings.Scope) *findings.Set {
	t.Helper()
	s, err := findings.Compute(v, texts{v}, scope)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var embedded = sync.OnceValue(func() *findings.Set {
	es, err := seed.Entries()
	if err != nil {
		panic(err)
	}
	v := registry.Compile(es, registry.Reader(), "")
	s, err := findings.Compute(v, texts{v}, findings.Scope{})
	if err != nil {
		panic(err)
	}
	return s
})

var source = registry.Source{ID: "src_a", Title: "Report", Publisher: "Paper", Grade: "wire", Date: "2025-07-01", URL: "https://example.org/r"}

// entries makes public entries of lines "record field key value", a blank key as "-".
func entries(t testing.TB, lines ...string) []registry.Entry {
	t.Helper()
	put := func(e registry.Entry) registry.Entry {
		e.Audience, e.At, e.By = registry.Public, time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), "person:test"
		e, err := registry.NewEntry(e)
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	src := source
	out := []registry.Entry{put(registry.Entry{Source: &src})}
	for _, l := range lines {
		p := strings.SplitN(l, " ", 4)
		if len(p) < 4 {
			t.Fatalf("%q: record field key value", l)
		}
		if p[2] == "-" {
			p[2] = ""
		}
		v, err := registry.ParseValue(registry.FieldOf(p[1]), p[3], "")
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, put(registry.Entry{Claim: &registry.Claim{Record: registry.RecordID(p[0]), Field: p[1], Key: p[2], Value: v, Source: "src_a"}}))
	}
	return out
}

func view(t testing.TB, lines ...string) *registry.View {
	return registry.Compile(entries(t, lines...), registry.Reader(), "")
}

// sound checks what must hold of every set: parts add up, bounds bound, every case is named by records and claims that the view has.
func sound(t testing.TB, v *registry.View, s *findings.Set) {
	t.Helper()
	if len(s.Findings) != 7 {
		t.Fatalf("%d findings", len(s.Findings))
	}
	for n, f := range s.Findings {
		if f.Number != n+1 || len(f.Indicators) < 4 || len(f.Recommendations) == 0 {
			t.Errorf("%s: number %d, %d indicators, %d recommendations", f.Key, f.Number, len(f.Indicators), len(f.Recommendations))
		}
		for _, i := range f.Indicators {
			at := f.Key + "." + i.Key
			sum, counted, unknown := 0, 0, 0
			for _, p := range i.Parts {
				sum += p.Count
				if p.Counted {
					counted += p.Count
				}
				if p.Unknown {
					unknown += p.Count
				}
			}
			if sum != i.Total || counted != i.Count || unknown != i.Unknown || len(i.Cases) != i.Total || i.LookedFor > i.Total || i.LookedFor < i.Total-i.Unknown {
				t.Errorf("%s: parts %d, total %d, counted %d of %d, unknown %d of %d, %d cases, %d looked for", at, sum, i.Total, counted, i.Count, unknown, i.Unknown, len(i.Cases), i.LookedFor)
			}
			if i.Total > 0 && !(0 <= i.Lower && i.Lower <= i.Upper && i.Upper <= 1) || i.Total == 0 && (i.Lower >= 0 || i.State != "empty") {
				t.Errorf("%s: between %v and %v of %d", at, i.Lower, i.Upper, i.Total)
			}
			for dim, gs := range i.By {
				for _, g := range gs {
					if g.Count+g.Unknown > g.Total || g.Total == 0 || g.Total > i.Total {
						t.Errorf("%s by %s %q: %+v", at, dim, g.Key, g)
					}
				}
			}
			seen := map[string]bool{}
			for _, c := range i.Cases {
				r := v.Record(c.Record)
				if r == nil || r.Sample() {
					t.Errorf("%s: %s is no record, or a sample", at, c.Record)
				}
				if k := string(c.Record) + " " + c.Key; seen[k] {
					t.Errorf("%s: %s stands twice", at, k)
				} else {
					seen[k] = true
				}
				for _, id := range c.Claims {
					if v.Entries[id] == nil {
						t.Errorf("%s: %s rests on a claim that nobody can see", at, c.Record)
					}
				}
				for _, id := range c.With {
					if v.Record(id) == nil {
						t.Errorf("%s: %s names %s", at, c.Record, id)
					}
				}
				if p := i.Part(c.Part); p.Counted && len(c.Claims) == 0 && !(f.Key == "transparency" && i.Key == "index") {
					t.Errorf("%s: %s counts and rests on nothing", at, c.Record)
				}
				if _, ok := s.Places[c.Record]; !ok {
					t.Errorf("%s: %s has no place", at, c.Record)
				}
			}
		}
	}
}

func lines(n int, f func(i int) []string) []string {
	var out []string
	for i := range n {
		out = append(out, f(i)...)
	}
	return out
}

func ins(i int) string { return fmt.Sprintf("ins_x%05d", i) }
