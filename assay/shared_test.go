package assay_test

import (
	"os"
	"path/filepath"
	"runtime"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unicode"

	"github.com/openassay/assay/assay"
	"github.com/openassay/assay/internal/need"
	"github.com/openassay/assay/text"
)

func readings(t testing.TB, pattern string) (names []string, out []*text.Reading) {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil {
		t.Fatal(err)
	}
	sort.Strings(names)
	var kept []string
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		rs, err := text.ReadAll(name, b)
		if err != nil {
			t.Logf("%s: %v", filepath.Base(name), err)
			continue
		}
		for _, r := range rs {
			out = append(out, r)
			kept = append(kept, name)
		}
	}
	return kept, out
}

func BenchmarkTOTA(b *testing.B) {
	dir := need.Shared(b, "texts", "tota")
	_, rs := readings(b, filepath.Join(dir, "*.xml"))
	rules, err := assay.LoadRules()
	if err != nil {
		b.Fatal(err)
	}
	lex := testLexicon()
	n := int64(0)
	for _, r := range rs {
		n += int64(len(r.Text))
	}
	b.SetBytes(n)
	b.ResetTimer()
	for range b.N {
		for _, r := range rs {
			assay.Analyze(r, rules, lex)
		}
	}
}

func readShared(t *testing.T, pattern string) (*text.Reading, *assay.Analysis) {
	t.Helper()
	_, rs := readings(t, filepath.Join(need.Shared(t, "texts", "us-gov"), pattern))
	if len(rs) == 0 {
		t.Fatalf("no text matches %s", pattern)
	}
	return rs[0], assay.Analyze(rs[0], mustRules(t), testLexicon())
}

// The three minerals texts that were read by a person beside the machine's labels (docs/reading-errors.md).
func TestSharedInstruments(t *testing.T) {
	for _, c := range []struct {
		pattern, kind, stated, read, inferred string
		parties                               string
		ladder                                [3]int
		modality                              map[string]string // of some provisions, as a person reads them
	}{
		{"2025-10-26-memorandum-of-understanding*malaysia*", "memorandum_of_understanding", "non_binding", "mou_form", "non_binding", "USA MYS", [3]int{0, 2, 0},
			map[string]string{"sec_1__para_1": "declaration", "sec_2__para_2": "declaration", "sec_2__para_4": "intention", "sec_4__para_3": "declaration", "sec_4__para_4": "obligation", "signatures": "none"}},
		{"2025-10-20-united-states-australia-framework*", "framework", "non_binding", "mou_form", "unclear", "USA AUS", [3]int{0, 2, 1},
			map[string]string{"sec_I__para_2__point_2": "intention", "sec_I__para_5": "intention", "sec_II__para_3": "permission", "sec_II__para_4": "declaration"}},
		{"2025-10-26-agreement-between-the-united-states-of-america-and-the-kingdom-of-cambodia*", "agreement", "none", "treaty_form", "binding", "USA KHM", [3]int{3, 2, 0},
			map[string]string{"art_1.1__para_1": "obligation", "art_1.2": "prohibition", "art_2.7": "obligation", "art_4.1__para_2": "permission", "art_7.1": "declaration", "art_7.5": "obligation", "notes__point_1": "none"}},
	} {
		t.Run(c.kind, func(t *testing.T) {
			r, a := readShared(t, c.pattern)
			in, n := a.Instrument, a.Instrument.LegalNature
			if in.Kind != c.kind || n.Stated != c.stated || n.Read != c.read || n.Inferred != c.inferred {
				t.Errorf("kind %s, stated %s, read %s, inferred %s; want %s %s %s %s", in.Kind, n.Stated, n.Read, n.Inferred, c.kind, c.stated, c.read, c.inferred)
			}
			if got := strings.Join(a.Parties, " "); got != c.parties {
				t.Errorf("parties %s, want %s", got, c.parties)
			}
			if got := [3]int{in.Obligation, in.Precision, in.Delegation}; got != c.ladder {
				t.Errorf("ladders %v, want %v", got, c.ladder)
			}
			seen := map[string]string{}
			for _, p := range a.Provisions {
				seen[p.EID] = string(p.Modality)
			}
			for eid, want := range c.modality {
				if seen[eid] != want {
					t.Errorf("%s: %q, want %q", eid, seen[eid], want)
				}
			}
			levels := map[string]bool{}
			for _, e := range n.Evidence {
				levels[e.Level] = true
			}
			if !levels["inferred"] || !levels["read"] || c.stated != "none" && !levels["stated"] {
				t.Errorf("evidence for %v only", levels)
			}
			checkBounds(t, r, a)
		})
	}
}

// The ten trade agreements that a person read whole, provision by provision, beside the machine's labels (docs/reading-errors.md):
// all in treaty form, none says of itself whether it binds, and some provisions of each as the reader judged them.
func TestSharedTradeAgreements(t *testing.T) {
	dir := need.Shared(t, "texts", "tota")
	rules, lex := mustRules(t), testLexicon()
	for id, want := range map[string]struct {
		delegation int
		modality   string // "eid modality bearer; …"
	}{
		"38":  {1, "art_9__para_3 permission each_party; art_13__point_b permission each_party; art_8__para_1 prohibition each_party; art_18__point_a declaration -"},
		"43":  {1, "art_3__para_4 obligation each_party; art_17 obligation each_party; art_14 declaration -; art_4__para_1 prohibition each_party"},
		"120": {1, "art_3__para_1 obligation each_party; art_9__para_2 declaration -; art_7 obligation each_party; art_4__para_2 permission none"},
		"123": {2, "art_5 obligation each_party; art_14__para_2 obligation each_party; art_1__para_2 declaration -; art_50 permission none"},
		"126": {0, "art_3__para_2 obligation none; art_7__para_2 declaration -; art_6 permission each_party; art_14__para_1 obligation each_party"},
		"217": {1, "art_3__para_1 prohibition none; art_8 declaration -; art_23__para_2 permission each_party; art_32 declaration -"},
		"266": {1, "art_1__para_1 obligation each_party; art_3 obligation none; art_13 obligation each_party; art_7 effort each_party"},
		"267": {1, "art_3__para_1 obligation each_party; art_1__point_b obligation none; art_25 prohibition each_party; art_21 effort each_party"},
		"378": {1, "art_14__para_2 permission each_party; art_7 declaration -; art_6__para_2 prohibition each_party; art_19__para_3 obligation body"},
		"437": {1, "art_12 obligation each_party; art_22 obligation each_party; art_26 obligation body; art_2__point_b prohibition each_party"},
	} {
		_, rs := readings(t, filepath.Join(dir, "pta_"+id+".xml"))
		for _, r := range rs {
			a := assay.Analyze(r, rules, lex)
			checkBounds(t, r, a)
			if n := a.Instrument.LegalNature; n.Read != "treaty_form" || n.Stated != "none" || n.Inferred != "binding" {
				t.Errorf("pta_%s: %s %s %s %s", id, a.Instrument.Kind, n.Stated, n.Read, n.Inferred)
			}
			if a.Instrument.Obligation != 3 || a.Instrument.Delegation != want.delegation {
				t.Errorf("pta_%s: obligation %+v, delegation %+v, want %d", id, a.Instrument.Ladders.Obligation, a.Instrument.Ladders.Delegation, want.delegation)
			}
			seen := map[string]string{}
			for _, p := range a.Provisions {
				seen[p.EID] = string(p.Modality) + " " + strings.Join(p.Bearer, "+")
			}
			for _, w := range strings.Split(want.modality, "; ") {
				f := strings.Fields(w)
				if got := seen[f[0]]; got != strings.TrimSuffix(f[1]+" "+f[2], "-") {
					t.Errorf("pta_%s %s: %q, want %q", id, f[0], got, w)
				}
			}
		}
	}
}

// BenchmarkTOTAParallel analyses the treaties on all processors, as an import of a corpus does: the goal is four seconds on two.
func BenchmarkTOTAParallel(b *testing.B) {
	_, rs := readings(b, filepath.Join(need.Shared(b, "texts", "tota"), "*.xml"))
	rules, err := assay.LoadRules()
	if err != nil {
		b.Fatal(err)
	}
	lex := testLexicon()
	n := int64(0)
	for _, r := range rs {
		n += int64(len(r.Text))
	}
	b.SetBytes(n)
	b.ResetTimer()
	for range b.N {
		var next atomic.Int64
		var wg sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			wg.Go(func() {
				for {
					i := int(next.Add(1)) - 1
					if i >= len(rs) {
						return
					}
					assay.Analyze(rs[i], rules, lex)
				}
			})
		}
		wg.Wait()
	}
}

// BenchmarkPlainTokeniser stands beside it: only cutting the same texts into words.
func BenchmarkPlainTokeniser(b *testing.B) {
	_, rs := readings(b, filepath.Join(need.Shared(b, "texts", "tota"), "*.xml"))
	n := int64(0)
	for _, r := range rs {
		n += int64(len(r.Text))
	}
	b.SetBytes(n)
	b.ResetTimer()
	words := 0
	for range b.N {
		for _, r := range rs {
			words += len(strings.FieldsFunc(r.Text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }))
		}
	}
	if words == 0 {
		b.Fatal("no words")
	}
}
