package edit_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/openassay/assay/edit"
	"github.com/openassay/assay/registry"
	"github.com/openassay/assay/seed"
)

var seeded = sync.OnceValue(func() []registry.Entry {
	es, err := seed.Entries()
	if err != nil {
		panic(err)
	}
	return es
})

var seedView = sync.OnceValue(func() *registry.View { return registry.Compile(seeded(), registry.Reader(), "") })

func TestValue(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	for _, c := range []struct{ field, typed, want string }{
		{"event", "October 2025", "2025-10"}, {"event", "unknown", "{unknown}"}, {"event", "{unknown}", "{unknown}"}, {"event", "{withheld:security}", "{withheld:security}"},
		{"party", "Zambia", "pty_ZMB"}, {"party", "ZMB", "pty_ZMB"}, {"party", "zambie", "pty_ZMB"}, {"party", "pty_ZMB", "pty_ZMB"}, {"party", "the United States", "pty_USA"}, {"party", "DRC", "pty_COD"},
		{"party", "République démocratique du Congo", "pty_COD"}, {"party", "https://registry.example/parties/ZMB?lang=en", "pty_ZMB"}, {"mineral", "Cobalt", "min_cobalt"}, {"mineral", "cobalto", "min_cobalt"}, {"mineral", "Li", "min_lithium"},
		{"mineral_stage", "cobalt refining", "min_cobalt/refine"}, {"mineral_stage", "cobalt/refine", "min_cobalt/refine"}, {"mineral_stage", "all minerals: mine", "*/mine"}, {"mineral_stage", "rare earths / recycling", "min_rare-earths/recycle"},
		{"type", "Memorandum of understanding", "mou"}, {"type", "mou", "mou"}, {"amount", "US$1.5bn", "USD 1500000000"}, {"tenor", "25 years", "25 a"}, {"version", "1,200", "1200"},
		{"website", "www.example.org/a", "https://www.example.org/a"}, {"sample", "oui", "yes"}, {"summary", " two\n  words ", "two words"}, {"alias", "unknown", "unknown"}, {"summary", "unknown", "unknown"},
	} {
		u, err := r.Value(registry.FieldOf(c.field), c.typed, "")
		if err != nil || u.Value.String() != c.want {
			t.Errorf("%s %q: %q, %v (%v); want %q", c.field, c.typed, u.Value.String(), err, edit.OptionsOf(err), c.want)
		}
	}
}

func TestValueRefused(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	for _, c := range []struct{ field, typed, option string }{
		{"party", "Zamba", "pty_ZMB"}, {"party", "Zambja", "pty_ZMB"}, {"party", "Qwertyland", ""}, {"mineral", "cobald", "min_cobalt"}, {"mineral", "Zambia", ""}, {"type", "memo of understanding", "mou"}, {"type", "zzz", ""},
		{"mineral_stage", "cobalt", ""}, {"mineral_stage", "cobald/refine", "min_cobalt/refine"}, {"website", "not an address", ""}, {"sample", "no", ""}, {"version", "1.5", ""}, {"event", "07/10/2025", "2025-10-07"},
		{"summary", "  ", ""}, {"summary", "\xff", ""}, {"event", "{soon}", ""}, {"summary", strings.Repeat("x", 30000), ""}, {"party", "", ""},
	} {
		_, err := r.Value(registry.FieldOf(c.field), c.typed, "")
		found := c.option == ""
		for _, o := range edit.OptionsOf(err) {
			found = found || o.Write == c.option
		}
		if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" || !found {
			t.Errorf("%s %q: %v (hint %q), options %v; want one to be %q", c.field, c.typed, err, registry.HintOf(err), edit.OptionsOf(err), c.option)
		}
	}
}

func TestKey(t *testing.T) {
	r := edit.NewReader(seedView(), "en")
	for _, c := range []struct{ field, typed, qualifier, want string }{
		{"event", "signed", "", "signed"}, {"event", "Ratified", "Malaysia", "ratified:MYS"}, {"event", "ratified:MYS", "", "ratified:MYS"}, {"event", "Ratified (Malaysia)", "", "ratified:MYS"}, {"event", "round 4", "", "round:4"},
		{"event", "Round of negotiations", "4", "round:4"}, {"event", "signed", "by the ministers", "signed:by-the-ministers"}, {"accession", "Japan", "", "pty_JPN"}, {"amount", "first round", "", "first round"}, {"amount", "", "", ""},
		{"production", "Zambia 2024", "", "ZMB/2024"}, {"production", "world/2024", "", "world/2024"}, {"text_status", "Final text", "", "final"}, {"title", "x", "", ""},
	} {
		got, err := r.Key(registry.FieldOf(c.field), c.typed, c.qualifier)
		if err != nil || got != c.want {
			t.Errorf("%s %q %q: %q, %v; want %q", c.field, c.typed, c.qualifier, got, err, c.want)
		}
	}
	for _, c := range [][2]string{{"event", "sined"}, {"event", ""}, {"accession", ""}, {"accession", "Nowhere"}, {"production", "Zambia"}, {"text_status", "finale version"}} {
		if k, err := r.Key(registry.FieldOf(c[0]), c[1], ""); registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
			t.Errorf("%v: %q, %v", c, k, err)
		}
	}
}

func FuzzValue(f *testing.F) {
	r := edit.NewReader(seedView(), "en")
	for _, s := range []string{"cobalt / refine", "https://x/parties/ZMB", "{withheld:", "*/", "://", "Zambia 2024", "ratified:(", "//"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, name := range []string{"party", "mineral_stage", "type", "website", "version", "summary", "event", "accession", "production"} {
			def := registry.FieldOf(name)
			if u, err := r.Value(def, s, ""); err == nil {
				if _, err := registry.ParseValue(def, u.Value.String(), u.Value.Lang); err != nil {
					t.Errorf("%s %q: %q is refused by the registry: %v", name, s, u.Value.String(), err)
				}
			} else if registry.CodeOf(err) != registry.Invalid || registry.HintOf(err) == "" {
				t.Errorf("%s %q: %v", name, s, err)
			}
			if _, err := r.Key(def, s, s); err != nil && registry.CodeOf(err) != registry.Invalid {
				t.Errorf("%s %q: %v", name, s, err)
			}
		}
	})
}
