package findings_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/openassay/assay/findings"
)

// Every indicator that is defined is counted, and what is counted is defined.
func TestDefinitions(t *testing.T) {
	d, err := findings.Load()
	if err != nil {
		t.Fatal(err)
	}
	var defined []string
	for _, f := range d.Findings {
		for _, i := range f.Indicators {
			defined = append(defined, f.Key+"."+i.Key)
		}
	}
	counted := findings.Counters()
	slices.Sort(defined)
	slices.Sort(counted)
	if len(d.Findings) != 7 || !slices.Equal(defined, counted) {
		t.Errorf("defined: %v\ncounted: %v", defined, counted)
	}
}

// The loader refuses what is malformed, and says where.
func TestMalformed(t *testing.T) {
	whole := fstest.MapFS{}
	names, err := fs.Glob(os.DirFS("."), "definitions/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range names {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		whole[n] = &fstest.MapFile{Data: b}
	}
	if _, err := findings.Parse(whole); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ file, old, new, want string }{
		"unknown key":          {"bundling", "limits:", "limit:", "limit"},
		"language missing":     {"bundling", "fr: Nomme des minéraux, ", "", "fr"},
		"other language":       {"bundling", "fr: Nomme des minéraux, ", "fr: Nomme des minéraux, de: Nennt Mineralien, ", "language"},
		"unknown unit":         {"bundling", "unit: financing", "unit: parsec", "parsec"},
		"nothing counted":      {"standards", "- {key: \"yes\", counted: true}", "- {key: \"yes\"}", "counted"},
		"part twice":           {"bundling", "key: pays_for", "key: names", "names"},
		"number missing":       {"bundling", "number: 6", "number: 9", "number"},
		"unknown addressee":    {"bundling", "to: [government, region]", "to: [martians]", "martians"},
		"indicator twice":      {"bundling", "- key: combined", "- key: tied", "tied"},
		"no version":           {"common", `version: "2026-11"`, `version: ""`, "version"},
		"part without a label": {"transparency", "- {key: leaked}", "- {key: mislaid}", "mislaid"},
	} {
		broken := fstest.MapFS{}
		for n, f := range whole {
			broken[n] = f
		}
		file := "definitions/" + c.file + ".yaml"
		text := string(whole[file].Data)
		if !strings.Contains(text, c.old) {
			t.Fatalf("%s: %q is not in %s", name, c.old, file)
		}
		broken[file] = &fstest.MapFile{Data: []byte(strings.Replace(text, c.old, c.new, 1))}
		if _, err := findings.Parse(broken); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
